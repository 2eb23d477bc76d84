package validate

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

// TestUniqueItemsOfLongLists puts a value and one that is equal to it, or not, into a list that is too long to compare
// in pairs.
func TestUniqueItemsOfLongLists(t *testing.T) {
	schema := validatetest.Parse(t, `{uniqueItems: true}`)
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{`1`, `1.0`, false}, {`1`, `10e-1`, false}, {`-0`, `0.00e5`, false}, {`120`, `1.2e2`, false}, {`1`, `-1`, true}, {`1`, `10`, true}, {`1`, `"1"`, true},
		{`0`, `false`, true}, {`null`, `""`, true}, {`null`, `null`, false}, {`true`, `true`, false}, {`"a"`, `"a"`, false},
		{`{a: 1, b: [2]}`, `{b: [2.0], a: 1.0}`, false}, {`{a: 1, b: 2}`, `{a: 2, b: 1}`, true}, {`{a: b}`, `{b: a}`, true},
		{`[1, 2]`, `[2, 1]`, true}, {`[[1], 2]`, `[[1], 2]`, false}, {`[]`, `{}`, true}, {`{}`, `{}`, false}, {`[1]`, `[[1]]`, true},
	} {
		list := value.Array(validatetest.Parse(t, c.a))
		for i := range 2 * fewItems {
			list.Items = append(list.Items, value.Array(value.Int(1000+i), value.String("filler")))
		}
		list.Items = append(list.Items, validatetest.Parse(t, c.b))
		if got := New(none).IsValid(schema, list); got != c.want {
			t.Errorf("%s and %s: %t", c.a, c.b, got)
		}
	}
}

// TestUniqueItemsTakeNoLong would take hours if items were compared in pairs.
func TestUniqueItemsTakeNoLong(t *testing.T) {
	list := value.Array()
	for i := range 200_000 {
		list.Items = append(list.Items, value.Object(value.NewMember("n", value.Int(i)), value.NewMember("text", value.String(strings.Repeat("x", i%7)))))
	}
	if faults := New(none).Check(validatetest.Parse(t, `{uniqueItems: true}`), list); faults != nil {
		t.Errorf("got %v", faults)
	}
	list.Items = append(list.Items, list.Items[199_998])
	got := written(New(none).Check(validatetest.Parse(t, `{uniqueItems: true}`), list))
	if want := "|uniqueItems|must not have equal items, but items 199998 and 200000 are equal"; len(got) != 1 || got[0] != want {
		t.Errorf("got %v", got)
	}
}
