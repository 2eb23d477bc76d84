// Package schema holds firestone's single internal schema language, JSON Schema 2020-12, and the conversions to and
// from it.
//
// It answers: is this a schema (Check), what is its normal form (Normalise), what can be read, sent and patched
// (Forms), and how is that written for AsyncAPI and OpenAPI (Write). A schema is a *value.Value, an object or a
// boolean, and immutable: results share unchanged parts with their input. Files, resources, validation of data and the
// names of components are handled elsewhere; a reference to a component is {"$ref": "#/$defs/Name"}.
package schema

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// Place is the kind of location of a schema in a definition.
type Place uint8

// The places. The keywords expose, references and schema are only allowed in a direct property of a resource.
const (
	Anywhere Place = iota
	Resource       // the schema of one resource: its properties are direct ones
	Property       // a direct property of a resource
	Foreign        // a file that is not a definition, so not ours to judge
	Key            // what identifies an instance of a resource
)

const defs = "#/$defs" // the prefix of references to components

// RefTo returns the schema that refers to the component of that name.
func RefTo(name string) *value.Value {
	return value.Object(value.NewMember("$ref", value.String(value.PointerTo(defs, name))))
}

// RefName returns the component that a schema's own $ref refers to, and whether it has such a reference.
func RefName(v *value.Value) (string, bool) {
	return componentOf(v.Get("$ref"))
}

// HasType reports whether the schema's own type keyword includes that type.
func HasType(v *value.Value, name string) bool {
	t := v.Get("type")
	return t.Is(value.KindString) && t.Text == name ||
		t.Is(value.KindArray) && slices.ContainsFunc(t.Items, func(item *value.Value) bool { return item.Is(value.KindString) && item.Text == name })
}

// Types returns the names in the schema's own type keyword, in order.
func Types(v *value.Value) []string {
	t := v.Get("type")
	if t.Is(value.KindString) {
		return []string{t.Text}
	}
	var names []string
	if t.Is(value.KindArray) {
		for _, item := range t.Items {
			if item.Is(value.KindString) {
				names = append(names, item.Text)
			}
		}
	}
	return names
}

// Properties returns the schema's own properties in order, without those of allOf or a reference.
func Properties(v *value.Value) []value.Member {
	return value.Members(v.Get("properties"))
}

// Refs returns the components that a schema refers to anywhere inside, in order, without duplicates.
func Refs(v *value.Value) []string {
	var names []string
	var known map[string]bool // nil until there is a name
	add := func(ref *value.Value) {
		name, ok := componentOf(ref)
		if !ok || known[name] {
			return
		}
		if known == nil {
			known = map[string]bool{}
		}
		known[name] = true
		names = append(names, name)
	}
	Walk(v, func(sub *value.Value) {
		add(sub.Get("$ref"))
		if mapping := sub.Get("discriminator").Get("mapping"); mapping.Is(value.KindObject) {
			for _, m := range mapping.Members {
				add(m.Value)
			}
		}
	})
	return names
}

// Without returns an object schema without the named property: it is removed from properties, required and
// dependentRequired, there and in every allOf below.
func Without(v *value.Value, name string) *value.Value {
	only := map[string]bool{name: true}
	return edit(v, func(m value.Member) (value.Member, bool) {
		switch m.Name {
		case "properties":
			m.Value = edit(m.Value, func(p value.Member) (value.Member, bool) { return p, p.Name != name })
		case "required":
			m.Value = without(m.Value, isIn(only))
			return m, len(m.Value.Items) > 0
		case "dependentRequired":
			m.Value = withoutDependents(m.Value, isIn(only))
		case "allOf":
			m.Value = eachItem(m.Value, func(sub *value.Value) *value.Value { return Without(sub, name) })
		}
		return m, true
	})
}

func componentOf(ref *value.Value) (string, bool) {
	if !ref.Is(value.KindString) {
		return "", false
	}
	name, ok := strings.CutPrefix(ref.Text, defs+"/")
	if !ok || strings.Contains(name, "/") {
		return "", false
	}
	return value.PointerStep(name), true
}

// AsObject returns a schema as an object, for formats without boolean schemas: {} for true, {not: {}} for false.
func AsObject(v *value.Value) *value.Value {
	switch {
	case v.IsTrue():
		return value.Object()
	case v.IsFalse():
		return value.Object(value.NewMember("not", value.Object()))
	}
	return v
}
