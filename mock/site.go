package mock

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/firestoned/firestone/mock/pages"
	"github.com/firestoned/firestone/mock/parameter"
	"github.com/firestoned/firestone/mock/state"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Documents render the documents of an API as YAML. Each function is called at most once, on the first request for the
// document; nil means that the document is not available.
type Documents struct {
	OpenAPI, AsyncAPI func() ([]byte, error)
}

// site holds a server's pages and documents.
type site struct {
	pages.Site
	server    *Server
	documents map[string]func() ([]byte, error) // by path without the extension
	links     func() map[*model.Operation]string
	since     string // distinguishes the server from its predecessor
}

func newSite(s *Server, documents Documents) *site {
	made := &site{server: s, documents: map[string]func() ([]byte, error){}, since: strconv.FormatInt(time.Now().UnixNano(), 36)}
	made.Site = pages.Site{API: s.api, Base: s.BasePath(), Events: s.ChannelBasePath(), IsWatched: s.options.IsWatched}
	for _, document := range []struct {
		pages.Document
		render func() ([]byte, error)
	}{{pages.Document{Name: "OpenAPI", Path: "/openapi"}, documents.OpenAPI}, {pages.Document{Name: "AsyncAPI", Path: "/asyncapi"}, documents.AsyncAPI}} {
		if document.render != nil {
			made.Documents = append(made.Documents, document.Document)
			made.documents[document.Path] = sync.OnceValues(document.render)
		}
	}
	made.links = sync.OnceValue(made.swaggerLinks)
	return made
}

// swaggerLinks returns the links to operations in Swagger UI: for those that the document has at the path in the API,
// since the rest of a document is up to its pack.
func (s *site) swaggerLinks() map[*model.Operation]string {
	links := map[*model.Operation]string{}
	render := s.documentAt("/openapi.json")
	if render == nil {
		return links
	}
	text, err := render()
	if err != nil {
		return links // opening the document shows why
	}
	var problems value.Problems
	paths := value.Parse("", text, &problems)[0].Get("paths")
	for _, r := range s.API.Resources {
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				shown := paths.Get(s.server.options.Prefix + l.Path).Get(o.Method)
				if tags, id := value.Items(shown.Get("tags")), shown.Get("operationId"); len(tags) > 0 && id != nil {
					links[o] = pages.SwaggerLink(tags[0].Text, id.Text)
				}
			}
		}
	}
	return links
}

// documentAt returns the renderer of the document served at a path, or nil.
func (s *site) documentAt(path string) func() ([]byte, error) {
	if of, isYAML := strings.CutSuffix(path, ".yaml"); isYAML {
		return s.documents[of]
	}
	of, isJSON := strings.CutSuffix(path, ".json")
	render := s.documents[of]
	if !isJSON || render == nil {
		return nil
	}
	return func() ([]byte, error) {
		text, err := render()
		if err != nil {
			return nil, err
		}
		var problems value.Problems
		documents := value.Parse(path, text, &problems)
		if problems.HasErrors() || len(documents) != 1 {
			return nil, problems
		}
		return append(documents[0].AppendJSON(nil, "  "), '\n'), nil
	}
}

// document responds with a document of the API.
func (s *Server) document(x *exchange) {
	if !isRead(x) {
		return
	}
	path := escapedPath(x.request.URL)
	text, err := s.site.documentAt(path)()
	if err != nil {
		s.journal.print(err.Error() + "\n")
		x.refuse(&problem{status: http.StatusInternalServerError, detail: "The document cannot be rendered: " + err.Error()})
		return
	}
	contentType := "application/yaml" // RFC 9512
	if strings.HasSuffix(path, ".json") {
		contentType = "application/json"
	}
	x.send(http.StatusOK, http.Header{"Cache-Control": {"no-cache"}}, contentType, text)
}

// isRead reports whether a request reads; any other is answered here.
func isRead(x *exchange) bool {
	allow := http.Header{"Allow": {"GET, HEAD, OPTIONS"}}
	switch x.request.Method {
	case http.MethodGet, http.MethodHead:
		return true
	case http.MethodOptions:
		x.send(http.StatusNoContent, allow, "", nil)
	default:
		x.refuse(&problem{status: http.StatusMethodNotAllowed, detail: "The path does not support this method.", header: allow})
	}
	return false
}

