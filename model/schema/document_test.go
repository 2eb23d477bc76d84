package schema_test

import (
	"testing"

	"github.com/firestoned/firestone/model/schema"
)

// What is written of a component depends on what others say of the same data.
func TestDocumentWrite(t *testing.T) {
	for _, test := range []struct {
		name       string
		components map[string]string
		want       map[string]string // in OpenAPI 3.1
	}{
		{"a branch beside properties", map[string]string{
			"Base": `{properties: {name: {}}, oneOf: [{$ref: "#/$defs/A"}, {$ref: "#/$defs/B"}, {$ref: "#/$defs/C"}]}`,
			"A":    `{type: object, properties: {a: {}}, required: [a]}`,
			"B":    `{properties: {b: {}}}`,
			"C":    `{properties: {c: {}}, additionalProperties: false}`,
		}, map[string]string{
			"Base": `{properties: {name: {}}, oneOf: [{$ref: "/A"}, {$ref: "/B"}, {$ref: "/C"}]}`,
			"A":    `{type: object, allOf: [{type: object, properties: {a: {}}, required: [a]}]}`,
			"B":    `{allOf: [{properties: {b: {}}}], minProperties: 0}`,
			"C":    `{properties: {c: {}}, additionalProperties: false}`,
		}},
		{"a branch alone", map[string]string{
			"Union": `{oneOf: [{$ref: "#/$defs/A"}, {$ref: "#/$defs/B"}]}`, "A": `{properties: {a: {}}}`, "B": `{properties: {b: {}}}`,
		}, map[string]string{"A": `{properties: {a: {}}}`, "B": `{properties: {b: {}}}`}},
		{"a base", map[string]string{
			"Sub": `{allOf: [{$ref: "#/$defs/Base"}, {$ref: "#/$defs/Kinds"}], properties: {a: {}}}`, "Base": `{properties: {b: {}}}`,
			"Kinds": `{properties: {k: {}}, anyOf: [{$ref: "#/$defs/A"}, {type: object}]}`, "A": `{type: object, properties: {a: {}}}`,
		}, map[string]string{
			"Base":  `{properties: {b: {}}}`,
			"Kinds": `{allOf: [{properties: {k: {}}}, {anyOf: [{$ref: "/A"}, {type: object}]}]}`,
			"A":     `{type: object, allOf: [{type: object, properties: {a: {}}}]}`,
		}},
		{"a name that another schema defines", map[string]string{
			"A": `{allOf: [{$ref: "#/$defs/B"}, {anyOf: [{properties: {c: {}}}, {properties: {c: {}, d: {}}}]}], required: [b, c, d]}`,
			"B": `{properties: {b: {}}, oneOf: [{required: [b]}, {required: [x]}]}`,
			"N": `{anyOf: [{$ref: "#/$defs/O"}, {type: "null"}]}`, "O": `{properties: {o: {type: string}}, oneOf: [{required: [o]}, {type: string}]}`,
		}, map[string]string{
			"A": `{allOf: [{$ref: "/B"}, {anyOf: [{properties: {c: {}}}, {properties: {c: {}, d: {}}}]}], required: [b, c, d], properties: {d: {}}}`,
			"B": `{oneOf: [{required: [b]}, {required: [x], properties: {x: {}}}], allOf: [{properties: {b: {}}}]}`,
			"O": `{properties: {o: {type: string}}, oneOf: [{required: [o], properties: {o: {}}}, {type: string}]}`,
		}},
		{"what is counted", map[string]string{
			"Closed": `{allOf: [{$ref: "#/$defs/Open"}, {$ref: "#/$defs/Named"}], unevaluatedProperties: false}`, "Open": `{type: object}`, "Named": `{required: [a]}`,
		}, map[string]string{"Open": `{type: object}`, "Named": `{required: [a]}`}},
		{"a subtype", map[string]string{
			"Sub": `{allOf: [{$ref: "#/$defs/Base"}]}`, "Base": `{properties: {k: {}}, required: [k], discriminator: {propertyName: k}}`, "Other": `{allOf: [{$ref: "#/$defs/Plain"}]}`,
			"Plain": `{type: string}`,
		}, map[string]string{"Sub": `{allOf: [{$ref: "/Base"}]}`, "Other": `{$ref: "/Plain"}`}},
		{"what refers to itself", map[string]string{
			"A": `{properties: {a: {$ref: "#/$defs/A"}}, anyOf: [{$ref: "#/$defs/A"}, {required: [z]}], allOf: [{$ref: "#/$defs/A"}]}`,
		}, map[string]string{
			"A": `{allOf: [{properties: {a: {$ref: "/A"}}}, {$ref: "/A"}, {anyOf: [{$ref: "/A"}, {required: [z], properties: {z: {}}}]}]}`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var all []schema.Component
			for name, text := range test.components {
				all = append(all, schema.Component{Name: name, Schema: read(t, text)})
			}
			document := schema.NewDocument(all, nil)
			for _, c := range all {
				if want, ok := test.want[c.Name]; ok {
					same(t, document.Write(c.Schema, schema.OpenAPI31, "/", nil), want)
				}
			}
		})
	}
}
