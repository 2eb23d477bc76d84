package value

import (
	"fmt"
	"strings"
	"testing"
)

// parse reads a text that has no problem and returns its only value.
func parse(t *testing.T, text string) *Value {
	t.Helper()
	var problems Problems
	values := Parse("f.yaml", []byte(text), &problems)
	if len(problems) > 0 {
		t.Fatalf("parse %q: %v", text, problems)
	}
	if len(values) != 1 {
		t.Fatalf("parse %q: %d values, want 1", text, len(values))
	}
	return values[0]
}

func TestScalars(t *testing.T) {
	tests := []struct{ text, kind, value, source string }{
		{"no", "string", "no", ""}, {"on", "string", "on", ""}, {"yes", "string", "yes", ""}, {"y", "string", "y", ""},
		{"2024-01-01", "string", "2024-01-01", ""}, {"12:30", "string", "12:30", ""}, {"1_000", "string", "1_000", ""},
		{"0b1", "string", "0b1", ""}, {"1e", "string", "1e", ""}, {".", "string", ".", ""},
		{"0x", "string", "0x", ""}, {"0x-1", "string", "0x-1", ""}, {"0x+1", "string", "0x+1", ""}, {"0xG", "string", "0xG", ""}, {"1x1F", "string", "1x1F", ""}, {"-0x1F", "string", "-0x1F", ""}, {"1.2.3", "string", "1.2.3", ""},
		{"<<", "string", "<<", ""}, {"'<<'", "string", "<<", ""}, {"=", "string", "=", ""}, {"1e5x", "string", "1e5x", ""},
		{"123456789012345678901234567890", "number", "123456789012345678901234567890", ""},
		{"1.0", "number", "1.0", ""}, {"1e-7", "number", "1e-7", ""}, {"-0", "number", "-0", ""}, {"1E+400", "number", "1E+400", ""},
		{"+1", "number", "1", "+1"}, {".5", "number", "0.5", ".5"}, {"-.5", "number", "-0.5", "-.5"}, {"1.", "number", "1.0", "1."},
		{"0x1F", "number", "31", "0x1F"}, {"0o17", "number", "15", "0o17"}, {"012", "number", "12", "012"}, {"1.e3", "number", "1.0e3", "1.e3"},
		{"0xFFFFFFFFFFFFFFFFFFFF", "number", "1208925819614629174706175", "0xFFFFFFFFFFFFFFFFFFFF"},
		{"true", "boolean", "true", ""}, {"True", "boolean", "true", "True"}, {"TRUE", "boolean", "true", "TRUE"}, {"False", "boolean", "false", "False"}, {"FALSE", "boolean", "false", "FALSE"}, {"tRUE", "string", "tRUE", ""},
		{"null", "null", "", "null"}, {"~", "null", "", "~"}, {"Null", "null", "", "Null"}, {"NULL", "null", "", "NULL"}, {`""`, "string", "", ""},
		{"!!str 5", "string", "5", ""}, {"!!str", "string", "", ""}, {`!!int "5"`, "number", "5", ""}, {"!!float 1", "number", "1", ""},
		{"!!bool 'true'", "boolean", "true", ""}, {"!!null ''", "null", "", ""}, {"!!binary aGk=", "string", "aGk=", ""},
		{"!!timestamp 2024-01-01", "string", "2024-01-01", ""}, {"!<tag:yaml.org,2002:str> 5", "string", "5", ""},
		{`"\u00e9\U0001F600"`, "string", "é😀", ""}, {"|\n a\n  b\n", "string", "a\n b\n", ""}, {">-\n a\n b\n", "string", "a b", ""},
	}
	for _, test := range tests {
		v := parse(t, "- "+test.text).Items[0]
		if v.Kind.String() != test.kind || v.Text != test.value || v.Source != test.source {
			t.Errorf("%s is the %s %q, written %q; want %s %q, written %q", test.text, v.Kind, v.Text, v.Source, test.kind, test.value, test.source)
		}
	}
}

