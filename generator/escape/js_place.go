package escape

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scriptState is a position in a TypeScript or JavaScript file.
type scriptState struct {
	mode   scriptMode
	quotes string  // the open template literals: "`", or "t" after a tag, "$" for a substitution in it, "{" for each brace in that
	inner  string  // the innermost open brackets: see openBracket
	header byte    // how the statement begins: "F" after the word function, "f" after its parameters, "e" after extends, "i" after import or export, or 0
	after  byte    // the preceding token: its last character, or one of those below
	word   string  // the beginning of the name, keyword or number that is the preceding token, with a NUL for an action; for a regular expression, its text
	before byte    // the directly preceding character
	blank  bool    // only spaces and comments precede on this line
	broken bool    // a line break follows the preceding token
	due    int8    // in an escape: how many hexadecimal digits must follow, or one of those below
	phase  uint8   // of a line in a comment: 0 in its indentation, 1 after its star, 2 after a space after that, 4 and 5 where no value is allowed, else 3
	col    int     // of the star
	place  uint8   // of the last action: what may follow it
	inCase int8    // after a case, where a comma is not followed by a key: how many colons must follow
	asked  bool    // only a ? or ! follows the last action
	why    string  // the code is not understood: what to do about it
	last   *action // not yet followed by a token
	held   *action // part of the preceding word; in a string, all of it if it may be a key; in a template literal or a comment, the action after the preceding character
	quoted *action // the preceding string, if it may be a key
}

type scriptMode uint8

const (
	scriptCode scriptMode = iota
	scriptSingle
	scriptDouble
	scriptTemplate
	scriptRegex
	scriptClass // in [ ] in a regular expression
	scriptRemark
	scriptDirective // in a comment that begins with ///, //# or //@
	scriptBlock
	scriptHashbang
	scriptLost // it is unclear whether this is code
)

// Tokens without a character of their own. Others are identified by their last character.
const (
	wordToken    = 'w' // a name, keyword or number: see word
	nameToken    = 'n' // a name after a dot, which is not a keyword
	quotedToken  = 'q' // a string, a template literal or a regular expression, or an operator after an operand
	headerToken  = 'h' // the ) of an if, while, for or with
	unsureToken  = 'u' // an operand may or may not have ended
	arrowToken   = 'A' // =>
	valueToken   = 'v' // an action in the place of an operand
	sourceToken  = 'a' // any other action
	regexToken   = 'x' // a regular expression, which may be followed by flags
	starredToken = 'o' // an operator of several characters
)

// What is expected in an escape.
const (
	dueAny    int8 = 9  // any character after the backslash
	dueBrace  int8 = -2 // the } of \u{
	dueDigits int8 = -1 // nothing, but a digit would continue it: \0
)

// What may follow an action.
const (
	valuePlace     uint8 = iota
	keyPlace             // a value, or the key of an object, or a name
	parameterPlace       // a value or a name
	memberPlace          // the start of a statement or of a member of a class or interface, or the key of an object
	remarkPlace          // comment lines
	importPlace          // the path of a module, or names
)

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
	suffix := strings.ToLower(path.Ext(strings.TrimSuffix(name, ".tmpl")))
	return suffix == ".js" || suffix == ".mjs" || suffix == ".cjs"
}

func (r scriptReader) start() scriptState {
	if r.isPartial {
		return scriptState{blank: true}
	}
	return scriptState{blank: true, inner: string(statementBrace)}
}

func (scriptReader) open(s scriptState) string {
	quotes := strings.ReplaceAll(s.quotes, "t", "`")
	switch s.mode {
	case scriptSingle:
		return quotes + "'…'"
	case scriptDouble:
		return quotes + `"…"`
	case scriptRegex, scriptClass:
		return quotes + "/…/"
	case scriptBlock:
		return quotes + "/*…*/"
	}
	return quotes
}

