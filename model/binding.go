package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/value"
)

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
		if definition.BindingRules[place][binding.Protocol].HoldsSchema(m.Name) && (m.Value.Is(value.KindObject) || m.Value.Is(value.KindBool)) {
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

// unused warns of bindings for protocols that none of the definition's servers speak.
func (b *eventBuilder) unused(s *eventSource, servers []*Server) {
	spoken := protocolsOf(servers)
	for _, place := range definition.BindingPlaces {
		written := s.Block.Get("bindings").Get(place)
		if written == nil {
			continue
		}
		for _, m := range written.Members {
			if !strings.HasPrefix(m.Name, "x-") && !slices.Contains(spoken, m.Name) {
				b.problems.Warn(m.Pos, "add a server with protocol: "+m.Name, "no server uses %s, so its %s binding is left out", m.Name, place)
			}
		}
	}
}
