package example

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

func TestExample(t *testing.T) {
	for _, c := range []struct{ schema, want string }{
		{`{examples: [5, b], default: c, type: string}`, `"b"`},
		{`{default: c, type: string}`, `"c"`},
		{`{default: null, type: [string, "null"]}`, `null`},
		{`{default: 5, type: string, enum: [x, y]}`, `"x"`},
		{`{const: {a: 1}}`, `{"a":1}`},
		{`{enum: [1, two], type: string}`, `"two"`},
		{`{allOf: [{enum: [a, b]}, {enum: [c, b]}]}`, `"b"`},
		{`true`, `"text"`},
		{`{}`, `"text"`},
		{`{type: boolean}`, `true`},
		{`{type: "null"}`, `null`},
		{`{type: ["null", integer]}`, `1`},
		{`{minimum: 7}`, `10`},
		{`{properties: {a: {type: boolean}}}`, `{"a":true}`},
		{`{items: {type: boolean}}`, `[true]`},
		{`{type: integer}`, `1`},
		{`{type: number}`, `1.5`},
		{`{type: integer, minimum: 10}`, `10`},
		{`{type: integer, minimum: 11, exclusiveMaximum: 13}`, `11`},
		{`{type: integer, exclusiveMinimum: 11, exclusiveMaximum: 13}`, `12`},
		{`{type: integer, minimum: 0.5, maximum: 9.5}`, `1`},
		{`{type: integer, minimum: -100, maximum: -1}`, `-1`},
		{`{type: integer, maximum: -7}`, `-7`},
		{`{type: integer, maximum: 0, minimum: 0}`, `0`},
		{`{type: integer, minimum: 9007199254740993}`, `9007199254740993`},
		{`{type: integer, multipleOf: 100}`, `100`},
		{`{type: integer, multipleOf: 7, minimum: 20}`, `21`},
		{`{allOf: [{multipleOf: 4}, {multipleOf: 6}], type: integer, minimum: 1}`, `12`},
		{`{type: number, exclusiveMinimum: 0, exclusiveMaximum: 1}`, `0.1`},
		{`{type: number, exclusiveMinimum: 0.1, exclusiveMaximum: 0.11}`, `0.101`},
		{`{type: number, minimum: 0.1, maximum: 0.3}`, `0.1`},
		{`{type: number, multipleOf: 0.01}`, `1.5`},
		{`{type: number, multipleOf: 0.01, minimum: 0.07, maximum: 0.08}`, `0.08`},
		{`{type: number, multipleOf: 0.3333333333333333, minimum: 0.1, maximum: 0.9}`, `0.3333333333333333`},
		{`{type: integer, format: int32, minimum: 2147483647}`, `2147483647`},
		{`{type: integer, not: {enum: [1, 2]}}`, `3`},
		{`{type: string, maxLength: 0}`, `""`},
		{`{type: string, maxLength: 2}`, `"te"`},
		{`{type: string, minLength: 9}`, `"text text"`},
		{`{type: string, minLength: 5, maxLength: 5}`, `"textx"`},
		{`{type: string, format: made-up}`, `"text"`},
		{`{type: string, format: email, minLength: 20}`, `"useraaaa@example.com"`},
		{`{type: string, format: email, maxLength: 8}`, `"a@b.co"`},
		{`{type: string, format: uri, minLength: 25}`, `"https://example.com/aaaaa"`},
		{`{type: string, format: date, pattern: "^2026-02"}`, `"2026-02-12"`},
		{`{type: integer, format: date}`, `1`},
		{`{type: string, contentEncoding: base64}`, `"aGVsbG8="`},
		{`{type: string, contentMediaType: application/json}`, `"{}"`},
		{`{type: array}`, `["text"]`},
		{`{type: array, maxItems: 0}`, `[]`},
		{`{type: array, items: false}`, `[]`},
		{`{type: array, items: {type: integer}, minItems: 3}`, `[1,2,3]`},
		{`{type: array, items: {type: boolean}, minItems: 3}`, `[true,false,true]`},
		{`{type: array, items: {type: boolean}, minItems: 2, uniqueItems: true}`, `[true,false]`},
		{`{type: array, items: {format: uuid, type: string}, minItems: 2, uniqueItems: true}`,
			`["0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41","0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c42"]`},
		{`{type: array, prefixItems: [{type: integer}, {enum: [m]}], items: false}`, `[1,"m"]`},
		{`{type: array, prefixItems: [{type: integer}], items: {type: boolean}, minItems: 2}`, `[1,true]`},
		{`{type: array, items: {type: integer}, contains: {const: 7}}`, `[7]`},
		{`{type: array, items: {type: integer}, contains: {minimum: 7}, minContains: 2, uniqueItems: true}`, `[10,7]`},
		{`{type: array, items: {type: integer}, contains: {minimum: 7}, minItems: 3, maxContains: 1}`, `[10,1,2]`},
		{`{type: object}`, `{}`},
		{`{type: object, required: [a, b], properties: {b: {type: integer}}}`, `{"b":1,"a":"a"}`},
		{`{type: object, additionalProperties: {type: integer}}`, `{"key":1}`},
		{`{type: object, additionalProperties: {type: integer}, minProperties: 2}`, `{"key":1,"key 2":1}`},
		{`{type: object, additionalProperties: {type: integer}, propertyNames: {pattern: "^x"}}`, `{"x":1}`},
		{`{type: object, patternProperties: {"^x-": {type: integer}}, additionalProperties: false}`, `{"x-":1}`},
		{`{type: object, properties: {xa: {maximum: 20}}, patternProperties: {"^x": {type: integer, minimum: 20}}}`, `{"xa":20}`},
		{`{type: object, maxProperties: 1, properties: {a: {type: integer}, b: {type: integer}}, required: [b]}`, `{"b":1}`},
		{`{type: object, properties: {a: {type: integer}, b: {type: integer}}, not: {required: [a, b]}}`, `{"a":1}`},
		{`{type: object, properties: {a: {type: integer}}, dependentRequired: {a: [b]}}`, `{"a":1,"b":"b"}`},
		{`{type: object, properties: {a: {type: integer}}, dependentRequired: {a: [b]}, additionalProperties: false}`, `{}`},
		{`{type: object, properties: {a: {type: integer}}, dependentSchemas: {a: {required: [b]}}}`, `{"a":1,"b":"b"}`},
		{`{type: object, properties: {a: {type: integer, minimum: 5, maximum: 1}, b: {type: integer}}}`, `{"b":1}`},
		{`{type: object, properties: {$ref: {type: string}, __proto__: {type: string}, c: {type: boolean}}}`, `{"c":true}`},
		{`{type: object, default: {a: {$ref: x}}, properties: {b: {type: boolean}}}`, `{"b":true}`},
		{`{allOf: [{type: object, properties: {a: {type: integer}}}, {properties: {a: {minimum: 30}, b: {const: 1}}}]}`, `{"a":30,"b":1}`},
		{`{allOf: [{required: [a]}, {type: object}], unevaluatedProperties: {type: integer}}`, `{"a":1}`},
		{`{anyOf: [{type: integer, minimum: 5, maximum: 1}, {type: boolean}]}`, `true`},
		{`{oneOf: [{type: string, pattern: "(?!)"}, {type: integer}]}`, `1`},
		{`{oneOf: [{type: integer}, {minimum: 0}]}`, `-1`},
		{`{type: object, properties: {a: {type: integer}, b: {type: integer}}, oneOf: [{required: [a]}, {required: [b]}]}`, `{"a":1}`},
		{`{not: {type: string}}`, `1`},
		{`{not: {type: [string, number, boolean]}}`, `{}`},
		{`{type: object, properties: {kind: {enum: [a, b]}}, required: [kind],
		   if: {properties: {kind: {const: a}}}, then: {required: [x]}, else: {required: [y]}}`, `{"kind":"a","x":"x"}`},
		{`{type: object, properties: {kind: {enum: [a, b]}}, required: [kind],
		   if: {properties: {kind: {const: a}}}, then: false, else: {properties: {kind: {const: b}}}}`, `{"kind":"b"}`},
	} {
		schema := read(t, c.schema)
		got, ok := New(none).ExampleOf("", schema)
		if !ok {
			t.Errorf("%s: no example, want %s", c.schema, c.want)
			continue
		}
		if show(got) != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.schema, show(got), c.want)
		}
		if !validatetest.NewJudge(t, schema, nil).Accepts(got) {
			t.Errorf("%s: the judge refuses %s", c.schema, show(got))
		}
	}
}

