package escape

import (
	"maps"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// yamlSamples hold what may stand around an action in YAML.
var yamlSamples = []string{
	"k:\n  - x\n  - y z\n  -   - n\n      - m\n", "- a: 1\n  b: two words\n-\n  c: 3\n",
	"f: [a, b c, {d: e, 'q': r}, \"s\"]\ng: {h: i}\n", "f: [\n  a,\n  b, # c\n  c: d\n]\nz: 1\n",
	"q: \"d\\\"e\" # c\ns: 's''t'\n\"u\":v\n", "l: |\n  one\n   two\n\n  three\nf: >-\n  x\ng: h\n", "a: |+\n  b\n\n\nc: d\n",
	"p: plain over\n  two lines\nq: r\n", "# c\n\na: b # t\n  # odd\n#c\nd: e\n", "a: &n v\nb: *n\nc: !t w\n", "? a\n: b\n",
	"%YAML 1.2\n---\na: b\n...\n", "a: b\r\nc: 'd'\r\n", "text: first\n  # c\nb: c\n", "a: b\n---\n- c\n...\n# d\n---\n|\n e\n---\nf: g\n",
	"&m k: &n !t\n  l: v\n*n : w\nx: !t\n  - &o !t [a, &p b]\n  - <<: *m\n    y: z\n", "--- !t\na: !s \"b\"\n--- &a\n- *a\n", "- |\n x\n- \n-\n- y\n", "",
}

// yamlForms are actions that write the same string in many ways.
var yamlForms = []string{
	"{{ .D }}", "{{- .D -}}", "{{ .D }}{{ .D }}", "{{ .D }}: {{ .D }}", "- {{ .D }}\n", "\n  {{ .D }}: {{ .D }}\n", "\"{{ .D }}\"", " # {{ .D }}\n", "[{{ .D }}]",
	"{{ printf \"%s\" .D }}", "{{ quote .D | indent 3 }}", "{{ $x := .D }}{{ $x }}", "{{ $x := text .D | nindent 4 }}{{ $x }}", "{{ $x := comment .D | nindent 2 }}{{ $x }}",
	"{{ range .L }}{{ . }}{{ end }}", "{{ range .L }}\n- {{ . }}{{ end }}", "{{ range $i, $x := .L }}{{ if $i }}, {{ end }}{{ $x }}{{ end }}", "{{ range .L }}{{ if . }}{{ . }}{{ continue }}{{ end }}, {{ end }}",
	"{{ range $i, $x := .L }}{{ $x }}{{ if not (isLast $i $.L) }}, {{ end }}{{ end }}", "{{ range $i, $x := .L }}{{ $x }}{{ if not (isLast $i $.M) }}, {{ end }}{{ end }}", "{{ \"a\" }}{{ .D }}", "{{ \"- \" }}{{ .D }}",
	"{{ if .D }}# {{ end }}{{ .D }}", "{{ if .None }}k: {{ end }}{{ .D }}", "{{ .D }}{{ if .D }}\n{{ end }}", "{{ .D }}{{ if .None }}: {{ end }}", "{{ if .None }}|\n  {{ end }}{{ .D }}",
	"a{{ .D }}", "{{ .D }}b", " {{ .D }} {{ .D }}", ":{{ .D }}", "-{{ .D }}", "#{{ .D }}", "{{ .D }}:", "{{ .D }}\n    b", " |\n    a {{ .D }}\n    {{ .D }} b\n", "{{ range .L }}a{{ . }}{{ end }}", "a{{ if .D }}{{ .D }}{{ end }}",
	"a{{ if .None }}: {{ end }}{{ .D }}", "{{ if .None }}a{{ end }}b{{ .D }}", "{{ $s := \"\" }}{{ range .L }}{{ $s }}{{ $s = \", \" }}{{ . }}{{ end }}", "{{ $f := true }}{{ range .L }}{{ if not $f }}, {{ end }}{{ $f = false }}x{{ . }}{{ end }}",
	"{{ toYaml .M }}", "{{ toYaml .D | indent 2 }}", "{{- toYaml .M | nindent 0 }}", "{{- toYaml .M | nindent 2 }}", "{{- toYaml .D | nindent 2 }}", "{{- toYaml .M | nindent 4 }}", "{{- text .D | nindent 2 }}", "{{- text .D | nindent 4 }}\n", "{{- text .D | nindent 6 }}", "{{- comment .D | nindent 2 }}",
}

// shortStep is by how many bytes the tests go on that put each form at every byte of a sample: with -short, by several, and
// they begin with another byte for each form.
func shortStep() int {
	if testing.Short() {
		return 5
	}
	return 1
}

// TestEveryPlace puts each form at every byte of each sample: a template either is refused, or fails to be executed,
// or a string changes nothing of the document but itself.
func TestEveryPlace(t *testing.T) {
	const plain = "xPLAINx"
	hostile := []string{"a\n  evil: 1\n", "x: y # z", "- q", "a, b]}", "\" ' \\", " ", "---\n...", "&a b", "*n", "!t a", "<<", "%YAML 1.1\n--- x"}
	opened, step := 0, shortStep()
	for _, sample := range yamlSamples {
		for i, form := range yamlForms {
			for at := i % step; at <= len(sample); at += step {
				template := sample[:at] + form + sample[at:]
				parsed, err := Parse("x.yaml.tmpl", template, nil)
				if err != nil {
					continue
				}
				read := func(s string) (map[string]int, bool, error) {
					var b strings.Builder
					data := map[string]any{"D": s, "L": []string{s, s}, "M": map[string]any{"a": s, "b": []string{s}}, "None": nil}
					if parsed.Execute(&b, data) != nil {
						return nil, false, nil
					}
					all, err := documents(strings.TrimRight(b.String(), "\n") + "\n")
					if err != nil {
						return nil, true, err
					}
					scalars := map[string]int{"shape " + shape(all): 1}
					if isPart := count(all, scalars, s); isPart && sourceForm.MatchString(form) {
						return nil, false, nil // source as a part of a scalar is data, written as the source that it is
					}
					return scalars, true, err
				}
				with, ok, err := read(plain)
				if !ok || err != nil {
					continue
				}
				opened++
				for _, s := range hostile {
					want := map[string]int{}
					for scalar, n := range with {
						want[strings.ReplaceAll(scalar, plain, s)] += n
					}
					if got, ok, err := read(s); ok && (err != nil || !maps.Equal(got, want)) {
						t.Fatalf("%q with %q gave\n%v, %v, not\n%v", template, s, got, err, want)
					}
				}
			}
		}
	}
	if opened < 1000/step {
		t.Errorf("only %d templates opened", opened)
	}
}

// sourceForm finds the functions that write source, which is another text inside quotes.
var sourceForm = regexp.MustCompile(`quote|toYaml|text|comment`)

// count counts the scalars of the document, and reports whether one holds the string and more.
func count(n *yaml.Node, scalars map[string]int, s string) (isPart bool) {
	if n.Kind == yaml.ScalarNode && n.Tag != "!!merge" {
		scalars["scalar "+n.Value]++
		isPart = n.Value != s && (strings.Contains(n.Value, s) || strings.Contains(n.Value, "|-"))
	}
	for _, child := range n.Content {
		isPart = count(child, scalars, s) || isPart
	}
	return isPart
}
