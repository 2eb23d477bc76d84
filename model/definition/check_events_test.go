package definition

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

func TestCheckEvents(t *testing.T) {
	for block, want := range map[string]string{
		"servers: {dev: {url: 'ws://h', protocol: ws}}":                              "",
		"servers: {dev: {url: 'ws://h', security: [beerer]}}":                        `x.yaml:1:43: unknown security scheme "beerer"`,
		"servers: {dev: {url: 'ws://h', security: [{beerer: []}]}}":                  `x.yaml:1:44: unknown security scheme "beerer"`,
		"servers: {dev: {url: 'ws://h', security: [bearer]}}":                        "",
		"envelope: cloudevent":                                                       `x.yaml:1:11: envelope cannot be "cloudevent"`,
		"envelope: true":                                                             "x.yaml:1:11: envelope must be a string, not the boolean true",
		"chanels: {}":                                                                `x.yaml:1:1: unknown key "chanels" in asyncapi`,
		"channels: {resources: yes}":                                                 "x.yaml:1:23: channels.resources must be true or false, not \"yes\"",
		"channels: {attributes: true}":                                               `x.yaml:1:12: unknown key "attributes" in channels`,
		"servers: []":                                                                "x.yaml:1:10: servers must be an object, not an empty list",
		"servers: {dev: ws}":                                                         `x.yaml:1:16: server "dev" must be an object, not "ws"`,
		"servers: {dev: {protocol: ws}}":                                             `x.yaml:1:11: server "dev" has no url`,
		"servers: {dev: {url: localhost}}":                                           `x.yaml:1:22: server "dev" has no protocol`,
		"servers: {dev: {url: 'ws:///x'}}":                                           `x.yaml:1:22: url of server "dev" has no host`,
		"servers: {dev: {url: '{p}://h'}}":                                           `x.yaml:1:22: the scheme in the url of server "dev" is not a protocol`,
		"servers: {dev: {url: 'ws://a b'}}":                                          `x.yaml:1:22: url of server "dev" contains a character that a URL cannot have`,
		"servers: {dev: {url: 'ws://{a'}}":                                           `x.yaml:1:22: url of server "dev" has unbalanced braces`,
		"servers: {dev: {host: h}}":                                                  `x.yaml:1:17: unknown key "host" in server "dev"`,
		"servers: {dev: {url: 'ws://{p}', variables: {p: 1}}}":                       `x.yaml:1:49: variable "p" of server "dev" must be an object, not the number 1`,
		"servers: {dev: {url: 'ws://{p}', variables: {p: {enum: [1], default: 2}}}}": `x.yaml:1:70: default of variable "p" of server "dev" is not one of its enum values`,
		"bindings: {channel: {wss: {}}}":                                             `x.yaml:1:22: unknown protocol "wss" in bindings`,
		"bindings: {channel: {kafka: {topc: a}}}":                                    `x.yaml:1:30: unknown key "topc" in the channel binding of kafka`,
		"bindings: {message: {ws: {method: GET}}}":                                   "x.yaml:1:27: the message binding of ws must be empty",
		"bindings: {channel: {ws: {method: PUT}}}":                                   `x.yaml:1:35: method of the channel binding of ws cannot be "PUT"`,
		"bindings: {channel: {ws: {query: 1}}}":                                      "x.yaml:1:34: query of the channel binding of ws must be an object, not the number 1",
		"bindings: {channel: {ws: {bindingVersion: latest}}}":                        `x.yaml:1:43: bindingVersion of the channel binding of ws cannot be "latest"`,
		"bindings: {channel: {sqs: {queue: {name: q}}}}":                             "x.yaml:1:35: queue of the channel binding of sqs has no fifoQueue",
		"bindings: {channel: {amqp: {queue: {}, exchange: {}}}}":                     "x.yaml:1:40: the channel binding of amqp has both a queue and an exchange",
		"bindings: {channel: {amqp: {is: queue}}}":                                   "x.yaml:1:22: the channel binding of amqp is a queue, but does not say which one",
		"bindings: {operation: {mqtt: {qos: 3}}}":                                    `x.yaml:1:36: qos of the operation binding of mqtt cannot be "3"`,
		"bindings: {operation: {kafka: {groupId: {type: string}}}}":                  "",
		"bindings: {chanel: {}}":                                                     `x.yaml:1:12: unknown key "chanel" in bindings`,
	} {
		var problems Problems
		events := value.Parse("x.yaml", []byte(block), &problems)[0]
		c := &checker{problems: &problems, at: &Definition{Root: value.Object(value.NewMember("asyncapi", events))}}
		c.events(events, []string{"bearer"})
		got := ""
		if len(problems) > 0 {
			got, _, _ = strings.Cut(problems.Sorted()[0].Error(), "\n")
		}
		if got != want || len(problems) > 1 {
			t.Errorf("%s\n got %v\nwant %s", block, problems, want)
		}
		for _, p := range problems {
			if p.Hint == "" {
				t.Errorf("%s: no hint", block)
			}
		}
	}
}