func TestNoExample(t *testing.T) {
	for _, text := range []string{
		`false`, `{not: {}}`, `{enum: []}`, `{type: integer, minimum: 5, maximum: 1}`, `{type: string, minLength: 2, maxLength: 1}`,
		`{type: array, minItems: 2, maxItems: 1}`, `{type: array, minItems: 3, uniqueItems: true, items: {type: boolean}}`,
		`{type: object, required: [a], properties: {a: false}}`, `{type: object, required: [$ref]}`,
		`{type: object, required: [a], properties: {a: {type: object, required: [__proto__]}}}`, `{allOf: [{type: string}, {type: integer}]}`,
		`{type: string, pattern: "a^b"}`, `{type: string, minLength: 1000000000}`, `{type: array, minItems: 1000000000}`,
		`{type: object, minProperties: 1000000000}`, `{const: 1, type: string}`, `{type: integer, minimum: 1e99999}`,
		`{type: object, required: [a], additionalProperties: false}`, `{$ref: "#/$defs/Nowhere"}`,
	} {
		if got, ok := New(none).ExampleOf("", read(t, text)); ok {
			t.Errorf("%s: got %s", text, show(got))
		}
	}
}

func TestExampleReadsWell(t *testing.T) {
	for name, want := range map[string]string{
		"title": "title", "firstName": "first name", "HTTPServer": "http server", "book_id": "book-1", "id": "1", "_": "text",
		"": "text", "größe": "größe", "名前": "名前", "__proto__": "proto", "contact_email": "user@example.com", "created_at": "2026-01-31T09:30:00Z",
		"a\tb": "a b", "\u202eevil": "evil", strings.Repeat("n", 300): strings.Repeat("n", 40),
	} {
		got, _ := New(none).ExampleOf(name, read(t, `{type: string}`))
		if got.StringOr("") != want {
			t.Errorf("%q: got %q, want %q", name, got.StringOr(""), want)
		}
	}
	if got, _ := New(none).ExampleOf("tags", read(t, `{type: array, items: {type: string}}`)); show(got) != `["tag"]` {
		t.Errorf("got %s", show(got))
	}
}

