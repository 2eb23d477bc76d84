package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// keepsCondition reports whether an if can stay: its result would change if the form lacks something that it depends
// on, or if an update sends only a part.
func (s shaper) keepsCondition(v *value.Value, o object) bool {
	condition := v.Get("if")
	return condition != nil && !o.isMerged() && !(o.isReduced && s.looksAt(condition, o))
}

// negation returns what must not match, or nil if a not cannot stay, for the same reasons as an if, or no longer has
// any effect: what is not sent cannot be required.
func (s shaper) negation(v *value.Value, o object) *value.Value {
	if o.isMerged() && s.forms.mayBeObject(v, o.form) {
		return nil
	}
	if OnlyAnnotates(v, "required", "type") {
		if slices.ContainsFunc(listOf(v.Get("required")), func(item *value.Value) bool { return o.gone.has(item.Text) }) {
			return nil
		}
		return v
	}
	if o.isReduced && s.looksAt(v, o) {
		return nil
	}
	return s.asWritten(v, o)
}

// asWritten shapes a schema that depends on nothing that the form lacks.
func (s shaper) asWritten(v *value.Value, o object) *value.Value {
	o.isWhole, o.isReduced = o.form == Update, false
	return s.branch(v, o)
}

// looksAt reports whether the validity of a schema may depend on something that the form lacks.
func (s shaper) looksAt(v *value.Value, o object) bool {
	found := s.forms.isMarkedWithin(v, o.form)
	s.forms.everywhere(v, o.form, func(sub *value.Value) {
		for _, m := range sub.Members {
			switch m.Name {
			case "properties":
				for _, p := range m.Value.Members {
					found = found || o.loose.has(p.Name) || !isLeaf(p.Value)
				}
			case "required":
				found = found || slices.ContainsFunc(m.Value.Items, func(item *value.Value) bool { return o.loose.has(item.Text) })
			case "dependentRequired", "dependentSchemas", "minProperties", "maxProperties", "propertyNames", "patternProperties",
				"additionalProperties", "unevaluatedProperties", "items", "prefixItems", "contains", "uniqueItems", "unevaluatedItems":
				found = true
			case "const", "enum":
				found = found || !isLeaf(value.Object(m))
			}
		}
	})
	return found
}
