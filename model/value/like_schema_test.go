package value_test

import (
	"testing"

	"github.com/firestoned/firestone/model/value"
)

func TestLooksLikeSchema(t *testing.T) {
	for text, want := range map[string]bool{
		`{"type": "text", "default": "x"}`: true, `{"type": "text"}`: false, `{"default": "x"}`: false, `{"format": "pdf", "example": null}`: true,
		`{"type": "", "default": 1, "items": null, "enum": 0, "format": false}`: false, `{"items": [], "default": 1}`: true, `{"enum": 0.5, "default": 1}`: true,
		`{"properties": {"type": "a", "default": 1}}`: false, `{"a": [{"b": {"$ref": "c", "example": 1}}]}`: true,
		`{"properties": [{"type": "a", "default": 1}]}`: true, `{"type": {"default": 1}}`: false, `[1, "type", "default"]`: false,
	} {
		var problems value.Problems
		v := value.Parse("x.json", []byte(text), &problems)[0]
		if got := v.LooksLikeSchema(); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}
