package attack_test

var pythonGrammar = grammar{
	"file": {"«head»«stmt*»", "«head»«stmt*»«stmt*»", "«stmt*»", "«corpus»", "«head»«corpus»«stmt*»", "{{ include «P» $ }}\n«stmt*»", "import os\n\n\ndef main():\n    «stmt*»\n\nif __name__ == \"__main__\":\n    main()\n"},
	"head": {
		"", "#!/usr/bin/env python3\n", "# «remark»\n", "# -*- coding: utf-8 -*-\n", "\"\"\"«str»\"\"\"\n", "# «remark»\n# «remark»\n", "from __future__ import annotations\n", "{{ comment «E» }}\n", "# {{ «E» }}: {{ «E» }}\n",
		"# {{ «E» }} {{ «E» }}\n", "# vim: set fileencoding={{ «E» }} :\n", "\n# {{ «E» }}\n", "#{{ «E» }}\n", "# coding{{ «E» }}\n", "\f# «A»\n",
	},
	"partial": {"«expr»", "«expr»\n", "«stmt*»", "{{ ident .API.Title }}\n", "list[str]\n", "«name»\n", "«arg,»", "# «remark»\n", "{{ ident .API.Title }}=«A»\n", "(\n    «expr»\n)\n", "@«A»\n", "f\"{x}\"\n", "«expr»,\n«expr»,\n", "\"«str»\"\n\"«str»\"\n"},
	"stmt": {
		"«name» = «A»\n", "«name» = «expr»\n", "«name» = «expr»\n", "«name» = «expr»\n", "«name»: «ann» = «expr»\n", "«name»: «ann»\n", "def «name»(«param,»):\n    «stmt*»", "def «name»(«param,») -> «ann»:\n    return «expr»\n", "class «name»(«arg,»):\n    «stmt*»", "class «name»:\n    \"\"\"«str»\"\"\"\n    «stmt*»",
		"if «expr»:\n    «stmt*»else:\n    «stmt*»", "@deco(«arg,»)\ndef f(): ...\n", "@«A»\ndef f(): ...\n", "import «name» as «name»\n", "from «name» import «name»\n", "from «name» import (\n    «name»,\n    «name»,\n)\n", "print(«arg,»)\n", "# «remark»\n", "«name» = «expr»  # «remark»\n", "\n", "pass\n",
		"«name» = \\\n    «expr»\n", "«name» = (\n    «expr»\n)\n", "«name» = [\n    «expr»,\n    «expr»,\n]\n", "«name» = {\n    «pair»,\n    «pair»,  # «remark»\n}\n", "«name» = (\n    \"«str»\"\n    \"«str»\"\n)\n", "\"\"\"«str»\"\"\"\n", "{{- comment «E» | nindent @ }}\n", "{{ include «P» $ }}\n", "{{- include «P» $ | nindent @ }}\n",
		"«name» = {{ toPython «L» | nindent 0 }}\n", "for «name» in «expr»:\n    «stmt*»", "with «expr» as «name»:\n    «stmt*»", "match «expr»:\n    case «expr»:\n        «stmt*»", "try:\n    «stmt*»except «name»:\n    «stmt*»", "assert «expr», «expr»\n", "«name» += «expr»\n", "global «name»\n", "raise «expr» from «expr»\n", "«expr»\n", "del «name»[«expr»]\n",
		"type «name» = «expr»\n", "«name» = «expr»; «name» = «expr»\n", "«corpus»", "{{- range $.API.Resources }}\n{{ ident .Name }} = «expr»\n{{- end }}\n", "«name» = ({{ range $.API.Resources }}\"{{ .Description }}\"{{ end }})\n", "«name» = [{{ range $.API.Resources }}\n    {{ .Name }},{{ end }}\n]\n", "{{ include «P» $ }}(«arg,»)\n", "«name»: {{ include «P» $ }} = None\n", "«A» = «expr»\n", "async def «name»(): await «expr»\n", "lambda «A»: 1\n",
		"if x: y = «expr»\n", "(«name» := «expr»)\n", "x, y = «expr», «expr»\n", "\tx = «A»\n", "x = 1 #«A»\n",
	},
	"param": {"«name»", "«name»=«A»", "«name»: «ann»", "«name»: «ann» = «expr»", "*", "**kw", "{{ ident «E» }}: «ann» = None", "{{ ident «E» }}=«A»", "/"},
	"arg":   {"«A»", "«expr»", "«name»=«expr»", "{{ ident «E» }}=«A»", "*«expr»", "**«expr»", "{{ include «P» $ }}", "{{ include «P» $ }}=1", "help=«A»", "\n    «A»"},
	"pair":  {"\"«str»\": «A»", "«A»: «A»", "«expr»: «expr»", "**«expr»"},
	"name":  {"a", "b", "x", "Book", "{{ ident «E» }}", "{{ ident (printf \"get_%s\" «E») }}", "get_{{ ident «E» }}", "get_{{ snake «E» }}", "{{ «E» }}", "{{ include «P» $ }}", "a.b", "x{{ ident «E» }}y", "self.{{ ident «E» }}"},
	"ann":   {"str", "«A»", "list[str]", "\"«str»\"", "list[«A»]", "Literal[«A», «A»]", "{{ include «P» $ }}", "Annotated[str, «expr»]", "{{ ident «E» }}", "None | «A»"},
	"expr": {
		"«A»", "«A»", "«A»", "\"«str»\"", "\"«str»\"", "'«str»'", "f\"«fstr»\"", "f'«fstr»'", "rf'«fstr»'", "F\"\"\"«fstr»\"\"\"", "b\"«str»\"", "b«A»", "r\"«str»\"", "r«A»", "f«A»", "u\"«str»\"", "t\"«fstr»\"", "\"\"\"«str»\"\"\"", "'''«str»'''", "r\"\"\"«str»\"\"\"", "[«arg,»]", "(«expr,»)", "{«pair,»}", "{«expr,»}",
		"f(«arg,»)", "x.f(«arg,»)", "«expr» + «expr»", "«expr» % «expr»", "«expr» if «expr» else «expr»", "«expr»[«expr»]", "x[«expr»:«expr»]", "«A».x", "x.«A»", "«A»(«arg,»)", "-«A»", "not «A»", "not«A»", "lambda: «A»", "lambda «name»: «expr»", "«A»if «A»else«A»", "«A» or«A»", "x in«A»", "[«expr» for «name» in «expr»]",
		"\"«str»\" \"«str»\"", "\"«str»\"\"«str»\"", "\"«str»\"«A»", "«A»\"«str»\"", "«A» «A»", "«A»«A»", "\"\" «A»", "\"a\" «A»", "f\"{x}\" «A»", "b\"a\" «A»", "1«A»", "«A»1", "0x«A»", "1.«A»", "...", "None", "1", "{{ toPython «M» }}", "{{ toPython «L» | nindent @ }}", "{{ include «P» $ }}", "{{ quote «E» }}", "{{ ident «E» }}", "x", "x.y",
		"(\n    «A»\n    «A»\n)", "(\n    # «remark»\n    «A»\n)", "(«A»)\n(«A»)", "await «A»", "yield «A»", "*«A»", "x == «A»", "x==«A»", "x = «A»", "x:=«A»", "«A».format(«arg,»)", "«A» % («A»,)", "`«A»`", "«A»?", "$«A»",
	},
	"str":    {"«A»", "«A»", "a «A»", "«A» b", "«A»«A»", "«word»", "", "\\\"«A»\\\"", "\\'«A»", "\\«A»", "\\x«A»", "\\N«A»", "«A»\\\\", "«A»\\", "a\n    «A»", "a\\\n«A»", "{ «A» }", "%«A»s", "# «A»", "«A»: «A»", "{{ quote «E» }}", "{{ text «E» }}", "{{ range $.API.Resources }}{{ .Name }} {{ end }}", "{{ upper «E» }}", "\\N{BULLET} «A»"},
	"fstr":   {"a{x}b", "«A»", "{x} «A»", "{ «A» }", "{x!r}", "{x:>{y}}", "{x:«A»}", "{x[\"a\"]}", "{x['a']} «A»", "{x[\"a\"]}: «A»", "{\"«str»\"}", "{f\"«A»\"}", "{f'«A»'}", "{{ \"{{\" }}«A»{{ \"}}\" }}", "{x=} «A»", "«word»", "{x\n}«A»", "{x:{{ \"{\" }} «A» }", "{x} \\N{BULLET} «A»", "{#«A»\n}", "{x!«A»}", "{'\\n'}«A»", "{(lambda: «A»)}", "\\{ «A» }"},
	"remark": {"«word»", "«A»", "«word»: «A»", "«A» # «A»", "\"«A»\"", "it's «A»", "type: «A»", "noqa: «A»", "coding «A»", "«A» «A»", "«A»\\"},
}
