package model

import (
	"slices"
	"strings"
	"testing"
)

// A component, and a security scheme, belongs to the document that needs it, wherever there.
func TestWhatEachDocumentNeeds(t *testing.T) {
	api := mustLoad(t, `
kind: book
methods: {resource: [get], instance: [get]}
security:
  scheme: {rest: {type: http, scheme: bearer}, broker: {type: http, scheme: basic}, unused: {type: mutualTLS}}
  resource: {get: [{rest: []}]}
schema:
  key: {name: id, schema: {$ref: "#/x-own/key"}}
  query_params: [{name: q, schema: {$ref: "#/x-own/query"}}]
  items: {properties: {id: {type: string}, a: {$ref: "#/x-own/inner"}}}
x-own:
  key: {type: string}
  query: {type: string}
  inner: {properties: {b: {$ref: "#/x-own/innermost"}}}
  innermost: {type: string}
  channel: {type: object}
  operation: {type: string}
  message: {type: object}
  server: {type: integer}
asyncapi:
  servers: {dev: {url: "mqtt://localhost", security: [broker], bindings: {mqtt: {maximumPacketSize: {$ref: "#/x-own/server"}}}}, web: {url: "ws://localhost"}, log: {url: "kafka://localhost"}}
  bindings:
    channel: {ws: {query: {$ref: "#/x-own/channel"}}}
    operation: {kafka: {clientId: {$ref: "#/x-own/operation"}}}
    message: {mqtt: {correlationData: {$ref: "#/x-own/message"}}}`)
	operations, events := []string{}, []string{}
	for _, c := range api.Components {
		if c.InOperations {
			operations = append(operations, c.Name)
		}
		if c.InEvents {
			events = append(events, c.Name)
		}
	}
	slices.Sort(operations)
	slices.Sort(events)
	if got := strings.Join(operations, " "); got != "Book Books Inner Innermost Key Query" {
		t.Errorf("operations need %s", got)
	}
	if got := strings.Join(events, " "); got != "Book Books Channel Inner Innermost Key Message Operation Server" {
		t.Errorf("events need %s", got)
	}
	for _, s := range api.SecuritySchemes {
		if s.InOperations != (s.Name == "rest") || s.InEvents != (s.Name != "unused") { // a channel needs what its operation needs
			t.Errorf("%s in operations: %t, in events: %t", s.Name, s.InOperations, s.InEvents)
		}
	}
}
