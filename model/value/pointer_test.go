package value_test

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

func TestPointers(t *testing.T) {
	for want, steps := range map[string][]string{
		"": nil, "/a": {"a"}, "/a/0/b": {"a", "0", "b"}, "/": {""}, "/a~1b/m~0n/~01": {"a/b", "m~n", "~1"},
	} {
		if got := value.PointerTo("", steps...); got != want {
			t.Errorf("%q: got %s, want %s", steps, got, want)
		}
		if got := value.PointerTo("/at", steps...); got != "/at"+want {
			t.Errorf("%q below /at: got %s", steps, got)
		}
		for i, text := range strings.Split(want, "/")[1:] {
			if got := value.PointerStep(text); got != steps[i] {
				t.Errorf("%s means %q, want %q", text, got, steps[i])
			}
		}
	}
	if got := value.PointerTo("/at"); got != "/at" {
		t.Errorf("no steps lead to %s", got)
	}
}
