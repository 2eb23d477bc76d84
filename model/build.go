package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// builder builds the view of definitions without errors.
type builder struct {
	*componentSet
	api         *API
	problems    *Problems
	security    *securitySchemes
	parameterOf map[*Value]*Parameter // by the parameter as written
	resources   name.Set              // names of resources
	plurals     name.Set              // names of their collections
	titles      map[string]bool       // headings of resources
	operations  name.Set              // names of operations
	paths       map[string]*Resource  // by the path of the collection, parameters without their names

	names        memberNames
	shapes       *shapes
	wholes       *shapes // of the schemas that all forms derive from
	definitionOf map[*Resource]*definition.Definition
	resourceOf   map[*definition.Definition]*Resource // the first one of each
}

// build returns the view of definitions without errors. Where their events have an error the view is nil.
func build(set *definition.Set, options Options, problems *Problems) *API {
	tellReferences(set)
	api := &API{}
	api.document = documentOf(api)
	b := &builder{
		componentSet: newComponentSet(set), api: api, problems: problems, paths: map[string]*Resource{}, titles: map[string]bool{},
		names: memberNames{}, parameterOf: map[*Value]*Parameter{}, security: newSecuritySchemes(api, problems),
		definitionOf: map[*Resource]*definition.Definition{}, resourceOf: map[*definition.Definition]*Resource{},
	}
	b.shapes = newShapes(func(name string) *Component { return b.byName[name] }, b.names)
	b.wholes = newShapes(func(name string) *Component { return b.made[formOf{name, Read}].whole() }, b.names)
	var sources []eventSource
	for _, d := range set.Selected {
		first := len(api.Resources)
		b.resource(d, nil, []*definition.Definition{d})
		sources = append(sources, b.source(d, api.Resources[first:]))
		b.extend(d)
	}
	b.link()
	b.makeExamples()
	b.fitPatches()
	b.info(set.Selected, options)
	if b.problems.HasErrors() {
		return nil // what is missing because of them would be reported as well
	}
	b.addProblem()
	buildEvents(api, sources, b.problems)
	api.BaseURLs = baseURLs(options.Facts, api.Servers)
	b.mark()
	api.Components = b.list()
	for _, c := range append(slices.Clone(api.Components), api.Problem) {
		if c != nil && c.InEvents {
			api.EventComponents = append(api.EventComponents, c)
		}
	}
	b.answer()
	b.describe()
	b.relate()
	nameParts(api)
	if !b.problems.HasErrors() {
		b.warnOfVain(b.problems)
		b.warnOfMissing(set.Selected, options.Facts.Pos)
	}
	return api
}

// mark notes which components and security schemes operations and messages need.
func (b *builder) mark() {
	inOperation := func(c *Component) bool { was := c.InOperations; c.InOperations = true; return !was }
	inEvent := func(c *Component) bool { was := c.InEvents; c.InEvents = true; return !was }
	for _, r := range b.api.Resources {
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				b.markOperation(o, inOperation)
			}
		}
	}
	isNeeded := func(s *SecurityScheme) { s.InEvents = true }
	bindings := func(list []*Binding) {
		for _, binding := range list {
			for _, field := range binding.Fields {
				if field.IsSchema {
					b.use(field.Value, inEvent)
				}
			}
		}
	}
	for _, server := range b.api.Servers {
		needed(server.Security, isNeeded)
		bindings(server.Bindings)
	}
	for _, c := range b.api.Channels {
		bindings(c.Bindings)
		for _, p := range c.Parameters {
			b.use(p.Schema, inEvent)
		}
		for _, o := range c.Operations() {
			bindings(o.Bindings)
			needed(o.Security, isNeeded)
		}
		for _, m := range c.Messages() {
			bindings(m.Bindings)
			b.use(m.Payload.Schema, inEvent)
		}
	}
}

func (b *builder) markOperation(o *Operation, mark func(*Component) bool) {
	for _, content := range []*Body{o.Request, o.Response} {
		if content != nil {
			b.use(content.Schema, mark)
		}
	}
	for _, p := range o.Parameters {
		b.use(p.Schema, mark)
	}
	needed(o.Security, func(s *SecurityScheme) { s.InOperations = true })
}

// needed calls note for each scheme of the requirements.
func needed(requirements []*Requirement, note func(*SecurityScheme)) {
	for _, requirement := range requirements {
		for _, required := range requirement.Schemes {
			note(required.Scheme)
		}
	}
}

