package escape

import (
	"slices"
	"text/template/parse"
)

// reader follows the text of one language. A state says how far the text has got: it is small, comparable, and
// of few kinds, so that the ends of branches can be put together and loops come to rest.
type reader[S comparable] interface {
	// start is the state at the beginning of a file.
	start() S
	// text returns the state behind the text.
	text(s S, text string) S
	// act finds the place of an action, gives the action its call or refuses it, and returns the state behind it.
	act(s S, a *action) S
	// open returns the quotes and brackets that are open, which all branches must leave alike; "" for none.
	open(s S) string
}

// walker follows a template's tree with all states in which a node can be reached. That is what makes a branch
// simple: whatever each state needs of the text behind the branch is checked for each of them.
type walker[S comparable] struct {
	reader   reader[S]
	report   *report
	loops    []*loop[S]
	assigned map[string]bool // the variables that some action gives another value
	depth    int             // how many ranges and withs the node is in: 0 where the dot is $
}

// loop holds the states at the breaks and continues of one range, and which turn is walked.
type loop[S comparable] struct {
	breaks, continues []S
	index             string // the variable of the turn's number, or ""
	list              string // what is ranged over, as it is written anywhere in the template, or ""
	isFirst           bool   // it is 0
	isLast            bool   // the turn is walked as the last one
	asksLast          bool   // a separator asks whether it is
}

// follow walks a template and gives each of its actions a call.
func follow[S comparable](r *report, reader reader[S], root *parse.ListNode) {
	w := &walker[S]{reader: reader, report: r, assigned: map[string]bool{}}
	findAssigned(root, w.assigned)
	ends := w.list([]S{reader.start()}, root)
	for _, s := range ends {
		switch open := reader.open(s); {
		case len(r.problems) > 0:
			return
		case open != "":
			r.problems.Add(r.pos(len(r.source)), "close it in the same template", "the template ends inside %s", open)
		default:
			r.at = place{}
			reader.text(s, "\n") // the end of a file is the end of its last line
		}
	}
}

func (w *walker[S]) list(states []S, list *parse.ListNode) []S {
	if list == nil {
		return states
	}
	for i, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.TextNode:
			w.report.textPos = node.Pos
			states = w.each(states, func(s S) S {
				w.report.at = place{list: list, node: i}
				return w.reader.text(s, string(node.Text))
			})
		case *parse.ActionNode:
			states = w.action(states, node, list, i)
		case *parse.IfNode:
			states = w.branch(states, &node.BranchNode)
		case *parse.WithNode:
			states = w.branch(states, &node.BranchNode)
		case *parse.RangeNode:
			states = w.loop(states, node)
		case *parse.BreakNode:
			in := w.loops[len(w.loops)-1]
			in.breaks = append(in.breaks, states...)
			states = nil
		case *parse.ContinueNode:
			in := w.loops[len(w.loops)-1]
			in.continues = append(in.continues, states...)
			states = nil
		case *parse.TemplateNode:
			w.report.add(node.Pos, `move it to a partial and write {{ include "name" . }}`, "{{ template %q }} is not supported", node.Name)
		}
	}
	return states
}

// each returns the states that come of the given ones, each once.
func (w *walker[S]) each(states []S, next func(S) S) []S {
	var nexts []S
	for _, s := range states {
		if n := next(s); !slices.Contains(nexts, n) {
			nexts = append(nexts, n)
		}
	}
	return nexts
}

func (w *walker[S]) action(states []S, node *parse.ActionNode, list *parse.ListNode, i int) []S {
	if len(node.Pipe.Decl) > 0 {
		return states
	}
	a := w.report.actions[node]
	if a == nil {
		a = &action{node: node, siblings: list, index: i, source: w.report.written(node)}
		a.last, a.indent = lastFunction(node.Pipe)
		w.report.actions[node] = a
	}
	return w.each(states, func(s S) S { return w.reader.act(s, a) })
}

