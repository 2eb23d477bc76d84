package mock

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

var update = flag.Bool("update", false, "write what sessions answer into them")

// frozen is the time of all sessions.
var frozen = time.Date(2026, 12, 24, 18, 30, 0, 0, time.UTC)

// session is one conversation with a server: a file of testdata/sessions. Behind a comment it has lines of a client, and
// below each what comes back:
//
//	> METHOD PATH CONTENT     a request; a line "  Name: value" before it is a header of it
//	@NAME connect PATH        a WebSocket; @NAME stream PATH for server-sent events
//	@NAME > CONTENT           a message to it
//	@NAME expect N            the next N messages; 0 for no more within a moment
//	@NAME close               what the server closes it with
//	start OPTION...           the server starts; where there is one, that stops, and the file stays
//
// The definitions are the files behind the conversation; without one those of examples/library.
type session struct {
	t       *testing.T
	server  *Server
	url     string
	stop    func()
	headers http.Header
	load    *model.Value
	links   map[string]*link
	out     bytes.Buffer
}

// link is a connection to a channel.
type link struct {
	conn   *websocket.Conn
	texts  chan string
	closed chan string
}

func TestSessions(t *testing.T) {
	files, err := filepath.Glob("testdata/sessions/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no sessions", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := runSession(t, archive)
			if *update {
				archive.Comment = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(archive.Comment) {
				t.Errorf("the session differs (go test ./mock -run Sessions -update, then read the difference):\n%s", firstDifference(string(archive.Comment), got))
			}
		})
	}
}

func firstDifference(want, got string) string {
	wants, gots := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(wants), len(gots)) {
		if i >= len(wants) || i >= len(gots) || wants[i] != gots[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, strings.Join(gots[min(i, len(gots)):min(i+4, len(gots))], "\n"), strings.Join(wants[min(i, len(wants)):min(i+4, len(wants))], "\n"))
		}
	}
	return ""
}

func apiOf(t *testing.T, files []txtar.File) *model.API {
	t.Helper()
	if len(files) == 0 {
		return library(t)
	}
	texts := map[string][]byte{}
	var names []string
	for _, f := range files {
		texts[f.Name] = f.Data
		if !strings.HasPrefix(f.Name, "_") {
			names = append(names, f.Name)
		}
	}
	api, problems := model.Load(func(path string) ([]byte, error) {
		if text, ok := texts[path]; ok {
			return text, nil
		}
		return nil, os.ErrNotExist
	}, model.Options{}, names...)
	if api == nil {
		t.Fatal(problems)
	}
	return api
}

// runSession returns the conversation with what the server answers now.
func runSession(t *testing.T, archive *txtar.Archive) string {
	script, api := string(archive.Comment), apiOf(t, archive.Files)
	s := &session{t: t, headers: http.Header{}, links: map[string]*link{}}
	for _, f := range archive.Files {
		if f.Name == "_load.yaml" {
			s.load = value.Parse(f.Name, f.Data, &value.Problems{})[0]
		}
	}
	options := Options{Now: frozen}
	for line := range strings.Lines(script) {
		line = strings.TrimSuffix(line, "\n")
		if text, ok := strings.CutPrefix(line, "start"); ok {
			s.end()
			s.options(&options, strings.Fields(text))
			s.start(api, options)
		} else if s.server == nil && line != "" && !strings.HasPrefix(line, "#") {
			s.start(api, options)
		}
		s.line(line)
	}
	s.end()
	return s.out.String()
}

// options reads KEY=VALUE words.
func (s *session) options(o *Options, words []string) {
	for _, word := range words {
		name, text, _ := strings.Cut(word, "=")
		switch name {
		case "data":
			if o.Data == "" {
				o.Data = filepath.Join(s.t.TempDir(), "data")
			}
		case "seed":
			o.Seed, _ = strconv.Atoi(text)
		case "token":
			secret, scopes, has := strings.Cut(text, ":")
			o.Tokens = append(o.Tokens, Token{secret, strings.Split(scopes, ","), has})
		case "load":
			o.Load = s.load
		case "strict":
			o.Strict = true
		case "faults":
			o.Faults = &Faults{}
		case "nofaults":
			o.Faults = nil
		case "fail":
			o.Faults.Fail, _ = strconv.ParseFloat(text, 64)
		case "prefix":
			o.Prefix = text
		default:
			s.t.Fatalf("there is no option %s", name)
		}
	}
}

func (s *session) start(api *model.API, options Options) {
	server, err := New(api, options)
	if err != nil {
		s.t.Fatal(err)
	}
	listening := httptest.NewUnstartedServer(server)
	listening.Config.ErrorLog = log.New(complaints{s.t}, "", 0)
	listening.Start()
	s.server, s.url = server, listening.URL
	s.stop = func() {
		if err := server.Close(); err != nil {
			s.t.Error(err)
		}
		listening.Close()
	}
}

// complaints fail a test with what net/http says of a handler, such as one that answers twice, which a client does not see.
type complaints struct{ t *testing.T }

func (c complaints) Write(text []byte) (int, error) {
	c.t.Errorf("net/http says: %s", text)
	return len(text), nil
}

func (s *session) end() {
	if s.stop != nil {
		s.stop()
	}
	s.stop = nil
}

