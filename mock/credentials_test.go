package mock

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// guards has an operation for each way to authenticate.
const guards = `
kind: guard
methods: {resource: [get, head, post, patch, delete], instance: [get, put, patch, delete], instance_attrs: []}
security:
  scheme:
    bearer: {type: http, scheme: bearer}
    basic: {type: http, scheme: Basic}
    digest: {type: http, scheme: digest}
    header: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: session}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://example.org/token", scopes: {read: Read, write: Write}}}}
    openid: {type: openIdConnect, openIdConnectUrl: "https://example.org/.well-known/openid-configuration"}
    tls: {type: mutualTLS}
  resource:
    get: [{bearer: []}]
    head: [{header: []}, {}]
    post: [{basic: []}]
    patch: [{header: [], query: []}, {cookie: []}]
    delete: [{oauth: [read, write]}]
  instance:
    get: [{digest: []}]
    put: [{tls: []}]
    patch: [{openid: [write]}]
    delete: [{query: []}]
schema:
  type: array
  key: {name: guard_id}
  items: {type: object, properties: {name: {type: string}}}
asyncapi: {servers: {dev: {url: "ws://localhost:8080", protocol: ws}}}
`

func basic(text string) string {
	return "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(text))
}

type attempt struct {
	line   string
	with   []string
	status int
}

func (d *desk) try(t *testing.T, attempts []attempt) {
	t.Helper()
	for _, a := range attempts {
		d.calls = nil
		got := d.ask(a.line, "", a.with...)
		if isRefused := got.StatusCode == 401 || got.StatusCode == 403; a.status == 0 && isRefused || a.status != 0 && got.StatusCode != a.status {
			t.Errorf("%s %q: status %d, want %d", a.line, a.with, got.StatusCode, a.status)
		}
		if a.status != 0 && len(d.calls) > 0 {
			t.Errorf("%s %q came to a call", a.line, a.with)
		}
	}
}

// TestAnyCredentials are enough where no token is given, if they are not empty and where the scheme says.
func TestAnyCredentials(t *testing.T) {
	newDesk(t, load(t, guards), Options{}).try(t, []attempt{
		{"GET /guards", nil, 401}, {"GET /guards", []string{"Authorization: Bearer"}, 401}, {"GET /guards", []string{"Authorization: Bearer  "}, 401},
		{"GET /guards", []string{basic("a:b")}, 401}, {"GET /guards", []string{"Authorization: x"}, 401}, {"GET /guards", []string{"Authorization: bEARER x"}, 0},
		{"HEAD /guards", nil, 0},
		{"POST /guards", []string{"Authorization: Basic !"}, 401}, {"POST /guards", []string{basic(":")}, 401}, {"POST /guards", []string{basic("ann:")}, 0}, {"POST /guards", []string{basic(":b")}, 0},
		{"PATCH /guards", []string{"X-Key: k"}, 401}, {"PATCH /guards?key=k", nil, 401}, {"PATCH /guards?key=k", []string{"X-Key: k"}, 0},
		{"PATCH /guards", []string{"Cookie: session=s"}, 0}, {"PATCH /guards", []string{"Cookie: session="}, 401}, {"PATCH /guards?key=", []string{"X-Key: k"}, 401},
		{"DELETE /guards", []string{"Authorization: Bearer x"}, 0}, {"PATCH /guards/1", []string{"Authorization: Bearer x"}, 0},
		{"GET /guards/1", []string{"Authorization: Bearer x"}, 401}, {"GET /guards/1", []string{`Authorization: Digest username="ann"`}, 0},
		{"PUT /guards/1", nil, 0},
	})
}

