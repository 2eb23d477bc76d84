package escape

import (
	"strings"
)

// markdownInline is what is open in a paragraph. What is not closed at its end is text.
type markdownInline struct {
	before       byte    // the last character, valueByte for a value, 0 at the start of a line
	escaped      bool    // after a backslash
	entity       bool    // after "&" and letters
	isLost       bool    // it contains something that is not understood
	inTarget     bool    // in the target of a link in HTML, where some readers read Markdown
	isDeep       bool    // it is in more quotes and list items than are tracked
	isDefinition bool    // it begins with a bracket, which may be a link label
	isNamed      bool    // something stands in it
	isBelow      bool    // it is below values, which may end in a link definition
	isWiki       bool    // after "[["
	isFootnote   bool    // after "[^name]:"
	ticks        int     // unpaired backticks so far, or those of the code span
	inTicks      *action // that follows them
	source       *action // the last one that may have written source
	tags         int     // the number of open HTML elements
	brackets     string  // the open brackets, "!" for those of an image
	inBrackets   *action // that is inside them
	delimiters   string  // the emphasis characters so far
	doubtful     *action // next to emphasis that depends on the value
	doubt        byte
	dollar       bool
	inDollar     *action
	braces       int
	id           bool // braces that begin with "#"
}

// valueByte represents a value as the preceding character.
const valueByte = 1

// inText reads one construct of a paragraph.
func (r markdownReader) inText(s markdownState, text string) (markdownState, int) {
	c := text[0]
	if s.inline.escaped {
		if s.inline.escaped = false; c < '0' && c != ' ' && c != '\t' || c > '9' && !isNameByte(c) || c == '_' {
			return s.wrote(c), 1
		}
	}
	if n := s.notedSpace(c); n > 0 {
		return s, n
	}
	if s.line.last != nil && s.inline.before == valueByte && strings.IndexByte("([:", c) >= 0 {
		s.line.last.mark(markdownTouched)
	}
	if s.line.last != nil && s.line.digits && s.inline.before == valueByte {
		switch {
		case c == '.' || c == ')':
			s.line.last.mark(markdownNumber)
		case '0' <= c && c <= '9':
			s.line.last.mark(markdownFill | markdownLabelled)
		}
	}
	if s.line.lead == leadValues {
		s = r.behindValues(s, text)
	}
	switch c {
	case '\\':
		if len(text) == 1 {
			return s, hold
		}
		s = s.wrote(c)
		s.inline.escaped = true
		return s, 1
	case '`':
		return r.inTicks(s, text)
	case '<':
		return r.angle(s, text)
	case '[', ']', '!':
		return r.bracket(s, text)
	case '*', '_', '~':
		return r.delimiter(s, text)
	case '{':
		s.back, s.place, s.inline.braces = s.place, markdownBraces, 1
		s = s.wrote(c)
		s.inline.id = strings.HasPrefix(text, "{#") || strings.HasPrefix(text, "{: #") || strings.HasPrefix(text, "{:#") || strings.HasPrefix(text, "{ #")
		return s, 1
	case '$':
		return r.dollar(s, text)
	case '|':
		s.line.isSingle = true
		if s.line.last != nil && s.inline.before == valueByte {
			s.line.last.mark(markdownOneLine | markdownBars)
		}
		s = s.wrote(c)
		s.line.cell = true
		return s, 1
	case '&':
		s = s.wrote(c)
		s.inline.entity = true
		return s, 1
	}
	return s.wrote(c), 1
}

// notedSpace records a space of the text, and returns 0 for other characters.
func (s *markdownState) notedSpace(c byte) int {
	if c != ' ' && c != '\t' {
		return 0
	}
	if s.line.lead == leadValues || s.line.lead == leadText {
		s.inline.before, s.inline.entity = ' ', false
		s.line.spaces = min(s.line.spaces+1, 2)
		if s.line.isAside {
			*s = s.inAside(c)
		}
		if s.line.lead == leadText {
			s.line.digits = false
		}
	}
	return 1
}

// inAside records how far the first line of an admonition has got: to its kind, and to its title.
func (s markdownState) inAside(c byte) markdownState {
	switch {
	case s.line.word == "" && isNameByte(c):
		s.line.word = "kind"
	case s.line.word == "kind" && (c == ' ' || c == '[') || c == '"':
		s.line.word = "title"
	}
	return s
}

// wrote returns the state after a character of text.
func (s markdownState) wrote(c byte) markdownState {
	isWord := isNameByte(c) || c == '#'
	s.inline.before, s.inline.entity = c, s.inline.entity && isWord
	s.line.digits = s.line.digits && '0' <= c && c <= '9'
	s.line.spaces = 0
	s.line.isMarks = s.line.isMarks && strings.IndexByte("-_*=+:~#.)0123456789", c) >= 0
	s.line.isRule = s.line.isRule && strings.IndexByte("-:|", c) >= 0
	s.inline.isNamed = s.inline.isNamed || c != '['
	s.line.cell, s.line.last, s.line.isTag = false, nil, s.line.isTag && c == '>'
	if s.line.isAside {
		s = s.inAside(c)
	}
	return s
}

