package schema_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// validator is the one of the examples, behind a lock since it is for one goroutine.
func validator(component func(name string) *value.Value) func(schema, v *value.Value) bool {
	maker := example.New(component)
	var mutex sync.Mutex
	return func(schema, v *value.Value) bool {
		mutex.Lock()
		defer mutex.Unlock()
		return maker.IsValid(schema, v)
	}
}

const projected = `
Id: {type: string, readOnly: true}
Item: {type: object, properties: {code: {type: string}, at: {type: string, readOnly: true}, pin: {type: string, writeOnly: true}}, required: [code, at]}
Node: {type: object, properties: {id: {$ref: "#/$defs/Id"}, label: {type: string}, next: {$ref: "#/$defs/Node"}}, required: [id]}
Pet: {type: object, properties: {id: {$ref: "#/$defs/Id"}, kind: {type: string}}, required: [id, kind]}
Cat: {allOf: [{$ref: "#/$defs/Pet"}, {properties: {kind: {const: cat}, name: {type: string, readOnly: true}, lives: {type: integer}}, required: [name]}]}
Dog: {allOf: [{$ref: "#/$defs/Pet"}, {properties: {kind: {const: dog}, name: {type: string}, lives: {type: integer, readOnly: true}}, required: [name]}]}
`

// marked is a schema with marks at every depth, and a value of it with what is left in Read and in the other forms.
type marked struct{ name, whole, v, read, create string }

var markedValues = []marked{
	{"marks", `{properties: {id: {readOnly: true}, name: {}, pin: {writeOnly: true}, both: {readOnly: true, writeOnly: true}}}`,
		`{id: 7, name: Ada, pin: 1234, both: 1, other: 2}`, `{id: 7, name: Ada, other: 2}`, `{name: Ada, pin: 1234, other: 2}`},
	{"nothing to leave out", `{properties: {id: {readOnly: true}}}`, `{name: Ada, list: [{id: 7}]}`, `same`, `same`},
	{"no marks", `{properties: {name: {}}}`, `{name: Ada}`, `same`, `same`},
	{"order and digits", `{properties: {b: {readOnly: true}, a: {}}}`, `{z: 1.50, b: 1, a: 12345678901234567890}`, `same`, `{z: 1.50, a: 12345678901234567890}`},
	{"a reference", `{properties: {item: {$ref: "#/$defs/Item", title: t}, id: {$ref: "#/$defs/Id"}}}`,
		`{item: {code: a, at: now, pin: x}, id: i}`, `{item: {code: a, at: now}, id: i}`, `{item: {code: a, pin: x}}`},
	{"arrays", `{type: array, items: {$ref: "#/$defs/Item"}}`, `[{code: a, at: now, pin: x}, {code: b}]`,
		`[{code: a, at: now}, {code: b}]`, `[{code: a, pin: x}, {code: b}]`},
	{"the front of an array", `{prefixItems: [{$ref: "#/$defs/Item"}, {}], items: {properties: {code: {readOnly: true}}}}`,
		`[{code: a, at: now}, {code: b, at: now}, {code: c, at: now}]`, `same`, `[{code: a}, {code: b, at: now}, {at: now}]`},
	{"contained items", `{type: array, contains: {properties: {kind: {const: a}, x: {readOnly: true}}, required: [kind]}}`,
		`[{kind: a, x: 1}, {kind: b, x: 2}]`, `same`, `[{kind: a}, {kind: b, x: 2}]`},
	{"recursion", `{$ref: "#/$defs/Node"}`, `{id: a, label: x, next: {id: b, next: {id: c, label: y}}}`, `same`, `{label: x, next: {next: {label: y}}}`},
	{"allOf", `{allOf: [{properties: {a: {readOnly: true}}}, {properties: {b: {allOf: [{$ref: "#/$defs/Id"}]}, c: {}}}]}`, `{a: 1, b: x, c: 2}`, `same`, `{c: 2}`},
	{"the alternative that fits", `{oneOf: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}]}`,
		`{id: i, kind: dog, name: Rex, lives: 1}`, `same`, `{kind: dog, name: Rex}`},
	{"the other one", `{oneOf: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}]}`,
		`{id: i, kind: cat, name: Tom, lives: 9}`, `same`, `{kind: cat, lives: 9}`},
	{"the alternative that fits in the form", `{oneOf: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}]}`,
		`{kind: dog, name: Rex, lives: 1}`, `same`, `{kind: dog, name: Rex}`},
	{"no alternative fits", `{oneOf: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}]}`, `{kind: cow, name: Bessie, lives: 1, age: 3}`, `same`, `{kind: cow, age: 3}`},
	{"several fit", `{anyOf: [{properties: {a: {readOnly: true}}}, {properties: {b: {readOnly: true}}}, {type: string}]}`, `{a: 1, b: 2, c: 3}`, `same`, `{c: 3}`},
	{"a member that is read-only or null", `{properties: {a: {anyOf: [{$ref: "#/$defs/Id"}, {type: "null"}]}, b: {}}}`, `{a: x, b: 1}`, `same`, `{b: 1}`},
	{"a condition", `{if: {properties: {kind: {const: a}}}, then: {properties: {x: {readOnly: true}}}, else: {properties: {y: {readOnly: true}}}}`,
		`{kind: a, x: 1, y: 2}`, `same`, `{kind: a, y: 2}`},
	{"a condition that fails", `{if: {properties: {kind: {const: a}}}, then: {properties: {x: {readOnly: true}}}, else: {properties: {y: {readOnly: true}}}}`,
		`{kind: b, x: 1, y: 2}`, `same`, `{kind: b, x: 1}`},
	{"a dependent schema", `{dependentSchemas: {a: {properties: {x: {readOnly: true}}}, b: {properties: {y: {readOnly: true}}}}}`, `{a: 1, x: 2, y: 3}`, `same`, `{a: 1, y: 3}`},
	{"patterns and the rest", `{properties: {x-a: {}}, patternProperties: {"^x-": {readOnly: true}}, additionalProperties: {properties: {s: {writeOnly: true}}}}`,
		`{x-a: 1, x-b: 2, m: {s: 1, t: 2}}`, `{x-a: 1, x-b: 2, m: {t: 2}}`, `{m: {s: 1, t: 2}}`},
	{"what is not evaluated", `{allOf: [{properties: {a: {}}}], unevaluatedProperties: {readOnly: true}}`, `{a: 1, b: 2}`, `same`, `{a: 1}`},
	{"a scalar", `{readOnly: true}`, `7`, `same`, `same`},
}

