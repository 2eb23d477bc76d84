package escape

const (
	ofSource  = "write {{ ident VALUE }}"
	asDivided = "put a semicolon or parenthesis before a regular expression, and a word or parenthesis before a / that divides, on the same line: the two cannot be told apart here"
	asElement = "write createElement(…) instead of JSX, or put spaces around a < that compares"
	asIndex   = "write [{{ .B }}] instead of the dot and the name, and after the dot of ?."
	noSource  = "leave out what it is part of where the source is empty"
	inTag     = "write the tag or the line without an action, or put a space after the @, /* or //"
)

func asCalled(operand string) string {
	return "write {{ ident " + operand + " }} for a name, or put a semicolon or an operator between them"
}

func asLabel(operand string) string {
	return "write {{ ident " + operand + " }} for a label, {{ quote " + operand + " }} for a member of a type, and ({ … }) for an object"
}

// scriptHints are the hints of TypeScript.
var scriptHints = []hintRow{
	// Names.
	{"x.ts", "get_{{ .B }}();\n", `write {{ ident (printf "get_%v" .B) }} for a name, or put a space between them`, "{{ ident (printf \"get_%v\" .B) }}();\n", "get_no();\n"},
	{"x.ts", "get_{{ .N }}();\n", `write {{ ident (printf "get_%v" .N) }} for a name, or put a space between them`, "{{ ident (printf \"get_%v\" .N) }}();\n", "get_7();\n"},
	{"x.ts", "f({{ .B }}Client);\n", `write {{ ident (printf "%vClient" .B) }} for a name, or put a space between them`, "f({{ ident (printf \"%vClient\" .B) }});\n", "f(noClient);\n"},
	{"x.ts", "f(a, {{ .N }}in b);\n", `write {{ ident (printf "%vin" .N) }} for a name, or put a space between them`, "f(a, {{ .N }} in b);\n", "f(a, 7 in b);\n"},
	{"x.ts", "f({{ ident .A }}{{ ident .B }});\n", `write {{ ident (printf "%v%v" (ident .A) (ident .B)) }} for a name, or put a space between them`, "f({{ ident (printf \"%v%v\" .A .B) }});\n", "f(a__1no);\n"},
	{"x.ts", "type A = {{ ident .B }}s;\n", `write {{ ident (printf "%vs" (ident .B)) }} for a name, or put a space between them`, "type A = {{ ident (printf \"%vs\" .B) }};\n", "type A = nos;\n"},
	{"x.ts", "export class {{ .B }} {\n}\n", "write {{ ident .B }}", "", "export class no {\n}\n"},
	{"x.ts", "enum A { {{ .B }} = 1 }\n", "write {{ ident .B }}", "", "enum A { no = 1 }\n"},
	{"x.ts", "{{ .B }}(1);\n", asCalled(".B"), "{{ ident .B }}(1);\n", "no(1);\n"},
	{"x.ts", "import {{ .B }} from 'b';\n", "write {{ ident .B }}", "", "import no from 'b';\n"},
	{"x.ts", "a.{{ .B }} = {{ .A }};\n", asIndex, "a[{{ .B }}] = {{ .A }};\n", "a[\"no\"] = \"a: 1\";\n"},
	{"x.ts", "a?.{{ .B }};\n", asIndex, "a?.[{{ .B }}];\n", "a?.[\"no\"];\n"},
	{"x.ts", "get{{ index .L 0 }}();\n", ofSource, "get{{ ident (index .L 0) }}();\n", "getx();\n"},
	{"x.ts", "get{{ include \"two.ts\" . }}();\n", ofSource, "get{{ ident (include \"two.ts\" .) }}();\n", "geta_b();\n"},
	{"x.ts", "get{{ include \"none.ts\" . }}();\n", noSource, "{{ if include \"none.ts\" . }}get{{ include \"none.ts\" . }}();{{ end }}\n", "\n"},
	{"x.ts", "a\\u{41}{{ .A }};\n", asPlain, "aA = {{ .A }};\n", "aA = \"a: 1\";\n"},

	// What stands beside an action.
	{"x.ts", "f({{ .A }}{{ .B }});\n", `put a space or an operator between them, or write {{ printf "%v%v" .A .B }}`, "f({{ printf \"%v%v\" .A .B }});\n", "f(\"a: 1no\");\n"},
	{"x.ts", "f({{ include \"name.ts\" . }}{{ include \"name.ts\" . }});\n", `put a space or an operator between them, or write {{ printf "%v%v" (include "name.ts" .) (include "name.ts" .) }}`, "f({{ include \"name.ts\" . }} {{ include \"name.ts\" . }});\n", "f(n n);\n"},
	{"x.ts", "const a = 'x'{{ .A }};\n", "put a space and an operator between them", "const a = 'x' + {{ .A }};\n", "const a = 'x' + \"a: 1\";\n"},
	{"x.ts", "const a = {{ .A }}`x`;\n", asCalled(".A"), "const a = {{ .A }}+`x`;\n", "const a = \"a: 1\"+`x`;\n"},
	{"x.ts", "const a = {{ .A }}\n(b)\n", asCalled(".A"), "const a = {{ .A }};\n(b)\n", "const a = \"a: 1\";\n(b)\n"},
	{"x.ts", "const a = b\n{{ include \"more.ts\" . }}\n", "end the line before it with a semicolon", "const a = b;\n{{ include \"more.ts\" . }}\n", "const a = b;\n[a].b()\n"},
	{"x.ts", "const a = b +{{ include \"none.ts\" . }};\n", noSource, "const a = b{{ if include \"none.ts\" . }} + {{ include \"none.ts\" . }}{{ end }};\n", "const a = b;\n"},
	{"x.ts", "const a = b /{{ include \"slash.ts\" . }};\n", "put a space before the action", "const a = b / {{ include \"slash.ts\" . }};\n", "const a = b / /x/.y;\n"},
	{"x.ts", "f({{ include \"remark.ts\" . }});\n", "put a line break after the action", "f({{ include \"remark.ts\" . }}\n);\n", "f(a // b\n);\n"},
	{"x.ts", "const a = {{ .A | nindent 2 }};\n", "write the value without indent: it is a literal of one line", "const a = {{ .A }};\n", "const a = \"a: 1\";\n"},
	{"x.ts", "{{ .A }};\n", errNoScript.Hint, "const NAME = {{ .A }};\n", "const NAME = \"a: 1\";\n"},
	{"x.ts", "a{{ $b := .B }}{{ $b }} = 1;\n", `write {{ ident (printf "a%v" $b) }} for a name, or put a space between them`, "{{ $b := .B }}{{ ident (printf \"a%v\" $b) }} = 1;\n", "ano = 1;\n"},
	{"x.ts", "{{ .B }}: f();\n", asLabel(".B"), "{{ ident .B }}: f();\n", "no: f();\n"},
	{"x.ts", "a = () => { {{ .A }}: 1 };\n", asLabel(".A"), "a = () => ({ {{ .A }}: 1 });\n", "a = () => ({ \"a: 1\": 1 });\n"},
	{"x.ts", "type A = () => { {{ .A }}: 1 };\n", asLabel(".A"), "type A = () => { {{ quote .A }}: 1 };\n", "type A = () => { \"a: 1\": 1 };\n"},
	{"x.ts", "{{ include \"member.ts\" . }}\n", "write the include inside the braces of the object or the type", "a = {{ include \"member.ts\" . }}\n", "a = { a: 'b', \"c d\": 1 }\n"},
	{"x.ts", "const a = { {{ .L }}: 1 };\n", "use a string, a number or a boolean", "const a = { {{ .N }}: 1 };\n", "const a = { \"7\": 1 };\n"},
	{"x.ts", "const a = { \"{{ .Proto }}\": 1 };\n", "write the action without quotes: {{ VALUE }}", "const a = { {{ .Proto }}: 1 };\n", "const a = { [\"__proto__\"]: 1 };\n"},

	// Strings, template literals and regular expressions.
	{"x.ts", "const a = '\\{{ .A }}';\n", wholeEscape, "const a = '\\\\{{ .A }}';\n", "const a = '\\\\a: 1';\n"},
	{"x.ts", "const a = '\\x4{{ .N }}';\n", wholeEscape, "const a = '\\x47{{ .N }}';\n", "const a = '\\x477';\n"},
	{"x.ts", "const a = raw`x{{ .A }}`;\n", "write ${ {{.A}} }", "const a = raw`x${ {{.A}} }`;\n", "const a = raw`x${ \"a: 1\" }`;\n"},
	{"x.ts", "`x${{ .A }}`;\n", `write \$ for the character $, or ${ {{.A}} }`, "`x\\${{ .A }}`;\n", "`x\\$a: 1`;\n"},
	{"x.ts", "const a = 'x\nf({{ .A }});\n", "close the string before its line ends", "const a = 'x'\nf({{ .A }});\n", "const a = 'x'\nf(\"a: 1\");\n"},
	{"x.ts", "const a = /^{{ .A }}\\d[/]$/gi;\n", `write new RegExp({{ printf "^%v$" .A }})`, "const a = new RegExp({{ printf \"^%v\\\\d[/]$\" .A }}, \"gi\");\n", "const a = new RegExp(\"^a: 1\\\\d[/]$\", \"gi\");\n"},
	{"x.ts", "const a = /x\nf({{ .A }});\n", "close the regular expression before its line ends, or put parentheses around what is divided", "const a = /x/\nf({{ .A }});\n", "const a = /x/\nf(\"a: 1\");\n"},
	{"x.ts", "{ b }\n/x/.test({{ .A }});\n", asDivided, "{ b }\n;/x/.test({{ .A }});\n", "{ b }\n;/x/.test(\"a: 1\");\n"},
	{"x.ts", "a++ / {{ .N }};\n", asDivided, "(a++) / {{ .N }};\n", "(a++) / 7;\n"},
	{"x.ts", "a\n/ {{ .N }};\n", asDivided, "a /\n {{ .N }};\n", "a /\n 7;\n"},
	{"x.js", "const a = <p>{{ .A }}</p>;\n", asElement, "const a = createElement('p', null, {{ .A }});\n", "const a = createElement('p', null, \"a: 1\");\n"},
	{"x.js", "const a = x\n  <b && {{ .N }};\n", asElement, "const a = x\n  < b && {{ .N }};\n", "const a = x\n  < b && 7;\n"},

	// Comments.
	{"x.ts", "/// {{ .A }}\n", inTag, "// / {{ .A }}\n", "// / a: 1\n"},
	{"x.ts", "//# {{ .A }}\n", inTag, "// # {{ .A }}\n", "// # a: 1\n"},
	{"x.ts", "/*# {{ .A }} */\n", inTag, "/* # {{ .A }} */\n", "/* # a: 1 */\n"},
	{"x.ts", "/**\n * @{{ .B }}\n */\n", inTag, "/**\n * @ {{ .B }}\n */\n", "/**\n * @ no\n */\n"},
	{"x.ts", "f( {{ comment .A }});\n", "put a line break after the action", "f( {{ comment .A }}\n);\n", "f( // a: 1\n);\n"},
	{"x.ts", "a <!-- b\nf({{ .A }});\n", asPlain, "a < !-- b\nf({{ .A }});\n", "a < !-- b\nf(\"a: 1\");\n"},
	{"x.ts", "a\n--> {{ .N }}\n", asPlain, "a\n-- > {{ .N }}\n", "a\n-- > 7\n"},
	{"x.ts", "f();/{{ if .T }}/ a {{ else }}/ b {{ end }}{{ .A }}\n", asPlain, "f();{{ if .T }}// a {{ else }}// b {{ end }}{{ .A }}\n", "f();// a a: 1\n"},
	{"x.ts", "#!/bin/{{ .B }}\n", inTag, "#!/bin/sh\n", "#!/bin/sh\n"},
}
