package validate

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

// checked returns the faults of data, one to a line: pointer, keyword, detail.
func checked(t *testing.T, schema, components, data string) []string {
	t.Helper()
	lookup := none
	if components != "" {
		lookup = validatetest.Parse(t, components).Get
	}
	return written(New(lookup).Check(validatetest.Parse(t, schema), validatetest.Parse(t, data)))
}

func written(faults []Fault) (lines []string) {
	for _, f := range faults {
		lines = append(lines, fmt.Sprintf("%s|%s|%s", f.Pointer, f.Keyword, f.Detail))
	}
	return lines
}

// details are what is said of data, with at least one row for each keyword that data can fail.
var details = []struct{ schema, data, want string }{
	{`{type: string}`, `5`, `|type|must be a string`},
	{`{type: [string, integer, "null"]}`, `1.5`, `|type|must be a string, an integer or null`},
	{`{type: boolean, enum: [true]}`, `x`, `|type|must be a boolean`},
	{`{enum: [a, 1, null]}`, `b`, `|enum|must be one of "a", 1 or null`},
	{`{enum: [a]}`, `b`, `|enum|must be "a"`},
	{`{enum: []}`, `b`, `|enum|must be left out, since no value is allowed`},
	{`{enum: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]}`, `0`, `|enum|must be one of 13 values: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, ...`},
	{`{const: {a: [1]}}`, `b`, `|const|must be {"a":[1]}`},
	{`{minimum: 1}`, `0`, `|minimum|must be at least 1`},
	{`{maximum: 1.50}`, `2`, `|maximum|must be at most 1.50`},
	{`{exclusiveMinimum: 0}`, `0`, `|exclusiveMinimum|must be greater than 0`},
	{`{exclusiveMaximum: 0}`, `0`, `|exclusiveMaximum|must be less than 0`},
	{`{multipleOf: 0.01}`, `0.001`, `|multipleOf|must be a multiple of 0.01`},
	{`{multipleOf: 1}`, `0.5`, `|multipleOf|must be a whole number`},
	{`{minLength: 1}`, `""`, `|minLength|must not be empty`},
	{`{minLength: 2}`, `é`, `|minLength|must have at least 2 characters`},
	{`{maxLength: 1}`, `ab`, `|maxLength|must have at most 1 character`},
	{`{maxLength: 0}`, `ab`, `|maxLength|must be empty`},
	{`{pattern: '^[A-Z]$'}`, `a`, `|pattern|must match the pattern ^[A-Z]$`},
	{`{format: date-time}`, `now`, `|format|is not a valid date-time, such as 2026-01-31T09:30:00Z`},
	{`{format: email}`, `now`, `|format|is not a valid email address`},
	{`{format: int32}`, `2147483648`, `|format|must be an integer from -2147483648 to 2147483647`},
	{`{format: int64}`, `1.5`, `|format|must be an integer`},
	{`{minItems: 1}`, `[]`, `|minItems|must have at least 1 item`},
	{`{maxItems: 2}`, `[1, 2, 3]`, `|maxItems|must have at most 2 items`},
	{`{maxItems: 0}`, `[1]`, `|maxItems|must be empty`},
	{`{uniqueItems: true}`, `[1, 2, 1.0]`, `|uniqueItems|must not have equal items, but items 0 and 2 are equal`},
	{`{contains: {const: 1}}`, `[2]`, `|contains|must have at least 1 item that matches "contains" in its schema, but has none`},
	{`{contains: {const: 1}, minContains: 2}`, `[1, 2]`, `|minContains|must have at least 2 items that match "contains" in its schema, but has 1`},
	{`{contains: {const: 1}, maxContains: 1}`, `[1, 1]`, `|maxContains|must have at most 1 item that matches "contains" in its schema, but has 2`},
	{`{prefixItems: [true], items: false}`, `[1, 2, 3]`, `/1|items|is not allowed; /2|items|is not allowed`},
	{`{prefixItems: [true], unevaluatedItems: false}`, `[1, 2]`, `/1|unevaluatedItems|is not allowed`},
	{`{prefixItems: [{type: string}]}`, `[1]`, `/0|type|must be a string`},
	{`{minProperties: 2}`, `{a: 1}`, `|minProperties|must have at least 2 properties`},
	{`{maxProperties: 1}`, `{a: 1, b: 2}`, `|maxProperties|must have at most 1 property`},
	{`{required: [b], allOf: [{required: [b]}, {required: [c]}]}`, `{a: 1}`, `/b|required|is required; /c|required|is required`},
	{`{required: [b, a/b, ""]}`, `{a: 1}`, `/b|required|is required; /a~1b|required|is required; /|required|is required`},
	{`{dependentRequired: {a: [b]}}`, `{a: 1}`, `/b|dependentRequired|is required when "a" is present`},
	{`{properties: {a: true}, additionalProperties: false}`, `{a: 1, "~": 2}`, `/~0|additionalProperties|is not an allowed property`},
	{`{patternProperties: {^x: false}}`, `{xy: 1}`, `/xy|patternProperties|is not an allowed property`},
	{`{properties: {a: false}}`, `{a: 1}`, `/a|properties|is not allowed`},
	{`{allOf: [{properties: {a: true}}], unevaluatedProperties: false}`, `{a: 1, b: 2}`, `/b|unevaluatedProperties|is not an allowed property`},
	{`{propertyNames: {pattern: ^a}}`, `{ab: 1, b: 2}`, `/b|propertyNames|has a name that is not allowed: it must match the pattern ^a`},
	{`{propertyNames: false}`, `{b: 2}`, `/b|propertyNames|has a name that is not allowed`},
	{`{dependentSchemas: {a: {required: [b]}}}`, `{a: 1}`, `/b|required|is required`},
	{`{if: {required: [a]}, then: {required: [b]}, else: {required: [c]}}`, `{a: 1}`, `/b|required|is required`},
	{`{if: {required: [a]}, then: {required: [b]}, else: {required: [c]}}`, `{}`, `/c|required|is required`},
	{`{not: {type: string}}`, `a`, `|not|must not be a string`},
	{`{not: {const: a}}`, `a`, `|not|must not be "a"`},
	{`{not: {enum: [a, b]}}`, `a`, `|not|must not be one of "a" or "b"`},
	{`{not: {pattern: ^a}}`, `a`, `|not|must not match the pattern ^a`},
	{`{not: {required: [a]}}`, `{a: 1}`, `|not|must not have the property "a"`},
	{`{not: {required: [a, b]}}`, `{a: 1, b: 2}`, `|not|must not match "not" in its schema`},
	{`false`, `1`, `||is not allowed`},
	{`{$ref: "#/$defs/Nowhere"}`, `1`, `|$ref|cannot be checked: its schema refers to a definition that is missing or circular`},
	{`{allOf: [{minimum: 5}]}`, `1`, `|minimum|must be at least 5`},
	{`{anyOf: [{minimum: 5}, {minimum: 7}]}`, `1`, `|anyOf|matches none of the 2 alternatives`},
	{`{oneOf: [{type: integer}, {minimum: 0}, {type: string}]}`, `1`, `|oneOf|matches 2 of 3 alternatives, but must match exactly one`},
}

