package command

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/project"
	"github.com/firestoned/firestone/reach"
)

// stdin is what an argument calls standard input, stdinName what messages call it.
const (
	stdin     = "-"
	stdinName = "<stdin>"
)

// fileSet collects the files that arguments mean, in their order: a file, the definitions of a folder, the matches
// of a glob, a comma list of these, or - for standard input. A file that is reached twice, also through another
// spelling or a link, is there once, under its first spelling.
type fileSet struct {
	paths  []string
	seen   map[fileKey][]os.FileInfo // so that two spellings of one file are compared without comparing all pairs
	bounds *reach.Bounds             // of what is added
}

// fileKey is what two spellings of one file have in common.
type fileKey struct {
	size    int64
	changed time.Time
}

func newFileSet() *fileSet { return &fileSet{seen: map[fileKey][]os.FileInfo{}} }

// add adds what one argument means: standard input for - if it may, and all of a comma list if it may be one. An
// existing name wins over everything that its characters could mean. An argument that means no file is an error.
func (s *fileSet) add(argument string, mayPipe, mayList bool) error {
	if argument == stdin && mayPipe {
		if !slices.Contains(s.paths, stdinName) {
			s.paths = append(s.paths, stdinName)
		}
		return nil
	}
	info, err := os.Stat(argument)
	switch {
	case err == nil && info.IsDir():
		return s.addFolder(argument)
	case err == nil:
		if mayPipe && reach.IsPipe(info) {
			s.keep(argument, info)
			return nil
		}
		return s.addFile(argument, info)
	case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) && argument != "":
		return ioError(err)
	}
	if parts := splitList(argument); mayList && len(parts) > 1 {
		for _, part := range parts {
			if err := s.add(part, mayPipe, false); err != nil {
				return err
			}
		}
		return nil
	}
	if strings.ContainsAny(argument, "*?[{") {
		return s.addGlob(argument)
	}
	return missing(argument)
}

// addFile adds one file unless it is there under some name. One that is not a regular file, or leads out of the bounds,
// is an error.
func (s *fileSet) addFile(path string, info os.FileInfo) error {
	err := reach.Regular(info)
	if err == nil {
		err = s.bounds.Check(path)
	}
	if err != nil {
		return refusedFile(path, err)
	}
	s.keep(path, info)
	return nil
}

func (s *fileSet) keep(path string, info os.FileInfo) {
	key := fileKey{info.Size(), info.ModTime()}
	same := func(other os.FileInfo) bool { return os.SameFile(info, other) }
	if slices.ContainsFunc(s.seen[key], same) {
		return
	}
	s.seen[key] = append(s.seen[key], info)
	s.paths = append(s.paths, path)
}

// refusedFile returns the problem of a file that is not to be read, with its path.
func refusedFile(path string, err error) error {
	var problem model.Problem
	if !errors.As(err, &problem) {
		return ioError(err)
	}
	return usageErrorf(problem.Hint, "%s: %s", path, problem.Msg)
}

// addFolder adds the definitions that lie in a folder, not below it.
func (s *fileSet) addFolder(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return ioError(err)
	}
	found := false
	for _, entry := range entries {
		if !project.IsDefinition(entry.Name()) {
			continue
		}
		path := inFolder(folder, entry.Name())
		info, err := os.Stat(path)
		if err != nil {
			return ioError(err)
		}
		if info.IsDir() {
			continue
		}
		if err := s.addFile(path, info); err != nil {
			return err
		}
		found = true
	}
	if !found {
		return usageErrorf(whereDefinitionsAre(folder, entries), "no definitions in the folder %q", folder)
	}
	return nil
}

// whereDefinitionsAre is the hint for a folder that has none: they may lie below it, or be named by the project there.
func whereDefinitionsAre(folder string, entries []os.DirEntry) string {
	if file := projectBelow(folder); file != "" {
		return file + " says where they are: leave " + folder + " out, and add --config " + file
	}
	for _, entry := range entries {
		if below := inFolder(folder, entry.Name()); entry.IsDir() && firstDefinition(below) != "" {
			return "did you mean " + below + "?"
		}
	}
	return "expected *.yaml, *.yml or *.json directly in it, other than firestone.yaml and names that start with _ or ."
}