func TestProject(t *testing.T) {
	p := schema.NewProjector(components(t, projected), validator)
	for _, test := range markedValues {
		t.Run(test.name, func(t *testing.T) {
			whole, v := read(t, test.whole), read(t, test.v)
			for form, want := range map[schema.Form]string{schema.Read: test.read, schema.Create: test.create, schema.Replace: test.create, schema.Update: test.create} {
				got := p.Project(whole, v, form)
				if want == "same" {
					want = test.v
					if got != v {
						t.Errorf("form %s is a copy", form)
					}
				}
				if json(got) != json(read(t, want)) {
					t.Errorf("form %s:\n got %s\nwant %s", form, json(got), want)
				}
			}
			if json(v) != json(read(t, test.v)) {
				t.Errorf("the value became %s", json(v))
			}
		})
	}
}

func TestLost(t *testing.T) {
	p := schema.NewProjector(components(t, projected), validator)
	list, v := read(t, `{type: array, items: {$ref: "#/$defs/Item"}}`), read(t, `[{code: a, at: now, pin: x, a/b: 1}, {code: b}, {at: now}]`)
	for form, want := range map[schema.Form]string{schema.Read: "/0/pin", schema.Create: "/0/at /2/at", schema.Update: "/0/at /2/at"} {
		if got := strings.Join(p.Lost(list, v, form), " "); got != want {
			t.Errorf("form %s: got %s, want %s", form, got, want)
		}
	}
	if got := p.Lost(list, read(t, `{at: now}`), schema.Create); got != nil {
		t.Errorf("an object that should be a list: %v", got)
	}
}

// What is the same is shared.
func TestProjectShares(t *testing.T) {
	p := schema.NewProjector(nil, validator)
	v := read(t, `{id: 7, tags: [a, b], inner: {x: 1}, other: {id: 8}}`)
	got := p.Project(read(t, `{properties: {id: {readOnly: true}, other: {properties: {id: {readOnly: true}}}}}`), v, schema.Create)
	for _, name := range []string{"tags", "inner"} {
		if got.Get(name) != v.Get(name) {
			t.Errorf("%s is a copy", name)
		}
	}
	if json(got) != `{"tags":["a","b"],"inner":{"x":1},"other":{}}` {
		t.Errorf("got %s", json(got))
	}
}

