package escape

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

type named string

// writeItem writes a value as an item of a flow list or map.
func writeItem(v any) (string, error) { return writeYAMLPlace(int(inFlowFlag), 0, 0, v) }

func TestLiterals(t *testing.T) {
	word := "no"
	var missing *string
	number := func(text string) *value.Value { return &value.Value{Kind: value.KindNumber, Text: text} }
	ordered := value.Object(value.NewMember("z", value.Int(1)), value.NewMember("a", value.Array(value.String("x"), &value.Value{}, value.Bool(true))))
	for _, c := range []struct {
		v                  any
		yaml, json, python string
	}{
		{nil, "null", "null", "None"},
		{missing, "null", "null", "None"},
		{&word, "'no'", `"no"`, `"no"`},
		{named("a: b"), "'a: b'", `"a: b"`, `"a: b"`},
		{true, "true", "true", "True"},
		{int8(-3), "-3", "-3", "-3"},
		{uint64(1 << 63), "9223372036854775808", "9223372036854775808", "9223372036854775808"},
		{1.5, "1.5", "1.5", "1.5"},
		{1e100, "1.0e+100", "1e+100", "1e+100"},
		{float32(0.1), "0.1", "0.1", "0.1"},
		{1e-7, "1.0e-07", "1e-07", "1e-07"},
		{json.Number("1e5"), "1.0e+5", "1e5", "1e5"},
		{number("1E-7"), "1.0e-7", "1E-7", "1E-7"},
		{number("1.50"), "1.50", "1.50", "1.50"},
		{number("-0"), "-0", "-0", "-0"},
		{number("123456789012345678901234567890"), "123456789012345678901234567890", "123456789012345678901234567890", "123456789012345678901234567890"},
		{ordered, "{z: 1, a: [x, null, true]}", `{"z": 1, "a": ["x", null, true]}`, `{"z": 1, "a": ["x", None, True]}`},
		{*ordered, "{z: 1, a: [x, null, true]}", `{"z": 1, "a": ["x", null, true]}`, `{"z": 1, "a": ["x", None, True]}`},
		{map[named]int{"b": 1, "a": 2}, "{a: 2, b: 1}", `{"a": 2, "b": 1}`, `{"a": 2, "b": 1}`},
		{[2]any{"a,b", "{x}"}, "['a,b', '{x}']", `["a,b", "{x}"]`, `["a,b", "{x}"]`},
		{NewSource(Python, "f(x)\n"), "f(x)", `"f(x)"`, `"f(x)"`},
		{"<&>\u2028", `"<&>\u2028"`, `"<&>\u2028"`, `"<&>\u2028"`},
		{"\U0010ffff", `"\U0010FFFF"`, `"\uDBFF\uDFFF"`, `"\U0010ffff"`},
		{`it's "so"`, `it's "so"`, `"it's \"so\""`, `'it\'s "so"'`},
		{`it's "`, `it's "`, `"it's \""`, `"it's \""`},
		{`"so"`, `'"so"'`, `"\"so\""`, `'"so"'`},
	} {
		for i, write := range []func(any) (string, error){writeItem, WriteJSON, writePython} {
			if got, err := write(c.v); err != nil || got != []string{c.yaml, c.json, c.python}[i] {
				t.Errorf("%v: writer %d gave %s, %v", c.v, i, got, err)
			}
		}
	}
}

func TestBadNumbers(t *testing.T) {
	for _, text := range []string{"", "-", "01", "1.", ".5", "1e", "1e+", "0x1", "1_0", "NaN", "1\n", "1 ", "+1", "--1"} {
		for i, write := range []func(any) (string, error){writeItem, WriteJSON, writePython, WriteYAMLBlock} {
			for _, v := range []any{json.Number(text), &value.Value{Kind: value.KindNumber, Text: text}} {
				if got, err := write(v); err == nil {
					t.Errorf("writer %d took %q for a number: %s", i, text, got)
				}
			}
		}
	}
	if got, err := writePython(json.Number(strings.Repeat("9", 5000))); err != nil || !strings.HasPrefix(got, "0x") {
		t.Errorf("an integer of 5,000 digits gave %.20s, %v", got, err)
	}
}

