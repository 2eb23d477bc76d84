package command

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// apply writes the outputs, or lists what that would change.
func (r *run) apply(p *plan) error {
	r.tellAgain(r.warnings, r.known)
	if r.dryRun {
		return r.list(p)
	}
	return r.write(p)
}

// write puts the outputs where they belong: those of a project all or none. It is not an error if the reader of
// standard output has closed it.
func (r *run) write(p *plan) error {
	switch p.kind {
	case toStdout:
		_, err := r.out.Write(p.items[0].Files[0].Content)
		return writeError(err)
	case toFile:
		if err := r.spareSources(p.path); err != nil {
			return err
		}
		return ioError(output.WriteFile(p.path, p.items[0].Files[0]))
	}
	changes, err := output.Write(p.root, p.items, p.isWhole(), r.force)
	if err != nil {
		return writeFailed(err)
	}
	r.reportChanges(changes, p.root)
	if p.kind == toProject {
		return r.refreshSchemas(p.root)
	}
	return nil
}

// spareSources refuses to overwrite the sources of the output: definitions, templates, firestone.yaml.
func (r *run) spareSources(path string) error {
	target, err := os.Stat(path)
	if err != nil || !target.Mode().IsRegular() {
		return nil // writing reports a mistake in the path
	}
	sources := r.reader.requestedPaths()
	for _, o := range r.outputs {
		for _, file := range o.pack.Files() {
			sources = append(sources, file.File)
		}
	}
	if r.project != nil {
		sources = append(sources, r.project.File)
	}
	for _, source := range sources {
		if info, err := os.Stat(filepath.FromSlash(source)); err == nil && os.SameFile(info, target) {
			return usageErrorf("choose another path for -o", "the output %s is one of the files that it is generated from", path)
		}
	}
	return nil
}

// writeFailed returns problems of the input unchanged, and any other error as an I/O error.
func writeFailed(err error) error {
	if asProblems(err, &model.Problems{}) {
		return err
	}
	return ioError(err)
}

// list prints what writing would change, a line a file. It fails where writing would be refused.
func (r *run) list(p *plan) error {
	if p.kind == toStdout {
		return usageErrorf("add -o OUT", "--dry-run lists files, but the output goes to standard output")
	}
	changes, err := p.compare()
	if err != nil {
		return err
	}
	refusals := 0
	for _, change := range changes.Changes {
		action := string(change.Action)
		if change.Edited && change.Action == output.Update && !r.force {
			action = "refuse"
			refusals++
		}
		line := fmt.Sprintf("%-7s %s", action, filepath.Join(p.root, filepath.FromSlash(change.Path)))
		if change.Edited {
			line += " (" + why(change) + ")"
		}
		line = visibleLine(line)
		if _, err := fmt.Fprintln(r.out, line); err != nil {
			return writeError(err)
		}
	}
	switch {
	case refusals > 0:
		return &differsError{summary: model.Problem{Code: value.EditedFile, Msg: "nothing would be written", Hint: "add --force to overwrite files that were edited"}}
	case len(changes.Changes) == 0:
		fmt.Fprintln(r.errw, "up to date")
	}
	return nil
}

// folderOf returns the folder of the item that a path of the project is in, or nothing.
func (r *run) folderOf(file string) string {
	for _, o := range r.outputs {
		if folder := path.Clean(o.asked.Output.Value); o.asked.IsFolder() && strings.HasPrefix(file, folder+"/") {
			return folder
		}
	}
	return ""
}

// reportChanges prints what a run has changed: for a project each file, or the number of files in an item's folder if
// there are many; for a folder only what it left alone.
func (r *run) reportChanges(plan *output.Plan, root string) {
	const many = 20
	done := map[output.Action]string{output.Create: "wrote", output.Update: "wrote", output.Remove: "removed", output.Keep: "kept"}
	count := map[[2]string]int{} // by what was done, and the folder of the item
	folderOf := func(change output.Change) [2]string { return [2]string{done[change.Action], r.folderOf(change.Path)} }
	for _, change := range plan.Changes {
		count[folderOf(change)]++
	}
	for _, change := range plan.Changes {
		at := visibleLine(filepath.Join(root, filepath.FromSlash(change.Path)))
		in := folderOf(change)
		switch {
		case change.Action == output.Keep:
			fmt.Fprintf(r.errw, "kept %s: it is no longer generated, but was edited by hand\n", at)
		case r.destination().kind != toProject:
		case in[1] == "" || count[in] <= many && count[in] > 0:
			fmt.Fprintf(r.errw, "%s %s\n", in[0], at)
		case count[in] > 0:
			fmt.Fprintf(r.errw, "%s %s: %d files\n", in[0], visibleLine(filepath.Join(root, filepath.FromSlash(in[1]))+"/"), count[in])
			delete(count, in) // it was said
		}
	}
	for _, path := range plan.Left {
		fmt.Fprintf(r.errw, "left %s: it was edited by hand, and its sources have changed; delete it to have it generated again\n",
			visibleLine(filepath.Join(root, filepath.FromSlash(path))))
	}
	if r.destination().kind == toProject && len(plan.Changes) == 0 && !r.isWatched {
		fmt.Fprintln(r.errw, "up to date")
	}
}
