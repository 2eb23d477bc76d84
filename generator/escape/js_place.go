package escape

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// scriptState is a position in a TypeScript or JavaScript file.
type scriptState struct {
	mode     scriptMode
	literals string // the open template literals: "`", or "t" after a tag, "$" for a substitution in it, "{" for each brace in that
	inner    string // the innermost open brackets: see openBracket
	isClass  bool   // a class or an interface has been declared, but not opened
	after    byte   // the preceding token: its last character, or one of those below
	word     string // the beginning of the name, keyword or number that is the preceding token, with a NUL for an action; in quotes, an escape that may continue
	before   byte   // the directly preceding character
	broken   bool   // a line break follows the preceding token
	line     scriptLine
	why      string  // the code is not understood: what to do about it
	last     *action // not yet followed by a token
	place    scriptPlace
	isAsked  bool    // only a ? or ! follows it
	held     *action // part of the preceding word
}

// scriptMode is what a position is inside of. That of a string or template literal is its quote.
type scriptMode byte

const (
	scriptCode     scriptMode = 0
	scriptSingle   scriptMode = '\''
	scriptDouble   scriptMode = '"'
	scriptTemplate scriptMode = '`'
	scriptRegex    scriptMode = '/'
	scriptClass    scriptMode = '[' // in [ ] in a regular expression
	scriptBlock    scriptMode = '*'
	scriptRemark   scriptMode = 'r' // in a comment to the end of the line
	scriptLost     scriptMode = 'l' // it is unclear whether this is code
)

// scriptLine is what precedes on a line of a comment.
type scriptLine uint8

const (
	remarkText   scriptLine = iota
	remarkTag               // a tag, up to here
	remarkClosed            // #! or the beginning of a comment that may be a directive: ///, //#, //@, /*# or /*@
)

// scriptPlace is what a colon makes of the last action.
type scriptPlace uint8

const (
	valuePlace scriptPlace = iota // nothing; nor does an equals sign
	namePlace                     // a name: of a parameter
	labelPlace                    // a name, or a key if it is certainly in quotes
	keyPlace                      // a key
)

// Tokens without a character of their own. Others are identified by their last character.
const (
	wordToken   = 'w' // a name, keyword or number: see word
	nameToken   = 'n' // a name after a dot, which is not a keyword
	valueToken  = 'v' // another operand that has ended: a string, a regular expression, an action in its place
	sourceToken = 'a' // any other action
	unsureToken = 'u' // an operand may or may not have ended
	arrowToken  = 'A' // =>
)

// The kinds of brackets that their character does not determine. "{" is a brace of members.
const (
	headerParen    = 'h' // which may be that of an if, while, for or with
	statementBrace = 'b' // of statements, or it is unclear; a file is in one
)

// wordKind is what may follow a word.
type wordKind uint8

const (
	otherWord    wordKind = iota
	operatorWord          // an operand
	softWord              // an operand, unless it is a name
	leadWord              // a statement
	headerWord            // parentheses and a statement
	declarerWord          // the name that it declares
	modifierWord          // a member of a class
)

var wordKinds = func() map[string]wordKind {
	kinds := map[string]wordKind{}
	for kind, list := range map[wordKind]string{
		operatorWord: "case delete in instanceof new return throw typeof void",
		softWord:     "as assert asserts await default extends from implements infer is keyof module of satisfies unique yield",
		leadWord:     "do else",
		headerWord:   "for if while with",
		declarerWord: "async class const enum function get import interface let namespace set type var",
		modifierWord: "abstract accessor declare override private protected public readonly static",
	} {
		for word := range strings.FieldsSeq(list) {
			kinds[word] = kind
		}
	}
	return kinds
}()

// scriptReader reads TypeScript and JavaScript (ECMA-262, chapter 12) as far as needed to place actions. What a lexer
// cannot know, such as whether a slash divides or begins a regular expression, it decides only if that is certain;
// otherwise it places no actions after it.
type scriptReader struct {
	*report
	mayHoldJSX bool // in JavaScript, < may begin an element
	isPartial  bool // the text before the start is unknown
}

func newScriptReader(r *report) scriptReader {
	return scriptReader{r, IsJavaScript(r.file), strings.HasPrefix(path.Base(r.file), "_")}
}

// IsJavaScript reports whether a template or an output of that name is JavaScript, which is read as TypeScript, and may
// contain JSX.
func IsJavaScript(name string) bool {
	suffix := suffixOf(name)
	return suffix == ".js" || suffix == ".mjs" || suffix == ".cjs"
}

