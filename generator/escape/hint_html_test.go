package escape

import (
	"fmt"
	"maps"
	"slices"
)

const (
	wholeTags    = "write the tags out, {{ if CONDITION }}<h1>{{ else }}<h2>{{ end }}; for the character < write &lt;"
	ofProgram    = `write the address out, in branches if it varies: "{{ if CONDITION }}../a.js{{ else }}a.js{{ end }}"; a value may follow a "?": "a.js?v={{ VALUE }}", or in a <link> its rel: rel="icon"`
	inUTF8       = `write <meta charset="utf-8">, the encoding of the file`
	asProperty   = `write it as a property, <html style="--value: {{ .Color }}">, and var(--value) in <style>; for an address, write <img src="{{ .Color }}" alt="">`
	noScheme     = "use http, https, mailto or tel, or an address without a scheme"
	noReference  = "write &amp; for the character &"
	noAction     = "write it without an action, or write text outside of it"
	outside      = "write it outside the comment"
	inPre        = "write <pre>{{ .A }}</pre> instead"
	closed       = "close it in the same template"
	sameBranch   = "open and close a quote or bracket in the same branch"
	ownAttribute = `write the value in an attribute of its own, data-value="{{ .A }}", and let the script read it there`
)

func writtenOut(attr string) string {
	return fmt.Sprintf(`write the value out, in branches if it varies: {{ if CONDITION }}%s="…"{{ else }}%s="…"{{ end }}`, attr, attr)
}

func ofScript(value string) string {
	return fmt.Sprintf(`give the script its data in a tag of its own, <script type="application/json">{{ %s }}</script>, or in an attribute, data-value="{{ %s }}"`, value, value)
}

func wholeInQuotes(attr, value string) string {
	return fmt.Sprintf(`put the whole value in quotes: %s="…{{ %s }}…"`, attr, value)
}

func ownProperty(value string) string {
	return fmt.Sprintf(`write it before them, as a property that they read: style="--value: {{ %s }}; width: calc(2 * var(--value))"; for an address, write <img src="{{ %s }}" alt="">`, value, value)
}

func leftOut(name string) string {
	return "leave out <" + name + ">, or write it below what has actions: browsers read what follows in their own ways"
}

