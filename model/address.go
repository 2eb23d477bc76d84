package model

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
)

// dotted are the protocols, by the names of bindings, whose addresses have dots between their steps.
var dotted = []string{
	"kafka", "nats", "amqp", "amqp1", "redis", "jms", "sns", "sqs", "pulsar", "googlepubsub", "solace", "ibmmq", "stomp", "anypointmq",
}

// addressOf writes the level's path as the protocol does.
func addressOf(level *Level, protocol string) string {
	switch protocol = definition.BindingName(protocol); {
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

// template writes an address without percent-encoding, for readers of documents that decode their keys and then do
// not find them. A step that cannot do without becomes a parameter that has one value. Templates are distinct.
func (b *eventBuilder) template(level *Level, address string) (string, []FixedParameter) {
	for n := 1; ; n++ {
		template, fixed := templateOf(level, address, n)
		if len(fixed) == 0 || !b.templates[template] {
			b.templates[template] = true
			return template, fixed
		}
	}
}

// templateOf is the n-th way to write the template.
func templateOf(level *Level, address string, n int) (template string, fixed []FixedParameter) {
	if !strings.Contains(address, "%") {
		return address, nil
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

// needsEncoding reports whether a character cannot stand as it is in a step of a template (RFC 6570, section 2.1), or
// would be the end of a path.
func needsEncoding(r rune) bool {
	if r < unicode.MaxASCII {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-._~!$&()*+,;=:@", r)
	}
	return r < 0xA0 || !unicode.IsGraphic(r) || unicode.IsSpace(r)
}
