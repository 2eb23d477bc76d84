package state

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/firestoned/firestone/mock/disk"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Snapshot returns all that is stored, with what is never sent: an object of the lists of all collections, as Restore takes it.
func (s *Store) Snapshot() *model.Value {
	snapshot := value.Object()
	s.Read(func(v View) {
		for _, r := range s.api.Resources {
			if r.Parent != nil {
				continue
			}
			list := value.Array()
			for _, record := range v.collections[r].records {
				list.Items = append(list.Items, record.whole)
			}
			snapshot.Set(r.PluralName, list)
		}
	})
	return snapshot
}

// Restore makes the records that an object lists under the names of collections (books: [...]) all that there is, as a
// client that may write everything would: what only the server writes stays as given, and is made where it is absent.
// Keys are made as if nothing had been there before. What differs from what there was is a change of its record. Where a
// record does not fit nothing changes, and the faults say what is wrong at which place. References are not checked.
func (s *Store) Restore(listed *model.Value) *Refusal {
	_, refusal := s.Change(func(tx *Tx) *Refusal { return tx.restore(listed) })
	return refusal
}

func (tx *Tx) restore(listed *model.Value) *Refusal {
	lists, faults := tx.listsOf(listed)
	tx.isRestored = true
	was := tx.forgetKeys()
	for _, r := range tx.api.Resources {
		if r.Parent == nil {
			faults = append(faults, tx.restoreCollection(tx.kinds[r], lists[r])...)
		}
	}
	if len(faults) > 0 {
		return &Refusal{Status: Unfit, Detail: "The records are not valid.", Faults: faults}
	}
	for _, k := range was {
		k.stop()
	}
	return nil
}

// listsOf returns what an object lists for each collection.
func (tx *Tx) listsOf(listed *model.Value) (map[*model.Resource]value.Member, []Fault) {
	if !listed.Is(value.KindObject) {
		return nil, []Fault{{"", fmt.Sprintf("The records are %s, not an object of lists.", listed.Kind), "write {books: [{title: Solaris}]}"}}
	}
	lists := map[*model.Resource]value.Member{}
	var faults []Fault
	for _, m := range listed.Members {
		resource, known := tx.collectionCalled(m.Name)
		switch at := value.PointerTo("", m.Name); {
		case resource == nil:
			faults = append(faults, Fault{at, fmt.Sprintf("There is no collection %q.", m.Name), value.Suggestion(m.Name, known)})
		case lists[resource].Value != nil:
			faults = append(faults, Fault{at, fmt.Sprintf("The records of %s are already listed as %q.", resource.Plural, lists[resource].Name), "join the two lists"})
		case !m.Value.Is(value.KindArray):
			faults = append(faults, Fault{at, fmt.Sprintf("%q is %s, not a list.", m.Name, m.Value.Kind), "write [{...}]"})
		default:
			lists[resource] = m
		}
	}
	return lists, faults
}

// collectionCalled returns the resource whose collection has the name, or nil, and all names that there are.
func (tx *Tx) collectionCalled(name string) (found *model.Resource, known []string) {
	for _, is := range []func(*model.Resource) bool{
		func(r *model.Resource) bool { return name == r.PluralName },
		func(r *model.Resource) bool { return name == r.Plural },
		func(r *model.Resource) bool { return name == r.Kind },
	} {
		for _, r := range tx.api.Resources {
			if found == nil && r.Parent == nil && is(r) {
				found = r
			}
		}
	}
	for _, r := range tx.api.Resources {
		if r.Parent == nil {
			known = append(known, r.PluralName)
		}
	}
	return found, known
}

// restoreCollection makes what is listed the records of a collection.
func (tx *Tx) restoreCollection(k *kind, listed value.Member) []Fault {
	items := value.Items(listed.Value)
	tx.seeKeys(k, items)
	var faults []Fault
	var made []*Record
	isTaken := map[string]bool{}
	for i, item := range items {
		r, refusal := (&writing{tx: tx, isTrusted: true}).write(k, nil, nil, item, "")
		if refusal == nil && isTaken[r.Key()] {
			refusal = Contradiction("The key is taken.", value.PointerTo("", k.Key.Name), "Another "+k.Noun+" has this key.")
		}
		if refusal != nil {
			faults = append(faults, refusal.below(value.PointerTo("", listed.Name)+"/"+strconv.Itoa(i))...)
			continue
		}
		isTaken[r.Key()] = true
		made = append(made, r)
	}
	c, before := tx.collections[k.Resource], tx.seq
	was := *c
	tx.undo = append(tx.undo, func() { *c = was })
	c.records, c.byKey = tx.became(k, was.records, made), map[string]*Record{}
	for _, r := range c.records {
		c.byKey[r.Key()] = r
	}
	if tx.seq != before {
		c.changed = tx.seq
	}
	return faults
}

