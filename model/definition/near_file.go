package definition

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// nearFile returns a hint that names the file which a reference most likely means, where there is none at the path that it
// leads to, or a folder; "" where nothing is near.
func (l *loader) nearFile(doc *document, p string, ref *Value) string {
	written, fragment, isPointer := strings.Cut(ref.Text, "#")
	if isPointer {
		fragment = "#" + fragment
	}
	if strings.Contains(written, `\`) {
		return `write "` + strings.ReplaceAll(written, `\`, "/") + fragment + `"`
	}
	if file := inFile().FindString(written); file != "" && !isPointer && strings.HasPrefix(written[len(file):], "/") {
		return `did you mean "` + file + "#" + strings.TrimPrefix(written, file) + `"?`
	}
	if file := inFile().FindString(written); file != "" && !isPointer && strings.HasPrefix(written[len(file):], ".") {
		return `did you mean "` + file + "#" + strings.ReplaceAll(strings.TrimPrefix(written, file), ".", "/") + `"?`
	}
	if l.List == nil {
		return ""
	}
	near := l.besideMissing(doc, p, written)
	if near == "" {
		return ""
	}
	return `did you mean "` + near + fragment + `"?`
}

// inFile finds the file in a path that continues into its content, as a pointer after # would.
var inFile = value.Expression(`^.*?\.(?:yaml|yml|json)`)

// besideMissing returns the name of the file that is nearest to a missing one, spelt as that was written: in its folder, or in
// the folder that is nearest to a missing folder.
func (l *loader) besideMissing(doc *document, p, written string) string {
	prefix, base := path.Split(written)
	if near := l.nearest(doc, path.Dir(p), base); near != "" {
		return prefix + near
	}
	folder := path.Dir(p)
	above, _ := path.Split(strings.TrimSuffix(prefix, "/"))
	for _, entry := range l.List(path.Dir(folder)) {
		if _, ok := name.Nearest(path.Base(folder), []string{entry}); !ok || entry == path.Base(folder) {
			continue
		}
		if near := l.nearest(doc, path.Join(path.Dir(folder), entry), base); near != "" {
			return above + entry + "/" + near
		}
	}
	return ""
}

// nearest returns the file of a folder whose name is nearest to a word, with another ending or without any as well, or "".
func (l *loader) nearest(doc *document, folder, word string) string {
	var files, stems []string
	for _, entry := range l.List(folder) {
		if isData(entry) && l.allows(doc, path.Join(folder, entry)) == nil {
			files = append(files, entry)
			stems = append(stems, strings.TrimSuffix(entry, path.Ext(entry)))
		}
	}
	if near, ok := name.Nearest(word, files); ok {
		return near
	}
	stem := strings.TrimSuffix(word, path.Ext(word))
	if i := slices.IndexFunc(stems, func(s string) bool { return strings.EqualFold(s, stem) }); i >= 0 {
		return files[i]
	}
	return ""
}

// isData reports whether a file may hold schemas, by its name.
func isData(file string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(file))
}

// inFolder returns a hint for a reference to a folder that names a file in it: the one whose name is what the pointer
// leads to, or else the first. It returns "" if the path is not a folder, or has no such file.
func (l *loader) inFolder(doc *document, p string, ref *Value, err error) string {
	if l.List == nil || errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	written, fragment, _ := strings.Cut(ref.Text, "#")
	first, _, _ := strings.Cut(strings.TrimPrefix(fragment, "/"), "/")
	meant := ""
	for _, entry := range slices.Sorted(slices.Values(l.List(p))) {
		isMeant := strings.TrimSuffix(entry, path.Ext(entry)) == first
		if isData(entry) && l.allows(doc, path.Join(p, entry)) == nil && (meant == "" || isMeant) {
			meant = entry
		}
	}
	if meant == "" {
		return ""
	}
	return `name a file in it: "` + strings.TrimSuffix(written, "/") + "/" + meant + "#" + fragment + `"`
}

// relative returns the path by which one file names another.
func relative(from, to string) string {
	if way, err := filepath.Rel(path.Dir(from), to); err == nil {
		return filepath.ToSlash(way)
	}
	return to
}
