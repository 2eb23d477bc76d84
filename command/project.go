package command

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/project"
	"github.com/firestoned/firestone/reach"
)

// projectDir is a project and its folder. A run from a subfolder works like one from that folder.
type projectDir struct {
	*project.Project
	root   string // the folder of firestone.yaml, as a path from here
	digest string // of firestone.yaml
	bounds *reach.Bounds
}

// within returns how far the files of the project may lead; nil, which sets no bounds, without a project.
func (p *projectDir) within() *reach.Bounds {
	if p == nil {
		return nil
	}
	return p.bounds
}

// at returns the path from here of a path that firestone.yaml gives.
func (p *projectDir) at(path string) string {
	if p.root == "." || filepath.IsAbs(path) {
		return path
	}
	return inFolder(p.root, path)
}

// readProject returns the project of the file that --config names, or else of the firestone.yaml in this folder or
// in the nearest one above it. It returns nil where there is none.
func readProject(config string) (*projectDir, error) {
	file := config
	if config != "" && isFolder(config) {
		hint := "name the file of a project, such as firestone.yaml"
		if below := projectBelow(config); below != "" {
			hint = "write --config " + below
		}
		return nil, usageErrorf(hint, "--config %s is a folder, not a file", config)
	}
	if file == "" {
		found, err := findProject()
		if err != nil || found == "" {
			return nil, err
		}
		file = found
	}
	bounds, err := reach.NewBounds(filepath.Dir(file))
	if err != nil {
		return nil, ioError(err)
	}
	read := reach.ReadNamed
	if config == "" {
		err, read = bounds.Check(file), reach.Read
	}
	var content []byte
	if err == nil {
		content, err = read(file, reach.MaxInput)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return nil, usageErrorf(suggestFile(file, "create one with firestone init"), "no such file: %s", file)
	case err != nil:
		return nil, readError(err, model.Pos{File: filepath.ToSlash(file)})
	}
	loaded, problems := project.Load(filepath.ToSlash(file), content, programVersion())
	if problems.HasErrors() {
		return nil, problems
	}
	return &projectDir{loaded, filepath.Dir(file), output.Digest(content), bounds}, nil
}

// boundsHere returns the bounds of the nearest project, or nil, which means no bounds, if there is no project.
func boundsHere() (*reach.Bounds, error) {
	file, err := findProject()
	if err != nil || file == "" {
		return nil, err
	}
	bounds, err := reach.NewBounds(filepath.Dir(file))
	return bounds, ioError(err)
}

// findProject returns the path of the nearest firestone.yaml, or none.
func findProject() (string, error) {
	here, err := os.Getwd()
	if err != nil {
		return "", ioError(err)
	}
	if here, err = filepath.EvalSymlinks(here); err != nil { // a shell names the folder by the link that led to it
		return "", ioError(err)
	}
	up := ""
	for {
		info, err := os.Stat(up + project.FileName)
		switch {
		case err == nil && info.Mode().IsRegular():
			return up + project.FileName, nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return "", ioError(err)
		case filepath.Dir(here) == here:
			return "", nil
		}
		up, here = ".."+string(filepath.Separator)+up, filepath.Dir(here)
	}
}

// misnamedProject returns the path of a file that its writer most likely takes for that of a project, in this folder or one
// above it, or "".
func misnamedProject() string {
	const others = "firestone.yml firestone.json .firestone.yaml .firestone.yml firestone.yaml.txt"
	here, err := os.Getwd()
	if err != nil {
		return ""
	}
	for up := ""; ; up, here = ".."+string(filepath.Separator)+up, filepath.Dir(here) {
		entries, _ := os.ReadDir(cmp.Or(up, ".")) // what cannot be read is not said
		for _, entry := range entries {
			if entry.Type().IsRegular() && slices.Contains(strings.Fields(others), strings.ToLower(entry.Name())) {
				return up + entry.Name()
			}
		}
		if filepath.Dir(here) == here {
			return ""
		}
	}
}

// projectsBelow returns the first three project files in subfolders of this folder.
func projectsBelow() []string {
	var files []string
	entries, _ := os.ReadDir(".")
	for _, entry := range entries {
		if file := projectBelow(entry.Name()); entry.IsDir() && file != "" && len(files) < 3 {
			files = append(files, file)
		}
	}
	return files
}

