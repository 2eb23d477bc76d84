package model

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// isKeyed reports whether a protocol, by the name of its binding, has one channel for all instances of a resource, and a
// key in each message that keeps those about one instance in order (AsyncAPI's Kafka bindings 0.5.0, Message Binding Object).
func isKeyed(protocol string) bool { return protocol == "kafka" }

// messageKey returns the schema of the key of a message that represents a REST operation: what identifies the instance
// and, for a nested resource, its ancestors. If the server has yet to choose the former, it is only the latter, or nil.
func messageKey(c *Channel, o *Operation) *Value {
	key := c.Resource.Key
	isKnown := o.Verb != "create" || key.IsProperty && !key.IsReadOnly
	outer := c.Level.Parameters
	if !c.Level.IsCollection() {
		outer = outer[:len(outer)-1]
	}
	switch {
	case len(outer) == 0 && isKnown:
		return key.Schema
	case len(outer) == 0:
		return nil
	}
	properties, required := value.Object(), value.Array()
	add := func(name string, schema *Value) {
		properties.Members = append(properties.Members, value.NewMember(name, schema))
		required.Items = append(required.Items, value.String(name))
	}
	for _, p := range outer {
		add(p.Name, p.Schema)
	}
	if isKnown {
		add(key.Parameter, key.Schema)
	}
	return value.Object(value.NewMember("type", value.String("object")), value.NewMember("properties", properties),
		value.NewMember("required", required), value.NewMember("additionalProperties", value.Bool(false)))
}

// records returns the messages of a topic without an envelope: the record itself, and what takes its place when it is
// deleted, which to a log with keys is a key without content.
func (b *eventBuilder) records(o *Operation, suffix string) []*Message {
	r := o.Resource
	state := &Message{Resource: r, Name: b.messages.Unique(r.Type + suffix), Payload: instanceBody(r, plain(o.Response))}
	state.Title, state.Summary = recordTexts(r)
	nothing := value.Object(value.NewMember("type", value.String("null")), value.NewMember("description", value.String("No content.")))
	tombstone := &Message{
		Resource: r, Event: "deleted", Name: b.messages.Unique(r.Type + "Deleted" + suffix),
		Payload: &Body{ContentType: "application/json", Form: Read, Schema: nothing, Example: &Value{Kind: value.KindNull}},
	}
	tombstone.Title, tombstone.Summary = tombstoneTexts(r)
	return []*Message{named(state), named(tombstone)}
}

// requiredForAll returns the security of a channel that receives messages for several operations: access cannot be
// limited to some kinds of messages, so each alternative combines one of every operation. An operation that needs
// nothing adds nothing.
func requiredForAll(operations []*Operation) []*Requirement {
	var all []*Requirement
	for _, o := range operations {
		switch {
		case len(all) == 0:
			all = o.Security
		case len(o.Security) > 0 && !slices.EqualFunc(all, o.Security, isSameRequirement):
			all = bothOf(all, o.Security)
		}
	}
	return all
}

// bothOf returns what satisfies a requirement of either list.
func bothOf(some, others []*Requirement) []*Requirement {
	var all []*Requirement
	for _, a := range some {
		for _, b := range others {
			both := &Requirement{Schemes: slices.Clone(a.Schemes)}
			for _, required := range b.Schemes {
				i := slices.IndexFunc(both.Schemes, func(r RequiredScheme) bool { return r.Scheme == required.Scheme })
				if i < 0 {
					both.Schemes = append(both.Schemes, required)
					continue
				}
				for _, scope := range required.Scopes {
					if !slices.Contains(both.Schemes[i].Scopes, scope) {
						both.Schemes[i].Scopes = append(slices.Clone(both.Schemes[i].Scopes), scope)
					}
				}
			}
			if !slices.ContainsFunc(all, func(r *Requirement) bool { return isSameRequirement(r, both) }) {
				all = append(all, both)
			}
		}
	}
	return all
}

func isSameRequirement(a, b *Requirement) bool {
	return slices.EqualFunc(a.Schemes, b.Schemes, func(x, y RequiredScheme) bool {
		return x.Scheme == y.Scheme && slices.Equal(x.Scopes, y.Scopes)
	})
}