// behindValues informs the value that begins a line of the text after it.
func (r markdownReader) behindValues(s markdownState, text string) markdownState {
	c := text[0]
	if s.line.first != nil {
		if !isLetter(c) || s.inline.before == ' ' || mayBeModule(text) {
			s.line.first.mark(markdownFill)
		}
		s.line.first.mark(markdownBeside)
	}
	s.line.lead = leadText
	return s
}

// inTicks reads backticks: a code span if the same number follows in the paragraph, else text, which may depend on a
// later text.
func (r markdownReader) inTicks(s markdownState, text string) (markdownState, int) {
	n := run(text, '`')
	if n == len(text) {
		return s, hold
	}
	if s.inline.before == valueByte && s.line.last != nil {
		s.line.last.mark(markdownElementCode)
	}
	rest := text[n:]
	switch {
	case s.inline.ticks == n:
		if s.inline.inTicks != nil {
			r.refuseSpan(s.inline.inTicks)
		}
		s.inline.ticks, s.inline.inTicks = 0, nil
		return s.wrote('`'), n
	case s.inline.ticks > 0:
		s.inline.isLost = true
		return s.wrote('`'), n
	}
	end, isWhole := paragraphEnd(rest)
	if closes(rest[:end], n) {
		s = s.wrote('`')
		s.place, s.inline.ticks = markdownSpan, n
		return s, n
	}
	if s = s.wrote('`'); !isWhole {
		s.inline.ticks = n
	}
	return s, n
}

// paragraphEnd returns where the first blank line of a text begins, and false if there is none.
func paragraphEnd(text string) (int, bool) {
	for i := 0; i < len(text); {
		n, whole := lineOf(text[i:])
		if line := text[i : i+n]; i > 0 && whole && (strings.Trim(line, " \t") == "" || indentOf(line) < 4 && strings.Trim(line, " \t>") == "") {
			return i, true
		}
		if !whole {
			break
		}
		if i += n + 1; strings.HasPrefix(text[i-1:], "\r\n") {
			i++
		}
	}
	return len(text), false
}

// closes reports whether the text has n backticks in a row.
func closes(text string, n int) bool {
	for i := 0; i < len(text); i++ {
		if text[i] == '`' {
			m := run(text[i:], '`')
			if m == n && i+m < len(text) || m == n && i+m == len(text) {
				return true
			}
			i += m
		}
	}
	return false
}

func (s markdownState) inSpan(text string) (markdownState, int) {
	if text[0] != '`' {
		return s, 1
	}
	n := run(text, '`')
	if n == len(text) {
		return s, hold
	}
	if n == s.inline.ticks {
		s.place, s.inline.ticks = markdownText, 0
		s = s.wrote('`')
	}
	return s, n
}

// dollar reads a dollar sign: two of them enclose a formula, and so do single ones without inner space.
func (r markdownReader) dollar(s markdownState, text string) (markdownState, int) {
	if len(text) == 1 {
		return s, hold
	}
	before, after := s.inline.before, text[1]
	isSpace := before == ' ' || before == 0
	switch {
	case after == '$':
		s = s.wrote('$')
		s.place = markdownMath
		return s, 2
	case s.inline.dollar && !isSpace && !('0' <= after && after <= '9'):
		if s.inline.inDollar != nil {
			r.refuse(s.inline.inDollar, `write \$ for a dollar sign that is text`, insideMsg, "a formula")
		}
		s.inline.dollar, s.inline.inDollar = false, nil
	case !isBlank(after):
		s.inline.dollar, s.inline.inDollar = true, nil
	}
	return s.wrote('$'), 1
}

// isIDByte reports whether a character is allowed in the ID of a heading.
func isIDByte(c byte) bool { return isNameByte(c) || c == '-' || c == '.' }

// inBraces reads the content of braces up to the closing one.
func (s markdownState) inBraces(c byte) markdownState {
	switch c {
	case '{':
		s.inline.braces++
	case '}':
		s.inline.braces--
	case '#':
		s.inline.id = s.inline.id && (s.inline.before == '{' || s.inline.before == ' ' || s.inline.before == ':')
	case ':', ' ':
		s.inline.id = s.inline.id && (s.inline.before == '{' || s.inline.before == ':')
	default:
		s.inline.id = s.inline.id && isIDByte(c) && s.inline.before != '{' && s.inline.before != ' '
	}
	s = s.wrote(c)
	if s.inline.braces <= 0 {
		if s.place, s.block.lasts = s.back, false; s.place == markdownHTML && !s.block.leaf.isHTML() {
			s.place = markdownText
		}
	}
	return s
}