func (r scriptReader) text(s scriptState, text string) scriptState {
	for i := 0; i < len(text); {
		n := 1
		switch s.mode {
		case scriptCode:
			s, n = r.code(s, text[i:])
		case scriptSingle, scriptDouble:
			s, n = r.inString(s, text[i:])
		case scriptTemplate:
			s, n = r.inTemplate(s, text[i:])
		case scriptRegex, scriptClass:
			s, n = r.inRegex(s, text[i:])
		case scriptBlock:
			s, n = r.inBlock(s, text[i:])
		case scriptLost:
			return s
		default:
			s, n = r.inRemark(s, text[i:])
		}
		i += n
	}
	return s
}

// lost returns the state for text that is not understood.
func (s scriptState) lost(why string) scriptState { return scriptState{mode: scriptLost, why: why} }

// scriptBreak returns the length of the line break that the text begins with, or 0.
func scriptBreak(text string) int {
	switch {
	case strings.HasPrefix(text, "\r\n"):
		return 2
	case text[0] == '\n' || text[0] == '\r':
		return 1
	case strings.HasPrefix(text, "\u2028") || strings.HasPrefix(text, "\u2029"):
		return 3
	}
	return 0
}

// scriptSpace returns the length of the space that the text begins with, or 0.
func scriptSpace(text string) int {
	c := text[0]
	if c < utf8.RuneSelf {
		if c == ' ' || c == '\t' || c == '\v' || c == '\f' {
			return 1
		}
		return 0
	}
	if r, size := utf8.DecodeRuneInString(text); r == '\ufeff' || unicode.Is(unicode.Zs, r) {
		return size
	}
	return 0
}

func isScriptByte(c byte) bool { return isNameByte(c) || c == '$' }

// isCase reports whether the preceding token is the word case.
func (s scriptState) isCase() bool { return s.after == wordToken && s.word == "case" }

// newline returns the state at the start of the next line of code.
func (r scriptReader) newline(s scriptState) scriptState {
	s = r.after(s, "\n")
	s.before, s.blank, s.broken = 0, true, true
	return s
}

// inRemark reads a comment to the end of its line.
func (r scriptReader) inRemark(s scriptState, text string) (scriptState, int) {
	if n := scriptBreak(text); n > 0 {
		s.mode = scriptCode
		return r.newline(s), n
	}
	if s.mode == scriptRemark && s.before == openByte && strings.IndexByte("/#@", text[0]) >= 0 {
		s.mode = scriptDirective
	}
	s.before = text[0]
	return s, 1
}

// code reads a character outside strings and comments.
func (r scriptReader) code(s scriptState, text string) (scriptState, int) {
	if !isScriptByte(text[0]) {
		if s.held != nil {
			s = r.endWord(s)
		}
		s = s.declare(text[0])
	}
	if n := scriptBreak(text); n > 0 {
		return r.newline(s), n
	}
	if n := scriptSpace(text); n > 0 {
		s.before = 0
		return s, n
	}
	switch {
	case strings.HasPrefix(text, "//"):
		s.mode, s.before = scriptRemark, openByte
		return s, 2
	case strings.HasPrefix(text, "/*"):
		s.mode, s.before, s.phase = scriptBlock, openByte, 3
		return s, 2
	case s.before == '/' && s.after == '/' && (text[0] == '/' || text[0] == '*'):
		return s.lost("write the start of the comment in one piece"), 1
	case text[0] == '\\':
		return s.lost("write the character itself instead of its escape in a name"), 1
	case s.after == 0 && s.blank && !s.broken && strings.HasPrefix(text, "#!"):
		s.mode = scriptHashbang
		return s, 2
	case strings.HasPrefix(text, "<!--"):
		return s.lost("put a space after the <: in a script, <!-- begins a comment"), 1
	case s.blank && strings.HasPrefix(text, "-->"):
		return s.lost("put a space before the >: in a script, --> at the start of a line begins a comment"), 1
	}
	s = r.after(s, text)
	if s.quoted != nil {
		if text[0] == ':' {
			s.quoted.mark(keyFlag)
		}
		s.quoted = nil
	}
	switch {
	case s.isCase() && !isScriptByte(s.before):
		s.inCase = 1
	case s.inCase > 0 && text[0] == ':':
		s.inCase--
	case s.inCase > 0 && s.inCase < maxInner && text[0] == '?' && !strings.HasPrefix(text, "?.") && !strings.HasPrefix(text, "??"):
		s.inCase++
	}
	if isScriptByte(text[0]) {
		return s.wordByte(text[0]), 1
	}
	s, n := r.punctuator(s, text)
	if s.mode != scriptLost {
		s.blank, s.broken = false, false
	}
	return s, n
}

