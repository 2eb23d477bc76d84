package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// closed makes a shaped schema that rejects some names accept every name that a valid value may have. v is the
// original.
//
// A property that an update removes may be known only to another alternative, so null is accepted for it. Properties of
// branches that the form has loosened count as known.
func (s shaper) closed(v, made *value.Value, o object) *value.Value {
	if unevaluated := made.Get("unevaluatedProperties"); unevaluated != nil && !isOpen(unevaluated) && (o.isMerged() || o.isReduced) &&
		slices.ContainsFunc([]string{"anyOf", "oneOf", "if", "dependentSchemas"}, func(keyword string) bool { return s.forms.has(v, keyword, o.form) }) {
		made = s.listed(v, made, o)
	}
	if !o.isMerged() || len(o.rivals) == 0 {
		return made
	}
	made = edit(made, func(m value.Member) (value.Member, bool) { return m, m.Name != "propertyNames" })
	for _, keyword := range []string{"additionalProperties", "unevaluatedProperties"} {
		if !made.Get(keyword).IsFalse() {
			continue
		}
		own := s.forms.names(v, o.form)
		if keyword == "additionalProperties" {
			own = known{patterns: own.patterns}
		} else if own.isOpen {
			break
		}
		return s.removed(made, keyword, own, o)
	}
	return made
}

// listed writes an unevaluatedProperties as an additionalProperties beside all names that any branch knows; if those
// are not known, it is dropped.
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
		listed := namesOf(all)
		for _, name := range list.names {
			if !listed[name] && !(o.gone.has(name) && list.keyword == "properties") {
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

// maxRemoved limits how many names are listed that an update may remove. If each of many alternatives listed the names
// of all others, the text would grow quadratically.
const maxRemoved = 100

// removed makes a schema that rejects unknown names accept null for the names that other alternatives know, or for any
// name if they know too many.
func (s shaper) removed(made *value.Value, keyword string, own known, o object) *value.Value {
	made = copyOf(made)
	written := value.Members(made.Get("properties"))
	listed := namesOf(made.Get("properties"))
	for _, name := range own.names {
		listed[name] = true
	}
	var added []value.Member
	for _, other := range o.rivals {
		other.read()
		if other.open.isBeside(other.but) || len(own.patterns) > 0 {
			made.Set(keyword, nothingButNull())
		}
		if len(own.patterns) > 0 {
			continue
		}
		for _, name := range other.known {
			if len(added) <= maxRemoved && name.by.isBeside(other.but) && !listed[name.name] {
				listed[name.name] = true
				added = append(added, value.NewMember(name.name, null()))
			}
		}
	}
	if len(added) > maxRemoved {
		made.Set(keyword, nothingButNull())
	} else if len(written)+len(added) > 0 {
		made.Set("properties", value.Object(slices.Concat(written, added)...))
	}
	return made
}

// namesOf returns the names of an object's members.
func namesOf(v *value.Value) map[string]bool {
	names := make(map[string]bool, len(value.Members(v)))
	for _, m := range value.Members(v) {
		names[m.Name] = true
	}
	return names
}

// nothingButNull is the schema null for properties of any name: Go generators turn the type null into a pointer there
// that they then do not fill.
func nothingButNull() *value.Value { return value.Object(value.NewMember("const", &value.Value{})) }

func null() *value.Value { return value.Object(value.NewMember("type", value.String("null"))) }

// known are the property names that any branch of a schema mentions.
type known struct {
	names, patterns []string
	isOpen          bool // it constrains all others as well
	isUnbounded     bool // it rejects no others
}

func (f *Forms) names(v *value.Value, form Form) known {
	k := known{isUnbounded: true}
	seen, seenPatterns := map[string]bool{}, map[string]bool{}
	add := func(to *[]string, seen map[string]bool, members []value.Member) {
		for _, m := range members {
			if !seen[m.Name] {
				seen[m.Name] = true
				*to = append(*to, m.Name)
			}
		}
	}
	f.sometimes(v, form, func(sub *value.Value) {
		add(&k.names, seen, Properties(sub))
		add(&k.patterns, seenPatterns, value.Members(sub.Get("patternProperties")))
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

// has reports whether a schema, or one that applies to the same data, has a keyword.
func (f *Forms) has(v *value.Value, keyword string, form Form) bool {
	found := false
	f.sometimes(v, form, func(sub *value.Value) { found = found || sub.Has(keyword) })
	return found
}
