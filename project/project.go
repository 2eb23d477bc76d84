// Package project reads firestone.yaml, the file that a team keeps with its definitions.
//
// It answers one question: what does this project generate, and from what? It checks everything that the file alone can
// show, and gives the position of each problem. Whether the files, packs, parameters and resources that it names exist
// is checked by those who open them: nothing here reads the disk or knows a pack.
package project

import (
	"fmt"
	"slices"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/firestoned/firestone/model/facts"
	"github.com/firestoned/firestone/model/value"
)

// FileName is the name of a project's file.
const FileName = "firestone.yaml"

// RecordName is the name of the files in which firestone records what it wrote; no output can have it.
const RecordName = ".firestone.lock"

// Project is the content of a firestone.yaml. Its paths have forward slashes and are relative to the folder of File.
type Project struct {
	File string // as given to Load

	Title, Description, Version string // of the API, as written in the source; empty if absent
	Facts                       facts.Facts

	Resources []Text // files, folders and globs of definitions
	Templates []Text // folders that override packs, lowest layer first
	Generate  []Item
}

// Text is a text of the file with its position.
type Text struct {
	Value string
	Pos   value.Pos
}

// Item is an entry of generate: the output of one pack.
type Item struct {
	Pos        value.Pos
	Pack       Text         // a name, or a folder if it contains a slash
	Output     Text         // a file, or a folder if it ends in a slash
	Parameters *value.Value // an object, or nil; the pack knows which are allowed
	Include    []Text       // kinds, singulars or plurals of the only resources to use; none: all
	Exclude    []Text       // those to leave out
}

// IsFolder reports whether the item's output is a folder.
func (i Item) IsFolder() bool { return strings.HasSuffix(i.Output.Value, "/") }

var projectKeys = slices.Concat([]value.Key{
	{Name: "title", Slips: []string{"name"}},
	{Name: "description", Slips: []string{"desc", "summary"}},
	{Name: "version", Slips: []string{"doc-version", "doc_version", "docversion"}},
	{Name: "requires", Slips: []string{"require", "required", "firestone", "min_version", "minimum"}},
}, factKeys, []value.Key{
	{Name: "resources", IsRequired: true, Add: "resources: [book.yaml]", Slips: []string{"definitions", "schemas", "sources", "files", "input", "inputs"}},
	{Name: "templates", Slips: []string{"templates-path", "templates_path", "layers", "overrides"}},
	{Name: "generate", IsRequired: true, Add: "generate: [{pack: openapi, output: openapi.yaml}]", Slips: []string{"generators", "targets", "outputs", "packs", "pack", "output"}},
})

var itemKeys = []value.Key{
	{Name: "pack", IsRequired: true, Add: "pack: openapi", Slips: []string{"template", "templates", "generator", "name", "type"}},
	{Name: "output", IsRequired: true, Add: "output: openapi.yaml", Slips: []string{"out", "to", "path", "file", "folder", "dir", "target"}},
	{Name: "parameters", Slips: []string{"params", "set", "options", "args", "with", "values", "vars"}},
	{Name: "include", Slips: []string{"only", "resources", "resource", "kinds"}},
	{Name: "exclude", Slips: []string{"without", "except", "skip", "ignore"}},
}

// Load parses a firestone.yaml; file is its path, for positions and for the root of the project. All problems are
// reported, sorted by position; the project is nil if there are any. If the file does not permit this version of
// firestone (v0.3.1), that is the only problem: the rest may be meant for another version.
func Load(file string, content []byte, version string) (*Project, value.Problems) {
	var problems value.Problems
	documents := value.ParseInput(file, content, &problems)
	switch {
	case problems.HasErrors():
		return nil, problems.Sorted()
	case len(documents) == 0:
		problems.Add(value.EmptyFile, value.Pos{File: file, Line: 1, Col: 1}, "add at least resources and generate", "the file is empty")
		return nil, problems
	case len(documents) > 1:
		problems.Add(value.SeveralDocuments, documents[1].Pos, "remove the --- and what follows, or move it to a project of its own", "%s must be a single document", FileName)
	}
	if root := documents[0]; root.Has("kind") && root.Has("schema") {
		problems = nil
		problems.Add(value.OtherFile, root.Pos, "name it as a RESOURCE, or under resources of a "+FileName, "this is a resource definition, not the file of a project")
		return nil, problems
	}
	r := &reader{problems: &problems, root: documents[0]}
	if requires := r.requires(documents[0]); !permits(requires.Value, version) {
		return nil, value.Problems{{
			Code: value.RequiredVersion, Pos: requires.Pos, Msg: fmt.Sprintf("the project requires firestone %s, and this is %s", requires.Value, version), Hint: "install a version that it permits, or change the line",
		}}
	}
	p := r.project(file, documents[0])
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	return p, nil
}