// More phases of a comment: after the @ of a tag and in its name, and all of one that begins with /*# or /*@.
const tagPhase, directivePhase = 4, 5

// openByte represents the start of a string or a comment as the preceding character.
const openByte = 2

// maxScriptWord is how many bytes of a word are kept: more than the longest keyword has.
const maxScriptWord = 12

// wordByte reads a character of a name, a keyword or a number.
func (s scriptState) wordByte(c byte) scriptState {
	switch isPart := s.before != 0 && isScriptByte(s.before) || s.before == actionByte && s.held != nil; {
	case s.after == regexToken && (s.before == '/' || isPart):
		s.before = c
		return s // a flag
	case !isPart && (s.after == '.' || s.after == '#'):
		s.word, s.after = "", nameToken
	case !isPart:
		s.word, s.after = "", wordToken
	}
	if len(s.word) < maxScriptWord {
		s.word += string(c)
	}
	s.before, s.blank, s.broken = c, false, false
	return s
}

// endWord refuses the actions in a word that a value could turn into a reserved one.
func (r scriptReader) endWord(s scriptState) scriptState {
	for _, reserved := range scriptReserved {
		if couldBe(s.word, reserved) {
			r.refuse(s.held, "write "+wholeName(s.held), "the action is part of a name, which could become the word %s", reserved)
			break
		}
	}
	s.held = nil
	return s
}

// declare records what a statement declares, if the character follows a word that determines it.
func (s scriptState) declare(c byte) scriptState {
	switch {
	case c == ';':
		s.header = 0
	case s.after != wordToken:
	case s.word == "function":
		s.header = 'F'
	case s.word == "extends" && s.header != 'F':
		s.header = 'e'
	case s.word == "import" || s.word == "export":
		s.header = 'i'
	case slices.Contains(scriptDeclarers, s.word):
		s.header = 0
	}
	return s
}

// couldBe reports whether the pattern, in which a NUL matches one or more characters, matches the word. An action that
// is a whole name is never a reserved word.
func couldBe(pattern, word string) bool {
	if pattern == "\x00" {
		return false
	}
	head, rest, _ := strings.Cut(pattern, "\x00")
	word, ok := strings.CutPrefix(word, head)
	for ok && strings.Contains(rest, "\x00") {
		var part string
		part, rest, _ = strings.Cut(rest, "\x00")
		i := -1
		if len(word) > 0 {
			i = strings.Index(word[1:], part)
		}
		if i < 0 {
			return false
		}
		word = word[1+i+len(part):]
	}
	return ok && strings.HasSuffix(word, rest) && len(word) > len(rest)
}

