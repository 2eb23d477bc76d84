package output

import "testing"

func TestSentence(t *testing.T) {
	definition := func(name, how string) Cause { return Cause{Kind: Definition, Name: name, How: how} }
	a, b, c, d, e := definition("a.yaml", changed), definition("b.yaml", changed), definition("c.yaml", changed), definition("d.yaml", changed), definition("e.yaml", changed)
	pack := Cause{Kind: Template, Name: "embedded/openapi", How: changed, Program: "v1.2.0", Before: "v1.1.0"}
	tests := []struct {
		causes []Cause
		want   string
	}{
		{nil, ""},
		{[]Cause{a}, "the definition a.yaml changed"},
		{[]Cause{a, b}, "the definitions a.yaml and b.yaml changed"},
		{[]Cause{a, b, c}, "the definitions a.yaml, b.yaml and c.yaml changed"},
		{[]Cause{a, b, c, d}, "the definitions a.yaml, b.yaml and 2 more changed"},
		{[]Cause{a, b, c, d, e}, "the definitions a.yaml, b.yaml and 3 more changed"},
		{[]Cause{definition("0", added), a, definition("a1", added), b, definition("c", removed)},
			"the definitions 0 and a1 were added; the definitions a.yaml and b.yaml changed; the definition c was removed"},
		{[]Cause{a, {Kind: Template, Name: "t", How: changed}, pack, {Kind: Template, Name: "u", How: changed}, {Kind: Parameter, Name: "title", How: changed}},
			"the definition a.yaml changed; the templates t and u changed; the built-in pack openapi changed (firestone v1.2.0, was v1.1.0); the parameter title changed"},
		{[]Cause{{Kind: Template, Name: "embedded/a", How: added}, {Kind: Template, Name: "embedded/b", How: added}}, "the built-in pack a was added; the built-in pack b was added"},
		{[]Cause{{Kind: Definition, Name: "embedded/a", How: added}, {Kind: Definition, Name: "b", How: added}}, "the definitions embedded/a and b were added"},
		{[]Cause{{Kind: Edited}, {Kind: Merge}, {Kind: Unknown}}, "it was edited by hand; a merge left conflict markers in .firestone.lock; the cause is not recorded"},
	}
	for _, test := range tests {
		if got := Sentence(test.causes); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

// TestVersionsOfABuiltInPack: both are named where they differ, and the recorded one is that which made the files.
func TestVersionsOfABuiltInPack(t *testing.T) {
	dir := t.TempDir()
	item := itemOf("x", "a=1")
	with := func(program, digest string) {
		item.Inputs.Program, item.Inputs.Templates = program, []Input{{"embedded/openapi", digest}}
	}
	with("v1.0.0", "1")
	write(t, dir, item)
	with("v1.1.0", "1")
	isStill(t, dir, []Item{item})
	item.Files = itemOf("x", "a=2").Files
	for _, version := range []struct{ program, want string }{
		{"v1.2.0", "update a (the built-in pack openapi changed (firestone v1.2.0, was v1.0.0))"},
		{"v1.0.0", "update a (the built-in pack openapi changed)"},
	} {
		with(version.program, "2")
		plan, err := Compare(dir, []Item{item}, true)
		if got := summary(plan); err != nil || got != version.want {
			t.Errorf("got %s, %v", got, err)
		}
	}
}