// project reads the only document of a file.
func (r *reader) project(file string, root *value.Value) *Project {
	if r.isWrapped(root) {
		return nil
	}
	value.CheckKeys(r.withoutStrays(withoutExtensions(root)), FileName, r.problems, projectKeys...)
	p := &Project{
		File:        file,
		Title:       r.optional(root, "title", "a string").Value,
		Description: r.optional(root, "description", "a string").Value,
		Version:     r.optional(root, "version", "a string").Value,
		Facts:       r.facts(root),
		Resources:   r.oneOrMore(root.Get("resources"), "resources", "a file, a folder or a glob"),
		Templates:   r.oneOrMore(root.Get("templates"), "templates", "a folder"),
	}
	for _, resource := range p.Resources {
		r.resource(resource)
	}
	r.slashes(p.Resources)
	r.slashes(p.Templates)
	p.Generate = r.generate(root.Get("generate"))
	r.outputs(p)
	return p
}

// isWrapped reports a file whose keys are all below one.
func (r *reader) isWrapped(root *value.Value) bool {
	if len(value.Members(root)) != 1 || !root.Members[0].Value.Has("resources") && !root.Members[0].Value.Has("generate") {
		return false
	}
	m := root.Members[0]
	r.problems.Add(value.UnknownKey, m.Pos, "write what it holds at the top level", "unknown key %q in %s", m.Name, FileName)
	return true
}

// withoutStrays returns the file without the keys of an item that are beside generate, and of documents, which it reports.
func (r *reader) withoutStrays(root *value.Value) *value.Value {
	if !root.Is(value.KindObject) {
		return root
	}
	isOfItem := func(name string) bool {
		return root.Get("generate").Is(value.KindArray) && slices.ContainsFunc(itemKeys, func(k value.Key) bool { return k.Name == name })
	}
	kept := &value.Value{Kind: value.KindObject, Pos: root.Pos}
	for _, m := range root.Members {
		switch {
		case isOfItem(m.Name):
			r.problems.Add(value.UnknownKey, m.Pos, "indent it: it belongs to an item of generate, below its pack", "unknown key %q in %s", m.Name, FileName)
		case m.Name == "info" && m.Value.Is(value.KindObject):
			r.problems.Add(value.UnknownKey, m.Pos, "write "+value.NamesOf(m.Value)+" at the top level", "unknown key %q in %s", m.Name, FileName)
		default:
			kept.Members = append(kept.Members, m)
		}
	}
	return kept
}

// requires reads which versions of firestone the project permits.
func (r *reader) requires(root *value.Value) Text {
	const expected = `versions of firestone, such as ">=0.3" or ">=0.3, <1"`
	text := r.optional(root, "requires", expected)
	if _, err := semver.NewConstraint(text.Value); text.Value != "" && err != nil {
		r.problems.Add(value.RequiredVersion, text.Pos, "expected "+expected, "requires is %q", text.Value)
	}
	return text
}

// permits reports whether the requirement permits a version of firestone. An unknown version, of a program that was not
// built from a release, is permitted.
func permits(required, version string) bool {
	built, err := semver.NewVersion(version)
	if err != nil || built.Major() == 0 && built.Minor() == 0 && built.Patch() == 0 {
		return true
	}
	constraint, err := semver.NewConstraint(required)
	if err != nil {
		return true // absent, or reported elsewhere
	}
	release, err := built.SetPrerelease("") // 0.3.0-rc.1 has what 0.3 has
	return err != nil || constraint.Check(&release)
}

// withoutExtensions returns an object without its x-* members, in which a file may define anchors; any other value
// unchanged.
func withoutExtensions(v *value.Value) *value.Value {
	if !v.Is(value.KindObject) {
		return v
	}
	plain := &value.Value{Kind: value.KindObject, Pos: v.Pos}
	for _, m := range v.Members {
		if !strings.HasPrefix(m.Name, "x-") {
			plain.Members = append(plain.Members, m)
		}
	}
	return plain
}

