package escape

import (
	"slices"
	"text/template/parse"

	"github.com/firestoned/firestone/model/value"
)

// reader reads the text of one language. A state describes the current position: it is small, comparable, and one of
// few, so that the ends of branches can be merged and loops reach a fixed point.
type reader[S comparable] interface {
	// start is the state at the beginning of a file.
	start() S
	// text returns the state after the text.
	text(s S, text string) S
	// placeAction gives an action the writer call for its place, or refuses it, and returns the state after it.
	placeAction(s S, a *action) S
	// open returns the open quotes and brackets, which must be the same after all branches; "" for none.
	open(s S) string
}

// walker walks a template's tree with all states in which a node can be reached. That keeps branches simple: the text
// after a branch is checked for each state separately.
type walker[S comparable] struct {
	reader    reader[S]
	report    *report
	loops     []*loop[S]
	variables map[string]variable
	lengths   map[string]length // the variables that hold the length of a list
	depth     int               // how many ranges and withs the node is in: 0 if the dot is $
}

// point is the state of a reader, with what is known about variables there.
type point[S comparable] struct {
	state S
	known known
}

// loop holds the points at the breaks and continues of one range, and the current iteration.
type loop[S comparable] struct {
	node              *parse.RangeNode
	breaks, continues []point[S]
	index             string // the variable of the index, or ""
	list              string // the ranged-over list, in a form that is valid anywhere in the template, or ""
	isFirst           bool   // it is 0
	isLast            bool   // the iteration is walked as the last one
	asksLast          bool   // a separator tests whether it is the last
}

// follow walks a template and adds a call to each of its actions.
func follow[S comparable](r *report, reader reader[S], root *parse.ListNode) {
	w := &walker[S]{reader: reader, report: r, variables: variablesOf(root), lengths: map[string]length{}}
	ends := w.list([]point[S]{{state: reader.start()}}, root)
	for _, p := range ends {
		s := p.state
		switch open := reader.open(s); {
		case len(r.problems) > 0:
			return
		case open != "":
			r.problems.Add(value.BrokenSource, r.pos(len(r.source)), "close it in the same template", "the template ends inside %s", open)
		default:
			r.at = place{}
			reader.text(s, "\n\n") // the end of a file is that of its last line and paragraph
		}
	}
}

func (w *walker[S]) list(points []point[S], list *parse.ListNode) []point[S] {
	if list == nil {
		return points
	}
	for i, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.TextNode:
			points = w.each(points, func(p point[S]) point[S] {
				w.report.at = place{list: list, node: i}
				return point[S]{w.reader.text(p.state, string(node.Text)), p.known}
			})
		case *parse.ActionNode:
			points = w.action(points, node, list, i)
		case *parse.IfNode:
			points = w.branch(points, &node.BranchNode)
		case *parse.WithNode:
			points = w.branch(points, &node.BranchNode)
		case *parse.RangeNode:
			points = w.loop(points, node)
		case *parse.BreakNode:
			in := w.loops[len(w.loops)-1]
			in.breaks = append(in.breaks, w.without(points, in.node)...)
			points = nil
		case *parse.ContinueNode:
			in := w.loops[len(w.loops)-1]
			in.continues = append(in.continues, w.without(points, in.node)...)
			points = nil
		case *parse.TemplateNode:
			w.report.add(value.TemplateSyntax, node.Pos, `move it to a partial and write {{ include "name" . }}`, "{{ template %q }} is not supported", node.Name)
		}
	}
	return points
}

// each returns the distinct points that result from the given ones.
func (w *walker[S]) each(points []point[S], next func(point[S]) point[S]) []point[S] {
	var nexts pointSet[S]
	for _, p := range points {
		nexts.add(next(p))
	}
	return nexts.list
}

// pointSet is a set of points, in the order in which they were added.
type pointSet[S comparable] struct {
	list []point[S]
	all  map[point[S]]bool // if there are many
}

// add adds a point and reports whether it is new.
func (s *pointSet[S]) add(p point[S]) bool {
	const few = 8
	if len(s.list) < few {
		if slices.Contains(s.list, p) {
			return false
		}
	} else {
		if s.all == nil {
			s.all = map[point[S]]bool{}
			for _, other := range s.list {
				s.all[other] = true
			}
		}
		if s.all[p] {
			return false
		}
		s.all[p] = true
	}
	s.list = append(s.list, p)
	return true
}

func (w *walker[S]) action(points []point[S], node *parse.ActionNode, list *parse.ListNode, i int) []point[S] {
	if len(node.Pipe.Decl) > 0 {
		w.noteLength(node.Pipe)
		return w.each(points, func(p point[S]) point[S] {
			p.known = w.set(p.known, node.Pipe)
			return p
		})
	}
	a := w.report.actions[node]
	if a == nil {
		a = &action{node: node, source: w.report.written(node), siblings: list, index: i}
		a.last, a.indent = lastFunction(node.Pipe)
		w.report.actions[node] = a
	}
	return w.each(points, func(p point[S]) point[S] {
		if text, ok := w.constant(p.known, node.Pipe); ok {
			a.isConstant = true
			w.report.at = place{}
			return point[S]{w.reader.text(p.state, text), p.known}
		}
		return point[S]{w.reader.placeAction(p.state, a), p.known}
	})
}

