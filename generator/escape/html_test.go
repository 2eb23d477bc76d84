package escape

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/firestoned/firestone/model/value"
)

func htmlSample() map[string]any {
	data := maps.Clone(sample)
	maps.Copy(data, map[string]any{"H": `<b title="it's">&`, "URL": "https://e.org/a b?c=d&e#f", "Color": "#ff0000", "Dashes": "-->", "Dash": "-", "Level": 2, "Scheme": "https"})
	return data
}

const escapedH = "&lt;b title=&quot;it&#39;s&quot;&gt;&amp;"

// htmlOutputs are templates with what they yield for htmlSample.
var htmlOutputs = map[string]struct{ template, want string }{
	"text":           {"<p>{{ .H }} {{ .N }}{{ .None }} {{ .L }}</p>\n", "<p>" + escapedH + " 7 [&quot;x&quot;, &quot;y z&quot;, &quot;# w&quot;]</p>\n"},
	"attributes":     {`<p title="{{ .H }}" id='a-{{ .H }}' data-x="{{ toJson .L }}" aria-label="{{ .N }}">`, `<p title="` + escapedH + `" id='a-` + escapedH + `' data-x="[&quot;x&quot;, &quot;y z&quot;, &quot;# w&quot;]" aria-label="7">`},
	"title":          {"<title>{{ .H }} & co</title><textarea>{{ .H }}</textarea>", "<title>" + escapedH + " & co</title><textarea>" + escapedH + "</textarea>"},
	"leading break":  {"<pre>{{ .E1 }}</pre><pre>{{ .None }}\n</pre><pre>\n{{ .E1 }}</pre><textarea>{{ .E1 }}</textarea><pre>{{ .A }}", "<pre>\n\nx</pre><pre>\n\n</pre><pre>\n\nx</pre><textarea>\n\nx</textarea><pre>a: 1"},
	"branches":       {"<input {{ if .T }}checked{{ end }} value=\"{{ .A }}\"><p{{ with .H }} class=\"a {{ . }}\"{{ end }}>{{ if .T }}<b>{{ else }}<i>{{ end }}{{ .A }}", "<input checked value=\"a: 1\"><p class=\"a " + escapedH + "\"><b>a: 1"},
	"range":          {"<ul>{{ range .L }}\n<li title=\"{{ . }}\">{{ . }}{{ end }}</ul><p>{{ range $i, $x := .L }}{{ if $i }}, {{ end }}{{ $x }}{{ end }}", "<ul>\n<li title=\"x\">x\n<li title=\"y z\">y z\n<li title=\"# w\"># w</ul><p>x, y z, # w"},
	"address":        {`<a href="{{ .URL }}">{{ .A }}</a><img src='{{ .N }}.png'><form action="{{ .URL }}">`, `<a href="https://e.org/a%20b?c=d&amp;e#f">a: 1</a><img src='7.png'><form action="https://e.org/a%20b?c=d&amp;e#f">`},
	"in an address":  {`<a href="/x/{{ .H }}/{{ .A }}?a={{ .URL }}&amp;b={{ .A }}#{{ .A }}"><a href="https://{{ .N }}.e.org/{{ .A }}"><a href="#{{ .A }}">`, `<a href="/x/%3Cb%20title=%22it%27s%22%3E&amp;/a:%201?a=https%3A%2F%2Fe.org%2Fa%20b%3Fc%3Dd%26e%23f&amp;b=a%3A%201#a%3A%201"><a href="https://7.e.org/a:%201"><a href="#a%3A%201">`},
	"no scheme":      {`<a href="{{ .B }}{{ .A }}"><a href="java{{ .A }}"><a href="{{ .B }}/{{ .A }}">`, `<a href="noa%3A%201"><a href="javaa%3A%201"><a href="no/a:%201">`},
	"mail":           {`<a href="mailto:{{ .URL }}"><a href="tel:{{ .N }}">`, `<a href="mailto:https://e.org/a%20b%3Fc=d%26e%23f"><a href="tel:7">`},
	"sources":        {`<img srcset="{{ .URL }} 1x, b.png 2x"><source srcset="/i/{{ .List }}.png">`, `<img srcset="https://e.org/a%20b?c=d&amp;e#f 1x, b.png 2x"><source srcset="/i/a%2Cb.png">`},
	"programs":       {`<script src="a.js?v={{ .A }}"></script><link rel="stylesheet" href="a.css?{{ .A }}"><link rel="canonical" href="{{ .URL }}">`, `<script src="a.js?v=a%3A%201"></script><link rel="stylesheet" href="a.css?a%3A%201"><link rel="canonical" href="https://e.org/a%20b?c=d&amp;e#f">`},
	"meta":           {`<meta charset="utf-8"><meta name="description" content="{{ .H }}"><meta name="keywords" content="{{ range $i, $x := .L }}{{ if $i }}, {{ end }}{{ $x }}{{ end }}">`, `<meta charset="utf-8"><meta name="description" content="` + escapedH + `"><meta name="keywords" content="x, y z, # w">`},
	"style":          {`<p style="color: {{ .Color }}; font: {{ .N }}px/{{ .N }} x; --a: {{ .B }}; background: url('a;b'); width: calc(1% + 2px)">`, `<p style="color: #ff0000; font: 7px/7 x; --a: no; background: url('a;b'); width: calc(1% + 2px)">`},
	"comments":       {"<!-- {{ .Dashes }} --><!--{{ .A }}--><!--{{ .None }}--><!-- a - {{ .Dashes }}>--><!-- {{ .Dash }}-> -->{{ comment .Dashes }}{{ comment .Text }}", "<!--  - -&gt; --><!-- a: 1--><!-- --><!-- a -  - -&gt;>--><!--  - -> --><!-- - -&gt; --><!-- one\ntwo: 2 -->"},
	"JSON":           {"<script type=\"application/ld+json\">{\"a\": {{ .H }}, {{ .A }}: [\"{{ .H }}\", {{ toJson .L }}{{ range .L }}, {{ . }}{{ end }}]}</script>{{ .A }}", "<script type=\"application/ld+json\">{\"a\": \"\\u003cb title=\\\"it's\\\"\\u003e\\u0026\", \"a: 1\": [\"\\u003cb title=\\\"it's\\\"\\u003e\\u0026\", [\"x\", \"y z\", \"# w\"], \"x\", \"y z\", \"# w\"]}</script>a: 1"},
	"scripts":        {"<script>if (a < b && \"<p>\") { \"</p>\" }</script>{{ .A }}<style>a > b {}</style>{{ .A }}<noscript><p title=\"{{ .A }}\">{{ .A }}</p></noscript>", "<script>if (a < b && \"<p>\") { \"</p>\" }</script>a: 1<style>a > b {}</style>a: 1<noscript><p title=\"a: 1\">a: 1</p></noscript>"},
	"SVG":            {`<svg viewBox="0 0 {{ .N }} 1"><title>{{ .H }}</title><path d="{{ .A }}"/><style>a > b {}</style>{{ include "path.html" . }}<a xlink:href="{{ .URL }}"><text>{{ .A }}</text></a><g><path></g><path></svg>{{ .A }}`, `<svg viewBox="0 0 7 1"><title>` + escapedH + `</title><path d="a: 1"/><style>a > b {}</style><path d="M0"/><a xlink:href="https://e.org/a%20b?c=d&amp;e#f"><text>a: 1</text></a><g><path></g><path></svg>a: 1`},
	"SVG texts":      {"<svg><desc>{{ .A }}</desc><style>a</style></svg><math><mi>{{ .A }}</mi></math>", "<svg><desc>a: 1</desc><style>a</style></svg><math><mi>a: 1</mi></math>"},
	"declarations":   {"<!DOCTYPE html>\n<!x>{{ .A }}<![CDATA[x>{{ .A }}</>a < {{ .A }}, b <3", "<!DOCTYPE html>\n<!x>a: 1<![CDATA[x>a: 1</>a < a: 1, b <3"},
	"table":          {"<table>{{ .None }}{{ include \"row.html\" . }}<tr>\n{{ range .L }}<td>{{ . }}{{ end }}</table>", "<table><tr><td>x</tr><tr>\n<td>x<td>y z<td># w</table>"},
	"source":         {"{{ include \"b.html\" . }}{{ .A }} {{- include \"p.html\" . | nindent 2 }}<p title=\"{{ include \"text.html\" . }}\"><title>{{ include \"text.html\" . }}</title>{{ include \"word.txt\" . }}{{ raw \"<hr>\" }}", "<b>AT&amp;Ta: 1\n  <p>x<p title=\"x &amp; y\"><title>x &amp; y</title>a&lt;b<hr>"},
	"functions":      {"{{ code .H }} {{ quote .A }} {{ text .Text }}{{ toYaml .L }}", "<code>" + escapedH + "</code> &quot;a: 1&quot; one\ntwo: 2\n- x\n- y z\n- &#39;# w&#39;"},
	"select":         {`<select name="a">{{ range .L }}<option value="{{ . }}">{{ . }}</option>{{ end }}</select>{{ .A }}`, `<select name="a"><option value="x">x</option><option value="y z">y z</option><option value="# w"># w</option></select>a: 1`},
	"template":       {"<template><tr><td>{{ .A }}</td></tr></template>{{ .A }}<table><colgroup><col><col></colgroup></table>", "<template><tr><td>a: 1</td></tr></template>a: 1<table><colgroup><col><col></colgroup></table>"},
	"odd characters": {"{{ .Odd }}", "&#xFEFF;a\ufffd&#xD;\u0085&#x202E;&#x1;\ufffd"},
}

