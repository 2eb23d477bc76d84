package model

import (
	"cmp"
	"math"
	"slices"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// Shapes that were unfolded before are unfolded again where they were cut short, because of what they stood in, and where
// schemas hold together with others. What comes after so many is cut short as if it stood inside itself.
const (
	maxUnfolded = 2_000  // in circles
	maxCombined = 20_000 // in combinations of schemas without references, such as the alternatives of several choices
)

// shapes builds the shapes of schemas. A shape that does not depend on its context is built once.
type shapes struct {
	component func(name string) *Component
	made      map[*Component]*Shape
	together  conjunctions
	left      map[withoutOne]*Value

	open            []opened // what is being unfolded, one inside another
	met             int      // the outermost of open that was met again in what is being unfolded
	unfolded        map[opened]bool
	again, combined int // how often something was unfolded that had been before
	names           memberNames
}

// opened is a component that is being unfolded, or a schema with references, by the first one where several hold.
type opened struct {
	component *Component
	schema    *Value
}

// conjunctions are lists of schemas with the shape of what all of the list hold for, by one schema after the other.
type conjunctions struct {
	shape *Shape // nil if it is not built yet, or depends on its context
	next  map[*Value]*conjunctions
}

func (c *conjunctions) of(schemas []*Value) *conjunctions {
	for _, v := range schemas {
		next := c.next[v]
		if next == nil {
			next = &conjunctions{}
			if c.next == nil {
				c.next = map[*Value]*conjunctions{}
			}
			c.next[v] = next
		}
		c = next
	}
	return c
}

// notMet means none in shapes.met.
const notMet = math.MaxInt

func newShapes(component func(name string) *Component, names memberNames) *shapes {
	return &shapes{
		component: component, made: map[*Component]*Shape{}, left: map[withoutOne]*Value{}, met: notMet, unfolded: map[opened]bool{}, names: names,
	}
}

// ofComponent returns the shape of a component. Inside itself, its shape has no fields. A shape that was cut short
// because of its context is used only there; any other is built once.
func (s *shapes) ofComponent(c *Component) *Shape {
	if made := s.made[c]; made != nil {
		return made
	}
	this := opened{component: c}
	if s.isCut(this) {
		return s.cut(c)
	}
	var made Shape
	if s.within(this, func() { made = *s.of(c.Schema) }) {
		s.made[c] = &made
	}
	made.Component = c
	return &made
}

// isCut reports whether something is cut short in its context: inside itself, or after too much has been unfolded again.
func (s *shapes) isCut(this opened) bool {
	at := slices.Index(s.open, this)
	if at < 0 && s.unfolded[this] && len(s.open) > 1 {
		if s.again++; s.again > maxUnfolded {
			at = 0
		}
	}
	if at >= 0 {
		s.met = min(s.met, at)
	}
	return at >= 0
}

// within unfolds something and reports whether the result is independent of its context.
func (s *shapes) within(this opened, unfold func()) bool {
	outer, own := s.met, len(s.open)
	s.open, s.met, s.unfolded[this] = append(s.open, this), notMet, true
	unfold()
	s.open = s.open[:own]
	isSame := s.met >= own
	if isSame {
		s.met = notMet
	}
	s.met = min(s.met, outer)
	return isSame
}

// cut returns the shape of a component without what is inside.
func (s *shapes) cut(c *Component) *Shape {
	flat := s.flatten(c.Schema)
	made := s.described(flat)
	made.Kind, made.IsNullable, made.IsRecursive, made.Component = flat.kind(), flat.isNullable(s), true, c
	if len(flat.choice()) > 0 {
		made.Kind = UnionShape
	}
	return made
}

// of returns the shape of a value that all the schemas hold for.
func (s *shapes) of(schemas ...*Value) *Shape {
	if r := s.referenceOf(schemas); r.component != nil {
		return s.annotated(r)
	}
	known := s.together.of(schemas)
	if known.shape != nil {
		return known.shape
	}
	flat := s.flatten(schemas...)
	made := s.described(flat)
	this := opened{schema: schemas[0]}
	if isCut := flat.hasReference && !s.isOfInnermost(schemas) && s.isCut(this) || !flat.hasReference && len(schemas) > 1 && s.isCombinedAgain(this); isCut {
		made.Kind, made.IsNullable, made.IsRecursive = flat.kind(), flat.isNullable(s), true
		return made
	}
	if !flat.hasReference || s.isOfInnermost(schemas) {
		s.fill(made, flat)
		if !flat.hasReference {
			known.shape = made
		}
	} else if s.within(this, func() { s.fill(made, flat) }) {
		known.shape = made
	}
	return made
}

// isOfInnermost reports whether this is the schema of the component that is being unfolded.
func (s *shapes) isOfInnermost(schemas []*Value) bool {
	if len(schemas) != 1 || len(s.open) == 0 {
		return false
	}
	c := s.open[len(s.open)-1].component
	return c != nil && c.Schema == schemas[0]
}

// isCombinedAgain reports whether schemas that hold together with others are cut short.
func (s *shapes) isCombinedAgain(this opened) bool {
	if s.unfolded[this] {
		s.combined++
	}
	s.unfolded[this] = true
	return s.combined > maxCombined
}

// reference is a component with the keywords next to references to it.
type reference struct {
	component  *Component
	told       conjunction // the annotations, the outermost first
	isNullable bool        // null is also accepted
}

// referenceOf returns the reference that the schemas consist of, with annotations or with null as an alternative; its
// component is nil if they are anything more.
func (s *shapes) referenceOf(schemas []*Value) reference {
	var r reference
	for len(schemas) == 1 {
		v := schemas[0]
		if !schema.OnlyAnnotates(v, "$ref", "allOf", "anyOf", "oneOf") {
			return reference{}
		}
		r.told.schemas = append(r.told.schemas, v)
		var parts [][]*Value
		for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
			if list := value.Items(v.Get(keyword)); len(list) > 0 {
				parts = append(parts, list)
			}
		}
		called, isReference := schema.RefName(v)
		switch {
		case isReference && len(parts) == 0:
			r.component = s.component(called)
			return r
		case isReference || len(parts) != 1:
			return reference{}
		}
		if schemas = parts[0]; !v.Has("allOf") && len(schemas) == 2 {
			schemas = withoutNull(schemas)
			r.isNullable = true
		}
	}
	return reference{}
}

