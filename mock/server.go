// Package mock serves the API that definitions describe, REST and events over one shared state.
//
// It answers one question: what does a server of this API respond to this request? All that it knows of the API comes
// from the model. It does not listen, which package serve does, so that a Go program can test with it:
// httptest.NewServer takes a Server. It is for development, where every client that can reach it is trusted; what it
// keeps out is web pages of other origins.
package mock

import (
	"errors"
	"net/http"
	"time"

	"github.com/rs/cors"

	"github.com/firestoned/firestone/mock/disk"
	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/mock/state"
	"github.com/firestoned/firestone/model"
)

// Server serves an API. It is an http.Handler, safe for concurrent use.
type Server struct {
	*shared
	api      *model.API
	base     []string // the segments before the paths of levels
	routes   *step
	titles   map[int]string // of problems
	decoder  *parameter.Decoder
	sharing  *cors.Cors
	store    *state.Store
	site     *site
	hub      *hub
	performs func(*call) (*answer, *problem)

	writeTimeout  time.Duration // of a message
	channelBases  [][]string    // the segments before the addresses of channels, which are served below base as well
	channelRoutes *step
}

// shared is what a server hands over to its successor.
type shared struct {
	options Options
	now     func() time.Time
	journal *journal
	dice    *dice // nil if no faults are injected
	file    *disk.File
}

// New returns a server of the API. It errs if the options are not valid. The caller closes it.
func New(api *model.API, options Options) (*Server, error) {
	if err := options.check(); err != nil {
		return nil, err
	}
	s, err := newServer(api, &shared{
		options: options, now: time.Now, journal: &journal{log: options.Log, requests: options.Requests}, dice: newDice(&options),
	})
	if err != nil {
		return nil, err
	}
	if !options.Now.IsZero() {
		s.now = func() time.Time { return options.Now }
	}
	if options.Data != "" {
		if s.file, err = disk.Open(options.Data); err != nil {
			return nil, err
		}
	}
	if err := s.open(nil); err != nil {
		return nil, errors.Join(err, s.file.Close())
	}
	if err := s.fill(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// newServer returns a server of the API without state.
func newServer(api *model.API, of *shared) (*Server, error) {
	base, err := basePath(api, of.options.Prefix)
	if err != nil {
		return nil, err
	}
	channels, err := channelBases(api)
	if err != nil {
		return nil, err
	}
	s := &Server{
		shared: of, api: api, base: base, routes: newRoutes(api, base), titles: titlesOf(api),
		writeTimeout: writeTimeout, channelBases: channels, channelRoutes: newRoutes(api, append([][]string{base}, channels...)...),
	}
	s.sharing, s.site = s.newSharing(), newSite(s, of.options.Documents)
	return s, nil
}

// open starts with the state of the file; without a file, with the rows.
func (s *Server) open(rows []disk.Row) error {
	store, problems, err := state.New(s.api, state.Options{Random: s.options.Random, Now: s.now, File: s.file, Rows: rows})
	if err != nil {
		return err
	}
	for _, p := range append(problems, selectNothing(s.api)...) {
		s.journal.print(p.Error() + "\n")
	}
	s.store, s.decoder = store, parameter.New(store.Validator())
	s.hub, s.performs = newHub(s), s.perform
	return nil
}

// fill creates the initial records, unless the state was ever written.
func (s *Server) fill() error {
	if s.store.Seq() > 0 {
		return nil // as it was left
	}
	if listed := s.options.Load; listed != nil {
		if refusal := s.store.Restore(listed); refusal != nil {
			return refusal.Problems(listed)
		}
	}
	s.store.Seed(s.options.Seed)
	return nil
}

// Succeed returns a server of another API, with the given prefix and documents, that replaces this one. It takes over
// the state as far as it is still valid; the log says what is not. This one is closed: it refuses changes, its channels
// are closed, and only the new server needs to be closed. If it errs because the API cannot be served, this one
// continues.
func (s *Server) Succeed(api *model.API, prefix string, documents Documents) (*Server, error) {
	handed := *s.shared
	handed.options.Prefix, handed.options.Documents = prefix, documents
	if err := handed.options.check(); err != nil {
		return nil, err
	}
	next, err := newServer(api, &handed)
	if err != nil {
		return nil, err
	}
	if err := next.open(s.store.End()); err != nil {
		return nil, err
	}
	go s.hub.close(&ending{closeRestart, "the definitions have changed"})
	return next, nil
}

// API returns the API that the server serves.
func (s *Server) API() *model.API { return s.api }

// CloseChannels closes all connections to channels, accepts no more, and returns once the last one is closed, which a
// client can delay by a few seconds.
func (s *Server) CloseChannels() { s.hub.close(&ending{closeStopping, "the server stops"}) }

// Close closes all channels like CloseChannels, and writes pending changes. Requests in flight may fail.
func (s *Server) Close() error {
	s.CloseChannels()
	return s.file.Close()
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := s.begin(w, r)
	defer x.end()
	s.serve(x)
}
