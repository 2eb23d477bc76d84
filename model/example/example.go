// Package example generates values that a schema accepts, and finds values in a schema that it does not accept.
//
// It answers one question: what does data of this schema look like? Schemas are JSON Schema 2020-12, normalised,
// with references of the form #/$defs/Name. It knows nothing of files, resources or documents.
package example

import (
	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// Maker generates examples for schemas that refer to one set of components. It is not safe for concurrent use.
type Maker struct {
	validator *validate.Validator
	matcher   *matcher
	outcomes  map[request]outcome                       // the results for self-contained schemas
	equal     func(reference *value.Value) *value.Value // see Link; nil without links
	isWide    bool                                      // it also generates values that documents cannot contain
}

// New returns a Maker that looks up components with defs, which returns nil for an unknown name.
func New(defs func(name string) *value.Value) *Maker {
	m := newMatcher()
	return &Maker{validator: validate.NewWithMatcher(defs, m), matcher: m, outcomes: map[request]outcome{}}
}

// IsValid reports whether v is valid against the schema, also for the common validators of documents.
func (m *Maker) IsValid(schema, v *value.Value) bool {
	_, rejected := m.validator.RejectedBy(schema, v)
	return !rejected
}

// ExampleOf returns a value that the schema accepts, always the same one, or false if none was found. The name, of a
// property or empty, makes the value more realistic. It shares parts with the schema, so it must not be modified.
func (m *Maker) ExampleOf(name string, schema *value.Value) (*value.Value, bool) {
	s := &sampler{maker: m}
	v := s.link([]*value.Value{schema}, s.example(request{name, schema}))
	return v, v != nil
}

// HasValue reports whether a value was found that the schema accepts, even one that a document cannot contain as an
// example.
func (m *Maker) HasValue(name string, schema *value.Value) bool {
	wide := &Maker{validator: m.validator, matcher: m.matcher, outcomes: map[request]outcome{}, isWide: true}
	return (&sampler{maker: wide}).example(request{name, schema}) != nil
}
