package escape

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// plainWord stands for a value in a page that is compared with those of other values.
const plainWord = "xPLAINx"

// hostileHTML are values that leave their place where they are not escaped for it.
var hostileHTML = []string{
	`"><script>alert(1)</script>`, `'><img src=x onerror=alert(1)>`, `x onclick=alert(1) `, "--><b>", "--!><b>", "->", ">", "</title></textarea></script></style></noscript></svg><b>", "]]><b>",
	"javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,<b>", "//e.org/?a=b&c#d", "\\\\e.org", "x:y", ":y", "#x", "lt;", "#60;", "amp", "a;b:c", "url(x)", "a*/b", "a\x00\r\n\tb", "\ufeffa\u2028\u202e\u0085\x1bc",
	"`${a}{{ b }}", "%3Cb%3E%", "<!--", "<svg><style><b>", "=", "/", "!", "?", "a,b c", "é日本😀", "xlink", "-", "&", "<",
}

// dump returns all that a page is, one line a node, but for addresses, styles and comments, of which it says only that they are
// there; and what each address is.
func dump(page string, hasScripts bool) (text string, addresses []string, err error) {
	root, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(hasScripts))
	if err != nil {
		return "", nil, err
	}
	var b strings.Builder
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		b.WriteString(strings.Repeat(" ", depth))
		switch n.Type {
		case html.ElementNode:
			fmt.Fprintf(&b, "<%s:%q", n.Namespace, n.Data)
			for _, a := range n.Attr {
				value := fmt.Sprintf("%q", a.Val)
				switch {
				case strings.HasSuffix(a.Key, "srcset"), isAddressName(strings.TrimPrefix(a.Key, "data-")):
					addresses = append(addresses, a.Val)
					value = "address"
				case a.Key == "style":
					value = fmt.Sprint(strings.Count(a.Val, ";"), strings.Count(a.Val, ":"), strings.Count(a.Val, "("))
				}
				fmt.Fprintf(&b, " %s:%q=%s", a.Namespace, a.Key, value)
			}
		case html.TextNode:
			text := n.Data
			if n.Parent != nil && n.Parent.Data == "script" && slices.ContainsFunc(n.Parent.Attr, func(a html.Attribute) bool { return strings.HasSuffix(a.Val, "json") }) {
				b.WriteString("JSON " + strings.Join(jsonStrings(text), ","))
				break
			}
			if n.Parent != nil && n.Parent.Data == "noscript" && hasScripts {
				text = "" // which nobody sees
			}
			fmt.Fprintf(&b, "%q", text)
		case html.CommentNode:
			b.WriteString("comment")
		default:
			b.WriteString(n.Data)
		}
		b.WriteByte('\n')
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth+1)
		}
	}
	walk(root, 0)
	return b.String(), addresses, nil
}

// quotedText returns a text in quotes as HTML can hold it.
func quotedText(s string) string { return strconv.Quote(strings.ReplaceAll(s, "\x00", "\ufffd")) }

// jsonStrings returns all strings of a JSON text, keys too, in quotes; none where it is no JSON.
func jsonStrings(text string) []string {
	var found []string
	if !json.Valid([]byte(text)) {
		return nil
	}
	for decoder := json.NewDecoder(strings.NewReader(text)); ; {
		token, err := decoder.Token()
		if err != nil {
			return found
		}
		if s, ok := token.(string); ok {
			found = append(found, quotedText(s))
		}
	}
}

// schemeOf returns the scheme of an address as browsers read it, or "".
func schemeOf(address string) string {
	address = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.TrimLeftFunc(address, func(r rune) bool { return r <= ' ' }))
	return strings.ToLower(schemeText.FindString(address))
}

