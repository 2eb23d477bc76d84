package escape

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/firestoned/firestone/generator/python"
)

// structureProgram reads lists of texts, and prints those of which the second or a later one is a program of another
// structure than the first: the same but for strings.
const structureProgram = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
class Plain(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.Constant("") if isinstance(node.value, (str, bytes)) else node
    def visit_JoinedStr(self, node):
        return ast.JoinedStr([self.visit(v) for v in node.values if isinstance(v, ast.FormattedValue)])
def structure(text):
    try:
        return ast.dump(Plain().visit(ast.parse(text.encode())))
    except (SyntaxError, ValueError):
        return None
for texts in json.load(sys.stdin):
    first = structure(texts[0])
    if first is None:
        continue
    for text in texts[1:]:
        if structure(text) not in (first, None):
            print(repr(texts[0]), "became", repr(text))
`

// TestEveryPlaceOfPython puts each form at every byte of each sample: a template either is refused, or fails to be
// executed, or makes no Python, or a string changes nothing of the program but strings.
func TestEveryPlaceOfPython(t *testing.T) {
	interpreter, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on the path")
	}
	samples := []string{
		"x: int = 1  # c\ndef f(a: str = 'b', *c) -> d:\n    return a.b(c=\"d\")[0]\n", "class A(b):\n    '''e 'f' \"g\"'''\n    h = f\"{i!r:>{j}}\" + r'\\k'\n", "import a.b as c\nif d: e = {'f': [1, 2.5], }\n",
	}
	forms := []string{
		"{{ .D }}", "{{ ident .D }}", "\"{{ .D }}\"", "'{{ .D }}'", "# {{ .D }}\n", "{{ .D }}, ", "{{ range .L }}{{ . }}, {{ end }}", "{{ range .L }}\"{{ . }}\" {{ end }}", "{{ range .L }}\"{{ . }}\"{{ end }}", "\"{{ .D }}\"{{ if .D }}\"{{ .D }}\"{{ end }}", ": {{ .D }} = ", " -> {{ .D }}", "{{ index .Names 0 }}", "{{ $x := index .Names 0 }}{{ $x }}",
		"{{ toPython .M }}", "{{ toPython .M | nindent 4 }}", "{{- toPython .L | nindent 0 }}", "{{ quote .D }}", "{{ comment .D }}", "{{ `\"` }}{{ .D }}{{ `\"` }}", "{{ text .D }}", "{{ if .D }}# {{ end }}{{ .D }}", "{{ .D }}(", "f\"{{ .D }}\"",
	}
	hostile := []string{"", "a\nimport evil\n", "x\" + evil() + \"", "' + evil() + '", "\\", "\\\" + evil() #", "]); evil(", "# z", "'''", `"""`, "{evil()}", " ", "coding: utf-7"}
	var groups [][]string
	step := shortStep()
	for _, sample := range samples {
		for i, form := range forms {
			for at := i % step; at <= len(sample); at += step {
				parsed, err := Parse("x.py", sample[:at]+form+sample[at:], nil)
				if err != nil {
					continue
				}
				var group []string
				for _, s := range append([]string{"xPLAINx"}, hostile...) {
					var b strings.Builder
					names, err := distinct(Python, "ident", nil, []string{s})
					data := map[string]any{"D": s, "L": []string{s, s}, "M": map[string]any{s: []any{s, 1}}, "Names": names}
					if err != nil || parsed.Execute(&b, data) != nil {
						continue
					}
					content, spans := Finished([]byte(b.String()))
					text := string(content)
					if misplaced, fault := python.CheckSpans(text, spans); misplaced < 0 && fault == nil {
						group = append(group, text)
					}
				}
				if len(group) > 1 && !strings.Contains(form, "ident") && !strings.Contains(form, "Names") {
					groups = append(groups, group)
				}
			}
		}
	}
	if len(groups) < 500/step {
		t.Errorf("only %d templates opened", len(groups))
	}
	input, err := json.Marshal(groups)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(interpreter, "-c", structureProgram)
	command.Stdin = bytes.NewReader(input)
	output, err := command.CombinedOutput()
	if err != nil || len(output) > 0 {
		t.Errorf("%v: %.3000s", err, output)
	}
}
