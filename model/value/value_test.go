package value

import (
	"strings"
	"testing"
)

func TestEqual(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"1", "1.0", true}, {"1e2", "100", true}, {"1", "2", false}, {"'1'", "1", false}, {"~", "null", true}, {"~", "''", false}, {"true", "false", false},
		{"a", "a", true}, {"a", "b", false}, {"[]", "{}", false}, {"[1, 2]", "[1.0, 2]", true}, {"[1, 2]", "[2, 1]", false}, {"[1]", "[1, 2]", false},
		{"{a: 1, b: 2}", "{b: 2, a: 1}", true}, {"{a: 1}", "{a: 1, b: 2}", false}, {"{a: 1}", "{b: 1}", false}, {"{a: 1}", "{a: 2}", false},
		{"1e99999", "1e99999", true}, {"1e99999", "1e99998", false}, {"1", "1e99999", false}, {"1e99999", "1", false},
	} {
		if got := parse(t, test.a).Equal(parse(t, test.b)); got != test.want {
			t.Errorf("%s equals %s: %t, want %t", test.a, test.b, got, test.want)
		}
	}
	var none *Value
	if !none.Equal(nil) || none.Equal(&Value{}) || (&Value{}).Equal(nil) {
		t.Error("what is not there equals null")
	}
}

func TestCloneSharesNothing(t *testing.T) {
	v := parse(t, "{a: [1, {b: 2}], c: 3}")
	before := string(v.AppendJSON(nil, ""))
	c := v.Clone()
	if !c.Equal(v) || c.Member("c").Pos != v.Member("c").Pos {
		t.Errorf("the copy of %s is %s", before, c.AppendJSON(nil, ""))
	}
	c.Get("a").Items[0].Text = "9"
	c.Get("a").Items[1].Set("b", Int(9))
	c.Delete("c")
	if got := string(v.AppendJSON(nil, "")); got != before {
		t.Errorf("changing a copy made %s of %s", got, before)
	}
	if (*Value)(nil).Clone() != nil {
		t.Error("a copy of nothing is something")
	}
}

func TestWithLeavesTheObjectAsItIs(t *testing.T) {
	v := parse(t, "{a: 1, b: 2}")
	for name, want := range map[string]string{"a": `{"a":9,"b":2}`, "c": `{"a":1,"b":2,"c":9}`} {
		if got := string(With(v, name, Int(9)).AppendJSON(nil, "")); got != want {
			t.Errorf("with %s it is %s, want %s", name, got, want)
		}
	}
	if got := string(v.AppendJSON(nil, "")); got != `{"a":1,"b":2}` {
		t.Errorf("the object itself became %s", got)
	}
}

func TestIsInteger(t *testing.T) {
	for text, want := range map[string]bool{"1": true, "1.0": true, "15e-1": false, "1e2": true, "1.5": false, "1e99999": false, "'1'": false} {
		if got := parse(t, text).IsInteger(); got != want {
			t.Errorf("%s is an integer: %t, want %t", text, got, want)
		}
	}
}

func TestWrittenItems(t *testing.T) {
	if got := strings.Join(WrittenItems(parse(t, "[on, 1.0, 0x1F, on, ~]")), " "); got != "on 1.0 0x1F ~" {
		t.Errorf("got %s", got)
	}
}

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
