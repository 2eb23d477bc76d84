package escape

import (
	"slices"
	"strings"
	"text/template/parse"
)

// counted returns the loop whose number of the turn is the whole condition, or is compared with 0, or nil.
func (w *walker[S]) counted(pipe *parse.PipeNode) *loop[S] {
	if len(pipe.Cmds) != 1 || len(pipe.Decl) > 0 {
		return nil
	}
	args := pipe.Cmds[0].Args
	if len(args) == 3 && (args[0].String() == "ne" || args[0].String() == "gt") && args[2].String() == "0" {
		args = args[1:2]
	}
	if len(args) != 1 || args[0].Type() != parse.NodeVariable {
		return nil
	}
	for _, in := range slices.Backward(w.loops) {
		if in.index == args[0].String() {
			return in
		}
	}
	return nil
}

// isSeparator reports whether the branch writes a comma or nothing. Where a loop over a map takes it in the first turn
// too, the comma that leads the list is refused by every reader.
func isSeparator(node *parse.BranchNode) bool {
	if node.ElseList != nil || len(node.List.Nodes) != 1 {
		return false
	}
	text, ok := node.List.Nodes[0].(*parse.TextNode)
	return ok && strings.TrimSpace(string(text.Text)) == ","
}

// lastOf returns the loop of which `not (isLast $i LIST)` asks for the last turn, or nil.
func (w *walker[S]) lastOf(pipe *parse.PipeNode) *loop[S] {
	if len(pipe.Cmds) != 1 || len(pipe.Decl) > 0 || len(pipe.Cmds[0].Args) != 2 || pipe.Cmds[0].Args[0].String() != "not" {
		return nil
	}
	asked, ok := pipe.Cmds[0].Args[1].(*parse.PipeNode)
	if !ok || len(asked.Cmds) != 1 || len(asked.Cmds[0].Args) != 3 || asked.Cmds[0].Args[0].String() != "isLast" {
		return nil
	}
	list := w.listName(asked.Cmds[0].Args[2])
	for _, in := range slices.Backward(w.loops) {
		if in.index == asked.Cmds[0].Args[1].String() && in.list != "" && in.list == list {
			return in
		}
	}
	return nil
}

// listName returns what an operand reads, as it is written where the dot is another one, or "".
func (w *walker[S]) listName(node parse.Node) string {
	switch variable := node.(type) {
	case *parse.VariableNode:
		if !w.assigned[variable.Ident[0]] {
			return node.String()
		}
	case *parse.FieldNode:
		if w.depth == 0 {
			return "$" + node.String()
		}
	case *parse.DotNode:
		if w.depth == 0 {
			return "$"
		}
	}
	return ""
}

// findAssigned notes the variables that actions assign to after their declaration.
func findAssigned(list *parse.ListNode, assigned map[string]bool) {
	if list == nil {
		return
	}
	inBranch := func(node *parse.BranchNode) {
		if node.Pipe.IsAssign {
			for _, variable := range node.Pipe.Decl {
				assigned[variable.Ident[0]] = true
			}
		}
		findAssigned(node.List, assigned)
		findAssigned(node.ElseList, assigned)
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			if node.Pipe.IsAssign {
				assigned[node.Pipe.Decl[0].Ident[0]] = true
			}
		case *parse.IfNode:
			inBranch(&node.BranchNode)
		case *parse.WithNode:
			inBranch(&node.BranchNode)
		case *parse.RangeNode:
			inBranch(&node.BranchNode)
		}
	}
}
