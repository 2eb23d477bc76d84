package value

import (
	"strings"
	"testing"
)

func TestCheckKeys(t *testing.T) {
	keys := []Key{
		{Name: "name", Kind: KindString, IsRequired: true, Slips: []string{"title"}, Add: "name: NAME"}, {Name: "parameters", Kind: KindObject, Slips: []string{"set"}}, {Name: "default"},
		{Name: "strict", Kind: KindBool}, {Name: "list", Kind: KindArray},
	}
	for _, test := range []struct{ text, want string }{
		{"name: a\nparameters: {}\ndefault: [1]", ""},
		{"name: a\ndefault: ~", ""},
		{"- name", "f:1:1: a thing must be an object, not a list [FS2002]\n  hint: expected an object with name"},
		{"a", "f:1:1: a thing must be an object, not \"a\" [FS2002]\n  hint: write \"{name: a}\""},
		{"name: a\nlist: {b: c}", "f:2:7: list of a thing cannot be an object [FS2002]\n  hint: write \"list: [{b: c}]\""},
		{"name: a\nlist: b", "f:2:7: list of a thing cannot be \"b\" [FS2002]\n  hint: write \"list: [b]\""},
		{"name: a\nlist: 1", "f:2:7: list of a thing cannot be the number 1 [FS2002]\n  hint: expected a list"},
		{"~", "f:1:1: a thing must be an object, not null [FS2002]\n  hint: expected an object with name"},
		{"parameters: {}", "f:1:1: a thing has no name [FS2003]\n  hint: add `name: NAME`"},
		{"name: 1", "f:1:7: name of a thing cannot be the number 1 [FS2002]\n  hint: write \"name: '1'\""},
		{"name:\nparameters: {}", "f:1:6: name of a thing cannot be null [FS2002]\n  hint: expected a string"},
		{"name: a\nparamters: {}", "f:2:1: unknown key \"paramters\" in a thing [FS2001]\n  hint: did you mean \"parameters\"?"},
		{"name: a\nSet: {}", "f:2:1: unknown key \"Set\" in a thing [FS2001]\n  hint: did you mean \"parameters\"?"},
		{"name: a\nzz: {}", "f:2:1: unknown key \"zz\" in a thing [FS2001]\n  hint: expected one of name, parameters, default, strict, list"},
		{"name: a\n\"\": {}", "f:2:1: unknown key \"\" in a thing [FS2001]\n  hint: expected one of name, parameters, default, strict, list"},
		{"nmae: a", "f:1:1: unknown key \"nmae\" in a thing [FS2001]\n  hint: did you mean \"name\"?"},
		{"nmae: a\nname: b", "f:1:1: unknown key \"nmae\" in a thing [FS2001]\n  hint: did you mean \"name\"?"},
		{"title: a", "f:1:1: unknown key \"title\" in a thing [FS2001]\n  hint: did you mean \"name\"?"},
		{"name: a\nstrict: on", "f:2:9: strict of a thing cannot be \"on\" [FS2002]\n  hint: write true"},
		{"name: a\nstrict: often", "f:2:9: strict of a thing cannot be \"often\" [FS2002]\n  hint: expected true or false"},
		{"zz: 1\ndefault: 2\nparameters: []", "f:1:1: a thing has no name [FS2003]\n  hint: add `name: NAME`\n" +
			"f:1:1: unknown key \"zz\" in a thing [FS2001]\n  hint: expected one of name, parameters, default, strict, list\n" +
			"f:3:13: parameters of a thing cannot be an empty list [FS2002]\n  hint: expected an object"},
	} {
		var problems Problems
		documents := Parse("f", []byte(test.text), &problems)
		CheckKeys(documents[0], "a thing", &problems, keys...)
		if got := problems.Error(); got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func TestCheckWord(t *testing.T) {
	for _, test := range []struct {
		v    *Value
		want string
	}{
		{nil, ""},
		{Int(1), ""},
		{String("once"), ""},
		{String("Once"), "unknown value \"Once\" [FS2004]\n  hint: did you mean \"once\"?"},
		{String(""), "unknown value \"\" [FS2004]\n  hint: expected one of always, once"},
	} {
		var problems Problems
		CheckWord(test.v, &problems, "always", "once")
		if got := problems.Error(); got != test.want {
			t.Errorf("%v: got %s, want %s", test.v, got, test.want)
		}
	}
}

func TestTruthWord(t *testing.T) {
	for want, words := range map[string]string{
		"true": "'true' Yes y ON 1", "false": "'false' no N off 0", "": "true false ~ maybe 2 [yes] {on: 1}",
	} {
		for _, v := range parse(t, "["+strings.ReplaceAll(words, " ", ", ")+"]").Items {
			if got := TruthWord(v); got != want {
				t.Errorf("%s is a word for %q, want %q", v.AppendJSON(nil, ""), got, want)
			}
		}
	}
}

func TestMisspells(t *testing.T) {
	keys := []Key{{Name: "kind"}, {Name: "schema"}}
	for text, want := range map[string]bool{
		"schmea: 1": true, "schmea: 1\nschema: 2": false, "kind: 1": false, "kidn: 1": false, "x: 1\nscheme: 2": true,
	} {
		if got := Misspells(parse(t, text), "schema", keys...); got != want {
			t.Errorf("%q misspells schema: %t, want %t", text, got, want)
		}
	}
}

func TestSuggestionOfNothing(t *testing.T) {
	if got := Suggestion("word", nil); got != "" {
		t.Errorf("got %q", got)
	}
}