// annotated returns the shape of a component with the annotations next to the reference to it.
func (s *shapes) annotated(r reference) *Shape {
	of := s.ofComponent(r.component)
	if !r.isNullable && !slices.ContainsFunc(r.told.schemas, func(v *Value) bool { return len(v.Members) > 1 }) {
		return of
	}
	copied, outer := *of, s.described(r.told)
	copied.IsNullable = of.IsNullable || r.isNullable
	copied.Title, copied.Description = cmp.Or(outer.Title, of.Title), cmp.Or(outer.Description, of.Description)
	copied.Default, copied.Example = cmp.Or(outer.Default, of.Default), cmp.Or(outer.Example, of.Example)
	copied.IsReadOnly = of.IsReadOnly || outer.IsReadOnly
	copied.IsWriteOnly = of.IsWriteOnly || outer.IsWriteOnly
	copied.IsDeprecated = of.IsDeprecated || outer.IsDeprecated
	copied.Extensions = append(slices.Clone(outer.Extensions), of.Extensions...)
	return &copied
}

// described returns a shape with the annotations of the schemas.
func (s *shapes) described(flat conjunction) *Shape {
	made := &Shape{
		Title: flat.text("title"), Description: flat.text("description"), Default: flat.first("default"),
		IsReadOnly: flat.says("readOnly"), IsWriteOnly: flat.says("writeOnly"), IsDeprecated: flat.says("deprecated"),
	}
	if examples := value.Items(flat.first("examples")); len(examples) > 0 {
		made.Example = examples[0]
	}
	for _, v := range flat.schemas {
		made.Extensions = append(made.Extensions, extensions(v)...)
	}
	return made
}

