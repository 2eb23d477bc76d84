package reach

import (
	"io/fs"
	"os"
	"path/filepath"

	"github.com/firestoned/firestone/model/value"
)

// Bounds limit how far the files of a project may lead: not out of its repository. Nil sets no limits.
type Bounds struct {
	links         Links
	here          string // the folder that paths are relative to
	written, real string // the folder of the project, as it was named and with links resolved
	repository    string
}

// NewBounds returns the bounds of the project in a folder. Its repository is the nearest ancestor, or the folder
// itself, that holds a .git; without one, it is the folder itself.
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

// markers identify the root of a repository: .git first, then the file of a project, which may share files with other
// projects of the same repository.
var markers = []string{".git", "firestone.yaml"}

// repository returns the nearest ancestor of a real folder, or the folder itself, that holds a marker; without one, the
// folder itself.
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

// Check refuses a path that is written inside the repository but leads out of it. A path that is written outside is
// intended.
func (b *Bounds) Check(at string) error {
	if b == nil || !Holds(b.repository, b.spelt(at)) {
		return nil
	}
	return b.inside(b.repository, at, "replace the link with what it leads to, or remove it")
}

// CheckReference refuses a reference from one file to another that leads out of the repository of the first: the
// project's repository if the file is written inside it, else its own.
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
		at = b.here + string(filepath.Separator) + at // not cleaned: .. after a link is not the folder that holds the link
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

// spelt returns a path as written, made absolute, with the project's real folder: it may have been named through a
// link.
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

// FS returns the files of a folder like os.DirFS, but opens only folders and regular files of at most MaxInput bytes
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
