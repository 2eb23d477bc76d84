package definition

// Selection names the resources of a run.
type Selection struct {
	Include []Choice // those to take; all where empty
	Exclude []Choice // those to leave out
}

// Load reads the definitions at paths, and the files that they refer to, through read, and returns those that the
// selection takes, with the schemas that they name. Paths have forward slashes; a reference is relative to the file
// that holds it, and is followed where mayRefer, unless it is nil, has no error for the two files. Where a problem is an error the Set is nil. The problems are not sorted.
func Load(read func(path string) ([]byte, error), mayRefer func(from, to string) error, selection Selection, paths ...string) (*Set, Problems) {
	var problems Problems
	l := &loader{read: read, mayRefer: mayRefer, problems: &problems, ofFiles: &problems, files: map[string]*file{}}
	definitions := l.definitions(paths)
	c := &checker{problems: &problems}
	for _, d := range definitions {
		c.definition(d)
	}
	s := newSet(l, c)
	s.known = definitions
	s.Selected = selection.of(definitions, &problems)
	s.define(s.Selected)
	if problems.HasErrors() {
		return nil, problems
	}
	return s, problems
}
