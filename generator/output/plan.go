package output

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/reach"
)

// planner compares a folder with what is generated.
type planner struct {
	*tree
	items     []Item
	whole     bool
	hasRecord bool
	old       record
	sides     []record            // ours and theirs of a record that a merge left conflict markers in; else nil
	known     map[string][]string // by path, the digests of what firestone left there
	outputs   []output
	plan      *Plan
	going     map[string]bool   // the real paths of files that are removed
	sources   map[string]string // the digests of definitions and templates by their real paths, folded
}

// output is a file to write and what exists at its path.
type output struct {
	claim
	found *found
}

// maxTries is how often a folder is looked at again that another run is changing.
const maxTries = 20

// compare plans for items that have their entries with one and the same record: where that has changed meanwhile, the
// files may have, too. Next to an error it returns the plan where that error may come from another run, which had the folder locked.
func compare(root string, items []Item, whole bool) (*Plan, error) {
	for try := 1; ; try++ {
		t, err := newTree(root)
		if err != nil {
			return nil, err
		}
		at, err := t.at(RecordName)
		if err != nil {
			return nil, asProblems(err)
		}
		before, err := look(at, reach.MaxInput)
		if err != nil {
			return nil, err
		}
		p := &planner{tree: t, items: items, whole: whole, plan: &Plan{tree: t, record: at, before: before.content}, going: map[string]bool{}}
		failing := p.compare(at, before)
		isBusy := t.hasMutex() // asked before the record, which a run writes before it unlocks the folder
		after, err := look(at, reach.MaxInput)
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(before.content, after.content) && try < maxTries {
			continue
		}
		if failing != nil && !isBusy {
			return nil, failing
		}
		return p.plan, failing
	}
}