// layers returns the folders that override packs: those that flags give, else those of the project.
func (p *projectDir) layers(given []string) []string {
	if len(given) > 0 || p == nil {
		return given
	}
	return slices.DeleteFunc(p.namedLayers(), func(folder string) bool { return !isFolder(folder) }) // git keeps none that is empty
}

// namedLayers returns the folders that the project says override packs, also those that are not there.
func (p *projectDir) namedLayers() []string {
	if p == nil {
		return nil
	}
	var folders []string
	for _, layer := range p.Templates {
		folders = append(folders, p.at(layer.Value))
	}
	return folders
}

// checkLayers reports the folders of firestone.yaml that override no pack, each at its place, and what in them does not.
func (p *projectDir) checkLayers() model.Problems {
	var problems model.Problems
	for _, layer := range p.Templates {
		if !isFolder(p.at(layer.Value)) {
			problems.Warn(value.MissingFolder, layer.Pos, "create it, with a folder named after the pack to override, or remove the entry", "no such folder: %s", layer.Value)
			continue
		}
		if _, err := layersOf(nil, "", []string{p.at(layer.Value)}); err != nil {
			asProblems(placed(value.UnusedFile, err, layer.Pos), &problems)
		}
	}
	if problems.HasErrors() {
		return problems
	}
	var packs []string
	for _, item := range p.Generate {
		packs = append(packs, path.Base(packName(item.Pack.Value)))
	}
	return append(problems, strays(p.layers(nil), packs...)...)
}

// pack returns what firestone.yaml calls a pack as -t takes it here.
func (p *projectDir) pack(value string) string {
	if strings.ContainsRune(value, '/') && !isPack(value) {
		return p.at(value)
	}
	return value
}

// isSamePack reports whether two texts of -t mean one pack.
func isSamePack(a, b string) bool { return isSamePath(packName(a), packName(b)) }

// isSamePath reports whether two paths are spellings of one.
func isSamePath(a, b string) bool { return filepath.Clean(a) == filepath.Clean(b) }

// packsOfProject returns the packs that the nearest project uses, each once, as -t takes them here; none without a
// project.
func packsOfProject() ([]string, error) {
	p, err := readProject("")
	if err != nil || p == nil {
		return nil, err
	}
	var packs []string
	for _, item := range p.Generate {
		pack := p.pack(item.Pack.Value)
		if !slices.ContainsFunc(packs, func(other string) bool { return isSamePack(other, pack) }) {
			packs = append(packs, pack)
		}
	}
	return packs, nil
}

// placed returns the problem with a value of firestone.yaml at its position there: an input error of that kind, not a
// usage error. Problems that have a position keep it.
func placed(code model.Code, err error, pos model.Pos) error {
	var m *usageError
	if pos.File == "" || !errors.As(err, &m) {
		return err
	}
	var problems model.Problems
	for _, cause := range m.causes {
		if cause.Pos.File == "" {
			cause.Code, cause.Pos = cmp.Or(cause.Code, code), pos
		}
		problems = append(problems, cause)
	}
	return problems
}

// isFolderPath reports whether a path is written as that of a folder: with a slash at its end.
func isFolderPath(path string) bool {
	return strings.HasSuffix(path, "/") || path != "" && os.IsPathSeparator(path[len(path)-1])
}

// writesInto reports whether the path is the folder of an item, which has its record in that of the project.
func (p *projectDir) writesInto(path string) bool {
	return path != "" && slices.ContainsFunc(p.Generate, func(item project.Item) bool {
		return item.IsFolder() && isSamePath(p.at(item.Output.Value), path)
	})
}

// checkOutput refuses an output that the next run would read as a definition.
func (p *projectDir) checkOutput(pos model.Pos, output string) error {
	if resource, ok := p.Reads(output); ok {
		return placed(value.OutputAmongInputs, usageErrorf("write it to another folder", "the output %q would be read as a definition: it matches %q at %s", output, resource.Value, resource.Pos), pos)
	}
	return nil
}
