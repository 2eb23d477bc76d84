package escape

import (
	"bytes"
	"encoding/json"
	"errors"
	"os/exec"
	"strings"
	"testing"
	"text/template"

	"github.com/firestoned/firestone/model/value"
)

var pythonOutputs = map[string]struct{ template, want string }{
	"literals":    {"a = {{ .A }}\nb = [{{ .T }}, {{ .None }}, {{ .N }}]\nc = {{ .M }}\n", "a = \"a: 1\"\nb = [True, None, 7]\nc = {\"a\": [1.5, None, \"no\", {}], \"z\": 1}\n"},
	"strings":     {"a = \"x {{ .Text }}\" + 'it''s {{ .Q }}' + u\"{{ .Q }}\"\n", "a = \"x one\\ntwo: 2\\n\" + 'it''s \"it\\'s\"' + u\"\\\"it's\\\"\"\n"},
	"comment":     {"# {{ .Text }}\n{{ comment .Text }}\nx = 1  # {{ .Cookie }}\n", "# one two: 2\n# one\n# two: 2\nx = 1  # coding: x\n"},
	"ident":       {"class {{ ident .A }}({{ .A | ident }}):\n    def get_{{ ident .B }}(self, {{ ident .Word }}={{ .B }}):\n        return self.{{ ident .Word }}\n", "class a__1(a__1):\n    def get_no(self, class_=\"no\"):\n        return self.class_\n"},
	"triple":      {"\"\"\"It's \"text\" # {\n\"\"\"\na = {{ .A }}\n'''\n\"\n'''\nb = {{ .B }}\n", "\"\"\"It's \"text\" # {\n\"\"\"\na = \"a: 1\"\n'''\n\"\n'''\nb = \"no\"\n"},
	"docstring":   {"def f():\n    {{ .Text }}\n", "def f():\n    \"one\\ntwo: 2\\n\"\n"},
	"f-string":    {"a = f\"{x!r:>{w}} 'y'\" + {{ .A }}\n", "a = f\"{x!r:>{w}} 'y'\" + \"a: 1\"\n"},
	"raw":         {"a = r\"\\w\\\"\" + {{ .A }}\nb = r\"{{ raw .B }}\"\nf{{ raw .N }}()\n", "a = r\"\\w\\\"\" + \"a: 1\"\nb = r\"no\"\nf7()\n"},
	"source":      {"{{ include \"code.py\" . }}\nif x:\n    {{- include \"code.py\" . | nindent 4 }}\n", "x = 1\ny = 2\nif x:\n    x = 1\n    y = 2\n"},
	"other":       {"a = {{ include \"map.yaml\" . }}\nb = {{ toJson .L }}\nc = {{ include \"word.txt\" . }}\n", "a = \"b: 1\\nc:\\n  - d\"\nb = '[\"x\", \"y z\", \"# w\"]'\nc = \"it: is\"\n"},
	"range":       {"a = [\n{{- range .L }}\n    {{ . }},\n{{- end }}\n]\n", "a = [\n    \"x\",\n    \"y z\",\n    \"# w\",\n]\n"},
	"branches":    {"a = {{ if .T }}{{ .A }}{{ else }}None{{ end }}\nb = \"{{ if .T }}{{ .A }}{{ end }}\"\n", "a = \"a: 1\"\nb = \"a: 1\"\n"},
	"compare":     {"if {{ .A }} == b:\n    {{ .A }}.upper()[{{ .N }}]\n", "if \"a: 1\" == b:\n    \"a: 1\".upper()[7]\n"},
	"empty quote": {"a = '' + {{ .A }} + \"\" + \"{{ .B }}\"\n", "a = '' + \"a: 1\" + \"\" + \"no\"\n"},
	"hex":         {"a = {{ .Odd }}\n", "a = \"\\x9f\\u200b\\U0001ffff\"\n"},
	"block":       {"a = {{ toPython .M }}\nb = {{ toPython .M | nindent 0 }}\nif b:\n    c ={{- toPython .L | nindent 4 }}\n", "a = {\"a\": [1.5, None, \"no\", {}], \"z\": 1}\nb = {\n    \"a\": [\n        1.5,\n        None,\n        \"no\",\n        {},\n    ],\n    \"z\": 1,\n}\nif b:\n    c = [\n        \"x\",\n        \"y z\",\n        \"# w\",\n    ]\n"},
	"block items": {"a = [\n    {{- toPython .L | nindent 4 }},\n    {{- toPython 1 | nindent 4 }},\n]\n", "a = [\n    [\n        \"x\",\n        \"y z\",\n        \"# w\",\n    ],\n    1,\n]\n"},
	"indented":    {"a = [\n{{ toPython .L | indent 4 }}\n]\nb = {{ $x := toPython .L }}{{ $x }}\nc = {{ toPython .L | nindent 4 | trim }}\nd = f({{ toPython .None }}, {{ toPython .E | nindent 4 }})\n", "a = [\n    [\n        \"x\",\n        \"y z\",\n        \"# w\",\n    ]\n]\nb = [\"x\", \"y z\", \"# w\"]\nc = [\"x\", \"y z\", \"# w\"]\nd = f(None, \n    [])\n"},
	"last":        {"a = [{{ range $i, $x := .L }}{{ $x }}{{ if not (isLast $i $.L) }}, {{ end }}{{ end }}]\n", "a = [\"x\", \"y z\", \"# w\"]\n"},
	"annotations": {"x: {{ include \"type.py\" . }} = None\ndef f(a: {{ include \"type.py\" . }} = 1, b: {{ .A }} = 2) -> {{ include \"type.py\" . }}:\n    y: {{ include \"type.py\" . }}\n", "x: list[str] | None = None\ndef f(a: list[str] | None = 1, b: \"a: 1\" = 2) -> list[str] | None:\n    y: list[str] | None\n"},
	"names":       {"import {{ include \"dotted.py\" . }} as {{ include \"name.py\" . }}\nclass {{ include \"name.py\" . }}({{ include \"dotted.py\" . }}):\n    def {{ include \"name.py\" . }}(self):\n        {{ include \"dotted.py\" . }} = {{ include \"dotted.py\" . }}(1)\n        return self.{{ include \"name.py\" . }}({{ include \"name.py\" . }}=1)\n", "import a.b as n\nclass n(a.b):\n    def n(self):\n        a.b = a.b(1)\n        return self.n(n=1)\n"},
	"distinct":    {"{{ $n := distinct \"ident\" (list) .L }}{{ index $n 0 }} = {{ index $n 1 }}\n{{ range $n }}{{ $x := . }}def {{ $x }}(): pass\n{{ end }}", "x = y_z\ndef x(): pass\ndef y_z(): pass\ndef __w(): pass\n"},
	"quote":       {"a = {{ quote .N }}\n", "a = \"7\"\n"},
	"three":       {"\"\"\"{{ .Text }}\"\"\"\nx = u'''a {{ .Q }} \"{{ .Q }}\"'''\n", "\"\"\"one\ntwo: 2\n\"\"\"\nx = u'''a \"it's\" \"\"it's\"\"'''\n"},
	"quoted":      {"\"\"\"{{ .Q }}\"\"\"\n", "\"\"\"\\\"it's\\\"\"\"\"\n"},
	"lines":       {"def f():\n    \"\"\"About {{ .B }}.\n\n    {{ .Quotes }}\n    {{ .Text | indent 4 | trim }}\n    \"\"\"\n", "def f():\n    \"\"\"About no.\n\n    \\\"\\\" a \\\\\" b\\\"\\\"\\\"\n    one\n    two: 2\n    \"\"\"\n"},
	"deep lines":  {"class A:\n    {{- include \"doc.py\" . | nindent 4 }}\n", "class A:\n    def f():\n        \"\"\"one\ntwo: 2\n\n        End.\n        \"\"\"\n"},
	"fields":      {"a = f\"{x!r:>{w}} {{ .Braces }} {{ \"{{}}\" }}\" + F'''{{ .Braces }}\n{{ \"{{\" }}{{ .A }}{{ \"}}\" }}'''\n", "a = f\"{x!r:>{w}} {{x}} }}\\\"{{ {{}}\" + F'''{{x}} }}\"{{\n{{a: 1}}'''\n"},
	"in a field":  {"a = f\"{ {1: 'y'}[f('}', f'{z}{{ \"{{:\" }}')] :{w}} {{ .B }}{x:%H:%M}{{ .B }}\"\n", "a = f\"{ {1: 'y'}[f('}', f'{z}{{:')] :{w}} no{x:%H:%M}no\"\n"},
	"from":        {"from {{ include \"dotted.py\" . }} import {{ include \"name.py\" . }}\nraise X from {{ .A }}\n", "from a.b import n\nraise X from \"a: 1\"\n"},
	"operands":    {"a = {{ .N }}.real + {{ .N }} ** 2 + {{ .A }}.x + {{ .N }}\n", "a = (7).real + (7) ** 2 + \"a: 1\".x + 7\n"},
	"empty then":  {"a = \"\" '{{ .A }}' \"\"\"\"\"\" \"\" 'x'\"y\"\n", "a = \"\" 'a: 1' \"\"\"\"\"\" \"\" 'x'\"y\"\n"},
	"more remark": {"{{ comment .B }} is \"{{ .A }}\n", "# no is \"a: 1\n"},
	"escapes":     {"a = \"\\x41{{ .B }}\\101{{ .B }}\\N{BULLET}{{ .B }}\\u00e9{{ .B }}\"\n", "a = \"\\x41no\\101no\\N{BULLET}no\\u00e9no\"\n"},
}