// htmlRefusalHints are the hints of htmlRefusals, and what the mended templates make.
var htmlRefusalHints = map[string]struct{ hint, want string }{
	"tag name":           {wholeTags, "<h2>x"},
	"end tag name":       {wholeTags, "</h1>"},
	"less":               {wholeTags, "a &lt;a: 1"},
	"attribute name":     {`write the name of the attribute out: name="{{ .A }}", or {{ if .A }}checked{{ end }}`, `<p name="a: 1">`},
	"attribute":          {`write the name of the attribute out: name="{{ .B }}", or {{ if .B }}checked{{ end }}`, "<input checked>"},
	"no quotes, parts":   {wholeInQuotes("href", ".A"), `<a href="/x?a=a%3A%201">`},
	"no quotes":          {wholeInQuotes("href", ".URL"), `<a href="https://e.org/a%20b?c=d&amp;e#f">`},
	"part, no quotes":    {wholeInQuotes("href", ".A"), `<a href="x/a:%201/7.html" title=y>`},
	"handler":            {ownAttribute, `<p data-value="a: 1" onclick="f(this.dataset.value)">`},
	"handler, no quotes": {wholeInQuotes("onclick", ".A"), `<p data-value="a: 1">`},
	"library":            {ownAttribute, `<p data-value="a: 1">`},
	"library sign":       {ownAttribute, `<p data-value="a: 1">`},
	"library data":       {ownAttribute, `<p data-value="a: 1">`},
	"frame text":         {writtenOut("srcdoc"), `<iframe srcdoc="a"></iframe>`},
	"base":               {writtenOut("href"), `<base href="/a/">`},
	"script":             {ofScript(".A"), `<script type="application/json">"a: 1"</script>`},
	"module":             {ofScript("toJson .A"), `<script data-value="&quot;a: 1&quot;" type="module">a()</script>`},
	"import map":         {ofScript("toJson .L"), `<script type="application/json">["x", "y z", "# w"]</script>`},
	"two types":          {ofScript(".A"), `<script type="application/json">"a: 1"</script>`},
	"script address":     {ofProgram, `<script src="a.js?v=a%3A%201"></script>`},
	"style sheet":        {ofProgram, `<link rel=icon href="no.css">`},
	"alternate sheet":    {ofProgram, `<link rel="alternate stylesheet" href="a.css?v=a%3A%201">`},
	"object":             {ofProgram, `<object data="x?a%3A%201"></object>`},
	"redirect":           {`write the content out, or a link: <a href="{{ VALUE }}">…</a>`, `<a href="https://e.org/a%20b?c=d&amp;e#f">a: 1</a>`},
	"encoding":           {inUTF8, `<meta charset="utf-8">a: 1`},
	"old encoding":       {inUTF8, `<meta charset="utf-8">a: 1`},
	"encoding action":    {writtenOut("charset"), `<meta charset="utf-8">`},
	"style element":      {asProperty, `<html style="--value: #ff0000"><style>p { color: var(--value) }</style>`},
	"whole style":        {`write the value of a property: style="color: {{ .Color }}"`, `<p style="color: #ff0000">`},
	"style call":         {ownProperty(".N"), `<p style="--value: 7; width: calc(var(--value) * 1% - 1px)">`},
	"style address":      {ownProperty(".URL"), `<img src="https://e.org/a%20b?c=d&amp;e#f" alt="">`},
	"style quotes":       {ownProperty(".B"), `<p style="--value: no; font-family: var(--value)">`},
	"style, no property": {ownProperty(".Color"), `<p style="color: #ff0000">`},
	"style comment":      {ownProperty(".Color"), `<p style="color: #ff0000">`},
	"scheme":             {"write the address as one action: {{ printf \"%v://%v\" SCHEME HOST }}", `<a href="https://a:%201/x">`},
	"hidden scheme":      {"write the address as one action: {{ printf \"%v://%v\" SCHEME HOST }}", `<a href="https:x">`},
	"scheme of a script": {noScheme, `<a href=" https:a:%201">`},
	"scheme with breaks": {noScheme, "<a href='https:a:%201'>"},
	"data address":       {noScheme, `<img src="https://e.org/a:%201">`},
	"size of a source":   {"write the sizes and the other addresses out, or each address in a <source> of its own", `<img srcset="a 2x">`},
	"quotes, no quotes":  {wholeInQuotes("title", ".A"), `<p title='a"a: 1'>`},
	"reference":          {noReference, "&amp;no;"},
	"reference, begun":   {noReference, "<p title='&amp;amno'>"},
	"number":             {noReference, "<title>&amp;#7;</title>"},
	"doctype":            {noAction, "<!DOCTYPE html>a: 1"},
	"instruction":        {"write &lt;, or give the file the suffix of the language that <? or <% belongs to", "a: 1"},
	"section":            {"leave out <!…>: in <svg>, browsers differ about its end", "<svg>a: 1</svg>"},
	"no section":         {noAction, "a: 1"},
	"comment end":        {"put a space between the dash and the action", "<!-- - a: 1-->"},
	"conditional":        {outside, "<!--[if IE]><![endif]-->a: 1"},
	"command":            {outside, "<!--#echo -->a: 1"},
	"frame":              {inPre, "<pre>a: 1</pre>"},
	"raw text":           {inPre, "<pre>a: 1</pre>"},
	"plain text":         {leftOut("plaintext"), "<pre>a: 1"},
	"frames":             {leftOut("frameset"), `<iframe src="https://e.org/a%20b?c=d&amp;e#f"></iframe>`},
	"title tag":          {"write &lt; for the character <", "<title>a &lt;a: 1</title>"},
	"JSON tag":           {`write the character < as \u003c`, `<script type='application/json'>["\u003c/scra: 1"]</script>`},
	"JSON glued":         {`write "1{{.A}}"`, `<script type='application/json'>["1a: 1"]</script>`},
	"SVG style":          {asProperty, `<html style="--value: #ff0000"><svg><style>a { fill: var(--value) }</style></svg>`},
	"SVG script":         {ofScript(".A"), `<svg></svg><script type="application/json">"a: 1"</script>`},
	"SVG not closed":     {"write <desc> outside <svg>, or without the character <", "<svg><desc>p</desc></svg>a: 1"},
	"SVG, open":          {closed, "<svg>a: 1</svg>"},
	"SVG animation":      {writtenOut("to"), `<svg><set attributeName="href" to="a"/></svg>`},
	"SVG base":           {writtenOut("xml:base"), `<svg xml:base="a"></svg>`},
	"annotation":         {leftOut("annotation-xml"), "<math></math><a href='https://e.org/a%20b?c=d&amp;e#f'>"},
	"foreign object":     {leftOut("foreignobject"), "<svg></svg>a: 1"},
	"select":             {"write <title> outside <select>, or without the character <", "<select></select><title><b></title>a: 1"},
	"in each other":      {leftOut("svg"), "<template>a: 1</template>"},
	"no script":          {"write &lt;, or leave it out: in <noscript>, browsers differ about a < that begins no tag", "<noscript><p title='&lt;/noscript>'>a: 1</noscript>"},
	"PHP":                {"write &lt;, or give the file the suffix of the language that <? or <% belongs to", "&lt;?php echo $a->b ?>a: 1"},
	"server tag":         {"write &lt;, or give the file the suffix of the language that <? or <% belongs to", "&lt;% a %>a: 1"},
	"script comment":     {`write \x3c!-- or <\!-- in the script: there, <!-- may hide the end of it`, "<script>\\x3c!-- </script>a: 1"},
	"comment's end":      {"write --> at the end of the comment", "<!-- -->a: 1"},
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
	{"x.html", `<svg>{{ include "svg.html" . }}</svg>`, "write it in the template itself, without include", "<svg><path/></svg>", "<svg><path/></svg>"},
}...)

func refusalRows() []hintRow {
	var rows []hintRow
	for _, name := range slices.Sorted(maps.Keys(htmlRefusals)) {
		refused, followed := htmlRefusals[name], htmlRefusalHints[name]
		rows = append(rows, hintRow{"x.html", refused.template, followed.hint, refused.mended, followed.want})
	}
	return rows
}
