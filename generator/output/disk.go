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
	"github.com/firestoned/firestone/reach"
)

// disk changes files, and can undo its changes. Everything it creates, renames and removes is resolved from the opened
// root folder, so a link created meanwhile cannot lead out of it.
type disk struct {
	before         func(operation string) error // called before each operation; nil but for tests
	root           *os.Root                     // open while the folder is locked
	undo           []func() error
	rollbackFailed bool // something could not be undone
}

// step is a file to write or to remove.
type step struct {
	place
	old       *found // what exists
	content   []byte // nil to remove the file
	temporary string // the absolute name under which the file is written first
}

// found is what exists at a path.
type found struct {
	info    fs.FileInfo // nil if nothing exists
	content []byte      // of a file that is not too large
	isLarge bool        // the file is too large to be read
}

// maxContent is the most bytes of a file that are compared with a smaller one: a file beyond them is not what a run
// generates, and to read it would take the machine's memory.
const maxContent = 64 << 20

func (f *found) isThere() bool { return f.info != nil && f.info.Mode().IsRegular() }

// hasContent reports whether the file already has the wanted content.
func (f *found) hasContent(file generator.File) bool {
	return f.isThere() && !f.isLarge && bytes.Equal(withLF(f.content), withLF(file.Content))
}

// fault says why a place can hold no file, or returns "".
func (f *found) fault() string {
	switch {
	case f.isLarge:
		return fmt.Sprintf("a file of %d MiB has that name", f.info.Size()>>20)
	case f.info == nil || f.info.Mode().IsRegular():
		return ""
	case f.info.IsDir():
		return "a folder of that name exists"
	}
	return "a device or pipe of that name exists"
}

// limitFor returns the maximum number of bytes to read of an existing file that is about to be replaced.
func limitFor(file generator.File) int64 { return max(maxContent, 2*int64(len(file.Content))) }

// look returns what exists at a path; a file of more than limit bytes without its content.
func look(at place, limit int64) (*found, error) {
	info, err := os.Stat(at.real)
	switch {
	case isAbsent(err):
		return &found{}, nil
	case err != nil:
		return nil, fmt.Errorf("write %s: %w", at.shown, cause(err))
	case !info.Mode().IsRegular():
		return &found{info: info}, nil
	case info.Size() > limit:
		return &found{info: info, isLarge: true}, nil
	}
	content, err := reach.Read(at.real, limit)
	switch {
	case isAbsent(err):
		return &found{}, nil
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", at.shown, cause(err))
	}
	return &found{info: info, content: content}, nil
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
			d.rollbackFailed = true
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
		return d.do("remove the temporary file of", s.shown, func() error { return d.removeIfThere(s.temporary) })
	})
	return d.fill("write", s, s.content)
}

