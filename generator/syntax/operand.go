package syntax

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// application reads a value, or a function with its arguments.
func (w *rewriter) application() expression {
	if w.next >= len(w.tokens) {
		w.isLost = true
		return expression{}
	}
	first := w.tokens[w.next]
	isCall := first.kind == word && w.isFunction(first.text) && !w.loops[first.text]
	e := w.operand()
	isCall = isCall && e.text == first.text
	if args := w.arguments(); len(args) > 0 {
		if first.kind == word && e.text == "."+camel(first.text) {
			e.text = first.text // of a function that templates do not have
		}
		return call(e.argument(), args...)
	}
	e.isCall = e.isCall || isCall
	return e
}

// arguments reads the values after a function.
func (w *rewriter) arguments() []expression {
	var args []expression
	for !w.isLost && w.next < len(w.tokens) {
		switch t := w.tokens[w.next]; {
		case t.kind == word && slices.Contains([]string{"and", "or", "in", "is", "if", "else", "as", "not"}, t.text):
			return args
		case t.kind == operator && t.text == "," && w.lists == 0 && len(args) > 0:
			w.slipAt("arguments are separated by spaces, without commas")
			w.next++
		case t.kind == operator && (t.text == "(" || t.text == "."):
			args = append(args, w.operand())
		case t.kind == operator:
			return args
		default:
			args = append(args, w.operand())
		}
	}
	return args
}

// operand reads a value with the fields, calls and indexes after it.
func (w *rewriter) operand() expression {
	e := w.primary()
	for !w.isLost && w.next < len(w.tokens) && !w.tokens[w.next].isSpaced {
		t := w.tokens[w.next]
		switch {
		case t.kind == field:
			w.next++
			e = w.member(e, t.text[1:], t.at+1)
		case t.text == "[" && t.kind == operator:
			w.slip(t.at, "templates have no brackets for items: use index")
			e = call("index", append([]expression{e}, w.list("[", "]")...)...)
		default:
			return e
		}
	}
	return e
}

// member returns the field of a value, or reads the call of a method.
func (w *rewriter) member(of expression, name string, at int) expression {
	if w.isBeside("(") {
		return w.method(of, name, at)
	}
	if w.isBeside("-") && w.next+1 < len(w.tokens) && !w.tokens[w.next+1].isSpaced {
		return w.dashed(of, name, at)
	}
	if of.isLoose {
		name = camel(name)
	}
	return expression{text: of.path(name), isLoose: of.isLoose}
}

// path returns the field of a value.
func (e expression) path(name string) string {
	if e.text == "." {
		return "." + name
	}
	return e.argument() + "." + name
}

// dashed reads the rest of a name with dashes, which cannot be the name of a field.
func (w *rewriter) dashed(of expression, name string, at int) expression {
	w.slip(at, "a name with a dash cannot be written as a field")
	for w.isBeside("-") && w.next+1 < len(w.tokens) && !w.tokens[w.next+1].isSpaced {
		name += "-" + w.tokens[w.next+1].text
		w.next += 2
	}
	quoted := expression{text: strconv.Quote(name)}
	if of.text == "." || strings.HasSuffix(of.text, ".Params") {
		return call("index", of, quoted)
	}
	return call(of.path("Get"), quoted)
}

// method reads the arguments of a method. What is a method elsewhere is a function here, or a method of the model.
func (w *rewriter) method(of expression, name string, at int) expression {
	args := w.list("(", ")")
	function := synonym(name)
	switch first, _ := utf8.DecodeRuneInString(name); {
	case unicode.IsUpper(first) && len(args) == 0:
		w.slip(at, "methods and functions are called without parentheses")
		return expression{text: of.path(name)}
	case unicode.IsUpper(first):
		w.slip(at, withoutParentheses)
		return call(of.path(name), args...)
	case name == "items" && len(args) == 0:
		return of
	case !w.isFunction(function) && len(args) == 0 && of.isLoose:
		w.slip(at, "fields are read without parentheses")
		return expression{text: of.path(camel(name)), isLoose: true}
	case !w.isFunction(function):
		w.lost(at, "functions precede their arguments, {{ upper .Name }}, or follow a |, {{ .Name | upper }}", "values have no method %s()", name)
		return of
	}
	w.slip(at, "values have no method %s(): %s is a function", name, function)
	e := call(function, append(args, of)...)
	e.pipeline = of.piped() + " | " + call(function, args...).text
	return e
}

// list reads the items between two brackets.
func (w *rewriter) list(open, close string) []expression {
	at := w.tokens[w.next].at
	w.next++
	var items []expression
	if !w.is(w.next, close) {
		w.lists++
		items = w.items()
		w.lists--
	}
	if w.next == len(w.tokens) {
		w.lost(at, "add the "+close+" that closes it", "the %s is not closed", open)
	}
	w.expects(close)
	return items
}

// items reads expressions with commas between them.
func (w *rewriter) items() []expression {
	items := []expression{w.choice()}
	for !w.isLost && w.takes(",") {
		items = append(items, w.choice())
	}
	return items
}

// primary reads a word, a literal, or what is in brackets.
func (w *rewriter) primary() expression {
	if w.next >= len(w.tokens) {
		w.isLost = true
		return expression{}
	}
	t := w.tokens[w.next]
	switch t.kind {
	case field:
		w.next++
		return w.member(expression{text: "."}, t.text[1:], t.at+1)
	case variable, number:
		w.next++
		return expression{text: t.text, isLoose: t.kind == variable && w.loops[t.text[1:]]}
	case text:
		w.next++
		return expression{text: w.literal(t)}
	case word:
		w.next++
		return w.word(t)
	}
	switch t.text {
	case ".":
		w.next++
		return expression{text: "."}
	case "!":
		w.slipAt(`templates have no operator "!"`)
		w.next++
		return call("not", w.operand())
	case "(":
		lists := w.lists
		w.lists = 0
		w.next++
		e := w.pipeline()
		if w.lists = lists; w.next == len(w.tokens) {
			w.lost(t.at, "add the ) that closes it", "the ( is not closed")
		}
		w.expects(")")
		return e
	}
	w.isLost = true
	return expression{}
}

// literal returns a string as templates write it.
func (w *rewriter) literal(t token) string {
	if t.text[0] != '\'' {
		return t.text
	}
	w.slip(t.at, "a string is written in double quotes")
	return `"` + strings.NewReplacer(`\\`, `\\`, `\'`, "'", `"`, `\"`).Replace(t.text[1:len(t.text)-1]) + `"`
}

// word returns the meaning of a word: a constant, a function, a variable of a loop, or else a field.
func (w *rewriter) word(t token) expression {
	switch name := t.text; {
	case w.isBeside("("):
		function := synonym(name)
		w.slip(t.at, withoutParentheses)
		args := w.list("(", ")")
		if (name == "enumerate" || name == "items") && len(args) == 1 {
			return args[0]
		}
		return call(function, args...)
	case w.loops[name]:
		return expression{text: "$" + name, isLoose: true}
	case slices.Contains([]string{"True", "False"}, name):
		return expression{text: strings.ToLower(name)}
	case slices.Contains([]string{"None", "null", "undefined"}, name):
		return expression{text: "nil"}
	case slices.Contains([]string{"true", "false", "nil"}, name) || w.isFunction(name):
		return expression{text: name}
	default:
		return expression{text: "." + camel(name), isLoose: true}
	}
}
