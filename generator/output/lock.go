package output

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// mutexName is the name of the file that is locked while a run changes a folder. It lists the temporary files of the
// run, so that the next one finds them after a kill.
const mutexName = ".firestone-busy.tmp"

// temporary returns the name under which an output is first written: in a folder that is there, and distinct for
// each output and each root that it may be written from.
func (t *tree) temporary(at place, folder string) string {
	return filepath.Join(folder, ".firestone-"+Digest([]byte(t.real + "\n" + at.real))[:12]+".tmp")
}

// lock is a root folder that no other run changes meanwhile.
type lock struct {
	disk    *disk
	root    string // real
	path    string
	shown   string
	file    *lockedfile.File
	folders []string // that were made for it
}

// hasMutex reports whether a run changes the folder, or was killed when it did.
func (t *tree) hasMutex() bool {
	_, err := os.Lstat(filepath.Join(t.real, mutexName))
	return err == nil
}

// mostLocks is how many other runs may remove the file while this one waits for it: a system's own folders, such as
// /proc, let nobody make one.
const mostLocks = 10_000

// lock waits until no other run changes the folder, which is made, and removes what a killed run has left there.
func (d *disk) lock(t *tree) (*lock, error) {
	l := &lock{disk: d, root: t.real, path: filepath.Join(t.real, mutexName), shown: filepath.Join(t.root, mutexName)}
	for try := 1; l.file == nil; try++ {
		made, err := d.makeFolders(t.real, t.root)
		l.folders = append(l.folders, made...)
		if err != nil {
			return nil, errors.Join(err, l.removeFolders())
		}
		err = d.do("lock", l.shown, l.open)
		if err == nil && l.file == nil && try == mostLocks {
			err = fmt.Errorf("lock %s: the file keeps disappearing", l.shown)
		}
		if err != nil {
			return nil, errors.Join(err, l.removeFolders())
		}
	}
	if err := l.recover(); err != nil {
		return nil, l.end(err)
	}
	return l, nil
}

// open locks the file. Where another run has removed it when it was done, there is no file afterwards, and no error.
func (l *lock) open() error {
	if info, err := os.Lstat(l.path); err == nil && !info.Mode().IsRegular() {
		return errors.New("it is not a regular file")
	}
	file, err := lockedfile.OpenFile(l.path, os.O_RDWR|os.O_CREATE, 0o666)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	locked, err := file.Stat()
	if err != nil {
		return errors.Join(err, file.Close())
	}
	if named, err := os.Lstat(l.path); err != nil || !os.SameFile(locked, named) {
		return file.Close()
	}
	l.file = file
	return nil
}

// recover removes the temporary files of a killed run. The list may come from anywhere, so nothing of another name is
// removed.
func (l *lock) recover() error {
	text, err := io.ReadAll(l.file)
	if err != nil {
		return fmt.Errorf("read %s: %w", l.shown, cause(err))
	}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		path, err := strconv.Unquote(lines.Text())
		if err != nil || !isOurs(filepath.Base(path)) || filepath.Base(path) == mutexName {
			continue // the run was killed before it made that file
		}
		if !filepath.IsAbs(path) {
			path = filepath.Join(l.root, filepath.FromSlash(path))
		}
		if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
			continue
		}
		if err := l.disk.do("remove", path, func() error { return removeIfThere(path) }); err != nil {
			return err
		}
	}
	return nil
}

// announce lists the temporary files that are about to be made.
func (l *lock) announce(steps []step) error {
	var b strings.Builder
	for _, s := range steps {
		for _, path := range []string{s.temporary, filepath.Join(filepath.Dir(s.real), filepath.Base(s.temporary))} {
			if relative, err := filepath.Rel(l.root, path); err == nil {
				path = filepath.ToSlash(relative)
			}
			b.WriteString(strconv.Quote(path) + "\n")
		}
	}
	return l.disk.do("write", l.shown, func() error {
		if err := l.file.Truncate(0); err != nil {
			return err
		}
		_, err := l.file.WriteAt([]byte(b.String()), 0)
		return err
	})
}

// release lets other runs change the folder. Windows removes no file that is open, others have to remove it while it
// is locked, or they might remove that of another run.
func (l *lock) release() error {
	if runtime.GOOS != "windows" {
		err := l.disk.do("unlock", l.shown, func() error { return removeIfThere(l.path) })
		return errors.Join(err, l.file.Close())
	}
	if err := l.file.Close(); err != nil {
		return err
	}
	_ = os.Remove(l.path) // where another run waits for it, that run removes it
	return nil
}

// removeFolders removes the folders that were made for the lock, unless another run has begun to use them.
func (l *lock) removeFolders() error {
	for _, folder := range slices.Backward(l.folders) {
		if err := removeIfThere(folder); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("remove the folder %s: %w", folder, cause(err))
		}
	}
	return nil
}
