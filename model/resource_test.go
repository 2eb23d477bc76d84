package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// What a definition says of its resource reaches templates: texts, labels, the author's own keys.
func TestFactsOfResources(t *testing.T) {
	api := mustLoad(t, `
kind: book
metadata: {description: What the library has, owner: team, labels: {area: catalogue, tier: 1}, name: books}
x-audience: partners
schema: {key: {name: id}, items: {properties: {title: {}}}}
---
kind: author
x-audience: others
x-tier: 2
schema: {key: {name: id}, items: {properties: {name: {}}}}`)
	r := api.Resources[0]
	members := func(list []Member) string {
		var parts []string
		for _, m := range list {
			parts = append(parts, m.Name+"="+string(m.Value.AppendJSON(nil, "")))
		}
		return strings.Join(parts, " ")
	}
	for what, pair := range map[string][2]string{
		"description": {r.Description, "What the library has"},
		"labels":      {members(r.Labels), `area="catalogue" tier=1`},
		"metadata":    {members(r.Metadata), `owner="team" name="books"`},
		"extensions":  {members(r.Extensions), `x-audience="partners"`},
		"of the API":  {members(api.Extensions), `x-audience="partners" x-tier=2`},
		"place":       {r.Pos.String(), "a.yaml:2:7"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %s, want %s", what, pair[0], pair[1])
		}
	}
}

func TestFactsOfProperties(t *testing.T) {
	api := mustLoad(t, `
kind: book
methods: {resource: [get], instance: [get], instance_attrs: [get, put]}
schema:
  key: {name: id}
  items:
    properties:
      id: {type: string, readOnly: true}
      title: {type: string, title: Main title}
      secret: {writeOnly: true}
      old: {deprecated: true, expose: false}
      "": {}
    required: [title, id]`)
	r := api.Resources[0]
	var got []string
	for _, p := range r.Properties {
		line := fmt.Sprintf("%s %s:", p.Identifier, p.Name)
		for _, flag := range []struct {
			name string
			is   bool
		}{{"key", p.IsKey}, {"required", p.IsRequired}, {"read-only", p.IsReadOnly}, {"write-only", p.IsWriteOnly}, {"deprecated", p.IsDeprecated}, {"exposed", p.IsExposed}} {
			if flag.is {
				line += " " + flag.name
			}
		}
		got = append(got, line)
	}
	want := []string{"Id id: key required read-only exposed", "Title title: required exposed", "Secret secret: write-only exposed", "Old old: deprecated", "Empty : exposed"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !r.Key.IsReadOnly || !r.Key.IsProperty {
		t.Errorf("the key is read-only: %t, a property: %t", r.Key.IsReadOnly, r.Key.IsProperty)
	}
	var attributes []string
	for _, l := range r.Attributes {
		attributes = append(attributes, l.Property.Name)
	}
	if strings.Join(attributes, " ") != "id title secret" {
		t.Errorf("attributes with operations are %s", attributes)
	}
}

// A nested resource is named after its parent, and its path parameter keeps clear of those before it.
func TestNamesOfNestedResources(t *testing.T) {
	api, problems := load(t, map[string]string{
		"a.yaml": `
kind: farm
methods: {resource: [], instance: [get]}
schema: {key: {name: id}, items: {properties: {sheep: {schema: {$ref: "b.yaml#/schema"}}, fields: {schema: {$ref: "c.yaml#/schema"}}}}}`,
		"b.yaml": "kind: animal\nschema: {key: {name: id}, items: {properties: {name: {}}}}",
		"c.yaml": "kind: field\nmethods: {resource: [], instance: [get]}\nschema: {key: {name: rows_id}, items: {properties: {rows: {schema: {type: array, key: {name: id}, items: {properties: {a: {}}}}}}}}",
	}, "a.yaml")
	if api == nil {
		t.Fatal(problems)
	}
	var got []string
	for _, r := range api.Resources[1:] {
		got = append(got, strings.Join([]string{r.Name, r.PluralName, r.Type, r.PluralType, r.ListType, r.ParentProperty, r.Instance.Path}, " "))
	}
	want := []string{
		"farm_sheep farm_sheep FarmSheep FarmSheep FarmSheepList sheep /farms/{id}/sheep/{sheep_id}",
		"farm_field farm_fields FarmField FarmFields FarmFields fields /farms/{id}/fields/{rows_id}",
		"farm_field_row farm_field_rows FarmFieldRow FarmFieldRows FarmFieldRows rows /farms/{id}/fields/{rows_id}/rows/{rows_id2}",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// An example of a body is one of its component too; one of an attribute is of the component that it refers to alone.
func TestExamplesOfBodies(t *testing.T) {
	api := mustLoad(t, `
kind: book
methods: {resource: [get, patch], instance: [], instance_attrs: [get]}
schema: {key: {name: id, schema: {type: string, examples: [k]}}, items: {properties: {title: {type: string, examples: [Emma]}, isbn: {$ref: "#/x-own/isbn"}, code: {$ref: "#/x-own/isbn", title: Code}}}}
x-own: {isbn: {type: string}}`)
	r := api.Resources[0]
	list := r.Collection.Operation("get").Response
	if list.Example == nil || list.Component != r.List || list.Component.Example != list.Example {
		t.Error("the list and its component do not have one example")
	}
	if patch := r.Collection.Operation("patch").Request; patch.Example == nil || !strings.Contains(string(patch.Example.AppendJSON(nil, "")), `"id":"k"`) {
		t.Error("the change of several has no example with keys")
	}
	for i, want := range []string{"", "Isbn", ""} {
		got := ""
		if c := r.Attributes[i].Operation("get").Response.Component; c != nil {
			got = c.Name
		}
		if got != want {
			t.Errorf("the attribute %s is the component %q, want %q", r.Attributes[i].Property.Name, got, want)
		}
	}
}
