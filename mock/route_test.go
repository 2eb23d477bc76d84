package mock

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
)

// rows has a key of any text, an attribute and a property with rows of its own.
const rows = `
kind: row
methods: {resource: [get, post], instance: [get, put], instance_attrs: [get]}
schema:
  type: array
  key: {name: row_id}
  items:
    type: object
    properties:
      title: {type: string}
      "größe/a b": {type: string}
asyncapi: {servers: {dev: {url: "ws://localhost:8080", protocol: ws}}}
`

// TestRoutes leads to levels by what is between slashes, whatever that is.
func TestRoutes(t *testing.T) {
	d := newDesk(t, load(t, rows), Options{})
	for path, want := range map[string]string{
		"/rows":                             "/rows []",
		"/rows/":                            "/rows/{row_id} []",
		"/rows//":                           "",
		"//rows":                            "",
		"/rows/1":                           "/rows/{row_id} [1]",
		"/rows/a%2Fb":                       "/rows/{row_id} [a%2Fb]",
		"/rows/a%2fb":                       "/rows/{row_id} [a%2fb]",
		"/rows/.":                           "/rows/{row_id} [.]",
		"/rows/..":                          "/rows/{row_id} [..]",
		"/rows/%2E%2E":                      "/rows/{row_id} [%2E%2E]",
		"/rows/../title":                    "/rows/{row_id}/title [..]",
		"/rows//title":                      "/rows/{row_id}/title []",
		"/rows/title":                       "/rows/{row_id} [title]",
		"/rows/title/title":                 "/rows/{row_id}/title [title]",
		"/rows/%00":                         "/rows/{row_id} [%00]",
		"/rows/a%2Fb|":                      "/rows/{row_id} [a%2Fb|]",
		"/rows/é":                           "/rows/{row_id} [é]",
		"/r%6Fws/1":                         "/rows/{row_id} [1]",
		"/rows/1/gr%C3%B6%C3%9Fe%2Fa%20b":   "/rows/{row_id}/gr%C3%B6%C3%9Fe%2Fa%20b [1]",
		"/rows/1/größe/a%20b":               "",
		"/Rows":                             "",
		"/rows/1/":                          "",
		"/rows/1/title/2":                   "",
		"/" + strings.Repeat("rows/", 5000): "",
	} {
		response := d.ask("GET "+path, "")
		got := ""
		if len(d.calls) > 0 {
			c := d.calls[0]
			keys := d.routeOf(&http.Request{Method: "GET", URL: c.url}).keys
			got = c.operation.Level.Path + " [" + strings.Join(keys, " ") + "]"
		}
		d.calls = nil
		if status := map[bool]int{true: 404, false: 200}[want == ""]; got != want || response.StatusCode != status {
			t.Errorf("%.50s: status %d, leads to %q, want %q", path, response.StatusCode, got, want)
		}
	}
}

// TestTextsGoBeforeParameters unless they lead nowhere.
func TestTextsGoBeforeParameters(t *testing.T) {
	text := func(s string) model.Segment { return model.Segment{Text: s} }
	parameter := model.Segment{Parameter: &model.Parameter{}}
	routes := &step{}
	for _, l := range []*model.Level{
		{Path: "/a/b/c", Segments: []model.Segment{text("a"), text("b"), text("c")}},
		{Path: "/a/{}", Segments: []model.Segment{text("a"), parameter}},
		{Path: "/a/{}/d", Segments: []model.Segment{text("a"), parameter, text("d")}},
	} {
		routes.add(l, 0)
	}
	for path, want := range map[string]string{"a/b/c": "/a/b/c", "a/b": "/a/{}", "a/b/d": "/a/{}/d", "a/x/d": "/a/{}/d", "a/x/c": ""} {
		got := ""
		if end := routes.find(strings.Split(path, "/")); end != nil {
			got = end.level.Path
		}
		if got != want {
			t.Errorf("%s leads to %q, want %q", path, got, want)
		}
	}
}

func TestBasePath(t *testing.T) {
	variable := []*model.ServerVariable{{Name: "stage", Default: "v 2"}}
	for _, c := range []struct {
		prefix, want string
		bases        []*model.BaseURL
	}{
		{"", "", []*model.BaseURL{{URL: "/"}}},
		{"/x", "/x", nil},
		{"", "/api", []*model.BaseURL{{URL: "/api"}, {URL: "https://example.org/other"}}},
		{"/x/y", "/api/x/y", []*model.BaseURL{{URL: "wss://example.org/events"}, {URL: "HTTPS://example.org/api"}}},
		{"", "", []*model.BaseURL{{URL: "https://example.org"}}},
		{"", "/v%202/%C3%BC", []*model.BaseURL{{URL: "https://{host}/{stage}/%C3%BC", Variables: variable}}},
	} {
		api := load(t, rows)
		if c.bases != nil {
			api.BaseURLs = c.bases
		}
		d := newDesk(t, api, Options{Prefix: c.prefix})
		if got := d.BasePath(); got != c.want {
			t.Errorf("the base path is %q, want %q", got, c.want)
		}
		if got := d.ask("GET "+c.want+"/rows", ""); got.StatusCode != 200 {
			t.Errorf("%s/rows: status %d", c.want, got.StatusCode)
		}
	}
}

// TestChannelsAreBelowTheirServers as the AsyncAPI document says, and beside REST.
func TestChannelsAreBelowTheirServers(t *testing.T) {
	api := load(t, rows)
	api.Servers = []*model.Server{
		{Protocol: "kafka", Pathname: "/none"}, {Protocol: "wss"}, {Protocol: "ws", Pathname: "/{stage}/%C3%BC", Variables: []*model.ServerVariable{{Name: "stage", Default: "v 2"}}},
	}
	d := newDesk(t, api, Options{Prefix: "/api"})
	if got, want := d.ChannelBasePath(), "/v%202/%C3%BC"; got != want {
		t.Errorf("the base path of channels is %q, want %q", got, want)
	}
	for path, want := range map[string]string{
		"/rows/1": "[1]", "/v%202/%C3%BC/rows/1": "[1]", "/v%202/ü/rows/a%2Fb/title": "[a%2Fb]", "/api/rows/1": "[1]", "/none/rows": "none", "/v/rows": "none",
	} {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Upgrade", "websocket")
		got := "none"
		if found := d.routeOf(r); found != nil {
			got = fmt.Sprint(found.keys)
		}
		if got != want {
			t.Errorf("%s leads to %s, want %s", path, got, want)
		}
		if got := d.ask("GET "+path, ""); (got.StatusCode == 200) != (path == "/api/rows/1") {
			t.Errorf("%s without a WebSocket: status %d", path, got.StatusCode)
		}
	}
}

func TestNothingSaysWhatMayBeMeant(t *testing.T) {
	d := newDesk(t, library(t), Options{Prefix: "/api"})
	for path, want := range map[string]string{
		"/books": "The paths of the API begin with /api.", "/api/boks": "Did you mean /api/books?", "/api/zzzzzzzzz": "The API has no such path.",
	} {
		if got := textOf(t, d.ask("GET "+path, "")); !strings.Contains(got, want) {
			t.Errorf("%s: %s", path, got)
		}
	}
}
