package mock

import (
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// journal says what was asked and answered: in a line for people, and in one for programs.
type journal struct {
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

// record writes an exchange for programs.
func (j *journal) record(x *exchange) {
	if j.requests == nil {
		return
	}
	r := x.request
	members := []value.Member{
		value.NewMember("method", value.String(r.Method)), value.NewMember("path", text(targetOf(r))),
		value.NewMember("headers", headersOf(r)), contentMember(x), value.NewMember("status", value.Int(x.status)),
	}
	line := append(value.Object(members...).AppendJSON(nil, ""), '\n')
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if _, err := j.requests.Write(line); err != nil && j.log != nil {
		fmt.Fprintf(j.log, "record a request: %v\n", err)
	}
}

// targetOf returns the path and the query of a request as they were sent.
func targetOf(r *http.Request) string {
	if r.RequestURI != "" {
		return r.RequestURI
	}
	return r.URL.RequestURI()
}

// headersOf returns the headers by name, each with all its lines.
func headersOf(r *http.Request) *model.Value {
	lines := map[string][]string{"Host": {r.Host}}
	maps.Copy(lines, r.Header)
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

// contentMember returns the content of a request: as text, as Base64 where it is not valid UTF-8, or null where it did not arrive.
func contentMember(x *exchange) value.Member {
	switch content, err := x.read(); {
	case err != nil:
		return value.NewMember("body", &value.Value{})
	case !utf8.Valid(content):
		return value.NewMember("body_base64", value.String(base64.StdEncoding.EncodeToString(content)))
	default:
		return value.NewMember("body", value.String(string(content)))
	}
}
