package command

import (
	"fmt"
	"path"
	"slices"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/mock"
	"github.com/firestoned/firestone/mock/serve"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/facts"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/project"
)

// ownServer describes the server that serves a document, which is the first one that the document names.
const ownServer = "This mock"

// servedAPI is an API that is served, and what its documents are rendered of.
type servedAPI struct {
	*model.API
	run      *run
	warnings model.Problems
	prefix   string       // of all paths
	server   *mock.Server // nil until it serves
}

// loadServed returns the API that the definitions describe, as the project serves it.
func (m *mockRun) loadServed(c *console) (*servedAPI, error) {
	r := &run{flags: &m.flags, console: c}
	s := &servedAPI{run: r, prefix: m.options.Prefix}
	if err := r.openProject(); err != nil {
		return s, err
	}
	for _, pack := range []string{"openapi", "asyncapi"} {
		r.outputs = append(r.outputs, r.documentOf(pack))
	}
	api, warnings, err := r.load(nil, nil, all)
	if err != nil {
		return s, err
	}
	s.API, s.warnings = api, warnings
	parameters := r.outputs[0].asked.Parameters
	if prefix := parameters.Get("prefix"); prefix != nil && !m.cmd.Flags().Changed("prefix") {
		s.prefix = prefix.Written()
	}
	if servers := parameters.Get("servers"); servers != nil {
		api.BaseURLs = facts.BaseURLsOf(servers)
	}
	return s, nil
}

// documentOf returns the output of a built-in pack as the project has it, else with the defaults of the pack.
func (r *run) documentOf(pack string) *outputSpec {
	o := &outputSpec{}
	o.asked.Pack.Value = pack
	if r.project == nil {
		return o
	}
	i := slices.IndexFunc(r.project.Generate, func(item project.Item) bool { return path.Base(packName(item.Pack.Value)) == pack })
	if i >= 0 {
		o.asked = r.project.Generate[i]
		o.own = r.project.at(o.asked.Output.Value)
		o.asked.Pack.Value, o.asked.Output = r.project.pack(o.asked.Pack.Value), project.Text{}
	}
	return o
}

// documents render the documents of the API when they are asked for.
func (s *servedAPI) documents() mock.Documents {
	documents := mock.Documents{OpenAPI: s.openAPI}
	if len(s.Channels) > 0 {
		documents.AsyncAPI = func() ([]byte, error) { return s.render(s.run.outputs[1], s.API) }
	}
	return documents
}

// openAPI renders the OpenAPI document. It names this server by its path, so that it is right under each of the server's
// names.
func (s *servedAPI) openAPI() ([]byte, error) {
	shown := *s.API
	own := &model.BaseURL{URL: s.server.ServerPath(), Description: ownServer, IsGiven: true}
	shown.BaseURLs = append([]*model.BaseURL{own}, s.BaseURLs...)
	o := *s.run.outputs[0]
	given := o.asked.Parameters
	o.asked.Parameters = value.Object(value.NewMember("prefix", value.String(s.prefix)))
	if given != nil {
		for _, m := range given.Members {
			if m.Name != "servers" && m.Name != "prefix" { // those are in the API
				o.asked.Parameters.Members = append(o.asked.Parameters.Members, m)
			}
		}
	}
	return s.render(&o, &shown)
}

// render renders a document.
func (s *servedAPI) render(o *outputSpec, api *model.API) ([]byte, error) {
	if err := s.run.openPack(o); err != nil {
		return nil, err
	}
	files, err := o.pack.RenderShared(api, o.params, new(generator.Shared))
	if err != nil {
		return nil, err
	}
	if len(files) != 1 {
		return nil, fmt.Errorf("the pack %s makes %d files, not one document", o.pack.Name, len(files))
	}
	return files[0].Content, nil
}

// announce puts the server in front of those that events have. It is before any document is rendered.
func (s *servedAPI) announce(server *mock.Server, l *serve.Listener) {
	s.server = server
	secure := ""
	if l.IsSecure() {
		secure = "s"
	}
	var own []*model.Server
	for _, protocol := range []string{"ws", "http"} {
		at := &model.Server{
			Name: s.freeName("mock", own), URL: protocol + secure + "://" + l.Address() + server.ChannelBasePath(), Host: l.Address(), Pathname: server.ChannelBasePath(),
			Protocol: protocol + secure, Description: ownServer, HasSimpleSecurity: true,
		}
		isUsed := false
		for _, c := range s.Channels {
			if c.Protocol == protocol {
				c.Servers = append([]*model.Server{at}, c.Servers...)
				isUsed = true
			}
		}
		if isUsed {
			own = append(own, at)
		}
	}
	s.Servers = append(own, s.Servers...)
}

// freeName returns a name for a server that no other one has.
func (s *servedAPI) freeName(name string, own []*model.Server) string {
	for free, n := name, 2; ; free, n = fmt.Sprintf("%s-%d", name, n), n+1 {
		if !slices.ContainsFunc(append(own, s.Servers...), func(other *model.Server) bool { return other.Name == free }) {
			return free
		}
	}
}
