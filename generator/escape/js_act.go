package escape

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// What a writer needs to know about a place in TypeScript, in addition to other flags.
const (
	sourceFlag    flags = 1 << (iota + 20) // only source is allowed
	valueFlag                              // what follows the action cannot follow a key
	memberFlag                             // a dot or ** follows
	minusFlag                              // a minus directly precedes
	arrowFlag                              // => precedes
	lessFlag                               // in quotes: < directly precedes
	gluedFlag                              // an operator directly precedes
	statementFlag                          // a statement begins there, or may
)

// after checks whether the text after the last action makes it a key, a name or a value.
func (r scriptReader) after(s scriptState, text string) scriptState {
	a := s.last
	if a == nil {
		return s
	}
	c, isDirect, isAsked := text[0], s.before == actionByte, s.isAsked
	if !s.broken {
		a.mark(besideFlag)
	}
	if s.place != valuePlace && !isAsked && (c == '?' || c == '!') && (len(text) == 1 || text[1] == ':') {
		s.isAsked = true
		return s
	}
	s.last, s.isAsked = nil, false
	switch {
	case c == ':' && (s.place == keyPlace || s.place == labelPlace && a.last == "quote"):
		a.mark(keyFlag)
		return s
	case c == ':' && s.place == labelPlace:
		r.needsSource(a, identForm(a)+fmt.Sprintf(" for a label, {{ quote %s }} for a member of a type, and ({ … }) for an object", operand(a.node.Pipe)), nameMsg)
	case s.place != valuePlace && (c == ':' || c == '=' && !strings.HasPrefix(text, "==")), strings.HasPrefix(text, "=>"):
		r.needsSource(a, identForm(a), nameMsg)
	case c == '(' || c == '`':
		r.needsSource(a, identForm(a)+" for a name, or put a semicolon or an operator between them", "the action precedes a %c, which would call or continue it", c)
	case isDirect && isScriptByte(c) && mayBeName(a):
		a.mark(nameFlag)
		s.after, s.word, s.held = wordToken, "\x00", a
	case isDirect && isScriptByte(c):
		r.refuse(a, partForm(a), nameMsg)
	case isDirect && c == '.' || strings.HasPrefix(text, "**"):
		a.mark(memberFlag)
	}
	a.mark(valueFlag)
	return s
}

// needsSource refuses an action that never writes source, and marks one that may.
func (r scriptReader) needsSource(a *action, hint, format string, args ...any) {
	if mayBeName(a) || isName(a) {
		a.mark(sourceFlag)
		return
	}
	r.refuse(a, hint, format, args...)
}

// placeAction places an action in TypeScript: an expression, a key, a name, source, the inside of a string or a
// template literal, a comment.
func (r scriptReader) placeAction(s scriptState, a *action) scriptState {
	if s.mode == scriptCode {
		return r.inCode(s, a)
	}
	if a.last != "raw" {
		r.inside(s, a)
	}
	if s.before, s.line = actionByte, remarkText; s.mode != scriptBlock && s.mode != scriptRemark {
		s.word = ""
	}
	return s
}

// inside places an action inside a string, a template literal or a comment, or refuses it.
func (r scriptReader) inside(s scriptState, a *action) {
	switch s.mode {
	case scriptRegex, scriptClass:
		r.refuse(a, fmt.Sprintf(`write new RegExp({{ printf "^%%v$" %s }})`, operand(a.node.Pipe)), insideMsg, "a regular expression")
	case scriptLost:
		r.refuse(a, s.why, "the action follows text whose end cannot be determined")
	case scriptBlock, scriptRemark:
		r.inComment(s, a)
	default:
		r.inQuotes(s, a)
	}
}

// guard returns the flag if the preceding character is one of the given ones.
func guard(before byte, dangerous string, f flags) flags {
	if strings.IndexByte(dangerous, before) >= 0 {
		return f
	}
	return 0
}

// wholeEscape is what to do instead of an action in an escape.
const wholeEscape = `write the whole escape in the text, or the character itself; for a backslash \\`

// inQuotes places an action inside a string or a template literal.
func (r scriptReader) inQuotes(s scriptState, a *action) {
	f := guard(s.before, "<", lessFlag) | guard(s.before, "\x02", keyFlag)
	switch {
	case s.word != "":
		r.refuse(a, wholeEscape, insideMsg, "an escape")
	case s.mode == scriptTemplate && strings.HasSuffix(s.literals, "t"):
		r.refuse(a, fmt.Sprintf("write ${ %s }", a.node), insideMsg, "a tagged template literal, whose tag interprets the text itself")
	case s.mode == scriptTemplate && s.before == '$':
		r.refuse(a, fmt.Sprintf(`write \$ for the character $, or ${ %s }`, a.node), "the action follows a $ that could begin a substitution")
	default:
		a.write(scriptQuoteWriter, f, int(s.mode))
	}
}

