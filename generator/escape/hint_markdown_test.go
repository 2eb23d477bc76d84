package escape

import (
	"maps"
	"slices"
)

const (
	noLanguage      = "write the language of the block without an action"
	lostMarkdown    = "write \\< or \\[ where it is text, leave a blank line above it, or write fewer quotes and list items inside each other"
	httpsURL        = "write a URL with https"
	ampersand       = "write &amp; for an ampersand that is text"
	outsideScript   = "write it in an attribute such as data-value of an element outside, or end this one with </script>"
	otherAttribute  = "write it in the text, or in an attribute such as title or id of another element"
	quotedAttribute = "write it in the quotes of an attribute such as title, or &lt; for a character that is text"
	braceText       = "write &#123; for a brace that is text, or {{ code (printf … ) }} for code"
	dollarText      = "write \\$ for a dollar sign that is text"
	fenceIndent     = "indent the lines of the block like its fence, by 2 spaces"
	openTag         = "end the tag or comment before a blank line, or write &lt; for a character that is text"
	oneLineText     = "write the text itself, without `text`, or a partial of one line"
	wholeLink       = `write [TEXT](TARGET "TITLE"), or a definition [LABEL]: TARGET "TITLE"`
	loneBacktick    = "write a code span as {{ code (printf … ) }} in each branch, and \\` for a backtick that is text"
	dashes          = "leave a blank line above the dashes, or write ## for a heading and | before each cell of a table"
	ownLines        = "write it on a line of its own, with a blank line above and below"
)

