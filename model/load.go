package model

import "github.com/firestoned/firestone/model/definition"

// Options are what a run says of the API beside its definitions; what is empty comes from the definitions.
type Options struct {
	Title, Description, Version string
	Facts                       Facts    // go before what definitions say
	Include                     []Choice // the resources to take; all where empty
	Exclude                     []Choice // those to leave out
}

// Choice is the name of a resource that a run takes or leaves out: its kind, singular or plural, and where that is
// written.
type Choice = definition.Choice

// DefinitionSchema is the JSON Schema (draft 7, which editors know best) of a resource definition.
var DefinitionSchema = definition.JSONSchema

// Load reads the definitions at paths, and the files that they refer to, through read, and returns what
// they say. Paths have forward slashes; a reference is relative to the file that holds it. The problems
// are sorted by place; where one of them is an error the API is nil.
func Load(read func(path string) ([]byte, error), options Options, paths ...string) (*API, Problems) {
	set, problems := definition.Load(read, definition.Selection{Include: options.Include, Exclude: options.Exclude}, paths...)
	if set == nil {
		return nil, problems.Sorted()
	}
	api := build(set, options, &problems)
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	return api, problems.Sorted()
}
