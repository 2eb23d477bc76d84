package definition

// Selection names the resources of a run.
type Selection struct {
	Include []Choice // those to take; all where empty
	Exclude []Choice // those to leave out
}

// Access is how files are reached.
type Access struct {
	Read     func(path string) ([]byte, error)
	List     func(folder string) []string      // the files of a folder, by name; nil: no file has neighbours
	Peek     func(path string) ([]byte, error) // as Read, for a file that may turn out to be of no use
	MayRefer func(from, to string) error       // why a file may not refer to another one; nil: any may
}

// Load reads the definitions at paths, and the files that they refer to, through access, and returns those that the
// selection includes, with the schemas that they name. Paths have forward slashes; a reference is relative to the file
// that contains it, or names the identity of a schema there or, if references to it are allowed, in a file in the same
// folder. If a problem is an error the Set is nil. The problems are sorted.
func Load(access Access, selection Selection, paths ...string) (*Set, Problems) {
	var problems Problems
	l := &loader{Access: access, problems: &problems, ofFiles: &problems, files: map[string]*file{}, besides: map[string]*file{}, listed: map[string][]string{}}
	definitions := l.definitions(paths)
	c := &checker{problems: &problems}
	for _, d := range definitions {
		c.definition(d)
	}
	s := newSet(l, c)
	s.known = definitions
	s.Selected = selection.of(definitions, &problems)
	s.define(s.Selected)
	if problems = problems.Gathered(); problems.HasErrors() {
		return nil, problems
	}
	return s, problems
}
