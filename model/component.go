package model

import (
	"runtime"
	"slices"
	"sync"

	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// formPrefix stands before the name of a component in another form than read.
var formPrefix = map[Form]string{Read: "", Create: "Create", Replace: "Replace", Update: "Update"}

// twinKey names one form of a component.
type twinKey struct {
	base string
	form Form
}

// componentSet makes the forms of the schemas that have names, each when it is first asked for.
type componentSet struct {
	schemas *schemas
	forms   *schema.Forms
	entries map[string]*entry
	made    map[twinKey]*Component
	byName  map[string]*Component
	without map[string]string // the name of the key, which a client does not send, by the type of its resource
	maker   *example.Maker
	wishes  []wish                 // the examples that are still to be made
	bodies  map[*Component][]*Body // those that show the example of a component
}

// wish is an example that is still to be made, and what it is for.
type wish struct {
	schema *Value
	called string
	fill   func(example *Value) // nil where none was found
}

// newComponentSet returns the read forms of all entries; the other forms follow as they are asked for.
func newComponentSet(s *schemas) *componentSet {
	c := &componentSet{
		schemas: s, entries: map[string]*entry{}, made: map[twinKey]*Component{}, byName: map[string]*Component{}, without: map[string]string{},
		bodies: map[*Component][]*Body{},
	}
	c.maker = example.New(c.lookup)
	for _, d := range s.definitions {
		_, c.without[d.types.item.name] = d.key()
	}
	var all []schema.Component
	for _, e := range s.entries {
		c.entries[e.name] = e
		all = append(all, schema.Component{Name: e.name, Schema: e.schema})
	}
	c.forms = schema.NewForms(all)
	for _, e := range s.entries {
		c.of(e.name, Read)
	}
	return c
}

// of returns a component in one form, made now if this is the first time.
func (c *componentSet) of(base string, form Form) *Component {
	key := twinKey{base, form}
	if made := c.made[key]; made != nil {
		return made
	}
	e := c.entries[base]
	made := &Component{Pos: e.pos, Name: c.schemas.twin(base, form), Base: base, Form: form}
	c.made[key], c.byName[made.Name] = made, made
	written := e.schema
	if keyName, ok := c.without[base]; ok && (form == Replace || form == Update) {
		written = schema.Without(written, keyName)
	}
	made.Schema = c.shape(written, form)
	made.Uses = schema.Refs(made.Schema)
	return made
}

// shape returns a schema in a form, and makes the components that it refers to.
func (c *componentSet) shape(v *Value, form Form) *Value {
	asked := schema.Read
	switch form {
	case Create, Replace:
		asked = schema.Create
	case Update:
		asked = schema.Update
	}
	return c.forms.Of(v, asked, func(name string, form schema.Form) string {
		switch form {
		case schema.Create:
			return c.of(name, Create).Name
		case schema.Update:
			return c.of(name, Update).Name
		}
		return name
	})
}

// writable returns the forms of a resource that a client sends. Replace is Create where they are equal.
func (c *componentSet) writable(base string) (create, replace, update *Component) {
	create, update = c.of(base, Create), c.of(base, Update)
	if whole := schema.Without(c.entries[base].schema, c.without[base]); c.shape(whole, Replace).Equal(create.Schema) {
		return create, create, update
	}
	return create, c.of(base, Replace), update
}

// list returns all components: the forms of each schema side by side, in the order of their discovery.
func (c *componentSet) list() []*Component {
	var list []*Component
	for _, e := range c.schemas.entries {
		for _, form := range []Form{Read, Create, Replace, Update} {
			if made := c.made[twinKey{e.name, form}]; made != nil {
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

// wish asks for an example of a schema that may take its time.
func (c *componentSet) wish(v *Value, called string, fill func(example *Value)) {
	c.wishes = append(c.wishes, wish{v, called, fill})
}

// grant makes the examples that were asked for, on every processor: one does not depend on another. Those of one
// resource follow one another, and mostly have the same parts, so that a processor takes several in a row.
func (c *componentSet) grant() {
	var group sync.WaitGroup
	const inRow = 32
	processors := runtime.GOMAXPROCS(0)
	for first := range processors {
		group.Go(func() {
			maker := example.New(c.lookup)
			for i := inRow * first; i < len(c.wishes); i += inRow * processors {
				for _, w := range c.wishes[i:min(i+inRow, len(c.wishes))] {
					made, _ := maker.ExampleOf(w.called, w.schema)
					w.fill(made)
				}
			}
		})
	}
	group.Wait()
	c.wishes = nil
}

// body returns the content that a component describes.
func (c *componentSet) body(of *Component, contentType string) *Body {
	if c.bodies[of] == nil {
		c.wish(of.Schema, "", func(v *Value) {
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
	shaped := schemaObject(c.shape(p.Schema, form))
	b := &Body{ContentType: "application/json", Form: form, Schema: shaped}
	c.wish(shaped, p.Name, func(v *Value) { b.Example = v })
	if name, ok := schema.RefName(shaped); ok && len(shaped.Members) == 1 {
		b.Component = c.byName[name]
	}
	return b
}

// schemaObject returns a schema as an object: a body or a component is no place for a boolean in every format.
func schemaObject(v *Value) *Value {
	switch {
	case v.IsTrue():
		return value.Object()
	case v.IsFalse():
		return value.Object(value.NewMember("not", value.Object()))
	}
	return v
}

// patches returns the content of a change of several instances: each one's merge patch with its key.
func (c *componentSet) patches(r *Resource) *Body {
	keyed := value.Object(
		value.NewMember("properties", value.Object(value.NewMember(r.Key.Name, sendable(r.Key.Schema)))),
		value.NewMember("required", value.Strings(r.Key.Name)))
	list := value.Object(value.NewMember("type", value.String("array")),
		value.NewMember("items", value.Object(value.NewMember("allOf", value.Array(schema.RefTo(r.Update.Name), keyed)))))
	b := &Body{ContentType: "application/json", Form: Update, Schema: list}
	c.wish(list, r.Plural, func(v *Value) { b.Example = v })
	return b
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

// withKey returns the schema of a resource with its key among the properties: where it is not, it comes first,
// as something that the server gives. A listed key is read-only where its own schema says so, and has its examples.
func withKey(v *Value, keyName string, key *Value, isListed bool) *Value {
	copied := *v
	copied.Members = slices.Clone(v.Members)
	given := &copied
	properties := value.Object()
	if written := v.Get("properties"); written != nil {
		*properties = *written
		properties.Members = slices.Clone(written.Members)
	}
	if isListed {
		listed := properties.Get(keyName)
		if !listed.Is(value.KindObject) {
			return v
		}
		for _, keyword := range []string{"readOnly", "examples"} {
			if said := key.Get(keyword); said != nil && !listed.Has(keyword) {
				listed = withMember(listed, keyword, said)
			}
		}
		properties.Set(keyName, listed)
		given.Set("properties", properties)
		return given
	}
	key = withMember(key, "readOnly", value.Bool(true))
	properties.Members = slices.Insert(properties.Members, 0, value.Member{Name: keyName, Pos: key.Pos, Value: key})
	required := value.Strings(keyName)
	if written := v.Get("required"); written != nil {
		for _, item := range written.Items {
			if item.Text != keyName {
				required.Items = append(required.Items, item)
			}
		}
		required.Pos = written.Pos
	}
	given.Set("properties", properties)
	given.Set("required", required)
	return given
}

// withMember returns a copy of an object with one member set.
func withMember(v *Value, name string, to *Value) *Value {
	copied := *v
	copied.Members = slices.Clone(v.Members)
	copied.Set(name, to)
	return &copied
}
