package command

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/reach"
)

// apply writes the outputs, or lists what that would change.
func (r *run) apply() error {
	printWarnings(r.warnings, r.known, r.errw)
	if r.dryRun {
		return r.list()
	}
	return r.write()
}

// write puts the outputs where they belong: those of a project all or none. A reader of standard output that has
// read enough is no failure to speak of.
func (r *run) write() error {
	to, first := r.destination(), r.outputs[0]
	switch to.kind {
	case toStdout:
		_, err := r.out.Write(first.files[0].Content)
		return printed(err)
	case toFile:
		if err := r.spareSources(first); err != nil {
			return err
		}
		return refused(output.WriteFile(to.path, first.files[0]))
	}
	items, err := r.items(to.root)
	if err != nil {
		return err
	}
	plan, err := output.Write(to.root, items, to.isWhole(), r.force)
	if err != nil {
		return writeFailed(err)
	}
	r.report(plan, to.root)
	return nil
}

// spareSources refuses to write over what the output is made of: definitions, templates, firestone.yaml.
func (r *run) spareSources(o *outputSpec) error {
	target, err := os.Stat(o.to.path)
	if err != nil || !target.Mode().IsRegular() {
		return nil // a slip in the path is for whoever writes there
	}
	sources := r.reader.asked()
	for _, file := range o.pack.Files() {
		sources = append(sources, file.File)
	}
	if r.project != nil {
		sources = append(sources, r.project.File)
	}
	for _, source := range sources {
		if info, err := os.Stat(filepath.FromSlash(source)); err == nil && os.SameFile(info, target) {
			return misusef("choose another path for -o", "the output %s is one of the files that it is generated from", o.to.path)
		}
	}
	return nil
}

// writeFailed returns problems of the input as they are, any other error as what the disk refused.
func writeFailed(err error) error {
	if asProblems(err, &model.Problems{}) {
		return err
	}
	return refused(err)
}

// compare returns what writing would change.
func (r *run) compare() (*output.Plan, string, error) {
	to := r.destination()
	root := to.root
	items, err := r.items(root)
	if err != nil {
		return nil, "", err
	}
	if to.kind == toFile {
		if root, err = to.followLink(items); err != nil {
			return nil, "", err
		}
	}
	plan, err := output.Compare(root, items, to.isWhole())
	if err != nil {
		return nil, "", writeFailed(err)
	}
	if to.kind == toFile {
		plan.Changes = slices.DeleteFunc(plan.Changes, func(c output.Change) bool { return c.Path == output.RecordName })
		for i := range plan.Changes {
			plan.Changes[i].Edited = false // a single file has no record, and -o FILE says that it may be overwritten
		}
	}
	return plan, root, nil
}

// followLink gives the only file the path that a link of its name leads to, as writing does, and returns its folder.
func (d destination) followLink(items []output.Item) (string, error) {
	info, err := os.Lstat(d.path)
	if err != nil || info.Mode()&os.ModeSymlink == 0 {
		return d.root, nil
	}
	real, err := new(reach.Links).Real(d.path)
	if err != nil {
		return "", refused(err)
	}
	items[0].Files[0].Path = filepath.Base(real)
	return filepath.Dir(real), nil
}

// list prints what writing would change, a line a file. It fails where writing would be refused.
func (r *run) list() error {
	if r.destination().kind == toStdout {
		return misusef("add -o OUT", "--dry-run lists files, but the output goes to standard output")
	}
	plan, root, err := r.compare()
	if err != nil {
		return err
	}
	refusals := 0
	for _, change := range plan.Changes {
		action := string(change.Action)
		if change.Edited && change.Action == output.Update && !r.force {
			action = "refuse"
			refusals++
		}
		line := fmt.Sprintf("%-7s %s", action, filepath.Join(root, filepath.FromSlash(change.Path)))
		if change.Edited {
			line += " (" + why(change) + ")"
		}
		line = visibleLine(line)
		if _, err := fmt.Fprintln(r.out, line); err != nil {
			return printed(err)
		}
	}
	switch {
	case refusals > 0:
		return &differs{model.Problem{Msg: "nothing would be written", Hint: "add --force to overwrite files that were edited"}}
	case len(plan.Changes) == 0:
		fmt.Fprintln(r.errw, "up to date")
	}
	return nil
}

// report says what a run has changed: of a project each file, of a folder only what it left.
func (r *run) report(plan *output.Plan, root string) {
	done := map[output.Action]string{output.Create: "wrote", output.Update: "wrote", output.Remove: "removed", output.Keep: "kept"}
	for _, change := range plan.Changes {
		at := visibleLine(filepath.Join(root, filepath.FromSlash(change.Path)))
		switch {
		case change.Action == output.Keep:
			fmt.Fprintf(r.errw, "kept %s: it is no longer generated, but was edited by hand\n", at)
		case r.destination().kind == toProject:
			fmt.Fprintf(r.errw, "%s %s\n", done[change.Action], at)
		}
	}
	if r.destination().kind == toProject && len(plan.Changes) == 0 && !r.isWatched {
		fmt.Fprintln(r.errw, "up to date")
	}
}

// printed returns the misuse of a standard output that took no data; none where the reader has gone.
func printed(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return refused(err)
}