func TestExampleOfPattern(t *testing.T) {
	for pattern, want := range map[string]string{
		`^\d{5}$`:                            "12345",
		`^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$`: "AB3D 5FG",
		`\d+`:                                "123",
		`^(?<area>\d{3})-(?<line>\d{4})$`:    "123-4567",
		`^(?=.*\d)(?=.*[a-z]).{8,}$`:         "Example1",
		`(?<!x)y$`:                           "y",
		`^/[^/]+/$`:                          "/abc/",
		"^[\"'`]+$":                          "\"'`",
		`^C:\\\\[^\\]*$`:                     `C:\\ab`,
		`^\{\{[a-z]+\}\}$`:                   "{{abc}}",
		`^(a+)+$`:                            "aaaaaaaaa",
		`^-?\d+(\.\d{1,4})?$`:                "123.456",
		`^(cat|dog)s?$`:                      "cats",
		`^[^]$`:                              "a",
		`^(\w)\1$`:                           "",
		``:                                   "name",
	} {
		m := New(none)
		schema := value.Object(value.NewMember("type", value.String("string")), value.NewMember("pattern", value.String(pattern)))
		got, ok := m.ExampleOf("name", schema)
		if !ok || !m.IsValid(schema, got) || want != "" && got.Text != want {
			t.Errorf("%s: got %q (%t), want %q", pattern, got.StringOr(""), ok, want)
		}
	}
}

