package mock

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/rs/cors"
)

// newSharing returns the CORS handler, which lets allowed pages read responses (Fetch standard, section 3.2).
func (s *Server) newSharing() *cors.Cors {
	return cors.New(cors.Options{
		AllowOriginVaryRequestFunc: func(r *http.Request, _ string) (bool, []string) { return s.originAllowed(r), nil },
		AllowedMethods:             []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"},
		AllowedHeaders:             []string{"*"}, // a refused preflight would hide what is wrong with a request from its author
		ExposedHeaders:             []string{"ETag", "Link", "Location", "X-Total-Count", "Retry-After", lastEventID, "Preference-Applied"},
		AllowCredentials:           true,
		MaxAge:                     600, // seconds
		OptionsPassthrough:         true,
	})
}

// originAllowed reports whether a request comes from a page that may use the server, or from no page at all: from a
// page of the same origin, of this machine, or of an allowed origin.
func (s *Server) originAllowed(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	same := func(other string) bool { return other == "*" || strings.EqualFold(other, origin) }
	if slices.ContainsFunc(s.options.Origins, same) {
		return true
	}
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return false
	}
	return strings.EqualFold(u.Host, r.Host) || isLoopback(hostname(u.Host))
}

// mayChange reports whether a method can change something (RFC 9110, section 9.2.1).
func mayChange(method string) bool {
	return method != http.MethodGet && method != http.MethodHead && method != http.MethodOptions
}

// isPreflight reports whether a request is a CORS preflight.
func isPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Origin") != "" && r.Header.Get("Access-Control-Request-Method") != ""
}
