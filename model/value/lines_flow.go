package value

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// longestKey is how many bytes a key may have for the reader of lines; the YAML reader takes 1,024 characters.
const longestKey = 1000

// isKey tells whether a key of a block mapping begins here.
func (p *lineReader) isKey() bool {
	at, used := p.at, p.used
	isKey := p.key() != nil
	clear(p.nodes[used:p.used])
	p.at, p.used = at, used
	return isKey
}

// key reads a key of a block mapping and its colon.
func (p *lineReader) key() *yaml.Node {
	from := p.at
	if p.at == p.end {
		return nil
	}
	var n *yaml.Node
	if c := p.text[p.at]; c == '"' || c == '\'' {
		n = p.quoted()
	} else if rest := p.rest(); beginsPlain(rest) {
		n = p.plainKey(rest)
	}
	if n == nil || p.at-from > longestKey || p.at == p.end || p.text[p.at] != ':' {
		return nil
	}
	p.at++
	if p.at < p.end && p.text[p.at] != ' ' {
		return nil
	}
	return n
}

func (p *lineReader) plainKey(rest string) *yaml.Node {
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[i] == '#' && rest[i-1] == ' ':
			return nil
		case rest[i] == ':' && (i+1 == len(rest) || rest[i+1] == ' '):
			if rest[i-1] == ' ' {
				return nil
			}
			return p.plain(rest[:i])
		}
	}
	return nil
}

// beginsPlain tells whether a plain scalar begins with the text; some that do are left to the YAML reader.
func beginsPlain(text string) bool {
	c := text[0]
	switch {
	case c == '-':
		return len(text) > 1 && text[1] != ' '
	case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c >= utf8.RuneSelf:
		return true
	}
	return strings.IndexByte("_/$^()\\;.+~=<", c) >= 0
}

// quoted reads a scalar in quotes on this line; one with a backslash is left to the YAML reader.
func (p *lineReader) quoted() *yaml.Node {
	rest := p.rest()
	quote, style := rest[:1], yaml.DoubleQuotedStyle
	if quote == "'" {
		style = yaml.SingleQuotedStyle
	}
	end := 1
	for {
		n := strings.IndexByte(rest[end:], quote[0])
		if n < 0 {
			return nil
		}
		end += n + 1
		if quote == `"` || end == len(rest) || rest[end] != '\'' {
			break
		}
		end++
	}
	text := rest[1 : end-1]
	if quote == `"` && strings.IndexByte(text, '\\') >= 0 {
		return nil
	}
	n := p.node(yaml.ScalarNode)
	n.Style, n.Value = style, text
	if quote == "'" {
		n.Value = strings.ReplaceAll(text, "''", "'")
	}
	p.at += end
	return n
}

// flow reads a list or mapping in brackets on this line.
func (p *lineReader) flow() *yaml.Node {
	if p.depth++; p.depth > deepestLine {
		return nil
	}
	isList, closing, first := p.text[p.at] == '[', byte('}'), len(p.children)
	n := p.node(yaml.MappingNode)
	if n.Style = yaml.FlowStyle; isList {
		n.Kind, closing = yaml.SequenceNode, ']'
	}
	p.at++
	p.space()
	if p.at < p.end && p.text[p.at] == closing {
		p.at++
		p.depth--
		return n
	}
	for {
		if !isList && !p.flowKey() {
			return nil
		}
		child := p.flowValue()
		if child == nil {
			return nil
		}
		p.children = append(p.children, child)
		p.space()
		if p.at == p.end || p.text[p.at] != ',' && p.text[p.at] != closing {
			return nil
		}
		p.at++
		if p.text[p.at-1] == closing {
			break
		}
		p.space()
	}
	p.close(n, first)
	p.depth--
	return n
}

// flowKey reads a key of a flow mapping with its colon and the space behind it.
func (p *lineReader) flowKey() bool {
	from := p.at
	key := p.flowScalar()
	if key == nil || p.at-from > longestKey || !strings.HasPrefix(p.rest(), ": ") {
		return false
	}
	p.children = append(p.children, key)
	p.at += 2
	p.space()
	return true
}

// flowValue reads a value inside brackets.
func (p *lineReader) flowValue() *yaml.Node {
	if p.at < p.end && (p.text[p.at] == '[' || p.text[p.at] == '{') {
		return p.flow()
	}
	return p.flowScalar()
}

// flowScalar reads a scalar inside brackets, up to what cannot be part of it.
func (p *lineReader) flowScalar() *yaml.Node {
	rest := p.rest()
	if rest == "" {
		return nil
	}
	if rest[0] == '"' || rest[0] == '\'' {
		return p.quoted()
	}
	if !beginsPlain(rest) {
		return nil
	}
	for i := 1; i < len(rest); i++ {
		switch c := rest[i]; c {
		case ',', ']', '}':
			return p.plain(strings.TrimRight(rest[:i], " "))
		case ':':
			if i+1 == len(rest) || strings.IndexByte(",?[]{}", rest[i+1]) >= 0 {
				return nil
			}
			if rest[i+1] == ' ' {
				if rest[i-1] == ' ' {
					return nil
				}
				return p.plain(rest[:i])
			}
		case '[', '{', '#', '?':
			return nil
		}
	}
	return nil
}
