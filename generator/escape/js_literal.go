package escape

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/firestoned/firestone/generator/python"
	"github.com/firestoned/firestone/model/value"
)

// scriptReserved are the words that cannot be declared names: those reserved by ECMAScript and TypeScript in a module,
// and those that a declaration would shadow or that could be misread.
var scriptReserved = []string{
	"Infinity", "NaN", "any", "arguments", "await", "bigint", "boolean", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete",
	"do", "else", "enum", "eval", "export", "extends", "false", "finally", "for", "function", "get", "if", "implements", "import", "in", "instanceof", "interface",
	"let", "never", "new", "null", "number", "object", "package", "private", "protected", "public", "return", "set", "static", "string", "super", "switch",
	"symbol", "this", "throw", "true", "try", "typeof", "undefined", "unknown", "var", "void", "while", "with", "yield",
}

// isScriptIdentifier reports whether the text is an ECMAScript identifier or a reserved word.
func isScriptIdentifier(text string) bool {
	for i, r := range text {
		if r != '$' && !python.IsIdentifierPart(r) || i == 0 && r != '$' && !python.IsIdentifierStart(r) {
			return false
		}
	}
	return text != ""
}

// ScriptIdent returns a TypeScript and JavaScript identifier for the string: characters other than letters, digits, _
// and $ become "_", a leading digit is preceded by "_", a reserved word is followed by one, and the empty string is
// "_". "list items" is list_items, "class" class_, "2nd" _2nd. Names that Unicode normalises (NFKC) to the same name
// become the same.
func ScriptIdent(s string) string {
	if !isASCII(s) || !isScriptIdentifier(s) {
		var b strings.Builder
		for _, r := range norm.NFKC.String(s) {
			switch {
			case r == '$' || python.IsIdentifierPart(r):
				if b.Len() == 0 && r != '$' && !python.IsIdentifierStart(r) {
					b.WriteByte('_')
				}
				b.WriteRune(r)
			default:
				b.WriteByte('_')
			}
		}
		if s = b.String(); s == "" {
			return "_"
		}
	}
	if slices.Contains(scriptReserved, s) {
		return s + "_"
	}
	return s
}

// appendScript appends the value as a literal. A number is rounded at run time, as by JSON.parse.
func appendScript(b []byte, v *value.Value) (_ []byte, err error) {
	switch v.Kind {
	case value.KindNull:
		return append(b, "null"...), nil
	case value.KindBool:
		return appendTruth(b, v, "true", "false")
	case value.KindNumber:
		if !isNumber(v.Text) {
			return nil, value.Problem{Msg: fmt.Sprintf("%q is not a number", v.Text)}
		}
		return append(b, v.Text...), nil
	case value.KindString:
		return appendScriptString(b, v.Text), nil
	case value.KindArray:
		b = append(b, '[')
		for i, item := range v.Items {
			if i > 0 {
				b = append(b, ", "...)
			}
			if b, err = appendScript(b, item); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	}
	if len(v.Members) == 0 {
		return append(b, "{}"...), nil
	}
	b = append(b, "{ "...)
	for i, m := range v.Members {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(appendScriptKey(b, m.Name), ": "...)
		if b, err = appendScript(b, m.Value); err != nil {
			return nil, err
		}
	}
	return append(b, " }"...), nil
}

// appendScriptKey appends the name of a property: bare if every reader accepts that, else in quotes. In an object
// literal, __proto__ sets the prototype unless it is in brackets.
func appendScriptKey(b []byte, name string) []byte {
	switch {
	case name == "__proto__":
		return append(b, `["__proto__"]`...)
	case isASCII(name) && isScriptIdentifier(name):
		return append(b, name...)
	}
	return appendScriptString(b, name)
}

// appendScriptString appends a string literal in double quotes, or in single ones if that saves escapes.
func appendScriptString(b []byte, s string) []byte {
	quote := byte('"')
	if strings.Count(s, `"`) > strings.Count(s, "'") {
		quote = '\''
	}
	return append(appendScriptEscapes(append(b, quote), s, quote, 0), quote)
}

// appendScriptEscapes appends the content of a string or template literal with that quote (ECMA-262, section 12.9.4),
// after the given character. An invalid byte becomes U+FFFD. It also escapes what would end a script in HTML and, in a
// template literal, what would begin a substitution, including together with the following text.
func appendScriptEscapes(b []byte, s string, quote, before byte) []byte {
	for i, r := range s {
		next := byte(0) // the next character, which may be in the following text
		if i+1 < len(s) {
			next = s[i+1]
		}
		switch {
		case r == rune(quote) || r == '\\':
			b = append(b, '\\', byte(r))
		case before == '<' && (r == '/' || r == '!'):
			b = append(b, '\\', byte(r))
		case quote == '`' && (before == '$' && r == '{' && i == 0 || r == '$' && (next == '{' || next == 0)):
			b = append(b, '\\', byte(r))
		case r == '<' && next == 0:
			b = append(b, `\x3C`...)
		case r >= ' ' && r <= '~':
			b = append(b, byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\t':
			b = append(b, '\\', 't')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == utf8.RuneError || r > '~' && visible(r):
			b = utf8.AppendRune(b, r)
		case r > 0xffff:
			high, low := 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff
			b = appendHex(append(appendHex(append(b, '\\', 'u'), high, 4), '\\', 'u'), low, 4)
		case r < 0x100:
			b = appendHex(append(b, '\\', 'x'), r, 2)
		default:
			b = appendHex(append(b, '\\', 'u'), r, 4)
		}
		before = byte(min(r, utf8.RuneSelf))
	}
	return b
}
