// Package output writes what was generated into a folder, and reports what differs.
//
// It answers one question: what is in this folder, who wrote it, and what would a run change? It keeps a record next to
// the files of what they were generated from, so that it recognises files that were edited since or are no longer
// generated. It renders nothing, prints nothing, and does not interpret files.
//
// A run changes all of a folder or nothing, and may be killed at any moment: the next run finds the record with the
// digests before and after, and a list of the files that were on their way.
package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model/value"
)

// Item is one item of what a run generates.
type Item struct {
	Name   string           // distinct in the run and the same from run to run, such as "openapi api/openapi.yaml"
	Pos    value.Pos        // where a file asks for the item's outputs, for messages; may be empty
	Files  []generator.File // Path is relative to the root, with slashes, and stays inside it
	Inputs Inputs           // what the files come from

	entry *entry // its record; see withEntries
}

// Inputs are the sources of files, by name, so that a difference can be explained. Definitions and templates that are
// files are named by their paths relative to the root, and have the Digest of their content: a run neither overwrites
// nor removes them.
type Inputs struct {
	Definitions, Templates, Parameters []Input // names are distinct within each list
	Program                            string  // the version of firestone
	Run                                string  // a digest of whatever else decides what a run makes; empty where every run has to render
}

// Input is a definition, template or parameter, and its digest or text.
type Input struct{ Name, Digest string }

// Digest returns 32 hexadecimal digits of the SHA-256 of a text, whichever line ends it has.
func Digest(content []byte) string {
	sum := sha256.Sum256(withLF(content))
	return hex.EncodeToString(sum[:16])
}

// withLF returns a text with the line ends of Unix: git may write a file with those of Windows.
func withLF(content []byte) []byte {
	if bytes.IndexByte(content, '\r') < 0 {
		return content
	}
	return bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
}

// Action is what a run does with a file.
type Action string

// The actions.
const (
	Create Action = "create"
	Update Action = "update"
	Remove Action = "remove"
	Keep   Action = "keep" // it is no longer generated, but was edited: it stays, and is no longer tracked
)

// Change is a file that a run changes, or keeps although it is no longer generated.
type Change struct {
	Path     string // relative to the root, with slashes
	Item     string // the name of the item that the file belongs to; empty for the record, which is one after a merge
	Action   Action
	Causes   []Cause // at least one
	Old, New []byte  // nil if the file does not exist
	Edited   bool    // it was edited since it was generated, or is not firestone's: only force overwrites it
}

// Plan is what a run changes in a folder.
type Plan struct {
	Changes []Change // sorted by path; unchanged files have none
	Left    []string // the paths of files with Write generator.WriteOnce that people have edited, and that would be other ones now

	tree   *tree
	record place
	before []byte // what the record was
	steps  []step
	gone   []place // no longer generated, and not on disk after the steps
	first  *step   // the record while files change, with the digests before and after; nil where no file does
	last   *step   // the record of the result, whose inputs alone may change; nil if it is unchanged
}

// Compare returns what Write would change in the folder root, and changes nothing. With whole, the items are all of the
// folder's, so files of other items are no longer generated; else others are left alone.
//
// A record that a merge left conflict markers in is read as both of its sides, and is itself one of the changes.
//
// The error is value.Problems for a record that cannot be read, for outputs that conflict with each other, and for
// outputs and recorded files that lead out of the root or into a folder of version control; it is another error for an
// I/O error, or a folder where a file should be.
func Compare(root string, items []Item, whole bool) (*Plan, error) {
	plan, err := compare(root, withEntries(items), whole)
	if err != nil {
		return nil, err
	}
	return plan, nil
}

// Write writes the items into the folder root, or changes nothing, and returns what it changed. The root is created.
// Runs in the same root wait for each other. Files that already have the content are not touched; a file with Write
// generator.WriteOnce is left alone once somebody has edited it, even with force.
//
// The error is that of Compare, or value.Problems with each file that only force overwrites, next to the plan; another
// where the disk refuses.
func Write(root string, items []Item, whole, force bool) (*Plan, error) {
	return (&disk{}).write(root, items, whole, force)
}

// refusals returns the edited files that the plan would overwrite.
func (p *Plan) refusals() value.Problems {
	var problems value.Problems
	for _, change := range p.Changes {
		if !change.Edited || change.Action != Update {
			continue
		}
		cause := "the file was edited after firestone generated it"
		hint := "run firestone --force to overwrite it; to keep the edit, override the template that generates it"
		switch first := change.Causes[0]; {
		case first.How == conflicted:
			cause = "the file contains merge conflict markers"
			hint = "run firestone --force to generate it again"
		case first.Kind == Foreign || first.Kind == Unknown:
			cause = "the file differs, and firestone has no record of generating it"
			hint = "run firestone --force to overwrite it; to keep it, give the output a different path"
		}
		problems.Add(value.EditedFile, value.Pos{File: filepath.Join(p.tree.root, filepath.FromSlash(change.Path))}, hint, "%s", cause)
	}
	return problems
}

// isDone reports whether the plan changes nothing.
func (p *Plan) isDone() bool { return len(p.steps) == 0 && p.last == nil }