// A value that the schema accepts gives one that the form of the schema accepts.
func TestProjectionsFitTheirForms(t *testing.T) {
	list := components(t, projected)
	p, forms := schema.NewProjector(list, validator), schema.NewForms(list)
	twin := func(name string, form schema.Form) string { return string(form) + ":" + name }
	fits := validator(func(name string) *value.Value {
		if form, base, isTwin := strings.Cut(name, ":"); isTwin {
			return forms.Of(forms.Component(base), schema.Form(form), "", twin)
		}
		return forms.Of(forms.Component(name), schema.Read, "", twin)
	})
	maker := example.New(forms.Component)
	tried := 0
	for _, text := range []string{
		`{$ref: "#/$defs/Item"}`, `{$ref: "#/$defs/Node"}`, `{type: array, items: {$ref: "#/$defs/Item"}}`, `{oneOf: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}]}`,
		`{type: array, items: {anyOf: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}]}, minItems: 2}`,
		`{type: object, required: [id, title, pin], properties: {id: {type: integer, readOnly: true}, title: {type: string}, pin: {type: string, writeOnly: true}}, additionalProperties: false}`,
		`{type: object, required: [a], properties: {a: {type: boolean}, b: {type: boolean, readOnly: true}, c: {type: boolean, writeOnly: true}}, dependentRequired: {a: [b], c: [a]}}`,
		`{type: object, properties: {kind: {enum: [a, b]}, x: {type: integer, readOnly: true}, y: {type: integer}}, if: {properties: {kind: {const: a}}}, then: {required: [x]}, else: {required: [y]}}`,
		`{type: object, properties: {owner: {anyOf: [{$ref: "#/$defs/Id"}, {type: "null"}]}, pets: {type: object, additionalProperties: {$ref: "#/$defs/Dog"}}}, required: [owner]}`,
		`{type: object, patternProperties: {"^x-": {type: string, readOnly: true}, "^y-": {$ref: "#/$defs/Item"}}, minProperties: 1}`,
		`{type: array, prefixItems: [{$ref: "#/$defs/Item"}, {type: string}], items: {$ref: "#/$defs/Node"}, minItems: 3}`,
	} {
		whole := read(t, text)
		for _, form := range []schema.Form{schema.Read, schema.Create, schema.Update} {
			shaped := forms.Of(whole, form, "", twin)
			n := 0
			for v := range maker.Variants("value", whole) {
				if n++; n > 40 {
					break
				}
				tried++
				made := p.Project(whole, v, form)
				if !fits(shaped, made) {
					t.Errorf("%s: %s in form %s is %s, which that refuses", text, json(v), form, json(made))
					break
				}
				if again := p.Project(whole, made, form); json(again) != json(made) {
					t.Errorf("%s: %s in form %s is %s, and once more %s", text, json(v), form, json(made), json(again))
				}
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d values were tried", tried)
	}
}

func TestProjectInSeveralGoroutines(t *testing.T) {
	p := schema.NewProjector(components(t, projected), validator)
	whole, v := read(t, `{type: array, items: {oneOf: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}]}}`), read(t, `[{kind: dog, name: Rex, lives: 1}, {kind: cat, name: Tom}]`)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := json(p.Project(whole, v, schema.Update)); got != `[{"kind":"dog","name":"Rex"},{"kind":"cat"}]` {
				t.Errorf("got %s", got)
			}
		})
	}
	group.Wait()
}