func (r scriptReader) start() scriptState {
	if r.isPartial {
		return scriptState{}
	}
	return scriptState{inner: string(statementBrace)}
}

func (scriptReader) open(s scriptState) string {
	literals := strings.ReplaceAll(s.literals, "t", "`")
	switch s.mode {
	case scriptSingle:
		return literals + "'…'"
	case scriptDouble:
		return literals + `"…"`
	case scriptRegex, scriptClass:
		return literals + "/…/"
	case scriptBlock:
		return literals + "/*…*/"
	}
	return literals
}

func (r scriptReader) text(s scriptState, text string) scriptState {
	for i := 0; i < len(text); {
		n := 1
		switch s.mode {
		case scriptCode:
			s, n = r.code(s, text[i:])
		case scriptSingle, scriptDouble, scriptTemplate:
			s = s.inLiteral(text[i])
		case scriptRegex, scriptClass:
			s, n = s.inRegex(text[i:])
		case scriptBlock, scriptRemark:
			s = s.inComment(text[i:])
		case scriptLost:
			return s
		}
		i += n
	}
	return s
}

// lost returns the state for text that is not understood.
func (s scriptState) lost(why string) scriptState { return scriptState{mode: scriptLost, why: why} }

func isScriptByte(c byte) bool { return isNameByte(c) || c == '$' }

// inWord reports whether a name would continue the preceding token.
func (s scriptState) inWord() bool {
	return isScriptByte(s.before) || s.before == actionByte && s.held != nil
}

// kind returns the kind of the preceding token, if it is a word.
func (s scriptState) kind() wordKind {
	if s.after != wordToken {
		return otherWord
	}
	return wordKinds[s.word]
}

// newline returns the state at the start of the next line.
func (s scriptState) newline() scriptState {
	if s.last != nil {
		s.last.mark(valueFlag)
	}
	s.before, s.broken, s.place, s.isAsked = 0, true, valuePlace, false
	return s
}

const asPlain = "write comments in one piece, names without escapes, a space in <!-- and -->, and no spaces but those of the space bar"

// code reads a character outside strings and comments.
func (r scriptReader) code(s scriptState, text string) (scriptState, int) {
	c := text[0]
	char, size := utf8.DecodeRuneInString(text)
	if !isScriptByte(c) {
		s = r.endWord(s)
	}
	switch {
	case isBreak(c):
		return s.newline(), 1
	case isBlank(c):
		s.before = 0
		return s, 1
	case strings.HasPrefix(text, "//"):
		s.mode, s.before, s.line = scriptRemark, openByte, remarkText
		return s, 2
	case strings.HasPrefix(text, "/*"):
		s.mode, s.before, s.line = scriptBlock, openByte, remarkText
		return s, 2
	case strings.HasPrefix(text, "#!"):
		s.mode, s.line = scriptRemark, remarkClosed
		return s, 2
	case c == '\\', c < ' ', s.before == '/' && s.after == '/' && (c == '/' || c == '*'), c >= utf8.RuneSelf && !isScriptIdentifier("_"+string(char)), strings.HasPrefix(text, "<!--"), strings.HasPrefix(text, "-->"):
		return s.lost(asPlain), 1
	}
	s = r.after(s, text)
	n := size
	if isScriptByte(c) {
		s = s.wordPart(text[:size])
	} else {
		s, n = r.punctuator(s, text)
	}
	s.broken = false
	return s, n
}

// openByte represents the start of a string, a regular expression or a comment as the preceding character.
const openByte = 2

// maxScriptWord is how many bytes of a word are kept: more than the longest keyword has.
const maxScriptWord = 12

// wordPart reads a character of a name, a keyword or a number.
func (s scriptState) wordPart(char string) scriptState {
	if !s.inWord() {
		s.word = ""
		if s.after == '.' || s.after == '#' {
			s.after = nameToken
		} else {
			s.after = wordToken
		}
	}
	if len(s.word) < maxScriptWord {
		s.word += char
	}
	s.before = char[0]
	return s
}

// endWord ends the preceding word, and refuses an action in it that could turn it into a reserved one.
func (r scriptReader) endWord(s scriptState) scriptState {
	if s.after == wordToken && (s.word == "class" || s.word == "interface") {
		s.isClass = true
	}
	if s.held == nil {
		return s
	}
	for _, reserved := range scriptReserved {
		if couldBe(s.word, reserved) {
			r.refuse(s.held, partForm(s.held), "the action is part of a name, which could become the word %s", reserved)
			break
		}
	}
	s.held = nil
	return s
}

