package output

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// repair says what helps against a record that is not as firestone writes it.
const repair = "restore the file from version control, or delete it and run firestone --force"

// readRecord reads a record strictly in the form in which it is written. The error is value.Problems with positions in
// file.
func readRecord(file string, text []byte) (record, error) {
	var problems value.Problems
	found := parseRecord(file, text, &problems)
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	return found, nil
}

// parseRecord reads a record, and adds problems if it is not one.
func parseRecord(file string, text []byte, problems *value.Problems) record {
	r := &recordReader{file: file}
	found := record{}
	documents := value.ParseInput(file, text, &r.problems)
	switch {
	case r.problems.HasErrors() && strayMarker(text) > 0:
		r.problems = nil
		r.problems.Add(value.MergeConflict, value.Pos{File: file, Line: strayMarker(text), Col: 1}, repair, "some merge conflict markers were removed, but not all of them")
	case r.problems.HasErrors():
		for i := range r.problems {
			r.problems[i].Hint = repair // records are not edited by hand
		}
	case len(documents) != 1 || documents[0].Kind != value.KindObject:
		r.problems.Add(value.InvalidRecord, value.Pos{File: file, Line: 1, Col: 1}, repair, "the file is not a firestone record")
	case r.isOfFormat(documents[0]):
		found = r.items(documents[0])
	}
	*problems = append(*problems, r.problems...)
	return found
}

type recordReader struct {
	file     string
	problems value.Problems
}

// isOfFormat reports whether the record has a format that this version reads. Nothing else is said of one that has not.
func (r *recordReader) isOfFormat(document *value.Value) bool {
	v := document.Get("format")
	if v == nil {
		r.problems.Add(value.InvalidRecord, value.Pos{File: r.file, Line: 1, Col: 1}, repair, "the record has no format")
		return false
	}
	number, ok := v.Rat()
	if !ok || !number.IsInt() || number.Sign() <= 0 {
		r.problems.Add(value.InvalidRecord, v.Pos, repair, "the format of the record is not a positive integer")
		return false
	}
	if !number.Num().IsInt64() || number.Num().Int64() > format {
		r.problems.Add(value.InvalidRecord, v.Pos, "use the version of firestone that wrote it, or a newer one",
			"the record has format %s, but this version of firestone reads only formats up to %d", v.Text, format)
		return false
	}
	return true
}

func (r *recordReader) items(document *value.Value) record {
	found := record{}
	for _, m := range r.object(document, "record", "format", "items") {
		if m.Name != "items" {
			continue
		}
		for _, item := range r.object(m.Value, "list of items") {
			found[item.Name] = r.entry(item.Value)
		}
	}
	return found
}

func (r *recordReader) entry(v *value.Value) *entry {
	e := &entry{files: map[string][]string{}}
	for i := range e.inputs {
		e.inputs[i] = map[string]string{}
	}
	for _, m := range r.object(v, "item", "program", "seal", "definitions", "templates", "parameters", "files", "once") {
		switch m.Name {
		case "program":
			e.program = r.text(m.Value)
		case "seal":
			e.seal = r.text(m.Value)
		case "once":
			e.once = r.paths(m.Value)
		case "files":
			for _, file := range r.object(m.Value, "list of files") {
				e.files[r.path(file.Name, file.Pos)] = r.digests(file.Value)
			}
		}
		for i, key := range inputKeys {
			if m.Name != key {
				continue
			}
			for _, input := range r.object(m.Value, "list of "+key) {
				e.inputs[i][input.Name] = r.text(input.Value)
			}
		}
	}
	return e
}

// object returns the members of an object, after it has added to the problems what else the value is. Where names are
// given, no others are allowed.
func (r *recordReader) object(v *value.Value, what string, names ...string) []value.Member {
	if !v.Is(value.KindObject) {
		r.problems.Add(value.InvalidRecord, v.Pos, repair, "the %s is not a mapping", what)
		return nil
	}
	for _, m := range v.Members {
		if len(names) == 0 || slices.Contains(names, m.Name) {
			continue
		}
		r.problems.Add(value.InvalidRecord, m.Pos, repair, "unknown key %q in the %s", m.Name, what)
	}
	return v.Members
}

func (r *recordReader) text(v *value.Value) string {
	if !v.Is(value.KindString) {
		r.problems.Add(value.InvalidRecord, v.Pos, repair, "this is not a string")
	}
	return v.Text
}

// path returns a path of a file that an item makes.
func (r *recordReader) path(at string, pos value.Pos) string {
	if fault := pathFault(at); fault != "" {
		r.problems.Add(value.InvalidRecord, pos, repair, "the path %q %s", at, fault)
	}
	return at
}

// paths returns a list of paths.
func (r *recordReader) paths(v *value.Value) []string {
	if !v.Is(value.KindArray) {
		r.problems.Add(value.InvalidRecord, v.Pos, repair, "this is not a list")
		return nil
	}
	var all []string
	for _, item := range v.Items {
		all = append(all, r.path(r.text(item), item.Pos))
	}
	return all
}

// digests returns one digest or a list of them.
func (r *recordReader) digests(v *value.Value) []string {
	if !v.Is(value.KindArray) {
		return []string{r.text(v)}
	}
	var digests []string
	for _, item := range v.Items {
		digests = union(digests, []string{r.text(item)})
	}
	return digests
}