// markdownRefusalHints are the hints of markdownRefusals, and what the mended templates make.
var markdownRefusalHints = map[string]struct{ hint, want string }{
	"CDATA":                {"write it outside", "<![CDATA[\n\n]]>\n\nx \\*y\\*\n"},
	"URL that is code":     {httpsURL, "<a href=\"https://x/x%20%2Ay%2A\">b</a>\n"},
	"admonition":           {"write the kind of the box without an action", ":::note\n:::\n"},
	"attribute of MDX":     {quotedAttribute, "<A title=\"x &#42;y&#42;\">\n"},
	"autolink":             {"write [{{.X}}]({{.X}}) for a link, and &lt; for text", "[x \\*y\\*](x%20%2Ay%2A)\n"},
	"backtick in info":     {"remove the backtick after it on its line", "```a b=x &#42;y&#42;\n```\n"},
	"bare attribute":       {quotedAttribute, "<a href=\"x%20%2Ay%2A\">b</a>\n"},
	"before a fence":       {"put the closing fence on a line of its own", "```\nx *y*\n```\n"},
	"after a fence":        {"put it on the next line", "```\na\n```\nx \\*y\\*\n"},
	"braces":               {braceText, "a &#123;b x \\*y\\*&#125;\n"},
	"braces over lines":    {braceText, "&#123;\n\nx \\*y\\*\n&#125;\n"},
	"code after backtick":  {loneBacktick, "a \\` `x *y*`\n"},
	"comment, open":        {openTag, "a <!-- x &#42;y&#42; -->\n\nb\n"},
	"declarations":         {"write it outside", "<?php ?>\n\nx \\*y\\*\n"},
	"definition":           {"write [TEXT](URL) in place of the link, or a fixed label", "[x \\*y\\*](/y)\n"},
	"emphasis in a word":   {"write \\* where it is text, or put a space on its other side", "x **x \\*y\\*** y\n"},
	"entity":               {ampersand, "&amp;x \\*y\\*;\n"},
	"entity of code":       {httpsURL, "[a](https://x/x%20%2Ay%2A)\n"},
	"event":                {otherAttribute, "<b title=\"x &#42;y&#42;\"><a onclick=\"f(this.parentNode.title)\">b</a></b>\n"},
	"footnote":             {"write the name without an action, such as [^1]", "a[^1]\n"},
	"formula":              {dollarText, "\\$\\$\n\nx \\*y\\*\n\\$\\$\n"},
	"front matter, open":   {closed, "---\ntitle: x *y*\n---\n"},
	"indented code":        {"write the lines between ``` and ```, without the spaces", "a\n\n```\nx *y*\n```\n"},
	"inline formula":       {dollarText, "a \\$x x \\*y\\*\\$\n"},
	"label":                {"write [TEXT](URL)", "[a](/x%20%2Ay%2A)\n"},
	"language":             {noLanguage, "```sh\n```\n"},
	"late front matter":    {"write the --- of front matter in the first line of the file, and that of a rule above a blank line", "---\ntitle: x *y*\n---\n"},
	"property of code":     {httpsURL, "<Card link=\"https://x/x &#42;y&#42;\"/>\n"},
	"property, entity":     {httpsURL, "<Card link=\"https://x/x &#42;y&#42;\"/>\n"},
	"odd quotes":           {openTag, "<div>\n&lt;b c='d' e\"='f>\n\nx \\*y\\*\n"},
	"link that is code":    {httpsURL, "[a](https://x/x%20%2Ay%2A)\n"},
	"list or not":          {fenceIndent, "- a\n\nx \\*y\\*\n\n  ```\n  x *y*\n  ```\n"},
	"module":               {"begin the line with another word: MDX treats import and export as code", "Then import x \\*y\\*\n"},
	"no link":              {wholeLink, "[a](x%20%2Ay%2A \"b\")\n"},
	"numeric entity":       {ampersand, "&amp;#x \\*y\\*;\n"},
	"open fence":           {closed, "> ```\n> x *y*\n> ```\n"},
	"partial, then fence":  {fenceIndent, "\n\n  ```\n  x *y*\n  ```\n"},
	"scheme":               {"write the scheme as text: https://…", "[a](https://x%20%2Ay%2A:b)\n"},
	"script":               {outsideScript, "<b data-value=\"x &#42;y&#42;\"></b>\n\n<script>\nvar x = document.querySelector(\"b\").dataset.value\n</script>\n"},
	"script in text":       {outsideScript, "a <b data-value=\"x &#42;y&#42;\"></b> <SCRIPT></SCRIPT>\n"},
	"script, blank line":   {outsideScript, "a <b data-value=\"x &#42;y&#42;\"></b> <script>\n\n</script>\n"},
	"span":                 {"write {{ code (printf \"/books/%v/x\" .X) }} without the backticks", "`/books/x *y*/x`\n"},
	"span closed later":    {loneBacktick, "a `x *y* b`\n"},
	"span over lines":      {"write {{ code (printf \"a %v\" .X) }} without the backticks", "`a x *y*`\n"},
	"style":                {"write it in an attribute such as data-value of an element outside, or end this one with </style>", "<b data-value=\"x &#42;y&#42;\"></b>\n\n<style>\nb::after { content: attr(data-value) }\n</style>\n"},
	"style attribute":      {otherAttribute, "<p>b x &#42;y&#42;</p>\n"},
	"tag":                  {quotedAttribute, "a <b title=\"x &#42;y&#42;\">\n"},
	"underscores":          {"write \\_ where it is text, or put a space on its other side", "x \\*y\\*\\_true\\_z\n"},
	"unknown attribute":    {"write it in an attribute such as title, or data-foo", "<p data-foo=\"x &#42;y&#42;\">b</p>\n"},
	"open link":            {wholeLink, "[a](x%20%2Ay%2A)\n\nb\n"},
	"open angle":           {wholeLink, "[m]: x%20%2Ay%2A\n"},
	"angle on a line":      {wholeLink, "[m](\nx%20%2Ay%2A)\n"},
	"tag below":            {lostMarkdown, "[m]: /x\n<br>\n\nx \\*y\\*\n"},
	"open module":          {"begin the line with another word: MDX treats import and export as code", "Then export const a =\n\nx \\*y\\*\n"},
	"definition in HTML":   {"leave a blank line before the link, or write <a href=\"…\">", "<p>\n\n[a]: x%20%2Ay%2A\n\n</p>\n"},
	"byte order mark":      {lostMarkdown, "a \n\n[x \\*y\\*](/)\n"},
	"title of dashes":      {dashes, "## x \\*y\\* x \\*y\\*\n"},
	"rule below a title":   {dashes, "# x \\*y\\* x \\*y\\*\n\n---\n"},
	"table without bars":   {dashes, "| x \\*y\\* x \\*y\\*\n|-|\n"},
	"lone backtick":        {loneBacktick, "a \\` b x \\*y\\*\n"},
	"other scheme":         {quotedAttribute, "a &lt;x-y://cx \\*y\\*>\n"},
	"mail address":         {quotedAttribute, "a &lt;b@cx \\*y\\*>\n"},
	"target below, HTML":   {"leave a blank line before the link, or write <a href=\"…\">", "<p>\n\n[a]: x%20%2Ay%2A\n\n</p>\n"},
	"scheme and value":     {"write the scheme as text: https://…", "[a](https://x%20%2Ay%2A:b)\n"},
	"broken tag":           {openTag, "a <b title='x &#42;y&#42;'>\n"},
	"odd attribute":        {quotedAttribute, "&lt;img src=alt=\"x \\*y\\*\">\n"},
	"fence after a value":  {"put the closing fence on a line of its own", "```\nx x *y*\n```\n"},
	"title below":          {lostMarkdown, "[m]: /x\n\n\"x \\*y\\*\"\n"},
	"target on a line":     {lostMarkdown, "\\[m]:\nx \\*y\\*\n"},
	"link with parens":     {"write %28 and %29 for the parentheses of the target", "[a](x%28x%20%2Ay%2A%29)\n"},
	"definition or not":    {lostMarkdown, "x \\*y\\*\n\n[m]: x%20%2Ay%2A\n"},
	"scheme of two parts":  {"write the scheme as text: https://…", "[a](https://x%20%2Ay%2Amd:)\n"},
	"title, deep":          {"leave a blank line below the definition", "[m]: /x\n\nx \\*y\\*\n"},
	"code below source":    {"write the lines between ``` and ```, without the spaces", "\n\n```\nx *y*\n```\n"},
	"star in brackets":     {"write \\* where it is text, or put a space on its other side", "(x \\*y\\*\\*) *a\n"},
	"definition, mark":     {"write [TEXT](URL) in place of the link, or a fixed label", "\ufeff[x \\*y\\*](/x)\n"},
	"front matter, mark":   {"write the --- of front matter in the first line of the file, and that of a rule above a blank line", "---\na: x *y*\n---\n"},
	"wide space in a tag":  {quotedAttribute, "a &lt;b\u2003x \\*y\\*>\n"},
	"fence in a box":       {"leave a blank line above the code block", "!!! note\n\n    ```\n    x *y*\n    ```\n"},
	"script with a slash":  {outsideScript, "<script src=\"x\"></script>x &#42;y&#42;\n"},
	"angle in a target":    {wholeLink, "[](<x%20%2Ay%2A>)\n"},
	"angle after a value":  {wholeLink, "[a](<x%20%2Ay%2A>)\n"},
	"code below a comment": {"write the lines between ``` and ```, without the spaces", "<!--x &#42;y&#42;-->\n\n```\nx *y*\n```\n"},
	"braces in HTML":       {braceText, "<div>&#123; x &#42;y&#42; &#125;</div>\n"},
	"braces after HTML":    {braceText, "<!-->&#123;\n[m]: x%20%2Ay%2A\n"},
	"end of a document":    {"end the front matter with ---, and not with ...", "---\na: b\n---\nc: x \\*y\\*\n"},
	"open title":           {wholeLink, "[a](b \"x &#42;y&#42;\")\n"},
	"title of a link":      {"leave a blank line below the definition", "[m]: /x\n\nx \\*y\\*\n"},
	"link in HTML":         {"leave a blank line before the link, or write <a href=\"…\">", "<p>\n\n[a](x%20%2Ay%2A)\n</p>\n"},
	"declaration or not":   {"write it outside", "&lt;!x \\*y\\*\n"},
	"wiki link":            {"write [TEXT](PAGE) instead: [{{.X}}](…)", "[x \\*y\\*](/x%20%2Ay%2A)\n"},
}

