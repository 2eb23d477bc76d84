package output

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/generator"
)

// RecordName is the name of the record in the root of what a run generates: of each item, what its files come from and
// the digest of each. It is YAML with one line for each fact, sorted, so that version control merges it.
const RecordName = ".firestone.lock"

// format is the format of the record that is written, and the newest that is read.
const format = 1

const heading = "# The record of what firestone generated, and from what. Commit this file, and do not edit it.\n"

// record holds the items by name.
type record map[string]*entry

// entry is the record of an item.
type entry struct {
	program string
	seal    string               // the seal of all below, see sealOf; empty where no run may trust the entry
	inputs  [3]map[string]string // of each of inputKinds, digests by name
	files   map[string][]string  // by path the digests that firestone may have left there: two while it writes
	once    []string             // the paths of those files that are people's once they have edited them, sorted
}

// inputKinds are the kinds of inputs that have names, in the order of entry.inputs; inputKeys are their keys.
var (
	inputKinds = [3]Kind{Definition, Template, Parameter}
	inputKeys  = [3]string{"definitions", "templates", "parameters"}
)

// withEntries returns the items with their records, for all comparisons of a run: most of the work is digesting the
// files, several at once.
func withEntries(items []Item) []Item {
	items = slices.Clone(items)
	var files []*generator.File
	for _, item := range items {
		for i := range item.Files {
			files = append(files, &item.Files[i])
		}
	}
	digests := make([]string, len(files))
	eachAtOnce(len(files), func(i int) bool {
		digests[i] = Digest(files[i].Content)
		return true
	})
	for i, item := range items {
		items[i].entry = entryOf(item, digests[:len(item.Files)])
		digests = digests[len(item.Files):]
	}
	return items
}

// entryOf returns the record of an item whose files are all written and have those digests.
func entryOf(item Item, digests []string) *entry {
	e := &entry{program: readable(item.Inputs.Program), files: map[string][]string{}}
	for i, inputs := range [3][]Input{item.Inputs.Definitions, item.Inputs.Templates, item.Inputs.Parameters} {
		e.inputs[i] = map[string]string{}
		for _, input := range inputs {
			e.inputs[i][readable(input.Name)] = readable(input.Digest)
		}
	}
	for i, file := range item.Files {
		e.files[file.Path] = []string{digests[i]}
		if file.Write == generator.WriteOnce {
			e.once = append(e.once, file.Path)
		}
	}
	slices.Sort(e.once)
	e.seal = e.sealOf(item.Inputs.Run)
	return e
}

