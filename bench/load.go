//go:build unix

package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// A load is put on a mock: requests at a steady rate and subscribers to the changes, all from this process. Anything
// lost, duplicated or out of order is an error.
type load struct {
	name         string
	seconds      int
	requests     int // per second
	writes       int // percent of them; the others read one record, or a page of twenty
	onCollection int // subscribers
	onInstances  int // subscribers, each on a different record
}

var loads = []load{
	{name: "2,000 requests/s, 10 % writes, 50 subscribers on a collection, 450 on instances", seconds: 60, requests: 2000, writes: 10, onCollection: 50, onInstances: 450},
	{name: "40 writes/s, 500 subscribers on a collection", seconds: 60, requests: 40, writes: 100, onCollection: 500},
}

// The limits of a mock, on a machine of nominal speed.
const (
	maxPerRequest = 250 * time.Microsecond // of CPU
	maxPerEvent   = 20 * time.Microsecond
	maxMockMemory = 200 // MiB
	firstAnswer   = 50 * time.Millisecond
)

// records is the number of records when the load begins.
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

// A mockResult is the measurement of a mock.
type mockResult struct {
	start  spread  // until its first answer
	slower float64 // how much slower than nominal the machine was then
	loads  []loadResult
}

// A loadResult is the measurement of a mock under a load.
type loadResult struct {
	load
	sent, heard int           // requests, events
	cpu         time.Duration // of the mock alone
	memory      int64         // MiB
	slower      float64
}

// most returns the CPU time that the mock may use for the load.
func (r loadResult) most() time.Duration {
	return time.Duration(float64(time.Duration(r.sent)*maxPerRequest+time.Duration(r.heard)*maxPerEvent) * r.slower)
}

// each returns the CPU time for each of n requests or events, if the mock did nothing else.
func (r loadResult) each(n int) time.Duration { return r.cpu / time.Duration(max(1, n)) }

// measureMock measures the start of a mock and its behaviour under each load. It prints each result.
func (b bench) measureMock(out terminal) (mockResult, error) {
	definition := filepath.Join(b.folder, "item.yaml")
	if err := os.WriteFile(definition, []byte(loaded), 0o600); err != nil {
		return mockResult{}, err
	}
	var m mockResult
	var err error
	if m.slower, err = slowerDuring(func() (err error) {
		m.start, err = b.timeStart(definition)
		return err
	}); err != nil {
		return mockResult{}, err
	}
	out.mockStart(m)
	for _, l := range loads {
		if b.quick {
			l.seconds = 1
		}
		var r loadResult
		slower, err := slowerDuring(func() (err error) {
			r, err = l.run(b.firestone, b.folder, definition)
			return err
		})
		if err != nil {
			return mockResult{}, fmt.Errorf("%s: %w", l.name, err)
		}
		r.slower = slower
		out.load(r)
		m.loads = append(m.loads, r)
	}
	return m, nil
}

// brokenMock returns the limits that a mock exceeds.
func brokenMock(m mockResult) (broken []string) {
	if float64(m.start.lower) > float64(firstAnswer)*m.slower {
		broken = append(broken, "the first answer of a mock took "+milliseconds(m.start.median))
	}
	for _, r := range m.loads {
		if r.cpu > r.most() {
			broken = append(broken, fmt.Sprintf("%s took %.1f s of CPU, the limit is %.1f", r.name, r.cpu.Seconds(), r.most().Seconds()))
		}
		if r.memory > maxMockMemory {
			broken = append(broken, fmt.Sprintf("%s took %d MiB, the limit is %d", r.name, r.memory, maxMockMemory))
		}
	}
	return broken
}

// run puts the load on a mock.
func (l load) run(firestone, folder, definition string) (loadResult, error) {
	m, err := startMock(firestone, folder, definition)
	if err != nil {
		return loadResult{}, err
	}
	defer m.stop()
	c := &crowd{
		load: l, mock: m, changes: map[uint64]string{}, errs: make(chan error, 1),
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
	}
	for range records {
		if err := c.write(http.MethodPost, "/items"); err != nil {
			return loadResult{}, err
		}
	}
	first := uint64(records)
	heard, err := c.subscribe()
	if err != nil {
		return loadResult{}, err
	}
	used, err := m.cpu()
	if err != nil {
		return loadResult{}, err
	}
	if err := c.request(); err != nil {
		return loadResult{}, err
	}
	if err := c.expect(heard, first); err != nil {
		return loadResult{}, err
	}
	cpu, err := m.cpu()
	if err != nil {
		return loadResult{}, err
	}
	r := loadResult{load: l, sent: l.requests * l.seconds, heard: int(c.events.Load()), cpu: cpu - used}
	peak, err := peakKiB(strconv.Itoa(m.command.Process.Pid))
	if err != nil {
		return loadResult{}, err
	}
	r.memory = peak >> 10
	if printed := m.stop(); m.command.ProcessState.ExitCode() != 0 {
		return loadResult{}, fmt.Errorf("the mock failed: %s", printed)
	}
	return r, nil
}
