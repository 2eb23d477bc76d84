// Package mock serves the API that definitions describe, REST and events over one state.
//
// It answers one question: what does a server of this API answer to this request? All that it knows of the API comes from
// the model. It does not listen, which package serve does, so that a Go program can test with it: httptest.NewServer takes
// a Server. It is for development, where every client is trusted that can reach it; what it keeps out is web pages of
// other origins.
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
	api      *model.API
	options  Options
	base     []string // the steps before the paths of levels
	routes   *step
	titles   map[int]string // of problems
	decoder  *parameter.Decoder
	journal  *journal
	dice     *dice // nil where nothing goes wrong that is asked for
	now      func() time.Time
	sharing  *cors.Cors
	store    *state.Store
	file     *disk.File
	hub      *hub
	performs func(*call) (*answer, *problem)

	writeTimeout  time.Duration // of a message
	channelBases  [][]string    // the steps before the addresses of channels, which are served below base too
	channelRoutes *step
}

// New returns a server of the API. It errs where the options make no sense. The caller closes it.
func New(api *model.API, options Options) (*Server, error) {
	if err := options.check(); err != nil {
		return nil, err
	}
	base, err := basePath(api, options.Prefix)
	if err != nil {
		return nil, err
	}
	channels, err := channelBases(api)
	if err != nil {
		return nil, err
	}
	s := &Server{
		api: api, options: options, base: base, routes: newRoutes(api, base), titles: titlesOf(api),
		writeTimeout: writeTimeout, channelBases: channels, channelRoutes: newRoutes(api, append([][]string{base}, channels...)...),
		journal: &journal{log: options.Log, requests: options.Requests}, dice: newDice(&options), now: time.Now,
	}
	s.sharing = s.newSharing()
	if err := s.open(); err != nil {
		return nil, err
	}
	s.decoder, s.hub, s.performs = parameter.New(s.store.Validator()), newHub(s), s.perform
	return s, nil
}

// open opens the state, and fills it where there is none yet.
func (s *Server) open() error {
	o := s.options
	if o.Data != "" {
		var err error
		if s.file, err = disk.Open(o.Data); err != nil {
			return err
		}
	}
	if !o.Now.IsZero() {
		s.now = func() time.Time { return o.Now }
	}
	store, problems, err := state.New(s.api, state.Options{Random: o.Random, Now: s.now, File: s.file})
	if err != nil {
		return errors.Join(err, s.file.Close())
	}
	s.store = store
	for _, p := range append(problems, selectNothing(s.api)...) {
		s.journal.print(p.Error() + "\n")
	}
	if store.Seq() > 0 {
		return nil // as it was left
	}
	if o.Load != nil {
		if refusal := store.Restore(o.Load); refusal != nil {
			return errors.Join(refusal.Problems(o.Load), s.file.Close())
		}
	}
	store.Seed(o.Seed)
	return nil
}

// CloseChannels ends all connections to channels, accepts no other one, and returns when the last one has ended, which its
// client can delay for a few seconds.
func (s *Server) CloseChannels() { s.hub.close() }

// Close is CloseChannels, and writes what is still to be written. Requests that are being served may fail.
func (s *Server) Close() error {
	s.CloseChannels()
	return s.file.Close()
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := s.begin(w, r)
	defer x.end()
	s.serve(x)
}
