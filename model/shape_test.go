package model

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// shapeOf returns the shape of a property with that schema; the schema may refer to #/x-parts/NAME.
func shapeOf(t *testing.T, schema, parts string) *Shape {
	t.Helper()
	api := mustLoad(t, "kind: thing\nschema: {key: {name: id}, items: {properties: {x: "+schema+"}}}\nx-parts: {"+parts+"}\n")
	return api.Resources[0].property("x").Shape
}

// brief writes what a shape says on one line.
func brief(s *Shape) string {
	if s == nil {
		return "none"
	}
	words := []string{string(s.Kind)}
	for word, is := range map[string]bool{"nullable": s.IsNullable, "recursive": s.IsRecursive, "closed": s.IsClosed, "const": s.IsConst, "read-only": s.IsReadOnly} {
		if is {
			words = append(words, word)
		}
	}
	for _, fact := range []struct {
		name  string
		value *Value
	}{{"min", s.Minimum}, {"max", s.Maximum}, {"longest", s.MaxLength}, {"fewest", s.MinItems}, {"default", s.Default}} {
		if fact.value != nil {
			words = append(words, fact.name+"="+fact.value.Text)
		}
	}
	if s.IsMinimumExclusive {
		words = append(words, "above")
	}
	for _, v := range s.Enum {
		words = append(words, "="+v.Text)
	}
	if s.Format+s.Pattern+s.Description != "" {
		words = append(words, s.Format+s.Pattern+s.Description)
	}
	if s.Component != nil {
		words = append(words, s.Component.Name)
	}
	var inside []string
	for _, f := range s.Fields {
		name := f.Name
		if f.IsRequired {
			name += "!"
		}
		inside = append(inside, name+": "+brief(f.Shape))
	}
	for _, o := range s.Options {
		inside = append(inside, o.Title+" "+o.Value+"= "+brief(o.Shape))
	}
	for _, item := range s.Items {
		inside = append(inside, brief(item))
	}
	for _, part := range []*Shape{s.Item, s.Extra} {
		if part != nil {
			inside = append(inside, "of "+brief(part))
		}
	}
	text := strings.Join(words, " ")
	if len(inside) > 0 {
		text += " {" + strings.Join(inside, ", ") + "}"
	}
	return text
}

