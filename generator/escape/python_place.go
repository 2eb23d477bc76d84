package escape

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"
	"unicode/utf8"
)

// pythonState is a place in Python code.
type pythonState struct {
	mode    pythonMode
	quote   string // that closes the string
	kind    byte   // of the string: 0 for a plain one, 'f' or 't' where its prefix says so, 'r' for raw or bytes
	word    string // the end of the name or number before, without a space between
	keyword string // the name before, with spaces between
	before  byte   // the character before, without a space between
	blank   bool   // nothing but spaces before on this line
	indent  bool   // and there are some
	after   byte   // the last character of the code where it says what stands behind it, over spaces and, of brackets and commas, line breaks
	starts  bool   // the last action stands at the start of its line
	typed   bool   // the last action stands behind a colon
	last    *action
}

type pythonMode uint8

const (
	pythonCode pythonMode = iota
	pythonString
	pythonEscaped
	pythonComments
)

// pythonReader follows Python (Python reference, chapter 2) as far as needed to place actions.
type pythonReader struct{ *report }

func (pythonReader) start() pythonState { return pythonState{blank: true} }

func (pythonReader) open(s pythonState) string {
	if s.mode == pythonString || s.mode == pythonEscaped {
		return s.quote + "…" + s.quote
	}
	return ""
}

func (r pythonReader) text(s pythonState, text string) pythonState {
	for i := 0; i < len(text); {
		n := 1
		switch s.mode {
		case pythonCode:
			s, n = r.code(s, text[i:])
		case pythonString:
			s, n = r.inString(s, text[i:])
		case pythonEscaped:
			s.mode = pythonString
		case pythonComments:
			if isBreak(text[i]) {
				s = pythonState{blank: true}
			}
		}
		i += n
	}
	return s
}

// longestWord is how much of a name is kept: enough for the words that matter.
const longestWord = 10

