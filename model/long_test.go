package model

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// What a schema lists is read in time that grows with the length of the list: each takes a fraction of a second, and where
// each value is compared with each, minutes. With -short, lists and limit are a fifth.
func TestLongListsTakeLinearTime(t *testing.T) {
	limit, part := 10*time.Second, 1
	if testing.Short() {
		limit, part = limit/5, 5
	}
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n / part {
			fmt.Fprintf(&b, format+",\n", i)
		}
		return strings.TrimSuffix(b.String(), ",\n")
	}
	list := func(format string) string { return many(20_000, format) }
	branches := func(format string) string { return many(2_000, format) }
	for name, schema := range map[string]string{
		"strings":            `{enum: [` + many(100_000, "w%d") + `]}`,
		"nullable strings":   `{type: [string, "null"], enum: [` + list("w%d") + `, null]}`,
		"integers":           `{enum: [` + list("%d") + `]}`,
		"numbers":            `{type: number, enum: [` + list("%d.50") + `]}`,
		"numbers of floats":  `{enum: [` + list("1.0000000000000000%d") + `]}`,
		"objects":            `{enum: [` + list("{a: %d, b: {}}") + `]}`,
		"lists":              `{enum: [` + list("[%d, x]") + `]}`,
		"examples":           `{enum: [` + list("w%d") + `], examples: [` + list("w%d") + `]}`,
		"a default of many":  `{type: array, items: {enum: [` + list("%d") + `]}, default: [` + list("%d") + `]}`,
		"one of constants":   `{oneOf: [` + list("{const: w%d}") + `]}`,
		"dependent names":    `{type: object, properties: {` + many(10_000, "w%d: {const: 1}") + `}, dependentRequired: {` + many(10_000, "w%d: [w1, w2]") + `}}`,
		"a long expression":  `{type: string, pattern: "^(` + strings.ReplaceAll(list("w%d"), ",\n", "|") + `)$"}`,
		"names of a pattern": `{type: object, propertyNames: {enum: [` + list("w%d") + `]}, additionalProperties: {}}`,
		"alternatives":       `{oneOf: [` + branches("{type: object, required: [t], properties: {t: {const: p%d}, o: {type: object, properties: {a: {}}}}}") + `]}`,
		"closed branches":    `{oneOf: [` + branches("{type: object, properties: {w%d: {type: string}}, additionalProperties: false}") + `]}`,
		"marked branches":    `{oneOf: [` + branches("{type: object, required: [t], properties: {t: {const: p%d}, o: {properties: {a: {readOnly: true}}}}}") + `]}`,
		"a discriminator": `{oneOf: [` + branches("{type: object, required: [t], properties: {t: {const: p%d}}}") +
			`], discriminator: {propertyName: t}}`,
		"a mapping": `{oneOf: [` + branches("{$ref: '#/x-parts/p%d'}") + `], discriminator: {propertyName: t, mapping: {` +
			branches("m%[1]d: '#/x-parts/p%[1]d'") + `}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			parts := ""
			if strings.Contains(schema, "x-parts") {
				parts = branches("p%d: {type: object, required: [t], properties: {t: {type: string}}}")
			}
			mustLoad(t, "kind: thing\nschema: {key: {name: id}, items: {properties: {code: "+schema+"}}}\nx-parts: {"+parts+"}\n")
			if took := time.Since(start); took > limit {
				t.Errorf("they take %s", took)
			}
		})
	}
}
