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

// What a client may send and how long that and an answer may take: far more than what people try an API with.
const (
	maxContent     = 10 << 20  // bytes that are kept
	maxValues      = 500_000   // in a content: each takes some 150 bytes of memory, so that 10 MiB of nothing but values would take 700
	maxDiscarded   = 128 << 20 // bytes that are read of a content that is too large, because most clients only read the answer behind it
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

	limits  limits // of the content
	isRead  bool   // nothing is left of the content to read
	content []byte
	err     error // of reading it

	isControl bool // it is about the server itself
	isPage    bool // it is for somebody who looks at the server
	delay     time.Duration
	isBroken  bool // the answer is cut in half

	status  int      // that was answered; 0 before that
	failure *problem // that was answered, or nil
	notes   []string // for the access log
}

// begin starts an exchange. Where it is recorded all of the request is.
func (s *Server) begin(w http.ResponseWriter, r *http.Request) *exchange {
	x := &exchange{server: s, writer: w, request: r, began: time.Now(), limits: limits{maxContent, maxValues}}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if s.journal.requests != nil && !isControl(r) {
		x.read()
	}
	return x
}

// read returns the content of the request. It errs where it is too large, or did not arrive.
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
		return nil, errTooLarge // the client waits with the content
	}
	control := http.NewResponseController(x.writer)
	_ = control.SetReadDeadline(time.Now().Add(contentTimeout)) // errs where there is no connection, as in tests
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

// send answers the request, once. Header may be nil; without a body contentType does not count.
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
	x.record() // before the client goes on
	x.await()
	_ = http.NewResponseController(x.writer).SetWriteDeadline(time.Now().Add(answerTimeout))
	x.writer.WriteHeader(status)
	if x.request.Method != http.MethodHead {
		_, _ = x.writer.Write(body) // errs where the client has gone
	}
}

// begun answers with a status alone: what follows is written bit by bit.
func (x *exchange) begun(status int) {
	x.status = status
	x.record()
	x.writer.WriteHeader(status)
}

// refuse answers with a problem.
func (x *exchange) refuse(p *problem) {
	x.failure = p
	x.send(p.status, p.header, problemType, x.server.shown(p).AppendJSON(nil, ""))
}

// end logs the exchange. What a handler panics with is a problem of this request alone.
func (x *exchange) end() {
	cause := recover()
	if cause == http.ErrAbortHandler { // which means to end the connection and log nothing
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
