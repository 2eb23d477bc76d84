package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// fault is an example of what can be wrong with a request.
type fault struct {
	detail string // of the whole problem
	shown  *Value // an item of the problem's errors
}

// exampleFault returns an example of what can be wrong with a request where an operation answers with that status, or nil
// where it would name nothing of the request.
func exampleFault(o *Operation, status int) *fault {
	switch {
	case status == 400:
		for _, p := range o.Parameters {
			// Whatever a client gives there is a string.
			if expected := expectation(p.Schema); p.In != "path" && expected != notValid && expected != anyString {
				return &fault{"A parameter is not valid.", shownFault("parameter", p.Name, expected)}
			}
		}
	case status == 409 && o.Verb == "create":
		if key := o.Resource.Key.Name; schemaOf(o.Request).Get("properties").Has(key) {
			return &fault{"The key is taken.", shownFault("pointer", value.PointerTo("", key), "Another "+o.Resource.one+" has this key.")}
		}
	case status == 409 && o.Verb == "update":
		return &fault{"A key does not exist.", shownFault("pointer", value.PointerTo("", "0", o.Resource.Key.Name), "There is no "+o.Resource.one+" with this key.")}
	case status == 422 && o.Request != nil:
		pointer, of := faultyPart(o)
		return &fault{"The content does not match its schema.", shownFault("pointer", pointer, expectation(of))}
	}
	return nil
}

// within returns the fault of content that is at a pointer in something else.
func (f *fault) within(pointer string) *fault {
	moved := *f.shown
	moved.Members = slices.Clone(f.shown.Members)
	if at := moved.Get("pointer"); at != nil {
		moved.Set("pointer", value.String(pointer+at.Text))
	}
	return &fault{f.detail, &moved}
}

// faultyPart returns a part of an operation's request that can be wrong, and its schema: the first property that
// expects a specific value, else the whole part.
func faultyPart(o *Operation) (pointer string, of *Value) {
	var steps []string
	body := schemaOf(o.Request)
	if o.Verb == "update" && o.Level.IsCollection() {
		steps, body = []string{"0"}, o.Resource.Update.Schema
	}
	if !o.Level.IsAttribute() {
		for _, p := range schema.Properties(body) {
			if expectation(p.Value) != notValid {
				return value.PointerTo("", append(steps, p.Name)...), p.Value
			}
		}
	}
	return value.PointerTo("", steps...), body
}

// schemaOf returns what a body is, its component where it refers to one.
func schemaOf(b *Body) *Value {
	if b.Component != nil {
		return b.Component.Schema
	}
	return b.Schema
}

func shownFault(member, at, detail string) *Value {
	return value.Object(value.NewMember(member, value.String(at)), value.NewMember("detail", value.String(detail)))
}

const (
	notValid  = "This value is not valid." // what an example says where the schema asks for nothing that few words could tell
	anyString = "Expected a string."
)

// expectedFormats says what a string in a format is.
var expectedFormats = map[string]string{
	"date": "a date", "date-time": "a date and time", "email": "an email address", "time": "a time", "uri": "a URI", "uuid": "a UUID",
}

// expectation says what a value should have been, in a few words.
func expectation(of *Value) string {
	var choices []string
	for _, v := range value.Items(of.Get("enum")) {
		if !v.Is(value.KindNull) {
			choices = append(choices, v.Written())
		}
	}
	if listed := strings.Join(choices, ", "); len(choices) > 1 && len(listed) < 60 {
		return "Expected one of " + listed + "."
	}
	for _, kind := range schema.Types(of) {
		switch kind {
		case "integer", "array", "object":
			return "Expected an " + kind + "."
		case "number":
			return "Expected a number."
		case "boolean":
			return "Expected true or false."
		case "string":
			return expectedString(of)
		}
	}
	return notValid
}

func expectedString(of *Value) string {
	if called := expectedFormats[of.Get("format").StringOr("")]; called != "" {
		return "Expected " + called + "."
	}
	switch least := of.Get("minLength").Written(); least {
	case "", "0":
		return anyString
	case "1":
		return "Expected at least 1 character."
	default:
		return "Expected at least " + least + " characters."
	}
}
