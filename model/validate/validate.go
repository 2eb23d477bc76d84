// Package validate determines whether a value is valid against a schema, and if not, everything that is wrong with it.
//
// Schemas are JSON Schema 2020-12, normalised, with references of the form #/$defs/Name; formats are asserted. The
// package knows nothing of files, resources or documents, and makes no values.
//
// It exists because the validator that its tests compare it with compiles all metaschemas when a program starts and
// takes about 15 microseconds to compile one small schema: too much for thousands of properties whose examples have to
// be ready in a few milliseconds.
package validate

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// Limits on the time for patterns such as ^(a+)+$ on many a's and a b, far above the time for any reasonable pattern.
const (
	patternTimeout = 100 * time.Millisecond // for a single match
	patternBudget  = 500 * time.Millisecond // for all matches of one validation
)

// Validator checks values against schemas that refer to one set of components. It is safe for concurrent use.
type Validator struct {
	component func(name string) *value.Value
	matcher   Matcher
	budget    time.Duration // for all matches of one validation; 0: no limit
	enums     sync.Map      // from long enums to the identities of their values
}

// New returns a Validator that looks up components with component, which returns nil for an unknown name and must be
// safe for concurrent use.
//
// No value can keep a Validator busy. A match of a pattern that takes longer than 100 milliseconds, twice in a row, is
// given up, as are the remaining ones once all matches of one validation have taken half a second. A value whose match
// was given up is rejected, whatever else its schema says, and that result is not cached.
func New(component func(name string) *value.Value) *Validator {
	return &Validator{component: component, matcher: NewPatterns(patternTimeout), budget: patternBudget}
}

// NewWithMatcher returns a Validator whose matcher decides how long patterns may take.
func NewWithMatcher(component func(name string) *value.Value, matcher Matcher) *Validator {
	return &Validator{component: component, matcher: matcher}
}

// IsValid reports whether data is valid against the schema, by the rules of JSON Schema 2020-12 with formats asserted.
// Numbers are exact. A pattern that is not an ECMA-262 expression accepts everything, as does an unknown format; an
// unresolvable reference accepts nothing, and nil data is never valid.
func (v *Validator) IsValid(schema, data *value.Value) bool {
	va := validation{validator: v}
	return va.run(schema, data)
}

// RejectedBy returns the first keyword that rejects data, with its position, and true; or false if data is valid. The
// keyword has no name if the schema is false. Formats are checked like the common validators of documents do, which is
// stricter than IsValid for features of a standard that they do not support.
func (v *Validator) RejectedBy(schema, data *value.Value) (rule value.Member, rejected bool) {
	va := validation{validator: v, isNarrow: true}
	if va.run(schema, data) {
		return value.Member{}, false
	}
	if va.rule != nil {
		rule = *va.rule
	}
	return rule, true
}

// Check returns what is wrong with data, in the order of the data: nothing if IsValid is true, and otherwise the first
// MaxFaults faults.
//
// If a value has the wrong type or is not among those that its schema lists, further faults of it are not reported. If
// none of several alternatives (anyOf, oneOf) accepts a value, the result holds the faults for the alternative that the
// value most likely stands for, or one fault for all of them.
func (v *Validator) Check(schema, data *value.Value) []Fault {
	return v.CheckMost(MaxFaults, schema, data)
}

// CheckMost is like Check with another maximum number of faults; more of them take more time and memory.
func (v *Validator) CheckMost(most int, schema, data *value.Value) []Fault {
	if data == nil {
		return []Fault{{Detail: "is required"}}
	}
	va := validation{validator: v, most: most, trace: &trace{}, findings: &findings{}}
	va.run(schema, data)
	return va.faults()
}

// IsPortable reports whether data can be an example or a default in a document: it is valid to RejectedBy and to
// readers that store numbers as floats, and no object in it has a member that breaks tools which resolve references. It
// also returns how many subschemas it visited.
func (v *Validator) IsPortable(of, data *value.Value) (ok bool, visits int) {
	exact := validation{validator: v, isNarrow: true, compares: true}
	if schema.Avoided(data) || !exact.run(of, data) {
		return false, exact.visits + 1
	}
	if !exact.differs {
		return true, exact.visits
	}
	rounded := validation{validator: v, isNarrow: true, compares: true, floats: true}
	return rounded.run(of, data), exact.visits + rounded.visits
}

// lists reports whether data is among the values of an enum. Long ones are indexed: a list may be checked against
// itself.
func (v *Validator) lists(enum, data *value.Value) bool {
	if len(enum.Items) <= fewItems {
		return slices.ContainsFunc(enum.Items, data.Equal)
	}
	known, ok := v.enums.Load(enum)
	if !ok {
		identities := make(map[string]bool, len(enum.Items))
		for _, item := range enum.Items {
			identities[value.Identity(item)] = true
		}
		known, _ = v.enums.LoadOrStore(enum, identities)
	}
	return known.(map[string]bool)[value.Identity(data)]
}

// Component returns the component that a reference points to, or nil.
func (v *Validator) Component(ref string) *value.Value {
	name, ok := strings.CutPrefix(ref, "#/$defs/")
	if !ok {
		return nil
	}
	return v.component(value.PointerStep(name))
}
