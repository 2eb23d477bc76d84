package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// defaultServerURL is where events are where no definition says it.
const defaultServerURL = "ws://localhost:8080"

func defaultServer() *Server {
	return &Server{
		Name: "default", URL: defaultServerURL, Host: "localhost:8080", Protocol: "ws",
		Description: "This machine.", HasSimpleSecurity: true,
	}
}

// server reports what is wrong with a server of events.
func (c *checker) server(m value.Member) {
	what := "server \"" + m.Name + "\""
	if !c.kind(m.Value, what, value.KindObject) {
		return
	}
	v := m.Value
	if host := v.Member("host"); host != nil {
		c.problems.Add(host.Pos, "write url: \""+defaultServerURL+"/path\"", "unknown key \"host\" in %s", what)
		return
	}
	texts := []string{"url", "protocol", "protocolVersion", "title", "summary", "description"}
	names := append(slices.Clone(texts), "variables", "security", "tags", "bindings")
	c.known(v, what, names...)
	for _, key := range texts {
		if key == "protocolVersion" {
			c.kind(v.Get(key), key+" of "+what, value.KindString, value.KindNumber)
		} else {
			c.kind(v.Get(key), key+" of "+what, value.KindString)
		}
	}
	switch url := v.Get("url"); {
	case url == nil && misspells(v, "url", names...):
	case url == nil:
		c.problems.Add(m.Pos, "add url: \""+defaultServerURL+"\"", "%s has no url", what)
	case url.Is(value.KindString):
		c.serverURL(v, url, what, names)
	}
	c.serverVariables(v.Get("variables"), what)
	if tags := v.Get("tags"); c.kind(tags, "tags of "+what, value.KindArray) {
		for _, tag := range tags.Items {
			c.kind(tag, "a tag of "+what, value.KindString)
		}
	}
	if security := v.Get("security"); c.kind(security, "security of "+what, value.KindArray) {
		for _, item := range security.Items {
			c.serverRequirement(item, what)
		}
	}
	c.bindings(v.Get("bindings"), "server")
}

func (c *checker) serverVariables(variables *Value, what string) {
	if !c.kind(variables, "variables of "+what, value.KindObject) {
		return
	}
	for _, m := range variables.Members {
		c.readable(m, "a variable of a server")
		variable := "variable \"" + m.Name + "\" of " + what
		if !c.kind(m.Value, variable, value.KindObject) {
			continue
		}
		c.known(m.Value, variable, "default", "description", "enum", "examples")
		c.kind(m.Value.Get("description"), "description of "+variable, value.KindString)
		c.kind(m.Value.Get("default"), "default of "+variable, value.KindString, value.KindNumber, value.KindBool)
		for _, key := range []string{"enum", "examples"} {
			if list := m.Value.Get(key); c.kind(list, key+" of "+variable, value.KindArray) {
				for _, item := range list.Items {
					c.kind(item, "a value in "+key+" of "+variable, value.KindString, value.KindNumber, value.KindBool)
				}
			}
		}
		allowed := scalars(m.Value.Get("enum"))
		if chosen := m.Value.Get("default"); chosen != nil && len(allowed) > 0 && !slices.Contains(allowed, scalar(chosen)) {
			c.problems.Add(chosen.Pos, suggestion(scalar(chosen), allowed), "default of %s is none of its enum", variable)
		}
	}
}

// serverRequirement reports a requirement that is neither a scheme's name nor schemes with their scopes.
func (c *checker) serverRequirement(v *Value, what string) {
	if !c.kind(v, "a requirement in security of "+what, value.KindString, value.KindObject) || v.Kind == value.KindString {
		return
	}
	for _, m := range v.Members {
		if c.kind(m.Value, "scopes of "+m.Name, value.KindArray) {
			for _, scope := range m.Value.Items {
				c.kind(scope, "a scope of "+m.Name, value.KindString)
			}
		}
	}
}

// serverVariant is a server with what defines it.
type serverVariant struct {
	server     *Server
	definition *Value
}

