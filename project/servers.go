package project

import (
	"regexp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/facts"
	"github.com/firestoned/firestone/model/value"
)

var (
	serverKeys = []value.Key{
		{Name: "url", IsRequired: true, Add: "url: https://api.example.com", Slips: []string{"uri", "href", "host", "address"}},
		{Name: "description", Slips: []string{"desc", "name", "title", "summary"}},
		{Name: "variables", Slips: []string{"vars", "parameters"}},
	}
	variableKeys = []value.Key{
		{Name: "default", IsRequired: true, Add: "default: ...", Slips: []string{"value"}},
		{Name: "enum", Slips: []string{"values", "options", "oneof"}},
		{Name: "description", Slips: []string{"desc", "name", "title", "summary"}},
	}
)

// A server URL of OpenAPI: absolute, or a path, with variables in braces. The JSON Schema has the same expressions.
var (
	serverURL  = regexp.MustCompile(`^((https?|\{[^\s/?#{}]+\})://([^\s/?#{}]|\{[^\s/?#{}]+\})+(/([^\s?#{}]|\{[^\s/?#{}]+\})*)?|/([^\s?#{}]|\{[^\s/?#{}]+\})*)$`)
	pathPrefix = regexp.MustCompile(`^(/[^/{}?#\s]+)+$`)
)

// servers checks and returns the servers of the REST API.
func (r *reader) servers(v *value.Value) []*facts.BaseURL {
	items := []*value.Value{v}
	switch {
	case v == nil:
		return nil
	case v.Is(value.KindObject):
		hint := `expected a URL, or a list of URLs and of objects such as "- url: https://api.example.com"; servers of events stand in the definitions`
		urls := value.Array()
		for _, m := range v.Members {
			if serverURL.MatchString(m.Value.StringOr("")) {
				urls.Items = append(urls.Items, value.Object(value.NewMember("url", m.Value), value.NewMember("description", value.String(m.Name))))
			}
		}
		if len(urls.Items) > 0 && len(urls.Items) == len(v.Members) && !v.Has("url") {
			hint = "write \"" + value.FlowMember(value.NewMember("servers", urls)) + "\""
		}
		r.problems.Add(value.WrongType, v.Pos, hint, "servers must be a URL or a list, not an object")
		return nil
	case v.Is(value.KindArray):
		if items = v.Items; len(items) == 0 {
			r.problems.Add(value.EmptySetting, v.Pos, "add a URL, or remove servers", "servers is empty")
		}
	}
	var seen []Text
	for _, item := range items {
		url, ok := r.server(item)
		if !ok {
			continue
		}
		if other, ok := find(seen, url.Value); ok {
			r.problems.Add(value.RepeatedEntry, url.Pos, "remove it", "servers names %q twice, first at %s", url.Value, other.Pos)
		}
		seen = append(seen, url)
	}
	return facts.BaseURLsOf(v)
}

// server checks and returns one server.
func (r *reader) server(v *value.Value) (Text, bool) {
	const expected = "a URL, for example https://api.example.com"
	if !v.Is(value.KindObject) {
		url, ok := r.text(v, "an entry of servers", expected)
		return url, ok && r.serverURL(url, nil)
	}
	value.CheckKeys(v, "a server", r.problems, serverKeys...)
	r.optional(v, "description", "a string")
	variables := v.Get("variables")
	if variables != nil && !variables.Is(value.KindObject) {
		r.problems.Add(value.ServerVariable, variables.Pos, `expected names with objects, such as "{region: {default: eu}}"`, "variables must be an object, not %s", value.Describe(variables))
		return Text{}, false
	}
	for _, m := range value.Members(variables) {
		r.variable(m)
	}
	url := r.optional(v, "url", expected)
	return url, url.Value != "" && r.serverURL(url, variables)
}

// serverURL checks a URL, and that its variables are exactly the declared ones.
func (r *reader) serverURL(url Text, variables *value.Value) bool {
	if !serverURL.MatchString(url.Value) {
		r.problems.Add(value.RESTServer, url.Pos, serverHint(url.Value), "%q is not a URL of a REST API", url.Value)
		return false
	}
	used := facts.URLVariables(url.Value)
	for _, name := range used {
		if !variables.Has(name) {
			r.problems.Add(value.ServerVariable, url.Pos, "write an object with url and variables: {"+name+": {default: ...}}", "the variable {%s} of %q is not declared", name, url.Value)
		}
	}
	for _, m := range value.Members(variables) {
		if !slices.Contains(used, m.Name) {
			r.problems.Add(value.ServerVariable, m.Pos, "write {"+m.Name+"} where it belongs in the url, or remove it", "the variable %q is not in the url %q", m.Name, url.Value)
		}
	}
	return true
}

// serverHint returns what to write instead of a text that is not a server URL.
func serverHint(text string) string {
	scheme, _, hasScheme := strings.Cut(text, "://")
	switch {
	case strings.EqualFold(scheme, "ws") || strings.EqualFold(scheme, "wss"):
		return "write the URL of the REST API; event servers belong in the definitions, under asyncapi.servers"
	case strings.Count(text, "{") != strings.Count(text, "}"):
		return "close every { with a }"
	case strings.ContainsAny(text, "?#"):
		return "leave out the ? or # and what follows"
	case !hasScheme && serverURL.MatchString("https://"+text):
		return "write https://" + text
	}
	return "write it as https://api.example.com or, on the host of the document, as /"
}

// variable checks a variable of a URL.
func (r *reader) variable(m value.Member) {
	what := "the variable " + m.Name
	r.keys(m.Value, what, variableKeys)
	r.optional(m.Value, "description", "a string")
	chosen := r.optional(m.Value, "default", "a string")
	enum := m.Value.Get("enum")
	if enum == nil {
		return
	}
	if !enum.Is(value.KindArray) || len(enum.Items) == 0 {
		r.problems.Add(value.ServerVariable, enum.Pos, "expected a list of texts", "enum of %s is %s", what, emptyOr(enum))
		return
	}
	var allowed []string
	for _, item := range enum.Items {
		if text, ok := r.text(item, "an entry of enum", "a string"); ok {
			allowed = append(allowed, text.Value)
		}
	}
	if chosen.Value != "" && len(allowed) > 0 && !slices.Contains(allowed, chosen.Value) {
		r.problems.Add(value.ServerVariable, chosen.Pos, value.Suggestion(chosen.Value, allowed), "default of %s is not one of its enum values", what)
	}
}

// emptyOr describes a list that is empty, or a value that is not a list.
func emptyOr(v *value.Value) string {
	if v.Is(value.KindArray) {
		return "empty"
	}
	return "of type " + v.Kind.String()
}

// prefix checks and returns the prefix of the paths of the REST API.
func (r *reader) prefix(root *value.Value) string {
	text := r.optional(root, "prefix", "a path, for example /api")
	if text.Value != "" && !pathPrefix.MatchString(text.Value) {
		hint := "write it as /api"
		if mended := "/" + strings.Trim(text.Value, "/"); pathPrefix.MatchString(mended) {
			hint = "write " + mended
		}
		r.problems.Add(value.RESTServer, text.Pos, hint, "%q is not a prefix of paths", text.Value)
	}
	return text.Value
}
