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

// controlPath is what the paths of the server itself begin with. No resource can be called so.
const controlPath = "/_mock/"

// control is what a method does at a path of the server itself. It returns the answer, nil for none.
type control func(*Server, *exchange) (*model.Value, *problem)

// controlsAt returns what a path of the server itself does, by method, or nil.
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

// isControl reports whether a request is about the server itself.
func isControl(r *http.Request) bool {
	return strings.HasPrefix(escapedPath(r.URL), controlPath)
}

// control answers a request that is about the server itself. Pages of other origins have no part in that.
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

// mayControl refuses a request that comes from a page of another origin, whatever that may do with the API, and one
// without a token where the server was given some.
func (s *Server) mayControl(r *http.Request) *problem {
	asChange := r.WithContext(r.Context())
	asChange.Method = http.MethodPost // reading is kept to the server's own pages too
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

// health says that the server answers, and how many records it has.
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

// maxState bounds a state that is put back: it may be as large as what many requests have made.
var maxState = limits{bytes: 256 << 20, values: 20_000_000}

// putState puts all records back.
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

// restore makes records all that there is. It returns when they will be there after a restart.
func (s *Server) restore(records *model.Value) *problem {
	if refusal := s.store.Restore(records); refusal != nil {
		return refused(refusal)
	}
	return s.durable(s.store.Seq())
}

// recorded returns what clients sent, the last of it, behind the record of the number in the query parameter after.
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

// forget forgets what clients sent.
func (s *Server) forget(*exchange) (*model.Value, *problem) {
	s.journal.memory.clear()
	return nil, nil
}

// sockets returns who is connected to which channel.
func (s *Server) sockets(*exchange) (*model.Value, *problem) {
	shown := value.Array()
	for _, each := range s.hub.subscribers() {
		shown.Items = append(shown.Items, value.Object(
			value.NewMember("channel", text(each.target)), value.NewMember("since", value.String(each.since.UTC().Format(time.RFC3339Nano)))))
	}
	return shown, nil
}

// cutSockets ends all connections to channels, as a server does that is restarted.
func (s *Server) cutSockets(*exchange) (*model.Value, *problem) {
	s.hub.endAll(&ending{closeRestart, "the connections were reset"})
	return nil, nil
}
