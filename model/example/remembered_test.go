package example

import (
	"testing"

	"github.com/firestoned/firestone/model/value"
)

func TestIsAlone(t *testing.T) {
	for text, want := range map[string]bool{
		"{type: string}": true, "{}": true, "true": true, "{type: array, items: {type: string}}": true, "{enum: [a, [b]]}": true,
		"{type: object, properties: {a: {anyOf: [{}, {minimum: 1}]}}}": true,
		"{type: string, $ref: '#/$defs/A'}":                            false, "{items: {$ref: '#/$defs/A'}}": false, "{anyOf: [{}, {$ref: '#/$defs/A'}]}": false,
		"{items: {items: {items: {items: {}}}}}": true, "{items: {items: {items: {items: {items: {items: {items: {items: {}}}}}}}}}": false,
	} {
		var problems value.Problems
		if v := value.Parse("f", []byte(text), &problems)[0]; isAlone(v, flatLevels) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}

// A maker gives the same example of a schema again, and what any other maker gives.
func TestExamplesAreMadeOnce(t *testing.T) {
	var problems value.Problems
	text := "{type: object, properties: {email: {type: string}, code: {type: string, pattern: '^[a-c]{3}[0-9]$'}, none: {type: integer, minimum: 2, maximum: 1}, list: {type: array, items: {type: number}}}}"
	schema := value.Parse("f", []byte(text), &problems)[0]
	maker := New(none)
	first, _ := maker.ExampleOf("", schema)
	again, _ := maker.ExampleOf("", schema)
	for _, m := range first.Members {
		if again.Get(m.Name) != m.Value {
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