// inFolder returns the path of a name in a folder, spelt as the folder is; what lies in . needs no prefix.
func inFolder(folder, base string) string {
	switch {
	case folder == ".":
		return base
	case os.IsPathSeparator(folder[len(folder)-1]):
		return folder + base
	}
	return folder + string(filepath.Separator) + base
}

// addGlob adds the files that a pattern matches. Wildcards pass over the names that a folder passes over, unless
// the pattern itself names such a start.
func (s *fileSet) addGlob(pattern string) error {
	matches, err := doublestar.FilepathGlob(pattern, doublestar.WithFilesOnly())
	if err != nil {
		return usageErrorf("* and ? match within a name, ** matches any folders, [ab] and {a,b} match one of several", "%q is not a valid pattern: %v", pattern, err)
	}
	base, wild := doublestar.SplitPattern(filepath.ToSlash(pattern))
	named := slices.ContainsFunc(strings.Split(wild, "/"), project.IsPrivate)
	found := false
	for _, path := range matches {
		below := strings.TrimPrefix(filepath.ToSlash(path), base+"/")
		if !named && slices.ContainsFunc(strings.Split(below, "/"), project.IsPrivate) {
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			return ioError(err)
		}
		if err := s.addFile(path, info); err != nil {
			return err
		}
		found = true
	}
	if !found {
		hint := "wildcards skip firestone.yaml and names that start with _ or ."
		for _, ending := range []string{".yaml", ".yml", ".json"} {
			other := strings.TrimSuffix(pattern, filepath.Ext(pattern)) + ending
			near, _ := doublestar.FilepathGlob(other, doublestar.WithFilesOnly()) // the pattern is a valid one
			if other != pattern && slices.ContainsFunc(near, func(path string) bool { return project.IsDefinition(filepath.Base(path)) }) {
				hint = "did you mean " + other + "?"
				break
			}
		}
		return usageErrorf(hint, "no file matches %q", pattern)
	}
	return nil
}

// splitList splits at commas outside { }, which belong to a pattern, and drops blanks and empty parts.
func splitList(list string) []string {
	var parts []string
	depth, start := 0, 0
	for i := 0; i <= len(list); i++ {
		switch {
		case i == len(list) || list[i] == ',' && depth == 0:
			if part := strings.TrimSpace(list[start:i]); part != "" {
				parts = append(parts, part)
			}
			start = i + 1
		case list[i] == '{':
			depth++
		case list[i] == '}' && depth > 0:
			depth--
		}
	}
	return parts
}

// missing returns the error for a file that does not exist, with the one that was probably meant.
func missing(path string) error {
	const resource = "a RESOURCE is a file, a folder, a pattern or - for standard input"
	if path == "" {
		return usageErrorf(resource, "a RESOURCE argument is empty")
	}
	other := resource
	if strings.Contains(path, "://") {
		return usageErrorf("copy it to a file here, and name that", "nothing is fetched, so %s cannot be read", path)
	}
	if folder, _ := filepath.Split(path); folder != "" && isFile(filepath.Clean(folder)) {
		other = filepath.Clean(folder) + " is a file, not a folder"
	} else if folder != "" && !isFolder(folder) {
		other = "the folder " + folder + " does not exist either"
	} else if near := firstDefinition("."); near != "" {
		other = "name a definition, such as " + near + "; " + resource
	}
	return usageErrorf(suggestFile(path, other), "no such file: %s", path)
}

// suggestFile returns a hint naming what exists in place of a missing file or folder: the same path with slashes, the
// name with a definition's suffix, or the nearest name in the same folder; else the other hint.
func suggestFile(path, other string) string {
	if slashed := strings.ReplaceAll(path, `\`, "/"); slashed != path && exists(slashed) {
		return "write " + slashed
	}
	for _, ending := range []string{".yaml", ".yml", ".json"} {
		if exists(path + ending) {
			return "did you mean " + path + ending + "?"
		}
	}
	folder, base := filepath.Split(strings.TrimRight(path, "/"))
	entries, err := os.ReadDir(filepath.Clean(folder))
	if err != nil {
		return other
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return name.Suggest(base, names, strings.ReplaceAll(folder, "%", "%%")+"%s", other)
}
