package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// composing are the keywords that let another schema describe the same value, or the properties or items of it.
var composing = []string{
	"$ref", "$dynamicRef", "$recursiveRef", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies",
	"patternProperties", "contains",
}

func isComposed(v *value.Value) bool { return slices.ContainsFunc(composing, v.Has) }

// unlisted warns of names that an object directly inside a schema requires and does not list. JSON Schema allows that, as
// others may describe the same object: where they can, nothing is said.
func (c checker) unlisted(v *value.Value) {
	if c.isPart || c.isForeign {
		return
	}
	for _, m := range v.Members {
		switch m.Name {
		case "properties":
			for _, property := range value.Members(m.Value) {
				c.listed(property.Value)
			}
		case "items", "additionalProperties":
			c.listed(m.Value)
		}
	}
}

// listed does so for one object.
func (c checker) listed(v *value.Value) {
	properties, required := v.Get("properties"), v.Get("required")
	others := v.Get("additionalProperties")
	if !properties.Is(value.KindObject) || !required.Is(value.KindArray) || others != nil && !others.IsFalse() || v.Has("unevaluatedProperties") || isComposed(v) {
		return
	}
	var names []string
	for _, m := range properties.Members {
		names = append(names, m.Name)
	}
	for _, item := range required.Items {
		if item.Is(value.KindString) && !slices.Contains(names, item.Text) {
			hint := name.Suggest(item.Text, names, "%q", `add it to "properties", or remove it here`)
			c.problems.Warn(value.UnknownRequired, item.Pos, hint, "required names %q, which is not a property of this object", item.Text)
		}
	}
}