var schemeText = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// expectSame checks that a page with the value differs from the one with the plain word in that value alone.
func expectSame(t *testing.T, template, plain, got, value string) {
	t.Helper()
	for _, hasScripts := range []bool{true, false} {
		want, schemes, err := dump(plain, hasScripts)
		if err != nil {
			return // deeper than the parser goes
		}
		found, addresses, err := dump(got, hasScripts)
		if err != nil {
			t.Fatalf("%q with %q: %v", template, value, err)
		}
		quoted := quotedText(value)
		want = strings.ReplaceAll(want, plainWord, quoted[1:len(quoted)-1])
		if sourceForms.MatchString(template) { // in an attribute or JSON they are data
			want, found = quotedPart.ReplaceAllString(want, ""), quotedPart.ReplaceAllString(found, "")
		}
		if want != found {
			t.Fatalf("%q with %q gave\n%s\nwhich reads as\n%s\nnot as\n%s", template, value, got, found, want)
		}
		for i, address := range addresses {
			scheme := schemeOf(address)
			if scheme != schemeOf(schemes[i]) && !slices.Contains([]string{"", "http:", "https:", "mailto:", "tel:"}, scheme) {
				t.Fatalf("%q with %q gave the address %q", template, value, address)
			}
		}
	}
}

var sourceForms = regexp.MustCompile(`comment \.|code \.|text \.`)

var quotedPart = regexp.MustCompile(`"(\\.|[^"\\])*"`)

// tryHTML renders a template with the plain word and with hostile values, and reports whether it opens and renders.
func tryHTML(t *testing.T, template string, values []string) bool {
	t.Helper()
	parsed, err := Parse("x.html", template, included(htmlPartials))
	if err != nil {
		return false
	}
	checkContexts(t, template)
	read := func(s string) (string, bool) {
		var b strings.Builder
		err := parsed.Execute(&b, map[string]any{"D": s, "L": []string{s, s}, "T": true, "F": false, "M": map[string]any{"a": s}})
		return b.String(), err == nil
	}
	plain, ok := read(plainWord)
	if !ok {
		return false
	}
	for _, value := range values {
		if got, ok := read(value); ok {
			expectSame(t, template, plain, got, value)
		}
	}
	return true
}

var htmlPartials = map[string]string{"b.html": "<b>AT&T", "text.html": "x &amp; y", "path.html": "<path d=\"M0\"/>", "p.html": "<p>x", "style.html": "<style>a</style>", "word.txt": "a<b"}

// htmlSamples hold what may stand around an action in HTML.
var htmlSamples = []string{
	"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>a &amp; b</title><meta name=description content='c'></head><body>d</body></html>\n",
	"<p class=\"a b\" id=c hidden>x &lt; <b>y</b><br/> z & w</p><!-- c --><!---->\n", "<a href=\"https://e.org/a?b=c&amp;d#e\" title='t'>x</a><a href=\"mailto:a@b\">y</a><img src='a.png' srcset=\"a 1x, b 2x\">",
	"<table><caption>c</caption><tr><th>a<td>b</td></tr></table><ul><li>a<li>b</ul>", "<script>if (a < b) { c('</b>') } // <!-- <script> </script> --></script>x<style>a > b {}</style>y",
	"<svg viewBox=\"0 0 1 1\"><title>a</title><g><path d='M0'/><style><![CDATA[a<b]]></style></g><foreignObject><p>x</p></foreignObject></svg><math><mi>x</mi></math>z",
	"<noscript><p>a</p><img src=\"b\" alt=c></noscript>d<select><option value=\"a\">b<option>c</select>e<textarea>f <g></textarea>h<pre>\ni</pre>",
	"<script type=\"application/json\">{\"a\": [1, \"b\"]}</script><template><p>a</p></template><iframe src=\"x\"></iframe><div style=\"color: red; width: 1%\" onclick=\"a()\" data-x=\"y\">",
	"<![CDATA[ a > b ]]> <?xml version=\"1\"?> </> </ x> <!x> a<b c</b>", "<link rel=\"icon\" href=\"a\"><link href=b rel=stylesheet><script src=\"c?d\"></script><form action=\"e\"><input value=\"f\"></form><object data=\"g\"></object>",
}

