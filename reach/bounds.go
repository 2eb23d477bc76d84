package reach

import (
	"io/fs"
	"os"
	"path/filepath"

	"github.com/firestoned/firestone/model/value"
)

// Bounds are how far the files of a project may lead: not out of its repository. Nil sets no bounds.
type Bounds struct {
	links         Links
	here          string // the folder that paths are relative to
	written, real string // the folder of the project, as it was named and without links
	repository    string
}

// NewBounds returns the bounds of the project in a folder. Its repository is the nearest folder from there upwards with
// a .git, or else the folder itself.
func NewBounds(project string) (*Bounds, error) {
	b := &Bounds{}
	var err error
	if b.here, err = b.links.Real("."); err != nil {
		return nil, err
	}
	if b.real, err = b.links.Real(project); err != nil {
		return nil, err
	}
	b.written = b.absolute(project)
	b.repository = repository(b.real)
	return b, nil
}

// markers are what the folder of a repository holds: that of git before that of a project, which may share files with
// others in the same repository.
var markers = []string{".git", "firestone.yaml"}

// repository returns the nearest folder from a real one upwards that holds a marker, or else the folder itself.
func repository(folder string) string {
	for _, marker := range markers {
		for at := folder; ; at = filepath.Dir(at) {
			if _, err := os.Lstat(filepath.Join(at, marker)); err == nil {
				return at
			}
			if at == filepath.Dir(at) {
				break
			}
		}
	}
	return folder
}

// Check refuses a path that is written inside the repository and leads out of it. A path that is written outside was
// meant to be there.
func (b *Bounds) Check(at string) error {
	if b == nil || !Holds(b.repository, b.spelt(at)) {
		return nil
	}
	return b.inside(b.repository, at, "replace the link with what it leads to, or remove it")
}

// CheckReference refuses a reference from a file to another that leads out of the repository of the first: that of the
// project where the file is written inside it, or else its own.
func (b *Bounds) CheckReference(from, to string) error {
	if b == nil {
		return nil
	}
	home := b.repository
	if !Holds(home, b.spelt(from)) {
		real, err := b.links.Real(from)
		if err != nil {
			return err
		}
		home = repository(filepath.Dir(real))
	}
	return b.inside(home, to, "copy the schema into the repository, and refer to the copy")
}

func (b *Bounds) inside(folder, at, hint string) error {
	if !filepath.IsAbs(at) {
		at = b.here + string(filepath.Separator) + at // not cleaned: of a link, .. is not the folder that holds it
	}
	real, err := b.links.Real(at)
	if err != nil {
		return value.Problem{Code: value.OutOfBounds, Msg: "the path cannot be followed: " + err.Error(), Hint: hint}
	}
	if Holds(folder, real) {
		return nil
	}
	return value.Problem{Code: value.OutOfBounds, Msg: "it leads out of the repository, to " + real, Hint: hint}
}

// spelt returns a path as it is written, made absolute, with the project where it really is: it may have been named by
// way of a link.
func (b *Bounds) spelt(at string) string {
	at = b.absolute(at)
	if below, err := filepath.Rel(b.written, at); err == nil && Holds(b.written, at) {
		return filepath.Join(b.real, below)
	}
	return at
}

func (b *Bounds) absolute(at string) string {
	if filepath.IsAbs(at) {
		return filepath.Clean(at)
	}
	return filepath.Join(b.here, at)
}

// FS returns the files of a folder, as os.DirFS does, but opens only folders and regular files of at most MaxInput bytes
// that do not lead out of the bounds.
func (b *Bounds) FS(folder string) fs.FS { return folderFS{os.DirFS(folder), folder, b} }

type folderFS struct {
	fs.FS
	folder string
	bounds *Bounds
}

// Open implements fs.FS.
func (f folderFS) Open(name string) (fs.File, error) {
	at := filepath.Join(f.folder, filepath.FromSlash(name))
	if err := f.bounds.Check(at); err != nil {
		return nil, err
	}
	info, err := os.Stat(at)
	if err == nil && !info.IsDir() {
		err = measure(info, MaxInput)
	}
	if err != nil {
		return nil, err
	}
	return f.FS.Open(name)
}

// ReadFile implements fs.ReadFileFS.
func (f folderFS) ReadFile(name string) ([]byte, error) {
	at := filepath.Join(f.folder, filepath.FromSlash(name))
	if err := f.bounds.Check(at); err != nil {
		return nil, err
	}
	return Read(at, MaxInput)
}
