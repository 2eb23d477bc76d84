package command

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/reach"
)

// reader reads files for the model, which asks for several at once and may ask for one again.
type reader struct {
	named  map[string]bool // the files of definitions, of which some may be pipes
	piped  bool            // standard input is one of them
	stdin  func() ([]byte, error)
	digest func([]byte) string // of what is read; nil if digests are not needed

	mutex   sync.Mutex
	paths   map[string]bool   // that were asked for
	digests map[string]string // by path
	refused error             // the first that is not about a missing file
}

// newReader returns a reader of the files; it digests what it reads by digest, which may be nil.
func newReader(in io.Reader, paths []string, digest func([]byte) string) *reader {
	named := map[string]bool{}
	for _, path := range paths {
		named[path] = true
	}
	return &reader{
		named: named, piped: named[stdinName], digest: digest, paths: map[string]bool{}, digests: map[string]string{},
		stdin: sync.OnceValues(func() ([]byte, error) { return io.ReadAll(in) }),
	}
}

// read returns what a file or standard input holds.
func (r *reader) read(path string) ([]byte, error) {
	var data []byte
	var err error
	switch {
	case r.piped && path == stdinName:
		data, err = r.stdin()
	case r.named[path]:
		data, err = reach.ReadNamed(filepath.FromSlash(path), reach.MaxInput)
	default:
		data, err = reach.Read(filepath.FromSlash(path), reach.MaxInput)
	}
	if errors.Is(err, syscall.ENOTDIR) { // a file has no children
		err = &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	digest := ""
	if err == nil && r.digest != nil {
		digest = r.digest(data)
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.paths[path] = true
	switch {
	case err == nil:
		r.digests[path] = digest
	case !errors.Is(err, fs.ErrNotExist) && !errors.As(err, &model.Problem{}) && r.refused == nil:
		r.refused = err
	}
	return data, err
}

// refusal returns the first error that is not about a missing file.
func (r *reader) refusal() error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.refused
}

// requestedPaths returns the paths that were asked for, also of files that are missing, sorted.
func (r *reader) requestedPaths() []string { return slices.Sorted(maps.Keys(r.paths)) }

// list returns the names of the files in a folder.
func list(folder string) []string {
	entries, _ := os.ReadDir(filepath.FromSlash(folder)) // where a folder cannot be read, nothing is found in it
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// peek reads a file that the user did not name. It does not count as a source of outputs, and a run does not fail if it
// is unreadable.
func peek(path string) ([]byte, error) { return reach.Read(filepath.FromSlash(path), reach.MaxInput) }
