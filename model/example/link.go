package example

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// Link gives the Maker the values that references point to: equal returns the one for an x-references, or nil. An
// example then contains it wherever its schema has that x-references and no example, default or enumeration of its own,
// so that the examples of several schemas are consistent.
func (m *Maker) Link(equal func(reference *value.Value) *value.Value) { m.equal = equal }

// link returns the value with linked values in place of generated ones.
func (s *sampler) link(schemas []*value.Value, v *value.Value) *value.Value {
	if s.maker.equal == nil || v == nil || slices.ContainsFunc(schemas, hasOwnValues) {
		return v
	}
	for _, of := range schemas {
		reference := of.Get("x-references")
		if reference == nil {
			continue
		}
		named := s.maker.equal(reference)
		if named == nil {
			continue
		}
		var path []string
		if text := reference.Get("value").StringOr(""); text != "" {
			path = strings.Split(text, ".")
		}
		if linked := at(v, of, path, named); linked != nil && s.isAcceptable(conjunctionOf(schemas), linked) {
			return linked
		}
	}
	return v
}

// hasOwnValues reports whether a schema specifies its values itself.
func hasOwnValues(of *value.Value) bool {
	return of.Has("examples") || of.Has("default") || of.Has("enum") || of.Has("const")
}

// at returns a copy of the value with the linked value at the path, in the first item of an array; nil if the path does
// not exist, or leads to something with values of its own.
func at(v, of *value.Value, path []string, named *value.Value) *value.Value {
	switch {
	case len(path) > 0 && v.Is(value.KindObject) && v.Has(path[0]):
		below := of.Get("properties").Get(path[0])
		if below != nil && hasOwnValues(below) {
			return nil
		}
		if inner := at(v.Get(path[0]), below, path[1:], named); inner != nil {
			return value.With(v, path[0], inner)
		}
	case len(path) == 0 && v.Is(value.KindArray) && len(v.Items) > 0:
		copied := *v
		copied.Items = append([]*value.Value{named}, v.Items[1:]...)
		return &copied
	case len(path) == 0 && !v.Is(value.KindObject) && !v.Is(value.KindArray):
		return named
	}
	return nil
}
