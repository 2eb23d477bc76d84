package lint

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// argument is an argument of a call. node is nil for a piped value.
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

// command returns the type of a command's value. handed is the value of the previous command, or nothing.
func (w *walker) command(command *parse.CommandNode, handed []argument, dot Type) Type {
	var args []argument
	inTest, depth := w.inTest, w.depth
	for i, node := range command.Args[1:] {
		if i > 0 && tree.IsCall(command, "and", "or") {
			w.inTest, w.depth = true, depth+1 // earlier arguments may decide whether this one is evaluated
		}
		if i == 0 && tree.IsCall(command, "include", "includeEach") && w.isBareName(node, dot) {
			args = append(args, argument{node: node, is: Unknown})
			continue
		}
		args = append(args, argument{node: node, is: w.operand(node, nil, dot)})
	}
	w.inTest, w.depth, w.called = inTest, depth, command
	return w.operand(command.Args[0], append(args, handed...), dot)
}

// isBareName reports whether a word that is to name a partial has no quotes, and reports that: it is no function, and where no
// partial is called so, no field of the dot either.
func (w *walker) isBareName(node parse.Node, dot Type) bool {
	word, ok := node.(*parse.IdentifierNode)
	if !ok || w.signature(word.Ident) != nil {
		return false
	}
	isPartial := func(u *unit) bool { return u.Partial == word.Ident }
	if dot.member(word.Ident) != "" && !slices.ContainsFunc(w.units, isPartial) {
		return false
	}
	w.fault(value.UnknownFunction, int(word.Position()), fmt.Sprintf("write %q, in double quotes, for the partial", word.Ident), "unknown function %q", word.Ident)
	return true
}

// NoArguments returns the hint for a command whose first word takes no arguments and gets some: a function stands between them,
// like an operator in other languages, or several values are written in one action. It is "" for one that is piped.
func NoArguments(command *parse.CommandNode) string {
	if len(command.Args) < 2 {
		return ""
	}
	words, rest := []string{"write {{", "print"}, command.Args
	if function, ok := command.Args[1].(*parse.IdentifierNode); ok {
		words[1] = function.Ident + " " + command.Args[0].String()
		rest = command.Args[2:]
	}
	for _, arg := range rest {
		words = append(words, arg.String())
	}
	return strings.Join(append(words, "}}"), " ")
}

// operand returns the type of an operand's value; the arguments are for the method or function that it ends in.
func (w *walker) operand(node parse.Node, args []argument, dot Type) Type {
	var of Type
	var path string
	var names []string
	offset := tree.Start(node)
	switch node := node.(type) {
	case *parse.IdentifierNode:
		return w.function(node, nil, args, dot)
	case *parse.DotNode:
		of, path = dot, "."
	case *parse.FieldNode:
		of, path, names = dot, ".", node.Ident
	case *parse.VariableNode:
		root := node.Ident[0]
		of, path, names = w.holds[w.declared[root]], pathOf(root), node.Ident[1:]
		offset += len(root)
	case *parse.ChainNode:
		if called, ok := node.Node.(*parse.IdentifierNode); ok && w.signature(called.Ident) == nil {
			return w.function(called, node.Field, args, dot)
		}
		of, path, names = w.operand(node.Node, nil, dot), "("+node.Node.String()+")", node.Field
		offset = int(node.Position())
	case *parse.PipeNode:
		of = w.pipeline(node, dot)
	case *parse.StringNode:
		of = Of(reflect.TypeFor[string]())
	case *parse.BoolNode:
		of = Of(reflect.TypeFor[bool]())
	case *parse.NumberNode:
		of = Unknown // a number such as 1e3 may have either type
		if _, err := strconv.Atoi(node.Text); err == nil {
			of = Of(reflect.TypeFor[int]())
		} else if node.IsFloat && !node.IsInt {
			of = Of(reflect.TypeFor[float64]())
		}
	}
	if len(names) == 0 && len(args) > 0 {
		w.checkCall(tree.Start(node), node.String(), fieldType, args)
	}
	return w.fields(of, path, names, offset, args)
}

// signature returns the type of a function, or nil if it is unknown.
func (w *walker) signature(name string) reflect.Type {
	if signature := w.Function(name); signature != nil {
		return signature
	}
	return builtins[name]
}

