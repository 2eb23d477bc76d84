package example

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

const (
	maxDepth  = 200       // levels of objects and arrays in a made example
	maxSteps  = 2_000_000 // visits of subschemas while one example is made; what comes after stays out
	maxNested = 2         // components inside one another before optional ones stay out
	maxTries  = 200       // candidates along one way through the alternatives
)

// growth is the making of one example.
type growth struct {
	maker *Maker
	steps int
	depth int
	// open holds the components that are being expanded: one that turns up again inside itself is left out.
	open []*value.Value
}

// wish is a value that is wanted: one that the schema accepts, for a property of that name.
type wish struct {
	name   string
	schema *value.Value
}

// example returns the first candidate that the schema accepts, or nil.
func (g *growth) example(w wish) *value.Value {
	if isScalar(w.schema) {
		return g.scalar(w)
	}
	return g.made(w)
}

func (g *growth) made(w wish) *value.Value {
	if found := g.examples(w, 1); len(found) == 1 {
		return found[0]
	}
	return nil
}

// examples returns up to n different values that the schema accepts.
func (g *growth) examples(w wish, n int) []*value.Value {
	if g.isSpent() || g.depth >= maxDepth {
		return nil
	}
	g.depth++
	defer func() { g.depth-- }()
	var found []*value.Value
	g.candidates(w, func(candidate *value.Value) bool {
		if g.serves(w.schema, candidate) && !slices.ContainsFunc(found, candidate.Equal) {
			found = append(found, candidate)
		}
		return len(found) < n && !g.isSpent()
	})
	return found
}

// isSpent reports whether all the work is done that one example is worth.
func (g *growth) isSpent() bool { return g.steps > maxSteps }

func (g *growth) serves(schema, v *value.Value) bool {
	ok, steps := g.maker.validator.IsPortable(schema, v)
	g.steps += steps
	return ok
}

// candidates yields what the authors gave, then what the schema enumerates, then values made up from it: for
// every way through its alternatives.
func (g *growth) candidates(w wish, yield func(*value.Value) bool) {
	base := &shape{}
	g.add(base, w.schema)
	if !each(base.given, yield) {
		return
	}
	g.ways(base, func(s *shape) bool {
		return each(s.given[len(base.given):], yield) && g.fromShape(w, s, yield)
	})
}

// fromShape yields what one conjunction enumerates, or else what can be made of it; it returns false when no
// more is wanted.
func (g *growth) fromShape(w wish, s *shape, yield func(*value.Value) bool) bool {
	if s.limited {
		return each(s.listed, yield)
	}
	outer := len(g.open)
	g.open = append(g.open, s.opened...)
	defer func() { g.open = g.open[:outer] }()
	kinds := s.kinds()
	for _, kind := range kinds {
		tries, isWanted := 0, true
		g.ofKind(kind, w, s, func(v *value.Value) bool {
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

func (g *growth) ofKind(kind string, w wish, s *shape, yield func(*value.Value) bool) bool {
	switch kind {
	case "string":
		return g.texts(w.name, s, yield)
	case "integer", "number":
		return numbers(kind, s, yield)
	case "boolean":
		return yield(value.Bool(true)) && yield(value.Bool(false))
	case "array":
		return g.arrays(w, s, yield)
	case "object":
		return g.objects(w, s, yield)
	}
	return yield(&value.Value{})
}

func each(values []*value.Value, yield func(*value.Value) bool) bool {
	for _, v := range values {
		if !yield(v) {
			return false
		}
	}
	return true
}

// isOpen reports whether the component is being expanded around here.
func (g *growth) isOpen(target *value.Value) bool { return slices.Contains(g.open, target) }

// together returns a schema that says what all of them say.
func together(schemas []*value.Value) *value.Value {
	if len(schemas) == 1 {
		return schemas[0]
	}
	return value.Object(value.NewMember("allOf", value.Array(schemas...)))
}
