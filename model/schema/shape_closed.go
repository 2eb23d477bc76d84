package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// closed lets a shaped schema take every name that a valid value may have, where it refuses some. v is what it was made of.
//
// What an update removes may be known to another alternative alone, so that null is accepted for it. What is known to
// branches that the form has loosened counts as known.
func (s shaper) closed(v, made *value.Value, o object) *value.Value {
	isLoosened := (o.isMerged() || o.isReduced) && slices.ContainsFunc([]string{"anyOf", "oneOf", "if", "dependentSchemas"}, func(keyword string) bool {
		return s.forms.has(v, keyword, o.form)
	})
	unevaluated := made.Get("unevaluatedProperties")
	if unevaluated != nil && !isOpen(unevaluated) && isLoosened {
		made = s.listed(v, made, o)
	}
	if !o.isMerged() || len(o.others) == 0 {
		return made
	}
	made = edit(made, func(m value.Member) (value.Member, bool) { return m, m.Name != "propertyNames" })
	own := s.forms.names(v, o.form)
	switch {
	case made.Get("additionalProperties").IsFalse():
		own = known{patterns: own.patterns}
		return s.removed(made, "additionalProperties", own, o)
	case made.Get("unevaluatedProperties").IsFalse() && !own.isOpen:
		return s.removed(made, "unevaluatedProperties", own, o)
	}
	return made
}

// listed writes an unevaluatedProperties as an additionalProperties beside all names that any branch knows; where those
// are not known, it is left out.
func (s shaper) listed(v, made *value.Value, o object) *value.Value {
	known := s.forms.names(v, o.form)
	unevaluated := made.Member("unevaluatedProperties")
	made = edit(made, func(m value.Member) (value.Member, bool) { return m, m.Name != "unevaluatedProperties" })
	if known.isOpen || made.Has("additionalProperties") {
		return made
	}
	made = copyOf(made)
	for _, list := range []struct {
		keyword string
		names   []string
	}{{"properties", known.names}, {"patternProperties", known.patterns}} {
		all := value.Object(slices.Clone(value.Members(made.Get(list.keyword)))...)
		for _, name := range list.names {
			if !all.Has(name) && !(o.gone[name] && list.keyword == "properties") {
				all.Members = append(all.Members, value.NewMember(name, value.Object()))
			}
		}
		if len(all.Members) > 0 {
			made.Set(list.keyword, all)
		}
	}
	made.Set("additionalProperties", unevaluated.Value)
	return made
}

// removed has a schema that refuses names but its own accept null for those that other alternatives know.
func (s shaper) removed(made *value.Value, keyword string, own known, o object) *value.Value {
	made = copyOf(made)
	properties := value.Object(slices.Clone(value.Members(made.Get("properties")))...)
	for _, other := range o.others {
		known := s.forms.names(other, o.form)
		if known.isOpen || known.isUnbounded || len(known.patterns)+len(own.patterns) > 0 {
			made.Set(keyword, null())
			continue
		}
		gone := s.goneFrom(other, o.form)
		for _, name := range known.names {
			if !properties.Has(name) && !gone[name] && !slices.Contains(own.names, name) {
				properties.Members = append(properties.Members, value.NewMember(name, null()))
			}
		}
	}
	if len(properties.Members) > 0 {
		made.Set("properties", properties)
	}
	return made
}

func null() *value.Value { return value.Object(value.NewMember("type", value.String("null"))) }

// known are the names of properties that a schema speaks of, whichever of its branches holds.
type known struct {
	names, patterns []string
	isOpen          bool // it speaks of all others too
	isUnbounded     bool // it refuses no others
}

func (f *Forms) names(v *value.Value, form Form) known {
	k := known{isUnbounded: true}
	f.sometimes(v, form, func(sub *value.Value) {
		for _, p := range Properties(sub) {
			if !slices.Contains(k.names, p.Name) {
				k.names = append(k.names, p.Name)
			}
		}
		for _, p := range value.Members(sub.Get("patternProperties")) {
			if !slices.Contains(k.patterns, p.Name) {
				k.patterns = append(k.patterns, p.Name)
			}
		}
		for _, keyword := range []string{"additionalProperties", "unevaluatedProperties"} {
			others := sub.Get(keyword)
			k.isOpen = k.isOpen || others != nil && !others.IsFalse() && (sub != v || keyword == "additionalProperties")
		}
	})
	f.always(v, form, func(sub *value.Value) {
		k.isUnbounded = k.isUnbounded && !sub.Get("additionalProperties").IsFalse() && !sub.Get("unevaluatedProperties").IsFalse()
	})
	return k
}

// has reports whether a schema, or one that holds of the same data, has a keyword.
func (f *Forms) has(v *value.Value, keyword string, form Form) bool {
	found := false
	f.sometimes(v, form, func(sub *value.Value) { found = found || sub.Has(keyword) })
	return found
}

// othersAt returns what a property may have fitted before an update, other than its schema.
func (s shaper) othersAt(o object, name string) []*value.Value {
	var others []*value.Value
	for _, other := range o.others {
		s.forms.sometimes(other, o.form, func(sub *value.Value) {
			candidates := []*value.Value{sub.Get("additionalProperties"), sub.Get("unevaluatedProperties")}
			for _, p := range Properties(sub) {
				if p.Name == name || name == anyName {
					candidates = append(candidates, p.Value)
				}
			}
			for _, p := range value.Members(sub.Get("patternProperties")) {
				candidates = append(candidates, p.Value)
			}
			for _, candidate := range candidates {
				if candidate.IsTrue() {
					candidate = value.Object()
				}
				if candidate.Is(value.KindObject) && MayBeObject(candidate, s.forms.component(o.form)) {
					others = append(others, candidate)
				}
			}
		})
		if s.forms.names(other, o.form).isUnbounded {
			others = append(others, value.Object())
		}
	}
	return others
}
