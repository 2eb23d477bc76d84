package definition

import (
	"testing"

	"github.com/firestoned/firestone/model/value"
)

func TestVersion(t *testing.T) {
	for written, want := range map[string]string{
		"{}": "v1", "apiVersion: 2": "v2", "apiVersion: v3": "v3", "apiVersion: V4": "V4", "apiVersion: 1.0": "v1.0", "apiVersion: 0x1F": "v0x1F",
	} {
		var problems Problems
		d := &Definition{Root: value.Parse("a.yaml", []byte(written), &problems)[0]}
		if got := d.Version(); got != want {
			t.Errorf("%s is the version %s, want %s", written, got, want)
		}
	}
}

func TestIsName(t *testing.T) {
	for text, want := range map[string]bool{
		"book": true, "Straße": true, "道路": true, "v2_item-3": true, "cafe\u0301": true, "b9": true,
		"": false, "9b": false, "_b": false, "-b": false, "\u0301a": false, "a b": false, "a/b": false, "a.b": false, "a😀": false,
	} {
		if got := isName(text); got != want {
			t.Errorf("%q can name a resource: %t, want %t", text, got, want)
		}
	}
}
