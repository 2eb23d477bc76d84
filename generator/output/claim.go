package output

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model/value"
)

// claim is a file that an item makes, and where it goes.
type claim struct {
	place
	item  string
	entry *entry // the new record of the item
	file  generator.File
}

// distinct returns the claims without those whose file another item makes alike, and as problems the outputs that would
// be one file, or whose path needs another to be a folder, on any disk.
func distinct(claims []claim) ([]claim, value.Problems) {
	var problems value.Problems
	var kept []claim
	taken := map[string]claim{}
	for _, c := range claims {
		at := generator.Folded(c.real)
		other, isTaken := taken[at]
		switch {
		case !isTaken:
			taken[at] = c
			kept = append(kept, c)
		case !c.isSameFile(other):
			problems = append(problems, c.clash(other))
		}
	}
	for _, c := range claims {
		at := generator.Folded(c.real)
		for i, r := range at {
			if r != filepath.Separator || i == 0 {
				continue
			}
			if other, ok := taken[at[:i]]; ok {
				problems.Add(value.OutputClash, value.Pos{File: c.shown}, differentPath, "the output %s of %s is a file, but another output needs a folder in its place",
					other.path, other.item)
			}
		}
	}
	return kept, problems
}

const differentPath = "give one of the two a different path"

// isSameFile reports whether both items make one file alike: two packs that extend one pack copy its files and render
// its templates.
func (c claim) isSameFile(other claim) bool {
	return c.item != other.item && c.path == other.path && c.isAlike(other) && bytes.Equal(c.file.Content, other.file.Content)
}

// isAlike reports whether both files come from one file of one layer.
func (c claim) isAlike(other claim) bool {
	return c.file.Source != "" && c.file.Source == other.file.Source && c.file.Write == other.file.Write
}

// clash returns the problem of two outputs that are one file, with what makes them differ as far as that is known.
func (c claim) clash(other claim) value.Problem {
	problem := value.Problem{Code: value.OutputClash, Pos: value.Pos{File: c.shown}, Hint: differentPath}
	problem.Msg = fmt.Sprintf("two outputs are the same file: %s of %s, and %s of %s", other.path, other.item, c.path, c.item)
	switch parameters := c.entry.differingParameters(other.entry); {
	case c.file.Source == "" || c.path != other.path || c.item == other.item:
	case c.file.Source != other.file.Source:
		problem.Msg += fmt.Sprintf("; they are made from %s and %s", other.file.Source, c.file.Source)
	case c.file.Write != other.file.Write:
		problem.Msg += "; one of them is written only once"
	case len(parameters) == 0:
		problem.Msg += "; both are made from " + c.file.Source + ", but differ"
	default:
		names := strings.Join(parameters, ", ")
		problem.Msg += fmt.Sprintf("; both are made from %s, with another value of %s", c.file.Source, names)
		problem.Hint = "give both packs the same value of " + names + ", or " + differentPath
	}
	return problem
}

// differingParameters returns the names of the parameters that both items have, with different values, and of the
// choices of resources, which an item without one takes for all.
func (e *entry) differingParameters(other *entry) []string {
	var names []string
	for _, c := range differences(Parameter, e.inputs[2], other.inputs[2]) {
		if c.How == changed || c.Name == "include" || c.Name == "exclude" {
			names = append(names, c.Name)
		}
	}
	return names
}
