package escape

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/firestoned/firestone/generator/python"
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

// scriptNotation writes literals. A number is rounded at run time, as by JSON.parse.
var scriptNotation = notation{
	null: "null", yes: "true", no: "false", number: appendNumber, text: appendScriptString, key: appendScriptKey, colon: ": ", padding: " ",
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
		case quote == '`' && r == '$' && (next == '{' || next == 0):
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
