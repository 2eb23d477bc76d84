package main_test

import (
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// TestHostileTextArrives reads the documents of the hard definitions with an independent parser: every description,
// property name and enum text must be there as it was written.
func TestHostileTextArrives(t *testing.T) {
	ways, err := documents()
	if err != nil {
		t.Fatal(err)
	}
	read := readWithEvents("testdata/hard")
	for _, name := range definitionsIn(t, "testdata/hard") {
		if name == "15_wide_300.yaml" {
			continue // hostile by its size alone
		}
		text, err := read(name)
		if err != nil {
			t.Fatal(err)
		}
		var problems value.Problems
		written := gathered{texts: map[string]bool{}, names: map[string]bool{}}
		for _, root := range value.Parse(name, text, &problems) {
			written.schema(root.Get("schema").Get("items"))
		}
		api := load(t, read, name)
		for _, way := range ways {
			files, err := way.pack.Render(api, way.params)
			if err != nil {
				t.Fatal(err)
			}
			var document yaml.Node
			if err := yaml.Unmarshal(files[0].Content, &document); err != nil {
				t.Fatal(err)
			}
			texts, keys := map[string]bool{}, map[string]bool{}
			scalars(&document, texts, keys)
			for text := range written.texts {
				if !texts[text] {
					t.Errorf("%s, %s %v: the text %q is not there", name, way.pack.Name, way.params, text)
				}
			}
			for property := range written.names {
				if !keys[property] && !schema.IsAvoided(property) {
					t.Errorf("%s, %s %v: the name %q is not there", name, way.pack.Name, way.params, property)
				}
			}
		}
	}
}

// gathered are the texts and names of a schema that its documents must contain.
type gathered struct{ texts, names map[string]bool }

func (g gathered) schema(v *value.Value) {
	if v == nil {
		return
	}
	for _, m := range v.Members {
		switch {
		case m.Name == "description" && m.Value.Is(value.KindString):
			g.texts[m.Value.Text] = true
		case m.Name == "enum":
			for _, item := range m.Value.Items {
				g.enumerated(item)
			}
		case m.Name == "properties":
			for _, property := range m.Value.Members {
				if property.Value.Get("readOnly").IsTrue() && property.Value.Get("writeOnly").IsTrue() {
					continue // a warning says that no document has it
				}
				g.names[property.Name] = true
				g.schema(property.Value)
			}
		case m.Name != "default" && m.Name != "example" && m.Name != "examples" && m.Name != "const":
			g.schema(m.Value)
		}
	}
	for _, item := range v.Items {
		g.schema(item)
	}
}

func (g gathered) enumerated(v *value.Value) {
	if v.Is(value.KindString) {
		g.texts[v.Text] = true
	}
}

// scalars collects the strings and the keys of a document.
func scalars(n *yaml.Node, texts, keys map[string]bool) {
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			keys[child.Value] = true
			continue
		}
		scalars(child, texts, keys)
	}
	if n.Kind == yaml.ScalarNode {
		texts[n.Value] = true
	}
}
