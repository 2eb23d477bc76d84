package definition

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// Set is definitions without errors, with a component for each schema that they name or refer to. Every other schema
// refers to those by name.
type Set struct {
	Selected    []*Definition // those of the run
	Definitions []*Definition // those and the ones that they refer to, in the order of their discovery
	Components  []*Component  // in the order of their discovery
	Names       name.Set      // of the components, in all forms

	known            []*Definition // all that were read, those that were not selected among them
	loader           *loader
	checker          *checker
	problems         *Problems
	versions         map[string]string // of the first resource of each type
	byNode           map[scopedNode]*Component
	byName           map[string]*Component
	twins            map[twinKey]string    // the names of components in other forms
	parameterSchemas map[*Value]*Value     // by the parameter as written
	faulty           map[*Value]bool       // examples of parameters that their schemas refuse
	differences      map[scopedNode]string // between the scope of a schema and its own scope
	scoped           int                   // components with a different meaning on their own
	synthetic        map[*Value]*target    // references to a resource written inside a property
}

// Component is a schema with a name, in its read form.
type Component struct {
	Name   string // distinct: Book
	Pos    Pos    // of the schema
	Schema *Value // normalised; nil until it is
	Plain  *Value // Schema without the key of a resource that was added to it, as clients send it; nil where none was
	Title  string // what people call it where its name holds more than that; else empty
	isTwin bool   // another component with the key of a resource
}

// Heading returns what people call it: the title of its schema, else what its name says.
func (c *Component) Heading() string {
	return c.Schema.Get("title").StringOr(cmp.Or(c.Title, name.Heading(c.Name)))
}

// formPrefix precedes the name of a component in a form other than read.
var formPrefix = map[schema.Form]string{schema.Create: "Create", schema.Replace: "Replace", schema.Update: "Update"}

// twinKey names one form of a component.
type twinKey struct {
	base string
	form schema.Form
}

// Types are the names of a definition's components and of what is named after it.
type Types struct {
	Singular, Plural string     // the words: book, books
	Name             string     // of one: Book
	PluralName       string     // of several: Books
	List             string     // of the list: Books, or SheepList
	Item, Collection *Component // the resource itself, and its list
	Key              *Value     // the schema of the key, normalised
}

func newSet(l *loader, c *checker) *Set {
	return &Set{
		loader: l, checker: c, problems: l.problems, versions: map[string]string{}, byNode: map[scopedNode]*Component{}, byName: map[string]*Component{},
		twins: map[twinKey]string{}, parameterSchemas: map[*Value]*Value{}, faulty: map[*Value]bool{}, synthetic: map[*Value]*target{},
		differences: map[scopedNode]string{},
	}
}

// define names the components of all definitions first, so that no other schema takes those names, and then
// normalises whatever they hold and refer to.
func (s *Set) define(definitions []*Definition) {
	for _, d := range definitions {
		s.assignNames(d)
	}
	for _, d := range definitions {
		s.resource(d)
	}
	s.finish()
}

// finish completes what was normalised once every reference is known: keys, parameters, defaults and examples
// that their schemas refuse.
func (s *Set) finish() {
	s.known = s.everyDefinition()
	for _, d := range s.Definitions {
		s.required(d)
		s.checkRelations(d)
	}
	s.circles()
	if s.problems.HasErrors() {
		return
	}
	maker := example.New(func(name string) *Value {
		if e := s.Component(name); e != nil {
			return e.Schema
		}
		return nil
	})
	mend := func(v *Value) *Value { return s.repaired(maker, v) }
	s.branches()
	for _, d := range s.Definitions {
		d.Types.Key = mend(d.Types.Key)
		s.giveKey(d, maker)
		for _, v := range d.Parameters() {
			s.parameterSchemas[v] = mend(s.parameterSchemas[v])
			s.checkParameterExamples(maker, v)
		}
	}
	for _, e := range s.Components {
		if e.isTwin {
			e.Schema = maker.Mend(e.Schema)
			continue
		}
		e.Schema = mend(e.Schema)
		if e.Plain != nil {
			e.Plain = maker.Mend(e.Plain)
		}
	}
}

