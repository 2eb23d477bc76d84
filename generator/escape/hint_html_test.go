package escape

import (
	"fmt"
	"maps"
	"slices"
)

const (
	wholeTags    = "write the tags out, {{ if CONDITION }}<h1>{{ else }}<h2>{{ end }}; for the character < write &lt;"
	ofProgram    = `write the address out, in branches if it varies: "{{ if CONDITION }}../a.js{{ else }}a.js{{ end }}"; a value may follow a "?": "a.js?v={{ VALUE }}"`
	inUTF8       = `write <meta charset="utf-8">`
	asProperty   = `write it as a property, <html style="--value: {{ .Color }}">, and var(--value) in <style>`
	noScheme     = "use http, https, mailto or tel, or an address without a scheme"
	noReference  = "write &amp; for the character &"
	noAction     = "write it without an action, or write text outside of it"
	outside      = "write it outside the comment"
	inPre        = "write <pre>{{ .A }}</pre> instead"
	closed       = "close it in the same template"
	sameBranch   = "open and close a quote or bracket in the same branch"
	ownAttribute = `write the value in an attribute of its own, data-value="{{ .A }}"`
)

func writtenOut(attr string) string {
	return fmt.Sprintf(`write the value out, in branches if it varies: {{ if CONDITION }}%s="…"{{ else }}%s="…"{{ end }}`, attr, attr)
}

func ofScript(data, value string) string {
	return fmt.Sprintf(`give the script its data in a tag of its own, <script type="application/json">{{ %s }}</script>, or in an attribute, data-value="{{ %s }}"`, data, value)
}

func ownProperty(value string) string {
	return fmt.Sprintf(`write a property of its own, and read that: style="--value: {{ %s }}; width: calc(2 * var(--value))"`, value)
}

