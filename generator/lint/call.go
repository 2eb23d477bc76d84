package lint

import (
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// function returns the type of what a function returns. A name with a leading _ is that of a writer, which ends an
// action and takes anything.
func (w *walker) function(node *parse.IdentifierNode, args []argument) Type {
	if strings.HasPrefix(node.Ident, "_") {
		return Unknown
	}
	signature := w.visit.template.Function(node.Ident)
	if signature == nil {
		signature = builtins[node.Ident]
	}
	if signature == nil {
		return Unknown
	}
	if !w.checkCall(tree.Start(node), node.Ident, signature, args) {
		return resultOf(signature)
	}
	if node.Ident == "include" {
		return w.include(tree.Start(node), args)
	}
	if resultFor := results[node.Ident]; resultFor != nil {
		return resultFor(w, args)
	}
	return resultOf(signature)
}

// checkCall reports whether a function or method can be called with the arguments, or notes the fault.
func (w *walker) checkCall(offset int, name string, f reflect.Type, args []argument) bool {
	if !isCallable(f) {
		w.fault(offset, "a template can call only what returns one value, or a value and an error", "%s cannot be called in a template: it returns %d values", name, f.NumOut())
		return false
	}
	fixed, hint := f.NumIn(), ""
	if len(args) > 0 && args[len(args)-1].node == nil {
		hint = "the value before the | is the last argument"
	}
	if f.IsVariadic() {
		if fixed--; len(args) < fixed {
			w.fault(offset, hint, "%s takes at least %s, got %d", name, counted(fixed), len(args))
			return false
		}
	} else if len(args) != fixed {
		w.fault(offset, hint, "%s takes %s, got %d", name, counted(fixed), len(args))
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
		w.fault(at, "", "argument %d of %s is %s, expected %s", i+1, name, arg, Type{shapes: []shape{{of: pointed(takes)}}})
		return false
	}
	return true
}

func pointed(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

func counted(n int) string {
	if n == 1 {
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", n)
}

// String says what the argument is, as messages name it.
func (a argument) String() string {
	switch node := a.node.(type) {
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode, *parse.NilNode:
		return node.String()
	}
	return a.is.String()
}

// fits reports whether text/template can hand the argument to a parameter of that type. A constant has to be one of the
// type itself; of a value, one of its shapes or a pointer to it has to be assignable.
func (a argument) fits(takes reflect.Type) bool {
	kind := takes.Kind()
	isAny := kind == reflect.Interface && takes.NumMethod() == 0
	switch node := a.node.(type) {
	case *parse.StringNode:
		return isAny || kind == reflect.String
	case *parse.BoolNode:
		return isAny || kind == reflect.Bool
	case *parse.NumberNode:
		return isAny || node.IsInt && kind >= reflect.Int && kind <= reflect.Int64 ||
			node.IsUint && kind >= reflect.Uint && kind <= reflect.Uintptr ||
			node.IsFloat && (kind == reflect.Float32 || kind == reflect.Float64) || node.IsComplex && kind >= reflect.Complex64 && kind <= reflect.Complex128
	case *parse.NilNode:
		return kind == reflect.Interface || kind == reflect.Pointer || kind == reflect.Map || kind == reflect.Slice || kind == reflect.Func || kind == reflect.Chan
	}
	if isAny || a.is.unknown || len(a.is.shapes) == 0 {
		return true
	}
	for _, s := range a.is.shapes {
		if s.of.AssignableTo(takes) || reflect.PointerTo(s.of).AssignableTo(takes) {
			return true
		}
	}
	return false
}

// include follows the partial that the arguments name with the dot that they give, and returns what it yields.
func (w *walker) include(offset int, args []argument) Type {
	name, ok := args[0].node.(*parse.StringNode)
	if !ok {
		w.computed = true
		return Unknown
	}
	partial := w.partials[name.Text]
	if partial == nil {
		return Unknown
	}
	if w.isSpare && len(w.visits[partial]) > 0 && !w.visits[partial][0].isSpare {
		return partial.Yields
	}
	w.calls = append(w.calls, inclusion{partial: partial, dot: args[1].is, caller: caller{
		from: w.visit, at: w.visit.template.pos(offset),
		isGuarded: w.branches > 0 || w.loops > 0, isTested: w.tested > 0,
	}})
	return partial.Yields
}