// seeKeys notes the keys that records have, so that none of those that lack one gets it.
func (tx *Tx) seeKeys(k *kind, items []*model.Value) {
	for _, item := range items {
		if key := item.Get(k.Key.Name); key != nil {
			tx.undo = append(tx.undo, k.keys.see(tx.Identity(k.Resource, key), key))
		}
		for _, n := range k.nested {
			tx.seeKeys(n.kind, value.Items(item.Get(n.ParentProperty)))
		}
	}
}

// Problems returns the faults of a refusal with the places that they have in the file from which the content was read.
func (r *Refusal) Problems(content *model.Value) model.Problems {
	var problems model.Problems
	for _, f := range r.below("") {
		problems.Add(value.InvalidRecords, value.PlaceOf(content, f.Pointer), f.Hint, "%s", f.Detail)
	}
	return problems
}

// below returns the faults of a refusal as those of what stands at the pointer.
func (r *Refusal) below(at string) []Fault {
	if len(r.Faults) == 0 {
		return []Fault{{Pointer: at, Detail: r.Detail}}
	}
	faults := slices.Clone(r.Faults)
	for i := range faults {
		faults[i].Pointer = at + faults[i].Pointer
	}
	return faults
}

// became notes what is new, other and gone where made stand for the old records of a list, and returns them: with an old one
// for each that is the same, unless it stands behind what it stood in front of.
func (tx *Tx) became(k *kind, old, made []*Record) []*Record {
	was, isThere := map[string]*Record{}, map[string]bool{}
	for _, r := range made {
		isThere[r.Key()] = true
	}
	for _, r := range old {
		was[r.Key()] = r
		if !isThere[r.Key()] {
			tx.emitDeleted(k, r)
		}
	}
	records := make([]*Record, len(made))
	var last uint64 // order of the last one that is the same
	for i, r := range made {
		before := was[r.Key()]
		if before != nil && isSame(before.whole, r.whole) && before.order > last {
			last = before.order
			same := *before
			same.order = r.order
			records[i] = &same
			continue
		}
		for _, n := range k.nested {
			var there []*Record
			if before != nil {
				there = before.children[n.Resource]
			}
			r.children[n.Resource] = tx.became(n.kind, there, r.children[n.Resource])
		}
		event := Updated
		if before == nil {
			event = Created
		}
		tx.emit(event, before, r)
		records[i] = r
	}
	return records
}

// forgetKeys makes the keys of all resources begin anew. It returns those that made the old ones.
func (tx *Tx) forgetKeys() (was []keys) {
	for _, r := range tx.api.Resources {
		k := tx.kinds[r]
		old := *k.keys
		tx.undo = append(tx.undo, func() { *k.keys = old })
		*k.keys = *tx.newKeys(k)
		was = append(was, old)
	}
	return was
}

// restoredRows returns what a file has to hold after all that it held was replaced. What no definition has stays.
func (tx *Tx) restoredRows() []disk.Row {
	var rows []disk.Row
	file := tx.options.File
	if file.Wait(tx.seq) == nil { // for what was appended before; where that failed nothing is written any more
		_ = file.Rows(func(row disk.Row) error {
			v, err := parsed(row.Value)
			if err != nil {
				return err
			}
			if name, keys := namedBy(v); tx.kindAt(name, keys) != nil {
				rows = append(rows, disk.Row{Key: row.Key})
			}
			return nil
		})
	}
	return append(rows, tx.currentRows()...)
}

// appendRows appends records and those nested in them as a file holds them.
func appendRows(rows []disk.Row, records []*Record) []disk.Row {
	for _, r := range records {
		rows = append(rows, r.row())
		for _, nested := range r.children {
			rows = appendRows(rows, nested)
		}
	}
	return rows
}
