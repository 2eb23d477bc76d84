package escape

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

// scriptOutputs are templates of TypeScript with what they yield for scriptSample.
var scriptOutputs = map[string]struct{ template, want string }{
	"literals":    {"const a = {{ .A }};\nlet b = [{{ .T }}, {{ .None }}, {{ .N }}], c = {{ .M }};\nf({{ .A }}, -{{ .Minus }}, {{ .N }}.toFixed(), {{ .Minus }} ** 2);\n", "const a = \"a: 1\";\nlet b = [true, null, 7], c = { a: [1.5, null, \"no\", {}], z: 1 };\nf(\"a: 1\", -(-7), (7).toFixed(), (-7) ** 2);\n"},
	"prototype":   {"const a = {{ .Proto }};\nconst b = { {{ .ProtoName }}: 1 };\n", "const a = { [\"__proto__\"]: 1, \"a-b\": 2 };\nconst b = { [\"__proto__\"]: 1 };\n"},
	"strings":     {"const a = 'x {{ .Q }}' + \"{{ .Q }} {{ .Text }}\" + `{{ .Q }} ${b({ c: `{{ .Tick }}` })} {{ .Tick }}{d}`;\n", "const a = 'x \"it\\'s\"' + \"\\\"it's\\\" one\\ntwo: 2\\n\" + `\"it's\" ${b({ c: `\\`\\${x}\\$` })} \\`\\${x}\\${d}`;\n"},
	"script":      {"const a = \"{{ .Script }}{{ .Less }}/script>\" + '<{{ .Slash }}' + `<{{ .Slash }}$ {{ .Brace }}`;\n", "const a = \"<\\/script><\\!--\\x3C/script>\" + '<\\/x' + `<\\/x$ {x}`;\n"},
	"dollar":      {"const a = `${ {{ .A }} } \\${{ \"{\" }}{{ .A }}} \\${{ .Brace }}`;\n", "const a = `${ \"a: 1\" } \\${a: 1} \\${x}`;\n"},
	"separators":  {"const a = \"\\u2028 {{ .Odd }}\";\n", "const a = \"\\u2028 \\x9F\\u200B\\uD83F\\uDFFF\\u2028\";\n"},
	"keys":        {"interface A {\n  {{ .A }}: string;\n  {{ .B }}?: {{ include \"type.ts\" . }}\n  readonly {{ .Word }}: {{ .B }}\n}\nconst b = { {{ .B }}: {{ .A }}, {{ .A }}: 1, {{ .N }}: 2 };\n", "interface A {\n  \"a: 1\": string;\n  no?: Array<string> | null\n  readonly class: \"no\"\n}\nconst b = { no: \"a: 1\", \"a: 1\": 1, \"7\": 2 };\n"},
	"optional":    {"type A = {\n{{ range .L }}  {{ . }}{{ if $.T }}?{{ end }}: {{ include \"type.ts\" . }};\n{{ end }}};\n", "type A = {\n  x?: Array<string> | null;\n  \"y z\"?: Array<string> | null;\n  \"# w\"?: Array<string> | null;\n};\n"},
	"names":       {"export class {{ ident .A }} extends {{ include \"name.ts\" . }} {\n  get{{ ident .B }}({{ ident .Word }}: string = {{ .A }}): {{ ident .Word }}Input { return this.{{ ident .Word }}({{ include \"name.ts\" . }}); }\n}\nimport { a as {{ ident .B }} } from {{ .A }};\nimport {{ quote .A }};\n", "export class a__1 extends n {\n  getno(class_: string = \"a: 1\"): class_Input { return this.class_(n); }\n}\nimport { a as no } from \"a: 1\";\nimport \"a: 1\";\n"},
	"distinct":    {"{{ $n := distinct \"ident\" (list \"x\") .L }}function {{ index $n 0 }}({{ index $n 1 }}: string) {}\n{{ range $n }}{{ $x := . }}const {{ $x }}Value = 1;\n{{ end }}", "function x_2(y_z: string) {}\nconst x_2Value = 1;\nconst y_zValue = 1;\nconst __wValue = 1;\n"},
	"unions":      {"type A = {{ range $i, $x := .L }}{{ if $i }} | {{ end }}{{ $x }}{{ end }};\ntype B =\n{{- range .L }}\n  | {{ . }}\n{{- end }};\ntype C = {{ range $i, $x := .L }}{{ $x }}{{ if not (isLast $i $.L) }} | {{ end }}{{ end }} | null;\n", "type A = \"x\" | \"y z\" | \"# w\";\ntype B =\n  | \"x\"\n  | \"y z\"\n  | \"# w\";\ntype C = \"x\" | \"y z\" | \"# w\" | null;\n"},
	"parentheses": {"type A = {\n{{- range .L }}\n  {{ . }}: {{ if $.T }}({{ end }}{{ include \"type.ts\" . }}{{ if $.T }}){{ end }}[];\n{{- end }}\n};\n", "type A = {\n  x: (Array<string> | null)[];\n  \"y z\": (Array<string> | null)[];\n  \"# w\": (Array<string> | null)[];\n};\n"},
	"comments":    {"// {{ .Text }} {{ .Tag }}\n//{{ .Slash }} */\nconst a = 1; // {{ .A }}\nf(/* {{ .Star }} */ a, /**{{ .Slash }}*/ b);\n{{ comment .Text }}\nconst b = 2; {{ comment .A }}\n", "// one two: 2 \\@ts-ignore a@b\n// /x */\nconst a = 1; // a: 1\nf(/* * / x *  */ a, /** /x*/ b);\n// one\n// two: 2\nconst b = 2; // a: 1\n"},
	"docblock":    {"class A {\n  /**\n   * {{ .Text }}\n   * @param a {{ .Text }}\n   * {{ .Doc }} */\n  b() {}\n}\n", "class A {\n  /**\n   * one\n   * two: 2\n   * @param a one two: 2\n   * A\n   *\n   *   - \\@internal * / x\n   * \\@b */\n  b() {}\n}\n"},
	"lines":       {"{{ include \"code.ts\" . }}\nclass A {\n  {{- include \"code.ts\" . | nindent 2 }}\n  b() {\n    {{ include \"name.ts\" . }};\n  }\n}\n", "f();\ng();\nclass A {\n  f();\n  g();\n  b() {\n    n;\n  }\n}\n"},
	"regex":       {"const a = /[/\"'`{]\\//gi.test({{ .A }}), b = (1 + {{ .N }}) / 2, c = x / {{ .N }};\nif (a) b /= {{ .N }};\nreturn /\"/ in {{ .A }};\nx.return / 2; f({{ .A }}) /\n  {{ .N }};\n", "const a = /[/\"'`{]\\//gi.test(\"a: 1\"), b = (1 + 7) / 2, c = x / 7;\nif (a) b /= 7;\nreturn /\"/ in \"a: 1\";\nx.return / 2; f(\"a: 1\") /\n  7;\n"},
	"arrow":       {"const a = () => {{ .M }}, b = async <T>(x: T, y: {{ include \"type.ts\" . }} = {{ .A }}): Promise<T> => { return {{ .M }}; };\n", "const a = () => ({ a: [1.5, null, \"no\", {}], z: 1 }), b = async <T>(x: T, y: Array<string> | null = \"a: 1\"): Promise<T> => { return { a: [1.5, null, \"no\", {}], z: 1 }; };\n"},
	"switch":      {"switch (a) {\n  {{ range .L }}case {{ . }}: {{ end }}\n  case {{ .A }}: return a ? {{ .A }} : {{ .B }};\n  case {{ .N }}:\n    break;\n}\n", "switch (a) {\n  case \"x\": case \"y z\": case \"# w\": \n  case \"a: 1\": return a ? \"a: 1\" : \"no\";\n  case 7:\n    break;\n}\n"},
	"other":       {"const a = {{ toJson .L }}, b = {{ include \"word.txt\" . }}, c = {{ text .Text }};\n", "const a = '[\"x\", \"y z\", \"# w\"]', b = \"it: is\", c = \"one\\ntwo: 2\\n\";\n"},
	"hashbang":    {"#!/usr/bin/env node\n'use strict';\nconst a = {{ .A }};\n", "#!/usr/bin/env node\n'use strict';\nconst a = \"a: 1\";\n"},
	"raw":         {"const a = {{ raw .N }}n;\n", "const a = 7n;\n"},
	"escape":      {"const a = \"\\x41\\u0041\\u{41}\\n\\\\{{ .A }}\\\n{{ .B }}\";\n", "const a = \"\\x41\\u0041\\u{41}\\n\\\\a: 1\\\nno\";\n"},
	"decorators":  {"@Component({ selector: {{ .A }} })\nexport default class {\n  @Input() {{ .B }}!: string;\n  #x = {{ .A }};\n  static {{ .B }}: number = {{ .N }};\n}\n", "@Component({ selector: \"a: 1\" })\nexport default class {\n  @Input() no!: string;\n  #x = \"a: 1\";\n  static no: number = 7;\n}\n"},
	"number":      {"const a = 1.5.toFixed() / {{ .N }}, b = .5 / {{ .N }};\n", "const a = 1.5.toFixed() / 7, b = .5 / 7;\n"},
}

