package mock

import (
	"strconv"

	"github.com/firestoned/firestone/mock/state"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// news is a change on its way to subscribers, who share the texts that describe it.
type news struct {
	*state.Change
	server   *Server
	messages map[*model.Level]*message
}

// message returns the message about the change at a level: a CloudEvent in structured mode (CloudEvents 1.0.2, JSON
// format, section 3).
func (n *news) message(level *model.Level) *message {
	if m := n.messages[level]; m != nil {
		return m
	}
	r := n.Record()
	data := r.JSON()
	if level.IsAttribute() {
		_, now := n.attributes(level.Property)
		data = now.AppendJSON(nil, "")
	}
	event := n.Event
	if level.IsAttribute() {
		event = state.Updated
	}
	m := n.server.event(level, event, r.Keys, n.Change, data)
	if n.messages == nil {
		n.messages = map[*model.Level]*message{}
	}
	n.messages[level] = m
	return m
}

// record returns the new state of the record: null if it was deleted.
func (n *news) record() *message {
	if n.After == nil {
		return &message{text: []byte("null"), id: n.Seq}
	}
	return &message{text: n.After.JSON(), id: n.Seq}
}

// attributes returns the property before and after the change, nil if it is absent.
func (n *news) attributes(property *model.Property) (before, now *model.Value) {
	if n.Before != nil {
		before = n.Before.View().Get(property.Name)
	}
	if n.After != nil {
		now = n.After.View().Get(property.Name)
	}
	return before, now
}

func isWrittenAlike(a, b *model.Value) bool {
	return string(a.AppendJSON(nil, "")) == string(b.AppendJSON(nil, ""))
}

// event returns a CloudEvent about a record, or, without the last key, about its collection.
func (s *Server) event(level *model.Level, event string, keys []string, c *state.Change, data []byte) *message {
	kind, contentType := s.eventTexts(level, event)
	depth, source := len(level.Keys), level.Segments
	switch {
	case level.IsInstance():
		depth, source = depth-1, source[:len(source)-1]
	case level.IsAttribute():
		depth, source = depth-1, source[:len(source)-2]
	}
	members := []value.Member{
		value.NewMember("specversion", value.String("1.0")),
		value.NewMember("id", value.String(strconv.FormatUint(c.Seq, 10))),
		value.NewMember("source", value.String(s.BasePath()+pathTo(source, keys))),
		value.NewMember("type", kind),
	}
	if len(keys) > depth && keys[depth] != "" {
		members = append(members, value.NewMember("subject", value.String(keys[depth])))
	}
	members = append(members, value.NewMember("time", value.String(c.Time.UTC().Format("2006-01-02T15:04:05.000Z07:00"))),
		value.NewMember("datacontenttype", contentType))
	text := value.Object(members...).AppendJSON(nil, "")
	text = append(text[:len(text)-1], `,"data":`...)
	return &message{text: append(append(text, data...), '}'), id: c.Seq}
}

// eventTexts returns the type and content type of an event as the level's messages declare them.
func (s *Server) eventTexts(level *model.Level, event string) (kind, contentType *model.Value) {
	for _, c := range level.Channels {
		for _, m := range c.Messages() {
			if m.Event == event {
				properties := m.Payload.Schema.Get("properties")
				return properties.Get("type").Get("const"), properties.Get("datacontenttype").Get("const")
			}
		}
	}
	return value.String(level.Resource.Name + "." + event), value.String("application/json")
}

// refusedPublication is a problem on its way to the sender of a message, in the order of the changes.
type refusedPublication struct {
	by      *subscriber
	problem *problem
}

func (r *refusedPublication) message(c *state.Change) *message {
	s := r.by
	return s.server.event(s.channel.Level, "refused", s.path, c, s.server.shown(r.problem).AppendJSON(nil, ""))
}