func (w *walker[S]) branch(points []point[S], node *parse.BranchNode) []point[S] {
	if node.NodeType == parse.NodeIf {
		// The separator of a loop, `{{ if $i }}, {{ end }}`, is written in every iteration except the first, and for a
		// map in that, too.
		if in, between := w.counted(node); in != nil {
			switch {
			case !in.isFirst:
				return w.list(points, between)
			case isComma(between):
				return points
			}
			return w.join(node, points, w.list(points, between))
		}
		// That of `{{ if not (isLast $i LIST) }}, {{ end }}` in every iteration except the last.
		if in, comma := w.lastOf(node); in != nil {
			in.asksLast = true
			if in.isLast {
				return points
			}
			return w.list(points, comma)
		}
	}
	var then, other []point[S]
	for _, p := range points {
		truth := maybe
		if node.NodeType == parse.NodeIf {
			truth = p.known.truth(node.Pipe)
		}
		if truth != never {
			then = append(then, p)
		}
		if truth != always {
			other = append(other, p)
		}
	}
	return w.join(node, w.body(then, node), w.without(w.list(w.without(other, node), node.ElseList), node))
}

// body walks the content of a branch or loop, where the dot may be different.
func (w *walker[S]) body(points []point[S], node *parse.BranchNode) []point[S] {
	if node.NodeType != parse.NodeIf {
		w.depth++
		defer func() { w.depth-- }()
	}
	return w.without(w.list(w.without(points, node), node.List), node)
}

// maxIterations is how often a loop's body is walked before its end states must all have been seen.
const maxIterations = 6

// loop walks the body from its entry points, then from its own ends, until there are no new points.
func (w *walker[S]) loop(points []point[S], node *parse.RangeNode) []point[S] {
	ends := [][]point[S]{w.without(w.list(w.without(points, node), node.ElseList), node)}
	index, list := "", ""
	if len(node.Pipe.Decl) == 2 {
		index = node.Pipe.Decl[0].String()
		if len(node.Pipe.Cmds) == 1 && len(node.Pipe.Cmds[0].Args) == 1 {
			list = w.listName(node.Pipe.Cmds[0].Args[0])
		}
	}
	var seen pointSet[S]
	for _, p := range points {
		if index == "" {
			seen.add(p)
		}
	}
	entry := points
	for turn := 0; len(entry) > 0; turn++ {
		if turn == maxIterations {
			w.report.add(value.BrokenSource, node.Pos, "let the loop body end as it begins: at the start of a line, or after a whole scalar", "the loop body ends in a different place in every iteration")
			break
		}
		in := &loop[S]{node: node, index: index, list: list, isFirst: turn == 0}
		end := w.turn(in, entry, node)
		ends = append(ends, in.breaks)
		if in.asksLast {
			last := &loop[S]{node: node, index: index, list: list, isFirst: turn == 0, isLast: true}
			ends = append(ends, w.turn(last, entry, node), last.breaks)
		} else {
			ends = append(ends, end)
		}
		entry = nil
		for _, p := range end {
			if seen.add(p) {
				entry = append(entry, p)
			}
		}
	}
	return w.join(&node.BranchNode, ends...)
}

// turn walks the body once and returns the points at its end.
func (w *walker[S]) turn(in *loop[S], entry []point[S], node *parse.RangeNode) []point[S] {
	w.loops = append(w.loops, in)
	end := append(w.body(entry, &node.BranchNode), in.continues...)
	w.loops = w.loops[:len(w.loops)-1]
	return end
}

// maxPoints is the maximum number of different points at the end of the text before a node. Only deeply nested branches
// and loops exceed it, and each point takes time.
const maxPoints = 1024

// join returns the distinct points of all ends. If some are inside a quote or bracket and others are not, it reports
// the branch and continues with those that are like the first.
func (w *walker[S]) join(node *parse.BranchNode, ends ...[]point[S]) []point[S] {
	var all pointSet[S]
	for _, p := range slices.Concat(ends...) {
		if len(all.list) > 0 && w.reader.open(p.state) != w.reader.open(all.list[0].state) {
			w.differ(node, w.reader.open(all.list[0].state), w.reader.open(p.state))
			break
		}
		if len(all.list) == maxPoints {
			w.report.add(value.BrokenSource, node.Pos, "let the branches end alike, or move some of them to a partial", "the branches end in more than %d different places", maxPoints)
			break
		}
		all.add(p)
	}
	return all.list
}

func (w *walker[S]) differ(node *parse.BranchNode, one, other string) {
	name := map[parse.NodeType]string{parse.NodeIf: "if", parse.NodeWith: "with", parse.NodeRange: "range"}[node.NodeType]
	inside := func(open string) string {
		if open == "" {
			return "outside quotes and brackets"
		}
		return "inside " + open
	}
	w.report.add(value.BrokenSource, node.Pos, "open and close a quote or bracket in the same branch",
		"the branches of {{ %s }} end in different places: %s, and %s", name, inside(one), inside(other))
}
