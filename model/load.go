package model

import "github.com/firestoned/firestone/model/definition"

// Options are the facts about the API that do not come from its definitions; definitions supply the empty ones.
type Options struct {
	Title, Description, Version string
	Facts                       Facts    // go before what definitions say
	Include                     []Choice // the resources to take; all where empty
	Exclude                     []Choice // those to leave out

	// MayRefer returns why a file may not refer to another, as a Problem without a position. If nil, files may refer to
	// any other; those that are loaded anyway may always be referred to.
	MayRefer func(from, to string) error

	// List returns the names of the files in a folder, and Peek reads one of them: a reference may use the identity
	// that a file in the same folder declares. Files found this way are read again by the function that reads
	// definitions. If either is nil, nothing is found.
	List func(folder string) []string
	Peek func(path string) ([]byte, error)
}

// Choice is the name of a resource that a run takes or leaves out: its kind, singular or plural, and where that is
// written.
type Choice = definition.Choice

// DefinitionSchema is the JSON Schema (draft 7, which editors know best) of a resource definition.
var DefinitionSchema = definition.JSONSchema

// Load reads the definitions at paths, and the files that they refer to, through read, and returns the API that they
// describe. Paths have forward slashes; a reference is relative to the file that holds it. If read fails with a
// Problem, it is reported at the file, or at the reference to it. The problems are sorted by position; if one of them
// is an error the API is nil.
func Load(read func(path string) ([]byte, error), options Options, paths ...string) (*API, Problems) {
	access := definition.Access{Read: read, List: options.List, Peek: options.Peek, MayRefer: options.MayRefer}
	set, problems := definition.Load(access, definition.Selection{Include: options.Include, Exclude: options.Exclude}, paths...)
	if set == nil {
		return nil, problems.Sorted()
	}
	api := build(set, options, &problems)
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	return api, problems.Sorted()
}
