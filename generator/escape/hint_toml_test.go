package escape

// tomlHints are the hints of TOML.
var tomlHints = []hintRow{
	{"x.toml", "a = v{{ .N }}.0\n", `write "v{{.N}}.0"`, "", "a = \"v7.0\"\n"},
	{"x.toml", "a = {{ .N }}0\n", `write "{{.N}}0"`, "", "a = \"70\"\n"},
	{"x.toml", "a = {{ .A }} {{ .B }}\n", `write "{{.A}} {{.B}}"`, "", "a = \"a: 1 no\"\n"},
	{"x.toml", "{{ .A }} {{ .B }} = 1\n", `write "{{.A}} {{.B}}"`, "", "\"a: 1 no\" = 1\n"},
	{"x.toml", "a{{ if .T }}b{{ end }}{{ .B }} = 1\n", "put the whole key in double quotes", "\"a{{ if .T }}b{{ end }}{{ .B }}\" = 1\n", "\"abno\" = 1\n"},
	{"x.toml", "{{ .B }}{{ if .T }}b{{ end }} = 1\n", "put the whole key in double quotes", "\"{{ .B }}{{ if .T }}b{{ end }}\" = 1\n", "\"nob\" = 1\n"},
	{"x.toml", "{{ range .L }}a-{{ . }}{{ end }} = 1\n", "put a line break between them", "{{ range .L }}a-{{ . }} = 1\n{{ end }}", "a-x = 1\n\"a-y z\" = 1\n\"a-# w\" = 1\n"},
	{"x.toml", "{{ range .L }}{{ . }}{{ end }} = 1\n", "put a line break between them", "{{ range .L }}{{ . }} = 1\n{{ end }}", "x = 1\n\"y z\" = 1\n\"# w\" = 1\n"},
	{"x.toml", "a = \"\\{{ .A }}\"\n", escaped, "a = \"\\\\{{ .A }}\"\n", "a = \"\\\\a: 1\"\n"},
	{"x.toml", "a = \"\"\"b \\\n  {{ .B }}\"\"\"\n", "write it on the line that ends in a backslash", "a = \"\"\"b {{ .B }}\\\n  \"\"\"\n", "a = \"\"\"b no\\\n  \"\"\"\n"},
	{"x.toml", "a = \"b\"{{ .A }}\n", "put a comma or a line break between them, or write it inside the quotes before it", "a = \"b{{ .A }}\"\n", "a = \"ba: 1\"\n"},
	{"x.toml", "a = [{{ .A }} {{ .B }}]\n", "put a comma between them", "a = [{{ .A }}, {{ .B }}]\n", "a = [\"a: 1\", \"no\"]\n"},
	{"x.toml", "a = {{ .None }}\n", "leave the key out: {{ with VALUE }}key = {{ . }}{{ end }}", "{{ with .None }}a = {{ . }}{{ end }}\n", "\n"},
	{"x.toml", "a = {{ .Map }}\n", "remove it from the value, or give it another value", "a = {{ omit .Map \"b\" }}\n", "a = { a = 1 }\n"},
	{"x.toml", "a = {{ .Big }}\n", "write it as a string: {{ quote VALUE }}", "a = {{ quote .Big }}\n", "a = \"9223372036854775808\"\n"},
	{"x.toml", "{{ .L }} = 1\n", ofScalar, "{{ .N }} = 1\n", "7 = 1\n"},
	{"x.toml", "{{ .A }}\n", "write key = {{ VALUE }}, or {{ toToml MAP }} for all keys of a map", "a = {{ .A }}\n", "a = \"a: 1\"\n"},
	{"x.toml", "{{ .Ms }}\n", "write key = {{ VALUE }}, or {{ toToml MAP }} for all keys of a map", "{{ toToml (index .Ms 0) }}\n", "Name = \"p\"\nValue = 1\n"},
	{"x.toml", "a = {{ .A | nindent 2 }}\n", "write {{- toToml VALUE | nindent N }}, or the value without indent", "a ={{- toToml .A | nindent 0 }}\n", "a = \"a: 1\"\n"},
	{"x.toml", "a = {{ include \"nothing.toml\" . }}\n", "write {{ with VALUE }}key = {{ . }}{{ end }}", "{{ with include \"nothing.toml\" . }}a = {{ . }}{{ end }}\n", "\n"},
	{"x.toml", "{{ include \"part.toml\" . }} = 1\n", "use a string, or source of one key", "{{ include \"word.txt\" . }} = 1\n", "\"it: is\" = 1\n"},
	{"x.toml", "{{ toToml .L }}\n", "write key = {{ toToml VALUE }}", "a = {{ toToml .L }}\n", "a = [\"x\", \"y z\", \"# w\"]\n"},
	{"x.toml", "a = {{ include \"part.toml\" . }}\n", "write the value itself, or the source on lines of its own", "{{ include \"part.toml\" . }}\n", "p = 1\nq = 2\n"},
	{"x.toml", "a = '{{ .Text }}'\n", "write the string in double quotes, or as an action without quotes", "a = {{ .Text }}\n", "a = \"one\\ntwo: 2\\n\"\n"},
}