// fill adds to a shape what the schemas demand.
func (s *shapes) fill(made *Shape, flat conjunction) {
	made.Kind, made.IsNullable = flat.kind(), flat.isNullable(s)
	made.Enum, made.IsConst = flat.enum()
	options := flat.choice()
	switch {
	case len(options) > 0:
		s.unite(made, flat, options)
		return
	case made.Kind == UnionShape:
		for _, kind := range flat.types() {
			one := &Shape{}
			s.fill(one, flat.with(value.Object(value.NewMember("type", value.String(kind)))))
			one.IsNullable = false
			made.Options = append(made.Options, &Option{Title: name.Heading(kind), Shape: one})
		}
		return
	}
	s.fillKind(made, flat)
}

// fillKind adds what the keywords of one kind demand.
func (s *shapes) fillKind(made *Shape, flat conjunction) {
	switch made.Kind {
	case StringShape:
		made.Format, made.Pattern = flat.text("format"), flat.text("pattern")
		made.MinLength, made.MaxLength = flat.largest("minLength"), flat.smallest("maxLength")
	case IntegerShape, NumberShape:
		made.Format, made.MultipleOf = flat.text("format"), flat.first("multipleOf")
		made.Minimum, made.IsMinimumExclusive = bound(flat.largest("minimum"), flat.largest("exclusiveMinimum"), 1)
		made.Maximum, made.IsMaximumExclusive = bound(flat.smallest("maximum"), flat.smallest("exclusiveMaximum"), -1)
	case ArrayShape, TupleShape:
		s.fillItems(made, flat)
	case ObjectShape, MapShape:
		s.fillFields(made, flat)
	}
}

func (s *shapes) fillItems(made *Shape, flat conjunction) {
	made.MinItems, made.MaxItems, made.IsUnique = flat.largest("minItems"), flat.smallest("maxItems"), flat.says("uniqueItems")
	for i := range flat.longest("prefixItems") {
		var item []*Value
		for _, list := range flat.all("prefixItems") {
			if i < len(list.Items) {
				item = append(item, list.Items[i])
			}
		}
		made.Items = append(made.Items, s.of(item...))
	}
	rest := flat.all("items")
	switch {
	case slices.ContainsFunc(rest, (*Value).IsFalse):
	case len(rest) > 0:
		made.Item = s.of(rest...)
	case made.Kind == ArrayShape:
		made.Item = &Shape{Kind: AnyShape, IsNullable: true}
	}
}

func (s *shapes) fillFields(made *Shape, flat conjunction) {
	s.fillMembers(made, flat, flat.properties())
	rest := append(flat.all("additionalProperties"), flat.all("unevaluatedProperties")...)
	for _, patterns := range flat.all("patternProperties") {
		if made.Kind == MapShape {
			for _, m := range patterns.Members {
				rest = append(slices.DeleteFunc(rest, (*Value).IsFalse), m.Value)
				break
			}
		}
	}
	switch {
	case slices.ContainsFunc(rest, (*Value).IsFalse):
		made.IsClosed = true
	case len(rest) > 0:
		made.Extra = s.of(rest...)
	case made.Kind == MapShape:
		made.Extra = &Shape{Kind: AnyShape, IsNullable: true}
	}
}

