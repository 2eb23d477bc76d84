package definition

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/name"
)

// serverURL reports a URL that names no host or no protocol.
func (c *checker) serverURL(v, url *Value, what string, names []string) {
	u := ParseServerURL(url.Text)
	hint := "write it like " + DefaultServerURL + "/path"
	switch {
	case strings.ContainsFunc(url.Text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\\' }):
		c.problems.Add(url.Pos, hint, "url of %s contains a character that a URL cannot have", what)
	case u.Host == "":
		c.problems.Add(url.Pos, hint, "url of %s has no host", what)
	case strings.ContainsAny(u.Scheme, "{}"):
		c.problems.Add(url.Pos, "replace "+u.Scheme+" with the protocol", "the scheme in the url of %s is not a protocol", what)
	case strings.Count(url.Text, "{") != strings.Count(url.Text, "}"):
		c.problems.Add(url.Pos, "close every { with a }", "url of %s has unbalanced braces", what)
	case u.Scheme == "" && v.Get("protocol").StringOr("") == "" && misspells(v, "protocol", names...):
	case u.Scheme == "" && v.Get("protocol").StringOr("") == "":
		c.problems.Add(url.Pos, "add protocol: ws", "%s has no protocol", what)
	default:
		c.protocol(v.Get("protocol"), u.Scheme, what)
	}
}

// protocol warns of a protocol that the scheme of the URL contradicts.
func (c *checker) protocol(v *Value, scheme, what string) {
	protocol := v.StringOr("")
	if scheme == "" || protocol == "" || carries(scheme, protocol) {
		return
	}
	hint := "write \"protocol: " + strings.ToLower(scheme) + "\""
	if slices.Contains(BindingProtocols, BindingName(strings.ToLower(protocol))) {
		hint += ", or begin the url with " + strings.ToLower(protocol) + "://"
	}
	c.problems.Warn(v.Pos, hint, "the protocol of %s is %q, but its url begins with %s://", what, protocol, scheme)
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
