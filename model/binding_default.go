package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// channelBindings are the default bindings of a channel: how a WebSocket is opened, the exchange that an AMQP broker
// routes by, and delivery to every subscriber where only one would get a message otherwise. A Kafka topic with only
// states keeps the last one of each instance; requests and refusals would push states out.
func channelBindings(c *Channel) *Binding {
	b := &Binding{Protocol: c.Protocol}
	switch c.Protocol {
	case "ws":
		b.set("method", value.String("GET"))
		b.setSchema("query", parametersSchema(c.Level.Operation("get"), "query"))
		b.setSchema("headers", parametersSchema(c.Level.Operation("get"), "header"))
	case "amqp":
		b.set("is", value.String("routingKey"))
		b.set("exchange", value.Object(
			value.NewMember("name", value.String(name.Key(c.Resource.Plural))), value.NewMember("type", value.String("topic")),
			value.NewMember("durable", value.Bool(true)), value.NewMember("autoDelete", value.Bool(false)), value.NewMember("vhost", value.String("/"))))
	case "anypointmq":
		b.set("destinationType", value.String("exchange"))
	case "kafka":
		if c.Resource.sendsStates() && c.Publish == nil {
			b.set("topicConfiguration", value.Object(value.NewMember("cleanup.policy", value.Strings("compact"))))
		}
	}
	return b
}

// operationBindings are the default bindings of an operation: the HTTP method that it represents, delivery at least
// once, states retained by the broker, and one queue group that shares the work.
func operationBindings(c *Channel, verb string, o *Operation) *Binding {
	b := &Binding{Protocol: c.Protocol}
	switch c.Protocol {
	case "http":
		b.set("method", value.String(strings.ToUpper(o.Method)))
		b.setSchema("query", parametersSchema(o, "query"))
	case "mqtt":
		b.set("qos", value.Int(1))
		b.set("retain", value.Bool(verb == subscribeVerb && c.Resource.sendsStates()))
	case "amqp":
		b.set("deliveryMode", value.Int(2))
		if verb != publishVerb {
			b.set("ack", value.Bool(true))
		}
	case "nats":
		if verb == publishVerb {
			b.set("queue", value.String(name.Key(c.Resource.Plural)))
		}
	}
	return b
}

// messageBindings are the default bindings of a message that represents a REST operation: the key that keeps the
// messages about one instance in order, and the type of its content.
func messageBindings(c *Channel, o *Operation, m *Message) *Binding {
	b := &Binding{Protocol: c.Protocol}
	switch c.Protocol {
	case "kafka":
		b.setSchema("key", messageKey(c, o))
	case "mqtt":
		b.set("payloadFormatIndicator", value.Int(1))
		b.set("contentType", value.String(m.Payload.ContentType))
	case "amqp":
		b.set("messageType", value.String(m.Name))
	}
	return b
}

// parametersSchema returns the schema of an object with the operation's parameters of one place, or nil where
// there are none.
func parametersSchema(o *Operation, in string) *Value {
	if o == nil {
		return nil
	}
	properties, required := value.Object(), value.Array()
	for _, p := range o.Parameters {
		if p.In != in {
			continue
		}
		properties.Members = append(properties.Members, value.NewMember(p.Name, parameterSchema(p)))
		if p.IsRequired {
			required.Items = append(required.Items, value.String(p.Name))
		}
	}
	if len(properties.Members) == 0 {
		return nil
	}
	schema := value.Object(value.NewMember("type", value.String("object")), value.NewMember("properties", properties))
	if len(required.Items) > 0 {
		schema.Set("required", required)
	}
	return schema
}

// parameterSchema returns the parameter's schema with the keywords next to it.
func parameterSchema(p *Parameter) *Value {
	schema := p.Schema
	if !schema.Is(value.KindObject) {
		return schema
	}
	schema = &Value{Kind: value.KindObject, Members: slices.Clone(schema.Members), Pos: schema.Pos}
	if p.Description != "" {
		schema.Set("description", value.String(p.Description))
	}
	if p.Default != nil {
		schema.Set("default", p.Default)
	}
	if p.IsDeprecated {
		schema.Set("deprecated", value.Bool(true))
	}
	return schema
}
