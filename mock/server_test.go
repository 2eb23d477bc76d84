package mock

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// load returns what definitions say, each a text; a definition named by a path of the checkout is read from there.
func load(t *testing.T, definitions ...string) *model.API {
	t.Helper()
	read := func(file string) ([]byte, error) {
		for i, text := range definitions {
			if file == inline(i) {
				return []byte(text), nil
			}
		}
		return os.ReadFile(path.Join("..", file))
	}
	var paths []string
	for i, definition := range definitions {
		if strings.HasSuffix(definition, ".yaml") {
			paths = append(paths, definition)
		} else {
			paths = append(paths, inline(i))
		}
	}
	api, problems := model.Load(read, model.Options{}, paths...)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	return api
}

func inline(i int) string { return string(rune('a'+i)) + "/inline.yaml" }

func library(t *testing.T) *model.API {
	t.Helper()
	return load(t, "examples/library/book.yaml", "examples/library/author.yaml", "examples/library/member.yaml")
}

// desk is a server whose calls come to what a test wants.
type desk struct {
	*Server
	calls []*call
	answer
	failure *problem
}

func newDesk(t *testing.T, api *model.API, options Options) *desk {
	t.Helper()
	s, err := New(api, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d := &desk{Server: s, answer: answer{status: 200, body: []byte(`"done"`)}}
	s.performs = func(c *call) (*answer, *problem) {
		d.calls = append(d.calls, c)
		return &d.answer, d.failure
	}
	return d
}

// ask sends METHOD TARGET with lines of headers and perhaps a body, and returns what comes back.
func (d *desk) ask(line, body string, headers ...string) *http.Response {
	method, target, _ := strings.Cut(line, " ")
	var content io.Reader
	if body != "" {
		content = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, target, content)
	r.Host = "localhost:8080"
	for _, header := range headers {
		name, text, _ := strings.Cut(header, ": ")
		if name == "Host" {
			r.Host = text
		} else {
			r.Header.Add(name, text)
		}
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w.Result()
}

func textOf(t *testing.T, response *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const isJSON = "Content-Type: application/json"

// shelf is a definition with one of everything that a request can fail at before the state counts.
const shelf = `
kind: shelf
methods:
  resource: [get, post, patch]
  instance: [get, put, patch, delete]
  instance_attrs: []
security:
  scheme:
    key: {type: apiKey, in: header, name: X-Key}
    account: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://example.org/token", scopes: {read: Read, write: Write}}}}
  resource:
    post: [{key: []}, {account: [write]}]
schema:
  type: array
  key: {name: shelf_id, schema: {type: integer, minimum: 1}}
  query_params:
    - {name: limit, schema: {type: integer, minimum: 1}, methods: [get, post]}
    - {name: X-Trace, in: header, schema: {type: array, items: {type: integer}}, methods: [get]}
    - {name: session, in: cookie, schema: {type: string}, methods: [get]}
  items:
    type: object
    properties:
      label: {type: string}
      width: {type: number}
    required: [label]
asyncapi: {servers: {dev: {url: "ws://localhost:8080", protocol: ws}}}
`

// TestRefusalsKeepTheirOrder takes a request with every fault and mends one after the other.
func TestRefusalsKeepTheirOrder(t *testing.T) {
	d := newDesk(t, load(t, shelf), Options{Tokens: []Token{{Text: "good"}, {Text: "reader", Scopes: []string{"read"}, HasScopes: true}}})
	large := strings.Repeat(" ", maxContent+1)
	for _, step := range []struct {
		status  int
		line    string
		body    string
		headers []string
	}{
		{421, "TRACE /shelfs", large, []string{"Host: example.org", "Origin: https://example.org", "Accept: text/html"}},
		{403, "TRACE /shelfs", large, []string{"Origin: https://example.org", "Accept: text/html"}},
		{404, "TRACE /shelfs", large, []string{"Accept: text/html"}},
		{405, "TRACE /shelves", large, []string{"Accept: text/html"}},
		{401, "POST /shelves?limit=0", large, []string{"Accept: text/html"}},
		{403, "POST /shelves?limit=0", large, []string{"Accept: text/html", "Authorization: Bearer reader"}},
		{406, "POST /shelves?limit=0", large, []string{"Accept: text/html", "X-Key: good"}},
		{400, "POST /shelves?limit=0", large, []string{"X-Key: good"}},
		{415, "POST /shelves", large, []string{"X-Key: good"}},
		{413, "POST /shelves", large, []string{"X-Key: good", isJSON}},
		{400, "POST /shelves", "{", []string{"X-Key: good", isJSON}},
		{200, "POST /shelves", "{}", []string{"X-Key: good", isJSON}},
	} {
		if got := d.ask(step.line, step.body, step.headers...); got.StatusCode != step.status {
			t.Errorf("%s %v: status %d, want %d: %s", step.line, step.headers, got.StatusCode, step.status, textOf(t, got))
		}
	}
	if len(d.calls) != 1 {
		t.Errorf("%d requests came to a call, want 1", len(d.calls))
	}
}

// TestProblemsAreThoseOfTheAPI holds what clients hear of failures against the schema that the documents give them.
func TestProblemsAreThoseOfTheAPI(t *testing.T) {
	api := load(t, shelf)
	d := newDesk(t, api, Options{})
	pointer, parameter := "/width", "limit"
	d.failure = &problem{status: 422, detail: "The content does not match its schema.", faults: []fault{
		{pointer: &pointer, detail: "Must be a number."}, {parameter: &parameter, detail: "Must be an integer."}}, header: http.Header{"Retry-After": {"1"}}}
	for line, status := range map[string]int{"GET /none": 404, "TRACE /shelves": 405, "POST /shelves": 401, "GET /shelves": 422} {
		response := d.ask(line, "")
		text := textOf(t, response)
		if response.StatusCode != status || response.Header.Get("Content-Type") != "application/problem+json" || response.ContentLength != int64(len(text)) {
			t.Errorf("%s: status %d, headers %v", line, response.StatusCode, response.Header)
		}
		var problems value.Problems
		shown := value.Parse("", []byte(text), &problems)
		if problems.HasErrors() {
			t.Fatalf("%s: %s: %v", line, text, problems)
		}
		if faults := d.store.Validator().Check(api.Problem.Schema, shown[0]); len(faults) > 0 {
			t.Errorf("%s: %s: %v", line, text, faults)
		}
	}
	response := d.ask("GET /shelves", "")
	want := `{"type":"about:blank","title":"Unprocessable Content","status":422,"detail":"The content does not match its schema.",` +
		`"errors":[{"pointer":"/width","detail":"Must be a number."},{"parameter":"limit","detail":"Must be an integer."}]}`
	if got := textOf(t, response); got != want || response.Header.Get("Retry-After") != "1" {
		t.Errorf("got %s, headers %v", got, response.Header)
	}
}

func TestTitlesOfProblems(t *testing.T) {
	d := newDesk(t, load(t, shelf), Options{})
	for status, want := range map[int]string{
		400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 410: "Gone", 412: "Precondition Failed", 413: "Content Too Large",
		415: "Unsupported Media Type", 421: "Misdirected Request", 422: "Unprocessable Content", 500: "Internal Server Error", 503: "Service Unavailable",
	} {
		if got := d.title(status); got != want {
			t.Errorf("%d is called %q, want %q", status, got, want)
		}
	}
}

// TestHeadIsGetWithoutContent also where no definition lists it.
func TestHeadIsGetWithoutContent(t *testing.T) {
	d := newDesk(t, load(t, shelf), Options{})
	d.header = http.Header{"Etag": {`"7"`}}
	get, head := d.ask("GET /shelves/1", ""), d.ask("HEAD /shelves/1", "")
	if text := textOf(t, head); head.StatusCode != 200 || text != "" {
		t.Errorf("status %d, content %q", head.StatusCode, text)
	}
	for _, name := range []string{"Content-Length", "Content-Type", "Etag"} {
		if head.Header.Get(name) != get.Header.Get(name) || get.Header.Get(name) == "" {
			t.Errorf("%s is %q, of GET %q", name, head.Header.Get(name), get.Header.Get(name))
		}
	}
	if len(d.calls) != 2 || d.calls[0].operation.Method != "get" || d.calls[1].operation.Method != "get" {
		t.Errorf("calls are %+v", d.calls)
	}
	if got := d.ask("HEAD /none", ""); got.StatusCode != 404 || got.ContentLength <= 0 {
		t.Errorf("status %d, headers %v", got.StatusCode, got.Header)
	}
}

func TestMethods(t *testing.T) {
	d := newDesk(t, load(t, shelf), Options{})
	for line, want := range map[string]string{
		"OPTIONS /shelves": "GET, HEAD, POST, PATCH, OPTIONS", "QUERY /shelves": "GET, HEAD, POST, PATCH, OPTIONS", "get /shelves": "GET, HEAD, POST, PATCH, OPTIONS",
		"DELETE /shelves": "GET, HEAD, POST, PATCH, OPTIONS", "POST /shelves/1": "GET, HEAD, PUT, PATCH, DELETE, OPTIONS", "DELETE /": "GET, HEAD, OPTIONS", "OPTIONS /": "GET, HEAD, OPTIONS",
	} {
		status := 405
		if strings.HasPrefix(line, "OPTIONS") {
			status = 204
		}
		if got := d.ask(line, ""); got.StatusCode != status || got.Header.Get("Allow") != want {
			t.Errorf("%s: status %d, Allow %q, want %d, %q", line, got.StatusCode, got.Header.Get("Allow"), status, want)
		}
	}
}

// TestAPanicIsAProblem of one request alone.
func TestAPanicIsAProblem(t *testing.T) {
	var log strings.Builder
	d := newDesk(t, load(t, shelf), Options{Log: &log})
	performs := d.performs
	d.performs = func(*call) (*answer, *problem) { panic("no such shelf") }
	if got := d.ask("GET /shelves", ""); got.StatusCode != 500 || !strings.Contains(textOf(t, got), `"Internal Server Error"`) {
		t.Errorf("status %d", got.StatusCode)
	}
	if !strings.Contains(log.String(), "panic: no such shelf\n") || !strings.Contains(log.String(), "TestAPanicIsAProblem") || !strings.Contains(log.String(), "GET /shelves 500 ") {
		t.Errorf("the log says %s", log.String())
	}
	d.performs = performs
	if got := d.ask("GET /shelves", ""); got.StatusCode != 200 {
		t.Errorf("status %d afterwards", got.StatusCode)
	}
}

func TestIndex(t *testing.T) {
	d := newDesk(t, library(t), Options{Prefix: "/api"})
	text := textOf(t, d.ask("GET /", "", "Accept: */*"))
	if !strings.HasPrefix(text, "Library API 1.0.0\n\n") || !strings.Contains(text, "/api/books/{book_id}  ") || !strings.Contains(text, "GET, HEAD, PUT, PATCH, DELETE, OPTIONS\n") {
		t.Errorf("the index is %s", text)
	}
	var index struct{ Paths map[string][]string }
	if err := json.Unmarshal([]byte(textOf(t, d.ask("GET /", "", "Accept: application/json"))), &index); err != nil || len(index.Paths["/api/books"]) != 4 {
		t.Errorf("the index is %v, %v", index, err)
	}
	if got := d.ask("GET /", "", "Accept: image/png"); got.StatusCode != 406 {
		t.Errorf("status %d", got.StatusCode)
	}
}

func TestOptionsThatMakeNoSense(t *testing.T) {
	for want, options := range map[string]Options{
		"prefix": {Prefix: "api/"}, "%zz": {Prefix: "/%zz"}, "token": {Tokens: []Token{{Text: " "}}}, "not an origin": {Origins: []string{"app.example.com"}},
	} {
		if _, err := New(load(t, shelf), options); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: got %v", options, err)
		}
	}
}

// TestProblemsRepeatNoBrokenText of a client, which would break the JSON.
func TestProblemsRepeatNoBrokenText(t *testing.T) {
	d := newDesk(t, load(t, shelf), Options{})
	text := textOf(t, d.ask("DELETE /shelves/1", "", "Origin: https://\xff"))
	if want := `"detail":"Pages from https://` + "\uFFFD" + ` may not use this server; allow them with --allow-origin."}`; !strings.HasSuffix(text, want) {
		t.Errorf("got %q, want %q", text, want)
	}
}
