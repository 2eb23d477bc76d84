package attack_test

// dialects are the languages that are tried. One that package escape does not know yet is left out.
var dialects = []dialect{
	{"YAML", "yaml", yamlGrammar, []string{"line", "value", "item", "entry", "flow", "dq"}},
	{"JSON", "json", jsonGrammar, []string{"value", "member", "string"}},
	{"TOML", "toml", tomlGrammar, []string{"line", "value", "basic"}},
	{"Python", "py", pythonGrammar, []string{"stmt", "expr", "arg", "str", "param"}},
	{"Markdown", "md", markdownGrammar, []string{"block", "inline", "item", "row"}},
	{"HTML", "html", htmlGrammar, []string{"node", "attribute", "text"}},
	{"TypeScript", "ts", typescriptGrammar, []string{"stmt", "expr", "member", "str"}},
}

var yamlGrammar = grammar{
	"file": {
		"«line*»", "«line*»", "«line*»", "«item*»", "---\n«line*»", "---\n«line*»---\n«line*»", "# «remark»\n«line*»", "%YAML 1.2\n---\n«line*»", "«node»", "«line*»...\n", "«corpus»", "«corpus»«line*»",
		"{{ range $.API.Resources }}---\n«line*»{{ end }}", "{{- range $.API.Resources }}\n---\n«line*»{{- end }}\n", "--- «value»\n", "{{- include «P» $ | nindent @ }}\n", "{{ include «P» $ }}\n«line*»", "{{ toYaml «M» }}\n",
		"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: «A»\n  labels: {app: «A»}\ndata:\n  «line*»",
		"services:\n  web: &web\n    image: «A»\n    environment:\n      - \"A=«A»\"\n  other:\n    <<: *web\n    command: [\"sh\", \"-c\", «A»]\n",
		"on: push\njobs:\n  build:\n    name: «A»\n    steps:\n      - run: |\n          echo \"${{ \"{{\" }} secrets.X {{ \"}}\" }}\"\n          «block»\n      - name: «A»\n        run: «A»\n",
		".base: &base\n  script:\n    - «A»\nbuild:\n  <<: *base\n  rules:\n    - if: '$CI == \"«A»\"'\n  extends: !reference [.base, «A»]\n",
	},
	"partial": {"«A»\n", "«line*»", "«item*»", "«value»", "[«flow,»]\n", "{{ .API.Title }}: «value»\n", "# «remark»\n", "- «value»\n", "|\n  «block»\n", "---\n«line*»", "&b\n«line*»", "«line*»\n\n"},
	"node":    {"«value»\n", "|\n  «block»\n", "- «value»\n"},
	"line": {
		"«key»: «A»\n", "«key»: «value»\n", "«key»: «value»\n", "«key»: «value»\n", "«key»:\n  «line*»", "«key»:\n  «item*»", "«key»:\n«item*»", "# «remark»\n", "«key»: «value» # «remark»\n", "\n",
		"«key»: |\n  «block»\n", "«key»: >-\n  «block»\n", "«key»: |+\n  «block»\n\n", "«key»: |2\n   «block»\n", "«key»: |\n  «A»\n", "«key»: >\n  «A»\n", "«key»: |\n{{ «E» | indent 2 }}\n", "«key»: |-\n  {{- «E» | nindent 2 }}\n", "«key»: >{{ «E» | nindent @ }}\n", "«key»: |\n{{ toYaml «M» | indent 4 }}\n", "«key»: |\n  «A»\n  «block»\n", "«key»: |\n  «A»\n\n  «block»\n    «block»\n", "«key»: {{- text «E» | nindent @ }}\n", "«key»:\n  {{- toYaml «M» | nindent @ }}\n", "«key»:\n  {{- include «P» $ | nindent @ }}\n",
		"«key»:\n  {{- range $.API.Resources }}\n  «entry»  {{- end }}\n", "«key»:\n{{- range (index $.API.Resources 1).Properties }}\n  {{ .Name }}: {{ .Title }}\n{{- end }}\n", "«key»:\n{{- range $.API.Resources }}\n  - {{ .Title }}\n{{- end }}\n",
		"? «value»\n: «value»\n", "«key»: &a1 «value»\n", "«key»: *a1\n", "<<: *a1\n", "&a1 «key»: «value»\n", "«key»: &a1\n  «line*»", "\"«dq»\": «value»\n", "'«sq»': «value»\n", "«entry»", "«key»:\n  «A»\n",
		"«key»: {{ if «C» }}«value»{{ else }}«value»{{ end }}\n", "{{- if «C» }}\n«line»{{- end }}\n", "{{- with «E» }}\n«key»: {{ . }}\n{{- end }}\n", "{{- comment «E» | nindent @ }}\n", "{{ comment «E» }}\n",
		"«key»:\t«value»\n", "«key» : «value»\n", "«key»:«value»\n", "«key»:\n    «value»\n", "«key»: «word»\n  «value»\n", "«corpus»", "«key»: {{- toYaml «E» | nindent @ }}\n", "«key»: !t {{- text «E» | nindent @ }}\n", "«A»\n",
	},
	"entry": {"{{ $.API.Title }}: «value»\n", "{{ «E» }}: «value»\n", "{{ «E» }}:\n  «line*»", "«A»: «A»\n", "\"{{ «E» }}\": «value»\n", "x-«A»: «value»\n", "{{ «E» }}: &a1 «value»\n", "&a1 {{ «E» }}: «value»\n", "!t {{ «E» }}: «value»\n"},
	"item":  {"- «A»\n", "- «value»\n", "- «key»: «value»\n  «line*»", "- - «value»\n  - «value»\n", "-\n  «line*»", "- |\n  «block»\n", "- {{- include «P» $ | nindent @ }}\n", "- {{ text «E» | nindent @ }}\n", "- # «remark»\n  «value»\n", "- «entry»", "- !t «value»\n"},
	"value": {
		"«A»", "«A»", "«A»", "«A»", "\"«dq»\"", "\"«dq»\"", "'«sq»'", "«word»", "[«flow,»]", "[ «flow,» ]", "{«pair,»}", "{ «pair,» }", "!t «value»", "!!str «A»", "!Sub \"«dq»\"", "!Sub «A»", "!reference [«flow,»]", "&a1 «A»", "*a1", "[\n  «flow»,\n  «flow»\n]", "[]", "{}",
		"«word» «A»", "«A» «word»", "«A»«A»", "«A»-«A»", "$«A»", "\"«dq»\"«A»", "http://«A»", "«A»:80", "«A» «A»", "- «A»", "«A»: «A»", "|\n    «block»", "{{ toYaml «M» }}", "{{ toJson «M» }}", "«word» # «A»", "*«A»", "!«A» x", "\"«dq»\" # «remark»",
		"{{ range $.API.Resources }}{{ .Name }} {{ end }}", "\"{{ range $.API.Resources }}{{ .Name }}, {{ end }}\"",
	},
	"flow":   {"«A»", "«A»", "\"«dq»\"", "'«sq»'", "«word»", "[«flow,»]", "{«pair,»}", "«A»: «A»", "!t «A»", "&a1 «A»", "«word»«A»", "# «remark»\n  «A»", "\n  «A»", "*a1", "{{ include «P» $ }}"},
	"pair":   {"«key»: «A»", "{{ «E» }}: «flow»", "\"«key»\":«flow»", "\"«dq»\": «flow»", "«key»", "«key»: «flow»", "? «flow»: «flow»", "«key»:«A»"},
	"dq":     {"«A»", "«A»", "a «A»", "«A» b", "«A»«A»", "a\\n«A»", "\\\"«A»\\\"", "\\«A»", "«A»\\\\", "a\n  «A»", "«word»", "\\\n  «A»", "«A»: «A»", "'«A»'", "{{ quote «E» }}", ""},
	"sq":     {"«A»", "«A»", "a «A»", "''«A»", "«A»''", "«A»«A»", "«word»", "a\n  «A»", "\"«A»\"", ""},
	"block":  {"«word»", "echo «word»", "«A»", "«A»", "«A»\n«A»", "{{ «E» }}\n\n{{ «E» }}", "«word»\n  «A»\n«word»", "{{- range $.API.Resources }}\n{{ .Description }}\n{{- end }}", "{{- if «C» }}\n«A»\n{{- end }}", "echo «A»", "«word»\n«word»", "  «word»\n«A»", "{{ \"x: y\" }}", "{{ include «P» $ }}", "# «word»", "- «word»", "«word»\n\n«word»", "{{ \"${{\" }} x", "---", "{{- text «E» | nindent @ }}", "{{- «E» | nindent 2 }}", "«word»{{ «E» | nindent 2 }}\n«word»"},
	"remark": {"«word»", "«A»", "«word»: «A»", "«A» # «A»", "\"«A»\"", "it's «A»", "«A»: «word»", "- «A»"},
}

