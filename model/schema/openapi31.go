package schema

import (
	"regexp"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// items31 gives each array items that linters of OpenAPI documents find: anything where nothing is said. It changes
// nothing that is accepted. Where an unevaluatedItems counts what items says it would, so that the type becomes a list, of
// which linters ask nothing.
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

// isArray reports whether the schema names the type array, among others or alone.
func isArray(v *value.Value) bool { return HasType(v, "array") }

// What readers of documents that take a description for Markdown would run.
var (
	unsafeTag  = regexp.MustCompile(`(?i)<(script\b|[a-z][^>]*\bon[a-z]+\s*=)`)
	unsafeLink = regexp.MustCompile(`(?i)(\]\(\s*|\b(?:href|src)\s*=\s*["']?\s*)(javascript:)`)
)

// Harmless returns a text that readers take for Markdown (OpenAPI 3.1, section 4.8.1) with scripts in it as text.
func Harmless(text string) string {
	if !strings.ContainsAny(text, "<(=") {
		return text
	}
	return unsafeLink.ReplaceAllString(unsafeTag.ReplaceAllString(text, "&lt;$1"), "${1}unsafe:${2}")
}

// harmless writes a description with scripts as text, and keeps it as it is under x-description.
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
