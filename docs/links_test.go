package docs_test

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// A page is a page of the project's documentation: the targets of its links, and the anchors of its headings on GitHub.
type page struct {
	links   []string
	anchors []string
}

var notInAnchors = regexp.MustCompile(`[^\p{L}\p{N}\p{M}_ -]`)

// readPage reads the page at a path in this folder.
func readPage(t *testing.T, name string) page {
	t.Helper()
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var p page
	err = ast.Walk(goldmark.DefaultParser().Parse(text.NewReader(source)), func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch node := node.(type) {
		case *ast.Link:
			p.links = append(p.links, string(node.Destination))
		case *ast.Image:
			p.links = append(p.links, string(node.Destination))
		case *ast.Heading:
			words := notInAnchors.ReplaceAllString(strings.ToLower(words(node, source)), "")
			p.anchors = append(p.anchors, strings.ReplaceAll(words, " ", "-"))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// words returns the text of a node without markup.
func words(node ast.Node, source []byte) string {
	var all strings.Builder
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		if segment, isText := child.(*ast.Text); isText {
			all.Write(segment.Value(source))
		} else {
			all.WriteString(words(child, source))
		}
	}
	return all.String()
}

// projectPages returns the pages at the top and those of docs/.
func projectPages(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	docs, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	return append(pages, docs...)
}

// TestLinksLeadSomewhere follows every link on a page to a file of the project or to a heading of a page.
func TestLinksLeadSomewhere(t *testing.T) {
	pages := map[string]page{}
	for _, name := range projectPages(t) {
		pages[filepath.ToSlash(name)] = readPage(t, name)
	}
	followed := 0
	for name, p := range pages {
		for _, link := range p.links {
			target, err := url.Parse(link)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if target.IsAbs() {
				continue
			}
			file := name
			if target.Path != "" {
				file = path.Join(path.Dir(name), target.Path)
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: the link %s leads to nothing", name, link)
				continue
			}
			if other, isPage := pages[file]; target.Fragment != "" && (!isPage || !slices.Contains(other.anchors, target.Fragment)) {
				t.Errorf("%s: the link %s leads to no heading", name, link)
			}
			followed++
		}
	}
	if followed < 100 {
		t.Errorf("the pages have %d links, expected at least 100", followed)
	}
}

// TestIndexNamesEveryPage: a page that is not in the index would not be found.
func TestIndexNamesEveryPage(t *testing.T) {
	index := readPage(t, "docs/index.md")
	for _, name := range projectPages(t) {
		folder, file := filepath.Split(name)
		if folder != "" && file != "index.md" && !slices.Contains(index.links, file) {
			t.Errorf("docs/index.md does not name %s", file)
		}
	}
}
