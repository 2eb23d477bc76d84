package escape

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"golang.org/x/net/html"

	"github.com/firestoned/firestone/generator/tree"
)

// markText matches the values of checkContexts: that of action 7 is xq7x.
var markText = regexp.MustCompile(`xq\d+x`)

// checkContexts checks that a parser of HTML finds each action of a template in the place that the reader took it to be in. A
// writer that happens to be right in another place hides nothing from it.
func checkContexts(t *testing.T, template string) {
	t.Helper()
	count := 0
	template = regexp.MustCompile(`\.D\b`).ReplaceAllStringFunc(template, func(string) string {
		count++
		return fmt.Sprintf(".D%d", count)
	})
	parsed, err := Parse("x.html", template, included(htmlPartials))
	if err != nil {
		return
	}
	data := map[string]any{"L": []string{"a", "b"}, "T": true, "F": false}
	for i := range count {
		data[fmt.Sprintf("D%d", i+1)] = fmt.Sprintf("xq%dx", i+1)
	}
	var b strings.Builder
	if parsed.Execute(&b, data) != nil {
		return
	}
	writers := map[string]string{} // by mark
	tree.Inspect(parsed.Root, func(node parse.Node) bool {
		action, ok := node.(*parse.ActionNode)
		if ok && len(action.Pipe.Cmds) == 2 {
			if field := action.Pipe.Cmds[0].String(); strings.HasPrefix(field, ".D") {
				writers["xq"+field[2:]+"x"] = action.Pipe.Cmds[1].Args[0].String()
			}
		}
		return true
	})
	for _, hasScripts := range []bool{true, false} {
		root, err := html.ParseWithOptions(strings.NewReader(b.String()), html.ParseOptionEnableScripting(hasScripts))
		if err != nil {
			return
		}
		for n := range root.Descendants() {
			for mark, context := range contextsOf(n, hasScripts) {
				if writer := writers[mark]; writer != "" && context != "" && !slices.Contains(strings.Fields(context), writer) {
					t.Fatalf("%q: %s is written by %s, but is in the place of %s of\n%s", template, mark, writer, context, b.String())
				}
			}
		}
	}
}

// contextsOf returns the marks in a node, each with the writers that are right there.
func contextsOf(n *html.Node, hasScripts bool) map[string]string {
	found := map[string]string{}
	add := func(text, context string) {
		for _, mark := range markText.FindAllString(text, -1) {
			found[mark] = context
		}
	}
	switch n.Type {
	case html.ElementNode:
		add(n.Data, "none")
		for _, a := range n.Attr {
			add(a.Key, "none")
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "srcdoc", strings.ContainsAny(a.Key, ":@"):
				add(a.Val, "none")
			case a.Key == "style":
				add(a.Val, htmlStyleWriter)
			case strings.HasSuffix(a.Key, "srcset"), isAddressName(strings.TrimPrefix(a.Key, "data-")):
				add(a.Val, htmlAddressWriter+" "+htmlQueryWriter)
			default:
				add(a.Val, htmlPlainWriter)
			}
		}
	case html.CommentNode:
		add(n.Data, htmlRemarkWriter)
	case html.DoctypeNode:
		add(n.Data, "none")
	case html.TextNode:
		switch p := n.Parent; {
		case p.Data == "noscript" && p.Namespace == "" && hasScripts:
		case p.Data == "script" && p.Namespace == "":
			add(n.Data, htmlJSONWriter+" "+htmlJSONInWriter)
		case (p.Data == "title" || p.Data == "textarea") && p.Namespace == "":
			add(n.Data, htmlPlainWriter)
		case slices.Contains([]string{"style", "xmp", "iframe", "noembed", "noframes", "plaintext", "script"}, p.Data):
			add(n.Data, "none")
		default:
			add(n.Data, htmlTextWriter+" "+htmlPlainWriter) // which write a text alike
		}
	}
	return found
}