func TestHTMLOutputs(t *testing.T) {
	data := htmlSample()
	maps.Copy(data, map[string]any{"E1": "\nx", "List": "a,b", "Odd": "\ufeffa\x00\r\u0085\u202e\x01\xff"})
	partials := maps.Clone(htmlPartials)
	partials["row.html"] = "<tr><td>x</tr>\n"
	for name, c := range htmlOutputs {
		if got, err := render(t, "x.html.tmpl", c.template, data, included(partials)); err != nil || got != c.want {
			t.Errorf("%s:\n%s\ngot  %q\nwant %q, error %v", name, c.template, got, c.want, err)
		}
	}
}

// htmlRefusals are templates with the place and some words of their refusal, and what its hint makes of them, or "" where it
// says what to write. TestHints follows the hints.
var htmlRefusals = map[string]struct{ template, pos, words, mended string }{
	"tag name":           {"<h{{ .Level }}>x", "1:3", "{{ if CONDITION }}<h1>{{ else }}<h2>{{ end }}", "{{ if eq .Level 1 }}<h1>{{ else }}<h2>{{ end }}x"},
	"end tag name":       {"</{{ .A }}>", "1:3", "name of a tag", "{{ if .T }}</h1>{{ else }}</h2>{{ end }}"},
	"less":               {"a <{{ .A }}", "1:4", "write &lt;", "a &lt;{{ .A }}"},
	"attribute name":     {"<p {{ .A }}=\"x\">", "1:4", `name="{{ .A }}"`, `<p name="{{ .A }}">`},
	"attribute":          {"<input {{ .B }}>", "1:8", `{{ if .B }}checked{{ end }}`, `<input {{ if .B }}checked{{ end }}>`},
	"no quotes, parts":   {"<a href=/x?a={{ .A }}>", "1:14", `href="…{{ .A }}…"`, `<a href="/x?a={{ .A }}">`},
	"no quotes":          {"<a href={{ .URL }}>", "1:9", `href="…{{ .URL }}…"`, `<a href="{{ .URL }}">`},
	"part, no quotes":    {"<a href=x/{{ .A }}/{{ .N }}.html title=y>", "1:11", `href="…{{ .A }}…"`, `<a href="x/{{ .A }}/{{ .N }}.html" title=y>`},
	"handler":            {`<p onclick="f('{{ .A }}')">`, "1:16", `data-value="{{ .A }}"`, `<p data-value="{{ .A }}" onclick="f(this.dataset.value)">`},
	"handler, no quotes": {`<p onclick={{ .A }}>`, "1:12", `onclick="…{{ .A }}…"`, `<p data-value="{{ .A }}">`},
	"library":            {`<p v-html="{{ .A }}">`, "1:12", `data-value="{{ .A }}"`, `<p data-value="{{ .A }}">`},
	"library sign":       {`<p :title="{{ .A }}">`, "1:12", `data-value="{{ .A }}"`, `<p data-value="{{ .A }}">`},
	"library data":       {`<p data-bind="{{ .A }}">`, "1:15", `data-value="{{ .A }}"`, `<p data-value="{{ .A }}">`},
	"frame text":         {`<iframe srcdoc="{{ .A }}"></iframe>`, "1:17", "srcdoc of <iframe>", `<iframe {{ if .T }}srcdoc="a"{{ else }}srcdoc="b"{{ end }}></iframe>`},
	"base":               {`<base href="{{ .URL }}">`, "1:13", `{{ if CONDITION }}href=`, `<base {{ if .T }}href="/a/"{{ else }}href="/b/"{{ end }}>`},
	"script":             {"<script>var a = {{ .A }};</script>", "1:17", `<script type="application/json">{{ .A }}</script>`, `<script type="application/json">{{ .A }}</script>`},
	"module":             {`<script type="module">{{ toJson .A }}</script>`, "1:23", "data-value", `<script data-value="{{ toJson .A }}" type="module">a()</script>`},
	"import map":         {`<script type="importmap">{{ toJson .L }}</script>`, "1:26", `json">{{ toJson .L }}</script>, or`, `<script type="application/json">{{ toJson .L }}</script>`},
	"two types":          {`<script type=module type="application/json">{{ .A }}</script>`, "1:45", "inside <script>", `<script type="application/json">{{ toJson .A }}</script>`},
	"script address":     {`<script src="{{ .URL }}"></script>`, "1:14", `"a.js?v={{ VALUE }}"`, `<script src="a.js?v={{ .A }}"></script>`},
	"style sheet":        {`<link href="{{ .A }}.css" rel=icon>`, "1:13", `{{ if CONDITION }}`, `<link rel=icon href="{{ .B }}.css">`},
	"alternate sheet":    {`<link rel="alternate stylesheet" href="{{ .A }}.css">`, "1:40", "what browsers run or load", `<link rel="alternate stylesheet" href="a.css?v={{ .A }}">`},
	"object":             {`<object data="x/{{ .A }}"></object>`, "1:17", "what browsers run or load", `<object data="x?{{ .A }}"></object>`},
	"redirect":           {`<meta content="0; url={{ .URL }}" http-equiv="refresh">`, "1:23", "<meta http-equiv>", `<a href="{{ .URL }}">{{ .A }}</a>`},
	"encoding":           {`<meta charset="iso-2022-jp">{{ .A }}`, "1:29", `write <meta charset="utf-8">`, `<meta charset="utf-8">{{ .A }}`},
	"old encoding":       {`<meta http-equiv="Content-Type" content="text/html; charset=latin1">{{ .A }}`, "1:69", `write <meta charset="utf-8">`, `<meta charset="utf-8">{{ .A }}`},
	"encoding action":    {`<meta charset="{{ .A }}">`, "1:16", "charset of <meta>", `<meta {{ if .T }}charset="utf-8"{{ else }}charset="utf-8"{{ end }}>`},
	"style element":      {"<style>p { color: {{ .Color }} }</style>", "1:19", `<html style="--value: {{ .Color }}">`, `<html style="--value: {{ .Color }}"><style>p { color: var(--value) }</style>`},
	"whole style":        {`<p style="{{ .Color }}">`, "1:11", `style="color: {{ .Color }}"`, `<p style="color: {{ .Color }}">`},
	"style call":         {`<p style="width: calc({{ .N }}% - 1px)">`, "1:23", "--value: {{ .N }}", `<p style="--value: {{ .N }}; width: calc(var(--value) * 1% - 1px)">`},
	"style address":      {`<p style="background: url({{ .URL }})">`, "1:27", "parentheses", `<img src="{{ .URL }}" alt="">`},
	"style quotes":       {`<p style="font-family: '{{ .B }}'">`, "1:25", "quotes", `<p style="--value: {{ .B }}; font-family: var(--value)">`},
	"style, no property": {`<p style=": {{ .Color }}">`, "1:13", "before them", `<p style="color: {{ .Color }}">`},
	"style comment":      {`<p style="/* ; a: */ color: {{ .Color }}">`, "1:29", "before them", `<p style="color: {{ .Color }}">`},
	"scheme":             {`<a href="{{ .Scheme }}://{{ .A }}/x">`, "1:10", "as one action", `<a href="{{ printf "%v://%v/x" .Scheme .A }}">`},
	"hidden scheme":      {`<a href="{{ .Scheme }}&#58;x">`, "1:10", "as one action", `<a href="{{ printf "%v:x" .Scheme }}">`},
	"scheme of a script": {`<a href=" java&#115;cript:{{ .A }}">`, "1:27", "use http", `<a href=" https:{{ .A }}">`},
	"scheme with breaks": {"<a href='java\nscript:{{ .A }}'>", "2:8", "use http", "<a href='https:{{ .A }}'>"},
	"data address":       {`<img src="data:image/svg+xml,{{ .A }}">`, "1:30", "use http", `<img src="https://e.org/{{ .A }}">`},
	"size of a source":   {`<img srcset="a {{ .N }}x">`, "1:16", "behind the first one", `<img srcset="a 2x">`},
	"quotes, no quotes":  {`<p title=a"{{ .A }}>`, "1:12", `title="…{{ .A }}…"`, `<p title='a"{{ .A }}'>`},
	"reference":          {"&{{ .B }};", "1:2", "write &amp;", "&amp;{{ .B }};"},
	"reference, begun":   {"<p title='&am{{ .B }}'>", "1:14", "write &amp;", "<p title='&amp;am{{ .B }}'>"},
	"number":             {"<title>&#{{ .N }};</title>", "1:10", "write &amp;", "<title>&amp;#{{ .N }};</title>"},
	"doctype":            {"<!DOCTYPE {{ .A }}>", "1:11", "<!…>", "<!DOCTYPE html>{{ .A }}"},
	"instruction":        {"<?xml {{ .A }}?>", "1:7", "write &lt;", "{{ .A }}"},
	"section":            {"<svg><![CDATA[{{ .A }}]]></svg>", "1:15", "leave out <!…>", "<svg>{{ .A }}</svg>"},
	"no section":         {"<![CDATA[{{ .A }}]]>", "1:10", "<!…>", "{{ .A }}"},
	"comment end":        {"<!-- -{{ .A }}-->", "1:7", "space between", "<!-- - {{ .A }}-->"},
	"conditional":        {"<!--[if IE]>{{ .A }}<![endif]-->", "1:13", "outside the comment", "<!--[if IE]><![endif]-->{{ .A }}"},
	"command":            {"<!--#echo var=\"{{ .A }}\" -->", "1:16", "outside the comment", "<!--#echo -->{{ .A }}"},
	"frame":              {"<iframe>{{ .A }}</iframe>", "1:9", "<pre>{{ .A }}</pre>", "<pre>{{ .A }}</pre>"},
	"raw text":           {"<xmp>{{ .A }}</xmp>", "1:6", "<pre>{{ .A }}</pre>", "<pre>{{ .A }}</pre>"},
	"plain text":         {"<plaintext>{{ .A }}", "1:12", "leave out <plaintext>", "<pre>{{ .A }}"},
	"frames":             {"<frameset><frame src=\"{{ .URL }}\"></frameset>", "1:23", "leave out <frameset>", "<iframe src=\"{{ .URL }}\"></iframe>"},
	"title tag":          {"<title>a <{{ .A }}</title>", "1:11", "write &lt;", "<title>a &lt;{{ .A }}</title>"},
	"JSON tag":           {"<script type='application/json'>[\"</scr{{ .A }}\"]</script>", "1:40", `\u003c`, "<script type='application/json'>[\"\\u003c/scr{{ .A }}\"]</script>"},
	"JSON glued":         {"<script type='application/json'>[1{{ .A }}]</script>", "1:35", `write "1{{.A}}"`, ""},
	"SVG style":          {"<svg><style>{{ .Color }}</style></svg>", "1:13", `--value`, `<html style="--value: {{ .Color }}"><svg><style>a { fill: var(--value) }</style></svg>`},
	"SVG script":         {"<svg><script type='application/json'>{{ .A }}</script></svg>", "1:38", "in a tag of its own", `<svg></svg><script type="application/json">{{ toJson .A }}</script>`},
	"SVG not closed":     {"<svg><desc><p></desc></svg>{{ .A }}", "1:28", "outside <svg>", "<svg><desc>p</desc></svg>{{ .A }}"},
	"SVG, open":          {"<svg>{{ .A }}", "1:14", "ends inside <svg>", "<svg>{{ .A }}</svg>"},
	"SVG animation":      {`<svg><set attributeName="href" to="{{ .A }}"/></svg>`, "1:36", "to of <set>", `<svg><set attributeName="href" {{ if .T }}to="a"{{ else }}to="b"{{ end }}/></svg>`},
	"SVG base":           {`<svg xml:base="{{ .A }}"></svg>`, "1:16", "xml:base", `<svg {{ if .T }}xml:base="a"{{ else }}xml:base="b"{{ end }}></svg>`},
	"annotation":         {"<math><annotation-xml><a href='{{ .URL }}'></annotation-xml></math>", "1:32", "leave out <annotation-xml>", "<math></math><a href='{{ .URL }}'>"},
	"foreign object":     {"<svg><foreignObject><p>x</p></foreignObject></svg>{{ .A }}", "1:51", "leave out <foreignobject>", "<svg></svg>{{ .A }}"},
	"select":             {"<select><title><b></title>{{ .A }}</select>", "1:27", "outside <select>", "<select></select><title><b></title>{{ .A }}"},
	"in each other":      {"<template><svg></svg>{{ .A }}</template>", "1:22", "leave out <svg>", "<template>{{ .A }}</template>"},
	"no script":          {"<noscript><p title='</noscript>'>{{ .A }}</noscript>", "1:34", "write &lt;", "<noscript><p title='&lt;/noscript>'>{{ .A }}</noscript>"},
	"PHP":                {"<?php echo $a->b ?>{{ .A }}", "1:20", "write &lt;, or", "&lt;?php echo $a->b ?>{{ .A }}"},
	"server tag":         {"<% a %>{{ .A }}", "1:8", "write &lt;, or", "&lt;% a %>{{ .A }}"},
	"script comment":     {"<script><!-- </script>{{ .A }}", "1:23", "hide the end", "<script>\\x3c!-- </script>{{ .A }}"},
	"comment's end":      {"<!-- --!>{{ .A }}", "1:10", "write -->", "<!-- -->{{ .A }}"},
	"open tag":           {"<p title=\"{{ .A }}", "1:19", "ends inside", "<p title=\"{{ .A }}\">"},
	"branches":           {"{{ if .T }}<p title=\"{{ end }}{{ .A }}\">", "1:1", "different places", "{{ if .T }}<p title=\"{{ .A }}\">{{ end }}"},
	"depends":            {"<p {{ if .T }}title{{ else }}href{{ end }}=\"{{ .URL }}\">", "1:45", "different places", "<p {{ if .T }}title=\"{{ .URL }}\"{{ else }}href=\"{{ .URL }}\"{{ end }}>"},
	"raw or script":      {"{{ if .T }}<b>{{ else }}<script>{{ end }}{{ .A }}", "1:1", "different places", "{{ if .T }}<b>{{ else }}<script></script>{{ end }}{{ .A }}"},
	"end tag attribute":  {"</p title=\"{{ .A }}\">", "1:12", "title of <p>", "</p {{ if .T }}title=\"a\"{{ else }}title=\"b\"{{ end }}>"},
}

