package mock

import (
	"bufio"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const document = "# A document\nopenapi: 3.1.0\ninfo: {title: Shelves, version: '1'}\npaths:\n  /shelves:\n    get: {operationId: findShelves, tags: [The shelves]}\n"

// asBrowser is what a browser sends that opens a page.
const asBrowser = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

// TestFirstPage answers browsers with a page, and others with a list.
func TestFirstPage(t *testing.T) {
	rendered := 0
	d := newDesk(t, load(t, shelf), Options{Documents: Documents{OpenAPI: func() ([]byte, error) {
		rendered++
		return []byte(document), nil
	}}})
	for accept, want := range map[string]string{
		"":                 "text/plain; charset=utf-8",
		"*/*":              "text/plain; charset=utf-8",
		"application/json": "application/json",
		strings.TrimPrefix(asBrowser, "Accept: "): "text/html; charset=utf-8",
		"image/png": "application/problem+json",
	} {
		var headers []string
		if accept != "" {
			headers = []string{"Accept: " + accept}
		}
		if got := d.ask("GET /", "", headers...).Header; got.Get("Content-Type") != want || got.Get("Vary") == "" {
			t.Errorf("%q: %v", accept, got)
		}
	}
	page := textOf(t, d.ask("GET /", "", asBrowser))
	for _, want := range []string{
		`<a href="/shelves"><code>/shelves</code></a>`, `href="/_mock/swagger/#/The_shelves/findShelves"`, `href="/_mock/console/?channel=shelf"`,
		`href="/openapi.yaml"`, `<a href="/_mock/swagger/">REST</a>`, `0 records`, "<code>/shelves/{shelf_id}</code>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	if strings.Contains(page, "/asyncapi") {
		t.Error("the page links to a document that there is not")
	}
	if d.ask("GET /", "", asBrowser); rendered != 1 {
		t.Errorf("the document was rendered %d times", rendered)
	}
	if d.ask("POST /", "", asBrowser).StatusCode != 405 || d.ask("OPTIONS /", "").Header.Get("Allow") != "GET, HEAD, OPTIONS" {
		t.Error("the index can be written to")
	}
}

func TestDocuments(t *testing.T) {
	d := newDesk(t, load(t, shelf), Options{Documents: Documents{
		OpenAPI:  func() ([]byte, error) { return []byte(document), nil },
		AsyncAPI: func() ([]byte, error) { return nil, errors.New("asyncapi.yaml.tmpl:1:1: a mistake") },
	}})
	for line, want := range map[string]struct {
		status     int
		type_, has string
	}{
		"GET /openapi.yaml":  {200, "application/yaml", "# A document"},
		"HEAD /openapi.yaml": {200, "application/yaml", ""},
		"GET /openapi.json":  {200, "application/json", `"findShelves"`},
		"GET /openapi":       {404, problemType, ""},
		"PUT /openapi.json":  {405, problemType, ""},
		"GET /asyncapi.yaml": {500, problemType, "asyncapi.yaml.tmpl:1:1: a mistake"},
		"GET /asyncapi.json": {500, problemType, "asyncapi.yaml.tmpl:1:1: a mistake"},
	} {
		got := d.ask(line, "", "Origin: http://localhost:5173")
		if text := textOf(t, got); got.StatusCode != want.status || got.Header.Get("Content-Type") != want.type_ || !strings.Contains(text, want.has) {
			t.Errorf("%s: %d %s\n%s", line, got.StatusCode, got.Header.Get("Content-Type"), text)
		}
	}
	none := newDesk(t, load(t, shelf), Options{})
	for _, path := range []string{"/openapi.yaml", "/asyncapi.json", "/_mock/swagger/"} {
		if got := none.ask("GET "+path, ""); got.StatusCode != 404 {
			t.Errorf("without a document %s is %d", path, got.StatusCode)
		}
	}
	events := newDesk(t, load(t, shelf), Options{Documents: Documents{AsyncAPI: func() ([]byte, error) { return []byte("{}"), nil }}})
	for _, d := range []*desk{none, events} {
		if page := textOf(t, d.ask("GET /", "", asBrowser)); strings.Contains(page, "openapi") || strings.Contains(page, "swagger") {
			t.Errorf("without an OpenAPI document the page is\n%s", page)
		}
	}
}

// TestConsoleNamesCredentials: an input says which schemes it is for.
func TestConsoleNamesCredentials(t *testing.T) {
	secured := strings.NewReplacer(
		"    key: {", "    staff: {type: http, scheme: bearer}\n    visitor: {type: http, scheme: basic}\n    key: {",
		"post: [{key: []}", "get: [{staff: []}, {visitor: []}]\n    post: [{key: []}",
	).Replace(shelf)
	page := textOf(t, newDesk(t, load(t, secured), Options{}).ask("GET /_mock/console/?channel=shelves", ""))
	for _, want := range []string{`<label>staff or account: token <input name="access_token"`, `<label>key: X-Key <input name="X-Key"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	if strings.Contains(page, "visitor") {
		t.Error("there is an input for what a browser cannot send")
	}
}

// TestPagesHoldTheirGround: what definitions say is text on pages, which ask nothing of others and are framed by nobody.
func TestPagesHoldTheirGround(t *testing.T) {
	evil := strings.NewReplacer(
		"kind: shelf", `kind: shelf
metadata: {description: "</p><script>alert(1)</script>"}
descriptions: {resource: {get: "<img src=x onerror=alert(1)>"}}`,
		"label: {type: string}", `label: {type: string, example: "</textarea><script>alert(1)</script>"}`,
	).Replace(shelf)
	d := newDesk(t, load(t, evil), Options{Tokens: []Token{{Text: "secret"}}})
	for _, path := range []string{"/", "/_mock/console/", "/_mock/console/?channel=shelf"} {
		got := d.ask("GET "+path, "", asBrowser)
		text := textOf(t, got)
		if got.StatusCode != 200 || strings.Count(text, "<script") != strings.Count(text, `<script src="/_mock/assets/`) || strings.Contains(text, "<img") {
			t.Errorf("%s: %d\n%s", path, got.StatusCode, text)
		}
		if policy := got.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
	}
	if !strings.Contains(textOf(t, d.ask("GET /_mock/console/?channel=shelf", "")), `value="1"`) {
		t.Error("the key does not begin with an example")
	}
	for path, want := range map[string]int{
		"/_mock/console/?channel=none": 404, "/_mock/assets/style.css": 200, "/_mock/assets/none.css": 404, "/_mock/assets/../pages.go": 404, "/_mock/assets/layout.html": 404,
		"/_mock/assets/swagger/swagger-ui.css": 200, "/_mock/assets/swagger/none.js": 404, "/_mock/state": 401,
	} {
		if got := d.ask("GET "+path, ""); got.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, got.StatusCode, want)
		}
	}
	if got := d.ask("GET /_mock/assets/swagger/swagger-ui-bundle.js", "").Header; got.Get("Content-Encoding") != "gzip" || !strings.HasPrefix(got.Get("Content-Type"), "text/javascript") {
		t.Errorf("Swagger UI is sent with %v", got)
	}
	if shown := d.journal.memory.behind(0); len(shown) > 0 {
		t.Errorf("what is looked at is recorded: %v", shown[0].target)
	}
}

// TestPagesKnowTheSuccessor: what they listen to ends with the server, and its successor says something else.
func TestPagesKnowTheSuccessor(t *testing.T) {
	at, err := New(load(t, shelf), Options{IsWatched: true})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { at.ServeHTTP(w, r) }))
	defer server.Close()
	listen := func() (told string, ended chan struct{}) {
		response, err := http.Get(server.URL + "/_mock/reload")
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(response.Body)
		for lines.Scan() && told == "" {
			told, _ = strings.CutPrefix(lines.Text(), "data: ")
			if told == lines.Text() {
				told = ""
			}
		}
		ended = make(chan struct{})
		go func() {
			defer close(ended)
			defer response.Body.Close()
			for lines.Scan() {
			}
		}()
		return told, ended
	}
	first, ended := listen()
	next, err := at.Succeed(load(t, shelf), "", Documents{})
	if err != nil {
		t.Fatal(err)
	}
	<-ended
	at = next
	second, ended := listen()
	if first == "" || first == second {
		t.Errorf("the servers say %q and %q", first, second)
	}
	if err := at.Close(); err != nil {
		t.Error(err)
	}
	<-ended
}
