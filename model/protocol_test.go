package model

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/definition"
)

// What has to hold of the channels of every definition, whatever its servers speak: all pairs of protocols, with and
// without an envelope; each protocol at each level, of what is read, written or both; and of a resource within another one.
func TestChannelsByProtocol(t *testing.T) {
	protocols := append(slices.Clone(definition.BindingProtocols), "wss", "kafka-secure", "secure-mqtt", "amqps", "mercure", "own")
	levels := map[string]string{
		"all": "{resources: true, instances: true, instance_attrs: true}", "collection": "{resources: true}", "instance": "{instances: true}",
	}
	methods := map[string]string{
		"both": "{resource: [get, post], instance: [get, put, patch, delete], instance_attrs: [get, put]}",
		"read": "{resource: [get], instance: [get], instance_attrs: [get]}", "written": "{resource: [post], instance: [put], instance_attrs: [put]}",
	}
	for i, first := range protocols {
		others := protocols
		if testing.Short() {
			others = []string{first, protocols[(i+1)%len(protocols)]}
		}
		for _, second := range others {
			for _, envelope := range []string{definition.NoEnvelope, definition.CloudEvents} {
				for level, channels := range levels {
					for kind, allowed := range methods {
						if isPlain := first != second && first != "kafka"; isPlain && (level != "all" || kind != "both") {
							continue // two protocols know nothing of each other but the names
						}
						api, _ := load(t, map[string]string{"shelf.yaml": fmt.Sprintf(`
kind: shelf
methods: %s
schema:
  key: {name: shelf_id, schema: {type: integer}}
  items: {type: object, properties: {title: {type: string}, books: {schema: {$ref: "_book.yaml#/schema"}}}}
asyncapi: {envelope: %s, channels: %s, servers: {a: {url: h, protocol: %s}, b: {url: i, protocol: %s}}}
`, allowed, envelope, channels, first, second), "_book.yaml": "{kind: book, methods: " + allowed + ", schema: {key: {name: book_id}, items: {type: object, properties: {title: {type: string}}}}}"}, "shelf.yaml")
						if api == nil || len(api.Channels) == 0 {
							t.Fatalf("%s and %s: no channels", first, second)
						}
						for _, fault := range channelFaults(api) {
							t.Errorf("%s and %s, %s, %s, %s: %s", first, second, envelope, level, kind, fault)
						}
					}
				}
			}
		}
	}
}

var braces = regexp.MustCompile(`\{([^}]*)\}`)

// channelFaults returns what is wrong with the channels of an API.
func channelFaults(api *API) []string {
	var faults []string
	taken := map[string]bool{}
	once := func(what, name string) {
		if taken[what+name] {
			faults = append(faults, "there are two of the "+what+" "+name)
		}
		taken[what+name] = true
	}
	for _, c := range api.Channels {
		once("channel", c.Name)
		once("template", c.Template)
		once("address", c.Protocol+" "+c.Address)
		for _, s := range c.Servers {
			if definition.BindingName(s.Protocol) != c.Protocol {
				faults = append(faults, c.Name+" of "+c.Protocol+" is on a server for "+s.Protocol)
			}
		}
		var named []string
		for _, found := range braces.FindAllStringSubmatch(c.Address, -1) {
			named = append(named, found[1])
		}
		if !slices.EqualFunc(named, c.Parameters, func(n string, p *ChannelParameter) bool { return n == p.Name }) {
			faults = append(faults, c.Name+" declares other parameters than its address "+c.Address+" has")
		}
		bindings := slices.Clone(c.Bindings)
		for _, o := range c.Operations() {
			once("operation", o.Name)
			bindings = append(bindings, o.Bindings...)
		}
		for _, m := range c.Messages() {
			once("message", m.Name)
			bindings = append(bindings, m.Bindings...)
		}
		for _, b := range bindings {
			if b.Protocol != c.Protocol {
				faults = append(faults, c.Name+" of "+c.Protocol+" has a binding of "+b.Protocol)
			}
		}
		faults = append(faults, deliveryFaults(c)...)
	}
	for _, r := range api.Resources {
		topics := map[string]int{}
		for _, l := range r.Levels {
			for _, c := range l.Channels {
				topics[c.Protocol]++
			}
		}
		for _, p := range slices.Sorted(maps.Keys(topics)) {
			if p == "kafka" && topics[p] > 1 {
				faults = append(faults, fmt.Sprintf("%s has %d topics", r.Kind, topics[p]))
			}
		}
	}
	return faults
}

// deliveryFaults returns what is wrong with what a broker is told about a channel.
func deliveryFaults(c *Channel) []string {
	var faults []string
	isState := c.Resource.Envelope == definition.NoEnvelope
	for _, o := range c.Operations() {
		if retain := fieldOf(o.Bindings, "retain"); retain != nil && retain.IsTrue() != (isState && o.IsSubscribe()) || c.Protocol == "mqtt" && retain == nil {
			faults = append(faults, o.Name+" is retained, or is not, against what it is")
		}
		for _, m := range slices.Concat(o.Messages, o.Reply) {
			isNew := strings.HasPrefix(m.Name, "Create")
			if hasKey := fieldOf(m.Bindings, "key") != nil; hasKey != (c.Protocol == "kafka" && (!isNew || c.Resource.Parent != nil)) {
				faults = append(faults, fmt.Sprintf("%s has a key: %t", m.Name, hasKey))
			}
		}
	}
	if c.IsKeyed != (c.Protocol == "kafka") || c.IsKeyed && (len(c.Parameters) > 0 || c.Level.IsAttribute()) {
		faults = append(faults, c.Name+" is a topic for a part of the instances or of an instance")
	}
	compact := fieldOf(c.Bindings, "topicConfiguration")
	if (compact != nil) != (c.IsKeyed && isState && c.Publish == nil) {
		faults = append(faults, c.Name+" is compacted, or is not, against what it holds")
	}
	return faults
}

