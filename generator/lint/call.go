package lint

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/name"
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
	tested, depth := w.tested, w.depth
	for i, node := range command.Args[1:] {
		if i > 0 && tree.IsCall(command, "and", "or") {
			w.tested, w.depth = tested+1, depth+1 // the arguments before may decide whether this one is looked at
		}
		args = append(args, argument{node: node, is: w.operand(node, nil, dot)})
	}
	w.tested, w.depth = tested, depth
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
		return w.fields(w.cells[w.cell(node.Ident[0])], pathOf(&parse.VariableNode{NodeType: parse.NodeVariable, Ident: node.Ident[:1]}), node, node.Ident[1:], args)
	case *parse.ChainNode:
		return w.fields(w.operand(node.Node, nil, dot), "", node, node.Field, args)
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
		return truthType
	case *parse.NilNode:
		return Type{}
	case *parse.NumberNode:
		switch {
		case node.IsInt && !strings.ContainsAny(node.Text, ".eE'") || strings.HasPrefix(node.Text, "0x"):
			return numberType
		case node.IsFloat && !strings.HasPrefix(node.Text, "'"):
			return Of(reflect.TypeFor[float64]())
		}
	}
	return Unknown
}

// function returns the type of what a function returns. A name with a leading _ is that of a writer, which ends an
// action and takes anything.
func (w *walker) function(node *parse.IdentifierNode, args []argument) Type {
	signature := w.unit.Function(node.Ident)
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
	switch node.Ident {
	case "include":
		return w.include(args)
	case "includeEach":
		return w.include([]argument{args[0], {node: args[1].node, is: eachDot(args)}})
	}
	if resultFor := results[node.Ident]; resultFor != nil {
		return resultFor(w, args)
	}
	return resultOf(signature)
}

// eachDot returns the type of the dot that a partial gets for each item of a list.
func eachDot(args []argument) Type {
	item := itemsOf(args[1].is)
	if len(args) < 3 {
		return item
	}
	return Record{Of: dictType, Members: map[string]Type{"Item": item, "With": args[2].is}}.Type()
}

// resultOf returns the type of what a function returns beside an error.
func resultOf(f reflect.Type) Type {
	if !isCallable(f) {
		return Unknown
	}
	return Of(f.Out(0))
}

// isCallable reports whether text/template calls the function: it returns a value, or a value and an error.
func isCallable(f reflect.Type) bool {
	return f.NumOut() == 1 || f.NumOut() == 2 && f.Out(1) == reflect.TypeFor[error]()
}

// checkCall reports whether a function or method can be called with the arguments, or notes the fault.
func (w *walker) checkCall(offset int, name string, f reflect.Type, args []argument) bool {
	fixed, atLeast, hint := f.NumIn(), "", ""
	if f.IsVariadic() {
		fixed, atLeast = fixed-1, "at least "
	}
	if len(args) > 0 && args[len(args)-1].node == nil {
		hint = "the value before the | is the last argument"
	}
	plural := "s"
	if fixed == 1 {
		plural = ""
	}
	switch {
	case !isCallable(f):
		w.fault(offset, "a template can call only what returns one value, or a value and an error", "%s cannot be called in a template: it returns %d values", name, f.NumOut())
		return false
	case len(args) < fixed || len(args) > fixed && !f.IsVariadic():
		w.fault(offset, hint, "%s takes %s%d argument%s, got %d", name, atLeast, fixed, plural, len(args))
		return false
	}
	for i, arg := range args {
		takes := f.In(min(i, f.NumIn()-1))
		if f.IsVariadic() && i >= fixed {
			takes = takes.Elem()
		}
		if arg.fits(takes) {
			continue
		}
		at := offset
		if arg.node != nil {
			at = tree.Start(arg.node)
		}
		w.fault(at, "", "argument %d of %s is %s, expected %s", i+1, name, arg, shape{of: pointed(takes)})
		return false
	}
	return true
}

// checkWord reports a constant that a function does not know.
func (w *walker) checkWord(function string, args []argument) {
	known := w.unit.Words[function]
	if len(known) == 0 || len(args) == 0 {
		return
	}
	if word, ok := args[0].node.(*parse.StringNode); ok && !slices.Contains(known, word.Text) {
		hint := name.Suggest(word.Text, known, "%q", "expected one of "+strings.Join(known, ", "))
		w.fault(tree.Start(word), hint, "%s does not know %q", function, word.Text)
	}
}

// compare reports a comparison of what text/template never compares: a boolean with a text, a list with anything.
func (w *walker) compare(offset int, function string, args []argument) {
	first := args[0].is.kind()
	for _, arg := range args[1:] {
		if kind := arg.is.kind(); first != reflect.Invalid && kind != reflect.Invalid && kind != first {
			w.fault(offset, "both have to be of one kind", "%s compares %s with %s", function, kindWords[first], kindWords[kind])
			return
		}
	}
}

// kind returns the kind of a value that is a text, a boolean or a number whatever else is known, or Invalid.
func (t Type) kind() reflect.Kind {
	kind := reflect.Invalid
	for i, s := range t.shapes {
		own := basicKind(s.of)
		if i > 0 && own != kind || own == reflect.Struct || own == reflect.Map || own == reflect.Slice {
			return reflect.Invalid
		}
		kind = own
	}
	return kind
}

// String says what the argument is, as messages name it.
func (a argument) String() string {
	switch node := a.node.(type) {
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode, *parse.NilNode:
		return node.String()
	}
	return fmt.Sprint(a.is)
}

// fits reports whether text/template can hand the argument to a parameter of that type. A constant has to be one of the
// type itself; of a value, one of its shapes or a pointer to it has to be assignable.
func (a argument) fits(takes reflect.Type) bool {
	kind, isAny := basicKind(takes), takes.Kind() == reflect.Interface && takes.NumMethod() == 0
	if number, ok := a.node.(*parse.NumberNode); ok && !isAny {
		return kind == reflect.Int && (number.IsInt || number.IsUint) || kind == reflect.Float64 && number.IsFloat
	}
	if _, isNil := a.node.(*parse.NilNode); isNil {
		return slices.Contains([]reflect.Kind{reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice}, takes.Kind())
	}
	return isAny || a.is.unknown || len(a.is.shapes) == 0 || slices.ContainsFunc(a.is.shapes, func(s shape) bool {
		return s.of.AssignableTo(takes) || reflect.PointerTo(s.of).AssignableTo(takes)
	})
}

// give notes a dot that a partial is given whatever the definitions are.
func (w *walker) give(partial *unit, dot Type, offset int) {
	if _, ok := partial.given[dot.key()]; !ok {
		partial.given[dot.key()], w.hasGrown = w.unit.pos(offset), true
	}
}

// include gives the partial that the arguments name the dot that they give, and returns what it yields.
func (w *walker) include(args []argument) Type {
	given := args[1].is
	name, ok := args[0].node.(*parse.StringNode)
	if !ok {
		for _, partial := range w.partials {
			if partial.Dot.key() == "" {
				w.grow(partial, Unknown)
			}
		}
		return Unknown
	}
	partial := w.partials[name.Text]
	if partial == nil {
		return Unknown
	}
	if w.unit.isReached && w.tested == 0 && !partial.isReached {
		partial.isReached, w.hasGrown = true, true
	}
	if isCertain := w.unit.Partial == "" || len(w.unit.given) > 0 && len(w.unit.dot.shapes) == 1; isCertain && w.depth == 0 {
		w.give(partial, given, tree.Start(name))
	}
	if !given.unknown || partial.Dot.key() == "" {
		w.grow(partial, given)
	}
	return partial.Yields
}
