package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/facts"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

func defaultServer() *Server {
	return &Server{
		Name: "default", URL: definition.DefaultServerURL, Host: "localhost:8080", Protocol: "ws",
		Description: "Local development server", HasSimpleSecurity: true,
	}
}

// serverVariant is a server with what defines it.
type serverVariant struct {
	server     *Server
	definition *Value
}

// servers returns the servers of a definition. Those that the API already has are shared; a different one with a name
// that is taken gets another name.
func (b *eventBuilder) servers(s *eventSource) []*Server {
	defined := s.Block.Get("servers")
	if !defined.Is(value.KindObject) {
		return nil
	}
	var list []*Server
	for _, m := range defined.Members {
		server := b.newServer(s, m)
		variants := b.variants[m.Name]
		i := slices.IndexFunc(variants, func(other *serverVariant) bool {
			return other.definition.Equal(m.Value) && slices.Equal(other.server.Schemes, server.Schemes)
		})
		if i >= 0 {
			list = append(list, variants[i].server)
			continue
		}
		key := name.Key(m.Name)
		if len(variants) > 0 {
			key += "-" + name.Key(s.Resources[0].Plural)
		}
		server.Name = b.serverKeys.Unique(key)
		b.tellApartFrom(variants, server, m)
		b.mendServer(server, m)
		b.tellApart(server)
		b.variants[m.Name] = append(variants, &serverVariant{server, m.Value})
		b.api.Servers = append(b.api.Servers, server)
		list = append(list, server)
	}
	return list
}

// newServer reads a checked server.
func (b *eventBuilder) newServer(s *eventSource, m value.Member) *Server {
	v := m.Value
	text := func(key string) string { return v.Get(key).StringOr("") }
	u := definition.ParseServerURL(text("url"))
	server := &Server{
		Pos: m.Pos, Host: u.Host, Pathname: u.Path, Protocol: strings.ToLower(text("protocol")),
		ProtocolVersion: v.Get("protocolVersion").Written(), Title: text("title"), Summary: text("summary"),
		Description: text("description"), Tags: value.WrittenItems(v.Get("tags")), Extensions: extensions(v),
	}
	if server.Protocol == "" {
		server.Protocol = strings.ToLower(u.Scheme)
	}
	if u.Scheme == "" {
		u.Scheme = server.Protocol
	}
	server.URL = u.Scheme + "://" + u.Host + u.Path
	server.Security = b.requirements(s, v.Get("security"))
	server.Schemes, server.HasSimpleSecurity = flatten(server.Security)
	none := &Binding{Protocol: definition.BindingName(server.Protocol)}
	server.Bindings = b.bindings(s, none, "server", s.written("server"), v.Get("bindings"))
	return server
}

// tellApartFrom returns the new name of a server whose name is taken.
func (b *eventBuilder) tellApartFrom(others []*serverVariant, server *Server, m value.Member) {
	defer b.problems.Only(value.OnlyServers)()
	if len(others) > 0 {
		b.problems.Warn(value.DifferentServers, m.Pos, "give it another name, or make the two equal",
			"the server %q differs from the one at %s, so it is called %s", m.Name, others[0].server.Pos, server.Name)
	}
}

// tellRest says what a server's URL has that it cannot have.
func (b *eventBuilder) tellRest(url *Value) {
	defer b.problems.Only(value.OnlyEvents)()
	if u := definition.ParseServerURL(url.Text); u.Rest != "" {
		b.problems.Warn(value.ServerURL, url.Pos, "move it to the bindings of the channels", "the url of a server cannot have a query or fragment: %q is left out", u.Rest)
	}
}

// mendServer says what was changed in a server's URL, and gives the server the variables of its URL, which that of the REST
// API has too.
func (b *eventBuilder) mendServer(server *Server, m value.Member) {
	written := m.Value.Get("url")
	b.tellRest(written)
	variables := m.Value.Get("variables")
	used := facts.URLVariables(server.Host + server.Pathname)
	for _, variable := range used {
		server.Variables = append(server.Variables, facts.VariableOf(variable, variables.Get(variable)))
		if !variables.Has(variable) {
			b.problems.Warn(value.ServerVariable, written.Pos, "add variables: {"+variable+": {default: ..., description: ...}}",
				"the variable {%s} in the url of server %q is not declared", variable, m.Name)
		}
	}
	if variables == nil {
		return
	}
	for _, declared := range variables.Members {
		if !slices.Contains(used, declared.Name) {
			b.problems.Warn(value.ServerVariable, declared.Pos, "write {"+declared.Name+"} where it belongs in the url",
				"the variable %q is not in the url of server %q, so it is left out", declared.Name, m.Name)
		}
	}
}

// tellApart adds its name to the description of a server that differs from another only by name: channels must not list
// two equal servers.
func (b *eventBuilder) tellApart(server *Server) {
	if slices.ContainsFunc(b.api.Servers, func(other *Server) bool {
		return other.URL == server.URL && other.Protocol == server.Protocol && other.Description == server.Description
	}) {
		server.Description = strings.TrimSpace(server.Description + " (" + server.Name + ")")
	}
}

// requirements reads the security of a server: names of schemes, or schemes with their scopes.
func (b *eventBuilder) requirements(s *eventSource, list *Value) []*Requirement {
	if list == nil {
		return nil
	}
	var requirements []*Requirement
	for _, item := range list.Items {
		members := item.Members
		if item.Is(value.KindString) {
			members = []value.Member{{Name: item.Text, Pos: item.Pos}}
		}
		r := &Requirement{}
		for _, m := range members {
			i := slices.IndexFunc(s.Schemes, func(scheme *SecurityScheme) bool { return scheme.Name == m.Name })
			r.Schemes = append(r.Schemes, RequiredScheme{Scheme: s.Schemes[i], Scopes: value.WrittenItems(m.Value)})
		}
		requirements = append(requirements, r)
	}
	return requirements
}

// flatten returns the schemes that requirements name, each once, and whether the requirements only say that any one of
// these is enough.
func flatten(requirements []*Requirement) (schemes []*SecurityScheme, isSimple bool) {
	isSimple = true
	for _, r := range requirements {
		isSimple = isSimple && len(r.Schemes) == 1 && len(r.Schemes[0].Scopes) == 0
		for _, required := range r.Schemes {
			if !slices.Contains(schemes, required.Scheme) {
				schemes = append(schemes, required.Scheme)
			}
		}
	}
	return schemes, isSimple
}
