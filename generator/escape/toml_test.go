package escape

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"github.com/firestoned/firestone/model/value"
)

var tomlOutputs = map[string]struct{ template, want string }{
	"values":    {"a = {{ .A }}\nb = [{{ .T }}, {{ .N }},\n  {{ .A }}]\nc = {{ toToml .Map }}\nd = { e = {{ .N }}, {{ .A }} = {{ .Map }} }\n", "a = \"a: 1\"\nb = [true, 7,\n  \"a: 1\"]\nc = { a = [1.5, \"no\", {}], z = 1 }\nd = { e = 7, \"a: 1\" = { a = [1.5, \"no\", {}], z = 1 } }\n"},
	"strings":   {"a = \"x {{ .Text }}\"\nb = '{{ .A }} {{ .Q }}'\n\"k {{ .Q }}\" = 1\n", "a = \"x one\\ntwo: 2\\n\"\nb = 'a: 1 \"q\"'\n\"k \\\"q\\\"\" = 1\n"},
	"keys":      {"{{ .B }} = 1\n[t.{{ .A }}]\na.{{ .B }}.c = 1\n  {{ .A }}  = 2\n[[u.{{ .B }}]]\n{{ .N }}.x = 1\n", "no = 1\n[t.\"a: 1\"]\na.no.c = 1\n  \"a: 1\"  = 2\n[[u.no]]\n7.x = 1\n"},
	"parts":     {"{{ .B }}_url = 1\nkey-{{ .B }}-{{ .N }}.x = 2\n[tool.x-{{ .A }}]\na = { b{{ .N }} = {{ .N }}, {{ .B }}{{ .B }} = 1 }\n", "no_url = 1\nkey-no-7.x = 2\n[tool.\"x-a: 1\"]\na = { b7 = 7, nono = 1 }\n"},
	"in lines":  {"a = \"\"\"\nit's {{ .Text }} \\\n  b{{ .Q }}{{ .Q }}\"\"\"\nb = '''\n{{ .A }}\n'''\n", "a = \"\"\"\nit's one\\ntwo: 2\\n \\\n  b\\\"q\\\"\\\"q\\\"\"\"\"\nb = '''\na: 1\n'''\n"},
	"comments":  {"# {{ .Text }}\na = 1 # {{ .A }}\n{{ comment .Text }}\n", "# one two: 2\na = 1 # a: 1\n# one\n# two: 2\n"},
	"lines":     {"[t]\n{{- toToml .Map | nindent 0 }}\n[u]\n{{ toToml .Map }}\n[v] # y\n{{- toToml .Map | nindent 2 }}\n", "[t]\na = [1.5, \"no\", {}]\nz = 1\n[u]\na = [1.5, \"no\", {}]\nz = 1\n[v] # y\n  a = [1.5, \"no\", {}]\n  z = 1\n"},
	"indented":  {"[t]\n{{ toToml .Map | indent 2 }}\n", "[t]\n  a = [1.5, \"no\", {}]\n  z = 1\n"},
	"array":     {"a = {{ toToml .L }}\nb = {{ toToml .L | nindent 0 }}\nc ={{- toToml .L | nindent 0 }}\n", "a = [\"x\", \"y z\", \"# w\"]\nb = [\n    \"x\",\n    \"y z\",\n    \"# w\",\n]\nc = [\n    \"x\",\n    \"y z\",\n    \"# w\",\n]\n"},
	"source":    {"{{ include \"part.toml\" . }}\nv = {{ include \"value.toml\" . }}\n{{ include \"word.toml\" . }} = 2\nw = {{ include \"word.txt\" . }}\n", "p = 1\nq = 2\nv = [1, \"a\"]\n\"it\" = 2\nw = \"it: is\"\n"},
	"range":     {"a = [{{ range $i, $x := .L }}{{ if $i }}, {{ end }}{{ $x }}{{ end }}]\n{{- range .L }}\n{{ . }} = 1\n{{- end }}\n", "a = [\"x\", \"y z\", \"# w\"]\nx = 1\n\"y z\" = 1\n\"# w\" = 1\n"},
	"fresh":     {"a = \"\"\"{{ print }}\n\"\"\"\nb = '''{{ print }}{{ print }}\r\nc'''\nd = \"\"\"{{ print }}\"\"\"\ne = \"\"\"{{ .B }}{{ print }}\n\"\"\"\n", "a = \"\"\"\n\n\"\"\"\nb = '''\n\r\nc'''\nd = \"\"\"\"\"\"\ne = \"\"\"no\n\"\"\"\n"},
	"multiline": {"a = \"\"\"\nit's \"\"quoted\"\" \\\"\"\"\"\nb = {{ .A }}\nc = '''\n'x' \\'''\nd = {{ .N }}\n", "a = \"\"\"\nit's \"\"quoted\"\" \\\"\"\"\"\nb = \"a: 1\"\nc = '''\n'x' \\'''\nd = 7\n"},
	"nothing":   {"{{ include \"nothing.toml\" . }}\n{{ with .None }}a = {{ . }}{{ end }}\n{{ raw .B }} = 1\nb = {{ raw .N }}\n", "\n\nno = 1\nb = 7\n"},
	"quote":     {"a = {{ quote .N }}\nb = {{ text .Text }}\n", "a = \"7\"\nb = \"one\\ntwo: 2\\n\"\n"},
}

