package example

import (
	"slices"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// maxAlternatives limits how many combinations of alternatives are tried for one value.
const maxAlternatives = 64

// constraints are the conjunction of a schema and everything that it refers to for one value: every keyword with each
// of its occurrences, and the alternatives that are still to be chosen.
type constraints struct {
	never    bool             // no value is valid
	given    []*value.Value   // examples and defaults
	limited  bool             // only the listed values are valid
	listed   []*value.Value   // const and enum
	types    []string         // the remaining ones, in the order of the first keyword; nil: any
	rules    []value.Member   // all other keywords
	opened   []*value.Value   // components whose references were followed
	branches [][]*value.Value // alternatives; a nil alternative adds nothing
}

// add adds the constraints of a schema to c.
func (s *sampler) add(c *constraints, schema *value.Value) {
	if schema.IsFalse() {
		c.never = true
	}
	c.given = append(c.given, value.Items(schema.Get("examples"))...)
	if v := schema.Get("default"); v != nil {
		c.given = append(c.given, v)
	}
	for _, m := range value.Members(schema) {
		switch m.Name {
		case "const":
			c.list([]*value.Value{m.Value})
		case "enum":
			c.list(value.Items(m.Value))
		case "type":
			c.restrict(m.Value)
		case "$ref":
			s.follow(c, m.Value)
		case "allOf":
			for _, part := range m.Value.Items {
				s.add(c, part)
			}
		case "anyOf", "oneOf":
			c.branches = append(c.branches, m.Value.Items)
		case "if":
			c.branches = append(c.branches, conditional(schema, m.Value))
		case "dependentSchemas":
			for _, d := range value.Members(m.Value) {
				c.branches = append(c.branches, []*value.Value{d.Value, nil})
			}
		default:
			c.rules = append(c.rules, m)
		}
	}
}

// conditional returns the alternatives of if, then and else.
func conditional(schema, condition *value.Value) []*value.Value {
	alternatives := []*value.Value{{Kind: value.KindObject, Members: []value.Member{value.NewMember("allOf", value.Array(condition))}}, nil}
	if then := schema.Get("then"); then != nil {
		alternatives[0].Set("allOf", value.Array(condition, then))
	}
	if otherwise := schema.Get("else"); otherwise != nil {
		alternatives[1] = otherwise
	}
	return alternatives
}

func (s *sampler) follow(c *constraints, ref *value.Value) {
	target := s.maker.validator.Component(ref.StringOr(""))
	if target == nil || s.isOpen(target) {
		c.never = true
		return
	}
	if slices.Contains(c.opened, target) {
		return
	}
	c.opened = append(c.opened, target)
	s.add(c, target)
}

// list intersects the listed values with the given ones.
func (c *constraints) list(values []*value.Value) {
	if c.limited {
		values = slices.DeleteFunc(slices.Clone(values), func(v *value.Value) bool { return !slices.ContainsFunc(c.listed, v.Equal) })
	}
	c.limited, c.listed = true, values
}

func (c *constraints) restrict(types *value.Value) {
	var names []string
	if types.Is(value.KindString) {
		names = []string{types.Text}
	}
	for _, one := range value.Items(types) {
		names = append(names, one.StringOr(""))
	}
	if c.types != nil {
		names = both(c.types, names)
	}
	if c.types = names; len(names) == 0 {
		c.never = true
	}
}

// both returns the intersection of two type lists; an integer is a number.
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

// clone returns a copy that can be extended without changing c.
func (c *constraints) clone() *constraints {
	copied := *c
	copied.given, copied.types, copied.rules = slices.Clip(c.given), slices.Clip(c.types), slices.Clip(c.rules)
	copied.opened, copied.branches = slices.Clip(c.opened), slices.Clip(c.branches)
	return &copied
}

// alternatives yields c with one of each of its alternatives added, in order, until yield returns false.
func (s *sampler) alternatives(c *constraints, yield func(*constraints) bool) {
	left := maxAlternatives
	var walk func(c *constraints) bool
	walk = func(c *constraints) bool {
		if c.never {
			return true
		}
		if left <= 0 {
			return false
		}
		if len(c.branches) == 0 {
			left--
			return yield(c)
		}
		for _, alternative := range c.branches[0] {
			next := c.clone()
			next.branches = next.branches[1:]
			if alternative != nil {
				s.add(next, alternative)
			}
			if !walk(next) {
				return false
			}
		}
		return true
	}
	walk(c)
}

// all returns the values of a keyword, in the order in which they were found.
func (c *constraints) all(keyword string) []*value.Value {
	var values []*value.Value
	for i := range c.rules {
		if c.rules[i].Name == keyword {
			values = append(values, c.rules[i].Value)
		}
	}
	return values
}

// atLeast returns the largest value of a keyword that counts something, or 0.
func (c *constraints) atLeast(keyword string) int {
	n := 0
	for _, v := range c.all(keyword) {
		n = max(n, validate.Count(v, 0))
	}
	return n
}

// atMost returns the smallest value of a keyword that counts something, or other if there is none.
func (c *constraints) atMost(keyword string, other int) int {
	for _, v := range c.all(keyword) {
		other = min(other, validate.Count(v, other))
	}
	return other
}

// kinds returns the types of which to generate values: the allowed types, null last; if there are none, the types that
// the keywords apply to, then the others.
func (c *constraints) kinds() []string {
	if c.types != nil {
		kinds := slices.DeleteFunc(slices.Clone(c.types), func(name string) bool { return name == "null" })
		if len(kinds) < len(c.types) {
			kinds = append(kinds, "null")
		}
		return kinds
	}
	var kinds []string
	for i := range c.rules {
		if kind := schema.TypeOf(c.rules[i]); kind != "" && !slices.Contains(kinds, kind) {
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
