package command

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"github.com/firestoned/firestone/generator"
)

// target is where the output goes: standard output, a file, or a folder.
type target struct {
	path     string // empty for standard output
	isFolder bool
}

// chooseTarget returns what -o means for the pack. One document goes to standard output or to a file, or into a
// folder whose name is written with a slash at its end; several files go into a folder.
func chooseTarget(out string, pack *generator.Pack) (*target, error) {
	hasSlash := out != "" && os.IsPathSeparator(out[len(out)-1])
	info, err := os.Stat(filepath.Clean(out))
	isFolder := err == nil && info.IsDir()
	single := isSingle(pack)
	switch {
	case out == "" || out == stdin:
		if !single {
			return nil, misusef("write -o FOLDER, such as -o "+pack.Name+"/", "the pack %s makes several files, which standard output cannot hold", pack.Name)
		}
		return &target{}, nil
	case err == nil && !isFolder && (hasSlash || !single):
		return nil, misusef("name a folder", "%s is a file; the output is a folder", filepath.Clean(out))
	case single && isFolder && !hasSlash:
		return nil, misusef("write -o "+inFolder(out, pack.Outputs[0].Path)+", or -o "+out+"/ for that name",
			"%s is a folder; the pack %s makes one file", out, pack.Name)
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return nil, refused(err)
	}
	return &target{path: out, isFolder: hasSlash || !single}, nil
}

// isSingle tells whether the pack always makes exactly one file.
func isSingle(pack *generator.Pack) bool {
	return len(pack.Outputs) == 1 && pack.Outputs[0].IsOnce()
}

// write writes the files. A reader of standard output that has read enough is no failure to speak of.
func (t *target) write(files []generator.File, out io.Writer) error {
	switch {
	case t.isFolder:
		return refused(generator.Write(t.path, files))
	case t.path != "":
		return refused(writeFile(t.path, files[0]))
	}
	_, err := out.Write(files[0].Content)
	return printed(err)
}

// writeFile writes one file: through a link to what it points at, and straight into a device or pipe, which a
// rename would replace.
func writeFile(path string, file generator.File) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		converted, err := file.As(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, converted.Content, 0o666)
	}
	if linked, err := filepath.EvalSymlinks(path); err == nil {
		path = linked
	}
	return generator.WriteFile(path, file)
}

// printed returns the misuse of a standard output that took no data; none where the reader has gone.
func printed(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return refused(err)
}
