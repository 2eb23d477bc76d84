package mock

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
)

// step is where a path has led so far. Paths are told apart by their steps as they are meant, so that a key may hold
// whatever a client encodes: a slash, two dots, nothing.
type step struct {
	texts     map[string]*step
	parameter *step        // that any other text leads to; nil if none does
	level     *model.Level // that ends here, or nil
	base      int          // how many steps come before those of the level
}

// newRoutes returns where the paths of the API lead below each of the bases. Where two could mean the same path, the first
// base wins.
func newRoutes(api *model.API, bases ...[]string) *step {
	root := &step{}
	for _, base := range bases {
		at := root
		for _, text := range base {
			at = at.next(text)
		}
		for _, r := range api.Resources {
			for _, l := range r.Levels {
				at.add(l, len(base))
			}
		}
	}
	return root
}

func (s *step) add(l *model.Level, base int) {
	for _, segment := range l.Segments {
		if segment.Parameter == nil {
			s = s.next(segment.Text)
			continue
		}
		if s.parameter == nil {
			s.parameter = &step{}
		}
		s = s.parameter
	}
	if s.level == nil {
		s.level, s.base = l, base
	}
}

// next returns where a text leads, which is made if there is none.
func (s *step) next(text string) *step {
	if s.texts == nil {
		s.texts = map[string]*step{}
	}
	if s.texts[text] == nil {
		s.texts[text] = &step{}
	}
	return s.texts[text]
}

// find returns the step at a level that the texts lead to, or nil. A text of the API goes before a parameter, unless it
// leads nowhere.
func (s *step) find(texts []string) *step {
	if len(texts) == 0 {
		if s.level == nil {
			return nil
		}
		return s
	}
	if next := s.texts[texts[0]]; next != nil {
		if end := next.find(texts[1:]); end != nil {
			return end
		}
	}
	if s.parameter == nil {
		return nil
	}
	return s.parameter.find(texts[1:])
}

// route is what the path of a request leads to.
type route struct {
	level *model.Level
	keys  []string // what the path has for each of the level's parameters, percent-encoded as it was sent
}

// routeOf returns where the path of a request leads, or nil.
func (s *Server) routeOf(r *http.Request) *route {
	routes := s.routes
	if isUpgrade(r) || acceptsStream(r) {
		routes = s.channelRoutes
	}
	sent := strings.Split(escapedPath(r.URL)[1:], "/")
	meant := make([]string, len(sent))
	for i, text := range sent {
		var err error
		if meant[i], err = url.PathUnescape(text); err != nil {
			return nil // only for a URL that no server has parsed
		}
	}
	end := routes.find(meant)
	if end == nil {
		return nil
	}
	found := &route{level: end.level}
	for i, segment := range end.level.Segments {
		if segment.Parameter != nil {
			found.keys = append(found.keys, sent[end.base+i])
		}
	}
	return found
}

// escapedPath returns the path as it was sent. URL.EscapedPath gives that up where there is a character that should have
// been encoded, and with it the difference between a slash and %2F. An empty path is the same as / (RFC 9110, section 4.2.3).
func escapedPath(u *url.URL) string {
	if u.Path == "" {
		return "/"
	}
	if path, err := url.PathUnescape(u.RawPath); err == nil && path == u.Path {
		return u.RawPath
	}
	return u.EscapedPath()
}

// nothing returns the problem of a path that leads nowhere, with the most likely reason.
func (s *Server) nothing(u *url.URL) *problem {
	detail := "The API has no such path."
	path, base := escapedPath(u), s.BasePath()
	var known []string
	for _, r := range s.api.Resources {
		if r.Collection != nil && r.Parent == nil {
			known = append(known, base+r.Collection.Path)
		}
	}
	if path != base && !strings.HasPrefix(path, base+"/") {
		detail = "The paths of the API begin with " + base + "."
	} else if near, ok := name.Nearest(path, known); ok {
		detail = "The API has no such path. Did you mean " + near + "?"
	}
	return &problem{status: 404, detail: detail}
}
