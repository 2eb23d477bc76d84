package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"
)

// TemplateFile is a file of a pack: an effective template, a file to copy, or a pack.yaml.
type TemplateFile struct {
	Path     string         // in the pack: _tag.txt.tmpl
	File     string         // with the layer before it, as messages show it: team/openapi/_tag.txt.tmpl
	Layer    string         // the layer that it comes from: team/openapi, or embedded/openapi
	Text     string         // of a template, with line breaks of one kind and without a byte order mark
	IsCopied bool           // an output copies it, byte for byte
	Replaced []TemplateFile // those of the same path that it replaces, the lowest layer's first
}

// Digest returns the SHA-256 of the text, as "sha256:" and hexadecimal digits.
func (f TemplateFile) Digest() string {
	sum := sha256.Sum256([]byte(f.Text))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Files returns the files of the pack, sorted by path: each template from the highest layer that has it, and the
// pack.yaml of every layer, the lowest first, since they add to each other.
func (p *Pack) Files() []TemplateFile {
	var files []TemplateFile
	for _, l := range p.stack {
		if l.manifest != nil {
			files = append(files, TemplateFile{Path: manifestName, File: path.Join(l.name, manifestName), Layer: l.name, Text: l.manifestText})
		}
	}
	byPath := map[string]*TemplateFile{}
	add := func(file TemplateFile) {
		if below := byPath[file.Path]; below != nil {
			file.Replaced = append(below.Replaced, *below)
			file.Replaced[len(file.Replaced)-1].Replaced = nil
		}
		byPath[file.Path] = &file
	}
	for _, l := range p.stack {
		for _, s := range l.sources {
			add(TemplateFile{Path: s.path, File: s.file, Layer: l.name, Text: s.text})
		}
		for _, s := range l.statics {
			add(TemplateFile{Path: s.path, File: s.file, Layer: l.name, Text: string(s.content), IsCopied: true})
		}
	}
	for _, file := range byPath {
		files = append(files, *file)
	}
	slices.SortStableFunc(files, func(a, b TemplateFile) int { return strings.Compare(a.Path, b.Path) })
	return files
}

// Layers returns the names of the pack's layers, the lowest first: embedded/openapi, team/openapi.
func (p *Pack) Layers() []string {
	var names []string
	for _, l := range p.stack {
		names = append(names, l.name)
	}
	return names
}