// pythonPartials are samplePartials, and source of names and annotations.
var pythonPartials = func() template.FuncMap {
	texts := map[string]string{"type.py": "list[str] | None\n", "name.py": "n\n", "dotted.py": "a.b\n", "two.py": "a, b", "assign.py": "int = 1; x", "remark.py": "int # x", "words.py": "a b", "none.py": "", "doc.py": "def f():\n    \"\"\"\xfedone\ntwo: 2\n\xff\n    End.\n    \"\"\""}
	own, other := included(texts)["include"].(func(string, any) any), samplePartials["include"].(func(string, any) any)
	return template.FuncMap{"list": func(v ...any) []any { return v }, "include": func(name string, dot any) any {
		if _, ok := texts[name]; ok {
			return own(name, dot)
		}
		return other(name, dot)
	}}
}()

func TestPythonOutputs(t *testing.T) {
	data := map[string]any{"Q": `"it's"`, "Quotes": `"" a \" b"""`, "Braces": `{x} }"{`, "Word": "class", "Odd": "\u009f\u200b\U0001ffff", "Cookie": "coding: x"}
	for k, v := range sample {
		data[k] = v
	}
	for name, c := range pythonOutputs {
		if got, err := render(t, "x.py.tmpl", c.template, data, pythonPartials); err != nil || got != c.want {
			t.Errorf("%s:\n%s\ngot  %q\nwant %q, error %v", name, c.template, got, c.want, err)
		}
	}
}

