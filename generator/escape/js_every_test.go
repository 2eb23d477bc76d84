package escape

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

// scriptProgram reads groups of texts with the value in each, and prints those of which a later text is a program of
// another structure than the first, or holds its value in fewer literals, or those in which a value is an identifier that
// is no name of a member, a parameter or a label: such a name is a string where a value is no identifier, and that may be
// an error. The first has to be without errors of syntax.
const scriptProgram = `
const ts = require(process.argv[1])
let compared = 0
const parsed = (text, name) => ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true, name.endsWith('js') ? ts.ScriptKind.JS : ts.ScriptKind.TS)
function structure(text, value, name) {
  let file
  try { file = parsed(text, name) } catch (error) { return { errors: [String(error)] } } // TypeScript gives up on some texts with errors
  let literals = 0, names = 0, strays = 0
  const isText = node => ts.isStringLiteralLike(node) || [ts.SyntaxKind.TemplateHead, ts.SyntaxKind.TemplateMiddle, ts.SyntaxKind.TemplateTail].includes(node.kind)
  const dump = node => {
    if (isText(node)) { if (node.text.includes(value)) literals++; return ts.isTemplateLiteralToken(node) ? '~' + node.kind : 's' }
    const parent = node.parent
    if (ts.isIdentifier(node) && node.text === value || ts.isComputedPropertyName(node) && node.expression.text === value) {
      if ([ts.SyntaxKind.PropertyAssignment, ts.SyntaxKind.PropertySignature, ts.SyntaxKind.PropertyDeclaration].includes(parent.kind) && parent.name === node) {
        literals++
        return 's'
      }
      if (ts.isLabeledStatement(parent) || ts.isBindingElement(parent) && parent.propertyName === node || [ts.SyntaxKind.Parameter, ts.SyntaxKind.NamedTupleMember].includes(parent.kind) && parent.name === node) names++
      else strays++
      return 's'
    }
    const own = ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isNumericLiteral(node) || ts.isRegularExpressionLiteral(node) ? node.text : ''
    const parts = []
    node.forEachChild(child => { parts.push(dump(child)) })
    for (const doc of node.jsDoc ?? []) parts.push('doc' + (doc.tags ?? []).map(tag => tag.tagName.text).join())
    return node.kind + own + '(' + parts.join(' ') + ')'
  }
  const shape = dump(file) + JSON.stringify([file.commentDirectives?.length, file.checkJsDirective?.enabled, file.referencedFiles.length, [...(file.pragmas?.keys() ?? [])]])
  return { shape, literals, names, strays, errors: file.parseDiagnostics.map(d => ts.flattenDiagnosticMessageText(d.messageText, ' ')) }
}
for (const { name, template, texts, values } of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
  const first = structure(texts[0], values[0], name)
  if (first.errors.length > 0) continue
  if (first.strays > 0) console.log(JSON.stringify({ template, plain: texts[0] }))
  texts.slice(1).forEach((text, i) => {
    compared++
    const got = structure(text, values[i + 1], name)
    if (got.errors.length > 0 && first.names > 0) return
    if (got.errors.length > 0 || got.shape !== first.shape || got.literals < first.literals && !/quote|comment|text|\.[ML] /.test(template)) console.log(JSON.stringify({ template, plain: texts[0], text, errors: got.errors, literals: [first.literals, got.literals] }))
  })
}
console.error(compared)
`

// scriptHostile are values that would end what they stand in, or begin something else.
var scriptHostile = []string{
	"a\nevil()\n", "x' + evil() + '", "x\" + evil() + \"", "`${evil()}`", "${evil()}", "*/ evil() /*", "\\", "\\' + evil() //", "// z", "/* z", "</script><!--", "a\u2028evil()", "a\u2029evil()\r", "@ts-ignore", "x\n@ts-expect-error\n@internal y",
	"# sourceMappingURL=x", "/ <reference path=\"x\"/>", "});evil({", "]", "/", "*", "a$", "{", "<", "--> x", "<!-- x", "__proto__", "constructor", "use strict", "in", "é名", "\u200b\u202e\ufeff", "1e5", "0", "{{ .D }}", "\x00\x1b", "a-b",
}

// scriptGroup is a template, and what it makes of a plain value and of hostile ones.
type scriptGroup struct {
	Name     string   `json:"name"`
	Template string   `json:"template"`
	Texts    []string `json:"texts"`
	Values   []string `json:"values"`
}

