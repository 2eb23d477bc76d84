package generator

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode/utf8"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// A faulty file is never written, so it cannot be inspected, and it is fixed in the templates. So each fault is
// reported at the place in the template that the text comes from, with the surrounding lines of the file. To find that
// place the template is executed again, with a mark before each line of its text and before the output of each action
// (see escape.Mark). If the marks change the text, only the template is known.

// The functions that begin a piece: a line of text, OFFSET, and what an action writes, OFFSET TEXT.
const (
	lineFunction   = "_line"
	actionFunction = "_action"
)

// piece is a line of a template's text, or what one of its actions wrote, in a rendered file.
type piece struct {
	source *source
	offset int
	isText bool
	number int // of its mark
	at     int // its offset in the file
}

// marks are the pieces that a renderer has begun, and the definitions that it was rendering at those that are looked for.
type marks struct {
	pieces   []piece
	rendered map[int]string // by number
}

// faulty returns the faults of a rendered file, whose places are in the file, at the places that they come from.
func (p *Pack) faulty(faults value.Problems, s *source, view View, file File) value.Problems {
	const maxShown = 5 // faults with lines around them
	pieces := p.piecesOf(s, view, file)
	from := make([]*piece, len(faults))
	actions := map[int]string{}
	for i, fault := range faults {
		if from[i] = pieceAt(pieces, file.Content, tree.Offset(file.Content, fault.Pos.Line, fault.Pos.Col)); from[i] != nil && !from[i].isText {
			actions[from[i].number] = ""
		}
	}
	if len(actions) > 0 {
		p.marked(s, view, actions)
	}
	var placed value.Problems
	for i, fault := range faults {
		problem, at := fault, tree.Offset(file.Content, fault.Pos.Line, fault.Pos.Col)
		problem.Code, problem.Pos, problem.Msg = value.InvalidOutput, value.Pos{File: s.file}, "the template generated an invalid file: "+fault.Msg
		problem.Hint = cmp.Or(fault.Hint, "the fault is in the template, not in the definitions")
		switch of := from[i]; {
		case of == nil:
		case of.isText:
			line, _, _ := strings.Cut(of.source.text[of.offset:], "\n")
			line, _, _ = strings.Cut(line, "{{")
			problem.Pos = of.source.pos(of.offset + min(max(0, at-of.at), len(line)))
		default:
			action := of.source.start(of.offset)
			problem.Pos = of.source.pos(action)
			if of.source.isRaw(action) {
				problem.Hint = "raw writes a string unchecked: write the value without raw"
			}
			if rendered := actions[of.number]; rendered != "" {
				problem.AddHint("while rendering " + rendered)
			}
		}
		if i < maxShown {
			problem.Hint += fmt.Sprintf("\n  %s, which was not written:%s", file.Path, excerpt(file.Content, fault.Pos))
		}
		placed = append(placed, problem)
	}
	return placed
}

// marked executes a template with marks, and records what it was rendering in a map with the numbers of some of them.
// The text is empty if execution fails.
func (p *Pack) marked(s *source, view View, rendered map[int]string) (*marks, []byte) {
	r := p.renderer(newBudget(view.API, p.Effort))
	r.trace, r.root, r.marked = true, view, &marks{rendered: rendered}
	text, err := r.execute(s, view)
	if err != nil {
		return r.marked, nil
	}
	content := []byte(text)
	if s.language == escape.Python {
		content, _ = escape.Finished(content)
	}
	return r.marked, content
}

// piecesOf returns what a file consists of, in its order, or nil where marks changed it.
func (p *Pack) piecesOf(s *source, view View, file File) []piece {
	marked, content := p.marked(s, view, nil)
	clean, found := escape.Marked(ended(file.Path, content))
	if !bytes.Equal(clean, file.Content) {
		return nil
	}
	var pieces []piece
	for _, mark := range found {
		if mark.Number < 0 || mark.Number >= len(marked.pieces) {
			return nil // bytes of a value
		}
		of := marked.pieces[mark.Number]
		of.at = mark.At
		pieces = append(pieces, of)
	}
	return pieces
}

// pieceAt returns the piece that a file has at the offset, or nil. In the space before a line it is the one that begins
// there, and after the end of a line the one that ends there.
func pieceAt(pieces []piece, content []byte, at int) *piece {
	line := bytes.LastIndexByte(content[:at], '\n') + 1
	next, _ := slices.BinarySearchFunc(pieces, at+1, func(p piece, at int) int { return cmp.Compare(p.at, at) })
	isBefore := next > 0 && pieces[next-1].at >= line
	switch {
	case next < len(pieces) && !isBefore && bytes.IndexByte(content[at:pieces[next].at], '\n') < 0:
		return &pieces[next]
	case next > 0:
		return &pieces[next-1]
	}
	return nil
}

// isRaw reports whether the action at the offset calls raw.
func (s *source) isRaw(action int) bool {
	inside, _, _ := strings.Cut(s.text[action:], "}}")
	return slices.Contains(strings.FieldsFunc(inside, func(r rune) bool { return strings.ContainsRune(" \t\r\n(){}|", r) }), "raw")
}

