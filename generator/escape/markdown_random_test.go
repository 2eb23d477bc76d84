package escape

import (
	"fmt"
	"math/rand"
	"regexp"
	"strings"
	"testing"
	"text/template"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// markdownAtoms are what random templates are put together from: forms with actions, and text that gives them a meaning.
var markdownAtoms = []string{
	"{{ .A }}", "{{ .B }}", "{{ .A }}", "{{ .B }}", "{{ .A }}{{ .B }}", "{{ code .A }}", "**{{ .A }}**", "*{{ .A }}*", "_{{ .A }}_", "~~{{ .A }}~~", "[{{ .A }}](x.md)", "[x]({{ .A }})",
	"[x](a/{{ .A }}/b?c={{ .B }}#d)", "[x](<{{ .A }}>)", "[x]( {{ .A }} )", "[x]({{ .A }} \"{{ .B }}\")", "![{{ .A }}](i/{{ .A }}.png)", "[![{{ .A }}](b)](c/{{ .B }})", "[{{ .A }}]", "[{{ .A }}][m]",
	"[m]", "[m]: {{ .A }}", "[m]: /x \"{{ .A }}\"", "<b>{{ .A }}</b>", "<b title=\"{{ .A }}\">{{ .B }}</b>", "<a href='{{ .A }}'>x</a>", "<br/>{{ .A }}", "<!-- {{ .A }} -->", "<https://x.y/{{ .A }}>",
	"`x`", "`", "``", "<", "<5 MB", "a < b", "&", "&amp;", "\\\\", "\\*", "$", "$5", "\\{", "*", "**", "_", "~~", "[", "]", "(", ")", "!", "|", "| {{ .A }} | {{ .B }} |", "|---|---|", "word", "two words", "1",
	"12.", "3)", "-", "- ", "* ", "+ ", "1. ", "2. ", "# ", "## ", "#", "> ", ">", "---", "===", "***", "    ", "  ", "\t", "```", "~~~", "````", "```yaml title=\"{{ .A }}\"", "<div>", "</div>",
	"<div title=\"{{ .A }}\">", "<details><summary>{{ .A }}</summary>", "<pre>", "<b>", "<x-y a=\"{{ .A }}\">", "<img src=\"a/{{ .A }}\" alt=\"{{ .B }}\"/>", "<!--", "-->", "<?x", "?>", "]]>",
	"{{ range .L }}{{ . }}{{ end }}", "{{ range .L }}\n- {{ . }}{{ end }}", "{{ range $i, $x := .L }}{{ if $i }}, {{ end }}{{ $x }}{{ end }}", "a\n", "- a\n  ", "> a\n> ", "- ```\n  ", "> ```\n> ",
	"{{ .A }}\n---\n", "{{ .A }}\n===\n", "{{ .A }} - {{ .B }}", "{{ .A }}. {{ .B }}", "{{ .A }}_{{ .B }}", "x{{ .A }}", "{{ .A }}x", "1{{ .A }}",
}

var markdownBetween = []string{"", "", " ", " ", "\n", "\n", "\n\n", "\n\n", "\n  ", "\n> ", "\n- ", "\n    ", "\n\n  ", "\r\n", "  \n"}

// markdownStrings are the values: what Markdown, HTML or MDX would interpret, and parts of it.
var markdownStrings = []string{
	"", "1", "12", ".", ". x", ") x", "1. a", "- a", "-", "---", "===", "# h", "> q", "*a*", "**", "_", "__a__", "`", "```", "`a`", "~~~", "~", "|", "a|b", "|-|", ":-:", "[", "]", "[a](b)", "[m]", "m", "x",
	"](javascript:x)", "![", "<b>", "</div>", "<script>alert(1)</script>", "<!--", "-->", "<a href=x>", "&", "&lt;", "lt; x", ";", "\\", "a\\", "$a$", "{x}", "a\nb", "\n", "    code", "javascript:alert(1)",
	"\"", "'", "\" onclick=\"x", "' onclick='x", "=", "+ a", "[m]: /evil", ": x", "a\u00a0", "\u00a0a", "é", "a_b", "_a", "a_", "end!", "?q=1&r=2", "a:b", "\ra", "</pre>", "(", "((",
}

// TestMarkdownStructure reads random templates with another parser: one either is refused, or no value changes the
// structure of what it yields.
func TestMarkdownStructure(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	one := func(from []string) string { return from[random.Intn(len(from))] }
	opened := 0
	for range 4000 {
		text := one(markdownAtoms)
		for range random.Intn(8) {
			text += one(markdownBetween) + one(markdownAtoms)
		}
		parsed, err := Parse("x.md.tmpl", text+"\n", nil)
		if err != nil || strings.HasPrefix(text, "---") {
			continue // front matter is none to the parser
		}
		want, output, err := markdownShape(parsed, "xPLAINx", "xPLAINx")
		if err != nil {
			continue
		}
		opened++
		for range 6 {
			a, b := one(markdownStrings), one(markdownStrings)
			got, now, err := markdownShape(parsed, a, b)
			if err == nil && got != want {
				t.Errorf("%q with %q and %q:\n%s\n%s\n%q\n%q", text, a, b, want, got, output, now)
			}
		}
	}
	if opened < 2000 {
		t.Errorf("only %d templates opened", opened)
	}
}

var markdownParser = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser()

// markdownShape returns the structure of what a template yields for two values, without its texts.
func markdownShape(parsed *template.Template, a, b string) (shape, output string, err error) {
	var o strings.Builder
	if err := parsed.Execute(&o, map[string]any{"A": a, "B": b, "L": []string{a, b}}); err != nil {
		return "", "", err
	}
	source := []byte(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(o.String())) // this parser knows no lone "\r"
	var s strings.Builder
	err = ast.Walk(markdownParser.Parse(text.NewReader(source)), func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		switch {
		case node.Kind() == ast.KindText || node.Kind() == ast.KindString || node.Kind() == ast.KindTextBlock || node.Kind() == ast.KindParagraph:
		case !entering:
			s.WriteString(")")
		default:
			s.WriteString(" " + node.Kind().String() + "(" + markdownDetail(node, source))
		}
		return ast.WalkContinue, nil
	})
	return codeElements.ReplaceAllString(s.String(), " CodeSpan()"), o.String(), err
}

