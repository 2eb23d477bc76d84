package generator

import (
	"strings"
	"testing"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// TestWriteLines guards that actions that write straight into the text write what they did as pipelines, and which do.
func TestWriteLines(t *testing.T) {
	tests := []struct {
		text   string
		direct int
	}{
		{"{{ include \"part\" . }}\n", 1},
		{"{{ include \"part\" . | trim }}\n", 1},
		{"{{- include \"part\" . }}\n", 1},
		{"{{- include \"part\" . | trim | nindent 0 }}\n", 1},
		{"a:\n  {{- include \"part\" . | nindent 2 }}\nb: 1\n", 1},
		{"a:\n  {{- include \"part\" . | trim | nindent 2 }}\n  {{- include \"part2\" . | nindent 2 }}\n", 1},
		{"a:\n{{ include \"part\" . | indent 2 }}\nb: {{ include \"text\" . }}\n", 0},
		{"a:\n  {{- include \"empty\" . | nindent 2 }}\n{{ include \"empty\" . }}\n{{- include \"empty\" . | trim | nindent 0 }}\nb: 1\n", 2},
		{"a:\n  - b: 1\n    {{- include \"outer\" . | trim | nindent 4 }}\n", 1},
		{"a: {{ include \"one\" . }}\nb: {{ include \"one\" . | trim }}\n", 0},
		{"{{- $part := include \"part\" . }}{{ with $part }}a:\n  {{- . | nindent 2 }}{{ end }}\n", 0},
		{"{{- if include \"part\" . }}a:\n  {{- range .API.Resources }}\n  - {{ .Name }}\n  {{- end }}{{ end }}\n", 0},
		{"a:\n  {{- include (printf \"%s\" \"part\") . | nindent 2 }}\n", 0},
		{"a:\n{{- range .API.Resources }}\n  - a: 0\n    {{- include \"named\" . | nindent 4 }}\n{{- end }}\n", 1},
		{"a:\n  {{- toYaml .Params | nindent 2 }}\nb:\n  {{- .Params | toYaml | nindent 2 }}\nc: {{ toYaml .Params }}\n", 2},
		{"a:\n  {{- toYaml .Params.text | nindent 2 }}\nb:\n  {{- toYaml .Params.none | nindent 4 }}\nc:\n  {{- list \"x\" .Params.text | toYaml | nindent 2 }}\n", 3},
		{"a:\n  {{- get .Params \"text\" | toYaml | nindent 2 }}\n", 1},
	}
	text := "a\n\n  b\nc"
	params := Params{"text": text, "none": nil, "list": []any{}, strings.Repeat("k", 2000): map[string]any{"x": "no", "y": []any{"1", text, map[string]any{"z": text + "\n"}}}}
	for _, test := range tests {
		pack, err := open(files{
			"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - template: a.yaml.tmpl\n", "a.yaml.tmpl": test.text,
			"_part.yaml.tmpl": "\n\n  x: |\n\n    1\n\n    2\n  y: z\n\n\n", "_part2.yaml.tmpl": "v: 1\nw: 2", "_empty.yaml.tmpl": "\n \n",
			"_outer.yaml.tmpl": "{{ include \"part2\" . }}\nx:\n  {{- include \"part2\" . | nindent 2 }}\n", "_one.yaml.tmpl": "[1]", "_text.txt.tmpl": "t: {{ .API.Title }}",
			"_named.yaml.tmpl": "b: {{ .Name }}\nc: 1\n",
		})
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		s := pack.templates["a.yaml.tmpl"]
		direct := 0
		tree.Inspect(s.tree.Root, func(node parse.Node) bool {
			if called, ok := node.(*parse.IdentifierNode); ok && (called.Ident == includeLines || called.Ident == trimmedLines || called.Ident == toYamlLines) {
				direct++
			}
			return true
		})
		if direct != test.direct {
			t.Errorf("%s: %d actions write straight into the text", test.text, direct)
		}
		view := View{API: many(20), Params: params, Output: pack.Outputs[0]}
		traced := pack.renderer(newBudget(many(100), 1))
		traced.trace = true
		want, err := traced.execute(s, view)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
		}
		if got, err := pack.renderer(newBudget(many(100), 1)).execute(s, view); err != nil || got != want {
			t.Errorf("%s: got %q, want %q, %v", test.text, got, want, err)
		}
	}
}

func TestWriteLinesRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"a:\n  {{- include \"part\" . | nindent 2 }}\n":            "embedded/list/_part.yaml.tmpl:2:12: model.API has no field \"Titel\" [FS4104]\n  hint: did you mean .Title?",
		"a:\n  {{- toYaml .API | nindent 2 }}\n":                   "embedded/list/a.yaml.tmpl:2:7: a value of type model.API cannot be written [FS4202]\n  hint: write one of its fields",
		"a:\n  {{- toYaml (list 1 .API) | nindent 2 }}\n":          "embedded/list/a.yaml.tmpl:2:7: a value of type model.API cannot be written [FS4202]\n  hint: write one of its fields",
		"{{- $n := 2 }}a:\n  {{- include \"rec\" . | nindent 2 }}": "embedded/list/_rec.yaml.tmpl:2:7: partials include each other endlessly: _rec.yaml.tmpl > _rec.yaml.tmpl > _rec.yaml.tmpl > _rec.yaml.tmpl [FS4201]",
	} {
		pack, err := open(files{
			"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - template: a.yaml.tmpl\n", "a.yaml.tmpl": text,
			"_part.yaml.tmpl": "x: 1\ny: {{ .API.Titel }}\n", "_rec.yaml.tmpl": "a:\n  {{- include \"rec\" . | nindent 2 }}\n",
		})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if _, err := pack.Render(many(2), Params{}); errorText(err) != want {
			t.Errorf("%s: got\n%v\nwant\n%s", text, err, want)
		}
	}
}
