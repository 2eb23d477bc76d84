package mock

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// TestAStreamEndsWell also when nothing was sent for longer than sending may take.
func TestAStreamEndsWell(t *testing.T) {
	d := newDesk(t, load(t, strings.NewReplacer("ws://", "http://", "protocol: ws", "protocol: http").Replace(rows)), Options{})
	d.performs = d.perform
	d.writeTimeout = 50 * time.Millisecond
	request, err := http.NewRequest(http.MethodGet, "http://"+listening(t, d)+"/rows", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", streamType)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	time.Sleep(4 * d.writeTimeout)
	go d.CloseChannels()
	if text, err := io.ReadAll(response.Body); string(text) != "data: []\n\n" || err != nil {
		t.Errorf("the stream is %q and ends with %v", text, err)
	}
}

// TestAStateIsSentOnce: a subscriber that hears of a change which the state it was sent had in it already is not sent it again.
func TestAStateIsSentOnce(t *testing.T) {
	d := newDesk(t, load(t, rows), Options{})
	d.performs = d.perform
	ctx, cancel := context.WithTimeout(context.Background(), moment)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, "ws://"+listening(t, d)+"/rows", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	for _, want := range []string{`[]`, `[{"row_id":"row-1","title":"a"}]`, `[{"row_id":"row-1","title":"a"},{"row_id":"row-2","title":"b"}]`} {
		if _, text, err := conn.Read(ctx); string(text) != want {
			t.Errorf("got %s, %v, want %s", text, err, want)
		}
		d.hub.mutex.Lock()
		for _, subscribers := range d.hub.topics {
			for s := range subscribers {
				s.touch()
			}
		}
		d.hub.mutex.Unlock()
		time.Sleep(2 * snapshotPause)
		if got := d.ask("POST /rows", `{"title":"`+string("abc"[strings.Count(want, "title")])+`"}`, isJSON); got.StatusCode != 201 {
			t.Fatal(textOf(t, got))
		}
	}
}
