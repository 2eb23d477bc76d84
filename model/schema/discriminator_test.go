package schema_test

import (
	"testing"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

func TestBranches(t *testing.T) {
	const card, iban = `{title: Card, properties: {method: {const: card}, number: {}}, required: [method]}`, `{properties: {method: {enum: [iban, sepa]}}, required: [method]}`
	for _, test := range []struct{ name, in, want, refused string }{
		{"in place", `{properties: {payment: {discriminator: {propertyName: method}, oneOf: [` + card + `, ` + iban + `]}}}`,
			`{properties: {payment: {discriminator: {propertyName: method, mapping: {card: "#/$defs/payment card", iban: "#/$defs/payment iban", sepa: "#/$defs/payment iban"}},
			oneOf: [{$ref: "#/$defs/payment card"}, {$ref: "#/$defs/payment iban"}]}}}`, ""},
		{"referred to", `{discriminator: {propertyName: k, mapping: {b: b}}, anyOf: [{$ref: "#/$defs/A"}, {$ref: "#/$defs/B"}]}`,
			`{discriminator: {propertyName: k, mapping: {a: "#/$defs/A", b: "#/$defs/B"}}, anyOf: [{$ref: "#/$defs/A"}, {$ref: "#/$defs/B"}]}`, ""},
		{"with a base", `{discriminator: {propertyName: k}, oneOf: [{$ref: "#/$defs/A"}], properties: {n: {}}}`,
			`{discriminator: {propertyName: k, mapping: {a: "#/$defs/Owner a"}}, oneOf: [{$ref: "#/$defs/Owner a"}], properties: {n: {}}}`, ""},
		{"closed", `{discriminator: {propertyName: k}, oneOf: [{$ref: "#/$defs/A"}], unevaluatedProperties: false}`,
			`{discriminator: {propertyName: k, mapping: {a: "#/$defs/Owner a"}}, oneOf: [{$ref: "#/$defs/Owner a"}]}`, ""},
		{"or null", `{discriminator: {propertyName: k}, oneOf: [{$ref: "#/$defs/A"}, {type: "null"}], description: d}`,
			`{anyOf: [{discriminator: {propertyName: k, mapping: {a: "#/$defs/A"}}, oneOf: [{$ref: "#/$defs/A"}]}, {type: "null"}], description: d}`, ""},
		{"without values", `{discriminator: {propertyName: k}, oneOf: [{$ref: "#/$defs/B"}, {required: [k], title: T}, {required: [k]}]}`,
			`{discriminator: {propertyName: k, mapping: {B: "#/$defs/B", Owner T: "#/$defs/Owner T", Owner option 3: "#/$defs/Owner option 3"}},
			oneOf: [{$ref: "#/$defs/B"}, {$ref: "#/$defs/Owner T"}, {$ref: "#/$defs/Owner option 3"}]}`, ""},
		{"not required", `{discriminator: {propertyName: k}, oneOf: [{$ref: "#/$defs/A"}, {properties: {k: {const: x}}}]}`, `same`, "is not required in every schema that it chooses from"},
		{"not apart", `{discriminator: {propertyName: k}, oneOf: [{$ref: "#/$defs/A"}, {properties: {k: {const: a}}, required: [k]}]}`, `same`, "has the value a in several of the schemas that it chooses from"},
		{"a parent", `{discriminator: {propertyName: k}, properties: {k: {}}}`, `same`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			refused := ""
			components := map[string]*value.Value{
				"A": read(t, `{allOf: [{properties: {k: {const: a}}}], required: [k]}`), "B": read(t, `{required: [k]}`),
			}
			got := schema.Branches{
				Component: func(name string) *value.Value { return components[name] },
				Add: func(owner, label string, branch *value.Value) string {
					components[owner+" "+label] = branch
					return owner + " " + label
				},
				Refuse: func(_ *value.Value, reason string) { refused = reason },
			}.Name(read(t, test.in), "Owner")
			same(t, got, pick(test.want, test.in, "", ""))
			if refused != test.refused {
				t.Errorf("refused because it %s, want %q", refused, test.refused)
			}
			switch test.name {
			case "with a base":
				same(t, components["Owner a"], `{allOf: [{$ref: "#/$defs/A"}, {properties: {n: {}}}]}`)
			case "closed":
				same(t, components["Owner a"], `{allOf: [{$ref: "#/$defs/A"}], unevaluatedProperties: false}`)
			}
		})
	}
}