func TestYAMLBlock(t *testing.T) {
	long := strings.Repeat("k", 1100)
	for _, c := range []struct {
		v    any
		want string
	}{
		{"a", "a"},
		{[]any{}, "[]"},
		{map[string]any{"a": map[string]any{}, "b": []any{[]any{1, 2}, map[string]any{"c": 1, "d": []any{"x"}}}}, "a: {}\nb:\n  - - 1\n    - 2\n  - c: 1\n    d:\n      - x"},
		{map[string]any{"a": "one\n\ntwo\n", "b": []any{"x\ny"}, "c": " x\ny"}, "a: |\n  one\n\n  two\nb:\n  - |-\n    x\n    y\nc: \" x\\ny\""},
		{map[string]any{"a": map[string]any{long: map[string]any{"b": 1}}}, "a:\n  ? " + long + "\n  :\n    b: 1"},
		{map[string]any{"/pets/{id}": "a, b"}, "/pets/{id}: a, b"},
	} {
		if got, err := WriteYAMLBlock(c.v); err != nil || got != c.want {
			t.Errorf("%v gave\n%s\nnot\n%s, %v", c.v, got, c.want, err)
		}
	}
}

func TestSourceStaysSource(t *testing.T) {
	source := NewSource(YAML, "a: 1\n\nb: 2\n")
	for name, f := range map[string]func() (any, error){
		"indent":   func() (any, error) { return indent(2, source) },
		"nindent":  func() (any, error) { return nindent(2, source) },
		"trim":     func() (any, error) { return trim(source) },
		"default":  func() (any, error) { return orDefault("x", source), nil },
		"ternary":  func() (any, error) { return ternary(source, nil, true), nil },
		"coalesce": func() (any, error) { return coalesce(nil, "", source), nil },
	} {
		got, err := f()
		s, ok := got.(*Source)
		if want := map[string]string{"indent": "  a: 1\n\n  b: 2", "nindent": "\n  a: 1\n\n  b: 2"}[name]; err != nil || !ok || want != "" && s.Text != want {
			t.Errorf("%s gave %v, %v", name, got, err)
		}
	}
	if source.Text != "a: 1\n\nb: 2" || source.indented {
		t.Errorf("the source was changed: %+v", source)
	}
	if got, err := nindent(2, "a\nb"); err != nil || got != "\n  a\n  b" {
		t.Errorf("nindent of a string gave %q, %v", got, err)
	}
	if _, err := indent(-1, "a"); err == nil {
		t.Error("indent took a negative number")
	}
}

func TestLanguageOf(t *testing.T) {
	for name, want := range map[string]Language{
		"asyncapi.yaml.tmpl": YAML, "a/_channel.yml.tmpl": YAML, "x.py.tmpl": Python, "x.pyi": Python, "x.JSON": JSON, "README.md.tmpl": Markdown,
		"_operation-id.txt.tmpl": Text, "Makefile.tmpl": Text, "x.toml.tmpl": TOML, "x.yaml.j2.tmpl": Text, ".tmpl": Text, "index.html.tmpl": HTML, "_row.HTM": HTML,
		"x.xhtml": Text, "x.vue": Text, "x.svelte": Text, "x.ejs": Text, "x.html.erb": Text, "x.xml": Text, "x.svg": Text, "html": Text,
	} {
		if got := LanguageOf(name); got != want {
			t.Errorf("%s is %s, not %s", name, got, want)
		}
	}
}

// writePython returns any value as a Python expression on one line.
func writePython(v any) (string, error) {
	lowered, err := lower(v)
	if err != nil {
		return "", err
	}
	b, err := pythonNotation.append(nil, lowered)
	return string(b), err
}
