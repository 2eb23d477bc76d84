package command

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/reach"
)

// destinationKind is how an output is written, and whether a record is kept.
type destinationKind int

const (
	toStdout  destinationKind = iota
	toFile                    // without a record
	toFolder                  // which has a record of what was written to it
	toProject                 // a file or folder of an item of firestone.yaml, next to which the record of all items is kept
)

// destination is where an output goes.
type destination struct {
	kind destinationKind
	path string // from here; empty for standard output
	root string // the folder of the record, and of the paths in it; of a file its folder
}

// destinationOf returns what -o means before the pack is known, which may make a folder of a file.
func destinationOf(out string) destination {
	switch {
	case out == "":
		return destination{}
	case isFolderPath(out) || isFolder(out):
		return destination{toFolder, out, filepath.Clean(out)}
	}
	return destination{toFile, out, filepath.Dir(out)}
}

// isFolder reports whether files are written below the path rather than to it. For an item only the spelling decides:
// what is on disk may be about to change from one to the other.
func (d destination) isFolder() bool {
	return d.kind == toFolder || d.kind == toProject && isFolderPath(d.path)
}

// isWhole reports whether a run makes all that the record is about.
func (d destination) isWhole() bool { return d.kind == toProject }

// hasRecord reports whether there is a record of an earlier run.
func (d destination) hasRecord() bool {
	if d.kind != toFolder && d.kind != toProject {
		return false
	}
	info, err := os.Stat(filepath.Join(d.root, output.RecordName))
	return err == nil && info.Mode().IsRegular()
}

// fit returns the destination for what a pack makes. One document goes to standard output or to a file, or into a folder
// whose name is written with a slash at its end; several files go into a folder.
func (d destination) fit(pack *generator.Pack) (destination, error) {
	isSingle := len(pack.Outputs) == 1 && pack.Outputs[0].IsOnce()
	if d.kind == toFile && !isSingle {
		d = destination{toFolder, d.path, filepath.Clean(d.path)}
	}
	info, err := os.Stat(filepath.Clean(d.path))
	switch {
	case d.kind == toStdout && !isSingle:
		return d, usageErrorf("write -o FOLDER, such as -o "+pack.Name+"/", "the pack %s generates several files, which cannot go to standard output", pack.Name)
	case d.kind == toProject && !isSingle && !d.isFolder():
		return d, usageErrorf("write "+d.path+"/", "the pack %s generates several files, but the output %s is a single file", pack.Name, d.path)
	case d.kind == toStdout || d.kind == toProject:
		return d, nil
	case d.kind == toFolder && err == nil && !info.IsDir():
		return d, usageErrorf("name a folder", "%s is a file, but the output must be a folder", filepath.Clean(d.path))
	case d.kind == toFolder && isSingle && !isFolderPath(d.path):
		return d, usageErrorf("write -o "+inFolder(d.path, pack.Outputs[0].Path)+", or -o "+d.path+"/ to keep that name",
			"%s is a folder, but the pack %s generates a single file", d.path, pack.Name)
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return d, cmp.Or(mayHoldFiles(filepath.Dir(d.path)), ioError(err))
	}
	return d, nil
}

// mayHoldFiles rejects a path on the command line that should be a folder, existing or not, if a file is in the way.
func mayHoldFiles(folder string) error {
	for at := filepath.Clean(folder); at != filepath.Dir(at); at = filepath.Dir(at) {
		if info, err := os.Stat(at); err == nil && !info.IsDir() {
			return usageErrorf("name a folder, which may be new", "%s is a file, not a folder", at)
		}
	}
	return nil
}

// mayWrite refuses a path on the command line that leads out of the bounds in which it is written, or into a folder of
// version control.
func mayWrite(bounds *reach.Bounds, path string) error {
	err := bounds.Check(path)
	if err == nil {
		err = reach.CheckOutput(path)
	}
	if err != nil {
		return refusedFile(path, err)
	}
	return nil
}
