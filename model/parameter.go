package model

import (
	"slices"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
)

// parameters returns the inputs of an operation other than its path and body, in definition order.
func (b *builder) parameters(d *definition.Definition, l *Level, method string) []*Parameter {
	var list []*Parameter
	var identifiers name.Set
	for _, p := range l.Parameters {
		identifiers.Unique(p.Identifier)
	}
	for _, v := range d.Parameters() {
		if !applies(v, l, method) {
			continue
		}
		p := b.parameter(d, v)
		copied := *p
		copied.Identifier = identifiers.Unique(p.Identifier)
		list = append(list, &copied)
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
func (b *builder) parameter(d *definition.Definition, v *Value) *Parameter {
	if p := b.parameterOf[v]; p != nil {
		return p
	}
	called := v.Get("name").Text
	p := &Parameter{
		Pos: v.Pos, Name: called, Identifier: name.Parameter(called), In: definition.ParameterPlace(v),
		Description: v.Get("description").StringOr(""), Style: v.Get("style").StringOr(""),
		HasExplode: v.Has("explode"), IsExploded: v.Get("explode").IsTrue(),
		IsRequired: v.Get("required").IsTrue(), IsDeprecated: v.Get("deprecated").IsTrue(), Extensions: extensions(v),
	}
	if path, _ := definition.FilterPath(v.Get("filter")); v.Has("filter") {
		p.Filter = &Filter{Path: path, Match: v.Get("filter").Get("match").StringOr("")}
	}
	p.Schema = b.set.ParameterSchema(v)
	p.Default = p.Schema.Get("default")
	for _, m := range b.set.ParameterExamples(v) {
		if m.Name == "" && p.Example == nil {
			p.Example = m.Value
		} else if m.Name != "" {
			p.Examples = append(p.Examples, Member{m.Name, m.Value})
		}
	}
	p.IsExampleGiven = p.Example != nil
	if p.Example == nil {
		p.Example = b.example(p.Schema, called)
	}
	b.parameterOf[v] = p
	return p.withSerialization()
}

// withSerialization fills in how the parameter's value is written: as given, else by the defaults of OpenAPI 3.1,
// section 4.8.12.2.
func (p *Parameter) withSerialization() *Parameter {
	p.EffectiveStyle = p.Style
	switch {
	case p.Style != "":
	case p.In == "query" || p.In == "cookie":
		p.EffectiveStyle = "form"
	default:
		p.EffectiveStyle = "simple"
	}
	p.EffectiveExplode = p.EffectiveStyle == "form"
	if p.HasExplode {
		p.EffectiveExplode = p.IsExploded
	}
	return p
}
