package definition

import (
	"cmp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// stylesOf are the styles that a parameter may have by its place (OpenAPI 3.1, section 4.8.12.3).
var stylesOf = map[string][]string{
	"query":  {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
	"header": {"simple"},
	"cookie": {"form"},
}

// parameterKeys are the keys of a parameter.
var parameterKeys = []string{"name", "description", "required", "schema", "default", "methods", "in", "style", "explode", "deprecated", "example", "examples", "filter"}

// parameters reports problems with a list of parameters; what names the list.
func (c *checker) parameters(list *Value, what string) {
	if !c.kind(list, what, value.KindArray) {
		return
	}
	seen := map[[2]string]*Value{}
	for _, v := range list.Items {
		if !c.kind(v, "a parameter in "+what, value.KindObject) {
			continue
		}
		c.parameter(v, what)
		called, identity := v.Get("name").StringOr(""), parameterIdentity(v)
		if called == "" {
			continue // which is reported
		}
		if hint := reserved[identity]; hint != "" {
			c.problems.Warn(value.ReservedHeader, v.Get("name").Pos, hint, "the header %q cannot be a parameter: OpenAPI ignores it, so documents leave it out", called)
		}
		switch first := seen[identity]; {
		case first == nil:
			seen[identity] = v
		case first.Get("name").Text != called:
			c.problems.Add(value.SameParameter, v.Pos, "header names are case-insensitive, and "+first.Get("name").Text+" is at "+first.Pos.String()+"; remove one of them", "the parameter %q occurs twice in %s", called, what)
		default:
			c.problems.Add(value.SameParameter, v.Pos, "the first one is at "+first.Pos.String()+"; remove one of them", "the parameter %q occurs twice in %s", called, what)
		}
	}
}

func (c *checker) parameter(v *Value, list string) {
	what := "a parameter"
	if c.otherWord(v, what, "name", parameterKeys, parameterMeant) {
		return
	}
	switch n := v.Get("name"); {
	case n == nil && misspells(v, "name", parameterKeys...):
	case n == nil:
		c.problems.Add(value.MissingKey, v.Pos, `add "name: limit"`, "a parameter in %s has no name", list)
	case !c.kind(n, "the name of a parameter", value.KindString):
	case n.Text == "":
		c.problems.Add(value.InvalidName, n.Pos, `write it like "name: limit"`, "the name of a parameter is empty")
	default:
		what = "parameter " + n.Text
	}
	c.besideSchema(v, what, parameterKeys...)
	c.kind(v.Get("description"), "description of "+what, value.KindString)
	for _, key := range []string{"required", "explode", "deprecated"} {
		c.kind(v.Get(key), key+" of "+what, value.KindBool)
	}
	c.parameterStyle(v, what)
	if s := v.Get("schema"); c.kind(s, "schema of "+what, value.KindObject) {
		schema.Check(s, schema.Anywhere, c.problems)
	}
	c.filter(v.Get("filter"), what)
	c.kind(v.Get("examples"), "examples of "+what, value.KindObject, value.KindArray)
	if methods := v.Get("methods"); c.kind(methods, "methods of "+what, value.KindArray) {
		for _, m := range methods.Items {
			if c.kind(m, "a method of "+what, value.KindString) && !slices.Contains(allMethods, m.Text) {
				hint := value.Suggestion(m.Text, allMethods)
				if meant, ok := methodWords[strings.ToLower(m.Text)]; ok {
					hint = m.Text + " is " + meant
				}
				c.problems.Add(value.UnknownMethod, m.Pos, hint, "unknown method %q of %s", m.Text, what)
			}
		}
	}
}

// parameterWords are other words for the name of a parameter.
var parameterWords = []string{"id", "key", "param", "parameter", "field", "query"}

// parameterMeant returns how to write a parameter given as {limit: integer}, or with another word for its name; or "".
func parameterMeant(m value.Member) string {
	meant := value.Object(value.NewMember("name", value.String(m.Name)))
	switch v := m.Value; {
	case schema.IsKeyword(m.Name):
		return ""
	case v.Is(value.KindString) && schema.IsType(v.Text):
		meant.Set("schema", value.Object(value.NewMember("type", v)))
	case v.Is(value.KindString) && slices.Contains(parameterWords, m.Name):
		return "write \"" + value.FlowMember(value.NewMember("name", v)) + "\""
	case v.Is(value.KindObject) && v.Has("type"):
		meant.Set("schema", v)
	default:
		return ""
	}
	return "write \"" + value.Flow(meant) + "\""
}

// Matches are the ways in which a filter compares.
var Matches = []string{"equal", "not_equal", "contains", "prefix", "any", "at_least", "at_most", "above", "below", "search"}

// filter reports problems with the filter of a parameter that are apparent from it alone.
func (c *checker) filter(v *Value, what string) {
	if !c.kind(v, "filter of "+what, value.KindString, value.KindObject) {
		return
	}
	for _, text := range []*Value{v, v.Get("property")} {
		if text.Is(value.KindString) && text.Text == "" {
			c.problems.Add(value.IncompleteFilter, text.Pos, "name a property, for example author/author_id", "filter of %s is empty", what)
		}
	}
	if v.Is(value.KindString) {
		return
	}
	c.known(v, "filter of "+what, "property", "match")
	c.kind(v.Get("property"), "property in the filter of "+what, value.KindString)
	match := v.Get("match")
	if c.kind(match, "match in the filter of "+what, value.KindString) {
		c.oneOf(match, "match in the filter of "+what, Matches...)
	}
	if !v.Has("property") && match.StringOr("") != "search" && !misspells(v, "property", "property", "match") {
		c.problems.Add(value.IncompleteFilter, v.Pos, `add "property: NAME", or "match: search" to look in all texts`, "filter of %s has no property", what)
	}
}

// notParameters say what is sent elsewhere and is no parameter of a definition.
var notParameters = map[string]string{
	"path": "leave it out: what a path has is the key of the resource and those of its parents",
	"body": "leave it out: what a body has are the properties of the schema",
	"form": "leave it out: what a body has are the properties of the schema", "formdata": "leave it out: what a body has are the properties of the schema",
}

// allMethods are those of any level.
var allMethods = []string{"get", "head", "post", "put", "patch", "delete"}

func (c *checker) parameterStyle(v *Value, what string) {
	in := v.Get("in")
	if c.kind(in, "in of "+what, value.KindString) && stylesOf[in.Text] == nil {
		c.problems.Add(value.UnknownValue, in.Pos, cmp.Or(notParameters[strings.ToLower(in.Text)], value.Suggestion(in.Text, []string{"query", "header", "cookie"})), "unknown location %q of %s", in.Text, what)
		return
	}
	style := v.Get("style")
	known := stylesOf[ParameterPlace(v)]
	if c.kind(style, "style of "+what, value.KindString) && !slices.Contains(known, style.Text) {
		c.problems.Add(value.UnknownValue, style.Pos, value.Suggestion(style.Text, known), "unknown style %q of %s", style.Text, what)
	}
}

// ParameterPlace returns where a parameter is given: query, header or cookie.
func ParameterPlace(v *Value) string { return v.Get("in").StringOr("query") }

// ParameterIdentity returns what identifies a parameter in a request, its place and its name: header names are
// case-insensitive (RFC 9110, section 5.1).
func ParameterIdentity(in, name string) [2]string {
	if in == "header" {
		name = strings.ToLower(name)
	}
	return [2]string{in, name}
}

func parameterIdentity(v *Value) [2]string {
	return ParameterIdentity(ParameterPlace(v), v.Get("name").StringOr(""))
}

// reserved are the parameters that OpenAPI ignores (OpenAPI 3.1, section 4.8.12.2.1), and how what they hold is said.
var reserved = map[[2]string]string{
	{"header", "accept"}:        "remove it: firestone states the media types of responses itself",
	{"header", "content-type"}:  "remove it: firestone states the media types of requests itself",
	{"header", "authorization"}: `remove it, and say it with "security: {scheme: {NAME: {type: http, scheme: bearer}}}"`,
}
