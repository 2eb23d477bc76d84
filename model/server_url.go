package model

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/name"
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

// dotted are the protocols, by the names of bindings, whose addresses have dots between their steps.
var dotted = []string{
	"kafka", "nats", "amqp", "amqp1", "redis", "jms", "sns", "sqs", "pulsar", "googlepubsub", "solace", "ibmmq", "stomp", "anypointmq",
}

// addressOf writes the level's path as the protocol does.
func addressOf(level *Level, protocol string) string {
	switch protocol = bindingName(protocol); {
	case protocol == "mqtt":
		return strings.TrimPrefix(level.Path, "/")
	case slices.Contains(dotted, protocol):
		var steps []string
		for _, s := range level.Segments {
			if s.Parameter != nil {
				steps = append(steps, "{"+s.Parameter.Name+"}")
			} else {
				steps = append(steps, name.Key(s.Text))
			}
		}
		return strings.Join(steps, ".")
	}
	return level.Path
}

// addressGroup is an address with the servers that know the level by it.
type addressGroup struct {
	address string
	servers []*Server
}

// groupByAddress returns the level's addresses in the order of the servers.
func groupByAddress(level *Level, servers []*Server) []*addressGroup {
	var groups []*addressGroup
	for _, server := range servers {
		address := addressOf(level, server.Protocol)
		i := slices.IndexFunc(groups, func(g *addressGroup) bool { return g.address == address })
		if i < 0 {
			i = len(groups)
			groups = append(groups, &addressGroup{address: address})
		}
		groups[i].servers = append(groups[i].servers, server)
	}
	return groups
}

var percentEncoded = regexp.MustCompile(`(%[0-9A-Fa-f]{2})+`)

// iri decodes what a segment of an IRI may hold as it is (RFC 3987, section 2.2): visible characters beyond ASCII,
// and the ASCII ones that neither end a path nor fail in a URI template (RFC 6570, section 2.1). Readers of documents that decode their keys find these unchanged.
func iri(address string) string {
	return percentEncoded.ReplaceAllStringFunc(address, func(encoded string) string {
		decoded, err := url.PathUnescape(encoded)
		if err != nil || !utf8.ValidString(decoded) {
			return encoded
		}
		var b strings.Builder
		for _, r := range decoded {
			if strings.ContainsRune("!$&()*+,;=:@", r) || r >= 0xA0 && unicode.IsGraphic(r) && !unicode.IsSpace(r) {
				b.WriteRune(r)
			} else {
				b.WriteString(url.PathEscape(string(r)))
			}
		}
		return b.String()
	})
}