// readable returns a text that YAML can hold: names of files may be no UTF-8.
func readable(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

// clone returns a copy whose files can be changed.
func (e *entry) clone() *entry {
	c := *e
	c.files = maps.Clone(e.files)
	return &c
}

// sameButProgram reports whether two entries differ at most in the version of firestone.
func (e *entry) sameButProgram(other *entry) bool {
	for i := range e.inputs {
		if !maps.Equal(e.inputs[i], other.inputs[i]) {
			return false
		}
	}
	return e.seal == other.seal && maps.EqualFunc(e.files, other.files, slices.Equal[[]string]) && slices.Equal(e.once, other.once)
}

// sealOf returns a digest of the entry, but for the program, and of Inputs.Run; empty where that is. A merge that takes some
// lines of an entry from one branch and some from another makes what no run wrote: the seal does not fit it.
func (e *entry) sealOf(run string) string {
	if run == "" {
		return ""
	}
	whole := *e
	whole.program, whole.seal = "", readable(run)
	return Digest(record{"": &whole}.text())
}

// digests returns all digests that are recorded of each path.
func (r record) digests() map[string][]string {
	all := map[string][]string{}
	for _, name := range r.names() {
		for path, digests := range r[name].files {
			all[path] = union(all[path], digests)
		}
	}
	return all
}

// union returns the digests of both, each once.
func union(a, b []string) []string {
	all := slices.Clone(a)
	for _, digest := range b {
		if !slices.Contains(all, digest) {
			all = append(all, digest)
		}
	}
	return all
}

func (r record) names() []string { return slices.Sorted(maps.Keys(r)) }

// after returns the record for when the items, which have their entries, are written. An item whose files and inputs
// match the record keeps the version that first generated it: a version with the same result is no reason for a change.
func (r record) after(items []Item, whole bool) record {
	next := record{}
	if !whole {
		for name, e := range r {
			next[name] = e.clone()
		}
	}
	for _, item := range items {
		for _, file := range item.Files {
			next.give(file)
		}
	}
	for _, item := range items {
		e := item.entry.clone()
		if before := r[readable(item.Name)]; before != nil && before.sameButProgram(e) {
			e.program = before.program
		}
		next[readable(item.Name)] = e
	}
	maps.DeleteFunc(next, func(_ string, e *entry) bool { return len(e.files) == 0 })
	return next
}

// give takes a file that another item makes now from those that have it, but for those that made it alike.
func (r record) give(file generator.File) {
	for _, e := range r {
		digests, isTheirs := e.files[file.Path]
		if !isTheirs {
			continue
		}
		delete(e.files, file.Path)
		if digest := Digest(file.Content); slices.Contains(digests, digest) {
			e.files[file.Path] = []string{digest}
		} else {
			e.seal = ""
		}
	}
}

// transitional returns the record while files change from those of r to those of next: with the digests of both, and the
// inputs of r, which those files come from that have not changed yet.
func (r record) transitional(next record) record {
	known := r.digests()
	both := record{}
	for name, e := range r {
		both[name] = e.clone()
	}
	for _, name := range next.names() {
		e := next[name]
		if both[name] == nil {
			both[name] = e.clone()
		}
		for path, digests := range e.files {
			both[name].files[path] = union(known[path], digests)
		}
	}
	for path := range next.digests() {
		for name, e := range both {
			if next[name] == nil || next[name].files[path] == nil {
				delete(e.files, path)
			}
		}
	}
	return both
}

// text returns the text of the record; nil for one without items, which has no file.
func (r record) text() []byte {
	if len(r) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString(heading + "format: " + strconv.Itoa(format) + "\nitems:\n")
	for _, name := range r.names() {
		e := r[name]
		writeKey(&b, "  ", name)
		b.WriteString("\n    program: " + strconv.Quote(e.program) + "\n")
		if e.seal != "" {
			b.WriteString("    seal: " + strconv.Quote(e.seal) + "\n")
		}
		for i, key := range inputKeys {
			if len(e.inputs[i]) > 0 {
				b.WriteString("    " + key + ":\n")
			}
			for _, input := range slices.Sorted(maps.Keys(e.inputs[i])) {
				writeKey(&b, "      ", input)
				b.WriteString(" " + strconv.Quote(e.inputs[i][input]) + "\n")
			}
		}
		if len(e.files) > 0 {
			b.WriteString("    files:\n")
		}
		for _, path := range slices.Sorted(maps.Keys(e.files)) {
			writeKey(&b, "      ", path)
			b.WriteString(" " + digestList(e.files[path]) + "\n")
		}
		if len(e.once) > 0 {
			b.WriteString("    once:\n")
		}
		for _, path := range e.once {
			b.WriteString("      - " + strconv.Quote(path) + "\n")
		}
	}
	return []byte(b.String())
}

// writeKey writes a name and the colon after it. Every string that strconv.Quote returns for UTF-8 is also valid YAML
// (YAML 1.2.2, section 5.7); a key of more than 1,024 characters needs a question mark (section 7.4.2).
func writeKey(b *strings.Builder, indent, name string) {
	quoted := strconv.Quote(name)
	if len(quoted) > 1000 {
		b.WriteString(indent + "? " + quoted + "\n" + indent + ":")
		return
	}
	b.WriteString(indent + quoted + ":")
}

// digestList writes one digest as a text, several as a list.
func digestList(digests []string) string {
	if len(digests) == 1 {
		return strconv.Quote(digests[0])
	}
	quoted := make([]string, len(digests))
	for i, digest := range digests {
		quoted[i] = strconv.Quote(digest)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
