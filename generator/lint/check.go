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
		w.fault(at, "", "argument %d of %s is %s, expected %s", i+1, name, arg, Of(takes))
		return false
	}
	return true
}

// checkWord reports a constant that a function does not know.
func (w *walker) checkWord(function string, args []argument) {
	known := w.Words[function]
	if len(known) == 0 || len(args) == 0 {
		return
	}
	if word, ok := args[0].node.(*parse.StringNode); ok && !slices.Contains(known, word.Text) {
		hint := name.Suggest(word.Text, known, "%q", "expected one of "+strings.Join(known, ", "))
		w.fault(tree.Start(word), hint, "%s does not know %q", function, word.Text)
	}
}

// compare reports a comparison of what text/template never compares, such as a boolean with a text.
func (w *walker) compare(offset int, function string, args []argument) {
	first := args[0].is
	for _, arg := range args[1:] {
		if first.isBasic() && arg.is.isBasic() && arg.is.kind() != first.kind() {
			w.fault(offset, "both have to be of one kind", "%s compares %v with %v", function, first, arg.is)
			return
		}
	}
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