func (p *planner) compare(at place, file *found) error {
	p.hasRecord = file.isThere()
	if fault := file.fault(); fault != "" {
		return fmt.Errorf("read %s: %s", at.shown, fault)
	}
	p.old = record{}
	if p.hasRecord {
		if err := p.readRecord(at.shown, file.content); err != nil {
			return err
		}
	}
	p.known = p.old.digests()
	var err error
	if p.sources, err = p.sourcesOf(p.items); err != nil {
		return err
	}
	if err := p.claim(); err != nil {
		return err
	}
	if err := p.acceptMerged(); err != nil {
		return err
	}
	if err := p.compareStale(); err != nil {
		return err
	}
	var failing []error
	for _, o := range p.outputs {
		if err := p.compareOutput(o); err != nil {
			failing = append(failing, err)
		}
	}
	if len(failing) > 0 {
		return errors.Join(failing...)
	}
	p.compareRecord(at, file)
	p.blameMerge(file)
	slices.SortFunc(p.plan.Changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return nil
}

// readRecord reads the record, or both sides of one that a merge left conflict markers in.
func (p *planner) readRecord(file string, text []byte) error {
	var err error
	c := divide(text)
	if c == nil {
		p.old, err = readRecord(file, text)
		return err
	}
	if p.sides, err = readSides(file, c); err == nil {
		p.old = mergeSides(p.sides)
	}
	return err
}

// claim finds the path of each output, and what exists there.
func (p *planner) claim() error {
	var problems value.Problems
	var claims []claim
	names := map[string]bool{}
	for _, item := range p.items {
		if names[item.Name] {
			problems.Add(value.OutputClash, value.Pos{File: p.root}, "", "two items of the run are named %q", item.Name)
		}
		names[item.Name] = true
		for _, file := range item.Files {
			if fault := pathFault(file.Path); fault != "" {
				pos := item.posOr(filepath.Join(p.root, filepath.FromSlash(file.Path)))
				problems.Add(value.OutputClash, pos, "name a file", "the path %q of an output %s", file.Path, fault)
				continue
			}
			at, err := p.at(file.Path)
			var lead value.Problem
			if errors.As(err, &lead) {
				lead.Pos = item.posOr(lead.Pos.File)
				problems = append(problems, lead)
				continue
			}
			if err != nil {
				return err
			}
			claims = append(claims, claim{at, item.Name, item.entry, file})
		}
	}
	claims, clashes := distinct(claims)
	if problems = append(problems, clashes...); problems.HasErrors() {
		return problems.Sorted()
	}
	found, failing := make([]*found, len(claims)), make([]error, len(claims))
	eachAtOnce(len(claims), func(i int) bool {
		found[i], failing[i] = look(claims[i].place, limitFor(claims[i].file))
		return failing[i] == nil
	})
	if err := cmp.Or(failing...); err != nil {
		return err
	}
	for i, c := range claims {
		o := output{claim: c, found: found[i]}
		p.outputs = append(p.outputs, o)
		if p.isSource(o.place, o.found) {
			problems.Add(value.OutputClash, value.Pos{File: o.shown}, "give the output a different path", "the output %s of %s is one of the files that outputs are generated from", o.path, o.item)
		}
	}
	if problems.HasErrors() {
		return problems.Sorted()
	}
	return nil
}

// posOr returns where the item is asked for, or the file.
func (i Item) posOr(file string) value.Pos {
	if i.Pos.File != "" {
		return i.Pos
	}
	return value.Pos{File: file}
}

// asProblems returns an error as problems if it is one.
func asProblems(err error) error {
	var problem value.Problem
	if errors.As(err, &problem) {
		return value.Problems{problem}
	}
	return err
}

// isSource reports whether a file is one that the items are generated from. A template is read without a byte order mark.
func (p *planner) isSource(at place, file *found) bool {
	digest, ok := p.sources[generator.Folded(at.real)]
	if !ok || !file.isThere() || file.isLarge {
		return false
	}
	return digest == Digest(file.content) || digest == Digest(bytes.TrimPrefix(file.content, []byte("\ufeff")))
}

// compareOutput plans for one file that is generated.
func (p *planner) compareOutput(o output) error {
	known := p.known[o.path]
	change := Change{Path: o.path, Item: o.item, New: o.file.Content}
	if change.New == nil {
		change.New = []byte{}
	}
	switch {
	case o.found.hasContent(o.file):
		return nil
	case o.file.Write == generator.WriteOnce && o.found.isThere() && !slices.Contains(known, Digest(o.found.content)):
		if len(known) > 0 && !slices.Contains(known, Digest(o.file.Content)) {
			p.plan.Left = append(p.plan.Left, o.path)
		}
		return nil
	case o.found.isThere():
		change.Action, change.Old = Update, o.found.content
		change.Edited = !slices.Contains(known, Digest(o.found.content))
		change.Causes = p.causes(o, change.Edited)
	default:
		change.Action = Create
		change.Causes = []Cause{{Kind: Missing}}
		if len(known) == 0 {
			change.Causes = append([]Cause{{Kind: New}}, p.inputCauses(o)...)
		}
	}
	folder, err := p.deepestExistingDir(o)
	if err != nil {
		return err
	}
	s := step{place: o.place, old: o.found, content: change.New, temporary: p.temporary(o.place, folder)}
	p.plan.steps = append(p.plan.steps, s)
	p.plan.Changes = append(p.plan.Changes, change)
	return nil
}

// deepestExistingDir returns the deepest existing folder above an output that stays one. It errs where the output would
// replace a folder, or need a file to be one.
func (p *planner) deepestExistingDir(o output) (string, error) {
	if fault := o.found.fault(); fault != "" && !p.empties(o.real) {
		return "", fmt.Errorf("write %s: %s", o.shown, fault)
	}
	for folder := filepath.Dir(o.real); ; folder = filepath.Dir(folder) {
		info, err := os.Stat(folder)
		switch {
		case err == nil && info.IsDir():
			return folder, nil
		case err == nil && !p.going[folder]:
			return "", fmt.Errorf("write %s: %s is a file, not a folder", o.shown, filepath.Base(folder))
		case err != nil && !isAbsent(err) || folder == filepath.Dir(folder):
			return "", fmt.Errorf("write %s: %w", o.shown, cause(err))
		}
	}
}

// empties reports whether a folder goes, because all of its files do and each of its folders held some.
func (p *planner) empties(folder string) bool {
	held := map[string]bool{}
	for _, gone := range p.plan.gone {
		for at := filepath.Dir(gone.real); at != filepath.Dir(at) && !held[at]; at = filepath.Dir(at) {
			held[at] = true
		}
	}
	stays := errors.New("it stays")
	return filepath.WalkDir(folder, func(at string, entry fs.DirEntry, err error) error {
		if err == nil && !p.going[at] && !held[at] {
			return stays
		}
		return err
	}) == nil
}

// compareRecord plans the record.
func (p *planner) compareRecord(at place, file *found) {
	s := step{place: at, old: file, temporary: p.temporary(at, filepath.Dir(at.real))}
	next := p.old.after(p.items, p.whole)
	if text := next.text(); !bytes.Equal(text, withLF(file.content)) {
		last := s
		last.content = text
		p.plan.last = &last
	}
	if text := p.old.transitional(next).text(); len(p.plan.steps) > 0 && !bytes.Equal(text, withLF(file.content)) {
		s.content = text
		p.plan.first = &s
	}
}