func fieldOf(bindings []*Binding, name string) *Value {
	for _, b := range bindings {
		if v := b.get(name); v != nil {
			return v
		}
	}
	return nil
}

// What is nested is known by both keys, and created by the outer one; a key that clients choose is there from the first
// message on.
func TestMessageKeys(t *testing.T) {
	for definition, want := range map[string]string{
		"key: {name: id, schema: {type: integer}}, items: {type: object, properties: {title: {type: string}}}":                                                  `thing: Thing {"type":"integer"} ThingDeleted {"type":"integer"} CreateThing - ReplaceThing {"type":"integer"} CreateThingRefused - ReplaceThingRefused {"type":"integer"}`,
		"key: {name: id}, items: {type: object, properties: {id: {type: string}}}":                                                                              `thing: Thing {"type":"string"} ThingDeleted {"type":"string"} CreateThing {"type":"string"} ReplaceThing {"type":"string"} CreateThingRefused {"type":"string"} ReplaceThingRefused {"type":"string"}`,
		"key: {name: id}, items: {type: object, properties: {parts: {schema: {type: array, key: {name: id, schema: {type: integer}}, items: {type: object}}}}}": `parts: ThingPart {"type":"object","properties":{"id":{"type":"string"},"parts_id":{"type":"integer"}},"required":["id","parts_id"],"additionalProperties":false} ThingPartDeleted {"type":"object","properties":{"id":{"type":"string"},"parts_id":{"type":"integer"}},"required":["id","parts_id"],"additionalProperties":false} CreateThingPart {"type":"object","properties":{"id":{"type":"string"}},"required":["id"],"additionalProperties":false} `,
	} {
		api, problems := load(t, map[string]string{"thing.yaml": "kind: thing\nasyncapi: {servers: {k: {url: 'kafka://h'}}}\nschema: {" + definition + "}"}, "thing.yaml")
		if api == nil {
			t.Fatal(problems)
		}
		c := api.Channels[len(api.Channels)-1]
		got := c.Resource.Kind + ":"
		for _, m := range c.Messages() {
			key := "-"
			if v := fieldOf(m.Bindings, "key"); v != nil {
				key = string(v.AppendJSON(nil, ""))
			}
			got += " " + m.Name + " " + key
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// Who writes to a topic can ask for all that is asked for there, so has to be allowed all of it.
func TestSecurityOfTopics(t *testing.T) {
	a, o := &SecurityScheme{Key: "a"}, &SecurityScheme{Key: "o"}
	need := func(schemes ...RequiredScheme) *Requirement { return &Requirement{schemes} }
	all := func(lists ...[]*Requirement) string {
		var operations []*Operation
		for _, list := range lists {
			operations = append(operations, &Operation{Security: list})
		}
		var text []string
		for _, r := range requiredForAll(operations) {
			var schemes []string
			for _, s := range r.Schemes {
				schemes = append(schemes, fmt.Sprint(s.Scheme.Key, s.Scopes))
			}
			text = append(text, strings.Join(schemes, "+"))
		}
		return strings.Join(text, " | ")
	}
	plainA, plainO := need(RequiredScheme{Scheme: a}), need(RequiredScheme{Scheme: o})
	read, write := need(RequiredScheme{o, []string{"r"}}), need(RequiredScheme{o, []string{"r", "w"}})
	for _, test := range []struct{ got, want string }{
		{all(nil, nil), ""},
		{all([]*Requirement{plainA}, nil), "a[]"},
		{all(nil, []*Requirement{plainA}), "a[]"},
		{all([]*Requirement{plainA, plainO}, []*Requirement{plainA, plainO}), "a[] | o[]"},
		{all([]*Requirement{plainA}, []*Requirement{plainO}), "a[]+o[]"},
		{all([]*Requirement{read}, []*Requirement{write, plainA}), "o[r w] | o[r]+a[]"},
		{all([]*Requirement{plainA, plainO}, []*Requirement{plainA}), "a[] | o[]+a[]"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	if len(read.Schemes[0].Scopes) != 1 {
		t.Error("the security of an operation was changed")
	}
}

// Behind a broker a server does not see who subscribes, so it says what later subscribers find.
func TestTextsByProtocol(t *testing.T) {
	for protocol, want := range map[string]string{
		"ws":    "The server sends the full list of books on subscribe and again after every change.",
		"own":   "The server sends the full list of books on subscribe and again after every change.",
		"nats":  "The server sends the full list of books after every change.",
		"mqtt":  "The server sends the full list of books after every change, and the broker retains it for later subscribers.",
		"kafka": "The server sends a book whenever it is created or updated, and its key without content when it is deleted.",
	} {
		l := newLibrary(t)
		l.events("servers: {s: {url: h, protocol: "+protocol+"}}", l.resource("book", "books", "get post", "get put"))
		if got := l.api.Channels[0].Subscribe.Description; got != want {
			t.Errorf("%s: got %s", protocol, got)
		}
		if protocol != "kafka" {
			continue
		}
		p := l.api.Channels[0].Publish
		same(t, []string{p.Title, p.Summary}, []string{"Create a book or replace a book", "The client sends a book to create, or the complete new version of a book."})
	}
}
