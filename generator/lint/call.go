package lint

import (
	"reflect"
	"slices"
	"strconv"
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
func (w *walker) pipeline(pipe *parse.PipeNode, dot Type) Type {
	var handed []argument
	for _, command := range pipe.Cmds {
		handed = []argument{{is: w.command(command, handed, dot)}}
	}
	return handed[0].is
}

// command returns the type of a command's value. handed is what the command before it hands over, or nothing.
func (w *walker) command(command *parse.CommandNode, handed []argument, dot Type) Type {
	var args []argument
	inTest, depth := w.inTest, w.depth
	for i, node := range command.Args[1:] {
		if i > 0 && tree.IsCall(command, "and", "or") {
			w.inTest, w.depth = true, depth+1 // the arguments before may decide whether this one is looked at
		}
		args = append(args, argument{node: node, is: w.operand(node, nil, dot)})
	}
	w.inTest, w.depth = inTest, depth
	return w.operand(command.Args[0], append(args, handed...), dot)
}

// operand returns the type of an operand's value; the arguments are for the method or function that it ends in.
func (w *walker) operand(node parse.Node, args []argument, dot Type) Type {
	switch node := node.(type) {
	case *parse.IdentifierNode:
		return w.function(node, args)
	case *parse.FieldNode:
		return w.fields(dot, ".", node, node.Ident, args)
	case *parse.DotNode:
		return w.fields(dot, ".", node, nil, args)
	case *parse.VariableNode:
		of, path := w.holds[w.declaration(node.Ident[0])], node.Ident[0]
		if path == "$" {
			path = "."
		}
		return w.fields(of, path, node, node.Ident[1:], args)
	case *parse.ChainNode:
		return w.fields(w.operand(node.Node, nil, dot), "("+node.Node.String()+")", node, node.Field, args)
	case *parse.PipeNode:
		return w.fields(w.pipeline(node, dot), "", node, nil, args)
	}
	return w.fields(constant(node), "", node, nil, args)
}

// constant returns the type that text/template gives a constant.
func constant(node parse.Node) Type {
	switch node := node.(type) {
	case *parse.StringNode:
		return textType
	case *parse.BoolNode:
		return Of(reflect.TypeFor[bool]())
	case *parse.NilNode:
		return Type{}
	case *parse.NumberNode:
		if _, err := strconv.ParseInt(node.Text, 0, 64); err == nil {
			return numberType
		} else if node.IsFloat && !node.IsInt {
			return Of(reflect.TypeFor[float64]())
		}
	}
	return Unknown
}

// function returns the type of what a function returns. A name with a leading _ is that of a writer, which ends an
// action and takes anything.
func (w *walker) function(node *parse.IdentifierNode, args []argument) Type {
	signature := w.Function(node.Ident)
	if signature == nil {
		signature = builtins[node.Ident]
	}
	if signature == nil || strings.HasPrefix(node.Ident, "_") {
		return Unknown
	}
	if !w.checkCall(tree.Start(node), node.Ident, signature, args) {
		return resultOf(signature)
	}
	w.checkWord(node.Ident, args)
	if slices.Contains([]string{"eq", "ne", "lt", "le", "gt", "ge"}, node.Ident) {
		w.compare(tree.Start(node), node.Ident, args)
	}
	return w.result(node.Ident, signature, args)
}

// eachDot returns the type of the dot that a partial gets for each item of a list.
func eachDot(args []argument) Type {
	item := args[1].is.items()
	if len(args) < 3 {
		return item
	}
	return Record{Of: dictType, Members: map[string]Type{"Item": item, "With": args[2].is}}.Type()
}

// include notes a visit to the partial of that name, or to all where the name is computed, and returns what it yields.
func (w *walker) include(called argument, dot Type) Type {
	name, isConstant := called.node.(*parse.StringNode)
	yields := Unknown
	for _, partial := range w.units {
		switch {
		case partial.Partial == "":
		case !isConstant:
			w.includes = append(w.includes, &visit{unit: partial, isTested: true})
		case partial.Partial == name.Text:
			from := w.pos(tree.Start(name))
			w.includes = append(w.includes, &visit{unit: partial, dot: dot, from: from, isTested: w.inTest, isBare: w.depth == 0})
			yields = partial.Yields
		}
	}
	return yields
}
