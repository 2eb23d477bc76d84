package model

import (
	"fmt"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
)

func TestTemplateOf(t *testing.T) {
	for text, want := range map[string]string{
		"books": "/books/{id} []", "straßen": "/straßen/{id} []", "$ref": "/$ref/{id} []", "a:b,c": "/a:b,c/{id} []",
		"lock state": "/{lock_state}/{id} [{lock_state lock state}]", "id ": "/{id2}/{id} [{id2 id }]", "id": "/id/{id} []",
		"a/b": "/{a_b}/{id} [{a_b a/b}]", "a%2Fb": "/{a_2Fb}/{id} [{a_2Fb a%2Fb}]", "it's": "/{it_s}/{id} [{it_s it's}]",
		"\u202e": "/{u202e}/{id} [{u202e \u202e}]", "日本 語": "/{" + name.Parameter("日本 語") + "}/{id} [{" + name.Parameter("日本 語") + " 日本 語}]",
	} {
		p := &Parameter{Name: "id"}
		level := &Level{Segments: []Segment{{Text: text}, {Parameter: p}}, Parameters: []*Parameter{p}}
		template, fixed := templateOf(level, "/"+name.Segment(text)+"/{id}", 1)
		if got := fmt.Sprint(template, " ", fixed); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
		template, _ = templateOf(level, name.Segment(text)+"/{id}", 1)
		if "/"+template != fmt.Sprint(want[:len(template)+1]) {
			t.Errorf("%q: without a slash at its start the template is %s", text, template)
		}
	}
}

// Brokers route by the steps of an address, which each separates in its own way.
func TestAddresses(t *testing.T) {
	level := &Level{Path: "/shelf%20a/{id}", Segments: []Segment{{Text: "shelf a"}, {Parameter: &Parameter{Name: "id"}}}}
	for want, protocols := range map[string]string{
		"/shelf%20a/{id}": "ws wss http https mercure own", "shelf%20a/{id}": "mqtt mqtts secure-mqtt mqtt5 solace ibmmq ibmmq-secure",
		"shelf_a.{id}": "nats nats-tls amqp amqps amqp1 redis rediss jms sns sqs pulsar googlepubsub stomp stomps anypointmq", "shelf_a": "kafka kafka-secure",
	} {
		for protocol := range strings.FieldsSeq(protocols) {
			if got := addressOf(level, definition.BindingName(protocol)); got != want {
				t.Errorf("%s: got %s, want %s", protocol, got, want)
			}
		}
	}
}

// A character that a template cannot hold as it is makes its step a parameter.
func TestNeedsEncoding(t *testing.T) {
	for text, want := range map[string]bool{"aZ09-._~!$&()*+,;=:@": false, "äß道😀": false, " %\"<>{}|^`/?#'\\": true, "\x7f\u0080\u009f": true, "\u00a0\u2028\u202e": true} {
		for _, r := range text {
			if got := needsEncoding(r); got != want {
				t.Errorf("%q needs encoding: %t, want %t", r, got, want)
			}
		}
	}
}

func TestTemplatesAreDistinct(t *testing.T) {
	b := &eventBuilder{templates: map[string]bool{}}
	for _, test := range []struct{ text, want string }{{"a b", "/{a_b}"}, {"a?b", "/{a_b2}"}, {"a#b", "/{a_b3}"}, {"c", "/c"}, {"c", "/{c}"}, {"c", "/{c2}"}} {
		level := &Level{Segments: []Segment{{Text: test.text}}}
		if got, _ := b.template(level, "/"+name.Segment(test.text)); got != test.want {
			t.Errorf("%q: got %s, want %s", test.text, got, test.want)
		}
	}
}

// Two protocols may know a level by one address, which documents of AsyncAPI 2 have as a key.
func TestTemplatesOfOneAddress(t *testing.T) {
	p := &Parameter{Name: "books"}
	level := &Level{Segments: []Segment{{Text: "books"}, {Parameter: p}}, Parameters: []*Parameter{p}}
	for address, want := range map[string][]string{
		"books/{books}": {"books/{books} []", "{books2}/{books} [{books2 books}]", "{books2}/{books} [{books2 books}]"},
		"v1.0.{books}":  {"v1.0.{books} []", "{v1}.0.{books} [{v1 v1}]", "{v12}.0.{books} [{v12 v1}]"},
		"/v1.0/books":   {"/v1.0/books []", "/{v1_0}/books [{v1_0 v1.0}]", "/{v1_02}/books [{v1_02 v1.0}]"},
		"books":         {"books []", "{books2} [{books2 books}]", "{books2} [{books2 books}]"},
	} {
		for i := range want {
			template, fixed := templateOf(level, address, i+1)
			if got := fmt.Sprint(template, " ", fixed); got != want[i] {
				t.Errorf("%s: got %s, want %s", address, got, want[i])
			}
		}
	}
}
