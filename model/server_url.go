package model

import (
	"regexp"
	"slices"
	"strings"
)

// serverURL is the URL of a server in its parts. It is no URL of RFC 3986 before its variables are filled in,
// and brokers may stand in it side by side, so net/url cannot read it.
type serverURL struct {
	scheme string // empty where there is none
	host   string // with the port
	path   string // empty, or with a slash at its start and none at its end
	rest   string // the query and the fragment
}

func splitURL(text string) serverURL {
	var u serverURL
	rest := text
	if scheme, behind, found := strings.Cut(text, "://"); found {
		u.scheme, rest = scheme, behind
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest, u.rest = rest[:i], rest[i:]
	}
	host, path, _ := strings.Cut(rest, "/")
	u.host = host
	if path = strings.Trim(path, "/"); path != "" {
		u.path = "/" + path
	}
	return u
}

var urlVariable = regexp.MustCompile(`\{([^{}]*)\}`)

// urlVariables returns the names between { and }, each once.
func urlVariables(text string) []string {
	var names []string
	for _, match := range urlVariable.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(names, match[1]) {
			names = append(names, match[1])
		}
	}
	return names
}

// bindingNames are the names under which bindings know a protocol, where it differs from the server's.
var bindingNames = map[string]string{
	"wss": "ws", "https": "http", "kafka-secure": "kafka", "amqps": "amqp",
	"secure-mqtt": "mqtt", "mqtts": "mqtt", "mqtt5": "mqtt", "nats-tls": "nats", "stomps": "stomp", "rediss": "redis",
}

// bindingName returns the name under which bindings know the protocol.
func bindingName(protocol string) string {
	if n, ok := bindingNames[protocol]; ok {
		return n
	}
	return protocol
}

// protocolsOf returns the protocols of the servers by the names of bindings, each once.
func protocolsOf(servers []*Server) []string {
	var protocols []string
	for _, server := range servers {
		if p := bindingName(server.Protocol); !slices.Contains(protocols, p) {
			protocols = append(protocols, p)
		}
	}
	return protocols
}
