package escape

import (
	"slices"
	"strings"
	"text/template/parse"
)

// separator returns the list of a branch that writes a text while the other one writes nothing, and whether that is the
// branch in which the condition is true; nil if there is none.
func separator(node *parse.BranchNode) (list *parse.ListNode, isThen bool) {
	isText := func(list *parse.ListNode) bool {
		return len(list.Nodes) == 1 && list.Nodes[0].Type() == parse.NodeText
	}
	switch {
	case node.ElseList == nil && isText(node.List):
		return node.List, true
	case node.ElseList != nil && len(node.List.Nodes) == 0 && isText(node.ElseList):
		return node.ElseList, false
	}
	return nil, false
}

// isComma reports whether a separator is a comma. If a loop over a map writes it in the first iteration as well, every
// reader rejects the leading comma.
func isComma(separator *parse.ListNode) bool {
	return strings.TrimSpace(string(separator.Nodes[0].(*parse.TextNode).Text)) == ","
}

// counted returns the loop whose index is the whole condition of a separator, or is compared with 0, and the separator.
func (w *walker[S]) counted(node *parse.BranchNode) (*loop[S], *parse.ListNode) {
	list, isThen := separator(node)
	args := soleCall(node.Pipe)
	if list == nil || args == nil {
		return nil, nil
	}
	if called := args[0].String(); len(args) == 3 && args[2].String() == "0" && (isThen && (called == "ne" || called == "gt") || !isThen && called == "eq") {
		args, isThen = args[1:2], true
	}
	if len(args) == 2 && args[0].String() == "not" {
		args, isThen = args[1:2], !isThen
	}
	if !isThen || len(args) != 1 || args[0].Type() != parse.NodeVariable {
		return nil, nil
	}
	return w.loopOf(args[0], ""), list
}

// soleCall returns the words of a pipeline with a single command, or nil.
func soleCall(pipe *parse.PipeNode) []parse.Node {
	if len(pipe.Cmds) != 1 || len(pipe.Decl) > 0 {
		return nil
	}
	return pipe.Cmds[0].Args
}

// loopOf returns the loop whose index is the operand, over the given list unless it is "", or nil.
func (w *walker[S]) loopOf(index parse.Node, list string) *loop[S] {
	for _, in := range slices.Backward(w.loops) {
		if in.index == index.String() {
			if list == "" || in.list == list {
				return in
			}
			return nil
		}
	}
	return nil
}

// lastOf returns the loop whose last iteration is tested by the condition of a comma, and the comma. Every such test
// becomes `not (isLast $i LIST)`: the others are wrong for a map, whose keys are not numbers.
func (w *walker[S]) lastOf(node *parse.BranchNode) (*loop[S], *parse.ListNode) {
	list, isThen := separator(node)
	if list == nil {
		return nil, nil
	}
	args, isNegated := soleCall(node.Pipe), false
	if len(args) == 2 && args[0].String() == "not" {
		if asked, ok := args[1].(*parse.PipeNode); ok {
			args, isNegated = soleCall(asked), true
		}
	}
	if len(args) != 3 {
		return nil, nil
	}
	isLast, index, over := false, args[1], w.listName(args[2])
	switch function := args[0].String(); {
	case function == "isLast":
		isLast = true
	case slices.Contains([]string{"lt", "ne", "eq", "gt"}, function):
		one, other := args[1], args[2]
		if function == "gt" {
			one, other = other, one
		}
		var ahead int
		index, ahead = counter(one)
		long := w.length(other)
		if over = long.list; long.less+ahead != 1 {
			return nil, nil
		}
		isLast = function == "eq"
	}
	if isLast == (isNegated != isThen) || over == "" {
		return nil, nil
	}
	in := w.loopOf(index, over)
	if in != nil && args[0].String() != "isLast" {
		node.Pipe.Cmds = []*parse.CommandNode{asksLast(node.Pipe, isThen, index, over)}
	}
	return in, list
}

// asksLast returns the command `not (isLast $i LIST)`, with or without the not.
func asksLast(pipe *parse.PipeNode, isNegated bool, index parse.Node, list string) *parse.CommandNode {
	command := func(args ...parse.Node) *parse.CommandNode {
		return &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pipe.Pos, Args: args}
	}
	over := &parse.VariableNode{NodeType: parse.NodeVariable, Pos: pipe.Pos, Ident: strings.Split(list, ".")}
	asked := command(parse.NewIdentifier("isLast").SetPos(pipe.Pos), index, over)
	if !isNegated {
		return asked
	}
	whole := &parse.PipeNode{NodeType: parse.NodePipe, Pos: pipe.Pos, Line: pipe.Line, Cmds: []*parse.CommandNode{asked}}
	return command(parse.NewIdentifier("not").SetPos(pipe.Pos), whole)
}

// counter returns the variable that an operand counts with, and the number added: 1 for `(add1 $i)` and `(add $i 1)`.
func counter(node parse.Node) (index parse.Node, ahead int) {
	args := callOf(node)
	switch {
	case len(args) == 2 && args[0].String() == "add1", len(args) == 3 && args[0].String() == "add" && args[2].String() == "1":
		return args[1], 1
	case len(args) == 3 && args[0].String() == "add" && args[1].String() == "1":
		return args[2], 1
	}
	return node, 0
}

// callOf returns the words of an operand that is a single command in parentheses, or nil.
func callOf(node parse.Node) []parse.Node {
	if pipe, ok := node.(*parse.PipeNode); ok {
		return soleCall(pipe)
	}
	return nil
}

// length is the length of a list minus a number.
type length struct {
	list string
	less int
}

// length returns the length that an operand represents, if any.
func (w *walker[S]) length(node parse.Node) length {
	if variable, ok := node.(*parse.VariableNode); ok && len(variable.Ident) == 1 {
		return w.lengths[variable.Ident[0]]
	}
	return w.lengthOf(callOf(node))
}

func (w *walker[S]) lengthOf(args []parse.Node) length {
	switch {
	case len(args) == 2 && args[0].String() == "len":
		return length{list: w.listName(args[1])}
	case len(args) == 3 && args[0].String() == "sub" && args[2].String() == "1":
		of := w.length(args[1])
		return length{list: of.list, less: of.less + 1}
	}
	return length{}
}

// noteLength records a variable that always holds the same length.
func (w *walker[S]) noteLength(pipe *parse.PipeNode) {
	name := pipe.Decl[0].Ident[0]
	if known := w.variables[name]; len(pipe.Decl) == 1 && known.declared == 1 && !known.isAssigned && len(pipe.Cmds) == 1 {
		w.lengths[name] = w.lengthOf(pipe.Cmds[0].Args)
	}
}

// listName returns the source of an operand that reads a list, in a form that is valid for any dot, or "".
func (w *walker[S]) listName(node parse.Node) string {
	switch node := node.(type) {
	case *parse.VariableNode:
		if known := w.variables[node.Ident[0]]; !known.isAssigned && known.declared <= 1 {
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
