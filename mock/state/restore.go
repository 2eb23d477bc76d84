package state

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/firestoned/firestone/mock/disk"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Snapshot returns all that is stored, including write-only members, as an object with the list of each collection,
// which Restore accepts.
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

// Restore replaces all records by those that an object lists under the names of collections (books: [...]), as if
// written by a client that may write everything: read-only members stay as given, and are generated if absent. Keys are
// generated as if the store had always been empty. Each difference from the previous state is a change of its record.
// If a record is not valid, nothing changes, and the faults say what is wrong where. References are not checked.
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

// listsOf returns the list of each collection in an object.
func (tx *Tx) listsOf(listed *model.Value) (map[*model.Resource]value.Member, []Fault) {
	if isDefinition := listed.Has("kind") && listed.Has("schema"); isDefinition || !listed.Is(value.KindObject) {
		is := value.Describe(listed)
		if isDefinition {
			is = "the definition of a resource"
		}
		_, known := tx.collectionCalled("")
		return nil, []Fault{{"", "The records are " + is + ", not an object of lists.", "write {" + known[0] + ": [{...}]}"}}
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
			faults = append(faults, Fault{at, fmt.Sprintf("%q is %s, not a list.", m.Name, value.Describe(m.Value)), "write " + m.Name + ": [{...}]"})
		default:
			lists[resource] = m
		}
	}
	return lists, faults
}

// collectionCalled returns the resource whose collection has the name, or nil, and the names of all collections.
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

// restoreCollection replaces the records of a collection.
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

// seeKeys marks the keys of the listed records as used, so that none of them is generated for the others.
func (tx *Tx) seeKeys(k *kind, items []*model.Value) {
	for _, item := range items {
		if key := item.Get(k.Key.Name); key != nil {
			tx.undo = append(tx.undo, k.keys.reserve(tx.Identity(k.Resource, key), key))
		}
		for _, n := range k.nested {
			tx.seeKeys(n.kind, value.Items(item.Get(n.ParentProperty)))
		}
	}
}

// Problems returns the faults of a refusal with their positions in the file that the content was read from.
func (r *Refusal) Problems(content *model.Value) model.Problems {
	var problems model.Problems
	for _, f := range r.below("") {
		problems.Add(value.InvalidRecords, value.PlaceOf(content, f.Pointer), f.Hint, "%s", f.Detail)
	}
	return problems
}

// below returns the faults of a refusal with the pointer as a prefix.
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

// became emits the changes from the old records of a list to the new ones, and returns the new list, in which unchanged
// records keep their identity unless their order changed.
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
	var last uint64 // the order of the last unchanged record
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

// forgetKeys restarts the key generators of all resources. It returns the old ones.
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

// restoredRows returns the rows to write after the whole state was replaced. Rows without a definition stay.
func (tx *Tx) restoredRows() []disk.Row {
	var rows []disk.Row
	file := tx.options.File
	if file.Wait(tx.seq) == nil { // waits for earlier changes; if that failed, nothing more is written
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

// appendRows appends the rows of records and of those nested in them.
func appendRows(rows []disk.Row, records []*Record) []disk.Row {
	for _, r := range records {
		rows = append(rows, r.row())
		for _, nested := range r.children {
			rows = appendRows(rows, nested)
		}
	}
	return rows
}
