package state

import (
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// checkReferences refuses a record with a reference to a record that does not exist, or with a changed reference that
// must not change. Unchanged references are not checked: their targets may have been deleted since.
func (tx *Tx) checkReferences(k *kind, old, r *Record, at string) *Refusal {
	for _, p := range k.Properties {
		ref := p.Refers
		if ref == nil || ref.OnMissing != model.RejectMissing && !ref.IsImmutable {
			continue
		}
		now := valueAt(r.own.Get(p.Name), ref.Path)
		if old != nil {
			before := valueAt(old.own.Get(p.Name), ref.Path)
			if isEqual(before, now) {
				continue
			}
			if ref.IsImmutable && before != nil {
				return Contradiction("A reference cannot change.", value.PointerTo(at, p.Name), "This cannot be changed.")
			}
		}
		if now == nil || now.Is(value.KindNull) || ref.OnMissing != model.RejectMissing {
			continue
		}
		if v := tx.missing(ref, now); v != nil {
			return Contradiction("A referenced record does not exist.", value.PointerTo(at, p.Name), "There is no "+ref.Resource.Noun+" "+string(v.AppendJSON(nil, ""))+".")
		}
	}
	return nil
}

// valueAt returns the value at a path, or nil.
func valueAt(v *model.Value, path []string) *model.Value {
	for _, step := range path {
		v = v.Get(step)
	}
	return v
}

func isEqual(a, b *model.Value) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(b)
}

// missing returns the value, or the first item of an array, that references no existing record, or nil.
func (tx *Tx) missing(ref *model.Reference, v *model.Value) *model.Value {
	if v.Is(value.KindArray) {
		for _, item := range v.Items {
			if tx.missing(ref, item) != nil {
				return item
			}
		}
		return nil
	}
	if tx.hasRecord(ref, v) {
		return nil
	}
	return v
}

// hasRecord reports whether a record has the value by which a reference identifies it.
func (tx *Tx) hasRecord(ref *model.Reference, v *model.Value) bool {
	of := ref.Resource
	if of.Parent == nil && ref.Property.Name == of.Key.Name {
		return tx.collections[of].byKey[tx.Identity(of, v)] != nil
	}
	return !tx.each(of, func(r *Record) bool { return !isEqual(r.own.Get(ref.Property.Name), v) })
}
