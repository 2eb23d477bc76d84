package schema

import (
	"strconv"
	"sync"

	"github.com/firestoned/firestone/model/value"
)

// Validator returns a function that reports whether v is valid against a schema, with references resolved by component.
type Validator func(component func(name string) *value.Value) func(schema, v *value.Value) bool

// Projector reduces values to the forms of their schemas. While Forms derives what a form accepts, a Projector
// determines which parts of a stored value to send, and which parts of a received value to store. Schemas are whole:
// including all marked parts, as given to NewForms. It is safe for concurrent use if its validator is.
type Projector struct {
	forms   *Forms
	isValid func(schema, v *value.Value) bool
	marks   map[*value.Value]marks // the marks in each schema of the components, and in what it refers to

	mutex    sync.Mutex
	shaped   map[shapedSchema]*value.Value
	patterns map[string]*value.Value // by expression, a schema for texts that match it
}

// marks is the set of marks anywhere in a schema.
type marks uint8

const (
	readOnly marks = 1 << iota
	writeOnly
)

// shapedSchema is a schema in a form.
type shapedSchema struct {
	whole *value.Value
	form  Form
}

// NewProjector returns a Projector for values whose schemas refer to the components.
func NewProjector(components []Component, validator Validator) *Projector {
	p := &Projector{
		forms: NewForms(components), marks: map[*value.Value]marks{},
		shaped: map[shapedSchema]*value.Value{}, patterns: map[string]*value.Value{},
	}
	p.isValid = validator(p.component)
	known := marksOfComponents(components)
	for _, c := range components {
		p.scan(c.Schema, known)
	}
	return p
}

// Project returns v, a value of the schema whole, without the members that are not in the form: writeOnly ones in Read,
// readOnly ones in the others, at every depth and in arrays. Order and digits are kept. Of alternatives, those count
// that v is valid against, else those that it would be valid against in the form, else all. The caller removes the key
// of a resource for Replace, since a schema does not know its key.
//
// With whole {properties: {id: {readOnly: true}, name: {}, pin: {writeOnly: true}}} the value {id: 7, name: Ada, pin: 1234}
// is {id: 7, name: Ada} in Read and {name: Ada, pin: 1234} in Create, Replace and Update.
//
// A value that is valid against whole gives one that is valid against the form, unless the form lacks what
// distinguishes its alternatives. v is never modified; the result shares unchanged parts with it, and is v itself if
// nothing changes.
func (p *Projector) Project(whole, v *value.Value, form Form) *value.Value {
	return p.project([]*value.Value{whole}, v, form)
}

// Lost returns the pointers (RFC 6901) to what Project removes, in the order of v.
func (p *Projector) Lost(whole, v *value.Value, form Form) []string {
	return lost(v, p.Project(whole, v, form), "")
}

// lost returns the pointers to what is in a value but not in its projection.
func lost(v, projection *value.Value, at string) []string {
	if v == projection {
		return nil
	}
	var pointers []string
	for _, m := range v.Members {
		inside := value.PointerTo(at, m.Name)
		if kept := projection.Get(m.Name); kept != nil {
			pointers = append(pointers, lost(m.Value, kept, inside)...)
		} else {
			pointers = append(pointers, inside)
		}
	}
	for i, item := range value.Items(v) {
		pointers = append(pointers, lost(item, projection.Items[i], at+"/"+strconv.Itoa(i))...)
	}
	return pointers
}

// project is Project for a value to which several schemas apply.
func (p *Projector) project(schemas []*value.Value, v *value.Value, form Form) *value.Value {
	if !v.Is(value.KindObject) && !v.Is(value.KindArray) || !p.isMarked(schemas, hiddenBy(form)) {
		return v
	}
	holding := p.holding(schemas, v, form)
	if v.Is(value.KindArray) {
		return p.eachItem(holding, v, func(schemas []*value.Value, item *value.Value) *value.Value { return p.project(schemas, item, form) })
	}
	return edit(v, func(m value.Member) (value.Member, bool) {
		schemas := p.ofMember(holding, m.Name)
		if p.isHidden(schemas, form) {
			return m, false
		}
		m.Value = p.project(schemas, m.Value, form)
		return m, true
	})
}

// hiddenBy returns the mark of what a form excludes.
func hiddenBy(form Form) marks {
	if form == Read {
		return writeOnly
	}
	return readOnly
}

// isHidden reports whether one of the schemas of a member excludes it from the form.
func (p *Projector) isHidden(schemas []*value.Value, form Form) bool {
	for _, v := range schemas {
		if p.forms.hidden(v, form) {
			return true
		}
	}
	return false
}

// isMarked reports whether one of the schemas has the mark.
func (p *Projector) isMarked(schemas []*value.Value, mark marks) bool {
	for _, v := range schemas {
		if p.marksOf(v)&mark != 0 {
			return true
		}
	}
	return false
}

func (p *Projector) marksOf(v *value.Value) marks {
	if found, isKnown := p.marks[v]; isKnown {
		return found
	}
	found := ownMarks(v)
	Walk(v, func(sub *value.Value) { // a schema outside the components
		found |= ownMarks(sub)
		if name, ok := RefName(sub); ok {
			found |= p.marks[p.forms.schemas[name]]
		}
	})
	return found
}

func ownMarks(v *value.Value) marks {
	var found marks
	if v.Get("readOnly").IsTrue() {
		found |= readOnly
	}
	if v.Get("writeOnly").IsTrue() {
		found |= writeOnly
	}
	return found
}

// marksOfComponents returns the marks of each component, including those of everything that it refers to.
func marksOfComponents(components []Component) map[string]marks {
	known, users := map[string]marks{}, map[string][]string{}
	var pending []string
	for _, c := range components {
		Walk(c.Schema, func(sub *value.Value) { known[c.Name] |= ownMarks(sub) })
		for _, used := range Refs(c.Schema) {
			users[used] = append(users[used], c.Name)
		}
		pending = append(pending, c.Name)
	}
	for len(pending) > 0 {
		name := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		for _, user := range users[name] {
			if known[user]|known[name] != known[user] {
				known[user] |= known[name]
				pending = append(pending, user)
			}
		}
	}
	return known
}

// scan records the marks of a schema and of the schemas in it.
func (p *Projector) scan(v *value.Value, components map[string]marks) marks {
	found := ownMarks(v)
	if name, ok := RefName(v); ok {
		found |= components[name]
	}
	Rewrite(v, func(sub *value.Value) *value.Value {
		found |= p.scan(sub, components)
		return sub
	})
	p.marks[v] = found
	return found
}