// fill makes the temporary file of a step, with the permissions of the file that it replaces.
func (d *disk) fill(verb string, s step, content []byte) error {
	var file *os.File
	err := d.do(verb, s.shown, func() error {
		open := func() (*os.File, error) {
			return d.root.OpenFile(d.name(s.temporary), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		}
		var err error
		if file, err = open(); !errors.Is(err, fs.ErrExist) {
			return err
		}
		if err = d.removeIfThere(s.temporary); err == nil {
			file, err = open()
		}
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
	made, err := d.makeFolders(d.root, d.name(filepath.Dir(s.real)), filepath.Dir(s.shown))
	for _, folder := range made {
		d.undo = append(d.undo, func() error {
			return d.do("remove the folder", filepath.Dir(s.shown), func() error { return absent(d.root.Remove(folder)) })
		})
	}
	if err != nil {
		return err
	}
	if err := d.do("write", s.shown, func() error { return d.rename(s) }); err != nil {
		return err
	}
	d.undo = append(d.undo, func() error { return d.restore(s) })
	return nil
}

// remove removes the file of a step.
func (d *disk) remove(s step) error {
	if err := d.do("remove", s.shown, func() error { return d.root.Remove(d.name(s.real)) }); err != nil {
		return err
	}
	d.undo = append(d.undo, func() error { return d.restore(s) })
	return nil
}

// restore restores what was at the path of a step, including its modification time. A record with the files before and
// after stays if one of them could not be restored.
func (d *disk) restore(s step) error {
	if d.rollbackFailed && s.path == RecordName {
		return nil
	}
	if !s.old.isThere() {
		return d.do("restore", s.shown, func() error { return d.removeIfThere(s.real) })
	}
	s.temporary = filepath.Join(filepath.Dir(s.real), filepath.Base(s.temporary))
	if err := d.fill("restore", s, s.old.content); err != nil {
		return errors.Join(err, d.removeIfThere(s.temporary))
	}
	return d.do("restore", s.shown, func() error {
		if err := d.root.Chtimes(d.name(s.temporary), s.old.info.ModTime(), s.old.info.ModTime()); err != nil {
			return err
		}
		return d.rename(s)
	})
}

// name returns a real path relative to the root. os.Root rejects one that is outside.
func (d *disk) name(at string) string {
	below, err := filepath.Rel(d.root.Name(), at)
	if err != nil {
		return at
	}
	return below
}

// rename gives the temporary file of a step its name.
func (d *disk) rename(s step) error { return d.root.Rename(d.name(s.temporary), d.name(s.real)) }

func (d *disk) removeIfThere(at string) error { return absent(d.root.Remove(d.name(at))) }

// folders makes folders: those of an os.Root, or any.
type folders interface {
	Stat(name string) (fs.FileInfo, error)
	Mkdir(name string, mode fs.FileMode) error
}

// anywhere are all folders of the system.
type anywhere struct{}

func (anywhere) Stat(name string) (fs.FileInfo, error)     { return os.Stat(name) }
func (anywhere) Mkdir(name string, mode fs.FileMode) error { return os.Mkdir(name, mode) }

// makeFolders makes a folder and those above it, and returns those it has made, also with an error.
func (d *disk) makeFolders(in folders, folder, shown string) ([]string, error) {
	var missing []string
	for at := folder; ; at = filepath.Dir(at) {
		if info, err := in.Stat(at); err == nil && info.IsDir() || at == filepath.Dir(at) {
			break
		}
		missing = append(missing, at)
	}
	var made []string
	for i := len(missing) - 1; i >= 0; i-- {
		err := d.do("create the folder", shown, func() error { return in.Mkdir(missing[i], 0o777) })
		if err == nil {
			made = append(made, missing[i])
			continue
		}
		if info, failing := in.Stat(missing[i]); failing != nil || !info.IsDir() {
			return made, err
		}
	}
	return made, nil
}

// prune removes the empty parent folders of a removed file, except for links and the root.
func (d *disk) prune(t *tree, gone place) error {
	shown := filepath.Dir(gone.shown)
	for at := filepath.Dir(gone.path); at != "."; at, shown = filepath.Dir(at), filepath.Dir(shown) {
		folder := d.name(t.spelt(place{path: filepath.ToSlash(at)}))
		info, err := d.root.Lstat(folder)
		if isAbsent(err) {
			continue
		}
		if err != nil || !info.IsDir() || !isEmpty(d.root.Open(folder)) {
			return nil
		}
		if err := d.do("remove the folder", shown, func() error { return absent(d.root.Remove(folder)) }); err != nil {
			return err
		}
		d.undo = append(d.undo, func() error {
			return d.do("create the folder", shown, func() error { return d.root.Mkdir(folder, info.Mode().Perm()) })
		})
	}
	return nil
}

// isEmpty reports whether a folder could be opened and holds nothing. It closes the folder.
func isEmpty(folder *os.File, err error) bool {
	if err != nil {
		return false
	}
	defer folder.Close()
	_, err = folder.Readdirnames(1)
	return errors.Is(err, io.EOF)
}

// absent returns the error of a removal, nil where there was nothing to remove.
func absent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
