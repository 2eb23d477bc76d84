package syntax

import (
	"fmt"
	"strings"
)

// rewriter reads an action written in the syntax that most other languages use for expressions, and rewrites it as an
// action of Go's templates. What it notes on the way are the problems.
type rewriter struct {
	*action
	isFunction func(name string) bool
	loops      map[string]bool // the names of variables of loops, which other languages write without $
	next       int             // the token to read
	declared   []string        // the variables of the loop that it is
	lists      int             // the lists and calls around it, in which commas separate
	slips      []slip
	depth      int
	isLost     bool // it cannot be rewritten
}

// What an action may have to be rewritten.
const (
	maxTokens = 200
	maxDepth  = 200
)

// slip is what templates write in another way, at an offset. The hint is for where the action cannot be rewritten.
type slip struct {
	at        int
	msg, hint string
}

// expression is a part of an action, as Go's templates write it.
type expression struct {
	text     string
	isCall   bool   // as an argument it is in parentheses
	isLoose  bool   // it begins with a word that is not a function, so its other names are fields of the model, too
	pipeline string // the same as a pipeline, where that reads better
	whole    string // the equivalent actions, if it is a complete action
}

// argument returns the expression as an argument of a call.
func (e expression) argument() string {
	if e.isCall {
		return "(" + e.text + ")"
	}
	return e.text
}

// piped returns the expression as the beginning of a pipeline.
func (e expression) piped() string {
	if e.pipeline != "" {
		return e.pipeline
	}
	return e.text
}

// call returns a call of a function.
func call(function string, args ...expression) expression {
	words := []string{function}
	for _, arg := range args {
		words = append(words, arg.argument())
	}
	return expression{text: strings.Join(words, " "), isCall: true}
}

func (w *rewriter) slip(at int, format string, args ...any) {
	w.slips = append(w.slips, slip{at: at, msg: fmt.Sprintf(format, args...)})
}

// lost notes a mistake whose intended meaning is unknown.
func (w *rewriter) lost(at int, hint, format string, args ...any) {
	w.isLost = true
	w.slips = append(w.slips, slip{at, fmt.Sprintf(format, args...), hint})
}

// slipAt notes a slip at the token that comes next.
func (w *rewriter) slipAt(format string, args ...any) {
	w.slip(w.tokens[w.next].at, format, args...)
}

// takes reads the word or operator, if it comes next.
func (w *rewriter) takes(texts ...string) bool {
	if !w.is(w.next, texts...) {
		return false
	}
	w.next++
	return true
}

// expects reads the closing bracket.
func (w *rewriter) expects(bracket string) {
	if !w.takes(bracket) {
		w.isLost = true
	}
}

// isBeside reports whether the next token is one of the texts and nothing separates it from the one before.
func (w *rewriter) isBeside(texts ...string) bool {
	return w.is(w.next, texts...) && !w.tokens[w.next].isSpaced
}

// pipeline reads an expression with what its value is handed to.
func (w *rewriter) pipeline() expression {
	e := w.choice()
	for !w.isLost && w.is(w.next, "|") {
		bar := w.tokens[w.next].at
		if w.next++; w.next == len(w.tokens) {
			w.lost(bar, "write a function after it, or remove it", "nothing follows the |")
			return e
		}
		if handed := w.filter(); handed != "" {
			e = expression{text: e.piped() + " | " + handed, isCall: true}
		}
	}
	return e
}

// filter reads the function after a |, and returns its call without the last argument, or nothing for one that
// templates do not need.
func (w *rewriter) filter() string {
	if w.tokens[w.next].kind != word {
		return w.application().text
	}
	function := w.tokens[w.next]
	w.next++
	name := synonym(function.text)
	var args []expression
	switch {
	case w.isBeside("("):
		w.slip(function.at, withoutParentheses)
		args = w.list("(", ")")
	default:
		args = w.arguments()
	}
	if otherwise[function.text] == unescaped && !w.isFunction(function.text) {
		w.slip(function.at, "templates need no %q: each value is escaped for its place", function.text)
		return ""
	}
	return call(name, args...).text
}