func TestHTMLRefusals(t *testing.T) {
	for name, c := range htmlRefusals {
		_, err := Parse("x.html", c.template, nil)
		var problems value.Problems
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), c.words) || problems[0].Pos.String() != "x.html:"+c.pos {
			t.Errorf("%s: %q gave %v", name, c.template, err)
		}
	}
}

func TestHTMLFailures(t *testing.T) {
	data := htmlSample()
	data["Script"], data["Broken"], data["Type"] = "JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x"
	for text, words := range map[string]string{
		"<a href=\"{{ .Script }}\">":                                 "scheme that is not allowed",
		"<a href=\" {{ .Broken }}\">":                                "scheme that is not allowed",
		"<a data-url='{{ .Type }}'>":                                 "scheme that is not allowed",
		"<a href=\"{{ if .T }}a{{ end }}{{ .URL }}\">":               "may follow something else",
		"<img srcset=\"{{ .Script }} 2x\">":                          "scheme that is not allowed",
		"<p style=\"color: {{ .H }}\">":                              "cannot be written into a style",
		"<p style=\"color: {{ .L }}\">":                              "cannot be written into a style",
		"<table>{{ .A }}<tr><td></table>":                            "HTML allows only tags",
		"<tr><td>x</td> {{ .A }}":                                    "HTML allows only tags",
		"<head>{{ .A }}":                                             "HTML allows only tags",
		"<p title=\"{{ include \"b.html\" . }}\">":                   "source with tags",
		"<title>{{ code .A }}</title>":                               "source with tags",
		"<svg>{{ include \"open.html\" . }}</svg>":                   "does not fit into <svg>",
		"<select>{{ include \"open.html\" . }}</select>":             "does not fit into <select>",
		"<noscript>{{ include \"quote.html\" . }}</noscript>":        "does not fit into <noscript>",
		"<p>{{ .Chan }}</p>":                                         "cannot be written",
		"<script type=\"application/json\">{ {{ .L }}: 1 }</script>": "key cannot be of type array",
	} {
		data["Chan"] = make(chan int)
		partials := maps.Clone(htmlPartials)
		maps.Copy(partials, map[string]string{"open.html": "<svg>", "quote.html": "<p title='<'>"})
		if got, err := render(t, "x.html", text, data, included(partials)); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%q gave %q, %v", text, got, err)
		}
	}
}

