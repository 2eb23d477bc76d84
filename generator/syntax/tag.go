package syntax

import (
	"slices"
	"strings"
)

// tag is a tag of another template language in the text around the actions, such as {% … %} or <% … %>.
type tag struct {
	*action
	language, shown string
}

// tagForm is how a tag begins and ends, and whose it is.
type tagForm struct{ begin, end, language string }

var (
	tagForms = []tagForm{
		{"{%", "%}", "Jinja or Liquid"},
		{"{#", "#}", "Jinja"},
		{"<%", "%>", "ERB or EJS"},
		{"<?=", "?>", "PHP"},
	}
	// placeholders are text in many languages; where a template is one of plain text, they are most likely meant as actions.
	placeholders = []tagForm{
		{"${", "}", "JavaScript"},
		{"#{", "}", "Ruby or Pug"},
		{"%{", "}", "Ruby"},
	}
)

// findTags notes the tags in a text that begins at the offset.
func (s *scanner) findTags(at int, text string) {
	for _, form := range s.forms {
		for rest := text; ; {
			before, behind, ok := strings.Cut(rest, form.begin)
			inside, after, isClosed := strings.Cut(behind, form.end)
			if !ok || !isClosed {
				break
			}
			begin := at + len(text) - len(rest) + len(before)
			end := at + len(text) - len(after)
			a := &action{at: begin, end: end, open: "{{", close: "}}"}
			a.read(s.text, end-len(form.end)-len(strings.TrimLeft(inside, "=-+")), end-len(form.end)-len(inside)+len(strings.TrimRight(inside, "-")))
			rest = after
			for i, t := range a.tokens {
				if form.language == "PHP" && t.kind == variable {
					a.tokens[i].kind, a.tokens[i].text = word, t.text[1:]
				}
			}
			if slices.Contains(placeholders, form) && !a.isPath() {
				continue
			}
			shown := form.begin + " … " + form.end
			if w := s.rewriter(a, nil); w.isForeign(0) || a.is(0, starts...) || a.is(0, "raw", "verbatim", "comment") {
				shown = form.begin + " " + a.tokens[0].text + " … " + form.end
			}
			s.tags = append(s.tags, tag{a, form.language, shown})
		}
	}
}

// isPath reports whether an action is a name or a path of names, as variables of programs are written: those of an environment
// are upper case.
func (a *action) isPath() bool {
	isPart := func(t token) bool { return t.kind == word || t.kind == field }
	return len(a.tokens) > 0 && !slices.ContainsFunc(a.tokens, func(t token) bool { return !isPart(t) }) && a.tokens[0].text != strings.ToUpper(a.tokens[0].text)
}

// read reads the tokens between two offsets, up to an unclosed quote.
func (a *action) read(source string, from, to int) {
	for from < to {
		if isSpace(source[from]) {
			from++
			continue
		}
		t := tokenAt(source[:to], from, a.isOperand())
		if t.text == "" {
			return
		}
		a.tokens = append(a.tokens, t)
		from += len(t.text)
	}
}

// tag reports the first tag: of a template in another language one is enough.
func (r *report) tag(t tag, loops map[string]bool) {
	msg := t.shown + " belongs to " + t.language + ", and this is a Go template"
	switch {
	case t.is(0, "raw", "verbatim"):
		r.add(t.at, literal, "%s", msg)
	case t.is(0, "comment"), strings.HasPrefix(t.shown, "{#"), len(t.tokens) > 0 && t.tokens[0].text == "#":
		r.add(t.at, "write {{/* … */}}", "%s", msg)
	default:
		r.foreign(r.rewriter(t.action, loops), t.at, msg)
	}
}

// section reports an action of Mustache or Handlebars, such as {{#each items}}, {{/each}}, {{> part}} and {{{ name }}}.
func (r *report) section(a *action, loops map[string]bool) bool {
	if len(a.tokens) < 2 || a.tokens[0].kind != operator || a.tokens[0].at > a.at+len(a.open) || !strings.Contains("#/^>&!@{", a.tokens[0].text) {
		return false
	}
	sign, name := a.tokens[0].text, a.tokens[1].text
	rest := &action{at: a.at, end: a.end, open: a.open, close: a.close, tokens: a.tokens[1:]}
	w := r.rewriter(rest, loops)
	hint := ""
	switch {
	case sign == "/":
		hint = a.write("end")
	case sign == ">":
		hint = a.write(`include "` + name + `" .`)
	case sign == "!":
		hint = "{{/* … */}}"
	case sign == "@":
		hint = "{{ range $index, $item := .Items }}"
	case sign == "^":
		w.statement()
		hint = a.write("if not ." + camel(name))
	case sign == "#" && len(rest.tokens) == 1:
		hint = a.write("range ."+camel(name)) + ", or with or if"
	default:
		rest.tokens = trimmed(rest.tokens)
		if written, ok := w.statement(); ok {
			hint = a.write(written)
		}
	}
	if hint != "" {
		hint = "write " + hint
	}
	if !a.tokens[1].isSpaced && a.tokens[1].kind == word {
		sign += name
	}
	r.add(a.at, hint, "{{%s belongs to Mustache or Handlebars, and this is a Go template", sign)
	return true
}

// trimmed returns the tokens without a last }, which {{{ name }}} leaves.
func trimmed(tokens []token) []token {
	if last := len(tokens) - 1; last > 0 && tokens[last].text == "}" {
		return tokens[:last]
	}
	return tokens
}
