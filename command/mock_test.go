package command

import (
	"bytes"
	"io"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/firestoned/firestone/mock"
	"github.com/firestoned/firestone/mock/serve"
)

const mockedBook = `
kind: book
security: {scheme: {key: {type: apiKey, in: header, name: X-Key}}, resource: [post]}
schema: {key: {name: book_id}, items: {type: object, properties: {title: {type: string}}}}
asyncapi: {servers: {dev: {url: "ws://localhost:8080", protocol: ws}}}
`

// mocked is a firestone mock running in this process.
type mocked struct {
	base string
	stop func() (status int, said string)
}

// startMock runs the verb in a folder and returns when it is ready.
func startMock(t *testing.T, folder string, args ...string) *mocked {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("no process can send itself a signal there")
	}
	t.Chdir(folder)
	if err := os.WriteFile("ready", []byte("stale\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var errw bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		ended <- Run(append([]string{"mock", "--listen", "127.0.0.1:0", "--ready-file", "ready"}, args...), nil, io.Discard, &errw)
	}()
	m := &mocked{}
	m.stop = func() (int, string) {
		terminate(t)
		return <-ended, errw.String()
	}
	for range 500 {
		time.Sleep(10 * time.Millisecond)
		if text, err := os.ReadFile("ready"); err == nil && string(text) != "stale\n" {
			m.base = strings.TrimSuffix(string(text), "\n")
			return m
		}
		if len(ended) > 0 {
			t.Fatalf("it ended with %d: %s", <-ended, errw.String())
		}
	}
	t.Fatal("it is not ready after 5 seconds")
	return nil
}

// That the server can be reached from other machines is reported like any other warning.
func TestOpenServerIsReported(t *testing.T) {
	for _, at := range []string{"127.0.0.1:0", "0.0.0.0:0"} {
		l, err := serve.Listen(serve.Options{Address: at})
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
		var errw bytes.Buffer
		c := newConsole(nil, io.Discard, &errw)
		c.format = formatGitHub
		warnOfOpenServer(l, c)
		if got, want := strings.HasPrefix(errw.String(), "::warning title=FS6006::other machines"), at == "0.0.0.0:0"; got != want {
			t.Errorf("%s: it says %q", at, errw.String())
		}
	}
}