// everyDefinition returns the definitions of the run, those that were not selected among them, those written inside
// properties, and those in the other files that were read.
func (s *Set) everyDefinition() []*Definition {
	all := slices.Clone(s.known)
	add := func(d *Definition) {
		if !slices.Contains(all, d) {
			all = append(all, d)
		}
	}
	for _, d := range s.Definitions {
		add(d)
	}
	for _, file := range slices.Sorted(maps.Keys(s.loader.files)) {
		for _, doc := range s.loader.files[file].documents {
			if doc.isDefinition() {
				add(doc.define())
			}
		}
	}
	return all
}

// described returns a schema with a description, where it has none and there is one.
func described(v, description *Value) *Value {
	if !v.Is(value.KindObject) || v.Has("description") || description.StringOr("") == "" {
		return v
	}
	return value.With(v, "description", description)
}

// Component returns the component of that name, or nil.
func (s *Set) Component(name string) *Component { return s.byName[name] }

// add gives a schema its place among the components, found by where it is written in a dynamic scope, if it is.
func (s *Set) add(e *Component, nodes ...scopedNode) {
	s.Components = append(s.Components, e)
	s.byName[e.Name] = e
	for _, node := range nodes {
		s.byNode[node] = e
	}
}

// TwinName returns the name of a component in another form than read.
func (s *Set) TwinName(base string, form schema.Form) string {
	if form == schema.Read {
		return base
	}
	key := twinKey{base, form}
	if s.twins[key] == "" {
		s.twins[key] = s.Names.Unique(formPrefix[form] + base)
	}
	return s.twins[key]
}

// assignNames gives a definition the names of its types, once.
func (s *Set) assignNames(d *Definition) *Types {
	if d.Types != nil {
		return d.Types
	}
	text := func(key string) string { return d.Root.Get(key).StringOr("") }
	t := &Types{}
	t.Singular, t.Plural = name.Forms(d.Kind, text("singular"), text("plural"))
	t.Name, t.PluralName = name.Type(t.Singular), name.Type(t.Plural)
	if first, taken := s.versions[t.Name]; taken && first != d.Version() {
		version := name.Pascal(d.Version())
		t.Name, t.PluralName = t.Name+version, t.PluralName+version
	} else {
		s.versions[t.Name] = d.Version()
	}
	t.Name = s.Names.Unique(t.Name)
	t.List = t.PluralName
	if t.List == t.Name || s.Names.Has(t.List) {
		t.List = t.Name + "List"
	}
	t.List = s.Names.Unique(t.List)
	for _, form := range []schema.Form{schema.Create, schema.Replace, schema.Update} {
		s.TwinName(t.Name, form)
	}
	d.Types = t
	return t
}

// resource normalises what a definition holds: its items, its list and what they refer to.
func (s *Set) resource(d *Definition) *Types {
	t := s.assignNames(d)
	items := d.Schema.Get("items")
	if t.Item != nil || !items.Is(value.KindObject) {
		return t
	}
	t.Item = &Component{Name: t.Name, Pos: items.Pos}
	t.Collection = &Component{Name: t.List, Pos: d.Schema.Pos}
	s.add(t.Collection, scopedNode{node: d.Schema})
	s.add(t.Item, scopedNode{node: items})
	s.Definitions = append(s.Definitions, d)
	s.checker.definition(d)
	items = s.unnest(d, items)
	schema.Check(items, schema.Resource, s.problems)
	t.Collection.Schema = value.Object(value.NewMember("type", value.String("array")), value.NewMember("items", schema.RefTo(t.Name)))
	in := d.doc.resourceOf(d.Schema.Get("items"))
	t.Item.Schema = s.normaliseIn(in, scope(nil).enter(in), items, schema.Resource)
	t.Key = s.keySchema(d)
	events := d.Root.Get("asyncapi")
	s.discover(d.doc, events.Get("bindings"))
	for _, server := range value.Members(events.Get("servers")) {
		s.discover(d.doc, server.Value.Get("bindings"))
	}
	for _, v := range d.Parameters() {
		s.parameterSchemas[v] = s.parameterSchema(d, v)
	}
	return t
}

