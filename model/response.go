package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
)

// answerer gives operations their responses, and names those that several of them share.
type answerer struct {
	api      *API
	schemas  *name.Set // names of components
	names    name.Set  // of responses, all different from the names of components
	problems map[string]*Response
	headers  map[string]*Header
}

// addProblem gives an API with operations the component of their failures, which the messages that refuse a
// publication hold too.
func (b *builder) addProblem() {
	if !slices.ContainsFunc(b.api.Resources, func(r *Resource) bool { return len(r.Levels) > 0 }) {
		return
	}
	b.api.Problem = b.problemComponent()
	b.byName[b.api.Problem.Name] = b.api.Problem
}

// answer fills in what operations answer, once everything else about them is known.
func (b *builder) answer() {
	if b.api.Problem == nil {
		return // there are no operations
	}
	a := &answerer{api: b.api, schemas: &b.set.Names, problems: map[string]*Response{}, headers: map[string]*Header{}}
	for _, component := range append(slices.Clone(b.api.Components), b.api.Problem) {
		a.names.Unique(component.Name)
	}
	for _, r := range b.api.Resources {
		for _, l := range r.Levels {
			a.level(l)
		}
	}
	for _, f := range failures {
		if made := a.problems[f.name]; made != nil {
			a.api.Responses = append(a.api.Responses, made)
		}
	}
	a.shareParameters()
	a.offer()
}

// level fills in the operations of a level. Those that return the same state share a response.
func (a *answerer) level(l *Level) {
	var state *Response
	users := 0
	for _, o := range l.Operations {
		o.IsConditional = !l.IsCollection() && o.Method != "get" && o.Method != "head" && !o.hasParameter("header", "If-Match")
		o.Summary = summaryOf(o)
		o.Purpose = purposeOf(o)
		if o.Request != nil {
			o.Request.Description = requestText(o)
		}
		done := a.success(o)
		if done.Body != nil && !l.IsCollection() {
			if state == nil {
				state = done
			}
			done = state
			users++
		}
		o.Responses = append([]*Response{done}, a.failures(o)...)
	}
	if users < 2 || l.isEncoded() {
		return
	}
	noun := l.Resource.Type
	if l.IsAttribute() {
		noun += l.Property.Identifier
	}
	state.Name = a.names.Unique(noun + "Response")
	a.api.Responses = append(a.api.Responses, state)
}

// success returns what an operation answers when it has done what it was asked (RFC 9110, section 15.3).
func (a *answerer) success(o *Operation) *Response {
	made := &Response{Status: "200", Body: o.Response, Description: responseText(o)}
	switch {
	case o.Verb == "create":
		made.Status = "201"
		made.Headers = append(made.Headers, a.header("Location"))
	case o.Response == nil && o.Method != "head":
		made.Status = "204"
	}
	if o.Pagination != nil {
		made.Headers = append(made.Headers, a.header("Link"))
		if o.Pagination.Style != CursorPagination {
			made.Headers = append(made.Headers, a.header("X-Total-Count"))
		}
	}
	if made.Status == "201" || made.Status == "200" && !o.Level.IsCollection() {
		made.Headers = append(made.Headers, a.header("ETag"))
	}
	return made
}

// isEncoded reports whether the level's path contains an encoded character. Tools that follow references decode it on
// the way and lose the path, so nothing is shared there.
func (l *Level) isEncoded() bool { return strings.Contains(l.IRI, "%") }

// hasParameter reports whether the operation takes a parameter of that name there.
func (o *Operation) hasParameter(in, called string) bool {
	return slices.ContainsFunc(o.Parameters, func(p *Parameter) bool {
		return definition.ParameterIdentity(p.In, p.Name) == definition.ParameterIdentity(in, called)
	})
}