// punctuator reads a quote, a bracket or an operator.
func (r scriptReader) punctuator(s scriptState, text string) (scriptState, int) {
	c := text[0]
	expected := s.expects()
	s.before = c
	switch c {
	case '\'', '"':
		s.mode = map[byte]scriptMode{'\'': scriptSingle, '"': scriptDouble}[c]
		s.before = openByte
		return s, 1
	case '`':
		if expected == operandNext && s.after != '>' || s.after == 0 {
			s.quotes += "`"
		} else {
			s.quotes += "t"
		}
		s.mode, s.before = scriptTemplate, 0
		return s, 1
	case '(', '[', '{':
		return s.openBracket(c), 1
	case ')', ']', '}':
		return s.closeBracket(c), 1
	case '/':
		return s.slash(expected), 1
	case '<':
		if r.mayHoldJSX && (expected != operatorNext || s.broken) && (len(text) == 1 || isScriptByte(text[1]) || text[1] == '>' || text[1] == '/') {
			return s.lost("write createElement(…) instead of JSX, or put spaces around a < that compares"), 1
		}
	case '.':
		isNumber := s.after == wordToken && s.word != "" && '0' <= s.word[0] && s.word[0] <= '9' && !strings.Contains(s.word, ".")
		switch {
		case strings.HasPrefix(text, "..."):
			s.after, s.before = starredToken, '.'
			return s, 3
		case isNumber && !s.broken:
			s.word += "."
			s.before = '0' // what directly follows is part of it
			return s, 1
		}
	case '?':
		if strings.HasPrefix(text, "?.") && (len(text) < 3 || text[2] < '0' || text[2] > '9') {
			s.after, s.word, s.before = '.', "?", '.'
			return s, 2
		}
	case '=':
		if strings.HasPrefix(text, "=>") {
			s.after, s.before = arrowToken, '>'
			return s, 2
		}
	case '!':
		if !strings.HasPrefix(text, "!=") && expected != operandNext && !s.broken {
			if s.after = quotedToken; expected == unsureNext {
				s.after = unsureToken
			}
			return s, 1
		}
	case '+', '-':
		if len(text) > 1 && text[1] == c {
			s.after = unsureToken
			return s, 2
		}
	}
	s.after, s.word = c, ""
	return s, 1
}

// maxInner is how many brackets are kept: few, so that a loop whose branches open and close them reaches a fixed point.
const maxInner = 4

// The kinds of brackets that their character does not determine. "{" is a brace of members, or an unknown one.
const (
	headerParen    = 'h' // after if, while, for or with
	unsureParen    = 'u' // which may or may not be one of those
	functionParen  = 'f' // of the parameters of a function
	heritageParen  = 'e' // after extends
	statementBrace = 'b' // of statements; a file is in one
	arrowBrace     = 'a' // after =>: of statements, or of the members of a type
	importBrace    = 'i' // of the names that a module imports or exports
)

