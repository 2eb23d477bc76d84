package mock

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/firestoned/firestone/model"
)

const note = `
kind: note
methods: {resource: [get, post], instance: [get, put, patch, delete]}
schema:
  type: array
  key: {name: note_id, schema: {type: integer}}
  items: {type: object, properties: {text: {type: string}, lines: {schema: {$ref: "_line.yaml#/schema"}}}}
asyncapi: {servers: {dev: {url: "ws://localhost:8080", protocol: ws}}}
`

const line = `
kind: line
methods: {resource: [get, post], instance: [get, put, delete]}
schema: {type: array, key: {name: number, schema: {type: integer}}, items: {type: object, properties: {text: {type: string}}}}
`

func notesAPI(t testing.TB) *model.API {
	t.Helper()
	api, problems := model.Load(func(path string) ([]byte, error) {
		if path == "_line.yaml" {
			return []byte(line), nil
		}
		return []byte(note), nil
	}, model.Options{}, "note.yaml")
	if api == nil {
		t.Fatal(problems)
	}
	return api
}

// serveNotes is the process of the test that is killed: it serves notes that a file keeps, and prints its URL.
const serveNotes = "FIRESTONE_TEST_SERVES_NOTES"

func TestServeNotes(t *testing.T) {
	file := os.Getenv(serveNotes)
	if file == "" {
		t.Skip("a process of its own in another test")
	}
	s, err := New(notesAPI(t), Options{Data: file})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("URL " + httptest.NewServer(s).URL)
	_, _ = io.Copy(io.Discard, os.Stdin) // until whoever started it goes
}

// A server that is killed in the middle of writes has lost nothing that it has answered, and its file opens again.
func TestKilledServersLoseNothing(t *testing.T) {
	rounds := 50
	if testing.Short() {
		rounds = 5
	}
	file := filepath.Join(t.TempDir(), "notes")
	known := &knownNotes{texts: map[string]string{}}
	for round := range rounds {
		url, kill := startNotes(t, file)
		known.compare(t, url)
		if t.Failed() {
			kill()
			return
		}
		var writers sync.WaitGroup
		answered := make(chan bool, 4)
		for w := range cap(answered) {
			writers.Go(func() { known.write(url, w, answered) })
		}
		<-answered
		time.Sleep(time.Duration(5+round*7%40) * time.Millisecond)
		kill()
		writers.Wait()
	}
	if len(known.texts) < rounds {
		t.Errorf("only %d notes were written", len(known.texts))
	}
}

// startNotes starts a server and returns its URL and what kills it.
func startNotes(t *testing.T, file string) (url string, kill func()) {
	t.Helper()
	command := exec.Command(os.Args[0], "-test.run=^TestServeNotes$")
	command.Env = append(command.Environ(), serveNotes+"="+file)
	if _, err := command.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	kill = func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if url, isURL := strings.CutPrefix(lines.Text(), "URL "); isURL {
			return url, kill
		}
	}
	kill()
	t.Fatal("the server does not start")
	return "", nil
}

// knownNotes is what clients know to be stored, by path, without what a request may have changed that was not answered.
type knownNotes struct {
	mutex sync.Mutex
	texts map[string]string
}

// write creates, changes and deletes until the server does not answer any more. It tells whether there was a first answer.
func (k *knownNotes) write(url string, writer int, answered chan<- bool) {
	for i := 0; ; i++ {
		body := fmt.Sprintf(`{"text":"%d-%d %s","lines":[{"text":"a"},{"text":"b"}]}`, writer, i, strings.Repeat("x", i%50*20))
		path, text, ok := send(http.MethodPost, url, "/notes", body)
		if i == 0 {
			answered <- ok
		}
		if !ok {
			return
		}
		k.set(path, text)
		if i%3 == 0 {
			if _, text, ok = send(http.MethodPatch, url, path, `{"text":"changed"}`); !ok {
				k.forget(path)
				return
			}
			k.set(path, text)
		}
		if i%5 == 0 {
			if _, _, ok = send(http.MethodDelete, url, path, ""); !ok {
				k.forget(path)
				return
			}
			k.set(path, "")
		}
	}
}

// set notes what stands at a path, nothing for a deleted one.
func (k *knownNotes) set(path, text string) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.texts[path] = text
}

func (k *knownNotes) forget(path string) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	delete(k.texts, path)
}

// compare compares all that is known with what there is.
func (k *knownNotes) compare(t *testing.T, url string) {
	t.Helper()
	for path, want := range k.texts {
		response, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if want == "" && response.StatusCode != http.StatusNotFound || want != "" && string(body) != want {
			t.Errorf("%s is %d %s\nwant %s", path, response.StatusCode, body, want)
		}
	}
}

// send sends a request and returns the path of what it made, the answer, and whether there was one.
func send(method, url, path, body string) (location, text string, ok bool) {
	request, err := http.NewRequest(method, url+path, strings.NewReader(body))
	if err != nil {
		return "", "", false
	}
	request.Header.Set("Content-Type", map[string]string{"POST": "application/json", "PUT": "application/json", "PATCH": "application/merge-patch+json", "DELETE": "text/plain"}[method])
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", "", false
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	return response.Header.Get("Location"), string(answer), err == nil && response.StatusCode < 300
}
