package mock

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/coder/websocket"
)

const (
	maxMessage   = 1 << 20 // bytes
	writeTimeout = 10 * time.Second
	pingInterval = 30 * time.Second
	pongTimeout  = 30 * time.Second
)

// serveSocket speaks WebSocket with a subscriber until one of them closes the connection.
func (s *Server) serveSocket(x *exchange, sub *subscriber) {
	x.status = http.StatusSwitchingProtocols
	x.record()
	conn, err := websocket.Accept(x.writer, x.request, &websocket.AcceptOptions{
		InsecureSkipVerify: true, // origins were checked before, by the rules for all requests
	})
	if err != nil {
		return // Accept has responded
	}
	conn.SetReadLimit(maxMessage)
	ctx, cancel := context.WithCancel(s.hub.ctx)
	defer cancel()
	go func() {
		defer cancel()
		receive(ctx, conn, sub)
	}()
	go ping(ctx, conn, cancel)
	why := sub.run(ctx, func(m *message) error {
		ctx, cancel := context.WithTimeout(ctx, s.writeTimeout)
		defer cancel()
		return conn.Write(ctx, websocket.MessageText, m.text)
	})
	if why == nil {
		_ = conn.CloseNow() // it is closed already, or unusable
		return
	}
	_ = conn.Close(websocket.StatusCode(why.code), why.reason)
}

// receive handles the messages of a client until there are no more.
func receive(ctx context.Context, conn *websocket.Conn, sub *subscriber) {
	for {
		kind, text, err := conn.Read(ctx)
		switch {
		case err != nil:
			return
		case kind != websocket.MessageText:
			_ = conn.Close(closeBinary, "messages must be text")
			return
		case sub.publisher != nil:
			sub.publisher.publish(text)
		}
	}
}

// ping checks whether a client is still there.
func ping(ctx context.Context, conn *websocket.Conn, lost func()) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pingInterval):
		}
		waiting, cancel := context.WithTimeout(ctx, pongTimeout)
		err := conn.Ping(waiting)
		cancel()
		if err != nil && !errors.Is(err, context.Canceled) {
			lost()
			return
		}
	}
}

// streamType is the media type of server-sent events.
const streamType = "text/event-stream"

// serveStream sends a subscriber its messages as server-sent events (HTML Standard, section 9.2).
func (s *Server) serveStream(x *exchange, sub *subscriber) {
	control := http.NewResponseController(x.writer)
	h := x.writer.Header()
	h.Set("Content-Type", streamType)
	h.Set("Cache-Control", "no-store")
	x.begun(http.StatusOK)
	_ = control.Flush()
	ctx, cancel := context.WithCancel(x.request.Context())
	defer cancel()
	defer context.AfterFunc(s.hub.ctx, func() {
		cancel()
		_ = control.SetWriteDeadline(time.Now())
	})()
	sub.run(ctx, func(m *message) error {
		_ = control.SetWriteDeadline(time.Now().Add(s.writeTimeout))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if _, err := x.writer.Write(asEvent(m)); err != nil {
			return err
		}
		return control.Flush()
	})
	_ = control.SetWriteDeadline(time.Now().Add(s.writeTimeout)) // for the end of the stream: the deadline of the last message may have passed
}

// asEvent returns a message as a server-sent event. Its JSON has no line breaks, because strings escape them.
func asEvent(m *message) []byte {
	event := []byte("data: ")
	if m.id != 0 {
		event = append(strconv.AppendUint([]byte("id: "), m.id, 10), "\ndata: "...)
	}
	return append(append(event, m.text...), "\n\n"...)
}
