package definition

import "strings"

// ServerURL is the URL of a server in its parts. It is not a URL of RFC 3986 before its variables are filled in, and
// may list several brokers, so net/url cannot parse it.
type ServerURL struct {
	Scheme string // empty where there is none
	Host   string // with the port
	Path   string // empty, or with a slash at its start and none at its end
	Rest   string // the query and the fragment
}

func ParseServerURL(text string) ServerURL {
	var u ServerURL
	rest := text
	if scheme, behind, found := strings.Cut(text, "://"); found {
		u.Scheme, rest = scheme, behind
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest, u.Rest = rest[:i], rest[i:]
	}
	host, path, _ := strings.Cut(rest, "/")
	u.Host = host
	if path = strings.Trim(path, "/"); path != "" {
		u.Path = "/" + path
	}
	return u
}

// BindingNames are the names under which bindings know a protocol, where it differs from the server's.
var bindingNames = map[string]string{
	"wss": "ws", "https": "http", "kafka-secure": "kafka", "amqps": "amqp",
	"secure-mqtt": "mqtt", "mqtts": "mqtt", "mqtt5": "mqtt", "nats-tls": "nats", "stomps": "stomp", "rediss": "redis", "ibmmq-secure": "ibmmq",
}

// BindingName returns the name under which bindings know the protocol.
func BindingName(protocol string) string {
	if n, ok := bindingNames[protocol]; ok {
		return n
	}
	return protocol
}

// DefaultServerURL is where events are where no definition says it.
const DefaultServerURL = "ws://localhost:8080"
