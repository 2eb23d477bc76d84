package example_test

import (
	"testing"

	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/value"
)

// Optional members by which tools would take an example for a schema are left out, where its schema accepts that.
func TestExamplesThatLookLikeSchemas(t *testing.T) {
	const properties = `"properties": {"type": {"const": "text"}, "default": {"const": "x"}, "a": {"const": 1}}`
	for schema, want := range map[string]string{
		`{"type": "object", ` + properties + `}`:                                        `{"type":"text","a":1}`,
		`{"type": "object", "required": ["type"], ` + properties + `}`:                  `{"type":"text","a":1}`,
		`{"type": "object", "required": ["default"], ` + properties + `}`:               `{"default":"x","a":1}`,
		`{"type": "object", "required": ["type", "default"], ` + properties + `}`:       `{"type":"text","default":"x","a":1}`,
		`{"type": "object", "minProperties": 3, ` + properties + `}`:                    `{"type":"text","default":"x","a":1}`,
		`{"type": "object", "properties": {"b": {"const": {"type": 1, "default": 2}}}}`: `{"b":{"type":1,"default":2}}`,
	} {
		var problems value.Problems
		parsed := value.Parse("x.json", []byte(schema), &problems)
		maker := example.New(func(string) *value.Value { return nil })
		made, ok := maker.ExampleOf("thing", parsed[0])
		if got := string(made.AppendJSON(nil, "")); !ok || got != want {
			t.Errorf("%s: %s, want %s", schema, got, want)
		}
	}
}
