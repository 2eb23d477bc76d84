package facts

import (
	"regexp"
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// BaseURL is a base URL of the REST API: its paths follow it.
type BaseURL struct {
	URL         string            // absolute, or a path; without a trailing slash, except for / itself
	Description string            // as given, else empty
	Variables   []*ServerVariable // those in the URL, in order, each with a default
	IsGiven     bool              // given by firestone.yaml; else derived from the event servers, or the default
}

// ServerVariable is a part of a server's URL that a client chooses.
type ServerVariable struct {
	Name        string   // between { and } in the URL
	Default     string   // its text; check HasDefault, since it may be empty
	HasDefault  bool     // the definition gives a default
	Description string   // as given, else empty
	Enum        []string // the allowed values; empty if not listed
	Examples    []string // as given
}

// BaseURLsOf returns checked servers, given as a URL, or a list of URLs and objects.
func BaseURLsOf(v *value.Value) []*BaseURL {
	var all []*BaseURL
	items := []*value.Value{v}
	switch {
	case v == nil:
		return nil
	case v.Is(value.KindArray):
		items = v.Items
	}
	for _, item := range items {
		server := &BaseURL{URL: item.Written(), IsGiven: true}
		if item.Is(value.KindObject) {
			server.URL, server.Description = text(item, "url"), text(item, "description")
			for _, name := range URLVariables(server.URL) {
				server.Variables = append(server.Variables, VariableOf(name, item.Get("variables").Get(name)))
			}
		}
		all = append(all, server)
	}
	return all
}

// VariableOf returns a checked variable of a URL; v may be nil.
func VariableOf(name string, v *value.Value) *ServerVariable {
	chosen := v.Get("default")
	return &ServerVariable{
		Name: name, Default: chosen.Written(), HasDefault: chosen != nil, Description: text(v, "description"),
		Enum: value.WrittenItems(v.Get("enum")), Examples: value.WrittenItems(v.Get("examples")),
	}
}

var urlVariable = regexp.MustCompile(`\{([^{}]*)\}`)

// URLVariables returns the distinct names between { and }.
func URLVariables(text string) []string {
	var names []string
	for _, match := range urlVariable.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(names, match[1]) {
			names = append(names, match[1])
		}
	}
	return names
}