// pageAt returns the handler of a page below controlPath, or nil.
func (s *site) pageAt(path string) func(*exchange) {
	asset, isAsset := strings.CutPrefix(path, "assets/")
	switch {
	case isAsset:
		return func(x *exchange) { sendAsset(x, asset) }
	case path == "swagger/" && s.HasREST():
		return func(x *exchange) { x.sendPage(s.Swagger()) }
	case path == "console/" && len(s.API.Channels) > 0:
		return s.console
	case path == "reload":
		return s.server.awaitSuccessor
	}
	return nil
}

// showPage responds with a page. It requests nothing from other hosts, and no other page may frame it.
func (s *Server) showPage(x *exchange, page func(*exchange)) {
	x.isPage = true
	if !isRead(x) {
		return
	}
	h := x.writer.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	page(x)
}

func (x *exchange) sendPage(page []byte, err error) {
	if err != nil {
		x.refuse(&problem{status: http.StatusInternalServerError, detail: "The page cannot be rendered: " + err.Error()})
		return
	}
	x.send(http.StatusOK, http.Header{"Cache-Control": {"no-cache"}}, "text/html; charset=utf-8", page)
}

// sendAsset responds with a static file.
func sendAsset(x *exchange, name string) {
	asset, exists := pages.AssetOf(name)
	if !exists {
		x.refuse(&problem{status: http.StatusNotFound, detail: "The server has no such file."})
		return
	}
	header := http.Header{"Cache-Control": {"no-cache"}}
	if asset.IsForAll {
		header.Set("Cache-Control", "max-age=86400")
	}
	if asset.IsGzip {
		header.Set("Content-Encoding", "gzip") // which every browser supports
	}
	x.send(http.StatusOK, header, asset.Type, asset.Content)
}

// overview shows the start page.
func (s *Server) overview(x *exchange) {
	x.isControl = true
	x.writer.Header().Set("Vary", "Accept")
	x.sendPage(s.site.Overview(s.counts(), s.site.links()))
}

// counts returns the number of records of each resource that is not nested.
func (s *Server) counts() map[*model.Resource]int {
	count := map[*model.Resource]int{}
	s.store.Read(func(v state.View) {
		for _, r := range s.api.Resources {
			if r.Parent == nil {
				records, _ := v.Records(r, nil)
				count[r] = len(records)
			}
		}
	})
	return count
}

// console shows the requested channel, else the first one.
func (s *site) console(x *exchange) {
	channel := s.API.Channels[0]
	if name := x.request.URL.Query().Get("channel"); name != "" {
		i := slices.IndexFunc(s.API.Channels, func(c *model.Channel) bool { return c.Name == name })
		if i < 0 {
			x.refuse(&problem{status: http.StatusNotFound, detail: "The API has no such channel."})
			return
		}
		channel = s.API.Channels[i]
	}
	x.sendPage(s.Console(channel, s.server.someKeys(channel.Level)))
}

// someKeys returns keys that lead to a record at a level: those of the first existing one, else examples.
func (s *Server) someKeys(level *model.Level) []string {
	keys := make([]string, len(level.Parameters))
	for i, p := range level.Parameters {
		if p.Example != nil {
			keys[i] = parameter.Text(p.Example)
		}
	}
	s.store.Read(func(v state.View) {
		for i, r := range level.Keys {
			records, exist := v.Records(r, keys[:i])
			if !exist || len(records) == 0 {
				return
			}
			keys[i] = records[0].Key()
		}
	})
	return keys
}

// awaitSuccessor sends a page the identity of this server, and ends with the server. A page that reconnects then knows
// whether to reload.
func (s *Server) awaitSuccessor(x *exchange) {
	h := x.writer.Header()
	h.Set("Content-Type", streamType)
	h.Set("Cache-Control", "no-store")
	x.begun(http.StatusOK)
	control := http.NewResponseController(x.writer)
	_, _ = x.writer.Write([]byte("retry: 250\ndata: " + s.site.since + "\n\n"))
	_ = control.Flush()
	select {
	case <-x.request.Context().Done():
	case <-s.hub.stop:
	}
}
