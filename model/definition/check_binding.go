package definition

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// bindings reports problems with the bindings of one place: server, channel, operation or message.
func (c *checker) bindings(v *Value, place string) {
	if !c.kind(v, place+" bindings", value.KindObject) {
		return
	}
	for _, m := range v.Members {
		what := "the " + place + " binding of " + m.Name
		switch {
		case !c.kind(m.Value, what, value.KindObject) || strings.HasPrefix(m.Name, "x-"):
		case BindingName(m.Name) != m.Name:
			c.problems.Add(value.UnknownBinding, m.Pos, "write "+BindingName(m.Name), "unknown protocol %q in bindings", m.Name)
		case !slices.Contains(BindingProtocols, m.Name):
			c.problems.Add(value.UnknownBinding, m.Pos, value.Suggestion(m.Name, BindingProtocols), "unknown protocol %q in bindings", m.Name)
		default:
			c.binding(m, place, what)
		}
	}
}

func (c *checker) binding(m value.Member, place, what string) {
	rule := BindingRules[place][m.Name]
	if len(rule.fields) == 0 {
		if len(m.Value.Members) > 0 {
			c.problems.Add(value.UnfitBinding, m.Value.Members[0].Pos, otherPlace(m.Name, m.Value.Members[0].Name), "%s must be empty", what)
		}
		return
	}
	if version := m.Value.Get("bindingVersion"); c.kind(version, "bindingVersion of "+what, value.KindString) {
		c.oneOf(version, "bindingVersion of "+what, rule.Versions...)
	}
	c.fields(m.Pos, m.Value, what, rule.fields, "bindingVersion")
	if headers := m.Value.Member("headers"); place == "message" && m.Name == "ibmmq" && headers != nil && m.Value.Get("type").StringOr("binary") != "binary" {
		c.problems.Add(value.UnfitBinding, headers.Pos, "remove them, or write type: binary", "%s has headers, but only messages of type binary can have them", what)
	}
	if place != "channel" || m.Name != "amqp" {
		return
	}
	queue, exchange := m.Value.Member("queue"), m.Value.Member("exchange")
	switch is := m.Value.Get("is").StringOr(""); {
	case queue != nil && exchange != nil:
		c.problems.Add(value.UnfitBinding, exchange.Pos, "keep the one that \"is\" names", "%s has both a queue and an exchange", what)
	case is == "routingKey" && queue != nil:
		c.problems.Add(value.UnfitBinding, queue.Pos, "use exchange, or write is: queue", "%s has a queue, but is a routing key", what)
	case is == "queue" && exchange != nil:
		c.problems.Add(value.UnfitBinding, exchange.Pos, "use queue, or write is: routingKey", "%s has an exchange, but is a queue", what)
	case is == "queue" && queue == nil:
		c.problems.Add(value.UnfitBinding, m.Pos, "add queue: {name: ...}", "%s is a queue, but does not say which one", what)
	}
}

// fields reports the members of an object that the rules do not allow; others are names that need no rule.
func (c *checker) fields(pos Pos, v *Value, what string, rules fieldRules, others ...string) {
	names := slices.Clone(others)
	for n := range rules {
		names = append(names, n)
	}
	slices.Sort(names)
	c.known(v, what, names...)
	for _, n := range names {
		rule, field := rules[n], v.Get(n)
		switch {
		case field == nil && rule.isRequired && misspells(v, n, names...):
		case field == nil && rule.isRequired:
			c.problems.Add(value.MissingKey, pos, "add "+n, "%s has no %s", what, n)
		case field == nil || slices.Contains(others, n):
		case rule.isSchema && (field.Is(value.KindObject) || field.Is(value.KindBool)):
		case rule.isSchema:
			c.kind(field, n+" of "+what, append(slices.Clone(rule.kinds), value.KindObject)...)
		case !c.kind(field, n+" of "+what, rule.kinds...):
		case rule.words != nil:
			c.oneOf(field, n+" of "+what, rule.words...)
		case rule.fields != nil:
			c.fields(field.Pos, field, n+" of "+what, rule.fields)
		}
	}
}

// otherPlace says where a protocol's binding knows the field, if it does anywhere.
func otherPlace(protocol, field string) string {
	for _, place := range BindingPlaces {
		if _, ok := BindingRules[place][protocol].fields[field]; ok {
			return field + " belongs to the " + place + " binding of " + protocol
		}
	}
	return "remove it"
}
