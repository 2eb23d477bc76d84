package model

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// schemas gives each schema that resources and references name a component, normalised. Every other schema of
// the model refers to them by name.
type schemas struct {
	loader           *loader
	checker          *checker
	problems         *Problems
	names            name.Set
	versions         map[string]string // of the first resource of each type
	definitions      []*definition     // those given and those referred to, in the order of their discovery
	entries          []*entry          // in the order of their discovery
	byNode           map[*Value]*entry
	byName           map[string]*entry
	twins            map[twinKey]string // the names of components in other forms
	parameterSchemas map[*Value]*Value  // by the parameter as written
	faulty           map[*Value]bool    // examples of parameters that their schemas refuse
	synthetic        map[*Value]*target // references that stand for a resource written inside a property
}

// entry is a schema that will be a component, in its read form.
type entry struct {
	name   string
	pos    Pos
	schema *Value // normalised; nil until it is
}

// types are the names of a definition's components and of what is called after it.
type types struct {
	singular, plural string // the words
	name             string // Book
	pluralName       string // Books
	list             string // Books, or SheepList
	item, collection *entry
	key              *Value // the schema of the key
}

func newSchemas(l *loader, c *checker) *schemas {
	return &schemas{
		loader: l, checker: c, problems: l.problems, versions: map[string]string{}, byNode: map[*Value]*entry{}, byName: map[string]*entry{},
		twins: map[twinKey]string{}, parameterSchemas: map[*Value]*Value{}, faulty: map[*Value]bool{}, synthetic: map[*Value]*target{},
	}
}

// define names the components of all definitions first, so that no other schema takes those names, and then
// normalises whatever they hold and refer to.
func (s *schemas) define(definitions []*definition) {
	for _, d := range definitions {
		s.name(d)
	}
	for _, d := range definitions {
		s.resource(d)
	}
	s.finish()
}

// finish completes what was normalised once every reference is known: keys, parameters, defaults and examples
// that their schemas refuse.
func (s *schemas) finish() {
	for _, d := range s.definitions {
		s.required(d)
	}
	s.circles()
	if s.problems.HasErrors() {
		return
	}
	maker := example.New(func(name string) *Value {
		if e := s.entry(name); e != nil {
			return e.schema
		}
		return nil
	})
	mend := func(v *Value) *Value { return mended(maker, v, s.problems) }
	for _, d := range s.definitions {
		key, keyName := d.key()
		d.types.key = mend(d.types.key)
		listed := slices.Contains(s.propertyNames(d.types.item.schema, map[*Value]bool{}), keyName)
		d.types.item.schema = withKey(d.types.item.schema, keyName, described(d.types.key, key.Get("description")), listed)
		for _, v := range d.parameters() {
			s.parameterSchemas[v] = mend(s.parameterSchemas[v])
			s.parameterExamples(maker, v)
		}
	}
	for _, e := range s.entries {
		e.schema = mend(e.schema)
	}
}

// described returns a schema with a description, where it has none and there is one.
func described(v, description *Value) *Value {
	if !v.Is(value.KindObject) || v.Has("description") || description.StringOr("") == "" {
		return v
	}
	return withMember(v, "description", description)
}

// entry returns the entry of that name, or nil.
func (s *schemas) entry(name string) *entry { return s.byName[name] }

// add gives a schema its place among the components.
func (s *schemas) add(e *entry, nodes ...*Value) {
	s.entries = append(s.entries, e)
	s.byName[e.name] = e
	for _, node := range nodes {
		s.byNode[node] = e
	}
}

// twin returns the name of a component in another form than read.
func (s *schemas) twin(base string, form Form) string {
	if form == Read {
		return base
	}
	key := twinKey{base, form}
	if s.twins[key] == "" {
		s.twins[key] = s.names.Unique(formPrefix[form] + base)
	}
	return s.twins[key]
}

// name gives a definition the names of its types, once.
func (s *schemas) name(d *definition) *types {
	if d.types != nil {
		return d.types
	}
	text := func(key string) string { return d.root.Get(key).StringOr("") }
	t := &types{}
	t.singular, t.plural = name.Forms(d.kind, text("singular"), text("plural"))
	t.name, t.pluralName = name.Type(t.singular), name.Type(t.plural)
	if first, taken := s.versions[t.name]; taken && first != d.version() {
		version := name.Pascal(d.version())
		t.name, t.pluralName = t.name+version, t.pluralName+version
	} else {
		s.versions[t.name] = d.version()
	}
	t.name = s.names.Unique(t.name)
	t.list = t.pluralName
	if t.list == t.name || s.names.Has(t.list) {
		t.list = t.name + "List"
	}
	t.list = s.names.Unique(t.list)
	for _, form := range []Form{Create, Replace, Update} {
		s.twin(t.name, form)
	}
	d.types = t
	return t
}