// scriptGroupOf returns nothing for a template that is refused, or that cannot be rendered with a plain value.
func scriptGroupOf(name, template string, hostile []string) *scriptGroup {
	parsed, err := Parse(name, template, included(map[string]string{"s.ts": "f(x)\n", "t.ts": "Array<A>\n", "n.ts": ""}))
	if err != nil {
		return nil
	}
	group := &scriptGroup{Name: name, Template: template}
	for _, s := range append([]string{"xPLAINx"}, hostile...) {
		var b strings.Builder
		data := map[string]any{
			"D": s, "L": []string{s, s}, "M": value.Object(value.NewMember(s, value.Array(value.String(s), value.Int(1)))), "N": -1, "Y": true, "None": nil,
		}
		if err := parsed.Execute(&b, data); err != nil {
			if s == "xPLAINx" {
				return nil
			}
			continue
		}
		group.Texts, group.Values = append(group.Texts, b.String()), append(group.Values, s)
	}
	return group
}

// typescriptModule returns the folder of TypeScript, or skips the test.
func typescriptModule(t *testing.T) (node, module string) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on the path")
	}
	for _, suite := range []string{"templates/typescript", "consumers/openapi"} {
		module, err := filepath.Abs(filepath.Join("../../testdata", suite, "node_modules/typescript"))
		if _, statErr := os.Stat(module); err == nil && statErr == nil {
			return node, module
		}
	}
	t.Skip("TypeScript is not installed: make test installs it")
	return "", ""
}

// compareScripts has TypeScript compare the texts of each group, and returns how many it compared.
func compareScripts(t *testing.T, groups []*scriptGroup) int {
	t.Helper()
	node, module := typescriptModule(t)
	input, err := json.Marshal(groups)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(node, "-e", scriptProgram, module)
	command.Stdin = bytes.NewReader(input)
	var errors bytes.Buffer
	command.Stderr = &errors
	output, err := command.Output()
	if err != nil || len(output) > 0 {
		t.Errorf("%v: %.6000s%.3000s", err, output, errors.String())
		return 0
	}
	compared, err := strconv.Atoi(strings.TrimSpace(errors.String()))
	if err != nil {
		t.Error(err)
	}
	return compared
}

var scriptForms = []string{
	"{{ .D }}", "{{ .D }}{{ .D }}", "'{{ .D }}'", "\"{{ .D }}\"", "`{{ .D }}`", "`a${ {{ .D }} }$ {{ .D }}`", "// {{ .D }}\n", "/* {{ .D }} */", "/**\n * {{ .D }}\n */", "{{ .D }}, ", "{{ .D }}: ", "{{ .D }}?: ", "{{ .D }} = ", "{{ .D }}(", "[{{ .D }}]",
	"{ {{ .D }}: {{ .D }} }", "{{ range .L }}{{ . }}, {{ end }}", "{{ range .L }}'{{ . }}'{{ end }}", "{{ range $i, $x := .L }}{{ if $i }} | {{ end }}{{ $x }}{{ end }}", "{{ quote .D }}", "{{ comment .D }}", "{{ comment .D }}\n", "{{ text .D }}", "{{ .M }}", "{{ .N }}", "-{{ .N }}", "{{ .L }}",
	"{{ if .Y }}// {{ end }}{{ .D }}", "{{ if .Y }}`{{ end }}{{ .D }}{{ if .Y }}`{{ end }}", "{{ if .None }}({{ end }}{{ .D }}{{ if .None }}){{ end }}", "{{ include \"s.ts\" . }}", "{{ include \"n.ts\" . }}", "{{ .D }}{{ include \"n.ts\" . }}", "/{{ .D }}/", "/ {{ .D }}", "{{ .D }} /", "\n{{ .D }}\n", "\n{{ .L }}\n", ".{{ .D }}", "\\{{ .D }}", "`{{ .D }}", "x{{ .D }}", "{{ $x := .D }}{{ $x }}",
}

var scriptSamples = []string{
	"const a: B = { c: 'd', \"e\": [1, 2.5] } // f\n", "interface A {\n  b?: C\n  d: Array<string>;\n}\n", "if (a) /b'[/]/g.test(`c${ {d}.e }f`)\nelse return <T>(x)\n", "class A extends B {\n  /**\n   * c\n   */\n  d(e = 1) { return () => e / 2 }\n}\n",
	"export enum A { B = 1, C }\nimport { d as e } from 'f'\n", "switch (a) { case 1: b++\n default: c = d ? e : f }\n", "#!/a\n'use strict';\na\nb\n", "type A = 'b' | C[1] & { [k: string]: D }\n", "a = b\n/c/d\n/* e *//f'/.g()\n",
}

