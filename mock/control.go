package mock

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// controlPath is the prefix of the server's own paths. No resource can have this name.
const controlPath = "/_mock/"

// control handles a method at one of the server's own paths. It returns the response body, nil for none.
type control func(*Server, *exchange) (*model.Value, *problem)

// controlsAt returns the controls at one of the server's own paths, by method, or nil.
func controlsAt(path string) map[string]control {
	switch path {
	case "health":
		return map[string]control{"GET": (*Server).health}
	case "state":
		return map[string]control{"GET": (*Server).snapshot, "PUT": (*Server).putState, "DELETE": (*Server).deleteState}
	case "requests":
		return map[string]control{"GET": (*Server).recorded, "DELETE": (*Server).forget}
	case "sockets":
		return map[string]control{"GET": (*Server).sockets, "DELETE": (*Server).cutSockets}
	}
	return nil
}

// isControl reports whether a request is for the server itself.
func isControl(r *http.Request) bool {
	return strings.HasPrefix(escapedPath(r.URL), controlPath)
}

// control answers a request for the server itself. Pages of other origins have no access.
func (s *Server) control(x *exchange) {
	r := x.request
	x.isControl = true
	if page := s.site.pageAt(strings.TrimPrefix(escapedPath(r.URL), controlPath)); page != nil {
		s.showPage(x, page)
		return
	}
	x.writer.Header().Set("Cache-Control", "no-store")
	if failure := s.mayControl(r); failure != nil {
		x.refuse(failure)
		return
	}
	methods := controlsAt(strings.TrimPrefix(escapedPath(r.URL), controlPath))
	if methods == nil {
		x.refuse(&problem{status: http.StatusNotFound, detail: "The server has no endpoint at this path. Its endpoints are /_mock/health, /_mock/state, /_mock/requests and /_mock/sockets."})
		return
	}
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	do := methods[method]
	switch {
	case r.Method == http.MethodOptions:
		x.send(http.StatusNoContent, allowed(methods), "", nil)
		return
	case do == nil:
		x.refuse(&problem{status: http.StatusMethodNotAllowed, detail: "The path does not support this method.", header: allowed(methods)})
		return
	}
	shown, failure := do(s, x)
	switch {
	case failure != nil:
		x.refuse(failure)
	case shown == nil:
		x.send(http.StatusNoContent, http.Header{lastEventID: {strconv.FormatUint(s.store.Seq(), 10)}}, "", nil)
	default:
		x.send(http.StatusOK, nil, "application/json", shown.AppendJSON(nil, ""))
	}
}

func allowed(methods map[string]control) http.Header {
	var names []string
	for _, name := range []string{"GET", "HEAD", "PUT", "DELETE", "OPTIONS"} {
		if methods[name] != nil || name == http.MethodHead || name == http.MethodOptions {
			names = append(names, name)
		}
	}
	return http.Header{"Allow": {strings.Join(names, ", ")}}
}

// mayControl refuses requests from pages of other origins, even those that may use the API, and, if the server has
// tokens, requests without one of them.
func (s *Server) mayControl(r *http.Request) *problem {
	asChange := r.WithContext(r.Context())
	asChange.Method = http.MethodPost // reading is restricted to the server's own pages, too
	if new(http.CrossOriginProtection).Check(asChange) != nil {
		return &problem{status: http.StatusForbidden, detail: "Pages from other origins cannot control this server."}
	}
	if len(s.options.Tokens) == 0 {
		return nil
	}
	_, password, _ := r.BasicAuth()
	given := []string{authorizationOf("Bearer", r), password}
	if slices.ContainsFunc(s.options.Tokens, func(token Token) bool {
		return slices.ContainsFunc(given, func(text string) bool { return text != "" && isSameSecret(text, token.Text) })
	}) {
		return nil
	}
	return &problem{
		status: http.StatusUnauthorized, detail: "Controlling this server requires one of its tokens (Authorization: Bearer ...).",
		header: http.Header{"WWW-Authenticate": {"Bearer realm=" + quoted(s.api.Name)}},
	}
}

// health reports that the server is up, and how many records it has.
func (s *Server) health(*exchange) (*model.Value, *problem) {
	counts, of := value.Object(), s.counts()
	for _, r := range s.api.Resources {
		if r.Parent == nil {
			counts.Set(r.PluralName, value.Int(of[r]))
		}
	}
	return value.Object(
		value.NewMember("status", value.String("ok")), value.NewMember("title", value.String(s.api.Title)),
		value.NewMember("version", value.String(s.api.Version)), value.NewMember("records", counts)), nil
}

// snapshot returns all records.
func (s *Server) snapshot(*exchange) (*model.Value, *problem) { return s.store.Snapshot(), nil }

// maxState bounds the size of a state to restore, which can be as large as the result of many requests.
var maxState = limits{bytes: 256 << 20, values: 20_000_000}

// putState restores all records.
func (s *Server) putState(x *exchange) (*model.Value, *problem) {
	x.limits = maxState
	body, err := x.read()
	if err != nil {
		return nil, x.unreadable(err)
	}
	records, failure := maxState.parse(body)
	if failure != nil {
		return nil, failure
	}
	return nil, s.restore(records)
}

// deleteState deletes all records.
func (s *Server) deleteState(*exchange) (*model.Value, *problem) {
	return nil, s.restore(value.Object())
}

// restore replaces all records by the given ones. It returns once they are durable.
func (s *Server) restore(records *model.Value) *problem {
	if refusal := s.store.Restore(records); refusal != nil {
		return refused(refusal)
	}
	return s.durable(s.store.Seq())
}

// recorded returns the most recent recorded messages of clients, those after the number in the query parameter after.
func (s *Server) recorded(x *exchange) (*model.Value, *problem) {
	var after uint64
	if given := x.request.URL.Query(); given.Has("after") {
		var err error
		if after, err = strconv.ParseUint(given.Get("after"), 10, 63); err != nil {
			called := "after"
			return nil, &problem{status: http.StatusBadRequest, detail: "A parameter is not valid.", faults: []fault{{parameter: &called, detail: "It must be the number of a request."}}}
		}
	}
	shown := value.Array()
	for _, r := range s.journal.memory.behind(after) {
		shown.Items = append(shown.Items, r.shown())
	}
	return shown, nil
}

// forget deletes the record of what clients sent.
func (s *Server) forget(*exchange) (*model.Value, *problem) {
	s.journal.memory.clear()
	return nil, nil
}

// sockets returns the open connections and their channels.
func (s *Server) sockets(*exchange) (*model.Value, *problem) {
	shown := value.Array()
	for _, each := range s.hub.subscribers() {
		shown.Items = append(shown.Items, value.Object(
			value.NewMember("channel", text(each.target)), value.NewMember("since", value.String(each.since.UTC().Format(time.RFC3339Nano)))))
	}
	return shown, nil
}

// cutSockets closes all connections to channels, as a server that restarts does.
func (s *Server) cutSockets(*exchange) (*model.Value, *problem) {
	s.hub.endAll(&ending{closeRestart, "the connections were reset"})
	return nil, nil
}