var jsonGrammar = grammar{
	"file":    {"«value»\n", "{«member,»}\n", "{\n  «member,»\n}\n", "[«value,»]\n", "{{ toJson «M» }}\n", "{{ include «P» $ }}\n", "{\n{{- range $i, $r := $.API.Resources }}{{ if $i }},{{ end }}\n  {{ $r.Name }}: «value»\n{{- end }}\n}\n", "«corpus»", "«value»\n«value»\n", "// «string»\n«value»\n"},
	"partial": {"«value»", "«value»\n", "«member»", "«member,»", "\"a\"", "{{ .API.Title }}", "«value», «value»"},
	"value": {
		"«A»", "«A»", "«A»", "\"«string»\"", "\"«string»\"", "[«value,»]", "[«value,»]", "{«member,»}", "{«member,»}", "{ «member,» }", "[]", "{}", "1", "-1.5e3", "true", "null", "{{ toJson «M» }}", "{{ quote «E» }}", "{{ include «P» $ }}",
		"{\n  «member»,\n  «member»\n}", "{{ if «C» }}«value»{{ else }}«value»{{ end }}", "«A»«A»", "1«A»", "«A»1", "-«A»", "\"a\"«A»", "'«string»'", "{{ toJson «L» | nindent @ }}", "// «A»\n1", "/* «A» */ 1",
		"{{ range $.API.Resources }}{{ .Name }},{{ end }}", "[{{ range $.API.Resources }}\"{{ .Name }}\"{{ end }}]",
	},
	"member": {"\"«key»\": «A»", "\"«key»\": «value»", "\"«key»\": «value»", "{{ «E» }}: «value»", "\"«string»\": «value»", "«key»: «value»", "\"«key»\":«A»", "{{ include «P» $ }}: 1", "\"«key»«A»\": 1", "«A»"},
	"string": {"«A»", "«A»", "«word» «A»", "«A» «word»", "«A»«A»", "\\\"«A»\\\"", "\\n«A»", "\\u00«A»", "\\«A»", "«A»\\\\", "{{ toJson «E» }}", "«word»", "{ «A» }", "", "«A»\t"},
}