// htmlForms are actions that write the same value in many ways.
var htmlForms = []string{
	"{{ .D }}", "{{ .D }}{{ .D }}", "\"{{ .D }}\"", "'{{ .D }}'", " title=\"{{ .D }}\" ", " href='{{ .D }}' ", "<a href=\"{{ .D }}\">", "<b>{{ .D }}</b>", "<!--{{ .D }}-->", "<!-- {{ .D }} -->", "<{{ .D }}", "</{{ .D }}", "&{{ .D }};",
	"{{ if .T }}<b>{{ end }}{{ .D }}", "{{ if .F }}\"{{ end }}{{ .D }}", "{{ if .T }}<!--{{ end }}{{ .D }}-->", "{{ if .F }}<script>{{ end }}{{ .D }}", "{{ range .L }}{{ . }}{{ end }}", "{{ range $i, $x := .L }}{{ if $i }}, {{ end }}{{ $x }}{{ end }}",
	"{{ comment .D }}", "{{ code .D }}", "{{ text .D }}", "{{ include \"b.html\" . }}{{ .D }}", "{{ include \"style.html\" . }}{{ .D }}", "{{ include \"text.html\" . }}{{ .D }}", "{{ .D }}:{{ .D }}", "{{ .D }}/{{ .D }}", "?{{ .D }}",
	"style=\"color: {{ .D }}\"", "{{ with .D }} alt=\"{{ . }}\"{{ end }}", "<svg>{{ .D }}</svg>", "<title>{{ .D }}</title>", "<style>{{ .D }}</style>", "<pre>{{ .D }}</pre>", "java{{ .D }}", "https:{{ .D }}", "{{ .D }}//", "<template><col><title>{{ .D }}",
}

// TestEveryPlaceOfHTML puts each form at every third byte of each sample, beginning with another one for each: a template either is refused, or fails to be executed, or a
// value changes nothing of the page but itself.
func TestEveryPlaceOfHTML(t *testing.T) {
	opened, step := 0, 3*shortStep()
	for _, sample := range htmlSamples {
		for i, form := range htmlForms {
			for at := i % step; at <= len(sample); at += step {
				if tryHTML(t, sample[:at]+form+sample[at:], []string{hostileHTML[(at*7+i*3)%len(hostileHTML)]}) {
					opened++
				}
			}
		}
	}
	if opened < 9000/step {
		t.Errorf("only %d templates opened", opened)
	}
}

// htmlPieces are put together at random. What browsers read in an unusual way is more frequent than in a page.
var htmlPieces = []string{
	"<", "</", ">", "/>", "<!--", "-->", "--!>", "-", "--", "<!", "<!DOCTYPE html>", "<![CDATA[", "]]>", "<?xml ?>", "\"", "'", "=", " ", "\n", "&", "&amp;", "&lt", "&#", ";", ":", "/", "?", "#", ",", "a", "x y", "javascript:", "https://", "mailto:", "&colon;", "\\",
	"<p>", "</p>", "<b>", "</b>", "<p class=\"", "<a href=\"", "<a href='", "<a href=", "<img srcset=\"", "<img alt=", "<a title=\"", "<form action=\"", "<div style=\"color:", "<div onclick=\"", "<input ", "<meta charset=\"utf-8\">", "<meta content=\"", " http-equiv=refresh", "<base href=\"",
	"<title>", "</title>", "<textarea>", "</textarea>", "<script>", "</script>", "<script ", "<style>", "</style>", "<xmp>", "</xmp>", "<iframe>", "</iframe>", "<noscript>", "</noscript>", "<noembed>", "</noembed>", "<template>", "</template>", "<plaintext>", "<pre>", "</pre>",
	"<svg>", "</svg>", "<math>", "</math>", "<foreignObject>", "</foreignObject>", "<desc>", "</desc>", "<mi>", "</mi>", "<g>", "</g>", "<path/>", "<select>", "</select>", "<option>", "<col>", "<colgroup>", "<frameset>", "<table>", "</table>", "<tr>", "<td>", "</td>",
	" type=\"application/json\"", "<script type=\"application/json\">", "{\"a\": ", "}", "[", "]", " title=\"", " checked", " href=\"", "</titl", "<scrip", "</ti", "<annotation-xml encoding=\"text/html\">", "<br>", "<li>",
	"{{ .D }}", "{{ .D }}", "{{ .D }}", "{{ .D }}", "{{ .D }}", "{{ .D }}", "{{ range .L }}{{ . }}{{ end }}", "{{ comment .D }}", "{{ code .D }}", "{{ include \"b.html\" . }}", "{{ include \"path.html\" . }}", "{{ include \"style.html\" . }}",
	"{{ if .T }}", "{{ if .F }}", "{{ else }}", "{{ end }}", "{{ end }}", "{{ end }}", "{{ range .L }}",
}

