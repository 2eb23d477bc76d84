package value

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// TestByLine pins what the reader of lines reads and what it leaves to the YAML reader.
func TestByLine(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{
		{"a: 1", true},
		{"# c\n\na: b # c\n  # d\nb:   'it''s' #\n\"c\": \"é\"\n", true},
		{"é: {ü: 1, x: [a, 'b', {}], \"y\": http://x:1/q}\n", true},
		{"a:\n- b\n-   c: 1\n    d: -2\n- - x\n  -  y: []\nb:\n  - ~\n", true},
		{"a:\n\n  # c\n  b: x y # z\n  c:\n    - 1\n\n  d: /x/{y}\n", true},
		{"a[0]: x\n.b: <a\n$ref: a#b\nc: a#b:c\n", true},
		{"- a\n- b: c\n", true},
		{"a:", false}, {"a: 1\nb:\n", false}, {"a:\nb: 1", false}, {"-", false}, {"- a\n-\n- b", false},
		{"a: b\n  c", false}, {"a: 'b\n  c'", false}, {"a: [b,\n  c]", false}, {"a: |\n  b\n", false}, {"a: >-\n  b\n", false},
		{"a: &x 1", false}, {"a: *x", false}, {"a: !!str 1", false}, {"<<: {a: 1}", false}, {"a: {<<: {}}", false}, {"? a", false},
		{"--- \na: 1", false}, {"a: 1\n---\nb: 1\n", false}, {"a: 1\n...\n", false}, {"%YAML 1.1\n---\na: 1", false},
		{"a: \"\\n\"", false}, {"a:\tb", false}, {"a: b\r\n", false}, {"a: b: c", false}, {"a: b:", false}, {"a: @x", false}, {"a: `x", false},
		{"a: 1\n b: 2", false}, {"a:\n  b: 1\n c: 2", false}, {"a: 1\n- b", false}, {"- a\nb: 1", false}, {"a:\n  - b\n  c: 1", false},
		{"a: 'b' c", false}, {"a: {b}", false}, {"a: {b:}", false}, {"a: [b: c]", false}, {"a: [b, ]", false}, {"a: {b: c", false}, {"a: [a?b]", false},
		{" a: 1\n", false}, {"a", false}, {"'a'", false}, {"", false}, {"# c\n", false}, {"a : 1", false}, {"a: {b : 1}", false}, {"a: [b]: c", false},
	}
	for _, test := range tests {
		got := byLine([]byte(test.text), func(*yaml.Node) {})
		if got != test.want {
			t.Errorf("%q: read by line is %v", test.text, got)
		}
		sameNodes(t, []byte(test.text))
	}
}

// FuzzByLine checks that whatever the reader of lines takes is a document of the YAML reader, with the same nodes.
func FuzzByLine(f *testing.F) {
	for _, pattern := range []string{"../../testdata/cases/*/*.yaml", "../../testdata/errors/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
	for _, seed := range []string{"a: {b: c, d: [e, -1, \"f\"]}", "a:\n- b: 'c'\n  d: e # f\n-   - g\n", "- [-]\n- -x\n- {a: b:c}", "é: ü # ö\n", "'a': {\"b\": 'c'}\n", "a: x#y\nb: a?b\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if utf8.Valid(text) {
			sameNodes(t, text)
		}
	})
}

// sameNodes compares both readers on a text that only lines of ours end in.
func sameNodes(t *testing.T, text []byte) {
	src := &source{text: text}
	if !src.isPrintable(&Problems{}) || src.walk != nil {
		return
	}
	byLine(text, func(root *yaml.Node) {
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		var document, other yaml.Node
		if err := decode(decoder, &document); err != nil {
			t.Fatalf("%q: the YAML reader refuses it: %v", text, err)
		}
		if err := decode(decoder, &other); !errors.Is(err, io.EOF) {
			t.Fatalf("%q: the YAML reader reads on: %v", text, err)
		}
		sameNode(t, text, root, document.Content[0])
	})
}

func sameNode(t *testing.T, text []byte, got, want *yaml.Node) {
	if got.Kind != want.Kind || got.Value != want.Value || got.Style != want.Style || got.Line != want.Line || got.Column != want.Column ||
		want.Anchor != "" || want.Tag == "!!merge" || len(got.Content) != len(want.Content) {
		t.Fatalf("%q: got %+v, want %+v", text, *got, *want)
	}
	for i := range got.Content {
		sameNode(t, text, got.Content[i], want.Content[i])
	}
}
