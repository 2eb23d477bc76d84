package command

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// expectation is one thing that a payload may be.
type expectation struct {
	event  string       // the type that a CloudEvent of this kind has, else empty
	schema *model.Value // of the payload
	shape  *model.Shape // what schema says; nil where several things are meant
	form   model.Form   // in which the payload shows a resource
	whole  *model.Value // the component that all forms of the payload (or of a CloudEvent's data) derive from, or nil
}

// expectations returns what payloads may be: one expectation, or several for messages.
func (v *validation) expectations(api *model.API, r *model.Resource) ([]expectation, error) {
	if v.isEvent || v.message != "" {
		return v.messages(api, r)
	}
	form := model.Form(v.form)
	c := map[model.Form]*model.Component{model.Read: r.Read, model.Create: r.Create, model.Replace: r.Replace, model.Update: r.Update}[form]
	return []expectation{{schema: schema.RefTo(c.Name), shape: c.Shape, form: form, whole: c.Whole}}, nil
}

// messages returns the message requested by name, or all messages that the channels of the resource send. A refusal is
// included only if its type distinguishes it; else every object would match it.
func (v *validation) messages(api *model.API, r *model.Resource) ([]expectation, error) {
	var expected []expectation
	var names []string
	isSent := func(m *model.Message, c *model.Channel) bool {
		isOfSubscribe := c.Subscribe != nil && slices.Contains(c.Subscribe.Messages, m)
		return isOfSubscribe || eventOf(m) != "" && c.Publish != nil && slices.Contains(c.Publish.Reply, m)
	}
	for _, l := range r.Levels {
		for _, c := range l.Channels {
			for _, m := range c.Messages() {
				names = append(names, m.Name)
				if v.message == m.Name || v.message == "" && isSent(m, c) && !isExpected(expected, m) {
					expected = append(expected, expectation{eventOf(m), m.Payload.Schema, m.Payload.Shape, m.Payload.Form, wholeOf(api, m)})
				}
			}
		}
	}
	switch {
	case len(names) == 0:
		return nil, usageErrorf("add an asyncapi block to its definition", "%s has no channels", r.Kind)
	case len(expected) == 0 && v.message != "":
		hint := name.Suggest(v.message, names, "--message %s", "")
		return nil, usageErrorf(strings.TrimSpace(hint+" its messages are "+strings.Join(names, ", ")), "no message of %s is called %q", r.Kind, v.message)
	case len(expected) == 0:
		return nil, usageErrorf("name a message that clients send with --message: "+strings.Join(names, ", "), "the channels of %s send nothing", r.Kind)
	}
	return expected, nil
}

// isExpected reports whether the same message of another channel is there already.
func isExpected(expected []expectation, m *model.Message) bool {
	return slices.ContainsFunc(expected, func(e expectation) bool {
		return e.event != "" && e.event == eventOf(m) || e.event == "" && e.schema.Equal(m.Payload.Schema)
	})
}

// eventOf returns the type of a message that is a CloudEvent, else "".
func eventOf(m *model.Message) string {
	if m.Payload.ContentType != "application/cloudevents+json" {
		return ""
	}
	return m.Payload.Schema.Get("properties").Get("type").Get("const").StringOr("")
}

// wholeOf returns the component that all forms of a message's content derive from, or nil if there is none.
func wholeOf(api *model.API, m *model.Message) *model.Value {
	of := m.Payload.Schema
	if eventOf(m) != "" {
		of = of.Get("properties").Get("data")
	}
	if called, ok := schema.RefName(of); ok {
		for _, c := range api.Components {
			if c.Name == called {
				return c.Whole
			}
		}
	}
	return nil
}

// expectationOf returns what a payload most likely is: the event with its type, else what it is valid against, else
// everything with its JSON type.
func (c *payloadChecker) expectationOf(payload *model.Value) expectation {
	switch {
	case len(c.expected) == 1:
		return c.expected[0]
	case c.expected[0].event != "":
		event := payload.Get("type").StringOr("")
		if i := slices.IndexFunc(c.expected, func(e expectation) bool { return e.event == event }); i >= 0 {
			return c.expected[i]
		}
		return anyEvent(c.expected)
	}
	likely := c.expected[:0:0]
	for _, e := range c.expected {
		faults := c.validator.CheckMost(1, e.schema, payload)
		if len(faults) == 0 {
			return e
		}
		if faults[0].Pointer != "" || faults[0].Keyword != "type" {
			likely = append(likely, e)
		}
	}
	if len(likely) == 1 {
		return likely[0]
	}
	alternatives := value.Array()
	for _, e := range c.expected {
		alternatives.Items = append(alternatives.Items, e.schema)
	}
	return expectation{schema: value.Object(value.NewMember("anyOf", alternatives)), form: model.Read}
}

// anyEvent returns what holds for an event of any of the types.
func anyEvent(events []expectation) expectation {
	var types []string
	for _, e := range events {
		types = append(types, e.event)
	}
	properties := value.With(events[0].schema.Get("properties"), "data", value.Bool(true))
	properties = value.With(properties, "type", value.Object(value.NewMember("enum", value.Strings(types...))))
	return expectation{schema: value.With(events[0].schema, "properties", properties), form: model.Read}
}
