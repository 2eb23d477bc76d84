package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// shaper makes one form of a schema. Where nothing changes it returns what it was given.
type shaper struct {
	forms   *Forms
	rename  func(name string, form Form) string
	changed bool // rename is asked only for components that differ
}

// object is what is known of the data at one level, whichever of the schemas there says it.
type object struct {
	form     Form
	gone     map[string]bool // properties that the form does not have
	loose    map[string]bool // properties that it cannot require: gone, or gone in one branch
	required map[string]bool // what the schema requires
}

// level shapes a schema of data of its own: the root, a property, an item.
func (s shaper) level(v *value.Value, form Form) *value.Value {
	if !v.Is(value.KindObject) {
		return v
	}
	if isLeaf(v) {
		if form == Update && v.Has("default") {
			return edit(v, func(m value.Member) (value.Member, bool) { return m, m.Name != "default" })
		}
		return v
	}
	o := object{form: form, gone: map[string]bool{}, required: map[string]bool{}}
	s.forms.always(v, func(sub *value.Value) {
		s.mark(sub, form, o.gone)
		for _, item := range listOf(sub.Get("required")) {
			o.required[item.StringOr("")] = true
		}
	})
	if o.loose = o.gone; slices.ContainsFunc(inPlace, v.Has) {
		o.loose = map[string]bool{}
		s.forms.sometimes(v, func(sub *value.Value) { s.mark(sub, form, o.loose) })
	}
	return s.inPlace(v, o)
}

// isLeaf reports whether a schema holds no other, refers to none and says nothing of properties. Most do, and
// only their default differs between forms.
func isLeaf(v *value.Value) bool {
	return !slices.ContainsFunc(v.Members, func(m value.Member) bool {
		switch m.Name {
		case "type", "description", "title", "default", "enum", "format":
			return false
		}
		known := keywords[m.Name]
		switch known.shape {
		case anyData, dataList, enumList, aText, aTruth, aNumber, aBound, aPattern, anObject, externalPage, aPositive:
			return m.Name == "$ref"
		case aCount:
			return m.Name == "minProperties"
		}
		return true
	})
}

func listOf(v *value.Value) []*value.Value {
	if v == nil {
		return nil
	}
	return v.Items
}

func (s shaper) mark(v *value.Value, form Form, names map[string]bool) {
	for _, p := range Properties(v) {
		if s.forms.hidden(p.Value, form) {
			names[p.Name] = true
		}
	}
}

// branch shapes a schema that holds of the same data as the one around it, but not always.
func (s shaper) branch(v *value.Value, o object) *value.Value {
	gone := map[string]bool{}
	for name := range o.gone {
		gone[name] = true
	}
	s.forms.always(v, func(sub *value.Value) { s.mark(sub, o.form, gone) })
	o.gone = gone
	return s.inPlace(v, o)
}

// inPlace shapes a schema that holds of the data that o tells of.
func (s shaper) inPlace(v *value.Value, o object) *value.Value {
	condition := v.Get("if")
	// A condition on what the form does not have would hold, or fail, for other data than it was written for.
	conditional := condition != nil && o.form != Update && s.branch(condition, o) == condition
	return edit(v, func(m value.Member) (value.Member, bool) {
		switch m.Name {
		case "if":
			return m, conditional
		case "then", "else":
			if conditional {
				m.Value = s.branch(m.Value, o)
			}
			return m, conditional
		case "required":
			m.Value = without(m.Value, o.loose)
			return m, o.form != Update && len(m.Value.Items) > 0
		case "minProperties":
			return m, o.form != Update
		case "dependentRequired":
			m.Value = withoutDependents(m.Value, o.loose)
			return m, o.form != Update && len(m.Value.Members) > 0
		case "default":
			m.Value = s.data(m.Value, v, o)
			return m, o.form != Update
		case "examples":
			m.Value = eachItem(m.Value, func(item *value.Value) *value.Value { return s.data(item, v, o) })
		default:
			m.Value = s.keyword(m, o)
			if m.Name == "oneOf" && o.form == Update && m.Value != v.Get("oneOf") {
				// Branches that require nothing overlap, so that exactly one could never fit.
				m.Name = "anyOf"
				return m, !v.Has("anyOf")
			}
		}
		return m, true
	})
}

