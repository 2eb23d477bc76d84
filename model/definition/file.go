package definition

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"sync"

	"github.com/firestoned/firestone/model/recognise"
	"github.com/firestoned/firestone/model/value"
)

// loader keeps each file that was read, by its clean path, so that a reference finds the values that a
// definition holds however it spells the file's name.
type loader struct {
	Access
	problems *Problems
	ofFiles  *Problems // those of syntax, which are reported even where a reference is followed quietly
	files    map[string]*file
	besides  map[string]*file    // those that were looked into for identities
	listed   map[string][]string // their names, by folder
	peeked   int                 // how many bytes of them were read
}

// file is a file with its documents.
type file struct {
	path      string
	isNamed   bool // it is one of the definitions, not only referred to
	documents []*document
	problems  Problems
	err       error
}

// document is one YAML document of a file. References without a file name start at its root.
type document struct {
	file       string
	Root       *Value
	definition *Definition // what the root defines; nil until it is asked for, and where it defines nothing

	main       *resource            // the document itself; nil until its schemas are entered
	within     map[*Value]*resource // to which schemas and references belong
	identities map[string]*resource // by URI
	doubtful   []func()             // name what may not mean to have the name
}

// definitions reads the files and returns a definition for each of their documents.
func (l *loader) definitions(paths []string) []*Definition {
	l.parse(paths)
	var definitions []*Definition
	for _, p := range paths {
		f := l.files[path.Clean(p)]
		*l.problems = append(*l.problems, f.problems...)
		switch {
		case f.err != nil:
			kind, cause, hint := reason(f.err)
			l.problems.Add(kind, Pos{File: p}, hint, "%s", cause)
		case len(f.documents) == 0 && !f.problems.HasErrors():
			l.problems.Add(value.EmptyFile, Pos{File: p, Line: 1, Col: 1}, "a definition needs at least kind and schema", "the file is empty")
		}
		for _, doc := range f.documents {
			if doc.definition == nil {
				doc.indent(l.problems)
			}
			definitions = append(definitions, doc.define())
		}
	}
	return definitions
}

// parse reads all files at once, on every processor; what they say does not depend on which is first.
func (l *loader) parse(paths []string) {
	var group sync.WaitGroup
	running := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, p := range paths {
		if l.files[path.Clean(p)] != nil {
			continue
		}
		f := &file{path: p, isNamed: true}
		l.files[path.Clean(p)] = f
		group.Go(func() {
			running <- struct{}{}
			defer func() { <-running }()
			f.parse(l.Read)
		})
	}
	group.Wait()
}

// open returns the file at the clean path, read if this is the first time that it is asked for. Problems of
// syntax are reported once.
func (l *loader) open(p string) *file {
	f := l.files[p]
	if f == nil {
		f = &file{path: p}
		f.parse(l.Read)
		l.files[p] = f
		*l.ofFiles = append(*l.ofFiles, f.problems...)
	}
	return f
}

// isForeign reports whether a file that was read holds no definition, and so is other people's.
func (l *loader) isForeign(p string) bool {
	f := l.files[p]
	return f != nil && !f.isNamed && !slices.ContainsFunc(f.documents, (*document).isDefinition)
}

func (f *file) parse(read func(path string) ([]byte, error)) {
	data, err := read(f.path)
	if err != nil {
		f.err = err
		return
	}
	for _, root := range value.ParseInput(f.path, data, &f.problems) {
		f.documents = append(f.documents, &document{file: f.path, Root: root})
	}
	if f.isNamed {
		f.recognise(data)
	}
}

// recognise reports a file that is something else than definitions, as one problem, or else the documents in it that are.
func (f *file) recognise(text []byte) {
	top := Pos{File: f.path, Line: 1, Col: 1}
	hasParts := func(doc *document) bool { return doc.Root.Is(value.KindObject) || doc.Root.Is(value.KindArray) }
	if f.problems.HasErrors() || len(f.documents) > 0 && !slices.ContainsFunc(f.documents, hasParts) {
		if find, ok := recognise.Text(f.path, text); ok {
			f.documents, f.problems = nil, nil
			f.problems.Add(value.OtherFile, top, find.Hint, "%s", find.Msg)
			return
		}
	}
	var finds Problems
	for _, doc := range f.documents {
		if isEnveloped(doc.Root) {
			continue
		}
		find, ok := recognise.Document(f.path, doc.Root, definitionKeys)
		if !ok && !f.problems.HasErrors() {
			find, ok = recognise.Stranger(f.path, doc.Root, definitionKeys)
		}
		if ok {
			finds.Add(value.OtherFile, doc.Root.Pos, find.Hint, "%s", find.Msg)
			doc.define().isChecked = true
		}
	}
	switch len(finds) {
	case 0:
	case len(f.documents):
		f.problems = nil
		f.problems.Add(value.OtherFile, top, finds[0].Hint, "%s", finds[0].Msg)
	default:
		f.problems = append(f.problems, finds...)
	}
}

// reason says why a file could not be read, without repeating its name, and what to do.
func reason(err error) (kind value.Code, cause, hint string) {
	if errors.Is(err, fs.ErrNotExist) {
		return value.UnreadableFile, "no such file", ""
	}
	var problem value.Problem
	var failed *fs.PathError
	switch {
	case errors.As(err, &problem):
		return cmp.Or(problem.Code, value.UnreadableFile), problem.Msg, problem.Hint
	case errors.As(err, &failed):
		return value.UnreadableFile, "cannot be read: " + failed.Err.Error(), ""
	}
	return value.UnreadableFile, "cannot be read: " + err.Error(), ""
}

// beside returns the path of a file that another file names.
func beside(file, name string) string {
	if path.IsAbs(name) {
		return path.Clean(name)
	}
	return path.Join(path.Dir(file), name)
}
