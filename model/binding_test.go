package model

import (
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/value"
)

// text writes bindings on one line: protocol{name=value ...}.
func bindingText(bindings []*Binding) string {
	var parts []string
	for _, b := range bindings {
		var fields []string
		for _, f := range b.Fields {
			text := string(f.Value.AppendJSON(nil, ""))
			if f.IsSchema {
				text = "schema " + text
			}
			fields = append(fields, f.Name+"="+strings.TrimSpace(text))
		}
		parts = append(parts, b.Protocol+"{"+strings.Join(fields, " ")+"}")
	}
	return strings.Join(parts, " ")
}

func TestBindings(t *testing.T) {
	for _, test := range []struct{ protocol, bindings, place, want string }{
		{"wss", "", "channel", `ws{method="GET" query=schema {"type":"object","properties":{"by":{"type":"string","description":"Sort.","default":"a"}},"required":["by"]} headers=schema {"type":"object","properties":{"X-A":true}} bindingVersion="0.1.0"}`},
		{"ws", "channel: {ws: {method: POST, headers: {type: object}}}", "channel", `ws{method="POST" query=schema {"type":"object","properties":{"by":{"type":"string","description":"Sort.","default":"a"}},"required":["by"]} headers=schema {"type":"object"} bindingVersion="0.1.0"}`},
		{"ws", "", "message", ""},
		{"ws", "message: {x-a: {b: 1}, x-c: {}}", "message", "x-a{b=1}"},
		{"kafka", "", "channel", ""},
		{"kafka", "channel: {kafka: {partitions: 3, bindingVersion: 0.5.0}}", "channel", `kafka{partitions=3 bindingVersion="0.5.0"}`},
		{"kafka", "operation: {kafka: {groupId: {type: string}, bindingVersion: 0.3.0}}", "operation", `kafka{groupId=schema {"type":"string"} bindingVersion="0.3.0"}`},
		{"kafka", "channel: {kafka: {topicConfiguration: {retention.ms: 5}}}", "channel", `kafka{topicConfiguration={"retention.ms":5} bindingVersion="0.5.0"}`},
		{"kafka", "", "message", `kafka{key=schema {"type":"string"} bindingVersion="0.5.0"}`},
		{"anypointmq", "channel: {anypointmq: {destination: d}}", "channel", `anypointmq{destinationType="exchange" destination="d" bindingVersion="0.0.1"}`},
		{"amqp", "", "publication", `amqp{deliveryMode=2 bindingVersion="0.3.0"}`},
		{"mqtt", "", "publication", `mqtt{qos=1 retain=false bindingVersion="0.2.0"}`},
		{"amqps", "", "channel", `amqp{is="routingKey" exchange={"name":"books","type":"topic","durable":true,"autoDelete":false,"vhost":"/"} bindingVersion="0.3.0"}`},
		{"amqp", "channel: {amqp: {queue: {name: q}}}", "channel", `amqp{is="queue" queue={"name":"q"} bindingVersion="0.3.0"}`},
		{"amqp", "channel: {amqp: {exchange: {name: e}}}", "channel", `amqp{is="routingKey" exchange={"name":"e"} bindingVersion="0.3.0"}`},
		{"amqp", "channel: {amqp: {is: queue, queue: {name: q}}}", "channel", `amqp{is="queue" queue={"name":"q"} bindingVersion="0.3.0"}`},
		{"amqp", "channel: {amqp: {bindingVersion: 0.2.0}}", "channel", `amqp{is="routingKey" exchange={"name":"books","type":"topic","durable":true,"autoDelete":false,"vhost":"/"} bindingVersion="0.2.0"}`},
		{"amqp", "", "operation", `amqp{deliveryMode=2 ack=true bindingVersion="0.3.0"}`},
		{"amqp", "operation: {amqp: {priority: 1}}", "operation", `amqp{deliveryMode=2 ack=true priority=1 bindingVersion="0.3.0"}`},
		{"ibmmq", "channel: {ibmmq: {queue: {objectName: q}}}", "channel", `ibmmq{queue={"objectName":"q"} bindingVersion="0.1.0"}`},
		{"mqtt", "server: {mqtt: {maximumPacketSize: 5}}", "server", `mqtt{maximumPacketSize=5 bindingVersion="0.2.0"}`},
		{"nats", "", "publication", `nats{queue="books" bindingVersion="0.1.0"}`},
		{"kafka", "operation: {kafka: {clientId: true}}", "operation", `kafka{clientId=schema true bindingVersion="0.5.0"}`},
		{"amqp", "", "message", `amqp{messageType="Books" bindingVersion="0.3.0"}`},
		{"mqtt", "operation: {mqtt: {qos: 2}}", "operation", `mqtt{qos=2 retain=true bindingVersion="0.2.0"}`},
		{"mqtt", "server: {mqtt: {keepAlive: 60, maximumPacketSize: {type: integer}}}", "server", `mqtt{keepAlive=60 maximumPacketSize=schema {"type":"integer"} bindingVersion="0.2.0"}`},
		{"http", "", "operation", `http{method="GET" query=schema {"type":"object","properties":{"by":{"type":"string","description":"Sort.","default":"a"}},"required":["by"]} bindingVersion="0.3.0"}`},
		{"nats", "", "operation", ""},
		{"nats", "operation: {nats: {queue: q}}", "operation", `nats{queue="q" bindingVersion="0.1.0"}`},
	} {
		t.Run(test.protocol+" "+test.place+" "+test.bindings, func(t *testing.T) {
			l := newLibrary(t)
			r := l.resource("book", "books", "get post", "get")
			r.Levels[0].Operation("get").Parameters = []*Parameter{
				{Name: "by", In: "query", Description: "Sort.", Default: value.String("a"), IsRequired: true, Schema: parsed(t, "{type: string}")},
				{Name: "X-A", In: "header", Schema: value.Bool(true)}, {Name: "c", In: "cookie", Schema: value.Bool(true)},
			}
			problems := l.events("servers: {dev: {url: 'h', protocol: "+test.protocol+"}}\nbindings: {"+test.bindings+"}", r)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			c := l.api.Channels[0]
			got := map[string][]*Binding{
				"server": c.Servers[0].Bindings, "channel": c.Bindings, "operation": c.Subscribe.Bindings, "message": c.Subscribe.Messages[0].Bindings,
				"publication": c.Publish.Bindings,
			}[test.place]
			if text := bindingText(got); text != test.want {
				t.Errorf("got  %s\nwant %s", text, test.want)
			}
		})
	}
}