// keyword shapes the keywords that hold schemas or refer to them.
func (s shaper) keyword(m value.Member, o object) *value.Value {
	branch := func(sub *value.Value) *value.Value { return s.branch(sub, o) }
	switch m.Name {
	case "$ref":
		return s.reference(m.Value, o.form)
	case "discriminator":
		return s.discriminator(m.Value, o.form)
	case "properties", "patternProperties":
		return s.properties(m, o)
	case "additionalProperties", "unevaluatedProperties":
		if m.Value.Is(value.KindObject) {
			return s.removable(m.Value, o.form)
		}
	case "items", "prefixItems", "contains", "unevaluatedItems":
		whole := o.form
		if whole == Update {
			whole = Create
		}
		return rewriteShape(keywords[m.Name].shape, m.Value, func(sub *value.Value) *value.Value { return s.level(sub, whole) })
	case "allOf":
		return eachItem(m.Value, func(sub *value.Value) *value.Value { return s.inPlace(sub, o) })
	case "anyOf", "oneOf":
		return eachItem(m.Value, branch)
	case "dependentSchemas":
		return edit(eachMember(m.Value, branch), func(named value.Member) (value.Member, bool) { return named, !o.gone[named.Name] })
	}
	return m.Value
}

func (s shaper) properties(m value.Member, o object) *value.Value {
	return edit(m.Value, func(p value.Member) (value.Member, bool) {
		if m.Name == "properties" && o.gone[p.Name] || s.forms.hidden(p.Value, o.form) {
			return p, false
		}
		if m.Name == "properties" && o.required[p.Name] {
			p.Value = s.level(p.Value, o.form)
		} else {
			p.Value = s.removable(p.Value, o.form)
		}
		return p, true
	})
}

// removable shapes the schema of a property that an update may remove by sending null (RFC 7396).
func (s shaper) removable(v *value.Value, form Form) *value.Value {
	shaped := s.level(v, form)
	if form != Update || IsNullable(v, s.forms.Component) {
		return shaped
	}
	nullable := s.forms.nullable[shaped]
	if nullable == nil {
		nullable = OrNull(shaped)
		s.forms.nullable[shaped] = nullable
	}
	return nullable
}

func (s shaper) reference(ref *value.Value, form Form) *value.Value {
	name, ok := componentOf(ref)
	if !ok || form == Read || s.changed && !s.forms.Differs(name, form) {
		return ref
	}
	renamed := s.rename(name, form)
	if renamed == name {
		return ref
	}
	to := *RefTo(renamed).Get("$ref")
	to.Pos = ref.Pos
	return &to
}

func (s shaper) discriminator(v *value.Value, form Form) *value.Value {
	return edit(v, func(m value.Member) (value.Member, bool) {
		if m.Name == "mapping" {
			m.Value = eachMember(m.Value, func(ref *value.Value) *value.Value { return s.reference(ref, form) })
		}
		return m, true
	})
}

// data leaves out of an example what the form does not have, as deep as properties and items lead.
func (s shaper) data(data, v *value.Value, o object) *value.Value {
	return s.prune(data, v, o.form, o.gone)
}

func (s shaper) prune(data, v *value.Value, form Form, gone map[string]bool) *value.Value {
	switch {
	case data.Is(value.KindObject):
		return edit(data, func(m value.Member) (value.Member, bool) {
			if below := v.Get("properties").Get(m.Name); below != nil && !gone[m.Name] {
				m.Value = s.prune(m.Value, below, form, s.goneFrom(below, form))
			}
			return m, !gone[m.Name]
		})
	case data.Is(value.KindArray) && v.Get("items").Is(value.KindObject):
		items := v.Get("items")
		gone := s.goneFrom(items, form)
		return eachItem(data, func(item *value.Value) *value.Value { return s.prune(item, items, form, gone) })
	}
	return data
}

func (s shaper) goneFrom(v *value.Value, form Form) map[string]bool {
	gone := map[string]bool{}
	s.forms.always(v, func(sub *value.Value) { s.mark(sub, form, gone) })
	return gone
}
