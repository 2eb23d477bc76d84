package command

import (
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/reach"
)

// plan is the set of files a run produces and their destinations: a run writes it, --dry-run lists what that would
// change, and check shows how it differs from the files on disk.
type plan struct {
	destination
	items []output.Item // whose paths are those that the root sees
}

// plan returns the outputs under the paths that they get, with what they come from.
func (r *run) plan() (*plan, error) {
	p := &plan{destination: r.destination()}
	var problems model.Problems
	for _, o := range r.outputs {
		item := output.Item{Name: o.name(), Pos: o.asked.Output.Pos, Inputs: r.inputs(o, p.root, r.reader.digests)}
		for _, file := range o.files {
			file, err := r.place(file, o, p.root)
			if err != nil && !asProblems(err, &problems) {
				return nil, err
			}
			item.Files = append(item.Files, file)
		}
		p.items = append(p.items, item)
	}
	if len(problems) > 0 {
		return nil, append(problems, r.warnings...)
	}
	return p, nil
}

// place returns a file of an output with the path that the root sees.
func (r *run) place(file generator.File, o *outputSpec, root string) (generator.File, error) {
	at, pos := below(root, o.to.path), o.asked.Output.Pos
	if !o.to.isFolder() {
		converted, err := file.As(at)
		converted.Path = at
		return converted, placed(value.OutputPath, ioError(err), pos)
	}
	file.Path = path.Join(at, file.Path)
	if o.to.kind == toProject {
		return file, r.project.checkOutput(pos, file.Path)
	}
	return file, nil
}

// files returns the paths of all files, relative to the working directory.
func (p *plan) files() map[string]bool {
	paths := map[string]bool{}
	for _, item := range p.items {
		for _, file := range item.Files {
			paths[filepath.Join(p.root, filepath.FromSlash(file.Path))] = true
		}
	}
	return paths
}

// compare returns what writing the plan would change.
func (p *plan) compare() (*output.Plan, error) {
	if p.kind == toFile {
		if err := p.followLink(); err != nil {
			return nil, err
		}
	}
	changes, err := output.Compare(p.root, p.items, p.isWhole())
	if err != nil {
		return nil, writeFailed(err)
	}
	if p.kind == toFile {
		changes.Changes = slices.DeleteFunc(changes.Changes, func(c output.Change) bool { return c.Path == output.RecordName })
		for i := range changes.Changes {
			changes.Changes[i].Edited = false // a single file has no record, and -o FILE says that it may be overwritten
		}
	}
	return changes, nil
}

// followLink gives the only file the path that a link of its name leads to, as writing does.
func (p *plan) followLink() error {
	info, err := os.Lstat(p.path)
	if err != nil || info.Mode()&os.ModeSymlink == 0 {
		return nil
	}
	real, err := new(reach.Links).Real(p.path)
	if err != nil {
		return ioError(err)
	}
	p.root, p.items[0].Files[0].Path = filepath.Dir(real), filepath.Base(real)
	return nil
}

// below returns a path relative to the root, with slashes, so it does not depend on where a run is started. Standard
// input has no path.
func below(root, at string) string {
	if at == stdinName {
		return at
	}
	rel, err := filepath.Rel(root, at)
	if err != nil { // one of them is absolute, or the root lies above this folder
		rel, err = relative(root, at)
	}
	if err != nil {
		return filepath.ToSlash(at) // on another disk
	}
	return filepath.ToSlash(rel)
}

// relative returns a path relative to the root, by way of the absolute path.
func relative(root, at string) (string, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	if at, err = filepath.Abs(at); err != nil {
		return "", err
	}
	return filepath.Rel(root, at)
}