// htmlWholes are pieces of pages that are right.
var htmlWholes = []string{
	"<p>{{ .D }}</p>", "<p class=\"a {{ .D }}\">x</p>", "<a href=\"{{ .D }}\">{{ .D }}</a>", "<a href='/x/{{ .D }}?y={{ .D }}#{{ .D }}'>", "<a href=\"https://{{ .D }}/{{ .D }}\">", "<a href=\"mailto:{{ .D }}\">", "<!-- {{ .D }} -->", "<!--{{ .D }}-->",
	"<title>{{ .D }} & co</title>", "<textarea>{{ .D }}</textarea>", "<pre>{{ .D }}</pre>", "<script>if (a < b) {}</script>", "<script type=\"application/json\">{\"a\": {{ .D }}, {{ .D }}: \"x{{ .D }}\"}</script>", "<style>a > b {}</style>",
	"<svg><title>{{ .D }}</title><g id=\"{{ .D }}\">{{ .D }}</g></svg>", "<svg><foreignObject><p>{{ .D }}</p></foreignObject></svg>", "<math><mi>{{ .D }}</mi></math>", "<noscript><p title=\"{{ .D }}\">{{ .D }}</p></noscript>", "<select><option value=\"{{ .D }}\">{{ .D }}</select>",
	"<table><tr><td>{{ .D }}<td>{{ .D }}</table>", "{{ if .T }}<b>{{ .D }}</b>{{ else }}<i>x</i>{{ end }}", "{{ range .L }}<li title='{{ . }}'>{{ . }}</li>{{ end }}", "<input {{ if .T }}checked{{ end }} value=\"{{ .D }}\">", "<div{{ if .T }} id=\"{{ .D }}\"{{ end }} style=\"color: {{ .D }}; width: calc(1% + 2px)\">",
	"<img src=\"{{ .D }}\" srcset=\"{{ .D }} 2x, x/{{ .D }} 3x\" alt=\"{{ .D }}\">", "{{ include \"b.html\" . }}", "<svg>{{ include \"path.html\" . }}</svg>", "<template><p>{{ .D }}</p></template>", "a < b & {{ .D }}", "<br/>", "<meta name=\"description\" content=\"{{ .D }}\">", "<link rel=\"icon\" href=\"{{ .D }}\">",
	"<data-x data-y=\"{{ .D }}\" aria-label=\"{{ .D }}\">", "{{ code .D }}{{ comment .D }}", "<iframe src=\"{{ .D }}\"></iframe>", "<form action=\"{{ .D }}\"><button formaction=\"x{{ .D }}\">",
}

// randomHTML returns a template of whole pieces and some that fit nowhere.
func randomHTML(random *rand.Rand) string {
	var b strings.Builder
	open := 0
	for range 1 + random.IntN(12) {
		piece := htmlWholes[random.IntN(len(htmlWholes))]
		if random.IntN(3) == 0 {
			piece = htmlPieces[random.IntN(len(htmlPieces))]
		}
		switch {
		case strings.HasPrefix(piece, "{{ if") && !strings.Contains(piece, "{{ end"), piece == "{{ range .L }}":
			open++
		case piece == "{{ end }}" && open == 0, piece == "{{ else }}" && open == 0:
			continue
		case piece == "{{ end }}":
			open--
		}
		b.WriteString(piece)
	}
	text := b.String()
	if random.IntN(2) == 0 { // a piece inside another one
		if at := random.IntN(len(text) + 1); strings.Count(text[:at], "{{") == strings.Count(text[:at], "}}") {
			if piece := htmlPieces[random.IntN(len(htmlPieces)-7)]; !strings.HasSuffix(text[:at], "{") && !strings.HasPrefix(text[at:], "}") {
				text = text[:at] + piece + text[at:]
			}
		}
	}
	return text + strings.Repeat("{{ end }}", open)
}

// TestRandomHTML renders random templates with hostile values; HTML_TEMPLATES=N are so many.
func TestRandomHTML(t *testing.T) {
	count := 3000
	if n, err := strconv.Atoi(os.Getenv("HTML_TEMPLATES")); err == nil {
		count = n
	}
	random := rand.New(rand.NewPCG(1, 2))
	opened := 0
	for range count {
		template := randomHTML(random)
		if tryHTML(t, template, []string{hostileHTML[random.IntN(len(hostileHTML))]}) {
			opened++
		}
	}
	if opened < count/10 {
		t.Errorf("only %d of %d templates opened", opened, count)
	}
}
