package schema_test

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		in   string
		want string // the problems, without the file, a line each
	}{
		{`{type: object, properties: {$ref: {type: string}, "": true}, x-any: 1}`, ""},
		{`{items: [{}], additionalItems: false, id: x, nullable: true, exclusiveMinimum: true, minimum: 1, dependencies: {a: [b], c: {}}}`, ""},
		{`{default: {properites: 1}, enum: [{typ: 1}], const: {typ: 1}, example: {typ: 1}, x-a: {typ: 1}}`, ""},
		{`{required: ["on", "1"], maxLength: 3.0, maximum: 123456789012345678901234567890, multipleOf: 1e-7}`, ""},
		{`{propertes: {}}`, `1:2: unknown keyword "propertes" in a schema / did you mean "properties"? an annotation of your own is written "x-propertes"`},
		{`{readonly: true, reuqired: []}`, `1:2: unknown keyword "readonly" in a schema / did you mean "readOnly"? an annotation of your own is written "x-readonly"
1:18: unknown keyword "reuqired" in a schema / did you mean "required"? an annotation of your own is written "x-reuqired"`},
		{`{label: a}`, `1:2: warning: unknown keyword "label" in a schema / an annotation of your own is written "x-label"`},
		{`{street: {type: string}}`, `1:2: warning: unknown keyword "street" in a schema / a property goes under "properties"; an annotation of your own is written "x-street"`},
		{`{propertys: {a: {}}}`, `1:2: warning: unknown keyword "propertys" in a schema / did you mean "properties"? an annotation of your own is written "x-propertys"`},
		{`{property: {a: {}}}`, `1:2: warning: unknown keyword "property" in a schema / did you mean "properties"? an annotation of your own is written "x-property"`},
		{`{additonalPropertys: false}`, `1:2: warning: unknown keyword "additonalPropertys" in a schema / did you mean "additionalProperties"? an annotation of your own is written "x-additonalPropertys"`},
		{`{max_length: 3}`, `1:2: warning: unknown keyword "max_length" in a schema / did you mean "maxLength"? an annotation of your own is written "x-max_length"`},
		{`{ONEOF: []}`, `1:2: warning: unknown keyword "ONEOF" in a schema / did you mean "oneOf"? an annotation of your own is written "x-ONEOF"`},
		{`{discription: a}`, `1:2: unknown keyword "discription" in a schema / did you mean "description"? an annotation of your own is written "x-discription"`},
		{`{discribtion: a}`, `1:2: warning: unknown keyword "discribtion" in a schema / did you mean "description"? an annotation of your own is written "x-discribtion"`},
		{`{divisibleBy: 3}`, `1:2: warning: unknown keyword "divisibleBy" in a schema / did you mean "multipleOf"? an annotation of your own is written "x-divisibleBy"`},
		{`{subscription: a}`, `1:2: warning: unknown keyword "subscription" in a schema / an annotation of your own is written "x-subscription"`},
		{`{max_length: {type: integer}, options: {type: string}}`, `1:2: warning: unknown keyword "max_length" in a schema / a property goes under "properties"; an annotation of your own is written "x-max_length"
1:31: warning: unknown keyword "options" in a schema / a property goes under "properties"; an annotation of your own is written "x-options"`},
		{`{expose: true}`, `1:2: warning: unknown keyword "expose" in a schema / only a direct property of a resource knows it; an annotation of your own is written "x-expose"`},
		{`{properties: [a]}`, `1:14: "properties" must be an object of names and schemas, not a list / write each property as NAME: SCHEMA`},
		{`{properties: {a: }}`, `1:18: a schema is missing here / write {} for a schema that allows anything`},
		{`{properties: {a: string}}`, `1:18: a schema must be an object or a boolean, not "string"`},
		{`{properties: {a: {required: true}}}`, `1:29: "required" must be a list of property names, not the boolean true / list the name in the "required" of the object that has this property`},
		{`{required: a}`, `1:12: "required" must be a list of property names, not "a" / write it as [NAME, ...]`},
		{`{required: [a, 1, a]}`, `1:16: "required" must hold strings, not the number 1 / put it between quotes
1:19: warning: "required" names "a" twice, first at test.yaml:1:13 / remove one of them`},
		{`{minLength: -1}`, `1:13: "minLength" must be a whole number of 0 or more, not the number -1`},
		{`{maxItems: 1.5}`, `1:12: "maxItems" must be a whole number of 0 or more, not the number 1.5`},
		{`{multipleOf: 0}`, `1:14: "multipleOf" must be a number above 0, not the number 0`},
		{`{minimum: "1"}`, `1:11: "minimum" must be a number, not "1"`},
		{`{exclusiveMinimum: true}`, `1:20: warning: "exclusiveMinimum" says nothing without "minimum" / write the number itself: exclusiveMinimum: 0`},
		{`{type: strng}`, `1:8: unknown type "strng" / did you mean "string"?`},
		{`{type: Bool}`, `1:8: unknown type "Bool" / did you mean "boolean"?`},
		{`{type: datetime}`, `1:8: unknown type "datetime" / write type: string, format: date-time`},
		{`{type: any}`, `1:8: unknown type "any" / leave "type" out to allow any type`},
		{`{type: widget}`, `1:8: unknown type "widget" / expected one of string, number, integer, boolean, array, object, null`},
		{`{type: [string, null]}`, `1:17: "type" must be a string, not null / write "null" between quotes`},
		{`{type: []}`, `1:8: "type" must be a type or a list of at least one, not a list / leave it out to allow any type`},
		{`{type: [string, string]}`, `1:17: warning: "type" lists "string" twice / remove one of them`},
		{`{enum: []}`, `1:8: warning: "enum" is empty, so that no value fits / list the values that are allowed`},
		{`{enum: [1, a, 1.0]}`, `1:15: warning: "enum" lists the number 1.0 twice, first at test.yaml:1:9 / remove one of them`},
		{`{enum: a}`, `1:8: "enum" must be a list, not "a" / write it as [VALUE, ...]`},
		{`{examples: a}`, `1:12: "examples" must be a list, not "a" / a single one is written "example"`},
		{`{allOf: []}`, `1:9: "allOf" must be a list of at least one schema, not a list`},
		{`{pattern: "["}`, `1:11: warning: "[" is no regular expression: unterminated [] set / documents keep it as "x-pattern"; write one as ECMA-262 defines it`},
		{`{patternProperties: {"(": {}}}`, `1:22: warning: "(" is no regular expression: missing closing ) / schemas of names that cannot be matched are left out; write one as ECMA-262 defines it`},
		{`{title: {type: string}, description: 1}`, `1:9: "title" must be a string, not an object / a property of that name goes under "properties"
1:38: "description" must be a string, not the number 1 / put it between quotes`},
		{`{$ref: {type: string}}`, `1:8: "$ref" must be a string, not an object / a property of that name goes under "properties"`},
		{`{dependentRequired: {a: b}}`, `1:25: "a" must be a list of property names, not "b"`},
		{`{discriminator: {mapping: {}}}`, `1:17: "discriminator" must be an object with a "propertyName", not an object`},
		{`{externalDocs: {url: "https://a.example/b?c#d", description: d, x-e: 1}}`, ""},
		{`{externalDocs: u}`, `1:16: "externalDocs" must be an object with a "url", not "u"`},
		{`{externalDocs: {url: a/b}}`, `1:2: warning: "externalDocs" has no absolute URL / documents keep it as "x-externalDocs"; write {url: "https://...", description: ...}`},
		{`{externalDocs: {link: "https://a.example"}}`, `1:2: warning: "externalDocs" has no member "link" / documents keep it as "x-externalDocs"; write {url: "https://...", description: ...}`},
		{`{uniqueItems: "true"}`, `1:15: "uniqueItems" must be true or false, not "true" / write true`},
		{`{readOnly: Off}`, `1:12: "readOnly" must be true or false, not "Off" / write false`},
		{`{readOnly: maybe}`, `1:12: "readOnly" must be true or false, not "maybe"`},
		{`{additionalProperties: no}`, `1:24: a schema must be an object or a boolean, not "no" / write false`},
		{`[]`, `1:1: a schema must be an object or a boolean, not a list`},
		{`{$defs: {a: {typ: x}}, dependencies: {a: {typ: x}}, items: [{typ: x}]}`, `1:14: unknown keyword "typ" in a schema / did you mean "type"? an annotation of your own is written "x-typ"
1:43: unknown keyword "typ" in a schema / did you mean "type"? an annotation of your own is written "x-typ"
1:62: unknown keyword "typ" in a schema / did you mean "type"? an annotation of your own is written "x-typ"`},
	} {
		if got := check(t, test.in, schema.Anywhere); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.in, got, test.want)
		}
	}
}

func TestCheckDirectProperties(t *testing.T) {
	in := `{properties: {a: {expose: no, schema: {typ: x}}, b: {exposed: true}, c: {properties: {d: {expose: true}}}, e: {schema: {schema: {}}}}}`
	want := `1:27: "expose" must be true or false, not "no" / write false
1:40: unknown keyword "typ" in a schema / did you mean "type"? an annotation of your own is written "x-typ"
1:54: unknown keyword "exposed" in a schema / did you mean "expose"? an annotation of your own is written "x-exposed"
1:91: warning: unknown keyword "expose" in a schema / only a direct property of a resource knows it; an annotation of your own is written "x-expose"
1:121: unknown keyword "schema" in a schema / only a direct property of a resource is wrapped; write the schema itself`
	if got := check(t, in, schema.Resource); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// check returns the problems of a schema, a line each.
func check(t *testing.T, text string, at schema.Place) string {
	t.Helper()
	var problems value.Problems
	schema.Check(read(t, text), at, &problems)
	var lines []string
	for _, p := range problems.Sorted() {
		line := strings.ReplaceAll(p.Error(), "\n  hint: ", " / ")
		lines = append(lines, strings.TrimPrefix(line, "test.yaml:"))
	}
	return strings.Join(lines, "\n")
}
