package escape

import (
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// FuzzReadBack checks that any string comes back from each writer as itself, with U+FFFD for invalid bytes.
func FuzzReadBack(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	parsed, err := Parse("x.yaml", "{{ .X }}: {{ .X }}\ntext:\n  a: {{- text .X | nindent 4 }}\nflow: [{{ .X }}, {{ .X }}, { {{ .X }}: \"{{ .X }}\" }]\n# {{ .X }}\nblock:\n  {{- toYaml .Map | nindent 2 }}\n", nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s == "text" || s == "flow" || s == "block" {
			return
		}
		want := string([]rune(s))
		var b strings.Builder
		if err := parsed.Execute(&b, map[string]any{"X": s, "Map": map[string]any{"a": []any{s}}}); err != nil {
			t.Fatal(err)
		}
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(b.String()), &doc); err != nil {
			t.Fatalf("%v in\n%s", err, b.String())
		}
		paths := [][]string{{"?"}, {want}, {"text", "a"}, {"flow", "0"}, {"flow", "1"}, {"flow", "2", "?"}, {"flow", "2", want}, {"block", "a", "0"}}
		for _, path := range paths {
			if n := find(&doc, path); n == nil || n.Value != want || n.ShortTag() != "!!str" {
				t.Errorf("%q at %q read back as %+v of\n%s", s, path, n, b.String())
			}
		}
		j, err := WriteJSON(s)
		var back string
		if err != nil || json.Unmarshal([]byte(j), &back) != nil || back != want {
			t.Errorf("%q is %s in JSON", s, j)
		}
	})
}

// sourceWords are in templates whose shape changes by more than their values.
var sourceWords = regexp.MustCompile(`raw|range|indent|include|toYaml|trim|default|ternary|coalesce|comment|text \.|:?= `)

// FuzzParse checks that no template makes Parse fail in another way than by an error, and that what a string does in a
// template that opens, it does not to the shape of the document: two different strings give documents of one shape.
func FuzzParse(f *testing.F) {
	for _, place := range yamlPlaces {
		f.Add(place.template)
	}
	for _, c := range yamlOutputs {
		f.Add(c.template)
	}
	for _, c := range yamlRefusals {
		f.Add(c.template)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 500 || sourceWords.MatchString(text) {
			return
		}
		for _, name := range []string{"x.py", "x.json", "x.md", "x.toml", "x.html"} {
			_, _ = Parse(name, text, samplePartials)
		}
		parsed, err := Parse("x.yaml", text, samplePartials)
		if err != nil {
			return
		}
		var shapes []string
		for _, s := range []string{"plain", "x: y # z\n- q: ['", "\"', }] b: &c", "\n\nk: v\n  - |\n", "---\n...", "&a *a !a", "<<", "%YAML 1.1\n--- x"} {
			data := map[string]any{"A": s, "B": s, "X": s, "L": []string{s}, "None": nil, "N": 7, "T": true, "Text": s, "Short": "short"}
			var b strings.Builder
			if parsed.Execute(&b, data) != nil {
				return
			}
			all, err := documents(b.String())
			if err != nil {
				shapes = append(shapes, "none")
				continue
			}
			shapes = append(shapes, shape(all))
		}
		for _, s := range shapes[1:] {
			if s != shapes[0] && shapes[0] != "none" {
				t.Errorf("%q: a value changed the document from %s to %s", text, shapes[0], s)
			}
		}
	})
}

// documents returns the documents of a text as the children of one node.
func documents(text string) (*yaml.Node, error) {
	all := &yaml.Node{Kind: yaml.SequenceNode}
	for decoder := yaml.NewDecoder(strings.NewReader(text)); ; {
		var document yaml.Node
		switch err := decoder.Decode(&document); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, err
		}
		all.Content = append(all.Content, &document)
	}
}

// shape returns a document's structure without its scalars: its collections, anchors, aliases, tags and merge keys.
func shape(n *yaml.Node) string {
	var b strings.Builder
	b.WriteByte("?dsm.a"[map[yaml.Kind]int{yaml.DocumentNode: 1, yaml.SequenceNode: 2, yaml.MappingNode: 3, yaml.ScalarNode: 4, yaml.AliasNode: 5}[n.Kind]])
	if n.Anchor != "" {
		b.WriteString("&" + n.Anchor)
	}
	if n.Kind == yaml.AliasNode {
		b.WriteString(n.Value)
	}
	if n.Style&yaml.TaggedStyle != 0 || n.Tag == "!!merge" {
		b.WriteString(n.Tag)
	}
	for _, c := range n.Content {
		b.WriteString("(" + shape(c) + ")")
	}
	return b.String()
}
