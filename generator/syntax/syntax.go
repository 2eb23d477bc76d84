// Package syntax answers one question: what is wrong with a template that cannot be parsed, and how should it be
// written?
//
// The parser of text/template stops at the first unexpected token, reports no columns, and uses terms such as operand
// and command. People write {{ .Name.upper() }}, {% for … %} or {{ .A == .B }} because they are used to another
// language, or forget to close something. Check reads a template leniently, reports what is wrong at its position in
// their terms, and rewrites the action in the syntax of Go's templates.
//
// It is for templates that the parser refuses: it reports what other languages write, also where text that looks like it is
// meant to be text. It knows nothing of the model: names are only looked up among the functions.
package syntax

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// report collects the problems of a template.
type report struct {
	file, text string
	isFunction func(name string) bool
	forms      []tagForm // of the tags that are looked for
	problems   value.Problems
}

// maxProblems is how many problems are worth being reported.
const maxProblems = 20

func (r *report) add(at int, hint, format string, args ...any) {
	if len(r.problems) >= maxProblems {
		return
	}
	line, col := tree.LineCol(r.text, at)
	r.problems.Add(value.TemplateSyntax, value.Pos{File: r.file, Line: line, Col: col}, hint, format, args...)
}

// Check returns what keeps the text of a template from being parsed, sorted, and whether it has found anything for certain: a
// tag of another language may also be meant as text. isFunction reports whether a template may call a function of that name.
func Check(file, text string, isFunction func(name string) bool) (problems value.Problems, isCertain bool) {
	return check(&report{file: file, text: text, isFunction: isFunction, forms: tagForms})
}

func check(r *report) (problems value.Problems, isCertain bool) {
	s := &scanner{report: r}
	s.scan()
	loops := r.loops(s)
	hasForeign := false
	for _, a := range s.actions {
		if hasForeign = hasForeign || r.section(a, loops); !hasForeign {
			r.action(a, loops)
		}
	}
	if len(r.problems) == 0 {
		r.blocks(s.actions)
	}
	if len(r.problems) == 0 {
		r.variables(s.actions)
	}
	isCertain = len(r.problems) > 0
	isStatement := func(a *action) bool { return a.is(0, "if", "with", "range", "end") }
	if len(s.tags) > 0 && !slices.ContainsFunc(s.actions, isStatement) { // else they are text
		r.tag(s.tags[0], loops)
	}
	return r.problems.Sorted(), isCertain
}

// CheckTags returns the first tag of another language in a template that has no action at all, and so is in no language that
// templates are written in. In plain text that is also a placeholder such as ${name}. Where a tag is text on purpose, any action
// beside it, such as a comment, says so.
func CheckTags(file, text string, isPlain bool, isFunction func(name string) bool) value.Problems {
	if strings.Contains(text, "{{") {
		return nil
	}
	forms := tagForms
	if isPlain {
		forms = slices.Concat(tagForms, placeholders)
	}
	problems, _ := check(&report{file: file, text: text, isFunction: isFunction, forms: forms})
	for i := range problems {
		problems[i].AddHint("if it is meant as text, put {{/* text */}} beside it")
	}
	return problems
}

// loops returns the names of the variables of all loops that are written as in another language.
func (r *report) loops(s *scanner) map[string]bool {
	names := map[string]bool{}
	heads := slices.Clone(s.actions)
	for _, t := range s.tags {
		heads = append(heads, t.action)
	}
	for _, head := range heads {
		w := r.rewriter(head, nil)
		w.statement()
		for _, name := range w.declared {
			names[name] = true
		}
	}
	return names
}

func (r *report) rewriter(a *action, loops map[string]bool) *rewriter {
	return &rewriter{action: a, isFunction: r.isFunction, loops: loops}
}

// action reports what is wrong with an action that the parser rejects.
func (r *report) action(a *action, loops map[string]bool) {
	w := r.rewriter(a, loops)
	switch {
	case a.isReported || len(r.problems) >= maxProblems:
		return
	case len(a.tokens) == 0:
		r.add(a.at, "remove it, or write a comment as {{/* … */}}", "the action is empty")
		return
	case w.isForeign(0):
		r.foreign(w, a.tokens[0].at, "templates have no \""+a.tokens[0].text+"\"")
		return
	}
	if name := a.bareName(r.text); name != "" {
		r.add(a.tokens[1].at, hintOf(a, `include "`+name+`" .`, true), "the name of a partial is written in double quotes")
		return
	}
	err := parsedAlone(a.open+r.text[a.at+len(a.open):a.end], a)
	if err == nil && !w.hasInfix() {
		return
	}
	written, ok := w.statement()
	if len(w.slips) == 0 {
		r.unread(a, err)
		return
	}
	first := slices.MinFunc(w.slips, func(a, b slip) int { return a.at - b.at })
	r.add(first.at, cmp.Or(hintOf(a, written, ok), first.hint, example), "%s", first.msg)
}

