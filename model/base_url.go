package model

import (
	"regexp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/facts"
)

// baseURLs returns where the REST API runs, by distinct URLs: where somebody said that it does, else on the hosts of the
// servers of events, else where its description comes from.
func baseURLs(given Facts, servers []*Server) []*BaseURL {
	known := given.Servers
	if known == nil {
		for _, server := range servers {
			if beside := besideEvents(server); beside != nil {
				known = append(known, beside)
			}
		}
	}
	if known == nil {
		known = []*BaseURL{{URL: "/"}}
	}
	var all []*BaseURL
	for _, base := range known {
		base = below(base, given.Prefix)
		if !slices.ContainsFunc(all, func(other *BaseURL) bool { return other.URL == base.URL }) {
			all = append(all, base)
		}
	}
	return all
}

// below returns the base URL of the paths that begin with a prefix there.
func below(base *BaseURL, prefix string) *BaseURL {
	b := *base
	if b.URL = strings.TrimRight(b.URL, "/") + prefix; b.URL == "" {
		b.URL = "/"
	}
	return &b
}

// besideEvents returns where REST is on the host of a server of events that is a web server too, or nil: also where
// nothing says what a variable of the host can be.
func besideEvents(server *Server) *BaseURL {
	scheme := ""
	switch server.Protocol {
	case "ws", "http":
		scheme = "http"
		if before, _, _ := strings.Cut(server.URL, "://"); before == "wss" || before == "https" {
			scheme = "https"
		}
	case "wss", "https":
		scheme = "https"
	default:
		return nil
	}
	base := &BaseURL{URL: scheme + "://" + server.Host}
	if !eventWords.MatchString(server.Description) {
		base.Description = server.Description
	}
	used := facts.URLVariables(server.Host)
	for _, variable := range server.Variables {
		if !slices.Contains(used, variable.Name) {
			continue
		}
		variable = withDefault(variable)
		if variable == nil {
			return nil
		}
		base.Variables = append(base.Variables, variable)
	}
	return base
}

// eventWords are words that show that a description is about an event server and nothing else.
var eventWords = regexp.MustCompile(`(?i)\b(events?|web ?sockets?|sockets?|wss?|streams?|streaming|channels?|brokers?|messages?|messaging|` +
	`publish\w*|subscri\w*|pub/?sub|push\w*|real-?time|notifications?|updates)\b`)

// withDefault returns a variable with its default, else with the first value that it may be, or nil.
func withDefault(variable *ServerVariable) *ServerVariable {
	values := slices.Concat(variable.Enum, variable.Examples)
	switch {
	case variable.HasDefault:
		return variable
	case len(values) == 0:
		return nil
	}
	chosen := *variable
	chosen.Default, chosen.HasDefault = values[0], true
	return &chosen
}