func TestKindsOfJSON(t *testing.T) {
	var kinds []string
	for _, v := range parse(t, `[true, false, null, 1, "true", [], {}]`).Items {
		kinds = append(kinds, v.Kind.String())
	}
	if got := strings.Join(kinds, " "); got != "boolean boolean null number string array object" {
		t.Errorf("kinds are %s", got)
	}
}

// Hexadecimal digits become decimal ones, unless somebody wants to see how long that takes.
func TestLongHexadecimalsAreText(t *testing.T) {
	for digits, want := range map[int]Kind{998: KindNumber, 999: KindString} {
		if got := parse(t, "0x"+strings.Repeat("F", digits)).Kind; got != want {
			t.Errorf("0x and %d digits are a %s, want a %s", digits, got, want)
		}
	}
}

func TestKeysKeepTheirText(t *testing.T) {
	v := parse(t, "404: a\nnull: b\n1.0: c\nn: d\non: e\ntrue: f\n~: g\n\"<<\": h\n2024-01-01: i\n'': j\n!!int 7: k\n? l\n: m\n0x1F: n\n&k key: o\nx: *k\ny: {*k : z}\n")
	want := []string{"404", "null", "1.0", "n", "on", "true", "~", "<<", "2024-01-01", "", "7", "l", "0x1F", "key", "x", "y"}
	var got []string
	for _, m := range v.Members {
		got = append(got, m.Name)
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("keys are %q, want %q", got, want)
	}
	if text := v.Get("x").StringOr(""); text != "key" {
		t.Errorf("an alias to a key is %q", text)
	}
	if text := v.Get("y").Get("key").StringOr(""); text != "z" {
		t.Errorf("a key that is an alias has the value %q", text)
	}
}

func TestPositions(t *testing.T) {
	tests := []struct{ name, text, key, value string }{
		{"block", "x: 1\nkey: v\n", "2:1", "2:6"},
		{"flow", "{x: 1, key: [a]}", "1:8", "1:13"},
		{"characters [FS1005]", "x: ä\n\"größe 😀\": 1\nkey: v", "3:1", "3:6"},
		{"characters in flow", "{größe😀: ß, key: v}", "1:13", "1:18"},
		{"characters in JSON", `{"größe😀": "ß", "key": "v"}`, "1:17", "1:24"},
		{"byte order mark", "\uFEFFkey: v", "1:1", "1:6"},
		{"byte order mark in JSON", "\uFEFF{\"key\": 1}", "1:2", "1:9"},
		{"CR LF", "x: 1\r\n\r\nkey: v\r\n", "3:1", "3:6"},
		{"CR LF in JSON", "{\r\n \"key\": 1\r\n}", "2:2", "2:9"},
		{"CR", "x: 1\rkey: v\r", "2:1", "2:6"},
		{"tabs", "x:\t1\nkey:\tv", "2:1", "2:6"},
		{"tabs in JSON", "{\t\"key\":\t1}", "1:3", "1:10"},
		{"line separators", "x: \"a\u2028b\u0085c\"\nkey: v", "2:1", "2:6"},
		{"line separators before it", "{x: \"a\u2028b\", key: v}", "1:12", "1:17"},
		{"next lines", "{x: \"a\u0085b\", key: v}", "1:12", "1:17"},
		{"paragraph separators", "{x: \"a\u2029b\", key: v}", "1:12", "1:17"},
		{"characters behind an escape in JSON", `{"\tä": "ß", "key": "v"}`, "1:14", "1:21"},
		{"line separators of all kinds", "x: \"a\u2029\"\ny: \"\u2028\"\nz: \"\u0085 \"\nkey: v", "4:1", "4:6"},
		{"line separators and CR LF", "x: \"\u2028\"\r\ny: [ä, ä]\r\nkey: v", "3:1", "3:6"},
		{"second document", "---\n---\nkey: v", "3:1", "3:6"},
		{"block scalar", "key: |\n  v\n", "1:1", "1:6"},
		{"nothing", "x: 1\nkey:\n", "2:1", "2:5"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := parse(t, test.text).Member("key")
			if key, v := m.Pos.String(), m.Value.Pos.String(); key != "f.yaml:"+test.key || v != "f.yaml:"+test.value {
				t.Errorf("key at %s, value at %s; want %s, %s", key, v, test.key, test.value)
			}
		})
	}
}

