package python

import (
	"strings"
	"unicode/utf8"
)

// isPrefix reports whether the letters are a string prefix (Python reference, section 2.4.1). The t of Python 3.14 is
// one: in earlier releases it is a name, which cannot be followed by a string.
func isPrefix(letters string) bool {
	switch strings.ToLower(letters) {
	case "r", "u", "b", "f", "t", "rb", "br", "rf", "fr", "rt", "tr":
		return true
	}
	return false
}

// stringFrom scans the string whose quote is at the offset and whose prefix begins at s.at.
func (s *scanner) stringFrom(quote int) {
	q := s.text[quote]
	mark := s.text[quote : quote+1]
	if strings.HasPrefix(s.text[quote:], strings.Repeat(mark, 3)) {
		mark = s.text[quote : quote+3]
	}
	from := quote + len(mark)
	end := -1
scan:
	for i := from; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '\\':
			if i++; i < len(s.text) && strings.HasPrefix(s.text[i:], "\r\n") {
				i++
			}
		case c == q && strings.HasPrefix(s.text[i:], mark):
			end = i
			break scan
		case (c == '\n' || c == '\r') && len(mark) == 1:
			break scan
		}
	}
	if end < 0 {
		s.fail(s.at, "the string is not closed")
		return
	}
	if offset, msg := checkString(strings.ToLower(s.text[s.at:quote]), s.text[from:end]); msg != "" {
		s.fail(from+offset, msg)
		return
	}
	s.emit(String, end+len(mark))
}

// checkString returns what is wrong with the content between the quotes, and its offset.
func checkString(prefix, body string) (offset int, msg string) {
	isRaw := strings.Contains(prefix, "r")
	if strings.Contains(prefix, "b") {
		for i := range len(body) {
			if body[i] >= utf8.RuneSelf {
				return i, "a bytes literal can contain only ASCII characters"
			}
		}
	}
	if !isRaw && strings.IndexByte(body, '\\') >= 0 {
		if offset, msg := checkEscapes(body, strings.Contains(prefix, "b")); msg != "" {
			return offset, msg
		}
	}
	if strings.ContainsAny(prefix, "ft") && strings.ContainsAny(body, "{}") {
		if offset, msg := checkFields(body, isRaw, 0, nil); msg != "" {
			return offset, msg
		}
	}
	return 0, ""
}

// checkEscapes returns the first escape that has too few digits or represents no character.
func checkEscapes(body string, isBytes bool) (offset int, msg string) {
	for i := 0; i+1 < len(body); i++ {
		if body[i] != '\\' {
			continue
		}
		i++
		size := 0
		switch c := body[i]; {
		case c == 'x':
			size = 2
		case isBytes:
		case c == 'u':
			size = 4
		case c == 'U':
			size = 8
		case c == 'N':
			if end := strings.IndexByte(body[i:], '}'); end < 3 || body[i+1] != '{' {
				return i - 1, `the escape \N has no name in braces`
			}
		}
		value := 0
		for n := 1; n <= size; n++ {
			if i+n >= len(body) || strings.IndexByte("0123456789abcdef", lower(body[i+n])) < 0 {
				return i - 1, "an escape has too few digits"
			}
			value = value<<4 | strings.IndexByte("0123456789abcdef", lower(body[i+n]))
		}
		if value > utf8.MaxRune {
			return i - 1, "an escape is beyond U+10FFFF"
		}
	}
	return 0, ""
}

func lower(c byte) byte {
	if isLetter(c) {
		return c | 0x20
	}
	return c
}

// maxFields is how deep f-string fields may nest: one in the format of another.
const maxFields = 2

// checkFields checks the replacement fields of an f-string as Python 3.11 reads them, where strings end at the first
// quote of their own kind. depth is the number of format specifications around the text; such a text ends before the
// brace that closes the field. It returns where the text ends, or the position of a fault. found, if not nil, is called
// with the position of each field.
func checkFields(body string, isRaw bool, depth int, found func(from, to int)) (end int, msg string) {
	for i := 0; i < len(body); i++ {
		c := body[i]
		if c == '\\' && !isRaw && i+1 < len(body) {
			i++
			c = body[i]
			if c == 'N' && strings.HasPrefix(body[i+1:], "{") {
				i += max(strings.IndexByte(body[i:], '}'), 1)
				continue
			}
		}
		switch {
		case depth == 0 && (strings.HasPrefix(body[i:], "{{") || strings.HasPrefix(body[i:], "}}")):
			i++
		case c == '}' && depth > 0:
			return i, ""
		case c == '}':
			return i, "a single } in an f-string: write }}"
		case c == '{' && depth == maxFields:
			return i, "fields of an f-string are nested too deep"
		case c == '{':
			end, msg := checkField(body[i+1:], isRaw, depth)
			if msg != "" {
				return i + 1 + end, msg
			}
			if found != nil {
				found(i, i+2+end)
			}
			i += 1 + end
		}
	}
	return len(body), ""
}

// checkField checks a field from after its opening brace, and returns the offset of the closing one.
func checkField(body string, isRaw bool, depth int) (end int, msg string) {
	end, msg = expressionEnd(body)
	expression := body[:end]
	if strings.TrimSpace(expression) == "" {
		return 0, "a field of an f-string is empty"
	}
	if msg != "" {
		return end, msg
	}
	if err := checkExpression(expression); err != nil {
		return 0, "in a field of an f-string, " + err.Msg
	}
	if end < len(body) && body[end] == '=' {
		end++
		for end < len(body) && (body[end] == ' ' || body[end] == '\t' || body[end] == '\f' || breakSize(body[end:]) > 0) {
			end++
		}
	}
	if end < len(body) && body[end] == '!' {
		if end++; end == len(body) || strings.IndexByte("sra", body[end]) < 0 {
			return min(end, len(body)), "a field of an f-string needs s, r or a after its !"
		}
		end++
	}
	if end < len(body) && body[end] == ':' {
		size, msg := checkFields(body[end+1:], isRaw, depth+1, nil)
		if end += 1 + size; msg != "" {
			return end, msg
		}
	}
	if end >= len(body) || body[end] != '}' {
		return min(end, len(body)), unclosedField
	}
	return end, ""
}

const unclosedField = "a field of an f-string is not closed: quotes inside it must differ from those of the string"

// checkExpression checks the tokens of a field like CPython: as if in brackets.
func checkExpression(expression string) *Error {
	return Scan("("+expression+")", func(Token) {})
}

// expressionEnd returns where the expression of a field ends: before a !, :, = or } outside brackets and strings.
func expressionEnd(body string) (end int, msg string) {
	depth := 0
	quote := ""
	for i := 0; i < len(body); i++ {
		c := body[i]
		switch {
		case c == '\\':
			return i, "a field of an f-string contains a backslash, which Python 3.11 cannot read"
		case quote != "":
			if strings.HasPrefix(body[i:], quote) {
				i += len(quote) - 1
				quote = ""
			}
		case c == '"' || c == '\'':
			if quote = string(c); strings.HasPrefix(body[i:], strings.Repeat(quote, 3)) {
				quote = body[i : i+3]
				i += 2
			}
		case c == '#':
			return i, "a field of an f-string contains a comment"
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case depth > 0 && strings.IndexByte(")]}", c) >= 0:
			depth--
		case c == ')' || c == ']':
			return i, "unmatched closing bracket " + string(c)
		case depth > 0:
		case strings.IndexByte("!=<>", c) >= 0 && strings.HasPrefix(body[i+1:], "="):
			i++
		case strings.IndexByte("!:=}", c) >= 0:
			return i, ""
		}
	}
	return len(body), unclosedField
}