func TestCheckDetails(t *testing.T) {
	for _, c := range details {
		if got := strings.Join(checked(t, c.schema, "", c.data), "; "); got != c.want {
			t.Errorf("%s of %s:\n got %s\nwant %s", c.schema, c.data, got, c.want)
		}
	}
}

// unchecked are the keywords that demand something of data and are no keywords of a normalised schema, or say nothing there.
var unchecked = []string{"$dynamicRef", "$recursiveRef", "additionalItems", "dependencies", "discriminator", "nullable"}

// TestEveryKeywordIsChecked: data can fail each keyword that demands something of it.
func TestEveryKeywordIsChecked(t *testing.T) {
	text, err := os.ReadFile("../definition/definition.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Definitions struct {
			Keywords struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	failed := map[string]bool{}
	for _, c := range details {
		data := validatetest.Parse(t, c.data)
		for _, m := range value.Members(validatetest.Parse(t, c.schema)) {
			without := validatetest.Parse(t, c.schema)
			without.Delete(m.Name)
			failed[m.Name] = failed[m.Name] || len(New(none).Check(without, data)) == 0
		}
	}
	for keyword := range read.Definitions.Keywords.Properties {
		onlyAnnotates := schema.OnlyAnnotates(value.Object(value.NewMember(keyword, value.Bool(true))))
		if !onlyAnnotates && !failed[keyword] && !slices.Contains(unchecked, keyword) {
			t.Errorf("%q demands something of data: check it in validation.keyword, and add a row to details that fails it", keyword)
		}
	}
}

// TestCheckFindsEveryFault shows the order: that of the data, a missing property behind those that are there.
func TestCheckFindsEveryFault(t *testing.T) {
	got := checked(t, bookSchema, bookComponents, `{pages: 0, isbn: '1', extra: 1, title: 5, price: -0.001, tags: [a, 1, b, a, 2], author: {email: a@}}`)
	want := []string{
		`/pages|minimum|must be at least 1`,
		`/isbn|pattern|must match the pattern ^97[89]-\d-\d{2}-\d{6}-\d$`,
		`/extra|additionalProperties|is not an allowed property`,
		`/title|type|must be a string`,
		`/price|multipleOf|must be a multiple of 0.01`,
		`/price|minimum|must be at least 0`,
		`/tags|uniqueItems|must not have equal items, but items 0 and 3 are equal`,
		`/tags/1|type|must be a string`,
		`/tags/4|type|must be a string`,
		`/author/email|format|is not a valid email address`,
		`/author/name|required|is required`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestCheckNamesTheLikeliestAlternative(t *testing.T) {
	const cat, dog = `{type: object, required: [kind, lives], properties: {kind: {const: cat}, lives: {type: integer}}, additionalProperties: false}`,
		`{type: object, required: [kind], properties: {kind: {const: dog}, tricks: {type: array, items: {type: string}}}, additionalProperties: false}`
	const pets = `{Cat: ` + cat + `, Dog: ` + dog + `}`
	const pet = `{oneOf: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}]}`
	for _, c := range []struct{ schema, data, want string }{
		// The kind tells which one is meant.
		{pet, `{kind: cat, lives: nine}`, `/lives|type|must be an integer`},
		{pet, `{kind: dog, tricks: [sit, 5]}`, `/tricks/1|type|must be a string`},
		{pet, `{kind: cat}`, `/lives|required|is required`},
		// No kind fits, so that none is more likely.
		{pet, `{kind: dog, lives: 9}`, `/lives|additionalProperties|is not an allowed property`},
		{pet, `[]`, `|oneOf|must be an object`},
		// The kind is none.
		{pet, `{kind: fish, lives: 9}`, `/kind|enum|must be one of "cat" or "dog"`},
		{`{oneOf: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}]}`, `{kind: fish}`, `/kind|enum|must be one of "cat" or "dog"`},
		// The type does.
		{`{anyOf: [{type: string, minLength: 3}, {type: "null"}]}`, `ab`, `|minLength|must have at least 3 characters`},
		{`{anyOf: [{type: string, minLength: 3}, {type: "null"}]}`, `5`, `|anyOf|must be a string or null`},
		{`{anyOf: [{type: [string, "null"]}, {type: [integer, "null"]}]}`, `1.5`, `|anyOf|must be a string, null or an integer`},
		{`{anyOf: [{const: a}, {enum: [b, c]}]}`, `d`, `|anyOf|must be one of "a", "b" or "c"`},
		{`{anyOf: [{enum: [a]}, {type: "null"}]}`, `d`, `|enum|must be "a"`},
		{`{anyOf: [{minimum: 5}]}`, `1`, `|minimum|must be at least 5`},
		{`{anyOf: [{required: [a]}, {required: [b]}]}`, `{}`, `|anyOf|matches none of the 2 alternatives`},
		{`{anyOf: [{required: [a]}, {required: [b]}], properties: {a: {type: string}}}`, `{a: 1}`, `/a|type|must be a string`},
		{`{anyOf: [false, false]}`, `1`, `|anyOf|matches none of the 2 alternatives`},
		{`{properties: {a: {anyOf: [{anyOf: [{type: string}, {type: integer}]}, {type: object, required: [b]}]}}}`, `{a: {}}`, `/a/b|required|is required`},
		// Nothing is said of members that an alternative knows.
		{`{anyOf: [{properties: {a: {type: string}}}, {properties: {b: {type: string}}, required: [b]}], unevaluatedProperties: false}`, `{a: 1, c: 1}`,
			`/a|type|must be a string; /c|unevaluatedProperties|is not an allowed property`},
	} {
		if got := strings.Join(checked(t, c.schema, pets, c.data), "; "); got != c.want {
			t.Errorf("%s of %s:\n got %s\nwant %s", c.schema, c.data, got, c.want)
		}
	}
}

func TestCheckLimits(t *testing.T) {
	many := value.Array()
	for range 100 {
		many.Items = append(many.Items, value.String("x"))
	}
	faults := New(none).Check(validatetest.Parse(t, `{items: {type: integer}}`), many)
	if len(faults) != MaxFaults || faults[0].Pointer != "/0" || faults[MaxFaults-1].Pointer != "/19" {
		t.Errorf("got %d faults: %v", len(faults), faults)
	}
	for most, want := range map[int]int{1: 1, 50: 50, 1000: 100} {
		if got := len(New(none).CheckMost(most, validatetest.Parse(t, `{items: {anyOf: [{type: integer}, {type: array, minItems: 1}]}}`), many)); got != want {
			t.Errorf("got %d faults of at most %d, want %d", got, most, want)
		}
	}

	doubling := value.Object()
	for i := range 40 {
		ref := value.Object(value.NewMember("$ref", value.String(fmt.Sprintf("#/$defs/L%d", i+1))))
		doubling.Set(fmt.Sprintf("L%d", i), value.Object(value.NewMember("allOf", value.Array(ref, ref))))
	}
	doubling.Set("L40", value.Object())
	deep := value.Array()
	for range 100_000 {
		deep = value.Array(deep)
	}
	self := validatetest.Parse(t, `{Self: {items: {$ref: "#/$defs/Self"}}}`)
	large := &value.Value{Kind: value.KindNumber, Text: "1e10000"}
	long := &value.Value{Kind: value.KindNumber, Text: strings.Repeat("7", 1_000_000)}
	for name, c := range map[string]struct {
		components   *value.Value
		schema       string
		data         *value.Value
		pointerDepth int
	}{
		"a schema that doubles":     {doubling, `{$ref: "#/$defs/L0"}`, value.Int(1), 0},
		"its opposite":              {doubling, `{not: {$ref: "#/$defs/L0"}}`, value.Int(1), 0},
		"data that is nested":       {self, `{$ref: "#/$defs/Self"}`, deep, maxDepth / 2},
		"data that is nested, not":  {self, `{not: {not: {$ref: "#/$defs/Self"}}}`, deep, maxDepth/2 - 1},
		"a number of a million":     {self, `{minimum: 0, maximum: 5, multipleOf: 3}`, long, 0},
		"one of a million in items": {self, `{items: {minimum: 0}}`, value.Array(long), 1},
		"many large exponents":      {self, `{items: {minimum: 0}}`, value.Array(slices.Repeat([]*value.Value{large}, 2000)...), 1},
	} {
		validator := New(c.components.Get)
		schema := validatetest.Parse(t, c.schema)
		faults := validator.Check(schema, c.data)
		const want = "is too large or too deeply nested to be checked"
		if validator.IsValid(schema, c.data) || len(faults) != 1 || faults[0].Detail != want || strings.Count(faults[0].Pointer, "/") != c.pointerDepth {
			t.Errorf("%s: got %.200v", name, faults)
		}
	}
}

func TestCheckOfNothing(t *testing.T) {
	got := New(none).Check(value.Object(), nil)
	if want := []Fault{{Detail: "is required"}}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// TestNumbersBeyondReach holds the bound of exact arithmetic: exponents of 10,000.
func TestNumbersBeyondReach(t *testing.T) {
	const beyond = "is a number with an exponent beyond ±10,000, which is not supported"
	for _, c := range []struct{ schema, number, want string }{
		{`{minimum: 0}`, `1e10000`, ``}, {`{minimum: 0}`, `1e-10000`, ``}, {`{minimum: 0}`, `-1e-10000`, `|minimum|must be at least 0`},
		{`{minimum: 0}`, `1e10001`, `|minimum|` + beyond}, {`{maximum: 1}`, `1E-10001`, `|maximum|` + beyond},
		{`{exclusiveMaximum: 1}`, `-1e+10001`, `|exclusiveMaximum|` + beyond}, {`{multipleOf: 1}`, `1e10001`, `|multipleOf|` + beyond},
		{`{type: integer}`, `1e10000`, ``}, {`{type: integer}`, `1e10001`, `|type|` + beyond}, {`{format: int64}`, `1e10001`, `|format|` + beyond},
		{`{type: string}`, `1e10001`, `|type|must be a string`}, {`{type: number}`, `1e10001`, ``}, {`{const: 1e10001}`, `1e10001`, ``},
		{`{minimum: 1e10001}`, `5`, `|minimum|must be at least 1e10001`},
	} {
		if got := strings.Join(checked(t, c.schema, "", c.number), "; "); got != c.want {
			t.Errorf("%s of %s: got %s, want %s", c.schema, c.number, got, c.want)
		}
	}
}
