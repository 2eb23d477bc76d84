package example

import (
	"fmt"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

// BenchmarkExamples makes the examples of 100 resources: four object schemas each, of 20 properties.
func BenchmarkExamples(b *testing.B) {
	kinds := []string{
		`{type: string}`, `{type: string, minLength: 2, maxLength: 40}`, `{type: string, format: date-time}`,
		`{type: integer, minimum: 10, maximum: 99}`, `{type: number, multipleOf: 0.01}`, `{type: boolean}`,
		`{type: string, enum: [red, green, blue]}`, `{type: array, items: {type: string}, uniqueItems: true}`,
		`{type: object, properties: {name: {type: string}}, required: [name]}`, `{type: string, pattern: '^[A-Z]{3}-\d+$'}`,
	}
	schema := value.Object(value.NewMember("type", value.String("object")), value.NewMember("properties", value.Object()),
		value.NewMember("required", value.Strings("property_0", "property_3")))
	for i := range 20 {
		schema.Get("properties").Set(fmt.Sprintf("property_%d", i), read(b, kinds[i%len(kinds)]))
	}
	b.ReportAllocs()
	for b.Loop() {
		m := New(func(string) *value.Value { return nil })
		for range 400 {
			if _, ok := m.ExampleOf("", schema); !ok {
				b.Fatal("no example")
			}
		}
	}
}
