package model

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// fitPatches leaves out of the examples of merge patches what does not go together with the examples of their records: a
// patch is a part, so that its schema accepts members that no record has at once.
func (b *builder) fitPatches() {
	for _, r := range b.api.Resources {
		isValid := func(record *Value) bool { return b.maker.IsValid(r.Read.Schema, record) }
		patch := fitting(r.Read.Example, r.Update.Example, isValid)
		if patch == nil {
			whole := value.Object(slices.DeleteFunc(slices.Clone(value.Members(r.Create.Example)), func(m value.Member) bool { return m.Name == r.Key.Name })...)
			if patch = fitting(r.Read.Example, whole, isValid); patch == nil || !b.maker.IsValid(r.Update.Schema, patch) {
				continue
			}
		}
		if patch == r.Update.Example {
			continue
		}
		r.Update.Example = patch
		for _, body := range b.componentSet.bodies[r.Update] {
			body.Example = patch
		}
		if several := r.Operation("resource", "patch"); several != nil && len(value.Items(several.Request.Example)) > 0 {
			key := several.Request.Example.Items[0].Get(r.Key.Name)
			list := value.Array(value.Object(append([]value.Member{value.NewMember(r.Key.Name, key)}, patch.Members...)...))
			if b.maker.IsValid(several.Request.Schema, list) {
				several.Request.Example = list
			}
		}
	}
}

// fitting picks, greedily and in order, the members of a patch that turn a record into another valid one: the whole
// patch if it does, nil if no member does.
func fitting(record, patch *Value, isValid func(record *Value) bool) *Value {
	if !record.Is(value.KindObject) || !patch.Is(value.KindObject) || isValid(value.MergePatch(record, patch)) || !isValid(record) {
		return patch
	}
	kept := value.Object()
	for _, m := range patch.Members {
		more := value.Object(append(slices.Clone(kept.Members), m)...)
		if isValid(value.MergePatch(record, more)) {
			kept = more
		}
	}
	if len(kept.Members) == 0 {
		return nil
	}
	return kept
}
