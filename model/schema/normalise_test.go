package schema_test

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// resolve makes Money of what ends in /money, an array of it of what ends in /list, and finds nothing else.
func resolve(ref *value.Member) (*value.Value, bool) {
	switch {
	case strings.HasSuffix(ref.Value.Text, "/money"), ref.Value.Text == "#/$defs/Money":
		return schema.RefTo("Money"), true
	case strings.HasSuffix(ref.Value.Text, "/list"):
		return value.Object(value.NewMember("type", value.String("array")), value.NewMember("items", schema.RefTo("Money"))), true
	}
	return nil, false
}

// normal holds schemas and their normal form.
var normal = []struct{ name, in, want string }{
	{"booleans", `{items: true, not: false}`, `{items: true, not: false}`},
	{"tuple", `{items: [{type: string}, true], additionalItems: {nullable: false}}`, `{prefixItems: [{type: string}, true], items: {}}`},
	{"empty tuple", `{items: [], additionalItems: false}`, `{items: false}`},
	{"additionalItems that nothing precedes", `{items: {}, additionalItems: false}`, `{items: {}}`},
	{"additionalItems before items", `{additionalItems: false, items: {type: string}}`, `{items: {type: string}}`},
	{"bounds of draft 4 at the top", `{maximum: 9, exclusiveMaximum: true}`, `{exclusiveMaximum: 9}`},
	{"bounds of draft 4, the truth first", `{exclusiveMinimum: true, minimum: 9}`, `{exclusiveMinimum: 9}`},
	{"dependencies beside newer schemas", `{dependentSchemas: {a: {example: 1}}, dependencies: {a: {title: t}, c: {example: 2}}}`, `{dependentSchemas: {a: {examples: [1]}, c: {examples: [2]}}}`},
	{"dependencies beside newer lists", `{dependentRequired: {a: [x, x]}, dependencies: {c: [d]}}`, `{dependentRequired: {c: [d], a: [x]}}`},
	{"lists of dependents", `{dependentRequired: {a: [b, b], c: []}}`, `{dependentRequired: {a: [b], c: []}}`},
	{"dependencies", `{dependencies: {a: [b, b], c: {required: [d, d]}, e: false}}`, `{dependentRequired: {a: [b]}, dependentSchemas: {c: {required: [d]}, e: false}}`},
	{"dependencies twice", `{dependentRequired: {a: [x]}, dependencies: {a: [b], c: [d]}}`, `{dependentRequired: {a: [x], c: [d]}}`},
	{"draft 4 bounds", `{minimum: 1.50, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false}`, `{exclusiveMinimum: 1.50, maximum: 2}`},
	{"draft 4 bound alone", `{exclusiveMaximum: true, exclusiveMinimum: 3, minimum: 2}`, `{exclusiveMinimum: 3, minimum: 2}`},
	{"nullable type", `{type: string, nullable: true, enum: [a, a]}`, `{type: [string, "null"], enum: [a, null]}`},
	{"nullable reference", `{nullable: true, $ref: "x.yaml#/money", description: d}`, `{anyOf: [{$ref: "#/$defs/Money"}, {type: "null"}], description: d}`},
	{"nullable composition", `{nullable: true, oneOf: [{type: string}]}`, `{anyOf: [{oneOf: [{type: string}]}, {type: "null"}]}`},
	{"nullable anything", `{nullable: true, description: d}`, `{description: d}`},
	{"example", `{example: 1, type: integer}`, `{examples: [1], type: integer}`},
	{"example and examples", `{examples: [1.0, 2], example: 1}`, `{examples: [1, 2]}`},
	{"example null", `{example: null}`, `{examples: [null]}`},
	{"places dropped", `{$schema: x, $id: y, id: z, $anchor: a, $dynamicAnchor: b, $recursiveAnchor: true, $vocabulary: {}, $defs: {x: {}}, definitions: {y: {}}, $comment: c}`, `{$comment: c}`},
	{"type lists", `{anyOf: [{type: [string]}, {type: [integer, number, integer, "null"]}, {type: [a, a]}]}`, `{anyOf: [{type: string}, {type: [number, "null"]}, {type: a}]}`},
	{"unknown keywords", `{note: 1, größe: 2, $odd: 3, x-kept: 4, has: 5, x-has: 6}`, `{x-note: 1, x-gr__e: 2, x-odd: 3, x-kept: 4, x-has: 6}`},
	{"faulty pattern", `{pattern: "[", type: string}`, `{x-pattern: "[", type: string}`},
	{"loose pattern", `{pattern: 'a\-b', patternProperties: {'\-': {nullable: false}, '[': {}, 'x': {}}}`, `{pattern: a-b, patternProperties: {'-': {}, x: {}}}`},
	{"empty enum", `{enum: [], description: d}`, `{not: {}, description: d}`},
	{"empty enum beside not", `{enum: [], not: {type: string}}`, `{not: {type: string}, allOf: [{not: {}}]}`},
	{"repetitions", `{enum: [1, 1.0, "1", {a: 1, b: 2}, {b: 2, a: 1}], required: [a, a]}`, `{enum: [1, "1", {a: 1, b: 2}], required: [a]}`},
	{"empty required", `{required: []}`, `{}`},
	{"digits", `{maximum: 123456789012345678901234567890, default: 1.0}`, `{maximum: 123456789012345678901234567890, default: 1.0}`},
	{"reference", `{$ref: "x.yaml#/money", description: beside}`, `{$ref: "#/$defs/Money", description: beside}`},
	{"reference that becomes a schema", `{$ref: "x.yaml#/list"}`, `{type: array, items: {$ref: "#/$defs/Money"}}`},
	{"the same beside others", `{$ref: "x.yaml#/list", allOf: [{title: t}], type: array}`, `{allOf: [{type: array, items: {$ref: "#/$defs/Money"}}, {title: t}], type: array}`},
	{"reference to nothing", `{$ref: "nothing"}`, `{$ref: "nothing"}`},
	{"dynamic reference", `{$dynamicRef: "#/money"}`, `{$ref: "#/$defs/Money"}`},
	{"dynamic reference to nothing", `{$dynamicRef: "#node"}`, `{x-dynamicRef: "#node"}`},
	{"property names", `{properties: {$ref: {example: 1}, "": {}, __proto__: {}, definitions: {}, nullable: {type: [string]}}}`, `{properties: {$ref: {examples: [1]}, "": {}, __proto__: {}, definitions: {}, nullable: {type: string}}}`},
	{"data", `{default: {nullable: true, $ref: "#/money"}, const: {example: 1}, x-a: {$ref: "#/money"}}`, `{default: {nullable: true, $ref: "#/money"}, const: {example: 1}, x-a: {$ref: "#/money"}}`},
	{"discriminator", `{discriminator: kind}`, `{discriminator: {propertyName: kind}}`},
	{"mapping", `{discriminator: {propertyName: k, mapping: {a: "#/money", b: Dog}}}`, `{discriminator: {propertyName: k, mapping: {a: "#/$defs/Money", b: Dog}}}`},
	{"expose elsewhere", `{properties: {a: {expose: false, schema: {type: string}}}}`, `{properties: {a: {x-expose: false, x-schema: {type: string}}}}`},
	{"mapping to what is none", `{discriminator: {propertyName: "a/money", mapping: {a: 1, b: "x/nothing", c: money}}}`, `{discriminator: {propertyName: "a/money", mapping: {a: 1, b: x/nothing, c: money}}}`},
	{"mapping to an inline schema", `{discriminator: {propertyName: k, mapping: {a: "x.yaml#/list"}}}`, `{discriminator: {propertyName: k, mapping: {a: "x.yaml#/list"}}}`},
	{"recursive reference", `{$recursiveRef: "#/money"}`, `{$ref: "#/$defs/Money"}`},
	{"reference beside an extra", `{$ref: "x.yaml#/list", $dynamicRef: "y.yaml#/list"}`, `{allOf: [{type: array, items: {$ref: "#/$defs/Money"}}, {type: array, items: {$ref: "#/$defs/Money"}}]}`},
	{"loose patterns that become one", `{patternProperties: {'\-': {title: a}, '-': {title: b}, '\@\-': {title: c}, '@\-': {title: d}}}`,
		`{patternProperties: {'\-': {title: a}, '-': {title: b}, '@-': {title: c}, '@\-': {title: d}}}`},
	{"faulty page", `{externalDocs: {url: u}}`, `{x-externalDocs: {url: u}}`},
	{"swagger files", `{xml: {name: x}, externalDocs: {url: "https://a.example"}}`, `{xml: {name: x}, externalDocs: {url: "https://a.example"}}`},
}

