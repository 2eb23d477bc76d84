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
		{`{propertes: {}}`, `1:2: unknown keyword "propertes" in a schema [FS2101] / did you mean "properties"? write "x-propertes" for an annotation of your own`},
		{`{properties: {a: {properties: {bc: {}}, required: [cb, z]}}, items: {properties: {}, required: [a], additionalProperties: false}}`, `1:52: warning: required names "cb", which is not a property of this object [FS2111] / did you mean "bc"?
1:56: warning: required names "z", which is not a property of this object [FS2111] / add it to "properties", or remove it here
1:97: warning: required names "a", which is not a property of this object [FS2111] / add it to "properties", or remove it here`},
		{`{$defs: {A: {properties: {a: {properties: {b: {}}, required: [c]}}, required: [b]}}, $ref: "#/$defs/A"}`, `1:63: warning: required names "c", which is not a property of this object [FS2111] / add it to "properties", or remove it here`},
		{`{properties: {a: {required: [b]}, c: {properties: {d: {}}, required: [b], additionalProperties: {type: string}}, e: {properties: {f: {}}, required: [b], patternProperties: {b: {}}},
g: {properties: {f: {}}, required: [b], unevaluatedProperties: true}, h: {properties: {f: {}}, required: [b], allOf: [{properties: {f: {properties: {}, required: [c]}}, required: [c]}]}}, required: [x]}`, ""},
		{`{anyOf: [{required: [a]}], properties: {a: {properties: {b: {}}, required: [c]}}}`, ""},
		{`{readonly: true, reuqired: []}`, `1:2: unknown keyword "readonly" in a schema [FS2101] / did you mean "readOnly"? write "x-readonly" for an annotation of your own
1:18: unknown keyword "reuqired" in a schema [FS2101] / did you mean "required"? write "x-reuqired" for an annotation of your own`},
		{`{label: a}`, `1:2: warning: unknown keyword "label" in a schema [FS2101] / write "x-label" for an annotation of your own`},
		{`{street: {type: string}}`, `1:2: warning: unknown keyword "street" in a schema [FS2101] / put a property under "properties"; write "x-street" for an annotation of your own`},
		{`{properties: {a: {type: string, b: {type: string}, c: }, d: {type: object, e: {}}}}`, `1:33: warning: unknown keyword "b" in a schema [FS2101] / write it beside "a" if it is a property like that; write "x-b" for an annotation of your own
1:52: warning: unknown keyword "c" in a schema [FS2101] / write it beside "a" if it is a property like that; write "x-c" for an annotation of your own
1:76: warning: unknown keyword "e" in a schema [FS2101] / put a property under "properties"; write "x-e" for an annotation of your own`},
		{`{propertys: {a: {}}}`, `1:2: unknown keyword "propertys" in a schema [FS2101] / did you mean "properties"? write "x-propertys" for an annotation of your own`},
		{`{property: {a: {}}}`, `1:2: unknown keyword "property" in a schema [FS2101] / did you mean "properties"? write "x-property" for an annotation of your own`},
		{`{additonalPropertys: false}`, `1:2: unknown keyword "additonalPropertys" in a schema [FS2101] / did you mean "additionalProperties"? write "x-additonalPropertys" for an annotation of your own`},
		{`{max_length: 3}`, `1:2: unknown keyword "max_length" in a schema [FS2101] / did you mean "maxLength"? write "x-max_length" for an annotation of your own`},
		{`{ONEOF: []}`, `1:2: unknown keyword "ONEOF" in a schema [FS2101] / did you mean "oneOf"? write "x-ONEOF" for an annotation of your own`},
		{`{discription: a}`, `1:2: unknown keyword "discription" in a schema [FS2101] / did you mean "description"? write "x-discription" for an annotation of your own`},
		{`{discribtion: a}`, `1:2: unknown keyword "discribtion" in a schema [FS2101] / did you mean "description"? write "x-discribtion" for an annotation of your own`},
		{`{divisibleBy: 3}`, `1:2: unknown keyword "divisibleBy" in a schema [FS2101] / did you mean "multipleOf"? write "x-divisibleBy" for an annotation of your own`},
		{`{subscription: a}`, `1:2: warning: unknown keyword "subscription" in a schema [FS2101] / write "x-subscription" for an annotation of your own`},
		{`{max_length: {type: integer}, options: {type: string}}`, `1:2: warning: unknown keyword "max_length" in a schema [FS2101] / put a property under "properties"; write "x-max_length" for an annotation of your own
1:31: warning: unknown keyword "options" in a schema [FS2101] / put a property under "properties"; write "x-options" for an annotation of your own`},
		{`{expose: true}`, `1:2: warning: unknown keyword "expose" in a schema [FS2104] / only a direct property of a resource can have it; write "x-expose" for an annotation of your own`},
		{`{properties: [a]}`, `1:14: "properties" must be an object of names and schemas, not a list [FS2102] / write "properties: {a: {type: string}}"`},
		{`{properties: [{name: a, type: integer}, {b: {type: boolean}}]}`, `1:14: "properties" must be an object of names and schemas, not a list [FS2102] / write "properties: {a: {type: integer}, b: {type: boolean}}"`},
		{`{properties: [1]}`, `1:14: "properties" must be an object of names and schemas, not a list [FS2102] / write each property as NAME: SCHEMA`},
		{`{properties: {a: "type:integer"}}`, `1:18: a schema must be an object or a boolean, not "type:integer" [FS2102] / write "a: {type: integer}"`},
		{`{required: "-a -b"}`, `1:12: "required" must be a list of property names, not "-a -b" [FS2102] / write "- a", with a hyphen and a space`},
		{`{required: – a}`, `1:12: "required" must be a list of property names, not "– a" [FS2102] / write "- a", with a hyphen and a space`},
		{`{enum: "a, b"}`, `1:8: "enum" must be a list, not "a, b" [FS2102] / write "enum: [a, b]"`},
		{`{enum: a|b, minimum: 1.5 m, maximum: 0x, pattern: "/^a$/i"}`, `1:8: "enum" must be a list, not "a|b" [FS2102] / write "enum: [a, b]"
1:22: "minimum" must be a number, not "1.5 m" [FS2102] / write "minimum: 1.5", the number alone
1:38: "maximum" must be a number, not "0x" [FS2102] / write a number, as in "maximum: 10"
1:51: warning: "/^a$/i" matches only texts that have these slashes [FS2108] / write "^a$", without the slashes`},
		{`{anyOf: [{pattern: /a/}, {pattern: "^/a/$"}, {pattern: "/a$/."}]}`, ""},
		{`{enum: {a: b}}`, `1:8: "enum" must be a list, not an object [FS2102] / write "enum: [a]"`},
		{`{minimum: 1_000, maximum: "1,5"}`, `1:11: "minimum" must be a number, not "1_000" [FS2102] / write "minimum: 1000"
1:27: "maximum" must be a number, not "1,5" [FS2102] / write "maximum: 1.5"`},
		{`{anyOf: [{type: "string[]"}, {type: array<int>}, {type: number | null}, {type: "string?"}, {type: “string”}, {type: url}]}`, `1:17: unknown type "string[]" [FS2103] / write type: array, items: {type: string}
1:37: unknown type "array<int>" [FS2103] / write type: array, items: {type: integer}
1:57: unknown type "number | null" [FS2103] / write "type: [number, 'null']"
1:80: unknown type "string?" [FS2103] / write "type: [string, 'null']"
1:99: unknown type "“string”" [FS2103] / write string, without typographic quotes
1:117: unknown type "url" [FS2103] / write type: string, format: uri`},
		{`{type: integer, minLength: 3, pattern: a}`, `1:17: warning: "minLength" is about values of type string, and the type is integer [FS2115] / remove it, or write type: string`},
		{`{type: [string, "null"], required: [a]}`, `1:26: warning: "required" is about values of type object, and the type is string [FS2115] / remove it, or write type: object`},
		{`{type: integer, minimum: 1, title: a}`, ""},
		{`{minLength: 3, minimum: 1}`, ""},
		{`{type: strng, minLength: 3}`, `1:8: unknown type "strng" [FS2103] / did you mean "string"?`},
		{`{properties: {a: }}`, `1:18: a schema is missing here [FS2102] / write "a: {type: string}", or {} for a schema that allows anything`},
		{`{properties: {a: string}}`, `1:18: a schema must be an object or a boolean, not "string" [FS2102] / write "a: {type: string}"`},
		{`{properties: {"a b": Date, c: _other.yaml#/c, d: [string, "null"], e: thing}}`, `1:22: a schema must be an object or a boolean, not "Date" [FS2102] / write "a b: {type: string, format: date}"
1:31: a schema must be an object or a boolean, not "_other.yaml#/c" [FS2102] / write "c: {$ref: '_other.yaml#/c'}"
1:50: a schema must be an object or a boolean, not a list [FS2102] / write "d: {type: [string, 'null']}"
1:71: a schema must be an object or a boolean, not "thing" [FS2102] / write "e: {type: string}"`},
		{`{items: int, prefixItems: [list], not: 5}`, `1:9: a schema must be an object or a boolean, not "int" [FS2102] / write "items: {type: integer}"
1:28: a schema must be an object or a boolean, not "list" [FS2102] / write "{type: array}"
1:40: a schema must be an object or a boolean, not the number 5 [FS2102] / write "not: {type: string}"`},
		{`{properties: {a: {required: true}}}`, `1:29: "required" must be a list of property names, not the boolean true [FS2102] / list the name in the "required" of the object that has this property`},
		{`{properties: {a: {required: false}}}`, `1:29: "required" must be a list of property names, not the boolean false [FS2102] / leave it out: a property is optional unless the "required" of its object names it`},
		{`{properties: {a: {optional: true}}}`, `1:19: unknown keyword "optional" in a schema [FS2101] / leave it out: a property is optional unless the "required" of its object names it; write "x-optional" for an annotation of your own`},
		{`{optional: [a]}`, `1:2: unknown keyword "optional" in a schema [FS2101] / leave it out: a property is optional unless the "required" of its object names it; write "x-optional" for an annotation of your own`},
		{`{mandatory: [a]}`, `1:2: unknown keyword "mandatory" in a schema [FS2101] / did you mean "required"? write "x-mandatory" for an annotation of your own`},
		{`{properties: {a: {optional: false}}}`, `1:19: unknown keyword "optional" in a schema [FS2101] / list the name in the "required" of the object that has this property; write "x-optional" for an annotation of your own`},
		{`{properties: {a: {Mandatory: false}}}`, `1:19: unknown keyword "Mandatory" in a schema [FS2101] / leave it out: a property is optional unless the "required" of its object names it; write "x-Mandatory" for an annotation of your own`},
		{`{required: a}`, `1:12: "required" must be a list of property names, not "a" [FS2102] / write "required: [a]"`},
		{`{required: [a, 1, a]}`, `1:16: "required" can only hold strings, not the number 1 [FS2102] / put it in quotes
1:19: warning: "required" names "a" twice, first at test.yaml:1:13 [FS2110] / remove one of them`},
		{`{minLength: -1}`, `1:13: "minLength" must be a non-negative integer, not the number -1 [FS2102] / write a whole number, 0 or more`},
		{`{maxItems: 1.5}`, `1:12: "maxItems" must be a non-negative integer, not the number 1.5 [FS2102] / write a whole number, 0 or more`},
		{`{multipleOf: 0}`, `1:14: "multipleOf" must be a positive number, not the number 0 [FS2102] / write a number above 0`},
		{`{minimum: "1"}`, `1:11: "minimum" must be a number, not "1" [FS2102] / write "minimum: 1", without quotes`},
		{`{minimum: "one", maxItems: "1"}`, `1:11: "minimum" must be a number, not "one" [FS2102] / write a number, as in "minimum: 10"
1:28: "maxItems" must be a non-negative integer, not "1" [FS2102] / write "maxItems: 1", without quotes`},
		{`{exclusiveMinimum: true}`, `1:20: warning: "exclusiveMinimum" has no effect without "minimum" [FS2115] / write the number itself: exclusiveMinimum: 0`},
		{`{type: strng}`, `1:8: unknown type "strng" [FS2103] / did you mean "string"?`},
		{`{type: Bool}`, `1:8: unknown type "Bool" [FS2103] / did you mean "boolean"?`},
		{`{type: datetime}`, `1:8: unknown type "datetime" [FS2103] / write type: string, format: date-time`},
		{`{type: any}`, `1:8: unknown type "any" [FS2103] / omit "type" to allow any type`},
		{`{type: widget}`, `1:8: unknown type "widget" [FS2103] / expected one of string, number, integer, boolean, array, object, null`},
		{`{type: [string, null]}`, `1:17: "type" must be a string, not null [FS2102] / write "null" in quotes`},
		{`{type: []}`, `1:8: "type" must be a type or a non-empty list of types, not an empty list [FS2102] / omit it to allow any type`},
		{`{type: [string, string]}`, `1:17: warning: "type" lists "string" twice [FS2110] / remove one of them`},
		{`{enum: []}`, `1:8: warning: "enum" is empty, so no value is valid [FS2110] / list the allowed values`},
		{`{enum: [1, a, 1.0]}`, `1:15: warning: "enum" lists the number 1.0 twice, first at test.yaml:1:9 [FS2110] / remove one of them`},
		{`{enum: a}`, `1:8: "enum" must be a list, not "a" [FS2102] / write "enum: [a]"`},
		{`{examples: a}`, `1:12: "examples" must be a list, not "a" [FS2102] / write a single one as "example"`},
		{`{allOf: []}`, `1:9: "allOf" must be a non-empty list of schemas, not an empty list [FS2102] / write it as [SCHEMA, ...]`},
		{`{pattern: "["}`, `1:11: warning: "[" is not a valid regular expression: unterminated [] set [FS2108] / use ECMA-262 syntax; until then, documents write it as "x-pattern"`},
		{`{patternProperties: {"(": {}}}`, `1:22: warning: "(" is not a valid regular expression: missing closing ) [FS2108] / use ECMA-262 syntax; until then, documents leave the entry out`},
		{`{readOnly: true, writeOnly: true}`, `1:18: warning: what is both readOnly and writeOnly is never sent, so no document has it [FS2115] / remove one of the two`},
		{`{readOnly: false, writeOnly: true}`, ""},
		{`{type: string, format: binary}`, `1:24: warning: "format: binary" is of bytes, and JSON carries only text [FS2107] / write "contentEncoding: base64", which OpenAPI 3.0 has as "format: byte"`},
		{`{type: array, items: {type: [string, "null"], format: binary}}`, `1:55: warning: "format: binary" is of bytes, and JSON carries only text [FS2107] / write "contentEncoding: base64", which OpenAPI 3.0 has as "format: byte"`},
		{`{format: binary, contentEncoding: base64}`, `1:10: warning: "format: binary" is of bytes, and JSON carries only text [FS2107] / remove it: contentEncoding says how the bytes become text`},
		{`{contentEncoding: 8bit}`, `1:19: warning: "contentEncoding: 8bit" is of bytes, and JSON carries only text [FS2107] / write "contentEncoding: base64", which OpenAPI 3.0 has as "format: byte"`},
		{`{contentMediaType: application/octet-stream}`, `1:20: warning: "contentMediaType: application/octet-stream" is of bytes, and JSON carries only text [FS2107] / add "contentEncoding: base64"`},
		{`{contentMediaType: "Image/PNG; q=1"}`, `1:20: warning: "contentMediaType: Image/PNG; q=1" is of bytes, and JSON carries only text [FS2107] / add "contentEncoding: base64"`},
		{`{anyOf: [{format: byte}, {contentMediaType: image/png, contentEncoding: base64}, {contentEncoding: quoted-printable}]}`, ""},
		{`{anyOf: [{contentMediaType: image/svg+xml}, {contentMediaType: application/json}, {contentMediaType: text/html}, {contentMediaType: "?"}]}`, ""},
		{`{type: object, format: binary}`, `1:24: warning: the format "binary" is about strings, and the type is object [FS2106] / remove it, or write type: string`},
		{`{minimum: 5, maximum: 1}`, `1:11: warning: no number is valid: "minimum" is 5, and "maximum" is 1 [FS2105] / swap them, or change one; the other is at test.yaml:1:23`},
		{`{exclusiveMinimum: 1, maximum: 1.0}`, `1:20: warning: no number is valid: "exclusiveMinimum" is 1, and "maximum" is 1.0 [FS2105] / swap them, or change one; the other is at test.yaml:1:32`},
		{`{minimum: 1, exclusiveMaximum: true, maximum: 1}`, `1:11: warning: no number is valid: "minimum" is 1, and "maximum" is 1 [FS2105] / swap them, or change one; the other is at test.yaml:1:47`},
		{`{minimum: 0, exclusiveMinimum: 3, maximum: 9, exclusiveMaximum: 2}`, `1:32: warning: no number is valid: "exclusiveMinimum" is 3, and "exclusiveMaximum" is 2 [FS2105] / swap them, or change one; the other is at test.yaml:1:65`},
		{`{minimum: 1, maximum: 1, minLength: 2, maxLength: 2, minItems: 0, maxItems: 0}`, ""},
		{`{minLength: 2, maxLength: 1}`, `1:13: warning: no string is valid: "minLength" is 2, and "maxLength" is 1 [FS2105] / swap them, or change one; the other is at test.yaml:1:27`},
		{`{minItems: 2, maxItems: 1, minContains: 2, maxContains: 1}`, `1:12: warning: no array is valid: "minItems" is 2, and "maxItems" is 1 [FS2105] / swap them, or change one; the other is at test.yaml:1:25`},
		{`{contains: {}, minContains: 2, maxContains: 1}`, `1:29: warning: no array is valid: "minContains" is 2, and "maxContains" is 1 [FS2105] / swap them, or change one; the other is at test.yaml:1:45`},
		{`{minProperties: 2, maxProperties: 1}`, `1:17: warning: no object is valid: "minProperties" is 2, and "maxProperties" is 1 [FS2105] / swap them, or change one; the other is at test.yaml:1:35`},
		{`{minimum: a, maximum: 1, minLength: 1}`, `1:11: "minimum" must be a number, not "a" [FS2102] / write a number, as in "minimum: 10"`},
		{`{type: string, format: datetime}`, `1:24: warning: unknown format "datetime" [FS2106] / write "date-time", unless it is a format of your own`},
		{`{anyOf: [{format: Date}, {format: IPv4}, {format: emial}, {format: host-name}, {format: timestamp}]}`, `1:19: warning: unknown format "Date" [FS2106] / write "date", unless it is a format of your own
1:35: warning: unknown format "IPv4" [FS2106] / write "ipv4", unless it is a format of your own
1:51: warning: unknown format "emial" [FS2106] / write "email", unless it is a format of your own
1:68: warning: unknown format "host-name" [FS2106] / write "hostname", unless it is a format of your own
1:89: warning: unknown format "timestamp" [FS2106] / write "date-time", unless it is a format of your own`},
		{`{anyOf: [{format: data}, {format: phone}, {format: isbn}, {format: unix-time}, {format: uint64}, {format: ""}, {format: x-date}]}`, ""},
		{`{type: integer, format: email}`, `1:25: warning: the format "email" is about strings, and the type is integer [FS2106] / remove it, or write type: string`},
		{`{type: [integer, boolean, "null"], format: uuid}`, `1:44: warning: the format "uuid" is about strings, and the type is integer, boolean [FS2106] / remove it, or write type: string`},
		{`{anyOf: [{type: [integer, string], format: email}, {format: email}, {type: string, format: int64}, {type: "null", format: date}, {type: integer, format: decimal}]}`, ""},
		{`{items: {typ: x}, allOf: [{typ: x}], not: {typ: x}}`, `1:10: unknown keyword "typ" in a schema [FS2101] / did you mean "type"? write "x-typ" for an annotation of your own
1:28: unknown keyword "typ" in a schema [FS2101] / did you mean "type"? write "x-typ" for an annotation of your own
1:44: unknown keyword "typ" in a schema [FS2101] / did you mean "type"? write "x-typ" for an annotation of your own`},
		{`{anyOf: {}}`, `1:9: "anyOf" must be a non-empty list of schemas, not an object [FS2102] / write it as [SCHEMA, ...]`},
		{`{anyOf: {type: string}}`, `1:9: "anyOf" must be a non-empty list of schemas, not an object [FS2102] / write "anyOf: [{type: string}]"`},
		{`{patternProperties: [a]}`, `1:21: "patternProperties" must be an object of names and schemas, not a list [FS2102] / write each entry as NAME: SCHEMA`},
		{`{properties: {"(": {}}}`, ""},
		{`{dependentRequired: [a]}`, `1:21: "dependentRequired" must be an object, not a list [FS2102] / write each entry as NAME: [NAME, ...]`},
		{`{dependentRequired: {a: [1], b: {}}, dependencies: {a: 1}}`, `1:26: "dependentRequired/a" can only hold strings, not the number 1 [FS2102] / put it in quotes
1:33: "b" must be a list of property names, not an object [FS2102] / write it as [NAME, ...]
1:56: "a" must be a list of property names, not the number 1 [FS2102] / write it as [NAME, ...]`},
		{`{maxLength: null, exclusiveMinimum: a, minimum: true, xml: a}`, `1:13: "maxLength" must be a non-negative integer, not null [FS2102] / write a number, as in "maxLength: 10"
1:37: "exclusiveMinimum" must be a number, not "a" [FS2102] / write a number, as in "exclusiveMinimum: 10"
1:49: "minimum" must be a number, not the boolean true [FS2102] / write a number, as in "minimum: 10"
1:60: "xml" must be an object, not "a" [FS2102]`},
		{`{pattern: 1, title: true, description: [a]}`, `1:11: "pattern" must be a string, not the number 1 [FS2102] / put it in quotes
1:21: "title" must be a string, not the boolean true [FS2102] / put it in quotes
1:40: "description" must be a string, not a list [FS2102] / write "description: a"`},
		{`{discriminator: kind}`, ""},
		{`{discriminator: 5}`, `1:17: "discriminator" must be an object with a "propertyName", not the number 5 [FS2102] / write "discriminator: {propertyName: kind}"`},
		{`{externalDocs: {url: 1}}`, `1:2: warning: "externalDocs" has a url that is not a string [FS2102] / write {url: "https://...", description: ...}; until then, documents write it as "x-externalDocs"`},
		{`{maximum: -1, minLength: 0, multipleOf: 1e99999, maxItems: 0.0}`, ""},
		{`{multipleOf: -1e99999}`, `1:14: "multipleOf" must be a positive number, not the number -1e99999 [FS2102] / write a number above 0`},
		{`{examples: [1, 1]}`, ""},
		{`{type: 5, anyOf: [{type: [1]}, {type: {type: string}}]}`, `1:8: "type" must be one of string, number, integer, boolean, array, object, null, not the number 5 [FS2102] / put it in quotes
1:27: "type" must be one of string, number, integer, boolean, array, object, null, not the number 1 [FS2102] / put it in quotes
1:39: "type" must be one of string, number, integer, boolean, array, object, null, not an object [FS2102] / put a property of that name under "properties"`},
		{`{type: String}`, `1:8: unknown type "String" [FS2103] / did you mean "string"?`},
		{`{pattern: "` + strings.Repeat("a", 60) + `("}`, `1:11: warning: "` + strings.Repeat("a", 60) + `…" is not a valid regular expression: missing closing ) [FS2108] / use ECMA-262 syntax; until then, documents write it as "x-pattern"`},
		{`{pattern: "` + strings.Repeat("a", 59) + `("}`, `1:11: warning: "` + strings.Repeat("a", 59) + `(" is not a valid regular expression: missing closing ) [FS2108] / use ECMA-262 syntax; until then, documents write it as "x-pattern"`},
		{`{ie: x}`, `1:2: unknown keyword "ie" in a schema [FS2101] / did you mean "id"? write "x-ie" for an annotation of your own`},
		{`{tpye: x, tyep: x, typx: x}`, `1:2: unknown keyword "tpye" in a schema [FS2101] / did you mean "type"? write "x-tpye" for an annotation of your own
1:11: unknown keyword "tyep" in a schema [FS2101] / did you mean "type"? write "x-tyep" for an annotation of your own
1:20: unknown keyword "typx" in a schema [FS2101] / did you mean "type"? write "x-typx" for an annotation of your own`},
		{`{tpxe: 1}`, `1:2: warning: unknown keyword "tpxe" in a schema [FS2101] / write "x-tpxe" for an annotation of your own`},
		{`{txye: 1}`, `1:2: warning: unknown keyword "txye" in a schema [FS2101] / write "x-txye" for an annotation of your own`},
		{`{requre: 1}`, `1:2: warning: unknown keyword "requre" in a schema [FS2101] / write "x-requre" for an annotation of your own`},
		{`{exposd: true}`, `1:2: warning: unknown keyword "exposd" in a schema [FS2101] / write "x-exposd" for an annotation of your own`},
		{`{"Za!09[": 1}`, `1:2: warning: unknown keyword "Za!09[" in a schema [FS2101] / write "x-Za_09_" for an annotation of your own`},
		{`{$Größe_9.A-z: 1}`, `1:2: warning: unknown keyword "$Größe_9.A-z" in a schema [FS2101] / write "x-Gr__e_9.A-z" for an annotation of your own`},
		{`{title: {type: string}, description: 1}`, `1:9: "title" must be a string, not an object [FS2102] / put a property of that name under "properties"
1:38: "description" must be a string, not the number 1 [FS2102] / put it in quotes`},
		{`{$ref: {type: string}}`, `1:8: "$ref" must be a string, not an object [FS2102] / put a property of that name under "properties"`},
		{`{dependentRequired: {a: b}}`, `1:25: "a" must be a list of property names, not "b" [FS2102] / write it as [NAME, ...]`},
		{`{discriminator: {mapping: {}}}`, `1:17: "discriminator" must be an object with a "propertyName", not an object [FS2102] / write "discriminator: {propertyName: kind}"`},
		{`{externalDocs: {url: "https://a.example/b?c#d", description: d, x-e: 1}}`, ""},
		{`{externalDocs: u}`, `1:16: "externalDocs" must be an object with a "url", not "u" [FS2102] / write "externalDocs: {url: 'https://example.com'}"`},
		{`{externalDocs: {url: a/b}}`, `1:2: warning: "externalDocs" has no absolute URL [FS2102] / write {url: "https://...", description: ...}; until then, documents write it as "x-externalDocs"`},
		{`{externalDocs: {link: "https://a.example"}}`, `1:2: warning: "externalDocs" has an unknown member "link" [FS2102] / write {url: "https://...", description: ...}; until then, documents write it as "x-externalDocs"`},
		{`{uniqueItems: "true"}`, `1:15: "uniqueItems" must be true or false, not "true" [FS2102] / write true`},
		{`{readOnly: Off}`, `1:12: "readOnly" must be true or false, not "Off" [FS2102] / write false`},
		{`{readOnly: maybe}`, `1:12: "readOnly" must be true or false, not "maybe" [FS2102]`},
		{`{additionalProperties: no}`, `1:24: a schema must be an object or a boolean, not "no" [FS2102] / write false`},
		{`[]`, `1:1: a schema must be an object or a boolean, not an empty list [FS2102] / write "{type: string}"`},
		{`{$defs: {a: {typ: x}}, dependencies: {a: {typ: x}}, items: [{typ: x}]}`, `1:14: unknown keyword "typ" in a schema [FS2101] / did you mean "type"? write "x-typ" for an annotation of your own
1:43: unknown keyword "typ" in a schema [FS2101] / did you mean "type"? write "x-typ" for an annotation of your own
1:62: unknown keyword "typ" in a schema [FS2101] / did you mean "type"? write "x-typ" for an annotation of your own`},
	} {
		if got := check(t, test.in, schema.Anywhere); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.in, got, test.want)
		}
	}
}