func (w *walker[S]) branch(states []S, node *parse.BranchNode) []S {
	if node.NodeType == parse.NodeIf {
		// The separator of a loop, `{{ if $i }}, {{ end }}`, is written in every turn but the first.
		if in := w.counted(node.Pipe); in != nil && isSeparator(node) {
			if in.isFirst {
				return states
			}
			return w.list(states, node.List)
		}
		// That of `{{ if not (isLast $i LIST) }}, {{ end }}` in every turn but the last.
		if in := w.lastOf(node.Pipe); in != nil && isSeparator(node) {
			in.asksLast = true
			if in.isLast {
				return states
			}
			return w.list(states, node.List)
		}
	}
	return w.join(node, w.body(states, node), w.list(states, node.ElseList))
}

// body walks what a branch or loop holds, where the dot may be another one.
func (w *walker[S]) body(states []S, node *parse.BranchNode) []S {
	if node.NodeType != parse.NodeIf {
		w.depth++
		defer func() { w.depth-- }()
	}
	return w.list(states, node.List)
}

// mostTurns is how often a loop's body is walked before its ends must be among those already seen.
const mostTurns = 5

// loop walks the body as it is reached first, then as it is reached from its own ends, until nothing new comes of it.
func (w *walker[S]) loop(states []S, node *parse.RangeNode) []S {
	ends := [][]S{w.list(states, node.ElseList)}
	index, list := "", ""
	if len(node.Pipe.Decl) == 2 {
		index = node.Pipe.Decl[0].String()
		if len(node.Pipe.Cmds) == 1 && len(node.Pipe.Cmds[0].Args) == 1 {
			list = w.listName(node.Pipe.Cmds[0].Args[0])
		}
	}
	var seen []S
	if index == "" {
		seen = slices.Clone(states)
	}
	entry := states
	for turn := 0; len(entry) > 0; turn++ {
		if turn == mostTurns {
			w.report.add(node.Pos, "let the loop body end as it begins: at the start of a line, or after a whole scalar", "the loop body ends in a different place in every iteration")
			break
		}
		in := &loop[S]{index: index, list: list, isFirst: turn == 0}
		end := w.turn(in, entry, node)
		ends = append(ends, in.breaks)
		if in.asksLast {
			last := &loop[S]{index: index, list: list, isFirst: turn == 0, isLast: true}
			ends = append(ends, w.turn(last, entry, node), last.breaks)
		} else {
			ends = append(ends, end)
		}
		entry = nil
		for _, s := range end {
			if !slices.Contains(seen, s) {
				seen, entry = append(seen, s), append(entry, s)
			}
		}
	}
	return w.join(&node.BranchNode, ends...)
}

// turn walks the body once and returns the states at its end.
func (w *walker[S]) turn(in *loop[S], entry []S, node *parse.RangeNode) []S {
	w.loops = append(w.loops, in)
	end := append(w.body(entry, &node.BranchNode), in.continues...)
	w.loops = w.loops[:len(w.loops)-1]
	return end
}

// join returns the states of all ends, each once. Where some are inside a quote or bracket that others are not,
// it reports the branch and goes on with those that are like the first.
func (w *walker[S]) join(node *parse.BranchNode, ends ...[]S) []S {
	var all []S
	for _, s := range slices.Concat(ends...) {
		switch {
		case slices.Contains(all, s):
		case len(all) > 0 && w.reader.open(s) != w.reader.open(all[0]):
			w.differ(node, w.reader.open(all[0]), w.reader.open(s))
			return all
		default:
			all = append(all, s)
		}
	}
	return all
}

func (w *walker[S]) differ(node *parse.BranchNode, one, other string) {
	name := map[parse.NodeType]string{parse.NodeIf: "if", parse.NodeWith: "with", parse.NodeRange: "range"}[node.NodeType]
	inside := func(open string) string {
		if open == "" {
			return "outside quotes and brackets"
		}
		return "inside " + open
	}
	w.report.add(node.Pos, "open and close a quote or bracket in the same branch",
		"the branches of {{ %s }} end in different places: %s, and %s", name, inside(one), inside(other))
}
