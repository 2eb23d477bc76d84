package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// areDisjoint reports whether no value matches two of the schemas in the form: because of the types, or of a property
// that both require with different values.
func (s shaper) areDisjoint(list []*value.Value, o object) bool {
	ofType := map[string]int{}
	var objects []map[string]fixed
	others := 0 // that accept objects, among others
	for _, v := range list {
		types := s.forms.types(v)
		for _, t := range types {
			if ofType[t]++; ofType[t] > 1 && (t != "object" || o.isMerged()) {
				return false
			}
		}
		if slices.Contains(types, "object") {
			objects = append(objects, s.forms.fixed(v, o))
			if len(types) > 1 {
				others++
			}
		}
	}
	return others < 2 && areApart(objects)
}

// fixed are the identities of a property's possible values.
type fixed []string

// areApart reports whether any two objects differ in a property whose values both specify. If all specify one, only
// objects that share a value of it are compared further, so that one property that distinguishes all is sufficient.
func areApart(objects []map[string]fixed) bool {
	if len(objects) < 2 {
		return true
	}
	for name := range objects[0] {
		if slices.ContainsFunc(objects, func(o map[string]fixed) bool { _, tells := o[name]; return !tells }) {
			continue
		}
		if groups := sharing(objects, name); len(groups) > 1 {
			return !slices.ContainsFunc(groups, func(group []map[string]fixed) bool { return !areApart(group) })
		}
	}
	for i, one := range objects {
		for _, other := range objects[:i] {
			if !differ(one, other) {
				return false
			}
		}
	}
	return true
}

// sharing groups objects so that those of different groups share no value of a property.
func sharing(objects []map[string]fixed, name string) [][]map[string]fixed {
	group := make([]int, len(objects)) // the representative of the group, by object
	find := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	first := map[string]int{}
	for i, o := range objects {
		group[i] = i
		for _, v := range o[name] {
			if j, isKnown := first[v]; isKnown {
				group[find(i)] = find(j)
			} else {
				first[v] = i
			}
		}
	}
	at := map[int]int{}
	var groups [][]map[string]fixed
	for i, o := range objects {
		j, isKnown := at[find(i)]
		if !isKnown {
			j = len(groups)
			at[find(i)] = j
			groups = append(groups, nil)
		}
		groups[j] = append(groups[j], o)
	}
	return groups
}

// differ reports whether two objects have no common value of some property.
func differ(a, b map[string]fixed) bool {
	for name, values := range a {
		if others, tells := b[name]; tells && !slices.ContainsFunc(values, func(v string) bool { return slices.Contains(others, v) }) {
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

// fixed returns the values of the properties that a schema requires and enumerates, except those that are gone.
func (f *Forms) fixed(v *value.Value, o object) map[string]fixed {
	required := f.required(v)
	values := map[string]fixed{}
	f.always(v, Read, func(sub *value.Value) {
		for _, p := range Properties(sub) {
			if !required[p.Name] || o.gone.has(p.Name) {
				continue
			}
			list := listOf(p.Value.Get("enum"))
			if one := p.Value.Get("const"); one != nil {
				list = []*value.Value{one}
			} else if !p.Value.Get("enum").Is(value.KindArray) {
				continue
			}
			if f.hidden(p.Value, o.form) {
				continue
			}
			values[p.Name] = nil
			for _, item := range list {
				values[p.Name] = append(values[p.Name], value.Identity(item))
			}
		}
	})
	return values
}
