package state

import (
	"slices"
	"time"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Tx is a transaction. As a View it shows the state including its own changes.
type Tx struct {
	View
	now        time.Time
	changes    []*Change
	moved      []*Record // nested records that only changed their position
	undo       []func()
	isRestored bool // the whole state was replaced
}

// Create creates a record from what a client sent, in the collection that the keys identify.
func (tx *Tx) Create(resource *model.Resource, parents []string, sent *model.Value) (*Record, *Refusal) {
	k := tx.kinds[resource]
	if !tx.HasCollection(resource, parents) {
		return nil, Missing()
	}
	return tx.create(&writing{tx: tx}, k, parents, sent)
}

// create creates a record whose key is not taken.
func (tx *Tx) create(w *writing, k *kind, parents []string, sent *model.Value) (*Record, *Refusal) {
	r, refusal := w.write(k, parents, nil, sent, "")
	if refusal != nil {
		return nil, refusal
	}
	if tx.Record(k.Resource, r.Keys) != nil {
		return nil, Contradiction("The key is taken.", value.PointerTo("", k.Key.Name), "Another "+k.Noun+" has this key.")
	}
	return r, tx.commit(w, k, nil, r)
}

// Replace replaces the parts of a record that a client can write by what a client sent.
func (tx *Tx) Replace(old *Record, sent *model.Value) (*Record, *Refusal) {
	k := tx.kinds[old.Resource]
	w := &writing{tx: tx}
	r, refusal := w.write(k, old.Keys[:len(old.Keys)-1], old, sent, "")
	if refusal != nil {
		return nil, refusal
	}
	return r, tx.commit(w, k, old, r)
}

// Patch merges what a client sent into a record (RFC 7396). The result must be valid like a replacement.
func (tx *Tx) Patch(old *Record, patch *model.Value) (*Record, *Refusal) {
	return tx.edit(old, value.MergePatch(old.whole, patch))
}

// SetAttribute sets a property of a record.
func (tx *Tx) SetAttribute(old *Record, property *model.Property, sent *model.Value) (*Record, *Refusal) {
	return tx.edit(old, with(old.whole, property.Name, sent))
}

// DeleteAttribute removes a property of a record.
func (tx *Tx) DeleteAttribute(old *Record, property *model.Property) (*Record, *Refusal) {
	at := value.PointerTo("", property.Name)
	switch {
	case !old.whole.Has(property.Name): // write-only properties can be deleted, too
		return nil, Missing()
	case property.IsRequired:
		return nil, Contradiction("The property is required.", at, "Every "+old.Resource.Noun+" has it.")
	}
	r, refusal := tx.edit(old, without(old.whole, property.Name))
	if refusal != nil && len(refusal.Faults) > 0 {
		return nil, Contradiction("The rest is not valid without the property.", at, refusal.Faults[0].Detail)
	}
	return r, refusal
}

// edit replaces a record by an edited version. The parts that clients write must be valid in the form for replacement.
func (tx *Tx) edit(old *Record, edited *model.Value) (*Record, *Refusal) {
	k := tx.kinds[old.Resource]
	written := without(tx.projector.Project(k.Read.Whole, edited, model.Replace), k.Key.Name)
	if faults := tx.forms.Check(k.Replace.Schema, written); len(faults) > 0 {
		return nil, Misfit(faults, "")
	}
	return tx.Replace(old, edited)
}

// Delete deletes a record, those nested in it first.
func (tx *Tx) Delete(old *Record) *Refusal {
	k := tx.kinds[old.Resource]
	tx.emitDeleted(k, old)
	if k.parent == nil {
		tx.removeRoot(k, old)
		return nil
	}
	parent := tx.Record(k.Parent, old.Keys[:len(old.Keys)-1])
	rest := slices.DeleteFunc(slices.Clone(parent.children[old.Resource]), func(r *Record) bool { return r.Key() == old.Key() })
	return tx.putParent(k, parent, rest)
}

// emitDeleted emits the deletion of a record and those nested in it.
func (tx *Tx) emitDeleted(k *kind, r *Record) {
	for _, n := range k.nested {
		for _, child := range r.children[n.Resource] {
			tx.emitDeleted(n.kind, child)
		}
	}
	tx.emit(Deleted, r, nil)
}

// emit adds a change of a record, and numbers it.
func (tx *Tx) emit(event string, before, after *Record) {
	tx.seq++
	if after != nil {
		after.Seq = tx.seq
	}
	tx.changes = append(tx.changes, &Change{Seq: tx.seq, Event: event, Before: before, After: after, Time: tx.now})
}

// commit stores what was written: the nested records first, then the record itself, then its parents.
func (tx *Tx) commit(w *writing, k *kind, old, made *Record) *Refusal {
	for _, c := range w.nested {
		if c.after == nil {
			tx.emitDeleted(tx.kinds[c.before.Resource], c.before)
		} else if c.before == nil {
			tx.emit(Created, nil, c.after)
		} else {
			tx.emit(Updated, c.before, c.after)
		}
	}
	tx.moved = append(tx.moved, w.moved...)
	if old == nil {
		tx.emit(Created, nil, made)
	} else {
		tx.emit(Updated, old, made)
	}
	return tx.put(k, made)
}

// put stores a record, and updates its parents, which contain it.
func (tx *Tx) put(k *kind, r *Record) *Refusal {
	if k.parent == nil {
		tx.putRoot(k, r)
		return nil
	}
	parent := tx.Record(k.Parent, r.Keys[:len(r.Keys)-1])
	beside := slices.Clone(parent.children[k.Resource])
	if i := slices.IndexFunc(beside, func(other *Record) bool { return other.Key() == r.Key() }); i >= 0 {
		beside[i] = r
	} else {
		beside = append(beside, r)
	}
	return tx.putParent(k, parent, beside)
}

// putParent stores a record with other nested records of one kind. It refuses what the schema of the record does not
// allow.
func (tx *Tx) putParent(k *kind, parent *Record, children []*Record) *Refusal {
	changed := tx.with(k.parent, parent, k.Resource, children)
	if changed.view != parent.view {
		if faults := tx.forms.Check(k.Parent.Read.Schema, changed.view); len(faults) > 0 {
			refusal := Misfit(faults, "")
			refusal.Status, refusal.Detail = Conflict, "The "+k.Parent.Noun+" that contains it would not be valid."
			refusal.Faults = nil // they point into other content
			return refusal
		}
		tx.emit(Updated, parent, changed)
	} else {
		changed.Seq = tx.seq // of the collection, which is read separately
		tx.moved = append(tx.moved, changed)
	}
	return tx.put(k.parent, changed)
}

func (tx *Tx) putRoot(k *kind, r *Record) {
	c := tx.collections[k.Resource]
	old := c.byKey[r.Key()]
	changed := c.changed
	tx.undo = append(tx.undo, func() {
		c.changed = changed
		if old != nil {
			c.put(old)
		} else {
			c.remove(r)
		}
	})
	c.changed = tx.seq
	c.put(r)
}

func (tx *Tx) removeRoot(k *kind, r *Record) {
	c := tx.collections[k.Resource]
	changed := c.changed
	tx.undo = append(tx.undo, func() {
		c.changed = changed
		c.put(r)
	})
	c.changed = tx.seq
	c.remove(r)
}

// try calls do, and undoes its changes if it refuses or panics.
func (tx *Tx) try(do func() *Refusal) (refusal *Refusal) {
	undo, seq, changes, moved := len(tx.undo), tx.seq, len(tx.changes), len(tx.moved)
	isDone := false
	defer func() {
		if isDone && refusal == nil {
			return
		}
		for _, back := range slices.Backward(tx.undo[undo:]) {
			back()
		}
		tx.undo, tx.seq, tx.changes, tx.moved = tx.undo[:undo], seq, tx.changes[:changes], tx.moved[:moved]
	}()
	refusal = do()
	isDone = true
	return refusal
}
