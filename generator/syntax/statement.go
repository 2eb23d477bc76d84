package syntax

import (
	"slices"
	"strings"
)

// starts are the words with which statements begin, here and elsewhere.
var starts = []string{"if", "with", "else", "end", "block", "include"}

// foreign maps words that begin constructs in other languages to their equivalents in templates, in which % is the
// expression after the word. Loops are handled by loop.
var foreign = map[string]string{
	"elif": "else if %", "elsif": "else if %", "elseif": "else if %", "elsIf": "else if %", "elseIf": "else if %",
	"unless": "if not %", "while": "",
	"endif": "end", "endfor": "end", "endforeach": "end", "endeach": "end", "endwith": "end", "endunless": "end", "endblock": "end", "fi": "end", "done": "end",
	"for": "", "foreach": "", "forEach": "", "each": "",
	"set": "", "let": "", "var": "", "const": "", "assign": "",
	"macro": partials, "endmacro": partials, "extends": partials, "import": partials, "render": partials, "partial": partials,
	"super":  "replaced .",
	"switch": "if eq A B", "case": "else if eq A B",
}

const partials = `include "NAME" .`

// statement writes an action of another language as one of templates, and returns false where it cannot.
func (w *rewriter) statement() (string, bool) {
	if len(w.tokens) == 0 || len(w.tokens) > maxTokens {
		return "", false
	}
	first := w.tokens[0]
	if first.kind == word && !w.isAssigned(1) {
		switch {
		case slices.Contains([]string{"for", "foreach", "forEach", "each", "range"}, first.text):
			w.next++
			return w.ended(w.loop())
		case first.text == "while":
			return "", false
		case slices.Contains([]string{"if", "with"}, first.text):
			w.next++
			return w.ended(first.text + " " + w.pipeline().piped())
		case first.text == "else":
			return w.otherwise()
		case first.text == "end":
			w.next = len(w.tokens)
			return "end", true
		case w.isForeign(0) && strings.Contains(foreign[first.text], "%"):
			w.next++
			return w.ended(strings.Replace(foreign[first.text], "%", w.pipeline().argumentOf(foreign[first.text]), 1))
		case w.isForeign(0) && foreign[first.text] != "":
			w.next = len(w.tokens)
			return foreign[first.text], true
		}
	}
	if w.isForeign(0) && w.isAssigned(2) {
		w.next++
	}
	if w.isAssigned(w.next + 1) {
		return w.ended(w.assignment())
	}
	e := w.pipeline()
	if e.whole != "" && w.next == len(w.tokens) && !w.isLost {
		return e.whole, true
	}
	return w.ended(e.piped())
}

// argumentOf returns the expression as an argument of a function, or as a pipeline if there is no function before it.
func (e expression) argumentOf(form string) string {
	if strings.Contains(form, "not %") {
		return e.argument()
	}
	return e.piped()
}

// isForeign reports whether the token is a word that begins a statement of another language, and no function.
func (w *rewriter) isForeign(i int) bool {
	if i >= len(w.tokens) || w.tokens[i].kind != word || w.isAssigned(i+1) {
		return false
	}
	name := w.tokens[i].text
	_, ok := foreign[name]
	return ok && (!w.isFunction(name) || w.isAssigned(i+2))
}

// hasInfix reports whether there is a word between two values that is an operator elsewhere, but not a function here.
func (w *rewriter) hasInfix() bool {
	for i := range w.tokens {
		if i > 0 && w.is(i, "in", "is", "as", "of") && !w.isFunction(w.tokens[i].text) {
			return true
		}
	}
	return false
}

// isAssigned reports whether the token of that number assigns to the one before.
func (w *rewriter) isAssigned(i int) bool { return w.is(i, "=", ":=") }

// ended returns the statement if all of the action has been read.
func (w *rewriter) ended(statement string) (string, bool) {
	return statement, !w.isLost && w.next == len(w.tokens)
}

// otherwise writes what begins with else.
func (w *rewriter) otherwise() (string, bool) {
	w.next++
	if w.next == len(w.tokens) {
		return "else", true
	}
	for _, start := range []string{"if", "with"} {
		if w.takes(start) {
			return w.ended("else " + start + " " + w.pipeline().piped())
		}
	}
	return "", false
}

// assignment writes an assignment to a variable.
func (w *rewriter) assignment() string {
	target, sign := w.tokens[w.next], w.tokens[w.next+1].text
	switch target.kind {
	case variable:
	case word:
		w.slip(target.at, "variables are written with $, as in $%s", target.text)
		target.text, sign = "$"+target.text, ":="
	default:
		w.lost(w.tokens[w.next+1].at, "write {{ $name := VALUE }}", "only variables are assigned to, and their names begin with $")
	}
	w.next += 2
	return target.text + " " + sign + " " + w.pipeline().piped()
}

// loop writes the head of a loop whose first word has been read: VARIABLES in LIST, or LIST as VARIABLES.
func (w *rewriter) loop() string {
	w.takes("(")
	w.takes("let", "const", "var")
	begin := w.next
	w.declared = w.loopNames()
	switch {
	case len(w.declared) > 0 && w.is(w.next, "in", "of"):
		w.slipAt("the variable of a range is declared by :=")
		w.next++
	case len(w.declared) > 0 && w.takes(":=", "="):
		if w.tokens[begin].kind == word {
			w.slip(w.tokens[begin].at, "variables are written with $, as in $%s", w.declared[0])
		}
	default:
		w.declared, w.next = nil, begin
	}
	list := w.pipeline().piped()
	if len(w.declared) == 0 && w.is(w.next, "as") {
		w.slipAt("the variable of a range is declared by :=")
		w.next++
		isHandlebars := w.takes("|")
		if w.declared = w.loopNames(); w.takes("=>") {
			w.declared = append(w.declared, w.loopNames()...)
		}
		if isHandlebars {
			slices.Reverse(w.declared) // the item comes first there
			w.expects("|")
		}
	}
	w.takes(")")
	w.takes(":")
	if len(w.declared) == 0 {
		return "range " + list
	}
	return "range $" + strings.Join(w.declared, ", $") + " := " + list
}

// loopNames reads the variables of a loop, without their $.
func (w *rewriter) loopNames() []string {
	var names []string
	for w.next < len(w.tokens) && (w.tokens[w.next].kind == word || w.tokens[w.next].kind == variable) && !w.is(w.next, "in", "of", "as") {
		names = append(names, strings.TrimPrefix(w.tokens[w.next].text, "$"))
		w.next++
		w.takes(",")
	}
	return names
}
