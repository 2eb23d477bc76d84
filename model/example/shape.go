package example

import (
	"slices"

	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// maxWays bounds how many combinations of alternatives are tried for one value.
const maxWays = 64

// shape is what a schema and all that it refers to say together of one value: every keyword with each of its
// occurrences, and the alternatives that are still to be chosen.
type shape struct {
	never    bool             // nothing can fit
	given    []*value.Value   // examples and defaults
	limited  bool             // only what is listed can fit
	listed   []*value.Value   // const and enum
	types    []string         // those that remain, in the order of the first keyword; nil: any
	rules    []value.Member   // all other keywords
	opened   []*value.Value   // components that were followed
	branches [][]*value.Value // alternatives; a nil in them adds nothing
}

// add makes s say what the schema says too.
func (g *growth) add(s *shape, schema *value.Value) {
	if schema.IsFalse() {
		s.never = true
	}
	s.given = append(s.given, itemsOf(schema.Get("examples"))...)
	if v := schema.Get("default"); v != nil {
		s.given = append(s.given, v)
	}
	for _, m := range membersOf(schema) {
		switch m.Name {
		case "const":
			s.list([]*value.Value{m.Value})
		case "enum":
			s.list(itemsOf(m.Value))
		case "type":
			s.restrict(m.Value)
		case "$ref":
			g.follow(s, m.Value)
		case "allOf":
			for _, part := range m.Value.Items {
				g.add(s, part)
			}
		case "anyOf", "oneOf":
			s.branches = append(s.branches, m.Value.Items)
		case "if":
			s.branches = append(s.branches, conditional(schema, m.Value))
		case "dependentSchemas":
			for _, d := range membersOf(m.Value) {
				s.branches = append(s.branches, []*value.Value{d.Value, nil})
			}
		default:
			s.rules = append(s.rules, m)
		}
	}
}

// conditional returns the two ways of if, then and else.
func conditional(schema, condition *value.Value) []*value.Value {
	ways := []*value.Value{{Kind: value.KindObject, Members: []value.Member{value.NewMember("allOf", value.Array(condition))}}, nil}
	if then := schema.Get("then"); then != nil {
		ways[0].Set("allOf", value.Array(condition, then))
	}
	if otherwise := schema.Get("else"); otherwise != nil {
		ways[1] = otherwise
	}
	return ways
}

func (g *growth) follow(s *shape, ref *value.Value) {
	target := g.maker.validator.Component(ref.StringOr(""))
	if target == nil || g.isOpen(target) {
		s.never = true
		return
	}
	if slices.Contains(s.opened, target) {
		return
	}
	s.opened = append(s.opened, target)
	g.add(s, target)
}

// list keeps what both the values and an earlier list hold.
func (s *shape) list(values []*value.Value) {
	if s.limited {
		values = slices.DeleteFunc(slices.Clone(values), func(v *value.Value) bool { return !slices.ContainsFunc(s.listed, v.Equal) })
	}
	s.limited, s.listed = true, values
}

func (s *shape) restrict(types *value.Value) {
	var names []string
	if types.Is(value.KindString) {
		names = []string{types.Text}
	}
	for _, one := range itemsOf(types) {
		names = append(names, one.StringOr(""))
	}
	if s.types != nil {
		names = both(s.types, names)
	}
	if s.types = names; len(names) == 0 {
		s.never = true
	}
}

// both returns the types that two lists have in common; integers are numbers.
func both(a, b []string) []string {
	var common []string
	for _, name := range a {
		switch {
		case slices.Contains(b, name):
			common = append(common, name)
		case name == "number" && slices.Contains(b, "integer"):
			common = append(common, "integer")
		case name == "integer" && slices.Contains(b, "number"):
			common = append(common, name)
		}
	}
	return common
}

// clone returns a copy to which more can be added without changing s.
func (s *shape) clone() *shape {
	c := *s
	c.given, c.types, c.rules = slices.Clip(s.given), slices.Clip(s.types), slices.Clip(s.rules)
	c.opened, c.branches = slices.Clip(s.opened), slices.Clip(s.branches)
	return &c
}

// ways yields s with one of each of its alternatives added, the first ones first, until yield returns false.
func (g *growth) ways(s *shape, yield func(*shape) bool) {
	left := maxWays
	var walk func(s *shape) bool
	walk = func(s *shape) bool {
		if s.never {
			return true
		}
		if left <= 0 {
			return false
		}
		if len(s.branches) == 0 {
			left--
			return yield(s)
		}
		for _, way := range s.branches[0] {
			next := s.clone()
			next.branches = next.branches[1:]
			if way != nil {
				g.add(next, way)
			}
			if !walk(next) {
				return false
			}
		}
		return true
	}
	walk(s)
}

// all returns the values of one keyword, in the order in which they were met.
func (s *shape) all(keyword string) []*value.Value {
	var values []*value.Value
	for i := range s.rules {
		if s.rules[i].Name == keyword {
			values = append(values, s.rules[i].Value)
		}
	}
	return values
}

// atLeast returns the largest value of a keyword that counts, or 0.
func (s *shape) atLeast(keyword string) int {
	n := 0
	for _, v := range s.all(keyword) {
		n = max(n, validate.Count(v, 0))
	}
	return n
}

// atMost returns the smallest value of a keyword that counts, or other where there is none.
func (s *shape) atMost(keyword string, other int) int {
	for _, v := range s.all(keyword) {
		other = min(other, validate.Count(v, other))
	}
	return other
}

// kinds returns the types to make values of: those that are named, null last; without a type, those that the
// keywords are about, then the others.
func (s *shape) kinds() []string {
	if s.types != nil {
		kinds := slices.DeleteFunc(slices.Clone(s.types), func(name string) bool { return name == "null" })
		if len(kinds) < len(s.types) {
			kinds = append(kinds, "null")
		}
		return kinds
	}
	var kinds []string
	for i := range s.rules {
		if kind := kindOf(s.rules[i].Name); kind != "" && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	for _, kind := range []string{"string", "integer", "boolean", "object", "array", "null"} {
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// kindOf returns the type that a keyword is about, or "".
func kindOf(keyword string) string {
	switch keyword {
	case "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties",
		"maxProperties", "dependentRequired", "unevaluatedProperties":
		return "object"
	case "items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems", "unevaluatedItems":
		return "array"
	case "minLength", "maxLength", "pattern", "format", "contentEncoding", "contentMediaType":
		return "string"
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
		return "number"
	}
	return ""
}

// itemsOf returns the items of an array, and none where there is no array.
func itemsOf(v *value.Value) []*value.Value {
	if v.Is(value.KindArray) {
		return v.Items
	}
	return nil
}

// membersOf returns the members of an object, and none where there is no object.
func membersOf(v *value.Value) []value.Member {
	if v.Is(value.KindObject) {
		return v.Members
	}
	return nil
}
