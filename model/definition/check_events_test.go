package definition

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

func TestCheckEvents(t *testing.T) {
	for block, want := range map[string]string{
		"servers: {dev: {url: 'ws://h', protocol: ws}}":                              "",
		"servers: {dev: {url: 'ws://h', security: [beerer]}}":                        `x.yaml:1:43: unknown security scheme "beerer" [FS2501]`,
		"servers: {dev: {url: 'ws://h', security: [{beerer: []}]}}":                  `x.yaml:1:44: unknown security scheme "beerer" [FS2501]`,
		"servers: {dev: {url: 'ws://h', security: [bearer]}}":                        "",
		"envelope: cloudevent":                                                       `x.yaml:1:11: envelope cannot be "cloudevent" [FS2004]`,
		"envelope: true":                                                             "x.yaml:1:11: envelope must be a string, not the boolean true [FS2002]",
		"chanels: {}":                                                                `x.yaml:1:1: unknown key "chanels" in asyncapi [FS2001]`,
		"channels: {resources: yes}":                                                 "x.yaml:1:23: channels.resources must be true or false, not \"yes\" [FS2002]",
		"channels: {attributes: true}":                                               `x.yaml:1:12: unknown key "attributes" in channels [FS2001]`,
		"servers: []":                                                                "x.yaml:1:10: servers must be an object, not an empty list [FS2002]",
		"servers: {dev: ws}":                                                         `x.yaml:1:16: server "dev" must be an object, not "ws" [FS2002]`,
		"servers: {dev: {protocol: ws}}":                                             `x.yaml:1:11: server "dev" has no url [FS2003]`,
		"servers: {dev: {url: localhost}}":                                           `x.yaml:1:22: server "dev" has no protocol [FS2003]`,
		"servers: {dev: {url: 'ws:///x'}}":                                           `x.yaml:1:22: url of server "dev" has no host [FS2603]`,
		"servers: {dev: {url: '{p}://h'}}":                                           `x.yaml:1:22: the scheme in the url of server "dev" is not a protocol [FS2603]`,
		"servers: {dev: {url: 'ws://a b'}}":                                          `x.yaml:1:22: url of server "dev" contains a character that a URL cannot have [FS2603]`,
		"servers: {dev: {url: 'ws://{a'}}":                                           `x.yaml:1:22: url of server "dev" has unbalanced braces [FS2603]`,
		"servers: {dev: {host: h}}":                                                  `x.yaml:1:17: unknown key "host" in server "dev" [FS2001]`,
		"servers: {dev: {url: 'ws://{p}', variables: {p: 1}}}":                       `x.yaml:1:49: variable "p" of server "dev" must be an object, not the number 1 [FS2002]`,
		"servers: {dev: {url: 'ws://{p}', variables: {p: {enum: [1], default: 2}}}}": `x.yaml:1:70: default of variable "p" of server "dev" is not one of its enum values [FS2605]`,
		"bindings: {channel: {wss: {}}}":                                             `x.yaml:1:22: unknown protocol "wss" in bindings [FS2607]`,
		"bindings: {channel: {kafka: {topc: a}}}":                                    `x.yaml:1:30: unknown key "topc" in the channel binding of kafka [FS2001]`,
		"bindings: {message: {ws: {method: GET}}}":                                   "x.yaml:1:27: the message binding of ws must be empty [FS2609]",
		"bindings: {channel: {ws: {method: PUT}}}":                                   `x.yaml:1:35: method of the channel binding of ws cannot be "PUT" [FS2004]`,
		"bindings: {channel: {ws: {query: 1}}}":                                      "x.yaml:1:34: query of the channel binding of ws must be an object, not the number 1 [FS2002]",
		"bindings: {channel: {ws: {bindingVersion: latest}}}":                        `x.yaml:1:43: bindingVersion of the channel binding of ws cannot be "latest" [FS2004]`,
		"bindings: {channel: {sqs: {queue: {name: q}}}}":                             "x.yaml:1:35: queue of the channel binding of sqs has no fifoQueue [FS2003]",
		"bindings: {channel: {amqp: {queue: {}, exchange: {}}}}":                     "x.yaml:1:40: the channel binding of amqp has both a queue and an exchange [FS2609]",
		"bindings: {channel: {amqp: {is: queue}}}":                                   "x.yaml:1:22: the channel binding of amqp is a queue, but does not say which one [FS2609]",
		"bindings: {operation: {mqtt: {qos: 3}}}":                                    `x.yaml:1:36: qos of the operation binding of mqtt cannot be "3" [FS2004]`,
		"bindings: {operation: {kafka: {groupId: {type: string}}}}":                  "",
		"bindings: {chanel: {}}":                                                     `x.yaml:1:12: unknown key "chanel" in bindings [FS2001]`,
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
