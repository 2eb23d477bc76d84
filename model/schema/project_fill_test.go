package schema_test

import (
	"testing"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

func TestFill(t *testing.T) {
	list := components(t, projected)
	p := schema.NewProjector(list, validator)
	for _, test := range []struct{ name, whole, v, want string }{
		{"in the order of the schema", `{properties: {id: {readOnly: true}, name: {}, born: {readOnly: true}, died: {readOnly: true}}}`,
			`{zeal: 1, name: Ada}`, `{id: made, zeal: 1, name: Ada, born: made, died: made}`},
		{"what is there", `{properties: {id: {readOnly: true}}}`, `{id: 7}`, `same`},
		{"nothing is marked", `{properties: {id: {}}}`, `{}`, `same`},
		{"nothing is made", `{properties: {none: {readOnly: true}}}`, `{a: 1}`, `same`},
		{"by reference", `{properties: {id: {$ref: "#/$defs/Id"}, item: {$ref: "#/$defs/Item"}}}`, `{item: {code: a}}`, `{id: made, item: {code: a, at: made}}`},
		{"in arrays", `{type: array, items: {$ref: "#/$defs/Item"}}`, `[{code: a}, {code: b, at: now}]`, `[{code: a, at: made}, {code: b, at: now}]`},
		{"recursion", `{$ref: "#/$defs/Node"}`, `{label: x, next: {id: b, next: {}}}`, `{id: made, label: x, next: {id: b, next: {id: made}}}`},
		{"the alternative that fits", `{oneOf: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}]}`, `{kind: cat, lives: 9}`, `{id: made, kind: cat, name: made, lives: 9}`},
		{"the parts of allOf", `{allOf: [{properties: {a: {readOnly: true}}}, {properties: {b: {readOnly: true}, c: {}}}]}`, `{c: 1}`, `{a: made, b: made, c: 1}`},
		{"where a condition holds", `{properties: {kind: {}}, if: {properties: {kind: {const: a}}}, then: {properties: {x: {readOnly: true}}}, else: {properties: {y: {readOnly: true}}}}`,
			`{kind: a}`, `{kind: a, x: made}`},
		{"no object that is absent", `{properties: {item: {$ref: "#/$defs/Item"}}}`, `{}`, `same`},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := read(t, test.v)
			got := p.Fill(read(t, test.whole), v, func(name string, _ *value.Value) *value.Value {
				if name == "none" {
					return nil
				}
				return value.String("made")
			})
			if test.want == "same" {
				test.want = test.v
				if got != v {
					t.Error("the value is a copy")
				}
			}
			if json(got) != json(read(t, test.want)) {
				t.Errorf("got %s\nwant %s", json(got), json(read(t, test.want)))
			}
			if json(v) != json(read(t, test.v)) {
				t.Errorf("the value became %s", json(v))
			}
		})
	}
}
