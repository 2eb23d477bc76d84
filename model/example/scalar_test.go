package example

import (
	"testing"

	"github.com/firestoned/firestone/model/value"
)

func TestIsScalar(t *testing.T) {
	for text, want := range map[string]bool{
		"{type: string}": true, "{type: [string, 'null'], enum: [a], examples: [b], maxLength: 3}": true, "{type: integer, default: 1, readOnly: true}": true,
		"{}": false, "true": false, "{type: array}": false, "{type: [string, object]}": false, "{enum: [a]}": false, "{type: string, $ref: '#/$defs/A'}": false,
		"{type: string, anyOf: [{minLength: 1}]}": false, "{type: string, not: {const: a}}": false, "{type: integer, x-range: [1, 2]}": false,
	} {
		var problems value.Problems
		if v := value.Parse("f", []byte(text), &problems)[0]; isScalar(v) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}

// TestScalarsAreMadeOnce guards that a maker gives the same example of a scalar again, and what any other maker gives.
func TestScalarsAreMadeOnce(t *testing.T) {
	var problems value.Problems
	text := "{type: object, properties: {email: {type: string}, code: {type: string, pattern: '^[a-c]{3}[0-9]$'}, none: {type: integer, minimum: 2, maximum: 1}, list: {type: array, items: {type: number}}}}"
	schema := value.Parse("f", []byte(text), &problems)[0]
	maker := New(none)
	first, _ := maker.ExampleOf("", schema)
	again, _ := maker.ExampleOf("", schema)
	for _, m := range first.Members {
		if isScalar(schema.Get("properties").Get(m.Name)) && again.Get(m.Name) != m.Value {
			t.Errorf("%s is made twice", m.Name)
		}
	}
	other, _ := New(none).ExampleOf("", schema)
	if len(first.Members) != 3 || !again.Equal(first) || !other.Equal(first) {
		t.Errorf("got %s, %s and %s", first.AppendJSON(nil, ""), again.AppendJSON(nil, ""), other.AppendJSON(nil, ""))
	}
	email := schema.Get("properties").Get("email")
	if one, _ := maker.ExampleOf("email", email); one != first.Get("email") {
		t.Error("a property on its own is made again")
	}
	if one, _ := maker.ExampleOf("color", email); one == first.Get("email") {
		t.Error("the name does not count")
	}
}
