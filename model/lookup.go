package model

import "github.com/firestoned/firestone/model/schema"

// Lookup returns a function that finds the schema of one of the API's components by its name, of Problem too, and returns
// nil where there is none: what validators and makers of examples need to follow references.
func Lookup(api *API) func(name string) *Value {
	schemas := map[string]*Value{}
	for _, c := range api.Components {
		schemas[c.Name] = c.Schema
	}
	if api.Problem != nil {
		schemas[api.Problem.Name] = api.Problem.Schema
	}
	return func(name string) *Value { return schemas[name] }
}

// Wholes returns the schemas that the forms of the API's components derive from, each once, as a schema.Projector needs
// them.
func Wholes(api *API) []schema.Component {
	var wholes []schema.Component
	seen := map[string]bool{}
	for _, c := range api.Components {
		if !seen[c.Base] {
			seen[c.Base] = true
			wholes = append(wholes, schema.Component{Name: c.Base, Schema: c.Whole})
		}
	}
	return wholes
}
