package lint

import (
	"slices"
	"strings"
	"text/template/parse"
)

// A template that asks what kind a value is may have the answer of each kind in a branch of its own, and the branches
// that are never taken for the value at hand are no slips. So nothing is known of a value behind a path, such as
// .Value or $x.Value, that the template asks about.

// questions are what a template asks about paths.
type questions map[string]question

type question int

const (
	notAsked question = iota
	ofKind            // what the value at the path is
	ofPlace           // whether there is one
)

// kindAskers are the functions that ask for the kind of their arguments.
var kindAskers = []string{"kindIs", "kindOf", "typeIs", "typeIsLike", "typeOf"}

// placeAskers are the functions that look for the key that is their second argument.
var placeAskers = []string{"get", "hasKey", "index"}

// scopeOf returns the scope of a list with that dot.
func (w *walker) scopeOf(list *parse.ListNode, dot Type) scope {
	asked := questions{}
	pipelines(list, false, func(pipe *parse.PipeNode) { asked.add(pipe, false) })
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

// add adds what a pipeline asks about paths behind variables, or about those behind the dot.
func (q questions) add(pipe *parse.PipeNode, behindVariables bool) {
	note := func(path string, asked question) {
		if path != "" && strings.HasPrefix(path, "$") == behindVariables {
			q[path] = max(q[path], asked)
		}
	}
	for i, command := range pipe.Cmds {
		if path, ok := placeAsked(command); ok {
			note(path, ofPlace)
		}
		if !asksKind(command) {
			continue
		}
		for _, arg := range command.Args[1:] {
			note(pathOf(arg), ofKind)
		}
		if i > 0 && len(pipe.Cmds[i-1].Args) == 1 {
			note(pathOf(pipe.Cmds[i-1].Args[0]), ofKind)
		}
	}
}

// placeAsked returns the path that a command looks for, and false for other commands and for a computed key.
func placeAsked(command *parse.CommandNode) (string, bool) {
	if len(command.Args) < 3 || !isCall(command, placeAskers...) {
		return "", false
	}
	key, ok := command.Args[2].(*parse.StringNode)
	path := pathOf(command.Args[1])
	if !ok || path == "" {
		return "", false
	}
	return strings.TrimSuffix(path, ".") + "." + key.Text, true
}

// asksKind reports whether a command asks what its arguments are, or what keys they have.
func asksKind(command *parse.CommandNode) bool {
	if isCall(command, "printf") && len(command.Args) > 1 {
		format, ok := command.Args[1].(*parse.StringNode)
		return ok && strings.Contains(format.Text, "%T")
	}
	_, isPlace := placeAsked(command)
	return isCall(command, kindAskers...) || isCall(command, "hasKey") && !isPlace
}

func isCall(command *parse.CommandNode, functions ...string) bool {
	called, ok := command.Args[0].(*parse.IdentifierNode)
	return ok && slices.Contains(functions, called.Ident)
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

// mayTest reports whether the condition may depend on whether the dot has a part that outputs do not always have: it
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