// TestEveryPlaceOfScript puts each form at every byte of each sample: a template either is refused, or fails to be
// executed, or makes no program, or a value changes nothing of the program but literals and keys.
func TestEveryPlaceOfScript(t *testing.T) {
	typescriptModule(t)
	hostileAtOnce, step := 2, 2*shortStep()
	if os.Getenv("SWEEP") != "" {
		hostileAtOnce, step = len(scriptHostile), 1
	}
	var groups []*scriptGroup
	for _, sample := range scriptSamples {
		for i, form := range scriptForms {
			for at := i % step; at <= len(sample); at += step {
				name := []string{"x.ts", "x.js"}[at/2%2]
				next := len(groups) % (len(scriptHostile) - hostileAtOnce + 1)
				if group := scriptGroupOf(name, sample[:at]+form+sample[at:], scriptHostile[next:next+hostileAtOnce]); group != nil {
					groups = append(groups, group)
				}
			}
		}
	}
	if compared := compareScripts(t, groups); compared < 4_000/step && !t.Failed() {
		t.Errorf("only %d programs compared", compared)
	}
}

// scriptPieces are what random templates are made of.
var scriptPieces = []string{
	"const ", "let ", "class ", "function ", "interface ", "type ", "enum ", "import ", "export ", "return ", "case ", "if (", "while (", "for (", "async ", "await ", "new ", "typeof ", "in ", "of ", "as ", "from ", "extends ", "readonly ", "static ", "get ",
	"a", "b1", "$", "_x", "1", "2.5", "0x1f", "'s'", "\"s\"", "`t`", "`t${", "`", "'", "\"", "/r/", "/[/]/g", "/", "//", "/*", "*/", "/**\n * ", "// c\n", "/* c */", "(", ")", "[", "]", "{", "}", "<", ">", "</", "<a>", "=", "==", "=>", "+", "++", "-", "--", "!", "?", "?.", "??", ":", "?:", ";", ",", ".", "...", "&", "|", "*", "**", "%", "@", "#", "\\", "<!--", "-->",
	"\n", "\n", " ", " ", "\n  ", "\t", "\u00a0", "\u2028", "x: ", "{ x: ", "() => ", "f(", ");\n", "};\n", "\\u{41}", "\\0", "\\x4", "${", "$",
	"{{ .D }}", "{{ .D }}", "{{ .D }}", "{{ .N }}", "{{ .M }}", "{{ .L }}", "{{ .D }}: ", "{{ quote .D }}", "{{ include \"s.ts\" . }}", "{{ include \"t.ts\" . }}", "{{ include \"n.ts\" . }}", "{{ comment .D }}\n", "{{ .D }};\n", "{{ .D }}, ", "{{ if .Y }}", "{{ if .None }}", "{{ else }}", "{{ range .L }}", "{{ range $i, $x := .L }}{{ if $i }}, {{ end }}", "{{ end }}", "{{ end }}",
}

// randomScript returns a template of a few pieces, in or between samples.
func randomScript(random *rand.Rand) string {
	var b strings.Builder
	open := 0
	for range 2 + random.IntN(10) {
		piece := scriptPieces[random.IntN(len(scriptPieces))]
		switch {
		case piece == "{{ end }}" && open == 0 || piece == "{{ else }}" && open == 0:
			continue
		case piece == "{{ end }}":
			open--
		case strings.HasPrefix(piece, "{{ if") || strings.HasPrefix(piece, "{{ range"):
			open++
		}
		b.WriteString(piece)
	}
	b.WriteString(strings.Repeat("{{ end }}", open))
	sample := scriptSamples[random.IntN(len(scriptSamples))]
	at := random.IntN(len(sample) + 1)
	switch random.IntN(3) {
	case 0:
		return b.String()
	case 1:
		return sample[:at] + b.String() + sample[at:]
	}
	return sample + b.String()
}

// TestRandomScript does with random templates what TestEveryPlaceOfScript does with samples. SCRIPTS=N takes as many that
// open, SEED=N others.
func TestRandomScript(t *testing.T) {
	typescriptModule(t)
	wanted, seed := 300, uint64(1)
	if n, err := strconv.Atoi(os.Getenv("SCRIPTS")); err == nil {
		wanted = n
	}
	if n, err := strconv.ParseUint(os.Getenv("SEED"), 10, 64); err == nil {
		seed = n
	}
	random := rand.New(rand.NewPCG(seed, 0))
	var groups []*scriptGroup
	compared := 0
	for found := 0; found < wanted; {
		hostile := []string{scriptHostile[random.IntN(len(scriptHostile))], scriptHostile[random.IntN(len(scriptHostile))] + scriptHostile[random.IntN(len(scriptHostile))]}
		name := []string{"x.ts", "x.js", "_x.ts"}[random.IntN(3)]
		group := scriptGroupOf(name, randomScript(random), hostile)
		if group == nil || !strings.Contains(group.Template, "{{ .") {
			continue
		}
		groups = append(groups, group)
		if found++; len(groups) == 5000 || found == wanted {
			compared += compareScripts(t, groups)
			groups = nil
		}
	}
	if testing.Verbose() {
		fmt.Println(compared, "programs compared")
	}
	if compared == 0 && !t.Failed() {
		t.Error("nothing compared")
	}
}