// In a file of others, what asserts nothing is a warning, and documents leave it out. What asserts something is an error.
func TestForeignSchemas(t *testing.T) {
	for _, test := range []struct{ in, want, normal string }{
		{`{deprecated: use b, type: string}`, `1:14: warning: "deprecated" must be true or false, not "use b" [FS2102] / documents leave it out`, `{type: string}`},
		{`{examples: one, title: 1, description: [a], $comment: {}, format: 5}`, `1:12: warning: "examples" must be a list, not "one" [FS2102] / documents leave it out
1:24: warning: "title" must be a string, not the number 1 [FS2102] / documents leave it out
1:40: warning: "description" must be a string, not a list [FS2102] / documents leave it out
1:55: warning: "$comment" must be a string, not an object [FS2102] / documents leave it out
1:67: warning: "format" must be a string, not the number 5 [FS2102] / documents leave it out`, `{}`},
		{`{$schema: 1, $id: {}, $defs: [], externalDocs: u, discriminator: []}`, `1:11: warning: "$schema" must be a string, not the number 1 [FS2102] / documents leave it out
1:19: warning: "$id" must be a string, not an object [FS2102] / documents leave it out
1:48: warning: "externalDocs" must be an object with a "url", not "u" [FS2102] / documents leave it out
1:66: warning: "discriminator" must be an object with a "propertyName", not an empty list [FS2102] / documents leave it out`, `{}`},
		{`{defs: {a: {typ: x}}, x-own: 1, tsType: T}`, `1:2: warning: unknown keyword "defs" in a schema [FS2101] / did you mean "$defs"? documents leave it out
1:33: warning: unknown keyword "tsType" in a schema [FS2101] / documents leave it out`, `{x-own: 1}`},
		{`{properties: {schema: {schema: {typ: x}}}}`, `1:24: warning: unknown keyword "schema" in a schema [FS2101] / did you mean "$schema"? documents leave it out`, `{properties: {schema: {}}}`},
		{`{contentSchema: {type: strng}}`, `1:24: warning: unknown type "strng" [FS2102] / documents leave it out`, `{}`},
		{`{$defs: {a: {type: strng}}, definitions: {b: {required: true}}}`, ``, `{}`},
		{`{enum: [a, a], readOnly: true, writeOnly: true}`, `1:12: warning: "enum" lists "a" twice, first at test.yaml:1:9 [FS2110]
1:32: warning: what is both readOnly and writeOnly is never sent, so no document has it [FS2115]`, `{enum: [a], readOnly: true, writeOnly: true}`},
		{`{pattern: "(", patternProperties: {")": {}}}`, `1:11: warning: "(" is not a valid regular expression: missing closing ) [FS2108] / documents write it as "x-pattern"
1:36: warning: ")" is not a valid regular expression: unexpected ) [FS2108] / documents leave the entry out`, `{x-pattern: "(", patternProperties: {}}`},
		{`{type: strng, items: [{required: true}], minLength: a}`, `1:8: unknown type "strng" [FS2103] / did you mean "string"?
1:34: "required" must be a list of property names, not the boolean true [FS2102] / list the name in the "required" of the object that has this property
1:53: "minLength" must be a non-negative integer, not "a" [FS2102] / write a number, as in "minLength: 10"`, ``},
	} {
		if got := check(t, test.in, schema.Foreign); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.in, got, test.want)
		}
		if test.normal == "" {
			continue
		}
		if got, want := schema.Normalise(read(t, test.in), schema.Foreign, nil), read(t, test.normal); !got.Equal(want) {
			t.Errorf("%s becomes %s, want %s", test.in, got.AppendJSON(nil, ""), test.normal)
		}
	}
}

