package escape

// pythonHints are the hints of Python.
var pythonHints = []hintRow{
	{"x.py", "a = {{ .A }}{{ .B }}\n", `write {{ printf "%v%v" .A .B }}`, "a = {{ printf \"%v%v\" .A .B }}\n", "a = \"a: 1no\"\n"},
	{"x.py", "a = \"b\"{{ .A }}\n", "put a space or an operator between them", "a = \"b\" + {{ .A }}\n", "a = \"b\" + \"a: 1\"\n"},
	{"x.py", "def a{{ .A }}():\n    pass\n", `write {{ ident (printf "a%v" .A) }} for a name, or put a space between them`, "def {{ ident (printf \"a%v\" .A) }}():\n    pass\n", "def aa__1():\n    pass\n"},
	{"x.py", "def {{ .A }}():\n    pass\n", "write {{ ident .A }}", "def {{ ident .A }}():\n    pass\n", "def a__1():\n    pass\n"},
	{"x.py", "{{ print .A }}(1)\n", "write {{ ident (print .A) }}", "", "a__1(1)\n"},
	{"x.py", "def {{ include \"word.txt\" . }}():\n    pass\n", "write {{ ident VALUE }}", "def {{ ident (include \"word.txt\" .) }}():\n    pass\n", "def it__is():\n    pass\n"},
	{"x.py", "a = \"\\{{ .A }}\"\n", wholeEscape, "a = \"\\\\{{ .A }}\"\n", "a = \"\\\\a: 1\"\n"},
	{"x.py", "a = \"{{ .A }}\"\"{{ .B }}\"\n", "put a space between the two strings", "a = \"{{ .A }}\" \"{{ .B }}\"\n", "a = \"a: 1\" \"no\"\n"},
	{"x.py", "if a:\n    {{ comment .B }}\n    pass\n", "write {{- comment .B | nindent N }}, where N is the column of its lines", "if a:\n    {{- comment .B | nindent 4 }}\n    pass\n", "if a:\n    # no\n    pass\n"},
	{"x.py", "if a:\n    {{ include \"code.py\" . }}\n", atColumn, "if a:\n    {{- include \"code.py\" . | nindent 4 }}\n", "if a:\n    x = 1\n    y = 2\n"},
	{"x.py", "a = {{ .A | indent 4 }}\n", "write the value without indent: it is a literal of one line", "a = {{ .A }}\n", "a = \"a: 1\"\n"},
	{"x.py", "class {{ include \"nothing.py\" . }}: pass\n", "leave out the whole statement where its source is empty", "{{ if include \"nothing.py\" . }}class {{ include \"nothing.py\" . }}: pass{{ end }}\n", "\n"},
	{"x.py", "a: {{ include \"code.py\" . }} = 1\n", "write source such as list[str] | None", "a: {{ include \"type.py\" . }} = 1\n", "a: list[str] | None = 1\n"},
	{"x.py", "import {{ include \"code.py\" . }}\n", "write source of a name, such as client.Client", "import {{ include \"name.py\" . }}\n", "import client\n"},

	// Names and numbers.
	{"x.py", "class {{ .A }}Model:\n    pass\n", `write {{ ident (printf "%vModel" .A) }} for a name, or put a space between them`, "class {{ ident (printf \"%vModel\" .A) }}:\n    pass\n", "class a__1Model:\n    pass\n"},
	{"x.py", "a = get_{{ .A }}_{{ .B }}()\n", `write {{ ident (printf "get_%v_%v" .A .B) }} for a name, or put a space between them`, "a = {{ ident (printf \"get_%v_%v\" .A .B) }}()\n", "a = get_a__1_no()\n"},
	{"x.py", "from {{ .B }} import x\n", "write {{ ident .B }}", "", "from no import x\n"},
	{"x.py", "a = 1{{ .N }}0\n", `write {{ int (printf "1%v0" .N) }}`, "a = {{ int (printf \"1%v0\" .N) }}\n", "a = 170\n"},
	{"x.py", "a = {{ .A }}if x else 1\n", `write {{ ident (printf "%vif" .A) }} for a name, or put a space between them`, "a = {{ .A }} if x else 1\n", "a = \"a: 1\" if x else 1\n"},
	{"x.py", "a = 1 if x else{{ .A }}\n", `write {{ ident (printf "else%v" .A) }} for a name, or put a space between them`, "a = 1 if x else {{ .A }}\n", "a = 1 if x else \"a: 1\"\n"},
	{"x.py", "a = 1 + \\{{ .N }}\n", "write a line break between the two, or remove the backslash", "a = 1 + \\\n{{ .N }}\n", "a = 1 + \\\n7\n"},
	{"x.py", "a = 1 + \\{{ .N }}\n", "write a line break between the two, or remove the backslash", "a = 1 + {{ .N }}\n", "a = 1 + 7\n"},
	{"x.py", "a = b{{ .N }}\n", `write {{ quote .N }} for a string, without the b, and .encode() behind it for bytes; for a name, write {{ ident (printf "b%v" .N) }} for a name, or put a space between them`, "a = {{ quote .N }}.encode()\n", "a = \"7\".encode()\n"},
	{"x.py", "a = b{{ .N }}\n", `write {{ quote .N }} for a string, without the b, and .encode() behind it for bytes; for a name, write {{ ident (printf "b%v" .N) }} for a name, or put a space between them`, "a = {{ ident (printf \"b%v\" .N) }}\n", "a = b7\n"},
	{"x.py", "a = R{{ .A }}\n", `write {{ quote .A }} for a string, without the R, and .encode() behind it for bytes; for a name, write {{ ident (printf "R%v" .A) }} for a name, or put a space between them`, "a = {{ quote .A }}\n", "a = \"a: 1\"\n"},

	// Strings.
	{"x.py", "a = {{ .A }}\"b\"\n", "put a space or an operator between them", "a = {{ .A }} \"b\"\n", "a = \"a: 1\" \"b\"\n"},
	{"x.py", "\"\"\"a \"\"{{ .A }}\"\"\"\n", `write the quotes beside the action with a backslash before each: \"`, "\"\"\"a \\\"\\\"{{ .A }}\"\"\"\n", "\"\"\"a \\\"\\\"a: 1\"\"\"\n"},
	{"x.py", "a = \"\\0{{ .N }}\"\n", wholeEscape, "a = \"\\000{{ .N }}\"\n", "a = \"\\0007\"\n"},
	{"x.py", "a = \"\\x4{{ .N }}\"\n", wholeEscape, "a = \"\\x47\"\n", "a = \"\\x47\"\n"},
	{"x.py", "a = \"\\x4{{ .N }}\"\n", wholeEscape, "a = \"\\\\x4{{ .N }}\"\n", "a = \"\\\\x47\"\n"},
	{"x.py", "a = r'\\w{{ if .T }}{{ .A }}{{ end }}!'\n", "end the string before the action, and begin another one after it: r'…' {{ quote .A }} r'…'", "a = r'\\w' {{ if .T }}{{ quote .A }} {{ end }}r'!'\n", "a = r'\\w' \"a: 1\" r'!'\n"},
	{"x.py", "a = b'{{ .A }}'\n", "end the string before the action, and begin another one after it: b'…' + {{ quote .A }}.encode() + b'…'", "a = b'' + {{ quote .A }}.encode() + b''\n", "a = b'' + \"a: 1\".encode() + b''\n"},
	{"x.py", "a = rf'\\d{x}{{ .A }}!'\n", "end the string before the action, and begin another one after it: rf'…' {{ quote .A }} rf'…'", "a = rf'\\d{x}' {{ quote .A }} rf'!'\n", "a = rf'\\d{x}' \"a: 1\" rf'!'\n"},
	{"x.py", "a = f\"{x:>{{ .N }}}\"\n", "write value = {{ .N }} on a line before, and {value} in the string", "value = {{ .N }}\na = f\"{x:>{value}}\"\n", "value = 7\na = f\"{x:>{value}}\"\n"},
	{"x.py", "a = f\"{ {{ .A }} }\"\n", "write value = {{ .A }} on a line before, and {value} in the string", "value = {{ .A }}\na = f\"{value}\"\n", "value = \"a: 1\"\na = f\"{value}\"\n"},
	{"x.py", "a = f\"{x} }{{ .A }}\"\n", "write }} for a brace", "a = f\"{x} }}{{ .A }}\"\n", "a = f\"{x} }}a: 1\"\n"},
}
