package mock

import (
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Limits on the record of what clients sent.
const (
	maxRecords      = 1000
	maxRecordsBytes = 64 << 20 // of content
)

// record is something that a client sent, with its outcome: a request, or a message to a channel.
type record struct {
	number  uint64 // starts at 1 and increases by one
	time    time.Time
	method  string // empty for a message
	target  string // path and query as they were sent
	header  http.Header
	content []byte
	isLost  bool // the content did not arrive
	status  int  // 0 for a message
	problem *model.Value
}

// shown returns the record as JSON. Numbers and times are assigned by memory alone.
func (r *record) shown() *model.Value {
	shown := value.Object()
	if r.number > 0 {
		shown.Set("number", value.Int(int(r.number)))
		shown.Set("time", value.String(r.time.UTC().Format("2006-01-02T15:04:05.000Z07:00")))
	}
	if r.method != "" {
		shown.Set("method", value.String(r.method))
		shown.Set("path", text(r.target))
		shown.Set("headers", headersOf(r.header))
	} else {
		shown.Set("channel", text(r.target))
	}
	switch {
	case r.isLost:
		shown.Set("body", &value.Value{})
	case !utf8.Valid(r.content):
		shown.Set("body_base64", value.String(base64.StdEncoding.EncodeToString(r.content)))
	default:
		shown.Set("body", value.String(string(r.content)))
	}
	if r.status > 0 {
		shown.Set("status", value.Int(r.status))
	}
	if r.problem != nil {
		shown.Set("problem", r.problem)
	}
	return shown
}

// headersOf returns the headers by name, each with all its lines.
func headersOf(lines http.Header) *model.Value {
	var members []value.Member
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		var texts []*model.Value
		for _, line := range lines[name] {
			texts = append(texts, text(line))
		}
		members = append(members, value.NewMember(name, value.Array(texts...)))
	}
	return value.Object(members...)
}

// memory holds the most recent records: at most maxRecords, and at most maxRecordsBytes of content, except that the
// last one is always kept.
type memory struct {
	mutex   sync.Mutex
	records []*record
	bytes   int
	number  uint64 // of the last record
}

func (m *memory) add(r *record) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.number++
	r.number = m.number
	m.records = append(m.records, r)
	m.bytes += len(r.content)
	for len(m.records) > maxRecords || m.bytes > maxRecordsBytes && len(m.records) > 1 {
		m.bytes -= len(m.records[0].content)
		m.records[0] = nil
		m.records = m.records[1:]
	}
}

// behind returns the records after the one with that number.
func (m *memory) behind(number uint64) []*record {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	i, _ := slices.BinarySearchFunc(m.records, number+1, func(r *record, number uint64) int {
		switch {
		case r.number < number:
			return -1
		case r.number > number:
			return 1
		}
		return 0
	})
	return slices.Clone(m.records[i:])
}

// clear deletes all records, but keeps counting.
func (m *memory) clear() {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.records, m.bytes = nil, 0
}
