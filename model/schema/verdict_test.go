package schema_test

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

var verdicts = flag.Int("verdicts", 300, "how many schemas are compared by their verdicts in each dialect")

// What is written accepts the same data as its source, by a validator of the dialect; where a keyword is kept under x-, no
// less.
func TestWriteVerdicts(t *testing.T) {
	if testing.Short() {
		t.Skip()
	}
	exact := map[schema.Dialect]int{}
	for seed := range *verdicts {
		m := maker{rand.New(rand.NewPCG(uint64(seed), 1))}
		texts := map[string]string{"A": m.object(2), "B": m.schema(1), "C": m.object(1)}
		var components []schema.Component
		for _, name := range []string{"A", "B", "C"} {
			components = append(components, schema.Component{Name: name, Schema: schema.AsObject(read(t, texts[name]))})
		}
		document := schema.NewDocument(components, nil)
		source := judge(t, schema.OpenAPI31, components, func(v *value.Value) *value.Value { return schema.Write(v, schema.OpenAPI31, "#/$defs/", nil) }, false)
		for _, dialect := range []schema.Dialect{schema.Draft7, schema.OpenAPI30, schema.OpenAPI31} {
			isWeak := false
			written := judge(t, dialect, components, func(v *value.Value) *value.Value {
				out := document.Write(v, dialect, "#/$defs/", nil)
				schema.Walk(out, func(sub *value.Value) {
					isWeak = isWeak || slices.ContainsFunc(sub.Members, func(m value.Member) bool { return schema.IsExtension(m.Name) })
				})
				return out
			}, true)
			if !isWeak {
				exact[dialect]++
			}
			for _, data := range instances {
				before, after := source.Validate(data) == nil, written.Validate(data) == nil
				if before != after && (!isWeak || before) {
					var both string
					for _, c := range components {
						both += fmt.Sprintf("%s: %s\n%s\n", c.Name, texts[c.Name], json(document.Write(c.Schema, dialect, "#/$defs/", nil)))
					}
					t.Fatalf("seed %d, dialect %d: %v is accepted by the source: %v, by what is written: %v\n%s", seed, dialect, data, before, after, both)
				}
			}
		}
	}
	for dialect, least := range map[schema.Dialect]int{schema.Draft7: 35, schema.OpenAPI30: 10, schema.OpenAPI31: 100} {
		if exact[dialect]*100 < least**verdicts {
			t.Errorf("dialect %d says %d of %d schemas exactly", dialect, exact[dialect], *verdicts)
		}
	}
}

// judge returns the validator of component A.
func judge(t *testing.T, dialect schema.Dialect, components []schema.Component, write func(*value.Value) *value.Value, isWritten bool) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(map[schema.Dialect]*jsonschema.Draft{
		schema.Draft7: jsonschema.Draft7, schema.OpenAPI30: jsonschema.Draft4, schema.OpenAPI31: jsonschema.Draft2020,
	}[dialect])
	defs := value.Object()
	for _, c := range components {
		v := c.Schema
		if isWritten {
			v = write(v)
		}
		if dialect == schema.OpenAPI30 {
			v = draft4(v)
		}
		defs.Set(c.Name, v)
	}
	whole := value.Object(value.NewMember("allOf", value.Array(value.Object(value.NewMember("$ref", value.String("#/$defs/A"))))), value.NewMember("$defs", defs))
	data, err := jsonschema.UnmarshalJSON(bytes.NewReader(whole.AppendJSON(nil, "")))
	if err == nil {
		err = compiler.AddResource("mem:///schema.json", data)
	}
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("mem:///schema.json")
	if err != nil {
		t.Fatalf("dialect %d: %v\n%s", dialect, err, json(whole))
	}
	return compiled
}

// draft4 returns a schema of OpenAPI 3.0 as draft 4, on which it stands, says it: nullable adds null to the type beside it
// (OpenAPI 3.0.3, section 4.7.24).
func draft4(v *value.Value) *value.Value {
	v = schema.Rewrite(v, draft4)
	if v.Get("nullable").IsTrue() && v.Has("type") {
		v = value.With(v, "type", value.Array(v.Get("type"), value.String("null")))
	}
	return v
}

