package value

import "slices"

// LooksLikeSchema reports whether v contains an object with a default or example next to a type or similar keyword,
// which OpenAPI linters treat as a schema.
func (v *Value) LooksLikeSchema() bool { return v.looksLikeSchema("") }

// looksLikeSchema answers as the rule oas3-valid-schema-example of Spectral finds schemas, in examples too; key is the name
// of the member whose value v is.
func (v *Value) looksLikeSchema(key string) bool {
	if v == nil {
		return false
	}
	if key != "properties" && (v.Has("example") || v.Has("default")) && slices.ContainsFunc(v.Members, describes) {
		return true
	}
	return slices.ContainsFunc(v.Items, func(item *Value) bool { return item.looksLikeSchema("") }) ||
		slices.ContainsFunc(v.Members, func(m Member) bool { return m.Value.looksLikeSchema(m.Name) })
}

// describes reports whether a member makes an object a schema: its value must be truthy in JavaScript.
func describes(m Member) bool {
	if !slices.Contains([]string{"enum", "type", "format", "$ref", "properties", "items"}, m.Name) {
		return false
	}
	switch m.Value.Kind {
	case KindNull:
		return false
	case KindBool:
		return m.Value.IsTrue()
	case KindString:
		return m.Value.Text != ""
	case KindNumber:
		n, ok := m.Value.Rat()
		return !ok || n.Sign() != 0
	}
	return true
}
