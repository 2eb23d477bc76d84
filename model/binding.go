package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/value"
)

// bindings lays those that a definition writes for the protocol over the defaults, each over those before.
func (b *eventBuilder) bindings(s *eventSource, defaults *Binding, place string, written ...*Value) []*Binding {
	binding := &Binding{Protocol: defaults.Protocol, Fields: slices.Clone(defaults.Fields)}
	var list []*Binding
	for _, w := range written {
		b.lay(s, binding, w.Get(binding.Protocol), place)
		for _, extension := range extensionBindings(w) {
			list = slices.DeleteFunc(list, func(other *Binding) bool { return other.Protocol == extension.Protocol })
			list = append(list, extension)
		}
	}
	if len(binding.Fields) > 0 {
		list = slices.Insert(list, 0, versioned(binding, place))
	}
	return list
}

// extensionBindings returns those under keys that start with x-, which belong to no protocol.
func extensionBindings(written *Value) []*Binding {
	var list []*Binding
	for _, m := range extensions(written) {
		binding := &Binding{Protocol: m.Name}
		for _, field := range m.Value.Members {
			binding.Fields = append(binding.Fields, BindingField{Name: field.Name, Value: field.Value})
		}
		if len(binding.Fields) > 0 {
			list = append(list, binding)
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
		if definition.BindingRules[place][binding.Protocol].HoldsSchema(m.Name) && (m.Value.Is(value.KindObject) || m.Value.Is(value.KindBool)) {
			binding.setSchema(m.Name, s.normalise(m.Value))
		} else {
			binding.set(m.Name, over(binding.get(m.Name), m.Value))
		}
	}
}

// over returns a written value combined with a default: for two objects, the members of both.
func over(given, written *Value) *Value {
	if !given.Is(value.KindObject) || !written.Is(value.KindObject) {
		return written
	}
	for _, m := range written.Members {
		given = value.With(given, m.Name, m.Value)
	}
	return given
}

// get returns the value of a field, or nil.
func (b *Binding) get(name string) *Value {
	for _, f := range b.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return nil
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
	if rule := definition.BindingRules[place][b.Protocol]; len(rule.Versions) > 0 {
		version.Value = value.String(rule.Versions[0])
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

// unused warns of bindings that the definition does not use: those of servers for protocols that none of its servers
// use, the others for protocols that none of its channels use. It does not warn if the protocol of a server is doubtful
// and reported as such.
func (b *eventBuilder) unused(s *eventSource, servers []*Server) {
	defer b.problems.Only(value.OnlyServers)()
	var spoken, used []string
	for _, server := range servers {
		spoken = append(spoken, definition.BindingName(server.Protocol))
	}
	for _, r := range s.Resources {
		for _, l := range r.Levels {
			for _, c := range l.Channels {
				used = append(used, c.Protocol)
			}
		}
	}
	isDoubtful := func(at Pos) bool {
		return slices.ContainsFunc(*b.problems, func(p Problem) bool { return p.Code == value.ServerProtocol && p.Pos.File == at.File })
	}
	for _, place := range definition.BindingPlaces {
		written := s.written(place)
		if written == nil || isDoubtful(written.Pos) {
			continue
		}
		for _, m := range written.Members {
			switch {
			case strings.HasPrefix(m.Name, "x-"):
			case !slices.Contains(spoken, m.Name):
				b.problems.Warn(value.UnusedBinding, m.Pos, "add a server with protocol: "+m.Name, "no server uses %s, so its %s binding is left out", m.Name, place)
			case place != "server" && !slices.Contains(used, m.Name):
				b.problems.Warn(value.UnusedBinding, m.Pos, "enable a level in asyncapi.channels", "no channel uses %s, so its %s binding is left out", m.Name, place)
			}
		}
	}
}