var tomlPartials = map[string]string{"part.toml": "p = 1\nq = 2\n", "value.toml": "[1, \"a\"]\n", "word.toml": "\"it\"\n", "word.txt": "it: is\n", "nothing.toml": "\n"}

func tomlSample() map[string]any {
	data := maps.Clone(sample)
	data["Map"] = map[string]any{"a": []any{1.5, "no", map[string]any{}}, "z": 1}
	data["Q"] = `"q"`
	return data
}

func TestTOMLOutputs(t *testing.T) {
	for name, c := range tomlOutputs {
		if got, err := render(t, "x.toml.tmpl", c.template, tomlSample(), included(tomlPartials)); err != nil || got != c.want {
			t.Errorf("%s:\n%s\ngot  %q\nwant %q, error %v", name, c.template, got, c.want, err)
		} else if err := toml.Unmarshal([]byte(got), new(any)); err != nil {
			t.Errorf("%s: %v in\n%s", name, err, got)
		}
	}
}

func TestTOMLRefusals(t *testing.T) {
	for name, c := range map[string]struct{ template, pos, words string }{
		"trimmed":      {"a = \"\"\"b \\\n  {{ .A }}\"\"\"\n", "2:3", "ends in a backslash"},
		"key branch":   {"a{{ if .T }}b{{ end }}{{ .A }} = 1\n", "1:23", "key in double quotes"},
		"key branch 2": {"{{ .A }}{{ if .T }}b{{ end }} = 1\n", "1:1", "key in double quotes"},
		"keys":         {"{{ range .L }}a{{ . }}{{ end }} = 1\n", "1:16", "line break"},
		"two keys":     {"{{ .A }} {{ .B }} = 1\n", "1:10", "write \"{{.A}} {{.B}}\""},
		"in a list":    {"a = [{{ .A }} {{ .B }}]\n", "1:15", "comma"},
		"escape":       {"a = \"\\{{ .A }}\"\n", "1:7", "escape"},
		"glued":        {"a = 1{{ .N }}\n", "1:6", "write \"1{{.N}}\""},
		"before":       {"a = {{ .N }}0\n", "1:5", "write \"{{.N}}0\""},
		"two":          {"a = {{ .N }} {{ .N }}\n", "1:14", "write \"{{.N}} {{.N}}\""},
		"no comma":     {"a = [{{ range .L }}{{ . }}{{ end }}]\n", "1:20", "comma"},
		"after":        {"a = \"x\"{{ .A }}\n", "1:8", "another value"},
		"open":         {"a = [\"{{ .A }}\n", "2:1", "ends inside ["},
		"branch":       {"{{ if .A }}a = \"{{ end }}x\"\n", "1:1", "different places"},
	} {
		_, err := Parse("x.toml", c.template, nil)
		var problems value.Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), c.words) || problems[0].Pos.String() != "x.toml:"+c.pos {
			t.Errorf("%s: %q gave %v", name, c.template, err)
		}
	}
}

