package python

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Keywords are the words that cannot be identifiers (Python reference, section 2.3.1), sorted. Soft keywords, such as
// match, can be identifiers.
var Keywords = []string{
	"False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for",
	"from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
}

// IsKeyword reports whether the word is a keyword.
func IsKeyword(word string) bool {
	const maxLength = len("continue")
	if len(word) > maxLength {
		return false
	}
	_, ok := slices.BinarySearch(Keywords, word)
	return ok
}

// IsIdentifier reports whether the text is an identifier and not a keyword.
func IsIdentifier(text string) bool {
	for i, r := range text {
		if !IsIdentifierPart(r) || i == 0 && !IsIdentifierStart(r) {
			return false
		}
	}
	return text != "" && !IsKeyword(text)
}

// IsDotted reports whether the text consists of identifiers separated by dots.
func IsDotted(text string) bool {
	for part := range strings.SplitSeq(text, ".") {
		if !IsIdentifier(part) {
			return false
		}
	}
	return true
}

// IsIdentifierStart reports whether an identifier may begin with the character: _ or XID_Start of Unicode 14, the
// version of Python 3.11 (UAX 31).
func IsIdentifierStart(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || isLetter(byte(r))
	}
	return unicode.In(r, unicode.L, unicode.Nl, unicode.Other_ID_Start) && !unicode.In(r, unicode.Pattern_Syntax, notStart, neither)
}

// IsIdentifierPart reports whether an identifier may contain the character: XID_Continue of Unicode 14.
func IsIdentifierPart(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || isLetter(byte(r)) || isDigit(byte(r))
	}
	return unicode.In(r, unicode.L, unicode.Nl, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Start, unicode.Other_ID_Continue) &&
		!unicode.In(r, unicode.Pattern_Syntax, neither)
}

// notStart are characters that NFKC turns into some that cannot begin an identifier.
var notStart = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0xe33, Hi: 0xe33, Stride: 1}, {Lo: 0xeb3, Hi: 0xeb3, Stride: 1}, {Lo: 0xff9e, Hi: 0xff9f, Stride: 1},
}}

// neither are characters that NFKC turns into some that identifiers cannot contain, and those added after Unicode 14.
var neither = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x37a, Hi: 0x37a, Stride: 1}, {Lo: 0xcf3, Hi: 0xcf3, Stride: 1}, {Lo: 0xece, Hi: 0xece, Stride: 1}, {Lo: 0x309b, Hi: 0x309c, Stride: 1},
		{Lo: 0xfc5e, Hi: 0xfc63, Stride: 1}, {Lo: 0xfdfa, Hi: 0xfdfb, Stride: 1}, {Lo: 0xfe70, Hi: 0xfe7e, Stride: 2},
	},
	R32: []unicode.Range32{
		{Lo: 0x10efd, Hi: 0x10eff, Stride: 1}, {Lo: 0x1123f, Hi: 0x11241, Stride: 1}, {Lo: 0x11f00, Hi: 0x11f59, Stride: 1}, {Lo: 0x1342f, Hi: 0x1342f, Stride: 1},
		{Lo: 0x13440, Hi: 0x13455, Stride: 1}, {Lo: 0x1b132, Hi: 0x1b132, Stride: 1}, {Lo: 0x1b155, Hi: 0x1b155, Stride: 1}, {Lo: 0x1df25, Hi: 0x1df2a, Stride: 1},
		{Lo: 0x1e030, Hi: 0x1e08f, Stride: 1}, {Lo: 0x1e4d0, Hi: 0x1e4f9, Stride: 1}, {Lo: 0x2b739, Hi: 0x2b739, Stride: 1}, {Lo: 0x31350, Hi: 0x323af, Stride: 1},
	},
}

// betweenOperands are the keywords that are binary operators.
var betweenOperands = []string{"and", "else", "if", "in", "is", "or"}

// IsExpression reports whether the text is a single expression without a comma, a comment or a line break outside
// brackets: operands separated by operators. The content of brackets is only tokenised.
func IsExpression(text string) bool {
	e := expression{wantsOperand: true}
	if err := Scan(text, e.read); err != nil || e.isWrong || e.wantsOperand || e.afterDot || e.afterNot {
		return false
	}
	return e.lines == 1
}

// expression is the state of IsExpression.
type expression struct {
	depth        int
	wantsOperand bool
	afterDot     bool
	afterNot     bool // the not of "not in"
	last         Kind
	lines        int
	isWrong      bool
}

func (e *expression) read(t Token) {
	if e.lines > 0 || t.Kind == Comment || t.Kind == Indent || t.Kind == Dedent {
		e.isWrong = e.isWrong || t.Kind != Dedent
		return
	}
	opens := t.Kind == Operator && strings.Contains("([{", t.Text)
	if e.depth > 0 {
		if opens {
			e.depth++
		} else if t.Kind == Operator && strings.Contains(")]}", t.Text) {
			e.depth--
		}
		return
	}
	switch {
	case t.Kind == Newline:
		e.lines++
	case opens:
		e.isWrong = e.isWrong || e.afterDot || !e.wantsOperand && t.Text == "{"
		e.wantsOperand = false
		e.depth++
	case t.Kind == Operator:
		e.operator(t.Text)
	case t.Kind == Name && e.afterDot:
		e.afterDot, e.isWrong = false, e.isWrong || IsKeyword(t.Text)
	case e.afterNot && t.Text != "in":
		e.isWrong = true
	case t.Kind == Name && t.Text == "not" && !e.wantsOperand:
		e.afterNot = true
	case t.Kind == Name && (t.Text == "not" || t.Text == "await"):
		e.isWrong = e.isWrong || !e.wantsOperand
	case t.Kind == Name && slices.Contains(betweenOperands, t.Text):
		e.isWrong = e.isWrong || e.wantsOperand
		e.wantsOperand, e.afterNot = true, false
	default:
		isConstant := t.Text == "None" || t.Text == "True" || t.Text == "False"
		isNext := e.wantsOperand || t.Kind == String && e.last == String
		e.isWrong = e.isWrong || !isNext || e.afterDot || t.Kind == Name && IsKeyword(t.Text) && !isConstant
		e.wantsOperand = false
	}
	e.last = t.Kind
}

// operator reads an operator: a binary one, or a sign before an operand.
func (e *expression) operator(text string) {
	switch text {
	case ".":
		e.isWrong = e.isWrong || e.wantsOperand || e.afterDot
		e.afterDot = true
		return
	case "...":
		e.isWrong = e.isWrong || !e.wantsOperand
		e.wantsOperand = false
		return
	case "+", "-", "~":
		e.isWrong = e.isWrong || text == "~" && !e.wantsOperand
	case "*", "/", "//", "%", "@", "**", "<<", ">>", "&", "|", "^", "<", ">", "<=", ">=", "==", "!=":
		e.isWrong = e.isWrong || e.wantsOperand
	default:
		e.isWrong = true
	}
	e.wantsOperand = true
}
