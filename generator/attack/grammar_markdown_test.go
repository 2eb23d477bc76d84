package attack_test

var markdownGrammar = grammar{
	"file": {"«block*»", "«block*»«block*»", "«front»«block*»", "# «inline»\n\n«block*»«block*»", "«corpus»", "«corpus»\n«block*»", "«block*»\n[m]: «target»\n", "\ufeff# «A»\n"},
	"front": {
		"---\ntitle: «A»\n---\n\n", "---\ntitle: \"«A»\"\ndescription: '«A»'\n---\n", "+++\ntitle = «A»\n+++\n", "---\nid: x\nsidebar_label: «A»\n---\n\n", "---\ntags: [«A», b]\n# «A»\n---\n", "---\n{{- range $.API.Resources }}\n{{ .Name }}: {{ .Title }}\n{{- end }}\n---\n", "---\n«A»\n---\n",
		"---\ntitle: a «A»\n---\n", "\n---\ntitle: «A»\n---\n", "---\ntitle: «A»\n...\n", "---\ndescription: |\n  «A»\n---\n", "---\ntitle: {{ quote «E» }}\n---\n", "---json\n{\"a\": «A»}\n---\n", "{\n  \"title\": «A»\n}\n\n", "--- \na: «A»\n---\n",
	},
	"partial": {"«A»\n", "«inline»\n", "«block*»", "- «inline»\n- «inline»\n", "| «A» | «A» |\n", "[«A»]({{ .API.Version }})\n", "`«word»`", "```\n«A»\n```\n", "\n«inline»\n\n", "<b>«word»</b>\n", "[m]: «target»\n"},
	"block": {
		"«inline»\n\n", "«A»\n\n", "# «inline»\n\n", "## «A» #\n\n", "«inline»\n===\n\n", "«inline»\n---\n", "«item*»\n", "«number*»\n", "> «inline»\n\n", "> «inline»\n«inline»\n\n", "> - «inline»\n>   «inline»\n\n", "| A | B |\n|---|---|\n«row*»\n", "A | B\n--|--\n«row*»\n", "```«word»\n«fence»\n```\n\n", "```\n«fence»\n```\n\n",
		"~~~~ sh\n«fence»\n~~~~\n\n", "- a\n\n  ```\n  «fence»\n  ```\n\n", "> ```\n> «A»\n> ```\n\n", "    «A»\n\n", "\t«A»\n", "***\n\n", "[«key»]: «target»\n", "[«key»]: «target» \"«A»\"\n", "[{{ «E» }}]: http://x\n", "[«key»]:\n  «target»\n", "[^«key»]: «inline»\n\n", "<!-- «word» -->\n\n", "<!-- «A» -->\n\n", "<!-- «word»\n«A» -->\n",
		"<details>\n<summary>«A»</summary>\n\n«inline»\n\n</details>\n\n", "<div align=\"center\">\n  «A»\n</div>\n\n", "<div>\n\n«inline»\n\n</div>\n\n", "<img src=\"«A»\" alt=\"«A»\">\n\n", "<script>\n«A»\n</script>\n\n", "<pre>\n«A»\n\n«A»\n</pre>\n", "<style>«A»</style>\n", "<table><tr><td>«A»</td></tr></table>\n\n", "<?php «A» ?>\n", "<!X «A»>\n", "<![CDATA[«A»]]>\n", "</div>\n«A»\n\n",
		"<br>\n«A»\n\n", "<b>«A»</b>\n\n", "{{- include «P» $ | nindent @ }}\n", "{{ include «P» $ }}\n\n", "{{- text «E» | nindent @ }}\n\n", "{{ text «E» }}\n\n", "«inline»\n«inline»\n\n", "«inline»  \n«inline»\n\n", "«inline»\\\n«inline»\n\n", "«corpus»\n", "{{- range $.API.Resources }}\n- [{{ .Title }}]({{ .Name }}.md)\n{{- end }}\n\n", "{{- range $.API.Resources }}\n| {{ .Title }} | {{ .Description }} |\n{{- end }}\n",
		"{{ range $.API.Resources }}## {{ .Title }}\n\n{{ .Description }}\n\n{{ end }}", ": «A»\n\n", "- [ ] «A»\n- [x] «inline»\n\n", "1) «A»\n   «A»\n\n", "$$\n«A»\n$$\n\n", ":::note «A»\n«inline»\n:::\n\n", "!!! note \"«A»\"\n    «inline»\n\n", "> [!NOTE]\n> «A»\n\n", "export const a = «A»\n\n", "import «A»\n\n", "\n", "{% raw %}«A»{% endraw %}\n\n", "For files <5 MB: «A»\n\n", "a ` b «A»\n\n",
		"# «A»\n```\n«fence»\n", "«A»|«A»\n-|-\n", "|«A»|\n|:-:|\n|«A»|\n\n", "-\n  «A»\n\n", "+ «A»\n\n  «A»\n\n", "[m]\n\n[m]: «target»\n", "«A»\n«A»\n«A»\n\n", "**Note:** «A»\n\n", "`{{ \"x\" }}` «A»\n\n", "Version «A» of «A»\n\n", "1. «A»\n2. «A»\n\n",
	},
	"item":   {"- «A»\n", "- «inline»\n", "* «inline»\n", "- «inline»\n  «inline»\n", "- «inline»\n  - «inline»\n", "- **«A»**: «A»\n", "- `«word»`: «A»\n", "-   «A»\n", "- {{ code «E» }}: «A»\n", "- \n"},
	"number": {"1. «A»\n", "1. «inline»\n", "2) «inline»\n", "10. «inline»\n    «inline»\n"},
	"row":    {"| «A» | «A» |\n", "| «inline» | «A» |\n", "«A» | «A»\n", "| {{ code «E» }} | «inline» |\n", "| `«word»` | «A» |\n", "|«A»|«A»|\n", "| «A» \\| b | «A» |\n", "| «inline»\n"},
	"fence":  {"«word»", "«A»", "$ «word» «A»", "  «A»", "{{ toYaml «M» }}", "{{- toYaml «M» | nindent @ }}", "{{- text «E» | nindent @ }}", "«word»\n«A»\n«word»", "{{ toJson «M» }}", "«A»«A»", "```", "~~~", "{{ range $.API.Resources }}{{ .Title }}\n{{ end }}"},
	"inline": {
		"«A»", "«A»", "«word» «A»", "«A» «word»", "«word»: «A».", "**«A»**", "*«A»*", "_«A»_", "__«A»__", "~~«A»~~", "{{ code «E» }}", "`«word»`", "`«A»`", "``«A»``", "[«A»](«target»)", "[«word»](«target»)", "[«word»](<«target»>)", "[«word»](«target» \"«A»\")", "[«word»]( «target» )", "![«A»](«target»)", "![«word»](«target» '«A»')",
		"[«A»][m]", "[«A»]", "[m][«A»]", "<https://«A»>", "<«A»>", "<mailto:«A»>", "https://«A»", "www.«A»", "«A»@x.org", "&«A»;", "&#«A»;", "\\«A»", "«A»\\", "«A»«A»", "«A»*«A»*", "<b>«A»</b>", "<a href=\"«A»\">«word»</a>", "<br/>«A»", "<kbd>«A»</kbd>", "<span title='«A»'>x</span>", "<!-- «A» -->", "<x «A»>", "(«A»)", "[«A»", "]«A»", "!«A»", "![«A»", "$«A»$", "{ «A» }", "{`«A»`}",
		"«word» | «A»", ":«A»:", "@«A»", "#«A»", "[^«A»]", "a «A» b «A» c", "{{ upper «E» }}", "{{ include «P» $ }}", "«A», «A» and «A»", "5 < «A»", "a <b «A»", "[«A»](«A»)(«A»)", "[[«A»]]", "«word»_«A»_", "«A»:«A»", "1. «A»", "- «A»", "+«A»", "=«A»", "<«A»", "«A»>", "**«A»", "`«A»", "[x](y \"«A»\")",
	},
	"target": {"«A»", "«A»", "{{ «E» }}.md", "#«A»", "https://x.org/«A»", "https://x.org/?q=«A»", "../«A»/«A».md", "«A»#«A»", "http://«A»", "mailto:«A»", "javascript:«A»", "https:«A»", "<«A»>", "/«A»", "x.md", "?«A»", "«A»:«A»", "//«A»", "(«A»)", "https://x.org/a\\«A»", "h«A»", "data:«A»", "&#106;«A»"},
}
