package escape

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"
	"unicode"

	"github.com/firestoned/firestone/model/value"
)

func TestNames(t *testing.T) {
	for _, c := range []struct{ text, flag, snake, kebab, pascal string }{
		{"first_name", "first-name", "first_name", "first-name", "FirstName"},
		{"firstName", "first-name", "first_name", "first-name", "FirstName"},
		{"First name", "first-name", "first_name", "first-name", "FirstName"},
		{"address.street", "address.street", "address_street", "address-street", "AddressStreet"},
		{"HTTPServerIDs", "http-server-ids", "http_server_ids", "http-server-ids", "HttpServerIds"},
		{"--a=b/c", "a-b-c", "a_b_c", "a-b-c", "ABC"},
		{"$ref", "ref", "ref", "ref", "Ref"},
		{"..a..b.", "a.b", "a_b", "a-b", "AB"},
		{"2nd", "2nd", "_2nd", "2nd", "_2nd"},
		{"", "unnamed", "unnamed", "unnamed", "Unnamed"},
		{"$/\n\u202e", "unnamed", "unnamed", "unnamed", "Unnamed"},
		{"größe", "größe", "größe", "größe", "Größe"},
		{"e\u0301te\u0301", "été", "été", "été", "Été"},
		{"名前", "名前", "名前", "名前", "名前"},
		{"class", "class", "class", "class", "Class"},
		{"__init__", "init", "init", "init", "Init"},
		{"a\u0000b", "a-b", "a_b", "a-b", "AB"},
	} {
		got := []string{Flag(c.text), Snake(c.text), Kebab(c.text), Pascal(c.text)}
		if want := []string{c.flag, c.snake, c.kebab, c.pascal}; !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", c.text, got, want)
		}
	}
}

// FuzzNames checks what each rule promises of its names, for any string.
func FuzzNames(f *testing.F) {
	for s := range texts() {
		f.Add(s)
	}
	unsafe := regexp.MustCompile(`[^\pL\pN\pM._-]`)
	f.Fuzz(func(t *testing.T, s string) {
		for rule, r := range nameRules {
			got := r.of(s)
			if got == "" || unsafe.MatchString(got) && rule != "ident" || r.of(got) != got && rule != "pascal" {
				t.Errorf("%s of %q is %q, and of that %q", rule, s, got, r.of(got))
			}
			if first := []rune(got)[0]; !unicode.IsLetter(first) && !unicode.IsNumber(first) && first != '_' {
				t.Errorf("%s of %q begins with %q", rule, s, first)
			}
		}
		if name := Pascal(s); PythonIdent(name) != name && PythonIdent(name) != name+"_" {
			t.Errorf("%q is no identifier", name)
		}
	})
}

func TestDistinct(t *testing.T) {
	for _, c := range []struct {
		rule            string
		reserved, names any
		want            string
	}{
		{"flag", []string{"help"}, []any{"help", "Help", "a.b", "a_b", "a b"}, "help-2 help-3 a.b a-b a-b-2"},
		{"ident", nil, []string{"class", "class_", "None", "a-b", "a_b", "a_b_2"}, "class_ class__2 None_ a_b a_b_2 a_b_2_2"},
		{"ident", []string{"self"}, value.Strings("self", "x"), "self_2 x"},
		{"snake", []any{}, []string{"fooBar", "foo_bar", "foo bar"}, "foo_bar foo_bar_2 foo_bar_3"},
		{"kebab", []any{}, []string{"fooBar", "foo_bar"}, "foo-bar foo-bar-2"},
		{"pascal", []any{"Client"}, []string{"client", "foo_bar", "FooBar"}, "Client2 FooBar FooBar2"},
		{"snake", nil, nil, ""},
	} {
		got, err := distinct(Python, c.rule, c.reserved, c.names)
		names, listErr := textList("", got)
		if err != nil || listErr != nil || strings.Join(names, " ") != c.want {
			t.Errorf("%s %v: got %q, %v, %v, want %s", c.rule, c.names, names, err, listErr, c.want)
		}
	}
	for _, c := range []struct {
		rule            string
		reserved, names any
		says            string
	}{
		{"camel", nil, nil, "unknown rule"}, {"snake", "a", nil, "RESERVED is of type string"}, {"snake", nil, map[string]any{"a": 1}, "NAMES is of type object"},
		{"snake", nil, []any{"a", nil}, "item 1 of NAMES is of type null"},
	} {
		if got, err := distinct(Python, c.rule, c.reserved, c.names); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %v %v: got %v, %v", c.rule, c.reserved, c.names, got, err)
		}
	}
}

// TestDistinctKeepsEarlierNames checks that a name added at the end changes none before it, and that no two are alike.
func TestDistinctKeepsEarlierNames(t *testing.T) {
	for rule := range nameRules {
		var before []string
		for n := range nasty {
			got, err := distinct(Python, rule, []string{"a", "a_b"}, nasty[:n+1])
			names, listErr := textList("", got)
			if err != nil || listErr != nil || !slices.Equal(names[:n], before) || slices.Contains(before, names[n]) || names[n] == "a" || names[n] == "a_b" {
				t.Fatalf("%s: %q after %q, %v, %v", rule, names[n], before, err, listErr)
			}
			before = names
		}
	}
}

func TestIsLast(t *testing.T) {
	for _, c := range []struct {
		at, of any
		want   bool
	}{
		{1, []int{1, 2}, true}, {0, []int{1, 2}, false}, {0, value.Strings("a"), true}, {0, value.Object(value.NewMember("a", nil), value.NewMember("b", nil)), false},
		{"b", map[string]any{"a": 1, "b": 2}, true}, {"a", map[string]any{"a": 1, "b": 2}, false}, {1, &[]string{"a", "b"}, true},
	} {
		if got, err := isLast(c.at, c.of); err != nil || got != c.want {
			t.Errorf("%v of %v: %v, %v", c.at, c.of, got, err)
		}
	}
	for _, of := range []any{nil, 1, map[int]int{}, template.FuncMap{}} {
		if _, err := isLast(0, of); err == nil {
			t.Errorf("0 of %v is taken", of)
		}
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[any]string{
		"a\tb\r\nc\x1b[31m\u202ed\u200be\x00": "a b\nc[31mde", "é 名 👩\u200d🚀": "é 名 👩\u200d🚀", 7: "7", "a\u2028b\ufeff": "a\nb", "\xff": "\ufffd", nil: "",
	} {
		if got, err := printable(text); err != nil || got != want {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
}
