package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/firestoned/firestone/generator"
)

// WriteFile writes one file to a path, as JSON if generator.File.As converts it, and keeps no record of it. Parent
// folders are created; a link is followed; a device or pipe is written to. A file that already has the content is not
// touched. It returns an error if the content cannot be converted to JSON, or for an I/O error; then the file is
// unchanged.
func WriteFile(path string, file generator.File) error { return (&disk{}).writeFile(path, file) }

func (d *disk) writeFile(path string, file generator.File) error {
	file, err := file.As(path)
	if err != nil {
		return err
	}
	if file.Content == nil {
		file.Content = []byte{}
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return d.do("write", path, func() error { return os.WriteFile(path, file.Content, 0o666) })
	}
	t, err := newTree(filepath.Dir(path))
	if err != nil {
		return err
	}
	at, err := t.follow(filepath.Base(path))
	if err != nil {
		return err
	}
	at.shown = path
	// The folder that is locked is that of the file itself, also where a link leads there.
	t = &tree{root: filepath.Dir(path), real: filepath.Dir(at.real), links: t.links}
	if _, isDone, err := statOutput(at, file); err != nil || isDone && !t.hasMutex() {
		return err
	}
	l, err := d.lock(t)
	if err != nil {
		return err
	}
	return l.end(d.replace(l, t, at, file))
}

// statOutput returns what exists at the file's path, and whether it already has the wanted content.
func statOutput(at place, file generator.File) (old *found, isDone bool, err error) {
	if _, err := os.Stat(at.real); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, false, fmt.Errorf("write %s: %w", at.shown, cause(err))
	}
	if old, err = look(at, limitFor(file)); err != nil {
		return nil, false, err
	}
	if fault := old.fault(); fault != "" {
		return nil, false, fmt.Errorf("write %s: %s", at.shown, fault)
	}
	return old, old.isThere() && file.Write == generator.WriteOnce || old.hasContent(file), nil
}

// replace writes the file under another name and renames it, unless another run has written it meanwhile.
func (d *disk) replace(l *lock, t *tree, at place, file generator.File) error {
	old, isDone, err := statOutput(at, file)
	if err != nil || isDone {
		return err
	}
	s := step{place: at, old: old, content: file.Content, temporary: t.temporary(at, filepath.Dir(at.real))}
	if err = l.announce([]step{s}); err == nil {
		err = d.stage(s)
	}
	if err == nil {
		err = d.put(s)
	}
	if err != nil {
		return d.rollback(err)
	}
	d.undo = nil
	return nil
}