// A type or keyword of another language is answered with ours.
func TestCheckKnowsOtherLanguages(t *testing.T) {
	for ours, others := range map[string]string{
		"integer": "int int32 int64 long short bigint Integer", "number": "float double decimal real", "boolean": "bool BOOLEAN",
		"string": "str text char varchar enum", "array": "list tuple set", "object": "map dict hash struct", "null": "none nil",
	} {
		for other := range strings.FieldsSeq(others) {
			if got, want := check(t, "{type: "+other+"}", schema.Anywhere), `did you mean "`+ours+`"?`; !strings.HasSuffix(got, want) {
				t.Errorf("type %s: %s, want %s", other, got, want)
			}
		}
	}
	for _, format := range strings.Fields("date date-time time duration uuid uri email ipv4 ipv6 byte password") {
		if got, want := check(t, "{type: "+format+"}", schema.Anywhere), "write type: string, format: "+format; !strings.HasSuffix(got, want) {
			t.Errorf("type %s: %s, want %s", format, got, want)
		}
	}
	for _, bytes := range []string{"binary", "Bytes", "blob", "file"} {
		if got := check(t, "{type: "+bytes+"}", schema.Anywhere); !strings.HasSuffix(got, "write type: string, contentEncoding: base64") {
			t.Errorf("type %s: %s", bytes, got)
		}
	}
	for ours, others := range map[string]string{
		"multipleOf": "divisibleBy", "not": "disallow", "allOf": "extends", "required": "mandatory", "pattern": "regex regexp", "minimum": "min",
		"maximum": "max", "description": "desc", "enum": "values choices options", "example": "sample", "examples": "samples",
	} {
		for other := range strings.FieldsSeq(others) {
			if got, want := check(t, "{"+other+": a}", schema.Anywhere), `did you mean "`+ours+`"?`; !strings.Contains(got, want) {
				t.Errorf("keyword %s: %s, want %s", other, got, want)
			}
		}
	}
	if got, want := check(t, "{disallow: {type: string}}", schema.Anywhere), `did you mean "not"?`; !strings.Contains(got, want) {
		t.Errorf("disallow with a schema: %s, want %s", got, want)
	}
}

