package schema

import (
	"regexp"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// items31 gives each array the items that OpenAPI linters require: anything if there are none. The result is
// equivalent. If that would affect an unevaluatedItems, the type becomes a list instead, which linters do not check.
func (w *writer) items31(v *value.Value) {
	m := v.Member("type")
	switch {
	case !isArray(v) || v.Has("items") || v.Has("unevaluatedItems"):
	case !w.use.isCounted:
		v.Set("items", &value.Value{Kind: value.KindObject, Pos: v.Pos})
	case m.Value.Is(value.KindString):
		m.Value = &value.Value{Kind: value.KindArray, Items: []*value.Value{m.Value}, Pos: m.Value.Pos}
	}
}

// isArray reports whether the schema's types include array.
func isArray(v *value.Value) bool { return HasType(v, "array") }

// What Markdown readers of a description would execute.
var (
	unsafeTag  = regexp.MustCompile(`(?i)<(script\b|[a-z][^>]*\bon[a-z]+\s*=)`)
	unsafeLink = regexp.MustCompile(`(?i)(\]\(\s*|\b(?:href|src)\s*=\s*["']?\s*)(javascript:)`)
)

// Harmless returns a Markdown text (OpenAPI 3.1, section 4.8.1) with scripts defused to text.
func Harmless(text string) string {
	if !strings.ContainsAny(text, "<(=") {
		return text
	}
	return unsafeLink.ReplaceAllString(unsafeTag.ReplaceAllString(text, "&lt;$1"), "${1}unsafe:${2}")
}

// harmless defuses scripts in a description, and keeps the original as x-description.
func harmless(v *value.Value) {
	m := v.Member("description")
	if m == nil {
		return
	}
	text := m.Value.StringOr("")
	if safe := Harmless(text); safe != text {
		kept := m.Value
		m.Value = &value.Value{Kind: value.KindString, Text: safe, Pos: kept.Pos}
		v.Set("x-description", kept)
	}
}
