package mock

import (
	"net/http"
	"sync/atomic"

	"github.com/firestoned/firestone/model"
)

// Serving serves the current definitions, replacing the server whenever they change. It is an http.Handler, safe for
// concurrent use except for Succeed.
type Serving struct {
	now      atomic.Pointer[Server]
	isClosed atomic.Bool
}

// NewServing returns a Serving that starts with the given server.
func NewServing(server *Server) *Serving {
	s := &Serving{}
	s.now.Store(server)
	return s
}

// Server returns the current server.
func (s *Serving) Server() *Server { return s.now.Load() }

// ServeHTTP implements http.Handler.
func (s *Serving) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.Server().ServeHTTP(w, r) }

// Succeed replaces the server by one of another API; see Server.Succeed. announce is called with the new server before
// it gets a request.
func (s *Serving) Succeed(api *model.API, prefix string, documents Documents, announce func(*Server)) error {
	next, err := s.Server().Succeed(api, prefix, documents)
	if err != nil {
		return err
	}
	announce(next)
	s.now.Store(next)
	if s.isClosed.Load() {
		next.CloseChannels()
	}
	return nil
}

// CloseChannels closes the channels of the current server and its successors; see Server.CloseChannels.
func (s *Serving) CloseChannels() {
	s.isClosed.Store(true)
	s.Server().CloseChannels()
}
