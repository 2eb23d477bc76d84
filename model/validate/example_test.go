package validate_test

import (
	"fmt"

	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

func ExampleValidator_Check() {
	var problems value.Problems
	schema := value.Parse("schema.yaml", []byte(`
type: object
required: [title, author]
properties:
  title: {type: string, minLength: 1}
  author: {type: string}
  pages: {type: integer, minimum: 1}
additionalProperties: false
`), &problems)[0]
	body := value.Parse("body.json", []byte(`{"title": "", "pages": 0, "color": "red"}`), &problems)[0]

	validator := validate.New(func(string) *value.Value { return nil })
	for _, fault := range validator.Check(schema, body) {
		fmt.Printf("%s %s\n", fault.Pointer, fault.Detail)
	}
	// Output:
	// /title must not be empty
	// /pages must be at least 1
	// /color is not an allowed property
	// /author is required
}
