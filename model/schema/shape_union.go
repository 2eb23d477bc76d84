package schema

import (
	"maps"
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// composition shapes allOf, anyOf and oneOf, and drops parts without assertions. If alternatives may overlap in the
// form, oneOf could become unsatisfiable, so it becomes anyOf.
func (s shaper) composition(m value.Member, o object) value.Member {
	if m.Name == "allOf" {
		made := eachItem(m.Value, func(sub *value.Value) *value.Value { return s.inPlace(sub, o) })
		if made != m.Value {
			made = keep(made, func(part *value.Value) bool { return !demandsNothing(part) })
		}
		return value.Member{Name: m.Name, Pos: m.Pos, Value: unlessEmpty(made)}
	}
	made := s.alternatives(m.Value, o)
	looksAt := func(branch *value.Value) bool { return s.looksAt(branch, o) }
	isLoosened := o.isMerged() || o.isReduced && (made != m.Value || slices.ContainsFunc(m.Value.Items, looksAt))
	if !isLoosened || made == m.Value && m.Name == "anyOf" {
		m.Value = made
		return m
	}
	if m.Name == "oneOf" && (len(made.Items) == 1 || !s.areDisjoint(m.Value.Items, o)) {
		m.Name = "anyOf"
	}
	if m.Name == "anyOf" && slices.ContainsFunc(made.Items, demandsNothing) {
		made = nil
	}
	m.Value = made
	return m
}

// alternatives shapes each of several schemas of which one applies. Before an update, another one may have applied.
func (s shaper) alternatives(list *value.Value, o object) *value.Value {
	if !list.Is(value.KindArray) {
		return list
	}
	var rivals *rivals
	if o.isMerged() {
		rivals = s.forms.rivalsIn(list.Items)
	}
	made := copyOf(list)
	made.Items = slices.Clone(list.Items)
	isChanged := false
	for i, branch := range list.Items {
		of := o
		of.rivals = rivals.without(i+1, o.rivals)
		made.Items[i] = s.branch(branch, of)
		isChanged = isChanged || made.Items[i] != branch
	}
	if !isChanged {
		return list
	}
	return made
}

// demandsNothing reports whether a schema accepts everything.
func demandsNothing(v *value.Value) bool { return v.IsTrue() || OnlyAnnotates(v) }

func unlessEmpty(list *value.Value) *value.Value {
	if list.Is(value.KindArray) && len(list.Items) == 0 {
		return nil
	}
	return list
}

// required returns the properties that a schema requires: directly, through its reference, by all its parts and by each
// of its alternatives. The result must not be modified.
func (f *Forms) required(v *value.Value) map[string]bool {
	if known, isKnown := f.requires[v]; isKnown || !v.Is(value.KindObject) {
		return known
	}
	f.requires[v] = nil // recursion
	names := map[string]bool{}
	add := func(of map[string]bool) { maps.Copy(names, of) }
	for _, item := range listOf(v.Get("required")) {
		names[item.StringOr("")] = true
	}
	if name, ok := RefName(v); ok && f.schemas[name] != nil {
		add(f.required(f.schema(name, Update)))
	}
	for _, part := range listOf(v.Get("allOf")) {
		add(f.required(part))
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		branches := slices.DeleteFunc(slices.Clone(listOf(v.Get(keyword))), func(branch *value.Value) bool { return !f.mayBeObject(branch, Read) })
		if len(branches) == 0 {
			continue
		}
		inAll := maps.Clone(f.required(branches[0]))
		for _, branch := range branches[1:] {
			of := f.required(branch)
			maps.DeleteFunc(inAll, func(name string, _ bool) bool { return !of[name] })
		}
		add(inAll)
	}
	f.requires[v] = names
	return names
}
