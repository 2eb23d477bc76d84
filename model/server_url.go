package model

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

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

// serverURL reports a URL that names no host or no protocol.
func (c *checker) serverURL(v, url *Value, what string, names []string) {
	u := splitURL(url.Text)
	hint := "write it like " + defaultServerURL + "/path"
	switch {
	case strings.ContainsFunc(url.Text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\\' }):
		c.problems.Add(url.Pos, hint, "url of %s holds a character that no URL has", what)
	case u.host == "":
		c.problems.Add(url.Pos, hint, "url of %s names no host", what)
	case strings.ContainsAny(u.scheme, "{}"):
		c.problems.Add(url.Pos, "write the protocol in place of "+u.scheme, "the scheme in the url of %s is no protocol", what)
	case strings.Count(url.Text, "{") != strings.Count(url.Text, "}"):
		c.problems.Add(url.Pos, "close every { with a }", "url of %s has { and } that do not match", what)
	case u.scheme == "" && v.Get("protocol").StringOr("") == "" && misspells(v, "protocol", names...):
	case u.scheme == "" && v.Get("protocol").StringOr("") == "":
		c.problems.Add(url.Pos, "add protocol: ws", "%s has no protocol", what)
	default:
		c.protocol(v.Get("protocol"), u.scheme, what)
	}
}

// protocol warns of a protocol that the scheme of the URL contradicts.
func (c *checker) protocol(v *Value, scheme, what string) {
	protocol := v.StringOr("")
	if scheme == "" || protocol == "" || carries(scheme, protocol) {
		return
	}
	hint := "write \"protocol: " + strings.ToLower(scheme) + "\""
	if slices.Contains(bindingProtocols, bindingName(strings.ToLower(protocol))) {
		hint += ", or begin the url with " + strings.ToLower(protocol) + "://"
	}
	c.problems.Warn(v.Pos, hint, "the protocol of %s is %q, and its url begins with %s://", what, protocol, scheme)
}

// carries reports whether a server whose URL has the scheme can speak the protocol: the two are one, but for security
// and versions, or the scheme is that of a transport. Over the web other protocols go, too, those that we do not know
// among them; but what is a slip for a known one is none.
func carries(scheme, protocol string) bool {
	scheme, protocol = plainProtocol(scheme), plainProtocol(protocol)
	switch {
	case scheme == protocol, scheme+"s" == protocol, scheme == protocol+"s", protocol == "jms":
		return true
	case slices.Contains([]string{"tcp", "tcps", "ssl", "tls", "udp", "smf", "smfs"}, scheme):
		return true
	case scheme != "http" && scheme != "ws", protocol == "http", protocol == "ws":
		return false
	}
	known := slices.Concat(bindingProtocols, slices.Sorted(maps.Keys(bindingNames)))
	_, isSlip := name.Nearest(protocol, known)
	return !isSlip || slices.Contains(known, protocol)
}

// plainProtocol returns the name of a protocol, or of a URL's scheme, without its version and without what secures it:
// mqtt for mqtts, secure-mqtt and mqtt5, pulsar for pulsar+ssl.
func plainProtocol(text string) string {
	text = bindingName(strings.ToLower(text))
	if i := strings.IndexAny(text, "+-."); i > 0 {
		text = text[:i]
	}
	return strings.TrimRight(text, "0123456789")
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
