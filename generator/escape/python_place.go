package escape

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"github.com/firestoned/firestone/generator/python"
)

// pythonState is a position in Python code.
type pythonState struct {
	mode    pythonMode
	text    pythonText // the string that is open, or ends right before
	outer   string     // the enclosing f-strings, and the open brackets in their fields, see python_field.go
	word    string     // the end of the directly preceding name or number; in a string, an escape that may continue
	keyword string     // the preceding name, possibly followed by spaces
	before  byte       // the directly preceding character
	first   bool       // the preceding name is the first one on its line
	blank   bool       // only spaces precede on this line
	indent  bool       // and there are some
	after   byte       // the last character of the code if it determines what may follow, ignoring spaces and, after brackets and commas, line breaks
	starts  bool       // the last action is at the start of its line
	typed   bool       // the last action follows a colon
	last    *action
}

type pythonMode uint8

const (
	pythonCode pythonMode = iota
	pythonComments
	pythonFormat   // in the format of a field of an f-string
	pythonString   // and everything after it is in a string
	pythonBrace    // after a { in an f-string, which begins a field unless another one follows
	pythonBraceEnd // after a } in one
)

// pythonReader reads Python (Python reference, chapter 2) as far as needed to place actions.
type pythonReader struct{ *report }

func (pythonReader) start() pythonState { return pythonState{blank: true} }

func (pythonReader) open(s pythonState) string {
	switch {
	case s.mode >= pythonString:
		return s.text.quotes + "…" + s.text.quotes
	case s.outer != "":
		return "a field of an f-string"
	}
	return ""
}

func (r pythonReader) text(s pythonState, text string) pythonState {
	for i := 0; i < len(text); {
		n := 1
		switch s.mode {
		case pythonCode:
			s, n = r.code(s, text[i:])
		case pythonComments:
			if isBreak(text[i]) {
				s = pythonState{blank: true, outer: s.outer}
			}
		case pythonFormat:
			s = s.inFormat(text[i])
		case pythonString:
			s = r.inString(s, text[i])
		default:
			s, n = s.inBraces(text[i])
		}
		i += n
	}
	return s
}

// maxWord is how many bytes of a name are kept: enough for the relevant words.
const maxWord = 10

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
		return pythonState{blank: true, after: s.after, outer: s.outer}, 1
	case isBlank(c), c == '\f':
		if s.word != "" {
			s.keyword = s.word
		}
		if s.isPartOfName() {
			s.last = nil
		}
		s.word, s.before, s.text, s.indent = "", 0, pythonText{}, s.blank
		return s, 1
	case c == '#':
		return pythonState{mode: pythonComments, outer: s.outer}, 1
	case c == '"' || c == '\'':
		return r.quote(s, c), 1
	case isNameByte(c):
		switch {
		case s.before == actionByte && s.last != nil:
			if !isName(s.last) {
				r.refuse(s.last, partForm(s.last), "the action is part of a name")
			}
			s.word = string(rune(actionByte))
		case s.word == "":
			s.last, s.first = nil, s.blank
		}
		s.word += string(c)
		s.word = s.word[max(0, len(s.word)-maxWord):]
	case s.outer != "" && s.endsExpression(c):
		return s.behindExpression(c), 1
	default:
		if s.last != nil && s.word == "" {
			r.follows(s, text)
		}
		s.word, s.keyword, s.last, s.outer = "", "", nil, s.bracketed(c)
	}
	s.before, s.after, s.text, s.blank, s.indent = c, s.afterByte(c), pythonText{}, false, false
	return s, 1
}

// isPartOfName reports whether the preceding name begins with the output of the last action, and continues.
func (s pythonState) isPartOfName() bool { return s.word != "" && s.word[0] == actionByte }

// follows checks the character after the last action, which may show that it is a name or an operand.
func (r pythonReader) follows(s pythonState, text string) {
	switch c := text[0]; {
	case c == '(' && s.before == actionByte, c == '=' && !strings.HasPrefix(text, "=="):
		r.named(s, c)
	case c == '.', c == '[', strings.HasPrefix(text, "**"):
		s.last.mark(operandFlag)
	}
}

// named handles what follows a name, or is between an annotation and its value.
func (r pythonReader) named(s pythonState, c byte) {
	switch {
	case c == '=' && s.typed:
		s.last.mark(annotationFlag)
	case isName(s.last):
	case !mayBeName(s.last):
		r.refuse(s.last, partForm(s.last), nameMsg)
	case c == '(' || s.starts:
		s.last.mark(dottedFlag)
	default:
		s.last.mark(nameFlag)
	}
}

const nameMsg = "the action is where only a name is allowed"

// nameFunctions are the functions that may return source of a name.
var nameFunctions = []string{"coalesce", "default", "dig", "first", "get", "include", "index", "last", "ternary", "trim"}