// terminate tells the server in this process to end.
func terminate(t *testing.T) {
	t.Helper()
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Signal(syscall.SIGTERM)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (m *mocked) ask(t *testing.T, method, path, body string, headers map[string]string) int {
	t.Helper()
	request, err := http.NewRequest(method, m.base+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range headers {
		request.Header.Set(name, text)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}

func write(t *testing.T, folder, file, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, file), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestMock: the mock serves a definition, prints its address, and ends when it is told to.
func TestMock(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "book.yaml", mockedBook)
	m := startMock(t, folder, "--token", "secret=", "--requests", "requests", "--prefix", "/v1", "book.yaml")
	for _, c := range []struct {
		method, path, key string
		status            int
	}{{"GET", "/boks", "", 404}, {"POST", "/books", "", 401}, {"POST", "/books", "secret", 401}, {"POST", "/books", "secret=", 415}} {
		headers := map[string]string{"Content-Type": "text/plain"}
		if c.key != "" {
			headers["X-Key"] = c.key
		}
		if got := m.ask(t, c.method, c.path, "{}", headers); got != c.status {
			t.Errorf("%s %s: status %d, want %d", c.method, c.path, got, c.status)
		}
	}
	requests, err := os.ReadFile("requests")
	if err != nil || strings.Count(string(requests), "\n") != 4 || !strings.HasPrefix(string(requests), `{"method":"GET","path":"/v1/boks",`) {
		t.Errorf("the record holds %s, %v", requests, err)
	}
	status, said := m.stop()
	at := regexp.QuoteMeta(strings.TrimPrefix(m.base, "http://"))
	want := regexp.MustCompile(`listening on http://` + at + `/books and ws://` + at + `/books; press Ctrl-C to stop\nGET /v1/boks 404 [^\n]+\nPOST /v1/books 401 `)
	if status != exitOK || !want.MatchString(said) || !strings.HasSuffix(m.base, "/v1") {
		t.Errorf("status %d, said %s", status, said)
	}
	if _, err := os.Stat("ready"); err == nil {
		t.Error("the file that says it is ready is still there")
	}
}

// TestMockLeavesTheHeap: the garbage collector's settings for short runs would make a server collect continuously.
func TestMockLeavesTheHeap(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "book.yaml", mockedBook)
	FollowHeap() // as main does
	m := startMock(t, folder, "book.yaml")
	defer m.stop()
	for range 2 {
		runtime.GC()
		time.Sleep(50 * time.Millisecond) // what follows a collection does so soon after it
		if limit := debug.SetMemoryLimit(-1); limit != math.MaxInt64 {
			t.Errorf("the memory is limited to %d bytes", limit)
		}
	}
	if percent := debug.SetGCPercent(100); percent != 100 {
		t.Errorf("the collector waits for %d percent", percent)
	}
}

// TestMockOfAProject takes definitions, servers and prefix from firestone.yaml, unless flags say otherwise.
func TestMockOfAProject(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "book.yaml", mockedBook)
	for _, c := range []struct {
		config, want string
		args         []string
	}{
		{"resources: book.yaml\nprefix: /api\ngenerate: [{pack: asyncapi, output: a.yaml}]\n", "/api", nil},
		{"resources: book.yaml\nservers: https://example.org/one\nprefix: /api\ngenerate: [{pack: asyncapi, output: a.yaml}]\n", "/one/api/v9", []string{"--prefix", "/v9"}},
		{"resources: book.yaml\nprefix: /api\ngenerate: [{pack: openapi, output: o.yaml, parameters: {prefix: /v1}}]\n", "/api/v1", nil},
		{"resources: book.yaml\nprefix: /api\ngenerate: [{pack: openapi, output: o.yaml, parameters: {servers: [{url: /two}], prefix: /v1}}]\n", "/two/v2", []string{"--prefix", "/v2"}},
	} {
		write(t, folder, "firestone.yaml", c.config)
		m := startMock(t, folder, c.args...)
		if !strings.HasSuffix(m.base, c.want) || strings.Count(m.base, "/") != 2+strings.Count(c.want, "/") {
			t.Errorf("%s: the base URL is %s, want %s", c.config, m.base, c.want)
		}
		if got := m.ask(t, "POST", "/books", "", nil); got != 401 {
			t.Errorf("%s: status %d", c.config, got)
		}
		if status, said := m.stop(); status != exitOK {
			t.Errorf("%s: status %d, said %s", c.config, status, said)
		}
	}
}

func TestMockOnAPortInUse(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "book.yaml", mockedBook)
	m := startMock(t, folder, "book.yaml")
	defer m.stop()
	var errw bytes.Buffer
	address := strings.TrimPrefix(m.base, "http://")
	status := Run([]string{"mock", "--listen", address, "book.yaml"}, nil, io.Discard, &errw)
	want := "firestone: " + address + " is in use\n  hint: stop the program that uses it, or let the system choose a port: --listen 127.0.0.1:0\n"
	if status != exitUsage || !strings.HasSuffix(errw.String(), want) {
		t.Errorf("status %d, said %s", status, errw.String())
	}
}

func TestTokenOf(t *testing.T) {
	for text, want := range map[string]mock.Token{
		"a": {Text: "a"}, "a=b": {Text: "a", Scopes: []string{"b"}, HasScopes: true}, "a==b,c": {Text: "a=", Scopes: []string{"b", "c"}, HasScopes: true},
		"YQ==": {Text: "YQ=="}, "ann:secret": {Text: "ann:secret"},
	} {
		if got := tokenOf(text); got.Text != want.Text || got.HasScopes != want.HasScopes || !slices.Equal(got.Scopes, want.Scopes) {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
}
