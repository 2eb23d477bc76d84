package syntax

import "strings"

// action is the text between {{ and }}.
type action struct {
	at, end     int    // the offsets of the {{ and after the }}
	open, close string // "{{" and "}}", with the - that trims
	tokens      []token
	braces      int  // of other languages' objects, that are open
	isReported  bool // something is wrong with its delimiters
}

// is reports whether the token of that number is the word or operator.
func (a *action) is(i int, texts ...string) bool {
	if i < 0 || i >= len(a.tokens) || a.tokens[i].kind != word && a.tokens[i].kind != operator {
		return false
	}
	for _, text := range texts {
		if a.tokens[i].text == text {
			return true
		}
	}
	return false
}

// bareName returns the name of the partial that an action includes without quotes and that is no single word, or "".
func (a *action) bareName(source string) string {
	if !a.is(0, "include", "includeEach", "template") || len(a.tokens) < 2 || a.tokens[1].kind != word {
		return ""
	}
	from := a.tokens[1].at
	name := source[from : from+spanOf(source[from:], func(r rune) bool { return isLetter(r) || isDigit(r) || r == '-' || r == '.' || r == '/' })]
	if strings.Trim(name, "-./") == a.tokens[1].text && !a.is(0, "template") {
		return ""
	}
	return name
}

// write returns an action with that between its delimiters.
func (a *action) write(inside string) string { return a.open + " " + inside + " " + a.close }

// scanner finds the actions of a template, and what keeps them from ending.
type scanner struct {
	*report
	actions []*action
	tags    []tag
}

// scan reads the whole template. It reports an action that does not end, and continues after it.
func (s *scanner) scan() {
	for at := 0; at < len(s.text); {
		rest := s.text[at:]
		next := strings.Index(rest, "{{")
		if next < 0 {
			next = len(rest)
		}
		s.findTags(at, rest[:next])
		if at += next; at < len(s.text) {
			at = s.action(at)
		}
	}
}

// action reads the action at the offset and returns the offset after it.
func (s *scanner) action(at int) int {
	a := &action{at: at, open: "{{", close: "}}"}
	i := at + len("{{")
	if rest := s.text[i:]; strings.HasPrefix(rest, "-") {
		if len(rest) > 1 && !isSpace(rest[1]) && (rest[1] < '0' || rest[1] > '9') {
			a.isReported = true
			s.add(i, `write "{{- " with a space after the minus sign`, "the minus sign of {{- needs a space after it")
		}
		a.open, i = "{{-", i+1
	}
	if inside := strings.TrimLeft(s.text[i:], " \t\r\n"); strings.HasPrefix(inside, "/*") {
		return s.comment(a, len(s.text)-len(inside))
	}
	for i < len(s.text) {
		rest := s.text[i:]
		if isSpace(rest[0]) {
			i++
			continue
		}
		switch {
		case strings.HasPrefix(rest, "-}}"):
			if !isSpace(s.text[i-1]) {
				a.isReported = true
				s.add(i, `write " -}}" with a space before the minus sign`, "the minus sign of -}} needs a space before it")
			}
			a.close, a.end = "-}}", i+len("-}}")
		case strings.HasPrefix(rest, "}}"):
			a.end = i + len("}}")
		case strings.HasPrefix(rest, "{{"):
			return s.unclosed(a, i)
		case rest[0] == '}' && a.braces == 0:
			s.add(i, "write }}", "the action ends with a single }")
			return s.lineEnd(i + 1)
		}
		if a.end > 0 {
			s.actions = append(s.actions, a)
			return a.end
		}
		t := tokenAt(s.text, i, a.isOperand())
		if t.text == "" {
			return s.openQuote(a, i)
		}
		switch t.text {
		case "{":
			a.braces++
		case "}":
			a.braces--
		}
		a.tokens = append(a.tokens, t)
		i += len(t.text)
	}
	return s.unclosed(a, i)
}

// comment reads an action that is a comment, from its /*.
func (s *scanner) comment(a *action, at int) int {
	end := strings.Index(s.text[at:], "*/")
	if end < 0 {
		s.add(a.at, "end it with */}}", "the comment is not closed")
		return len(s.text)
	}
	end += at + len("*/")
	before, behind := s.text[a.at+len("{{"):at], s.text[end:]
	isTrimmed := behind != "" && isSpace(behind[0]) && strings.HasPrefix(behind[1:], "-}}")
	if before != "" && (len(before) != len("- ") || before[0] != '-') || !isTrimmed && !strings.HasPrefix(behind, "}}") {
		s.add(at, "write {{/* … */}} or {{- /* … */ -}}, with no other space and nothing else in the action", "a comment has to be the whole action")
	}
	if close := strings.Index(s.text[end:], "}}"); close >= 0 {
		return end + close + len("}}")
	}
	return len(s.text)
}

// unclosed reports an action that is still open where another one begins, or the template ends.
func (s *scanner) unclosed(a *action, at int) int {
	s.add(a.at, "end it with }}", "the action is not closed")
	return at
}

// openQuote reports a quote that is never closed: an earlier one if that has swallowed a }}.
func (s *scanner) openQuote(a *action, at int) int {
	for _, t := range a.tokens {
		if t.kind == text && strings.Contains(t.text, "}}") {
			at = t.at
			break
		}
	}
	if strings.Contains(s.text[a.at:at], "\n") {
		return s.unclosed(a, s.lineEnd(a.at)) // the quote belongs to the text after an action that is not closed
	}
	quote := s.text[at : at+1]
	hint := "close it with " + quote + " in the same line"
	if quote == "`" {
		hint = "close it with `"
	}
	s.add(at, hint, "the string is not closed")
	if close := strings.Index(s.text[at:s.lineEnd(at)], "}}"); close >= 0 {
		return at + close + len("}}")
	}
	return s.lineEnd(at)
}

// lineEnd returns the offset at which the line ends.
func (s *scanner) lineEnd(at int) int {
	if end := strings.IndexByte(s.text[at:], '\n'); end >= 0 {
		return at + end
	}
	return len(s.text)
}

// isOperand reports whether the action so far ends in a value, so that a sign after it is an operator.
func (a *action) isOperand() bool {
	if len(a.tokens) == 0 {
		return false
	}
	last := a.tokens[len(a.tokens)-1]
	return last.kind != operator || last.text == ")" || last.text == "]"
}
