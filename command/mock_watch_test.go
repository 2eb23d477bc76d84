package command

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// text returns the server's response at its root, without the base path.
func (m *mocked) text(t *testing.T, path string) string {
	t.Helper()
	at, err := url.Parse(m.base)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Get("http://" + at.Host + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestMockServesDocuments: documents are served as the packs of the project render them, with the mock as their first
// server.
func TestMockServesDocuments(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "book.yaml", mockedBook)
	write(t, folder, "firestone.yaml", `
resources: book.yaml
templates: [team]
generate:
  - {pack: openapi, output: o.json, parameters: {version: 3.0.4, servers: [{url: "https://example.org/two"}], prefix: /v1}}
`)
	if err := os.MkdirAll(filepath.Join(folder, "team/openapi"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, folder, "team/openapi/_operation-id.txt.tmpl", "{{ .Verb }}_{{ .Resource.Name }}")
	m := startMock(t, folder)
	defer m.stop()
	if !strings.HasSuffix(m.base, "/two/v1") {
		t.Errorf("the base URL is %s", m.base)
	}
	document := m.text(t, "/openapi.yaml")
	for _, want := range []string{
		"\nopenapi: 3.0.4\n", "\nservers:\n  - url: /two\n    description: This mock\n  - url: https://example.org/two\n", "\n  /v1/books:\n    get:\n      operationId: list_book\n",
	} {
		if !strings.Contains(document, want) {
			t.Errorf("the document lacks %q:\n%s", want, document)
		}
	}
	if got := m.text(t, "/openapi.json"); !strings.HasPrefix(got, "{\n  \"openapi\": \"3.0.4\",") {
		t.Errorf("as JSON it is\n%s", got)
	}
	host := strings.TrimSuffix(strings.TrimPrefix(m.base, "http://"), "/two/v1")
	want := "\nservers:\n  mock:\n    host: '" + host + "'\n    pathname: /two/v1\n    protocol: ws\n    description: This mock\n  dev:\n"
	if got := m.text(t, "/asyncapi.yaml"); !strings.Contains(got, want) || !strings.Contains(got, "    servers:\n      - $ref: '#/servers/mock'\n      - $ref: '#/servers/dev'\n") {
		t.Errorf("the other document is\n%s", got)
	}
}

// TestMockWatches: changed definitions are served with the same state. While they are invalid, the previous ones are served.
func TestMockWatches(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "book.yaml", mockedBook)
	m := startMock(t, folder, "--watch", "--seed", "1", "book.yaml")
	became := func(path, want string) {
		t.Helper()
		got := ""
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
			if got = m.text(t, path); strings.Contains(got, want) {
				return
			}
		}
		t.Errorf("%s is %s, without %s", path, got, want)
	}
	before := m.text(t, "/books")
	write(t, folder, "book.yaml", strings.Replace(mockedBook, "{title: {type: string}}", "{title: {type: string}, pages: {type: integer}}", 1))
	became("/openapi.yaml", "pages:")
	write(t, folder, "book.yaml", strings.Replace(mockedBook, "kind: book", "knid: book", 1))
	time.Sleep(300 * time.Millisecond)
	became("/books", before)
	write(t, folder, "book.yaml", strings.Replace(mockedBook, "kind: book", "kind: tome", 1))
	became("/tomes", "[]")
	write(t, folder, "book.yaml", mockedBook)
	became("/books", before)
	status, said := m.stop()
	for _, want := range []string{"book.yaml:2:1: ", "serving the changed definitions", "the stored records of book are left out"} {
		if status != exitOK || !strings.Contains(said, want) {
			t.Errorf("status %d, said nothing of %q:\n%s", status, want, said)
		}
	}
}
