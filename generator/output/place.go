package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/reach"
)

// tree is a root folder, and where its paths lead.
type tree struct {
	root  string // as the caller spells it
	real  string // absolute, and without links
	isNew bool   // nothing existed there
	links *reach.Links
}

// place is a path in a tree.
type place struct {
	path  string // relative to the root, with slashes
	shown string // as the caller would spell it
	real  string // absolute, and without links: a file that is a link is changed where it leads
}

func newTree(root string) (*tree, error) {
	t := &tree{root: root, links: &reach.Links{}}
	var err error
	if t.real, err = t.links.Real(root); err != nil {
		return nil, fmt.Errorf("find %s: %w", root, cause(err))
	}
	_, err = os.Stat(t.real)
	t.isNew = isAbsent(err)
	return t, nil
}

// at returns the place of a path of the tree. The error is a value.Problem, with the file that the path names, where a
// link leads out of the tree or into a folder of version control.
func (t *tree) at(path string) (place, error) {
	p, err := t.follow(path)
	if err != nil {
		return p, err
	}
	lead := value.Problem{Code: value.OutOfBounds, Pos: value.Pos{File: p.shown}, Hint: "replace the link with what it leads to, or choose a different path"}
	below, err := filepath.Rel(t.real, p.real)
	switch {
	case err != nil || !reach.Holds(t.real, p.real):
		lead.Msg = fmt.Sprintf("the path %s leads out of the output folder, to %s", path, p.real)
	case reach.VersionControl(below) != "":
		lead.Msg = fmt.Sprintf("the path %s leads into a folder of version control, to %s", path, filepath.ToSlash(below))
	default:
		return p, nil
	}
	return p, lead
}

// follow returns the place of a path, wherever it leads.
func (t *tree) follow(path string) (place, error) {
	p := place{path: path, shown: filepath.Join(t.root, filepath.FromSlash(path))}
	real, err := t.links.Real(filepath.Join(t.real, filepath.FromSlash(path)))
	if err != nil {
		return p, fmt.Errorf("write %s: %w", p.shown, cause(err))
	}
	p.real = real
	return p, nil
}

// sourcesOf returns the digests of the files that items are generated from, by their real paths, folded.
func (t *tree) sourcesOf(items []Item) (map[string]string, error) {
	sources := map[string]string{}
	for _, item := range items {
		for _, input := range slices.Concat(item.Inputs.Definitions, item.Inputs.Templates) {
			full := filepath.FromSlash(input.Name)
			if !filepath.IsAbs(full) {
				full = filepath.Join(t.real, full)
			}
			real, err := t.links.Real(full)
			if err != nil {
				return nil, fmt.Errorf("find %s: %w", input.Name, cause(err))
			}
			sources[generator.Folded(real)] = input.Digest
		}
	}
	return sources, nil
}

// pathFault says why a path is none that a tree can have, or returns "". What systems allow in names is asked where
// a path is made up.
func pathFault(at string) string {
	switch {
	case at == "":
		return "is empty"
	case !utf8.ValidString(at):
		return "is not valid UTF-8"
	case strings.ContainsFunc(at, unicode.IsControl):
		return "contains a control character"
	case strings.Contains(at, `\`):
		return `contains a "\"`
	case path.IsAbs(at) || filepath.IsAbs(at) || filepath.VolumeName(at) != "":
		return "is an absolute path"
	case path.Clean(at) != at:
		return "has an empty or redundant segment"
	case at == "." || at == "..":
		return "names a folder"
	case strings.HasPrefix(at, "../"):
		return "leads out of the output folder"
	case isOurs(path.Base(at)) || path.Base(at) == RecordName:
		return "has a name that is reserved for firestone"
	case reach.VersionControl(at) != "":
		return "is in a folder of version control"
	}
	return ""
}

// ours are the names of the files that a run makes for itself, but for the record.
var ours = regexp.MustCompile(`^\.firestone-(busy|[0-9a-f]{12})\.tmp$`)

func isOurs(base string) bool { return ours.MatchString(base) }

// cause returns the system's error, without the operation and the name of an internal file.
func cause(err error) error {
	var at *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &at):
		return at.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
