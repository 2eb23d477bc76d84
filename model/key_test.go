package model

import (
	"strings"
	"testing"
)

// member returns the JSON of a member of a component's schema.
func member(t *testing.T, api *API, component, name string) string {
	t.Helper()
	for _, c := range api.Components {
		if c.Name == component {
			return string(c.Schema.Get(name).AppendJSON(nil, ""))
		}
	}
	t.Fatalf("no component %s", component)
	return ""
}

// A key that the properties list keeps what they say of it, and gains what only the key says.
func TestListedKeys(t *testing.T) {
	for listed, want := range map[string]string{
		`{type: string}`: `{"id":{"type":"string","readOnly":true,"examples":["a"]},"title":{}}`,
		`{type: string, readOnly: false, examples: [b]}`: `{"id":{"type":"string","readOnly":false,"examples":["b"]},"title":{}}`,
		`true`: `{"id":true,"title":{}}`,
	} {
		api := mustLoad(t, `
kind: book
schema: {key: {name: id, schema: {type: string, readOnly: true, examples: [a]}}, items: {properties: {id: `+listed+`, title: {}}}}`)
		if got := member(t, api, "Book", "properties"); got != want {
			t.Errorf("%s: the properties are\n%s\nwant\n%s", listed, got, want)
		}
	}
}

// A default that the key's schema refuses is none in paths either.
func TestFaultyDefaultsOfKeys(t *testing.T) {
	api := mustLoad(t, `
kind: book
schema: {key: {name: id, schema: {type: integer, default: x}}, items: {properties: {title: {}}}}`)
	if got := string(api.Resources[0].Key.Schema.AppendJSON(nil, "")); got != `{"type":"integer","x-default":"x"}` {
		t.Errorf("the key has the schema %s", got)
	}
}

// A key that the properties do not list comes first, and is required once.
func TestUnlistedKeysAreRequiredOnce(t *testing.T) {
	api := mustLoad(t, `
kind: book
schema: {key: {name: id}, items: {properties: {title: {}}, required: [title, id]}}`)
	if got := member(t, api, "Book", "required"); got != `["id","title"]` {
		t.Errorf("required are %s", got)
	}
	if got := member(t, api, "Book", "properties"); !strings.HasPrefix(got, `{"id":`) {
		t.Errorf("the properties are %s", got)
	}
}

// What makes a property read-only may stand behind a reference.
func TestReadOnlyBehindReferences(t *testing.T) {
	api := mustLoad(t, `
kind: book
methods: {resource: [], instance: [get], instance_attrs: [get, put]}
schema: {key: {name: id}, items: {properties: {a: {$ref: "#/x-own/made"}, b: {allOf: [{$ref: "#/x-own/made"}]}, c: {anyOf: [{$ref: "#/x-own/made"}]}}}}
x-own: {made: {type: string, readOnly: true}}`)
	var got []string
	for _, p := range api.Resources[0].Properties {
		if p.IsReadOnly {
			got = append(got, p.Name)
		}
	}
	if strings.Join(got, " ") != "id a b" {
		t.Errorf("read-only are %s", got)
	}
}

// A name that is required may be a property of whatever holds of the resource.
func TestRequiredNamesOfBranches(t *testing.T) {
	named := `{properties: {b: {}}}`
	for _, part := range []string{
		`$ref: "#/x-own/b"`, `allOf: [` + named + `]`, `anyOf: [` + named + `]`, `oneOf: [` + named + `]`, `if: {}, then: ` + named, `if: {}, else: ` + named,
		`allOf: [{$ref: "#/x-own/b"}]`,
	} {
		mustLoad(t, `
kind: book
schema: {key: {name: id}, items: {required: [b, id], `+part+`}}
x-own: {b: {properties: {b: {}}}}`)
	}
}

// The discriminator of a base with closed variants names the twins that have the key.
func TestKeysBesideDiscriminators(t *testing.T) {
	api := mustLoad(t, `
kind: pet
schema: {key: {name: id}, items: {$ref: "#/x-shapes/Animal"}}
x-shapes:
  Animal:
    properties: {name: {type: string}}
    oneOf: [{$ref: "#/x-shapes/Cat"}, {$ref: "#/x-shapes/Dog"}]
    discriminator: {propertyName: sort, mapping: {cat: "#/x-shapes/Cat"}}
  Cat: {type: object, required: [sort], properties: {sort: {const: cat}, name: {}, purrs: {type: boolean}}, additionalProperties: false}
  Dog: {type: object, required: [sort], properties: {sort: {const: Dog}, name: {}, barks: {type: boolean}}, additionalProperties: false}
`)
	branches, discriminator := member(t, api, "Pet", "oneOf"), member(t, api, "Pet", "discriminator")
	if branches != `[{"$ref":"#/$defs/PetAnimalCat"},{"$ref":"#/$defs/PetAnimalDog"}]` || discriminator != `{"propertyName":"sort","mapping":{"cat":"#/$defs/PetAnimalCat","Dog":"#/$defs/PetAnimalDog"}}` {
		t.Errorf("one of %s, by %s", branches, discriminator)
	}
}
