package lint

import (
	"slices"
	"strings"
	"text/template/parse"
)

// A template that asks what kind a value is may have the answer of each kind in a branch of its own, and the branches
// that are never taken for the value at hand are no slips. So nothing is known of a value behind a path, such as
// .Value or $x.Value, that the template asks about.

// askers are the functions that ask for the kind of their arguments, or for what they have.
var askers = []string{"hasKey", "kindIs", "kindOf", "typeIs", "typeIsLike", "typeOf"}

// scopeOf returns the scope of a list with that dot.
func (w *walker) scopeOf(list *parse.ListNode, dot Type) scope {
	asked := map[string]bool{}
	pipelines(list, false, func(pipe *parse.PipeNode) { askedBy(pipe, asked, false) })
	return scope{dot: dot, asked: asked}
}

// pipelines calls visit for every pipeline in the list, those in arguments too. Only deep goes into the bodies of
// range and with, which have another dot.
func pipelines(list *parse.ListNode, deep bool, visit func(*parse.PipeNode)) {
	if list == nil {
		return
	}
	branch := func(node *parse.BranchNode, sameDot bool) {
		within(node.Pipe, visit)
		if deep || sameDot {
			pipelines(node.List, deep, visit)
		}
		pipelines(node.ElseList, deep, visit)
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			within(node.Pipe, visit)
		case *parse.IfNode:
			branch(&node.BranchNode, true)
		case *parse.WithNode:
			branch(&node.BranchNode, false)
		case *parse.RangeNode:
			branch(&node.BranchNode, false)
		}
	}
}

// within calls visit for a pipeline and those in its arguments.
func within(node parse.Node, visit func(*parse.PipeNode)) {
	switch node := node.(type) {
	case *parse.PipeNode:
		visit(node)
		for _, command := range node.Cmds {
			for _, arg := range command.Args {
				within(arg, visit)
			}
		}
	case *parse.ChainNode:
		within(node.Node, visit)
	}
}

// askedBy adds the paths that a pipeline asks about: those behind variables or those behind the dot.
func askedBy(pipe *parse.PipeNode, asked map[string]bool, behindVariables bool) {
	note := func(node parse.Node) {
		if path := pathOf(node); path != "" && strings.HasPrefix(path, "$") == behindVariables {
			asked[path] = true
		}
	}
	for i, command := range pipe.Cmds {
		if !isAsker(command) {
			continue
		}
		for _, arg := range command.Args[1:] {
			note(arg)
		}
		if i > 0 && len(pipe.Cmds[i-1].Args) == 1 {
			note(pipe.Cmds[i-1].Args[0])
		}
	}
}

func isAsker(command *parse.CommandNode) bool {
	called, ok := command.Args[0].(*parse.IdentifierNode)
	if !ok {
		return false
	}
	if called.Ident == "printf" && len(command.Args) > 1 {
		format, ok := command.Args[1].(*parse.StringNode)
		return ok && strings.Contains(format.Text, "%T")
	}
	return slices.Contains(askers, called.Ident)
}

// pathOf returns the path of a field or variable as it is written, or "".
func pathOf(node parse.Node) string {
	switch node := node.(type) {
	case *parse.DotNode:
		return "."
	case *parse.FieldNode:
		return node.String()
	case *parse.VariableNode:
		return node.String()
	}
	return ""
}

// mayTest tells whether the condition may depend on whether the dot has a part that outputs do not always have: it
// reads something else than the API and the parameters.
func mayTest(pipe *parse.PipeNode) bool {
	may := false
	within(pipe, func(pipe *parse.PipeNode) {
		for _, command := range pipe.Cmds {
			for _, arg := range command.Args {
				path := strings.TrimPrefix(pathOf(arg), "$")
				if path != "" && !strings.HasPrefix(path, ".Params.") && !strings.HasPrefix(path, ".API.") {
					may = true
				}
			}
		}
	})
	return may
}
