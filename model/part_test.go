package model

import (
	"strings"
	"testing"
)

// identifiersOf returns the identifiers of the API's components, each with its parts, and those of the parts of operations.
func identifiersOf(api *API) string {
	var all []string
	add := func(called string, parts []*Shape) {
		for _, part := range parts {
			called += " " + part.Identifier
		}
		all = append(all, called)
	}
	for _, c := range append(api.Components, api.Problem) {
		add(c.Identifier, c.Parts)
	}
	add("operations:", api.Parts)
	return strings.Join(all, "\n")
}

func TestParts(t *testing.T) {
	for _, test := range []struct{ name, properties, want string }{
		{"nothing in it", "x: {type: string}", "Things\nThing\nCreateThing\nUpdateThing"},
		{"an object, which all forms share", "x: {type: object, properties: {y: {type: integer}}, required: [y]}", "Things\nThing ThingX\nCreateThing\nUpdateThing UpdateThingX"},
		{"an enumeration in an array", "x: {type: array, items: {enum: [a, b]}}", "Things\nThing ThingXItem\nCreateThing\nUpdateThing"},
		{"a union of objects", "x: {oneOf: [{type: object, properties: {k: {const: a}}}, {type: string}]}", "Things\nThing ThingX ThingXOption1 ThingXOption1K\nCreateThing\nUpdateThing UpdateThingX UpdateThingXOption1 UpdateThingXOption1K"},
		{"a tuple and a map", "x: {type: array, prefixItems: [{type: integer}, {type: object, additionalProperties: {enum: [1, 2]}}]}", "Things\nThing ThingX ThingXItem2Value\nCreateThing\nUpdateThing UpdateThingX"},
		{"a name that is taken", "x: {type: object, properties: {y: {type: integer}}}, X: {enum: [a, b]}", "Things\nThing ThingX ThingX2\nCreateThing\nUpdateThing UpdateThingX UpdateThingX2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			api := mustLoad(t, "kind: thing\nmethods: {instance: [get, patch]}\nschema: {key: {name: id, schema: {type: string, readOnly: true}}, items: {properties: {"+test.properties+"}}}\n")
			if got := identifiersOf(api); !strings.HasPrefix(got, test.want+"\n") {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestPartsOfOperations(t *testing.T) {
	api := mustLoad(t, "kind: thing\nschema: {key: {name: id}, query_params: [{name: state, schema: {enum: [a, b]}}], items: {properties: {}}}\n")
	if got := identifiersOf(api); !strings.HasSuffix(got, "\noperations: ListThingsState") {
		t.Error(got)
	}
}

func TestIdentifiersOfPartsAreShort(t *testing.T) {
	long := strings.Repeat("long_", 30)
	api := mustLoad(t, "kind: thing\nschema: {key: {name: id}, items: {properties: {"+long+"a: {enum: [1, 2]}, "+long+"b: {enum: [3, 4]}}}}\n")
	var parts []string
	for _, part := range api.Resources[0].Read.Parts {
		parts = append(parts, part.Identifier)
	}
	want := "Thing" + strings.Repeat("Long", 13) + "Lon"
	if len(parts) != 2 || parts[0] != want || parts[1] != want+"2" {
		t.Errorf("got %q", parts)
	}
}
