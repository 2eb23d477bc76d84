package mock

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"
)

// journal records requests and responses: as lines for people, as JSON lines for programs, and for clients of the
// control paths.
type journal struct {
	memory   memory
	mutex    sync.Mutex
	log      io.Writer // or nil
	requests io.Writer // or nil
}

// print writes whole lines for people.
func (j *journal) print(lines string) {
	if j.log == nil {
		return
	}
	j.mutex.Lock()
	defer j.mutex.Unlock()
	_, _ = io.WriteString(j.log, lines) // failing to log does not stop the server
}

// line returns the access log line of an exchange, without the query, which may contain keys.
func (x *exchange) line() string {
	r := x.request
	line := fmt.Sprintf("%s %s %d %v", r.Method, printable(escapedPath(r.URL)), x.status, time.Since(x.began).Round(time.Microsecond))
	for _, note := range x.notes {
		line += "  " + note
	}
	return line
}

// printable returns a path with the characters that control a terminal percent-encoded.
func printable(path string) string {
	var b strings.Builder
	for i := range len(path) {
		if c := path[i]; c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// write writes a record for programs.
func (j *journal) write(r *record) {
	if j.requests == nil {
		return
	}
	line := append(r.shown().AppendJSON(nil, ""), '\n')
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if _, err := j.requests.Write(line); err != nil && j.log != nil {
		fmt.Fprintf(j.log, "record a request: %v\n", err)
	}
}

// record records an exchange whose status is known. Requests for the server itself are not recorded.
func (x *exchange) record() {
	if x.isControl {
		return
	}
	s, r := x.server, x.request
	made := &record{time: s.now(), method: r.Method, target: targetOf(r), header: http.Header{"Host": {r.Host}}, status: x.status}
	maps.Copy(made.header, r.Header)
	if x.isRead || s.journal.requests != nil || isSmall(r) {
		content, err := x.read()
		made.content, made.isLost = content, err != nil
	} else {
		made.isLost = r.ContentLength != 0
	}
	if x.failure != nil {
		made.problem = s.shown(x.failure)
	}
	s.journal.write(made)
	s.journal.memory.add(made)
}

// isSmall reports whether unread content is nevertheless read for the records: the client sends it without waiting, and
// declares it small.
func isSmall(r *http.Request) bool {
	return r.ContentLength > 0 && r.ContentLength <= 64<<10 && r.Header.Get("Expect") == ""
}

// targetOf returns the path and the query of a request as they were sent.
func targetOf(r *http.Request) string {
	if r.RequestURI != "" {
		return r.RequestURI
	}
	return r.URL.RequestURI()
}
