package mock

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// notes has a collection that clients can fill, with events of both envelopes and protocols.
const notes = `
kind: note
methods: {resource: [get, post], instance: [get, put, delete]}
schema:
  type: array
  key: {name: note_id}
  items:
    type: object
    properties:
      note_id: {type: string}
      text: {type: string}
      as: {type: string, pattern: '^(a+)+$'}
asyncapi: {envelope: cloudevents, servers: {dev: {url: "ws://localhost:8080", protocol: ws}, feed: {url: "http://localhost:8080", protocol: http}}}
`

// served returns a server of the definition with its real operations, and host:port.
func served(t *testing.T, definition string) (*desk, string) {
	t.Helper()
	d := newDesk(t, load(t, definition), Options{})
	d.performs = d.perform
	return d, listening(t, d)
}

// dial connects to a channel, until the test ends.
func dial(t *testing.T, address, path string) *websocket.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), moment)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, "ws://"+address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	conn.SetReadLimit(16 << 20)
	return conn
}

// create makes a note.
func (d *desk) create(t *testing.T, text string) {
	t.Helper()
	if got := d.ask("POST /notes", `{"text":"`+text+`"}`, isJSON); got.StatusCode != 201 {
		t.Fatalf("status %d: %s", got.StatusCode, textOf(t, got))
	}
}

// closeOf reads a connection to its end and returns how many messages came and what it was closed with.
func closeOf(t *testing.T, conn *websocket.Conn) (messages int, code websocket.StatusCode) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 4*moment)
	defer cancel()
	for ; ; messages++ {
		if _, _, err := conn.Read(ctx); err != nil {
			return messages, websocket.CloseStatus(err)
		}
	}
}

// waitFor waits until something holds.
func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(4 * moment); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not after %v", what, 4*moment)
		}
	}
}

func (d *desk) subscribers() int {
	d.hub.mutex.Lock()
	defer d.hub.mutex.Unlock()
	return d.hub.count
}

// TestAClientThatNeverReads is given up with 1013 and holds nobody up: neither who writes nor who reads.
func TestAClientThatNeverReads(t *testing.T) {
	d, address := served(t, notes)
	slow, quick := dial(t, address, "/notes"), dial(t, address, "/notes")
	const count = 400
	heard := make(chan error)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 4*moment)
		defer cancel()
		for i := 1; i <= count; i++ {
			_, text, err := quick.Read(ctx)
			if want := fmt.Sprintf(`{"specversion":"1.0","id":"%d",`, i); err != nil || !strings.HasPrefix(string(text), want) {
				heard <- fmt.Errorf("got %.60s, %v, want %s", text, err, want)
				return
			}
		}
		heard <- nil
	}()
	text := strings.Repeat("x", 50_000)
	for range count {
		began := time.Now()
		d.create(t, text)
		if took := time.Since(began); took > time.Second {
			t.Errorf("a change took %v", took)
		}
	}
	if err := <-heard; err != nil {
		t.Error(err)
	}
	if messages, code := closeOf(t, slow); code != closeSlow || messages >= count {
		t.Errorf("closed with %d after %d messages", code, messages)
	}
	waitFor(t, "one subscriber is left", func() bool { return d.subscribers() == 1 })
}

// TestAClientThatNeverReadsAgain is dropped after a while, without any close that it could read.
func TestAClientThatNeverReadsAgain(t *testing.T) {
	d, address := served(t, notes)
	d.writeTimeout = 200 * time.Millisecond
	dial(t, address, "/notes")
	for range 200 {
		d.create(t, strings.Repeat("x", 50_000))
	}
	waitFor(t, "no subscriber is left", func() bool { return d.subscribers() == 0 })
}

// TestStoppingDoesNotWaitForReaders who do not read, over a socket or a stream.
func TestStoppingDoesNotWaitForReaders(t *testing.T) {
	t.Parallel()
	d, address := served(t, notes)
	dial(t, address, "/notes")
	stream(t, &http.Client{Transport: &http.Transport{}}, "http://"+address+"/notes")
	for range 200 {
		d.create(t, strings.Repeat("x", 50_000))
	}
	began := time.Now()
	d.CloseChannels()
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}

// TestLargeMessages of up to 1 MiB are read.
func TestLargeMessages(t *testing.T) {
	for size, want := range map[int]websocket.StatusCode{maxMessage: websocket.StatusNormalClosure, maxMessage + 1: websocket.StatusMessageTooBig} {
		_, address := served(t, strings.Replace(notes, "envelope: cloudevents, ", "", 1))
		conn := dial(t, address, "/notes")
		ctx, cancel := context.WithTimeout(context.Background(), moment)
		defer cancel()
		message := `{"text":"` + strings.Repeat("x", size-len(`{"text":""}`)) + `"}`
		if err := conn.Write(ctx, websocket.MessageText, []byte(message)); err != nil {
			t.Fatal(err)
		}
		got := websocket.StatusNormalClosure
		for isStored := false; !isStored && got == websocket.StatusNormalClosure; {
			_, text, err := conn.Read(ctx)
			isStored = len(text) > size
			if err != nil {
				got = websocket.CloseStatus(err)
			}
		}
		if got != want {
			t.Errorf("%d bytes: closed with %d, want %d", size, got, want)
		}
	}
}

