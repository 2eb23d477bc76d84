package model

import (
	"testing"

	"github.com/firestoned/firestone/model/value"
)

func TestCloudEvents(t *testing.T) {
	l := newLibrary(t)
	l.events(wsServer+"envelope: cloudevents\nchannels: {resources: true, instance_attrs: true}", l.resource("book", "books", "get post", "get", "get"))
	for _, test := range []struct {
		message       *Message
		example, data string
	}{
		{l.api.Channels[0].Subscribe.Messages[2], `{specversion: "1.0", id: "1", source: /books, type: book.deleted, subject: moby-dick, time: "2026-01-31T09:30:00Z",
			datacontenttype: application/json, data: {book_id: emma, title: Emma, author: Jane Austen}}`, `{$ref: "#/$defs/Book"}`},
		{l.api.Channels[0].Publish.Messages[0], `{specversion: "1.0", id: "1", source: /books, type: book.create, time: "2026-01-31T09:30:00Z",
			datacontenttype: application/json, data: {title: Moby Dick}}`, `{$ref: "#/$defs/CreateBook"}`},
		{l.api.Channels[1].Subscribe.Messages[0], `{specversion: "1.0", id: "1", source: /books, type: book.title.updated, subject: moby-dick, time: "2026-01-31T09:30:00Z",
			datacontenttype: application/json, data: Moby Dick}`, "{type: string}"},
	} {
		payload := test.message.Payload
		if payload.ContentType != "application/cloudevents+json" {
			t.Errorf("%s is %s", test.message.Name, payload.ContentType)
		}
		if !payload.Example.Equal(parsed(t, test.example)) {
			t.Errorf("example of %s: %s", test.message.Name, payload.Example.AppendJSON(nil, ""))
		}
		properties := payload.Schema.Get("properties")
		if !properties.Get("data").Equal(parsed(t, test.data)) {
			t.Errorf("data of %s: %s", test.message.Name, properties.Get("data").AppendJSON(nil, ""))
		}
		if !properties.Get("type").Get("const").Equal(payload.Example.Get("type")) {
			t.Errorf("type of %s: %s", test.message.Name, properties.Get("type").AppendJSON(nil, ""))
		}
	}
}

func TestRefusals(t *testing.T) {
	for envelope, want := range map[string][]string{
		"none": {
			`application/problem+json {"title":"Unprocessable Content","status":422,"pointer":"/title"} Book not created / Says why the book was not created (RFC 9457).`,
			`application/problem+json {"title":"Unprocessable Content","status":422,"pointer":"/title"} Book not updated / Says why the book was not updated (RFC 9457).`,
			`application/problem+json {"title":"Unprocessable Content","status":422,"pointer":""} Title of a book not replaced / Says why the title of the book was not replaced (RFC 9457).`,
		},
		"cloudevents": {
			`application/cloudevents+json {"type":"book.refused","subject":null,"title":"Unprocessable Content","status":422,"pointer":"/data/title"} Book not created / Says why the book was not created (RFC 9457).`,
			`application/cloudevents+json {"type":"book.refused","subject":"moby-dick","title":"Unprocessable Content","status":422,"pointer":"/data/title"} Book not updated / Says why the book was not updated (RFC 9457).`,
			`application/cloudevents+json {"type":"book.title.refused","subject":"moby-dick","title":"Unprocessable Content","status":422,"pointer":"/data"} Title of a book not replaced / Says why the title of the book was not replaced (RFC 9457).`,
		},
	} {
		l := newLibrary(t)
		l.events(wsServer+"envelope: "+envelope+"\nchannels: {resources: true, instances: true, instance_attrs: true}",
			l.resource("book", "books", "get post", "get patch", "get put"))
		var got []string
		for _, c := range l.api.Channels {
			m := c.Publish.Reply[0]
			if m.Event != "refused" {
				t.Errorf("%s reports %q", m.Name, m.Event)
			}
			shown, problem := value.Object(), m.Payload.Example
			if data := problem.Get("data"); data != nil {
				shown.Set("type", problem.Get("type"))
				shown.Set("subject", orNull(problem.Get("subject")))
				problem = data
			}
			shown.Set("title", problem.Get("title"))
			shown.Set("status", problem.Get("status"))
			shown.Set("pointer", problem.Get("errors").Items[0].Get("pointer"))
			got = append(got, m.Payload.ContentType+" "+string(shown.AppendJSON(nil, ""))+" "+m.Title+" / "+m.Summary)
		}
		same(t, got, want)
	}
}

