package schema

import (
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// schemaHint says how a schema is written where something else stands for it under a name, which may be empty.
func schemaHint(v *value.Value, name string) string {
	if hint := truthHint(v); hint != "" {
		return hint
	}
	meant := value.Object(value.NewMember("type", value.String("string")))
	switch {
	case v.Is(value.KindArray) && len(v.Items) > 0 && !slices.ContainsFunc(v.Items, func(item *value.Value) bool { return !isTypeWord(item) }):
		meant.Set("type", v)
	case v.Is(value.KindString) && isFileName(v.Text):
		meant = value.Object(value.NewMember("$ref", v))
	case isTypeWord(v):
		meant.Set("type", v)
	case v.Is(value.KindString):
		word, format := typeMeant(v.Text)
		if word != "" {
			meant.Set("type", value.String(word))
		}
		if format != "" {
			meant.Set("format", value.String(format))
		}
	}
	if name == "" {
		return "write \"" + value.Flow(meant) + "\""
	}
	return "write \"" + value.FlowMember(value.NewMember(name, meant)) + "\""
}

func isTypeWord(v *value.Value) bool {
	return v.Is(value.KindString) && slices.Contains(typeWords, v.Text)
}

// isFileName reports whether a text that stands for a schema is one that a reference would have.
func isFileName(text string) bool {
	file, _, isPointer := strings.Cut(text, "#/")
	return isPointer || slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(file))
}

// listHint says how a list of schemas is written.
func listHint(m value.Member) string {
	const longest = 60
	if text := value.Flow(m.Value); m.Value.Is(value.KindObject) && len(m.Value.Members) > 0 && len(text) <= longest {
		return "write \"" + value.FlowMember(value.NewMember(m.Name, value.Array(m.Value))) + "\""
	}
	return "write it as [SCHEMA, ...]"
}

// numberHint says how a number is written that stands in quotes, or nothing.
func numberHint(m value.Member) string {
	if !m.Value.Is(value.KindString) {
		return ""
	}
	read := value.Parse("", []byte(m.Value.Text), &value.Problems{})
	if len(read) != 1 || !read[0].Is(value.KindNumber) {
		return ""
	}
	return "write \"" + value.FlowMember(value.NewMember(m.Name, read[0])) + "\", without quotes"
}

// textHint says how a text is written where a number or a boolean stands for it, and where a property belongs that has the
// name of a keyword.
func textHint(m value.Member) string {
	if m.Value.Is(value.KindObject) {
		if isTooDeep(m) {
			return "indent " + value.NamesOf(m.Value) + " less: it belongs beside \"" + m.Name + "\""
		}
		return "put a property of that name under \"properties\""
	}
	if m.Value.Is(value.KindNull) && m.Name == "$ref" {
		return "write a reference in quotes, such as \"#/schema/items\""
	}
	if m.Value.Is(value.KindNumber) || m.Value.Is(value.KindBool) {
		return "put it in quotes"
	}
	return ""
}

// isTooDeep reports whether what stands on the lines below a keyword are keywords, with values of their own.
func isTooDeep(m value.Member) bool {
	v := m.Value
	return len(v.Members) > 0 && v.Pos.Line > m.Pos.Line && !slices.ContainsFunc(v.Members, func(below value.Member) bool {
		return !IsKeyword(below.Name) || below.Value.Is(value.KindObject)
	}) && m.Value.Get("type") == nil
}