// fillMembers adds fields to the shape of an object, or of one of several.
func (s *shapes) fillMembers(made *Shape, flat conjunction, properties []property) {
	identifiers := name.Set{Size: len(properties)}
	fields := make([]Field, len(properties))
	if len(properties) > 0 {
		made.Fields = make([]*Field, 0, len(properties))
	}
	for i, p := range properties {
		of := s.names.of(p.name)
		fields[i] = Field{Name: p.name, Identifier: identifiers.Unique(of.identifier), Title: of.title, IsRequired: p.isRequired || flat.requires(p.name), Shape: s.of(p.schemas...)}
		if given := (conjunction{schemas: p.schemas}).text("title"); given != "" {
			fields[i].Title = given // next to a reference, not in its target
		}
		made.Fields = append(made.Fields, &fields[i])
	}
}

// unite adds the alternatives of a choice, and the fields that objects of all of them have. If all are of one scalar
// kind the shape is of that kind.
func (s *shapes) unite(made *Shape, flat conjunction, options []*Value) {
	property, mapping := flat.discriminator()
	values := valuesOf(mapping)
	base := s.withoutChoice(flat, options)
	isBare := !slices.ContainsFunc(base, func(v *Value) bool { return !schema.OnlyAnnotates(v, "discriminator", "type") })
	for _, v := range options {
		option := &Option{Title: titleOf(v)}
		called, _ := schema.RefName(v)
		c := s.component(called)
		if c != nil && option.Title == "" {
			option.Title = c.Title
		}
		if c != nil && isBare {
			option.Shape = s.of(v)
			option.Property, option.Value = property, c.Base
			if given, ok := values[called]; ok {
				option.Value = given
			}
		} else {
			option.Shape = s.of(append([]*Value{v}, base...)...)
		}
		if option.Title == "" {
			option.Title = optionTitle(option.Shape)
		}
		made.Options = append(made.Options, option)
	}
	if !slices.ContainsFunc(made.Options, func(o *Option) bool { return !isObjectShape(o.Shape) }) {
		s.fillMembers(made, flat, s.members(flat))
	}
	first := made.Options[0].Shape.Kind
	made.Enum, made.IsConst = nil, false
	if !isScalarShape(first) || slices.ContainsFunc(made.Options, func(o *Option) bool { return o.Shape.Kind != first }) {
		made.Kind = UnionShape
		return
	}
	made.Kind = first
	for _, o := range made.Options {
		if len(o.Shape.Enum) == 0 {
			made.Enum = nil
			return
		}
		made.Enum = append(made.Enum, o.Shape.Enum...)
	}
}

// valuesOf returns what a discriminator with the mapping holds for each component that it names (OpenAPI 3.1, section
// 4.8.25): the first value, where it names one several times. For others it is their name.
func valuesOf(mapping []value.Member) map[string]string {
	values := map[string]string{}
	for _, m := range mapping {
		target, ok := schema.RefName(value.Object(value.NewMember("$ref", m.Value)))
		if _, isKnown := values[target]; ok && !isKnown {
			values[target] = m.Name
		}
	}
	return values
}

// optionTitle names an alternative without a title.
func optionTitle(of *Shape) string {
	if len(of.Enum) == 1 {
		return of.Enum[0].Written()
	}
	return name.Heading(string(of.Kind))
}

// isObjectShape reports whether all values of a shape are objects, null apart.
func isObjectShape(of *Shape) bool {
	return of.Kind == ObjectShape || of.Kind == MapShape || of.Kind == UnionShape && len(of.Fields) > 0
}

func isScalarShape(kind ShapeKind) bool {
	return slices.Contains([]ShapeKind{StringShape, IntegerShape, NumberShape, BooleanShape}, kind)
}

// bound returns the tighter one of an inclusive and an exclusive bound, and whether it is the exclusive one; sign is 1
// for lower bounds and -1 for upper ones.
func bound(inclusive, exclusive *Value, sign int) (*Value, bool) {
	if exclusive == nil || inclusive == nil {
		return cmp.Or(inclusive, exclusive), exclusive != nil
	}
	a, aok := inclusive.Rat()
	b, bok := exclusive.Rat()
	if aok && bok && a.Cmp(b)*sign > 0 {
		return inclusive, false
	}
	return exclusive, true
}
