package escape

import (
	"errors"
	"strings"
	"testing"
	"text/template"

	"github.com/firestoned/firestone/model/value"
)

// markdownSample is what the templates of Markdown are tested with: X looks like Markdown, HTML and MDX.
var markdownSample = map[string]any{
	"X": "<b onclick=x> *a* {b} `c`", "E": "", "N": 7, "D": "7", "Name": "a b/c?d#e", "L": []string{"x", "- y"}, "Lines": "one\n\n# two",
	"URL": "https://x/y?z=1&copy;", "Script": "javascript:x", "Fence": "```", "Pipe": "a | b", "Rule": "---", "Dot": ". a", "XX": "x", "Item": "1. a", "Blank": "\n \na\n\n", "Word": "word", "Paren": "(x)", "Quote": `a " onload="x`,
}

// markdownFuncs are the functions that a pack has beside ours; partial yields its second argument as source.
var markdownFuncs = template.FuncMap{
	"partial": func(_ string, text string) any { return Rendered("x.md", text) }, "lines": func(s string) string { return strings.ReplaceAll(s, "|", "\n") },
	"add1": func(i int) int { return i + 1 },
}

// markdownOutputs are places of Markdown and what they yield.
var markdownOutputs = map[string]struct{ template, want string }{
	"text":                {"# {{ .X }}\n", "# &lt;b onclick=x\\> \\*a\\* \\{b\\} \\`c\\`\n"},
	"details":             {"<details><summary>{{ .X }}</summary>\n\n{{ .X }}\n\n</details>\n", "<details><summary>&lt;b onclick=x&gt; &#42;a&#42; &#123;b&#125; &#96;c&#96;</summary>\n\n&lt;b onclick=x\\> \\*a\\* \\{b\\} \\`c\\`\n\n</details>\n"},
	"inline tags":         {"a<br>{{ .Word }} <sup>{{ .Word }}</sup>\n", "a<br>word <sup>word</sup>\n"},
	"anchor":              {"<a id=\"{{ .Quote }}\"></a>\n\n## {{ .Word }} {#{{ kebab .Word }}-{{ .N }}}\n", "<a id=\"a &quot; onload=&quot;x\"></a>\n\n## word {#word-7}\n"},
	"attribute of a URL":  {"<img src=\"i/{{ .Name }}.png\" alt='{{ .Word }}' width=\"10\">\n", "<img src=\"i/a%20b/c%3Fd%23e.png\" alt='word' width=\"10\">\n"},
	"component":           {"<TabItem value=\"{{ .Word }}\" label=\"{{ .X }}\">\n\n{{ .Word }}\n\n</TabItem>\n", "<TabItem value=\"word\" label=\"&lt;b onclick=x&gt; &#42;a&#42; &#123;b&#125; &#96;c&#96;\">\n\nword\n\n</TabItem>\n"},
	"comment":             {"<!-- {{ .X }} --> {{ .Word }}\n", "<!-- &lt;b onclick=x&gt; &#42;a&#42; &#123;b&#125; &#96;c&#96; --> word\n"},
	"pre":                 {"<pre>\n\n*{{ .X }}\n</pre>\n*{{ .Word }}*\n", "<pre>\n\n*&lt;b onclick=x&gt; &#42;a&#42; &#123;b&#125; &#96;c&#96;\n</pre>\n*word*\n"},
	"table of HTML":       {"<table>\n{{- range .L }}\n<tr><td>{{ . }}</td><td>{{ code . }}</td></tr>\n{{- end }}\n</table>\n\n{{ .Word }}\n", "<table>\n<tr><td>x</td><td><code>x</code></td></tr>\n<tr><td>&#45; y</td><td><code>&#45; y</code></td></tr>\n</table>\n\nword\n"},
	"badge":               {"[![{{ .Word }}](https://img.example/badge/{{ .Name }}-blue.svg)](https://x/{{ .Name }})\n", "[![word](https://img.example/badge/a%20b/c%3Fd%23e-blue.svg)](https://x/a%20b/c%3Fd%23e)\n"},
	"link of parts":       {"[a](docs/{{ .Name }}/index.md?q={{ .Name }}#{{ .Name }})\n", "[a](docs/a%20b/c%3Fd%23e/index.md?q=a%20b%2Fc%3Fd%23e#a%20b%2Fc%3Fd%23e)\n"},
	"link and entity":     {"[a]({{ .URL }} \"{{ .Quote }}\") [b]( <{{ .URL }}> )\n", "[a](https://x/y?z=1&amp;copy; \"a &quot; onload=&quot;x\") [b]( <https://x/y?z=1&amp;copy;> )\n"},
	"empty target":        {"[a]({{ .E }} \"t\")\n\n[b]: {{ .E }}\n", "[a](<> \"t\")\n\n[b]: <>\n"},
	"autolink":            {"<https://x/{{ .Name }}>\n", "<https://x/a%20b/c%3Fd%23e>\n"},
	"shortcut":            {"[{{ .Word }}] [{{ .Word }}][m]\n\n[m]: {{ .URL }}\n", "[&#119;ord] [&#119;ord][m]\n\n[m]: https://x/y?z=1&amp;copy;\n"},
	"definitions":         {"[a]: /x\n    [b]: {{ .URL }}\n[c]: {{ .Word }}\n", "[a]: /x\n    [b]: https://x/y?z=1&amp;copy;\n[c]: word\n"},
	"footnote":            {"a[^1]\n\n[^1]: {{ .Script }}\n", "a[^1]\n\n[^1]: &#32;javascript:x\n"},
	"front matter":        {"---\ntitle: {{ .X }}\ntags: [{{ .Word }}]\n---\n\n# {{ .Word }}\n", "---\ntitle: '<b onclick=x> *a* {b} `c`'\ntags: [word]\n---\n\n# word\n"},
	"front matter, lines": {"---\na: {{- text .Lines | nindent 2 }}\nb: {{ quote .N }}\n---\n", "---\na: |-\n  one\n\n  # two\nb: \"7\"\n---\n"},
	"front matter, TOML":  {"+++\ntitle = {{ .Word }}\n+++\n\n# {{ .Word }}\n", "+++\ntitle = \"word\"\n+++\n\n# word\n"},
	"definition of ^":     {"[^]: {{ .Word }}\n", "[^]: word\n"},
	"after brackets":      {"[]{{ .Paren }} [a]{{ text .Paren }}\n", "[]\\(x) [a]&#32;(x)\n"},
	"front matter, part":  {"---\ntitle: a {{ .Word }}\n---\n", "---\ntitle: a word\n---\n"},
	"front matter, key":   {"+++\n[a]\nb-{{ .Word }} = 1\n+++\n", "+++\n[a]\nb-word = 1\n+++\n"},
	"front matter, parts": {"---\n{{ if .N }}a: b\n{{ end }}c: d {{ .Word }}/{{ .Name }} e\ntags: [x-{{ .Word }}, {{ .N }}]\n---\n{{ .X }}\n", "---\na: b\nc: d word/a b/c?d#e e\ntags: [x-word, 7]\n---\n&lt;b onclick=x\\> \\*a\\* \\{b\\} \\`c\\`\n"},
	"rule":                {"a\n\n---\n\n{{ .Word }}\n", "a\n\n---\n\nword\n"},
	"rule below a title":  {"# {{ .Pipe }}\n---\n- {{ .Pipe }}\n---\n", "# a &#124; b\n---\n- a &#124; b\n---\n"},
	"head of a table":     {"{{ quote .Pipe }}\n--\n\n{{ .Pipe }}\n|-\n", "\"a &#124; b\"\n--\n\na &#124; b\n|-\n"},
	"partial and bar":     {"{{ partial \"x\" \"a \\\\| b\" }}\n--\n", "a &#124; b\n--\n"},
	"less than":           {"For files <5 MB: {{ .Word }}\n\na < b {{ .Word }}\n", "For files <5 MB: word\n\na < b word\n"},
	"lone backtick":       {"a ` b\n\n{{ .X }}\n", "a ` b\n\n&lt;b onclick=x\\> \\*a\\* \\{b\\} \\`c\\`\n"},
	"code beside code":    {"{{ code .Word }}{{ code .Word }}`x`\n", "<code>word</code><code>word</code>`x`\n"},
	"code of Liquid":      {"{{ code \"{{ x }}\" }}\n", "<code>&#123;&#123; x &#125;&#125;</code>\n"},
	"fence, title":        {"```yaml title=\"{{ .Quote }}\"\n{{ .X }}\n```\n", "```yaml title=\"a &quot; onload=&quot;x\"\n<b onclick=x> *a* {b} `c`\n```\n"},
	"fence in a quote":    {"> ```\n> {{ .Lines }}\n> ```\n> {{ .Word }}\n", "> ```\n> one\n> \n> # two\n> ```\n> word\n"},
	"break in a quote":    {"> ```\n> {{ printf \"\\n%s\" .Lines }}\n> ```\n> {{ .Word }}\n", "> ```\n> \n> one\n> \n> # two\n> ```\n> word\n"},
	"after a list fence":  {"- ```\n  a\n{{ .X }}\n", "- ```\n  a\n&lt;b onclick=x\\> \\*a\\* \\{b\\} \\`c\\`\n"},
	"empty after it":      {"- ```\n  a\n{{ .E }}\n  ```\n  {{ .X }}\n  ```\n", "- ```\n  a\n&#32;\n  ```\n  <b onclick=x> *a* {b} `c`\n  ```\n"},
	"longer fence":        {"````\n```\n{{ .Word }}\n````\n{{ .X }}\n", "````\n```\nword\n````\n&lt;b onclick=x\\> \\*a\\* \\{b\\} \\`c\\`\n"},
	"carriage returns":    {"~~~\r{{ .X }}\r~~~\r{{ .X }}\r", "~~~\r<b onclick=x> *a* {b} `c`\r~~~\r&lt;b onclick=x\\> \\*a\\* \\{b\\} \\`c\\`\r"},
	"lines in a quote":    {"> {{ text .Lines }}\n", "> one\n>\n> \\# two\n"},
	"lines in an item":    {"1. {{ text .Lines }}\n2. {{ .Word }}\n", "1. one\n\n   \\# two\n2. word\n"},
	"nested list":         {"- a\n{{- range .L }}\n  - {{ . }}\n{{- end }}\n", "- a\n  - x\n  - \\- y\n"},
	"partial in an item":  {"- {{ partial \"x\" (lines \"**a**|b\") }}\n", "- **a**\n  b\n"},
	"block below a quote": {">{{ .Word }}\n\n{{ partial \"x\" (lines \"```|b|```\") }}\n", ">word\n\n```\nb\n```\n"},
	"lines below an item": {"- {{ .Word }}\n  {{ text .Lines }}\n", "- word\n  one\n\n  \\# two\n"},
	"elements of a line":  {"a <b>{{ text .Word }}</b><br>{{ text .Lines }}\n", "a <b>word</b><br>one\n\n\\# two\n"},
	"section below a row": {"| {{ .Word }} |\n|---|\n| {{ .Word }} |\n{{- partial \"x\" (lines \"||```|b|```\") }}\n", "| word |\n|---|\n| word |\n\n```\nb\n```\n"},
	"partial, backslash":  {"{{ partial \"x\" \"a\\\\\\\\\" }}|{{ .Word }}\n\n{{ partial \"x\" \" 7\" }}.\n", "a&#92;|word\n\n&#32; 7.\n"},
	"partial, indented":   {"- a\n{{- partial \"x\" (lines \"- b|- c\") | nindent 2 }}\n", "- a\n  - b\n  - c\n"},
	"numbered":            {"{{ range $i, $x := .L }}\n{{ add1 $i }}. {{ $x }}{{ end }}\n", "\n1. x\n2. \\- y\n"},
	"no number":           {"{{ .D }}. {{ .Word }}\n\n1{{ \"\" }}{{ .D }}{{ .E }}) x\n", "&#55;. word\n\n1&#55;&#32;) x\n"},
	"empty heading":       {"{{ .E }}\n===\n", "&#32;\n===\n"},
	"empty item":          {"a\n- {{ .E }}\n1. {{ .E }}\n", "a\n- &#32;\n1. &#32;\n"},
	"empty emphasis":      {"**{{ .E }}** ~~{{ .E }}~~\n", "**&#32;** ~~&#32;~~\n"},
	"box of one line":     {"!!! note\n    {{ text .Word }}\n\n!!! note\n\n    {{ text .Lines }}\n", "!!! note\n    word\n\n!!! note\n\n    one\n\n    \\# two\n"},
	"empty, then export":  {"{{ .E }}export a={{ .Word }}\n", "&#32;export a=word\n"},
	"empty between":       {"[a]{{ .E }}(b) !{{ .E }}[c](d)\n", "[a]&#32;(b) !&#32;[c](d)\n"},
	"empty before":        {"{{ .E }} - {{ .E }}\n{{ .E }}# a\n", "&#32; - \n&#32;# a\n"},
	"empty cell":          {"| {{ .E }} | {{ .E }} |\n", "|  |  |\n"},
	"empty line":          {"# a\n\n{{ .E }}\n\nb\n", "# a\n\n\n\nb\n"},
	"admonitions":         {":::note[{{ .X }}]\n\n{{ .Word }}\n\n:::\n\n!!! note \"{{ .Quote }}\"\n\n    {{ .Word }}\n", ":::note[&lt;b onclick=x\\> \\*a\\* \\{b\\} \\`c\\`]\n\nword\n\n:::\n\n!!! note \"a &quot; onload=&quot;x\"\n\n    word\n"},
	"dollars":             {"${{ .Word }} to ${{ .Word }}\n", "$word to $word\n"},
	"definition list":     {"Term\n: {{ .Word }}\n", "Term\n: word\n"},
	"alert":               {"> [!NOTE]\n> {{ .Word }}\n", "> [!NOTE]\n> word\n"},
	"tasks":               {"- [ ] {{ .Word }}\n- [x] {{ .Word }}\n", "- [ ] word\n- [x] word\n"},
	"bracket and partial": {"[x]{{ partial \"x\" \"[y]\" }} {{ printf \"a\\\\\" }}|\n", "[x]&#32;[y] a&#92;|\n"},
	"target on a line":    {"[m](\n{{ .Rule }})\n\n[m](\n{{ printf \"5.\" }})\n", "[m](\n%2D--)\n\n[m](\n5%2E)\n"},
	"comment of lines":    {"a <!--\n{{ .Item }}\n{{ .E }}\n--> <b title=\"\n{{ .Item }}\">\n<div title=\"\n{{ .E }}\n\">\n", "a <!--\n1&#46; a\n&#32;\n--> <b title=\"\n1&#46; a\">\n<div title=\"\n&#32;\n\">\n"},
	"no footnote":         {"[^ ]: {{ .Name }}\n\n[^a b]: {{ .Name }}\n", "[^ ]: a%20b/c?d#e\n\n[^a b]: a%20b/c?d#e\n"},
	"partials in a line":  {"{{ partial \"x\" \"[x]\" }} ({{ .Word }}) {{ .Word }}{{ partial \"x\" \"(a) b\\\\]\" }}: {{ .Word }}\n", "[x] (word) word(a) b&#93;: word\n"},
	"partial at brackets": {"[x]{{ partial \"x\" \"(javascript:x)\" }}\n\n[x]{{ partial \"x\" \": y\" }}\n\n[^1]: {{ partial \"x\" .Script }}\n", "[x]&#32;(javascript:x)\n\n[x]&#32;: y\n\n[^1]: &#32;javascript:x\n"},
	"partial of a value":  {"{{ partial \"x\" .D }}. {{ .Word }}\n\n1{{ partial \"x\" .Dot }}\n\n- [{{ partial \"x\" .XX }}] {{ .Word }}\n", "&#32;7. word\n\n1&#32;. a\n\n- [&#32;x] word\n"},
	"attribute and colon": {"<b title=\"{{ .Word }}: {{ .Word }}\">x</b>\n", "<b title=\"word: word\">x</b>\n"},
	"text in HTML":        {"<div>\n{{ text .Item }}\n</div>\n", "<div>\n1&#46; a\n</div>\n"},
	"blank lines":         {"-\n  {{ text .Blank }}\n- a<b>{{ text .Blank }}</b>\n", "-\n  a\n- a<b>a</b>\n"},
	"title of a label":    {"[m]: /x \"{{ .Quote }}\"\n[n]: /y ({{ .Paren }})\n\n{{ .Word }}\n", "[m]: /x \"a &quot; onload=&quot;x\"\n[n]: /y (&#40;x&#41;)\n\nword\n"},
	"lines below source":  {"{{ partial \"x\" \"# a\" }}\n\n{{ text .Lines }}\n\n{{ partial \"x\" \"- a\" }}\n  {{ text .Word }}\n", "# a\n\none\n\n\\# two\n\n- a\n  word\n"},
	"NUL in a link":       {"[a](\x00 \"{{ .Word }}\") {{ .Word }}\n", "[a](\x00 \"word\") word\n"},
	"label of two lines":  {"[a\nb]: {{ .URL }}\n[c\nd]({{ .URL }})\n", "[a\nb]: https://x/y?z=1&amp;copy;\n[c\nd](https://x/y?z=1&amp;copy;)\n"},
	"no label":            {"[]: {{ .X }}\n\n[a[b]]: {{ .X }}\n", "[]: &lt;b onclick=x\\> \\*a\\* \\{b\\} \\`c\\`\n\n[a[b]]: &lt;b onclick=x\\> \\*a\\* \\{b\\} \\`c\\`\n"},
	"snake":               {"{{ .Word }}_{{ .E }} b\n\n_{{ .Word }}_: {{ .Word }}\n", "word_&#32; b\n\n_word_: word\n"},
	"constant braces":     {"{{ \"{{\" }} site.x {{ \"}}\" }} {{ .Word }}\n", "{{ site.x }} word\n"},
}

