package escape

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/firestoned/firestone/model/value"
)

var simpleTexts = []string{
	"a: 1\n",
	"a:\n  b: c\n  d:\n    - x\n    - y: z\n      w: v\n    -\n      q: r\ne:\n- 1\n- 2\nf: {}\n",
	"# note\na: \"x\\n\\u00e9\"\n\n'b c': 'it''s'\n",
	"- - a\n  - b\n- -\n    c: d\n",
	"- a:\n  - x\n  b: 1\n- c: 2\n",
	"a: |-\n  text: more\n\n    deeper\n  # no comment\nb: >+\n  x\n\n",
	"a: |2\n   x\n  y\nb: |\nc: 1\n",
	"a: [1, \"b, c\", {d: e, \"f\": [g]}, {}, []]\n",
	"a:\n  lone\nb:\n  \"quoted\"\nc:\n  [1]\n",
	"/books/{book_id}:\n  get: x#y\n  '-1': -a\n",
	"straße: 道路\n\"\\\\$ref\": 1\n",
}

// TestIsSimpleYAML guards the speed: ordinary documents must not need the full parser.
func TestIsSimpleYAML(t *testing.T) {
	for _, text := range simpleTexts {
		if !IsSimpleYAML([]byte(text)) {
			t.Errorf("needs a full parse: %q", text)
		}
	}
}

// notSimpleTexts are those that readers refuse or that say something twice or share it.
var notSimpleTexts = []string{
	"", "# only a comment\n", "a\n", "a: 1\na: 2\n", "a: 1\n\"a\": 2\n", "a: 1\n'a': 2\n", "\"\\u0061\": 1\na: 2\n", "a: {b: 1, b: 2}\n",
	"a: &x 1\n", "a: *x\n", "<<: {a: 1}\n", "a: !t b\n", "a: b: c\n", "a: 1\n b: 2\n", "a: 1\n  b\n", "a:\n    b: 1\n   c: 2\n",
	"- a\nb: 1\n", "a: 1\n- b\n", "a:\n- b\n c: 1\n", "---\na: 1\n", "a: 1\n---\nb: 2\n", "a: 1\n...\nb: 1\n", "%YAML 1.2\n",
	"a: \"x\n", "a: 'x\n", "a: [1\n", "a: [1,]\n", "a: {b}\n", "a: \"\\q\"\n", "a: \"\\ud83d\"\n", "a: 'x' y\n", "a: [1] y\n",
	"a: |\n   x\n  y\n", "a: |3\n  x\n", "a: | x\n", "a: \t1\n", "a: 1\r\nb: 2\r\n", "a: x\x01\n", "a: \ufeff\n", "a: \u2028\n", "a: .inf\n", "a: `x\n",
	"a: @x\n", "a: ? x\n", "? a\n: b\n", "a: - b\n", "a:\n  |\n  x\n", "a: |\n    \n  x\n", " a: 1\n",
}

func TestIsNotSimpleYAML(t *testing.T) {
	for _, text := range notSimpleTexts {
		if IsSimpleYAML([]byte(text)) {
			t.Errorf("taken for a simple document: %q", text)
		}
	}
}

// FuzzIsSimpleYAML checks that the full parser takes every text that counts as simple, as one document in which
// nothing is there twice or shared.
func FuzzIsSimpleYAML(f *testing.F) {
	for _, text := range append(simpleTexts, notSimpleTexts...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !IsSimpleYAML([]byte(text)) {
			return
		}
		var problems value.Problems
		documents := value.Parse("f.yaml", []byte(text), &problems)
		if problems.HasErrors() || len(documents) != 1 {
			t.Fatalf("%q: %d documents, %v", text, len(documents), problems)
		}
		var document yaml.Node
		if err := yaml.NewDecoder(strings.NewReader(text)).Decode(&document); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if shares(&document) {
			t.Fatalf("%q holds an anchor, an alias or a merge key", text)
		}
	})
}

// shares reports whether the node, or one below it, is an alias or a merge key, or has an anchor.
func shares(node *yaml.Node) bool {
	return node.Kind == yaml.AliasNode || node.Anchor != "" || node.Tag == "!!merge" || slices.ContainsFunc(node.Content, shares)
}

// FuzzWritersAreSimple checks that what package escape writes never needs the full parser, apart from texts with
// tabs and characters beyond the plain ones, and keys of more than a line.
func FuzzWritersAreSimple(f *testing.F) {
	for _, text := range []string{"", "no", "a: b", "it's \"x\"\n\n", "- x", "#", "|", "  x\ny\n", "é", "\\", "{a", "x,y"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 200 {
			return
		}
		v := value.Object(value.NewMember(text, value.String(text)), value.NewMember(text+"l", value.Array(value.String(text), value.Strings(text), value.Object())))
		block, err := WriteYAMLBlock(v)
		if err != nil {
			t.Fatal(err)
		}
		if !IsSimpleYAML(append([]byte(block), '\n')) && isPrintableYAML([]byte(block)) {
			t.Fatalf("needs a full parse: %q", block)
		}
	})
}

func BenchmarkIsSimpleYAML(b *testing.B) {
	text := bytes.Repeat([]byte("- name: book\n  text: 'a: b'\n  list:\n    - {a: 1, b: [2, 3]}\n    - \"x\\ty\"\n"), 14_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if !IsSimpleYAML(text) {
			b.Fatal("needs a full parse")
		}
	}
}
