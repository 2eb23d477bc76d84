package escape

// pythonHints are the hints of Python.
var pythonHints = []hintRow{
	{"x.py", "a = {{ .A }}{{ .B }}\n", `write {{ printf "%v%v" .A .B }}`, "a = {{ printf \"%v%v\" .A .B }}\n", "a = \"a: 1no\"\n"},
	{"x.py", "a = \"b\"{{ .A }}\n", "put a space or an operator between them", "a = \"b\" + {{ .A }}\n", "a = \"b\" + \"a: 1\"\n"},
	{"x.py", "def a{{ .A }}():\n    pass\n", "write {{ ident .A }}", "def a{{ ident .A }}():\n    pass\n", "def aa__1():\n    pass\n"},
	{"x.py", "def {{ .A }}():\n    pass\n", "write {{ ident .A }}", "def {{ ident .A }}():\n    pass\n", "def a__1():\n    pass\n"},
	{"x.py", "{{ print .A }}(1)\n", "write {{ ident (print .A) }}", "", "a__1(1)\n"},
	{"x.py", "def {{ include \"word.txt\" . }}():\n    pass\n", "write {{ ident VALUE }}", "def {{ ident (include \"word.txt\" .) }}():\n    pass\n", "def it__is():\n    pass\n"},
	{"x.py", "a = \"\"\"{{ .A }}\"\"\"\n", "write the whole string as one action, without quotes: {{ VALUE }}, or {{ printf \"\\\"\\\"\\\"%v\\\"\\\"\\\"\" .A }}", "a = {{ .A }}\n", "a = \"a: 1\"\n"},
	{"x.py", "a = f\"{{ .A }}\"\n", "assign the value to a variable with {{ VALUE }}, and use the variable in the string", "b = {{ .A }}\na = f\"{b}\"\n", "b = \"a: 1\"\na = f\"{b}\"\n"},
	{"x.py", "a = \"\\{{ .A }}\"\n", escaped, "a = \"\\\\{{ .A }}\"\n", "a = \"\\\\a: 1\"\n"},
	{"x.py", "a = \"{{ .A }}\"\"{{ .B }}\"\n", "put a space between the two strings", "a = \"{{ .A }}\" \"{{ .B }}\"\n", "a = \"a: 1\" \"no\"\n"},
	{"x.py", "if a:\n    {{ comment .B }}\n    pass\n", "write {{- comment .B | nindent N }}, where N is the column of its lines", "if a:\n    {{- comment .B | nindent 4 }}\n    pass\n", "if a:\n    # no\n    pass\n"},
	{"x.py", "if a:\n    {{ include \"code.py\" . }}\n", atColumn, "if a:\n    {{- include \"code.py\" . | nindent 4 }}\n", "if a:\n    x = 1\n    y = 2\n"},
	{"x.py", "a = {{ .A | indent 4 }}\n", "write the value without indent: it is a literal of one line", "a = {{ .A }}\n", "a = \"a: 1\"\n"},
	{"x.py", "class {{ include \"nothing.py\" . }}: pass\n", "leave out the whole statement where its source is empty", "{{ if include \"nothing.py\" . }}class {{ include \"nothing.py\" . }}: pass{{ end }}\n", "\n"},
	{"x.py", "a: {{ include \"code.py\" . }} = 1\n", "write source such as list[str] | None", "a: {{ include \"type.py\" . }} = 1\n", "a: list[str] | None = 1\n"},
	{"x.py", "import {{ include \"code.py\" . }}\n", "write source of a name, such as client.Client", "import {{ include \"name.py\" . }}\n", "import client\n"},
}
