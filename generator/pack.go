// Package generator answers one question: which files does this pack make of this model?
//
// A pack is a folder of templates with a pack.yaml that maps templates to files. Open reads a pack with the layers of
// folders above it and rejects what cannot work, Render generates every file in memory and verifies it; package output
// writes and compares them. Rendering is a pure function: no clock, no environment, no network, and the same bytes on
// any number of processors.
//
// The package does not interpret outputs, and never repairs one: what a template wrote is verified, and is what the
// user gets.
package generator

import (
	"io/fs"
	"path"
	"slices"

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
	statics   map[string]*static // other files, by path in the pack
	defaults  map[string]*source // templates that defaults of parameters are, by parameter
	partials  map[string]*source // by the name that include takes
	below     []*source          // that a template includes which replaces them
	unique    []*value.Value     // the names of partials whose result is unique for each dot
	marks     map[string]bool    // see ownMarks
	plain     []string           // patterns of files in which values are written unescaped

	changesDicts bool // a partial may change a dict that others have too
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
	WriteOnce    = "once" // only if the file does not exist yet
)

// Output is a row of pack.yaml: which template makes which file, or which files are copied. As the Output of a View it is
// one file.
type Output struct {
	Template string // its path in the pack; empty where files are copied
	Copy     string // the path in the pack of a file to copy, or of a folder with a slash at its end; empty for a template
	Path     string // of the file in the output folder, or of the copied folder; in pack.yaml it may hold actions
	Each     string // resource: a file for each; empty: one file of the whole API
	When     string // one action: the output is made where it has a value; empty: always
	Write    string // always; once: only if the file does not exist yet
	pos      value.Pos
	yaml     features // of YAML that the template's own text may use
	path     *source  // the parsed Path where it holds actions
	when     *source  // the parsed When
}

// IsOnce reports whether the output is one file, and not one for each resource.
func (o Output) IsOnce() bool { return o.Each == "" }

// HasFilesOfEach reports whether the pack makes a file of each resource.
func (p *Pack) HasFilesOfEach() bool {
	return slices.ContainsFunc(p.Outputs, func(o Output) bool { return !o.IsOnce() })
}

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

// OpenFolder reads the pack of a folder below the layers. A folder whose pack.yaml says `extends: NAME`, or that has no
// pack.yaml and the name of an embedded pack, overrides that pack as a layer does; `extends: ../PACK` names another
// folder, relative to this one. The error is value.Problems.
func OpenFolder(embedded fs.FS, folder Layer, layers ...Layer) (*Pack, error) {
	var problems value.Problems
	stack := folderStack(embedded, folder, nil, &problems)
	if problems.HasErrors() && stack == nil {
		return nil, problems.Sorted()
	}
	for _, above := range layers {
		stack = append(stack, readLayer(above, &problems))
	}
	return build(path.Base(folder.Name), stack, problems)
}

// build makes a pack of its layers, or returns all that is wrong with them.
func build(name string, stack []*layer, problems value.Problems) (*Pack, error) {
	pack := &Pack{Name: name, stack: stack, templates: map[string]*source{}, statics: map[string]*static{}, defaults: map[string]*source{}, partials: map[string]*source{}}
	for i, l := range stack {
		if i > 0 && l.manifest != nil && l.manifest.isRead && l.manifest.isWhole() {
			problems.Add(value.InvalidManifest, value.Pos{File: l.manifest.file, Line: 1, Col: 1}, "add `extends: "+name+"`",
				"the pack.yaml of an override must name the pack that it extends")
		}
		pack.add(l, &problems)
	}
	if len(pack.Outputs) == 0 && !problems.HasErrors() {
		problems.Add(value.InvalidManifest, stack[0].manifest.at("outputs"), "add `- template: NAME.LANGUAGE.tmpl` to outputs", "the pack has no outputs")
	}
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	pack.checkDefaults(&problems)
	pack.parse(&problems)
	pack.parseDefaults(&problems)
	pack.checkOutputs(&problems)
	pack.checkUnique(&problems)
	pack.checkPlain(&problems)
	pack.checkFunctions(&problems)
	pack.checkUse(stack, &problems)
	pack.marks = pack.ownMarks()
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	return pack, nil
}

// add puts a layer above those that the pack has.
func (p *Pack) add(l *layer, problems *value.Problems) {
	for _, s := range l.sources {
		s.replaced, p.templates[s.path] = p.templates[s.path], s
		p.Layer = l.name
	}
	for _, s := range l.statics {
		p.statics[s.path] = s
		p.Layer = l.name
	}
	if l.manifest == nil {
		return
	}
	p.Description = l.manifest.describe(p.Description)
	p.addUnique(l.manifest)
	p.plain = append(p.plain, l.manifest.Plain...)
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
		i := slices.IndexFunc(p.Outputs, func(other Output) bool { return other.name() == output.name() })
		switch {
		case i < 0:
			p.Outputs = append(p.Outputs, output)
		case i >= from:
			problems.Add(value.InvalidOutputEntry, output.pos, "", "%s is listed twice, also at %v", output.name(), p.Outputs[i].pos)
		default:
			p.Outputs[i] = output
		}
	}
}
