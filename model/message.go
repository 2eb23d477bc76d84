package model

import (
	"unicode"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// messagesOf returns the messages of the channel in one direction; o is the REST operation that it represents. No two
// operations share a message, because AsyncAPI 2 cannot express that.
func (b *eventBuilder) messagesOf(c *Channel, o *Operation, verb, suffix string) []*Message {
	r, l := c.Resource, o.Level
	noun := messageNoun(l)
	switch {
	case verb == subscribeVerb && !r.sendsStates():
		return b.changes(c, o, noun, suffix)
	case verb == subscribeVerb && c.IsKeyed:
		return b.records(o, suffix)
	}
	m := &Message{Resource: r}
	if verb == subscribeVerb {
		m.Payload = plain(o.Response)
		if l.IsCollection() {
			noun = r.ListType
		}
	} else {
		m.Payload = plain(o.Request)
		noun = name.Pascal(o.Verb) + noun
	}
	m.Name = b.messages.Unique(noun + suffix)
	m.Title, m.Summary = messageTexts(l, o)
	if !r.sendsStates() {
		m.Payload = envelope(l, m.Name, o.Verb, m.Payload)
	}
	return []*Message{named(m)}
}

// sendsStates reports whether a subscriber receives the current state rather than events about each change.
func (r *Resource) sendsStates() bool { return r.Envelope != definition.CloudEvents }

// refusedEvent is the event of a message that refuses a publication.
const refusedEvent = "refused"

// refusal returns what the server sends back if it refuses a publication that represents the REST operation o.
func (b *eventBuilder) refusal(c *Channel, o *Operation, suffix string) *Message {
	m := &Message{
		Resource: c.Resource, Event: refusedEvent, Name: b.messages.Unique(name.Pascal(o.Verb) + messageNoun(o.Level) + "Refused" + suffix),
	}
	m.Title, m.Summary = refusalTexts(o.Level, o)
	if c.Protocol == "mqtt" && c.Resource.sendsStates() {
		m.Description = "It is never retained, whatever is said of states on the same channel."
	}
	problem := b.api.Problem
	isWrapped := !c.Resource.sendsStates()
	found := exampleFault(o, 422)
	if isWrapped {
		found = found.within("/data")
	}
	m.Payload = &Body{
		ContentType: "application/problem+json", Form: Read, Schema: schema.RefTo(problem.Name), Component: problem,
		Example: problemExample("Unprocessable Content", 422, found.detail, found),
	}
	if isWrapped {
		m.Payload = envelope(o.Level, m.Name, refusedEvent, m.Payload)
	}
	return named(m)
}

// messageNoun is the stem of the names of messages about one instance, or about its attribute.
func messageNoun(l *Level) string {
	if l.IsAttribute() {
		return l.Resource.Type + l.Property.Identifier
	}
	return l.Resource.Type
}

// plain returns the body as a message carries it. A merge patch is plain JSON there, because nothing else could be meant.
func plain(body *Body) *Body {
	copied := *body
	copied.ContentType = "application/json"
	return &copied
}

// named gives the message's example a name after the message's.
func named(m *Message) *Message {
	first := []rune(m.Name)
	first[0] = unicode.ToLower(first[0])
	m.ExampleName = string(first)
	return m
}

// changes returns the CloudEvents that report what happened at a level.
func (b *eventBuilder) changes(c *Channel, o *Operation, noun, suffix string) []*Message {
	body, events := plain(o.Response), []string{"updated"}
	switch {
	case c.IsKeyed || c.Level.IsCollection():
		body, events = instanceBody(c.Resource, body), []string{"created", "updated", "deleted"}
	case c.Level.IsInstance():
		noun, events = noun+"Instance", []string{"updated", "deleted"}
	}
	var messages []*Message
	for _, event := range events {
		m := &Message{Resource: c.Resource, Event: event, Name: b.messages.Unique(noun + name.Pascal(event) + suffix)}
		m.Title, m.Summary = changeTexts(c.Level, event)
		m.Payload = envelope(c.Level, m.Name, event, body)
		messages = append(messages, named(m))
	}
	return messages
}

// instanceBody returns one instance of the list.
func instanceBody(r *Resource, list *Body) *Body {
	body := &Body{
		ContentType: list.ContentType, Form: Read, Component: r.Read,
		Schema: value.Object(value.NewMember("$ref", value.String("#/$defs/"+r.Read.Name))), Example: r.Read.Example,
	}
	if list.Example.Is(value.KindArray) && len(list.Example.Items) > 0 {
		body.Example = list.Example.Items[0]
	}
	return body
}

// envelope wraps a body as a CloudEvent in structured mode (CloudEvents 1.0.2, section 3.1; JSON format, section 3).
func envelope(l *Level, title, event string, body *Body) *Body {
	kind := l.Resource.Name
	if l.IsAttribute() {
		kind += "." + name.Key(l.Property.Name)
	}
	kind += "." + event
	text := func(description string, more ...value.Member) *Value {
		return value.Object(append([]value.Member{
			value.NewMember("type", value.String("string")), value.NewMember("description", value.String(description)),
		}, more...)...)
	}
	filled := value.NewMember("minLength", value.Int(1))
	schema := value.Object(
		value.NewMember("title", value.String(title)),
		value.NewMember("type", value.String("object")),
		value.NewMember("required", value.Strings("specversion", "id", "source", "type", "data")),
		value.NewMember("properties", value.Object(
			value.NewMember("specversion", text("The version of the CloudEvents specification.", value.NewMember("const", value.String("1.0")))),
			value.NewMember("id", text("Identifies the event; unique within its source.", filled)),
			value.NewMember("source", text("The origin of the event.", value.NewMember("format", value.String("uri-reference")), filled)),
			value.NewMember("type", text("The kind of event.", value.NewMember("const", value.String(kind)))),
			value.NewMember("subject", text("The key of the resource that the event is about.", filled)),
			value.NewMember("time", text("When the event occurred.", value.NewMember("format", value.String("date-time")))),
			value.NewMember("datacontenttype", text("The media type of the data.", value.NewMember("const", value.String(body.ContentType)))),
			value.NewMember("data", body.Schema))))
	wrapped := &Body{ContentType: "application/cloudevents+json", Form: body.Form, Schema: schema}
	if body.Example != nil {
		wrapped.Example = eventExample(l, kind, event, body)
	}
	return wrapped
}

func eventExample(l *Level, kind, event string, body *Body) *Value {
	example := value.Object(
		value.NewMember("specversion", value.String("1.0")),
		value.NewMember("id", value.String("1")),
		value.NewMember("source", value.String("/"+name.Key(l.Resource.Plural))),
		value.NewMember("type", value.String(kind)))
	isOfNone := event == "create" || event == refusedEvent && l.IsCollection()
	if key := l.Resource.Key; !isOfNone && key != nil {
		if subject := key.Example.Written(); subject != "" {
			example.Set("subject", value.String(subject))
		}
	}
	example.Set("time", value.String("2026-01-31T09:30:00Z"))
	example.Set("datacontenttype", value.String(body.ContentType))
	example.Set("data", body.Example)
	return example
}

// subjectName is what the names of the channel's operations end in.
func subjectName(c *Channel) string {
	l := c.Level
	switch {
	case c.IsKeyed || l.IsCollection():
		return l.Resource.collectionType()
	case l.IsInstance():
		return l.Resource.Type
	}
	return l.Resource.Type + l.Property.Identifier
}

// collectionType is what the names of operations on the collection end in: that of the list where singular and plural are
// one word.
func (r *Resource) collectionType() string {
	if r.PluralType == r.Type {
		return r.ListType
	}
	return r.PluralType
}

// channelName is the name of the channel where its level has no other, not yet distinct.
func channelName(c *Channel) string {
	r, l := c.Resource, c.Level
	isOfAll := c.IsKeyed || l.IsCollection()
	switch {
	case l.IsAttribute():
		return r.Name + "_" + name.Key(l.Property.Name)
	case isOfAll && r.PluralName == r.Name:
		return r.Name + "_list"
	case isOfAll:
		return r.PluralName
	}
	return r.Name
}

// channelParameters returns the parameters of the level's path. Equal ones of one name are one.
func (b *eventBuilder) channelParameters(l *Level) []*ChannelParameter {
	var list []*ChannelParameter
	for i, p := range l.Parameters {
		list = append(list, b.channelParameter(l.Keys[i], p))
	}
	return list
}

// channelParameter returns the parameter of an address that identifies an instance of the owner.
func (b *eventBuilder) channelParameter(owner *Resource, p *Parameter) *ChannelParameter {
	schema := sendable(p.Schema)
	made := &ChannelParameter{
		Name: p.Name, Description: p.Description, Schema: schema,
		Enum: value.WrittenItems(schema.Get("enum")), Extensions: p.Extensions, IsText: isText(schema),
	}
	if made.Description == "" {
		made.Description = "Identifies the " + owner.one + "."
	}
	if chosen := schema.Get("default"); chosen != nil {
		made.Default, made.HasDefault = chosen.Written(), true
	}
	if example := p.Example.Written(); example != "" {
		made.Examples = []string{example}
	}
	isTaken := false
	for _, other := range b.api.ChannelParameters {
		if other.Name != p.Name {
			continue
		}
		isTaken = true
		if other.Description == made.Description && other.Schema.Equal(made.Schema) && other.Default == made.Default {
			return other
		}
	}
	key := p.Name
	if isTaken {
		key = owner.Name + "_" + p.Name
	}
	made.Key = b.parameters.Unique(name.Key(key))
	b.api.ChannelParameters = append(b.api.ChannelParameters, made)
	return made
}

// isText reports whether a schema only says that something is a string, or one of some strings.
func isText(schema *Value) bool {
	if !schema.Is(value.KindObject) {
		return false
	}
	for _, m := range schema.Members {
		switch m.Name {
		case "type":
			if m.Value.StringOr("") != "string" {
				return false
			}
		case "enum", "description", "title", "examples":
		default:
			return false
		}
	}
	return true
}
