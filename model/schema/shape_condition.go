package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// keepsCondition reports whether an if can stay: it would hold, or fail, for other data than it was written for where the
// form does not have all that it looks at, and where an update sends a part.
func (s shaper) keepsCondition(v *value.Value, o object) bool {
	condition := v.Get("if")
	return condition != nil && !o.isMerged() && !(o.isReduced && s.looksAt(condition, o))
}

// negation returns what must not fit, or nil where a not cannot stay, as for an if, or says nothing any more: what is not
// sent cannot be required.
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

// asWritten shapes a schema that looks at nothing that the form does not have.
func (s shaper) asWritten(v *value.Value, o object) *value.Value {
	o.isWhole, o.isReduced = o.form == Update, false
	return s.branch(v, o)
}

// looksAt reports whether it may depend on what the form does not have whether a schema holds.
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
