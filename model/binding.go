package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// bindings reports what is wrong with the bindings of one place: server, channel, operation or message.
func (c *checker) bindings(v *Value, place string) {
	if !c.kind(v, place+" bindings", value.KindObject) {
		return
	}
	for _, m := range v.Members {
		what := "the " + place + " binding of " + m.Name
		switch {
		case !c.kind(m.Value, what, value.KindObject) || strings.HasPrefix(m.Name, "x-"):
		case bindingName(m.Name) != m.Name:
			c.problems.Add(m.Pos, "write "+bindingName(m.Name), "bindings do not know the protocol %q", m.Name)
		case !slices.Contains(bindingProtocols, m.Name):
			c.problems.Add(m.Pos, suggestion(m.Name, bindingProtocols), "bindings do not know the protocol %q", m.Name)
		default:
			c.binding(m, place, what)
		}
	}
}

func (c *checker) binding(m value.Member, place, what string) {
	rule := bindingRules[place][m.Name]
	if len(rule.fields) == 0 {
		if len(m.Value.Members) > 0 {
			c.problems.Add(m.Value.Members[0].Pos, otherPlace(m.Name, m.Value.Members[0].Name), "%s must be empty", what)
		}
		return
	}
	if version := m.Value.Get("bindingVersion"); c.kind(version, "bindingVersion of "+what, value.KindString) {
		c.oneOf(version, "bindingVersion of "+what, rule.versions...)
	}
	c.fields(m.Pos, m.Value, what, rule.fields, "bindingVersion")
	if headers := m.Value.Member("headers"); place == "message" && m.Name == "ibmmq" && headers != nil && m.Value.Get("type").StringOr("binary") != "binary" {
		c.problems.Add(headers.Pos, "leave them out, or write type: binary", "%s has headers, which only binary messages have", what)
	}
	if place != "channel" || m.Name != "amqp" {
		return
	}
	queue, exchange := m.Value.Member("queue"), m.Value.Member("exchange")
	switch is := m.Value.Get("is").StringOr(""); {
	case queue != nil && exchange != nil:
		c.problems.Add(exchange.Pos, "keep the one that \"is\" names", "%s has a queue and an exchange", what)
	case is == "routingKey" && queue != nil:
		c.problems.Add(queue.Pos, "write exchange, or is: queue", "%s is a routing key, so it has no queue", what)
	case is == "queue" && exchange != nil:
		c.problems.Add(exchange.Pos, "write queue, or is: routingKey", "%s is a queue, so it has no exchange", what)
	case is == "queue" && queue == nil:
		c.problems.Add(m.Pos, "add queue: {name: ...}", "%s does not say which queue it is", what)
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
			c.problems.Add(pos, "add "+n, "%s has no %s", what, n)
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
	for _, place := range bindingPlaces {
		if _, ok := bindingRules[place][protocol].fields[field]; ok {
			return field + " belongs to the " + place + " binding of " + protocol
		}
	}
	return "leave it out"
}

// bindings lays those that a definition writes over the defaults, for the protocols given.
func (b *eventBuilder) bindings(s *eventSource, protocols []string, defaults []*Binding, written *Value, place string) []*Binding {
	var list []*Binding
	for _, protocol := range protocols {
		binding := &Binding{Protocol: protocol}
		if i := slices.IndexFunc(defaults, func(d *Binding) bool { return d.Protocol == protocol }); i >= 0 {
			binding.Fields = slices.Clone(defaults[i].Fields)
		}
		b.lay(s, binding, written.Get(protocol), place)
		if len(binding.Fields) > 0 {
			list = append(list, versioned(binding, place))
		}
	}
	if written == nil {
		return list
	}
	for _, m := range written.Members {
		if strings.HasPrefix(m.Name, "x-") {
			binding := &Binding{Protocol: m.Name}
			for _, field := range m.Value.Members {
				binding.Fields = append(binding.Fields, BindingField{Name: field.Name, Value: field.Value})
			}
			if len(binding.Fields) > 0 {
				list = append(list, binding)
			}
		}
	}
	return list
}

// lay puts the written fields over those of the binding. In AMQP a channel is a queue or has an exchange, so
// one that is written takes the place of both.
func (b *eventBuilder) lay(s *eventSource, binding *Binding, written *Value, place string) {
	if written == nil {
		return
	}
	if binding.Protocol == "amqp" && place == "channel" && (written.Has("is") || written.Has("queue") || written.Has("exchange")) {
		binding.Fields = nil
		if !written.Has("is") {
			is := "routingKey"
			if written.Has("queue") {
				is = "queue"
			}
			binding.set("is", value.String(is))
		}
	}
	for _, m := range written.Members {
		rule := bindingRules[place][binding.Protocol].fields[m.Name]
		if rule.isSchema && (m.Value.Is(value.KindObject) || m.Value.Is(value.KindBool)) {
			binding.setSchema(m.Name, s.normalise(m.Value))
		} else {
			binding.set(m.Name, m.Value)
		}
	}
}

func (b *Binding) set(name string, v *Value) { b.put(BindingField{Name: name, Value: v}) }

func (b *Binding) setSchema(name string, v *Value) {
	if v != nil {
		b.put(BindingField{Name: name, Value: v, IsSchema: true})
	}
}

func (b *Binding) put(field BindingField) {
	i := slices.IndexFunc(b.Fields, func(f BindingField) bool { return f.Name == field.Name })
	if i < 0 {
		b.Fields = append(b.Fields, field)
		return
	}
	b.Fields[i] = field
}

// versioned gives the binding the newest version that its place knows, if it names none, as its last field.
func versioned(b *Binding, place string) *Binding {
	version := BindingField{Name: "bindingVersion"}
	if rule := bindingRules[place][b.Protocol]; len(rule.versions) > 0 {
		version.Value = value.String(rule.versions[0])
	}
	b.Fields = slices.DeleteFunc(b.Fields, func(f BindingField) bool {
		if f.Name == version.Name {
			version.Value = f.Value
		}
		return f.Name == version.Name
	})
	if version.Value != nil {
		b.Fields = append(b.Fields, version)
	}
	return b
}

// unused warns of bindings for protocols that none of the definition's servers speak.
func (b *eventBuilder) unused(s *eventSource, servers []*Server) {
	spoken := protocolsOf(servers)
	for _, place := range bindingPlaces {
		written := s.Block.Get("bindings").Get(place)
		if written == nil {
			continue
		}
		for _, m := range written.Members {
			if !strings.HasPrefix(m.Name, "x-") && !slices.Contains(spoken, m.Name) {
				b.problems.Warn(m.Pos, "add a server with protocol: "+m.Name, "no server speaks %s, so its %s binding is left out", m.Name, place)
			}
		}
	}
}