func TestBindingsThatNoServerNeeds(t *testing.T) {
	l := newLibrary(t)
	problems := l.events(wsServer+"bindings: {operation: {kafka: {clientId: {type: string}}}}", l.resource("book", "books", "get"))
	same(t, firstLines(problems), []string{"x.yaml:2:24: warning: no server uses kafka, so its operation binding is left out [FS2608]"})
}

// A server may speak a protocol that has no channel: its own bindings are there, the others are not.
func TestBindingsThatNoChannelNeeds(t *testing.T) {
	l := newLibrary(t)
	problems := l.events("servers: {k: {url: 'kafka://h'}}\nchannels: {instance_attrs: true}\nbindings: {server: {kafka: {schemaRegistryUrl: u}}, channel: {kafka: {partitions: 3}, x-a: {b: 1}}}",
		l.resource("book", "books", "get", "get", "get"))
	same(t, firstLines(problems), []string{
		"x.yaml:2:12: warning: kafka has a topic for a resource and none for an attribute, so book has no channel there [FS2602]",
		"x.yaml:3:63: warning: no channel uses kafka, so its channel binding is left out [FS2608]",
	})
}

// Those of one server alone are laid over those of all servers, member by member.
func TestBindingsOfOneServer(t *testing.T) {
	l := newLibrary(t)
	l.events(`servers:
  a: {url: 'mqtt://a', bindings: {mqtt: {lastWill: {qos: 2}, keepAlive: 5}, x-a: {b: 2}}}
  b: {url: 'mqtt://b'}
bindings: {server: {mqtt: {lastWill: {topic: t, qos: 1}}, x-a: {b: 1}, x-c: {d: 1}}}`, l.resource("book", "books", "get"))
	for i, want := range []string{
		`mqtt{lastWill={"topic":"t","qos":2} keepAlive=5 bindingVersion="0.2.0"} x-c{d=1} x-a{b=2}`,
		`mqtt{lastWill={"topic":"t","qos":1} bindingVersion="0.2.0"} x-a{b=1} x-c{d=1}`,
	} {
		if got := bindingText(l.api.Servers[i].Bindings); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// What firestone gives unasked must pass the rules that it holds definitions to.
func TestDefaultBindingsFollowTheRules(t *testing.T) {
	for _, protocol := range definition.BindingProtocols {
		l := newLibrary(t)
		if problems := l.events("servers: {dev: {url: h, protocol: "+protocol+"}}", l.resource("book", "books", "get post", "get put")); len(problems) > 0 {
			t.Errorf("%s: %v", protocol, problems)
		}
		check := func(bindings []*Binding, place string) {
			for _, b := range bindings {
				object := value.Object()
				for _, f := range b.Fields {
					object.Set(f.Name, f.Value)
				}
				text := string(object.AppendJSON(nil, ""))
				_, problems := load(t, map[string]string{"a.yaml": `kind: book
asyncapi: {servers: {dev: {url: h, protocol: ` + protocol + `}}, bindings: {` + place + `: {` + b.Protocol + `: ` + text + `}}}
schema: {key: {name: id}, items: {}}
`}, "a.yaml")
				if len(problems) > 0 {
					t.Errorf("%s: %v", protocol, problems)
				}
			}
		}
		for _, channel := range l.api.Channels {
			check(channel.Bindings, "channel")
			for _, o := range channel.Operations() {
				check(o.Bindings, "operation")
				check(o.Messages[0].Bindings, "message")
			}
		}
	}
	for _, place := range definition.BindingPlaces {
		for protocol := range definition.BindingRules[place] {
			if !slices.Contains(definition.BindingProtocols, protocol) {
				t.Errorf("the rules of %s at %s can never apply", protocol, place)
			}
		}
	}
}
