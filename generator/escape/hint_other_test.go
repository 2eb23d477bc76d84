package escape

import "strings"

// otherHints are the hints that belong to no language, or to all.
var otherHints = []hintRow{
	{"x.yaml", "{{ define \"x\" }}b{{ end }}a: 1\n", `move it to a partial and write {{ include "name" . }}`, "a: {{ include \"word.txt\" . }}\n", "a: 'it: is'\n"},
	{"x.yaml", "a: {{ template \"x\" . }}\n{{ define \"x\" }}b{{ end }}", `move it to a partial and write {{ include "name" . }}`, "a: {{ include \"word.txt\" . }}\n", "a: 'it: is'\n"},
	{"x.yaml", "{{ if .T }}\na: 1\n", "end each {{ if }}, {{ range }} and {{ with }} with {{ end }}", "{{ if .T }}\na: 1\n{{ end }}", "\na: 1\n"},
	{"x.yaml", "a: 1{{ if .T }} #{{ else }}\nb: {{ end }}{{ .A }}\n", "let all branches before it end in the same place", "a: 1\nb: {{ if .T }}{{ .B }}{{ else }}{{ .A }}{{ end }}\n", "a: 1\nb: 'no'\n"},
	{"x.ts", "const a = { b, {{ .B }}{{ if .T }}: 1{{ end }} };\n", "let all branches after it begin alike", "const a = { b, {{ .B }}: {{ if .T }}1{{ else }}2{{ end }} };\n", "const a = { b, no: 1 };\n"},
	{"x.ts", "const a = " + strings.Repeat("{{ if .T }}a{{ else }}b{{ end }}", 20) + "\n", "let the branches end alike, or move some of them to a partial", "const a = {{ if .T }}\"a\"{{ else }}\"b\"{{ end }}\n", "const a = \"a\"\n"},
	{"x.json", "[{{ $s := \"\" }}{{ range .L }}{{ $s }}{{ . }}{{ if .  }}{{ $s = \",\" }}{{ end }}{{ end }}]\n", jsonCommas, "[{{ $s := \"\" }}{{ range .L }}{{ $s }}{{ . }}{{ $s = \",\" }}{{ end }}]\n", "[\"x\",\"y z\",\"# w\"]\n"},
	{"x.json", "[\"{{ .A }}]\n", "close it in the same template", "[\"{{ .A }}\"]\n", "[\"a: 1\"]\n"},
	{"x.yaml", "{{ range .L }} {{ end }}a: 1\n", "let the loop body end as it begins: at the start of a line, or after a whole scalar", "{{ range .L }} \n{{ end }}a: 1\n", " \n \n \na: 1\n"},
	{"x.yaml", "a: {{ if .T }}\"b{{ else }}c{{ end }}\"\n", "open and close a quote or bracket in the same branch", "a: {{ if .T }}\"b\"{{ else }}\"c\"{{ end }}\n", "a: \"b\"\n"},
	{"x.yaml", "a: b-{{ .L }}\n", asText, "a: b-{{ toJson .L }}\n", "a: b-[\"x\", \"y z\", \"# w\"]\n"},
	{"x.json", "[{{ comment .A }}]\n", "remove the comment", "[]\n", "[]\n"},
	{"x.yaml", "a: {{ indent -1 .A }}\n", "write a number from 0 to 1000", "a: {{ print (indent 1 .B) }}\n", "a: ' no'\n"},
	{"x.yaml", "a:\n{{ text .Text | indent 2 }}\n", "write nindent 2", "", "a:\n |\n  one\n  two: 2\n"},
	{"x.yaml", "a: {{ .Loop }}\n", "a value must not contain itself", "a: {{ .L }}\n", "a: [x, y z, '# w']\n"},
	{"x.txt", "{{ .Huge }}\n", "write the list in a range, or less of it", "{{ range .L }}{{ . }}, {{ end }}\n", "x, y z, # w, \n"},
	{"x.txt", "{{ .Long }}\n", "write the list in a range, or less of it", "{{ range .L }}{{ . }}, {{ end }}\n", "x, y z, # w, \n"},
	{"x.yaml", "a: {{ .Bad }}\n", "write numbers as in JSON, such as -1.5e3", "a: {{ -1.5e3 }}\n", "a: -1500\n"},
	{"x.yaml", "a: {{ .Struct }}\n", "write one of its fields", "a: {{ .Struct.A }}\n", "a: a\n"},
	{"x.yaml", "a: {{ .NaN }}\n", "write a finite number", "a: {{ .N }}\n", "a: 7\n"},
	{"x.yaml", "a: {{ .Ints }}\n", "the keys of a map must be strings", "a: {{ .M }}\n", "a: {a: [1.5, null, 'no', {}], z: 1}\n"},
	{"x.yaml", "a: {{ index (distinct \"x\" nil .L) 0 }}\n", "use flag, ident, kebab, pascal or snake", "a: {{ index (distinct \"snake\" nil .L) 0 }}\n", "a: x\n"},
	{"x.yaml", "a: {{ distinct \"snake\" .A .L }}\n", "give a list of strings: (list \"a\" \"b\")", "a: {{ distinct \"snake\" (list \"x\" \"b\") .L }}\n", "a: [x_2, y_z, w]\n"},
	{"x.yaml", "a: {{ distinct \"snake\" .Ms .L }}\n", "give a list of strings", "a: {{ distinct \"snake\" nil .L }}\n", "a: [x, y_z, w]\n"},
	{"x.json", "[{{ if isLast .A .L }}1{{ end }}]\n", "write {{ range $i, $x := LIST }} … {{ if not (isLast $i LIST) }},{{ end }}, with the same list", "[{{ range $i, $x := .L }} {{ $x }}{{ if not (isLast $i $.L) }},{{ end }}{{ end }}]\n", "[ \"x\", \"y z\", \"# w\"]\n"},
}
