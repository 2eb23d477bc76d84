package state

import (
	"slices"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// WithoutRemovals returns a merge patch without the nulls that remove a member of the value, and the pointers of those;
// at is the pointer of the patch.
func WithoutRemovals(patch, v *model.Value, at string) (rest *model.Value, removed []string) {
	var without func(patch, v *model.Value, at string) *model.Value
	without = func(patch, v *model.Value, at string) *model.Value {
		if !patch.Is(value.KindObject) || !v.Is(value.KindObject) {
			return patch
		}
		rest := value.Object()
		for _, m := range patch.Members {
			inside := value.PointerTo(at, m.Name)
			switch old := v.Get(m.Name); {
			case old != nil && m.Value.Is(value.KindNull):
				removed = append(removed, inside)
			case old != nil:
				rest.Set(m.Name, without(m.Value, old, inside))
			default:
				rest.Set(m.Name, m.Value)
			}
		}
		return rest
	}
	rest = without(patch, v, at)
	return rest, removed
}

// with returns the object with the member set to another value.
func with(v *model.Value, name string, to *model.Value) *model.Value { return value.With(v, name, to) }

// without returns the object without the member.
func without(v *model.Value, name string) *model.Value {
	if !v.Has(name) {
		return v
	}
	rest := value.Object(slices.Clone(v.Members)...)
	rest.Delete(name)
	return rest
}
