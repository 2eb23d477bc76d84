package schema_test

import (
	"slices"
	"testing"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// read returns the value of a YAML text.
func read(t testing.TB, text string) *value.Value {
	t.Helper()
	var problems value.Problems
	values := value.Parse("test.yaml", []byte(text), &problems)
	if len(problems) > 0 || len(values) != 1 {
		t.Fatalf("%s: %d values, %v", text, len(values), problems)
	}
	return values[0]
}

// json returns a value's JSON text, in its order.
func json(v *value.Value) string { return string(v.AppendJSON(nil, "")) }

// same fails the test unless got is what the YAML text says, in its order.
func same(t *testing.T, got *value.Value, want string) {
	t.Helper()
	if text := json(read(t, want)); json(got) != text {
		t.Errorf("\n got %s\nwant %s", json(got), text)
	}
}

func TestRefs(t *testing.T) {
	v := read(t, `
properties:
  $ref: {$ref: "#/$defs/B"}
  a: {anyOf: [{$ref: "#/$defs/A~1x"}, {$ref: "#/$defs/B"}]}
  data: {default: {$ref: "#/$defs/Not"}, x-y: {$ref: "#/$defs/Not"}, const: {$ref: "#/$defs/Not"}}
  odd: {$ref: {type: string}}
discriminator: {propertyName: a, mapping: {c: "#/$defs/C", d: D}}
items: [{$ref: "other.yaml"}]
`)
	if got := schema.Refs(v); !slices.Equal(got, []string{"C", "B", "A/x"}) {
		t.Errorf("refs %q", got)
	}
	if name, ok := schema.RefName(schema.RefTo("a/~b")); name != "a/~b" || !ok {
		t.Errorf("RefName gives %q", name)
	}
}

func TestWalkVisitsSchemasOnly(t *testing.T) {
	v := read(t, `
title: "0"
properties: {type: {title: "1"}, default: {title: "2"}, x-a: {title: "3"}}
default: {title: no}
enum: [{title: no}]
x-more: {title: no}
dependencies: {a: [b], c: {title: "4"}}
items: [{title: "5"}, true]
additionalItems: {title: "6", not: {title: "7"}}
$defs: {x: {title: "8"}}
if: {title: "9"}
patternProperties: {a: {title: "10", items: {title: "11"}}}
`)
	var got string
	schema.Walk(v, func(sub *value.Value) { got += sub.Get("title").StringOr(sub.Text) + " " })
	if got != "0 1 2 3 4 5 true 6 7 8 9 10 11 " {
		t.Errorf("visited %s", got)
	}
}

func TestRewriteSharesWhatStays(t *testing.T) {
	v := read(t, `{properties: {a: {type: string}}, allOf: [{title: x}]}`)
	if schema.Rewrite(v, func(sub *value.Value) *value.Value { return sub }) != v {
		t.Error("an unchanged schema was copied")
	}
	got := schema.Rewrite(v, func(sub *value.Value) *value.Value {
		if sub.Has("title") {
			return value.Bool(true)
		}
		return sub
	})
	same(t, got, `{properties: {a: {type: string}}, allOf: [true]}`)
	same(t, v, `{properties: {a: {type: string}}, allOf: [{title: x}]}`)
}

func TestWithout(t *testing.T) {
	v := read(t, `{properties: {id: {}, a: {properties: {id: {}}}}, required: [id], dependentRequired: {id: [a], a: [id, b]}, allOf: [{required: [id, a]}]}`)
	same(t, schema.Without(v, "id"), `{properties: {a: {properties: {id: {}}}}, dependentRequired: {a: [b]}, allOf: [{required: [a]}]}`)
}

func TestIsNullable(t *testing.T) {
	components := map[string]string{
		"Null": `{type: [string, "null"]}`, "Text": `{type: string}`, "Loop": `{anyOf: [{$ref: "#/$defs/Loop"}, {type: string}]}`,
		"LoopNull": `{anyOf: [{$ref: "#/$defs/LoopNull"}, {type: "null"}]}`,
	}
	find := func(name string) *value.Value { return read(t, components[name]) }
	for text, want := range map[string]bool{
		`true`: true, `false`: false, `{}`: true, `{type: string}`: false, `{type: "null"}`: true, `{type: [string, "null"], enum: [a]}`: false,
		`{enum: [null, 1]}`: true, `{const: null}`: true, `{const: 1}`: false, `{$ref: "#/$defs/Null"}`: true, `{$ref: "#/$defs/Text"}`: false,
		`{$ref: "#/$defs/Null", type: string}`: false, `{$ref: "#/$defs/Loop"}`: false, `{$ref: "#/$defs/LoopNull"}`: true,
		`{oneOf: [{type: "null"}, {type: "null"}]}`: false, `{oneOf: [{type: "null"}, {type: string}]}`: true, `{not: {type: "null"}}`: false,
		`{allOf: [{}, {type: string}]}`: false, `{if: {type: "null"}, then: false}`: false, `{if: {type: string}, then: false}`: true,
		`{if: {type: string}, else: false}`: false, `{if: {type: "null"}, else: false}`: true, `{if: {type: "null"}, then: {}}`: true,
		`{not: {type: string}}`: true, `{anyOf: [{type: string}, {type: "null"}]}`: true, `{anyOf: [{type: string}]}`: false, `{allOf: [{}, {type: "null"}]}`: true,
	} {
		if got := schema.IsNullable(read(t, text), find); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestOrNull(t *testing.T) {
	for in, want := range map[string]string{
		`true`:                                      `true`,
		`false`:                                     `{type: "null"}`,
		`{}`:                                        `{}`,
		`{const: a}`:                                `{anyOf: [{const: a}, {type: "null"}]}`,
		`{allOf: [{type: a}]}`:                      `{anyOf: [{type: a}, {type: "null"}]}`,
		`{not: {type: "null"}, x-a: 1}`:             `{anyOf: [{not: {type: "null"}}, {type: "null"}], x-a: 1}`,
		`{if: {type: a}, then: false}`:              `{anyOf: [{if: {type: a}, then: false}, {type: "null"}]}`,
		`{enum: [a, null]}`:                         `{enum: [a, null]}`,
		`{type: string, enum: [a]}`:                 `{type: [string, "null"], enum: [a, null]}`,
		`{type: [a, "null"]}`:                       `{type: [a, "null"]}`,
		`{description: d, $ref: "#/$defs/X"}`:       `{anyOf: [{$ref: "#/$defs/X"}, {type: "null"}], description: d}`,
		`{anyOf: [{type: string}], title: t}`:       `{anyOf: [{type: string}, {type: "null"}], title: t}`,
		`{anyOf: [{type: string}], type: string}`:   `{anyOf: [{anyOf: [{type: string}], type: string}, {type: "null"}]}`,
		`{anyOf: [{type: string}, {type: "null"}]}`: `{anyOf: [{type: string}, {type: "null"}]}`,
		`{oneOf: [{type: string}], readOnly: true}`: `{anyOf: [{oneOf: [{type: string}]}, {type: "null"}], readOnly: true}`,
	} {
		same(t, schema.OrNull(read(t, in)), want)
	}
}