// htmlTraps are beginnings of pages after which simple readers are somewhere else than browsers.
var htmlTraps = []string{
	"<!-->", "<!--->", "<!-- -- >", "<!-- --!>", "<!-- --! -->", "<!-- --!-", "<!-- <!-->", "<!----!>", "<!->", "<!>", "<!-", "</>", "</ >", "<?xml>", "<!DOCTYPE \"a>", "<![CDATA[>", "<![CDATA[<b>]]>",
	"<script><!-- <script>", "<script><!-- <script></script>", "<script><!-- <script></script> -->", "<script><!--><script></script>", "<script><!-- <scripts></script>", "<script>\"<!--\"; --></script>", "<script></script", "<script></scripts>", "<SCRIPT></sCript >",
	"<svg><![CDATA[<b>]]", "<svg><![CDATA[</svg>]]>", "<svg><![CDATA[]]]>", "<svg><style><a title='", "<svg><style><!-- </style>", "<svg><title><style>", "<svg><script>a<b ", "<svg><script/>", "<svg><desc><title>", "<svg><foreignObject><textarea>", "<svg><textarea><p ", "<math><mi><title>", "<math><title>",
	"<title><a title='", "<title></titl", "<title></title ", "<textarea></title>", "<noscript><!-- </noscript>", "<noscript><p title='</noscript>", "<noscript><title></noscript>", "<noscript><style></noscript>", "<xmp></style>", "<noembed><b>", "<noframes></noembed>", "<iframe><!--</iframe>",
	"<a =", "<a ='", "<a = '", "<a b='c'd='", "<a b=c'", "<a b=c/", "<a/b='", "<a b/='", "<a b = \"", "<a b==\"", "<a\"", "<a '", "<a b='c' =d='", "<a b\n=\n'", "<a b=>", "<a b=\"c\"/", "<a b ='c' b='", "</a b='", "< a b='", "<a<b c='", "<1 b='", "<é b='",
	"<select><option title='", "<select><script>", "<template><col><b title='", "<template><title>", "<table><tr><style>", "<frameset><title>", "<plaintext><b title='", "<listing>", "<image src='", "<template><col></template><title>",
}

// TestHTMLTraps puts an action after each trap, in what its end may be.
func TestHTMLTraps(t *testing.T) {
	for _, trap := range htmlTraps {
		for _, end := range []string{
			"{{ .D }}", "<b title='{{ .D }}'>", "<a href=\"{{ .D }}\">", ">{{ .D }}", "'>{{ .D }}", "\">{{ .D }}", "{{ .D }}'>", "{{ .D }}\">", "-->{{ .D }}", "--><a href=\"{{ .D }}\">", "->{{ .D }}", "</script>{{ .D }}", "</title>{{ .D }}",
			"</style><a href='{{ .D }}'>", "]]>{{ .D }}", "'></style>{{ .D }}", "</svg>{{ .D }}", "</style></svg>{{ .D }}", "</noscript>{{ .D }}", "</xmp></noembed></noframes></iframe>{{ .D }}", " title='{{ .D }}'>", " href=\"{{ .D }}\">{{ .D }}", "</textarea>{{ .D }}",
			"<!--{{ .D }}-->", "<!-- {{ .D }}-> -->", "</script></script><a href='{{ .D }}'>",
			"{{ .D }}<!-- -->", "<a href='{{ .D }}'><!---->", "{{ .D }} ]]> <!-- -->", "<a href='{{ .D }}'>]]>", "</svg><a href='{{ .D }}'>]]></svg>", "</noscript>{{ .D }}<!-- --></noscript>", "<a href='{{ .D }}'></title></select>", "{{ .D }}</title></select>",
			"<a href='{{ .D }}'></title></template>", "</template><a href='{{ .D }}'></title>",
		} {
			tryHTML(t, trap+end, hostileHTML[:4])
			checkContexts(t, trap+"{{ if .T }} {{ end }}"+end)
		}
	}
}
