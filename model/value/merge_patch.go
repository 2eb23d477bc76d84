package value

import "slices"

// MergePatch returns what a merge patch makes of a value (RFC 7396, section 2): members keep their places, new ones come
// last. Neither value is changed.
func MergePatch(v, patch *Value) *Value {
	if !patch.Is(KindObject) {
		return patch
	}
	merged := Object()
	if v.Is(KindObject) {
		merged.Members = slices.Clone(v.Members)
	}
	for _, m := range patch.Members {
		switch old := merged.Get(m.Name); {
		case m.Value.Is(KindNull):
			merged.Delete(m.Name)
		default:
			merged.Set(m.Name, MergePatch(old, m.Value))
		}
	}
	return merged
}
