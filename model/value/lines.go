package value

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Definitions are mostly written in a small part of YAML: block mappings and lists, flow collections and scalars on one
// line, comments. lineReader makes the nodes of such a text line by line, in a fifth of the time that the YAML reader
// needs for any text; where it meets anything else it gives up, and the YAML reader has its say. It never guesses: a
// text that it reads is well-formed, and its nodes are those of the YAML reader but for tags and comments.
type lineReader struct {
	text   string
	number int // of the line, from 1
	start  int // of the line
	at     int // of what comes next
	end    int // of the line
	depth  int

	nodes    []yaml.Node  // for nodes; those in use may not move
	used     int          // of the nodes
	children []*yaml.Node // of the collections that are open
}

// deepestLine is how deep collections may nest for the reader of lines.
const deepestLine = 100

// lineReaders are kept for the memory of their nodes: values hold none of it.
var lineReaders = sync.Pool{New: func() any { return &lineReader{} }}

// byLine calls use with the root of a text of one document, or returns false where the reader of lines gives up. The
// nodes are good until use returns.
func byLine(text []byte, use func(root *yaml.Node)) bool {
	if bytes.ContainsAny(text, "\t\r") || bytes.Contains(text, []byte("\uFEFF")) {
		return false
	}
	p := lineReaders.Get().(*lineReader)
	defer lineReaders.Put(p)
	clear(p.nodes[:p.used])
	*p = lineReader{text: string(text), nodes: p.nodes, children: p.children[:0]}
	// Each node is a key, a value behind a colon, an item, or the root; one more is read before it turns out to be none.
	most := 2 + 2*strings.Count(p.text, ":")
	for _, sign := range []string{"-", ",", "["} {
		most += strings.Count(p.text, sign)
	}
	if most > len(p.nodes) {
		p.nodes = make([]yaml.Node, most)
	}
	if !p.line() || p.at != p.start {
		return false
	}
	root := p.collection()
	if root == nil || p.at < len(p.text) {
		return false
	}
	use(root)
	return true
}

// line goes to the next line that holds more than a comment and tells whether there is one in this part of YAML. At the
// end of the text there is none, and the place is the end.
func (p *lineReader) line() bool {
	for next := p.end + min(p.number, 1); next < len(p.text); next = p.end + 1 {
		p.number++
		p.start, p.end = next, len(p.text)
		if n := strings.IndexByte(p.text[next:], '\n'); n >= 0 {
			p.end = next + n
		}
		p.at = p.start
		p.space()
		if rest := p.rest(); rest != "" && rest[0] != '#' {
			return p.at > p.start || rest[0] != '%' && !strings.HasPrefix(rest, "---") && !strings.HasPrefix(rest, "...")
		}
	}
	p.at = len(p.text)
	return false
}

func (p *lineReader) rest() string { return p.text[p.at:p.end] }

func (p *lineReader) space() {
	for p.at < p.end && p.text[p.at] == ' ' {
		p.at++
	}
}

// column is where the next character stands in its line, from 0; in front of it there are only spaces and dashes.
func (p *lineReader) column() int { return p.at - p.start }

// node returns a new node that begins at the next character.
func (p *lineReader) node(kind yaml.Kind) *yaml.Node {
	n := &p.nodes[p.used]
	p.used++
	n.Kind, n.Line = kind, p.number
	n.Column = utf8.RuneCountInString(p.text[p.start:p.at]) + 1
	return n
}

// collection reads a mapping or list in block style whose first entry begins at the next character. It returns nil
// where it gives up.
func (p *lineReader) collection() *yaml.Node {
	if p.depth++; p.depth > deepestLine {
		return nil
	}
	column, isList, first := p.column(), p.isItem(), len(p.children)
	n := p.node(yaml.MappingNode)
	if isList {
		n.Kind = yaml.SequenceNode
	}
	for {
		if isList {
			p.at++
		} else if key := p.key(); key == nil {
			return nil
		} else {
			p.children = append(p.children, key)
		}
		p.space()
		child := p.entry(column, isList)
		if child == nil {
			return nil
		}
		p.children = append(p.children, child)
		if p.at == len(p.text) || p.column() < column || isList && p.column() == column && !p.isItem() {
			break // a list may stand in the column of the mapping that it is in
		}
		if p.column() > column || p.isItem() != isList {
			return nil
		}
	}
	p.close(n, first)
	p.depth--
	return n
}

// close gives the collection the children from that one on.
func (p *lineReader) close(n *yaml.Node, first int) {
	n.Content = append([]*yaml.Node(nil), p.children[first:]...)
	p.children = p.children[:first]
}

// isItem tells whether an item of a list begins here.
func (p *lineReader) isItem() bool {
	rest := p.rest()
	return rest == "-" || strings.HasPrefix(rest, "- ")
}

// entry reads the value of a key, or an item, of the collection in that column, and goes on to the next line.
func (p *lineReader) entry(column int, isItem bool) *yaml.Node {
	if rest := p.rest(); rest == "" || rest[0] == '#' {
		if !p.line() || p.column() < column || p.column() == column && (isItem || !p.isItem()) {
			return nil // an empty value, whose place the YAML reader knows
		}
		return p.collection()
	}
	if isItem && (p.isItem() || p.isKey()) {
		return p.collection()
	}
	n := p.value()
	if n == nil || !p.isLineEnd() {
		return nil
	}
	if !p.line() {
		if p.at < len(p.text) {
			return nil
		}
	} else if p.column() > column {
		return nil // a scalar that goes on
	}
	return n
}

// isLineEnd tells whether nothing but a comment follows on the line.
func (p *lineReader) isLineEnd() bool {
	before := p.at
	p.space()
	return p.at == p.end || p.at > before && p.text[p.at] == '#'
}

// value reads a scalar or a flow collection on this line.
func (p *lineReader) value() *yaml.Node {
	switch p.text[p.at] {
	case '"', '\'':
		return p.quoted()
	case '[', '{':
		return p.flow()
	}
	rest := p.rest()
	if !beginsPlain(rest) {
		return nil
	}
	end := len(rest)
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[i] == ':' && (i+1 == len(rest) || rest[i+1] == ' '):
			return nil
		case rest[i] == '#' && rest[i-1] == ' ':
			end = i
			i = len(rest)
		}
	}
	return p.plain(strings.TrimRight(rest[:end], " "))
}

// plain returns the node of a plain scalar that begins here, and goes on behind it. The sign of a merge is none of ours.
func (p *lineReader) plain(text string) *yaml.Node {
	if text == "<<" {
		return nil
	}
	n := p.node(yaml.ScalarNode)
	n.Value = text
	p.at += len(text)
	return n
}
