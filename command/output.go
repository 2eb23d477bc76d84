package command

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/reach"
)

// target is where the output goes: standard output, a file, or a folder.
type target struct {
	path     string // empty for standard output
	isFolder bool
}

// chooseTarget returns what -o means for the pack. One document goes to standard output or to a file, or into a
// folder whose name is written with a slash at its end; several files go into a folder.
func chooseTarget(out string, pack *generator.Pack) (*target, error) {
	hasSlash := isFolderPath(out)
	info, err := os.Stat(filepath.Clean(out))
	isFolder := err == nil && info.IsDir()
	single := isSingle(pack)
	switch {
	case out == "" || out == stdin:
		if !single {
			return nil, misusef("write -o FOLDER, such as -o "+pack.Name+"/", "the pack %s generates several files, which cannot go to standard output", pack.Name)
		}
		return &target{}, nil
	case err == nil && !isFolder && (hasSlash || !single):
		return nil, misusef("name a folder", "%s is a file, but the output must be a folder", filepath.Clean(out))
	case single && isFolder && !hasSlash:
		return nil, misusef("write -o "+inFolder(out, pack.Outputs[0].Path)+", or -o "+out+"/ to keep that name",
			"%s is a folder, but the pack %s generates a single file", out, pack.Name)
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return nil, refused(err)
	}
	return &target{path: out, isFolder: hasSlash || !single}, nil
}

// mayWrite refuses a path on the command line that leads out of the bounds in which it is written, or into a folder of
// version control. The path is empty for standard output.
func mayWrite(bounds *reach.Bounds, path string) error {
	if path == "" {
		return nil
	}
	err := bounds.Check(path)
	if err == nil {
		err = reach.CheckOutput(path)
	}
	if err != nil {
		return refusedFile(path, err)
	}
	return nil
}

// targetOf returns where an item of firestone.yaml writes. The spelling alone says whether that is a file or a folder:
// what is there now may be on its way from one to the other.
func targetOf(out string, pack *generator.Pack) (*target, error) {
	if !isFolderPath(out) && !isSingle(pack) {
		return nil, misusef("write "+out+"/", "the pack %s generates several files, but the output %s is a single file", pack.Name, out)
	}
	return &target{path: out, isFolder: isFolderPath(out)}, nil
}

// isSingle reports whether the pack always makes exactly one file.
func isSingle(pack *generator.Pack) bool {
	return len(pack.Outputs) == 1 && pack.Outputs[0].IsOnce()
}

// write puts the outputs where they belong: those of a project all or none. A reader of standard output that has
// read enough is no failure to speak of.
func (j *job) write(c *console, force bool) error {
	first := j.wanted[0]
	switch {
	case !first.isItem && first.target.path == "":
		_, err := c.out.Write(first.files[0].Content)
		return printed(err)
	case !first.isItem && !first.target.isFolder:
		if err := j.spareSources(first); err != nil {
			return err
		}
		return refused(output.WriteFile(first.target.path, first.files[0]))
	}
	root, isWhole := j.root()
	items, err := j.items(root)
	if err != nil {
		return err
	}
	plan, err := output.Write(root, items, isWhole, force)
	if err != nil {
		return writeFailed(err)
	}
	j.report(plan, root, c)
	return nil
}

