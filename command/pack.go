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

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/project"
	"github.com/firestoned/firestone/reach"
	"github.com/firestoned/firestone/templates"
)

// packNames returns the names of the embedded packs, sorted.
func packNames() []string {
	entries, err := fs.ReadDir(templates.FS, ".")
	if err != nil {
		return nil // an embedded folder can be read
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names
}

// packName returns the name in NAME, NAME/ and templates/NAME.
func packName(value string) string {
	return strings.TrimPrefix(strings.TrimRight(value, "/"), "templates/")
}

// isPack reports whether the value names an embedded pack.
func isPack(value string) bool { return slices.Contains(packNames(), packName(value)) }

// isFolder reports whether there is a folder at the path.
func isFolder(at string) bool {
	info, err := os.Stat(at)
	return err == nil && info.IsDir()
}

// openPack opens the pack that -t names, below the layers that override it, the lowest first, in the bounds of the
// nearest project.
func openPack(value string, layerDirs []string) (*generator.Pack, error) {
	bounds, err := boundsHere()
	if err != nil {
		return nil, err
	}
	return openPackWithin(bounds, value, layerDirs)
}

// openPackWithin opens a pack in the bounds of a project. A value with a slash that exists as a folder is that folder;
// otherwise NAME and templates/NAME are a pack of a layer or the embedded one.
func openPackWithin(bounds *reach.Bounds, value string, layerDirs []string) (*generator.Pack, error) {
	named := packName(value)
	isPath := strings.ContainsRune(value, '/') && isFolder(value)
	if isPath {
		var err error
		if value, err = withName(value); err != nil {
			return nil, err
		}
		named = path.Base(value)
	}
	layers, err := layersOf(bounds, named, layerDirs)
	if err != nil {
		return nil, err
	}
	var pack *generator.Pack
	switch {
	case isPath:
		pack, err = generator.OpenFolder(templates.FS, folderLayer(bounds, value), layers...)
	case isPack(value):
		pack, err = generator.Open(templates.FS, named, layers...)
	case len(layers) > 0:
		pack, err = generator.OpenFolder(templates.FS, layers[0], layers[1:]...)
	default:
		return nil, unknownPack(value)
	}
	if err != nil {
		return nil, problemsOf(err)
	}
	return pack, nil
}

// folderLayer returns the layer of a folder, in the bounds of a project, which the packs that it extends keep too.
func folderLayer(bounds *reach.Bounds, folder string) generator.Layer {
	return generator.Layer{Name: folder, FS: bounds.FS(folder), Beside: func(other string) (fs.FS, error) {
		if err := bounds.CheckReference(path.Join(folder, manifest), other); err != nil {
			var problem model.Problem
			if errors.As(err, &problem) {
				problem.Hint = "copy the pack into the repository, and extend the copy"
				err = problem
			}
			return nil, err
		}
		return bounds.FS(other), nil
	}}
}

// withName returns the path of a folder that ends in the folder's name, by which a pack is called, also where the folder
// is spelt . or ../ as seen from inside it.
func withName(folder string) (string, error) {
	clean := path.Clean(filepath.ToSlash(folder))
	if base := path.Base(clean); base != "." && base != ".." {
		return clean, nil
	}
	whole, err := filepath.Abs(folder)
	if err != nil {
		return "", ioError(err)
	}
	return path.Join(clean, "..", filepath.Base(whole)), nil
}

// layersOf returns a layer for each of the folders that has a folder of the pack's name.
func layersOf(bounds *reach.Bounds, pack string, folders []string) ([]generator.Layer, error) {
	var layers []generator.Layer
	for _, folder := range folders {
		if !isFolder(folder) {
			return nil, noLayer(folder)
		}
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, ioError(err)
		}
		isNotEmpty := func(e fs.DirEntry) bool {
			return !strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(e.Name(), "README")
		}
		isPackFolder := func(e fs.DirEntry) bool { return isFolder(inFolder(folder, e.Name())) }
		if slices.ContainsFunc(entries, isNotEmpty) && !slices.ContainsFunc(entries, isPackFolder) {
			return nil, usageErrorf("move the templates into a folder named after the pack that they override, such as "+inFolder(folder, cmp.Or(pack, "openapi")),
				"the folder %s contains no folder of a pack", folder)
		}
		if at := inFolder(folder, pack); isFolder(at) {
			layers = append(layers, folderLayer(bounds, filepath.ToSlash(filepath.Clean(at))))
		}
	}
	return layers, nil
}

