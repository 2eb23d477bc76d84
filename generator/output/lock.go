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
	isFirst bool     // no other run has locked the folder, or was killed when it did
	folders []string // that were made for it
}

// hasMutex reports whether a run changes the folder, or was killed when it did.
func (t *tree) hasMutex() bool {
	_, err := os.Lstat(filepath.Join(t.real, mutexName))
	return err == nil
}

// maxLocks is how many other runs may remove the file while this one waits for it: in some system folders, such as
// /proc, it can never be created.
const maxLocks = 10_000

// lock waits until no other run changes the folder, which is made, and removes what a killed run has left there.
func (d *disk) lock(t *tree) (*lock, error) {
	l := &lock{disk: d, root: t.real, path: filepath.Join(t.real, mutexName), shown: filepath.Join(t.root, mutexName)}
	for try := 1; l.file == nil; try++ {
		made, err := d.makeFolders(anywhere{}, t.real, t.root)
		l.folders = append(l.folders, made...)
		if err != nil {
			return nil, errors.Join(err, l.removeFolders())
		}
		err = d.do("lock", l.shown, l.open)
		if err == nil && l.file == nil && try == maxLocks {
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

// open opens the root and locks the file in it. If another run has removed one of them on finishing, it returns no file
// and no error.
func (l *lock) open() error {
	root, err := os.OpenRoot(l.root)
	if err == nil {
		l.disk.root = root
		l.file, err = l.openIn(root)
	}
	if err == nil && l.file != nil {
		return nil
	}
	if root != nil {
		l.disk.root = nil
		err = errors.Join(absent(err), root.Close())
	}
	return absent(err)
}

// openIn creates the file in the root, unless it exists, and locks it, unless it has been replaced by then.
func (l *lock) openIn(root *os.Root) (*lockedfile.File, error) {
	if info, err := root.Lstat(mutexName); err == nil && !info.Mode().IsRegular() {
		return nil, errors.New("it is not a regular file")
	}
	made, err := root.OpenFile(mutexName, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	switch {
	case err == nil:
		l.isFirst = true
		err = made.Close()
	case errors.Is(err, fs.ErrExist):
		err = nil
	}
	if err != nil {
		return nil, err
	}
	file, err := lockedfile.OpenFile(l.path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	locked, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	if named, err := root.Lstat(mutexName); err != nil || !os.SameFile(locked, named) {
		return nil, file.Close()
	}
	return file, nil
}

// recover removes the temporary files of a killed run. The list may come from anywhere, so nothing of another name and
// nothing outside the root is removed.
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
		path = filepath.FromSlash(path)
		if info, err := l.disk.root.Lstat(path); err != nil || !info.Mode().IsRegular() {
			continue
		}
		if err := l.disk.do("remove", filepath.Join(l.root, path), func() error { return absent(l.disk.root.Remove(path)) }); err != nil {
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

// release lets other runs change the folder. Windows cannot remove an open file; on other systems it must be removed
// while locked, or this run might remove that of another.
func (l *lock) release() error {
	if runtime.GOOS != "windows" {
		err := l.disk.do("unlock", l.shown, func() error { return l.disk.removeIfThere(l.path) })
		return errors.Join(err, l.file.Close(), l.disk.root.Close())
	}
	if err := l.file.Close(); err != nil {
		return errors.Join(err, l.disk.root.Close())
	}
	_ = l.disk.root.Remove(mutexName) // where another run waits for it, that run removes it
	return l.disk.root.Close()
}

// removeFolders removes the folders that were made for the lock, unless another run has begun to use them.
func (l *lock) removeFolders() error {
	for _, folder := range slices.Backward(l.folders) {
		if err := absent(os.Remove(folder)); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("remove the folder %s: %w", folder, cause(err))
		}
	}
	return nil
}
