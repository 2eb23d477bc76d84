package generator

import "bytes"

// hasPlainNames reports whether no object of a valid JSON text has a name twice, without the tokens of package json, which
// take ten times as long. It returns false also where it cannot tell: a name with an escape may be written otherwise.
func hasPlainNames(content []byte) bool {
	var open []members // of the objects and lists around
	for i := 0; i < len(content); i++ {
		switch content[i] {
		case '{':
			open = append(open, members{isObject: true})
		case '[':
			open = append(open, members{})
		case '}', ']':
			open = open[:len(open)-1]
		case '"':
			text := stringAt(content[i+1:])
			i += 1 + len(text)
			if len(open) == 0 || !open[len(open)-1].isObject || !isNameBefore(content[i+1:]) {
				continue
			}
			if bytes.IndexByte(text, '\\') >= 0 || !open[len(open)-1].add(text) {
				return false
			}
		}
	}
	return true
}

// members are the names of an object, or nothing for a list.
type members struct {
	isObject bool
	first    [][]byte        // most objects have few
	more     map[string]bool // those beyond
}

// add reports whether the object has had no such name yet.
func (m *members) add(name []byte) bool {
	const few = 8
	for _, other := range m.first {
		if bytes.Equal(other, name) {
			return false
		}
	}
	switch {
	case len(m.first) < few:
		m.first = append(m.first, name)
		return true
	case m.more == nil:
		m.more = map[string]bool{}
	}
	isNew := !m.more[string(name)]
	m.more[string(name)] = true
	return isNew
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
