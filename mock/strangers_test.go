package mock

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/firestoned/firestone/mock/serve"
)

// listening serves a desk on a port of its own and returns host:port.
func listening(t *testing.T, d *desk) string {
	t.Helper()
	l, err := serve.Listen(serve.Options{Address: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- l.Serve(ctx, d, io.Discard) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return l.Address()
}

// raw sends a text as it is and returns the status of what comes back.
func raw(t *testing.T, address, text string) int {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Errorf("%.60q: %v", text, err)
		return 0
	}
	return response.StatusCode
}

// TestTargetsAsTheyAreSent are those that clients of Go would mend or refuse to send.
func TestTargetsAsTheyAreSent(t *testing.T) {
	d := newDesk(t, load(t, rows), Options{})
	address := listening(t, d)
	for target, status := range map[string]int{
		"/rows/..": 200, "/rows/../rows": 404, "/rows//title": 200, "//rows": 404, "/rows/a%2Fb%2e": 200, "/rows/%zz": 400, "/rows/%": 400, "/rows/a b": 400,
		"/rows/\x00": 400, "/rows/\xff": 400, "/rows/%FF": 400, "rows": 400, "*": 404, "http://localhost/rows": 200, "http://example.org/rows": 421, "http://localhost": 200,
		"/rows?%zz": 400, "/rows#x": 404, "/" + strings.Repeat("a", 70_000): 431,
	} {
		if got := raw(t, address, "GET "+target+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); got != status {
			t.Errorf("%.40q: status %d, want %d", target, got, status)
		}
	}
	for head, status := range map[string]int{
		"GET /rows HTTP/1.1": 400, "GET /rows HTTP/1.0": 421, "GET /rows HTTP/1.1\r\nHost: localhost\r\nHost: localhost": 400,
		"GET /rows HTTP/1.1\r\nHost: rebound.example": 421, "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost": 405, "GE\x01T /rows HTTP/1.1\r\nHost: localhost": 400,
	} {
		if got := raw(t, address, head+"\r\n\r\n"); got != status {
			t.Errorf("%q: status %d, want %d", head, got, status)
		}
	}
}

// TestUploadsThatAreTooLarge are answered, also where the client sends all of it before it reads, and fill no memory.
func TestUploadsThatAreTooLarge(t *testing.T) {
	d := newDesk(t, load(t, rows), Options{})
	address := listening(t, d)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, isChunked := range []bool{false, true} {
		request, err := http.NewRequest(http.MethodPost, "http://"+address+"/rows", io.LimitReader(zeros{}, 100<<20))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		if !isChunked {
			request.ContentLength = 100 << 20
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != 413 {
			t.Errorf("chunked %v: status %d", isChunked, response.StatusCode)
		}
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 100<<20 {
		t.Errorf("two uploads of 100 MiB took %d MiB", grown>>20)
	}
	if got := raw(t, address, "GET /rows HTTP/1.1\r\nHost: localhost\r\n\r\n"); got != 200 {
		t.Errorf("status %d afterwards", got)
	}
}

type zeros struct{}

func (zeros) Read(to []byte) (int, error) {
	for i := range to {
		to[i] = '0'
	}
	return len(to), nil
}

// TestAClientThatWaitsToSend hears at once that its content is too large.
func TestAClientThatWaitsToSend(t *testing.T) {
	d := newDesk(t, load(t, rows), Options{})
	head := "POST /rows HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"
	if got := raw(t, listening(t, d), fmt.Sprintf(head, 100<<20)); got != 413 {
		t.Errorf("status %d", got)
	}
}
