package mock

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"
)

// Limits on what a client may send and how long that and the response may take: far beyond normal use.
const (
	maxContent     = 10 << 20  // bytes kept
	maxValues      = 500_000   // in one content: each takes some 150 bytes of memory, so 10 MiB of nothing but values would take 700 MiB
	maxDiscarded   = 128 << 20 // bytes read of oversized content, because most clients read the response only after sending all of it
	contentTimeout = time.Minute
	answerTimeout  = time.Minute
)

var errTooLarge = errors.New("too large")

// exchange is one request and its answer.
type exchange struct {
	server  *Server
	writer  http.ResponseWriter
	request *http.Request
	began   time.Time

	limits  limits // for the content
	isRead  bool   // the content was read completely
	content []byte
	err     error // of reading it

	isControl bool // it is for the server itself
	isPage    bool // it is for a person looking at the server
	delay     time.Duration
	isBroken  bool // the response is cut off halfway

	status  int      // status sent; 0 before that
	failure *problem // problem sent, or nil
	notes   []string // for the access log
}

// begin starts an exchange. If exchanges are recorded, it reads the content.
func (s *Server) begin(w http.ResponseWriter, r *http.Request) *exchange {
	x := &exchange{server: s, writer: w, request: r, began: time.Now(), limits: limits{maxContent, maxValues}}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if s.journal.requests != nil && !isControl(r) {
		x.read()
	}
	return x
}

// read returns the content of the request. It fails if the content is too large or did not arrive.
func (x *exchange) read() ([]byte, error) {
	if !x.isRead {
		x.isRead = true
		x.content, x.err = x.readContent()
	}
	return x.content, x.err
}

func (x *exchange) readContent() ([]byte, error) {
	r := x.request
	most := int64(x.limits.bytes)
	if r.ContentLength > most && r.Header.Get("Expect") != "" {
		return nil, errTooLarge // the client is waiting to send its content
	}
	control := http.NewResponseController(x.writer)
	_ = control.SetReadDeadline(time.Now().Add(contentTimeout)) // fails if there is no connection, as in tests
	defer func() { _ = control.SetReadDeadline(time.Time{}) }()
	if r.ContentLength <= most {
		content, err := io.ReadAll(io.LimitReader(r.Body, most+1))
		if err != nil || int64(len(content)) <= most {
			return content, err
		}
	}
	_, _ = io.CopyN(io.Discard, r.Body, maxDiscarded)
	return nil, errTooLarge
}

// send sends the response, once. header may be nil; without a body, contentType is ignored.
func (x *exchange) send(status int, header http.Header, contentType string, body []byte) {
	if x.isBroken {
		body = body[:len(body)/2]
	}
	h := x.writer.Header()
	for name, values := range header {
		for _, value := range values {
			h.Add(name, value)
		}
	}
	if hasContent := status != http.StatusNoContent && status != http.StatusNotModified; hasContent {
		h.Set("Content-Length", strconv.Itoa(len(body)))
		if len(body) > 0 {
			h.Set("Content-Type", contentType)
		}
	}
	x.status = status
	x.record() // before the client continues
	x.await()
	_ = http.NewResponseController(x.writer).SetWriteDeadline(time.Now().Add(answerTimeout))
	x.writer.WriteHeader(status)
	if x.request.Method != http.MethodHead {
		_, _ = x.writer.Write(body) // fails if the client has gone
	}
}

// begun sends only the status; the body is written piece by piece.
func (x *exchange) begun(status int) {
	x.status = status
	x.record()
	x.writer.WriteHeader(status)
}

// refuse responds with a problem.
func (x *exchange) refuse(p *problem) {
	x.failure = p
	x.send(p.status, p.header, problemType, x.server.shown(p).AppendJSON(nil, ""))
}

// end logs the exchange. A panic of a handler becomes a problem for this request alone.
func (x *exchange) end() {
	cause := recover()
	if cause == http.ErrAbortHandler { // which closes the connection without logging
		panic(cause)
	}
	if cause != nil {
		x.server.journal.print(fmt.Sprintf("panic: %v\n%s", cause, debug.Stack()))
		if x.status == 0 {
			x.refuse(&problem{status: http.StatusInternalServerError, detail: "The mock server failed; its log says where."})
		}
	}
	if x.server.journal.log != nil && !x.isPage {
		x.server.journal.print(x.line() + "\n")
	}
}
