package value

import (
	"strings"
	"testing"
)

// A number of a few characters must not take megabytes to compare: its exponent ends at 10,000 in both directions.
func TestExponentsAreBounded(t *testing.T) {
	for text, want := range map[string]bool{
		"1e10000": true, "-2.5E+10000": true, "1e-10000": true, "1e10001": false, "1e-10001": false, "1e99999999999999999999": false,
	} {
		v := &Value{Kind: KindNumber, Text: text}
		if _, ok := v.Rat(); ok != want {
			t.Errorf("%s has an exact value: %t, want %t", text, ok, want)
		}
	}
	if _, ok := (&Value{Kind: KindNumber, Text: strings.Repeat("9", 20_000)}).Rat(); !ok {
		t.Error("an integer of 20,000 digits has no exact value")
	}
}
