package state

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// writing is the writing of one record, with those nested in it.
type writing struct {
	tx        *Tx
	isTrusted bool           // the data comes from the user rather than a client, so readOnly does not apply
	nested    []nestedChange // in order
	moved     []*Record      // nested records that only change their position
}

// nestedChange is a change of a nested record: a creation if before is nil, a deletion if after is.
type nestedChange struct{ before, after *Record }

// write returns the record for the content sent, replacing old or, if that is nil, as a new one whose key may be taken.
// Nothing is stored yet. The pointers of faults begin with at.
func (w *writing) write(k *kind, parents []string, old *Record, sent *model.Value, at string) (*Record, *Refusal) {
	tx := w.tx
	if !sent.Is(value.KindObject) {
		return nil, &Refusal{Status: Unfit, Detail: "The content does not match its schema.", Faults: []Fault{{Pointer: at, Detail: "A " + k.Noun + " is an object."}}}
	}
	own := w.ownPart(k, old, sent)
	own, keys, refusal := w.withKey(k, parents, old, own)
	if refusal != nil {
		return nil, refusal
	}
	own = tx.projector.Fill(k.own, own, tx.made)
	before := len(w.nested)
	children, refusal := w.children(k, keys, old, sent, at)
	if refusal != nil {
		return nil, refusal
	}
	if old != nil && at != "" && len(w.nested) == before && isSame(own, old.own) {
		return old, nil
	}
	if old != nil {
		own = tx.stamped(k, own)
	}
	r := tx.newRecord(k, keys, own, children)
	if old != nil {
		r.order, r.Seq = old.order, old.Seq
	} else {
		tx.orders++
		r.order = tx.orders
	}
	if faults := tx.forms.Check(k.Read.Schema, r.view); at == "" && len(faults) > 0 {
		return nil, Misfit(faults, at)
	}
	if !w.isTrusted {
		refusal = tx.checkReferences(k, old, r, at)
	}
	return r, refusal
}

// ownPart returns the stored part of the content, without read-only members, and without nested records. An empty list
// replaces those, as a mark that they were given.
func (w *writing) ownPart(k *kind, old *Record, sent *model.Value) *model.Value {
	for _, n := range k.nested {
		switch list := sent.Get(n.ParentProperty); {
		case n.property.IsReadOnly && !w.isTrusted, isUntouched(n, old, list) && !old.own.Has(n.ParentProperty):
			sent = without(sent, n.ParentProperty)
		case list.Is(value.KindArray):
			sent = with(sent, n.ParentProperty, value.Array())
		}
	}
	switch {
	case w.isTrusted:
		return sent
	case old != nil:
		return w.tx.projector.Keep(k.own, old.own, sent)
	}
	return w.tx.projector.Project(k.own, sent, model.Create)
}

// isUntouched reports whether a list of nested records is the record's own, which a patch left unchanged.
func isUntouched(n *nesting, old *Record, list *model.Value) bool {
	return old != nil && list != nil && list == old.whole.Get(n.ParentProperty)
}

// withKey returns a record's own part with its key, and all keys that identify it: the key it has, the one that a
// client gives, else a generated one.
func (w *writing) withKey(k *kind, parents []string, old *Record, own *model.Value) (*model.Value, []string, *Refusal) {
	if old != nil {
		return withFirst(own, k.Key.Name, old.own.Get(k.Key.Name)), old.Keys, nil
	}
	key := own.Get(k.Key.Name)
	w.tx.undo = append(w.tx.undo, k.keys.mark())
	if key == nil {
		var refusal *Refusal
		if key, refusal = w.tx.nextKey(k); refusal != nil {
			return nil, nil, refusal
		}
		own = withFirst(own, k.Key.Name, key)
	}
	identity := w.tx.Identity(k.Resource, key)
	w.tx.undo = append(w.tx.undo, k.keys.reserve(identity, key))
	return own, append(slices.Clone(parents), identity), nil
}

// children returns the nested records of a record for the content sent.
func (w *writing) children(k *kind, keys []string, old *Record, sent *model.Value, at string) (map[*model.Resource][]*Record, *Refusal) {
	if len(k.nested) == 0 {
		return nil, nil
	}
	children := map[*model.Resource][]*Record{}
	for _, n := range k.nested {
		var there []*Record
		list := sent.Get(n.ParentProperty)
		if old != nil {
			there = old.children[n.Resource]
			if n.property.IsReadOnly && !w.isTrusted || isUntouched(n, old, list) {
				children[n.Resource] = there
				continue
			}
		}
		records, refusal := w.list(n, keys, there, value.Items(list), value.PointerTo(at, n.ParentProperty))
		if refusal != nil {
			return nil, refusal
		}
		children[n.Resource] = records
	}
	return children, nil
}

// list returns the nested records for the given items: an item with the key of an existing record replaces it, others
// are new, and records without an item are deleted.
func (w *writing) list(n *nesting, parents []string, there []*Record, items []*model.Value, at string) ([]*Record, *Refusal) {
	known, isTaken := map[string]*Record{}, map[string]bool{}
	for _, r := range there {
		known[r.Key()] = r
	}
	var records []*Record
	for i, item := range items {
		var old *Record
		if key := item.Get(n.Key.Name); key != nil {
			if identity := w.tx.Identity(n.Resource, key); !isTaken[identity] {
				old = known[identity]
			}
		}
		at := at + "/" + strconv.Itoa(i)
		r, refusal := w.write(n.kind, parents, old, item, at)
		switch {
		case refusal != nil:
			return nil, refusal
		case isTaken[r.Key()] || old == nil && known[r.Key()] != nil:
			return nil, Contradiction("A key is taken.", value.PointerTo(at, n.Key.Name), "Another "+n.Noun+" has this key.")
		case r != old:
			w.nested = append(w.nested, nestedChange{old, r})
		}
		isTaken[r.Key()] = true
		records = append(records, r)
	}
	for _, r := range there {
		if !isTaken[r.Key()] {
			w.nested = append(w.nested, nestedChange{r, nil})
		}
	}
	w.order(records)
	return records, nil
}

// order makes the orders of nested records ascend, so that they keep their order after a restart.
func (w *writing) order(records []*Record) {
	if slices.IsSortedFunc(records, func(a, b *Record) int { return cmp.Compare(a.order, b.order) }) {
		return
	}
	for i, r := range records {
		w.tx.orders++
		moved := *r
		moved.order = w.tx.orders
		records[i] = &moved
		isNew := false
		for j := range w.nested {
			if w.nested[j].after == r {
				w.nested[j].after, isNew = &moved, true
			}
		}
		if !isNew {
			w.moved = append(w.moved, &moved)
		}
	}
}

// withFirst returns the object with the member set, at the beginning if it is new.
func withFirst(v *model.Value, name string, to *model.Value) *model.Value {
	if v.Has(name) {
		return with(v, name, to)
	}
	return value.Object(append([]value.Member{value.NewMember(name, to)}, v.Members...)...)
}

// isSame reports whether two values have the same JSON.
func isSame(a, b *model.Value) bool {
	return a == b || bytes.Equal(a.AppendJSON(nil, ""), b.AppendJSON(nil, ""))
}
