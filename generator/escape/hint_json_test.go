package escape

const jsonCommas = loopCommas + ", or after each item {{ if not (isLast $i LIST) }},{{ end }}"

// jsonHints are the hints of JSON.
var jsonHints = []hintRow{
	{"x.json", "{\"a\": v{{ .N }}-{{ .B }}}\n", `write "v{{.N}}-{{.B}}"`, "", "{\"a\": \"v7-no\"}\n"},
	{"x.json", "[{{ .N }}0, 1]\n", `write "{{.N}}0"`, "", "[\"70\", 1]\n"},
	{"x.json", "[\"a\"{{ .A }}]\n", `write it inside the quotes before it: {{.A}}"`, "", "[\"aa: 1\"]\n"},
	{"x.json", "[\"\\{{ .A }}\"]\n", escaped, "[\"\\\\{{ .A }}\"]\n", "[\"\\\\a: 1\"]\n"},
	{"x.jsonc", "[1 /* {{ .A }} */]\n", "write the comment with //", "[1 // {{ .A }}\n]\n", "[1 // a: 1\n]\n"},
	{"x.html", "<script type=\"application/json\">[1 // {{ .A }}\n]</script>", "remove the comment: JSON in a script has none", "<script type=\"application/json\">[1\n]</script>", "<script type=\"application/json\">[1\n]</script>"},
	{"x.json", "[{{ range .L }}{{ . }}{{ end }}]\n", jsonCommas, "[{{ range $i, $x := .L }}{{ if $i }}, {{ end }}{{ $x }}{{ end }}]\n", "[\"x\", \"y z\", \"# w\"]\n"},
	{"x.json", "[{{ range .L }}{{ . }}{{ end }}]\n", jsonCommas, "[{{ range $i, $x := .L }}{{ $x }}{{ if not (isLast $i $.L) }},{{ end }}{{ end }}]\n", "[\"x\",\"y z\",\"# w\"]\n"},
	{"x.json", "[{{ .A }} {{ .B }}]\n", jsonCommas, "[{{ .A }}, {{ .B }}]\n", "[\"a: 1\", \"no\"]\n"},
	{"x.json", "{ {{ include \"key.json\" . }}: 1 }\n", "a key must be a string", "{ {{ .A }}: 1 }\n", "{ \"a: 1\": 1 }\n"},
	{"x.json", "[{{ .A | indent 2 }}]\n", "write the value without indent", "[{{ .A }}]\n", "[\"a: 1\"]\n"},
	{"x.json", "{ {{ .L }}: 1 }\n", ofScalar, "{ {{ .N }}: 1 }\n", "{ \"7\": 1 }\n"},
}