// Without the Unicode mode \p{L} is the text p{L}, and there are validators of documents that read it so.
func TestNoExampleOfPatternThatReadersDisagreeOn(t *testing.T) {
	for _, pattern := range []string{`^\p{L}+$`, `^\P{Letter}{6}$`, `^\u{42}$`, "^\U0001F600+$", `^[^a]$`} {
		m := New(none)
		of := value.Object(value.NewMember("type", value.String("string")), value.NewMember("pattern", value.String(pattern)), value.NewMember("enum", value.Strings("AB", "\U0001F600")))
		if got, ok := m.ExampleOf("", of); ok {
			t.Errorf("%s: got %q", pattern, got.Text)
		}
	}
}

func TestComponents(t *testing.T) {
	defs := read(t, `{
		Tree: {type: object, required: [label], properties: {label: {type: string}, left: {$ref: "#/$defs/Tree"},
		       children: {type: array, items: {$ref: "#/$defs/Tree"}}, named: {type: object, additionalProperties: {$ref: "#/$defs/Tree"}}}},
		Chain: {type: object, required: [next], properties: {next: {anyOf: [{$ref: "#/$defs/Chain"}, {type: "null"}]}}},
		Endless: {type: object, required: [next], properties: {next: {$ref: "#/$defs/Endless"}}},
		Loop: {$ref: "#/$defs/Loop"},
		Ping: {type: object, properties: {pong: {$ref: "#/$defs/Pong"}}}, Pong: {type: object, properties: {ping: {$ref: "#/$defs/Ping"}, n: {type: integer}}},
		Money: {type: object, properties: {amount: {type: string, pattern: "^-?\\d+(\\.\\d{1,4})?$"}, currency: {$ref: "#/$defs/Currency"}},
		        required: [amount, currency], additionalProperties: false},
		Currency: {enum: [EUR, USD]}, "a/b": {const: slash}}`)
	for _, c := range []struct{ schema, want string }{
		{`{$ref: "#/$defs/Tree"}`, `{"label":"label","children":[],"named":{}}`},
		{`{type: array, items: {$ref: "#/$defs/Tree"}}`, `[{"label":"label","children":[],"named":{}}]`},
		{`{$ref: "#/$defs/Chain"}`, `{"next":null}`},
		{`{$ref: "#/$defs/Endless"}`, ``},
		{`{$ref: "#/$defs/Loop"}`, ``},
		{`{$ref: "#/$defs/Ping"}`, `{"pong":{"n":1}}`},
		{`{$ref: "#/$defs/Money"}`, `{"amount":"123.456","currency":"EUR"}`},
		{`{$ref: "#/$defs/Currency", default: USD}`, `"USD"`},
		{`{$ref: "#/$defs/Currency", default: GBP}`, `"EUR"`},
		{`{$ref: "#/$defs/a~1b"}`, `"slash"`},
		{`{properties: {$ref: {type: string}, a: {$ref: "#/$defs/Currency"}}}`, `{"a":"EUR"}`},
		{`{properties: {a: {$ref: "#/$defs/Currency"}, b: {$ref: "#/$defs/Currency"}}}`, `{"a":"EUR","b":"EUR"}`},
	} {
		schema := read(t, c.schema)
		got, ok := New(defs.Get).ExampleOf("", schema)
		if ok != (c.want != "") || ok && show(got) != c.want {
			t.Errorf("%s: got %v, want %s", c.schema, got, c.want)
		}
		if ok && !validatetest.NewJudge(t, schema, defs).Accepts(got) {
			t.Errorf("%s: the judge refuses %s", c.schema, show(got))
		}
	}
}

// TestHostile asks for schemas that would take forever by the direct way.
func TestHostile(t *testing.T) {
	doubling := value.Object()
	for i := range 40 {
		next := value.String("#/$defs/L" + itoa(i+1))
		ref := value.Object(value.NewMember("$ref", next))
		doubling.Set("L"+itoa(i), value.Object(value.NewMember("allOf", value.Array(ref, ref)),
			value.NewMember("properties", value.Object(value.NewMember("a", ref), value.NewMember("b", ref)))))
	}
	doubling.Set("L40", read(t, `{type: object}`))
	m := New(doubling.Get)
	m.ExampleOf("", read(t, `{$ref: "#/$defs/L0"}`))
	m.IsValid(read(t, `{$ref: "#/$defs/L0"}`), read(t, `{a: 1}`))
}
