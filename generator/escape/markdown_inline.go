package escape

import (
	"regexp"
	"strings"
)

// markdownInline is what is open in a paragraph. What is not closed at its end is text.
type markdownInline struct {
	before       byte    // the last character, valueByte for a value, 0 at the start of a line
	escaped      bool    // after a backslash
	entity       bool    // after "&" and letters
	isLost       bool    // it contains something that is not understood
	inTarget     bool    // in the target of a link in HTML, where some readers read Markdown
	isDefinition bool    // it begins with a bracket, which may be a link label
	isFootnote   bool    // after "[^name]:"
	ticks        int     // unpaired backticks so far, or those of the code span
	hasSource    bool    // it may contain source of a partial
	tags         int     // the number of open HTML elements
	brackets     string  // the open brackets, "!" for those of an image
	inBrackets   *action // that is inside them
	delimiters   string  // the emphasis characters so far
	doubtful     *action // next to emphasis that depends on the value
	doubt        byte
	dollar       bool
	inDollar     *action
	braces       int
}

// valueByte represents a value as the preceding character.
const valueByte = 1

// inText reads one construct of a paragraph.
func (r markdownReader) inText(s markdownState, text string) (markdownState, int) {
	c := text[0]
	if strings.HasPrefix(text, byteOrderMark) { // some readers skip it anywhere
		return s.lost(), 1
	}
	if s.inline.escaped {
		if s.inline.escaped = false; c < '0' && c != ' ' && c != '\t' || c > '9' && !isNameByte(c) || c == '_' {
			return s.wrote(c), 1
		}
	}
	if c == ' ' || c == '\t' {
		s.inline.before, s.inline.entity = ' ', false
		s.line.digits = s.line.digits && s.line.lead == leadValues
		return s, 1
	}
	if s.line.last != nil && s.inline.before == valueByte && strings.IndexByte("([:~|", c) >= 0 {
		s.line.last.mark(markdownTouched)
	}
	if s.line.last != nil && s.line.digits && s.inline.before == valueByte && strings.IndexByte(".)0123456789", c) >= 0 {
		s.line.last.mark(markdownDigits)
	}
	if s.line.lead == leadValues && s.line.head != nil {
		s.line.head.mark(markdownFill | markdownBeside)
	}
	s.line.lead = leadText
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
		s.place, s.inline.braces = markdownBraces, 1
		if id := idStart.FindString(text); id != "" {
			s.place = markdownID
			return s.wrote('#'), len(id)
		}
		return s.wrote(c), 1
	case '$':
		return r.dollar(s, text)
	case '|':
		for _, a := range []*action{s.line.head, s.line.last} {
			if a != nil {
				a.mark(markdownOneLine)
			}
		}
		s.line.isBare = s.line.isBare || !s.line.isSingle
		s.line.isSingle, s.line.hasBar = true, true
		return s.wrote(c), 1
	case '&':
		s = s.wrote(c)
		s.inline.entity = true
		return s, 1
	}
	return s.wrote(c), 1
}

// wrote returns the state after a character of text.
func (s markdownState) wrote(c byte) markdownState {
	isWord := isNameByte(c) || c == '#'
	s.inline.before, s.inline.entity = c, s.inline.entity && isWord
	s.line.digits = s.line.digits && '0' <= c && c <= '9'
	s.line.isMarks = s.line.isMarks && strings.IndexByte("-_*=+:~#.)0123456789", c) >= 0
	s.line.last = nil
	return s
}

// inTicks reads backticks, which begin a code span or end it. If nothing ends it in its paragraph, they were text: no
// action follows them there.
func (r markdownReader) inTicks(s markdownState, text string) (markdownState, int) {
	n := run(text, '`')
	switch {
	case n == len(text):
		return s, hold
	case s.place == markdownText:
		if s.inline.before == valueByte && s.line.last != nil {
			s.line.last.mark(markdownJoined)
		}
		s.place, s.inline.ticks = markdownSpan, n
	case n == 0:
		return s, 1
	case n == s.inline.ticks:
		s.place = markdownText
	}
	return s.wrote('`'), n
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

// idStart matches the beginning of the ID of a heading.
var idStart = regexp.MustCompile(`^\{:? ?#`)

// inID reads the ID of a heading; with anything else, the braces are others.
func (s markdownState) inID(c byte) markdownState {
	if isNameByte(c) || c == '-' || c == '.' {
		return s.wrote(c)
	}
	s.place = markdownBraces
	return s.inBraces(c)
}

// inBraces reads the content of braces up to the closing one.
func (s markdownState) inBraces(c byte) markdownState {
	switch c {
	case '{':
		s.inline.braces++
	case '}':
		s.inline.braces--
	}
	s = s.wrote(c)
	if s.inline.braces <= 0 {
		s.place, s.block.lasts = s.textPlace(), false
	}
	return s
}