// couldBe reports whether a name in which each NUL is an action could be the word. An action that is a whole name never
// is a reserved word.
func couldBe(pattern, word string) bool {
	head, rest, _ := strings.Cut(pattern, "\x00")
	tail := rest[strings.LastIndexByte(rest, 0)+1:]
	return pattern != "\x00" && strings.HasPrefix(word, head) && strings.HasSuffix(word, tail) && len(word) > len(head)+len(tail)
}

// punctuator reads a quote, a bracket or an operator.
func (r scriptReader) punctuator(s scriptState, text string) (scriptState, int) {
	c, expected := text[0], s.expects()
	s.before = c
	switch {
	case strings.IndexByte("'\"`", c) >= 0:
		if c == '`' && (expected == operandNext || s.after == 0) {
			s.literals += "`"
		} else if c == '`' {
			s.literals += "t"
		}
		s.mode, s.word, s.before = scriptMode(c), "", openByte
		return s, 1
	case strings.IndexByte("([{", c) >= 0:
		s = s.openBracket(c)
	case strings.IndexByte(")]}", c) >= 0:
		s = s.closeBracket(c)
	case c == '/':
		return s.slash(expected), 1
	case c == '<' && r.mayHoldJSX && (expected != operatorNext || s.broken) && (len(text) == 1 || isScriptByte(text[1]) || text[1] == '>' || text[1] == '/'):
		return s.lost("write createElement(…) instead of JSX, or put spaces around a < that compares"), 1
	case strings.HasPrefix(text, "..."):
		s.after, s.before = '(', '.' // what follows is as the first in parentheses
		return s, 3
	case strings.HasPrefix(text, "?."):
		s.after, s.before = '.', '.'
		return s, 2
	case strings.HasPrefix(text, "=>"):
		s.after, s.before = arrowToken, '>'
		return s, 2
	case strings.HasPrefix(text, "++"), strings.HasPrefix(text, "--"):
		s.after = unsureToken
		return s, 2
	case c == '!' && !strings.HasPrefix(text, "!=") && expected != operandNext && !s.broken:
		s.after = unsureToken
	default:
		s.after = c
	}
	s.isClass = s.isClass && strings.IndexByte(";:=(){}", c) < 0
	return s, 1
}

// maxInner is how many brackets are kept: few, so that a loop whose branches open and close them reaches a fixed point.
const maxInner = 4

func (s scriptState) openBracket(c byte) scriptState {
	kind := c
	switch {
	case c == '(' && (s.kind() == headerWord || s.kind() == softWord):
		kind = headerParen
	case c == '{' && !s.beginsMembers():
		kind = statementBrace
	}
	s = s.push(kind)
	if c == '{' && s.literals != "" {
		s.literals += "{"
	}
	s.after, s.word = c, ""
	return s
}

// push records an opening bracket.
func (s scriptState) push(kind byte) scriptState {
	s.inner += string(rune(kind))
	s.inner = s.inner[max(0, len(s.inner)-maxInner):]
	return s
}

// beginsMembers reports whether a brace here is certainly that of an object, a type, a class or an interface.
func (s scriptState) beginsMembers() bool {
	switch s.after {
	case '{', ';', arrowToken:
		return false
	case wordToken:
		return s.isClass || s.kind() == operatorWord || s.kind() == softWord
	}
	return s.isClass || s.expects() == operandNext
}

func (s scriptState) closeBracket(c byte) scriptState {
	s.word = ""
	if c == '}' && strings.HasSuffix(s.literals, "$") {
		s.literals = strings.TrimSuffix(s.literals, "$")
		s.mode, s.before = scriptTemplate, 0
		s.inner = s.inner[:max(0, strings.LastIndexByte(s.inner, '$'))]
		return s
	}
	if c == '}' {
		s.literals = strings.TrimSuffix(s.literals, "{")
	}
	isMatch := slices.Contains([]string{"()", "h)", "[]", "{}", "b}"}, string(s.innermost())+string(c))
	isHeader := s.innermost() == headerParen
	if s.inner = s.inner[:max(0, len(s.inner)-1)]; !isMatch {
		s.inner = ""
	}
	if s.after = c; c == ')' && (isHeader || !isMatch) {
		s.after = unsureToken
	}
	return s
}

