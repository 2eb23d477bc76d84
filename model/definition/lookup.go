package definition

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// named returns the resource that a reference names before its fragment, or nil if there is none: first by identity in
// the file itself and in files already read, then the file of that name, then by identity in the other files of its
// folder.
func (l *loader) named(from *resource, name string, ref *Value) *resource {
	uri := against(from.uri, name)
	if r := l.known(from.doc, uri); r != nil {
		return r
	}
	if isURL(name) {
		if r := l.neighbour(from.doc, path.Dir(from.doc.file), uri); r != nil {
			return r
		}
		hint := "copy the schema to a file next to the definition, and refer to that"
		if strings.HasPrefix(name, "file:") && !strings.HasPrefix(name, "file:///") {
			hint = "write the path from the folder of " + from.doc.file + ", without file://"
		}
		l.problems.Add(value.RemoteReference, ref.Pos, hint,
			"the reference %q is a URL, and nothing is fetched", ref.Text)
		return nil
	}
	name, _ = url.PathUnescape(name)
	paths := []string{beside(from.doc.file, name)}
	if !isURL(uri) && uri != paths[0] {
		paths = append(paths, uri)
	}
	for _, p := range paths {
		if p == paths[len(paths)-1] || l.exists(from.doc, p) {
			return l.other(from, p, uri, ref)
		}
	}
	return nil
}

// known returns the resource with that identity in a document, or else in the files that were read, or nil.
func (l *loader) known(doc *document, uri string) *resource {
	doc.index()
	if r := doc.identities[uri]; r != nil {
		return r
	}
	if !isURL(uri) && l.files[uri] != nil {
		return nil // the file itself
	}
	for _, p := range slices.Sorted(maps.Keys(l.files)) {
		if r := l.files[p].holds(uri); r != nil {
			return r
		}
	}
	return nil
}

// holds returns the resource with that identity in a file, or nil.
func (f *file) holds(uri string) *resource {
	for _, doc := range f.documents {
		doc.index()
		if r := doc.identities[uri]; r != nil {
			return r
		}
	}
	return nil
}

// exists reports whether a document may refer to a file, and there is one.
func (l *loader) exists(doc *document, p string) bool {
	return l.allows(doc, p) == nil && !errors.Is(l.open(p).err, fs.ErrNotExist)
}

// allows returns why a document may not refer to a file, or nil.
func (l *loader) allows(doc *document, p string) error {
	if f := l.files[p]; l.MayRefer == nil || f != nil && f.isNamed {
		return nil
	}
	return l.MayRefer(doc.file, p)
}

// other returns the first document of a file that a reference names, or what has that identity in the other files of
// the folder, or nil.
func (l *loader) other(from *resource, p, uri string, ref *Value) *resource {
	if err := l.allows(from.doc, p); err != nil {
		kind, cause, hint := reason(err)
		l.problems.Add(kind, ref.Pos, hint, "the reference %q: %s", ref.Text, cause)
		return nil
	}
	f := l.open(p)
	switch {
	case f.err != nil:
		for _, folder := range []string{path.Dir(from.doc.file), path.Dir(p)} {
			if r := l.neighbour(from.doc, folder, uri); r != nil && errors.Is(f.err, fs.ErrNotExist) {
				return r
			}
		}
		kind, cause, hint := reason(f.err)
		if errors.Is(f.err, fs.ErrNotExist) {
			kind = value.UnknownReference
		}
		hint = cmp.Or(l.inFolder(from.doc, p, ref, f.err), hint, meant(from, ref.Text, ref), l.nearFile(from.doc, p, ref),
			"paths are relative to the folder of "+from.doc.file)
		l.problems.Add(kind, ref.Pos, hint, "the reference %q: %s: %s", ref.Text, p, cause)
	case f.problems.HasErrors(): // which are reported; the content of the file is unknown
	case len(f.documents) == 0:
		l.problems.Add(value.EmptyFile, ref.Pos, "", "the reference %q: %s is empty", ref.Text, p)
	default:
		f.documents[0].index()
		return f.documents[0].main
	}
	return nil
}

// Limits of looking into other files of a folder.
const (
	maxNeighbours     = 1000     // files of a folder
	maxNeighbourBytes = 64 << 20 // of all files together
)

// neighbour returns the resource with that identity in the files of a folder, in the order of their names, or nil.
// Those are usually other people's files, so their problems are not reported.
func (l *loader) neighbour(doc *document, folder, uri string) *resource {
	if l.List == nil || l.Peek == nil {
		return nil
	}
	names, listed := l.listed[folder]
	if !listed {
		names = slices.DeleteFunc(slices.Sorted(slices.Values(l.List(folder))), func(name string) bool {
			return !slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(name))
		})
		names = names[:min(len(names), maxNeighbours)]
		l.listed[folder] = names
	}
	for _, name := range names {
		p := path.Join(folder, name)
		if l.files[p] != nil || l.allows(doc, p) != nil {
			continue
		}
		f := l.besides[p]
		if f == nil {
			f = &file{path: p}
			f.parse(l.identifying)
			l.besides[p] = f
		}
		if f.problems.HasErrors() || f.holds(uri) == nil {
			continue
		}
		if r := l.open(p).holds(uri); r != nil {
			return r
		}
	}
	return nil
}

// identifying reads a file in which something may have an identity; of others it returns nothing.
func (l *loader) identifying(p string) ([]byte, error) {
	if l.peeked > maxNeighbourBytes {
		return nil, nil
	}
	data, err := l.Peek(p)
	l.peeked += len(data)
	if !bytes.Contains(data, []byte("id")) {
		return nil, err
	}
	return data, err
}
