// Package reach answers one question: where does this path lead, and may a run read or write there?
//
// What counts is where a path leads, not how it is written: other people's repositories may hold links to anywhere,
// named pipes, and files of any size. Nothing here knows what a file means. A refusal is a value.Problem without a
// position, which the caller adds.
package reach

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Links resolves paths. It caches what it has seen, so use it for a single run. The zero value is ready to use, and
// safe for concurrent use.
type Links struct {
	mutex sync.Mutex
	known map[string]string // absolute paths, with links resolved except for the last name, to where they lead
}

// maxLinks is how many links may lead to one another.
const maxLinks = 40

// Real returns an absolute path with links resolved. A name that does not exist counts as one that is not a link. As
// for the system, .. is the parent of the folder that a link leads to. It errs if links lead to one another in a cycle.
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

// walk resolves the names of a path, starting from a folder without links.
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

// step resolves one name.
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

// Holds reports whether a path is a folder or lies below it. Both must be absolute and without links.
func Holds(folder, at string) bool {
	relative, err := filepath.Rel(folder, at)
	return err == nil && (relative == "." || relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator)))
}
