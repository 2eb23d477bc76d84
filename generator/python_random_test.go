package generator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
)

// comparison reads lists of programs, each but the first with the words that stand in it instead of those of the first,
// and prints those that differ from the first by more than names and strings, or, where isExact, have other strings.
const comparison = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
class Plain(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.Constant("") if isinstance(node.value, (str, bytes)) else node
    def visit_JoinedStr(self, node):
        return ast.JoinedStr([self.visit(v) for v in node.values if isinstance(v, ast.FormattedValue)])
    def generic_visit(self, node):
        super().generic_visit(node)
        for name, value in ast.iter_fields(node):
            if isinstance(value, str):
                setattr(node, name, "_")
            elif isinstance(value, list):
                setattr(node, name, ["_" if isinstance(v, str) else v for v in value])
        return node
def read(text):
    try:
        tree = ast.parse(text.encode())
    except (SyntaxError, ValueError, RecursionError, MemoryError) as e:
        return None, e
    strings = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return ast.dump(Plain().visit(tree)), strings
programs = 0
for case in json.load(sys.stdin):
    first, strings = read(case["Plain"])
    if first is None:
        continue
    programs += 1
    for hostile in case["Hostile"]:
        structure, found = read(hostile["Text"])
        want = strings
        for word, value in hostile["Words"].items():
            want = [s.replace(word, value) for s in want]
        if structure != first:
            print(repr(case["Template"]), "made", repr(case["Plain"]), "and", repr(hostile["Text"]), found if structure is None else "")
        elif case["IsExact"] and sorted(s for s in want if s) != sorted(s for s in found if s):
            print(repr(case["Template"]), "made", repr(hostile["Text"]), "with", found, "not", want)
print(programs, file=sys.stderr)
`

// pythonCase is a template with what it makes of harmless texts and of hostile ones.
type pythonCase struct {
	Template string
	Plain    string
	IsExact  bool
	Hostile  []hostileText
}

type hostileText struct {
	Text  string
	Words map[string]string
}

var hostileValues = []string{
	"", " ", "\"", "'", "\\", "{", "}", "#", "\n", "\r", "\"\"", "''", "\"\"\"", "'''", "\\\"", "{}", "{{", "}}", "0", "x", "if", "f", "rb", "N{DIGIT ONE}", "41", "1", "a\n", "\na", "\"a\"", "'a'", "a\\", "a\n  b\n", "\"+evil()+\"", "'+evil()+'",
	"\"\"\"+evil()+\"\"\"", "'''+evil()+'''", "{evil()}", "}+{evil()", "\\N{evil}", "\n)\nevil()\n(", "#\nevil()\n", "coding: latin-1", "coding", "utf-7", "\x00", "\ufeff", "\u2028evil()", "\x0cevil()", "\x85", "é", "😀", "\xff", "\xfe\"\xff", "a\r\nb", "a;evil()", "]);evil([(",
}

// pythonTemplates makes templates of pieces that have met in holes.
type pythonTemplates struct{ *rand.Rand }

func (r pythonTemplates) of(choices ...string) string { return choices[r.Intn(len(choices))] }

func (r pythonTemplates) value() string {
	return r.of("{{ .API.Title }}", "{{ .API.Title }}", "{{ .API.Description }}", "{{- .API.Title -}}", "{{ $x := .API.Title }}{{ $x }}")
}

// within is what stands in a string.
func (r pythonTemplates) within(depth int) string {
	var b strings.Builder
	for range r.Intn(4) {
		switch r.Intn(14) {
		default:
			b.WriteString(r.value())
		case 0, 1, 2:
			b.WriteString(r.of("a", " ", "{{ \"{{\" }}", "{{ \"}}\" }}", "{y}", "{y!r:>{y}}", "{y['k']}", "\\n", "\\x41", "\\101", "\\0", "\\N{BULLET}", "\\\\", "\\\"", "\\'", "é", ".", "\\\n", "{", "}", "\\u00e9", "#", "{y:%H}"))
		case 3:
			b.WriteString("{{ if .API.Title }}" + r.within(depth+1) + "{{ end }}")
		case 4:
			b.WriteString("{{ range .API.Resources }}" + r.of("{{ .Name }}", "{{ .Description }}", ", ") + "{{ end }}")
		case 5:
			b.WriteString(r.of("'", "\"", "\"\"", "''", "\n", "\"\"\"", "'''"))
		}
	}
	return b.String()
}

func (r pythonTemplates) text() string {
	quotes := r.of("\"", "\"", "'", "\"\"\"", "'''")
	return r.of("", "", "", "", "f", "F", "t", "u", "r", "b", "rf", "rb") + quotes + r.within(0) + r.of(quotes, quotes, quotes, quotes, "")
}

func (r pythonTemplates) expression(depth int) string {
	switch r.Intn(16) {
	default:
		return r.text()
	case 0, 1, 2:
		return r.value()
	case 3:
		return r.text() + r.of(" ", "", "", " + ", "\n") + r.text()
	case 4:
		return "{{ range .API.Resources }}" + r.of("\"{{ .Description }}\"", "'{{ .Name }}'", "\"a{{ .Name }}\"", "{{ .Name }}") + r.of("", " ", ", ") + "{{ end }}"
	case 5:
		return "{{ if .API.Title }}" + r.expression(depth+1) + r.of("", "", " ") + "{{ end }}" + r.of("", "", " ") + r.expression(depth+1)
	case 6:
		return "[" + r.expression(depth+1) + ", " + r.expression(depth+1) + "]"
	case 7:
		return "{{ ident .API.Title }}" + r.of("", "x", "(1)", "[0]", ".y", ".{{ ident .API.Description }}", "_{{ ident .API.Description }}", "f", "if", " ")
	case 8:
		return r.of("x", "i", "f", "1", "0", "", "y.") + "{{ ident .API.Title }}"
	case 9:
		return r.value() + r.of(".y", "[0]", " ** 2", "if x else y", " or y", "5", "e5", ".5")
	case 10:
		return r.of("{{ toPython .API.Resources }}", "{{ quote .API.Title }}", "{{ text .API.Title }}", "{{ toPython (list .API.Title) | nindent 4 }}", "{{ toPython (list .API.Title .API.Description) }}", "{{ default .API.Title .API.Description }}", "{{ ternary .API.Title (ident .API.Title) true }}", "{{ trim .API.Title }}", "{{ coalesce .API.Title .API.Description }}", "{{ printf \"%s\" .API.Title }}")
	case 11:
		return r.of("{{ include \"a\" . }}", "({{ include \"a\" . | trim }})", "{{ include \"t\" . }}", "({{- include \"a\" . | nindent 3 }})", "f({{ include \"b\" . }}=1)")
	case 12:
		return r.of("", "f", "b", "r", "rb") + r.of("{{ include \"a\" . }}", r.value())
	case 13:
		return r.of("-", "not ", "x", "x.", "1", "\\", "\\\n", "x<", "*") + r.value()
	}
}

func (r pythonTemplates) statement(depth int, indent string) string {
	switch r.Intn(14) {
	default:
		return indent + "x = " + r.expression(0) + r.of("\n", "\n", "\n", " # c\n", " # "+r.value()+"\n", "", ";", "\r", "\f\n")
	case 0:
		return indent + "# " + r.within(0) + r.of("\n", "\n", "")
	case 1:
		return indent + r.of("#", "# ", "# coding", "# vim: set file", "# -*- ") + r.value() + r.of(":", ": ", "=", "coding: ", "", " ") + r.value() + r.of("\n", "\r", "")
	case 2:
		return r.of("{{ comment .API.Title }}", "{{ comment .API.Description }}", indent+"x = 1  {{ comment .API.Title }}") + r.of("\n", "\n", "", " ", " "+r.text()+"\n", "; "+r.value()+"\n")
	case 3:
		return indent + "def {{ ident .API.Title }}" + r.of("", "x") + "(a: " + r.expression(0) + r.of(" = None", "") + "):\n" + r.statement(depth+1, indent+"    ")
	case 4:
		return indent + r.text() + "\n"
	case 5:
		return "{{ if .API.Title }}\n" + r.statement(depth+1, indent) + "{{ else }}\n" + r.statement(depth+1, indent) + "{{ end }}" + r.of("\n", "")
	case 6:
		return "{{ range .API.Resources }}" + r.of("\n", "") + r.statement(depth+1, indent) + r.of("", "{{ continue }}", "{{ if .Name }}{{ break }}{{ end }}") + "{{ end }}" + r.of("\n", "")
	case 7:
		return indent + "class {{ ident .API.Title }}:\n" + indent + "    " + r.of("{{ include \"s\" . }}", "{{- include \"s\" . | nindent 4 }}", "{{- include \"d\" . | nindent 4 }}", "\"\"\"{{ .API.Description }}\"\"\"", "pass") + "\n"
	case 8:
		return indent + r.of("import {{ include \"b\" . }}", "from {{ include \"b\" . }} import {{ include \"b\" . }} as {{ ident .API.Title }}", "x: {{ include \"b\" . }} = 1", "{{ include \"b\" . }} = 1", "x.{{ include \"b\" . }}(1)", "{{ include \"s\" . }}", "{{ includeEach \"e\" .API.Resources }}") + "\n"
	}
}

// mutate changes a character or two.
func (r pythonTemplates) mutate(template string) string {
	for range r.Intn(3) {
		at := r.Intn(len(template) + 1)
		end := min(len(template), at+r.Intn(2))
		if strings.Count(template[:at], "{{") != strings.Count(template[:at], "}}") {
			continue
		}
		template = template[:at] + r.of("\"", "'", "", " ", "\n", "\\", "{{ .API.Title }}", "f", "#", "(", ")", "{", "}", "\"\"", "r") + template[end:]
	}
	return template
}

// soup is pieces in any order.
func (r pythonTemplates) soup() string {
	var b strings.Builder
	for range 2 + r.Intn(9) {
		b.WriteString(r.of("\"", "\"", "'", "\"\"\"", "'''", "\"\"", "f\"", "f'", "r\"", "b'", "t\"", "rf'", "{", "}", "{{ \"{{\" }}", "{{ \"}}\" }}", "[", "]", "(", ")", "\\", "\\\n", "\n", "\n", "\r", "\f", " ", " ", "#", "x", "if ", "else ", "in ", "not ", "x = ", "1", "0x", ".5", ".", "-", "+", "*", "**", ",", ":", "=", "!r", "\\x4", "\\N{", "\\1", "coding:", "{y}", "{y:", "{y[", "\ufeff", "lambda x: ",
			"{{ .API.Title }}", "{{ .API.Title }}", "{{ .API.Description }}", "{{- .API.Title -}}", "\"{{ .API.Title }}\"", "'{{ .API.Title }}'", "f\"{{ .API.Title }}\"", "\"\"\"{{ .API.Title }}\"\"\"", "{{ ident .API.Title }}", "{{ ident .API.Title }}", "{{ comment .API.Title }}", "# {{ .API.Title }}\n", "{{ quote .API.Title }}", "{{ toPython (list .API.Title) }}", "{{ toPython (list .API.Title) | nindent 4 }}",
			"{{ if .API.Title }}", "{{ end }}", "{{ else }}", "{{ range .API.Resources }}", "{{ end }}", "{{ with .API.Title }}", "{{ end }}", "{{ . }}", "{{ include \"a\" . }}", "{{ include \"b\" . }}", "{{- include \"s\" . | nindent 4 }}", "{{ len .API.Resources }}", "{{ break }}", "{{ continue }}"))
	}
	return b.String()
}

func (r pythonTemplates) template() string {
	if r.Intn(3) == 0 {
		return r.soup() + "\n"
	}
	var b strings.Builder
	for range 1 + r.Intn(3) {
		b.WriteString(r.statement(0, ""))
	}
	return r.mutate(b.String()) + "\n"
}

// changing matches what changes a value in a template.
var changing = regexp.MustCompile(`ident|quote|text|trim|printf|toPython|include "[tbe]"|include "a"|default|ternary|coalesce|comment`)

// TestRandomPython checks that of templates put together at random, each is refused, or fails to be rendered, or a value
// changes nothing of the program but strings and names. FIRESTONE_RANDOM is how many, and FIRESTONE_SEED the first one.
func TestRandomPython(t *testing.T) {
	count, _ := strconv.Atoi(os.Getenv("FIRESTONE_RANDOM"))
	if count == 0 {
		count = 600
		if testing.Short() {
			count = 100
		}
	}
	seed, _ := strconv.ParseInt(os.Getenv("FIRESTONE_SEED"), 10, 64)
	var cases []pythonCase
	opened, unwritten := 0, map[string]int{}
	for n := range count {
		r := pythonTemplates{rand.New(rand.NewSource(seed + int64(n)))}
		template := r.template()
		partials := files{
			"p/_a.py.tmpl": r.mutate(r.of(r.expression(0), r.soup())), "p/_b.py.tmpl": "{{ ident .API.Title }}", "p/_s.py.tmpl": r.statement(0, "") + r.statement(0, ""), "p/_e.py.tmpl": "x = " + r.of("\"{{ .Name }}\"", "[\"{{ .Description }}\"]", "{{ .Description }}"),
			"p/_d.py.tmpl": "def f():\n    \"\"\"{{ .API.Description }}\n    a\n    \"\"\"\n    x = '''\n{{ .API.Title }}'''", "p/_t.txt.tmpl": "{{ .API.Title }}",
			"p/pack.yaml": "format: 1\ndescription: d\noutputs: [{template: a.py.tmpl}]\n", "p/a.py.tmpl": template,
		}
		for _, name := range []string{"a.py", "b.py", "s.py", "e.py", "d.py", "t.txt"} { // those that are not used are errors
			partial := "p/_" + name + ".tmpl"
			if name, _, _ := strings.Cut(name, "."); !strings.Contains(template, "\""+name+"\"") {
				delete(partials, partial)
			} else {
				partials[partial] = strings.ReplaceAll(strings.ReplaceAll(partials[partial], "include ", "print "), "includeEach ", "print ")
			}
		}
		pack, err := Open(partials.fs(), "p")
		if err != nil {
			continue
		}
		opened++
		shown := template
		for name, text := range partials {
			if strings.HasPrefix(name, "p/_") {
				shown += "--" + name + "--" + text
			}
		}
		render := func(title, description string) (string, error) {
			of := []*model.Resource{{Name: title, Description: description}, {Name: description, Description: title}}
			made, err := pack.Render(&model.API{Title: title, Description: description, Resources: of}, Params{})
			if err != nil {
				return "", err
			}
			return string(made[0].Content), nil
		}
		plain, err := render("xTITLEx", "xABOUTx")
		if err != nil {
			continue
		}
		c := pythonCase{Template: shown, Plain: plain, IsExact: !changing.MatchString(shown)}
		for i := range 12 {
			title, description := hostileValues[r.Intn(len(hostileValues))], hostileValues[r.Intn(len(hostileValues))]
			if i%2 == 0 {
				description = title
			}
			// A template may ask whether there is a text.
			if strings.Contains(shown, "{{ if") || strings.Contains(shown, "{{ with") || strings.Contains(shown, "default") || strings.Contains(shown, "coalesce") {
				title, description = title+"a", description+"a"
			}
			text, err := render(title, description)
			if err != nil {
				unwritten[shown+"\x00"+fmt.Sprintf("%q %q: %v", title, description, err)]++
				continue
			}
			valid := func(s string) string { return string([]rune(s)) }
			c.Hostile = append(c.Hostile, hostileText{Text: text, Words: map[string]string{"xTITLEx": valid(title), "xABOUTx": valid(description)}})
		}
		cases = append(cases, c)
	}
	if os.Getenv("FIRESTONE_SHOW") != "" {
		for said := range unwritten {
			t.Logf("%.800q", said)
		}
	}
	t.Logf("%d opened, %d rendered, %d hostile texts not written", opened, len(cases), len(unwritten))
	if len(cases) < count/10 {
		t.Errorf("only %d of %d templates are rendered", len(cases), count)
	}
	input, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	for _, interpreter := range pythons(t) {
		command := exec.Command(interpreter, "-c", comparison)
		var said bytes.Buffer
		command.Stdin, command.Stderr = bytes.NewReader(input), &said
		output, err := command.Output()
		t.Logf("%s: %s programs", interpreter, strings.TrimSpace(said.String()))
		if err != nil || len(output) > 0 {
			t.Errorf("%s: %v: %.6000s", interpreter, err, output)
		}
	}
}

// pythons returns the Pythons at hand: python3, and the newest one where that is another.
func pythons(t *testing.T) []string {
	t.Helper()
	first, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on the path")
	}
	newest, err := exec.Command("sh", "../.ci/newest-python", first).Output()
	if second := strings.TrimSpace(string(newest)); err == nil && second != "" {
		return []string{first, second}
	}
	return []string{first}
}