var scriptPartials = map[string]string{
	"type.ts": "Array<string> | null\n", "name.ts": "n\n", "code.ts": "f();\ng();\n", "word.txt": "it: is\n", "none.ts": "", "remark.ts": "a // b\n", "more.ts": "[a].b()\n", "two.ts": "a b\n",
	"template.ts": "`a`\n", "slash.ts": "/x/.y", "strict.ts": "\"use strict\";\n", "member.ts": "{ a: 'b', \"c d\": 1 }\n",
}

func scriptSample() map[string]any {
	data := maps.Clone(sample)
	maps.Copy(data, map[string]any{
		"Q": `"it's"`, "Tick": "`${x}$", "Script": "</script><!--", "Less": "<", "Slash": "/x", "Brace": "{x}", "Odd": "\u009f\u200b\U0001ffff\u2028", "Word": "class", "Minus": -7, "Star": "*/ x *",
		"Proto": value.Object(value.NewMember("__proto__", value.Int(1)), value.NewMember("a-b", value.Int(2))), "ProtoName": "__proto__", "Tag": "@ts-ignore a@b", "Doc": "A\n\n  - @internal */ x\n@b",
	})
	return data
}

func TestScriptOutputs(t *testing.T) {
	funcs := included(scriptPartials)
	funcs["list"] = func(v ...any) []any { return v }
	for name, c := range scriptOutputs {
		if got, err := render(t, "x.ts.tmpl", c.template, scriptSample(), funcs); err != nil || got != c.want {
			t.Errorf("%s:\n%s\ngot  %q\nwant %q, error %v", name, c.template, got, c.want, err)
		}
	}
}

