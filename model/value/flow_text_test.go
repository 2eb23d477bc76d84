package value_test

import (
	"testing"

	"github.com/firestoned/firestone/model/value"
)

// What is written is read again as the same value.
func TestFlow(t *testing.T) {
	for written, want := range map[string]string{
		`{"a": [1, true, null, "b c"], "d": {}}`:  "{a: [1, true, null, b c], d: {}}",
		`["1", "true", "", " a", "a ", ".inf"]`:   "['1', 'true', '', ' a', 'a ', '.inf']",
		`["a: b", "it's", "a, b", "#", "~", "-"]`: "['a: b', 'it''s', 'a, b', '#', '~', '-']",
		`["a/b.yaml", "$ref", "Größe", "x\ny"]`:   `[a/b.yaml, $ref, Größe, "x\ny"]`,
		`{"on off": {"5": 1.0}}`:                  "{on off: {'5': 1.0}}",
	} {
		v := value.Parse("", []byte(written), &value.Problems{})[0]
		if got := value.Flow(v); got != want {
			t.Errorf("%s: %s, want %s", written, got, want)
		}
		if again := value.Parse("", []byte(want), &value.Problems{}); len(again) != 1 || !again[0].Equal(v) {
			t.Errorf("%s is not %s", want, written)
		}
	}
}
