package example

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

const (
	maxDepth  = 200       // levels of objects and arrays in a generated example
	maxSteps  = 2_000_000 // visits of subschemas for one example; the rest is left out
	maxNested = 2         // nested components before optional ones are left out
	maxTries  = 200       // candidates for one choice of alternatives
)

// sampler generates one example.
type sampler struct {
	maker *Maker
	steps int
	depth int
	// open holds the components being expanded: a component inside itself is left out.
	open []*value.Value
}

// request asks for a value that the schema accepts, for a property with the given name.
type request struct {
	name   string
	schema *value.Value
}

// example returns the first candidate that the schema accepts, or nil.
func (s *sampler) example(r request) *value.Value {
	if known, ok := s.cached(r); ok {
		return known
	}
	var made outcome
	before := s.steps
	if found := s.examples(r, 1); len(found) == 1 {
		made.example = found[0]
	}
	made.steps = s.steps - before
	s.remember(r, made)
	return made.example
}

// examples returns up to n distinct values that the schema accepts.
func (s *sampler) examples(r request, n int) []*value.Value {
	if s.isSpent() || s.depth >= maxDepth {
		return nil
	}
	s.depth++
	defer func() { s.depth-- }()
	var found []*value.Value
	s.candidates(r, func(candidate *value.Value) bool {
		if s.isAcceptable(r.schema, candidate) && !slices.ContainsFunc(found, candidate.Equal) {
			found = append(found, candidate)
		}
		return len(found) < n && !s.isSpent()
	})
	return found
}

// isSpent reports whether the budget for one example is used up.
func (s *sampler) isSpent() bool { return s.steps > maxSteps }

func (s *sampler) isAcceptable(schema, v *value.Value) bool {
	ok, steps := s.maker.validator.IsPortable(schema, v)
	s.steps += steps
	return ok || s.maker.isWide && s.maker.validator.IsValid(schema, v)
}

// candidates yields the authors' values, then those that the schema enumerates, then generated ones, for every choice
// of its alternatives.
func (s *sampler) candidates(r request, yield func(*value.Value) bool) {
	base := &constraints{}
	s.add(base, r.schema)
	if !each(base.given, yield) {
		return
	}
	s.alternatives(base, func(c *constraints) bool {
		return each(c.given[len(base.given):], yield) && s.satisfying(r, c, yield)
	})
}

// satisfying yields the values that one conjunction enumerates, or else generated ones; it returns false when no more
// are wanted.
func (s *sampler) satisfying(r request, c *constraints, yield func(*value.Value) bool) bool {
	if c.limited {
		return each(c.listed, yield)
	}
	outer := len(s.open)
	s.open = append(s.open, c.opened...)
	defer func() { s.open = s.open[:outer] }()
	kinds := c.kinds()
	for _, kind := range kinds {
		tries, isWanted := 0, true
		s.ofKind(kind, r, c, func(v *value.Value) bool {
			isWanted = yield(v)
			tries++
			return isWanted && tries*len(kinds) < maxTries
		})
		if !isWanted {
			return false
		}
	}
	return true
}

func (s *sampler) ofKind(kind string, r request, c *constraints, yield func(*value.Value) bool) {
	switch kind {
	case "string":
		s.texts(r.name, c, yield)
	case "integer", "number":
		numbers(kind, c, yield)
	case "boolean":
		each([]*value.Value{value.Bool(true), value.Bool(false)}, yield)
	case "array":
		s.arrays(r, c, yield)
	case "object":
		s.objects(r, c, yield)
	default:
		yield(&value.Value{})
	}
}

func each(values []*value.Value, yield func(*value.Value) bool) bool {
	for _, v := range values {
		if !yield(v) {
			return false
		}
	}
	return true
}

// isOpen reports whether the component is already being expanded.
func (s *sampler) isOpen(target *value.Value) bool { return slices.Contains(s.open, target) }

// conjunctionOf returns the conjunction of the schemas.
func conjunctionOf(schemas []*value.Value) *value.Value {
	if len(schemas) == 1 {
		return schemas[0]
	}
	return value.Object(value.NewMember("allOf", value.Array(schemas...)))
}