func TestScriptRefusals(t *testing.T) {
	for name, c := range map[string]struct{ template, pos, words string }{
		"regex":            {"const a = /^{{ .A }}\\d$/gi;\n", "1:13", `new RegExp({{ printf "^%v$" .A }})`},
		"class":            {"const a = /[/{{ .A }}]/;\n", "1:14", `new RegExp({{ printf "^%v$" .A }})`},
		"escape":           {"const a = '\\{{ .A }}';\n", "1:13", "escape"},
		"hexadecimal":      {"const a = '\\x4{{ .A }}';\n", "1:15", "the whole escape"},
		"code point":       {"const a = `\\u{1{{ .A }}}`;\n", "1:16", "the whole escape"},
		"zero":             {"const a = '\\0{{ .N }}';\n", "1:14", "whole escape"},
		"tag":              {"const a = String.raw`{{ .A }}`;\n", "1:22", "${ {{.A}} }"},
		"dollar":           {"const a = `${{ \"\" }}{{ .A }}{x}`;\n", "1:21", `write \$`},
		"name before":      {"const a = get_{{ .A }}();\n", "1:15", `{{ ident (printf "get_%v" .A) }}`},
		"name after":       {"f({{ .A }}Client);\n", "1:3", `{{ ident (printf "%vClient" .A) }}`},
		"number":           {"const a = 1{{ .N }};\n", "1:12", "put a space"},
		"word after":       {"const a = {{ .N }}in b;\n", "1:11", "put a space"},
		"const":            {"const {{ .A }} = 1;\n", "1:7", "{{ ident .A }}"},
		"class name":       {"export class {{ .A }} {\n}\n", "1:14", "{{ ident .A }}"},
		"property":         {"a.{{ .A }} = 1;\n", "1:3", "write [{{ .A }}] instead"},
		"optional":         {"a?.{{ .A }};\n", "1:4", "after the dot of ?."},
		"private":          {"class A { #{{ .A }} = 1 }\n", "1:12", "{{ ident .A }}"},
		"call":             {"const a = {{ .A }}(1);\n", "1:11", "{{ ident .A }}"},
		"assignment":       {"enum A { B, {{ .A }} = 1 }\n", "1:13", "{{ ident .A }}"},
		"parameter":        {"function f({{ .A }}: string) {}\n", "1:12", "{{ ident .A }}"},
		"optional one":     {"function f({{ .A }}?: string) {}\n", "1:12", "{{ ident .A }}"},
		"arrow":            {"const a = {{ .A }} => 1;\n", "1:11", "{{ ident .A }}"},
		"two":              {"f({{ .A }}{{ .B }});\n", "1:11", `{{ printf "%v%v" .A .B }}`},
		"two sources":      {"f({{ include \"name.ts\" . }}{{ include \"name.ts\" . }});\n", "1:28", "put a space"},
		"two names":        {"f({{ ident .A }}{{ ident .B }});\n", "1:17", `{{ ident (printf "%v%v" (ident .A) (ident .B)) }}`},
		"loop":             {"f([{{ range .L }}{{ . }}{{ end }}]);\n", "1:18", "follows another one"},
		"reserved":         {"const a = de{{ ident .A }};\n", "1:13", `{{ ident (printf "de%v" (ident .A)) }}`},
		"reserved after":   {"type A = {{ ident .A }}s;\n", "1:10", `{{ ident (printf "%vs" (ident .A)) }}`},
		"reserved around":  {"type A = i{{ ident .A }}nc{{ ident .B }}f;\n", "1:27", `{{ ident (printf "i%vnc%vf" (ident .A) (ident .B)) }}`},
		"string before":    {"const a = 'x'{{ .A }};\n", "1:14", "operator"},
		"template after":   {"const a = {{ .A }}`x`;\n", "1:11", "operator"},
		"semicolon":        {"const a = {{ .A }}\n(b)\n", "1:11", "semicolon"},
		"unsure":           {"if (a) { b } /x'/.test({{ .A }});\n", "1:24", "cannot be told apart"},
		"unsure division":  {"a++ / {{ .A }};\n", "1:7", "cannot be told apart"},
		"slash on a line":  {"import a from 'b'\n/'/.test({{ .A }});\n", "2:10", "cannot be told apart"},
		"element on one":   {"import a from 'b'\n<p>{{ .A }}</p>;\n", "2:4", "createElement"},
		"element":          {"const a = <p>{{ .A }}</p>;\n", "1:14", "createElement"},
		"returned element": {"return <p>{{ .A }}</p>;\n", "1:11", "createElement"},
		"fragment":         {"f(<>{{ .A }}</>);\n", "1:5", "createElement"},
		"open comment":     {"a <!-- b\nf({{ .A }});\n", "2:3", "a space in <!--"},
		"close comment":    {"--> {{ .A }}\n", "1:5", "a space in <!--"},
		"directive":        {"/// {{ .A }}\n", "1:5", "or //"},
		"comment tag":      {"/**\n * @{{ .A }}\n */\n", "2:5", "write the tag"},
		"part of a tag":    {"/**\n * @x{{ .A }} y\n */\n", "2:6", "write the tag"},
		"const on a line":  {"const\n  {{ .A }} = 1;\n", "2:3", "{{ ident .A }}"},
		"source map":       {"//# {{ .A }}\n", "1:5", "or //"},
		"source map block": {"/*# {{ .A }} */\n", "1:5", "@, /*"},
		"octal":            {"const a = '\\07{{ .N }}';\n", "1:15", "whole escape"},
		"types of a tag":   {"const a = css<A>`{{ .A }}`;\n", "1:18", "${ {{.A}} }"},
		"types of a call":  {"const a = b<c>/'/d + '/{{ .A }}';\n", "1:24", "cannot be told apart"},
		"import":           {"import {{ .A }} from 'a';\n", "1:8", "{{ ident .A }}"},
		"escaped name":     {"a\\u{41}{{ .A }};\n", "1:8", "without escapes"},
		"hashbang":         {"#!/bin/{{ .A }}\n", "1:8", "without an action"},
		"open string":      {"const a = 'x\nf({{ .A }}');\n", "2:3", "before its line ends"},
		"open regex":       {"const a = /x\nf({{ .A }}');\n", "2:3", "before its line ends"},
		"end":              {"const a = `{{ .A }}\n", "2:1", "ends inside `"},
		"end of comment":   {"/* {{ .A }}\n", "2:1", "ends inside /*"},
		"branches":         {"const a = {{ if .T }}'{{ else }}\"{{ end }}x;\n", "1:11", "different places"},
		"label":            {"{{ .A }}: f();\n", "1:1", "{{ ident .A }}"},
		"label or member":  {"a = () => { {{ .A }}: 1 };\n", "1:13", "{{ quote .A }} for a member"},
		"label in a block": {"if (a) {\n  {{ .A }}: f();\n}\n", "2:3", "{{ ident .A }}"},
		"label in a body":  {"function f(a: { b: 1 } = {}): Promise<B> {\n  a()\n  {{ .A }}: f();\n}\n", "3:3", "{{ ident .A }}"},
		"label, template":  {"a = `${b({})}`;\n{{ .A }}: f();\n", "2:1", "{{ ident .A }}"},
		"typed variable":   {"let a, {{ .A }}: string;\n", "1:8", "{{ ident .A }}"},
		"key or value":     {"const a = { b, {{ .A }}{{ if .T }}: 1{{ end }} };\n", "1:16", "a key or a value"},
	} {
		_, err := Parse("x.js", c.template, included(scriptPartials))
		var problems value.Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), c.words) || problems[0].Pos.String() != "x.js:"+c.pos {
			t.Errorf("%s: %q gave %v", name, c.template, err)
		}
	}
}

