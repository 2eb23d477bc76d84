package command

import (
	"path/filepath"
	"slices"
	"sync"

	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/reach"
)

// isUpToDate reports whether the record of the folder that the run writes to shows that it would change nothing and has
// no warnings to print. It reads the sources of the outputs but does not load the definitions. When in doubt it reports
// false, and leaves reporting any problem to the steps that follow.
func (r *run) isUpToDate() bool {
	to := r.destination()
	if r.force || r.dryRun || r.strict || r.watch || r.compares || !to.hasRecord() {
		return false
	}
	if _, isKnown := thisBuild(); !isKnown {
		return false
	}
	var opening sync.WaitGroup
	var failing error
	opening.Go(func() { failing = r.openPacks() })
	recorded := output.ReadRecorded(to.root)
	if recorded == nil || !r.isUnchanged(recorded, to.root) {
		return false
	}
	if opening.Wait(); failing != nil {
		return false
	}
	items := r.unloaded(recorded, to.root)
	return items != nil && recorded.IsCurrent(items, to.isWhole())
}

// isUnchanged finds the definitions, and reports whether all that are recorded, of whatever item, are what the record says.
// A changed one, which is why most runs have something to do, is found before the packs are open.
func (r *run) isUnchanged(recorded *output.Recorded, root string) bool {
	if r.findDefinitions() != nil || slices.Contains(r.paths, stdinName) {
		return false
	}
	digests := output.FileDigests(r.paths)
	if digests == nil {
		return false
	}
	for i, path := range r.paths {
		if !recorded.MayHold(below(root, path), digests[i]) {
			return false
		}
	}
	return true
}

// unloaded returns the items of the run in the form Recorded.IsCurrent expects: for the files that definitions refer
// to, which only loading reveals, it relies on the record. It returns nil if something cannot be read.
func (r *run) unloaded(recorded *output.Recorded, root string) []output.Item {
	var names []string
	for _, o := range r.outputs {
		names = append(names, o.name())
	}
	definitions := recorded.Definitions(names...)
	if definitions == nil {
		return nil
	}
	digests := r.digests(definitions, root)
	if digests == nil {
		return nil
	}
	var items []output.Item
	for i, o := range r.outputs {
		items = append(items, output.Item{Name: names[i], Inputs: r.inputs(o, root, digests)})
	}
	return items
}

// digests returns the digests of the definitions that the run or a record names, by their paths from here. It returns
// nil where one cannot be read, and where one is neither named by the run nor inside the repository: a record may be a
// stranger's.
func (r *run) digests(recorded []string, root string) map[string]string {
	named := map[string]bool{}
	for _, path := range r.paths {
		named[below(root, path)] = true
	}
	paths := slices.Clone(r.paths)
	for _, name := range recorded {
		if !named[name] {
			paths = append(paths, filepath.Join(root, filepath.FromSlash(name)))
		}
	}
	if !r.isInside(paths[len(r.paths):]) {
		return nil
	}
	all := output.FileDigests(paths)
	if all == nil {
		return nil
	}
	digests := map[string]string{}
	for i, digest := range all {
		digests[paths[i]] = digest
	}
	return digests
}

// isInside reports whether all paths lead into the repository of the project, or without a project into that of this
// folder.
func (r *run) isInside(paths []string) bool {
	bounds, from := r.project.within(), "."
	if r.project != nil {
		from = r.project.File
	} else {
		var err error
		if bounds, err = reach.NewBounds(from); err != nil {
			return false
		}
	}
	return !slices.ContainsFunc(paths, func(path string) bool { return bounds.CheckReference(from, path) != nil })
}