// example is a hint where nothing better is known.
const example = "write {{ .Name }}, {{ upper .Name }} or {{ .Name | upper }}"

// maxLength is how long an action may be that a hint shows.
const maxLength = 160

// hintOf returns the hint that shows how the action is written, or none.
func hintOf(a *action, written string, ok bool) string {
	switch {
	case !ok:
		return ""
	case !strings.HasPrefix(written, "{{"):
		written = a.write(written)
	}
	if len(written) > maxLength || strings.Contains(written, "\n") {
		return ""
	}
	return "write " + written
}

// foreign reports a statement of another language.
func (r *report) foreign(w *rewriter, at int, msg string) {
	written, ok := w.statement()
	if w.action.is(0, "include") && len(w.tokens) == 2 {
		written += " ." // which other languages hand on by themselves
	}
	hint := hintOf(w.action, written, ok)
	switch {
	case strings.Contains(written, partials):
		hint = "put it into a partial, _NAME.LANGUAGE.tmpl, and write " + hint[len("write "):]
	case hint == "":
		hint = "write {{ range .Items }} … {{ end }}, {{ if .Name }} … {{ else }} … {{ end }}, or {{ .Name }}"
	}
	r.add(at, hint, "%s", msg)
}

// unread reports an action that the parser rejects for a reason unrelated to other languages.
func (r *report) unread(a *action, err error) {
	var open []int
	for _, t := range a.tokens {
		switch {
		case t.kind == operator && t.text == "(":
			open = append(open, t.at)
		case t.kind == operator && t.text == ")" && len(open) == 0:
			r.add(t.at, "remove it, or add the ( that it closes", "no ( is open here")
			return
		case t.kind == operator && t.text == ")":
			open = open[:len(open)-1]
		}
	}
	first := a.tokens[0]
	switch {
	case len(open) > 0:
		r.add(open[len(open)-1], "add the ) that closes it", "the ( is not closed")
	case a.is(0, "end"):
		r.add(a.tokens[1].at, "write {{ end }}, whatever it ends", "nothing may follow end")
	case a.is(0, "else"):
		r.add(a.tokens[1].at, "write {{ else }}, {{ else if … }} or {{ else with … }}", "only if and with may follow else")
	case len(a.tokens) == 1 && a.is(0, "if", "with", "range"):
		r.add(first.at, "write {{ "+first.text+" .Name }}, with a value", "the %s has no value", first.text)
	case a.is(0, "|"):
		r.add(first.at, "write the value before it", "there is no value before the |")
	case err != nil:
		for _, t := range a.tokens {
			if t.kind == operator && t.text == "'" {
				r.add(t.at, "write it in double quotes", "the string is not closed")
				return
			}
			if t.kind == operator && !slices.Contains([]string{"(", ")", "|", ":=", "=", ".", ","}, t.text) {
				hint := example
				switch behind := r.text[t.at:]; {
				case t.text == ":":
					hint = "remove it"
				case strings.HasPrefix(behind, "//"), strings.HasPrefix(behind, "#"):
					hint = "write a comment as {{/* … */}}"
				case strings.Contains("“”„«»‘’", t.text):
					hint = "put a string in the quotes of the keyboard, \""
				case t.text == "\u00a0":
					hint = "write a space: this is a no-break space"
				}
				r.add(t.at, hint, "%q means nothing in an action", t.text)
				return
			}
		}
		_, cause, _ := strings.Cut(strings.TrimPrefix(err.Error(), "template: :"), ": ")
		r.add(first.at, example, "the action cannot be read: %s", cause)
	}
}

// parsedAlone returns the parser's error for an action on its own: an end or else is put into a block, a head gets an
// end, and all variables are declared.
func parsedAlone(written string, a *action) error {
	text := written
	switch {
	case a.is(0, "if", "with", "range", "define", "block"):
		text += "{{end}}"
	case a.is(0, "else") && a.is(1, "with"):
		text = "{{with 1}}" + text + "{{end}}"
	case a.is(0, "else"):
		text = "{{if 1}}" + text + "{{end}}"
	case a.is(0, "end"):
		text = "{{if 1}}" + text
	case a.is(0, "break", "continue"):
		text = "{{range .}}" + text + "{{end}}"
	}
	for _, t := range a.tokens {
		if t.kind == variable && t.text != "$" {
			text = "{{ " + t.text + " := 0 }}" + text
		}
	}
	t := parse.New("")
	t.Mode = parse.SkipFuncCheck
	_, err := t.Parse(text, "", "", map[string]*parse.Tree{})
	return err
}

// line returns the number of the line of an offset.
func (r *report) line(at int) string {
	line, _ := tree.LineCol(r.text, at)
	return strconv.Itoa(line)
}