// innermost returns the innermost open bracket, or 0 if it is unknown.
func (s scriptState) innermost() rune {
	if s.inner == "" {
		return 0
	}
	return rune(s.inner[len(s.inner)-1])
}

// slash reads a slash that does not begin a comment.
func (s scriptState) slash(expected expectation) scriptState {
	switch {
	case expected == operandNext:
		s.mode, s.word, s.before = scriptRegex, "", openByte
	case expected == operatorNext && !s.broken:
		s.after = '/'
	default:
		return s.lost("put a semicolon or parenthesis before a regular expression, and a word or parenthesis before a / that divides, on the same line: the two cannot be told apart here")
	}
	return s
}

type expectation uint8

const (
	unsureNext   expectation = iota
	operandNext              // an operand or a statement must follow
	operatorNext             // an operand has ended
)

// expects returns what must follow the preceding token.
func (s scriptState) expects() expectation {
	switch s.after {
	case wordToken:
		switch s.kind() {
		case operatorWord, leadWord:
			return operandNext
		case softWord:
			return unsureNext
		}
		return operatorNext
	case ')', ']', nameToken, valueToken:
		return operatorNext
	case '}', '>', '.', unsureToken, sourceToken, 0:
		return unsureNext
	}
	return operandNext
}

// openEscape matches an escape that the next character may continue.
var openEscape = regexp.MustCompile(`^\\(?:x[0-9A-Fa-f]?|u[0-9A-Fa-f]{0,3}|u\{[0-9A-Fa-f]{0,6}|[0-9]{1,3})?$`)

// inLiteral reads a character of a string or template literal.
func (s scriptState) inLiteral(c byte) scriptState {
	before := s.before
	s.before = c
	if s.word != "" {
		isEscaped := s.word == `\`
		if s.word += string(rune(c)); openEscape.MatchString(s.word) {
			return s
		}
		if s.word = ""; isEscaped {
			if c == '$' {
				s.before = 0
			}
			return s
		}
	}
	switch {
	case c == '\\':
		s.word = `\`
	case c == byte(s.mode):
		if s.mode == scriptTemplate {
			s.literals = s.literals[:len(s.literals)-1]
		}
		s.mode, s.after = scriptCode, valueToken
	case c == '{' && before == '$' && s.mode == scriptTemplate:
		s.literals += "$"
		s = s.push('$')
		s.mode, s.after, s.before = scriptCode, '(', 0
	case s.mode != scriptTemplate && (c == '\r' || c == '\n' && before != '\r'):
		return s.lost("close the string before its line ends")
	}
	return s
}

// inRegex reads a regular expression to the end of its flags.
func (s scriptState) inRegex(text string) (scriptState, int) {
	c, before := text[0], s.before
	s.before = c
	switch {
	case isBreak(c):
		return s.lost("close the regular expression before its line ends, or put parentheses around what is divided"), 1
	case before == openByte && (c == '/' || c == '*'):
		return s.lost(asPlain), 1
	case s.word != "":
		s.word = ""
	case c == '\\':
		s.word = `\`
	case c == '[':
		s.mode = scriptClass
	case c == ']':
		s.mode = scriptRegex
	case c == '/' && s.mode == scriptRegex:
		s.mode, s.after = scriptCode, valueToken
		return s, len(text) - len(strings.TrimLeft(text[1:], "dgimsuvy"))
	}
	return s, 1
}

// inComment reads a comment to its end.
func (s scriptState) inComment(text string) scriptState {
	c, before := text[0], s.before
	s.before = c
	switch {
	case isBreak(c):
		s = s.newline()
		s.line = remarkText
		if s.mode == scriptRemark {
			s.mode = scriptCode
		}
	case s.mode == scriptRemark && (strings.HasPrefix(text, "\u2028") || strings.HasPrefix(text, "\u2029")):
		return s.lost(asPlain)
	case s.mode == scriptBlock && c == '/' && before == '*':
		s.mode, s.before = scriptCode, 0
	case before == openByte && strings.IndexByte("/#@", c) >= 0:
		s.line = remarkClosed
	case s.line == remarkClosed:
	case c == '@' && strings.IndexByte("\x00 \t*", before) >= 0, s.line == remarkTag && isScriptByte(c):
		s.line = remarkTag
	default:
		s.line = remarkText
	}
	return s
}
