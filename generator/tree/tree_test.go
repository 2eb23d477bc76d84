package tree

import (
	"slices"
	"strings"
	"testing"
	"text/template/parse"
)

// parsed returns the tree of a template that may call anything.
func parsed(t *testing.T, text string) *parse.ListNode {
	t.Helper()
	tree := parse.New("t")
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(text, "", "", map[string]*parse.Tree{}); err != nil {
		t.Fatal(err)
	}
	return tree.Root
}

func TestInspectVisitsInOrder(t *testing.T) {
	const text = `{{ $a := f .B (g .C).D }}{{ if .E }}{{ .F }}{{ else if .G }}x{{ end }}{{ range $i, $h := .I }}{{ .J }}{{ else }}{{ .K }}{{ end }}{{ with .L }}{{ .M | n }}{{ end }}`
	var names []string
	visit := func(node parse.Node) bool {
		switch node := node.(type) {
		case *parse.FieldNode, *parse.VariableNode, *parse.IdentifierNode:
			names = append(names, strings.TrimPrefix(node.String(), "."))
		}
		return true
	}
	Inspect(parsed(t, text), visit)
	if got, want := strings.Join(names, " "), "$a f B g C E F G $i $h I J K L M n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	names = nil
	Inspect(parsed(t, text), func(node parse.Node) bool {
		_, isRange := node.(*parse.RangeNode)
		return !isRange && visit(node)
	})
	if slices.Contains(names, "J") || !slices.Contains(names, "L") {
		t.Errorf("left the ranges out: %s", names)
	}
}

func TestCalls(t *testing.T) {
	var texts []string
	for _, call := range Calls(parsed(t, `{{ if f 1 }}{{ g (f 2) }}{{ end }}{{ .X | h | f 3 }}{{ $f := k 4 }}`), "f", "k") {
		texts = append(texts, call.String())
	}
	if got := strings.Join(texts, ", "); got != "f 1, f 2, f 3, k 4" {
		t.Error(got)
	}
}

func TestStart(t *testing.T) {
	tests := []struct{ text, want string }{
		{`é{{ .A }}`, ".A"},
		{`{{ .A.B.C }}`, ".A.B.C"},
		{`{{ $.A.B }}`, "$.A.B"},
		{`{{ (f .A).B }}`, "f .A).B"},
		{`{{ f .A | g }}`, "f .A | g"},
	}
	for _, test := range tests {
		root := parsed(t, test.text)
		action := root.Nodes[len(root.Nodes)-1].(*parse.ActionNode)
		if got := test.text[Start(action.Pipe):]; got != test.want+" }}" {
			t.Errorf("%s: begins at %q", test.text, got)
		}
	}
}

func TestLineCol(t *testing.T) {
	const text = "a\nüb\n"
	tests := []struct{ offset, line, col int }{{-1, 1, 1}, {0, 1, 1}, {1, 1, 2}, {2, 2, 1}, {4, 2, 2}, {6, 3, 1}, {99, 3, 1}}
	for _, test := range tests {
		line, col := LineCol(text, test.offset)
		if line != test.line || col != test.col {
			t.Errorf("%d is %d:%d, want %d:%d", test.offset, line, col, test.line, test.col)
		}
		if l, c := LineCol([]byte(text), test.offset); l != line || c != col {
			t.Errorf("%d of bytes is %d:%d", test.offset, l, c)
		}
		if offset := Offset(text, line, col); offset != min(max(0, test.offset), len(text)) {
			t.Errorf("%d:%d is at %d, want %d", line, col, offset, test.offset)
		}
	}
}

func TestOffsetIsInTheText(t *testing.T) {
	for _, test := range []struct{ line, col, want int }{{0, 0, 0}, {1, 9, 1}, {2, 2, 4}, {2, 9, 5}, {9, 1, 6}} {
		if got := Offset("a\nüb\n", test.line, test.col); got != test.want {
			t.Errorf("%d:%d is at %d, want %d", test.line, test.col, got, test.want)
		}
	}
}
