package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// composition shapes allOf, anyOf and oneOf; what is left of them without demands is left out. Where alternatives may
// overlap in the form, exactly one could never fit, and oneOf becomes anyOf.
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

// alternatives shapes each of several schemas of which one holds. Before an update, another one may have held.
func (s shaper) alternatives(list *value.Value, o object) *value.Value {
	if !list.Is(value.KindArray) {
		return list
	}
	component := s.forms.component(o.form)
	made := copyOf(list)
	made.Items = slices.Clone(list.Items)
	isChanged := false
	for i, branch := range list.Items {
		of := o
		if o.isMerged() {
			of.others = slices.Clone(o.others)
			for j, other := range list.Items {
				if i != j && MayBeObject(other, component) {
					of.others = append(of.others, other)
				}
			}
		}
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

// areDisjoint reports whether no value fits two of the schemas in the form: because of its type, or of a property that each
// of them requires, with values of its own.
func (s shaper) areDisjoint(list []*value.Value, o object) bool {
	for i, one := range list {
		for _, other := range list[:i] {
			if !s.forms.excludes(one, other, o) {
				return false
			}
		}
	}
	return true
}

// excludes reports whether two schemas have no value in common in the form.
func (f *Forms) excludes(a, b *value.Value, o object) bool {
	if !meet(f.types(a), f.types(b)) {
		return true
	}
	if o.isMerged() || !slices.Equal(f.types(a), []string{"object"}) && !slices.Equal(f.types(b), []string{"object"}) {
		return false
	}
	inA, inB := f.fixed(a, o), f.fixed(b, o)
	for name, valuesA := range inA {
		if valuesB, ok := inB[name]; ok && !slices.ContainsFunc(valuesA, func(v *value.Value) bool { return slices.ContainsFunc(valuesB, v.Equal) }) {
			return true
		}
	}
	return false
}

// types returns the types that a schema allows, as far as it says so.
func (f *Forms) types(v *value.Value) []string {
	all := slices.DeleteFunc(slices.Clone(typeWords), func(t string) bool { return t == "integer" })
	f.always(v, Read, func(sub *value.Value) {
		var own []string
		switch list := listOf(sub.Get("enum")); {
		case sub.Has("const"):
			own = []string{typeOf(sub.Get("const"))}
		case len(list) > 0:
			for _, item := range list {
				own = append(own, typeOf(item))
			}
		case sub.Has("type"):
			for _, t := range Types(sub) {
				if t == "integer" {
					t = "number"
				}
				own = append(own, t)
			}
		default:
			return
		}
		all = slices.DeleteFunc(all, func(t string) bool { return !slices.Contains(own, t) })
	})
	return all
}

// typeOf returns the type of a value, without regard to whole numbers.
func typeOf(v *value.Value) string {
	return map[value.Kind]string{
		value.KindNull: "null", value.KindBool: "boolean", value.KindNumber: "number", value.KindString: "string",
		value.KindArray: "array", value.KindObject: "object",
	}[v.Kind]
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(t string) bool { return slices.Contains(b, t) })
}

// fixed returns the values of the properties that a schema requires and lists the values of, those aside that are gone.
func (f *Forms) fixed(v *value.Value, o object) map[string][]*value.Value {
	required := f.required(v)
	values := map[string][]*value.Value{}
	f.always(v, Read, func(sub *value.Value) {
		for _, p := range Properties(sub) {
			if !required[p.Name] || o.gone[p.Name] || f.hidden(p.Value, o.form) {
				continue
			}
			if fixed := p.Value.Get("const"); fixed != nil {
				values[p.Name] = []*value.Value{fixed}
			} else if list := p.Value.Get("enum"); list.Is(value.KindArray) {
				values[p.Name] = list.Items
			}
		}
	})
	return values
}

// required returns the properties that a schema requires: itself, by what it refers to, by all its parts and by each of
// its alternatives.
func (f *Forms) required(v *value.Value) map[string]bool { return f.requiredWithin(v, nil) }

func (f *Forms) requiredWithin(v *value.Value, open []string) map[string]bool {
	names := map[string]bool{}
	add := func(of map[string]bool) {
		for name := range of {
			names[name] = true
		}
	}
	for _, item := range listOf(v.Get("required")) {
		names[item.StringOr("")] = true
	}
	if name, ok := RefName(v); ok && !slices.Contains(open, name) && f.schemas[name] != nil {
		add(f.requiredWithin(f.schema(name, Update), append(slices.Clip(open), name)))
	}
	for _, part := range listOf(v.Get("allOf")) {
		add(f.requiredWithin(part, open))
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		var inAll map[string]bool
		for _, branch := range listOf(v.Get(keyword)) {
			if !MayBeObject(branch, f.Component) {
				continue
			}
			of := f.requiredWithin(branch, open)
			if inAll == nil {
				inAll = of
			}
			for name := range inAll {
				if !of[name] {
					delete(inAll, name)
				}
			}
		}
		add(inAll)
	}
	return names
}