func TestScriptFailures(t *testing.T) {
	for text, words := range map[string]string{
		"{{ .A }};\n":                                    "a statement",
		"{{ quote .A }};\n":                              "a statement",
		"{{ include \"strict.ts\" . }}\n":                "a statement",
		"const a = b\n{{ .L }}\n":                        "a statement",
		"const a = b\n{{ include \"more.ts\" . }}\n":     "continues the line",
		"a {{ include \"template.ts\" . }};\n":           "a statement",
		"if (a) {{ .A }}\n":                              "a statement",
		"const a = { \"{{ .ProtoName }}\": 1 };\n":       "that sets the prototype",
		"const a = b /{{ include \"slash.ts\" . }};\n":   "put a space before",
		"a {{ .A }};\n":                                  "a statement",
		"f( {{ comment .A }});\n":                        "ends in a comment",
		"{{ include \"member.ts\" . }}\n":                "begins with the key",
		"{{- include \"member.ts\" . | nindent 0 }}\n":   "begins with the key",
		"const {{ include \"member.ts\" . }};\n":         "begins with the key",
		"return\n{{ .A }};\n":                            "a statement",
		"const {{ index .L 0 }} = 1;\n":                  "a statement",
		"get{{ index .L 0 }}();\n":                       "only a name",
		"get{{ include \"two.ts\" . }}();\n":             "not an identifier",
		"get{{ include \"none.ts\" . }}();\n":            "is empty",
		"{{ include \"word.txt\" . }}Client;\n":          "only a name",
		"const a = b +{{ include \"none.ts\" . }}+ c;\n": "an operand is empty",
		"f({{ include \"remark.ts\" . }});\n":            "ends in a comment",
		"const a = { {{ .L }}: 1 };\n":                   "key cannot be of type array",
		"const a = {{ .A | nindent 2 }};\n":              "only source",
		"const a = \"{{ .L }}\";\n":                      "inside quotes",
		"const a = { {{ include \"word.txt\" . }} };\n":  "a statement",
	} {
		if got, err := render(t, "x.ts", text, scriptSample(), included(scriptPartials)); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%q gave %q, %v", text, got, err)
		}
	}
}

