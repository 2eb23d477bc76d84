package model

import (
	"slices"

	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// parameters returns what an operation is given beside its path and body, in definition order: those of the
// resource, then the default ones that none of them replaces.
func (b *builder) parameters(d *definition, l *Level, method string) []*Parameter {
	var list []*Parameter
	var identifiers name.Set
	for _, p := range l.Parameters {
		identifiers.Unique(p.Identifier)
	}
	taken := map[[2]string]bool{}
	for _, source := range []*Value{d.schema.Get("query_params"), d.root.Get("default_query_params")} {
		if source == nil {
			continue
		}
		for _, v := range source.Items {
			key := [2]string{parameterPlace(v), v.Get("name").StringOr("")}
			if taken[key] {
				continue
			}
			taken[key] = true
			if !applies(v, l, method) {
				continue
			}
			p := b.parameter(d, v)
			copied := *p
			copied.Identifier = identifiers.Unique(p.Identifier)
			list = append(list, &copied)
		}
	}
	return list
}

// applies reports whether a parameter belongs to an operation: to each of the methods that it names, or, where it
// names none, to those that read the collection.
func applies(v *Value, l *Level, method string) bool {
	methods := v.Get("methods")
	if methods == nil {
		return l.IsCollection() && (method == "get" || method == "head")
	}
	return slices.ContainsFunc(methods.Items, func(m *Value) bool { return m.Text == method })
}

// parameter reads a checked parameter, once for all operations.
func (b *builder) parameter(d *definition, v *Value) *Parameter {
	if p := b.parameterOf[v]; p != nil {
		return p
	}
	called := v.Get("name").Text
	p := &Parameter{
		Pos: v.Pos, Name: called, Identifier: name.Parameter(called), In: parameterPlace(v),
		Description: v.Get("description").StringOr(""), Style: v.Get("style").StringOr(""),
		HasExplode: v.Has("explode"), IsExploded: v.Get("explode").IsTrue(),
		IsRequired: v.Get("required").IsTrue(), IsDeprecated: v.Get("deprecated").IsTrue(), Extensions: extensions(v),
	}
	p.Schema = b.schemas.parameterSchemas[v]
	p.Default = p.Schema.Get("default")
	for _, m := range b.schemas.examplesOf(v) {
		if m.Name == "" && p.Example == nil {
			p.Example = m.Value
		} else if m.Name != "" {
			p.Examples = append(p.Examples, m)
		}
	}
	p.IsExampleGiven = p.Example != nil
	if p.Example == nil {
		p.Example = b.example(p.Schema, called)
	}
	b.parameterOf[v] = p
	return p
}

// parameterExamples reports the examples of a parameter that its schema refuses.
func (s *schemas) parameterExamples(maker *example.Maker, v *Value) {
	for _, m := range s.examplesOf(v) {
		if !maker.Fits(s.parameterSchemas[v], m.Value) {
			s.faulty[m.Value] = true
			s.problems.Warn(m.Value.Pos, "documents leave it out", "the example %s does not fit the schema of the parameter %s", excerpt(m.Value), v.Get("name").Text)
		}
	}
}

// examplesOf returns the examples of a parameter as written, those that are at fault left out. A name is that of an
// entry of examples in the form of OpenAPI, whose value may stand under value (OpenAPI 3.1, section 4.8.19).
func (s *schemas) examplesOf(v *Value) []Member {
	var list []Member
	add := func(name string, v *Value) {
		if v != nil && !s.faulty[v] {
			list = append(list, Member{name, v})
		}
	}
	add("", v.Get("example"))
	examples := v.Get("examples")
	if examples.Is(value.KindArray) {
		for _, item := range examples.Items {
			add("", item)
		}
	}
	for _, m := range objectMembers(examples) {
		if given := m.Value.Get("value"); given != nil {
			add(m.Name, given)
		} else {
			add(m.Name, m.Value)
		}
	}
	return list
}

// parameterSchema returns the normalised schema of a parameter, with the default that may stand beside it.
func (s *schemas) parameterSchema(d *definition, v *Value) *Value {
	written := v.Get("schema")
	if !written.Is(value.KindObject) {
		written = value.Object(value.NewMember("type", value.String("string")))
	}
	normal := s.normalise(d.doc, written, schema.Anywhere)
	if given := v.Get("default"); given != nil && normal.Is(value.KindObject) && !normal.Has("default") {
		copied := *normal
		copied.Members = append(slices.Clone(normal.Members), value.NewMember("default", given))
		normal = &copied
	}
	return normal
}