func TestShapes(t *testing.T) {
	for _, test := range []struct{ name, schema, parts, want string }{
		{"nothing said", "{}", "", "any nullable"},
		{"false", "false", "", "never"},
		{"null alone", "{type: 'null'}", "", "never nullable"},
		{"null beside", "{type: [string, 'null']}", "", "string nullable"},
		{"nullable of OpenAPI", "{type: string, nullable: true, format: date}", "", "string nullable date"},
		{"types", "{type: [string, integer]}", "", "union {String = string, Integer = integer}"},
		{"integer within number", "{allOf: [{type: number}, {type: integer}]}", "", "integer"},
		{"types that exclude each other", "{allOf: [{type: string}, {type: integer}]}", "", "never"},
		{"implied by properties", "{properties: {a: {}}}", "", "object nullable {a: any nullable}"},
		{"implied by a pattern", "{pattern: '^a'}", "", "string nullable ^a"},
		{"implied by a bound", "{minimum: 3}", "", "number nullable min=3"},
		{"implied by a format", "{format: int32}", "", "integer nullable int32"},
		{"implied by an enum", "{enum: [1, 2]}", "", "integer =1 =2"},
		{"numbers of an enum", "{enum: [1, 2.5]}", "", "number =1 =2.5"},
		{"enum with null", "{enum: [a, null]}", "", "string nullable =a"},
		{"enums together", "{allOf: [{enum: [a, b, c]}, {enum: [c, b]}]}", "", "string =b =c"},
		{"const", "{const: a}", "", "string const =a"},
		{"bounds together", "{allOf: [{type: integer, minimum: 1, maximum: 9}, {minimum: 3, maximum: 20}]}", "", "integer min=3 max=9"},
		{"the tighter bound", "{type: number, minimum: 1, exclusiveMinimum: 1}", "", "number min=1 above"},
		{"the looser exclusive bound", "{type: number, minimum: 2, exclusiveMinimum: 1}", "", "number min=2"},
		{"array", "{type: array, items: {type: string, maxLength: 3}, minItems: 1}", "", "array fewest=1 {of string longest=3}"},
		{"array of anything", "{type: array}", "", "array {of any nullable}"},
		{"tuple", "{prefixItems: [{type: string}, {type: integer}], items: false, type: array}", "", "tuple {string, integer}"},
		{"tuple of draft 4", "{type: array, items: [{type: string}], additionalItems: {type: integer}}", "", "tuple {string, of integer}"},
		{"map", "{type: object, additionalProperties: {type: integer}}", "", "map {of integer}"},
		{"map by patterns", "{type: object, patternProperties: {'^a': {type: integer}}, additionalProperties: false}", "", "map {of integer}"},
		{"map of anything", "{type: object}", "", "map {of any nullable}"},
		{"closed and empty", "{type: object, additionalProperties: false}", "", "object closed"},
		{"closed", "{type: object, properties: {a: {type: string}}, required: [a], additionalProperties: false}", "", "object closed {a!: string}"},
		{"open", "{type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}", "", "object {a: string, of integer}"},
		{"objects together", "{allOf: [{type: object, properties: {a: {type: string}}}, {properties: {b: {}, a: {maxLength: 3}}, required: [b]}]}", "",
			"object {a: string longest=3, b!: any nullable}"},
		{"reference", "{$ref: '#/x-parts/money'}", "money: {type: string, description: Money}", "string Money Money"},
		{"words beside a reference", "{$ref: '#/x-parts/money', description: Price, default: '1', readOnly: true}", "money: {type: string, description: Money}",
			"string read-only default=1 Price Money"},
		{"allOf of one reference", "{allOf: [{$ref: '#/x-parts/money'}], description: Price}", "money: {type: string}", "string Price Money"},
		{"reference or null", "{anyOf: [{$ref: '#/x-parts/money'}, {type: 'null'}]}", "money: {type: string}", "string nullable Money"},
		{"demands beside a reference", "{$ref: '#/x-parts/money', maxLength: 3}", "money: {type: string, maxLength: 5}", "string longest=3"},
		{"chain of references", "{$ref: '#/x-parts/a'}", "a: {$ref: '#/x-parts/b', description: A}, b: {type: integer}", "integer A A"},
		{"union of one", "{oneOf: [{type: string}, {type: 'null'}]}", "", "string nullable"},
		{"union", "{oneOf: [{type: string}, {type: array, items: {type: string}}]}", "", "union {String = string, Array = array {of string}}"},
		{"values with titles", "{oneOf: [{const: a, title: First}, {const: b, title: Second}]}", "", "string =a =b {First = string const =a, Second = string const =b}"},
		{"ways to write one kind", "{anyOf: [{type: string, format: date}, {type: string, format: date-time}]}", "", "string {String = string date, String = string date-time}"},
		{"which members come together", "{type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}", "",
			"object {a: string, b: string}"},
		{"alternatives with members for all", "{type: object, properties: {a: {type: string}}, oneOf: [{properties: {b: {type: string}}}, {properties: {c: {type: string}}}]}", "",
			"union {a: string, Object = object {b: string, a: string}, Object = object {c: string, a: string}}"},
		{"discriminator", "{oneOf: [{$ref: '#/x-parts/cat'}, {$ref: '#/x-parts/dog'}], discriminator: {propertyName: pet, mapping: {woof: '#/x-parts/dog'}}}",
			"cat: {type: object, properties: {pet: {type: string}}}, dog: {type: object, properties: {pet: {type: string}}}",
			"union {pet: string, Cat Cat= object Cat {pet: string}, Dog woof= object Dog {pet: string}}"},
		{"inside itself", "{$ref: '#/x-parts/node'}", "node: {type: object, properties: {next: {$ref: '#/x-parts/node'}, all: {type: array, items: {$ref: '#/x-parts/node'}}}}",
			"object Node {next: object recursive Node, all: array {of object recursive Node}}"},
		{"inside each other", "{$ref: '#/x-parts/a'}", "a: {type: object, properties: {b: {$ref: '#/x-parts/b'}}}, b: {type: object, properties: {a: {$ref: '#/x-parts/a'}}}",
			"object A {b: object B {a: object recursive A}}"},
		{"inside itself with more", "{$ref: '#/x-parts/node'}", "node: {type: object, properties: {next: {$ref: '#/x-parts/node', maxProperties: 3}}}",
			"object Node {next: object {next: object recursive}}"},
		{"a choice of itself", "{$ref: '#/x-parts/tree'}", "tree: {oneOf: [{type: string}, {type: array, items: {$ref: '#/x-parts/tree'}}]}",
			"union Tree {String = string, Array = array {of union recursive Tree}}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := brief(shapeOf(t, test.schema, test.parts)); sorted(got) != sorted(test.want) {
				t.Errorf("%s\n got %s\nwant %s", test.schema, got, test.want)
			}
		})
	}
}