func TestTokens(t *testing.T) {
	options := Options{Tokens: []Token{
		{Text: "all"}, {Text: "ann:secret"}, {Text: "reader", Scopes: []string{"read"}, HasScopes: true},
		{Text: "both", Scopes: []string{"write", "read", "more"}, HasScopes: true}, {Text: "none", HasScopes: true},
	}}
	newDesk(t, load(t, guards), options).try(t, []attempt{
		{"GET /guards", []string{"Authorization: Bearer other"}, 401}, {"GET /guards", []string{"Authorization: Bearer all"}, 0}, {"GET /guards", []string{"Authorization: Bearer none"}, 0},
		{"GET /guards", []string{"Authorization: Bearer ALL"}, 401},
		{"POST /guards", []string{basic("ann:secret")}, 0}, {"POST /guards", []string{basic("bob:all")}, 0}, {"POST /guards", []string{basic("all:x")}, 401}, {"POST /guards", []string{basic("bob:secret")}, 401},
		{"PATCH /guards?key=all", []string{"X-Key: other"}, 401}, {"PATCH /guards?key=all", []string{"X-Key: reader"}, 0}, {"PATCH /guards?key=all", []string{"X-Key: other", "Cookie: session=all"}, 0},
		{"DELETE /guards", []string{"Authorization: Bearer reader"}, 403}, {"DELETE /guards", []string{"Authorization: Bearer both"}, 0}, {"DELETE /guards", []string{"Authorization: Bearer none"}, 403},
		{"DELETE /guards", []string{"Authorization: Bearer all"}, 0}, {"PATCH /guards/1", []string{"Authorization: Bearer reader"}, 403}, {"PATCH /guards/1", []string{"Authorization: Bearer both"}, 0},
	})
}

func TestChallenges(t *testing.T) {
	d := newDesk(t, load(t, guards), Options{Tokens: []Token{{Text: "reader", Scopes: []string{"read"}, HasScopes: true}}})
	for _, c := range []struct {
		line, with string
		want       []string
		detail     string
	}{
		{"GET /guards", "", []string{`Bearer realm="guards"`}, "The credentials are missing: expected a token (Authorization: Bearer ...)."},
		{"GET /guards", "Authorization: Bearer x", []string{`Bearer realm="guards", error="invalid_token"`}, "The credentials are not accepted."},
		{"POST /guards", "", []string{`Basic realm="guards", charset="UTF-8"`}, "expected a user name and a password"},
		{"PATCH /guards", "", []string{`ApiKey realm="guards", in="header", name="X-Key"`, `ApiKey realm="guards", in="query", name="key"`, `ApiKey realm="guards", in="cookie", name="session"`},
			"expected the header X-Key and the query parameter key, or the cookie session."},
		{"DELETE /guards", "Authorization: Bearer reader", []string{`Bearer realm="guards", error="insufficient_scope", scope="read write"`}, "lack a scope"},
		{"GET /guards/1", "", []string{`digest realm="guards"`}, "expected a token (Authorization: digest ...)"},
	} {
		got := d.ask(c.line, "", c.with)
		if challenges := got.Header.Values("WWW-Authenticate"); !slices.Equal(challenges, c.want) {
			t.Errorf("%s: challenges are %q, want %q", c.line, challenges, c.want)
		}
		if text := textOf(t, got); !strings.Contains(text, c.detail) {
			t.Errorf("%s: %s", c.line, text)
		}
	}
	if got := quoted("a\"b\\c\r\nü"); got != `"a\"b\\c???"` {
		t.Errorf("quoted is %s", got)
	}
}

// TestCertificates are asked for where TLS can have them.
func TestCertificates(t *testing.T) {
	d := newDesk(t, load(t, guards), Options{Tokens: []Token{{Text: "t"}}})
	for status, state := range map[int]*tls.ConnectionState{401: {}, 415: {PeerCertificates: []*x509.Certificate{{}}}} {
		r := httptest.NewRequest("PUT", "https://localhost/guards/1", strings.NewReader("x"))
		r.TLS = state
		w := httptest.NewRecorder()
		d.ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("%d certificates: status %d, want %d", len(state.PeerCertificates), w.Code, status)
		}
	}
}
