package example

import (
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

// variants returns the first n of a schema, as JSON.
func variants(t testing.TB, name, schema string, n int) []string {
	t.Helper()
	var list []string
	for v := range New(none).Variants(name, read(t, schema)) {
		if len(list) == n {
			break
		}
		list = append(list, show(v))
	}
	return list
}

func TestVariants(t *testing.T) {
	for _, c := range []struct{ name, schema, want string }{
		{"title", `{type: string}`, `"title" "Title 2" "Title 3"`},
		{"title", `{type: string, maxLength: 6}`, `"title" "Titl 2" "Titl 3"`},
		{"title", `{type: string, minLength: 12}`, `"title titlex" "title titlex 2" "title titlex 3"`},
		{"author", `{type: string, examples: [Ursula K. Le Guin]}`, `"Ursula K. Le Guin" "Ursula K. Le Guin 2" "Ursula K. Le Guin 3"`},
		{"author", `{type: string, examples: [Emma, Anne], default: Jane}`, `"Emma" "Anne" "Jane" "Emma 2"`},
		{"shelf", `{type: string, examples: [SF-09]}`, `"SF-09" "SF-10" "SF-11"`},
		{"book_id", `{type: string}`, `"book-1" "book-2" "book-3"`},
		{"slug", `{type: string, pattern: '^[a-z-]+$', examples: [first-book]}`, `"first-book" "abc" "abd" "abe"`},
		{"code", `{type: string, pattern: '^[A-Z]{2}-\d{3}$'}`, `"AB-345" "AB-346" "AB-347"`},
		{"code", `{type: string, pattern: '^[A-Z]{2}-\d{3}$', examples: [QX-998]}`, `"QX-998" "QX-999" "AB-345"`},
		{"word", `{type: string, pattern: '^(?=.*[A-Z])[A-Za-z]{3}$'}`, `"ABC" "abA" "abB"`},
		{"isbn", `{type: string}`, `"978-0-00-000000-2" "978-0-00-000001-9" "978-0-00-000002-6"`},
		{"country", `{type: string}`, `"US" "GB" "DE"`},
		{"created_at", `{type: string}`, `"2026-01-31T09:30:00Z" "2026-02-01T09:30:00Z"`},
		{"email", `{type: string, format: email, examples: [ada@example.org]}`, `"ada@example.org" "ada2@example.org" "ada3@example.org"`},
		{"born", `{type: string, format: date, examples: ["1929-10-30"]}`, `"1929-10-30" "1929-10-31" "1929-11-01"`},
		{"id", `{type: string, format: uuid, examples: [6b7f0a9e-3c0b-4ed5-9d1c-0f6a1c2f5a0f]}`,
			`"6b7f0a9e-3c0b-4ed5-9d1c-0f6a1c2f5a0f" "6b7f0a9e-3c0b-4ed5-9d1c-0f6a1c2f5a10" "6b7f0a9e-3c0b-4ed5-9d1c-0f6a1c2f5a11"`},
		{"website", `{type: string, format: uri}`, `"https://example.com/website" "https://example.com/website-2"`},
		{"year", `{type: [integer, "null"], minimum: 1450, examples: [1969]}`, `1969 1970 1971`},
		{"member_id", `{type: integer, examples: [4711], maximum: 4712}`, `4711 4712 4710 4709`},
		{"n", `{type: integer, maximum: -7}`, `-7 -8 -9`},
		{"n", `{type: integer, exclusiveMinimum: 5, multipleOf: 5}`, `10 15 20`},
		{"price", `{type: number, multipleOf: 0.01}`, `1.5 1.51 1.52`},
		{"share", `{type: number, minimum: 0, maximum: 1, multipleOf: 0.25}`, `1 0.75 0.5 0.25 0`},
		{"share", `{type: number, exclusiveMinimum: 0, exclusiveMaximum: 0.2}`, `0.1 0.11 0.12`},
		{"book", `{type: object, required: [title], properties: {title: {type: string}, genre: {enum: [crime, drama]}, sold: {type: boolean}}}`,
			`{"title":"title","genre":"crime","sold":true} {"title":"Title 2","genre":"drama","sold":false} {"title":"Title 3","genre":"crime","sold":true}`},
		{"tags", `{type: array, items: {type: string}}`, `["tag"] ["Tag 2"] ["Tag 3"]`},
		{"points", `{type: array, items: {type: integer}, minItems: 2, uniqueItems: true}`, `[1,2] [2,3] [3,4]`},
		{"pair", `{type: array, prefixItems: [{type: integer}, {enum: [a, b]}], items: false}`, `[1,"a"] [2,"b"] [3,"a"]`},
		{"marks", `{type: array, items: {type: integer}, contains: {minimum: 7}, minItems: 2}`, `[10,1] [11,2] [12,3]`},
		{"pay", `{oneOf: [{type: object, required: [card], properties: {card: {type: string}}}, {type: object, required: [cash], properties: {cash: {type: integer}}}]}`,
			`{"card":"card"} {"cash":1} {"card":"Card 2"} {"cash":2}`},
		{"note", `{anyOf: [{type: string}, {type: "null"}]}`, `"note" "Note 2" null "Note 3"`},
		{"map", `{type: object, additionalProperties: {type: integer}}`, `{"key":1} {"key":2}`},
		{"any", `{not: {type: string}}`, `1 2 3`},
		{"letters", `{type: string, not: {pattern: "[0-9]"}}`, `"letters" "a" "b"`},
	} {
		n := strings.Count(c.want, " ") + 1 // at least as many as are wanted
		list := variants(t, c.name, c.schema, n)
		got := ""
		for i := range list {
			if got = strings.Join(list[:i+1], " "); len(got) >= len(c.want) {
				break
			}
		}
		if got != c.want {
			t.Errorf("%s %s:\n got %s\nwant %s", c.name, c.schema, got, c.want)
		}
		if example, ok := New(none).ExampleOf(c.name, read(t, c.schema)); !ok || show(example) != list[0] {
			t.Errorf("%s %s: the first is %s, and the example %s", c.name, c.schema, list[0], show(example))
		}
	}
}

// Where a schema accepts few values, all of them come, and then it ends.
func TestVariantsEnd(t *testing.T) {
	for schema, want := range map[string]int{
		`false`:                           0,
		`{type: string, pattern: "(?!)"}`: 0,
		`{type: integer, minimum: 5, maximum: 1}`: 0,
		`{const: 1}`:                   1,
		`{type: "null"}`:               1,
		`{type: string, maxLength: 0}`: 1,
		`{enum: [1, 1.0, one, null], type: [integer, string, "null"]}`: 3,
		`{type: boolean}`:                           2,
		`{type: [boolean, "null"]}`:                 3,
		`{type: integer, minimum: 3, maximum: 302}`: 300,
		`{type: integer, exclusiveMinimum: 0, exclusiveMaximum: 100, multipleOf: 10}`:                                           9,
		`{type: number, minimum: 0.5, maximum: 2, multipleOf: 0.5}`:                                                             4,
		`{type: string, pattern: "^[ab]\\d?$"}`:                                                                                 22,
		`{type: string, pattern: "^(red|dark )?(blue|green)$"}`:                                                                 6,
		`{type: string, pattern: "^[xy]{1,3}$"}`:                                                                                14,
		`{type: string, pattern: "^-?[01]$"}`:                                                                                   4,
		`{type: array, items: {enum: [a, b]}, uniqueItems: true}`:                                                               5,
		`{type: array, items: {type: boolean}, minItems: 2, maxItems: 3}`:                                                       12,
		`{type: array, prefixItems: [{type: boolean}, {enum: [x, y, z]}], minItems: 2, items: false}`:                           6,
		`{type: object, required: [a, b], properties: {a: {type: boolean}, b: {enum: [x, y, z]}}, additionalProperties: false}`: 6,
		`{type: object, required: [a], properties: {a: {type: boolean}, b: {enum: [x, y, z]}}, additionalProperties: false}`:    8,
		`{type: object, properties: {a: {const: 1}, b: {const: 2}}, not: {required: [a, b]}, additionalProperties: false}`:      2,
		`{oneOf: [{type: boolean}, {enum: [a, b]}]}`:                                                                            4,
		`{anyOf: [{enum: [a, b]}, {enum: [b, c]}]}`:                                                                             3,
		`{allOf: [{enum: [a, b, c]}, {enum: [b, c, d]}]}`:                                                                       2,
		`{type: object, required: [kind], properties: {kind: {enum: [a, b]}, x: {type: boolean}}, additionalProperties: false,
		  if: {properties: {kind: {const: a}}}, then: {required: [x]}, else: {properties: {x: false}}}`: 3,
	} {
		list := variants(t, "value", schema, 1000)
		if len(list) != want {
			t.Errorf("%s: got %d of %d: %s", schema, len(list), want, strings.Join(list, " "))
		}
		checkDistinct(t, schema, list)
	}
}

func checkDistinct(t *testing.T, schema string, list []string) {
	t.Helper()
	sorted := slices.Sorted(slices.Values(list))
	if compacted := slices.Compact(slices.Clone(sorted)); len(compacted) < len(sorted) {
		t.Errorf("%s: %d of %d values come again", schema, len(sorted)-len(compacted), len(sorted))
	}
}

// Where a schema accepts many values there are as many, and the judge accepts each.
func TestManyVariants(t *testing.T) {
	schemas := []string{
		`{type: string}`, `{type: string, maxLength: 3}`, `{type: string, pattern: '^[A-Z]{2}\d{4}$'}`, `{type: string, minLength: 40, pattern: '^[a-z]+$'}`,
		`{type: string, pattern: '^(?=.*\d)(?=.*[a-z])[a-z\d]{6,}$'}`, `{type: integer}`, `{type: integer, minimum: 9007199254740993}`,
		`{type: number, exclusiveMinimum: 0, exclusiveMaximum: 1}`, `{type: number, multipleOf: 0.07}`, `{type: array, items: {type: boolean}, minItems: 10}`,
		`{type: array, items: {type: string}, minItems: 3, uniqueItems: true}`, `{type: object, additionalProperties: {type: string}, minProperties: 2}`,
		`{type: object, required: [a, b, c], properties: {a: {enum: [1, 2, 3, 4, 5, 6, 7]}, b: {type: integer, minimum: 0, maximum: 12}, c: {enum: [a, b, c, d, e, f, g]}}}`,
		`{type: object, properties: {a: {type: object, properties: {b: {type: object, properties: {c: {type: string}}}}}}}`,
		`{oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: string, format: date}]}`,
	}
	for format := range successors {
		if format == "isbn" {
			continue // firestone's own word, by the name of a property
		}
		schemas = append(schemas, `{type: string, format: `+format+`}`)
	}
	const many = 600
	for _, schema := range schemas {
		list := variants(t, "value", schema, many)
		if len(list) != many {
			t.Errorf("%s: only %d", schema, len(list))
		}
		checkDistinct(t, schema, list)
		judge := validatetest.NewJudge(t, read(t, schema), value.Object())
		for _, text := range list {
			if !judge.Accepts(read(t, text)) {
				t.Errorf("%s: the judge refuses %s", schema, text)
				break
			}
		}
	}
}

func TestVariantsAreTheSameEachTime(t *testing.T) {
	const schema = `{type: object, properties: {id: {type: string, format: uuid}, n: {type: number}, tags: {type: array, items: {type: string}}, kind: {oneOf: [{type: string}, {type: integer}]}}}`
	m := New(none)
	take := func(maker *Maker) []string {
		var list []string
		for v := range maker.Variants("thing", read(t, schema)) {
			if list = append(list, show(v)); len(list) == 50 {
				break
			}
		}
		return list
	}
	first := take(m)
	if !slices.Equal(first, take(m)) || !slices.Equal(first, take(New(none))) {
		t.Error("they differ from one time to the next")
	}
}

// A component that comes back inside itself ends in the variants as it does in examples.
func TestVariantsOfComponents(t *testing.T) {
	defs := read(t, `{Node: {type: object, required: [label], properties: {label: {type: string}, next: {$ref: "#/$defs/Node"}}}}`)
	var list []string
	for v := range New(func(name string) *value.Value { return defs.Get(name) }).Variants("node", read(t, `{$ref: "#/$defs/Node"}`)) {
		if list = append(list, show(v)); len(list) == 3 {
			break
		}
	}
	if got, want := strings.Join(list, " "), `{"label":"label"} {"label":"Label 2"} {"label":"Label 3"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The work for a value does not grow with the number of those before. Each look at a component is counted.
func TestVariantsCostTheSame(t *testing.T) {
	defs := read(t, `{Book: {type: object, required: [title], properties: {title: {type: string}, isbn: {type: string, pattern: '^97[89]\d{10}$'},
	  tags: {type: array, items: {$ref: "#/$defs/Tag"}}}}, Tag: {type: object, properties: {word: {type: string}, rank: {type: integer}}}}`)
	looks := func(n int) int {
		count, taken := 0, 0
		m := New(func(name string) *value.Value { count++; return defs.Get(name) })
		for range m.Variants("book", read(t, `{$ref: "#/$defs/Book"}`)) {
			if taken++; taken == n {
				break
			}
		}
		return count
	}
	if few, many := looks(500), looks(2000); many > 4*few+100 {
		t.Errorf("500 take %d looks, 2,000 take %d", few, many)
	}
}

func TestIncreased(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"SF-12", 1, "SF-13"}, {"SF-09", 1, "SF-10"}, {"007", 994, "1001"}, {"12345678901234567", 1, "12345678901234568"}, {"a", 1, ""}, {"", 1, ""},
		{"1234567890123456789", 1, ""},
	} {
		if got, ok := increased(c.text, c.n); got != c.want || ok != (c.want != "") {
			t.Errorf("%s and %d: %q", c.text, c.n, got)
		}
	}
}

func BenchmarkVariants(b *testing.B) {
	schema := read(b, `{type: object, required: [title], properties: {id: {type: string, format: uuid}, title: {type: string, maxLength: 300}, isbn: {type: string, pattern: '^97[89]\d{10}$'},
	  published: {type: [integer, "null"], minimum: 1450}, language: {type: string, pattern: '^[a-z]{2}$'}, shelves: {type: array, items: {type: string}, uniqueItems: true},
	  author: {type: object, properties: {name: {type: string}, born: {type: string, format: date}}}, available: {type: boolean}}}`)
	b.ReportAllocs()
	for b.Loop() {
		taken := 0
		for range New(none).Variants("book", schema) {
			if taken++; taken == 1000 {
				break
			}
		}
	}
}
