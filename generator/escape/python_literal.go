package escape

import (
	"bytes"
	"fmt"
	"math/big"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/firestoned/firestone/generator/python"
	"github.com/firestoned/firestone/model/value"
)

// pythonNotation writes expressions. A number keeps its digits, as far as Python reads them.
var pythonNotation = notation{null: "None", yes: "True", no: "False", number: appendPythonNumber, text: appendPythonString, key: appendPythonString, colon: ": "}

// appendPythonNumber appends the number unchanged, except that Python rejects decimal integers of more than 4,300
// digits, so those are written in base 16.
func appendPythonNumber(b []byte, text string) ([]byte, error) {
	if len(text) > 4300 && isNumber(text) && !strings.ContainsAny(text, ".eE") {
		if n, ok := new(big.Int).SetString(text, 10); ok {
			return fmt.Appendf(b, "%#x", n), nil
		}
	}
	return appendNumber(b, text)
}

// appendPythonString appends a string literal in double quotes, or in single ones if that saves escapes.
func appendPythonString(b []byte, s string) []byte {
	quote := byte('"')
	if strings.Count(s, `"`) > strings.Count(s, "'") {
		quote = '\''
	}
	return append(appendPythonEscapes(append(b, quote), s, quote), quote)
}

// pythonLiteral returns a string literal, as an action writes it.
func pythonLiteral(s string) string {
	b := make([]byte, 0, len(s)+8)
	return string(append(appendPythonString(append(b, markOpen, byte(python.Literal)), s), markClose))
}

// pythonName returns an identifier, as an action writes it.
func pythonName(s string) *Source {
	return markedSource(marked(python.Identifier, PythonIdent(s)), lines)
}

// appendPythonQuoted appends the content of a string: with the escapes for its quotes, doubled braces in an f-string,
// and unchanged line breaks in a triple-quoted string.
func appendPythonQuoted(b []byte, s string, place python.Place) []byte {
	quote := place.Quotes()[0]
	if !place.IsTriple() && !(place.IsFormatted() && strings.ContainsAny(s, "{}")) {
		return appendPythonEscapes(b, s, quote)
	}
	from := 0
	for i := range len(s) {
		c := s[i]
		isBrace := place.IsFormatted() && (c == '{' || c == '}')
		isPlain := place.IsTriple() && (c == '\n' || c == quote && isAlone(s, i))
		if !isBrace && !isPlain {
			continue
		}
		b = append(appendPythonEscapes(b, s[from:i], quote), c)
		if isBrace {
			b = append(b, c)
		}
		from = i + 1
	}
	return appendPythonEscapes(b, s[from:], quote)
}

// isAlone reports whether a quote is surrounded by other characters in the string, so that it cannot be part of the end
// of a triple-quoted string.
func isAlone(s string, i int) bool {
	return i > 0 && i+1 < len(s) && s[i-1] != s[i] && s[i+1] != s[i]
}

// appendPythonEscapes appends the content of a plain literal with that quote (Python reference, section 2.4.1). An
// invalid byte becomes U+FFFD.
func appendPythonEscapes(b []byte, s string, quote byte) []byte {
	from := 0
	for i := 0; i < len(s); {
		c, size := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case c == rune(quote) || c == '\\':
			b = append(append(b, s[from:i]...), '\\', byte(c))
		case c >= ' ' && c <= '~' || c > '~' && visible(c) && (c != utf8.RuneError || size > 1):
			i += size
			continue
		default:
			b = appendPythonEscape(append(b, s[from:i]...), c)
		}
		i += size
		from = i
	}
	return append(b, s[from:]...)
}

// appendPythonEscape appends the escape for a character, with lower-case hexadecimal digits like Python's formatters.
func appendPythonEscape(b []byte, r rune) []byte {
	from := len(b)
	b = appendEscape(b, r)
	if len(b)-from > 2 && b[from] == '\\' {
		copy(b[from+2:], bytes.ToLower(b[from+2:]))
	}
	return b
}

// appendPythonBlock appends the value as lines: a list or dict with one element per line, each followed by a comma, the
// first line at the end of b and the others in the given column.
func appendPythonBlock(b []byte, v *value.Value, col int) (_ []byte, err error) {
	if len(v.Items) == 0 && len(v.Members) == 0 {
		return pythonNotation.append(b, v)
	}
	ends := "[]"
	if v.Kind == value.KindObject {
		ends = "{}"
	}
	b = append(b, ends[0])
	for _, item := range v.Items {
		if b, err = appendPythonBlock(appendBreak(b, col+4), item, col+4); err != nil {
			return nil, err
		}
		b = append(b, ',')
	}
	for _, m := range v.Members {
		b = append(appendPythonString(appendBreak(b, col+4), m.Name), ": "...)
		if b, err = appendPythonBlock(b, m.Value, col+4); err != nil {
			return nil, err
		}
		b = append(b, ',')
	}
	return append(appendBreak(b, col), ends[1]), nil
}

// PythonIdent returns a Python identifier for the string, normalised like Python does itself (NFKC): invalid characters
// become "_", a leading digit is preceded by "_", a keyword is followed by one, and the empty string is "_". "list
// items" is list_items, "class" class_, "2nd" _2nd.
func PythonIdent(s string) string {
	if isASCII(s) && python.IsIdentifier(s) && s != "__debug__" {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFKC.String(s) {
		switch {
		case python.IsIdentifierPart(r):
			if b.Len() == 0 && !python.IsIdentifierStart(r) {
				b.WriteByte('_')
			}
			b.WriteRune(r)
		default:
			b.WriteByte('_')
		}
	}
	name := b.String()
	if name == "" {
		return "_"
	}
	if python.IsKeyword(name) || name == "__debug__" { // which cannot be assigned
		return name + "_"
	}
	return name
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
