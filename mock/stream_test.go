package mock

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
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