// servers returns the servers of a definition. Those that the API has already are shared; a different one of
// a name that is taken gets a name of its own.
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
		if len(variants) > 0 {
			b.problems.Warn(m.Pos, "give it a name of its own, or make the two equal",
				"the server %q differs from the one at %s, so it is called %s", m.Name, variants[0].server.Pos, server.Name)
		}
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
	u := splitURL(text("url"))
	server := &Server{
		Pos: m.Pos, Host: u.host, Pathname: u.path, Protocol: strings.ToLower(text("protocol")),
		ProtocolVersion: scalar(v.Get("protocolVersion")), Title: text("title"), Summary: text("summary"),
		Description: text("description"), Tags: scalars(v.Get("tags")), Extensions: extensions(v),
	}
	if server.Protocol == "" {
		server.Protocol = strings.ToLower(u.scheme)
	}
	if u.scheme == "" {
		u.scheme = server.Protocol
	}
	server.URL = u.scheme + "://" + u.host + u.path
	server.Security = b.requirements(s, v.Get("security"))
	server.Schemes, server.HasSimpleSecurity = flatten(server.Security)
	protocols := protocolsOf([]*Server{server})
	shared := b.bindings(s, protocols, nil, s.Block.Get("bindings").Get("server"), "server")
	server.Bindings = b.bindings(s, protocols, shared, v.Get("bindings"), "server")
	return server
}

// mendServer says what was changed in a server's URL, and gives the server the variables of its URL.
func (b *eventBuilder) mendServer(server *Server, m value.Member) {
	written := m.Value.Get("url")
	if u := splitURL(written.Text); u.rest != "" {
		b.problems.Warn(written.Pos, "put it into the bindings of the channels", "the url of a server ends at its path: %q is left out", u.rest)
	}
	variables := m.Value.Get("variables")
	used := urlVariables(server.Host + server.Pathname)
	for _, variable := range used {
		server.Variables = append(server.Variables, newVariable(variable, variables.Get(variable)))
		if !variables.Has(variable) {
			b.problems.Warn(written.Pos, "add variables: {"+variable+": {default: ..., description: ...}}",
				"the variable {%s} in the url of server %q is not declared", variable, m.Name)
		}
	}
	if variables == nil {
		return
	}
	for _, declared := range variables.Members {
		if !slices.Contains(used, declared.Name) {
			b.problems.Warn(declared.Pos, "write {"+declared.Name+"} where it belongs in the url",
				"the variable %q is not in the url of server %q, so it is left out", declared.Name, m.Name)
		}
	}
}

// tellApart gives a server that only its name tells from another one a description with that name: channels must
// not list two servers that are equal.
func (b *eventBuilder) tellApart(server *Server) {
	if slices.ContainsFunc(b.api.Servers, func(other *Server) bool {
		return other.URL == server.URL && other.Protocol == server.Protocol && other.Description == server.Description
	}) {
		server.Description = strings.TrimSpace(server.Description + " (" + server.Name + ")")
	}
}

func newVariable(called string, v *Value) *ServerVariable {
	chosen := v.Get("default")
	return &ServerVariable{
		Name: called, Default: scalar(chosen), HasDefault: chosen != nil,
		Description: v.Get("description").StringOr(""), Enum: scalars(v.Get("enum")), Examples: scalars(v.Get("examples")),
	}
}

// scalars returns the source texts of a list, each once.
func scalars(list *Value) []string {
	if !list.Is(value.KindArray) {
		return nil
	}
	var texts []string
	for _, item := range list.Items {
		if text := scalar(item); !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
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
			if i < 0 {
				b.problems.Add(m.Pos, schemeHint(m.Name, s.Schemes), "there is no security scheme %q", m.Name)
				continue
			}
			r.Schemes = append(r.Schemes, RequiredScheme{Scheme: s.Schemes[i], Scopes: scalars(m.Value)})
		}
		requirements = append(requirements, r)
	}
	return requirements
}

func schemeHint(word string, schemes []*SecurityScheme) string {
	if len(schemes) == 0 {
		return "define it under security.scheme"
	}
	var names []string
	for _, scheme := range schemes {
		names = append(names, scheme.Name)
	}
	return suggestion(word, names)
}

// flatten returns the schemes that requirements name, each once, and whether the requirements say no more
// than that any one of these is enough.
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
