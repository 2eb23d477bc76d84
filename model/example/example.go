// Package example makes values that a schema accepts, and finds those in a schema that it does not accept.
//
// It answers one question: what does data of this schema look like? Schemas are JSON Schema 2020-12, normalised,
// with references of the form #/$defs/Name. It knows nothing of files, resources or documents.
//
// The package has a validator of its own, because the one that its tests measure it against compiles all
// metaschemas when a program starts and takes about 15 microseconds to compile one small schema: too much for
// thousands of properties whose examples have to be ready in a few milliseconds.
package example

import (
	"github.com/dlclark/regexp2/v2"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// Maker makes examples and checks values against schemas that refer to one set of components. It is not safe
// for concurrent use.
type Maker struct {
	defs        func(name string) *value.Value
	expressions map[string]*regexp2.Regexp
	slow        map[string]bool  // patterns that ran into the timeout
	scalars     map[wish]outcome // what was made of schemas of scalars
}

// New returns a Maker that finds components with defs, which returns nil for a name that it does not know.
func New(defs func(name string) *value.Value) *Maker {
	return &Maker{defs: defs, expressions: map[string]*regexp2.Regexp{}, slow: map[string]bool{}, scalars: map[wish]outcome{}}
}

// Fits reports whether v is valid against the schema, by the rules of JSON Schema 2020-12 with formats asserted.
// Numbers are exact. A pattern that is no expression of ECMA-262 accepts everything, as does an unknown format;
// a reference to nothing accepts nothing, and a v that is nil fits nowhere.
func (m *Maker) Fits(schema, v *value.Value) bool {
	t := trial{maker: m}
	return v != nil && t.fits(schema, v, nil, nil)
}

// ExampleOf returns a value that the schema accepts, always the same one, or false where none was found. name is that of
// the property with this schema and makes the value more telling; it may be empty. The value shares parts with the
// schema, so it must not be changed.
func (m *Maker) ExampleOf(name string, schema *value.Value) (*value.Value, bool) {
	g := &growth{maker: m}
	v := g.example(wish{name, schema})
	return v, v != nil
}

// serves reports whether v may stand as an example or a default in a document: it fits, also for readers that keep
// numbers as floats, and no object in it has a member that breaks those who resolve references. It also tells
// how many steps that took.
func (m *Maker) serves(of, v *value.Value) (ok bool, steps int) {
	exact := trial{maker: m}
	if schema.Avoided(v) || !exact.fits(of, v, nil, nil) {
		return false, exact.steps + 1
	}
	rounded := trial{maker: m, floats: true}
	return !exact.differs || rounded.fits(of, v, nil, nil), exact.steps + rounded.steps
}