// spareSources refuses to write over what the output is made of: definitions, templates, firestone.yaml.
func (j *job) spareSources(w *wanted) error {
	target, err := os.Stat(w.target.path)
	if err != nil || !target.Mode().IsRegular() {
		return nil // a slip in the path is for whoever writes there
	}
	sources := j.reader.asked()
	for _, file := range w.opened.Files() {
		sources = append(sources, file.File)
	}
	if j.project != nil {
		sources = append(sources, j.project.File)
	}
	for _, source := range sources {
		if info, err := os.Stat(filepath.FromSlash(source)); err == nil && os.SameFile(info, target) {
			return misusef("choose another path for -o", "the output %s is one of the files that it is generated from", w.target.path)
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

// root returns the folder that paths of outputs are below, and whether the job makes all that there is in it.
func (j *job) root() (string, bool) {
	first := j.wanted[0]
	switch {
	case first.isItem:
		return j.project.root, true
	case first.target.isFolder:
		return filepath.Clean(first.target.path), false
	}
	return filepath.Dir(first.target.path), false
}

// compare returns what writing would change.
func (j *job) compare() (*output.Plan, string, error) {
	root, isWhole := j.root()
	items, err := j.items(root)
	if err != nil {
		return nil, "", err
	}
	if !isWhole && !j.wanted[0].target.isFolder {
		if root, err = j.followLink(root, items); err != nil {
			return nil, "", err
		}
	}
	plan, err := output.Compare(root, items, isWhole)
	if err != nil {
		return nil, "", writeFailed(err)
	}
	if !j.isOfProject() && !j.wanted[0].target.isFolder {
		plan.Changes = slices.DeleteFunc(plan.Changes, func(c output.Change) bool { return c.Path == output.RecordName })
		for i := range plan.Changes {
			plan.Changes[i].Edited = false // a single file has no record, and -o FILE says that it may be overwritten
		}
	}
	return plan, root, nil
}

// followLink gives the only file the path that a link of its name leads to, as writing does, and returns its folder.
func (j *job) followLink(root string, items []output.Item) (string, error) {
	info, err := os.Lstat(j.wanted[0].target.path)
	if err != nil || info.Mode()&os.ModeSymlink == 0 {
		return root, nil
	}
	real, err := new(reach.Links).Real(j.wanted[0].target.path)
	if err != nil {
		return "", refused(err)
	}
	items[0].Files[0].Path = filepath.Base(real)
	return filepath.Dir(real), nil
}

// list prints what writing would change, a line a file. It fails where writing would be refused.
func (j *job) list(c *console, force bool) error {
	if j.wanted[0].target.path == "" {
		return misusef("add -o OUT", "--dry-run lists files, but the output goes to standard output")
	}
	plan, root, err := j.compare()
	if err != nil {
		return err
	}
	refusals := 0
	for _, change := range plan.Changes {
		action := string(change.Action)
		if change.Edited && change.Action == output.Update && !force {
			action = "refuse"
			refusals++
		}
		line := fmt.Sprintf("%-7s %s", action, filepath.Join(root, filepath.FromSlash(change.Path)))
		if change.Edited {
			line += " (" + why(change) + ")"
		}
		line = visibleLine(line)
		if _, err := fmt.Fprintln(c.out, line); err != nil {
			return printed(err)
		}
	}
	switch {
	case refusals > 0:
		return &differs{model.Problem{Msg: "nothing would be written", Hint: "add --force to overwrite files that were edited"}}
	case len(plan.Changes) == 0:
		fmt.Fprintln(c.errw, "up to date")
	}
	return nil
}

// report says what a run has changed: of a project each file, of a folder only what it left.
func (j *job) report(plan *output.Plan, root string, c *console) {
	done := map[output.Action]string{output.Create: "wrote", output.Update: "wrote", output.Remove: "removed", output.Keep: "kept"}
	for _, change := range plan.Changes {
		at := visibleLine(filepath.Join(root, filepath.FromSlash(change.Path)))
		switch {
		case change.Action == output.Keep:
			fmt.Fprintf(c.errw, "kept %s: it is no longer generated, but was edited by hand\n", at)
		case j.isOfProject():
			fmt.Fprintf(c.errw, "%s %s\n", done[change.Action], at)
		}
	}
	if j.isOfProject() && len(plan.Changes) == 0 && !j.isWatched {
		fmt.Fprintln(c.errw, "up to date")
	}
}

// printed returns the misuse of a standard output that took no data; none where the reader has gone.
func printed(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return refused(err)
}