var pythonRefusals = map[string]struct{ template, pos, words string }{
	"rf-string":      {"a = Rf'{{ .A }}'\n", "1:8", "rf'…' {{ quote .A }} rf'…'"},
	"field":          {"a = f\"{ {{ .A }} }\"\n", "1:9", "value = {{ .A }} on"},
	"field index":    {"a = f\"{x[{{ .A }}]}\"\n", "1:10", "a field of an f-string"},
	"field string":   {"a = f\"{x['{{ .A }}']}\"\n", "1:11", "a field of an f-string"},
	"same quotes":    {"a = f\"{row[\"name {{ .A }}\"]}: \"\n", "1:18", "a field of an f-string"},
	"deep":           {"a = f\"{f'{f\"{x}\" + {{ .A }}}'}\"\n", "1:20", "a field of an f-string"},
	"field remark":   {"a = f'''{x # {{ .A }}\n}'''\n", "1:14", "a field of an f-string"},
	"format":         {"a = t'{x:>{{ .N }}}'\n", "1:11", "a field of an f-string"},
	"brace":          {"a = f\"{{ \"{\" }}{{ .A }}\"\n", "1:16", "a field of an f-string"},
	"end brace":      {"a = f\"{x} }{{ .A }}\"\n", "1:12", "a single }"},
	"two strings":    {"a = \"{{ .A }}\"\"b\"\n", "1:6", "put a space"},
	"in a loop":      {"a = ({{ range .L }}\"{{ . }}\"{{ end }})\n", "1:21", "put a space"},
	"branches":       {"a = \"{{ .A }}\"{{ if .T }}\"{{ .B }}\"{{ end }}\n", "1:6", "put a space"},
	"empty":          {"a = \"\"{{ if .T }}\"{{ .B }}\"{{ end }}\n", "1:7", "branches"},
	"quotes":         {"\"\"\"a \"\"{{ .A }}\"\"\"\n", "1:8", "a backslash before each: \\\""},
	"remark":         {"def f():\n    {{ comment .A }}\n    pass\n", "2:5", "nindent N"},
	"raw string":     {"a = r'^\\w{{ .A }}\\'$'\n", "1:10", "r'…' {{ quote .A }} r'…'"},
	"raw alone":      {"a = r'{{ .A }}'\n", "1:7", "r'…' {{ quote .A }} r'…'"},
	"raw branch":     {"a = r'{{ if .T }}{{ .A }}{{ end }}'\n", "1:18", "r'…' {{ quote .A }} r'…'"},
	"bytes":          {"a = b'{{ .A }}'\n", "1:7", "b'…' + {{ quote .A }}.encode() + b'…'"},
	"bytes text":     {"a = b'x {{ .A }}-{{ .B }}'\n", "1:9", "b'…' + {{ quote .A }}.encode() + b'…'"},
	"bytes escape":   {"a = b'\\0 {{ .A }}'\n", "1:10", "b'…' + {{ quote .A }}.encode() + b'…'"},
	"bytes prefix":   {"a = b{{ .A }}\n", "1:6", "behind it for bytes"},
	"raw prefix":     {"a = R{{ .A }}\n", "1:6", "write {{ quote .A }} for a string"},
	"name before":    {"get_{{ .A }}()\n", "1:5", `{{ ident (printf "get_%v" .A) }}`},
	"name after":     {"{{ .A }}_x = 1\n", "1:1", `{{ ident (printf "%v_x" .A) }}`},
	"name between":   {"class {{ .A }}_{{ .B }}Model:\n", "1:7", `{{ ident (printf "%v_%vModel" .A .B) }}`},
	"number":         {"a = 1{{ .A }}0\n", "1:6", `{{ int (printf "1%v0" .A) }}`},
	"number name":    {"a = 1{{ ident .A }}\n", "1:6", "part of a number"},
	"keyword after":  {"a = {{ .A }}if x else 1\n", "1:5", "put a space"},
	"keyword before": {"a = 1 if x else{{ .A }}\n", "1:16", "put a space"},
	"backslash":      {"a = 1 + \\{{ .A }}\n", "1:10", "line break"},
	"def":            {"def {{ .A }}():\n", "1:5", "{{ ident .A }}"},
	"class":          {"class  {{ .A }}:\n", "1:8", "{{ ident .A }}"},
	"from":           {"from {{ .A }} import x\n", "1:6", "{{ ident .A }}"},
	"attribute":      {"a.{{ .A }}\n", "1:3", "{{ ident .A }}"},
	"call":           {"a = {{ .A }}(1)\n", "1:5", "{{ ident .A }}"},
	"keyword":        {"f(a=1, {{ .A }}={{ .B }})\n", "1:8", "{{ ident .A }}"},
	"assign":         {"{{ .A }} = 1\n", "1:1", "{{ ident .A }}"},
	"two":            {"a = {{ .A }}{{ .B }}\n", "1:13", "printf"},
	"prefix":         {"a = {{ ident .A }}\"x\"\n", "1:5", "directly follows"},
	"prefix part":    {"a = {{ ident .A }}b\"x\"\n", "1:5", "directly follows"},
	"string then":    {"a = \"x\"{{ .A }}\n", "1:8", "directly follows"},
	"string name":    {"a = \"x\"{{ ident .A }}\n", "1:8", "directly follows"},
	"escape":         {"a = \"\\{{ .A }}\"\n", "1:7", "escape"},
	"hex escape":     {"a = \"\\x4{{ .A }}\"\n", "1:9", "escape"},
	"wide escape":    {"a = \"\\U0001f60{{ .A }}\"\n", "1:15", "escape"},
	"octal escape":   {"a = \"\\0{{ .A }}\"\n", "1:8", "the whole escape"},
	"named escape":   {"a = \"\\N{ {{- .A }} }\"\n", "1:10", "escape"},
	"open":           {"a = \"\"\"\n", "2:1", "ends inside"},
	"open field":     {"a = f'''{\n", "2:1", "ends inside"},
	"source part":    {"get_{{ include \"name.py\" . }}()\n", "1:5", "part of a name"},
	"source after":   {"{{ include \"name.py\" . }}_x()\n", "1:1", "part of a name"},
	"upper":          {"{{ .A | printf \"%s\" }}(1)\n", "1:1", "{{ ident (.A | printf"},
	"line after":     {"if x:\n    {{ .A }} = 1\n", "2:5", "{{ ident .A }}"},
	"branch quote":   {"a = {{ if .T }}\"{{ else }}'{{ end }}x\n", "1:5", "branches"},
	"branch kind":    {"a = {{ if .T }}f{{ end }}\"{{ .A }}\"\n", "1:27", "different places"},
}

