package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// MayBeObject reports whether a normalised schema may accept objects: neither its types nor its listed values exclude
// all of them. component returns the schema of a component, or nil.
func MayBeObject(v *value.Value, component func(name string) *value.Value) bool {
	return objects{component, map[*value.Value]bool{}}.may(v)
}

// objects caches which schemas may accept objects.
type objects struct {
	component func(name string) *value.Value
	known     map[*value.Value]bool // a recursive schema excludes nothing
}

func (o objects) may(v *value.Value) bool {
	if !v.Is(value.KindObject) {
		return v.IsTrue()
	}
	if v.Has("type") && !HasType(v, "object") {
		return false
	}
	if known, isKnown := o.known[v]; isKnown {
		return known
	}
	o.known[v] = true
	o.known[v] = o.mayByKeywords(v)
	return o.known[v]
}

func (o objects) mayByKeywords(v *value.Value) bool {
	if fixed := v.Get("const"); fixed != nil && !fixed.Is(value.KindObject) {
		return false
	}
	isObject := func(item *value.Value) bool { return item.Is(value.KindObject) }
	if list := v.Get("enum"); list.Is(value.KindArray) && !slices.ContainsFunc(list.Items, isObject) {
		return false
	}
	if name, ok := RefName(v); ok {
		if target := o.component(name); target != nil && !o.may(target) {
			return false
		}
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		if list := v.Get(keyword); list.Is(value.KindArray) && !slices.ContainsFunc(list.Items, o.may) {
			return false
		}
	}
	for _, part := range listOf(v.Get("allOf")) {
		if !o.may(part) {
			return false
		}
	}
	return true
}