// source returns what the events of a definition are built from.
func (b *builder) source(d *definition.Definition, resources []*Resource) eventSource {
	s := eventSource{Resources: resources, Normalise: func(v *Value) *Value { return b.set.Normalise(d, v) }}
	if m := d.Root.Member("asyncapi"); m != nil {
		s.Block, s.BlockPos = m.Value, m.Pos
	}
	for _, m := range value.Members(d.Root.Get("security").Get("scheme")) {
		s.Schemes = append(s.Schemes, b.security.of(d, m.Name))
	}
	return s
}

// extend adds the definition's own x-* keys to those of the API.
func (b *builder) extend(d *definition.Definition) {
	for _, m := range extensions(d.Root) {
		if !slices.ContainsFunc(b.api.Extensions, func(other Member) bool { return other.Name == m.Name }) {
			b.api.Extensions = append(b.api.Extensions, m)
		}
	}
}

// parentLink says under which instance and by which property a resource is nested.
type parentLink struct {
	resource *Resource
	instance []Segment
	property *Property
}

// resource adds the resource of a definition, and those nested under its instance, to the API. ancestors are the
// definitions from the outermost one to this one: a resource never nests inside itself.
func (b *builder) resource(d *definition.Definition, parent *parentLink, ancestors []*definition.Definition) {
	if len(b.api.Resources) >= maxResources {
		b.problems.Add(value.TooManyResources, d.Schema.Pos, "set expose: false on properties that hold resources", "more than %d nested resources", maxResources)
		return
	}
	r := b.identify(d, parent)
	b.api.Resources = append(b.api.Resources, r)
	b.own(r, d)
	b.properties(r, d)
	collection, instance := b.path(r, d, parent)
	if other := b.paths[pattern(collection)]; other != nil {
		b.problems.Add(value.SamePath, r.Pos, "the other one is at "+other.Pos.String()+`; give one of them another "plural", or tell versions apart with "versionInPath: true"`,
			"two resources have the path %s", pathOf(collection))
		return
	}
	b.paths[pattern(collection)] = r
	r.Collection = b.level(r, d, definition.CollectionLevel, collection, nil)
	r.Instance = b.level(r, d, definition.InstanceLevel, instance, nil)
	for _, m := range d.Properties() {
		p := r.property(m.Name)
		if p == nil || !p.IsExposed || !hasPath(p.Name) {
			continue
		}
		inner := b.set.Nested(d, m)
		switch {
		case inner != nil && !slices.Contains(ancestors, inner):
			b.resource(inner, &parentLink{r, instance, p}, append(slices.Clone(ancestors), inner))
		case parent == nil:
			if level := b.level(r, d, definition.AttributeLevel, append(slices.Clone(instance), Segment{Text: p.Name}), p); level != nil {
				r.Attributes = append(r.Attributes, level)
			}
		}
	}
}

// maxResources bounds what resources that nest one another can become.
const maxResources = 10_000

// hasPath reports whether a name can be a step of a path: a server takes the others out before it looks.
func hasPath(name string) bool { return name != "" && name != "." && name != ".." }

// identify returns a resource with its names and texts.
func (b *builder) identify(d *definition.Definition, parent *parentLink) *Resource {
	t := d.Types
	r := &Resource{
		Pos: d.Root.Pos, Kind: d.Kind, Singular: t.Singular, Plural: t.Plural, APIVersion: d.Version(),
		Type: t.Name, PluralType: t.PluralName, ListType: t.List,
		Extensions: extensions(d.Root), Envelope: "none",
		Read: b.component(t.Item.Name, Read), List: b.component(t.Collection.Name, Read),
	}
	if kind := d.Root.Get("kind"); kind != nil && !d.IsInline {
		r.Pos = kind.Pos
	}
	r.Create, r.Replace, r.Update = b.writable(t.Item.Name)
	own, plural := name.Key(t.Singular), name.Key(t.Plural)
	if parent != nil {
		r.Parent, r.ParentProperty = parent.resource, parent.property.Name
		one, _ := name.Forms(parent.property.Name, "", "")
		r.Type = parent.resource.Type + name.Pascal(one)
		r.PluralType = parent.resource.Type + parent.property.Identifier
		if r.ListType = r.PluralType; r.ListType == r.Type {
			r.ListType += "List"
		}
		own = parent.resource.Name + "_" + name.Key(one)
		plural = parent.resource.Name + "_" + name.Key(parent.property.Name)
	} else if t.Name != name.Type(t.Singular) {
		own, plural = name.Key(t.Singular+"_"+d.Version()), name.Key(t.Plural+"_"+d.Version())
	}
	r.Name, r.PluralName = b.resources.Unique(own), b.plurals.Unique(plural)
	b.setNouns(r, d, parent)
	metadata := d.Root.Get("metadata")
	r.Description = metadata.Get("description").StringOr("")
	for _, m := range value.Members(metadata) {
		switch m.Name {
		case "description":
		case "labels":
			for _, label := range m.Value.Members {
				r.Labels = append(r.Labels, Member{label.Name, label.Value})
			}
		default:
			r.Metadata = append(r.Metadata, Member{m.Name, m.Value})
		}
	}
	return r
}