func TestNormalise(t *testing.T) {
	for _, test := range normal {
		t.Run(test.name, func(t *testing.T) {
			in := read(t, test.in)
			before := json(in)
			got := schema.Normalise(in, schema.Anywhere, resolve)
			same(t, got, test.want)
			same(t, schema.Normalise(got, schema.Anywhere, resolve), test.want)
			if json(in) != before {
				t.Errorf("what went in has become %s", json(in))
			}
		})
	}
}

func TestNormaliseResource(t *testing.T) {
	in := read(t, `
properties:
  plain: {type: string, expose: false}
  wrapped: {expose: true, description: outer, schema: {type: [integer], description: inner, nullable: true}}
  reference: {schema: {$ref: "x.yaml#/money"}, title: t}
  anything: {schema: true}
  nothing: {schema: false, title: t}
  twice: {schema: {schema: {type: string}, expose: false}}
  deep: {properties: {expose: {expose: true}, schema: {schema: 1}}}
patternProperties: {a: {expose: true}}
`)
	want := `
properties:
  plain: {type: string}
  wrapped: {description: outer, type: [integer, "null"]}
  reference: {$ref: "#/$defs/Money", title: t}
  anything: true
  nothing: {title: t, not: {}}
  twice: {x-schema: {type: string}, x-expose: false}
  deep: {properties: {expose: {x-expose: true}, schema: {x-schema: 1}}}
patternProperties: {a: {x-expose: true}}
`
	got := schema.Normalise(in, schema.Resource, resolve)
	same(t, got, want)
	same(t, schema.Normalise(got, schema.Resource, resolve), want)
}