func TestMarkdownOutputs(t *testing.T) {
	for name, c := range markdownOutputs {
		funcs := template.FuncMap{"kebab": nameFunc(Kebab)}
		for name, f := range markdownFuncs {
			funcs[name] = f
		}
		if got, err := render(t, "x.md.tmpl", c.template, markdownSample, funcs); err != nil || got != c.want {
			t.Errorf("%s:\n%s\ngot  %q\nwant %q, error %v", name, c.template, got, c.want, err)
		}
	}
}

// markdownRefusals are places of Markdown without a writer, with the words of the refusal or its hint, and the
// templates as they are once the hint is followed.
var markdownRefusals = map[string]struct{ template, pos, words, mended string }{
	"script":               {"<script>\nvar x = \"{{ .X }}\"\n</script>\n", "2:10", "inside <script>", "<b data-value=\"{{ .X }}\"></b>\n\n<script>\nvar x = document.querySelector(\"b\").dataset.value\n</script>\n"},
	"script in text":       {"a <SCRIPT>{{ .X }}</SCRIPT>\n", "1:11", "inside <script>", "a <b data-value=\"{{ .X }}\"></b> <SCRIPT></SCRIPT>\n"},
	"script, blank line":   {"a <script>\n\n{{ .X }}\n", "3:1", "inside <script>", "a <b data-value=\"{{ .X }}\"></b> <script>\n\n</script>\n"},
	"style":                {"<style>\n\n{{ .X }}\n</style>\n", "3:1", "inside <style>", "<b data-value=\"{{ .X }}\"></b>\n\n<style>\nb::after { content: attr(data-value) }\n</style>\n"},
	"declarations":         {"<?php {{ .X }} ?>\n", "1:7", "a declaration", "<?php ?>\n\n{{ .X }}\n"},
	"CDATA":                {"<![CDATA[\n\n{{ .X }}]]>\n", "3:1", "a declaration", "<![CDATA[\n\n]]>\n\n{{ .X }}\n"},
	"tag":                  {"a <b {{ .X }}>\n", "1:6", "an HTML tag", "a <b title=\"{{ .X }}\">\n"},
	"bare attribute":       {"<a href={{ .X }}>b</a>\n", "1:9", "in the quotes", "<a href=\"{{.X}}\">b</a>\n"},
	"event":                {"<a onclick=\"{{ .X }}\">b</a>\n", "1:13", "the attribute onclick", "<b title=\"{{ .X }}\"><a onclick=\"f(this.parentNode.title)\">b</a></b>\n"},
	"style attribute":      {"<p style=\"color: {{ .X }}\">b</p>\n", "1:18", "the attribute style", "<p>b {{ .X }}</p>\n"},
	"unknown attribute":    {"<p foo=\"{{ .X }}\">b</p>\n", "1:9", "data-foo", "<p data-foo=\"{{ .X }}\">b</p>\n"},
	"URL that is code":     {"<a href=\"javascript:f({{ .X }})\">b</a>\n", "1:23", "a URL that is code", "<a href=\"https://x/{{ .X }}\">b</a>\n"},
	"property of code":     {"<Card link=\"javascript:f({{ .X }})\"/>\n", "1:26", "a URL that is code", "<Card link=\"https://x/{{ .X }}\"/>\n"},
	"property, entity":     {"<Card link=\"&#106;avascript:{{ .X }}\"/>\n", "1:29", "a URL that is code", "<Card link=\"https://x/{{ .X }}\"/>\n"},
	"odd quotes":           {"<div>\n<b c='d' e\"='f>\n\n{{ .X }}\n", "4:1", "a complete tag", "<div>\n&lt;b c='d' e\"='f>\n\n{{ .X }}\n"},
	"link that is code":    {"[a](JavaScript:f/{{ .X }})\n", "1:18", "a URL that is code", "[a](https://x/{{ .X }})\n"},
	"entity of code":       {"[a](java&#115;cript:{{ .X }})\n", "1:21", "a URL that is code", "[a](https://x/{{ .X }})\n"},
	"scheme":               {"[a]({{ .X }}:b)\n", "1:5", "the scheme of a link", "[a](https://{{ .X }}:b)\n"},
	"autolink":             {"<{{ .X }}>\n", "1:2", "write [{{.X}}]({{.X}})", "[{{.X}}]({{.X}})\n"},
	"definition":           {"[{{ .X }}]: /y\n", "1:2", "the label of a link", "[{{ .X }}](/y)\n"},
	"label":                {"[a][{{ .X }}]\n", "1:5", "the label of a link", "[a](/{{ .X }})\n"},
	"footnote":             {"a[^{{ .X }}]\n", "1:4", "the name of a footnote", "a[^1]\n"},
	"open link":            {"[a]({{ .X }}\n\nb\n", "1:5", "what follows makes it text", "[a]({{ .X }})\n\nb\n"},
	"open angle":           {"[m]: <{{ .X }}\n", "1:7", "what follows makes it text", "[m]: {{ .X }}\n"},
	"angle on a line":      {"[m](\n<{{ .X }}>)\n", "2:2", "what follows makes it text", "[m](\n{{ .X }})\n"},
	"tag below":            {"[m]: /x\n<br>\n{{ .X }}\n", "3:1", "follows something", "[m]: /x\n<br>\n\n{{ .X }}\n"},
	"open module":          {"export const a =\n\n{{ .X }}\n", "3:1", "import and export", "Then export const a =\n\n{{ .X }}\n"},
	"definition in HTML":   {"<p>\n[a]: {{ .X }}\n</p>\n", "2:6", "the target of a link in HTML", "<p>\n\n[a]: {{ .X }}\n\n</p>\n"},
	"byte order mark":      {"a \ufeff[{{ .X }}]:/\n", "1:5", "follows something", "a \n\n[{{ .X }}](/)\n"},
	"title of dashes":      {"{{ .X }} {{ .X }}\n---\n", "1:1", "one of several in a line above dashes", "## {{ .X }} {{ .X }}\n"},
	"rule below a title":   {"# {{ .X }} {{ .X }}\n---\n", "1:3", "one of several in a line above dashes", "# {{ .X }} {{ .X }}\n\n---\n"},
	"table without bars":   {"{{ .X }} {{ .X }}\n|-|\n", "1:1", "one of several in a line above dashes", "| {{ .X }} {{ .X }}\n|-|\n"},
	"lone backtick":        {"a ` b {{ .X }}\n", "1:7", "nothing closes", "a \\` b {{ .X }}\n"},
	"other scheme":         {"a <x-y://c{{ .X }}>\n", "1:11", "an HTML tag", "a &lt;x-y://c{{ .X }}>\n"},
	"mail address":         {"a <b@c{{ .X }}>\n", "1:7", "an HTML tag", "a &lt;b@c{{ .X }}>\n"},
	"target below, HTML":   {"<p>\n  [a]:\n  {{ .X }}\n</p>\n", "3:3", "the target of a link in HTML", "<p>\n\n[a]: {{ .X }}\n\n</p>\n"},
	"scheme and value":     {"[a](https{{ .X }}:b)\n", "1:10", "the scheme of a link", "[a](https://{{ .X }}:b)\n"},
	"broken tag":           {"a <b title='{{ .X }}''>\n", "1:13", "does not begin a complete tag", "a <b title='{{ .X }}'>\n"},
	"odd attribute":        {"<img src=alt=\"{{ .X }}\">\n", "1:15", "an HTML tag", "&lt;img src=alt=\"{{ .X }}\">\n"},
	"fence after a value":  {"```\nx {{ .X }} ```\n```\n", "2:3", "on a line of its own", "```\nx {{ .X }}\n```\n"},
	"title below":          {"[m]: /x\n\"{{ .X }}\"\n", "2:2", "follows something", "[m]: /x\n\n\"{{ .X }}\"\n"},
	"target on a line":     {"[m]:\n{{ .X }}\n", "2:1", "follows something", "\\[m]:\n{{ .X }}\n"},
	"link with parens":     {"[a](x({{ .X }}))\n", "1:7", "in parentheses", "[a](x%28{{ .X }}%29)\n"},
	"definition or not":    {"{{ .X }}\n[m]: {{ .X }}\n", "2:6", "follows something", "{{ .X }}\n\n[m]: {{ .X }}\n"},
	"scheme of two parts":  {"[a]({{ .X }}md:)\n", "1:5", "the scheme of a link", "[a](https://{{ .X }}md:)\n"},
	"title, deep":          {"[m]: /x\n\t{{ .X }}\n", "2:2", "could become its title", "[m]: /x\n\n{{ .X }}\n"},
	"code below source":    {"{{ include \"x\" . }}\n\n    {{ .X }}\n", "3:5", "an indented code block", "{{ include \"x\" . }}\n\n```\n{{ .X }}\n```\n"},
	"star in brackets":     {"({{ .X }}*) *a\n", "1:2", `write \*`, "({{ .X }}\\*) *a\n"},
	"definition, mark":     {"\ufeff[{{ .X }}]: /x\n", "1:3", "the label of a link", "\ufeff[{{ .X }}](/x)\n"},
	"front matter, mark":   {"\ufeff---\na: {{ .X }}\n---\n", "2:4", "may be front matter", "---\na: {{ .X }}\n---\n"},
	"wide space in a tag":  {"a <b\u2003{{ .X }}>\n", "1:6", "an HTML tag", "a &lt;b\u2003{{ .X }}>\n"},
	"fence in a box":       {"!!! note\n    ```\n    {{ .X }}\n    ```\n", "3:5", "the first line of an admonition", "!!! note\n\n    ```\n    {{ .X }}\n    ```\n"},
	"script with a slash":  {"<script src=\"x\"/>{{ .X }}\n", "1:18", "inside <script>", "<script src=\"x\"></script>{{ .X }}\n"},
	"angle in a target":    {"[](<<{{ .X }}>)\n", "1:6", "what follows makes it text", "[](<{{ .X }}>)\n"},
	"angle after a value":  {"[a](<{{ .X }}<>)\n", "1:6", "what follows makes it text", "[a](<{{ .X }}>)\n"},
	"code below a comment": {"<!--{{ $.X }}-->\n    {{ text .X }}\n", "2:5", "an indented code block", "<!--{{ $.X }}-->\n\n```\n{{ .X }}\n```\n"},
	"braces in HTML":       {"<div>{ {{ .X }} }</div>\n", "1:8", "inside braces", "<div>&#123; {{ .X }} &#125;</div>\n"},
	"braces after HTML":    {"<!-->{\n[m]: {{ .X }}\n", "2:6", "inside braces", "<!-->&#123;\n[m]: {{ .X }}\n"},
	"end of a document":    {"---\na: b\n...\nc: {{ .X }}\n---\n", "4:4", "may be front matter", "---\na: b\n---\nc: {{ .X }}\n"},
	"open title":           {"[a](b \"{{ .X }}\n", "1:8", "what follows makes it text", "[a](b \"{{ .X }}\")\n"},
	"title of a link":      {"[m]: /x\n{{ .X }}\n", "2:1", "could become its title", "[m]: /x\n\n{{ .X }}\n"},
	"link in HTML":         {"<p>\n[a]({{ .X }})\n</p>\n", "2:5", "the target of a link in HTML", "<p>\n\n[a]({{ .X }})\n</p>\n"},
	"declaration or not":   {"<!{{ .X }}\n", "1:3", "a declaration", "&lt;!{{ .X }}\n"},
	"wiki link":            {"[[{{ .X }}]]\n", "1:3", "double brackets", "[{{.X}}](/{{ .X }})\n"},
	"no link":              {"[a]({{ .X }} b)\n", "1:5", "what follows makes it text", "[a]({{ .X }} \"b\")\n"},
	"span":                 {"`/books/{{ .X }}/x`\n", "1:9", "{{ code (printf \"/books/%v/x\" .X) }} without", "{{ code (printf \"/books/%v/x\" .X) }}\n"},
	"span over lines":      {"`a\n{{ .X }}`\n", "2:1", "a code span", "{{ code (printf \"a %v\" .X) }}\n"},
	"span closed later":    {"a ` {{ .X }} b {{ if .Y }}`{{ end }}\n", "1:5", "nothing closes", "a {{ if .Y }}{{ code (printf \" %v b\" .X) }}{{ else }}\\` {{ .X }} b{{ end }}\n"},
	"code after backtick":  {"a ` {{ code .X }}\n", "1:5", "nothing closes", "a \\` {{ code .X }}\n"},
	"indented code":        {"a\n\n    {{ .X }}\n", "3:5", "between ``` and ```", "a\n\n```\n{{ .X }}\n```\n"},
	"language":             {"```{{ .X }}\n```\n", "1:4", "first line", "```sh\n```\n"},
	"list or not":          {"- a\n\n{{ .X }}\n\n  ```\n{{ .X }}\n  ```\n", "6:1", "indent the lines", "- a\n\n{{ .X }}\n\n  ```\n  {{ .X }}\n  ```\n"},
	"partial, then fence":  {"{{ include \"x\" . }}\n\n  ```\n{{ .X }}\n  ```\n", "4:1", "indent the lines", "{{ include \"x\" . }}\n\n  ```\n  {{ .X }}\n  ```\n"},
	"backtick in info":     {"```a b={{ .X }}`\n", "1:8", "a backtick makes", "```a b={{ .X }}\n```\n"},
	"before a fence":       {"```\n{{ .X }}```\n```\n", "2:1", "on a line of its own", "```\n{{ .X }}\n```\n"},
	"after a fence":        {"```\na\n```{{ .X }}\n", "3:4", "put it on the next line", "```\na\n```\n{{ .X }}\n"},
	"braces":               {"a {b {{ .X }}}\n", "1:6", "write &#123;", "a &#123;b {{ .X }}&#125;\n"},
	"braces over lines":    {"{\n\n{{ .X }}\n}\n", "3:1", "write &#123;", "&#123;\n\n{{ .X }}\n&#125;\n"},
	"attribute of MDX":     {"<A b={ {{ .X }} }>\n", "1:8", "an HTML tag", "<A title=\"{{ .X }}\">\n"},
	"module":               {"import {{ .X }}\n", "1:8", "import and export", "Then import {{ .X }}\n"},
	"formula":              {"$$\n\n{{ .X }}\n$$\n", "3:1", "a formula", "\\$\\$\n\n{{ .X }}\n\\$\\$\n"},
	"inline formula":       {"a $x {{ .X }}$\n", "1:6", "a formula", "a \\$x {{ .X }}\\$\n"},
	"entity":               {"&{{ .X }};\n", "1:2", "&amp;", "&amp;{{ .X }};\n"},
	"numeric entity":       {"&#{{ .X }};\n", "1:3", "&amp;", "&amp;#{{ .X }};\n"},
	"admonition":           {":::{{ .X }}\n:::\n", "1:4", "the kind of an admonition", ":::note\n:::\n"},
	"emphasis in a word":   {"x**{{ .X }}** y\n", "1:4", `write \*`, "x **{{ .X }}** y\n"},
	"underscores":          {"{{ .X }}_{{ .Y }}_z\n", "1:1", `write \_`, "{{ .X }}\\_{{ .Y }}\\_z\n"},
	"late front matter":    {"\n---\ntitle: {{ .X }}\n---\n", "3:8", "front matter", "---\ntitle: {{ .X }}\n---\n"},
	"front matter, open":   {"---\ntitle: {{ .X }}\n", "3:1", "ends inside the front matter", "---\ntitle: {{ .X }}\n---\n"},
	"comment, open":        {"a <!-- {{ .X }}\n\nb\n", "1:8", "does not begin a complete tag or comment", "a <!-- {{ .X }} -->\n\nb\n"},
	"open fence":           {"> ```\n> {{ .X }}\n", "3:1", "ends inside a code block", "> ```\n> {{ .X }}\n> ```\n"},
}