// inComment places an action inside a comment, of which it may write several lines after a star.
func (r scriptReader) inComment(s scriptState, a *action) {
	if s.line != remarkText {
		r.refuse(a, "write the tag or the line without an action, or put a space after the @, /* or //", insideMsg, "the tag of a comment, or a comment that may be a directive")
	}
	f, col := guard(s.before, "\x02*", spaceFlag), 0
	if line := starred.FindStringSubmatch(textAround(a).before); line != nil {
		f, col = linesFlag, len(line[1])
	}
	a.write(scriptRemarkWriter, f, col)
}

// starred matches the start of a line in a comment that has only a star before an action.
var starred = regexp.MustCompile(`\n( *)\* $`)

// inCode places an action in code.
func (r scriptReader) inCode(s scriptState, a *action) scriptState {
	if s.last != nil {
		s.last.mark(valueFlag)
		if !s.broken && a.last != "nindent" {
			s.last.mark(besideFlag)
		}
		if s.before == actionByte && a.last != "nindent" {
			r.refuse(a, "put a space or an operator between them, or write "+whole(a), "the action directly follows another one")
		}
	}
	switch {
	case a.last == "raw":
		return scriptState{literals: s.literals, inner: s.inner, after: sourceToken}
	case s.inWord():
		return r.inName(s, a)
	}
	isLines := strings.HasSuffix(a.last, "indent")
	f := guard(s.before, "-", minusFlag) | guard(s.before, "-+/<>&|=?!*%^~", gluedFlag)
	if isLines {
		f = linesFlag
	}
	if s.after == arrowToken {
		f |= arrowFlag
	}
	s.last, s.place, s.isAsked = a, valuePlace, false
	if a.last == "comment" {
		a.write(scriptWriter, f)
		s.before = actionByte
		return s
	}
	place, own := r.placeOf(s, a)
	a.write(scriptWriter, f|own)
	switch {
	case isName(a):
		s = s.wordPart("\x00").placed()
		s.last, s.held = nil, a
		return s
	case own == 0 && !isLines && s.after != 0:
		s.after = valueToken
	default:
		s.after = sourceToken
	}
	s.word, s.place = "", place
	return s.placed()
}

// placed returns the state after an action.
func (s scriptState) placed() scriptState {
	s.before, s.broken = actionByte, false
	return s
}

// inName places an action that is part of a name.
func (r scriptReader) inName(s scriptState, a *action) scriptState {
	if '0' <= s.word[0] && s.word[0] <= '9' || !isName(a) && !mayBeName(a) {
		r.refuse(a, partForm(a), nameMsg)
	}
	a.write(scriptWriter, nameFlag)
	s = s.wordPart("\x00").placed()
	s.held = a
	return s
}

// placeOf returns a place in code with its flags, or refuses the action there.
func (r scriptReader) placeOf(s scriptState, a *action) (place scriptPlace, f flags) {
	kind, expected := s.kind(), s.expects()
	starts := s.after == '{' || s.after == ';' || s.after == '}' || s.after == 0 || s.broken && expected != operandNext
	if place = keyPlace; s.innermost() == statementBrace {
		place = labelPlace
		if starts {
			f = statementFlag
		}
	}
	switch {
	case s.after == valueToken && guard(s.before, "\"'`/", 1) != 0:
		r.refuse(a, "put a space and an operator between them", "the action directly follows a string or a regular expression")
	case isName(a), a.last == "nindent", kind == declarerWord && s.word == "import" && a.last == "quote":
		return valuePlace, f
	case s.after == '.':
		r.needsSource(a, fmt.Sprintf("write [{{ %s }}] instead of the dot and the name, and after the dot of ?.", a.node.Pipe), nameMsg)
		return valuePlace, sourceFlag
	case s.after == '#' || s.after == '@' || kind == declarerWord:
		r.needsSource(a, identForm(a), nameMsg)
		return valuePlace, sourceFlag | statementFlag
	case kind == modifierWord && !s.broken:
		return place, sourceFlag
	case kind == leadWord, kind != otherWord && s.broken && slices.Contains([]string{"return", "throw", "yield"}, s.word):
		return valuePlace, sourceFlag
	case kind == softWord:
	case s.after == ',' || s.after == 0 && r.isPartial:
		return place, 0
	case s.after == '(' || s.after == '[':
		return namePlace, 0
	case starts && s.broken && expected == operatorNext:
		return place, f | sourceFlag | afterFlag
	case starts:
		return place, f | sourceFlag
	case expected == operandNext || s.after == '>':
	default:
		return place, sourceFlag
	}
	return valuePlace, 0
}
