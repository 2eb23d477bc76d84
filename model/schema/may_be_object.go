package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// MayBeObject reports whether objects may fit a normalised schema: nothing that it says of types, and no value that it
// lists, excludes them all. component returns the schema of a component, or nil.
func MayBeObject(v *value.Value, component func(name string) *value.Value) bool {
	return mayBeObject(v, component, nil)
}

func mayBeObject(v *value.Value, component func(name string) *value.Value, open []string) bool {
	if !v.Is(value.KindObject) {
		return v.IsTrue()
	}
	if v.Has("type") && !HasType(v, "object") {
		return false
	}
	if fixed := v.Get("const"); fixed != nil && !fixed.Is(value.KindObject) {
		return false
	}
	isObject := func(item *value.Value) bool { return item.Is(value.KindObject) }
	if list := v.Get("enum"); list.Is(value.KindArray) && !slices.ContainsFunc(list.Items, isObject) {
		return false
	}
	may := func(sub *value.Value) bool { return mayBeObject(sub, component, open) }
	if name, ok := RefName(v); ok && !slices.Contains(open, name) {
		if target := component(name); target != nil && !mayBeObject(target, component, append(open[:len(open):len(open)], name)) {
			return false
		}
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		if list := v.Get(keyword); list.Is(value.KindArray) && !slices.ContainsFunc(list.Items, may) {
			return false
		}
	}
	for _, part := range listOf(v.Get("allOf")) {
		if !may(part) {
			return false
		}
	}
	return true
}
