package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// eventSource is a definition, with what its events are built from.
type eventSource struct {
	Block     *Value                     // the asyncapi block; nil where there is none
	BlockPos  Pos                        // of its key
	Resources []*Resource                // the definition's resource, followed by those nested below it
	Schemes   []*SecurityScheme          // of the definition, as its security.scheme names them
	Normalise func(schema *Value) *Value // of a schema within Block; nil where that has none
}

// eventBuilder makes the servers, channels and messages of an API.
type eventBuilder struct {
	api      *API
	problems *Problems

	variants   map[string][]*serverVariant // by the server's name as defined
	templates  map[string]bool             // of the channels' addresses
	addresses  map[string]*name.Set        // by protocol
	serverKeys name.Set
	channels   name.Set
	operations name.Set
	messages   name.Set
	parameters name.Set
}

// buildEvents fills the API's servers and channels, and those of its levels. The rest of the API is built
// before. A definition without servers uses those of all the others.
func buildEvents(api *API, sources []eventSource, problems *Problems) {
	b := &eventBuilder{
		api: api, problems: problems,
		variants: map[string][]*serverVariant{}, templates: map[string]bool{}, addresses: map[string]*name.Set{},
	}
	sources = slices.DeleteFunc(slices.Clone(sources), func(s eventSource) bool { return !s.Block.Is(value.KindObject) && !s.Block.Is(value.KindNull) })
	if len(sources) == 0 {
		return
	}
	servers := make([][]*Server, len(sources))
	for i := range sources {
		servers[i] = b.servers(&sources[i])
	}
	if len(api.Servers) == 0 {
		b.assumeServer(sources[0].BlockPos)
	}
	for i := range sources {
		if len(servers[i]) == 0 {
			servers[i] = api.Servers
		}
		for _, r := range sources[i].Resources {
			r.HasEvents = true
			r.Envelope = sources[i].Block.Get("envelope").StringOr(definition.NoEnvelope)
			b.resource(&sources[i], r, groupByProtocol(servers[i]))
		}
		b.unused(&sources[i], servers[i])
	}
}

// assumeServer gives the API a server where no definition has one.
func (b *eventBuilder) assumeServer(pos Pos) {
	defer b.problems.Only(value.OnlyEvents)()
	b.problems.Warn(value.NoServer, pos, "add asyncapi.servers, for example dev: {url: \""+definition.DefaultServerURL+"\", protocol: ws}",
		"no definition has an event server, so %s is assumed", definition.DefaultServerURL)
	b.api.Servers = []*Server{defaultServer()}
}

// resource gives each enabled level of the resource its channels, one for each protocol; of a protocol that has one topic
// for a resource, the first level has the channel of all.
func (b *eventBuilder) resource(s *eventSource, r *Resource, groups []*protocolGroup) {
	defer b.problems.Only(value.OnlyEvents)()
	levels := b.openLevels(s, r)
	for i, level := range levels {
		for _, group := range groups {
			switch {
			case !isKeyed(group.protocol):
				b.channel(s, group, level)
			case i == 0 && level.IsAttribute():
				b.problems.Warn(value.NoChannel, s.switchPos(level.Name), "set asyncapi.channels.resources: true, or asyncapi.channels.instances: true",
					"%s has a topic for a resource and none for an attribute, so %s has no channel there", group.protocol, r.Kind)
			case i == 0:
				b.channel(s, group, slices.DeleteFunc(slices.Clone(levels), (*Level).IsAttribute)...)
			}
		}
	}
	if r == s.Resources[0] {
		b.missing(s, r)
	}
}

// openLevels returns the enabled levels that can be read or written, and reports those that cannot.
func (b *eventBuilder) openLevels(s *eventSource, r *Resource) []*Level {
	var open []*Level
	told := map[string]bool{}
	for _, level := range r.Levels {
		if !s.isEnabled(level.Name) {
			continue
		}
		if readOperation(level) != nil || writeOperation(level) != nil {
			open = append(open, level)
			continue
		}
		if !told[level.Name] {
			told[level.Name] = true
			b.problems.Warn(value.NoChannel, s.switchPos(level.Name), "add one of "+strings.Join(eventMethods[level.Name], ", ")+" to methods."+level.Name+
				", or set asyncapi.channels."+definition.ChannelKeys[level.Name]+": false",
				"%s can be neither read nor written, so it has no channel", level.Path)
		}
	}
	return open
}

// missing reports levels whose channels are switched on but that have no methods.
func (b *eventBuilder) missing(s *eventSource, r *Resource) {
	for _, level := range definition.LevelNames {
		if slices.ContainsFunc(r.Levels, func(l *Level) bool { return l.Name == level }) ||
			!s.Block.Get("channels").Get(definition.ChannelKeys[level]).IsTrue() {
			continue
		}
		hint := "add methods." + level + ", for example [" + strings.Join(eventMethods[level], ", ") + "]"
		if level == definition.AttributeLevel {
			b.problems.Warn(value.NoChannel, s.switchPos(level), hint+", or set asyncapi.channels.instance_attrs: false",
				"no property of %s has methods of its own, so none has a channel", r.Kind)
			continue
		}
		b.problems.Warn(value.NoChannel, s.switchPos(level), hint, "methods.%s of %s is empty, so there is no channel", level, r.Kind)
	}
}

// eventMethods are the methods that make a level's channel: the one that reads, then those that write.
var eventMethods = map[string][]string{
	definition.CollectionLevel: {"get", "post"}, definition.InstanceLevel: {"get", "patch", "put"}, definition.AttributeLevel: {"get", "put"},
}

