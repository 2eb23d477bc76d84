package escape

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

// otherOutputs are templates of JSON, Markdown and plain text with what they yield for the sample.
var otherOutputs = map[string]struct{ file, template, want string }{
	"json values":   {"x.json.tmpl", "{\"a\": {{ .A }}, {{ .N }}: [{{ .None }}, {{ .T }}], \"b {{ .Text }}\": {{ .M }}}\n", "{\"a\": \"a: 1\", \"7\": [null, true], \"b one\\ntwo: 2\\n\": {\"a\": [1.5, null, \"no\", {}], \"z\": 1}}\n"},
	"json range":    {"x.json", "[{{ range $i, $s := .L }}{{ if $i }}, {{ end }}{{ $s }}{{ end }}]", `["x", "y z", "# w"]`},
	"json last":     {"x.json", "[{{ range $i, $s := .L }}\n  {{ $s }}{{ if not (isLast $i $.L) }},{{ end }}{{ end }}\n]", "[\n  \"x\",\n  \"y z\",\n  \"# w\"\n]"},
	"json last var": {"x.json", "[{{ $l := .L }}{{ range $i, $s := $l }}{{ $s }}{{ if not (isLast $i $l) }},{{ end }}{{ end }}]", `["x","y z","# w"]`},
	"json last map": {"x.json", "{ {{- with $.M }}{{ range $k, $v := . }}{{ $k }}: {{ $v }}{{ if isLast $k $.M | not }}{{ else }},{{ end }}{{ break }}{{ end }}{{ end -}} }", `{"a": [1.5, null, "no", {}]}`},
	"json source":   {"x.json", "{\"a\": {{ toJson .L }}, {{ quote .B }}: {{ toYaml .L }}}", `{"a": ["x", "y z", "# w"], "no": "- x\n- y z\n- '# w'"}`},
	"json remarks":  {"x.jsonc.tmpl", "// {{ .Text }}\n{ /* a \"{ */ \"a\": {{ .A }}, // {{ .B }}\n {{ .B }}: 1, \"/\": include }\n", "// one two: 2\n{ /* a \"{ */ \"a\": \"a: 1\", // no\n \"no\": 1, \"/\": include }\n"},
	"json lines":    {"x.jsonl.tmpl", "{{ range .L }}{{ . }}\n{{ end }}{{ .M }}\n{\"a\": {{ .N }}}\n", "\"x\"\n\"y z\"\n\"# w\"\n{\"a\": [1.5, null, \"no\", {}], \"z\": 1}\n{\"a\": 7}\n"},
	"json source 2": {"x.jsonc", "[{{ include \"remark.json\" . }}, 2]", "[1 // x\n, 2]"},
	"json raw":      {"x.json", "{\"a\": 1{{ raw .B }}}", `{"a": 1no}`},
	"text":          {"Makefile.tmpl", "a: {{ .Text }}{{ .None }} {{ .L }} {{ .N }}\n", "a: one\ntwo: 2\n [\"x\", \"y z\", \"# w\"] 7\n"},
	"text comment":  {"x.toml", "{{ comment .Text }}\na = {{ quote .A }}\n", "# one\n# two: 2\na = \"a: 1\"\n"},
	"md inline":     {"x.md.tmpl", "# {{ .A }}\n\n- {{ .E1 }}\n- {{ .E2 }}\n\n| {{ .E3 }} | {{ .E4 }} |\n", "# a: 1\n\n- \\- x\n- 1\\. y\n\n| a\\|b | &lt;b\\> \\*c\\* \\_d\\_ snake_case \\[e\\](f) \\& \\`g\\` \\\\ h\\! |\n"},
	"md link":       {"x.md", "[{{ .A }}]({{ .URL }}) and ({{ .URL }})\n", "[a: 1](https://x/a%20b%28c%29?d=e) and (https://x/a b(c)?d=e)\n"},
	"md fence":      {"x.md", "```yaml\n{{ toYaml .L }}\n```\n{{ .E1 }}\n", "```yaml\n- x\n- y z\n- '# w'\n```\n\\- x\n"},
	"md fence list": {"x.md", "- a\n\n  ~~~\n  {{- toYaml .L | nindent 2 }}\n  ~~~\n", "- a\n\n  ~~~\n  - x\n  - y z\n  - '# w'\n  ~~~\n"},
	"md code":       {"x.md", "{{ code .A }} {{ code \"a`b\" }} {{ code \"`\" }} {{ code \"a|<\" }} `x` {{ .A }}\n", "`a: 1` ``a`b`` `` ` `` <code>a&#124;&#60;</code> `x` a: 1\n"},
	"md text":       {"x.md", "{{ text .Text }}\n", "one\ntwo: 2\n"},
	"md source":     {"x.md", "{{ include \"part.md\" . }}\n{{ include \"word.txt\" . }}\n", "*a*\nit: is\n"},
}

