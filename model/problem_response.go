package model

import (
	_ "embed"
	"slices"
	"strconv"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// failure is a way in which operations go wrong (RFC 9110, sections 15.5 and 15.6, and RFC 6585, section 4).
type failure struct {
	status      int // 0: any other
	name, title string
	description string
	detail      string // of the example
	header      string
	can         func(o *Operation) bool // whether an operation can fail like that
}

// malformed is the failure of a request that cannot be understood (RFC 9110, section 15.5.1).
var malformed = failure{400, "BadRequest", "Bad Request", "The request is malformed: a parameter is missing or invalid, or the request body cannot be parsed.",
	"The request body is not valid JSON.", "", func(o *Operation) bool { return o.Request != nil || takesMoreThanText(o) }}

// failures are those that follow from a definition.
var failures = []failure{
	malformed,
	{401, "Unauthorized", "Unauthorized", "Authentication is missing or invalid.",
		"The credentials are missing.", "WWW-Authenticate", func(o *Operation) bool { return o.HasSecurity }},
	{403, "Forbidden", "Forbidden", "The client is authenticated but not allowed to do this.",
		"These credentials do not permit this operation.", "", func(o *Operation) bool { return o.HasSecurity }},
	{404, "NotFound", "Not Found", "The resource does not exist.",
		"No resource exists at this path.", "", func(o *Operation) bool { return len(o.Level.Parameters) > 0 }},
	{409, "Conflict", "Conflict", "The request conflicts with the current state: for example, a key is already taken, or a record that it refers to does not exist.",
		"The key is already taken.", "", canConflict},
	{412, "PreconditionFailed", "Precondition Failed", "The current state is not the one given in If-Match.",
		"The resource was changed in the meantime.", "ETag", func(o *Operation) bool { return o.IsConditional || o.hasParameter("header", "If-Match") }},
	{415, "UnsupportedMediaType", "Unsupported Media Type", "The request's media type is not supported.",
		"The media type is not supported.", "", func(o *Operation) bool { return o.Request != nil && o.Method != "patch" }},
	{415, "UnsupportedPatch", "Unsupported Media Type", "The media type of the patch is not supported; Accept-Patch lists those that are.",
		"The media type of the patch is not supported.", "Accept-Patch", func(o *Operation) bool { return o.Method == "patch" }},
	{422, "UnprocessableContent", "Unprocessable Content", "The request body is well-formed but fails validation.",
		"A required property is missing.", "", func(o *Operation) bool { return o.Request != nil }},
	{0, "UnexpectedProblem", "Internal Server Error", "Any other error.",
		"An unexpected error occurred on the server.", "", func(*Operation) bool { return true }},
}

// canConflict reports whether the definition alone shows what an operation can conflict with: a key that the client
// gives may be taken, one in a patch of a collection may not exist (RFC 5789, section 2.2), an instance cannot be
// without a property that it requires, and a reference can be dangling, or may not change.
func canConflict(o *Operation) bool {
	switch o.Verb {
	case "delete":
		return o.Level.IsAttribute() && o.Level.Property.IsRequired
	case "create":
		return !o.Resource.Key.IsReadOnly || writesChecked(o)
	case "update":
		return o.Level.IsCollection() || writesChecked(o)
	case "replace":
		return writesChecked(o)
	}
	return false
}

// writesChecked reports whether an operation writes a reference that a server checks.
func writesChecked(o *Operation) bool {
	isChecked := func(p *Property) bool {
		reference := p.Schema.Get("x-references")
		return reference != nil && (reference.Get("on_missing").StringOr(RejectMissing) == RejectMissing || reference.Get("immutable").IsTrue())
	}
	if o.Level.IsAttribute() {
		return isChecked(o.Level.Property)
	}
	return slices.ContainsFunc(o.Resource.Properties, isChecked)
}

// takesMoreThanText reports whether a parameter can be wrong in itself: one of a path that is any text cannot.
func takesMoreThanText(o *Operation) bool {
	for _, p := range o.Parameters {
		if p.In != "path" || !isText(p.Schema) || p.Schema.Has("enum") {
			return true
		}
	}
	return false
}

// failures returns how an operation can fail. All operations share these responses, except those of HEAD, which have no
// content, and that of a condition in the definition itself.
func (a *answerer) failures(o *Operation) []*Response {
	var list []*Response
	for _, f := range failuresOf(o) {
		made := a.problem(f)
		if o.Method == "head" || f.status == 412 && !o.IsConditional {
			made = withoutBody(made)
			made.Headers, made.IsConditional = nil, o.IsConditional && made.IsConditional
		}
		list = append(list, made)
	}
	return list
}

// failuresOf returns what can go wrong with an operation. Where a client can do nothing wrong by the definition, a request
// can still be malformed.
func failuresOf(o *Operation) []failure {
	var list []failure
	isClients := false
	for _, f := range failures {
		if f.can(o) {
			list = append(list, f)
			isClients = isClients || f.status/100 == 4
		}
	}
	if !isClients {
		return append([]failure{malformed}, list...)
	}
	return list
}

// withoutBody returns an operation's own copy of the response, without content.
func withoutBody(shared *Response) *Response {
	own := *shared
	own.Name, own.Body = "", nil
	return &own
}

// problem returns the response of a failure, made when it is first asked for.
func (a *answerer) problem(f failure) *Response {
	if made := a.problems[f.name]; made != nil {
		return made
	}
	made := a.newProblem(f)
	if f.header != "" {
		made.Headers = append(made.Headers, a.header(f.header))
	}
	a.problems[f.name] = made
	return made
}

// newProblem returns the response of a failure without its header.
func (a *answerer) newProblem(f failure) *Response {
	status, code := "default", 500
	if f.status > 0 {
		status, code = strconv.Itoa(f.status), f.status
	}
	example := problemExample(f.title, code, f.detail, a.faultOf(f))
	return &Response{
		Name: a.names.Unique(f.name), Status: status, Title: f.title, Description: f.description, IsProblem: true, IsConditional: f.status == 412,
		Body: &Body{ContentType: "application/problem+json", Form: Read, Schema: schema.RefTo(a.api.Problem.Name), Component: a.api.Problem, Example: example},
	}
}

// faultOf returns an example of what is wrong with a request that fails like that: the first that one of the operations
// has, or nil.
func (a *answerer) faultOf(f failure) *fault {
	for _, r := range a.api.Resources {
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				if !f.can(o) {
					continue
				}
				if found := exampleFault(o, f.status); found != nil {
					return found
				}
			}
		}
	}
	return nil
}

// problemExample returns an example of a problem, with the fault where there is one.
func problemExample(title string, status int, detail string, found *fault) *Value {
	if found != nil {
		detail = found.detail
	}
	members := []value.Member{
		value.NewMember("type", value.String("about:blank")), value.NewMember("title", value.String(title)),
		value.NewMember("status", value.Int(status)), value.NewMember("detail", value.String(detail)),
	}
	if found != nil {
		members = append(members, value.NewMember("errors", value.Array(found.shown)))
	}
	return value.Object(members...)
}

// problemSchema is the schema of problem details.
//
//go:embed problem.schema.yaml
var problemSchema []byte

// problemComponent returns the component of problem details.
func (b *builder) problemComponent() *Component {
	called := "Problem"
	if b.set.Names.Has(called) {
		called = "ProblemDetails"
	}
	made := &Component{Name: b.set.Names.Unique(called), Form: Read, InOperations: true, Schema: value.Parse("", problemSchema, &value.Problems{})[0]}
	made.Base, made.Title, made.Whole = made.Name, "Problem", made.Schema
	return made
}
