package model

import "testing"

// Each operation and each event is found by its level, and nothing where there is none.
func TestOperationsOfLevels(t *testing.T) {
	const definition = `
kind: book
methods: {resource: [get, post], instance: [get, put], instance_attrs: [get]}
schema: {type: array, key: {name: book_id}, items: {type: object, properties: {title: {type: string}}}}
asyncapi: {servers: {dev: {url: "ws://localhost:8080", protocol: ws}}, channels: {resources: true, instances: true, instance_attrs: true}}
`
	api, problems := Load(func(string) ([]byte, error) { return []byte(definition), nil }, Options{}, "book.yaml")
	if api == nil {
		t.Fatal(problems)
	}
	r := api.Resources[0]
	if r.Collection == nil || len(r.Collection.Channels) == 0 || len(r.Attributes) == 0 || len(r.Attributes[0].Channels) == 0 {
		t.Fatal("there are no channels")
	}
	for _, at := range [][2]string{
		{"resource", "get"}, {"resource", "post"}, {"resource", "delete"}, {"instance", "get"}, {"instance", "put"}, {"instance", "patch"}, {"instance_attrs", "get"}, {"none", "get"},
	} {
		var want *Operation
		for _, level := range r.Levels {
			if o := level.Operation(at[1]); level.Name == at[0] && want == nil {
				want = o
			}
		}
		if got := r.Operation(at[0], at[1]); got != want {
			t.Errorf("%v: got %v, want %v", at, got, want)
		}
	}
	collection, attribute := r.Collection.Channels[0], r.Attributes[0].Channels[0]
	for what, pair := range map[string][2]*EventOperation{
		"a subscription":          {r.Subscription("resource", "ws"), collection.Subscribe},
		"a publication":           {r.Publication("resource", "ws"), collection.Publish},
		"that of an attribute":    {r.Subscription("instance_attrs", "ws"), attribute.Subscribe},
		"of a read-only level":    {r.Publication("instance_attrs", "ws"), nil},
		"of another protocol":     {r.Subscription("resource", "mqtt"), nil},
		"of a level that is none": {r.Subscription("none", "ws"), nil},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %v, want %v", what, pair[0], pair[1])
		}
	}
}
