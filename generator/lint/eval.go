package lint

import (
	"reflect"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// argument is an argument of a call. node is nil for the value that a pipeline hands over.
type argument struct {
	node parse.Node
	is   Type
}

// pipeline returns the type of a pipeline's value.
func (w *walker) pipeline(pipe *parse.PipeNode, in scope) Type {
	var handed []argument
	for _, command := range pipe.Cmds {
		handed = []argument{{is: w.command(command, handed, in)}}
	}
	return handed[0].is
}

// command returns the type of a command's value. handed is what the command before it hands over, or nothing.
func (w *walker) command(command *parse.CommandNode, handed []argument, in scope) Type {
	var args []argument
	called, isFunction := command.Args[0].(*parse.IdentifierNode)
	isLazy := isFunction && (called.Ident == "and" || called.Ident == "or")
	for i, node := range command.Args[1:] {
		if isLazy && i > 0 {
			w.branches++
			w.tested++
		}
		args = append(args, argument{node: node, is: w.operand(node, nil, in)})
		if isLazy && i > 0 {
			w.branches--
			w.tested--
		}
	}
	return w.operand(command.Args[0], append(args, handed...), in)
}

// operand returns the type of an operand's value; the arguments are for the method or function that it ends in.
func (w *walker) operand(node parse.Node, args []argument, in scope) Type {
	switch node := node.(type) {
	case *parse.IdentifierNode:
		return w.function(node, args)
	case *parse.FieldNode:
		return w.fields(in.dot, ".", node, node.Ident, args, in.asked)
	case *parse.VariableNode:
		return w.fields(w.variable(node.Ident[0]), node.Ident[0], node, node.Ident[1:], args, w.asked)
	case *parse.ChainNode:
		return w.fields(w.operand(node.Node, nil, in), "", node, node.Field, args, nil)
	}
	if len(args) > 0 {
		w.fault(tree.Start(node), "only functions and methods take arguments", "%s is not a function and takes no arguments", node)
	}
	switch node := node.(type) {
	case *parse.DotNode:
		if in.asked["."] != notAsked {
			return Unknown
		}
		return in.dot
	case *parse.PipeNode:
		return w.pipeline(node, in)
	case *parse.StringNode:
		return textType
	case *parse.BoolNode:
		return truthType
	case *parse.NumberNode:
		return numberOf(node)
	case *parse.NilNode:
		return Type{}
	}
	return Unknown
}

// numberOf returns the type that text/template gives a constant.
func numberOf(node *parse.NumberNode) Type {
	switch {
	case node.IsInt && !strings.ContainsAny(node.Text, ".eE'") || strings.HasPrefix(node.Text, "0x"):
		return numberType
	case node.IsFloat && !strings.HasPrefix(node.Text, "'"):
		return Of(reflect.TypeFor[float64]())
	}
	return Unknown
}

// variable returns the type of a variable, $ too.
func (w *walker) variable(name string) Type {
	cell := w.cell(name)
	if cell == nil {
		return join(w.visit.dot, w.visit.cells[nil])
	}
	return w.visit.cells[cell]
}

// fields returns the type behind a path of names; base is the path of the value that they begin at. Nothing is known
// of what the template asks about.
func (w *walker) fields(of Type, base string, node parse.Node, names []string, args []argument, asked questions) Type {
	path := base
	if asked[path] != notAsked {
		of = Unknown
	}
	if len(names) == 0 && len(args) > 0 {
		w.fault(tree.Start(node), "only functions and methods take arguments", "%s is not a function and takes no arguments", node)
	}
	for i, name := range names {
		var own []argument
		if i == len(names)-1 {
			own = args
		}
		path = strings.TrimSuffix(path, ".") + "." + name
		if asked[path] != ofPlace {
			of = w.field(of, name, offsetOf(node, i), own)
		}
		if asked[path] != notAsked {
			of = Unknown
		}
	}
	return of
}

// field returns the type of one field, or of what the method of that name returns. It is a fault only where it is one
// for every shape.
func (w *walker) field(of Type, name string, offset int, args []argument) Type {
	if of.unknown || len(of.shapes) == 0 {
		return of
	}
	var result Type
	isFound := false
	for _, s := range of.shapes {
		f, ok := w.lookUp(s, name)
		switch isAlone := len(of.shapes) == 1; {
		case !ok:
			continue
		case f.method != nil && (!isAlone || w.checkCall(offset, name, f.method, args)):
			f.value = resultOf(f.method)
		case f.method != nil:
			f.value = Unknown
		case isAlone && len(args) > 0 && !f.value.unknown:
			w.fault(offset, "only functions and methods take arguments", ".%s of %v takes no arguments", name, s)
		}
		result, isFound = join(result, f.value), true
	}
	if !isFound {
		w.missing(of, name, offset)
		return Unknown
	}
	return result
}

// resultOf returns the type of what a function returns beside an error.
func resultOf(f reflect.Type) Type {
	if !isCallable(f) {
		return Unknown
	}
	return Of(f.Out(0))
}
