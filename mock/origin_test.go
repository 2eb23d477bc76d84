package mock

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHosts(t *testing.T) {
	d := newDesk(t, load(t, rows), Options{Hosts: []string{"Mock.Example:8080", "192.0.2.7"}})
	for host, isServed := range map[string]bool{
		"localhost": true, "localhost:8080": true, "LOCALHOST.:1": true, "books.localhost": true, "127.0.0.1:8080": true, "127.9.9.9": true, "[::1]:8080": true,
		"[::ffff:127.0.0.1]": true, "mock.example": true, "mock.example.:9": true, "192.0.2.7:1": true, "198.51.100.1:8080": true, "[2001:db8:0::1]": false,
		"": false, "example.org": false, "localhost.example.org": false, "notlocalhost": false, "127.0.0.1.example.org": false, "0.0.0.0:8080": false,
		"192.0.2.8": false, "localhost@example.org": false, "example.org:127.0.0.1": false, "[::1": false,
	} {
		r := httptest.NewRequest("GET", "/rows", nil)
		r.Host = host
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.ParseIP("198.51.100.1"), Port: 8080}))
		w := httptest.NewRecorder()
		d.ServeHTTP(w, r)
		if got := w.Code == 200; got != isServed || w.Code != 200 && w.Code != 421 {
			t.Errorf("host %q: status %d, want it to be served: %v", host, w.Code, isServed)
		}
	}
}

// TestOrigins: a page of another origin can neither read nor change anything.
func TestOrigins(t *testing.T) {
	d := newDesk(t, load(t, shelf), Options{Origins: []string{"https://app.example.com"}, Hosts: []string{"mock.example"}})
	for origin, isAllowed := range map[string]bool{
		"http://localhost:3000": true, "https://127.0.0.1": true, "http://[::1]:5173": true, "http://app.localhost": true, "https://app.example.com": true,
		"HTTPS://APP.example.com": true, "https://example.org": false, "https://app.example.com:8443": false, "http://app.example.com": false,
		"https://app.example.com.evil.example": false, "http://localhost.evil.example": false, "http://localhost@evil.example": false,
		"http://evil.example@localhost": false, "null": false, "file://": false, "chrome-extension://localhost": false, "http://mock.example": false, "x": false,
	} {
		for _, request := range []struct{ line, content string }{
			{"GET /shelves", ""}, {"PUT /shelves/1", isJSON}, {"POST /shelves", "Content-Type: text/plain"}, {"DELETE /shelves/1", ""},
		} {
			d.calls = nil
			body := ""
			if request.content != "" {
				body = "{}"
			}
			got := d.ask(request.line, body, "Origin: "+origin, "X-Key: any", request.content)
			isRead := request.line == "GET /shelves"
			if shared := got.Header.Get("Access-Control-Allow-Origin"); (shared == origin) != isAllowed || !isAllowed && shared != "" {
				t.Errorf("%s from %s: shared with %q", request.line, origin, shared)
			}
			if isRefused := got.StatusCode == 403; isRefused != (!isAllowed && !isRead) || isRefused && len(d.calls) > 0 {
				t.Errorf("%s from %s: status %d", request.line, origin, got.StatusCode)
			}
			if got.Header.Get("Vary") != "Origin" {
				t.Errorf("%s from %s: Vary is %q", request.line, origin, got.Header.Values("Vary"))
			}
		}
	}
	own := d.ask("PUT /shelves/1", "{}", isJSON, "Host: mock.example:80", "Origin: http://mock.example:80")
	if got, want := own.Header.Get("Access-Control-Expose-Headers"), "ETag, Link, Location, X-Total-Count, Retry-After, Last-Event-ID, Preference-Applied"; !strings.EqualFold(got, want) {
		t.Errorf("pages may read %s, want %s", got, want)
	}
	if own.StatusCode != 200 || own.Header.Get("Access-Control-Allow-Credentials") != "true" {
		t.Errorf("a page of the server itself: status %d, headers %v", own.StatusCode, own.Header)
	}
}

// A page of another origin cannot connect either: browsers let every page open a WebSocket to every server, and read it.
func TestForeignPagesCannotConnect(t *testing.T) {
	d := newDesk(t, load(t, rows), Options{Origins: []string{"https://app.example.org"}})
	upgrade := []string{"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="}
	for origin, want := range map[string]int{
		"https://attacker.example": 403, "null": 403, "http://localhost.attacker.example": 403, "": 501, "http://localhost:5173": 501, "https://app.example.org": 501,
	} {
		headers := upgrade
		if origin != "" {
			headers = append([]string{"Origin: " + origin}, upgrade...)
		}
		if got := d.ask("GET /rows", "", headers...); got.StatusCode != want { // a recorder cannot become a socket: 501
			t.Errorf("from %q: status %d, want %d", origin, got.StatusCode, want)
		}
	}
}

func TestEveryOriginWhereItIsAskedFor(t *testing.T) {
	d := newDesk(t, load(t, shelf), Options{Origins: []string{"*"}})
	if got := d.ask("DELETE /shelves/1", "", "Origin: https://example.org"); got.StatusCode != 200 || got.Header.Get("Access-Control-Allow-Origin") != "https://example.org" {
		t.Errorf("status %d, headers %v", got.StatusCode, got.Header)
	}
}

// TestPreflights let an allowed page send whatever it wants, so that it hears what is wrong with it.
func TestPreflights(t *testing.T) {
	d := newDesk(t, load(t, shelf), Options{})
	for _, path := range []string{"/shelves", "/shelfs", "/"} {
		asked := []string{"Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type,x-key"}
		got := d.ask("OPTIONS "+path, "", append(asked, "Origin: http://localhost:3000")...)
		for name, want := range map[string]string{
			"Access-Control-Allow-Origin": "http://localhost:3000", "Access-Control-Allow-Credentials": "true", "Access-Control-Allow-Headers": "content-type,x-key",
			"Access-Control-Allow-Methods": "PUT",
		} {
			if got.StatusCode != 204 || got.Header.Get(name) != want {
				t.Errorf("%s: status %d, %s is %q, want %q", path, got.StatusCode, name, got.Header.Get(name), want)
			}
		}
		foreign := d.ask("OPTIONS "+path, "", append(asked, "Origin: https://example.org")...)
		for name := range foreign.Header {
			if len(name) > 14 && name[:14] == "Access-Control" {
				t.Errorf("%s: a foreign page is told %s", path, name)
			}
		}
	}
}