// line does what a line says, and writes it with what comes back.
func (s *session) line(line string) {
	switch {
	case strings.HasPrefix(line, "< "), strings.HasPrefix(line, "@") && strings.Contains(line, " < "):
		return // of the last time
	}
	fmt.Fprintln(&s.out, line)
	switch {
	case strings.HasPrefix(line, "> "):
		s.request(line[2:])
	case strings.HasPrefix(line, "  "):
		name, text, _ := strings.Cut(strings.TrimSpace(line), ": ")
		s.headers.Add(name, text)
	case strings.HasPrefix(line, "@"):
		words := strings.SplitN(line, " ", 3)
		s.speak(words[0], words[1], strings.Join(words[2:], " "))
	}
}

// shownHeaders are those of an answer that a session shows.
var shownHeaders = []string{"Allow", "Accept-Patch", "WWW-Authenticate", "Location", "ETag", "Last-Event-ID", "Link", "X-Total-Count", "Retry-After", "Preference-Applied"}

func (s *session) request(text string) {
	words := append(strings.SplitN(text, " ", 3), "")
	request, err := http.NewRequest(words[0], s.url+words[1], strings.NewReader(words[2]))
	if err != nil {
		s.t.Fatal(err)
	}
	request.URL.Opaque = "//" + request.URL.Host + strings.Split(words[1], "?")[0] // as it is written
	request.Header, s.headers = s.headers, http.Header{}
	setDefault := func(name, text string) {
		if request.Header.Get(name) == "" {
			request.Header.Set(name, text)
		}
	}
	setCredentials(request.Header)
	if words[0] == http.MethodPatch && !strings.HasPrefix(words[2], "[") {
		setDefault("Content-Type", "application/merge-patch+json")
	} else if words[2] != "" {
		setDefault("Content-Type", "application/json")
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		s.t.Fatalf("%s: %v", text, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	fmt.Fprintf(&s.out, "< %d", response.StatusCode)
	for _, name := range shownHeaders {
		if text := response.Header.Get(name); text != "" {
			fmt.Fprintf(&s.out, " %s: %s;", name, text)
		}
	}
	fmt.Fprintln(&s.out)
	if len(body) > 0 {
		fmt.Fprintf(&s.out, "< %s\n", bytes.ReplaceAll(body, []byte(request.URL.Host), []byte("HOST")))
	}
}

// setCredentials adds those that a client has unless its line says otherwise: none is nothing.
func setCredentials(header http.Header) {
	for name, text := range map[string]string{"Authorization": "Bearer token", "X-Desk-Key": "key"} {
		switch header.Get(name) {
		case "":
			header.Set(name, text)
		case "none":
			header.Del(name)
		}
	}
}

const moment = 5 * time.Second

func (s *session) speak(name, verb, text string) {
	switch verb {
	case "connect":
		s.connect(name, text)
	case "stream":
		s.stream(name, text)
	case ">":
		if err := s.links[name].conn.Write(context.Background(), websocket.MessageText, []byte(text)); err != nil {
			s.t.Fatal(err)
		}
	case "binary":
		if err := s.links[name].conn.Write(context.Background(), websocket.MessageBinary, []byte(text)); err != nil {
			s.t.Fatal(err)
		}
	case "expect":
		s.expect(name, text)
	case "close":
		select {
		case why := <-s.links[name].closed:
			fmt.Fprintf(&s.out, "%s < %s\n", name, why)
		case <-time.After(moment):
			s.t.Fatalf("%s is not closed", name)
		}
	default:
		s.t.Fatalf("there is no %s", verb)
	}
}

func (s *session) expect(name, text string) {
	count, err := strconv.Atoi(text)
	if err != nil {
		s.t.Fatal(err)
	}
	for range count {
		select {
		case text := <-s.links[name].texts:
			fmt.Fprintf(&s.out, "%s < %s\n", name, text)
		case <-time.After(moment):
			s.t.Errorf("%s heard too little", name)
			return
		}
	}
	if count == 0 {
		select {
		case text := <-s.links[name].texts:
			fmt.Fprintf(&s.out, "%s < %s\n", name, text)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func (s *session) connect(name, path string) {
	header := s.headers
	s.headers = http.Header{}
	setCredentials(header)
	conn, response, err := websocket.Dial(context.Background(), s.url+path, &websocket.DialOptions{HTTPHeader: header})
	if err != nil {
		if response == nil {
			s.t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		fmt.Fprintf(&s.out, "%s < %d %s\n", name, response.StatusCode, body)
		return
	}
	conn.SetReadLimit(16 << 20)
	l := &link{conn: conn, texts: make(chan string, 10_000), closed: make(chan string, 1)}
	s.links[name] = l
	go func() {
		for {
			_, text, err := conn.Read(context.Background())
			if err != nil {
				var why websocket.CloseError
				if errors.As(err, &why) {
					l.closed <- fmt.Sprintf("closed %d %s", why.Code, why.Reason)
				} else {
					l.closed <- "lost"
				}
				return
			}
			l.texts <- string(text)
		}
	}()
}

// stream opens an event stream, whose events are shown with their lines joined.
func (s *session) stream(name, path string) {
	request, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header, s.headers = s.headers, http.Header{}
	request.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		s.t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(response.Body)
		fmt.Fprintf(&s.out, "%s < %d %s\n", name, response.StatusCode, body)
		return
	}
	l := &link{texts: make(chan string, 100), closed: make(chan string, 1)}
	s.links[name] = l
	go func() {
		defer response.Body.Close()
		var event []byte
		for buffer := make([]byte, 1); ; {
			if _, err := response.Body.Read(buffer); err != nil {
				l.closed <- "closed"
				return
			}
			if event = append(event, buffer[0]); bytes.HasSuffix(event, []byte("\n\n")) {
				l.texts <- strings.ReplaceAll(strings.TrimSpace(string(event)), "\n", " | ")
				event = nil
			}
		}
	}()
}