// markdownHints are the hints of Markdown: those of markdownRefusals, and others.
var markdownHints = append(markdownRefusalRows(), []hintRow{
	{"x.md", "a `{{ .A }}`\n", "write {{ code .A }} without the backticks", "a {{ code .A }}\n", "a `a: 1`\n"},
	{"x.md", "```{{ .A }}\n```\n", noLanguage, "```sh\n```\n", "```sh\n```\n"},
	{"x.md", "\\{{ .A }}\n", escaped, "\\\\{{ .A }}\n", "\\\\a: 1\n"},
	{"x.md", "- ```\n  {{ .Text }}\n  ```\n", "write {{- VALUE | nindent 2 }}", "- ```\n  {{- .Text | nindent 2 }}\n  ```\n", "- ```\n  one\n  two: 2\n  \n  ```\n"},
	{"x.md", "```\n{{ .Fence }}\n```\n", "open and close the block with more `", "````\n{{ .Fence }}\n````\n", "````\na\n```\nb\n````\n"},
	{"x.md", "[a]({{ .Percent }})\n", "link to a URL or a path", "[a]({{ .B }})\n", "[a](no)\n"},
	{"x.md", "[a]({{ .Script }})\n", "use http, https or mailto", "[a](https://{{ .B }})\n", "[a](https://no)\n"},
	{"x.md", "{{ .B | nindent 2 }}\n", "write {{- text VALUE | nindent N }}, or the value without nindent", "{{- text .B | nindent 2 }}\n", "\n  no\n"},
	{"x.md", "<div>\n{{ include \"word.md\" . }}\n</div>\n", "leave a blank line before and after it", "<div>\n\n{{ include \"word.md\" . }}\n\n</div>\n", "<div>\n\n**it** is\n\n</div>\n"},
	{"x.md", "# a {#{{ .A }}}\n", "write {{ kebab VALUE }}", "# a {#{{ kebab .A }}}\n", "# a {#a-1}\n"},
	{"x.md", "<div>\n<!--\n\n{{ .A }} -->\n</div>\n", openTag, "<div>\n<!--\n{{ .A }} -->\n</div>\n", "<div>\n<!--\na: 1 -->\n</div>\n"},
	{"x.md", "a ` b `` c {{ .A }}\n", loneBacktick, "a \\` b \\`\\` c {{ .A }}\n", "a \\` b \\`\\` c a: 1\n"},
	{"x.md", "[a](b c) {{ .A }}\n", lostMarkdown, "\\[a](b c) {{ .A }}\n", "\\[a](b c) a: 1\n"},
	{"x.md", ">>>>>>>>>> {{ .A }}\n", lostMarkdown, ">>>>>>>>> {{ .A }}\n", ">>>>>>>>> a: 1\n"},
	{"x.md", "- - - - - - - - - - {{ .A }}\n", lostMarkdown, "- - - - - - - - - {{ .A }}\n", "- - - - - - - - - a: 1\n"},
	{"x.md", "<div>\n<b c=\"d\"e=\"f\"> {{ .A }}\n</div>\n", openTag, "<div>\n&lt;b c=\"d\"e=\"f\"> {{ .A }}\n</div>\n", "<div>\n&lt;b c=\"d\"e=\"f\"> a: 1\n</div>\n"},
	{"x.md", "a <{{ .B }} b\n", "write [{{.B}}]({{.B}}) for a link, and &lt; for text", "a &lt;{{ .B }} b\n", "a &lt;no b\n"},
	{"x.md", "<div title=\"\n\n{{ .A }}\">\n", openTag, "<div title=\"\n{{ .A }}\">\n", "<div title=\"\na: 1\">\n"},
	{"x.md", "[a](b {{ .A }})\n", `write the title in quotes: [TEXT](TARGET "{{.A}}")`, "[a](b \"{{.A}}\")\n", "[a](b \"a: 1\")\n"},
	{"x.md", "[a]({{ .B }}{{ .N }} \"t\")\n", `write the target as one action: {{ printf "%v%v" … }}`, "[a]({{ printf \"%v%v\" .B .N }} \"t\")\n", "[a](no7 \"t\")\n"},
	{"x.md", "---\na: [{{ .A }}\n---\n", "close it before the line ---", "---\na: [{{ .A }}]\n---\n", "---\na: ['a: 1']\n---\n"},
	{"x.md", "+++\na = [{{ .A }}\n+++\n", "close it before the line +++", "+++\na = [{{ .A }}]\n+++\n", "+++\na = [\"a: 1\"]\n+++\n"},
	{"x.md", "{{ include \"code.md\" . }}{{ .B }}\n", "put a space before and after it, or write \\*, \\] or &amp; for what is text", "{{ include \"code.md\" . }} {{ .B }}\n", "`it` is `so` no\n"},
	{"x.md", "{{ include \"front.md\" . }}\n", "write the front matter in the template of the file itself", "---\na: b\n---\n", "---\na: b\n---\n"},
	{"x.md", "{{ include \"div.md\" . }}\n{{ .A }}\n", ownLines, "{{ include \"div.md\" . }}\n\n{{ .A }}\n", "<div>\nit\n</div>\n\na: 1\n"},
	{"x.md", "{{ include \"fence.md\" . }}\\\n", ownLines, "{{ include \"fence.md\" . }}\n\nx\n", "```\nit\n```\n\nx\n"},
	{"x.md", "{{ include \"back.md\" . }}\n", "write the backslash as &#92;", "it&#92;\n", "it&#92;\n"},
	{"x.md", "[{{ include \"bracket.md\" . }}](x)\n", `write \[ or \] where it is text`, "[it\\]](x)\n", "[it\\]](x)\n"},
	{"x.md", "{{ include \"link.md\" . }}({{ .B }})\n", "put a space before and after it, or write \\*, \\] or &amp; for what is text", "{{ include \"link.md\" . }} ({{ .B }})\n", "[it] (no)\n"},
	{"x.md", "{{ include \"link.md\" . }}\n{{ include \"paragraphs.md\" . }}\n", ownLines, "{{ include \"link.md\" . }}\n\n{{ include \"paragraphs.md\" . }}\n", "[it]\n\nit\n\nis\n"},
	{"x.md", "# {{ text .Text }}\n", oneLineText, "# {{ .Text }}\n", "# one two: 2\n"},
	{"x.md", "# {{ include \"fence.md\" . }}\n", oneLineText, "# {{ include \"word.md\" . }}\n", "# **it** is\n"},
	{"x.md", "a {{ include \"div.md\" . }}\n", ownLines, "a\n\n{{ include \"div.md\" . }}\n", "a\n\n<div>\nit\n</div>\n"},
	{"x.md", "- a\n{{- text .Text | nindent 0 }}\n", oneLineText, "- a\n{{ .Text }}\n", "- a\none two: 2\n"},
	{"x.md", "{{ if .T }}- {{ end }}{{ text .Text }}\n", oneLineText, "{{ if .T }}- {{ end }}{{ .Text }}\n", "- one two: 2\n"},
	{"x.md", "{{ $x := text .Text | nindent 2 }}> {{ $x }}\n", "write it without nindent", "{{ $x := text .Text }}> {{ $x }}\n", "> one\n> two: 2\n"},
}...)

func markdownRefusalRows() []hintRow {
	var rows []hintRow
	for _, name := range slices.Sorted(maps.Keys(markdownRefusals)) {
		refused, followed := markdownRefusals[name], markdownRefusalHints[name]
		rows = append(rows, hintRow{"x.md", refused.template, followed.hint, refused.mended, followed.want})
	}
	return rows
}
