package mock

import (
	"net/http"
	"sync/atomic"

	"github.com/firestoned/firestone/model"
)

// Serving is the server of definitions as they are now: each one takes the place of the one before. It is an http.Handler,
// safe for concurrent use but for Succeed.
type Serving struct {
	now      atomic.Pointer[Server]
	isClosed atomic.Bool
}

// NewServing serves with a server until another one takes its place.
func NewServing(server *Server) *Serving {
	s := &Serving{}
	s.now.Store(server)
	return s
}

// Server returns the one that serves now.
func (s *Serving) Server() *Server { return s.now.Load() }

// ServeHTTP implements http.Handler.
func (s *Serving) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.Server().ServeHTTP(w, r) }

// Succeed serves another API, as Server.Succeed has it. announce is told of the new server before that gets a request.
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

// CloseChannels closes those of the server, and of those that take its place, as Server.CloseChannels has it.
func (s *Serving) CloseChannels() {
	s.isClosed.Store(true)
	s.Server().CloseChannels()
}
