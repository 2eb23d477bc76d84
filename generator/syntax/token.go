package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is.
type kind uint8

const (
	word     kind = iota // replace, for
	field                // .Name
	variable             // $ or $book
	number
	text // in quotes of any kind
	operator
)

// token is a word or a sign of an action.
type token struct {
	kind     kind
	text     string
	at       int  // its offset in the template
	isSpaced bool // space or the beginning of the action is before it
}

// operators are what other languages have, and Go's templates, the longer ones first.
var operators = []string{"===", "!==", "==", "!=", "<=", ">=", "&&", "||", "??", ":=", "=>", "->"}

// tokenAt returns the token at the offset; one without a text for a quote that nothing closes.
func tokenAt(source string, at int, isOperand bool) token {
	rest := source[at:]
	t := token{at: at, isSpaced: at == 0 || isSpace(source[at-1])}
	first, size := utf8.DecodeRuneInString(rest)
	second, _ := utf8.DecodeRuneInString(rest[size:])
	switch {
	case first == '"' || first == '`' || first == '\'':
		t.kind, t.text = text, rest[:quoted(rest)]
		if t.text == "" && first == '\'' {
			t.kind, t.text = operator, "'"
		}
	case first == '$':
		t.kind, t.text = variable, rest[:1+wordLength(rest[1:])]
	case first == '.' && isLetter(second):
		t.kind, t.text = field, rest[:1+wordLength(rest[1:])]
	case isLetter(first):
		t.kind, t.text = word, rest[:wordLength(rest)]
	case isDigit(first), (first == '-' || first == '+') && isDigit(second) && (!isOperand || t.isSpaced), first == '.' && isDigit(second):
		t.kind, t.text = number, rest[:1+spanOf(rest[1:], func(r rune) bool { return r == '.' || isLetter(r) || isDigit(r) })]
	default:
		t.kind, t.text = operator, rest[:size]
		for _, long := range operators {
			if strings.HasPrefix(rest, long) {
				t.text = long
				break
			}
		}
	}
	return t
}

// quoted returns the length of the string at the start of a text, or 0 if it is not closed.
func quoted(source string) int {
	quote := source[0]
	for i := 1; i < len(source); i++ {
		switch c := source[i]; {
		case c == quote:
			return i + 1
		case quote != '`' && c == '\n':
			return 0
		case quote != '`' && c == '\\':
			i++
		}
	}
	return 0
}

// spanOf returns the length of the characters that a text begins with.
func spanOf(source string, isOf func(rune) bool) int {
	for i, r := range source {
		if !isOf(r) {
			return i
		}
	}
	return len(source)
}

func wordLength(source string) int {
	return spanOf(source, func(r rune) bool { return isLetter(r) || unicode.IsDigit(r) })
}

func isLetter(r rune) bool { return r == '_' || unicode.IsLetter(r) }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isSpace(c byte) bool { return strings.IndexByte(" \t\r\n", c) >= 0 }
