package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// Fill returns v, a value of the schema whole, with its missing readOnly members added, at every depth and in arrays:
// made returns their values by name and schema, or nil to leave them out. A new member follows the one that precedes it
// in its schema. Alternatives count as for Project in Create. v is never modified.
//
// With whole {properties: {id: {readOnly: true}, name: {}, born: {readOnly: true}}} the value {name: Ada} becomes
// {id: made, name: Ada, born: made}.
func (p *Projector) Fill(whole, v *value.Value, made func(name string, schema *value.Value) *value.Value) *value.Value {
	return p.fill([]*value.Value{whole}, v, made)
}

// fill is Fill for a value to which several schemas apply.
func (p *Projector) fill(schemas []*value.Value, v *value.Value, made func(name string, schema *value.Value) *value.Value) *value.Value {
	if !v.Is(value.KindObject) && !v.Is(value.KindArray) || !p.isMarked(schemas, readOnly) {
		return v
	}
	holding := p.holding(schemas, v, Create)
	if v.Is(value.KindArray) {
		return p.eachItem(holding, v, func(schemas []*value.Value, item *value.Value) *value.Value { return p.fill(schemas, item, made) })
	}
	filled := edit(v, func(m value.Member) (value.Member, bool) {
		m.Value = p.fill(p.ofMember(holding, m.Name), m.Value, made)
		return m, true
	})
	return p.addMembers(holding, v, filled, made)
}

// addMembers adds missing properties of the schemas to filled, which is the object v or a copy of it.
func (p *Projector) addMembers(holding []*value.Value, v, filled *value.Value, made func(name string, schema *value.Value) *value.Value) *value.Value {
	at := 0 // after the last existing property
	for _, s := range holding {
		for _, property := range Properties(s) {
			if i := slices.IndexFunc(filled.Members, func(m value.Member) bool { return m.Name == property.Name }); i >= 0 {
				at = i + 1
				continue
			}
			if !p.isHidden(p.ofMember(holding, property.Name), Create) {
				continue
			}
			if member := made(property.Name, property.Value); member != nil {
				if filled == v {
					filled = copyOf(v)
				}
				filled.Members = slices.Insert(filled.Members, at, value.NewMember(property.Name, member))
				at++
			}
		}
	}
	return filled
}