func TestTOMLFailures(t *testing.T) {
	data := tomlSample()
	data["Deep"] = map[string]any{"a": []any{map[string]any{"b": nil}}}
	data["Large"], data["Huge"] = json.Number("9223372036854775808"), json.Number("1e999")
	for text, words := range map[string]string{
		"a = {{ .None }}\n":                       "TOML has no null",
		"a = {{ .Deep }}\n":                       "TOML has no null, but a[0].b is null",
		"{{ toToml .Deep }}\n":                    "a[0].b is null",
		"a = {{ .Large }}\n":                      "64 bits",
		"a = {{ .Huge }}\n":                       "64 bits",
		"a = '{{ .Text }}'\n":                     "single quotes cannot contain",
		"a = 'it{{ \"'\" | printf \"%s\" }}s'\n":  "single quotes cannot contain",
		"{{ .L }} = 1\n":                          "key cannot be of type array",
		"{{ .A }}\n":                              "key = value",
		"{{ toToml .L }}\n":                       "key = value",
		"a = {{ .A | nindent 2 }}\n":              "only source",
		"a = {{ include \"part.toml\" . }}\n":     "not a single value",
		"a = {{ include \"more.toml\" . }}\n":     "not a single value",
		"a = {{ include \"comma.toml\" . }}\n":    "not a single value",
		"a = [{{ include \"close.toml\" . }}]\n":  "not a single value",
		"{{ include \"part.toml\" . }} = 1\n":     "cannot be a key",
		"a = {{ include \"nothing.toml\" . }}\n":  "TOML needs a value",
		"a = \"{{ .L }}\"\n":                      "inside quotes",
		"a = {{ comment .A }}\n":                  "not a single value",
		"a = [{{ include \"remark.toml\" . }}]\n": "not a single value",
	} {
		funcs := included(map[string]string{"part.toml": "p = 1\nq = 2\n", "more.toml": "1\nb = 2\n", "comma.toml": "1, 2\n", "close.toml": "1]\n", "nothing.toml": "", "remark.toml": "1 # x\n"})
		if got, err := render(t, "x.toml", text, data, funcs); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%q gave %q, %v", text, got, err)
		}
	}
}

// tomlTemplate holds a string in every place of TOML that can hold any string.
const tomlTemplate = "# {{ .X }}\na = {{ .X }} # {{ .X }}\nb = \"{{ .X }}\"\nc = [{{ .X }}, { {{ .X }} = {{ .X }} }]\nd = {{ quote .X }}\ne = {{ text .X }}\nf = {{ toToml .M }}\n[g.{{ .X }}]\n{{ .X }} = 1\n{{ comment .X }}\n"

// tomlStrings returns all strings of the document that tomlTemplate makes, keys too, or an error.
func tomlStrings(document map[string]any) []string {
	var found []string
	var walk func(v any, named bool)
	walk = func(v any, named bool) {
		switch v := v.(type) {
		case string:
			found = append(found, v)
		case []any:
			for _, item := range v {
				walk(item, true)
			}
		case map[string]any:
			for key, member := range v {
				if named {
					found = append(found, key)
				}
				walk(member, true)
			}
		}
	}
	walk(document, false)
	return found
}

func TestTOMLReadsBack(t *testing.T) {
	for s, want := range texts() {
		got := mustRender(t, "x.toml", tomlTemplate, map[string]any{"X": s, "M": []any{s}})
		var document map[string]any
		if err := toml.Unmarshal([]byte(got), &document); err != nil {
			t.Errorf("%q: %v in\n%s", s, err, got)
			continue
		}
		found := tomlStrings(document)
		if len(found) != 10 || slices.ContainsFunc(found, func(s string) bool { return s != want }) {
			t.Errorf("%q read back as %q of\n%s", s, found, got)
		}
	}
}

// tomlProgram reads [document, text] pairs and prints those in which another string than the text stands.
const tomlProgram = `
import json, sys, tomllib
def strings(v, named):
    if isinstance(v, str): yield v
    elif isinstance(v, list):
        for item in v: yield from strings(item, True)
    elif isinstance(v, dict):
        for key, member in v.items():
            if named: yield key
            yield from strings(member, True)
for source, text in json.load(sys.stdin):
    try:
        found = list(strings(tomllib.loads(source), False))
        if found != [text] * 10:
            print(repr(source), repr(text), found)
    except Exception as e:
        print(repr(source), e)
`

func TestTOMLReadsBackInPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on the path")
	}
	if exec.Command(python, "-c", "import tomllib").Run() != nil {
		t.Skip("the python3 on the path is older than 3.11, the first one with tomllib")
	}
	var pairs [][2]string
	for s, want := range texts() {
		pairs = append(pairs, [2]string{mustRender(t, "x.toml", tomlTemplate, map[string]any{"X": s, "M": []any{s}}), want})
	}
	input, err := json.Marshal(pairs)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(python, "-c", tomlProgram)
	command.Stdin = bytes.NewReader(input)
	if output, err := command.CombinedOutput(); err != nil || len(output) > 0 {
		t.Errorf("%v: %s", err, output)
	}
}

// tomlShape returns the structure of a document without its strings and keys.
func tomlShape(v any) string {
	var parts []string
	switch v := v.(type) {
	case map[string]any:
		for _, member := range v {
			parts = append(parts, tomlShape(member))
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, " ") + "}"
	case []any:
		for _, item := range v {
			parts = append(parts, tomlShape(item))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case string:
		return "s"
	}
	return "."
}

// TestEveryPlaceOfTOML puts each form at every byte of each sample: a template either is refused, or fails to be executed,
// or makes no document, or a string changes nothing of the document but itself.
func TestEveryPlaceOfTOML(t *testing.T) {
	samples := []string{
		"a = 1\n[t.u]\nb = \"x\" # c\n", "a.b = [1, \"y\", { c = 'd' },\n  2]\n'k' = true\n", "s = \"\"\"\nq \"\" z\"\"\"\nl = '''\n'\n'''\n[[h]]\n\n", "# c\nd = 2024-01-01\n\n",
	}
	forms := []string{
		"{{ .D }}", "{{ .D }}{{ .D }}", "{{ .D }} = 1\n", "x = {{ .D }}\n", "\"{{ .D }}\"", "'{{ .D }}'", "[{{ .D }}]", "# {{ .D }}\n", "{{ range .L }}{{ . }}, {{ end }}", "{{ if .D }}# {{ end }}{{ .D }}",
		"{{ toToml .M }}", "{{ toToml .M | nindent 0 }}", "{{- toToml .L | nindent 2 }}", "\n{{ toToml .M }}\n", "{{ comment .D }}", "{{ quote .D | nindent 0 }}", "{{ .D }}.x = 1\n",
		"a{{ .D }}", "{{ .D }}b", "{{ .D }}{{ .D }} = 1\n", "\"\"\"{{ .D }}\"\"\"", "'''{{ .D }}'''", "\\\n{{ .D }}", "{{ range .L }}a{{ . }}{{ end }}", "{{ $s := \"\" }}{{ range .L }}{{ $s }}{{ $s = \",\" }}{{ . }}{{ end }}",
	}
	opened := 0
	for _, sample := range samples {
		for _, form := range forms {
			for at := range len(sample) + 1 {
				template := sample[:at] + form + sample[at:]
				parsed, err := Parse("x.toml", template, nil)
				if err != nil {
					continue
				}
				read := func(s string) (shape string, ok bool) {
					var b strings.Builder
					if parsed.Execute(&b, map[string]any{"D": s, "L": []string{s, s}, "M": map[string]any{"a" + s: s, "b": []any{s}}}) != nil {
						return "", false
					}
					var document map[string]any
					err := toml.Unmarshal([]byte(b.String()), &document)
					return tomlShape(document), err == nil
				}
				want, ok := read("xPLAINx")
				if !ok {
					continue
				}
				opened++
				for _, s := range []string{"a\nevil = 1\n", "x\" # z", "' = 1", "]\n[evil]", "a, b]}", `"""`, "'''", `\`, " "} {
					if got, ok := read(s); ok && got != want {
						t.Fatalf("%q with %q gave\n%s, not\n%s", template, s, got, want)
					}
				}
			}
		}
	}
	if opened < 200 {
		t.Errorf("only %d templates opened", opened)
	}
}
