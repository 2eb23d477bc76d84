// Package reach answers one question: where does this path lead, and may a run read or write there?
//
// Paths count by where they lead, not by how they are written: a repository of others may hold links to anywhere, named
// pipes, and files of any size. Nothing here knows what a file means. What is refused is a value.Problem without a place,
// which whoever asked for the path has to add.
package reach

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Links knows where paths lead. It remembers what it has seen, so it serves a single run. The zero value is ready, and
// may be used by several goroutines.
type Links struct {
	mutex sync.Mutex
	known map[string]string // absolute paths, without links but for their last name, to where they lead
}

// maxLinks is how many links may lead to each other.
const maxLinks = 40

// Real returns a path, absolute and without links. What does not exist is taken for a name without a link. As for the
// system, .. is the folder above the one that a link leads to. It errs where links lead to each other in a circle.
func (l *Links) Real(at string) (string, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.known == nil {
		l.known = map[string]string{}
	}
	if filepath.IsAbs(at) {
		return l.fromRoot(at, 0)
	}
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	if here, err = l.fromRoot(here, 0); err != nil {
		return "", err
	}
	return l.walk(here, at, 0)
}

func (l *Links) fromRoot(at string, depth int) (string, error) {
	volume := filepath.VolumeName(at)
	return l.walk(volume+string(filepath.Separator), at[len(volume):], depth)
}

// walk follows the names of a path from a folder without links.
func (l *Links) walk(folder, path string, depth int) (string, error) {
	for name := range strings.SplitSeq(filepath.ToSlash(path), "/") {
		var err error
		switch name {
		case "", ".":
		case "..":
			folder = filepath.Dir(folder)
		default:
			if folder, err = l.step(folder, name, depth); err != nil {
				return "", err
			}
		}
	}
	return folder, nil
}

// step follows one name.
func (l *Links) step(folder, name string, depth int) (string, error) {
	at := filepath.Join(folder, name)
	if real, ok := l.known[at]; ok {
		return real, nil
	}
	real := at
	if target, err := os.Readlink(at); err == nil {
		switch {
		case depth == maxLinks:
			return "", errors.New("too many levels of symbolic links")
		case filepath.IsAbs(target):
			real, err = l.fromRoot(target, depth+1)
		default:
			real, err = l.walk(folder, target, depth+1)
		}
		if err != nil {
			return "", err
		}
	}
	l.known[at] = real
	return real, nil
}

// Holds reports whether a path is a folder or lies below it. Both are absolute and without links.
func Holds(folder, at string) bool {
	relative, err := filepath.Rel(folder, at)
	return err == nil && (relative == "." || relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator)))
}