// Where nothing can be read, clients still hear why a message was refused, with the proof that the message needed.
func TestRepliesOfAChannelThatIsOnlyWritten(t *testing.T) {
	l := newLibrary(t)
	r := l.resource("book", "books", "post", "get put")
	a := &SecurityScheme{Name: "a", Key: "a"}
	post := r.Levels[0].Operation("post")
	post.Security, post.HasSecurity = []*Requirement{{[]RequiredScheme{{a, nil}}}}, true
	l.events("servers: {m: {url: 'mqtt://h', protocol: mqtt}}", r)
	written, both := l.api.Channels[0], l.api.Channels[1]
	if both.Replies != nil {
		t.Errorf("%s can be read and has a subscription to replies", both.Name)
	}
	replies := written.Replies
	if replies == nil || replies.Operation != post || len(replies.Schemes) != 1 || !replies.IsSubscribe() {
		t.Fatalf("the subscription to replies is %+v", replies)
	}
	if len(replies.Messages) != 1 || replies.Messages[0] != written.Publish.Reply[0] {
		t.Error("its messages are not those that the publication is answered with")
	}
	if retain := replies.Bindings[0].Fields[1]; retain.Name != "retain" || !retain.Value.IsFalse() {
		t.Errorf("a refusal is retained: %+v", retain)
	}
}

// A reader of messages learns from the model what happened, and from the operation which request would do the same.
func TestWhatMessagesStandFor(t *testing.T) {
	for envelope, want := range map[string][]string{
		"none": {
			"subscribeBooks get: Books", "publishBooks post: CreateBook", "subscribeBook get: Book", "publishBook patch: UpdateBook",
			"subscribeBookTitle get: BookTitle", "publishBookTitle put: ReplaceBookTitle",
		},
		"cloudevents": {
			"subscribeBooks get: BookCreated=created BookUpdated=updated BookDeleted=deleted", "publishBooks post: CreateBook",
			"subscribeBook get: BookInstanceUpdated=updated BookInstanceDeleted=deleted", "publishBook patch: UpdateBook",
			"subscribeBookTitle get: BookTitleUpdated=updated", "publishBookTitle put: ReplaceBookTitle",
		},
	} {
		l := newLibrary(t)
		r := l.resource("book", "books", "get post", "get put patch", "get put")
		l.events(wsServer+"envelope: "+envelope+"\nchannels: {resources: true, instances: true, instance_attrs: true}", r)
		var got []string
		for _, c := range l.api.Channels {
			for _, e := range c.Operations() {
				if e.Operation != c.Level.Operation(e.Operation.Method) {
					t.Errorf("%s stands for an operation of another level", e.Name)
				}
				line := e.Name + " " + e.Operation.Method + ":"
				for _, m := range e.Messages {
					line += " " + m.Name
					if m.Event != "" {
						line += "=" + m.Event
					}
				}
				got = append(got, line)
			}
		}
		same(t, got, want)
	}
}

func TestMergePatchIsPlainInMessages(t *testing.T) {
	l := newLibrary(t)
	r := l.resource("book", "books", "get", "patch")
	l.events(wsServer, r)
	if got := l.api.Channels[1].Publish.Messages[0].Payload.ContentType; got != "application/json" {
		t.Errorf("the message is %s", got)
	}
	if got := r.Levels[1].Operation("patch").Request.ContentType; got != "application/merge-patch+json" {
		t.Errorf("the request became %s", got)
	}
}

func TestExampleNames(t *testing.T) {
	l := newLibrary(t)
	l.events(wsServer+"channels: {resources: true, instances: true, instance_attrs: true}", l.resource("user", "users", "get post", "get patch", "get put"))
	var got []string
	for _, c := range l.api.Channels {
		for _, o := range c.Operations() {
			got = append(got, o.Messages[0].ExampleName)
		}
	}
	same(t, got, []string{"users", "createUser", "user", "updateUser", "userTitle", "replaceUserTitle"})
}

func TestIsText(t *testing.T) {
	for schema, want := range map[string]bool{
		"{type: string}": true, "{type: string, enum: [a]}": true, "{type: integer}": false, "{type: string, format: uuid}": false,
		"true": false, "{$ref: '#/$defs/Key'}": false, "{}": true,
	} {
		if isText(parsed(t, schema)) != want {
			t.Errorf("%s: want %v", schema, want)
		}
	}
	if isText(value.Bool(false)) {
		t.Error("false says more")
	}
}
