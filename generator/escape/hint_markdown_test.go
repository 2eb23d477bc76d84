package escape

// markdownHints are the hints of Markdown.
var markdownHints = []hintRow{
	{"x.md", "a `{{ .A }}`\n", "write {{ code .A }} without the backticks", "a {{ code .A }}\n", "a `a: 1`\n"},
	{"x.md", "<a href=\"{{ .B }}.md\">b</a>\n", "write Markdown instead of HTML", "[b]({{ .B }}.md)\n", "[b](no.md)\n"},
	{"x.md", "<!-- {{ .A }} -->\n", "write it outside the comment", "<!-- -->\n\n{{ .A }}\n", "<!-- -->\n\na: 1\n"},
	{"x.md", "```{{ .A }}\n```\n", "write the language of the block without an action", "```sh\n```\n", "```sh\n```\n"},
	{"x.md", "\\{{ .A }}\n", escaped, "\\\\{{ .A }}\n", "\\\\a: 1\n"},
	{"x.md", "- ```\n  {{ .Text }}\n  ```\n", "write {{- VALUE | nindent 2 }}", "- ```\n  {{- .Text | nindent 2 }}\n  ```\n", "- ```\n  one\n  two: 2\n  \n  ```\n"},
	{"x.md", "```\n{{ .Fence }}\n```\n", "open and close the block with more `", "````\n{{ .Fence }}\n````\n", "````\na\n```\nb\n````\n"},
	{"x.md", "[a]({{ .Percent }})\n", "link to a URL or a path", "[a]({{ .B }})\n", "[a](no)\n"},
	{"x.md", "[a]({{ .Script }})\n", "use http, https or mailto", "[a](https://{{ .B }})\n", "[a](https://no)\n"},
}
