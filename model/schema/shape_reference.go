package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// reference returns a reference to the component's form.
func (s shaper) reference(ref *value.Value, form Form) *value.Value {
	name, ok := componentOf(ref)
	if !ok || form == Read || s.changed && !s.forms.Differs(name, form) {
		return ref
	}
	renamed := s.rename(name, form)
	if renamed == name {
		return ref
	}
	to := *RefTo(renamed).Get("$ref")
	to.Pos = ref.Pos
	return &to
}

// isTold reports whether the context of the data changes what a component requires, so that its own form will not do.
func (s shaper) isTold(name string, o object) bool {
	known := s.forms.facts(name, o.form)
	if known == nil {
		return false
	}
	isTold := func(names map[string]bool, by func(name string) bool) bool {
		for name := range names {
			if by(name) {
				return true
			}
		}
		return false
	}
	switch {
	case known.counts && !(o.gone.isWithin(known.gone) && o.loose.isWithin(known.loose)):
	case isTold(known.mentioned, func(name string) bool { return o.gone.has(name) && !known.gone.has(name) }):
	case isTold(known.mentioned, func(name string) bool { return o.isMarkedIn(name, known) }):
	case isTold(known.requires, func(name string) bool { return o.loose.has(name) && !known.loose.has(name) }):
	case o.isMerged() && isTold(known.mentioned, func(name string) bool { return o.required.has(name) && !known.required.has(name) }):
	case len(o.rivals) > 0 && known.restricts:
	default:
		return false
	}
	return true
}

// isMarkedIn reports whether parts outside a component hide something inside a property.
func (o object) isMarkedIn(name string, known *facts) bool {
	return slices.ContainsFunc(o.parts, func(p *parts) bool {
		return slices.ContainsFunc(p.deep[name], func(m member) bool {
			return !slices.ContainsFunc(known.parts, func(own *parts) bool { return own.schemas[m.of] })
		})
	})
}

// spelledOut shapes a reference by expanding it.
func (s shaper) spelledOut(v *value.Value, name string, o object) *value.Value {
	made := value.Object() // a component inside itself, which would never end
	if !slices.Contains(s.open, name) && s.spelled.isRoomFor(name, len(s.open)) {
		s.open = append(slices.Clip(s.open), name)
		made = s.inPlace(s.forms.schema(name, o.form), o)
	}
	rest := copyOf(v)
	rest.Delete("$ref")
	const others = "unevaluatedProperties" // those that neither of the two evaluates
	unevaluated := rest.Member(others)
	if unevaluated == nil {
		return withPart(made, s.inPlace(rest, o))
	}
	kept := *unevaluated
	rest.Delete(others)
	whole := copyOf(withPart(made, s.inPlace(rest, o)))
	whole.Set(others, s.keyword(kept, o))
	return s.closed(v, whole, o)
}

// withPart returns the conjunction of two schemas: the second with the first as a part of it.
func withPart(made, rest *value.Value) *value.Value {
	switch {
	case !made.Is(value.KindObject):
		made = AsObject(made)
	case OnlyAnnotates(made):
		return rest
	}
	if OnlyAnnotates(rest) {
		return annotated(made, rest)
	}
	rest = copyOf(rest)
	rest.Set("allOf", value.Array(append([]*value.Value{made}, listOf(rest.Get("allOf"))...)...))
	return rest
}

// maxSpelled limits how often components are expanded inside others in one schema, since nested duplicates grow
// exponentially. Whatever exceeds it is accepted unchecked.
const maxSpelled = 200

// spelled are the components that one schema has expanded.
type spelled struct {
	names map[string]bool
	again int
}

func newSpelled() *spelled { return &spelled{names: map[string]bool{}} }

func (s *spelled) isRoomFor(name string, depth int) bool {
	if depth > 0 && s.names[name] {
		s.again++
	}
	s.names[name] = true
	return depth == 0 || s.again <= maxSpelled
}

// facts describe what a component requires of its data, and its effect in a form.
type facts struct {
	object
	mentioned map[string]bool // names of properties that it mentions
	requires  map[string]bool // those that it requires, in some branch
	counts    bool            // its validity may depend on properties that it does not mention
	restricts bool            // it rejects some names of properties, there or inside
}

// facts returns those of a component, or nil if it does not exist.
func (f *Forms) facts(name string, form Form) *facts {
	key := twin{name, form}
	if known, ok := f.known[key]; ok {
		return known
	}
	f.known[key] = nil // recursion
	v := f.schema(name, form)
	if !v.Is(value.KindObject) {
		return nil
	}
	known := &facts{mentioned: map[string]bool{}, requires: map[string]bool{}, restricts: f.restricts(v, form, map[string]bool{})}
	known.object = shaper{forms: f}.context(v, form, "", nil)
	f.everywhere(v, form, func(sub *value.Value) {
		for _, p := range Properties(sub) {
			known.mentioned[p.Name] = true
		}
		for _, item := range listOf(sub.Get("required")) {
			known.requires[item.Text], known.mentioned[item.Text] = true, true
		}
		for _, keyword := range []string{"dependentRequired", "dependentSchemas"} {
			for _, m := range value.Members(sub.Get(keyword)) {
				known.mentioned[m.Name] = true
				for _, item := range m.Value.Items {
					known.requires[item.Text], known.mentioned[item.Text] = true, true
				}
			}
		}
		for _, keyword := range []string{"minProperties", "const", "enum", "not", "if"} {
			known.counts = known.counts || sub.Has(keyword)
		}
		known.counts = known.counts || known.restricts && sub.Has("oneOf")
	})
	f.known[key] = known
	return known
}

// mentions reports whether a schema mentions a property, in some branch.
func (f *Forms) mentions(v *value.Value, name string, form Form) bool {
	found := false
	f.everywhere(v, form, func(sub *value.Value) { found = found || sub.Get("properties").Has(name) })
	return found
}

// everywhere visits the schemas about the same data as v, including negated ones.
func (f *Forms) everywhere(v *value.Value, form Form, visit func(*value.Value)) {
	f.visit(v, form, inPlaceAll, map[string]bool{}, visit)
}

var inPlaceAll = []string{"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"}

// restricts reports whether a schema rejects names of properties, of its data or of objects inside.
func (f *Forms) restricts(v *value.Value, form Form, seen map[string]bool) bool {
	found := false
	f.visit(v, form, inPlaceAll, seen, func(sub *value.Value) {
		found = found || isClosed(sub) || sub.Has("propertyNames")
		for _, p := range Properties(sub) {
			found = found || f.restricts(p.Value, form, seen)
		}
	})
	return found
}
