package state

import (
	"slices"
	"sync"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Record is a snapshot of a record. It is immutable.
type Record struct {
	Resource *model.Resource
	Keys     []string // that identify it, those of its parents first
	Seq      uint64   // of the change that produced it

	order    uint64                        // ascends with creation
	own      *model.Value                  // all that is stored except nested records
	children map[*model.Resource][]*Record // nested records, in order
	whole    *model.Value                  // all that is stored
	view     *model.Value                  // what the server returns of it
	text     func() []byte
}

// Whole returns all that is stored of the record, including write-only members.
func (r *Record) Whole() *model.Value { return r.whole }

// View returns what the server returns of the record.
func (r *Record) View() *model.Value { return r.view }

// JSON returns the View as JSON. It must not be modified.
func (r *Record) JSON() []byte { return r.text() }

// Created returns a number that ascends with creation within a collection.
func (r *Record) Created() uint64 { return r.order }

// Key returns the key of the record within its collection.
func (r *Record) Key() string { return r.Keys[len(r.Keys)-1] }

// newRecord returns a record with the given stored parts.
func (s *Store) newRecord(k *kind, keys []string, own *model.Value, children map[*model.Resource][]*Record) *Record {
	r := &Record{Resource: k.Resource, Keys: keys, own: own, children: children, whole: own}
	for _, n := range k.nested {
		r.whole = withNested(r.whole, n, children[n.Resource])
	}
	r.view = s.projector.Project(k.Read.Whole, r.whole, model.Read)
	r.text = sync.OnceValue(func() []byte { return r.view.AppendJSON(nil, "") })
	return r
}

// withNested returns the value with the nested records in the property that holds them. If there are none, the property
// is omitted unless it is required or was given.
func withNested(v *model.Value, n *nesting, records []*Record) *model.Value {
	if given := v.Get(n.ParentProperty); len(records) == 0 && (given != nil || !n.property.IsRequired) {
		return v
	}
	list := value.Array()
	for _, r := range records {
		list.Items = append(list.Items, r.whole)
	}
	return value.With(v, n.ParentProperty, list)
}

// with returns the record with its nested records of one kind replaced.
func (s *Store) with(k *kind, r *Record, child *model.Resource, records []*Record) *Record {
	children := map[*model.Resource][]*Record{child: records}
	for resource, others := range r.children {
		if resource != child {
			children[resource] = others
		}
	}
	changed := s.newRecord(k, r.Keys, r.own, children)
	changed.Seq, changed.order = r.Seq, r.order
	return changed
}

// child returns the nested record of that key, or nil.
func (r *Record) child(resource *model.Resource, key string) *Record {
	for _, c := range r.children[resource] {
		if c.Key() == key {
			return c
		}
	}
	return nil
}

// collection is the collection of a resource that is not nested.
type collection struct {
	records []*Record // in order
	byKey   map[string]*Record
	changed uint64 // the number of the last change in it
}

// at returns the index of a record in the order, or the index at which to insert it.
func (c *collection) at(order uint64) int {
	i, _ := slices.BinarySearchFunc(c.records, order, func(r *Record, order uint64) int {
		switch {
		case r.order < order:
			return -1
		case r.order > order:
			return 1
		}
		return 0
	})
	return i
}

// put replaces the record with the same key, or appends the record.
func (c *collection) put(r *Record) {
	if i := c.at(r.order); i < len(c.records) && c.records[i].order == r.order {
		c.records[i] = r
	} else {
		c.records = slices.Insert(c.records, i, r)
	}
	c.byKey[r.Key()] = r
}

// remove removes a record.
func (c *collection) remove(r *Record) {
	i := c.at(r.order)
	c.records = slices.Delete(c.records, i, i+1)
	delete(c.byKey, r.Key())
}
