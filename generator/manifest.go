package generator

import (
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

const (
	manifestName   = "pack.yaml"
	manifestFormat = 1
)

// manifest is a pack.yaml.
type manifest struct {
	Format      int                 `json:"format"`
	Name        string              `json:"name"`
	Description string              `json:"description"`
	Extends     string              `json:"extends"`
	Parameters  []manifestParameter `json:"parameters"`
	Outputs     []manifestOutput    `json:"outputs"`
	Unique      []string            `json:"unique"`
	Plain       []string            `json:"plain"`

	file   string
	tree   *value.Value
	isRead bool // its text is YAML, so that tree is what it says
}

type manifestParameter struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Schema      any    `json:"schema"`
	Default     any    `json:"default"`
}

type manifestOutput struct {
	Template string   `json:"template"`
	Copy     string   `json:"copy"`
	Path     string   `json:"path"`
	Each     string   `json:"each"`
	When     string   `json:"when"`
	Write    string   `json:"write"`
	YAML     []string `json:"yaml"`
}

// readManifest reads a pack.yaml, or adds its problems and returns nil.
func readManifest(file string, text []byte, problems *value.Problems) *manifest {
	var own value.Problems
	defer func() { *problems = append(*problems, own...) }()
	documents := value.ParseInput(file, text, &own)
	if own.HasErrors() {
		return &manifest{file: file, tree: &value.Value{Kind: value.KindObject}}
	}
	m := &manifest{file: file, isRead: true, tree: &value.Value{Kind: value.KindObject, Pos: value.Pos{File: file, Line: 1, Col: 1}}}
	if len(documents) > 0 {
		m.tree = documents[0]
	}
	if len(documents) > 1 {
		own.Add(value.SeveralDocuments, documents[1].Pos, "remove the --- and what follows", "pack.yaml must be a single document")
	}
	m.check(&own)
	if own.HasErrors() {
		return m
	}
	// The checks above give every slip its place; the decoder is the second pair of eyes on the types.
	if err := yaml.UnmarshalStrict(text, m); err != nil {
		own.Add(value.InvalidManifest, value.Pos{File: file, Line: 1, Col: 1}, "", "%s", strings.TrimPrefix(err.Error(), "error unmarshaling JSON: "))
	}
	return m
}

// manifestKeys are the keys of a pack.yaml: of a whole pack, or of one that extends another.
func manifestKeys(isWhole bool) []value.Key {
	return []value.Key{
		{Name: "format", Kind: value.KindNumber, IsRequired: isWhole, Add: "format: 1"}, {Name: "name", Kind: value.KindString},
		{Name: "description", Kind: value.KindString, IsRequired: isWhole, Add: "description: What it writes", Slips: []string{"desc", "summary", "title"}},
		{Name: "extends", Kind: value.KindString, Slips: []string{"extend", "base", "inherits", "parent"}},
		{Name: "parameters", Kind: value.KindArray, Slips: []string{"params", "options", "variables", "vars", "settings"}},
		{Name: "outputs", Kind: value.KindArray, IsRequired: isWhole, Add: "outputs: [{template: notes.md.tmpl}]", Slips: []string{"templates", "files", "generate", "targets"}},
		{Name: "unique", Kind: value.KindArray},
		{Name: "plain", Kind: value.KindArray},
	}
}

// isWhole reports whether the pack extends no other: whether extends, a slip for it included, is not there.
func (m *manifest) isWhole() bool {
	return !m.tree.Has("extends") && !value.Misspells(m.tree, "extends", manifestKeys(false)...)
}