// mark returns the mark of a piece of the template that is being executed.
func (r *renderer) mark(offset int, isText bool) string {
	top, m := r.top(), r.marked
	number := len(m.pieces)
	m.pieces = append(m.pieces, piece{source: top.source, offset: offset, isText: isText, number: number})
	if _, isSought := m.rendered[number]; isSought {
		m.rendered[number] = r.definition(top, offset)
	}
	return escape.Mark(number)
}

// markedWriters returns writers that keep the marks of source they pass through unchanged.
func (r *renderer) markedWriters() template.FuncMap {
	marked := maps.Clone(r.writers)
	for name, f := range marked {
		switch f := f.(type) {
		case func(int, int, int, any) (string, error):
			marked[name] = func(flags, parent, column int, v any) (string, error) {
				written, err := f(flags, parent, column, v)
				return escape.KeepMarks(v, written), err
			}
		case func(int, any) (string, error):
			marked[name] = func(flags int, v any) (string, error) {
				written, err := f(flags, v)
				return escape.KeepMarks(v, written), err
			}
		}
	}
	return marked
}

// markAction puts a mark before the output of an action, after its leading space.
func (r *renderer) markAction(offset int, v any) any {
	text, isText := v.(string)
	if source, ok := v.(*escape.Source); ok {
		text, isText = source.String(), true // a constant needs no writer
	}
	if !isText || escape.IsEmpty(text) {
		return v
	}
	start := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	return text[:start] + r.mark(offset, false) + text[start:]
}

// markPieces adds a call of actionFunction to each action that writes something, and one of lineFunction before each
// line of text. The result of plain text is data, and one piece of the text it is written to.
func (s *source) markPieces(root parse.Node) {
	var lists []*parse.ListNode
	tree.Inspect(root, func(node parse.Node) bool {
		if list, ok := node.(*parse.ListNode); ok {
			lists = append(lists, list)
		}
		return true
	})
	for _, list := range lists {
		var nodes []parse.Node
		for _, node := range list.Nodes {
			switch node := node.(type) {
			case *parse.TextNode:
				nodes = append(nodes, s.markedLines(node)...)
				continue
			case *parse.ActionNode:
				if len(node.Pipe.Decl) == 0 {
					node.Pipe.Cmds = append(node.Pipe.Cmds, markCall(actionFunction, node.Pos))
				}
			}
			nodes = append(nodes, node)
		}
		list.Nodes = nodes
	}
}

// markedLines returns a text with a call of lineFunction before each of its lines.
func (s *source) markedLines(node *parse.TextNode) []parse.Node {
	var nodes []parse.Node
	at := int(node.Pos)
	isAsWritten := strings.HasPrefix(s.text[min(at, len(s.text)):], string(node.Text)) // it may be a constant of an action
	for line := range strings.Lines(string(node.Text)) {
		if start := len(line) - len(strings.TrimLeft(line, " \t\r\n")); start < len(line) {
			call := markCall(lineFunction, parse.Pos(at+start))
			if !isAsWritten {
				call = markCall(lineFunction, node.Pos)
			}
			pipe := &parse.PipeNode{NodeType: parse.NodePipe, Pos: node.Pos, Cmds: []*parse.CommandNode{call}}
			nodes = append(nodes, textNode(node.Pos, line[:start]), &parse.ActionNode{NodeType: parse.NodeAction, Pos: node.Pos, Pipe: pipe})
			at, line = at+start, line[start:]
		}
		nodes = append(nodes, textNode(node.Pos, line))
		at += len(line)
	}
	return nodes
}

func textNode(at parse.Pos, text string) *parse.TextNode {
	return &parse.TextNode{NodeType: parse.NodeText, Pos: at, Text: []byte(text)}
}

func markCall(function string, at parse.Pos) *parse.CommandNode {
	return &parse.CommandNode{NodeType: parse.NodeCommand, Pos: at, Args: []parse.Node{
		parse.NewIdentifier(function).SetPos(at),
		&parse.NumberNode{NodeType: parse.NodeNumber, Pos: at, IsInt: true, Int64: int64(at), Text: strconv.Itoa(int(at))},
	}}
}

// excerpt returns the line of a place in a file between its neighbours, with a mark below the place.
func excerpt(content []byte, at value.Pos) string {
	const maxWidth = 100
	lines := strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
	column := min(at.Col-1, utf8.RuneCountInString(lines[min(max(1, at.Line), len(lines))-1])) // before the place
	from := max(0, column-maxWidth*2/3)
	margin := len(strconv.Itoa(at.Line + 1))
	var b strings.Builder
	for number := max(1, at.Line-1); number <= min(at.Line+1, len(lines)); number++ {
		line := []rune(strings.ReplaceAll(lines[number-1], "\t", " "))
		shown := string(line[min(from, len(line)):min(from+maxWidth, len(line))])
		b.WriteString(strings.TrimRight(fmt.Sprintf("\n    %*d | %s", margin, number, shown), " "))
		if number == at.Line {
			fmt.Fprintf(&b, "\n    %*s | %s^", margin, "", strings.Repeat(" ", max(0, column-from)))
		}
	}
	return b.String()
}
