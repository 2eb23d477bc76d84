package model

import (
	"slices"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// conjunction is a set of schemas that all apply to one value, without those in anyOf, oneOf and if.
type conjunction struct {
	given        []*Value // those that it was built from
	schemas      []*Value // those, with what they refer to and every allOf in them
	isNever      bool     // one of them is false
	hasReference bool     // one of them is, or contains, a reference to a component
}

// flatten returns the schemas with what they refer to and every allOf in them.
func (s *shapes) flatten(schemas ...*Value) conjunction {
	if len(schemas) == 1 && isPlainSchema(schemas[0]) {
		return conjunction{given: schemas, schemas: schemas}
	}
	flat := conjunction{given: schemas}
	s.gather(&flat, schemas, map[*Value]bool{})
	return flat
}

// isPlainSchema reports whether a schema holds no other one, as most do.
func isPlainSchema(v *Value) bool {
	return v.Is(value.KindObject) && !slices.ContainsFunc(v.Members, func(m value.Member) bool {
		return m.Name == "$ref" || !slices.Contains([]string{"type", "enum", "examples", "required"}, m.Name) && (m.Value.Is(value.KindObject) || m.Value.Is(value.KindArray))
	})
}

func (s *shapes) gather(flat *conjunction, schemas []*Value, seen map[*Value]bool) {
	for _, v := range schemas {
		if v.IsFalse() {
			flat.isNever = true
		}
		if !v.Is(value.KindObject) || seen[v] {
			continue
		}
		seen[v] = true
		flat.schemas = append(flat.schemas, v)
		flat.hasReference = flat.hasReference || len(schema.Refs(v)) > 0
		if called, ok := schema.RefName(v); ok {
			if c := s.component(called); c != nil {
				s.gather(flat, []*Value{c.Schema}, seen)
			}
		}
		s.gather(flat, value.Items(v.Get("allOf")), seen)
	}
	for _, v := range schemas {
		for _, keyword := range []string{"anyOf", "oneOf"} {
			if list := value.Items(v.Get(keyword)); hasOneBesideNull(list) {
				s.gather(flat, withoutNull(list), seen)
			}
		}
	}
}

// hasOneBesideNull reports whether one alternative accepts more than null, and the others only null.
func hasOneBesideNull(options []*Value) bool {
	return len(options) > 1 && len(withoutNull(options)) == 1
}

// withoutNull returns the alternatives that accept more than null.
func withoutNull(options []*Value) []*Value {
	return slices.DeleteFunc(slices.Clone(options), isNull)
}

// isNull reports whether a schema accepts only null, judging by its own keywords.
func isNull(v *Value) bool {
	types := schema.Types(v)
	if len(types) == 1 && types[0] == "null" {
		return true
	}
	if fixed := v.Get("const"); fixed != nil {
		return fixed.Kind == value.KindNull
	}
	enum := value.Items(v.Get("enum"))
	return len(enum) == 1 && enum[0].Kind == value.KindNull
}

// with returns the conjunction with one schema more.
func (c conjunction) with(v *Value) conjunction {
	c.schemas = append(slices.Clone(c.schemas), v)
	return c
}

// all returns the values of a keyword.
func (c conjunction) all(keyword string) []*Value {
	var values []*Value
	for _, v := range c.schemas {
		if found := v.Get(keyword); found != nil {
			values = append(values, found)
		}
	}
	return values
}

// first returns the value of the first occurrence of a keyword, or nil.
func (c conjunction) first(keyword string) *Value {
	for _, v := range c.schemas {
		if found := v.Get(keyword); found != nil {
			return found
		}
	}
	return nil
}

func (c conjunction) text(keyword string) string { return c.first(keyword).StringOr("") }

// says reports whether one of the schemas has the keyword with true.
func (c conjunction) says(keyword string) bool {
	return slices.ContainsFunc(c.all(keyword), (*Value).IsTrue)
}

// largest returns the largest number of a keyword, or nil.
func (c conjunction) largest(keyword string) *Value { return c.extreme(keyword, 1) }

// smallest returns the smallest number of a keyword, or nil.
func (c conjunction) smallest(keyword string) *Value { return c.extreme(keyword, -1) }

func (c conjunction) extreme(keyword string, sign int) *Value {
	var found *Value
	for _, v := range c.all(keyword) {
		n, ok := v.Rat()
		if !ok {
			continue
		}
		if found == nil {
			found = v
			continue
		}
		if m, _ := found.Rat(); n.Cmp(m)*sign > 0 {
			found = v
		}
	}
	return found
}

// longest returns the longest list of a keyword.
func (c conjunction) longest(keyword string) []*Value {
	var longest []*Value
	for _, v := range c.all(keyword) {
		if len(v.Items) > len(longest) {
			longest = v.Items
		}
	}
	return longest
}

// requires reports whether the member of that name is required.
func (c conjunction) requires(member string) bool {
	return slices.ContainsFunc(c.all("required"), func(list *Value) bool {
		return slices.ContainsFunc(list.Items, func(v *Value) bool { return v.Text == member })
	})
}

// property is the schemas that hold of one member.
type property struct {
	name       string
	schemas    []*Value
	isRequired bool // by each of several alternatives
}

// hasProperties reports whether one of the schemas has a property.
func (c conjunction) hasProperties() bool {
	return slices.ContainsFunc(c.schemas, func(v *Value) bool { return len(schema.Properties(v)) > 0 })
}

// properties returns the properties in source order. Mostly one schema has them all.
func (c conjunction) properties() []property {
	var list []property
	var index map[string]int
	for _, v := range c.schemas {
		members := schema.Properties(v)
		if len(members) == 0 {
			continue
		}
		if list == nil {
			list = make([]property, len(members))
			values := make([]*Value, len(members))
			for i, m := range members {
				values[i] = m.Value
				list[i] = property{name: m.Name, schemas: values[i : i+1 : i+1]}
			}
			continue
		}
		if index == nil {
			index = map[string]int{}
			for i, p := range list {
				index[p.name] = i
			}
		}
		for _, m := range members {
			i, isKnown := index[m.Name]
			if !isKnown {
				i = len(list)
				index[m.Name] = i
				list = append(list, property{name: m.Name})
			}
			list[i].schemas = append(list[i].schemas, m.Value)
		}
	}
	return list
}

// enum returns the values that every const and enum lists, without null, and whether a const is among them.
func (c conjunction) enum() (values []*Value, isConst bool) {
	isLimited := false
	keep := func(list []*Value) {
		if !isLimited {
			isLimited, values = true, slices.Clone(list)
			return
		}
		values = slices.DeleteFunc(values, func(v *Value) bool { return !slices.ContainsFunc(list, v.Equal) })
	}
	for _, v := range c.schemas {
		if fixed := v.Get("const"); fixed != nil {
			isConst = fixed.Kind != value.KindNull
			keep([]*Value{fixed})
		}
		if enum := v.Get("enum"); enum.Is(value.KindArray) {
			keep(enum.Items)
		}
	}
	return slices.DeleteFunc(values, func(v *Value) bool { return v.Kind == value.KindNull }), isConst
}

// types returns the types that every type keyword allows, without null; nil where there is none.
func (c conjunction) types() []string {
	var types []string
	isLimited := false
	for _, v := range c.schemas {
		if !v.Has("type") {
			continue
		}
		own := schema.Types(v)
		if !isLimited {
			isLimited, types = true, own
			continue
		}
		types = slices.DeleteFunc(slices.Clone(types), func(t string) bool {
			return !slices.Contains(own, t) && !(t == "integer" && slices.Contains(own, "number"))
		})
		if slices.Contains(own, "integer") && slices.ContainsFunc(c.all("type"), func(v *Value) bool { return v.Text == "number" }) && !slices.Contains(types, "integer") {
			types = append(types, "integer")
		}
	}
	if !isLimited {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(types), func(t string) bool { return t == "null" })
}

// kinds are the kinds of shapes by the type that names them.
var kinds = map[string]ShapeKind{
	"string": StringShape, "integer": IntegerShape, "number": NumberShape, "boolean": BooleanShape, "object": ObjectShape, "array": ArrayShape,
}

// kind returns the kind of the values that fit, a choice left aside.
func (c conjunction) kind() ShapeKind {
	if c.isNever || len(c.schemas) == 1 && isFalseNot(c.schemas[0]) {
		return NeverShape
	}
	types := c.types()
	isLimited := types != nil || len(c.all("type")) > 0
	if enum, _ := c.enum(); len(c.all("enum"))+len(c.all("const")) > 0 {
		types, isLimited = ofTypes(enum, types, isLimited), true
	}
	if !isLimited {
		types = c.implied()
	}
	switch {
	case len(types) > 1:
		return UnionShape
	case len(types) == 1:
		return c.exactly(types[0])
	case isLimited:
		return NeverShape
	}
	return AnyShape
}

// isFalseNot reports whether a schema is {not: {}}, which accepts nothing.
func isFalseNot(v *Value) bool {
	not := v.Get("not")
	return not.IsTrue() || not.Is(value.KindObject) && len(not.Members) == 0
}

// ofTypes returns those types of the values that are among the given ones, in order.
func ofTypes(values []*Value, among []string, isLimited bool) []string {
	var types []string
	for _, v := range values {
		t := v.Kind.String()
		if v.Kind == value.KindNumber && v.IsInteger() && !(isLimited && slices.Contains(among, "number")) {
			t = "integer"
		}
		if isLimited && !slices.Contains(among, t) || slices.Contains(types, t) {
			continue
		}
		types = append(types, t)
	}
	if slices.Contains(types, "number") {
		types = slices.DeleteFunc(types, func(t string) bool { return t == "integer" })
	}
	return types
}

// implied returns the type that the keywords of schemas without type are about, or none.
func (c conjunction) implied() []string {
	for _, v := range c.schemas {
		for _, m := range v.Members {
			if of := schema.TypeOf(m); of != "" {
				return []string{of}
			}
		}
	}
	return nil
}

// exactly returns the kind of values of a type: an object without properties is a map, an array with prefixItems a tuple.
func (c conjunction) exactly(of string) ShapeKind {
	switch {
	case of == "array" && len(c.all("prefixItems")) > 0:
		return TupleShape
	case of != "object":
		return kinds[of]
	}
	if c.hasProperties() {
		return ObjectShape
	}
	if slices.ContainsFunc(c.all("additionalProperties"), (*Value).IsFalse) && len(c.all("patternProperties")) == 0 {
		return ObjectShape
	}
	return MapShape
}

// isNullable reports whether every schema accepts null.
func (c conjunction) isNullable(s *shapes) bool {
	if c.isNever {
		return false
	}
	lookup := func(called string) *Value {
		if found := s.component(called); found != nil {
			return found.Schema
		}
		return nil
	}
	return !slices.ContainsFunc(c.given, func(v *Value) bool { return !schema.IsNullable(v, lookup) })
}

// discriminator returns the property that distinguishes alternatives, and its values with the components that they
// select.
func (c conjunction) discriminator() (property string, mapping []value.Member) {
	d := c.first("discriminator")
	return d.Get("propertyName").StringOr(""), value.Members(d.Get("mapping"))
}

// withoutOne is a schema without one of its choices, told by the first alternative.
type withoutOne struct{ schema, first *Value }

// withoutChoice returns the schemas without that choice, and without what has been followed; the same ones each time.
func (s *shapes) withoutChoice(c conjunction, options []*Value) []*Value {
	var base []*Value
	for _, v := range c.schemas {
		key := withoutOne{v, options[0]}
		left := s.left[key]
		if left == nil {
			left = &Value{Kind: value.KindObject, Pos: v.Pos}
			for _, m := range v.Members {
				switch m.Name {
				case "$ref", "allOf":
					continue
				case "anyOf", "oneOf":
					if slices.Contains(m.Value.Items, options[0]) || hasOneBesideNull(m.Value.Items) {
						continue
					}
				}
				left.Members = append(left.Members, m)
			}
			s.left[key] = left
		}
		if len(left.Members) > 0 {
			base = append(base, left)
		}
	}
	return base
}

// choice returns the alternatives of the first anyOf or oneOf that offers different kinds of data, without null. One
// whose alternatives only demand more of the same data, such as which members come together, offers none.
func (c conjunction) choice() []*Value {
	for _, keyword := range []string{"oneOf", "anyOf"} {
		for _, list := range c.all(keyword) {
			left := withoutNull(list.Items)
			if len(left) > 1 && slices.ContainsFunc(left, describesData) {
				return left
			}
		}
	}
	return nil
}

// describesData reports whether an alternative describes the data, not only which members occur together.
func describesData(v *Value) bool {
	return slices.ContainsFunc(v.Members, func(m value.Member) bool {
		switch m.Name {
		case "required", "not", "minProperties", "maxProperties", "dependentRequired", "title", "description":
			return false
		}
		return true
	})
}
