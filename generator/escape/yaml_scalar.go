package escape

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSimpleKey is the maximum length in bytes of a key that is not written as `? key`: readers look for the colon of a
// simple key within 1,024 characters (YAML 1.2.2, section 7.4.2).
const maxSimpleKey = 1000

// Classes of ASCII characters in a plain scalar.
const (
	anywhere   = 1 << iota // allowed in a plain scalar in block style
	first                  // allowed as its first character, if no number, date or indicator begins with it
	inFlow                 // allowed in a plain scalar in flow style
	asIs                   // allowed in double quotes without an escape
	singleSafe             // allowed in single quotes, except for the quote itself
)

var yamlClass = func() (class [utf8.RuneSelf]uint8) {
	for c := range class {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if c >= ' ' && c <= '~' {
			class[c] |= anywhere | inFlow | asIs | singleSafe
		}
		if letter || strings.ContainsRune("_/$(^;", rune(c)) {
			class[c] |= first
		}
		if strings.ContainsRune(",[]{}:?", rune(c)) {
			class[c] &^= inFlow
		}
		if c == '"' || c == '\\' {
			class[c] &^= asIs
		}
	}
	return class
}()

// isPlain reports whether s without quotes is read as the same string, by both YAML 1.1 and 1.2. It is a single pass.
func isPlain(s string, flow bool) bool {
	if s == "" || len(s) <= 5 && isReserved(s) {
		return false
	}
	allowed := uint8(anywhere)
	if flow {
		allowed = inFlow
	}
	if c := s[0]; c < utf8.RuneSelf && yamlClass[c]&first == 0 {
		return isVersion(s)
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			edge := i == 0 || i+size == len(s)
			if r == utf8.RuneError || !visible(r) || edge && !unicode.IsPrint(r) {
				return false
			}
			i += size - 1
			continue
		}
		switch {
		case yamlClass[c]&allowed == 0,
			c == ':' && (i+1 == len(s) || s[i+1] == ' '),
			c == '#' && s[i-1] == ' ',
			c == ' ' && i+1 == len(s):
			return false
		}
	}
	return true
}

// isVersion reports whether s consists of numbers separated by at least two dots, like 3.1.0: no reader reads that as a
// number.
func isVersion(s string) bool {
	dots := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.' && i > 0 && s[i-1] != '.' && i+1 < len(s):
			dots++
		case c < '0' || c > '9':
			return false
		}
	}
	return dots >= 2
}

// isReserved reports whether some YAML reader reads the word as a boolean or null.
func isReserved(s string) bool {
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return true
	}
	return false
}

// appendScalar appends the string on one line: plain, else in single quotes, else in double quotes.
func appendScalar(b []byte, s string, flow bool) []byte {
	if isPlain(s, flow) {
		return append(b, s...)
	}
	single, quotes, escapes := true, 0, 0
	for _, r := range s {
		switch {
		case r >= utf8.RuneSelf:
			single = single && r != utf8.RuneError && visible(r)
		case r == '\'':
			quotes++
		default:
			single = single && yamlClass[r]&singleSafe != 0
			if yamlClass[r]&asIs == 0 {
				escapes++
			}
		}
	}
	if !single || quotes > 0 && escapes == 0 {
		return appendDouble(b, s)
	}
	b = append(b, '\'')
	if quotes == 0 {
		b = append(b, s...)
	} else {
		b = append(b, strings.ReplaceAll(s, "'", "''")...)
	}
	return append(b, '\'')
}

func appendDouble(b []byte, s string) []byte {
	b = append(b, '"')
	b = appendEscapes(b, s)
	return append(b, '"')
}

// appendEscapes appends the string as the content of double quotes (YAML 1.2.2, section 5.7). An invalid byte becomes
// U+FFFD.
func appendEscapes(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		c, size := rune(s[i]), 1
		if c < utf8.RuneSelf {
			if yamlClass[c]&asIs != 0 {
				i++
				continue
			}
		} else {
			c, size = utf8.DecodeRuneInString(s[i:])
			if visible(c) && (c != utf8.RuneError || size > 1) {
				i += size
				continue
			}
		}
		b = appendEscape(append(b, s[from:i]...), c)
		i += size
		from = i
	}
	return append(b, s[from:]...)
}

func appendEscape(b []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(b, '\\', byte(r))
	case '\n':
		return append(b, '\\', 'n')
	case '\t':
		return append(b, '\\', 't')
	case '\r':
		return append(b, '\\', 'r')
	case utf8.RuneError:
		return utf8.AppendRune(b, r)
	}
	switch {
	case r <= 0xff:
		return appendHex(append(b, '\\', 'x'), r, 2)
	case r <= 0xffff:
		return appendHex(append(b, '\\', 'u'), r, 4)
	}
	return appendHex(append(b, '\\', 'U'), r, 8)
}

// yamlNumber returns a JSON number in a spelling that YAML 1.1 and 1.2 both read as that number: 1.1 requires a point
// and a sign with every exponent.
func yamlNumber(text string) string {
	e := strings.IndexAny(text, "eE")
	if e < 0 {
		return text
	}
	mantissa, exponent := text[:e], text[e+1:]
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	if exponent[0] != '-' && exponent[0] != '+' {
		exponent = "+" + exponent
	}
	return mantissa + "e" + exponent
}
