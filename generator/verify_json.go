package generator

import "bytes"

// hasPlainNames reports whether no object of a valid JSON text has a name twice, without the tokens of package json, which
// take ten times as long. It returns false also where it cannot tell: a name with an escape may be written otherwise.
func hasPlainNames(content []byte) bool {
	var open []map[string]bool // the names of each object around; nil in a list
	for i := 0; i < len(content); i++ {
		switch content[i] {
		case '{':
			open = append(open, map[string]bool{})
		case '[':
			open = append(open, nil)
		case '}', ']':
			open = open[:len(open)-1]
		case '"':
			text := stringAt(content[i+1:])
			i += 1 + len(text)
			if len(open) == 0 || open[len(open)-1] == nil || !isNameBefore(content[i+1:]) {
				continue
			}
			names := open[len(open)-1]
			if names[string(text)] || bytes.IndexByte(text, '\\') >= 0 {
				return false
			}
			names[string(text)] = true
		}
	}
	return true
}

// stringAt returns a string literal without its quotes, from behind the first one.
func stringAt(content []byte) []byte {
	for i := 0; i < len(content); i++ {
		switch content[i] {
		case '"':
			return content[:i]
		case '\\':
			i++
		}
	}
	return content
}

// isNameBefore reports whether a colon follows, over space.
func isNameBefore(rest []byte) bool {
	for _, c := range rest {
		switch c {
		case ' ', '\t', '\r', '\n':
		default:
			return c == ':'
		}
	}
	return false
}
