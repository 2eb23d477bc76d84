// Package python answers one question: which tokens do Python 3.11 to 3.14 read in this text?
//
// It is the tokeniser of the Python reference (chapter 2), with CPython's limits. It does not parse: what it accepts
// may still have syntax errors. Where the releases differ, it accepts only what all of them read the same: an f-string
// must not contain its own quotes in an expression, which Python 3.12 allows.
package python

import (
	"strings"
	"unicode/utf8"
)

// Kind is the kind of a token.
type Kind uint8

// The kinds of tokens (Python reference, section 2.1). Comments are tokens too.
const (
	Name Kind = iota // an identifier or keyword
	Number
	String // with its prefix and quotes
	Operator
	Comment
	Newline // the end of a logical line
	Indent
	Dedent
)

// Token is one token of a text.
type Token struct {
	Kind   Kind
	Text   string
	Offset int // of its first byte
}

// Error is a fault in a text at a position.
type Error struct {
	Line int // from 1
	Col  int // in characters, from 1
	Msg  string
}

func (e *Error) Error() string { return e.Msg }

// Scan calls yield for each token of a text, which must be valid UTF-8. It stops at the first fault and returns it, or
// nil.
func Scan(text string, yield func(Token)) *Error {
	return newScanner(text, yield).scan()
}

func newScanner(text string, yield func(Token)) *scanner {
	return &scanner{text: text, yield: yield, indents: []indent{{}}, startsLine: true}
}

func (s *scanner) scan() *Error {
	if i := strings.IndexByte(s.text, 0); i >= 0 {
		s.fail(i, "the file contains a NUL character")
	}
	if strings.HasPrefix(s.text, "\ufeff") {
		s.at = len("\ufeff")
	}
	for s.fault == nil && s.at < len(s.text) {
		s.next()
	}
	if s.fault == nil {
		s.end()
	}
	return s.fault
}

// scanner is the state of Scan.
type scanner struct {
	text       string
	yield      func(Token)
	from       int      // where the first yielded token ends
	at         int      // of the next byte
	brackets   []int    // offsets of the open ones
	indents    []indent // of the open blocks, that of the file first
	startsLine bool     // a logical line begins here
	hasTokens  bool     // the logical line has tokens
	opensBlock bool     // the last token is a colon outside brackets
	fault      *Error
}

// fail records a fault at an offset.
func (s *scanner) fail(offset int, msg string) {
	if s.fault == nil {
		s.fault = errorAt(s.text, offset, msg)
	}
}

func errorAt(text string, offset int, msg string) *Error {
	e := &Error{Line: 1, Msg: msg}
	start := 0
	for i := range offset {
		if text[i] == '\n' || text[i] == '\r' && !strings.HasPrefix(text[i:], "\r\n") {
			e.Line, start = e.Line+1, i+1
		}
	}
	e.Col = 1 + utf8.RuneCountInString(text[start:offset])
	return e
}

func (s *scanner) emit(kind Kind, end int) {
	if end >= s.from {
		s.yield(Token{Kind: kind, Text: s.text[s.at:end], Offset: s.at})
	}
	s.at = end
	switch kind {
	case Comment:
	case Newline:
		s.hasTokens, s.startsLine = false, true
	default:
		s.hasTokens, s.opensBlock = true, false
	}
}

// next scans one token, or the space before one.
func (s *scanner) next() {
	if s.startsLine {
		s.indentation()
		return
	}
	switch c := s.text[s.at]; {
	case c == ' ' || c == '\t' || c == '\f':
		s.at++
	case c == '\n' || c == '\r':
		s.lineBreak()
	case c == '#':
		s.emit(Comment, lineEnd(s.text, s.at))
	case c == '\\':
		s.at = s.continued(s.at)
	case c == '"' || c == '\'':
		s.stringFrom(s.at)
	case isDigit(c) || c == '.' && s.at+1 < len(s.text) && isDigit(s.text[s.at+1]):
		s.number()
	case c == '_' || isLetter(c) || c >= utf8.RuneSelf:
		s.name()
	default:
		s.operator()
	}
}

// lineBreak scans a line break, which ends the logical line outside brackets.
func (s *scanner) lineBreak() {
	end := s.at + breakSize(s.text[s.at:])
	if len(s.brackets) > 0 || !s.hasTokens {
		s.at = end
		s.startsLine = len(s.brackets) == 0
		return
	}
	s.emit(Newline, end)
}

// continued returns the offset after the backslash at i and the line break that must follow it.
func (s *scanner) continued(i int) int {
	switch n := breakSize(s.text[i+1:]); {
	case n == 0 && i+1 < len(s.text):
		s.fail(i, "unexpected character after the backslash that continues the line")
	case i+1+n == len(s.text):
		s.fail(i, "the file ends after a backslash")
	default:
		return i + 1 + n
	}
	return len(s.text)
}

// end scans the end of the file.
func (s *scanner) end() {
	if n := len(s.brackets); n > 0 {
		at := s.brackets[n-1]
		s.fail(at, "the bracket "+s.text[at:at+1]+" is not closed")
		return
	}
	if s.hasTokens {
		s.emit(Newline, s.at)
	}
	if s.opensBlock {
		s.fail(len(s.text), "expected an indented block after the colon")
		return
	}
	for range s.indents[1:] {
		s.emit(Dedent, s.at)
	}
}

// breakSize returns the length of the line break that the text begins with, or 0.
func breakSize(text string) int {
	switch {
	case strings.HasPrefix(text, "\r\n"):
		return 2
	case text != "" && (text[0] == '\n' || text[0] == '\r'):
		return 1
	}
	return 0
}

// lineEnd returns the offset of the line break after i, or of the end of the text.
func lineEnd(text string, i int) int {
	if n := strings.IndexAny(text[i:], "\r\n"); n >= 0 {
		return i + n
	}
	return len(text)
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
