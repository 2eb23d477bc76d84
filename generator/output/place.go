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
)

// tree is a root folder, and where its paths lead.
type tree struct {
	root  string            // as the caller spells it
	top   string            // absolute
	real  string            // absolute, and without links
	links map[string]string // what is known of absolute paths: the same without links
}

// place is a path in a tree.
type place struct {
	path  string // relative to the root, with slashes
	shown string // as the caller would spell it
	real  string // absolute, and without links: a file that is a link is changed where it leads
}

func newTree(root string) (*tree, error) {
	t := &tree{root: root, links: map[string]string{}}
	var err error
	if t.top, err = t.absolute(root); err == nil {
		t.real, err = t.follow(t.top, 0)
	}
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", root, cause(err))
	}
	return t, nil
}

// absolute returns an absolute path. In a folder that was entered by a link, .. is what the system takes it for: the
// folder above that which the link leads to.
func (t *tree) absolute(root string) (string, error) {
	if filepath.IsAbs(root) {
		return filepath.Clean(root), nil
	}
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	if here, err = t.follow(here, 0); err != nil {
		return "", err
	}
	return filepath.Join(here, root), nil
}

// at returns the place of a path of the tree.
func (t *tree) at(at string) (place, error) {
	p := place{path: at, shown: filepath.Join(t.root, filepath.FromSlash(at))}
	real, err := t.follow(filepath.Join(t.top, filepath.FromSlash(at)), 0)
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
				full = filepath.Join(t.top, full)
			}
			real, err := t.follow(full, 0)
			if err != nil {
				return nil, fmt.Errorf("find %s: %w", input.Name, cause(err))
			}
			sources[generator.Folded(real)] = input.Digest
		}
	}
	return sources, nil
}

// mostLinks is how many links may lead to each other.
const mostLinks = 40

// follow returns an absolute path without links. What is not there has none.
func (t *tree) follow(at string, depth int) (string, error) {
	if known, ok := t.links[at]; ok {
		return known, nil
	}
	if depth > mostLinks {
		return "", errors.New("too many levels of symbolic links")
	}
	parent := filepath.Dir(at)
	if parent == at {
		return at, nil
	}
	parent, err := t.follow(parent, depth)
	if err != nil {
		return "", err
	}
	real := filepath.Join(parent, filepath.Base(at))
	if target, err := os.Readlink(real); err == nil {
		if !filepath.IsAbs(target) {
			target = filepath.Join(parent, target)
		}
		if real, err = t.follow(target, depth+1); err != nil {
			return "", err
		}
	}
	t.links[at] = real
	return real, nil
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
	}
	return ""
}

// ours are the names of the files that a run makes for itself, but for the record.
var ours = regexp.MustCompile(`^\.firestone-(busy|[0-9a-f]{12})\.tmp$`)

func isOurs(base string) bool { return ours.MatchString(base) }

// claim is an output and who makes it.
type claim struct {
	place
	item string
}

// collisions returns the outputs that would be one file, or whose path needs another to be a folder, on any disk.
func collisions(claims []claim) value.Problems {
	var problems value.Problems
	taken := map[string]claim{}
	for _, c := range claims {
		at := generator.Folded(c.real)
		if other, ok := taken[at]; ok {
			problems.Add(value.Pos{File: c.shown}, "give one of the two a different path", "two outputs are the same file: %s of %s, and %s of %s",
				other.path, other.item, c.path, c.item)
			continue
		}
		taken[at] = c
	}
	for _, c := range claims {
		at := generator.Folded(c.real)
		for i, r := range at {
			if r != filepath.Separator || i == 0 {
				continue
			}
			if other, ok := taken[at[:i]]; ok {
				problems.Add(value.Pos{File: c.shown}, "give one of the two a different path", "the output %s of %s is a file, but another output needs a folder in its place",
					other.path, other.item)
			}
		}
	}
	return problems
}

// cause returns what the system said, without the operation and the name of a file that nobody asked for.
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