const withoutParentheses = "functions are called without parentheses and commas: f .A .B"

// choice reads an expression and what other languages append to choose between two.
func (w *rewriter) choice() expression {
	e := w.binary(0)
	var test, then, other expression
	switch {
	case w.isLost:
		return e
	case w.is(w.next, "?"):
		w.slipAt(`templates have no operator "?"`)
		w.next++
		test, then = e, w.binary(0)
		w.expects(":")
		other = w.choice()
	case w.is(w.next, "if"):
		w.slipAt(`"if" begins a separate action`)
		w.next++
		test, then = w.binary(0), e
		if w.takes("else") {
			other = w.choice()
		}
	default:
		return e
	}
	if other.text == "" {
		return expression{text: then.text, whole: "{{ if " + test.piped() + " }}{{ " + then.piped() + " }}{{ end }}"}
	}
	e = call("ternary", then, other, test)
	e.whole = "{{ if " + test.piped() + " }}{{ " + then.piped() + " }}{{ else }}{{ " + other.piped() + " }}{{ end }}"
	return e
}

// binaries are the operators of other languages with the function that templates have for them, those that bind least first.
var binaries = []map[string]string{
	{"||": "or", "or": "or", "??": "default"},
	{"&&": "and", "and": "and"},
	{"=": "eq", "==": "eq", "===": "eq", "!=": "ne", "!==": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "in": "has", "is": "eq"},
	{"+": "add", "-": "sub", "~": "printf"},
	{"*": "mul", "/": "div", "%": "mod"},
}

// comparisons is the level at which a "not" binds.
const comparisons = 2

// binary reads an expression of operators that bind at least as much as those of the level.
func (w *rewriter) binary(level int) expression {
	w.depth++
	defer func() { w.depth-- }()
	if w.depth > maxDepth {
		w.isLost = true
	}
	if w.isLost {
		return expression{}
	}
	if level == len(binaries) {
		return w.application()
	}
	if level == comparisons && w.is(w.next, "not") && w.next+1 < len(w.tokens) {
		w.next++
		return call("not", w.binary(level))
	}
	e := w.binary(level + 1)
	for !w.isLost && w.next < len(w.tokens) {
		operator := w.tokens[w.next]
		isNot := operator.text == "not" && w.is(w.next+1, "in")
		function := binaries[level][operator.text]
		if isNot {
			function = binaries[level]["in"]
		}
		if function == "" || operator.kind == text {
			return e
		}
		w.slip(operator.at, "templates have no operator %q", operator.text)
		if w.next++; isNot {
			w.next++
		}
		isNot = isNot || operator.text == "is" && w.takes("not")
		if operator.text == "is" && w.takes("defined", "none", "None", "null") {
			if isNone := w.tokens[w.next-1].text != "defined"; isNone != isNot {
				e = call("not", e)
			}
			continue
		}
		right := w.binary(level + 1)
		if e = apply(function, e, right); isNot {
			e = call("not", e)
		}
	}
	return e
}

// apply returns the call of the function that templates have for an operator. Texts are put together.
func apply(function string, left, right expression) expression {
	isText := func(e expression) bool { return strings.HasPrefix(e.text, `"`) || strings.HasPrefix(e.text, "printf ") }
	switch {
	case function == "default":
		return call(function, right, left)
	case function == "printf" || function == "add" && (isText(left) || isText(right)):
		e := call("printf", expression{text: `"%v%v"`}, left, right)
		e.whole = "{{ " + left.piped() + " }}{{ " + right.piped() + " }}"
		if left.whole != "" {
			e.whole = left.whole + "{{ " + right.piped() + " }}"
		}
		return e
	}
	return call(function, left, right)
}
