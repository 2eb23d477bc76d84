package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// Keep returns the value to store after a client has replaced a stored one, both of the schema whole: the sent value
// without readOnly members, plus those of the stored value, in the same places. It also works for a merged patch (RFC
// 7396).
//
// With whole {properties: {id: {readOnly: true}, name: {}, born: {}}}, storing {id: 7, name: Ada, born: 1815} and sending
// {id: 8, name: Grace} gives {id: 7, name: Grace}.
//
// Read-only members of an alternative that the value no longer matches are removed.
//
// An item of an array keeps the read-only members of the stored item that is equal for clients, else of the one at the
// same index, unless that is equal to another item; a new item has none. Neither value is modified.
func (p *Projector) Keep(whole, stored, sent *value.Value) *value.Value {
	return p.keep([]*value.Value{whole}, stored, sent)
}

func (p *Projector) keep(schemas []*value.Value, stored, sent *value.Value) *value.Value {
	switch {
	case !p.isMarked(schemas, readOnly):
		return sent
	case stored.Is(value.KindObject) && sent.Is(value.KindObject):
		return p.keepMembers(schemas, stored, sent)
	case stored.Is(value.KindArray) && sent.Is(value.KindArray):
		return p.keepItems(schemas, stored, sent)
	}
	return p.project(schemas, sent, Create)
}

func (p *Projector) keepMembers(schemas []*value.Value, stored, sent *value.Value) *value.Value {
	ofStored := p.holding(schemas, stored, Create)
	sent = edit(sent, func(m value.Member) (value.Member, bool) { // a merged patch contains them, possibly of another alternative
		isStored := stored.Has(m.Name) && stored.Get(m.Name).Equal(m.Value)
		return m, !isStored || !p.isHidden(p.ofMember(ofStored, m.Name), Create)
	})
	ofSent := p.holding(schemas, sent, Create)
	kept := edit(sent, func(m value.Member) (value.Member, bool) {
		schemas := p.ofMember(ofSent, m.Name)
		if p.isHidden(schemas, Create) {
			return m, false
		}
		if old := stored.Get(m.Name); old != nil {
			m.Value = p.keep(schemas, old, m.Value)
		} else {
			m.Value = p.project(schemas, m.Value, Create)
		}
		return m, true
	})
	at := 0 // after the last common member
	for _, m := range stored.Members {
		if i := slices.IndexFunc(kept.Members, func(k value.Member) bool { return k.Name == m.Name }); i >= 0 {
			at = i + 1
			continue
		}
		if !p.isHidden(p.ofMember(ofStored, m.Name), Create) || !p.isHidden(p.ofMember(ofSent, m.Name), Create) {
			continue
		}
		if kept == sent {
			kept = copyOf(sent)
		}
		kept.Members = slices.Insert(kept.Members, at, m)
		at++
	}
	return kept
}

func (p *Projector) keepItems(schemas []*value.Value, stored, sent *value.Value) *value.Value {
	ofSent, ofStored := p.holding(schemas, sent, Create), p.holding(schemas, stored, Create)
	forClients := p.eachItem(ofStored, stored, func(schemas []*value.Value, item *value.Value) *value.Value {
		return p.project(schemas, item, Create)
	})
	written := p.eachItem(ofSent, sent, func(schemas []*value.Value, item *value.Value) *value.Value {
		return p.project(schemas, item, Create)
	})
	before := predecessors(forClients.Items, written.Items)
	i := -1
	return p.eachItem(ofSent, sent, func(schemas []*value.Value, item *value.Value) *value.Value {
		if i++; before[i] < 0 {
			return written.Items[i]
		}
		return p.keep(schemas, stored.Items[before[i]], item)
	})
}

// predecessors returns for each item the index of the old item that it comes from, -1 for none: an equal one,
// preferably at the same index, else the one at the same index that no other item comes from.
func predecessors(old, items []*value.Value) []int {
	isTaken := make([]bool, len(old))
	before := make([]int, len(items))
	take := func(i, j int) {
		before[i], isTaken[j] = j, true
	}
	for i, item := range items {
		before[i] = -1
		if i < len(old) && old[i].Equal(item) {
			take(i, i)
		}
	}
	for i, item := range items {
		if before[i] >= 0 {
			continue
		}
		if j := slices.IndexFunc(old, item.Equal); j >= 0 {
			for ; j < len(old) && (isTaken[j] || !old[j].Equal(item)); j++ {
			}
			if j < len(old) {
				take(i, j)
			}
		}
	}
	for i := range items {
		if before[i] < 0 && i < len(old) && !isTaken[i] {
			take(i, i)
		}
	}
	return before
}
