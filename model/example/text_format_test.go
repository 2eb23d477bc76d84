package example

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

// TestFormsFit holds every text that is offered for a format against that format, here and at the judge's.
func TestFormsFit(t *testing.T) {
	for format, f := range forms {
		schema := value.Object(value.NewMember("type", value.String("string")), value.NewMember("format", value.String(format)))
		judge := validatetest.NewJudge(t, schema, nil)
		for _, text := range []string{f.first, strings.Replace(f.numbered, "%", "2", 1), f.short} {
			if text == "" {
				continue
			}
			if v := value.String(text); !New(none).IsValid(schema, v) || !judge.Accepts(v) {
				t.Errorf("%s: %q does not fit", format, text)
			}
		}
		got, ok := New(none).ExampleOf("größe", schema)
		if !ok || got.Text != f.first {
			t.Errorf("%s: got %v", format, got)
		}
	}
}