func (m *manifest) check(problems *value.Problems) {
	isWhole := m.isWhole()
	value.CheckKeys(m.tree, "pack.yaml", problems, manifestKeys(isWhole)...)
	if format := m.tree.Get("format"); format.Is(value.KindNumber) && !format.Equal(value.Int(manifestFormat)) {
		problems.Add(value.InvalidManifest, format.Pos, "this version of firestone reads format 1", "unsupported pack format %s", format.Text)
	}
	m.checkPlainPatterns(problems)
	if parameters := m.tree.Get("parameters"); parameters.Is(value.KindArray) {
		for i, p := range parameters.Items {
			value.CheckKeys(p, "a parameter", problems, []value.Key{
				{Name: "name", Kind: value.KindString, IsRequired: true}, {Name: "description", Kind: value.KindString, IsRequired: isWhole, Add: "description: What it is for", Slips: []string{"desc", "summary"}},
				{Name: "schema"}, {Name: "default"},
			}...)
			if s := p.Get("schema"); s != nil {
				schema.CheckParameter(s, problems)
			}
			if name := p.Get("name"); name != nil && slices.ContainsFunc(parameters.Items[:i], func(q *value.Value) bool { return q.Get("name").Equal(name) }) {
				problems.Add(value.InvalidManifest, name.Pos, "", "duplicate parameter %q", name.Text)
			}
		}
	}
	if unique := m.tree.Get("unique"); unique.Is(value.KindArray) {
		for _, name := range unique.Items {
			if !name.Is(value.KindString) {
				problems.Add(value.InvalidManifest, name.Pos, "write the name that include takes, such as operation-id", "unique lists the names of partials, not %s", name.Written())
			}
		}
	}
	if outputs := m.tree.Get("outputs"); outputs.Is(value.KindArray) {
		for _, o := range outputs.Items {
			value.CheckKeys(o, "an output", problems, []value.Key{
				{Name: "template", Kind: value.KindString, IsRequired: !o.Has("copy")}, {Name: "copy", Kind: value.KindString}, {Name: "path", Kind: value.KindString},
				{Name: "each", Kind: value.KindString, Slips: []string{"foreach", "for_each", "for", "loop", "repeat"}}, {Name: "when", Kind: value.KindString}, {Name: "write", Kind: value.KindString},
				{Name: "yaml", Kind: value.KindArray},
			}...)
			switch copied := o.Get("copy"); {
			case copied == nil:
			case o.Has("template"):
				problems.Add(value.InvalidOutputEntry, copied.Pos, "remove one of the two", "an output has a template or copies files, not both")
			case o.Has("each"):
				problems.Add(value.InvalidOutputEntry, o.Get("each").Pos, "remove it, or copy by a template", "files are copied once")
			}
			value.CheckWord(o.Get("each"), problems, EachResource)
			value.CheckWord(o.Get("write"), problems, WriteAlways, WriteOnce)
			checkFeatures(o, problems)
		}
	}
}

// at returns the place of a member, or the start of the file.
func (m *manifest) at(name string) value.Pos {
	if member := m.tree.Member(name); member != nil {
		return member.Value.Pos
	}
	return value.Pos{File: m.file, Line: 1, Col: 1}
}

// describe returns the description of the manifest, or other where it has none.
func (m *manifest) describe(other string) string {
	if m.Description == "" {
		return other
	}
	return m.Description
}

// parameters returns the parameters in source order. They are read from the tree, which keeps digits and places.
func (m *manifest) parameters() []Parameter {
	var found []Parameter
	if tree := m.tree.Get("parameters"); tree.Is(value.KindArray) {
		for _, p := range tree.Items {
			found = append(found, Parameter{
				Name: p.Get("name").StringOr(""), Description: p.Get("description").StringOr(""),
				Schema: orElse(p.Get("schema"), value.Bool(true)), Default: orElse(p.Get("default"), &value.Value{}), Pos: p.Pos,
			})
		}
	}
	return found
}

// over returns the parameter of an upper layer with what it leaves open taken from the one below.
func (p Parameter) over(below Parameter) Parameter {
	if p.Default.Is(value.KindNull) {
		p.Default = below.Default
	}
	if p.Schema.IsTrue() {
		p.Schema = below.Schema
	}
	if p.Description == "" {
		p.Description = below.Description
	}
	return p
}

func orElse(v, other *value.Value) *value.Value {
	if v == nil {
		return other
	}
	return v
}
