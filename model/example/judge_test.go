package example

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/firestoned/firestone/model/value"
)

// read parses YAML, of which the tests' schemas and values are written.
func read(t testing.TB, text string) *value.Value {
	t.Helper()
	var problems value.Problems
	docs := value.Parse("test.yaml", []byte(text), &problems)
	if problems.HasErrors() || len(docs) != 1 {
		t.Fatalf("cannot read %q: %v", text, problems)
	}
	return docs[0]
}

// plainOf returns the value as encoding/json decodes it, with exact numbers.
func plainOf(v *value.Value) any {
	switch v.Kind {
	case value.KindBool:
		return v.IsTrue()
	case value.KindNumber:
		return json.Number(v.Text)
	case value.KindString:
		return v.Text
	case value.KindArray:
		list := make([]any, len(v.Items))
		for i, item := range v.Items {
			list[i] = plainOf(item)
		}
		return list
	case value.KindObject:
		object := map[string]any{}
		for _, m := range v.Members {
			object[m.Name] = plainOf(m.Value)
		}
		return object
	}
	return nil
}

// show writes a value as JSON, in its own order.
func show(v *value.Value) string {
	var b strings.Builder
	var write func(*value.Value)
	write = func(v *value.Value) {
		switch v.Kind {
		case value.KindString:
			b.WriteString(strconv.Quote(v.Text))
		case value.KindArray:
			b.WriteByte('[')
			for i, item := range v.Items {
				if i > 0 {
					b.WriteByte(',')
				}
				write(item)
			}
			b.WriteByte(']')
		case value.KindObject:
			b.WriteByte('{')
			for i, m := range v.Members {
				if i > 0 {
					b.WriteByte(',')
				}
				b.WriteString(strconv.Quote(m.Name) + ":")
				write(m.Value)
			}
			b.WriteByte('}')
		case value.KindNull:
			b.WriteString("null")
		default:
			b.WriteString(v.Text)
		}
	}
	write(v)
	return b.String()
}

// judge is the validator that the package is measured against.
type judge struct{ schema *jsonschema.Schema }

type expression struct{ *regexp2.Regexp }

func (e expression) MatchString(text string) bool {
	found, err := e.Regexp.MatchString(text)
	return err == nil && found
}

func compileECMA(pattern string) (jsonschema.Regexp, error) {
	compiled, err := regexp2.Compile(pattern, regexp2.ECMAScript|regexp2.Unicode)
	if err != nil {
		return nil, err
	}
	compiled.MatchTimeout = 100 * time.Millisecond
	return expression{compiled}, nil
}

