package facts

import (
	"regexp"
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// BaseURL is where the REST API runs: its paths follow it.
type BaseURL struct {
	URL         string            // absolute, or a path; no slash at its end, unless it is / alone
	Description string            // as given, else empty
	Variables   []*ServerVariable // those of the URL, in its order, each with a default
	IsGiven     bool              // firestone.yaml gives it; else it follows from the servers of events, or is the default
}

// ServerVariable is a part of a server's URL that a client chooses.
type ServerVariable struct {
	Name        string   // between { and } in the URL
	Default     string   // its text; empty may be meant, see HasDefault
	HasDefault  bool     // the definition gives a default
	Description string   // as given, else empty
	Enum        []string // all that it may be, empty if that is not listed
	Examples    []string // as given
}

// BaseURLsOf returns where checked servers run: a URL, or a list of URLs and of objects.
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

// VariableOf returns what a checked variable of a URL says; v may be nil.
func VariableOf(name string, v *value.Value) *ServerVariable {
	chosen := v.Get("default")
	return &ServerVariable{
		Name: name, Default: chosen.Written(), HasDefault: chosen != nil, Description: text(v, "description"),
		Enum: value.WrittenItems(v.Get("enum")), Examples: value.WrittenItems(v.Get("examples")),
	}
}

var urlVariable = regexp.MustCompile(`\{([^{}]*)\}`)

// URLVariables returns the names between { and }, each once.
func URLVariables(text string) []string {
	var names []string
	for _, match := range urlVariable.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(names, match[1]) {
			names = append(names, match[1])
		}
	}
	return names
}
