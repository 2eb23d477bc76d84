package state

import (
	"iter"
	"slices"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Seed creates n records of each resource, n in each parent for nested ones, always the same. References point to
// existing records. It creates fewer if a schema has no more distinct examples.
func (s *Store) Seed(n int) {
	s.Change(func(tx *Tx) *Refusal {
		for _, r := range tx.inOrderOfReferences() {
			if r.Parent == nil {
				tx.seed(tx.kinds[r], nil, n)
			}
		}
		return nil
	})
}

// inOrderOfReferences returns the resources so that each follows those that it refers to, except in cycles.
func (tx *Tx) inOrderOfReferences() []*model.Resource {
	var ordered []*model.Resource
	isSeen := map[*model.Resource]bool{}
	var visit func(r *model.Resource)
	visit = func(r *model.Resource) {
		if isSeen[r] {
			return
		}
		isSeen[r] = true
		for _, p := range r.Properties {
			if p.Refers != nil {
				visit(p.Refers.Resource)
			}
		}
		for _, child := range r.Children {
			for _, p := range child.Properties {
				if p.Refers != nil {
					visit(p.Refers.Resource)
				}
			}
		}
		ordered = append(ordered, r)
	}
	for _, r := range tx.api.Resources {
		visit(r)
	}
	return ordered
}

// seed creates n records in a collection, with n in each nested collection.
func (tx *Tx) seed(k *kind, parents []string, n int) {
	there, _ := tx.Records(k.Resource, parents)
	next, stop := iter.Pull(tx.seeds(k))
	defer stop()
	for i := len(there); i < n; i++ {
		r := tx.seedOne(k, parents, next, i)
		if r == nil {
			return
		}
		for _, nested := range k.nested {
			tx.seed(nested.kind, r.Keys, n)
		}
	}
}

// triedSeeds bounds how many examples are tried for one record.
const triedSeeds = 20

// seedOne creates a record from the next valid example, or returns nil.
func (tx *Tx) seedOne(k *kind, parents []string, next func() (*model.Value, bool), i int) *Record {
	for range triedSeeds {
		v, ok := next()
		if !ok {
			return nil
		}
		if !k.Key.IsReadOnly {
			v = without(v, k.Key.Name) // an example may have the key of another
		}
		var made *Record
		refusal := tx.try(func() (refusal *Refusal) {
			made, refusal = tx.create(&writing{tx: tx, isTrusted: true}, k, parents, tx.referring(k, v, i))
			return refusal
		})
		if refusal == nil {
			return made
		}
	}
	return nil
}

// seeds returns examples of what clients send, without nested records, which are seeded separately.
func (tx *Tx) seeds(k *kind) iter.Seq[*model.Value] {
	whole := k.Create.Schema
	return func(yield func(*model.Value) bool) {
		for v := range tx.examples.Variants(k.Singular, whole) {
			for _, n := range k.nested {
				if !n.property.IsRequired {
					v = without(v, n.ParentProperty)
				}
			}
			if !yield(v) {
				return
			}
		}
	}
}

// referring returns the example with its references pointing to existing records, if there are any.
func (tx *Tx) referring(k *kind, v *model.Value, i int) *model.Value {
	for _, p := range k.Properties {
		if p.Refers == nil || !v.Has(p.Name) {
			continue
		}
		var there []*Record
		tx.each(p.Refers.Resource, func(r *Record) bool {
			there = append(there, r)
			return true
		})
		if len(there) == 0 {
			continue
		}
		named := there[i%len(there)].own.Get(p.Refers.Property.Name)
		if named == nil {
			continue
		}
		v = withAt(v, append([]string{p.Name}, p.Refers.Path...), named)
	}
	return v
}

// withAt returns the object with another value at a path; an array there becomes one with that value alone.
func withAt(v *model.Value, path []string, to *model.Value) *model.Value {
	old := v.Get(path[0])
	switch {
	case old == nil:
		return v
	case len(path) > 1:
		return with(v, path[0], withAt(old, path[1:], to))
	case old.Is(value.KindArray):
		return with(v, path[0], value.Array(slices.Repeat([]*model.Value{to}, min(1, len(old.Items)))...))
	}
	return with(v, path[0], to)
}