func TestOtherOutputs(t *testing.T) {
	data := map[string]any{"E1": "- x", "E2": "1. y", "E3": "a|b", "E4": "<b> *c* _d_ snake_case [e](f) & `g` \\ h!", "URL": "https://x/a b(c)?d=e"}
	for k, v := range sample {
		data[k] = v
	}
	funcs := included(map[string]string{"part.md": "*a*\n", "remark.json": "1 // x\n", "word.txt": "it: is\n"})
	for name, c := range otherOutputs {
		if got, err := render(t, c.file, c.template, data, funcs); err != nil || got != c.want {
			t.Errorf("%s:\n%s\ngot  %q\nwant %q, error %v", name, c.template, got, c.want, err)
		}
	}
}

var otherRefusals = map[string]struct{ file, template, pos, words string }{
	"json glued":      {"x.json", "{\"a\": 1{{ .N }}}", "1:8", `write "1{{.N}}"`},
	"json after":      {"x.json", "[{{ .N }}0]", "1:2", `write "{{.N}}0"`},
	"json no comma":   {"x.json", "[{{ range .L }}{{ . }}{{ end }}]", "1:16", "comma"},
	"json escape":     {"x.json", "[\"\\{{ .A }}\"]", "1:4", "escape"},
	"json other last": {"x.json", "[{{ range $i, $s := .L }}{{ $s }}{{ if not (isLast $i $.M) }},{{ end }}{{ end }}]", "1:26", "comma"},
	"json open":       {"x.json", "[\"{{ .A }}]", "1:12", "ends inside ["},
	"md span":         {"x.md", "a `{{ .A }}`\n", "1:4", "{{ code .A }}"},
	"md tag":          {"x.md", "<a {{ .A }}>\n", "1:4", "HTML tag"},
	"md info":         {"x.md", "```{{ .A }}\n```\n", "1:4", "first line"},
	"md escape":       {"x.md", "\\{{ .A }}\n", "1:2", "escape"},
	"md open":         {"x.md", "```\na\n", "3:1", "ends inside a code block"},
	"md branch":       {"x.md", "{{ if .A }}\n```\n{{ end }}\n", "1:1", "different places"},
}

func TestOtherRefusals(t *testing.T) {
	for name, c := range otherRefusals {
		_, err := Parse(c.file, c.template, nil)
		var problems value.Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), c.words) || problems[0].Pos.String() != c.file+":"+c.pos {
			t.Errorf("%s: %q gave %v", name, c.template, err)
		}
	}
}

func TestOtherFailures(t *testing.T) {
	for _, c := range []struct{ file, template, words string }{
		{"x.json", "{ {{ .L }}: 1 }", "key cannot be of type array"},
		{"x.json", "[{{ .A | nindent 2 }}]", "only source"},
		{"x.json", "[{{ comment .A }}]", "no comment lines"},
		{"x.md", "[a]({{ .Script }})", "scheme that is not allowed"},
		{"x.md", "```\n{{ .Fence }}\n```\n", "end the code block"},
		{"x.md", "- ```\n  {{ .Text }}\n  ```\n", "nindent 2"},
		{"x.txt", "{{ .Chan }}", "cannot be written"},
		{"x.yaml", "a: {{ .Struct }}", "one of its fields"},
		{"x.yaml", "a: {{ .Loop }}", "contain itself"},
		{"x.yaml", "a: {{ .NaN }}", "finite"},
	} {
		loop := []any{nil}
		loop[0] = loop
		data := map[string]any{"L": []int{1}, "A": "a", "Text": "a\nb\n", "Script": "JavaScript:x()", "Fence": "a\n ```\nb", "Chan": make(chan int),
			"Struct": struct{ A int }{1}, "Loop": loop, "NaN": nan()}
		if got, err := render(t, c.file, c.template, data, nil); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%q gave %q, %v", c.template, got, err)
		}
	}
}

func nan() float64 {
	zero := 0.0
	return zero / zero
}

func TestJSONReadsBack(t *testing.T) {
	for s, want := range texts() {
		got := mustRender(t, "x.json", `[{{ .X }}, "{{ .X }}", {"{{ .X }}": 1}, { {{ .X }}: 1}, {{ toJson .X }}, {{ quote .X }}, {{ text .X }}]`, map[string]any{"X": s})
		var list []any
		if err := json.Unmarshal([]byte(got), &list); err != nil {
			t.Errorf("%q: %v", s, err)
			continue
		}
		for i, item := range list {
			if m, ok := item.(map[string]any); ok {
				for key := range m {
					item = key
				}
			}
			if item != want {
				t.Errorf("%q: item %d read back as %q", s, i, item)
			}
		}
	}
}

// TestMarkdownKeepsItsLine checks that no string leaves the line, the cell or the link that it stands in.
func TestMarkdownKeepsItsLine(t *testing.T) {
	for s := range texts() {
		got := mustRender(t, "x.md", "| {{ .X }} | {{ code .X }} |\n", map[string]any{"X": s})
		bare := strings.NewReplacer(`\\`, "", `\|`, "").Replace(got)
		if strings.Count(got, "\n") != 1 || strings.Count(bare, "|") != 3 {
			t.Errorf("%q became %q", s, got)
		}
	}
}
