package escape

import (
	"strconv"
	"text/template/parse"
)

// foldConstants turns actions that write a constant into text, and merges adjacent ones: a constant is the template's
// own text and allowed wherever that is. `{{ "{{" }}` writes what would otherwise begin an action.
func foldConstants(list *parse.ListNode) {
	if list == nil {
		return
	}
	var nodes []parse.Node
	for _, node := range list.Nodes {
		switch branch := node.(type) {
		case *parse.IfNode:
			foldBranches(&branch.BranchNode)
		case *parse.WithNode:
			foldBranches(&branch.BranchNode)
		case *parse.RangeNode:
			foldBranches(&branch.BranchNode)
		}
		text, isText := node.(*parse.TextNode)
		if action, ok := node.(*parse.ActionNode); ok {
			if constant, ok := constantOf(action.Pipe); ok {
				text, isText = &parse.TextNode{NodeType: parse.NodeText, Pos: action.Pos, Text: []byte(constant)}, true
			}
		}
		if !isText {
			nodes = append(nodes, node)
			continue
		}
		if len(nodes) > 0 {
			if before, ok := nodes[len(nodes)-1].(*parse.TextNode); ok {
				before.Text = append(before.Text[:len(before.Text):len(before.Text)], text.Text...)
				continue
			}
		}
		nodes = append(nodes, text)
	}
	list.Nodes = nodes
}

func foldBranches(branch *parse.BranchNode) {
	foldConstants(branch.List)
	foldConstants(branch.ElseList)
}

// constantOf returns the text of a pipeline that is a single string, number or boolean, and false for any other.
func constantOf(pipe *parse.PipeNode) (string, bool) {
	if len(pipe.Decl) > 0 || len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return "", false
	}
	switch node := pipe.Cmds[0].Args[0].(type) {
	case *parse.StringNode:
		return node.Text, true
	case *parse.BoolNode:
		return strconv.FormatBool(node.True), true
	case *parse.NumberNode:
		switch {
		case node.IsInt:
			return strconv.FormatInt(node.Int64, 10), true
		case node.IsFloat:
			return node.Text, true
		}
	}
	return "", false
}
