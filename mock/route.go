package mock

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
)

// step is a node of the routing tree. Paths are matched by their decoded segments, so a key may contain anything that a
// client encodes: a slash, two dots, nothing.
type step struct {
	texts     map[string]*step
	parameter *step        // for any other segment; may be nil
	level     *model.Level // that ends here, or nil
	base      int          // the number of segments before those of the level
}

// newRoutes returns the routing tree for the paths of the API below each of the bases. If two match the same path, the
// first base wins.
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

// next returns the child for a segment, creating it if necessary.
func (s *step) next(text string) *step {
	if s.texts == nil {
		s.texts = map[string]*step{}
	}
	if s.texts[text] == nil {
		s.texts[text] = &step{}
	}
	return s.texts[text]
}

// find returns the node at a level for the given segments, or nil. A literal segment takes precedence over a parameter,
// unless it leads nowhere.
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

// route is the match of a request's path.
type route struct {
	level *model.Level
	keys  []string // the value of each of the level's parameters, percent-encoded as sent
}

// routeOf returns the route of a request's path, or nil.
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

// escapedPath returns the path as it was sent. URL.EscapedPath does not if there is a character that should have been
// encoded, and so loses the difference between a slash and %2F. An empty path is the same as / (RFC 9110, section
// 4.2.3).
func escapedPath(u *url.URL) string {
	if u.Path == "" {
		return "/"
	}
	if path, err := url.PathUnescape(u.RawPath); err == nil && path == u.Path {
		return u.RawPath
	}
	return u.EscapedPath()
}

// nothing returns the problem for a path that leads nowhere, with the most likely reason.
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
