package example

import (
	"fmt"
	"slices"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

func TestFaults(t *testing.T) {
	schema := read(t, `
type: object
default: {a: 1}
properties:
  s_now: {type: string, format: date-time, default: now}
  fine: {type: string, default: x, examples: [y]}
  wrong_type: {type: integer, default: abc}
  out_of_range: {type: integer, minimum: 10, default: 5, examples: [3, 12, x]}
  listed: {type: array, items: {enum: [a, 1], type: string}}
  constant: {const: 1, type: string}
  cents: {type: number, multipleOf: 0.01, default: 0.07}
  huge: {type: integer, maximum: 123456789012345678901234567890, default: 123456789012345678901234567891}
  nothing: {not: {}, default: 1}
  missing: {$ref: "#/$defs/Nowhere", default: 1}
  nested: {type: object, properties: {a: {type: integer}}, required: [b], default: {a: 2}}
  data: {default: {type: integer, default: abc}, x-data: {type: integer, default: abc}}
  pattern: {type: string, pattern: "^a(?!b)", default: ab}
  broken: {type: string, pattern: "[", default: ab}
  never: {allOf: [false], default: 1}
required: [nested]
anyOf: [{properties: {z: {type: boolean, default: 1}}}, true]
`)
	var got []string
	New(none).Faults(schema, func(f Fault) {
		got = append(got, fmt.Sprintf("%d %s %s %s", f.Value.Pos.Line, f.Keyword, show(f.Value), f.Rule.Name))
	})
	want := []string{
		`3 default {"a":1} required`,
		`5 default "now" format`,
		`7 default "abc" type`,
		`8 default 5 minimum`,
		`8 examples 3 minimum`,
		`8 examples "x" type`,
		`9 enum 1 type`,
		`10 const 1 type`,
		`12 default 123456789012345678901234567891 maximum`,
		`13 default 1 not`,
		`14 default 1 $ref`,
		`15 default {"a":2} required`,
		`17 default "ab" pattern`,
		`19 default 1 `,
		`21 default 1 type`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", lines(got), lines(want))
	}
}

func lines(texts []string) (all string) {
	for _, text := range texts {
		all += text + "\n"
	}
	return all
}

func TestMend(t *testing.T) {
	for _, c := range []struct{ schema, want string }{
		{`{type: integer, default: abc, minimum: 1}`, `{"type":"integer","x-default":"abc","minimum":1}`},
		{`{type: integer, default: abc, x-default: 1}`, `{"type":"integer","x-default":1}`},
		{`{type: integer, examples: [a, 1, b, 2]}`, `{"type":"integer","examples":[1,2]}`},
		{`{type: integer, examples: [a], default: 1}`, `{"type":"integer","default":1}`},
		{`{type: object, default: {$ref: a}}`, `{"type":"object"}`},
		{`{type: object, examples: [{a: [{__proto__: 1}]}, {}]}`, `{"type":"object","examples":[{}]}`},
		{`{type: number, multipleOf: 0.01, default: 0.07, examples: [0.06, 0.07]}`,
			`{"type":"number","multipleOf":0.01,"x-default":0.07,"examples":[0.06]}`},
		{`{not: {multipleOf: 0.01}, examples: [0.07, 0.005]}`, `{"not":{"multipleOf":0.01},"examples":[0.005]}`},
		{`{type: number, exclusiveMinimum: 9007199254740992, default: 9007199254740993}`,
			`{"type":"number","exclusiveMinimum":9007199254740992,"x-default":9007199254740993}`},
		{`{items: {default: 1, type: string}, anyOf: [{default: 1}, {type: string, default: 1}], properties: {a: {type: string, default: 1}}}`,
			`{"items":{"x-default":1,"type":"string"},"anyOf":[{"default":1},{"type":"string","x-default":1}],"properties":{"a":{"type":"string","x-default":1}}}`},
		{`{properties: {default: {type: string, default: 1}, examples: {type: integer}}}`,
			`{"properties":{"default":{"type":"string","x-default":1},"examples":{"type":"integer"}}}`},
	} {
		schema := read(t, c.schema)
		before := show(schema)
		m := New(none)
		mended := m.Mend(schema)
		if show(mended) != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.schema, show(mended), c.want)
		}
		if show(schema) != before {
			t.Errorf("%s was changed to %s", before, show(schema))
		}
		if again := m.Mend(mended); show(again) != show(mended) {
			t.Errorf("%s: mended twice: %s", c.schema, show(again))
		}
		m.Faults(mended, func(f Fault) { t.Errorf("%s: still at fault: %s %s", c.schema, f.Keyword, show(f.Value)) })
	}
}

func TestMendKeepsPositionsAndShares(t *testing.T) {
	schema := read(t, "properties:\n  a: {type: string}\n  b: {type: string, default: 1}\n")
	mended := New(none).Mend(schema)
	if mended.Get("properties").Get("a") != schema.Get("properties").Get("a") {
		t.Error("a part without a fault was copied")
	}
	if at := mended.Get("properties").Get("b").Member("x-default").Pos; at.Line != 3 {
		t.Errorf("the place of the default is lost: %v", at)
	}
	sound := value.Object(value.NewMember("type", value.String("string")))
	if New(none).Mend(sound) != sound {
		t.Error("a schema without a fault was copied")
	}
}
