package escape

import (
	"regexp"
	"strings"
)

// pythonText is a Python string, as far as it has been read.
type pythonText struct {
	quotes string
	kind   stringKind
	holds  stringContent
	runs   uint8 // in a triple-quoted string: how many quotes may directly precede, one bit for each number
}

// stringKind is the kind of a string by its prefix.
type stringKind uint8

const (
	rawString    stringKind = 1 << iota // a backslash is literal
	bytesString                         // of ASCII
	formatString                        // an f-string or t-string, with fields
)

// stringKindOf returns the kind of a string from the letters before its quote.
func stringKindOf(prefix string) stringKind {
	switch strings.ToLower(prefix) {
	case "f", "t":
		return formatString
	case "fr", "rf", "tr", "rt":
		return formatString | rawString
	case "r":
		return rawString
	case "b":
		return bytesString
	case "br", "rb":
		return bytesString | rawString
	}
	return 0
}

// stringContent is the content of a string so far.
type stringContent uint8

const (
	noText      stringContent = iota
	actionsOnly               // which may have written nothing
	someText
)

// quote handles a quote in code. It begins a string, or is the third one of a triple-quoted string: after an empty
// string.
// holds nothing.
func (r pythonReader) quote(s pythonState, c byte) pythonState {
	if s.last != nil && (s.before == actionByte || s.isPartOfName()) {
		r.refuse(s.last, "put a space or an operator between them", "a string directly follows the action")
	}
	isBeside := s.before == c
	if isBeside && s.text.holds == actionsOnly {
		r.refuse(s.last, "put a space between the two strings", "a string directly follows that of the action: if the first one is empty, they begin a string in three quotes")
	}
	begun := pythonText{quotes: string(c), kind: stringKindOf(s.word), runs: 1}
	if isBeside && s.text.holds == noText {
		begun.quotes, begun.kind = strings.Repeat(string(c), 3), s.text.kind
	}
	return pythonState{mode: pythonString, text: begun, outer: s.outer}
}

// pythonEscape matches an escape that the next character may continue.
var pythonEscape = regexp.MustCompile(`^\\(?:\r|x[0-9A-Fa-f]?|u[0-9A-Fa-f]{0,3}|U[0-9A-Fa-f]{0,7}|N(?:\{[^}'"\r\n]{0,99})?|[0-7]{1,2})?$`)

// inString reads a string to its end. A single-quoted one also ends with its line, which is an error there.
func (r pythonReader) inString(s pythonState, c byte) pythonState {
	isFormat, escape := s.text.kind&formatString != 0, s.word
	if s.word = ""; escape != "" && !(escape == `\` && isFormat && (c == '{' || c == '}')) {
		next := escape + string(rune(c))
		switch {
		case (s.text.kind&rawString == 0 || c == '\r') && pythonEscape.MatchString(next):
			s.word = next
			return s
		case escape == `\`, escape == "\\\r" && c == '\n', strings.HasPrefix(escape, `\N{`) && c == '}':
			return s
		}
	}
	switch {
	case c == s.text.quotes[0]:
		return r.quoteWithin(s)
	case isBreak(c) && len(s.text.quotes) == 1:
		return pythonState{blank: true, outer: s.outer}
	case c == '\\':
		s.word = `\`
	case c == '{' && isFormat:
		s.mode = pythonBrace
	case c == '}' && isFormat:
		s.mode = pythonBraceEnd
	}
	s.text.holds, s.text.runs, s.last = someText, 1, nil
	return s
}

// quoteWithin handles a quote of the string's own kind: the end, or the first or second of three.
func (r pythonReader) quoteWithin(s pythonState) pythonState {
	if len(s.text.quotes) == 1 {
		ended := pythonState{before: s.text.quotes[0], outer: s.outer, text: pythonText{holds: s.text.holds}}
		switch s.text.holds {
		case noText:
			ended.text.kind = s.text.kind
		case actionsOnly:
			ended.last = s.last
		}
		return ended
	}
	const third = 1 << 3
	runs := s.text.runs << 1
	if runs&third == 0 {
		s.text.holds, s.text.runs = someText, runs
		return s
	}
	if runs != third && s.last != nil {
		r.refuse(s.last, `write the quotes beside the action with a backslash before each: \`+s.text.quotes[:1], "there are quotes on both sides of the action: if its value is empty, they end the string")
	}
	return pythonState{before: s.text.quotes[0], outer: s.outer, text: pythonText{holds: someText}}
}

// withAction returns the state in a string after an action.
func (s pythonState) withAction(a *action) pythonState {
	s.text.holds, s.last = max(s.text.holds, actionsOnly), a
	s.text.runs |= 1
	return s
}

// inBraces reads what follows a brace in an f-string, and returns how many characters it has read: none if it is not the
// same brace.
func (s pythonState) inBraces(c byte) (pythonState, int) {
	isOpen := s.mode == pythonBrace
	s.mode = pythonString
	switch {
	case isOpen && c == '{', !isOpen && c == '}':
		return s, 1
	case isOpen:
		return s.inField(), 0
	}
	return s, 0
}
