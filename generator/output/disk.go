package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/firestoned/firestone/generator"
)

// disk changes files, and knows how to undo what it has changed.
type disk struct {
	before func(operation string) error // called before each operation; nil but for tests
	undo   []func() error
	isTorn bool // something could not be undone
}

// step is a file to write or to remove.
type step struct {
	place
	old       *found // what is there
	content   []byte // nil to remove the file
	temporary string // the absolute name under which the file is written first
}

// found is what stands in a place.
type found struct {
	info    fs.FileInfo // nil where there is nothing
	content []byte      // of a file
}

func (f *found) isThere() bool { return f.info != nil && f.info.Mode().IsRegular() }

// serves reports whether what is there needs not be written.
func (f *found) serves(file generator.File) bool {
	return f.isThere() && (file.Write == generator.WriteOnce || bytes.Equal(unixed(f.content), unixed(file.Content)))
}

// fault says why a place can hold no file, or returns "".
func (f *found) fault() string {
	switch {
	case f.info == nil || f.info.Mode().IsRegular():
		return ""
	case f.info.IsDir():
		return "a folder of that name exists"
	}
	return "a device or pipe of that name exists"
}

// look returns what stands in a place.
func look(at place) (*found, error) {
	info, err := os.Stat(at.real)
	switch {
	case isAbsent(err):
		return &found{}, nil
	case err != nil:
		return nil, fmt.Errorf("write %s: %w", at.shown, cause(err))
	case !info.Mode().IsRegular():
		return &found{info: info}, nil
	}
	content, err := os.ReadFile(at.real)
	switch {
	case isAbsent(err):
		return &found{}, nil
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", at.shown, cause(err))
	}
	return &found{info, content}, nil
}

// isAbsent reports whether an error says that a path leads to nothing.
func isAbsent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// do runs one operation. Its error names the verb and the file.
func (d *disk) do(verb, shown string, run func() error) error {
	var err error
	if d.before != nil {
		err = d.before(verb + " " + shown)
	}
	if err == nil {
		err = run()
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", verb, shown, cause(err))
	}
	return nil
}

// rollback undoes everything, the latest first, and returns err with what could not be undone.
func (d *disk) rollback(err error) error {
	for len(d.undo) > 0 {
		last := len(d.undo) - 1
		undo := d.undo[last]
		d.undo = d.undo[:last]
		if failing := undo(); failing != nil {
			d.isTorn = true
			err = errors.Join(err, failing)
		}
	}
	return err
}

// stage writes the content of a step under its temporary name.
func (d *disk) stage(s step) error {
	if s.old.isThere() && s.old.info.Mode().Perm()&0o200 == 0 {
		return fmt.Errorf("write %s: the file is read-only", s.shown)
	}
	d.undo = append(d.undo, func() error {
		return d.do("remove the temporary file of", s.shown, func() error { return removeIfThere(s.temporary) })
	})
	return d.fill("write", s, s.content)
}

// fill makes the temporary file of a step, with the permissions of the file that it replaces.
func (d *disk) fill(verb string, s step, content []byte) error {
	var file *os.File
	err := d.do(verb, s.shown, func() error {
		if err := removeIfThere(s.temporary); err != nil {
			return err
		}
		var err error
		file, err = os.OpenFile(s.temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		return err
	})
	if err != nil {
		return err
	}
	err = d.do(verb, s.shown, func() error {
		if _, err := file.Write(content); err != nil {
			return err
		}
		if s.old.isThere() {
			return file.Chmod(s.old.info.Mode().Perm())
		}
		return nil
	})
	if closing := file.Close(); err == nil && closing != nil {
		return fmt.Errorf("%s %s: %w", verb, s.shown, cause(closing))
	}
	return err
}

// put gives a staged file its name.
func (d *disk) put(s step) error {
	made, err := d.makeFolders(filepath.Dir(s.real), filepath.Dir(s.shown))
	for _, folder := range made {
		d.undo = append(d.undo, func() error {
			return d.do("remove the folder", filepath.Dir(s.shown), func() error { return removeIfThere(folder) })
		})
	}
	if err != nil {
		return err
	}
	if err := d.do("write", s.shown, func() error { return os.Rename(s.temporary, s.real) }); err != nil {
		return err
	}
	d.undo = append(d.undo, func() error { return d.restore(s) })
	return nil
}

// remove removes the file of a step.
func (d *disk) remove(s step) error {
	if err := d.do("remove", s.shown, func() error { return os.Remove(s.real) }); err != nil {
		return err
	}
	d.undo = append(d.undo, func() error { return d.restore(s) })
	return nil
}

// restore makes what the place of a step held before, down to the time of its last change. A record that knows the
// files before and after stays where one of them could not be restored.
func (d *disk) restore(s step) error {
	if d.isTorn && s.path == RecordName {
		return nil
	}
	if !s.old.isThere() {
		return d.do("restore", s.shown, func() error { return removeIfThere(s.real) })
	}
	s.temporary = filepath.Join(filepath.Dir(s.real), filepath.Base(s.temporary))
	if err := d.fill("restore", s, s.old.content); err != nil {
		return errors.Join(err, removeIfThere(s.temporary))
	}
	return d.do("restore", s.shown, func() error {
		if err := os.Chtimes(s.temporary, s.old.info.ModTime(), s.old.info.ModTime()); err != nil {
			return err
		}
		return os.Rename(s.temporary, s.real)
	})
}

// makeFolders makes a folder and those above it, and returns those it has made, also with an error.
func (d *disk) makeFolders(folder, shown string) ([]string, error) {
	var missing []string
	for at := folder; ; at = filepath.Dir(at) {
		if info, err := os.Stat(at); err == nil && info.IsDir() || at == filepath.Dir(at) {
			break
		}
		missing = append(missing, at)
	}
	var made []string
	for i := len(missing) - 1; i >= 0; i-- {
		err := d.do("create the folder", shown, func() error { return os.Mkdir(missing[i], 0o777) })
		if err == nil {
			made = append(made, missing[i])
			continue
		}
		if info, failing := os.Stat(missing[i]); failing != nil || !info.IsDir() {
			return made, err
		}
	}
	return made, nil
}

// prune removes the folders above a file that is gone as far as they are empty, but for links and the root.
func (d *disk) prune(t *tree, gone place) error {
	shown := filepath.Dir(gone.shown)
	for at := filepath.Dir(gone.path); at != "."; at, shown = filepath.Dir(at), filepath.Dir(shown) {
		folder := filepath.Join(t.top, at)
		info, err := os.Lstat(folder)
		if isAbsent(err) {
			continue
		}
		if err != nil || !info.IsDir() || !isEmpty(folder) {
			return nil
		}
		if err := d.do("remove the folder", shown, func() error { return removeIfThere(folder) }); err != nil {
			return err
		}
		d.undo = append(d.undo, func() error {
			return d.do("create the folder", shown, func() error { return os.Mkdir(folder, info.Mode().Perm()) })
		})
	}
	return nil
}

// isEmpty reports whether a folder can be read and holds nothing.
func isEmpty(folder string) bool {
	f, err := os.Open(folder)
	if err != nil {
		return false
	}
	defer f.Close()
	_, err = f.Readdirnames(1)
	return errors.Is(err, io.EOF)
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
