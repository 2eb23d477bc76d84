package docs_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var site = flag.String("site", "", "look at the site in this folder")

// elsewhere matches addresses with a scheme or a host.
var elsewhere = regexp.MustCompile(`(?i)^\s*([a-z][a-z0-9+.-]*:)?//`)

// loads are the attributes by which a browser loads something without a click.
var loads = map[string]string{
	"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "video": "src", "audio": "src", "embed": "src", "object": "data", "form": "action",
}

// inStyles and inScripts match what stylesheets and scripts would load from another host.
var (
	inStyles  = regexp.MustCompile(`(?i)(url\(|@import)\s*["']?\s*(https?:)?//[^)\s]*`)
	inScripts = regexp.MustCompile("(?i)(fetch|import|importScripts|sendBeacon|open|WebSocket|EventSource|\\.src\\s*=|\\.href\\s*=)\\s*\\(?[^;\n]{0,40}[\"'`](https?:|wss?:)?//[^\"'`]*")
)

// TestSite checks the output of make docs: a page for each page of docs/, a search index, and nothing from another host.
func TestSite(t *testing.T) {
	if *site == "" {
		t.Skip("make docs renders the site and looks at it")
	}
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		rendered := strings.TrimSuffix(filepath.Base(page), ".md") + ".html"
		if _, err := os.Stat(filepath.Join(*site, rendered)); err != nil {
			t.Error(err)
		}
	}
	words, err := os.ReadFile(filepath.Join(*site, "searchindex.js"))
	if err != nil || !strings.Contains(string(words), "cloudev") { // the stem of a word that several pages have
		t.Errorf("the search knows nothing of CloudEvents: %v", err)
	}
	err = filepath.WalkDir(*site, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		switch filepath.Ext(path) {
		case ".html":
			checkLoads(t, path, string(content))
		case ".css":
			report(t, path, inStyles.FindAllString(string(content), -1))
		case ".js":
			report(t, path, inScripts.FindAllString(string(content), -1))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkLoads reports what a page, its styles and its scripts load from another host.
func checkLoads(t *testing.T, path, content string) {
	t.Helper()
	for tokens, within := html.NewTokenizer(strings.NewReader(content)), ""; ; {
		switch tokens.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			switch within {
			case "style":
				report(t, path, inStyles.FindAllString(string(tokens.Raw()), -1))
			case "script":
				report(t, path, inScripts.FindAllString(string(tokens.Raw()), -1))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			within = token.Data
			for _, attribute := range token.Attr {
				isLoaded := attribute.Key == loads[token.Data] || attribute.Key == "srcset" || attribute.Key == "poster"
				if isLoaded && elsewhere.MatchString(attribute.Val) {
					report(t, path, []string{attribute.Val})
				}
			}
		}
	}
}

func report(t *testing.T, path string, found []string) {
	t.Helper()
	for _, text := range found {
		t.Errorf("%s loads something from another host: %s", path, text)
	}
}

func TestSiteFindsOtherHosts(t *testing.T) {
	for text, want := range map[string]bool{
		`url(https://fonts.example.org/a.woff2)`: true, `@import "//example.org/a.css"`: true, `url(../fonts/a.woff2)`: false, `url("data:image/svg+xml,x")`: false,
	} {
		if inStyles.MatchString(text) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
	for text, want := range map[string]bool{
		`fetch("https://example.org/x")`: true, `s.src="//example.org/x.js"`: true, "new WebSocket(`wss://example.org`)": true,
		`fetch("searchindex.js")`: false, `// see https://example.org`: false, `xmlns = "http://www.w3.org/2000/svg"`: false,
	} {
		if inScripts.MatchString(text) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
	for text, want := range map[string]bool{"https://example.org/x": true, "//example.org/x": true, "_static/x.js": false, "#x": false} {
		if elsewhere.MatchString(text) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}