// Limits with nothing between them are an error where every instance of a resource has such a value, and no other.
func TestCheckOfWhatEveryInstanceHas(t *testing.T) {
	const wrong = "minimum: 5, maximum: 1"
	for schemaText, isError := range map[string]bool{
		`{type: object, required: [a], properties: {a: {type: integer, ` + wrong + `}}}`:                                                   true,
		`{required: [a], properties: {a: {required: [b], properties: {b: {type: number, ` + wrong + `}}}}}`:                                true,
		`{allOf: [{required: [a], properties: {a: {type: number, ` + wrong + `}}}]}`:                                                       true,
		`{type: object, minProperties: 3, maxProperties: 2}`:                                                                               true,
		`{required: [b], properties: {a: {type: integer, ` + wrong + `}}}`:                                                                 false,
		`{properties: {a: {required: [b], properties: {b: {type: number, ` + wrong + `}}}}}`:                                               false,
		`{required: [a], properties: {a: {type: [integer, "null"], ` + wrong + `}}}`:                                                       false,
		`{required: [a], properties: {a: {type: integer, nullable: true, ` + wrong + `}}}`:                                                 false,
		`{required: [a], properties: {a: {` + wrong + `}}}`:                                                                                false,
		`{required: [a], properties: {a: {type: array, items: {type: integer, ` + wrong + `}}}}`:                                           false,
		`{required: [a], properties: {a: {oneOf: [{type: integer, ` + wrong + `}, {type: string}], not: {type: integer, ` + wrong + `}}}}`: false,
		`{required: [a], patternProperties: {a: {type: integer, ` + wrong + `}}}`:                                                          false,
	} {
		for place, want := range map[schema.Place]bool{schema.Resource: isError, schema.Anywhere: false, schema.Foreign: false} {
			var problems value.Problems
			schema.Check(value.Parse("test.yaml", []byte(schemaText), &problems)[0], place, &problems)
			if problems.HasErrors() != want || len(problems) == 0 {
				t.Errorf("%s, place %d: %v", schemaText, place, problems)
			}
		}
	}
	var problems value.Problems
	schema.Check(value.Parse("test.yaml", []byte(`{type: integer, `+wrong+`}`), &problems)[0], schema.Key, &problems)
	if !problems.HasErrors() {
		t.Error("a key that nothing can be is no error")
	}
	problems = nil
	schema.Check(value.Parse("test.yaml", []byte(`{required: [a], properties: {a: {schema: {type: integer, `+wrong+`}}}}`), &problems)[0], schema.Resource, &problems)
	if !problems.HasErrors() {
		t.Error("a property with a schema of its own that nothing can be is no error")
	}
}