func TestKeep(t *testing.T) {
	p := schema.NewProjector(components(t, projected), validator)
	for _, test := range []struct{ name, whole, stored, sent, want string }{
		{"the same place", `{properties: {id: {readOnly: true}, name: {}, made: {readOnly: true}, born: {}}}`,
			`{id: 7, name: Ada, made: today, born: 1815}`, `{name: Grace, born: 1906, extra: 1}`, `{id: 7, name: Grace, made: today, born: 1906, extra: 1}`},
		{"what a client cannot write", `{properties: {id: {readOnly: true}, name: {}}}`, `{id: 7, name: Ada}`, `{id: 8, name: Grace}`, `{id: 7, name: Grace}`},
		{"what the server never wrote", `{properties: {id: {readOnly: true}, name: {}}}`, `{name: Ada}`, `{id: 8, name: Grace}`, `{name: Grace}`},
		{"what is gone", `{properties: {id: {readOnly: true}, name: {}, pin: {writeOnly: true}}}`, `{id: 7, name: Ada, pin: 1}`, `{}`, `{id: 7}`},
		{"in the order of the client", `{properties: {id: {readOnly: true}, a: {}, b: {}, z: {readOnly: true}}}`, `{a: 1, id: 7, b: 2, z: 3}`, `{b: 4, a: 5}`, `{b: 4, z: 3, a: 5, id: 7}`},
		{"depth", `{properties: {in: {properties: {id: {readOnly: true}, x: {}}}}}`, `{in: {id: 7, x: 1}, y: 1}`, `{in: {x: 2}, y: 2}`, `{in: {id: 7, x: 2}, y: 2}`},
		{"another kind of value", `{properties: {in: {properties: {id: {readOnly: true}}}}}`, `{in: {id: 7}}`, `{in: [1]}`, `{in: [1]}`},
		{"no marks", `{}`, `{a: 1}`, `{b: 2}`, `{b: 2}`},
		{"items that are changed", `{type: array, items: {$ref: "#/$defs/Item"}}`, `[{code: a, at: 1}, {code: b, at: 2}]`, `[{code: a}, {code: c}]`, `[{code: a, at: 1}, {code: c, at: 2}]`},
		{"items that move", `{type: array, items: {$ref: "#/$defs/Item"}}`, `[{code: a, at: 1}, {code: b, at: 2}, {code: c, at: 3}]`, `[{code: c}, {code: b}, {code: d}]`,
			`[{code: c, at: 3}, {code: b, at: 2}, {code: d}]`},
		{"items that are alike", `{type: array, items: {$ref: "#/$defs/Item"}}`, `[{code: a, at: 1}, {code: a, at: 2}]`, `[{code: a}, {code: a}, {code: a, at: 9}]`,
			`[{code: a, at: 1}, {code: a, at: 2}, {code: a}]`},
		{"another alternative", `{oneOf: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}]}`, `{id: i, kind: cat, name: Tom, lives: 9}`, `{kind: dog, name: Rex, lives: 3}`, `{id: i, kind: dog, name: Rex}`},
		{"a merged patch to another alternative",
			`{oneOf: [{properties: {id: {readOnly: true}, is: {const: a}, made: {readOnly: true}}}, {properties: {id: {readOnly: true}, is: {const: b}}, additionalProperties: false}]}`,
			`{id: 7, is: a, made: today}`, `{id: 7, is: b, made: today}`, `{id: 7, is: b}`},
		{"a merged patch", `{properties: {id: {readOnly: true}, items: {type: array, items: {$ref: "#/$defs/Item"}}}}`,
			`{id: 7, items: [{code: a, at: 1}], z: 1}`, `{id: 7, items: [{code: a, at: 5}, {code: b}], z: 2}`, `{id: 7, items: [{code: a, at: 1}, {code: b}], z: 2}`},
	} {
		whole, stored, sent := read(t, test.whole), read(t, test.stored), read(t, test.sent)
		if got := p.Keep(whole, stored, sent); json(got) != json(read(t, test.want)) {
			t.Errorf("%s:\n got %s\nwant %s", test.name, json(got), json(read(t, test.want)))
		}
		if json(stored) != json(read(t, test.stored)) || json(sent) != json(read(t, test.sent)) {
			t.Errorf("%s: the values became %s and %s", test.name, json(stored), json(sent))
		}
	}
}

// Sending back what was read changes nothing.
func TestKeepOfWhatWasRead(t *testing.T) {
	list := components(t, projected)
	p := schema.NewProjector(list, validator)
	maker := example.New(schema.NewForms(list).Component)
	for _, text := range []string{`{$ref: "#/$defs/Node"}`, `{oneOf: [{$ref: "#/$defs/Cat"}, {$ref: "#/$defs/Dog"}]}`, `{type: array, items: {$ref: "#/$defs/Node"}, minItems: 3}`} {
		whole := read(t, text)
		values := slices.Collect(func(yield func(*value.Value) bool) {
			n := 0
			for v := range maker.Variants("value", whole) {
				if n++; n > 20 || !yield(v) {
					return
				}
			}
		})
		for _, v := range values {
			for _, sent := range []*value.Value{v, p.Project(whole, v, schema.Create)} {
				if got := p.Keep(whole, v, sent); !got.Equal(v) {
					t.Errorf("%s: %s became %s", text, json(v), json(got))
				}
			}
		}
	}
}

func BenchmarkProject(b *testing.B) {
	p := schema.NewProjector(components(b, projected), validator)
	whole := read(b, `{type: object, properties: {id: {type: string, readOnly: true}, title: {type: string}, author: {$ref: "#/$defs/Item"}, year: {type: integer}, tags: {type: array, items: {type: string}}, pin: {type: string, writeOnly: true}}}`)
	v := read(b, `{id: a, title: b, author: {code: a, at: now, pin: x}, year: 1969, tags: [a, b], pin: "1"}`)
	b.ReportAllocs()
	for b.Loop() {
		p.Project(whole, v, schema.Read)
		p.Project(whole, v, schema.Create)
	}
}
