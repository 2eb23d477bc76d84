package model

import (
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// formOf names one form of a component.
type formOf struct {
	base string
	form Form
}

// componentSet makes the forms of the schemas that have names, each when it is first asked for.
type componentSet struct {
	set     *definition.Set
	forms   *schema.Forms
	made    map[formOf]*Component
	byName  map[string]*Component
	without map[string]string // the name of the key, which a client does not send, by the type of its resource
	maker   *example.Maker
	linked  map[*Value]*Value      // the example of what an x-references names
	wanted  []exampleRequest       // the examples that are still to be made
	vain    []exampleRequest       // those that could not be made
	bodies  map[*Component][]*Body // those that show the example of a component
}

// exampleRequest is an example still to be generated, and its purpose.
type exampleRequest struct {
	schema *Value
	called string
	of     exampleOf
	fill   func(example *Value) // nil where none was found
}

// exampleOf is what an example is of, for people.
type exampleOf struct {
	Pos
	name string
}

// newComponentSet returns the read forms of all components; the other forms follow on demand.
func newComponentSet(s *definition.Set) *componentSet {
	c := &componentSet{
		set: s, made: map[formOf]*Component{}, byName: map[string]*Component{}, without: map[string]string{},
		bodies: map[*Component][]*Body{},
	}
	c.maker = example.New(c.lookup)
	for _, d := range s.Definitions {
		_, c.without[d.Types.Item.Name] = d.Key()
	}
	var all []schema.Component
	for _, e := range s.Components {
		all = append(all, schema.Component{Name: e.Name, Schema: e.Schema, Plain: e.Plain})
	}
	c.forms = schema.NewForms(all)
	for _, e := range s.Components {
		c.component(e.Name, Read)
	}
	return c
}

// component returns a component in one form, made now if this is the first time.
func (c *componentSet) component(base string, form Form) *Component {
	key := formOf{base, form}
	if made := c.made[key]; made != nil {
		return made
	}
	e := c.set.Component(base)
	made := &Component{Pos: e.Pos, Name: c.set.TwinName(base, form), Base: base, Title: e.Heading(), Form: form, Whole: e.Schema}
	c.made[key], c.byName[made.Name] = made, made
	made.Schema = c.resource(base, form)
	made.Uses = schema.Refs(made.Schema)
	return made
}

// whole returns the component with the schema that all its forms derive from.
func (c *Component) whole() *Component {
	if c == nil {
		return nil
	}
	return &Component{Name: c.Name, Schema: c.Whole}
}

// resource returns the schema of a component in a form; that of a resource has no key where it is replaced or updated.
func (c *componentSet) resource(base string, form Form) *Value {
	e := c.set.Component(base)
	written, without := e.Schema, ""
	if form == Replace || form == Update {
		without = c.without[base]
	}
	if e.Plain != nil && form != Read {
		written = e.Plain
	}
	return c.forms.Of(written, form, without, c.twin)
}

// shape returns a schema in a form, and makes the components that it refers to.
func (c *componentSet) shape(v *Value, form Form) *Value { return c.forms.Of(v, form, "", c.twin) }

// twin returns the name of a component in a form, made now if this is the first time.
func (c *componentSet) twin(name string, form Form) string {
	if form == Read {
		return name
	}
	return c.component(name, form).Name
}

// writable returns the forms of a resource that a client sends. Replace is Create where they are equal.
func (c *componentSet) writable(base string) (create, replace, update *Component) {
	create, update = c.component(base, Create), c.component(base, Update)
	if c.resource(base, Replace).Equal(create.Schema) {
		return create, create, update
	}
	return create, c.component(base, Replace), update
}

// list returns all components: the forms of each schema side by side, in the order of their discovery.
func (c *componentSet) list() []*Component {
	var list []*Component
	for _, e := range c.set.Components {
		for _, form := range []Form{Read, Create, Replace, Update} {
			if made := c.made[formOf{e.Name, form}]; made != nil {
				list = append(list, made)
			}
		}
	}
	return list
}

// lookup returns the schema of the component of that name, or nil.
func (c *componentSet) lookup(name string) *Value {
	if made := c.byName[name]; made != nil {
		return made.Schema
	}
	return nil
}

// example returns a value that the schema accepts, or nil; called is the name of what has that schema, or empty.
func (c *componentSet) example(v *Value, called string) *Value {
	made, _ := c.maker.ExampleOf(called, v)
	return made
}

// wantExample asks for an example of a schema that may take its time.
func (c *componentSet) wantExample(v *Value, called string, of exampleOf, fill func(example *Value)) {
	c.wanted = append(c.wanted, exampleRequest{v, called, of, fill})
}

// makeExamples makes the examples that were asked for, on every processor: one does not depend on another. Those of one
// resource follow one another, and mostly have the same parts, so that a processor takes several in a row.
func (c *componentSet) makeExamples() {
	var group sync.WaitGroup
	const inRow = 32
	processors := runtime.GOMAXPROCS(0)
	isVain := make([]bool, len(c.wanted))
	for first := range processors {
		group.Go(func() {
			maker := example.New(c.lookup)
			maker.Link(func(reference *Value) *Value { return c.linked[reference] })
			for i := inRow * first; i < len(c.wanted); i += inRow * processors {
				for j := i; j < min(i+inRow, len(c.wanted)); j++ {
					w := c.wanted[j]
					made, _ := maker.ExampleOf(w.called, w.schema)
					w.fill(made)
					isVain[j] = made == nil && !maker.HasValue(w.called, w.schema)
				}
			}
		})
	}
	group.Wait()
	for i, w := range c.wanted {
		if isVain[i] {
			c.vain = append(c.vain, w)
		}
	}
	c.wanted = nil
}

// warnOfVain reports the forms and bodies for which no acceptable value was found, those of one place together. It does
// not report them if a contradiction, or a value that its schema rejects, is reported at that place.
func (c *componentSet) warnOfVain(problems *Problems) {
	names := map[Pos][]string{}
	var places []Pos
	for _, w := range c.vain {
		if names[w.of.Pos] == nil {
			places = append(places, w.of.Pos)
		}
		if !slices.Contains(names[w.of.Pos], w.of.name) {
			names[w.of.Pos] = append(names[w.of.Pos], w.of.name)
		}
	}
	for _, pos := range places {
		if slices.ContainsFunc(*problems, func(p Problem) bool {
			isReason := p.Code == value.Contradiction || p.Code == value.ViolatedSchema
			return isReason && p.Pos.File == pos.File && (p.Pos.Line > pos.Line || p.Pos.Line == pos.Line && p.Pos.Col > pos.Col)
		}) {
			continue
		}
		problems.Warn(value.NoValidValue, pos, "perhaps it contradicts itself; if there are such values, give one as an example", "no value was found that %s would accept", strings.Join(names[pos], " or "))
	}
}

// body returns the content that a component describes.
func (c *componentSet) body(of *Component, contentType string) *Body {
	if c.bodies[of] == nil {
		c.wantExample(of.Schema, "", exampleOf{of.Pos, of.Name}, func(v *Value) {
			of.Example = v
			for _, b := range c.bodies[of] {
				b.Example = v
			}
		})
	}
	b := &Body{ContentType: contentType, Form: of.Form, Schema: schema.RefTo(of.Name), Component: of}
	c.bodies[of] = append(c.bodies[of], b)
	return b
}

// attribute returns the content of one property.
func (c *componentSet) attribute(p *Property, form Form) *Body {
	shaped := schema.AsObject(c.shape(p.Schema, form))
	b := &Body{ContentType: "application/json", Form: form, Schema: shaped}
	c.wantExample(shaped, p.Name, exampleOf{p.Pos, "the property " + p.Name}, func(v *Value) { b.Example = v })
	if name, ok := schema.RefName(shaped); ok && len(shaped.Members) == 1 {
		b.Component = c.byName[name]
	}
	return b
}

// patches returns the content of a change of several instances: each one's merge patch with its key.
func (c *componentSet) patches(r *Resource) *Body {
	list := value.Object(value.NewMember("type", value.String("array")), value.NewMember("items", c.keyed(r)))
	b := &Body{ContentType: "application/json", Form: Update, Schema: list}
	c.wantExample(list, r.Plural, exampleOf{r.Update.Pos, "a change of several " + r.Plural}, func(v *Value) { b.Example = v })
	return b
}

// keyed returns the schema of a merge patch with the key of its instance: the patch's own schema next to the key or, if
// it does not allow the key, a version of it that does.
func (c *componentSet) keyed(r *Resource) *Value {
	key := schema.Addition{
		Name: r.Key.Name, Schema: sendable(r.Key.Schema), IsValid: c.maker.IsValid, Component: c.lookup,
		Twin: func(_ string, made *Value) *Value { return made },
	}
	if key.Open(r.Update.Schema) != r.Update.Schema {
		return key.Into(r.Update.Schema)
	}
	return value.Object(value.NewMember("allOf", value.Array(schema.RefTo(r.Update.Name), key.Into(value.Object()))))
}

// use marks the component, and all that it refers to, with mark; mark reports whether that is new.
func (c *componentSet) use(v *Value, mark func(*Component) bool) {
	pending := schema.Refs(v)
	for len(pending) > 0 {
		last := c.byName[pending[len(pending)-1]]
		pending = pending[:len(pending)-1]
		if last != nil && mark(last) {
			pending = append(pending, last.Uses...)
		}
	}
}
