package escape

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

func TestLowerIsBounded(t *testing.T) {
	nested := func(levels int) any {
		var v any = "x"
		for range levels {
			v = []any{v}
		}
		return v
	}
	text := strings.Repeat("x", maxBytes/4)
	array := value.Strings(text, text)
	tests := []struct {
		name string
		v    any
		want string
	}{
		{"many", make([]int, maxValues), ""},
		{"too many", make([]int, maxValues+1), "the action writes more than 1000000 values"},
		{"deep", nested(maxDepth), ""},
		{"too deep", nested(maxDepth + 1), "a value is nested deeper than 1000 levels"},
		{"long", []any{text, text, text}, ""},
		{"too long", []string{text, text, text, text}, "the action writes more than 64 MiB"},
		{"one text", text + text + text + text + text, ""},
		{"names", map[string]string{text + "a": text, text + "b": text}, "the action writes more than 64 MiB"},
		{"a definition", value.Array(array, array, array), ""}, // it stands as it was read
		{"definitions", []any{array, array}, "the action writes more than 64 MiB"},
		{"names of definitions", []any{value.Object(value.NewMember(text, array), value.NewMember(text, array))}, "the action writes more than 64 MiB"},
	}
	for _, test := range tests {
		_, err := lower(test.v)
		if got := message(err); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.(value.Problem).Msg
}