// TestTooManyConnections are refused until others end.
func TestTooManyConnections(t *testing.T) {
	d, address := served(t, notes)
	var conns []*websocket.Conn
	for range maxSubscribers {
		conns = append(conns, dial(t, address, "/notes"))
	}
	_, response, err := websocket.Dial(context.Background(), "ws://"+address+"/notes", nil)
	if err == nil || response == nil || response.StatusCode != 503 || response.Header.Get("Retry-After") == "" {
		t.Fatalf("one more: %v, %v", response, err)
	}
	d.create(t, "still serving")
	for _, conn := range conns {
		if _, _, err := conn.Read(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	_ = conns[0].Close(websocket.StatusNormalClosure, "")
	waitFor(t, "a subscriber has left", func() bool { return d.subscribers() < maxSubscribers })
	dial(t, address, "/notes")
}

// TestSubscribersLeaveNothing behind: 500 come and go, some of them without a word.
func TestSubscribersLeaveNothing(t *testing.T) {
	d, address := served(t, notes)
	d.create(t, "one")
	time.Sleep(50 * time.Millisecond)
	before := runtime.NumGoroutine()
	client := &http.Client{Transport: &http.Transport{}}
	var leave []func()
	for i := range 500 {
		path := []string{"/notes", "/notes/note-1"}[i%2]
		if i%5 == 0 {
			leave = append(leave, stream(t, client, "http://"+address+path))
			continue
		}
		conn := dial(t, address, path)
		if i%3 == 0 {
			leave = append(leave, func() { _ = conn.CloseNow() })
		} else {
			leave = append(leave, func() { _ = conn.Close(websocket.StatusNormalClosure, "") })
		}
	}
	for range 10 {
		d.create(t, "more")
	}
	var left sync.WaitGroup
	for _, one := range leave {
		left.Go(one)
	}
	left.Wait()
	client.CloseIdleConnections()
	waitFor(t, "no subscriber is left", func() bool { return d.subscribers() == 0 })
	d.hub.mutex.Lock()
	topics, snapshots := len(d.hub.topics), len(d.hub.snapshots)
	d.hub.mutex.Unlock()
	if topics+snapshots > 0 {
		t.Errorf("%d topics and %d snapshots are left", topics, snapshots)
	}
	waitFor(t, "the goroutines have ended", func() bool { return runtime.NumGoroutine() <= before })
}

// stream opens an event stream and returns what ends it.
func stream(t *testing.T, client *http.Client, url string) func() {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", streamType)
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cancel)
	return func() {
		cancel()
		_ = response.Body.Close()
	}
}

// TestHostileValues that a pattern takes very long to match are refused, and hold up nobody else.
func TestHostileValues(t *testing.T) {
	d, address := served(t, notes)
	hostile := `{"as":"` + strings.Repeat("a", 40) + `!"}`
	publisher := dial(t, address, "/notes")
	refused := make(chan int)
	const count = 4
	for range count {
		go func() { refused <- d.ask("POST /notes", hostile, isJSON).StatusCode }()
		if err := publisher.Write(context.Background(), websocket.MessageText, []byte(`{"specversion":"1.0","id":"x","source":"/x","type":"note.create","data":`+hostile+`}`)); err != nil {
			t.Fatal(err)
		}
	}
	for range 20 {
		began := time.Now()
		if got := d.ask("GET /notes", ""); got.StatusCode != 200 {
			t.Fatalf("status %d", got.StatusCode)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("a list took %v meanwhile", took)
		}
	}
	for range count {
		if status := <-refused; status != 422 {
			t.Errorf("status %d", status)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 4*moment)
	defer cancel()
	for range count {
		if _, text, err := publisher.Read(ctx); err != nil || !strings.Contains(string(text), "takes too long to match") {
			t.Fatalf("got %s, %v", text, err)
		}
	}
	if got := d.ask("POST /notes", `{"as":"aaaa"}`, isJSON); got.StatusCode != 201 {
		t.Errorf("afterwards: status %d", got.StatusCode)
	}
}

// TestAnyKeyHasAChannel also one that looks like a path.
func TestAnyKeyHasAChannel(t *testing.T) {
	d, address := served(t, notes)
	head := " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
	for key, path := range map[string]string{"..": "..", ".": "%2e", "": "", "a/b": "a%2Fb", "%2F": "%252F", "\x00": "%00", "?": "%3F", "ü": "%C3%BC"} {
		if got := raw(t, address, "GET /notes/"+path+head); got != 404 {
			t.Errorf("%q: status %d before there is such a note", path, got)
		}
		body := fmt.Sprintf(`{"note_id":%q}`, key)
		if key == "\x00" {
			body = `{"note_id":"\u0000"}`
		}
		if got := d.ask("POST /notes", body, isJSON); got.StatusCode != 201 {
			t.Fatalf("%q: status %d: %s", key, got.StatusCode, textOf(t, got))
		}
		if got := raw(t, address, "GET /notes/"+path+head); got != 101 {
			t.Errorf("%q: status %d", path, got)
		}
	}
}

// TestHandshakesThatAreNone are refused as requests.
func TestHandshakesThatAreNone(t *testing.T) {
	_, address := served(t, notes)
	for head, want := range map[string]int{
		"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13":                                                400, // without a key
		"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==": 400,
		"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==":                        426,
		"Connection: Upgrade\r\nUpgrade: h2c": 200,
	} {
		if got := raw(t, address, "GET /notes HTTP/1.1\r\nHost: localhost\r\n"+head+"\r\n\r\n"); got != want {
			t.Errorf("%q: status %d, want %d", head, got, want)
		}
	}
	if got := raw(t, address, "GET /notes HTTP/1.1\r\nHost: localhost\r\n\r\n"); got != 200 {
		t.Errorf("afterwards: status %d", got)
	}
}