func (s scriptState) openBracket(c byte) scriptState {
	kind := c
	switch {
	case c == '{':
		kind, s.header = s.brace(), 0
	case c != '(':
	case s.after == wordToken && slices.Contains(scriptHeaders, s.word):
		kind = headerParen
	case s.after == wordToken && s.word == "await":
		kind = unsureParen
	case s.header == 'F':
		kind, s.header = functionParen, 0
	case s.header == 'e':
		kind, s.header = heritageParen, 0
	}
	s = s.push(kind)
	if c == '{' && s.quotes != "" {
		s.quotes += "{"
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

// brace returns the kind of a brace that opens here.
func (s scriptState) brace() byte {
	isStart := s.after == '{' || s.after == '}' || s.after == ';' || s.after == 0
	isDeclared := s.header == 'f' && (s.expects() == operatorNext || s.after == '>') // after the return type of a function
	switch {
	case s.after == headerToken, s.after == ')' && s.header != 'e', s.after == wordToken && slices.Contains(scriptBlockWords, s.word), isDeclared, isStart && s.innermost() == statementBrace:
		return statementBrace
	case s.after == arrowToken:
		return arrowBrace
	case s.after == wordToken && slices.Contains(scriptImports, s.word), s.after == ',' && s.header == 'i':
		return importBrace
	}
	return '{'
}

func (s scriptState) closeBracket(c byte) scriptState {
	s.word = ""
	if c == '}' && strings.HasSuffix(s.quotes, "$") {
		s.quotes = strings.TrimSuffix(s.quotes, "$")
		s.mode, s.before = scriptTemplate, 0
		s.inner = s.inner[:max(0, strings.LastIndexByte(s.inner, '$'))]
		return s
	}
	if c == '}' && s.quotes != "" {
		s.quotes = strings.TrimSuffix(s.quotes, "{")
	}
	top := s.innermost()
	isMatch := false
	switch top {
	case '[':
		isMatch = c == ']'
	case '{', statementBrace, arrowBrace, importBrace:
		isMatch = c == '}'
	case '(', headerParen, unsureParen, functionParen, heritageParen:
		isMatch = c == ')'
	}
	if s.inner = s.inner[:max(0, len(s.inner)-1)]; !isMatch {
		s.inner = ""
	}
	if s.after = c; c == ')' {
		switch {
		case !isMatch || top == unsureParen:
			s.after = unsureToken
		case top == headerParen:
			s.after = headerToken
		case top == functionParen || top == heritageParen:
			s.header = top
		}
	}
	return s
}

// innermost returns the innermost open bracket, or 0 if it is unknown.
func (s scriptState) innermost() byte {
	if s.inner == "" {
		return 0
	}
	return s.inner[len(s.inner)-1]
}

// slash reads a slash that does not begin a comment. At the start of a line it divides if it continues the line before,
// which may also be a whole declaration: import a from "b".
func (s scriptState) slash(expected expectation) scriptState {
	switch {
	case expected == operandNext && s.after != '>': // which may end type arguments of a call
		s.mode, s.word = scriptRegex, ""
	case expected == operatorNext && s.broken:
		return s.lost("put a semicolon before a regular expression, or put a / that divides at the end of the line before: the two cannot be told apart here")
	case expected == operatorNext:
		s.after, s.word = '/', ""
	default:
		return s.lost("put a semicolon before a regular expression, or parentheses around what is divided: the two cannot be told apart here")
	}
	return s
}

type expectation uint8

const (
	unsureNext   expectation = iota
	operandNext              // an operand or a statement must follow
	operatorNext             // an operand has ended
)

// scriptOperators are the words before an operand, where a slash begins a regular expression.
var scriptOperators = []string{"case", "delete", "do", "else", "in", "instanceof", "new", "return", "throw", "typeof", "void"}

// scriptSoftOperators are words that may precede an operand, but can also be names.
var scriptSoftOperators = []string{
	"as", "assert", "asserts", "await", "default", "extends", "from", "implements", "import", "infer", "is", "keyof", "module", "of", "satisfies", "unique", "yield",
}

// scriptHeaders are the words followed by parentheses and a statement.
var scriptHeaders = []string{"for", "if", "while", "with"}

// scriptImports are the words followed by a brace with the names of a module.
var scriptImports = []string{"export", "import", "type"}

// scriptBlockWords are the words followed by a brace with statements.
var scriptBlockWords = []string{"do", "else", "finally", "try"}

// scriptDeclarers are the words followed by the name that they declare.
var scriptDeclarers = []string{
	"async", "class", "const", "enum", "function", "get", "interface", "let", "namespace", "set", "type", "var",
}

// scriptModifiers are the words that may precede a member of a class.
var scriptModifiers = []string{"abstract", "accessor", "declare", "override", "private", "protected", "public", "readonly", "static"}

// expects returns what must follow the preceding token.
func (s scriptState) expects() expectation {
	switch s.after {
	case wordToken:
		switch {
		case slices.Contains(scriptOperators, s.word):
			return operandNext
		case slices.Contains(scriptSoftOperators, s.word):
			return unsureNext
		}
		return operatorNext
	case ')', ']', nameToken, quotedToken, regexToken, valueToken:
		return operatorNext
	case '}', unsureToken, sourceToken, 0:
		return unsureNext
	}
	return operandNext
}

// inString reads a string to its end.
func (r scriptReader) inString(s scriptState, text string) (scriptState, int) {
	quote := byte('"')
	if s.mode == scriptSingle {
		quote = '\''
	}
	if s.due == dueAny {
		s, n := s.escape(`\` + text)
		return s, n - 1
	}
	switch c := text[0]; {
	case c == '\\':
		return s.escape(text)
	case c == quote:
		s.mode, s.after, s.before, s.word, s.due, s.quoted, s.held = scriptCode, quotedToken, c, "", 0, s.held, nil
		return s, 1
	case c == '\n' || c == '\r':
		return s.lost("close the string before its line ends"), 1
	}
	return s.escaped(text[0]), 1
}

// escape reads what follows a backslash in a string or template literal.
func (s scriptState) escape(text string) (scriptState, int) {
	s.before, s.held = 0, nil
	if len(text) == 1 {
		s.due = dueAny
		return s, 1
	}
	switch c := text[1]; {
	case strings.HasPrefix(text[1:], "\r\n"):
		return s, 3
	case c == 'x':
		s.due = 2
	case strings.HasPrefix(text[1:], "u{"):
		s.due = dueBrace
		return s, 3
	case c == 'u':
		s.due = 4
	case '0' <= c && c <= '9':
		s.due = dueDigits
	default:
		s.due = 0
	}
	return s, 2
}

// escaped reads a character in a string or template literal.
func (s scriptState) escaped(c byte) scriptState {
	isHex := '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
	switch {
	case s.due == dueBrace && c != '}' && isHex, s.due == dueDigits && '0' <= c && c <= '7':
	case s.due > 0 && s.due != dueAny && isHex:
		s.due--
	default:
		s.due = 0
	}
	s.before, s.held = c, nil
	return s
}

// inTemplate reads a template literal to its end or to a substitution.
func (r scriptReader) inTemplate(s scriptState, text string) (scriptState, int) {
	if s.due == dueAny {
		s, n := s.escape(`\` + text)
		return s, n - 1
	}
	switch c := text[0]; {
	case c == '\\':
		return s.escape(text)
	case c == '`':
		s.quotes = s.quotes[:len(s.quotes)-1]
		s.mode, s.after, s.before, s.word, s.due, s.held = scriptCode, quotedToken, c, "", 0, nil
		return s, 1
	case c == '{' && s.before == '$' && s.held == nil:
		s.quotes += "$"
		s.mode, s.after, s.before, s.word, s.due = scriptCode, '(', 0, "", 0
		s = s.push('$')
		s.blank, s.broken = false, false
		return s, 1
	case c == '{' && s.held != nil:
		r.refuse(s.held, `write \$ for the $ before it`, "the action is between $ and {, which would begin a substitution if its value were empty")
	}
	return s.escaped(text[0]), 1
}

// inRegex reads a regular expression to its end.
func (r scriptReader) inRegex(s scriptState, text string) (scriptState, int) {
	c, n := text[0], 1
	isFirst := s.word == ""
	s.word += string(c)
	switch {
	case scriptBreak(text) > 0:
		return s.lost("close the regular expression before its line ends, or put parentheses around what is divided"), 1
	case isFirst && (c == '/' || c == '*'):
		return s.lost("write the start of the comment in one piece"), 1
	case c == '\\' && len(text) > 1 && scriptBreak(text[1:]) == 0:
		s.word += text[1:2]
		n = 2
	case c == '\\':
		return s.lost("write the escape in the regular expression in one piece"), 1
	case c == '[':
		s.mode = scriptClass
	case c == ']':
		s.mode = scriptRegex
	case c == '/' && s.mode == scriptRegex:
		s.mode, s.after, s.before, s.word = scriptCode, regexToken, '/', ""
	}
	return s, n
}

// inBlock reads a comment to its end, and its lines up to their star.
func (r scriptReader) inBlock(s scriptState, text string) (scriptState, int) {
	if n := scriptBreak(text); n > 0 {
		s = r.newline(s)
		s.phase, s.col, s.held = 0, 0, nil
		return s, n
	}
	isWordStart := s.before == 0 || s.before == ' ' || s.before == '\t' || s.before == '*' || s.before == openByte
	switch c := text[0]; {
	case s.before == openByte && (c == '#' || c == '@'):
		s.phase = directivePhase
	case s.phase == directivePhase && (c != '/' || s.before != '*'):
	case c == '@' && isWordStart && s.held == nil, s.phase == tagPhase && isScriptByte(c):
		s.phase = tagPhase
	case c == '/' && s.before == '*' && s.held == nil:
		s.mode, s.before = scriptCode, 0
		return s, 1
	case c == '/' && s.held != nil:
		r.refuse(s.held, "put a space before the /", "the action is between * and /, which would end the comment if its value were empty")
	case s.phase == 0 && c == ' ':
		s.col++
	case s.phase == 0 && c == '*':
		s.phase = 1
	case s.phase == 1 && c == ' ':
		s.phase = 2
	default:
		s.phase = 3
	}
	s.before, s.held = text[0], nil
	return s, 1
}
