//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/coder/websocket"
)

// A load is what a mock is put under: requests at a steady rate and subscribers who hear of the changes, all from this
// process. Whatever is lost, told twice or out of order is an error.
type load struct {
	name         string
	seconds      int
	requests     int // a second
	writes       int // percent of them; the others read one record, or a page of twenty
	onCollection int // subscribers
	onInstances  int // subscribers, each on a record of its own
}

var loads = []load{
	{name: "2,000 requests/s, 10 % writes, 50 subscribers on a collection, 450 on instances", seconds: 60, requests: 2000, writes: 10, onCollection: 50, onInstances: 450},
	{name: "40 writes/s, 500 subscribers on a collection", seconds: 60, requests: 40, writes: 100, onCollection: 500},
}

// What a mock may take, on a machine of nominal speed.
const (
	mostOfARequest = 250 * time.Microsecond // of CPU
	mostOfAnEvent  = 20 * time.Microsecond
	mostMemory     = 200 // MiB
	firstAnswer    = 50 * time.Millisecond
)

// records is how many there are when the load begins.
const records = 500

const loaded = `kind: item
methods: {resource: [get, post], instance: [get, patch]}
default_query_params:
  - {name: limit, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
  - {name: offset, schema: {type: integer, minimum: 0, default: 0}}
schema:
  type: array
  key: {name: item_id, schema: {type: integer}}
  items:
    type: object
    required: [title, state]
    properties:
      title: {type: string, minLength: 1, maxLength: 300}
      state: {type: string, enum: [new, used, gone]}
      pages: {type: integer, minimum: 1}
      tags: {type: array, items: {type: string}, uniqueItems: true}
asyncapi: {envelope: cloudevents, servers: {dev: {url: "ws://localhost:8080", protocol: ws}}}
`

// A mock is a server that was started.
type mock struct {
	command *exec.Cmd
	url     string
	log     bytes.Buffer
}

// startMock starts a mock of a definition and returns when it answers.
func startMock(firestone, folder, definition string) (*mock, error) {
	ready := filepath.Join(folder, "ready")
	_ = os.Remove(ready) // mostly there is none
	m := &mock{command: exec.Command(firestone, "mock", definition, "--listen", "127.0.0.1:0", "--ready-file", ready)}
	m.command.Stderr = &m.log
	if err := m.command.Start(); err != nil {
		return nil, err
	}
	for range 5000 {
		if text, err := os.ReadFile(ready); err == nil {
			m.url = strings.TrimSpace(string(text))
			response, err := http.Get(m.url + "/items")
			if err != nil {
				return nil, err
			}
			return m, response.Body.Close()
		}
		time.Sleep(time.Millisecond)
	}
	return nil, fmt.Errorf("the mock does not listen: %s", m.stop())
}

// stop stops the mock and returns what it has printed.
func (m *mock) stop() string {
	_ = m.command.Process.Signal(syscall.SIGTERM)
	_ = m.command.Wait()
	return lastLines(m.log.String(), 5)
}

// cpu returns what the mock has used so far.
func (m *mock) cpu() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", m.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+2:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond, nil // in hundredths of a second
}

// benchMock prints what a mock takes to start and under load, and returns the limits that are broken.
func benchMock(firestone, folder string) (broken []string, err error) {
	definition := filepath.Join(folder, "item.yaml")
	if err := os.WriteFile(definition, []byte(loaded), 0o600); err != nil {
		return nil, err
	}
	took := spread{}
	before := machineSpeed()
	if took, err = timeStart(firestone, folder, definition); err != nil {
		return nil, err
	}
	slower := (before + machineSpeed()) / 2
	fmt.Printf("\nmock, first answer: %s, limit %s, machine %.2f\n", milliseconds(took.median), milliseconds(firstAnswer), slower)
	if took.lower > time.Duration(float64(firstAnswer)*slower) {
		broken = append(broken, "the first answer of a mock took "+milliseconds(took.median))
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\trequests\tevents\tcpu s\tlimit\tmachine\tus/request\tus/event\tpeak MiB\tlimit\t")
	for _, l := range loads {
		line, wrong, err := l.run(firestone, folder, definition)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.name, err)
		}
		fmt.Fprintln(table, line)
		broken = append(broken, wrong...)
	}
	return broken, table.Flush()
}

// timeStart returns how long it takes from the start of a mock to its first answer.
func timeStart(firestone, folder, definition string) (spread, error) {
	var walls []time.Duration
	for range 21 {
		start := time.Now()
		m, err := startMock(firestone, folder, definition)
		if err != nil {
			return spread{}, err
		}
		walls = append(walls, time.Since(start))
		m.stop()
	}
	return spreadOf(walls), nil
}

// A crowd is the clients of one mock.
type crowd struct {
	load
	mock    *mock
	client  *http.Client
	mutex   sync.Mutex
	changes map[uint64]string // the path of what was changed, by number
	events  atomic.Int64
	errs    chan error
}

// run puts a mock under the load.
func (l load) run(firestone, folder, definition string) (line string, broken []string, err error) {
	before := machineSpeed()
	m, err := startMock(firestone, folder, definition)
	if err != nil {
		return "", nil, err
	}
	defer m.stop()
	c := &crowd{
		load: l, mock: m, changes: map[uint64]string{}, errs: make(chan error, 1),
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
	}
	for range records {
		if err := c.write(http.MethodPost, "/items"); err != nil {
			return "", nil, err
		}
	}
	first := uint64(records)
	heard, err := c.subscribe()
	if err != nil {
		return "", nil, err
	}
	used, err := m.cpu()
	if err != nil {
		return "", nil, err
	}
	if err := c.request(); err != nil {
		return "", nil, err
	}
	if err := c.expect(heard, first); err != nil {
		return "", nil, err
	}
	cpu, err := m.cpu()
	if err != nil {
		return "", nil, err
	}
	cpu -= used
	slower := (before + machineSpeed()) / 2
	requests, events := l.requests*l.seconds, int(c.events.Load())
	most := time.Duration(float64(time.Duration(requests)*mostOfARequest+time.Duration(events)*mostOfAnEvent) * slower)
	if printed := m.stop(); m.command.ProcessState.ExitCode() != 0 {
		return "", nil, fmt.Errorf("the mock failed: %s", printed)
	}
	memory := residentMiB(m.command.ProcessState)
	if cpu > most {
		broken = append(broken, fmt.Sprintf("%s took %.1f s of CPU, the limit is %.1f", l.name, cpu.Seconds(), most.Seconds()))
	}
	if memory > mostMemory {
		broken = append(broken, fmt.Sprintf("%s took %d MiB, the limit is %d", l.name, memory, mostMemory))
	}
	each := func(n int) string { return strconv.FormatInt(cpu.Microseconds()/int64(max(1, n)), 10) }
	return fmt.Sprintf("%s\t%d\t%d\t%.1f\t%.1f\t%.2f\t%s\t%s\t%d\t%d\t", l.name, requests, events, cpu.Seconds(), most.Seconds(), slower,
		each(requests), each(events), memory, mostMemory), broken, nil
}

// write changes something and notes the number of the change.
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

// request sends all requests at their rate.
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

// hearing is what one subscriber has heard.
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
			return // the mock stops; what is missing is found out
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

// expect waits until all have heard all that they are to hear, and makes sure that it was that, each once and in order.
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