// noLayer rejects a path that is not an override folder.
func noLayer(path string) error {
	const hint = "name a folder that contains folders named after packs, such as templates with templates/openapi"
	if exists(path) {
		return usageErrorf(hint, "--templates-path %s is a file, not a folder", path)
	}
	return usageErrorf(suggestFile(path, hint), "--templates-path %s does not exist", path)
}

// strays reports what is in override folders but overrides nothing because it is not in a pack's folder: templates, and
// folders with nearly the name of a pack. Any other folder may override a pack that this run does not open. The packs
// are the built-in ones, those of the folders, and the others given by name.
func strays(folders []string, others ...string) model.Problems {
	known, _, err := packsOf(folders)
	if err != nil {
		return nil // opening the packs reports problems with the folders
	}
	known = append(known, others...)
	var problems model.Problems
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil
		}
		for _, entry := range entries {
			at := inFolder(folder, entry.Name())
			switch hint := name.Suggest(entry.Name(), known, "%s", ""); {
			case isFolder(at) && hint != "" && !slices.Contains(known, entry.Name()):
				problems.Add(value.UnusedFile, model.Pos{File: at}, hint, "no pack is named %q, so nothing in this folder is used", entry.Name())
			case !isFolder(at) && strings.HasSuffix(entry.Name(), ".tmpl"):
				problems.Add(value.UnusedFile, model.Pos{File: at}, "move it into a folder named after its pack, such as "+inFolder(folder, known[0]), "the template is not in the folder of a pack")
			}
		}
	}
	return problems
}

// otherNames are what people call the packs, or what these write.
var otherNames = map[string]string{
	"client": "python", "click": "cli", "events": "asyncapi", "oas": "openapi", "py": "python", "rest": "openapi", "swagger": "openapi", "ui": "streamlit", "web": "streamlit",
}

// unknownPack says which packs there are, and which was probably meant.
func unknownPack(value string) error {
	if isFile(value) {
		return fileForPack(value)
	}
	names := packNames()
	hint := "available packs: " + strings.Join(names, ", ")
	first, rest, isMore := strings.Cut(strings.ReplaceAll(value, "@", "="), "=")
	switch {
	case strings.Contains(value, "://"):
		return usageErrorf("copy it to a folder here, and name that", "no pack is fetched from %s", value)
	case strings.Contains(value, ","):
		return usageErrorf("run firestone once for each pack, or list them under generate in a firestone.yaml", "-t %s names several packs", value)
	case isMore && isPack(first):
		return usageErrorf("write -t "+first+" --set version="+rest, "unknown pack %q", value)
	}
	if strings.ContainsAny(strings.TrimPrefix(value, "templates/"), `/\`) {
		hint = "a pack is a folder with a pack.yaml, or one of " + strings.Join(names, ", ")
		return usageErrorf(suggestFile(value, hint), "no such folder: %s", value)
	}
	if other := otherNames[strings.ToLower(packName(value))]; other != "" {
		hint = "did you mean " + other + "? " + hint
	} else if near := name.Suggest(packName(value), names, "%s", ""); near != "" {
		hint = near + " " + hint
	} else if isFolder(value) {
		hint = "write a folder with a slash: ./" + value
	}
	return usageErrorf(hint, "unknown pack %q", value)
}

// fileForPack says what to do with a file that is given for a pack: to name its folder, if it describes a pack, to name it
// as a definition, or to make a pack of a template.
func fileForPack(file string) error {
	return fileForPackOr(file, "a definition is named without -t: firestone -t openapi "+file)
}

// fileForPackOr is fileForPack with the hint for a definition.
func fileForPackOr(file, definition string) error {
	folder, base := path.Split(filepath.ToSlash(file))
	hint := "a pack is one of " + strings.Join(packNames(), ", ") + ", or a folder with a pack.yaml"
	switch {
	case base == manifest:
		hint = "name its folder, " + cmp.Or(folder, "./")
	case path.Ext(base) == ".tmpl":
		hint = "to generate a file from it, put it into a folder with this pack.yaml, and name the folder; to override a template, see firestone pack eject --help:" +
			"\n      format: 1\n      description: What it writes\n      outputs: [{template: " + base + "}]"
	case project.IsDefinition(base):
		hint = definition
	}
	return usageErrorf(hint, "a pack is a folder, and %s is a file", file)
}

// isFile reports whether a path exists and is not a folder.
func isFile(at string) bool {
	info, err := os.Stat(at)
	return err == nil && !info.IsDir()
}