func TestScriptIdent(t *testing.T) {
	for text, want := range map[string]string{
		"list items": "list_items", "class": "class_", "2nd": "_2nd", "": "_", "$ref": "$ref", "undefined": "undefined_", "await": "await_", "größe": "größe", "a\u2028b": "a_b", "\u200dx": "_x",
		"e\u0301": "é", "eval": "eval_", "string": "string_", "NaN": "NaN_", "Book": "Book", "\xff": "_", "ªx": "ax",
	} {
		if got := ScriptIdent(text); got != want || !isScriptIdentifier(got) {
			t.Errorf("%q gave %q, want %q", text, got, want)
		}
	}
}

// TestScriptEveryday checks that what people write every day opens and renders.
func TestScriptEveryday(t *testing.T) {
	funcs := included(scriptPartials)
	for _, line := range []string{
		"export const {{ ident .B }} = (id: string) => `/books/${encodeURIComponent(id)}/{{ .A }}`;\n",
		"export type {{ ident .B }}Keys = keyof {{ ident .B }};\n",
		"const a = {\n  '{{ .A }}': z.string(),\n  \"{{ .B }}\": 1 };\n",
		"const routes = { {{- range .L }} {{ . }}: \"{{ . }}\", {{- end }} };\n",
		"import { {{ range $i, $x := .L }}{{ if $i }}, {{ end }}{{ ident $x }}{{ end }} } from \"./{{ .B }}.js\";\n",
		"import {\n{{- range .L }}\n  {{ ident . }},\n{{- end }}\n} from './a.js'\n",
		"throw new Error(\"{{ .A }}\" + id);\nif (value === {{ .A }}) { return {{ .N }}; }\nfor (const x of {{ .L }}) {\n}\n",
		"expect(res.body.{{ ident .B }}).toBe({{ .A }});\n",
		"export default { name: {{ .A }}, data() { return { x: {{ .N }} } } }\n",
		"const re = /^\\/books\\/([^/]+)$/;\nconst m = {{ .A }}.match(re);\nconst p = Math.ceil(total / size) * {{ .N }};\n",
		"test({{ .A }}, async () => {\n  expect(1).toBe({{ .N }})\n})\n",
		"interface A {\n  /** {{ .A }} */ {{ .B }}: string;\n  {{ .A }}: X\n  [key: string]: any\n}\n",
		"export enum {{ ident .B }} {\n{{- range .L }}\n  {{ ident . }} = {{ . }},\n{{- end }}\n}\n",
		"type Handler = (req: Request<{ {{ .B }}: string }>, res: Response) => void\n",
		"{{ if .T }}export {{ end }}const x = {{ .A }} as const;\n",
		"module.exports = { {{ range .L }}{{ ident . }}, {{ end }} };\n",
		"x = cond ? {{ .A }} : {{ .B }};\n",
		"declare module {{ .A }} { interface X { {{ .B }}: string } }\n",
		"export function is{{ ident .B }}(v: unknown): v is {{ ident .B }} {\n  return typeof v === {{ .A }};\n}\n",
		"const [first, {{ ident .B }}] = x;\nclass A { private {{ ident .B }}?: string; constructor(private readonly {{ ident .B }}: X) {} }\n",
		"export interface Paths {\n  \"{{ .A }}\": { get: {{ include \"type.ts\" . }} };\n}\n",
		"const [a, b] = useState<{{ include \"type.ts\" . }}>(null);\ntype B = Record<{{ .A }}, string> & Pick<X, {{ .A }} | {{ .B }}>;\n",
		"let x: {{ if .T }}string{{ else }}number{{ end }} = {{ .A }};\n",
		"class A {\n  async {{ ident .B }}() {}\n  *{{ ident .B }}() {}\n  get {{ ident .B }}() { return {{ .A }} }\n}\nnew {{ ident .B }}Client({{ .A }});\n",
		"export const use{{ ident .B }}Query = () => useQuery({ queryKey: [{{ .A }}], queryFn: () => api.{{ ident .B }}() });\n",
		"const url = `${BASE}/{{ .A }}?x=${y}`\nconst z = `{{ .A }}`\n",
		"const x = {{ .N }} / 2\nconst y = (a + b) / {{ .N }}\nconst zz = a.length / {{ .N }}\n",
		"if (a) {\n  b()\n}\nconst c = {{ .A }}\n",
		"router.get('{{ .A }}', async (req, res) => { res.json({ {{ .B }}: req.params['{{ .B }}'] }) })\n",
		"export const handlers = [\n{{- range .L }}\n  http.get({{ . }}, () => HttpResponse.json({{ $.M }})),\n{{- end }}\n]\n",
		"const s = z.object({\n{{- range .L }}\n  {{ . }}: {{ if $.T }}z.array({{ end }}z.string(){{ if $.T }}){{ end }},\n{{- end }}\n})\n",
		"const f = a<b ? {{ .A }} : {{ .B }}, g = a > {{ .N }};\n",
		"export const x = {{ .A }}, y = {{ .N }} + 1, v = !{{ .T }}, w = [{{ .N }}, ...{{ .L }}]\n",
		"/**\n * {{ .Text }}\n *\n * @param {string} {{ ident .B }} {{ .A }}\n * @returns {Promise<{{ ident .B }}>}\n */\nfunction f() {}\n",
		"type P = {{ range $i, $x := .L }}{{ if $i }} & {{ end }}{{ ident $x }}{{ end }};\nconst o = {{ range $i, $x := .L }}{{ if $i }} || {{ end }}x === {{ $x }}{{ end }};\n",
		"// {{ .A }}\n'use strict'\nvar a = {{ .A }}\nvar b = function () { return {{ .L }} }\n",
		"export type R = Awaited<ReturnType<typeof {{ ident .B }}>>[\"{{ .A }}\"][{{ .B }}];\n",
		"switch (x) {\n{{- range .L }}\n  case {{ . }}:\n    return {{ . }};\n{{- end }}\n  default:\n    return {{ .A }};\n}\n",
		"const el = document.querySelector('#{{ .B }}')!;\nel.innerHTML = `<b>{{ .A }}</b>`;\n",
		"a ??= {{ .A }}; b ||= {{ .B }}; c += {{ .N }}; d = e ?? {{ .A }}; f = g?.h ?? {{ .A }};\n",
		"export { {{ ident .B }} as {{ ident .A }} };\nexport * from {{ .A }};\nconst m = await import({{ .A }});\n",
		"const x = <const T,>(y: T) => {{ .A }};\nconst q = y as unknown as {{ include \"type.ts\" . }};\n",
		"type A = { {{ .A }}: string };\nfunction f({ a, {{ ident .B }}: b }: { {{ .A }}: X }): { {{ .A }}: string } {\n  return { {{ .A }}: 1 };\n}\n",
		"class A extends B<C> {\n  {{ .A }}: string;\n  b(): { {{ .A }}: string } { return { {{ .A }}: 1 } }\n  {{ .B }}?: C\n}\n",
		"declare function f(): string\ninterface A {\n  {{ .A }}: string;\n  b: () => void\n  {{ .A }}: { {{ .A }}: 1 }\n}\n",
		"type F = (a: X) => { {{ quote .B }}: string; {{ quote .A }}: string };\nconst f = () => ({ {{ .A }}: `${g({ {{ .A }}: 1 })}` })\n",
		"import { x as {{ ident .B }} } from 'b';\nif (a) {\n  switch (b) {\n    case {{ .A }}: {\n      return { a: c as {{ .A }} };\n    }\n  }\n  {{ ident .B }}: for (;;) { break {{ ident .B }}; }\n}\n",
	} {
		for _, name := range []string{"x.ts", "x.js"} {
			if name == "x.js" && strings.Contains(line, "<const") {
				continue // types, which JavaScript does not have
			}
			if _, err := render(t, name, line, scriptSample(), funcs); err != nil {
				t.Errorf("%s %q: %v", name, line, err)
			}
		}
	}
}

// TestManyBranches checks that a template whose branches end in more and more places is refused, and not followed for ever.
func TestManyBranches(t *testing.T) {
	letters := strings.Repeat("{{ if .A }}a{{ else }}b{{ end }}", 20)
	for _, template := range []string{letters, "{{ range .L }}{{ range .L }}{{ range .L }}{{ if .A }}/a{{ else }}b{{ end }}{{ end }}{{ end }}{{ end }}"} {
		if _, err := Parse("x.ts", "const a = "+template+"\n", nil); err == nil || !strings.Contains(err.Error(), "different place") {
			t.Errorf("%q gave %v", template, err)
		}
	}
}