// generate reads the list of items.
func (r *reader) generate(v *value.Value) []Item {
	const hint = `write "- pack: openapi" and "output: openapi.yaml" below it`
	switch {
	case v == nil:
		return nil
	case v.Kind != value.KindArray:
		r.problems.Add(value.WrongType, v.Pos, r.generateForm(v, "expected a list: "+hint), "generate must be a list, not %s", value.Describe(v))
		return nil
	case len(v.Items) == 0:
		r.problems.Add(value.EmptySetting, v.Pos, hint, "generate is empty")
	}
	var items []Item
	for _, item := range v.Items {
		items = append(items, r.item(item))
	}
	return items
}

// withoutParameters returns an item without the keys that are not known and have a text or a number, such as the version of a
// document, which it reports.
func (r *reader) withoutParameters(item *value.Value) *value.Value {
	if !item.Is(value.KindObject) || item.Has("parameters") {
		return item
	}
	kept, strays := &value.Value{Kind: value.KindObject, Pos: item.Pos}, value.Object()
	for _, m := range item.Members {
		isText := m.Value.Is(value.KindString) || m.Value.Is(value.KindNumber)
		if _, isNear := value.KeyMeant(m.Name, itemKeys); isNear || !isText || strings.HasPrefix(m.Name, "x-") {
			kept.Members = append(kept.Members, m)
			continue
		}
		strays.Members = append(strays.Members, m)
	}
	if len(strays.Members) > 0 {
		hint := "parameters of a pack belong below parameters: write \"" + value.FlowMember(value.NewMember("parameters", strays)) + "\""
		r.problems.Add(value.UnknownKey, strays.Members[0].Pos, hint, "unknown key %q in an item of generate", strays.Members[0].Name)
	}
	return kept
}

// generateForm shows the list for a mapping of packs to their outputs, or for what forms know.
func (r *reader) generateForm(v *value.Value, otherwise string) string {
	var items []*value.Value
	for _, m := range value.Members(v) {
		if m.Value.Is(value.KindString) && !slices.ContainsFunc(itemKeys, func(k value.Key) bool { return k.Name == m.Name }) {
			items = append(items, value.Object(value.NewMember("pack", value.String(m.Name)), value.NewMember("output", m.Value)))
		}
	}
	if len(items) > 0 && len(items) == len(v.Members) {
		return "write \"" + value.FlowMember(value.NewMember("generate", value.Array(items...))) + "\""
	}
	return r.form(v, otherwise)
}

// parametersForm shows the mapping for a text, or texts, such as version=3.1.0.
func (r *reader) parametersForm(v *value.Value) string {
	texts := value.Items(v)
	if v.Is(value.KindString) {
		texts = []*value.Value{v}
	}
	mapping := value.Object()
	for _, text := range texts {
		if key, chosen, ok := strings.Cut(text.Written(), "="); ok {
			mapping.Set(strings.TrimSpace(key), value.String(strings.TrimSpace(chosen)))
		}
	}
	if len(mapping.Members) == 0 {
		return `expected a mapping of names to values, such as "{version: 3.1.0}"`
	}
	return "write \"" + value.FlowMember(value.NewMember("parameters", mapping)) + "\""
}

// item reads an entry of generate.
func (r *reader) item(v *value.Value) Item {
	r.keys(r.withoutParameters(v), "an item of generate", itemKeys)
	i := Item{
		Pos:        v.Pos,
		Pack:       r.optional(v, "pack", "the name of a pack, or a folder written with a slash"),
		Output:     r.optional(v, "output", "a file, or a folder ending in a slash"),
		Parameters: v.Get("parameters"),
		Include:    r.oneOrMore(v.Get("include"), "include", "the name of a resource"),
		Exclude:    r.oneOrMore(v.Get("exclude"), "exclude", "the name of a resource"),
	}
	if i.Parameters != nil && i.Parameters.Kind != value.KindObject {
		r.problems.Add(value.WrongType, i.Parameters.Pos, r.parametersForm(i.Parameters), "parameters must be an object, not %s", value.Describe(i.Parameters))
	}
	r.slashes([]Text{i.Pack})
	r.outputPath(i.Output)
	for _, name := range i.Exclude {
		if other, ok := find(i.Include, name.Value); ok {
			r.problems.Add(value.RepeatedEntry, name.Pos, "remove one of the two", "%q is both included (at %s) and excluded", name.Value, other.Pos)
		}
	}
	return i
}
