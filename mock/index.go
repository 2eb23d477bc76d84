package mock

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// index responds at / with the paths of the API, which has no such path itself.
func (s *Server) index(x *exchange) {
	if !isRead(x) {
		return
	}
	accept := x.request.Header.Values("Accept")
	text, object, page := quality(accept, "text/plain"), quality(accept, "application/json"), quality(accept, "text/html")
	vary := http.Header{"Vary": {"Accept"}}
	switch {
	case text == 0 && object == 0 && page == 0:
		x.refuse(&problem{status: http.StatusNotAcceptable, detail: "Only text/html, text/plain and application/json are available.", header: vary})
	case page > text && page >= object:
		s.showPage(x, s.overview)
	case object > text:
		x.send(http.StatusOK, vary, "application/json", s.indexObject())
	default:
		x.send(http.StatusOK, vary, "text/plain; charset=utf-8", s.indexText())
	}
}

// indexText lists the paths with their methods, for people.
func (s *Server) indexText() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n\n", s.api.Title, s.api.Version)
	width := 0
	for _, p := range s.paths() {
		width = max(width, len(p.path))
	}
	for _, p := range s.paths() {
		fmt.Fprintf(&b, "%-*s  %s\n", width, p.path, p.methods)
	}
	return []byte(b.String())
}

// indexObject lists the paths with their methods, for programs.
func (s *Server) indexObject() []byte {
	var members []value.Member
	for _, p := range s.paths() {
		members = append(members, value.NewMember(p.path, value.Strings(strings.Split(p.methods, ", ")...)))
	}
	return value.Object(
		value.NewMember("title", value.String(s.api.Title)), value.NewMember("version", value.String(s.api.Version)),
		value.NewMember("paths", value.Object(members...))).AppendJSON(nil, "")
}

// servedPath is a path of the API and its methods.
type servedPath struct{ path, methods string }

func (s *Server) paths() []servedPath {
	var all []servedPath
	for _, r := range s.api.Resources {
		for _, l := range r.Levels {
			all = append(all, servedPath{s.BasePath() + l.Path, methodsAt(l).Get("Allow")})
		}
	}
	return all
}