// instances are the data that schemas are asked about.
var instances = func() []any {
	var all []any
	for _, text := range strings.Fields(`null true 0 1 7 1.5 "" "x" "xy" [] [1] ["x"] [1,"x"] ["x",1] [1,1] [7,"x",null] [[]] [{"a":1}] {} {"a":1} {"a":"x"} {"a":null} {"a":{}} {"a":[1]}
		{"b":1} {"b":"x"} {"c":1} {"d":1} {"a":1,"b":1} {"a":1,"b":"x"} {"a":"x","b":"x"} {"a":1,"c":1} {"b":1,"c":"x"} {"a":1,"d":1} {"a":"x","b":1,"c":1} {"a":1,"b":1,"c":1,"d":1}
		{"a":{"a":1}} {"a":{"b":"x"},"b":1} {"c":[],"d":null}`) {
		data, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			panic(err)
		}
		all = append(all, data)
	}
	return all
}()

// maker makes schemas at random.
type maker struct{ *rand.Rand }

func (m maker) one(texts ...string) string { return texts[m.IntN(len(texts))] }

func (m maker) list(n int, make func() string) string {
	var items []string
	for range n {
		items = append(items, make())
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func (m maker) leaf() string {
	return m.one(`true`, `false`, `{}`, `{type: string}`, `{type: integer}`, `{type: [string, "null"]}`, `{const: 1}`, `{enum: [1, x]}`, `{type: object}`, `{type: array}`,
		`{minimum: 2}`, `{maxLength: 1}`, `{type: "null"}`, `{$ref: "#/$defs/C"}`, `{type: [integer, string, array]}`)
}

func (m maker) schema(depth int) string {
	if depth <= 0 || m.IntN(4) == 0 {
		return m.leaf()
	}
	return m.object(depth)
}

// object makes a schema of several keywords.
func (m maker) object(depth int) string {
	below := func() string { return m.schema(depth - 1) }
	name := func() string { return m.one("a", "b", "c", "d") }
	var keywords []string
	said := map[string]bool{}
	for range 1 + m.IntN(4) {
		keyword := m.one(
			`type: `+m.one("object", "object", "array", "string", "[object, array]", `[object, "null"]`),
			fmt.Sprintf(`properties: {a: %s, b: %s}`, below(), below()),
			fmt.Sprintf(`properties: {%s: %s}`, name(), below()),
			`required: [`+name()+`]`,
			`additionalProperties: `+m.one("true", "false", below()),
			`unevaluatedProperties: `+m.one("false", "false", below()),
			`allOf: `+m.list(1+m.IntN(2), below),
			`anyOf: `+m.list(1+m.IntN(3), below),
			`oneOf: `+m.list(1+m.IntN(3), below),
			`not: `+below(),
			fmt.Sprintf(`if: %s, then: %s`, below(), below()),
			fmt.Sprintf(`if: %s, then: %s, else: %s`, below(), below(), below()),
			fmt.Sprintf(`dependentRequired: {%s: [%s]}`, name(), name()),
			fmt.Sprintf(`dependentSchemas: {%s: %s}`, name(), below()),
			`contains: `+below(),
			fmt.Sprintf(`contains: %s, minContains: %d`, below(), m.IntN(3)),
			fmt.Sprintf(`contains: %s, minContains: %d, maxContains: %d`, below(), m.IntN(2), m.IntN(2)),
			`propertyNames: `+m.one(`{enum: [a, b]}`, `true`, `{enum: [c]}`, `{maxLength: 0}`),
			fmt.Sprintf(`patternProperties: {"[ab]": %s}`, below()),
			fmt.Sprintf(`prefixItems: %s, items: %s`, m.list(1+m.IntN(2), below), m.one("false", below())),
			`prefixItems: `+m.list(1, below),
			`items: `+below(),
			`unevaluatedItems: `+m.one("false", below()),
			`minProperties: 1`, `maxItems: 1`,
			`$ref: "#/$defs/`+m.one("B", "C")+`"`,
			`enum: [1, x, {}, {a: 1}, null]`,
		)
		word, _, _ := strings.Cut(keyword, ":")
		if !said[word] && !(word == "items" && said["prefixItems"]) && !(word == "prefixItems" && said["items"]) {
			said[word] = true
			keywords = append(keywords, keyword)
		}
	}
	return "{" + strings.Join(keywords, ", ") + "}"
}
