package escape

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
)

// joinFunction puts together the parts of a word. It is added after parsing, as the writers are.
const joinFunction = "_join"

// place is a position in a template: a byte of its own text, or an action. It is a node of a list, and in text an
// offset.
type place struct {
	list         *parse.ListNode
	node, offset int
}

// joint is a word of a language as far as it has been read, such as a YAML plain scalar: adjacent text and actions,
// which are written as one value.
type joint struct {
	from, to place   // where it begins, and after its last part; no list where it did not begin as a word does
	last     *action // the last action in it
	colon    *action // beside which a colon stands, without a space between the two
	folded   bool    // a line break follows
}

// begin returns the joint that begins with an action.
func begin(a *action) joint {
	at := place{list: a.siblings, node: a.index}
	return joint{from: at, to: at, last: a}
}

// isAction reports whether the joint is one action and nothing else.
func (u joint) isAction() bool {
	return u.last != nil && u.from == u.to && u.from == (place{list: u.last.siblings, node: u.last.index})
}

// comesBackTo reports whether a loop has come back to where the joint begins, or to its last action.
func (u joint) comesBackTo(at place) bool {
	return u.last != nil && (at.list == u.last.siblings && at.node <= u.last.index ||
		at.list == u.from.list && (at.node < u.from.node || at.node == u.from.node && at.offset <= u.from.offset))
}

// atEnd returns the joint at the end of a text. Where no action follows, what has begun in the text has parts elsewhere, if any.
func (r *report) atEnd(u joint) joint {
	if list, next := r.at.list, r.at.node+1; u.last == nil && list != nil && (next == len(list.Nodes) || list.Nodes[next].Type() != parse.NodeAction) {
		return joint{}
	}
	return u
}

// The reasons why a joint cannot be one value.
const (
	joinable = iota
	beginsElsewhere
	hasBranches
	hasVariables
)

// fault returns why the joint cannot be one value, or joinable.
func (u joint) fault() int {
	if u.from.list == nil {
		return beginsElsewhere
	}
	if u.from.list != u.to.list || u.from.node > u.to.node || u.from.node == u.to.node && u.from.offset > u.to.offset {
		return hasBranches
	}
	for _, node := range u.from.list.Nodes[u.from.node : u.to.node+1] {
		switch node := node.(type) {
		case *parse.TextNode:
		case *parse.ActionNode:
			if len(node.Pipe.Decl) > 0 {
				return hasVariables
			}
		default:
			return hasBranches
		}
	}
	return joinable
}

// join records that the joint is one value.
func (r *report) join(u joint) {
	u.last, u.colon = nil, nil
	if !slices.Contains(r.joints, u) {
		r.joints = append(r.joints, u)
	}
}

// joinAll makes one action of each joint that was noted, and reports whether there were any. What comes of that is read
// again from the start, so it is written or refused as any other action is.
func (r *report) joinAll() bool {
	joints := r.joints
	r.joints = nil
	slices.SortFunc(joints, func(a, b joint) int {
		return cmp.Or(cmp.Compare(b.to.node, a.to.node), cmp.Compare(b.to.offset, a.to.offset))
	})
	joined := map[*parse.ListNode]place{} // where the joint begins that was joined last, from the end
	for _, u := range joints {
		if before, ok := joined[u.from.list]; ok && (u.to.node > before.node || u.to.node == before.node && u.to.offset > before.offset) {
			continue // it overlaps one that is read in another branch: the next pass will see
		}
		joined[u.from.list] = u.from
		r.joinOne(u)
	}
	return len(joints) > 0
}

func (r *report) joinOne(u joint) {
	nodes := u.from.list.Nodes
	var before, after []parse.Node
	whole := &parse.CommandNode{NodeType: parse.NodeCommand, Args: []parse.Node{parse.NewIdentifier(joinFunction)}}
	var first *parse.ActionNode
	var source strings.Builder
	for i := u.from.node; i <= u.to.node; i++ {
		if part, ok := nodes[i].(*parse.ActionNode); ok {
			first = cmp.Or(first, part)
			source.WriteString(r.written(part))
			end(part, &call{writer: partWriter})
			whole.Args = append(whole.Args, part.Pipe)
			continue
		}
		text, from, to := nodes[i].(*parse.TextNode), 0, len(nodes[i].(*parse.TextNode).Text)
		if i == u.from.node {
			from = u.from.offset
			before = appendPart(before, text, 0, from)
		}
		if i == u.to.node {
			after = appendPart(after, text, u.to.offset, to)
			to = u.to.offset
		}
		source.Write(text.Text[from:to])
		whole.Args = append(whole.Args, &parse.StringNode{NodeType: parse.NodeString, Pos: text.Pos, Quoted: strconv.Quote(string(text.Text[from:to])), Text: string(text.Text[from:to])})
	}
	whole.Pos = first.Pos
	pipe := &parse.PipeNode{NodeType: parse.NodePipe, Pos: first.Pos, Line: first.Line, Cmds: []*parse.CommandNode{whole}}
	node := &parse.ActionNode{NodeType: parse.NodeAction, Pos: first.Pos, Line: first.Line, Pipe: pipe}
	if r.joined == nil {
		r.joined = map[*parse.ActionNode]string{}
	}
	r.joined[node] = source.String()
	u.from.list.Nodes = slices.Replace(nodes, u.from.node, u.to.node+1, slices.Concat(before, []parse.Node{node}, after)...)
}

// appendPart appends a part of a text, where there is one.
func appendPart(nodes []parse.Node, text *parse.TextNode, from, to int) []parse.Node {
	if from == to {
		return nodes
	}
	return append(nodes, &parse.TextNode{NodeType: parse.NodeText, Pos: text.Pos + parse.Pos(from), Text: text.Text[from:to]})
}

// written returns an action as the template has it.
func (r *report) written(node *parse.ActionNode) string {
	return cmp.Or(r.joined[node], node.String())
}

// joinParts returns the text of the parts of a word.
func joinParts(parts ...string) string { return strings.Join(parts, "") }

// writePart returns the text of a value that is a part of a word.
func writePart(_ int, v any) (string, error) { return scalarOf(v, "be a part of a scalar") }