func TestPythonRefusals(t *testing.T) {
	for name, c := range pythonRefusals {
		_, err := Parse("x.py.tmpl", c.template, samplePartials)
		var problems value.Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), c.words) || problems[0].Pos.String() != "x.py.tmpl:"+c.pos {
			t.Errorf("%s: %q gave %v", name, c.template, err)
		}
	}
}

func TestPythonFailures(t *testing.T) {
	for text, words := range map[string]string{
		"if x:\n    {{ include \"code.py\" . }}\n":               "nindent N",
		"if x:\n    {{- include \"word.txt\" . | nindent 4 }}\n": "only source",
		"a = \"{{ .L }}\"\n":                                     "inside quotes",
		"x: {{ include \"assign.py\" . }} = 1\n":                 "not one expression",
		"x: {{ include \"remark.py\" . }} = 1\n":                 "not one expression",
		"def f() -> {{ include \"two.py\" . }}:\n":               "not one expression",
		"def f() -> {{ include \"none.py\" . }}:\n":              "is empty",
		"{{ include \"words.py\" . }}(1)\n":                      "not a name",
		"{{ include \"assign.py\" . }}(1)\n":                     "not a name",
		"f({{ include \"dotted.py\" . }}=1)\n":                   "not an identifier",
		"def {{ include \"dotted.py\" . }}():\n":                 "not an identifier",
		"import x as {{ include \"two.py\" . }}\n":               "not an identifier",
		"import {{ include \"two.py\" . }}\n":                    "not a name",
		"a.{{ include \"type.py\" . }}\n":                        "not an identifier",
		"{{ include \"word.txt\" . }} = 1\n":                     "{{ ident VALUE }}",
		"class {{ index .L 0 }}:\n":                              "{{ ident VALUE }}",
	} {
		if got, err := render(t, "x.py.tmpl", text, sample, pythonPartials); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%q gave %q, %v", text, got, err)
		}
	}
}