func TestCheckKnowsEveryKeyword(t *testing.T) {
	all := "example $id id $schema $anchor $dynamicAnchor $recursiveAnchor $vocabulary $dynamicRef $recursiveRef $defs definitions"
	for _, words := range known {
		all += " " + words
	}
	for keyword := range strings.FieldsSeq(all) {
		if got := check(t, "{"+keyword+": 1}", schema.Anywhere); strings.Contains(got, "unknown keyword") {
			t.Error(got)
		}
	}
}

// A page is named by an absolute URL in the characters of one (RFC 3986).
func TestCheckPages(t *testing.T) {
	for url, want := range map[string]bool{
		"https://example.com/a?b#c": true, "mailto:a@example.com": true, "file:/a": true, "https://example.com/~a!": true,
		"https:": false, "example.com": false, "//example.com": false, "https://example.com/a b": false, "https://exämple.com": false, "https://example.com/{a}": false, "http://[": false, "https://a|b": false,
	} {
		if got := check(t, `{externalDocs: {url: "`+url+`"}}`, schema.Anywhere); (got == "") != want {
			t.Errorf("%s: %s", url, got)
		}
	}
}

func TestCheckDirectProperties(t *testing.T) {
	patterns := `{patternProperties: {a: {expose: true}}}`
	if got := check(t, patterns, schema.Resource); !strings.Contains(got, "only a direct property of a resource can have it") {
		t.Errorf("%s: %s", patterns, got)
	}
	in := `{properties: {a: {expose: no, schema: {typ: x}}, b: {exposed: true}, c: {properties: {d: {expose: true}}}, e: {schema: {schema: {}}}}}`
	want := `1:27: "expose" must be true or false, not "no" [FS2102] / write false
1:40: unknown keyword "typ" in a schema [FS2101] / did you mean "type"? write "x-typ" for an annotation of your own
1:54: unknown keyword "exposed" in a schema [FS2101] / did you mean "expose"? write "x-exposed" for an annotation of your own
1:91: warning: unknown keyword "expose" in a schema [FS2104] / only a direct property of a resource can have it; write "x-expose" for an annotation of your own
1:121: unknown keyword "schema" in a schema [FS2104] / only a direct property of a resource can have it; write the schema itself`
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
