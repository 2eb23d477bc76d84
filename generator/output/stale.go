package output

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model/value"
)

// compareStale plans for recorded files that are no longer generated.
func (p *planner) compareStale() error {
	kept := p.kept()
	byFold := map[string]output{}
	for _, o := range p.outputs {
		byFold[generator.Folded(o.real)] = o
	}
	for _, name := range p.old.names() {
		for _, path := range slices.Sorted(maps.Keys(p.old[name].files)) {
			if kept[path] {
				continue
			}
			kept[path] = true
			at, err := p.at(path)
			if err != nil {
				return p.ofRecord(err)
			}
			if err := p.compareStaleFile(name, at, byFold); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(p.plan.gone, func(a, b place) int { return strings.Compare(a.path, b.path) })
	slices.SortFunc(p.plan.steps, func(a, b step) int { return strings.Compare(a.path, b.path) })
	return nil
}

// kept returns the generated paths, and those of items that the run leaves alone.
func (p *planner) kept() map[string]bool {
	kept := map[string]bool{}
	for _, o := range p.outputs {
		kept[o.path] = true
	}
	concerned := map[string]bool{}
	for _, item := range p.items {
		concerned[readable(item.Name)] = true
	}
	for name, e := range p.old {
		for path := range e.files {
			kept[path] = kept[path] || !p.whole && !concerned[name]
		}
	}
	return kept
}

func (p *planner) compareStaleFile(item string, at place, outputs map[string]output) error {
	file, err := look(at, maxContent)
	if err != nil {
		return err
	}
	if o, ok := outputs[generator.Folded(at.real)]; ok && file.isThere() && o.found.isThere() && os.SameFile(file.info, o.found.info) {
		p.known[o.path] = union(p.known[o.path], p.known[at.path]) // another spelling of a name, or a link
		return nil
	}
	if !file.isThere() {
		p.plan.gone = append(p.plan.gone, at)
		return nil
	}
	change := Change{Path: at.path, Item: item, Action: Remove, Causes: []Cause{{Kind: Stale}}, Old: file.content}
	if p.isSource(at, file) || file.isLarge || at.real != p.spelt(at) || !slices.Contains(p.known[at.path], Digest(file.content)) {
		change.Action, change.Edited = Keep, true
		change.Causes = append(change.Causes, editOf(file.content))
	} else {
		p.going[at.real] = true
		p.plan.steps = append(p.plan.steps, step{place: at, old: file, temporary: p.temporary(at, filepath.Dir(at.real))})
		p.plan.gone = append(p.plan.gone, at)
	}
	p.plan.Changes = append(p.plan.Changes, change)
	return nil
}

// spelt returns the real path of the folder of a place, with its last name: the place itself, if that is no link.
func (t *tree) spelt(at place) string {
	full := filepath.Join(t.real, filepath.FromSlash(at.path))
	folder, err := t.links.Real(filepath.Dir(full))
	if err != nil {
		return ""
	}
	return filepath.Join(folder, filepath.Base(full))
}

// ofRecord returns the problem with a path as a problem of the record that contains it, which may be untrusted.
func (p *planner) ofRecord(err error) error {
	var lead value.Problem
	if !errors.As(err, &lead) {
		return err
	}
	lead.Pos = value.Pos{File: filepath.Join(p.root, RecordName)}
	lead.Hint = "remove the link; if the record is not yours, delete it and run firestone --force"
	return value.Problems{lead}
}