func TestPythonIdent(t *testing.T) {
	for s, want := range map[string]string{
		"": "_", "a": "a", "list items": "list_items", "2nd": "_2nd", "class": "class_", "match": "match", "None": "None_", "é": "é", "e\u0301": "é",
		"ﬁ": "fi", "x\u2e2fy": "x_y", "\u0301a": "_\u0301a", "a-b.c/d": "a_b_c_d", "\xff": "_", "😀": "_", "１": "_1", "def": "def_", "__debug__": "__debug___", "a\nb": "a_b",
	} {
		if got := PythonIdent(s); got != want {
			t.Errorf("%q is %q, not %q", s, got, want)
		}
	}
}

// pythonProgram reads [source, text] pairs and prints those that don't evaluate to the text.
const pythonProgram = `
import ast, json, sys
for source, text in json.load(sys.stdin):
    try:
        tree = ast.parse(source.encode())
        values = [ast.literal_eval(s.value) for s in tree.body]
        if values != [text] * len(values) or not values:
            print(repr(source), repr(text))
    except Exception as e:
        print(repr(source), e)
`

func TestPythonReadsBack(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on the path")
	}
	template := "# {{ .X }}\n# {{ .X }}\n{{ .X }}\na = {{ .X }}  # {{ .X }}\n\"{{ .X }}\"\n'{{ .X }}'\n{{ quote .X }}\n{{ comment .X }}\n"
	var pairs [][2]string
	for s, want := range texts() {
		pairs = append(pairs, [2]string{mustRender(t, "x.py", template, map[string]any{"X": s}), want})
	}
	input, err := json.Marshal(pairs)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(python, "-c", pythonProgram)
	command.Stdin = bytes.NewReader(input)
	if output, err := command.CombinedOutput(); err != nil || len(output) > 0 {
		t.Errorf("%v: %s", err, output)
	}
}
