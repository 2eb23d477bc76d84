package validate

import (
	"testing"

	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

// A book that a client creates, with its schema.
const (
	bookSchema = `{type: object, additionalProperties: false, required: [title, author, isbn], properties: {
 title: {type: string, minLength: 1, maxLength: 200}, isbn: {type: string, pattern: '^97[89]-\d-\d{2}-\d{6}-\d$'},
 author: {$ref: '#/$defs/Author'}, published: {type: string, format: date}, pages: {type: integer, minimum: 1, maximum: 100000},
 price: {type: number, multipleOf: 0.01, minimum: 0}, tags: {type: array, items: {type: string}, uniqueItems: true, maxItems: 20},
 language: {enum: [en, de, fr]}, cover: {anyOf: [{type: string, format: uri}, {type: 'null'}]}}}`
	bookComponents = `{Author: {type: object, required: [name], properties: {name: {type: string}, email: {type: string, format: email}}}}`
	book           = `{title: The Trial, isbn: 978-3-16-148410-0, author: {name: Franz Kafka, email: franz@example.com}, published: '1925-04-26',
 pages: 255, price: 9.99, tags: [novel, classic, german], language: de, cover: null}`
	faultyBook = `{title: '', isbn: 978-3-16-148410-0, author: {email: franz@}, published: '1925-04-31', pages: 255, price: 9.999, language: it}`
)

func benchmark(b *testing.B, data string, run func(v *Validator, schema, data *value.Value)) {
	schema, components, of := validatetest.Parse(b, bookSchema), validatetest.Parse(b, bookComponents), validatetest.Parse(b, data)
	validator := New(components.Get)
	b.ReportAllocs()
	for b.Loop() {
		run(validator, schema, of)
	}
}

func BenchmarkIsValid(b *testing.B) {
	benchmark(b, book, func(v *Validator, schema, data *value.Value) { v.IsValid(schema, data) })
}

func BenchmarkIsPortable(b *testing.B) {
	benchmark(b, book, func(v *Validator, schema, data *value.Value) { v.IsPortable(schema, data) })
}

func BenchmarkCheck(b *testing.B) {
	benchmark(b, book, func(v *Validator, schema, data *value.Value) { v.Check(schema, data) })
}

func BenchmarkCheckFaulty(b *testing.B) {
	benchmark(b, faultyBook, func(v *Validator, schema, data *value.Value) { v.Check(schema, data) })
}