var (
	codeElements = regexp.MustCompile(` RawHTML\(<code>\) RawHTML\(</code>\)`)
	htmlTags     = regexp.MustCompile(`<[A-Za-z/!?][^>]*>`)
	quotedParts  = regexp.MustCompile(`"[^"<>]*"|'[^'<>]*'`)
	htmlRemarks  = regexp.MustCompile(`(?s)<!--.*?-->`)
	otherScheme  = regexp.MustCompile(`(?i)^(javascript|vbscript|data):`)
)

// markdownDetail returns what else a value may not change: the tags of HTML with their attributes, the level of a
// heading, the scheme of a link.
func markdownDetail(node ast.Node, source []byte) string {
	switch node := node.(type) {
	case *ast.Heading:
		return fmt.Sprint(node.Level)
	case *ast.Link:
		return otherScheme.FindString(string(node.Destination))
	case *ast.FencedCodeBlock:
		return string(node.Language(source))
	case *ast.RawHTML:
		return htmlDetail(string(node.Segments.Value(source)))
	case *ast.HTMLBlock:
		html := string(node.Lines().Value(source))
		if node.HasClosure() {
			html += string(node.ClosureLine.Value(source))
		}
		return htmlDetail(html)
	}
	return ""
}

func htmlDetail(html string) string {
	html = quotedParts.ReplaceAllString(htmlRemarks.ReplaceAllString(html, ""), "")
	return strings.ReplaceAll(strings.Join(htmlTags.FindAllString(html, -1), ""), "<code></code>", "")
}
