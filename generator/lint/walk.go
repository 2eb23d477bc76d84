package lint

import (
	"fmt"
	"maps"
	"slices"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// walker walks one template with one dot.
type walker struct {
	*checker
	*visit
	declared map[string]*parse.VariableNode // the declarations of the variables in scope, except $
	holds    map[*parse.VariableNode]Type   // what they hold anywhere, by declaration; $ is nil
	round    int
	hasGrown bool               // a variable holds more than was known at the beginning of the round
	called   *parse.CommandNode // whose first word is being checked
	depth    int                // the branches and loops around the node
	inTest   bool               // a condition that may depend on the data decides whether it is evaluated
	hasLeft  bool               // a break or continue may have left the loop
}

// walk walks the template until it knows what its variables hold.
func (w *walker) walk() {
	w.holds = map[*parse.VariableNode]Type{nil: w.dot}
	for w.hasGrown = true; w.hasGrown; w.round++ {
		w.hasGrown, w.inTest, w.findings, w.includes = false, w.isTested, nil, nil
		w.declared = map[string]*parse.VariableNode{}
		w.list(w.Root, w.dot)
	}
}

// fault records a mistake.
func (w *walker) fault(code value.Code, offset int, hint, format string, args ...any) {
	w.note(offset, value.Problem{Code: code, Hint: hint, Msg: fmt.Sprintf(format, args...)})
}

// note records a mistake, unless there is one at the same position.
func (w *walker) note(offset int, problem value.Problem) {
	problem.Pos = w.pos(offset)
	if !slices.ContainsFunc(w.findings, func(f finding) bool { return f.Pos == problem.Pos }) {
		w.findings = append(w.findings, finding{problem, w.inTest})
	}
}

func (w *walker) list(list *parse.ListNode, dot Type) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			w.declare(node.Pipe, w.pipeline(node.Pipe, dot))
		case *parse.BreakNode, *parse.ContinueNode:
			w.hasLeft = true
		default:
			if branch := tree.Branch(node); branch != nil {
				w.branch(branch, dot)
			}
		}
	}
}

func (w *walker) branch(node *parse.BranchNode, dot Type) {
	inTest, hadLeft, declared := w.inTest, w.hasLeft, maps.Clone(w.declared)
	of, inside := w.pipeline(node.Pipe, dot), dot
	isLoop := node.NodeType == parse.NodeRange
	switch node.NodeType {
	case parse.NodeIf:
		w.declare(node.Pipe, of)
	case parse.NodeWith:
		inside = of.present()
		w.declare(node.Pipe, inside)
	case parse.NodeRange:
		key, item, ok := of.iteration()
		if !ok {
			w.fault(value.WrongArguments, tree.Start(node.Pipe), "range takes a list, a map or a number", "range cannot iterate over %v", of)
		}
		inside = item
		w.declare(node.Pipe, key, item)
	}
	w.inTest = inTest || !isLoop && mayTest(node.Pipe)
	w.depth++
	w.list(node.List, inside)
	w.list(node.ElseList, dot)
	w.depth--
	w.declared = declared
	w.hasLeft = hadLeft || w.hasLeft && !isLoop
	w.inTest = inTest || w.hasLeft // what follows a continue is in its else, as it were
}

// declare assigns the last of the values to the variables of a pipeline.
func (w *walker) declare(pipe *parse.PipeNode, values ...Type) {
	const maxRounds = 10 // types that still grow are infinite
	for i, variable := range pipe.Decl {
		if !pipe.IsAssign {
			w.declared[variable.Ident[0]] = variable
		}
		variable = w.declared[variable.Ident[0]]
		held, isKnown := w.holds[variable]
		grown := join(held, values[len(values)-len(pipe.Decl)+i])
		if w.round > maxRounds {
			grown = Unknown
		}
		w.hasGrown = w.hasGrown || isKnown && !held.equal(grown)
		w.holds[variable] = grown
	}
}
