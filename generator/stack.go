package generator

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// names returns the names of the embedded packs, sorted: the folders with a pack.yaml.
func names(embedded fs.FS) []string {
	var found []string
	manifests, err := fs.Glob(embedded, "*/"+manifestName)
	if err != nil {
		return nil // only a malformed pattern is an error
	}
	for _, manifest := range manifests {
		found = append(found, path.Dir(manifest))
	}
	return found
}

// embeddedStack returns the layer of an embedded pack above those that it extends.
func embeddedStack(embedded fs.FS, name string, problems *value.Problems) []*layer {
	var stack []*layer
	for chain := []string{name}; name != ""; chain = append(chain, name) {
		if !slices.Contains(names(embedded), name) {
			problems.Add(value.UnknownPack, extendsPos(stack), value.Suggestion(name, names(embedded)), "unknown pack %q", name)
			return stack
		}
		folder, err := fs.Sub(embedded, name)
		if err != nil {
			problems.Add(value.InvalidManifest, value.Pos{File: path.Join(embeddedLayer, name)}, "", "%v", err)
			return stack
		}
		l := readLayer(Layer{Name: path.Join(embeddedLayer, name), FS: folder}, problems)
		stack = slices.Insert(stack, 0, l)
		if l.manifest == nil {
			return stack
		}
		name = l.manifest.Extends
		if slices.Contains(chain, name) {
			problems.Add(value.PackCircle, extendsPos(stack), "", "packs extend each other in a circle: %s", strings.Join(append(chain, name), " > "))
			return stack
		}
	}
	return stack
}

// extendsPos is where the lowest of the layers says what it extends.
func extendsPos(stack []*layer) value.Pos {
	if len(stack) == 0 {
		return value.Pos{}
	}
	return stack[0].manifest.at("extends")
}

// folderStack returns the layer of a folder above those of the pack that it extends, or nil where there is none. above are
// the folders that extend this one.
func folderStack(embedded fs.FS, folder Layer, above []string, problems *value.Problems) []*layer {
	l, known := readLayer(folder, problems), names(embedded)
	if l.manifest == nil {
		base := path.Base(folder.Name)
		if !slices.Contains(known, base) {
			problems.Add(value.UnknownPack, value.Pos{File: path.Join(folder.Name, manifestName)},
				"add a pack.yaml, or name the folder after the pack that it overrides: "+strings.Join(known, ", "),
				"the folder is not a pack: it has no pack.yaml, and no pack is named %q", base)
			return nil
		}
		return append(embeddedStack(embedded, base, problems), l)
	}
	extends := l.manifest.Extends
	switch {
	case extends == "":
		return []*layer{l}
	case slices.Contains(known, extends):
		return append(embeddedStack(embedded, extends, problems), l)
	case !strings.Contains(extends, "/"):
		problems.Add(value.UnknownPack, l.manifest.at("extends"), name.Suggest(extends, known, "%q", "expected one of "+strings.Join(known, ", ")+"; a folder is written with a slash: ../"+extends),
			"unknown pack %q", extends)
		return nil
	}
	below := Layer{Name: path.Join(folder.Name, extends), Beside: folder.Beside}
	chain := append(slices.Clip(above), folder.Name)
	if slices.Contains(chain, below.Name) {
		problems.Add(value.PackCircle, l.manifest.at("extends"), "", "packs extend each other in a circle: %s", strings.Join(append(chain, below.Name), " > "))
		return nil
	}
	var err error
	if below.FS, err = folder.beside(below.Name); err != nil {
		problem := unreadable("", err)
		problem.Pos, problem.Msg = l.manifest.at("extends"), "the pack "+below.Name+": "+problem.Msg
		*problems = append(*problems, problem)
		return nil
	}
	stack := folderStack(embedded, below, chain, problems)
	if stack == nil {
		return nil
	}
	return append(stack, l)
}

// beside opens the folder of the pack that the layer extends.
func (l Layer) beside(folder string) (fs.FS, error) {
	if l.Beside == nil {
		return nil, value.Problem{Code: value.UnknownPack, Msg: "cannot be opened from here", Hint: "name an embedded pack"}
	}
	opened, err := l.Beside(folder)
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(opened, "."); err != nil {
		return nil, err
	}
	return opened, nil
}
