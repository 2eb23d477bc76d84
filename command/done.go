package command

import (
	"path/filepath"
	"slices"

	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/reach"
)

// isDone reports whether the record of the folder that the job writes to shows that it would change nothing and has no
// warnings to print, and returns that folder. It reads what the outputs come from, but makes nothing of the definitions.
// In any doubt it reports false, and whatever is wrong is left to the run that renders.
func (g *generation) isDone(j *job) (root string, isDone bool) {
	if g.force || g.dryRun || g.strict {
		return "", false
	}
	to := j.destination()
	if _, isBuild := thisBuild(); !isBuild || !to.hasRecord() {
		return "", false
	}
	root = to.root
	var recorded *output.Recorded
	read := func() error { recorded = output.ReadRecorded(root); return nil }
	if err := sideBySide(func() error { return g.open(j) }, read); err != nil || recorded == nil {
		return "", false
	}
	items, isKnown := g.unloaded(j, recorded, root)
	if !isKnown {
		return "", false
	}
	return root, recorded.IsCurrent(items, to.isWhole())
}

// unloaded returns the items of the job as Recorded.IsCurrent takes them: of the files that definitions refer to, which
// only loading shows, it takes the word of the record. It returns false where something cannot be read.
func (g *generation) unloaded(j *job, recorded *output.Recorded, root string) ([]output.Item, bool) {
	var names []string
	for _, o := range j.outputs {
		names = append(names, o.name())
	}
	definitions := recorded.Definitions(names...)
	if definitions == nil {
		return nil, false
	}
	var err error
	if j.paths, err = g.files(); err != nil || slices.Contains(j.paths, stdinName) {
		return nil, false
	}
	digests, isKnown := g.digests(j, definitions, root)
	if !isKnown {
		return nil, false
	}
	var items []output.Item
	for i, o := range j.outputs {
		items = append(items, output.Item{Name: names[i], Inputs: j.inputs(o, root, digests)})
	}
	return items, true
}

// digests returns the digests of the definitions that the job or a record names, by their paths from here. It returns
// false where one cannot be read, and where one is neither named by the job nor inside the repository: a record may be a
// stranger's.
func (g *generation) digests(j *job, recorded []string, root string) (map[string]string, bool) {
	named := map[string]string{}
	for _, path := range j.paths {
		named[below(root, path)] = path
	}
	var others []string
	for _, name := range recorded {
		if named[name] == "" {
			others = append(others, filepath.Join(root, filepath.FromSlash(name)))
		}
	}
	if !g.isInside(j, others) {
		return nil, false
	}
	paths := slices.Concat(j.paths, others)
	all := output.FileDigests(paths)
	digests := map[string]string{}
	for i, digest := range all {
		digests[paths[i]] = digest
	}
	return digests, all != nil
}

// isInside reports whether all paths lead into the repository of the project, or without a project into that of this
// folder.
func (g *generation) isInside(j *job, paths []string) bool {
	bounds, from := g.bounds, "."
	if j.project != nil {
		from = j.project.File
	}
	if bounds == nil {
		var err error
		if bounds, err = reach.NewBounds(from); err != nil {
			return false
		}
	}
	return !slices.ContainsFunc(paths, func(path string) bool { return bounds.CheckReference(from, path) != nil })
}
