package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// lines tells of each channel what a reader of the document sees first; ! stands before a reply, and a subscription to
// replies alone stands in parentheses.
func (l *library) lines() []string {
	var lines []string
	for _, c := range l.api.Channels {
		line := c.Name + " " + c.Address
		for _, s := range c.Servers {
			line += " @" + s.Name
		}
		for _, o := range c.Operations() {
			line += " | " + o.Name
			for _, m := range o.Messages {
				line += " " + m.Name
				if m.Payload.Component != nil {
					line += "=" + m.Payload.Component.Name
				}
			}
			for _, m := range o.Reply {
				line += " !" + m.Name
			}
		}
		if c.Replies != nil {
			line += " (" + c.Replies.Name + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

// firstLines returns the first line of each problem.
func firstLines(problems Problems) []string {
	var lines []string
	for _, p := range problems {
		line, _, _ := strings.Cut(p.Error(), "\n")
		lines = append(lines, line)
	}
	return lines
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const wsServer = "servers: {dev: {url: 'ws://localhost:8080', protocol: ws}}\n"

func TestChannels(t *testing.T) {
	for _, test := range []struct {
		block, kind, plural string
		methods             []string
		want, problems      []string
	}{
		{wsServer, "book", "books", []string{"get post", "get put delete", "get put"}, []string{
			"books /books @dev | subscribeBooks Books=Books | publishBooks CreateBook=CreateBook !CreateBookRefused",
			"book /books/{book_id} @dev | subscribeBook Book=Book | publishBook ReplaceBook=CreateBook !ReplaceBookRefused",
		}, nil},
		{wsServer + "channels: {instances: true, instance_attrs: true}", "book", "books", []string{"get post", "get patch put", "get put", "head delete"}, []string{
			"book /books/{book_id} @dev | subscribeBook Book=Book | publishBook UpdateBook=UpdateBook !UpdateBookRefused",
			"book_title /books/{book_id}/title @dev | subscribeBookTitle BookTitle | publishBookTitle ReplaceBookTitle !ReplaceBookTitleRefused",
		}, []string{"x.yaml:2:29: warning: /books/{book_id}/author can be neither read nor written, so it has no channel [FS2602]"}},
		{wsServer + "channels: {instance_attrs: true}", "book", "books", []string{"get"}, nil,
			[]string{"x.yaml:2:12: warning: no property of book has methods of its own, so none has a channel [FS2602]"}},
		{wsServer, "book", "books", []string{"head delete", "put"}, []string{
			"book /books/{book_id} @dev | publishBook ReplaceBook=CreateBook !ReplaceBookRefused (subscribeBookRefused)",
		}, []string{"x.yaml:1:1: warning: /books can be neither read nor written, so it has no channel [FS2602]"}},
		{"channels: {resources: true}", "book", "books", []string{"get"}, []string{"books /books @default | subscribeBooks Books=Books"},
			[]string{"x.yaml:1:1: warning: no definition has an event server, so ws://localhost:8080 is assumed [FS2601]"}},
		{"channels: {}", "book", "books", []string{"get post"}, nil,
			[]string{"x.yaml:1:1: warning: no definition has an event server, so ws://localhost:8080 is assumed [FS2601]"}},
		{"servers: {w: {url: 'wss://h', protocol: wss}, k: {url: 'kafka://h', protocol: kafka-secure}, m: {url: 'mqtt://h', protocol: mqtt5}}", "sheep", "sheep",
			[]string{"get head", "get"}, []string{
				"sheep_list /sheep @w | subscribeSheepList SheepList=SheepList",
				"sheep_listKafka sheep @k | subscribeSheepListKafka SheepKafka=Sheep SheepDeletedKafka",
				"sheep_listMqtt sheep @m | subscribeSheepListMqtt SheepListMqtt=SheepList",
				"sheep /sheep/{book_id} @w | subscribeSheep Sheep=Sheep",
				"sheepMqtt sheep/{book_id} @m | subscribeSheepMqtt SheepMqtt=Sheep",
			}, nil},
		{"servers: {k: {url: 'kafka://h', protocol: kafka}, w: {url: 'wss://h', protocol: wss}, l: {url: 'ws://l', protocol: ws}, h: {url: 'https://h', protocol: https}}", "book", "books",
			[]string{"post", "get patch"}, []string{
				"books books @k | subscribeBooks Book=Book BookDeleted | publishBooks CreateBook=CreateBook UpdateBook=UpdateBook !CreateBookRefused !UpdateBookRefused",
				"booksWs /books @w @l | publishBooksWs CreateBookWs=CreateBook !CreateBookRefusedWs (subscribeBooksRefusedWs)",
				"booksHttp /books @h | publishBooksHttp CreateBookHttp=CreateBook !CreateBookRefusedHttp (subscribeBooksRefusedHttp)",
				"bookWs /books/{book_id} @w @l | subscribeBookWs BookWs=Book | publishBookWs UpdateBookWs=UpdateBook !UpdateBookRefusedWs",
				"bookHttp /books/{book_id} @h | subscribeBookHttp BookHttp=Book | publishBookHttp UpdateBookHttp=UpdateBook !UpdateBookRefusedHttp",
			}, nil},
		{"servers: {k: {url: 'kafka://h', protocol: kafka}}\nenvelope: cloudevents", "sheep", "sheep", []string{"", "get put"}, []string{
			"sheep_list sheep @k | subscribeSheepList SheepCreated SheepUpdated SheepDeleted | publishSheepList ReplaceSheep !ReplaceSheepRefused",
		}, nil},
		{"servers: {k: {url: 'kafka://h', protocol: kafka}, n: {url: 'nats://h', protocol: nats}}\nchannels: {instance_attrs: true}", "book", "books", []string{"get", "get", "get", "get"}, []string{
			"book_titleNats books.{book_id}.title @n | subscribeBookTitleNats BookTitleNats", "book_authorNats books.{book_id}.author @n | subscribeBookAuthorNats BookAuthorNats",
		}, []string{"x.yaml:2:12: warning: kafka has a topic for a resource and none for an attribute, so book has no channel there [FS2602]"}},
		{wsServer + "envelope: cloudevents", "book", "books", []string{"get post", "get put"}, []string{
			"books /books @dev | subscribeBooks BookCreated BookUpdated BookDeleted | publishBooks CreateBook !CreateBookRefused",
			"book /books/{book_id} @dev | subscribeBook BookInstanceUpdated BookInstanceDeleted | publishBook ReplaceBook !ReplaceBookRefused",
		}, nil},
	} {
		t.Run(fmt.Sprint(test.block, test.methods), func(t *testing.T) {
			l := newLibrary(t)
			problems := l.events(test.block, l.resource(test.kind, test.plural, test.methods...))
			same(t, l.lines(), test.want)
			same(t, firstLines(problems), test.problems)
			if !l.api.Resources[0].HasEvents {
				t.Error("the resource has no events")
			}
		})
	}
}

func TestNoChannelsWithoutBlock(t *testing.T) {
	l := newLibrary(t)
	var problems Problems
	r := l.resource("book", "books", "get post")
	buildEvents(l.api, []eventSource{{Resources: []*Resource{r}}}, &problems)
	if len(l.api.Channels)+len(l.api.Servers)+len(problems) > 0 || r.HasEvents {
		t.Errorf("channels %v, servers %v, problems %v", l.api.Channels, l.api.Servers, problems)
	}
}

func TestChannelsOfHiddenProperties(t *testing.T) {
	l := newLibrary(t)
	r := l.resource("book", "books", "get", "get", "get put", "get put")
	r.Attributes[0].Property.IsWriteOnly = true
	r.Attributes[1].Property.IsReadOnly = true
	l.events(wsServer+"channels: {instance_attrs: true}", r)
	same(t, l.lines(), []string{
		"book_title /books/{book_id}/title @dev | publishBookTitle ReplaceBookTitle !ReplaceBookTitleRefused (subscribeBookTitleRefused)",
		"book_author /books/{book_id}/author @dev | subscribeBookAuthor BookAuthor",
	})
}

func TestChannelParametersAreShared(t *testing.T) {
	l := newLibrary(t)
	book, author := l.resource("book", "books", "get", "get", "get"), l.resource("author", "authors", "get", "get")
	same(t, firstLines(l.events(wsServer+"channels: {instances: true, instance_attrs: true}", book, author)),
		[]string{"x.yaml:2:29: warning: no property of author has methods of its own, so none has a channel [FS2602]"})
	var keys []string
	for _, p := range l.api.ChannelParameters {
		keys = append(keys, p.Key+" "+p.Name+" "+p.Description+" "+strings.Join(p.Examples, ","))
	}
	same(t, keys, []string{"book_id book_id Key of the book. moby-dick", "author_book_id book_id Key of the author. moby-dick"})
	if l.api.Channels[0].Parameters[0] != l.api.Channels[1].Parameters[0] {
		t.Error("the instance and its attribute do not share the parameter")
	}
}

func TestSecurityOfEventOperations(t *testing.T) {
	l := newLibrary(t)
	a, o := &SecurityScheme{Name: "a", Key: "a"}, &SecurityScheme{Name: "o", Key: "o"}
	r := l.resource("book", "books", "get post", "get put patch")
	l.api.SecuritySchemes = []*SecurityScheme{a, o}
	set := func(level int, method string, requirements ...*Requirement) {
		operation := r.Levels[level].Operation(method)
		operation.Security, operation.HasSecurity = requirements, true
	}
	need := func(scheme *SecurityScheme, scopes ...string) RequiredScheme { return RequiredScheme{scheme, scopes} }
	set(0, "get", &Requirement{[]RequiredScheme{need(a)}}, &Requirement{[]RequiredScheme{need(o)}}, &Requirement{[]RequiredScheme{need(a)}})
	set(0, "post", &Requirement{[]RequiredScheme{need(a), need(o)}})
	set(1, "put", &Requirement{[]RequiredScheme{need(a)}})
	set(1, "patch", &Requirement{[]RequiredScheme{need(o, "books:write")}})
	l.events(wsServer, r)
	var got []string
	for _, c := range l.api.Channels {
		for _, e := range c.Operations() {
			line := fmt.Sprint(e.Name, " ", e.HasSecurity, " ", e.HasSimpleSecurity)
			for _, s := range e.Schemes {
				line += " " + s.Key
			}
			got = append(got, line)
		}
	}
	same(t, got, []string{
		"subscribeBooks true true a o", "publishBooks true false a o", "subscribeBook false true", "publishBook true false o",
	})
}
