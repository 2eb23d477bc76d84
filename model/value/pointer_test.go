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

func TestPlaces(t *testing.T) {
	const text = "title: Solaris\nauthor:\n  born: [1921, 9, 12]\n\"a/b\": {\"\": x}\n7: y\n"
	var problems value.Problems
	v := value.Parse("f.yaml", []byte(text), &problems)[0]
	for pointer, want := range map[string]string{
		"": "1:1", "/title": "1:8", "/author/born/2": "3:19", "/a~1b/": "4:13", "/7": "5:4",
		"/none": "1:1", "/author/name": "3:3", "/author/born/3": "3:9", "/author/born/-1": "3:9", "/author/born/x/y": "3:9", "/title/0": "1:8",
	} {
		if got := value.PlaceOf(v, pointer).String(); got != "f.yaml:"+want {
			t.Errorf("%q is at %s, want %s", pointer, got, want)
		}
	}
	for pointer, want := range map[string]string{"/author/born/0": "1921", "/a~1b/": "x", "/7": "y", "/author/born/3": "", "/title/0": ""} {
		if got := value.At(v, pointer).Written(); got != want {
			t.Errorf("%q is %q, want %q", pointer, got, want)
		}
	}
	if value.At(v, "") != v || value.At(nil, "/a") != nil {
		t.Error("no steps lead somewhere else")
	}
}
