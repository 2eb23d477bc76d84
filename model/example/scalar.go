package example

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// outcome is an example of a scalar with the work that it took.
type outcome struct {
	example *value.Value
	steps   int
}

// scalar returns an example of a schema of scalars, made once for each name and schema: all forms of a resource share
// the schemas of their properties, and its list has those of the resource. It is what would be made each time.
func (s *sampler) scalar(r request) *value.Value {
	known, isKnown := s.maker.scalars[r]
	switch {
	case s.depth >= maxDepth || s.isSpent():
		return nil
	case isKnown && s.steps+known.steps <= maxSteps:
		s.steps += known.steps
		return known.example
	}
	before := s.steps
	found := s.made(r)
	if !s.isSpent() {
		s.maker.scalars[r] = outcome{found, s.steps - before}
	}
	return found
}

// isScalar reports whether the schema accepts scalars alone, and takes no other schema to say so.
func isScalar(v *value.Value) bool {
	types := v.Get("type")
	isCollection := func(v *value.Value) bool { return v.Text == "array" || v.Text == "object" }
	if types == nil || isCollection(types) || slices.ContainsFunc(types.Items, isCollection) {
		return false
	}
	return !slices.ContainsFunc(v.Members, func(m value.Member) bool {
		switch m.Name {
		case "type", "enum", "const", "default", "examples":
			return false
		}
		return m.Name == "$ref" || m.Value.Is(value.KindArray) || m.Value.Is(value.KindObject)
	})
}
