package escape

import (
	"fmt"
	"strings"
)

// markdownState is a place in a Markdown text.
type markdownState struct {
	mode   markdownMode
	margin bool // nothing but spaces and the markers of lists and quotes before on this line
	col    int  // of the next character, at the margin
	char   byte // of the fence
	length int  // of the fence, or of the backticks of a code span
	indent int  // of the fence
	before byte
}

type markdownMode uint8

const (
	markdownText markdownMode = iota
	markdownSpan
	markdownFenceLine // behind the opening fence, on its line
	markdownFence
	markdownTag
	markdownRemark
	markdownLink
)

// markdownReader follows Markdown (CommonMark 0.31.2) as far as needed to place actions.
type markdownReader struct{ *report }

func (markdownReader) start() markdownState { return markdownState{margin: true} }

func (markdownReader) open(s markdownState) string {
	switch s.mode {
	case markdownFence, markdownFenceLine:
		return "a code block"
	case markdownRemark:
		return "a comment"
	}
	return ""
}

func (r markdownReader) text(s markdownState, text string) markdownState {
	for i := 0; i < len(text); {
		n := 1
		switch s.mode {
		case markdownText:
			s, n = s.inText(text[i:])
		case markdownSpan:
			s, n = s.inSpan(text[i:])
		case markdownFence, markdownFenceLine:
			s, n = s.inFence(text[i:])
		case markdownRemark:
			if strings.HasPrefix(text[i:], "-->") {
				s, n = markdownState{before: '>'}, 3
			}
		case markdownTag:
			if text[i] == '>' {
				s = markdownState{before: '>'}
			}
		case markdownLink:
			if c := text[i]; c == ')' || isBlank(c) {
				s, n = markdownState{before: c}, 0
			}
		}
		i += n
	}
	return s
}

// run returns how often the text begins with the character.
func run(text string, c byte) int {
	return len(text) - len(strings.TrimLeft(text, string(c)))
}

func (s markdownState) inText(text string) (markdownState, int) {
	c := text[0]
	switch {
	case isBreak(c):
		return markdownState{margin: true}, 1
	case s.before == '\\':
		s.before = 0
		return s, 1
	case s.margin && (c == '`' || c == '~') && run(text, c) >= 3:
		n := run(text, c)
		return markdownState{mode: markdownFenceLine, char: c, length: n, indent: s.col}, n
	case c == '`':
		n := run(text, c)
		return markdownState{mode: markdownSpan, length: n}, n
	case strings.HasPrefix(text, "<!--"):
		return markdownState{mode: markdownRemark}, 4
	case c == '<' && len(text) > 1 && (text[1] == '/' || text[1] == '!' || isNameByte(text[1])):
		return markdownState{mode: markdownTag}, 1
	case c == '(' && s.before == ']':
		return markdownState{mode: markdownLink}, 1
	}
	s.margin = s.margin && strings.IndexByte(" \t>*+-.)0123456789", c) >= 0
	s.before = c
	s.col++
	if !s.margin {
		s.col = 0
	}
	return s, 1
}

func (s markdownState) inSpan(text string) (markdownState, int) {
	if strings.HasPrefix(text, "\n\n") {
		return markdownState{margin: true}, 2
	}
	if text[0] != '`' {
		return s, 1
	}
	n := run(text, '`')
	if n == s.length {
		s = markdownState{before: '`'}
	}
	return s, n
}

func (s markdownState) inFence(text string) (markdownState, int) {
	c := text[0]
	switch {
	case isBreak(c):
		s.mode, s.margin = markdownFence, true
	case s.margin && c == s.char && run(text, c) >= s.length:
		return markdownState{before: c}, run(text, c)
	case c != ' ' && c != '>':
		s.margin = false
	}
	return s, 1
}

// act finds the place of an action in Markdown: inline text, a link's destination, the lines of a code block.
func (r markdownReader) act(s markdownState, a *action) markdownState {
	if a.last == "raw" {
		return s
	}
	if s.mode == markdownFenceLine && a.last == "nindent" {
		s.mode = markdownFence
	}
	switch s.mode {
	case markdownSpan:
		r.refuse(a, fmt.Sprintf("write {{ code %s }} without the backticks", operand(a.node.Pipe)), insideMsg, "a code span")
	case markdownTag:
		r.refuse(a, "write Markdown instead of HTML", insideMsg, "an HTML tag")
	case markdownRemark:
		r.refuse(a, "write it outside the comment", insideMsg, "an HTML comment")
	case markdownFenceLine:
		r.refuse(a, "write the language of the block without an action", insideMsg, "the first line of a code block")
	case markdownFence:
		a.write(markdownFenceWriter, 0, int(s.char), s.length, s.indent)
		s.margin = false
	case markdownLink:
		a.write(markdownLinkWriter, 0)
	default:
		if s.before == '\\' {
			r.refuse(a, `write the backslash as \\, or remove it`, insideMsg, "an escape")
		}
		a.write(markdownWriter, 0)
		s.margin, s.before, s.col = false, 0, 0
	}
	return s
}
