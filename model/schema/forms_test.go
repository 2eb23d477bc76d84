package schema_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// components returns the members of a YAML object as components.
func components(t testing.TB, text string) []schema.Component {
	var list []schema.Component
	if text != "" {
		for _, m := range read(t, text).Members {
			list = append(list, schema.Component{Name: m.Name, Schema: m.Value})
		}
	}
	return list
}

var formNames = map[schema.Form]string{schema.Create: "Create", schema.Update: "Update"}

func twinName(name string, form schema.Form) string { return formNames[form] + name }

func TestForms(t *testing.T) {
	const shared = `
Plain: {type: string}
Id: {type: string, readOnly: true}
Money: {type: object, properties: {amount: {type: string}, at: {type: string}}, required: [amount]}
Rec: {type: object, properties: {id: {readOnly: true}, next: {$ref: "#/$defs/Rec"}, all: {type: array, items: {$ref: "#/$defs/Rec"}}}, required: [next]}
NullPlain: {type: [string, "null"]}
Loop: {anyOf: [{$ref: "#/$defs/Loop"}, {$ref: "#/$defs/Id"}]}
Choice: {anyOf: [{required: [d, a]}, {properties: {d: {type: boolean}}}]}
`
	for _, test := range []struct{ name, in, read, create, update string }{
		{"marks", `{properties: {a: {readOnly: true}, b: {writeOnly: true}, c: {}, d: {readOnly: true, writeOnly: true}}, required: [a, b, c], dependentRequired: {a: [c], c: [a, b]}}`,
			`{properties: {a: {readOnly: true}, c: {}}, required: [a, c], dependentRequired: {a: [c], c: [a]}}`,
			`{properties: {b: {writeOnly: true}, c: {}}, required: [b, c], dependentRequired: {c: [b]}}`,
			`{properties: {b: {writeOnly: true}, c: {}}}`},
		{"a mark behind a reference or an allOf", `{properties: {a: {$ref: "#/$defs/Id", title: t}, b: {allOf: [{$ref: "#/$defs/Id"}]}}, required: [a]}`,
			`{properties: {a: {$ref: "#/$defs/Id", title: t}, b: {allOf: [{$ref: "#/$defs/Id"}]}}, required: [a]}`, `{}`, `{}`},
		{"a mark of all alternatives", `{properties: {a: {anyOf: [{$ref: "#/$defs/Id"}, {type: "null"}]}, b: {oneOf: [{$ref: "#/$defs/Id"}, {$ref: "#/$defs/Plain"}]}, c: {$ref: "#/$defs/Loop"}}, required: [a, b]}`,
			`same`, `{properties: {b: {oneOf: [{$ref: "#/$defs/Id"}, {$ref: "#/$defs/Plain"}]}, c: {$ref: "#/$defs/Loop"}}, required: [b]}`,
			`{properties: {b: {oneOf: [{$ref: "#/$defs/Id"}, {$ref: "#/$defs/Plain"}]}, c: {anyOf: [{$ref: "#/$defs/Loop"}, {type: "null"}]}}}`},
		{"null removes", `{properties: {a: {type: string}, b: {type: string, enum: [x]}, c: {$ref: "#/$defs/Plain", description: d}, d: {$ref: "#/$defs/NullPlain"}, e: {}, f: {type: string, default: x}}, required: [a], minProperties: 2}`,
			`same`, `same`,
			`{properties: {a: {type: string}, b: {type: [string, "null"], enum: [x, null]}, c: {anyOf: [{$ref: "#/$defs/Plain"}, {type: "null"}], description: d}, d: {$ref: "#/$defs/NullPlain"}, e: {}, f: {type: [string, "null"]}}}`},
		{"nothing but false is left", `{properties: {a: {allOf: [{properties: {b: {readOnly: true}}}, false]}, c: {title: t, allOf: [{properties: {b: {readOnly: true}}}, false]}}}`,
			`same`, `{properties: {a: false, c: {not: {}, title: t}}}`, `{properties: {a: {type: "null"}, c: {anyOf: [{not: {}}, {type: "null"}], title: t}}}`},
		{"others beside what a component knows", `{properties: {b: {$ref: "#/$defs/Choice", properties: {a: {readOnly: true}}, unevaluatedProperties: {const: x}}}}`,
			`same`, `{properties: {b: {anyOf: [{required: [d]}, {properties: {d: {type: boolean}}}], properties: {d: {}}, additionalProperties: {const: x}}}}`,
			`{properties: {b: {properties: {d: {}}, additionalProperties: {anyOf: [{const: x}, {type: "null"}]}}}}`},
		{"depth", `{properties: {a: {type: object, properties: {b: {type: integer}, c: {readOnly: true}}, required: [b, c]}}, required: [a]}`,
			`same`, `{properties: {a: {type: object, properties: {b: {type: integer}}, required: [b]}}, required: [a]}`,
			`{properties: {a: {type: object, properties: {b: {type: integer}}}}}`},
		{"arrays are whole", `{properties: {a: {type: array, items: {$ref: "#/$defs/Money"}}, r: {items: {$ref: "#/$defs/Rec"}}, p: {prefixItems: [{properties: {x: {readOnly: true}, y: {type: string}}, required: [x, y]}]}}, required: [a, r, p]}`,
			`same`,
			`{properties: {a: {type: array, items: {$ref: "#/$defs/Money"}}, r: {items: {$ref: "#/$defs/CreateRec"}}, p: {prefixItems: [{properties: {y: {type: string}}, required: [y]}]}}, required: [a, r, p]}`,
			`{properties: {a: {type: array, items: {$ref: "#/$defs/Money"}}, r: {items: {$ref: "#/$defs/CreateRec"}}, p: {prefixItems: [{properties: {y: {type: string}}, required: [y]}]}}}`},
		{"references", `{properties: {a: {$ref: "#/$defs/Money"}, b: {$ref: "#/$defs/Plain"}, c: {$ref: "#/$defs/Rec", title: t}}, required: [a, b, c]}`,
			`same`, `{properties: {a: {$ref: "#/$defs/Money"}, b: {$ref: "#/$defs/Plain"}, c: {$ref: "#/$defs/CreateRec", title: t}}, required: [a, b, c]}`,
			`{properties: {a: {$ref: "#/$defs/UpdateMoney"}, b: {$ref: "#/$defs/Plain"}, c: {$ref: "#/$defs/UpdateRec", title: t}}}`},
		{"a count of properties", `{type: object, minProperties: 1, maxProperties: 3}`, `same`, `same`, `{type: object}`},
		{"maps", `{additionalProperties: {type: integer}, patternProperties: {a: {$ref: "#/$defs/Money"}, b: {readOnly: true}}}`,
			`same`, `{additionalProperties: {type: integer}, patternProperties: {a: {$ref: "#/$defs/Money"}}}`,
			`{additionalProperties: {type: [integer, "null"]}, patternProperties: {a: {anyOf: [{$ref: "#/$defs/UpdateMoney"}, {type: "null"}]}}}`},
		{"required elsewhere than the property", `{allOf: [{$ref: "#/$defs/Rec"}, {required: [id, x]}], required: [id], anyOf: [{required: [id]}, {properties: {z: {readOnly: true}}, required: [z, id, y]}]}`,
			`same`, `{allOf: [{$ref: "#/$defs/CreateRec"}, {required: [x]}]}`,
			`{$ref: "#/$defs/UpdateRec"}`},
		{"one of several", `{oneOf: [{required: [a]}, {required: [b]}]}`, `same`, `same`, `{}`},
		{"one of several beside any", `{oneOf: [{required: [a]}], anyOf: [{type: object}]}`, `same`, `same`, `{anyOf: [{type: object}]}`},
		{"one of several that need nothing", `{oneOf: [{type: string}, {type: object}]}`, `same`, `same`, `same`},
		{"a condition", `{if: {required: [a]}, then: {required: [b]}, properties: {a: {}, b: {}}}`, `same`, `same`, `{properties: {a: {}, b: {}}}`},
		{"a condition on what is gone", `{if: {required: [a]}, then: {required: [b]}, properties: {a: {readOnly: true}, b: {}}}`, `same`, `{properties: {b: {}}}`, `{properties: {b: {}}}`},
		{"dependent schemas", `{dependentSchemas: {a: {required: [b]}, c: {}}, properties: {c: {readOnly: true}}}`, `same`,
			`{dependentSchemas: {a: {required: [b]}}}`, `{}`},
		{"examples", `{examples: [{id: 1, n: {x: 1, y: 2}, l: [{x: 1}]}], properties: {id: {readOnly: true}, n: {properties: {x: {readOnly: true}}}, l: {items: {properties: {x: {readOnly: true}}}}}, required: [n, l]}`, `same`,
			`{examples: [{n: {y: 2}, l: [{}]}], properties: {n: {}, l: {items: {}}}, required: [n, l]}`,
			`{examples: [{n: {y: 2}, l: [{}]}], properties: {n: {}, l: {items: {}}}}`},
		{"mapping", `{discriminator: {propertyName: k, mapping: {a: "#/$defs/Rec", b: Rec}}, anyOf: [{$ref: "#/$defs/Rec"}]}`, `same`,
			`{discriminator: {propertyName: k, mapping: {a: "#/$defs/CreateRec", b: Rec}}, anyOf: [{$ref: "#/$defs/CreateRec"}]}`,
			`{anyOf: [{$ref: "#/$defs/UpdateRec"}]}`},
		{"booleans", `{properties: {a: true, b: false}, additionalProperties: false}`, `same`, `same`, `{properties: {a: true, b: {type: "null"}}, additionalProperties: false}`},
		{"what one branch has not", `{anyOf: [{properties: {a: {readOnly: true}, b: {}}, examples: [{a: 1, b: 2}]}]}`, `same`,
			`{anyOf: [{properties: {b: {}}, examples: [{b: 2}]}]}`, `{anyOf: [{properties: {b: {}}, examples: [{b: 2}]}]}`},
		{"what no branch has", `{properties: {a: {readOnly: true}}, anyOf: [{examples: [{a: 1, b: 2}]}]}`, `same`, `{}`, `{}`},
		{"what an allOf has not", `{allOf: [{properties: {a: {readOnly: true}}}], properties: {a: {type: [string, "null"]}}}`, `same`, `{}`, `{}`},
		{"patterns called as what is gone", `{properties: {a: {readOnly: true}}, patternProperties: {a: {type: [string, "null"]}}}`, `same`,
			`{patternProperties: {a: {type: [string, "null"]}}}`, `{patternProperties: {a: {type: [string, "null"]}}}`},
		{"patterns called as what is required", `{required: [a], properties: {a: {type: string}}, patternProperties: {a: {type: string}}}`, `same`, `same`,
			`{properties: {a: {type: string}}, patternProperties: {a: {type: [string, "null"]}}}`},
		{"a condition on the value itself", `{if: {minLength: 3}, then: {maxLength: 5}}`, `same`, `same`, `{}`},
		{"branches of a condition", `{if: {minLength: 1}, then: {properties: {a: {readOnly: true}, z: {}}}, else: {properties: {b: {readOnly: true}, c: {}}}}`, `same`,
			`{if: {minLength: 1}, then: {properties: {z: {}}}, else: {properties: {c: {}}}}`, `{}`},
		{"a default of what is gone", `{default: {a: 1, b: 2}, properties: {a: {readOnly: true}}}`, `same`, `{default: {b: 2}}`, `{}`},
		{"dependents of what is gone", `{dependentRequired: {a: [b]}, properties: {a: {readOnly: true}}}`, `same`, `{}`, `{}`},
		{"one of several that differ", `{oneOf: [{properties: {a: {readOnly: true}}}, {type: string}]}`, `same`, `{}`, `{}`},
		{"what is not evaluated", `{unevaluatedProperties: {type: integer}, unevaluatedItems: {properties: {x: {readOnly: true}}}, contains: {properties: {x: {readOnly: true}}}}`, `same`,
			`{unevaluatedProperties: {type: integer}, unevaluatedItems: {}}`,
			`{unevaluatedProperties: {type: [integer, "null"]}, unevaluatedItems: {}}`},
		{"a property called $ref", `{properties: {$ref: {type: string}, required: {readOnly: true}}}`, `same`, `{properties: {$ref: {type: string}}}`, `{properties: {$ref: {type: [string, "null"]}}}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			forms := schema.NewForms(components(t, shared))
			in := read(t, test.in)
			for form, want := range map[schema.Form]string{schema.Read: test.read, schema.Create: test.create, schema.Update: test.update} {
				got := forms.Of(in, form, "", twinName)
				if want == "same" {
					want = test.in
					if got != in {
						t.Errorf("form %s is a copy", form)
					}
				}
				same(t, got, want)
			}
			same(t, in, test.in)
		})
	}
}

// What a branch of the schema may take away cannot be required.
func TestFormsRequireNoMoreThanBranchesHave(t *testing.T) {
	gone := `{properties: {a: {readOnly: true}}}`
	for _, branch := range []string{
		`allOf: [` + gone + `]`, `anyOf: [` + gone + `]`, `oneOf: [` + gone + `]`, `if: ` + gone, `if: {}, then: ` + gone, `if: {}, else: ` + gone, `dependentSchemas: {b: ` + gone + `}`,
	} {
		got := schema.NewForms(nil).Of(read(t, `{required: [a, b], `+branch+`}`), schema.Create, "", nil)
		same(t, got.Get("required"), `[b]`)
	}
}

// A schema does not know the key of its resource, so that one to replace is one to create.
func TestFormsToReplace(t *testing.T) {
	forms := schema.NewForms(components(t, `Rec: {properties: {id: {readOnly: true}}, default: {id: 1}}`))
	in := read(t, `{properties: {a: {readOnly: true}, b: {writeOnly: true}, c: {$ref: "#/$defs/Rec"}}, required: [b]}`)
	same(t, forms.Of(in, schema.Replace, "", twinName), `{properties: {b: {writeOnly: true}, c: {$ref: "#/$defs/CreateRec"}}, required: [b]}`)
	same(t, forms.Of(in, schema.Create, "", nil), `{properties: {b: {writeOnly: true}, c: {$ref: "#/$defs/Rec"}}, required: [b]}`)
}

func TestFormsDiffer(t *testing.T) {
	forms := schema.NewForms(components(t, `
Plain: {type: object, properties: {a: {type: [string, "null"]}}}
Both: {properties: {a: {readOnly: true, writeOnly: true}}}
Secret: {properties: {a: {type: [string, "null"], writeOnly: true}}}
A: {properties: {b: {$ref: "#/$defs/B"}}, required: [b]}
B: {type: object, properties: {c: {$ref: "#/$defs/C"}}, required: [c]}
C: {type: object, properties: {a: {$ref: "#/$defs/A"}, x: {readOnly: true, type: string}}, required: [a]}
Loop: {properties: {next: {$ref: "#/$defs/Loop"}}, type: [object, "null"]}
List: {type: array, items: {$ref: "#/$defs/Named"}}
Named: {type: object, properties: {n: {type: [string, "null"]}}, required: [n]}
Alias: {$ref: "#/$defs/Named", description: d}
Ghost: {$ref: "#/$defs/Nobody"}
Self: {$ref: "#/$defs/Self"}
`))
	want := "Both - -, Secret Create Update, A Create Update, B Create Update, C Create Update, Loop - -, List - -, Named - Update, Alias - Update, Ghost - -, Self - -, Plain - -"
	var got []string
	for _, name := range strings.Split("Both Secret A B C Loop List Named Alias Ghost Self Plain", " ") {
		line := name
		for _, form := range []schema.Form{schema.Create, schema.Update} {
			if forms.Differs(name, form) {
				line += " " + formNames[form]
			} else {
				line += " -"
			}
		}
		got = append(got, line)
	}
	if text := strings.Join(got, ", "); text != want {
		t.Errorf("\n got %s\nwant %s", text, want)
	}
}

// A component that is said to be the same in a form is the same, and no reference leads to nowhere.
func TestFormsAgree(t *testing.T) {
	list := components(t, `
A: {type: object, properties: {b: {$ref: "#/$defs/B"}, c: {type: array, items: {$ref: "#/$defs/C"}}}}
B: {oneOf: [{$ref: "#/$defs/C"}, {$ref: "#/$defs/D"}]}
C: {properties: {x: {type: string}}, required: [x]}
D: {properties: {y: {readOnly: true}}, if: {$ref: "#/$defs/A"}, then: {title: t}}
E: {anyOf: [{$ref: "#/$defs/E"}, {type: "null"}]}
`)
	forms := schema.NewForms(list)
	for _, c := range list {
		for form := range formNames {
			got := forms.Of(c.Schema, form, "", twinName)
			if forms.Differs(c.Name, form) == got.Equal(forms.Of(c.Schema, schema.Read, "", twinName)) {
				t.Errorf("%s in form %s: Differs is wrong about %s", c.Name, form, json(got))
			}
			for _, ref := range schema.Refs(got) {
				base := strings.TrimPrefix(strings.TrimPrefix(ref, "Create"), "Update")
				if forms.Component(base) == nil {
					t.Errorf("%s refers to %s", c.Name, ref)
				}
			}
		}
	}
}

func BenchmarkForms(b *testing.B) {
	var text strings.Builder
	for i := range 500 {
		fmt.Fprintf(&text, "R%d: {type: object, required: [p1], properties: {id: {type: string, readOnly: true}, other: {$ref: '#/$defs/R%d'}", i, (i+1)%500)
		for p := range 18 {
			fmt.Fprintf(&text, ", p%d: {type: string, description: some text, maxLength: 20}", p)
		}
		text.WriteString("}}\n")
	}
	list := components(b, text.String())
	b.ReportAllocs()
	for b.Loop() {
		forms := schema.NewForms(list)
		for _, c := range list {
			for _, form := range []schema.Form{schema.Read, schema.Create, schema.Update} {
				schema.Write(forms.Of(c.Schema, form, "", twinName), schema.Draft7, "#/components/schemas/", nil)
			}
		}
	}
}

func BenchmarkNormalise(b *testing.B) {
	in := read(b, `{type: object, properties: {a: {type: string, pattern: '^[A-Z]{2}\d+$'}, b: {type: integer, nullable: true}, c: {enum: [a, b, c]}}}`)
	for b.Loop() {
		var problems value.Problems
		schema.Check(in, schema.Resource, &problems)
		schema.Normalise(in, schema.Resource, nil)
	}
}
