package serve

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// The limits of a server. A handler sets those for content and responses itself, because some responses never end.
const (
	headerTimeout = 10 * time.Second // for TLS and the headers of a request
	idleTimeout   = 2 * time.Minute
	maxHeader     = 64 << 10 // bytes
	maxNewcomers  = 1000     // connections without a request
	stopTimeout   = 4 * time.Second
)

// Serve answers requests with the handler until ctx is done, then stops within five seconds and returns nil. The
// contexts of requests are done when ctx is, so that endless responses can end; connections that a handler has hijacked
// are its own to close. Connection errors are written to problems.
func (l *Listener) Serve(ctx context.Context, handler http.Handler, problems io.Writer) error {
	waiting := newNewcomers(maxNewcomers)
	server := &http.Server{
		Handler: handler, TLSConfig: l.tls, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ConnState: waiting.follow, ErrorLog: log.New(problems, "", 0), BaseContext: func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() {
		if l.tls != nil {
			ended <- server.ServeTLS(l.listener, "", "")
		} else {
			ended <- server.Serve(l.listener)
		}
	}()
	select {
	case err := <-ended:
		_ = server.Close()
		return err
	case <-ctx.Done():
	}
	rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	waiting.close()
	if err := server.Shutdown(rest); errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return nil
}