func TestNormaliseKeepsPlaces(t *testing.T) {
	in := read(t, "type: object\nproperties:\n  a:\n    nullable: true\n    type: string\n    minimum: 1\n    exclusiveMinimum: true\n")
	schema.Walk(schema.Normalise(in, schema.Anywhere, nil), func(sub *value.Value) {
		if sub.Pos.Line == 0 {
			t.Errorf("%s has no place", json(sub))
		}
		for _, m := range sub.Members {
			if m.Pos.Line == 0 || m.Value.Pos.Line == 0 {
				t.Errorf("%s of %s has no place", m.Name, json(sub))
			}
		}
	})
}

func FuzzNormalise(f *testing.F) {
	for _, test := range normal {
		f.Add([]byte(test.in))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var problems value.Problems
		for _, in := range value.Parse("fuzz.yaml", data, &problems) {
			schema.Check(in, schema.Resource, &problems)
			if problems.HasErrors() {
				return
			}
			once := schema.Normalise(in, schema.Resource, resolve)
			if twice := schema.Normalise(once, schema.Resource, resolve); json(twice) != json(once) {
				t.Errorf("%s\n gives %s\n then  %s", data, json(once), json(twice))
			}
			var after value.Problems
			if schema.Check(once, schema.Resource, &after); after.HasErrors() {
				t.Errorf("%s\n gives %s\n with %v", data, json(once), after)
			}
		}
	})
}