var tomlGrammar = grammar{
	"file":    {"«line*»", "«line*»«table*»", "«table*»", "# «remark»\n«line*»«table*»", "«corpus»", "{{ include «P» $ }}\n«table*»", "{{ toToml «M» }}\n«table*»", "«line*»{{- include «P» $ | nindent @ }}\n"},
	"partial": {"«line*»", "«value»", "«A»\n", "[«value,»]", "«table»", "{{ .API.Title }} = 1\n", "# «remark»\n"},
	"table":   {"[«key»]\n«line*»", "[[«key»]]\n«line*»", "[«key».{{ «E» }}]\n«line*»", "[{{ «E» }}]\n«line*»", "[ «key» . «key» ]\n«line*»", "[\"«basic»\"]\n«line*»", "[«key»] # «remark»\n«line*»", "[['«literal»']]\n«line*»", "[«key»«A»]\n«line*»", "{{- range $.API.Resources }}\n[«key».{{ .Name }}]\n«line*»{{- end }}\n", "{{- range $.API.Resources }}\n[[r]]\nname = {{ .Name }}\n«line*»{{- end }}\n"},
	"line": {
		"«key» = «A»\n", "«key» = «value»\n", "«key» = «value»\n", "«key» = «value»\n", "{{ «E» }} = «value»\n", "«key».{{ «E» }} = «value»\n", "\"«basic»\" = «value»\n", "'«literal»' = «value»\n", "# «remark»\n", "«key» = «value» # «remark»\n", "\n", "«key»=«value»\n", "«key»«A» = 1\n", "{{ «E» }}.«key» = 1\n",
		"{{- comment «E» | nindent @ }}\n", "{{- toToml (dict «E» «E») | nindent @ }}\n", "{{- if «C» }}\n«line»{{- end }}\n", "{{- range (index $.API.Resources 1).Properties }}\n{{ .Name }} = {{ .Title }}\n{{- end }}\n", "«corpus»", "«A»\n", "«key» = \\\n  «value»\n", "«key» =\n", "«key» = «value» «value»\n",
	},
	"value": {
		"«A»", "«A»", "«A»", "\"«basic»\"", "\"«basic»\"", "'«literal»'", "\"\"\"«basic»\"\"\"", "'''«literal»'''", "\"\"\"\n«basic»\\\n  b\"\"\"", "[«value,»]", "[«value,»]", "[\n  «value»,\n  «value», # «remark»\n]", "{ «pair,» }", "{«pair,»}", "1", "1.5", "true", "1979-05-27", "07:32:00", "{{ toToml «M» }}", "{{ toJson «L» }}",
		"{{ include «P» $ }}", "«A»«A»", "1«A»", "«A»-«A»", "\"a\"«A»", "\"\"«A»", "{{ if «C» }}«value»{{ else }}«value»{{ end }}", "[{{ range $.API.Resources }}{{ .Name }}, {{ end }}]", "\"{{ range $.API.Resources }}{{ .Name }} {{ end }}\"", "\"a\"\"«basic»\"",
	},
	"pair":    {"«key» = «A»", "{{ «E» }} = «value»", "«key» = «value»", "«key».«key» = «A»", "\"«basic»\" = 1"},
	"basic":   {"«A»", "«A»", "a «A»", "«A» b", "«A»«A»", "\\\"«A»\\\"", "\\«A»", "\\n«A»", "«A»\\\\", "«word»", "", "\\u00«A»", "\n«A»", "{{ quote «E» }}"},
	"literal": {"«A»", "«A»", "a «A»", "«A»«A»", "\\«A»", "«word»", "", "\"«A»\""},
	"remark":  {"«word»", "«A»", "«word»: «A»", "«A» # «A»", "\"«A»\"", "it's «A»"},
}
