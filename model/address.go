package model

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
)

// The protocols, by the names of bindings, whose addresses are not paths: topics with steps separated by slashes (MQTT
// 5.0, section 4.7; in Solace and IBM MQ too), and names with dots.
var (
	slashed = []string{"mqtt", "solace", "ibmmq"}
	dotted  = []string{"kafka", "nats", "amqp", "amqp1", "redis", "jms", "sns", "sqs", "pulsar", "googlepubsub", "stomp", "anypointmq"}
)

// addressOf writes the level's path as the protocol does. One topic carries the records of all instances, so its name
// does not include what identifies one.
func addressOf(level *Level, protocol string) string {
	switch {
	case slices.Contains(slashed, protocol):
		return strings.TrimPrefix(level.Path, "/")
	case slices.Contains(dotted, protocol):
		var steps []string
		for _, s := range level.Segments {
			switch {
			case s.Parameter == nil:
				steps = append(steps, name.Key(s.Text))
			case !isKeyed(protocol):
				steps = append(steps, "{"+s.Parameter.Name+"}")
			}
		}
		return strings.Join(steps, ".")
	}
	return level.Path
}

// protocolGroup is a protocol, by the name of its binding, with the servers that speak it.
type protocolGroup struct {
	protocol string
	suffix   string // of the names of its channels, operations and messages
	servers  []*Server
}

// groupByProtocol returns the protocols in the order of the servers. The first one has the plain names.
func groupByProtocol(servers []*Server) []*protocolGroup {
	var groups []*protocolGroup
	for _, server := range servers {
		protocol := definition.BindingName(server.Protocol)
		i := slices.IndexFunc(groups, func(g *protocolGroup) bool { return g.protocol == protocol })
		if i < 0 {
			i = len(groups)
			groups = append(groups, &protocolGroup{protocol: protocol})
			if i > 0 {
				groups[i].suffix = name.Pascal(protocol)
			}
		}
		groups[i].servers = append(groups[i].servers, server)
	}
	return groups
}

// template writes an address without percent-encoding, for readers of documents that decode their keys and then do
// not find them. A step that cannot do without becomes a parameter that has one value. Templates are distinct, though two
// protocols may know a level by one address: the first step of the second one is such a parameter.
func (b *eventBuilder) template(level *Level, address string) (string, []FixedParameter) {
	for n := 1; ; n++ {
		template, fixed := templateOf(level, address, n)
		if !b.templates[template] {
			b.templates[template] = true
			return template, fixed
		}
	}
}

// templateOf is the n-th way to write the template.
func templateOf(level *Level, address string, n int) (template string, fixed []FixedParameter) {
	if !strings.Contains(address, "%") {
		return plainTemplate(level, address, n)
	}
	var taken name.Set
	for _, p := range level.Parameters {
		taken.Unique(p.Name)
	}
	var steps []string
	for _, s := range level.Segments {
		switch {
		case s.Parameter != nil:
			steps = append(steps, "{"+s.Parameter.Name+"}")
		case strings.ContainsFunc(s.Text, needsEncoding):
			called := name.Parameter(s.Text)
			if n > 1 {
				called += strconv.Itoa(n)
			}
			p := FixedParameter{Name: taken.Unique(called), Value: s.Text}
			steps, fixed = append(steps, "{"+p.Name+"}"), append(fixed, p)
		default:
			steps = append(steps, s.Text)
		}
	}
	template = strings.Join(steps, "/")
	if strings.HasPrefix(address, "/") {
		template = "/" + template
	}
	return template, fixed
}

// plainTemplate is the n-th way to write the template of an address that needs no encoding: unchanged, then with a
// parameter for its first step.
func plainTemplate(level *Level, address string, n int) (template string, fixed []FixedParameter) {
	if n == 1 {
		return address, nil
	}
	var taken name.Set
	for _, p := range level.Parameters {
		taken.Unique(p.Name)
	}
	start := len(address) - len(strings.TrimPrefix(address, "/"))
	end := len(address)
	for _, separator := range []string{"/", "."} {
		if i := strings.Index(address[start:], separator); i > 0 {
			end = start + i
			break
		}
	}
	called := name.Parameter(address[start:end])
	if n > 2 {
		called += strconv.Itoa(n - 1)
	}
	p := FixedParameter{Name: taken.Unique(called), Value: address[start:end]}
	return address[:start] + "{" + p.Name + "}" + address[end:], []FixedParameter{p}
}

// needsEncoding reports whether a character must be encoded in a step of a template (RFC 6570, section 2.1), or would
// end the path.
func needsEncoding(r rune) bool {
	if r < unicode.MaxASCII {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-._~!$&()*+,;=:@", r)
	}
	return r < 0xA0 || !unicode.IsGraphic(r) || unicode.IsSpace(r)
}
