package definition

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// slashed matches the protocol of a URL with too few slashes or without the colon.
var slashed = value.Expression(`^([a-z][a-z0-9+]*)(?::/|//)`)

// serverURL reports a URL that names no host or no protocol.
func (c *checker) serverURL(v, url *Value, what string, names []string) {
	u := ParseServerURL(url.Text)
	hint := "write it like " + DefaultServerURL + "/path"
	switch {
	case strings.ContainsFunc(url.Text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\\' }):
		c.problems.Add(value.ServerURL, url.Pos, hint, "url of %s contains a character that a URL cannot have", what)
	case u.Scheme == "" && slashed().MatchString(url.Text):
		c.problems.Add(value.ServerURL, url.Pos, "write \""+slashed().ReplaceAllString(url.Text, "$1://")+"\"", "url of %s needs :// behind the protocol", what)
	case strings.Contains(url.Text, "${"):
		c.problems.Add(value.ServerURL, url.Pos, "write \""+strings.ReplaceAll(url.Text, "${", "{")+"\": a variable of a server has no $, and firestone reads no environment", "url of %s contains ${", what)
	case u.Host == "":
		c.problems.Add(value.ServerURL, url.Pos, hint, "url of %s has no host", what)
	case strings.ContainsAny(u.Scheme, "{}"):
		c.problems.Add(value.ServerURL, url.Pos, "replace "+u.Scheme+" with the protocol", "the scheme in the url of %s is not a protocol", what)
	case strings.Count(url.Text, "{") != strings.Count(url.Text, "}"):
		c.problems.Add(value.ServerURL, url.Pos, "close every { with a }", "url of %s has unbalanced braces", what)
	case u.Scheme == "" && v.Get("protocol").StringOr("") == "" && misspells(v, "protocol", names...):
	case u.Scheme == "" && v.Get("protocol").StringOr("") == "":
		c.problems.Add(value.MissingKey, url.Pos, "add protocol: ws", "%s has no protocol", what)
	default:
		c.protocol(v.Get("protocol"), u.Scheme, what)
	}
}

// protocolWords are other words for protocols that people write.
var protocolWords = map[string]string{"websocket": "ws", "websockets": "ws", "web-socket": "ws", "web-sockets": "ws", "socket": "ws", "rabbitmq": "amqp"}

// protocol warns of a protocol that has another name, by which bindings and generators know it, or that the scheme of the URL
// contradicts.
func (c *checker) protocol(v *Value, scheme, what string) {
	defer c.problems.Only(value.OnlyEvents)()
	protocol := strings.ToLower(v.StringOr(""))
	if meant, ok := protocolWords[protocol]; ok && (scheme == "" || carries(scheme, meant)) {
		if plainProtocol(scheme) == meant {
			meant = strings.ToLower(scheme) // which may say that it is secured
		}
		c.problems.Warn(value.ServerProtocol, v.Pos, "write \"protocol: "+meant+"\"", "unknown protocol %q of %s", v.Text, what)
		return
	}
	if scheme == "" || protocol == "" || carries(scheme, protocol) {
		return
	}
	hint := "write \"protocol: " + strings.ToLower(scheme) + "\""
	if slices.Contains(BindingProtocols, BindingName(protocol)) {
		hint += ", or begin the url with " + protocol + "://"
	}
	c.problems.Warn(value.ServerProtocol, v.Pos, hint, "the protocol of %s is %q, but its url begins with %s://", what, v.Text, scheme)
}

// neverOverWebSocket are protocols that nothing carries over WebSocket: their servers are reached by one of their own, or by
// HTTP.
var neverOverWebSocket = []string{"kafka", "redis", "sns", "sqs", "googlepubsub", "anypointmq", "ibmmq"}

// carries reports whether a server whose URL has the scheme can use the protocol: the two are the same, apart from
// security and versions, or the scheme is that of a transport. Web schemes can carry other protocols, too, including
// unknown ones, but not a misspelling of a known one.
func carries(scheme, protocol string) bool {
	scheme, protocol = plainProtocol(scheme), plainProtocol(protocol)
	switch {
	case scheme == protocol, scheme+"s" == protocol, scheme == protocol+"s", protocol == "jms":
		return true
	case slices.Contains([]string{"tcp", "tcps", "ssl", "tls", "udp", "smf", "smfs"}, scheme):
		return true
	case scheme != "http" && scheme != "ws", protocol == "http", protocol == "ws", scheme == "ws" && slices.Contains(neverOverWebSocket, protocol):
		return false
	}
	known := slices.Concat(BindingProtocols, slices.Sorted(maps.Keys(bindingNames)))
	_, isSlip := name.Nearest(protocol, known)
	return !isSlip || slices.Contains(known, protocol)
}

// plainProtocol returns the name of a protocol, or of a URL's scheme, without its version and without what secures it:
// mqtt for mqtts, secure-mqtt and mqtt5, pulsar for pulsar+ssl.
func plainProtocol(text string) string {
	text = BindingName(strings.ToLower(text))
	if i := strings.IndexAny(text, "+-."); i > 0 {
		text = text[:i]
	}
	return strings.TrimRight(text, "0123456789")
}
