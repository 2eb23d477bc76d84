package definition

import (
	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// checkParameterExamples reports the examples of a parameter that its schema refuses.
func (s *Set) checkParameterExamples(maker *example.Maker, v *Value) {
	for _, m := range s.ParameterExamples(v) {
		if !maker.IsValid(s.parameterSchemas[v], m.Value) {
			s.faulty[m.Value] = true
			s.problems.Warn(value.ViolatedSchema, m.Value.Pos, "correct it; until then, documents leave it out", "the example %s violates the schema of the parameter %s", excerpt(m.Value), v.Get("name").Text)
		}
	}
}

// ParameterExamples returns the examples of a parameter as written, without invalid ones. A name is that of an entry of
// examples in the form of OpenAPI, whose value may be under value (OpenAPI 3.1, section 4.8.19).
func (s *Set) ParameterExamples(v *Value) []value.Member {
	var list []value.Member
	add := func(name string, v *Value) {
		if v != nil && !s.faulty[v] {
			list = append(list, value.NewMember(name, v))
		}
	}
	add("", v.Get("example"))
	examples := v.Get("examples")
	if examples.Is(value.KindArray) {
		for _, item := range examples.Items {
			add("", item)
		}
	}
	for _, m := range value.Members(examples) {
		if given := m.Value.Get("value"); given != nil {
			add(m.Name, given)
		} else {
			add(m.Name, m.Value)
		}
	}
	return list
}

// ParameterSchema returns the normalised schema of a parameter, given as it was written.
func (s *Set) ParameterSchema(v *Value) *Value { return s.parameterSchemas[v] }

// parameterSchema returns the normalised schema of a parameter, with the default next to it, if any.
func (s *Set) parameterSchema(d *Definition, v *Value) *Value {
	written := v.Get("schema")
	if !written.Is(value.KindObject) {
		written = value.Object(value.NewMember("type", value.String("string")))
	}
	normal := s.normalise(d.doc, written, schema.Anywhere)
	if given := v.Get("default"); given != nil && normal.Is(value.KindObject) && !normal.Has("default") {
		normal = value.With(normal, "default", given)
	}
	return normal
}
