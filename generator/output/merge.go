package output

import (
	"bytes"
	"maps"
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// conflict is a text that a merge left conflict markers in, taken apart. In each part the lines that are not its own
// are empty, so that the others keep their numbers.
type conflict struct {
	sides [2][]byte // ours and theirs
	base  []byte    // what both come from; nil where the markers do not show it
}

// The parts of a text with conflict markers that a line may belong to.
const (
	nobody = 0
	inOurs = 1 << iota
	inBase
	inTheirs
	outside = inOurs | inBase | inTheirs
)

// minMarker is how often a marker repeats its character, unless the attribute conflict-marker-size asks for more
// (gitattributes(5)). The markers of one hunk have one length; those of a base that is itself a merge are longer.
const minMarker = 7

// divide takes a text with conflict markers apart, as git writes them in its styles merge, diff3 and zdiff3
// (git-merge(1), How conflicts are presented). It returns nil for a text without a hunk, and for one whose last hunk
// does not end.
func divide(text []byte) *conflict {
	c := &conflict{}
	var shown []byte
	hunks, size, in := 0, 0, outside
	for line := range bytes.Lines(text) {
		to := nobody
		switch mark, length := marker(line); {
		case in == outside && mark == '<':
			in, size = inOurs, length
			hunks++
		case in == outside || length != size:
			to = in
		case in == inOurs && mark == '|':
			in, c.base = inBase, []byte{}
		case in != inTheirs && mark == '=':
			in = inTheirs
		case in == inTheirs && mark == '>':
			in = outside
		default:
			to = in
		}
		c.sides[0] = appendTo(c.sides[0], line, to&inOurs != 0)
		c.sides[1] = appendTo(c.sides[1], line, to&inTheirs != 0)
		shown = appendTo(shown, line, to&inBase != 0)
	}
	if hunks == 0 || in != outside {
		return nil
	}
	if c.base != nil {
		c.base = shown
	}
	return c
}

// appendTo adds a line to a part, or only its end.
func appendTo(part, line []byte, isIts bool) []byte {
	if !isIts {
		line = line[len(bytes.TrimRight(line, "\r\n")):]
	}
	return append(part, line...)
}

// marker returns the character of a conflict marker and how often it is repeated, or zeros for any other line.
func marker(line []byte) (byte, int) {
	line = bytes.TrimRight(line, "\r\n")
	if len(line) < minMarker || !bytes.Contains([]byte("<|=>"), line[:1]) {
		return 0, 0
	}
	length := len(line) - len(bytes.TrimLeft(line, string(line[:1])))
	if length < minMarker || length < len(line) && line[length] != ' ' {
		return 0, 0
	}
	return line[0], length
}

// strayMarker returns the number of the first line that is a conflict marker, or 0.
func strayMarker(text []byte) int {
	number := 0
	for line := range bytes.Lines(text) {
		number++
		if mark, _ := marker(line); mark != 0 {
			return number
		}
	}
	return 0
}

// readSides reads both sides of a record that a merge left conflict markers in. Of a base only the digests of files
// that a side has are of use. It is ignored if it is not a record: what both sides have in common may surround a hunk,
// and occur again in its base.
func readSides(file string, c *conflict) ([]record, error) {
	var problems, ofBase value.Problems
	sides := []record{parseRecord(file, c.sides[0], &problems), parseRecord(file, c.sides[1], &problems)}
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	if c.base == nil {
		return sides, nil
	}
	if before := parseRecord(file, c.base, &ofBase); !ofBase.HasErrors() {
		for path, digests := range before.digests() {
			for _, side := range sides {
				side.addDigests(path, digests...)
			}
		}
	}
	return sides, nil
}

// addDigests adds digests to those of a file, if it is recorded.
func (r record) addDigests(path string, digests ...string) {
	for _, e := range r {
		if e.files[path] != nil {
			e.files[path] = union(e.files[path], digests)
		}
	}
}

// mergeSides returns one record of both sides of a merge: all items, with the inputs of the first side that has them, and
// all digests of each file.
func mergeSides(sides []record) record {
	all := record{}
	for _, side := range sides {
		for name, e := range side {
			if all[name] == nil {
				all[name] = e.clone()
				continue
			}
			for path, digests := range e.files {
				all[name].files[path] = union(all[name].files[path], digests)
			}
		}
	}
	return all
}

// acceptMerged accepts the content of files in which the sides of a merged record differ as firestone's own: git merged it
// from two texts in its history, into a text that neither side wrote, or with conflict markers. A file on which both
// sides agree does not come from the merge, and one that is no longer generated might be lost.
func (p *planner) acceptMerged() error {
	if p.sides == nil {
		return nil
	}
	first, second, kept := p.sides[0].digests(), p.sides[1].digests(), p.kept()
	for _, path := range slices.Sorted(maps.Keys(p.known)) {
		if !kept[path] || slices.Equal(first[path], second[path]) {
			continue
		}
		at, err := p.at(path)
		if err != nil {
			return p.ofRecord(err)
		}
		file, err := look(at, maxContent)
		if err != nil {
			return err
		}
		if file.isThere() && !file.isLarge {
			p.old.addDigests(path, Digest(file.content))
		}
	}
	p.known = p.old.digests()
	return nil
}

// blameMerge names the merge among the causes of each recorded file that differs, first but for an edit, and the
// record itself among the changes.
func (p *planner) blameMerge(file *found) {
	if p.sides == nil {
		return
	}
	merged := Cause{Kind: Merge}
	for i := range p.plan.Changes {
		change := &p.plan.Changes[i]
		if len(p.known[change.Path]) == 0 {
			continue
		}
		change.Causes = slices.DeleteFunc(change.Causes, func(c Cause) bool { return c.Kind == Unknown })
		first := 0
		if len(change.Causes) > 0 && change.Causes[0].Kind == Edited {
			first = 1
		}
		change.Causes = slices.Insert(change.Causes, first, merged)
	}
	change := Change{Path: RecordName, Action: Update, Causes: []Cause{merged}, Old: file.content, New: p.plan.last.content}
	if change.New == nil {
		change.Action = Remove
	}
	p.plan.Changes = append(p.plan.Changes, change)
}
