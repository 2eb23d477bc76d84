package escape

import "unicode/utf8"

// WriteJSON returns any value as JSON on one line, with ", " and ": " as separators, members in order and numbers with
// their digits. It escapes what RFC 8259 requires and what is invisible, and nothing else. It errs if JSON cannot
// represent the value.
func WriteJSON(v any) (string, error) {
	lowered, err := lower(v)
	if err != nil {
		return "", err
	}
	b, err := jsonNotation.append(nil, lowered)
	return string(b), err
}

var jsonNotation = notation{null: "null", yes: "true", no: "false", number: appendNumber, text: appendJSONString, key: appendJSONString, colon: ": "}

func appendJSONString(b []byte, s string) []byte {
	return append(appendJSONEscapes(append(b, '"'), s), '"')
}

// appendJSONEscapes appends the content of quotes. An invalid byte becomes U+FFFD.
func appendJSONEscapes(b []byte, s string) []byte {
	return appendEscaped(b, s, func(b []byte, r rune) []byte {
		high, low := 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff
		return appendHex(append(appendHex(append(b, '\\', 'u'), high, 4), '\\', 'u'), low, 4)
	})
}

// appendEscaped appends the string with the escapes that JSON and TOML share; beyond appends an invisible character
// above U+FFFF. An invalid byte becomes U+FFFD.
func appendEscaped(b []byte, s string, beyond func(b []byte, r rune) []byte) []byte {
	for i, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r >= ' ' && r <= '~':
			b = append(b, s[i])
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\t':
			b = append(b, '\\', 't')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == utf8.RuneError || r > '~' && visible(r):
			b = utf8.AppendRune(b, r)
		case r > 0xffff:
			b = beyond(b, r)
		default:
			b = appendHex(append(b, '\\', 'u'), r, 4)
		}
	}
	return b
}