// sorted makes texts comparable whose words come in any order.
func sorted(text string) string {
	counts := map[string]int{}
	for word := range strings.FieldsSeq(text) {
		counts[word]++
	}
	return fmt.Sprint(counts)
}

// TestShapesOfManyCircles unfolds components that all refer to each other: their number must not explode.
func TestShapesOfManyCircles(t *testing.T) {
	const count = 30
	var parts, refs []string
	for i := range count {
		refs = append(refs, fmt.Sprintf("p%d: {$ref: '#/x-parts/c%d'}", i, i))
	}
	for i := range count {
		parts = append(parts, fmt.Sprintf("c%d: {type: object, properties: {%s}}", i, strings.Join(refs, ", ")))
	}
	total := 0
	seen := map[*Shape]bool{}
	var count1 func(s *Shape)
	count1 = func(s *Shape) {
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		total++
		for _, f := range s.Fields {
			count1(f.Shape)
		}
	}
	count1(shapeOf(t, "{$ref: '#/x-parts/c0'}", strings.Join(parts, ", ")))
	if total < count || total > 2*count*maxUnfolded {
		t.Errorf("%d shapes", total)
	}
}

// TestShapesOfSchemasThatFanOut unfolds what every level has several times, by references with more beside them and by
// choices that hold together: the number of shapes must not grow with the power of the levels.
func TestShapesOfSchemasThatFanOut(t *testing.T) {
	levels := 40
	if testing.Short() {
		levels = 20
	}
	for name, write := range map[string]func(i int, next string) string{
		"references": func(_ int, next string) string {
			return fmt.Sprintf("{type: object, properties: {a: {$ref: %[1]s, properties: {b: {}}}, c: {$ref: %[1]s, maxProperties: 9}, d: {type: array, items: {$ref: %[1]s}}}}", next)
		},
		"conjunctions": func(_ int, next string) string {
			return fmt.Sprintf("{allOf: [{properties: {a: {$ref: %[1]s}}}, {oneOf: [{properties: {b: {$ref: %[1]s}}}, {properties: {c: {$ref: %[1]s}}}]}]}", next)
		},
		"choices": func(i int, next string) string {
			return fmt.Sprintf("{allOf: [{oneOf: [{properties: {a%d: {}}}, {properties: {b%d: {}}}]}, {$ref: %s}]}", i, i, next)
		},
	} {
		for end, last := range map[string]string{"to an end": "{type: object, properties: {e: {type: string}}}", "in circles": "{type: object, properties: {e: {$ref: '#/x-parts/c0'}}}"} {
			t.Run(name+" "+end, func(t *testing.T) {
				start := time.Now()
				parts := []string{fmt.Sprintf("c%d: %s", levels, last)}
				for i := range levels {
					parts = append(parts, fmt.Sprintf("c%d: %s", i, write(i, fmt.Sprintf("'#/x-parts/c%d'", i+1))))
				}
				seen := map[*Shape]bool{}
				var count func(s *Shape)
				count = func(s *Shape) {
					if s == nil || seen[s] {
						return
					}
					seen[s] = true
					count(s.Item)
					for _, f := range s.Fields {
						count(f.Shape)
					}
					for _, o := range s.Options {
						count(o.Shape)
					}
				}
				count(shapeOf(t, "{$ref: '#/x-parts/c0'}", strings.Join(parts, ", ")))
				if len(seen) < 5 || len(seen) > 10*maxCombined {
					t.Errorf("%d shapes", len(seen))
				}
				if took := time.Since(start); took > 10*time.Second {
					t.Errorf("they take %s", took)
				}
			})
		}
	}
}

func TestLeaves(t *testing.T) {
	s := shapeOf(t, "{type: object, required: [a], properties: {a: {type: object, required: [b], properties: {b: {type: string}, c: {type: object, properties: {d: {}}}}}, "+
		"a_b: {type: string}, node: {$ref: '#/x-parts/node'}, map: {type: object}}}", "node: {type: object, properties: {next: {$ref: '#/x-parts/node'}}}")
	for depth, want := range []string{
		"a! A, a_b AB, node Node, map Map",
		"a/b! AB, a/c AC, a_b AB2, node/next NodeNext, map Map",
		"a/b! AB, a/c/d ACD, a_b AB2, node/next NodeNext, map Map",
	} {
		var got []string
		for _, leaf := range s.Leaves(depth) {
			path := strings.Join(leaf.Path, "/")
			if leaf.IsRequired {
				path += "!"
			}
			got = append(got, path+" "+leaf.Identifier)
		}
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("down to %d\n got %s\nwant %s", depth, text, want)
		}
	}
}
