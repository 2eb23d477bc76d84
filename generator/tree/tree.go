// Package tree answers two questions about a parsed template: what is below a node, and where is it in the text?
//
// It changes no tree and knows nothing of packs or languages.
package tree

import (
	"slices"
	"strings"
	"text/template/parse"
	"unicode/utf8"
)

// Inspect calls visit for the node and all nodes below it, in source order. If visit returns false, the nodes below
// that node are skipped. A nil node is not visited.
func Inspect(node parse.Node, visit func(parse.Node) bool) {
	if isNil(node) || !visit(node) {
		return
	}
	for _, child := range children(node) {
		Inspect(child, visit)
	}
}

// isNil reports whether there is no node: text/template leaves absent lists and pipelines nil.
func isNil(node parse.Node) bool {
	switch node := node.(type) {
	case nil:
		return true
	case *parse.ListNode:
		return node == nil
	case *parse.PipeNode:
		return node == nil
	}
	return false
}

func children(node parse.Node) []parse.Node {
	switch node := node.(type) {
	case *parse.ListNode:
		return node.Nodes
	case *parse.ActionNode:
		return []parse.Node{node.Pipe}
	case *parse.PipeNode:
		var below []parse.Node
		for _, declared := range node.Decl {
			below = append(below, declared)
		}
		for _, command := range node.Cmds {
			below = append(below, command)
		}
		return below
	case *parse.CommandNode:
		return node.Args
	case *parse.ChainNode:
		return []parse.Node{node.Node}
	}
	if branch := Branch(node); branch != nil {
		return []parse.Node{branch.Pipe, branch.List, branch.ElseList}
	}
	return nil
}

// Branch returns the branch of an if, with or range, or nil for any other node.
func Branch(node parse.Node) *parse.BranchNode {
	switch node := node.(type) {
	case *parse.BranchNode:
		return node
	case *parse.IfNode:
		return &node.BranchNode
	case *parse.WithNode:
		return &node.BranchNode
	case *parse.RangeNode:
		return &node.BranchNode
	}
	return nil
}

// Calls returns the commands below the node that call one of the functions, in source order.
func Calls(node parse.Node, functions ...string) []*parse.CommandNode {
	var found []*parse.CommandNode
	Inspect(node, func(below parse.Node) bool {
		if command, ok := below.(*parse.CommandNode); ok && IsCall(command, functions...) {
			found = append(found, command)
		}
		return true
	})
	return found
}

// IsCall reports whether a command calls one of the functions.
func IsCall(command *parse.CommandNode, functions ...string) bool {
	called, ok := command.Args[0].(*parse.IdentifierNode)
	return ok && slices.Contains(functions, called.Ident)
}

// Start returns the byte offset at which a node's text begins. text/template records that of the second name of a path.
func Start(node parse.Node) int {
	at := int(node.Position())
	switch node := node.(type) {
	case *parse.FieldNode:
		if len(node.Ident) > 1 {
			return at - len(".") - len(node.Ident[0])
		}
	case *parse.VariableNode:
		if len(node.Ident) > 1 {
			return at - len(node.Ident[0])
		}
	case *parse.ChainNode:
		return Start(node.Node)
	case *parse.PipeNode:
		if len(node.Cmds) > 0 {
			return Start(node.Cmds[0])
		}
	case *parse.CommandNode:
		return Start(node.Args[0])
	}
	return at
}

// LineCol returns the line and column of a byte offset, both 1-based, the column in characters. An offset outside the
// text is clamped.
func LineCol[T ~string | ~[]byte](text T, offset int) (line, col int) {
	before := string(text[:max(0, min(offset, len(text)))])
	return 1 + strings.Count(before, "\n"), 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
}

// Offset returns the byte offset of a line and column, both 1-based, the column in characters. A position outside the
// text is clamped.
func Offset[T ~string | ~[]byte](text T, line, col int) int {
	rest, offset := string(text), 0
	for range line - 1 {
		end := strings.IndexByte(rest, '\n') + 1
		if end == 0 {
			return len(text)
		}
		offset, rest = offset+end, rest[end:]
	}
	for i, r := range rest {
		if col--; col <= 0 || r == '\n' {
			return offset + i
		}
	}
	return len(text)
}