// resource normalises what a definition holds: its items, its list and what they refer to.
func (s *schemas) resource(d *definition) *types {
	t := s.name(d)
	items := d.schema.Get("items")
	if t.item != nil || !items.Is(value.KindObject) {
		return t
	}
	t.item = &entry{name: t.name, pos: items.Pos}
	t.collection = &entry{name: t.list, pos: d.schema.Pos}
	s.add(t.collection, d.schema)
	s.add(t.item, items)
	s.definitions = append(s.definitions, d)
	s.checker.definition(d)
	items = s.unnest(d, items)
	schema.Check(items, schema.Resource, s.problems)
	t.collection.schema = value.Object(value.NewMember("type", value.String("array")), value.NewMember("items", schema.RefTo(t.name)))
	t.item.schema = s.normalise(d.doc, items, schema.Resource)
	t.key = s.keySchema(d)
	s.discover(d.doc, d.root.Get("asyncapi").Get("bindings"))
	for _, v := range d.parameters() {
		s.parameterSchemas[v] = s.parameterSchema(d, v)
	}
	return t
}

// normalise returns a schema in the one spelling that the model has, its references by component.
func (s *schemas) normalise(doc *document, v *Value, at schema.Place) *Value {
	return schema.Normalise(v, at, func(m *value.Member) (*Value, bool) {
		t := s.synthetic[m.Value]
		if t == nil && (m.Name == "$ref" || strings.ContainsAny(m.Value.Text, "#/.")) {
			t = s.loader.resolve(doc, m.Value)
		}
		if t == nil {
			return nil, false
		}
		return schema.RefTo(s.component(t).name), true
	})
}

// component returns the component for the target of a reference.
func (s *schemas) component(t *target) *entry {
	if e := s.byNode[t.node]; e != nil {
		return e
	}
	if d := t.resource(); d != nil {
		s.resource(d)
		if e := s.byNode[t.node]; e != nil {
			return e
		}
	}
	e := &entry{name: s.names.Unique(s.called(t)), pos: t.node.Pos}
	s.add(e, t.node)
	at := schema.Anywhere
	if t.isProperty() {
		at = schema.Property
	}
	schema.Check(t.node, at, s.problems)
	e.schema = schemaObject(s.normalise(t.doc, t.node, at))
	return e
}

// resource returns the definition whose items or list the target is, or nil.
func (t *target) resource() *definition {
	d := t.doc.define()
	if !d.schema.Get("items").Is(value.KindObject) || !d.schema.Has("key") {
		return nil
	}
	if t.node != d.schema && t.node != d.schema.Get("items") {
		return nil
	}
	return d
}

// called returns the name of a shared schema: the last step of the pointer that has a letter, or the name of the key
// or parameter whose schema it is; behind its owner where that is taken.
func (s *schemas) called(t *target) string {
	file := strings.TrimSuffix(path.Base(t.doc.file), path.Ext(t.doc.file))
	word := file
	for _, token := range t.tokens {
		if strings.IndexFunc(token, unicode.IsLetter) >= 0 {
			word = token
		}
	}
	if named := t.owner.Get("name").StringOr(""); word == "schema" && named != "" {
		word = named
	}
	pascal := name.Type(word)
	if !s.names.Has(pascal) {
		return pascal
	}
	if t.doc.isDefinition() {
		return s.name(t.doc.define()).name + pascal
	}
	return name.Type(file) + pascal
}

// keySchema returns the normalised schema of what identifies an instance.
func (s *schemas) keySchema(d *definition) *Value {
	key, _ := d.key()
	written := key.Get("schema")
	if !written.Is(value.KindObject) {
		return value.Object(value.NewMember("type", value.String("string")))
	}
	return s.normalise(d.doc, written, schema.Anywhere)
}

// discover makes components of the schemas that bindings refer to: those are read only once all components are
// known.
func (s *schemas) discover(doc *document, v *Value) {
	if v == nil {
		return
	}
	for _, item := range v.Items {
		s.discover(doc, item)
	}
	for _, m := range v.Members {
		if m.Name != "$ref" || !m.Value.Is(value.KindString) {
			s.discover(doc, m.Value)
		} else if t := s.loader.resolve(doc, m.Value); t != nil {
			s.component(t)
		}
	}
}
