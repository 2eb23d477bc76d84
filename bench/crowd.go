//go:build unix

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

// A crowd is the set of clients of one mock.
type crowd struct {
	load
	mock    *mock
	client  *http.Client
	mutex   sync.Mutex
	changes map[uint64]string // the path of each change, by number
	events  atomic.Int64
	errs    chan error
}

// write makes a change and records its number.
func (c *crowd) write(method, path string) error {
	body := fmt.Sprintf(`{"title":"Title %d","state":"used","pages":%d,"tags":["a","b"]}`, rand.IntN(1e6), 1+rand.IntN(999))
	request, err := http.NewRequest(method, c.mock.url+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", map[string]string{"POST": "application/json", "PATCH": "application/merge-patch+json"}[method])
	response, err := c.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	number, err := strconv.ParseUint(strings.Trim(response.Header.Get("ETag"), `"`), 10, 64)
	if err != nil || response.StatusCode >= 300 {
		return fmt.Errorf("%s %s: status %d, ETag %s", method, path, response.StatusCode, response.Header.Get("ETag"))
	}
	if method == http.MethodPost {
		path = response.Header.Get("Location")
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.changes[number] != "" {
		return fmt.Errorf("two changes have the number %d", number)
	}
	c.changes[number] = path
	return nil
}

func (c *crowd) read(path string) error {
	response, err := c.client.Get(c.mock.url + path)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: status %d", path, response.StatusCode)
	}
	return nil
}

// request sends all requests at the load's rate.
func (c *crowd) request() error {
	total := c.requests * c.seconds
	var next atomic.Int64
	var workers sync.WaitGroup
	start := time.Now()
	for range 32 {
		workers.Go(func() {
			for {
				i := int(next.Add(1) - 1)
				if i >= total {
					return
				}
				time.Sleep(time.Until(start.Add(time.Duration(i) * time.Second / time.Duration(c.requests))))
				if err := c.one(i); err != nil {
					c.fail(err)
					return
				}
			}
		})
	}
	workers.Wait()
	return c.failure()
}

func (c *crowd) one(i int) error {
	path := fmt.Sprintf("/items/%d", 1+rand.IntN(records))
	switch {
	case i%100 < c.writes && i%2 == 0 && c.writes < 100:
		return c.write(http.MethodPost, "/items")
	case i%100 < c.writes:
		return c.write(http.MethodPatch, path)
	case i%5 == 0:
		return c.read("/items?limit=20&offset=" + strconv.Itoa(rand.IntN(records-20)))
	}
	return c.read(path)
}

func (c *crowd) fail(err error) {
	select {
	case c.errs <- err:
	default:
	}
}

func (c *crowd) failure() error {
	select {
	case err := <-c.errs:
		return err
	default:
		return nil
	}
}

// hearing is what one subscriber has received.
type hearing struct {
	path    string // empty for the collection
	mutex   sync.Mutex
	numbers []uint64
}

// subscribe connects all subscribers.
func (c *crowd) subscribe() ([]*hearing, error) {
	var all []*hearing
	for i := range c.onCollection + c.onInstances {
		h := &hearing{}
		path := "/items"
		if i >= c.onCollection {
			path = fmt.Sprintf("/items/%d", 1+(i-c.onCollection)%records)
			h.path = path
		}
		conn, _, err := websocket.Dial(context.Background(), c.mock.url+path, nil)
		if err != nil {
			return nil, err
		}
		all = append(all, h)
		go c.listen(conn, h)
	}
	return all, nil
}

func (c *crowd) listen(conn *websocket.Conn, h *hearing) {
	for {
		_, text, err := conn.Read(context.Background())
		if err != nil {
			return // the mock is stopping; expect finds out what is missing
		}
		var event struct{ ID string }
		if err := json.Unmarshal(text, &event); err != nil {
			c.fail(err)
			return
		}
		number, err := strconv.ParseUint(event.ID, 10, 64)
		if err != nil {
			c.fail(err)
			return
		}
		h.mutex.Lock()
		h.numbers = append(h.numbers, number)
		h.mutex.Unlock()
		c.events.Add(1)
	}
}

// expect waits until all subscribers have received all their events, and checks that each arrived once and in order.
func (c *crowd) expect(all []*hearing, first uint64) error {
	last := first + uint64(len(c.changes)) - records
	for _, h := range all {
		var want []uint64
		for n := first + 1; n <= last; n++ {
			if h.path == "" || c.changes[n] == h.path {
				want = append(want, n)
			}
		}
		if err := h.compare(want); err != nil {
			return err
		}
	}
	return c.failure()
}

func (h *hearing) compare(want []uint64) error {
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		h.mutex.Lock()
		got := h.numbers
		h.mutex.Unlock()
		if len(got) < len(want) && time.Now().Before(deadline) {
			continue
		}
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				return fmt.Errorf("a subscriber of %q heard %d events, not %d; the first difference is at %d", h.path, len(got), len(want), i)
			}
		}
		return nil
	}
}
