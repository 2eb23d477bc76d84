// Package validate tells whether a value is valid against a schema.
//
// Schemas are JSON Schema 2020-12, normalised, with references of the form #/$defs/Name, and formats are asserted. It
// knows nothing of files, resources or documents, and makes no values.
//
// It exists because the validator that its tests measure it against compiles all metaschemas when a program starts and
// takes about 15 microseconds to compile one small schema: too much for thousands of properties whose examples have to
// be ready in a few milliseconds.
package validate

import (
	"strings"

	"github.com/dlclark/regexp2/v2"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// Validator checks values against schemas that refer to one set of components. It is not safe for concurrent use.
type Validator struct {
	component   func(name string) *value.Value
	expressions map[string]*regexp2.Regexp
	slow        map[string]bool // patterns that ran into the timeout
}

// New returns a Validator that finds components with component, which returns nil for a name that it does not know.
func New(component func(name string) *value.Value) *Validator {
	return &Validator{component: component, expressions: map[string]*regexp2.Regexp{}, slow: map[string]bool{}}
}

// IsValid reports whether data is valid against the schema, by the rules of JSON Schema 2020-12 with formats asserted.
// Numbers are exact. A pattern that is not an expression of ECMA-262 accepts everything, as does an unknown format; a
// reference to nothing accepts nothing, and data that is nil is never valid.
func (v *Validator) IsValid(of, data *value.Value) bool {
	_, ok := v.FirstRule(of, data)
	return ok
}

// FirstRule returns true where data is valid, and otherwise the keyword that rejected it first, with its place. The
// keyword has no name where the schema is false.
func (v *Validator) FirstRule(of, data *value.Value) (value.Member, bool) {
	va := validation{validator: v}
	ok := data != nil && va.validate(of, data, nil, nil)
	return va.rule, ok
}

// IsPortable reports whether data may stand as an example or a default in a document: it is valid, also for readers
// that keep numbers as floats, and no object in it has a member that breaks those who resolve references. It also
// returns how many subschemas it visited.
func (v *Validator) IsPortable(of, data *value.Value) (ok bool, visits int) {
	exact := validation{validator: v}
	if schema.Avoided(data) || !exact.validate(of, data, nil, nil) {
		return false, exact.visits + 1
	}
	rounded := validation{validator: v, floats: true}
	return !exact.differs || rounded.validate(of, data, nil, nil), exact.visits + rounded.visits
}

// Component returns the component that a reference names, or nil.
func (v *Validator) Component(ref string) *value.Value {
	name, ok := strings.CutPrefix(ref, "#/$defs/")
	if !ok {
		return nil
	}
	if strings.Contains(name, "~") {
		name = strings.NewReplacer("~1", "/", "~0", "~").Replace(name)
	}
	return v.component(name)
}