func TestMarkdownRefusals(t *testing.T) {
	for name, c := range markdownRefusals {
		_, err := Parse("x.md", c.template, samplePartials)
		var problems value.Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), c.words) || problems[0].Pos.String() != "x.md:"+c.pos {
			t.Errorf("%s: %q gave %v", name, c.template, err)
		}
	}
}

// TestMarkdownPartials checks what only a partial may not do: end where the text after it would change its meaning.
func TestMarkdownPartials(t *testing.T) {
	for text, words := range map[string]string{"it` is\n": "a code span", "a <b c": "an HTML tag", "a <!-- b": "a comment", "[a](b": "a link"} {
		if _, err := Parse("_x.md.tmpl", text, nil); err == nil || !strings.Contains(err.Error(), "ends inside "+words) {
			t.Errorf("%q gave %v", text, err)
		}
		if _, err := Parse("x.md.tmpl", text, nil); err != nil {
			t.Errorf("%q gave %v in a file", text, err)
		}
	}
}

// TestMarkdownPartialInANumber checks a value at the end of a partial, which "." may follow.
func TestMarkdownPartialInANumber(t *testing.T) {
	for _, text := range []string{"- {{ .X }}\n", "- {{ .X }}", "{{ .X }}\n"} {
		want := strings.TrimSuffix(strings.ReplaceAll(text, "{{ .X }}", "&#55;"), "\n")
		if got, err := render(t, "_x.md", text, map[string]any{"X": "7"}, nil); err != nil || strings.TrimSuffix(got, "\n") != want {
			t.Errorf("%q gave %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestMarkdownFailures(t *testing.T) {
	for _, c := range []struct{ template, words string }{
		{"[a]({{ .Script }})", "scheme that is not allowed"},
		{"<A to=\"{{ .Script }}\"/>\n", "scheme that is not allowed"},
		{"<Card link=\"{{ .Script }}\"/>\n", "scheme that is not allowed"},
		{"<Card link=\" {{ .Script }}\"/>\n", "scheme that is not allowed"},
		{"<Card link=\"java{{ printf \"script:x\" }}\"/>\n", "scheme that is not allowed"},
		{"# {{ text .Lines }}", "only one line fits"},
		{"| {{ text .Lines }} |", "only one line fits"},
		{"{{ .Lines | nindent 2 }}", "{{- text VALUE | nindent N }}"},
		{"<div>\n{{ partial \"x\" \"**a**\" }}\n</div>\n", "leave a blank line"},
		{"{{ partial \"x\" \"<div>\" }}\n{{ .X }}", "holds a block"},
		{"{{ partial \"x\" (lines \"---|a: b|---\") }}", "front matter of a partial"},
		{"a {{ partial \"x\" (lines \"```|b|```\") }}", "on a line of its own"},
		{"```\n{{ .Fence }}\n```\n", "end the code block"},
		{"```\n`{{ printf \"``\" }}\n```\n", "end the code block"},
		{"# a {#{{ .Name }}}", "kebab"},
		{"{{ partial \"x\" \"[m]: https\" }}{{ .Word }}\n", "holds a block, a definition"},
		{"a {{ partial \"x\" \"[m]: https\" }}\n", "on a line of its own"},
		{"{{ partial \"x\" (lines \"```|b|```\") }}\\\n", "holds a block"},
		{"a\n\t{{ partial \"x\" (lines \"```|b|```\") }}\n", "only one line fits"},
		{"a\n{{- partial \"x\" (lines \"```|b|```\") | nindent 4 }}\n", "only one line fits"},
		{"{{ partial \"x\" \"a\\\\\" }}{{ .X }}\n", "ends in a backslash"},
		{"[{{ partial \"x\" \"]\" }}]({{ .Word }})\n", "an unmatched bracket"},
		{"a {{ partial \"x\" \"[x]\" }}({{ .Script }})\n", "begins or ends in a character"},
		{"{{ partial \"x\" \"[x]\" }}{{ .Paren }}\n", "begins or ends in a character"},
		{"{{ partial \"x\" \"[x]\" }}: {{ .Script }}\n", "begins or ends in a character"},
		{"{{ partial \"x\" \"**a**\" }}{{ .Word }}\n", "begins or ends in a character"},
		{"{{ partial \"x\" \"a &\" }}{{ .Word }};\n", "begins or ends in a character"},
		{"{{ partial \"x\" \"# a\" }}\n{{ text .Lines }}\n", "only one line fits"},
		{"{{ partial \"x\" \"[m]: /x\" }}\n{{ .Paren }}\n", "holds a block, a definition"},
		{"{{ partial \"x\" \"[m]: https\" }}  {{ .Word }}\n", "holds a block, a definition"},
		{"{{ partial \"x\" \"[m]: /x\" }}\n({{ .Word }})\n", "holds a block, a definition"},
		{"{{ partial \"x\" \"a\" }}\n\n  {{ text .Lines }}\n", "only one line fits"},
		{"{{ .Word }}{{- partial \"x\" \"[m]: x\" | nindent 1 }}\n", "holds a block, a definition"},
		{"{{ partial \"x\" \"[m]: x\" }}\n{{ partial \"x\" \"[n]: x\" }}\n", "holds a block, a definition"},
		{"<div>\n<{{ .Word | nindent 0 }}>\n", "only source can be indented"},
		{"```\nx {{ printf \"\\n``\" }}{{ printf \"`\" }}\n```\n", "end the code block"},
		{"a <b>{{ text .Lines }}</b>\n", "only one line fits"},
		{"{{ partial \"x\" \"- a\" }}\n  {{ text .Lines }}\n", "only one line fits"},
		{"{{ partial \"x\" \"- a\" }}\n{{ text .Lines }}\n", "only one line fits"},
		{"{{ partial \"x\" \"a <b>\" }} {{ text .Lines }}\n", "only one line fits"},
		{"{{ partial \"x\" \"- a\" }}\n{{ partial \"x\" (lines \"a||b\") }}\n", "several paragraphs"},
		{"{{ partial \"x\" \"[m]:<x>\" }}{{ partial \"x\" \"[m]:<x>\" }}\n", "holds a block, a definition"},
		{"{{ .Word }}{{ partial \"x\" \"[m]: x\" }}\n", "on a line of its own"},
		{"{{ range .L }}{{ partial \"x\" \"[m]: x\" }}{{ end }}\n", "on a line of its own"},
		{"a {{ partial \"x\" (lines \"> - ```|b|```\") }}\n", "on a line of its own"},
		{"!!! note\n    {{ partial \"x\" (lines \"```|b|```\") }}\n", "only one line fits"},
		{"- ```\n  {{ printf \"a\\n  b\\n\" }}{{ .X }}\n  ```\n", "in an indented code block"},
		{"> - {{ .Word }}\n> {{ partial \"x\" (lines \"- x|- y\") }}\n", "only one line fits"},
		{"a | b\n--|--\n{{ text .Lines }}\n", "only one line fits"},
		{"- a\n{{- text .Lines | nindent 0 }}\n", "only one line fits"},
		{"{{ text .Lines }}\n-\n", "only one line fits"},
		{"a\n{{- text .Word | nindent 4 }}\n", "only one line fits"},
	} {
		if got, err := render(t, "x.md", c.template, markdownSample, markdownFuncs); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%q gave %q, %v", c.template, got, err)
		}
	}
}
