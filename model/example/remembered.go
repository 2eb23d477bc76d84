package example

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// outcome is an example with its cost.
type outcome struct {
	example *value.Value
	steps   int
}

// flatLevels limits the depth of the schemas whose examples are cached.
const flatLevels = 8

// cached returns the cached example for that name and schema, and whether there is one: all forms of a resource share
// the schemas of their properties, and its list has those of the resource. The result is the one that would be
// generated again.
func (s *sampler) cached(r request) (*value.Value, bool) {
	known, isKnown := s.maker.outcomes[r]
	if !isKnown || s.depth+flatLevels > maxDepth || s.steps+known.steps > maxSteps {
		return nil, false
	}
	s.steps += known.steps
	return known.example, true
}

// remember caches an example that does not depend on its context.
func (s *sampler) remember(r request, made outcome) {
	if !s.isSpent() && s.depth+flatLevels <= maxDepth && isAlone(r.schema, flatLevels) {
		s.maker.outcomes[r] = made
	}
}

// isAlone reports whether a schema refers to no component, and is at most the given number of levels deep.
func isAlone(v *value.Value, levels int) bool {
	isOther := func(v *value.Value) bool { return v.Kind >= value.KindArray && !isAlone(v, levels-1) }
	return levels > 0 && !slices.ContainsFunc(v.Items, isOther) &&
		!slices.ContainsFunc(v.Members, func(m value.Member) bool { return m.Name == "$ref" || isOther(m.Value) })
}