// TestHTMLReadsBack checks that every string comes back from each place as itself, but for NUL, which HTML cannot hold.
func TestHTMLReadsBack(t *testing.T) {
	const template = "<p title=\"{{ .X }}\" id='{{ .X }}'>{{ .X }}</p><title>{{ .X }}</title><textarea>{{ .X }}</textarea><pre>{{ .X }}</pre><svg><text>{{ .X }}</text></svg>" +
		"<select><option value=\"{{ .X }}\">{{ .X }}</select>{{ code .X }}<td><!-- {{ .X }} -->{{ comment .X }}"
	for s, want := range texts() {
		got := mustRender(t, "x.html", template, map[string]any{"X": s})
		want = strings.ReplaceAll(want, "\x00", "\ufffd")
		root, err := html.Parse(strings.NewReader(got))
		if err != nil {
			t.Fatal(err)
		}
		var found, elements []string
		comments := 0
		for n := range root.Descendants() {
			switch n.Type {
			case html.ElementNode:
				elements = append(elements, n.Data)
				for _, a := range n.Attr {
					found = append(found, a.Val)
				}
			case html.TextNode:
				found = append(found, n.Data)
			case html.CommentNode:
				comments++
			}
		}
		strange := slices.ContainsFunc(found, func(s string) bool { return s != want })
		expected := 10
		if want == "" {
			expected = 3 // an empty text is no node
		}
		if strange || len(found) != expected || comments != 2 || len(elements) != 12 {
			t.Errorf("%q read back as %q in %q, %d comments, of\n%s", s, found, elements, comments, got)
		}
	}
}