func newJudge(t testing.TB, schema, defs *value.Value) *judge {
	t.Helper()
	document := map[string]any{"allOf": []any{plainOf(schema)}}
	if defs != nil {
		document["$defs"] = plainOf(defs)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.UseRegexpEngine(compileECMA)
	if err := c.AddResource("test:schema", document); err != nil {
		t.Fatalf("%s: %v", show(schema), err)
	}
	compiled, err := c.Compile("test:schema")
	if err != nil {
		t.Fatalf("%s: %v", show(schema), err)
	}
	return &judge{compiled}
}

func (j *judge) accepts(v *value.Value) bool { return j.schema.Validate(plainOf(v)) == nil }

// dice makes schemas and values out of bytes.
type dice struct{ data []byte }

func (d *dice) roll(n int) int {
	if len(d.data) == 0 {
		return 0
	}
	b := d.data[0]
	d.data = d.data[1:]
	return int(b) % n
}

var (
	diceNames    = []string{"a", "b", "c", "long name", ""}
	dicePatterns = []string{"^a", "b$", `^\d{2}$`, "^[a-c]+$", "x|y", `^(?=.*\d).{3,}$`, "^$", `^\p{L}{2}$`}
	diceTexts    = []string{"", "a", "b", "ab", "12", "abc", "x", "👋🏽", "a1b2", "Äb"}
	diceNumbers  = []string{"0", "1", "-1", "1.5", "2", "0.07", "1e2", "12345678901234567890", "1.0", "-0.1", "3", "10"}
	diceTypes    = []string{"null", "boolean", "number", "integer", "string", "array", "object"}
)

func (d *dice) number() *value.Value {
	return &value.Value{Kind: value.KindNumber, Text: diceNumbers[d.roll(len(diceNumbers))]}
}

func (d *dice) name() *value.Value { return value.String(diceNames[d.roll(len(diceNames))]) }

func (d *dice) value(depth int) *value.Value {
	kinds := 6
	if depth == 0 {
		kinds = 4
	}
	switch d.roll(kinds) {
	case 0:
		return value.String(diceTexts[d.roll(len(diceTexts))])
	case 1:
		return d.number()
	case 2:
		return value.Bool(d.roll(2) == 0)
	case 3:
		return &value.Value{}
	case 4:
		list := value.Array()
		for range d.roll(4) {
			list.Items = append(list.Items, d.value(depth-1))
		}
		return list
	}
	object := value.Object()
	for range d.roll(4) {
		object.Set(d.name().Text, d.value(depth-1))
	}
	return object
}

func (d *dice) schema(depth int) *value.Value {
	if depth == 0 || d.roll(20) == 1 {
		return value.Bool(d.roll(5) > 0)
	}
	s := value.Object()
	for range d.roll(5) {
		name := diceKeywords[d.roll(len(diceKeywords))]
		if v := d.keyword(name, depth-1); v != nil {
			s.Set(name, v)
		}
	}
	return s
}

var diceKeywords = []string{
	"type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
	"maxLength", "pattern", "items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems",
	"uniqueItems", "unevaluatedItems", "properties", "required", "additionalProperties", "patternProperties",
	"propertyNames", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas",
	"unevaluatedProperties", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref", "type", "properties",
	"properties", "required", "items", "examples", "default",
}

func (d *dice) keyword(name string, depth int) *value.Value {
	switch name {
	case "type":
		return value.String(diceTypes[d.roll(len(diceTypes))])
	case "const", "default":
		return d.value(2)
	case "enum", "examples":
		return value.Array(d.value(1), value.String("distinct"))
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		return d.number()
	case "multipleOf":
		return &value.Value{Kind: value.KindNumber, Text: []string{"1", "0.01", "2", "1.5"}[d.roll(4)]}
	case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains":
		return value.Int(d.roll(4))
	case "pattern":
		return value.String(dicePatterns[d.roll(len(dicePatterns))])
	case "uniqueItems":
		return value.Bool(d.roll(2) == 0)
	case "required":
		return value.Array(d.name())
	case "dependentRequired":
		return value.Object(value.NewMember(d.name().Text, value.Array(d.name())))
	case "properties", "dependentSchemas", "patternProperties":
		object := value.Object()
		for range d.roll(4) {
			key := d.name().Text
			if name == "patternProperties" {
				key = dicePatterns[d.roll(len(dicePatterns))]
			}
			object.Set(key, d.schema(depth))
		}
		return object
	case "allOf", "anyOf", "oneOf", "prefixItems":
		list := value.Array(d.schema(depth))
		for range d.roll(3) {
			list.Items = append(list.Items, d.schema(depth))
		}
		return list
	case "$ref":
		return value.String("#/$defs/" + []string{"A", "B"}[d.roll(2)])
	}
	return d.schema(depth)
}

// against rolls schemas and values, and fails where the package and its judge disagree.
func against(t *testing.T, data []byte) (made bool) {
	d := &dice{data}
	schema := d.schema(4)
	defs := value.Object(value.NewMember("A", d.schema(3)), value.NewMember("B", d.schema(3)))
	j := newJudge(t, schema, defs)
	m := New(defs.Get)
	for range 6 {
		v := d.value(3)
		if ours, theirs := m.Fits(schema, v), j.accepts(v); ours != theirs {
			t.Fatalf("schema %s\ndefs %s\nvalue %s: we say %t, the judge %t", show(schema), show(defs), show(v), ours, theirs)
		}
	}
	v, ok := m.ExampleOf("", schema)
	if ok && !j.accepts(v) {
		t.Fatalf("schema %s\ndefs %s\nexample %s is refused", show(schema), show(defs), show(v))
	}
	again, _ := New(defs.Get).ExampleOf("", schema)
	if ok && show(v) != show(again) {
		t.Fatalf("schema %s\nfirst %s, then %s", show(schema), show(v), show(again))
	}
	return ok
}

func TestAgainstJudge(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	made, all := 0, 4000
	for range all {
		data := make([]byte, 200)
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		if against(t, data) {
			made++
		}
	}
	t.Logf("%d of %d schemas have an example", made, all)
}

func FuzzAgainstJudge(f *testing.F) {
	f.Add([]byte("a schema"))
	f.Add([]byte{1, 2, 20, 3, 4, 21, 5, 6, 30, 7, 8, 31, 9})
	f.Fuzz(func(t *testing.T, data []byte) { against(t, data) })
}
