//go:build unix

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"
)

// counted numbers all changes, and sends each to those who are connected to the collection, as often as times says.
func counted(t *testing.T, times int) *httptest.Server {
	t.Helper()
	var mutex sync.Mutex
	number := 0
	var subscribers []*websocket.Conn
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mutex.Lock()
		defer mutex.Unlock()
		if r.Method == http.MethodGet {
			if conn, err := websocket.Accept(w, r, nil); err == nil {
				subscribers = append(subscribers, conn)
			}
			return
		}
		number++
		for _, conn := range subscribers {
			for range times {
				_ = conn.Write(context.Background(), websocket.MessageText, fmt.Appendf(nil, `{"id":"%d"}`, number))
			}
		}
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, number))
		w.Header().Set("Location", fmt.Sprintf("/items/%d", number))
	}))
	t.Cleanup(func() {
		for _, conn := range subscribers {
			_ = conn.CloseNow()
		}
		server.Close()
	})
	return server
}

// TestCrowdHearsEverythingOnce counts what subscribers hear, and fails if that is not each change, once.
func TestCrowdHearsEverythingOnce(t *testing.T) {
	for times, want := range map[int]string{1: "", 2: "the first difference is at 1"} {
		server := counted(t, times)
		c := &crowd{
			load: load{onCollection: 2}, mock: &mock{url: server.URL}, client: server.Client(),
			changes: map[uint64]string{}, errs: make(chan error, 1),
		}
		write := func(n int, method, path string) {
			for range n {
				if err := c.write(method, path); err != nil {
					t.Fatal(err)
				}
			}
		}
		write(records, http.MethodPost, "/items")
		all, err := c.subscribe()
		if err != nil {
			t.Fatal(err)
		}
		write(3, http.MethodPatch, "/items/1")
		if err := c.expect(all, records); want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("with each change sent %d times the error is %v", times, err)
		}
		if len(all) != 2 {
			t.Errorf("%d subscribers are connected", len(all))
		}
	}
}

// TestCrowdNeedsItsSubscribers does not measure without them.
func TestCrowdNeedsItsSubscribers(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	c := &crowd{load: load{onCollection: 1}, mock: &mock{url: server.URL}}
	if _, err := c.subscribe(); err == nil {
		t.Error("a server without channels is no error")
	}
}
