package escape

import (
	"strings"
	"unicode/utf8"
)

// IsSimpleYAML reports whether the text is one YAML document in a small subset of the language: block mappings and
// lists, plain or quoted scalars on one line, block scalars, flow collections on one line, comments on lines of their
// own; without duplicate keys, anchors or aliases. The output of this package's YAML writers is in this subset: a
// change to one of them is a change to both. false says nothing about the text, which a full parser has to check.
func IsSimpleYAML(content []byte) bool {
	const long = 1 << 18 // from here on, two processors are faster than one
	printable := make(chan bool, 1)
	if len(content) < long {
		printable <- isPrintableYAML(content)
	} else {
		go func() { printable <- isPrintableYAML(content) }()
	}
	p := &simpleReader{rest: string(content)}
	for p.rest != "" {
		if !p.line() {
			return false
		}
	}
	return len(p.stack) > 0 && <-printable
}

// isPrintableYAML reports whether the text contains, apart from line feeds, only characters that every YAML reader
// reads unchanged. Tabs and carriage returns are not among them, because their rules are complicated.
func isPrintableYAML(content []byte) bool {
	for i := 0; i < len(content); i++ {
		c := content[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRune(content[i:])
			if r == utf8.RuneError || r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff || r&0xfffe == 0xfffe {
				return false
			}
			i += size - 1
		} else if c < ' ' && c != '\n' || c == 0x7f {
			return false
		}
	}
	return true
}

// maxSimpleDepth is how deeply collections may nest; the parser accepts far more.
const maxSimpleDepth = 100

// simpleReader reads such a document line by line.
type simpleReader struct {
	rest  string
	stack []*openBlock
	spare []*openBlock // closed ones, for reuse
	open  bool         // the last entry of the innermost collection has no value yet
}

// openBlock is an open collection in block style.
type openBlock struct {
	indent int
	isMap  bool
	keys   keySet
}

// line reads one entry with its content, or a comment or an empty line.
func (p *simpleReader) line() bool {
	line := p.next()
	indent := indentOf(line)
	body := line[indent:]
	if body == "" || body[0] == '#' {
		return true
	}
	if body[len(body)-1] == ' ' {
		return false
	}
	for {
		isItem := body == "-" || strings.HasPrefix(body, "- ")
		name, after, isKey := "", "", false
		if !isItem {
			name, after, isKey = readKey(body)
		}
		if !isItem && !isKey {
			return p.readBareValue(body, indent)
		}
		if !p.enter(indent, isKey) {
			return false
		}
		if isKey && !p.top().keys.add(name) {
			return false
		}
		if isItem {
			after = body[1:]
		}
		value := strings.TrimLeft(after, " ")
		if value == "" {
			p.open = true
			return true
		}
		if isItem && startsBlock(value) {
			p.open = true
			indent += len(body) - len(value)
			body = value
			continue
		}
		return p.value(value, indent)
	}
}

// readBareValue reads a value on a line of its own, below its key or dash.
func (p *simpleReader) readBareValue(text string, indent int) bool {
	if !p.open || indent <= p.top().indent {
		return false
	}
	p.open = false
	return text[0] != '|' && text[0] != '>' && p.value(text, indent)
}

// startsBlock reports whether what follows a dash is an item or a key.
func startsBlock(body string) bool {
	if body == "-" || strings.HasPrefix(body, "- ") {
		return true
	}
	_, _, isKey := readKey(body)
	return isKey
}

