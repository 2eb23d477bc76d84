package model

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/facts"
)

// bases lists base URLs, each with its description and its variables.
func bases(all []*BaseURL) string {
	var lines []string
	for _, b := range all {
		line := b.URL
		if b.Description != "" {
			line += " " + b.Description
		}
		for _, v := range b.Variables {
			line += " {" + v.Name + "=" + v.Default + "}"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestBaseURLs(t *testing.T) {
	for _, test := range []struct{ name, servers, prefix, want string }{
		{"without events", "", "", "/"},
		{"a prefix alone", "", "/api", "/api"},
		{"no server said", "asyncapi: {}", "", "http://localhost:8080 Local development server"},
		{"each scheme", `asyncapi: {servers: {a: {url: "ws://a"}, b: {url: "wss://b"}, c: {url: "http://c"}, d: {url: "https://d:1"}, e: {url: "WS://e"}}}`, "",
			"http://a\nhttps://b\nhttp://c\nhttps://d:1\nhttp://e"},
		{"secure by protocol or URL", `asyncapi: {servers: {a: {url: "wss://a", protocol: ws}, b: {url: b, protocol: wss}}}`, "", "https://a\nhttps://b"},
		{"no path of events", `asyncapi: {servers: {a: {url: "ws://a/events/v1"}}}`, "/v1", "http://a/v1"},
		{"no other protocol", `asyncapi: {servers: {a: {url: "kafka://a"}, b: {url: "ws://b", protocol: stomp}}}`, "", "/"},
		{"each once", `asyncapi: {servers: {a: {url: "ws://a/x", description: First}, b: {url: "http://a", description: Second}, c: {url: "wss://a"}}}`, "",
			"http://a First\nhttps://a"},
		{"descriptions of servers, not of events", `asyncapi: {servers: {a: {url: "ws://a", description: WebSocket server}, b: {url: "ws://b", description: Production}, c: {url: "ws://c", description: For live Events}}}`, "",
			"http://a\nhttp://b Production\nhttp://c"},
		{"variables of the host", `asyncapi: {servers: {a: {url: "ws://{region}.a:{port}/{tenant}", variables: {region: {default: eu}, port: {enum: [80, 81]}, tenant: {default: b}}}}}`, "",
			"http://{region}.a:{port} {region=eu} {port=80}"},
		{"a variable that can be anything", `asyncapi: {servers: {a: {url: "ws://{host}"}, b: {url: "ws://b"}}}`, "", "http://b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := "kind: book\nschema: {key: {name: id}, items: {properties: {a: {type: string}}}}\n" + test.servers
			api, problems := Load(func(string) ([]byte, error) { return []byte(text), nil }, Options{Facts: Facts{Prefix: test.prefix}}, "a.yaml")
			if api == nil {
				t.Fatal(problems)
			}
			if got := bases(api.BaseURLs); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// Where somebody said where REST runs, servers of events say nothing of it.
func TestBaseURLsGiven(t *testing.T) {
	given := Facts{Prefix: "/api", Servers: []*BaseURL{
		{URL: "https://a/v1/", Description: "Production", Variables: []*ServerVariable{facts.VariableOf("x", nil)}}, {URL: "/"}, {URL: "https://a/v1"},
	}}
	if got, want := bases(baseURLs(given, []*Server{{Protocol: "ws", Host: "b"}})), "https://a/v1/api Production {x=}\n/api"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
