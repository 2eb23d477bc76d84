// Package generator answers one question: which files does this pack make of this model?
//
// A pack is a folder of templates with a pack.yaml that says which of them makes which file. Open reads a
// pack with the layers of folders above it and refuses what cannot work, Render makes every file in memory
// and verifies it; room output writes and compares them. Rendering is a pure function: no clock, no environment, no
// network, and the same bytes on any number of processors.
//
// The package does not know what an output means, and it never mends one: what a template wrote is verified,
// and is what the user gets.
package generator

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// Pack is a set of templates that is ready to render: every layer read, every template parsed.
type Pack struct {
	Name        string
	Description string
	Layer       string // the name of the highest layer with files of the pack
	Parameters  []Parameter
	Outputs     []Output
	Effort      int // how many times the usual steps and bytes its templates may take; 0 for once

	stack     []*layer           // the lowest first
	templates map[string]*source // by path in the pack
	partials  map[string]*source // by the name that include takes
}

// Parameter is what a user may choose about a pack's outputs.
type Parameter struct {
	Name        string
	Description string
	Schema      *value.Value // JSON Schema; true where the pack gives none
	Default     *value.Value // never nil; null where the pack gives none
	Pos         value.Pos
}

// The values of Output.Each and Output.Write.
const (
	EachResource = "resource" // one file for each resource
	WriteAlways  = "always"
	WriteOnce    = "once" // only where there is no such file yet
)

// Output is a row of pack.yaml: which template makes which file. As the Output of a View it is one file.
type Output struct {
	Template string // its path in the pack
	Path     string // of the file in the output folder; in pack.yaml it may hold actions
	Each     string // resource: a file for each; empty: one file of the whole API
	Write    string // always; once: only where there is no such file yet
	pos      value.Pos
	path     *source // the parsed Path where it holds actions
}

// IsOnce reports whether the output is one file, and not one for each resource.
func (o Output) IsOnce() bool { return o.Each == "" }

// Open reads the embedded pack of that name below the layers, the lowest first. Each file of a layer replaces the
// file of the same path below it; a layer's pack.yaml adds parameters and outputs, or replaces those of the same
// name or template. The error is value.Problems: everything that is wrong with the pack, with its place.
func Open(embedded fs.FS, name string, layers ...Layer) (*Pack, error) {
	var problems value.Problems
	stack := embeddedStack(embedded, name, &problems)
	for _, layer := range layers {
		stack = append(stack, readLayer(layer, &problems))
	}
	return build(name, stack, problems)
}

// OpenFolder reads the pack of a folder below the layers. A folder whose pack.yaml says `extends: NAME`, or that has
// no pack.yaml and the name of an embedded pack, overrides that pack as a layer does. The error is value.Problems.
func OpenFolder(embedded fs.FS, folder string, layers ...Layer) (*Pack, error) {
	return openLayer(embedded, Layer{Name: filepath.ToSlash(filepath.Clean(folder)), FS: os.DirFS(folder)}, layers...)
}

func openLayer(embedded fs.FS, folder Layer, layers ...Layer) (*Pack, error) {
	var problems value.Problems
	lowest := readLayer(folder, &problems)
	name := path.Base(folder.Name)
	stack := []*layer{lowest}
	switch {
	case lowest.manifest == nil && !slices.Contains(names(embedded), name):
		problems.Add(value.Pos{File: path.Join(folder.Name, manifestName)},
			"add a pack.yaml, or name the folder after the pack that it overrides: "+strings.Join(names(embedded), ", "),
			"the folder is not a pack: it has no pack.yaml, and no pack is named %q", name)
		return nil, problems
	case lowest.manifest == nil:
		stack = append(embeddedStack(embedded, name, &problems), lowest)
	case lowest.manifest.Extends != "":
		if extends := lowest.manifest.Extends; !slices.Contains(names(embedded), extends) {
			problems.Add(lowest.manifest.at("extends"), suggestion(extends, names(embedded)), "unknown pack %q", extends)
			return nil, problems.Sorted()
		}
		stack = append(embeddedStack(embedded, lowest.manifest.Extends, &problems), lowest)
	}
	for _, above := range layers {
		stack = append(stack, readLayer(above, &problems))
	}
	return build(name, stack, problems)
}

// build makes a pack of its layers, or returns all that is wrong with them.
func build(name string, stack []*layer, problems value.Problems) (*Pack, error) {
	pack := &Pack{Name: name, stack: stack, templates: map[string]*source{}, partials: map[string]*source{}}
	for i, l := range stack {
		if i > 0 && l.manifest != nil && l.manifest.isRead && l.manifest.isWhole() {
			problems.Add(value.Pos{File: l.manifest.file, Line: 1, Col: 1}, "add `extends: "+name+"`",
				"the pack.yaml of an override must name the pack that it extends")
		}
		pack.add(l, &problems)
	}
	if len(pack.Outputs) == 0 && !problems.HasErrors() {
		problems.Add(stack[0].manifest.at("outputs"), "add `- template: NAME.LANGUAGE.tmpl` to outputs", "the pack has no outputs")
	}
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	pack.checkDefaults(&problems)
	pack.parse(&problems)
	pack.checkOutputs(&problems)
	pack.checkUse(stack, &problems)
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	return pack, nil
}

// add puts a layer above those that the pack has.
func (p *Pack) add(l *layer, problems *value.Problems) {
	for _, s := range l.sources {
		p.templates[s.path] = s
		p.Layer = l.name
	}
	if l.manifest == nil {
		return
	}
	p.Description = l.manifest.describe(p.Description)
	for _, parameter := range l.manifest.parameters() {
		i := slices.IndexFunc(p.Parameters, func(other Parameter) bool { return other.Name == parameter.Name })
		if i < 0 {
			p.Parameters = append(p.Parameters, parameter)
			continue
		}
		p.Parameters[i] = parameter.over(p.Parameters[i])
	}
	from := len(p.Outputs)
	for _, output := range l.manifest.outputs() {
		i := slices.IndexFunc(p.Outputs, func(other Output) bool { return other.Template == output.Template })
		switch {
		case i < 0:
			p.Outputs = append(p.Outputs, output)
		case i >= from:
			problems.Add(output.pos, "", "the template %s is listed twice, also at %v", output.Template, p.Outputs[i].pos)
		default:
			p.Outputs[i] = output
		}
	}
}

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
			problems.Add(extendsPos(stack), suggestion(name, names(embedded)), "unknown pack %q", name)
			return stack
		}
		folder, err := fs.Sub(embedded, name)
		if err != nil {
			problems.Add(value.Pos{File: path.Join(embeddedLayer, name)}, "", "%v", err)
			return stack
		}
		l := readLayer(Layer{Name: path.Join(embeddedLayer, name), FS: folder}, problems)
		stack = slices.Insert(stack, 0, l)
		if l.manifest == nil {
			return stack
		}
		name = l.manifest.Extends
		if slices.Contains(chain, name) {
			problems.Add(extendsPos(stack), "", "packs extend each other in a circle: %s", strings.Join(append(chain, name), " > "))
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

// suggestion says which of the names the word may have meant, or which there are.
func suggestion(word string, known []string) string {
	if near, ok := nearest(word, known); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(known) == 0 {
		return ""
	}
	return "expected one of " + strings.Join(known, ", ")
}
