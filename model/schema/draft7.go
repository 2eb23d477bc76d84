package schema

import (
	"github.com/firestoned/firestone/model/value"
)

// tuple7 writes prefixItems and the items behind them as draft 7 does (validation, section 6.4): items and
// additionalItems.
func tuple7(v *value.Value) {
	if !v.Has("prefixItems") {
		return
	}
	rename(v, "items", "additionalItems")
	rename(v, "prefixItems", "items")
}

// dependencies7 joins what came out of draft 7's dependencies (validation, section 6.5.7) there again.
func dependencies7(v *value.Value) {
	joined := &value.Value{Kind: value.Object}
	first := v.Member("dependentRequired")
	if first == nil {
		first = v.Member("dependentSchemas")
	}
	if first == nil {
		return
	}
	pos := first.Pos
	for _, name := range []string{"dependentRequired", "dependentSchemas"} {
		for _, m := range membersOf(v.Get(name)) {
			if names := joined.Get(m.Name); names != nil {
				required := value.Member{Name: "required", Pos: m.Pos, Value: names}
				list := value.List(&value.Value{Kind: value.Object, Members: []value.Member{required}, Pos: m.Pos}, m.Value)
				m.Value = &value.Value{Kind: value.Object, Members: []value.Member{{Name: "allOf", Pos: m.Pos, Value: list}}, Pos: m.Pos}
			}
			joined.Set(m.Name, m.Value)
		}
	}
	v.Delete("dependentSchemas")
	v.Delete("dependentRequired")
	v.Members = append(v.Members, value.Member{Name: "dependencies", Pos: pos, Value: joined})
}

func membersOf(v *value.Value) []value.Member {
	if v == nil {
		return nil
	}
	return v.Members
}

// contains7 keeps a contains that need not match out of draft 7, which always wants one.
func (w *writer) contains7(v *value.Value) {
	least, isNumber := v.Get("minContains").Rat()
	if m := v.Member("contains"); m != nil && isNumber && least.Sign() == 0 {
		m.Name = "x-contains"
		m.Value = w.schema(m.Value)
		w.weaker = w.weaker || v.Has("maxContains")
	}
}

// discriminator7 writes the name alone, as AsyncAPI's schema object has it; the rest becomes an extension, whose
// mapping holds references, so that a component that only the mapping names is not taken for an unused one.
func (w *writer) discriminator7(v *value.Value) {
	m := v.Member("discriminator")
	if m == nil || !m.Value.Get("propertyName").Is(value.String) {
		return
	}
	whole := w.discriminator(m.Value)
	mapped := m.Value.Get("mapping")
	if mapping := whole.Member("mapping"); mapped.Is(value.Object) {
		mapping.Value = edit(mapping.Value, func(to value.Member) (value.Member, bool) {
			if _, ok := componentOf(mapped.Get(to.Name)); ok {
				ref := value.Member{Name: "$ref", Pos: to.Value.Pos, Value: to.Value}
				to.Value = &value.Value{Kind: value.Object, Pos: to.Value.Pos, Members: []value.Member{ref}}
			}
			return to, true
		})
	}
	m.Value = whole.Get("propertyName")
	if len(whole.Members) > 1 && !v.Has("x-discriminator") {
		v.Set("x-discriminator", whole)
	}
}