// readOperation returns the operation that a subscription represents, or nil.
func readOperation(level *Level) *Operation {
	if level.IsAttribute() && level.Property.IsWriteOnly {
		return nil
	}
	if o := level.Operation("get"); o != nil && o.Response != nil {
		return o
	}
	return nil
}

// writeOperation returns the operation that a publication represents, or nil.
func writeOperation(level *Level) *Operation {
	if level.IsAttribute() && level.Property.IsReadOnly {
		return nil
	}
	for _, method := range eventMethods[level.Name][1:] {
		if o := level.Operation(method); o != nil && o.Request != nil {
			return o
		}
	}
	return nil
}

// isEnabled reports whether the definition wants channels at the level.
func (s *eventSource) isEnabled(level string) bool {
	channels := s.Block.Get("channels")
	if channels == nil {
		return definition.DefaultChannels[level]
	}
	return channels.Get(definition.ChannelKeys[level]).IsTrue()
}

// switchPos returns where the level was switched on.
func (s *eventSource) switchPos(level string) Pos {
	if m := s.Block.Get("channels").Member(definition.ChannelKeys[level]); m != nil {
		return m.Pos
	}
	return s.BlockPos
}

// normalise returns the schema in the form of the model.
func (s *eventSource) normalise(v *Value) *Value {
	if s.Normalise == nil {
		return v
	}
	return s.Normalise(v)
}

// channel builds the channel of a protocol for one or more levels: it belongs to the first, and its messages represent
// operations of all of them.
func (b *eventBuilder) channel(s *eventSource, group *protocolGroup, levels ...*Level) {
	level := levels[0]
	if b.addresses[group.protocol] == nil {
		b.addresses[group.protocol] = &name.Set{}
	}
	c := &Channel{
		Address: b.addresses[group.protocol].Unique(addressOf(level, group.protocol)), Protocol: group.protocol, IsKeyed: isKeyed(group.protocol),
		Resource: level.Resource, Level: level, Servers: group.servers,
	}
	if !c.IsKeyed {
		c.Parameters = b.channelParameters(level)
	}
	c.Template, c.Fixed = b.template(level, c.Address)
	c.Name = b.channels.Unique(channelName(c) + group.suffix)
	c.Title, c.Description = channelTexts(c)
	var reads, writes []*Operation
	for _, l := range levels {
		if o := readOperation(l); o != nil {
			reads = append(reads, o)
		}
		if o := writeOperation(l); o != nil {
			writes = append(writes, o)
		}
	}
	if len(reads) > 0 { // a client that may read one level reads everything that is sent
		c.Subscribe = b.operation(s, c, subscribeVerb, group.suffix, reads[0])
	}
	if len(writes) > 0 {
		c.Publish = b.operation(s, c, publishVerb, group.suffix, writes...)
		if c.Subscribe == nil {
			c.Replies = b.replies(s, c, group.suffix)
		}
	}
	c.Bindings = b.bindings(s, channelBindings(c), "channel", s.written("channel"))
	level.Channels = append(level.Channels, c)
	b.api.Channels = append(b.api.Channels, c)
}

// written returns the bindings in the definition for what is at a place.
func (s *eventSource) written(place string) *Value { return s.Block.Get("bindings").Get(place) }

// operation builds one direction of a channel, which represents REST operations.
func (b *eventBuilder) operation(s *eventSource, c *Channel, verb, suffix string, operations ...*Operation) *EventOperation {
	first := operations[0]
	e := &EventOperation{
		Name: b.operations.Unique(verb + subjectName(c) + suffix), Verb: verb, Channel: c, Operation: first,
		Security: requiredForAll(operations), Bindings: b.bindings(s, operationBindings(c, verb, first), "operation", s.written("operation")),
	}
	e.HasSecurity = len(e.Security) > 0
	e.Schemes, e.HasSimpleSecurity = flatten(e.Security)
	if verb == publishVerb {
		e.Title, e.Summary, e.Description = publishTexts(operations)
	} else {
		e.Title, e.Summary, e.Description = subscribeTexts(c, first)
	}
	for _, o := range operations {
		messages, reply := b.messagesOf(c, o, verb, suffix), []*Message(nil)
		if verb == publishVerb {
			reply = []*Message{b.refusal(c, o, suffix)}
		}
		for _, m := range slices.Concat(messages, reply) {
			m.Bindings = b.bindings(s, messageBindings(c, o, m), "message", s.written("message"))
		}
		e.Messages, e.Reply = append(e.Messages, messages...), append(e.Reply, reply...)
	}
	return e
}

// replies returns the subscription to what the server sends back on a channel that has nothing else to listen to. Its
// bindings are those of a message that answers a publication: it is not retained, and no group shares it.
func (b *eventBuilder) replies(s *eventSource, c *Channel, suffix string) *EventOperation {
	p := c.Publish
	e := &EventOperation{
		Name: b.operations.Unique(subscribeVerb + subjectName(c) + "Refused" + suffix), Verb: subscribeVerb, Channel: c,
		Operation: p.Operation, Messages: p.Reply,
		Security: p.Security, Schemes: p.Schemes, HasSecurity: p.HasSecurity, HasSimpleSecurity: p.HasSimpleSecurity,
		Bindings: b.bindings(s, operationBindings(c, "", p.Operation), "operation", s.written("operation")),
	}
	e.Title, e.Summary = p.Reply[0].Title, p.Reply[0].Summary
	e.Description = "Sent to a client whose message was refused."
	return e
}