func TestDocuments(t *testing.T) {
	tests := []struct {
		text string
		want string
	}{
		{"", ""}, {"\n\n", ""}, {"# nothing\n", ""}, {"---\n", ""}, {"---\n---\n...\n", ""}, {"\uFEFF", ""},
		{"a: 1\n---\n---\nb: 2\n---\n", `{"a":1} {"b":2}`},
		{"%YAML 1.2\n---\na: no\n...\n%YAML\t1.2 # newer\n--- {b: 0o17}\n", `{"a":"no"} {"b":15}`},
		{"null\n--- ~\n--- ''\n", `null null ""`},
		{"a\n...\n---\n[b]", `"a" ["b"]`},
		{`{"a": 1}` + "\n---\n" + `{"b": 2}`, `{"a":1} {"b":2}`},
		{"\n {\"a\" : [1E+5 , -90.5e-7, true, null , {}, [] ]\n, \"b\":\"\\ud83d\\ude00\\u00e9\\\\\\/ä\" } \n", `{"a":[1E+5,-90.5e-7,true,null,{},[]],"b":"😀é\\/ä"}`},
	}
	for _, test := range tests {
		var problems Problems
		var got []string
		for _, v := range Parse("f.yaml", []byte(test.text), &problems) {
			got = append(got, string(v.AppendJSON(nil, "")))
		}
		if strings.Join(got, " ") != test.want || len(problems) > 0 {
			t.Errorf("%q has %q and %v, want %q", test.text, got, problems, test.want)
		}
	}
}

func TestLongKeys(t *testing.T) {
	for text, at := range map[string]string{
		"%s: 1\n": "1:1", "a:\n  \"%s\": 1\n": "2:3", "- '%s': 1\n": "1:3", "{a: 1, \"%s\": 1}\n": "1:8", "[\"%s\": 1]\n": "1:2", "&a !t \"%s\": 1\n": "1:1", "\"\\U0001F600%.1018s\": 1\n": "1:1",
		"? %s\n: 1\n": "", "{? '%s' : 1}\n": "", "[%s]\n": "", "a: %s\n": "", "%.1024s: 1\n": "", "\"%.1022s\": 1\n": "", "é%.1023s: 1\n": "",
	} {
		var problems Problems
		ParseMarked("f.yaml", fmt.Appendf(nil, text, strings.Repeat("k", 1100)), &problems)
		switch {
		case at == "" && len(problems) > 0, at != "" && (len(problems) != 1 || problems[0].Error() != "f.yaml:"+at+": the key is longer than 1024 characters [FS1005]"):
			t.Errorf("%q: %v, want %q", text, problems, at)
		}
	}
}

func TestParseMarked(t *testing.T) {
	var problems Problems
	documents, marks := ParseMarked("f.yaml", []byte("a: &x !Sub \"y\"\nb: [*x, !!set {c}]\n'<<': &n {}\n<<: &m {d: !!int z}\n&k e: 1\n---\n!t f: &x 2\ng: *x\n"), &problems)
	var found []string
	for _, mark := range marks {
		found = append(found, strings.TrimPrefix(mark.Pos.String(), "f.yaml:")+" "+mark.Text)
	}
	want := "1:4 &x, 1:4 !Sub, 2:5 *x, 2:9 !!set, 3:7 &n, 4:1 <<, 4:5 &m, 4:12 !!int, 5:1 &k, 7:1 !t, 7:7 &x, 8:4 *x"
	if got := strings.Join(found, ", "); got != want || len(documents) != 2 {
		t.Errorf("got %s in %d documents, want %s", got, len(documents), want)
	}
	if len(problems) > 0 {
		t.Error(problems)
	}
}