// htmlRefusalHints are the hints of htmlRefusals, and what the mended templates make.
var htmlRefusalHints = map[string]struct{ hint, want string }{
	"tag name":           {wholeTags, "<h2>x"},
	"end tag name":       {wholeTags, "</h1>"},
	"less":               {wholeTags, "a &lt;a: 1"},
	"attribute name":     {`write the name of the attribute out: name="{{ .A }}", or {{ if .A }}checked{{ end }}`, `<p name="a: 1">`},
	"attribute":          {`write the name of the attribute out: name="{{ .B }}", or {{ if .B }}checked{{ end }}`, "<input checked>"},
	"no quotes, parts":   {`put the value in quotes: href="/x?a={{ .A }}"`, `<a href="/x?a=a%3A%201">`},
	"no quotes":          {`put the value in quotes: href="{{ .URL }}"`, `<a href="https://e.org/a%20b?c=d&amp;e#f">`},
	"part, no quotes":    {`put the value in quotes: href="x/{{ .A }}/{{ .N }}.html"`, `<a href="x/a:%201/7.html" title=y>`},
	"handler":            {ownAttribute + ", and let the script read it there", `<p data-value="a: 1" onclick="f(this.dataset.value)">`},
	"handler, no quotes": {ownAttribute + ", and let the script read it there", `<p data-value="a: 1">`},
	"library":            {ownAttribute, `<p data-value="a: 1">`},
	"library sign":       {ownAttribute, `<p data-value="a: 1">`},
	"library data":       {ownAttribute, `<p data-value="a: 1">`},
	"frame text":         {writtenOut("srcdoc"), `<iframe srcdoc="a"></iframe>`},
	"base":               {writtenOut("href"), `<base href="/a/">`},
	"script":             {ofScript("toJson .A", ".A"), `<script type="application/json">"a: 1"</script>`},
	"module":             {ofScript("toJson .A", "toJson .A"), `<script data-value="&quot;a: 1&quot;" type="module">a()</script>`},
	"import map":         {ofScript("toJson .L", "toJson .L"), `<script type="application/json">["x", "y z", "# w"]</script>`},
	"two types":          {ofScript("toJson .A", ".A"), `<script type="application/json">"a: 1"</script>`},
	"script address":     {ofProgram, `<script src="a.js?v=a%3A%201"></script>`},
	"style sheet":        {ofProgram, `<link href="../a.css" rel=stylesheet>`},
	"alternate sheet":    {ofProgram, `<link rel="alternate stylesheet" href="a.css?v=a%3A%201">`},
	"object":             {ofProgram, `<object data="x?a%3A%201"></object>`},
	"redirect":           {`write the content out, or a link: <a href="{{ VALUE }}">…</a>`, `<a href="https://e.org/a%20b?c=d&amp;e#f">a: 1</a>`},
	"encoding":           {inUTF8, `<meta charset="utf-8">a: 1`},
	"old encoding":       {inUTF8, `<meta charset="utf-8">a: 1`},
	"encoding action":    {writtenOut("charset"), `<meta charset="utf-8">`},
	"style element":      {asProperty, `<html style="--value: #ff0000"><style>p { color: var(--value) }</style>`},
	"whole style":        {`write the value of a property: style="color: {{ .Color }}"`, `<p style="color: #ff0000">`},
	"style call":         {ownProperty(".N"), `<p style="--value: 7; width: calc(var(--value) * 1% - 1px)">`},
	"style address":      {`write <img src="{{ .URL }}" alt="">, or the address in the style without an action`, `<img src="https://e.org/a%20b?c=d&amp;e#f" alt="">`},
	"style quotes":       {ownProperty(".B"), `<p style="--value: no; font-family: var(--value)">`},
	"style, no property": {"remove them, or write it before them", `<p style="color: #ff0000">`},
	"style comment":      {"remove them, or write it before them", `<p style="color: #ff0000">`},
	"scheme":             {`write the address as one action: href="{{ printf "%v://%v/x" .Scheme .A }}"`, `<a href="https://a:%201/x">`},
	"hidden scheme":      {`write the address as one action: href="{{ printf "%v:x" .Scheme }}"`, `<a href="https:x">`},
	"scheme of a script": {noScheme, `<a href=" https:a:%201">`},
	"scheme with breaks": {noScheme, "<a href='https:a:%201'>"},
	"data address":       {noScheme, `<img src="https://e.org/a:%201">`},
	"size of a source":   {`write the size out: "small.png 1x, large.png 2x"`, `<img srcset="a 2x">`},
	"quotes, no quotes":  {`put the value in quotes: title='a"{{ .A }}'`, `<p title='a"a: 1'>`},
	"reference":          {noReference, "&amp;no;"},
	"reference, begun":   {noReference, "<p title='&amp;amno'>"},
	"number":             {noReference, "<title>&amp;#7;</title>"},
	"doctype":            {noAction, "<!DOCTYPE html>a: 1"},
	"instruction":        {noAction, "<?xml ?>a: 1"},
	"section":            {noAction, "<svg>a: 1</svg>"},
	"no section":         {noAction, "a: 1"},
	"comment end":        {"put a space between the dash and the action", "<!-- - a: 1-->"},
	"conditional":        {outside, "<!--[if IE]><![endif]-->a: 1"},
	"command":            {outside, "<!--#echo -->a: 1"},
	"frame":              {inPre, "<pre>a: 1</pre>"},
	"raw text":           {inPre, "<pre>a: 1</pre>"},
	"plain text":         {"write <pre>", "<pre>a: 1"},
	"frames":             {"write <iframe>", `<iframe src="https://e.org/a%20b?c=d&amp;e#f"></iframe>`},
	"title tag":          {"write &lt; for the character <", "<title>a &lt;a: 1</title>"},
	"JSON tag":           {`write the character < as \u003c`, `<script type='application/json'>["\u003c/scra: 1"]</script>`},
	"JSON glued":         {`write "1{{.A}}"`, `<script type='application/json'>["1a: 1"]</script>`},
	"JSON, open":         {"close it before </script>", `<script type='application/json'>["a: 1"]</script>`},
	"SVG style":          {asProperty, `<html style="--value: #ff0000"><svg><style>a { fill: var(--value) }</style></svg>`},
	"SVG script":         {ofScript("toJson .A", ".A"), `<svg></svg><script type="application/json">"a: 1"</script>`},
	"SVG ended":          {"close the <svg> before it, or put it into <foreignObject>", "<svg><foreignObject><p>a: 1</p></foreignObject></svg>"},
	"SVG not closed":     {"close <p> before it", "<svg><desc><p></p></desc></svg>a: 1"},
	"SVG, other end":     {"close <g> before it", "<svg><g></g></svg>a: 1"},
	"SVG, open":          {closed, "<svg>a: 1</svg>"},
	"SVG, not open":      {"open and close <svg> in the same template", "<svg>a: 1</svg>"},
	"SVG animation":      {writtenOut("to"), `<svg><set attributeName="href" to="a"/></svg>`},
	"SVG base":           {writtenOut("xml:base"), `<svg xml:base="a"></svg>`},
	"annotation":         {"remove it", "<math></math><a href='https://e.org/a%20b?c=d&amp;e#f'>"},
	"closed div":         {"write <div></div>", "<svg><desc><div></div></desc></svg>a: 1"},
	"select":             {"move it out of the <select>", "<select></select><title>a: 1</title>"},
	"column":             {"write <colgroup> around it", "<template><colgroup><col></colgroup></template><title>a: 1</title>"},
	"no script":          {"write &lt;, or leave it out", "<noscript><p title='&lt;/noscript>'>a: 1</noscript>"},
	"PHP":                {"write &lt;?, or give the file the suffix of the language that <? belongs to", "&lt;?php echo $a->b ?>a: 1"},
	"server tag":         {"write &lt;%, or give the file the suffix of the language that <% belongs to", "&lt;% a %>a: 1"},
	"open tag":           {closed, `<p title="a: 1">`},
	"branches":           {sameBranch, `<p title="a: 1">`},
	"depends":            {"let all branches before it end in the same place", `<p title="https://e.org/a b?c=d&amp;e#f">`},
	"raw or script":      {sameBranch, "<b>a: 1"},
	"end tag attribute":  {writtenOut("title"), `</p title="a">`},
}