// function returns the type of what a function returns. A name with a leading _ is that of a writer, which ends an
// action and takes anything. fields are those behind a name that is no function.
func (w *walker) function(node *parse.IdentifierNode, fields []string, args []argument, dot Type) Type {
	signature := w.signature(node.Ident)
	switch {
	case signature == nil && w.IsParsed && strings.HasPrefix(node.Ident, "_"):
		return Unknown
	case signature == nil:
		w.unknown(node, fields, dot)
		return Unknown
	case len(args) == 0 && signature.NumIn() > 0 && !signature.IsVariadic():
		if problem, ok := FieldMeant(node.Ident, dot); ok {
			w.note(tree.Start(node), problem)
			return resultOf(signature)
		}
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

// include records a visit to the partial of that name, or to all partials if the name is computed, and returns what it
// yields.
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

// checkCall reports whether a function or method can be called with the arguments; if not, it records the fault.
func (w *walker) checkCall(offset int, name string, f reflect.Type, args []argument) bool {
	if !isCallable(f) {
		w.fault(value.WrongArguments, offset, "a template can call only functions that return one value, or a value and an error", "%s cannot be called in a template: it returns %d values", name, f.NumOut())
		return false
	}
	fixed, expected, hint := f.NumIn(), "expected", ""
	if f == fieldType && len(args) > 0 {
		if hint = NoArguments(w.called); hint != "" {
			function := w.pos(tree.Start(w.called.Args[1])) // it lacks the arguments before it
			w.findings = slices.DeleteFunc(w.findings, func(f finding) bool { return f.Pos == function && f.Code == value.WrongArguments })
		}
		w.fault(value.WrongArguments, offset, hint, "%s takes no arguments", name)
		return false
	}
	if f.IsVariadic() {
		fixed, expected = fixed-1, "expected at least"
	}
	if len(args) < fixed || len(args) > fixed && !f.IsVariadic() {
		if len(args) > 0 && args[len(args)-1].node == nil {
			hint = "the value before the | is the last argument"
		}
		if usage := Usage(name); usage != "" && f != fieldType {
			hint = strings.TrimPrefix(hint+"; "+usage, "; ")
		}
		w.fault(value.WrongArguments, offset, hint, "wrong number of arguments for %s: %s %d, got %d", name, expected, fixed, len(args))
		return false
	}
	for i, arg := range args {
		takes := f.In(min(i, f.NumIn()-1))
		if f.IsVariadic() && i >= fixed {
			takes = takes.Elem()
		}
		if !arg.fits(takes) {
			if arg.node != nil {
				offset = tree.Start(arg.node)
			}
			w.fault(value.WrongArguments, offset, "", "argument %d of %s is %s, expected %s", i+1, name, arg, Of(takes))
			return false
		}
	}
	return true
}

// checkWord reports a constant that a function does not support.
func (w *walker) checkWord(function string, args []argument) {
	known := w.Words[function]
	if known == nil {
		return
	}
	if word, ok := args[0].node.(*parse.StringNode); ok && !slices.Contains(known, word.Text) {
		hint := name.Suggest(word.Text, known, "%q", "expected one of "+strings.Join(known, ", "))
		w.fault(value.WrongArguments, tree.Start(word), hint, "%s does not know %q", function, word.Text)
	}
}

// compare reports a comparison that text/template does not support, such as a boolean with a text.
func (w *walker) compare(offset int, function string, args []argument) {
	basic := []reflect.Kind{reflect.String, reflect.Bool, reflect.Int, reflect.Float64}
	for _, arg := range args[1:] {
		first, other := args[0].is.kind(), arg.is.kind()
		if first != other && slices.Contains(basic, first) && slices.Contains(basic, other) {
			w.fault(value.WrongArguments, offset, "both must be of the same kind", "%s compares %v with %v", function, args[0].is, arg.is)
			return
		}
	}
}

// String describes the argument in messages.
func (a argument) String() string {
	switch node := a.node.(type) {
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode, *parse.NilNode:
		return node.String()
	}
	return fmt.Sprint(a.is)
}

// fits reports whether text/template can hand the argument to a parameter of that type. A constant has to be one of the
// type itself; a value or a pointer to it has to be assignable.
func (a argument) fits(takes reflect.Type) bool {
	kind, isAny := Of(takes).kind(), takes.Kind() == reflect.Interface && takes.NumMethod() == 0
	if number, ok := a.node.(*parse.NumberNode); ok && !isAny {
		return kind == reflect.Int && (number.IsInt || number.IsUint) || kind == reflect.Float64 && number.IsFloat
	}
	if _, isNil := a.node.(*parse.NilNode); isNil {
		return slices.Contains([]reflect.Kind{reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice}, takes.Kind())
	}
	return isAny || !a.is.isKnown() || a.is.of.AssignableTo(takes) || reflect.PointerTo(a.is.of).AssignableTo(takes)
}