func isNameByte(c byte) bool {
	return c == '_' || c >= utf8.RuneSelf || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

func (r pythonReader) code(s pythonState, text string) (pythonState, int) {
	c := text[0]
	switch {
	case isBreak(c):
		if s.after == ':' {
			s.after = 0
		}
		return pythonState{blank: true, after: s.after}, 1
	case isBlank(c):
		if s.word != "" {
			s.keyword = s.word
		}
		s.word, s.before, s.indent = "", 0, s.blank
		return s, 1
	case c == '#':
		return pythonState{mode: pythonComments}, 1
	case c == '"' || c == '\'':
		if s.last != nil && s.before == actionByte {
			r.refuse(s.last, "write "+whole(s.last), "a string directly follows the action")
		}
		s = pythonState{mode: pythonString, quote: string(c), kind: stringKind(s.word)}
		if strings.HasPrefix(text, strings.Repeat(string(c), 3)) {
			s.quote = text[:3]
		}
		return s, len(s.quote)
	case isNameByte(c):
		if s.last != nil && s.before == actionByte && !isName(s.last) {
			r.refuse(s.last, identForm(s.last), "the action is part of a name")
		}
		s.word += string(c)
		s.word = s.word[max(0, len(s.word)-longestWord):]
		s.last = nil
	default:
		if s.last != nil && (c == '(' && s.before == actionByte || c == '=' && !strings.HasPrefix(text, "==")) {
			r.named(s, c)
		}
		s.word, s.keyword, s.last = "", "", nil
	}
	s.before, s.after, s.blank, s.indent = c, s.afterByte(c), false, false
	return s, 1
}

// named follows what stands behind a name, or between an annotation and its value.
func (r pythonReader) named(s pythonState, c byte) {
	switch {
	case c == '=' && s.typed:
		s.last.mark(annotationFlag)
	case isName(s.last):
	case !mayBeName(s.last):
		r.refuse(s.last, identForm(s.last), nameMsg)
	case c == '(' || s.starts:
		s.last.mark(dottedFlag)
	default:
		s.last.mark(nameFlag)
	}
}

const nameMsg = "the action is where only a name is allowed"

// nameFunctions are those that may return source of a name.
var nameFunctions = []string{"coalesce", "default", "dig", "first", "get", "include", "index", "last", "ternary", "trim"}

// mayBeName reports whether what the action writes may be source of a name: a field of the model never is.
func mayBeName(a *action) bool {
	if a.last != "" {
		return slices.Contains(nameFunctions, a.last)
	}
	pipe := a.node.Pipe
	variable, ok := pipe.Cmds[len(pipe.Cmds)-1].Args[0].(*parse.VariableNode)
	return ok && len(variable.Ident) == 1 && variable.Ident[0] != "$"
}

// afterByte returns the character if it says something of what stands behind it, else 0; for -> it returns the >.
func (s pythonState) afterByte(c byte) byte {
	if strings.IndexByte("([{,:", c) >= 0 || c == '>' && s.before == '-' {
		return c
	}
	return 0
}

// actionByte stands for an action as the character before.
const actionByte = 1

// stringKind returns what the letters before a quote say about the string.
func stringKind(prefix string) byte {
	switch strings.ToLower(prefix) {
	case "f", "fr", "rf":
		return 'f'
	case "t", "tr", "rt":
		return 't'
	case "r", "b", "br", "rb":
		return 'r'
	}
	return 0
}

// inString follows a string to its end. A string in single quotes also ends with its line, which is an error there.
func (r pythonReader) inString(s pythonState, text string) (pythonState, int) {
	switch {
	case text[0] == '\\':
		s.mode = pythonEscaped
	case strings.HasPrefix(text, s.quote):
		if s.last != nil && strings.HasPrefix(text[1:], s.quote) {
			r.refuse(s.last, "put a space between the two strings", "a string directly follows that of the action: if both are empty, they begin a triple-quoted string")
		}
		return pythonState{before: s.quote[0]}, len(s.quote)
	case isBreak(text[0]) && len(s.quote) == 1:
		return pythonState{blank: true}, 1
	}
	return s, 1
}

// isName reports whether the action writes a name, so that it may be a part of one.
func isName(a *action) bool { return a.last == "ident" }

func identForm(a *action) string {
	return fmt.Sprintf("write {{ ident %s }}", operand(a.node.Pipe))
}

// act finds the place of an action in Python: an expression, a name, the inside of a plain string, a comment.
func (r pythonReader) act(s pythonState, a *action) pythonState {
	switch s.mode {
	case pythonComments:
		if a.last != "raw" {
			a.write(pythonCommentWriter, 0)
		}
		return s
	case pythonString, pythonEscaped:
		if a.last != "raw" {
			r.inQuotes(s, a)
			s.last = a
		}
		return s
	}
	if a.last == "raw" {
		return pythonState{word: "_", before: '_'}
	}
	f := r.nameAt(s, a)
	if s.after == '>' {
		f |= annotationFlag
	}
	if strings.HasSuffix(a.last, "indent") {
		f |= linesFlag
	}
	if !s.blank && strings.IndexByte("([{,", s.after) < 0 {
		f |= joinedFlag
	}
	if s.before == 0 {
		f |= spaceFlag
	}
	if s.blank && s.indent {
		f |= indentedFlag
		if a.last == "comment" {
			r.refuse(a, fmt.Sprintf("write {{- %s | nindent N }}, where N is the column of its lines", a.node.Pipe), "comment lines are used on an indented line")
		}
	}
	a.write(pythonWriter, f)
	return pythonState{before: actionByte, last: a, starts: s.blank, typed: s.after == ':'}
}

// nameAt returns the flag of a place of a name, or refuses the action where it is only a part of something.
func (r pythonReader) nameAt(s pythonState, a *action) flags {
	isPart := s.word != "" || s.before == '.'
	switch {
	case isName(a), a.last == "nindent":
	case s.before == '.' && s.word == "" && mayBeName(a):
		return nameFlag
	case isPart:
		r.refuse(a, identForm(a), "the action is part of a name")
	case s.before == actionByte:
		r.refuse(a, "write "+whole(a), "the action directly follows another one")
	case s.before == '"' || s.before == '\'':
		r.refuse(a, "put a space or an operator between them", "the action directly follows a string")
	case s.keyword == "import" && mayBeName(a):
		return dottedFlag
	case slices.Contains([]string{"def", "class", "import", "as", "global", "nonlocal"}, s.keyword):
		if mayBeName(a) {
			return nameFlag
		}
		r.refuse(a, identForm(a), nameMsg)
	}
	return 0
}

// inQuotes places an action inside a string: only plain ones on one line have a writer.
func (r pythonReader) inQuotes(s pythonState, a *action) {
	form := "write the whole string as one action, without quotes: {{ VALUE }}, or " + whole(a)
	switch {
	case s.mode == pythonEscaped:
		r.refuse(a, `write the backslash as \\, or remove it`, insideMsg, "an escape")
	case s.kind == 'f' || s.kind == 't':
		r.refuse(a, "assign the value to a variable with {{ VALUE }}, and use the variable in the string", insideMsg, "an f-string")
	case s.kind != 0:
		r.refuse(a, form, insideMsg, "a raw or bytes literal")
	case len(s.quote) > 1:
		r.refuse(a, form, insideMsg, "a triple-quoted string")
	default:
		a.write(pythonStringWriter, 0, int(s.quote[0]))
	}
}