// htmlHints are the hints of HTML: those of htmlRefusals, and those of values that do not fit into their places.
var htmlHints = append(refusalRows(), []hintRow{
	{"x.html", `<a href="{{ .Script }}">`, noScheme, `<a href="{{ .URL }}">`, `<a href="https://e.org/a%20b?c=d&amp;e#f">`},
	{"x.html", `<a href="{{ if not .T }}b{{ end }}{{ .URL }}">`, "write the attribute in each branch", `<a {{ if not .T }}href="b{{ .URL }}"{{ else }}href="{{ .URL }}"{{ end }}>`, `<a href="https://e.org/a%20b?c=d&amp;e#f">`},
	{"x.html", `<p style="color: {{ .H }}">`, "use words, numbers and colours such as 12.5%, red or #ff0000", `<p style="color: {{ .Color }}">`, `<p style="color: #ff0000">`},
	{"x.html", "<table>{{ .A }}<tr></table>", "write it inside a tag: <td>{{ VALUE }}</td>", "<table><tr><td>{{ .A }}</td></table>", "<table><tr><td>a: 1</td></table>"},
	{"x.html", `<p title="{{ include "word.html" . }}">`, "write a partial of plain text, such as _name.txt.tmpl", `<p title="{{ include "word.txt" . }}">`, `<p title="it: is">`},
	{"x.html", `<p style="color: red; background: url('a/{{ .B }}.png')">`, `write <img src="a/{{ .B }}.png" alt="">, or the address in the style without an action`, `<img src="a/{{ .B }}.png" alt="">`, `<img src="a/no.png" alt="">`},
	{"x.html", `<style>a { background: url({{ .URL }}) }</style>`, `write <img src="{{ .URL }}" alt="">, or the address in the style without an action`, `<img src="{{ .URL }}" alt="">`, `<img src="https://e.org/a%20b?c=d&amp;e#f" alt="">`},
	{"x.html", `<svg>{{ include "word.html" . }}</svg>`, "close the <svg> before it, or put it into <foreignObject>", `<svg><foreignObject>{{ include "word.html" . }}</foreignObject></svg>`, "<svg><foreignObject><b>it: is</b></foreignObject></svg>"},
	{"x.html", `<svg>{{ include "style.html" . }}</svg>`, "write it in the template itself, without include", "<svg><style>a { color: red }</style></svg>", "<svg><style>a { color: red }</style></svg>"},
}...)

func refusalRows() []hintRow {
	var rows []hintRow
	for _, name := range slices.Sorted(maps.Keys(htmlRefusals)) {
		refused, followed := htmlRefusals[name], htmlRefusalHints[name]
		rows = append(rows, hintRow{"x.html", refused.template, followed.hint, refused.mended, followed.want})
	}
	return rows
}