// Normalise returns a schema of the definition in the one spelling that the model has, its references by component.
func (s *Set) Normalise(d *Definition, v *Value) *Value {
	return s.normalise(d.doc, v, schema.Anywhere)
}

// normalise returns a schema that an evaluation begins with in the one spelling that the model has, its references by
// component.
func (s *Set) normalise(doc *document, v *Value, at schema.Place) *Value {
	in := doc.resourceOf(v)
	return s.normaliseIn(in, scope(nil).enter(in), v, at)
}

// normaliseIn is normalise for a schema of a resource in a dynamic scope.
func (s *Set) normaliseIn(in *resource, sc scope, v *Value, at schema.Place) *Value {
	return schema.Normalise(v, at, func(m *value.Member) (*Value, bool) {
		if t := s.synthetic[m.Value]; t != nil {
			return schema.RefTo(s.componentOf(t, t.alone()).Name), true
		}
		if !slices.Contains(references, m.Name) && !strings.ContainsAny(m.Value.Text, "#/.") {
			return nil, false
		}
		t, inside := s.reference(in, *m, sc)
		if t == nil {
			return nil, false
		}
		return schema.RefTo(s.componentOf(t, inside).Name), true
	})
}

// componentOf returns the component for the target of a reference, in the dynamic scope there.
func (s *Set) componentOf(t *target, sc scope) *Component {
	key := scopedNode{t.node, s.difference(t, sc)}
	if e := s.byNode[key]; e != nil {
		return e
	}
	if d := t.resource(); d != nil {
		s.resource(d)
		if e := s.byNode[scopedNode{node: t.node}]; e != nil {
			if key.scope != "" {
				s.problems.Warn(value.DynamicReference, t.node.Pos, "refer to a schema outside the resource", "dynamic references below the resource %s do not depend on what refers to it", d.Kind)
			}
			return e
		}
	}
	called := s.componentName(t)
	if key.scope != "" {
		called = s.scopedName(t, sc)
		if s.scoped++; s.scoped == maxScoped {
			s.problems.Warn(value.DynamicReference, t.node.Pos, "use fewer dynamic anchors", "dynamic references lead to more than %d schemas; the others are taken as they are alone", maxScoped)
		}
	}
	e := &Component{Name: s.Names.Unique(called), Pos: t.node.Pos}
	s.add(e, key)
	at := schema.Anywhere
	switch {
	case t.isProperty():
		at = schema.Property
	case !t.doc.isDefinition():
		at = schema.Foreign
	}
	schema.Check(t.node, at, s.problems)
	e.Schema = schema.AsObject(s.normaliseIn(t.doc.resourceOf(t.node), sc, t.node, at))
	return e
}

// resource returns the definition whose items or list the target is, or nil.
func (t *target) resource() *Definition {
	d := t.doc.define()
	if !d.Schema.Get("items").Is(value.KindObject) || !d.Schema.Has("key") {
		return nil
	}
	if t.node != d.Schema && t.node != d.Schema.Get("items") {
		return nil
	}
	return d
}

// keySchema returns the normalised schema of what identifies an instance.
func (s *Set) keySchema(d *Definition) *Value {
	key, _ := d.Key()
	written := key.Get("schema")
	if !written.Is(value.KindObject) {
		return value.Object(value.NewMember("type", value.String("string")))
	}
	return s.normalise(d.doc, written, schema.Anywhere)
}

// discover makes components of the schemas that bindings refer to: those are read only once all components are
// known.
func (s *Set) discover(doc *document, v *Value) {
	if v == nil {
		return
	}
	for _, item := range v.Items {
		s.discover(doc, item)
	}
	for _, m := range v.Members {
		if m.Name != "$ref" || !m.Value.Is(value.KindString) {
			s.discover(doc, m.Value)
		} else if t, inside := s.reference(doc.resourceOf(m.Value), m, nil); t != nil {
			s.componentOf(t, inside)
		}
	}
}