// setNouns gives a resource its words and its heading. A nested one is called after the property that nests it, because
// several can be of one kind: home addresses and work addresses.
func (b *builder) setNouns(r *Resource, d *definition.Definition, parent *parentLink) {
	if parent != nil {
		singular, plural := name.Forms(parent.property.Name, "", "")
		r.setNouns(singular, plural, titleOf(parent.property.Schema))
	} else {
		r.setNouns(r.Singular, r.Plural, titleOf(d.Schema.Get("items")))
		if strings.HasPrefix(r.Type, name.Type(r.Singular)+name.Pascal(r.APIVersion)) {
			r.Title += " " + r.APIVersion
		}
	}
	heading := r.Title
	for n := 2; b.titles[r.Title]; n++ {
		r.Title = heading + " " + strconv.Itoa(n)
	}
	b.titles[r.Title] = true
}

// property returns the resource's property of that name.
func (r *Resource) property(name string) *Property {
	i := slices.IndexFunc(r.Properties, func(p *Property) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return r.Properties[i]
}

// path returns the steps to the resource's collection and to one instance.
func (b *builder) path(r *Resource, d *definition.Definition, parent *parentLink) (collection, instance []Segment) {
	written, keyName := d.Key()
	r.Key = &Key{
		Pos: written.Pos, Name: keyName, Parameter: name.Parameter(keyName), Description: written.Get("description").StringOr(""),
		Schema: d.Types.Key, IsProperty: d.Schema.Get("items").Get("properties").Has(keyName),
	}
	if p := r.property(keyName); p != nil {
		r.Key.IsReadOnly = p.IsReadOnly
	}
	r.Key.Example = b.example(r.Key.Schema, keyName)
	switch {
	case parent != nil:
		collection = append(slices.Clone(parent.instance), Segment{Text: parent.property.Name})
		for _, s := range parent.instance {
			if s.Parameter != nil && s.Parameter.Name == r.Key.Parameter {
				r.Key.Parameter = name.Parameter(parent.property.Name + "_" + keyName)
			}
		}
	default:
		if d.Root.Get("versionInPath").IsTrue() {
			collection = append(collection, Segment{Text: d.Version()})
		}
		collection = append(collection, Segment{Text: r.Plural})
	}
	var taken name.Set
	for _, s := range collection {
		if s.Parameter != nil {
			taken.Unique(s.Parameter.Name)
		}
	}
	r.Key.Parameter = taken.Unique(r.Key.Parameter)
	key := &Parameter{Pos: r.Key.Pos, Name: r.Key.Parameter, Identifier: r.Key.Parameter, In: "path", Description: r.Key.Description,
		Schema: r.Key.Schema, Example: r.Key.Example, IsRequired: true, Extensions: extensions(written)}
	return collection, append(slices.Clone(collection), Segment{Parameter: key.withSerialization()})
}

// properties fills in the resource's properties, the key first if its schema does not list it. Those in a part of the
// schema, or in each of its alternatives, come last.
func (b *builder) properties(r *Resource, d *definition.Definition) {
	flat := b.wholes.flatten(b.set.Component(d.Types.Item.Name).Schema) // the forms leave some out
	_, keyName := d.Key()
	members := b.wholes.members(flat)
	if !slices.ContainsFunc(members, func(p property) bool { return p.name == keyName }) && d.Types.Item.Plain != nil {
		key := value.With(d.Types.Key, "readOnly", value.Bool(true))
		members = slices.Insert(members, 0, property{name: keyName, schemas: []*Value{key}})
	}
	identifiers := name.Set{Size: len(members)}
	for _, m := range members {
		of := together(m.schemas)
		written := d.Schema.Get("items").Get("properties").Get(m.name)
		flag := func(keyword string) bool { return b.set.Says(of, keyword) }
		names := b.names.of(m.name)
		p := &Property{
			Pos: of.Pos, Name: m.name, Identifier: identifiers.Unique(names.identifier), Title: cmp.Or(titleOf(of), names.title),
			Description: of.Get("description").StringOr(""), Schema: of,
			IsKey: m.name == keyName, IsRequired: m.isRequired || flat.requires(m.name),
			IsReadOnly: flag("readOnly"), IsWriteOnly: flag("writeOnly"), IsDeprecated: flag("deprecated"),
			IsExposed: written != nil && !written.Get("expose").IsFalse(),
		}
		p.setNoun(b.names)
		r.Properties = append(r.Properties, p)
	}
}
