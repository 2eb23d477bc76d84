package command

import (
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// folders returns the folders whose files the run depends on, however far it has come.
func (r *run) folders() []string {
	folders := []string{"."}
	if file, err := findProject(); err == nil && r.config == "" {
		folders = append(folders, filepath.Dir(file))
	}
	if r.config != "" {
		folders = append(folders, filepath.Dir(r.config))
	}
	for _, s := range r.sources {
		folders = append(folders, sourceFolders(s.Value)...)
	}
	if r.reader != nil {
		for _, path := range r.reader.requestedPaths() {
			folders = append(folders, filepath.Dir(filepath.FromSlash(path)))
		}
	}
	for _, layer := range append(r.project.layers(r.layers), r.project.namedLayers()...) { // also one that is not there yet
		folders = append(folders, foldersBelow(layer)...)
	}
	for _, o := range r.outputs {
		folders = append(folders, foldersBelow(o.asked.Pack.Value)...)
	}
	return folders
}

// sourceFolders returns the folders in which a new or another file may change what a source means.
func sourceFolders(text string) []string {
	switch {
	case isFolder(text):
		return []string{text}
	case strings.ContainsAny(text, "*?[{"):
		base, _ := doublestar.SplitPattern(filepath.ToSlash(text))
		return foldersBelow(filepath.FromSlash(base))
	}
	return []string{filepath.Dir(text)}
}

// foldersBelow returns a folder, also one that is not there yet, and all folders in it, without those whose names begin
// with a dot.
func foldersBelow(folder string) []string {
	folders := []string{folder}
	// What cannot be read is not watched: a run reports it.
	_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fs.SkipDir
		case !entry.IsDir() || path == folder:
			return nil
		case strings.HasPrefix(entry.Name(), "."), entry.Name() == "node_modules":
			return fs.SkipDir
		}
		folders = append(folders, path)
		return nil
	})
	return folders
}

// withParents returns a folder and, if it is below the working directory, the folders between the two, any of which may
// be replaced. For a missing folder elsewhere it returns the nearest existing parent, in which it may appear.
func withParents(folder string) []string {
	folder = filepath.Clean(folder)
	folders := []string{folder}
	for up := filepath.Dir(folder); filepath.IsLocal(folder) && up != "."; up = filepath.Dir(up) {
		folders = append(folders, up)
	}
	for up := folder; !filepath.IsLocal(folder) && !isFolder(up) && filepath.Dir(up) != up; {
		up = filepath.Dir(up)
		folders = append(folders, up)
	}
	return folders
}