func (p *simpleReader) next() string {
	line, rest, _ := strings.Cut(p.rest, "\n")
	p.rest = rest
	return line
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

func (p *simpleReader) top() *openBlock { return p.stack[len(p.stack)-1] }

func (p *simpleReader) push(indent int, isMap bool) {
	var b *openBlock
	if n := len(p.spare); n > 0 {
		b, p.spare = p.spare[n-1], p.spare[:n-1]
	} else {
		b = &openBlock{}
	}
	b.indent, b.isMap = indent, isMap
	b.keys.few, b.keys.many = b.keys.few[:0], nil
	p.stack = append(p.stack, b)
}

func (p *simpleReader) pop() {
	p.spare = append(p.spare, p.top())
	p.stack = p.stack[:len(p.stack)-1]
}

// enter finds or opens the collection of an entry at the indentation.
func (p *simpleReader) enter(indent int, isMap bool) bool {
	if len(p.stack) == 0 {
		p.push(indent, isMap)
		return indent == 0
	}
	opens := p.open && (indent > p.top().indent || indent == p.top().indent && p.top().isMap && !isMap)
	p.open = false
	if opens {
		p.push(indent, isMap)
		return len(p.stack) < maxSimpleDepth
	}
	for len(p.stack) > 1 && p.top().indent > indent {
		p.pop()
	}
	// A list may have the same indentation as the mapping that contains it.
	if n := len(p.stack); isMap && !p.top().isMap && n > 1 && p.top().indent == indent && p.stack[n-2].indent == indent {
		p.pop()
	}
	return p.top().indent == indent && p.top().isMap == isMap
}

// value reads the value of an entry up to the end of its line, or of its block scalar.
func (p *simpleReader) value(text string, indent int) bool {
	switch text[0] {
	case '|', '>':
		return p.blockScalar(text, indent)
	case '"', '\'', '[', '{':
		rest, ok := readFlow(text, 0)
		return ok && rest == ""
	}
	return isPlainScalar(text)
}

// blockScalar reads a block scalar whose entry has the given indentation.
func (p *simpleReader) blockScalar(header string, indent int) bool {
	content := 0
	for i := 1; i < len(header); i++ {
		switch c := header[i]; {
		case i > 2:
			return false
		case '1' <= c && c <= '9' && content == 0:
			content = indent + int(c-'0')
		case c != '+' && c != '-' || i == 2 && content == 0:
			return false
		}
	}
	for p.rest != "" {
		before := p.rest
		line := p.next()
		at := indentOf(line)
		switch {
		case line == "":
		case content == 0 && at == len(line):
			return false // leading spaces before the first line, which readers treat differently
		case content == 0 && at > indent:
			content = at
		case at < len(line) && at < max(content, indent+1):
			p.rest = before
			return true
		}
	}
	return true
}

// readKey reads a key and its colon, and returns its text and the rest.
func readKey(text string) (name, rest string, ok bool) {
	switch text[0] {
	case '"', '\'':
		name, rest, ok = readQuoted(text)
		if !ok || len(text)-len(rest) > maxSimpleKey || rest == "" || rest[0] != ':' {
			return "", "", false
		}
		rest = rest[1:]
		return name, rest, rest == "" || rest[0] == ' '
	case '.', '-':
		return "", "", false
	}
	for i := 0; i < min(len(text), maxSimpleKey); i++ {
		if text[i] == ':' && (i+1 == len(text) || text[i+1] == ' ') {
			return text[:i], text[i+1:], isPlainScalar(text[:i])
		}
	}
	return "", "", false
}

// isPlainScalar reports whether every reader reads a text as a plain scalar outside flow collections.
func isPlainScalar(text string) bool {
	if !beginsPlain(text) || text[len(text)-1] == ' ' {
		return false
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case ':':
			if i+1 == len(text) || text[i+1] == ' ' {
				return false
			}
		case '#':
			if text[i-1] == ' ' {
				return false
			}
		}
	}
	return true
}

// beginsPlain reports whether a plain scalar may begin like this; some valid ones are left to the parser.
func beginsPlain(text string) bool {
	if text == "" {
		return false
	}
	c := text[0]
	if c == '-' {
		return len(text) > 1 && isWord(text[1])
	}
	return isWord(c) || c >= utf8.RuneSelf || strings.IndexByte("/$^()\\;", c) >= 0
}

func isWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// keySet is the set of keys of one mapping.
type keySet struct {
	few  []string
	many map[string]bool
}

// add returns false if the key exists already.
func (s *keySet) add(key string) bool {
	const few = 24
	if s.many == nil {
		for _, other := range s.few {
			if other == key {
				return false
			}
		}
		if s.few = append(s.few, key); len(s.few) > few {
			s.many = map[string]bool{}
			for _, other := range s.few {
				s.many[other] = true
			}
		}
		return true
	}
	if s.many[key] {
		return false
	}
	s.many[key] = true
	return true
}
