package escape

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// delimiter reads a run of emphasis characters. Next to a value, it opens or closes emphasis depending on whether the
// value begins or ends with a letter, unless there is a space on its other side.
func (r markdownReader) delimiter(s markdownState, text string) (markdownState, int) {
	c := text[0]
	n := run(text, c)
	if n == len(text) {
		return s, hold
	}
	before, after := s.inline.before, text[n]
	isFirst := strings.IndexByte(s.inline.delimiters, c) < 0
	isBehind := before == valueByte && (isWordByte(after) || after == valueMark[0] || isFirst && !isBlank(after))
	switch {
	case s.inline.doubt == c:
	case isBehind:
		s.inline.doubt, s.inline.doubtful = c, s.line.last
	case after == valueMark[0] && (isWordByte(before) || before == c):
		s.inline.doubt, s.inline.doubtful = c, nil // the next one
	}
	if strings.Count(s.inline.delimiters, text[:1]) < 2 {
		s.inline.delimiters += text[:1]
	}
	if s.inline.doubt == c && !isFirst && s.inline.doubtful != nil {
		r.refuseDelimiter(s.inline.doubtful, c)
	}
	return s.wrote(c), n
}

func isWordByte(c byte) bool {
	return isNameByte(c) || c >= utf8.RuneSelf
}

// noNote matches what is a link rather than the name of a footnote: [^], and names with a space or what some readers skip.
var noNote = regexp.MustCompile(`^\[\^(\]|[^\]\[\x00]*[ \t\r\n\x{feff}])`)

// bracket reads a bracket, and what follows a closing one.
func (r markdownReader) bracket(s markdownState, text string) (markdownState, int) {
	if len(text) == 1 {
		return s, hold
	}
	c, after := text[0], text[1]
	switch {
	case c == '!' && after == '[':
		s = s.wrote('[')
		s.inline.brackets += "!"
		return s, 2
	case c == '!':
		return s.wrote(c), 1
	case c == '[' && after == '^' && !noNote.MatchString(text):
		s.place = markdownLabel
		s.url = markdownURL{}
		s.tag.isFootnote = true
		return s, 2
	case c == '[':
		s = s.wrote(c)
		s.inline.isDefinition = s.inline.isDefinition && s.inline.brackets == ""
		if s.inline.brackets += "["; len(s.inline.brackets) > maxStack {
			return s.lost(), 1
		}
		return s, 1
	case s.inline.brackets == "":
		return s.wrote(c), 1
	}
	return r.closeBracket(s, after)
}

// closeBracket reads a closing bracket of text: what follows it decides whether it is a link.
func (r markdownReader) closeBracket(s markdownState, after byte) (markdownState, int) {
	last := len(s.inline.brackets) - 1
	isDefinition := s.inline.isDefinition && last == 0 && s.inline.before != '['
	s = s.wrote(']')
	isLink := s.inline.brackets[last] == '['
	inside := s.inline.inBrackets
	s.inline.brackets = s.inline.brackets[:last]
	if last == 0 {
		s.inline.isDefinition, s.inline.inBrackets = false, nil
	}
	switch {
	case after == '(':
		s.place, s.url = markdownLink, markdownURL{isLink: isLink}
		return s, 2
	case after == '[':
		s.place, s.tag.isFootnote = markdownLabel, false
		if inside != nil {
			inside.mark(markdownApart)
		}
		return s, 2
	case after == ':' && isDefinition:
		if inside != nil {
			r.refuse(inside, "write [TEXT](URL) in place of the link, or a fixed label", insideMsg, "the label of a link")
		}
		if s.block.alone { // it may be text, depending on what the actions above write
			return s.lost(), 2
		}
		s.place, s.url = markdownLink, markdownURL{isDefinition: true}
		return s, 2
	case after == ']' && last > 0 && inside != nil:
		r.refuse(inside, fmt.Sprintf("write [TEXT](PAGE) instead: [%s](…)", inside.node), insideMsg, "a link in double brackets")
	case inside != nil && !s.line.isAside:
		inside.mark(markdownApart)
	}
	return s, 1
}

// inLabel reads the name of a link or a footnote.
func (r markdownReader) inLabel(s markdownState, text string) (markdownState, int) {
	if text[0] != ']' {
		return s, 1
	}
	if len(text) == 1 {
		return s, hold
	}
	s.place = markdownText
	s = s.wrote(']')
	if !s.tag.isFootnote && text[1] == '(' { // unless the label is one, it is the text of a link
		s.place, s.url = markdownLink, markdownURL{isLink: true}
		return s, 2
	}
	if s.tag.isFootnote && text[1] == ':' {
		s.inline.isFootnote = true
		return s.wrote(':'), 2
	}
	return s, 1
}
