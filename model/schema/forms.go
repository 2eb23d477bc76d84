package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// Form is the view of a resource that a schema describes.
type Form string

// The forms.
const (
	Read    Form = "read"    // what the server sends: everything except writeOnly
	Create  Form = "create"  // what a client sends to create: without readOnly
	Replace Form = "replace" // what a client sends to replace: as create, without the key
	Update  Form = "update"  // what a client sends to update: a JSON merge patch (RFC 7396)
)

// Component is a named schema, normalised.
type Component struct {
	Name   string
	Schema *value.Value
	Plain  *value.Value // the basis of the forms that a client sends, if different from Schema
}

// Forms derives the forms of a set of components that may refer to one another. It is not safe for concurrent use.
type Forms struct {
	schemas  map[string]*value.Value
	plain    map[string]*value.Value // the basis of what a client sends
	known    map[twin]*facts
	marks    map[string]marks // of each component, including those of everything that it refers to
	differs  map[twin]bool
	within   map[shapedSchema]bool            // cache of isMarkedWithin
	anywhere map[*value.Value]marks           // cache of marksOf
	requires map[*value.Value]map[string]bool // cache of required
	objects  map[Form]objects                 // cache of mayBeObject
	nullable map[*value.Value]*value.Value    // cache of OrNull for properties, shared by all forms
}

type twin struct {
	name string
	form Form
}

// NewForms determines which components differ between forms, following all references.
func NewForms(components []Component) *Forms {
	f := &Forms{
		schemas: map[string]*value.Value{}, plain: map[string]*value.Value{}, known: map[twin]*facts{}, marks: marksOfComponents(components),
		differs: map[twin]bool{}, within: map[shapedSchema]bool{}, anywhere: map[*value.Value]marks{},
		requires: map[*value.Value]map[string]bool{}, objects: map[Form]objects{}, nullable: map[*value.Value]*value.Value{},
	}
	for _, c := range components {
		f.schemas[c.Name] = c.Schema
		if c.Plain != nil {
			f.plain[c.Name] = c.Plain
		}
	}
	for _, form := range []Form{Read, Create, Update} {
		f.objects[form] = objects{f.component(form), map[*value.Value]bool{}}
	}
	users := map[twin][]twin{}
	var found []twin
	for _, c := range components {
		read := f.Of(c.Schema, Read, "", nil)
		for _, form := range []Form{Create, Update} {
			t := twin{c.Name, form}
			note := func(name string, of Form) string {
				used := twin{name, of}
				users[used] = append(users[used], t)
				return name
			}
			made := shaper{forms: f, rename: note, spelled: newSpelled()}.level(f.schema(c.Name, form), form)
			if (made != c.Schema || read != c.Schema) && !made.Equal(read) {
				found = append(found, t)
			}
		}
	}
	for len(found) > 0 {
		t := found[len(found)-1]
		found = found[:len(found)-1]
		if !f.differs[t] {
			f.differs[t] = true
			found = append(found, users[t]...)
		}
	}
	return f
}

// Component returns the original schema of a component, or nil.
func (f *Forms) Component(name string) *value.Value { return f.schemas[name] }

// Differs reports whether the component's form differs from its Read form.
func (f *Forms) Differs(name string, form Form) bool { return f.differs[twin{name, form}] }

// schema returns the schema of a component from which a form is derived, or nil.
func (f *Forms) schema(name string, form Form) *value.Value {
	if plain := f.plain[name]; plain != nil && form != Read {
		return plain
	}
	return f.schemas[name]
}

// component returns the function that looks up components for a form.
func (f *Forms) component(form Form) func(name string) *value.Value {
	return func(name string) *value.Value { return f.schema(name, form) }
}

// mayBeObject is MayBeObject for a form.
func (f *Forms) mayBeObject(v *value.Value, form Form) bool { return f.objects[form].may(v) }

// Of returns a schema in the given form, without the property of that name, if there is one: a resource that is
// replaced or updated has no key. Otherwise Replace is the same as Create. A reference to a component whose form
// differs points to the component that rename returns; arrays are always whole, so an update refers to the Create form
// of their items. rename may be nil to keep all names.
func (f *Forms) Of(v *value.Value, form Form, without string, rename func(name string, form Form) string) *value.Value {
	if form == Replace {
		form = Create
	}
	if rename == nil {
		rename = func(name string, _ Form) string { return name }
	}
	return shaper{forms: f, rename: rename, changed: true, spelled: newSpelled()}.data(v, form, without, nil, nil)
}

