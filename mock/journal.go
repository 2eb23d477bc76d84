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

// journal says what was asked and answered: in a line for people, in one for programs, and to whoever asks the server.
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
	_, _ = io.WriteString(j.log, lines) // who serves does not stop because nobody reads the log
}

// line returns what the access log says of an exchange. The query is left out because keys may stand in it.
func (x *exchange) line() string {
	r := x.request
	line := fmt.Sprintf("%s %s %d %v", r.Method, printable(escapedPath(r.URL)), x.status, time.Since(x.began).Round(time.Microsecond))
	for _, note := range x.notes {
		line += "  " + note
	}
	return line
}

// printable returns a path with whatever a terminal could obey percent-encoded.
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

// record records an exchange whose status is known. What a client asks of the server itself is not about the API.
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

// isSmall reports whether a content that nobody has asked for is read nevertheless, for the records: the client does not
// wait with it, and says that it is small.
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
