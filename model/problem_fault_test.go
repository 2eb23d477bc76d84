package model

import (
	"testing"

	"github.com/firestoned/firestone/model/example"
)

// errorsOf lists the faults in the examples of an API's problems.
func errorsOf(t *testing.T, api *API) []string {
	t.Helper()
	maker := example.New(func(string) *Value { return nil })
	var list []string
	for _, r := range api.Responses {
		if !r.IsProblem {
			continue
		}
		if !maker.IsValid(api.Problem.Schema, r.Body.Example) {
			t.Errorf("the schema of problems refuses the example of %s: %s", r.Status, r.Body.Example.AppendJSON(nil, ""))
		}
		if faults := r.Body.Example.Get("errors"); faults != nil {
			list = append(list, r.Status+" "+string(faults.AppendJSON(nil, "")))
		}
	}
	return list
}

func TestFaultsInExamplesOfProblems(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{`
methods: {resource: [get, post, patch], instance: [get]}
schema:
  type: array
  key: {name: code/1}
  query_params: [{name: q}, {name: limit, schema: {type: integer}}]
  items: {type: object, properties: {code/1: {type: string}, any: {}, title: {type: [string, "null"]}}}`, []string{
			`400 [{"parameter":"limit","detail":"Expected an integer."}]`,
			`409 [{"pointer":"/code~11","detail":"Another book has this key."}]`,
			`422 [{"pointer":"/code~11","detail":"Expected a string."}]`,
		}},
		{`
methods: {resource: [get, post], instance: []}
schema:
  type: array
  key: {name: id}
  query_params: [{name: code, schema: {type: string, pattern: "^[a-z]+$"}}, {name: since, schema: {type: string, format: date}}, {name: limit, schema: {type: integer}}]
  items: {type: object, properties: {title: {type: string, minLength: 1}}}`, []string{
			`400 [{"parameter":"since","detail":"Expected a date."}]`,
			`422 [{"pointer":"/title","detail":"Expected at least 1 character."}]`,
		}},
		{`
methods: {resource: [get, post], instance: []}
schema: {type: array, key: {name: id}, query_params: [{name: title, schema: {type: string, minLength: 3}}], items: {type: object, properties: {cover: {type: string, format: uri}}}}`, []string{
			`400 [{"parameter":"title","detail":"Expected at least 3 characters."}]`,
			`422 [{"pointer":"/cover","detail":"Expected a URI."}]`,
		}},
		{`
methods: {resource: [patch], instance: []}
schema: {type: array, key: {name: id}, items: {type: object, properties: {genre: {enum: [crime, drama]}}}}`, []string{
			`409 [{"pointer":"/0/id","detail":"There is no book with this key."}]`,
			`422 [{"pointer":"/0/genre","detail":"Expected one of crime, drama."}]`,
		}},
		{`
methods: {resource: [post], instance: [delete]}
schema: {type: array, key: {name: id}, items: {type: object, properties: {any: {}}}}`, []string{
			`422 [{"pointer":"","detail":"Expected an object."}]`,
		}},
		{`
methods: {resource: [], instance: [], instance_attrs: [put]}
schema: {type: array, key: {name: id}, items: {type: object, properties: {any: {}, sold: {type: boolean}}}}`, []string{
			`422 [{"pointer":"","detail":"This value is not valid."}]`,
		}},
	} {
		same(t, errorsOf(t, mustLoad(t, "kind: book"+test.text)), test.want)
	}
}

// A fault says what is wrong, and either where in the content or with which parameter.
func TestSchemaOfFaults(t *testing.T) {
	problem := mustLoad(t, "kind: book\nschema: {type: array, key: {name: id}, items: {type: object}}\n").Problem
	maker := example.New(func(string) *Value { return nil })
	for fault, want := range map[string]bool{
		`{pointer: /title, detail: Expected a string.}`:    true,
		`{pointer: "", detail: Expected an object.}`:       true,
		`{parameter: limit, detail: Expected an integer.}`: true,
		`{detail: Wrong.}`:  false,
		`{pointer: /title}`: false,
		`{pointer: /title, parameter: limit, detail: Both}`: false,
		`{pointer: title, detail: No pointer.}`:             false,
	} {
		if got := maker.IsValid(problem.Schema, parsed(t, "{title: Bad Request, status: 400, errors: ["+fault+"]}")); got != want {
			t.Errorf("%s: accepted is %v, want %v", fault, got, want)
		}
	}
}
