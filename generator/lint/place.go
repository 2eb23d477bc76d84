package lint

import (
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// offsetOf returns the byte offset of a name of a field, variable or chain, behind its dot.
func offsetOf(node parse.Node, name int) int {
	at := int(node.Position())
	var names []string
	switch node := node.(type) {
	case *parse.FieldNode:
		at, names = tree.Start(node), node.Ident
	case *parse.VariableNode:
		names = node.Ident[1:]
	case *parse.ChainNode:
		names = node.Field
	}
	for _, before := range names[:name] {
		at += len(".") + len(before)
	}
	return at + len(".")
}