// mayBeName reports whether the output of the action may be source of a name: a field of the model never is.
func mayBeName(a *action) bool {
	if a.last != "" {
		return slices.Contains(nameFunctions, a.last)
	}
	pipe := a.node.Pipe
	variable, ok := pipe.Cmds[len(pipe.Cmds)-1].Args[0].(*parse.VariableNode)
	return ok && len(variable.Ident) == 1 && variable.Ident[0] != "$"
}

// afterByte returns the character if it determines what may follow, else 0; for -> it returns the >.
func (s pythonState) afterByte(c byte) byte {
	if strings.IndexByte("([{,:", c) >= 0 || c == '>' && s.before == '-' {
		return c
	}
	return 0
}

// actionByte represents an action as the preceding character.
const actionByte = 1

// isName reports whether the action writes a name, so that it can be part of one.
func isName(a *action) bool { return a.last == "ident" }

// placeAction places an action in Python: an expression, a name, the inside of a string, a comment.
func (r pythonReader) placeAction(s pythonState, a *action) pythonState {
	if a.last != "raw" && s.outer != "" {
		r.refuse(a, fieldForm(a), insideMsg, "a field of an f-string")
	}
	switch {
	case s.mode >= pythonString:
		if a.last != "raw" {
			r.inQuotes(s, a)
		}
		return s.withAction(a)
	case a.last != "raw" && s.outer != "":
		return s
	case s.mode == pythonComments:
		if a.last != "raw" {
			a.write(pythonCommentWriter, 0)
		}
		return s
	case a.last == "raw":
		return pythonState{word: "_", before: '_', outer: s.outer}
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
	if isRemark(a) {
		return pythonState{mode: pythonComments}
	}
	return pythonState{before: actionByte, last: a, starts: s.blank, typed: s.after == ':'}
}

// isRemark reports whether the action writes comment lines, the last of which continues after it.
func isRemark(a *action) bool {
	for _, command := range a.node.Pipe.Cmds {
		if name, ok := command.Args[0].(*parse.IdentifierNode); ok && name.Ident == "comment" {
			return a.last == "comment" || strings.HasSuffix(a.last, "indent") || a.last == "trim"
		}
	}
	return false
}

// nameAt returns the flag for a place of a name, or refuses the action if it is part of something else.
func (r pythonReader) nameAt(s pythonState, a *action) flags {
	switch {
	case s.before == '\\':
		r.refuse(a, "write a line break between the two, or remove the backslash", "the action follows a backslash")
	case a.last == "nindent":
	case s.before == '"' || s.before == '\'':
		r.refuse(a, "put a space or an operator between them", "the action directly follows a string")
	case s.word != "" && len(s.word) < maxWord && '0' <= s.word[0] && s.word[0] <= '9':
		r.refuse(a, fmt.Sprintf("write {{ int (%s) }}", printedWord(a)), "the action is part of a number")
	case isName(a):
	case s.before == '.' && s.word == "" && mayBeName(a):
		return nameFlag
	case s.before == '.' || s.word != "":
		r.refuse(a, prefixForm(s.word, a), "the action is part of a name")
	case s.before == actionByte:
		r.refuse(a, "write "+whole(a), "the action directly follows another one")
	case s.keyword == "import" || s.keyword == "from" && s.first:
		if mayBeName(a) {
			return dottedFlag
		}
		r.refuse(a, partForm(a), nameMsg)
	case slices.Contains([]string{"def", "class", "as", "global", "nonlocal"}, s.keyword):
		if mayBeName(a) {
			return nameFlag
		}
		r.refuse(a, partForm(a), nameMsg)
	}
	return 0
}

// inQuotes places an action inside a string.
func (r pythonReader) inQuotes(s pythonState, a *action) {
	switch {
	case s.word != "":
		r.refuse(a, wholeEscape, insideMsg, "an escape")
	case s.mode == pythonBrace:
		r.refuse(a, fieldForm(a), insideMsg, "a field of an f-string")
	case s.mode == pythonBraceEnd:
		r.refuse(a, "write }} for a brace", "the action follows a single } of an f-string")
	case s.text.kind == formatString|rawString:
		r.refuse(a, splitForm("rf", " {{ quote %s }} ", s.text, a), insideMsg, "a raw f-string")
	case s.text.kind&bytesString != 0:
		r.refuse(a, splitForm("b", " + {{ quote %s }}.encode() + ", s.text, a), insideMsg, "a bytes literal")
	case s.text.kind == rawString:
		r.refuse(a, splitForm("r", " {{ quote %s }} ", s.text, a), insideMsg, "a raw string")
	case s.text.kind == formatString:
		a.write(pythonFormatWriter, flags(python.Quoted(s.text.quotes, true)))
	default:
		a.write(pythonStringWriter, flags(python.Quoted(s.text.quotes, false)))
	}
}
