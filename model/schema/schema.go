// Package schema holds the one schema language that firestone has inside, JSON Schema 2020-12, and the
// ways into it and out of it.
//
// It answers: is this a schema (Check), what does it say in one spelling (Normalise), what may be read,
// sent and patched (Forms), and how is that written for AsyncAPI and OpenAPI (Write). A schema is a
// *value.Value, an object or a boolean, and is never changed once it is made: results share what did not
// change with what went in. Files, resources, validation of data and the names of components are the
// business of others; a reference to a component is {"$ref": "#/$defs/Name"}.
package schema

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// Place tells where in a definition a schema stands.
type Place uint8

// The places. Only a direct property of a resource knows the keywords expose, references and schema.
const (
	Anywhere Place = iota
	Resource       // the schema of one resource: its properties are direct ones
	Property       // a direct property of a resource
	Foreign        // a file that is no definition, and so is other people's
	Key            // what identifies an instance of a resource
)

const defs = "#/$defs" // where references to components lead

// RefTo returns the schema that refers to the component of that name.
func RefTo(name string) *value.Value {
	return value.Object(value.NewMember("$ref", value.String(value.PointerTo(defs, name))))
}

// RefName returns the component that a schema's own $ref names, and whether it has such a reference.
func RefName(v *value.Value) (string, bool) {
	return componentOf(v.Get("$ref"))
}

// HasType reports whether the schema's own type keyword names that type.
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

// Refs returns the components that a schema refers to anywhere inside, in order, each once.
func Refs(v *value.Value) []string {
	var names []string
	var known map[string]bool // nil while there is no name
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

// Without returns the schema of an object that lacks the named property: in properties, required and
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

// AsObject returns a schema as an object, for places where some formats have no booleans: {} for true, {not: {}} for false.
func AsObject(v *value.Value) *value.Value {
	switch {
	case v.IsTrue():
		return value.Object()
	case v.IsFalse():
		return value.Object(value.NewMember("not", value.Object()))
	}
	return v
}
