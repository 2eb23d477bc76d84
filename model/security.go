package model

import (
	"slices"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// securitySchemes gathers the schemes of all definitions: equal ones of one name are one scheme, and a
// different one of a name that is taken is called after its resource too.
type securitySchemes struct {
	api      *API
	problems *Problems
	keys     name.Set
	defined  map[*Value]*SecurityScheme // by the object that defines it
	written  map[*SecurityScheme]*Value
}

func newSecuritySchemes(api *API, problems *Problems) *securitySchemes {
	return &securitySchemes{api: api, problems: problems, defined: map[*Value]*SecurityScheme{}, written: map[*SecurityScheme]*Value{}}
}

// of returns the scheme that the definition calls by that name.
func (s *securitySchemes) of(d *definition.Definition, called string) *SecurityScheme {
	v := d.Root.Get("security").Get("scheme").Get(called)
	if v == nil {
		return nil
	}
	if scheme := s.defined[v]; scheme != nil {
		return scheme
	}
	key := name.Key(called)
	for _, other := range s.api.SecuritySchemes {
		if other.Name != called {
			continue
		}
		if s.written[other].Equal(v) {
			s.defined[v] = other
			return other
		}
		s.problems.Warn(value.DifferentSchemes, v.Pos, "give one of them another name", "the security scheme %q differs from the one at %s, so it is called %s-%s",
			called, other.Pos, key, d.Types.Plural)
		key += "-" + name.Key(d.Types.Plural)
		break
	}
	scheme := newScheme(v, s.keys.Unique(key), called)
	s.api.SecuritySchemes = append(s.api.SecuritySchemes, scheme)
	s.defined[v], s.written[scheme] = scheme, v
	return scheme
}

// newScheme reads a checked security scheme.
func newScheme(v *Value, key, called string) *SecurityScheme {
	text := func(key string) string { return v.Get(key).StringOr("") }
	scheme := &SecurityScheme{
		Pos: v.Pos, Key: key, Name: called, Type: text("type"), Description: text("description"),
		In: text("in"), ParameterName: text("name"), Scheme: text("scheme"), BearerFormat: text("bearerFormat"),
		OpenIDConnectURL: text("openIdConnectUrl"), Extensions: extensions(v),
	}
	flows := v.Get("flows")
	for _, flowName := range definition.FlowNames {
		flow := flows.Get(flowName)
		if flow == nil {
			continue
		}
		f := &Flow{Name: flowName, AuthorizationURL: flow.Get("authorizationUrl").StringOr(""),
			TokenURL: flow.Get("tokenUrl").StringOr(""), RefreshURL: flow.Get("refreshUrl").StringOr("")}
		for _, m := range value.Members(flow.Get("scopes")) {
			f.Scopes = append(f.Scopes, Scope{Name: m.Name, Description: m.Value.StringOr("")})
		}
		scheme.Flows = append(scheme.Flows, f)
	}
	return scheme
}

// required returns what an operation of the definition needs, and whether it needs anything.
func (s *securitySchemes) required(d *definition.Definition, level, method string) []*Requirement {
	security := d.Root.Get("security")
	if security == nil {
		return nil
	}
	at := security.Get(level)
	switch {
	case at.Is(value.KindObject):
		return s.requirements(d, at.Get(method))
	case at.Is(value.KindArray):
		if slices.ContainsFunc(at.Items, func(v *Value) bool { return v.Text == method }) {
			return s.any(d)
		}
	case !security.Has(definition.CollectionLevel) && !security.Has(definition.InstanceLevel) && !security.Has(definition.AttributeLevel):
		return s.any(d)
	}
	return nil
}

// any returns each scheme of the definition as an alternative.
func (s *securitySchemes) any(d *definition.Definition) []*Requirement {
	var list []*Requirement
	for _, m := range value.Members(d.Root.Get("security").Get("scheme")) {
		list = append(list, &Requirement{Schemes: []RequiredScheme{{Scheme: s.of(d, m.Name)}}})
	}
	return list
}

// requirements reads a list of requirements as written.
func (s *securitySchemes) requirements(d *definition.Definition, v *Value) []*Requirement {
	if v == nil {
		return nil
	}
	var list []*Requirement
	for _, item := range v.Items {
		requirement := &Requirement{}
		for _, m := range item.Members {
			required := RequiredScheme{Scheme: s.of(d, m.Name)}
			for _, scope := range m.Value.Items {
				required.Scopes = append(required.Scopes, scope.Text)
			}
			requirement.Schemes = append(requirement.Schemes, required)
		}
		list = append(list, requirement)
	}
	return list
}

// extensions returns the x-* members of an object.
func extensions(v *Value) []Member {
	var list []Member
	for _, m := range value.Members(v) {
		if len(m.Name) > 2 && m.Name[:2] == "x-" {
			list = append(list, Member{Name: m.Name, Value: m.Value})
		}
	}
	return list
}
