package definition

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

// TestDefinitionSchemaKnowsTheBindings compares the schema of each place's bindings with the rules that are checked.
func TestDefinitionSchemaKnowsTheBindings(t *testing.T) {
	var written struct{ Definitions map[string]any }
	if err := json.Unmarshal([]byte(JSONSchema), &written); err != nil {
		t.Fatal(err)
	}
	for _, place := range BindingPlaces {
		text, err := json.Marshal(bindingsSchema(place))
		if err != nil {
			t.Fatal(err)
		}
		var want any
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		if got := written.Definitions["bindings_"+place]; !reflect.DeepEqual(got, want) {
			t.Errorf("definitions.bindings_%s of definition.schema.json must be\n%s", place, text)
		}
	}
}

type node = map[string]any

// bindingsSchema returns the schema of the bindings of one place.
func bindingsSchema(place string) node {
	protocols := node{}
	for _, protocol := range BindingProtocols {
		about := "The binding of " + protocol + " for a " + place
		if strings.HasPrefix(place, "o") {
			about = "The binding of " + protocol + " for an " + place
		}
		rule := BindingRules[place][protocol]
		if len(rule.fields) == 0 {
			protocols[protocol] = node{"description": about + " has no fields.", "type": "object", "maxProperties": 0}
			continue
		}
		s := fieldsSchema(rule.fields)
		s["description"] = about + ", version " + rule.Versions[0] + "."
		s["properties"].(node)["bindingVersion"] = node{"description": "The version of the binding.", "enum": rule.Versions, "default": rule.Versions[0]}
		switch place + " " + protocol {
		case "channel amqp":
			s["allOf"] = []any{
				node{"not": node{"required": []string{"queue", "exchange"}}},
				node{"if": withWord("is", "routingKey"), "then": node{"not": node{"required": []string{"queue"}}}},
				node{"if": withWord("is", "queue"), "then": node{"required": []string{"queue"}}},
			}
		case "message ibmmq":
			s["if"], s["then"] = withWord("type", "string", "jms"), node{"properties": node{"headers": false}}
		}
		protocols[protocol] = s
	}
	return node{"type": "object", "properties": protocols, "patternProperties": node{"^x-": node{"type": "object"}}, "additionalProperties": false}
}

func withWord(name string, words ...string) node {
	return node{"required": []string{name}, "properties": node{name: node{"enum": words}}}
}

func fieldsSchema(rules fieldRules) node {
	properties := node{}
	var required []string
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		properties[name] = fieldSchema(rules[name])
		if rules[name].isRequired {
			required = append(required, name)
		}
	}
	s := node{"type": "object", "properties": properties, "patternProperties": node{"^x-": true}, "additionalProperties": false}
	if required != nil {
		s["required"] = required
	}
	return s
}

// fieldSchema returns the schema of one field. Every number of the specifications is a whole one.
func fieldSchema(rule fieldRule) node {
	schema := node{"$ref": "#/definitions/schema"}
	if rule.words != nil {
		words := []any{}
		for _, word := range rule.words {
			if slices.Contains(rule.kinds, value.KindNumber) {
				words = append(words, json.Number(word))
			} else {
				words = append(words, word)
			}
		}
		return node{"enum": words}
	}
	if rule.fields != nil {
		return fieldsSchema(rule.fields)
	}
	if rule.isSchema && rule.kinds == nil {
		return schema
	}
	kind := rule.kinds[0].String()
	if kind == "number" {
		kind = "integer"
	}
	if rule.isSchema {
		return node{"anyOf": []any{node{"type": kind}, schema}}
	}
	return node{"type": kind}
}
