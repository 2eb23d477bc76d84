package lint

import "text/template/parse"

// start returns the byte offset at which a node's text begins.
func start(node parse.Node) int {
	at := int(node.Position())
	switch node := node.(type) {
	case *parse.FieldNode:
		if len(node.Ident) > 1 {
			return at - len(".") - len(node.Ident[0]) // text/template notes the place of the second name
		}
	case *parse.VariableNode:
		if len(node.Ident) > 1 {
			return at - len(node.Ident[0])
		}
	case *parse.ChainNode:
		return start(node.Node)
	case *parse.PipeNode:
		if len(node.Cmds) > 0 {
			return start(node.Cmds[0].Args[0])
		}
	}
	return at
}

// offsetOf returns the byte offset of a name of a field, variable or chain, behind its dot.
func offsetOf(node parse.Node, name int) int {
	at := int(node.Position())
	var names []string
	switch node := node.(type) {
	case *parse.FieldNode:
		at, names = start(node), node.Ident
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
