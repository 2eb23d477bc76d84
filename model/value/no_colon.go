package value

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// noColon returns the problem of a line above a byte that should be a key with a value but has no colon and space after
// the key: YAML reads such a line as text that continues on the lines below, and finds the error only there.
func (s *source) noColon(at int) (Problem, bool) {
	found, text := -1, ""
	from, _ := s.line(at)
	indent := len(indentOf(s.text[from:at]))
	for {
		line, start := s.above(from)
		if line == nil {
			break
		}
		from = start
		words := bytes.TrimPrefix(bytes.TrimLeft(line, " "), []byte("- "))
		own := len(line) - len(words) // where the words begin, after the - of an item
		if own > indent || !isWords(words) {
			if hasText(words) && own < indent {
				return Problem{}, false // the words go on a text that is a value
			}
			break
		}
		found, text, indent = start+own, string(words), own
	}
	if found < 0 {
		return Problem{}, false
	}
	p := Problem{Code: InvalidYAML, Pos: s.pos(found), Msg: inQuotes(Shorten(text)) + ` has no ":" after the key`, Hint: withColon(text)}
	if key, _ := splitKey(text); key != "" && strings.HasPrefix(text, key+":") {
		p.Msg = inQuotes(Shorten(text)) + ` has no space after the ":"`
		if odd := oddSpace().FindStringSubmatch(text[len(key)+1:]); odd != nil {
			p.Msg = fmt.Sprintf(`%s has U+%04X after the ":", which is not a regular space`, inQuotes(Shorten(text)), []rune(odd[1])[0])
		}
	}
	if said, hint := foreign(text); said != "" {
		p.Msg, p.Hint = said, hint
	}
	return p, true
}

// foreign explains a line that begins with a comment, a separator or a list item of other languages or of typography.
func foreign(text string) (msg, hint string) {
	if strings.Trim(text, "-") == "" {
		return inQuotes(text) + " does not separate documents", `write "---", or remove it`
	}
	for _, mark := range []string{"//", "/*", "--", ";", "<!--"} {
		if rest, ok := strings.CutPrefix(text, mark); ok {
			rest = strings.Trim(strings.TrimSuffix(strings.TrimSuffix(rest, "*/"), "-->"), " /*-;")
			return inQuotes(mark) + " begins no comment here", "write " + inQuotes("# "+Shorten(rest))
		}
	}
	for _, bullet := range []string{"–", "—", "•", "‣", "·"} {
		if rest, ok := strings.CutPrefix(text, bullet); ok {
			return inQuotes(bullet) + " begins no item of a list", "write " + inQuotes("- "+Shorten(strings.TrimSpace(rest)))
		}
	}
	return "", ""
}

// withColon says how a line is written that has a key without a colon.
func withColon(text string) string {
	key, value := splitKey(text)
	if item, ok := strings.CutPrefix(text, "-"); ok {
		return "write " + inQuotes("- "+strings.TrimSpace(Shorten(item)))
	}
	if key == "" || len(strings.Fields(value)) > 1 {
		return `put a ":" and a space after the key, or quote the text`
	}
	return "write " + inQuotes(strings.TrimSpace(key+": "+Shorten(value)))
}

// inQuotes puts quotes around a text that may have some.
func inQuotes(text string) string {
	if strings.Contains(text, `"`) {
		return "`" + text + "`"
	}
	return `"` + text + `"`
}

// above returns the nearest line above one that begins at that byte, without a comment, and where it begins. Blank lines and
// comments are passed over; there is none where the document begins.
func (s *source) above(from int) (line []byte, start int) {
	for from > 0 {
		begin, end := s.line(from - 1)
		if begin == end && from-1 > 0 && s.text[from-1] == '\n' && s.text[from-2] == '\r' {
			begin, end = s.line(from - 2)
		}
		from = begin
		line := comment.ReplaceAll(s.text[begin:end], nil)
		switch trimmed := bytes.TrimSpace(line); {
		case len(trimmed) == 0:
		case bytes.HasPrefix(trimmed, []byte("---")), trimmed[0] == '%':
			return nil, 0
		default:
			return bytes.TrimRight(line, " \t"), begin
		}
	}
	return nil, 0
}

var comment = regexp.MustCompile(`(^|[ \t])#.*$`)

func indentOf(line []byte) []byte { return line[:len(line)-len(bytes.TrimLeft(line, " "))] }

// isWords reports whether YAML reads the rest of a line as plain text, without a key.
func isWords(text []byte) bool {
	return len(text) > 0 && !bytes.Contains(text, []byte(": ")) && text[len(text)-1] != ':' &&
		bytes.IndexByte([]byte("\"'[]{},|>&*!%@`?"), text[0]) < 0 && !bytes.HasPrefix(text, []byte("- "))
}

// hasText reports whether a line ends with plain text after a key, which the lines below may continue.
func hasText(text []byte) bool {
	_, value, ok := bytes.Cut(text, []byte(": "))
	value = bytes.TrimSpace(value)
	return ok && len(value) > 0 && bytes.IndexByte([]byte("\"'[{|>&*!"), value[0]) < 0
}

var keyed = Expression(`^([\pL_$][\w$-]*)(?:[:：]|\s*=\s*|\s+|$)(.*)$`)

// splitKey returns the key and the value that a text without a colon most likely has: kind and book for "kind book".
func splitKey(text string) (key, value string) {
	m := keyed().FindStringSubmatch(text)
	if m == nil || strings.HasPrefix(m[2], "//") {
		return "", ""
	}
	return m[1], strings.TrimSpace(strings.TrimLeft(m[2], ":： \u00A0"))
}

// KeyWithoutColon returns the known key at the start of a name that has swallowed its value, because there is no colon
// or no space after the key, and a hint; or "".
func KeyWithoutColon(word string, isKnown func(key string) bool) (key, hint string) {
	key, value := splitKey(word)
	if value == "" || !isKnown(key) {
		return "", ""
	}
	if strings.ContainsAny(value, "{[") {
		return key, `put a ":" and a space after "` + key + `"`
	}
	return key, withColon(word)
}