// hidden reports whether a property is not in the form: because of its own mark, through references and allOf, or
// because all its alternatives except null have one.
func (f *Forms) hidden(v *value.Value, form Form) bool {
	mark := "readOnly"
	if form == Read {
		mark = "writeOnly"
	}
	isComposed := slices.ContainsFunc(value.Members(v), func(m value.Member) bool {
		return m.Name == "$ref" || m.Name == "allOf" || m.Name == "anyOf" || m.Name == "oneOf"
	})
	return v.Get(mark).IsTrue() || isComposed && f.isMarked(v, mark, nil)
}

// isMarked reports whether v always has the mark; open holds the components around it.
func (f *Forms) isMarked(v *value.Value, mark string, open []string) bool {
	if v.Get(mark).IsTrue() {
		return true
	}
	if name, ok := RefName(v); ok && !slices.Contains(open, name) && f.isMarked(f.schemas[name], mark, append(slices.Clip(open), name)) {
		return true
	}
	isMarked := func(sub *value.Value) bool { return f.isMarked(sub, mark, open) }
	if slices.ContainsFunc(listOf(v.Get("allOf")), isMarked) {
		return true
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		branches := slices.DeleteFunc(slices.Clone(listOf(v.Get(keyword))), func(sub *value.Value) bool { return sub.Get("type").StringOr("") == "null" })
		if len(branches) > 0 && !slices.ContainsFunc(branches, func(sub *value.Value) bool { return !isMarked(sub) }) {
			return true
		}
	}
	return false
}

// isMarkedWithin reports whether the form hides something inside the data of a schema.
func (f *Forms) isMarkedWithin(v *value.Value, form Form) bool {
	if !f.isMarkedAnywhere(v, form) {
		return false
	}
	key := shapedSchema{v, form}
	if known, isKnown := f.within[key]; isKnown {
		return known
	}
	found := false
	below := func(sub *value.Value) *value.Value {
		found = found || f.isMarkedAnywhere(sub, form)
		return sub
	}
	f.visit(v, form, inPlaceAll, map[string]bool{}, func(sub *value.Value) {
		for _, m := range sub.Members {
			if known := keywords[m.Name]; !slices.Contains(inPlaceAll, m.Name) {
				rewriteShape(known.shape, m.Value, below)
			}
		}
	})
	f.within[key] = found
	return found
}

// isMarkedAnywhere reports whether the form hides something in a schema, or in what it refers to.
func (f *Forms) isMarkedAnywhere(v *value.Value, form Form) bool {
	return f.marksOf(v)&hiddenBy(form) != 0
}

// marksOf returns the marks in a schema, and in everything that it refers to.
func (f *Forms) marksOf(v *value.Value) marks {
	if found, isKnown := f.anywhere[v]; isKnown || !isSchema(v) {
		return found
	}
	found := ownMarks(v)
	if name, ok := RefName(v); ok {
		found |= f.marks[name]
	}
	Below(v, func(sub *value.Value) { found |= f.marksOf(sub) })
	f.anywhere[v] = found
	return found
}

// always visits the schemas that always apply with v: v, what it refers to, and every allOf.
func (f *Forms) always(v *value.Value, form Form, visit func(*value.Value)) {
	f.visit(v, form, []string{"allOf"}, map[string]bool{}, visit)
}

// sometimes visits the schemas that may apply to the same data as v.
func (f *Forms) sometimes(v *value.Value, form Form, visit func(*value.Value)) {
	f.visit(v, form, []string{"allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas"}, map[string]bool{}, visit)
}

// visit calls visit for v and everything reachable from it through references and the given keywords, each component
// once.
func (f *Forms) visit(v *value.Value, form Form, through []string, seen map[string]bool, visit func(*value.Value)) {
	if !v.Is(value.KindObject) {
		return
	}
	visit(v)
	if name, ok := RefName(v); ok && !seen[name] {
		seen[name] = true
		f.visit(f.schema(name, form), form, through, seen, visit)
	}
	for _, name := range through {
		below := v.Get(name)
		if below == nil {
			continue
		}
		rewriteShape(keywords[name].shape, below, func(sub *value.Value) *value.Value {
			f.visit(sub, form, through, seen, visit)
			return sub
		})
	}
}
