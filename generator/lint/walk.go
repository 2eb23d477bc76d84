package lint

import (
	"reflect"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// walker walks one template.
type walker struct {
	*checker
	unit      *unit
	variables []variable
	depth     int // the branches and loops around the node
	tested    int // the branches that may depend on what is there
}

// variable is one that is in scope; the cell is where it was declared.
type variable struct {
	name string
	cell *parse.VariableNode
}

func (w *walker) walk() {
	w.variables = []variable{{"$", w.unit.dollar}}
	w.put(w.variables[0].cell, w.unit.dot)
	w.list(w.unit.Root, w.unit.dot)
}

// fault notes a slip.
func (w *walker) fault(offset int, hint, format string, args ...any) {
	w.problems.Add(w.unit.pos(offset), hint, format, args...)
}

func (w *walker) list(list *parse.ListNode, dot Type) {
	if list == nil {
		return
	}
	tested, depth := w.tested, w.depth
	for _, node := range list.Nodes {
		if action, ok := node.(*parse.ActionNode); ok {
			w.declare(action.Pipe, w.pipeline(action.Pipe, dot))
		} else if branch := tree.Branch(node); branch != nil {
			w.branch(branch, dot)
			if leaves(branch) { // what follows is in its else, as it were
				w.tested, w.depth = w.tested+1, w.depth+1
			}
		}
	}
	w.tested, w.depth = tested, depth
}

// leaves reports whether a branch may go on with the next turn of a loop around it, or end that.
func leaves(branch parse.Node) bool {
	found := false
	tree.Inspect(branch, func(node parse.Node) bool {
		found = found || node.Type() == parse.NodeBreak || node.Type() == parse.NodeContinue
		return node.Type() != parse.NodeRange || node == branch
	})
	return found && branch.Type() != parse.NodeRange
}

func (w *walker) branch(node *parse.BranchNode, dot Type) {
	mark, tested := len(w.variables), w.tested
	of, inside := w.pipeline(node.Pipe, dot), dot
	switch node.NodeType {
	case parse.NodeWith:
		inside = of.present()
		w.declare(node.Pipe, inside)
	case parse.NodeIf:
		w.declare(node.Pipe, of)
	case parse.NodeRange:
		inside = w.ranged(node.Pipe, of)
	}
	if node.NodeType != parse.NodeRange && mayTest(node.Pipe) {
		w.tested++
	}
	w.depth++
	w.list(node.List, inside)
	w.list(node.ElseList, dot)
	w.depth--
	w.variables, w.tested = w.variables[:mark], tested
}

// ranged declares the variables of a range over a value, and returns the type of its dot.
func (w *walker) ranged(pipe *parse.PipeNode, of Type) Type {
	key, item, ok := w.turns(of)
	if !ok {
		w.fault(tree.Start(pipe), "range takes a list, a map or a number", "range cannot iterate over %v", of)
	}
	types := []Type{key, item}
	for i, declared := range pipe.Decl {
		w.assign(pipe, declared, types[2-len(pipe.Decl)+i])
	}
	return item
}

// turns returns the keys and the items that a range goes over, or false where it can go over none of the shapes.
func (w *walker) turns(of Type) (key, item Type, ok bool) {
	if of.unknown {
		return Unknown, Unknown, true
	}
	ok = len(of.shapes) == 0
	for _, s := range of.shapes {
		switch kind := basicKind(s.of); {
		case s.remedy != "":
		case s.record != nil && kind == reflect.Map && !w.isOpen(s):
			key = join(key, textType)
			for _, member := range s.record.Members {
				item = join(item, member)
			}
		case kind == reflect.Slice:
			key, item = join(key, numberType), join(item, itemsOf(Type{shapes: []shape{s}}))
		case kind == reflect.Map:
			key, item = join(key, Of(s.of.Key())), join(item, Of(s.of.Elem()))
		case kind == reflect.Int:
			key, item = join(key, Of(s.of)), join(item, Of(s.of))
		default:
			continue
		}
		ok = true
	}
	return key, item, ok
}

// declare gives the variables of an action, if or with the value.
func (w *walker) declare(pipe *parse.PipeNode, of Type) {
	for _, declared := range pipe.Decl {
		w.assign(pipe, declared, of)
	}
}

// assign gives one variable a value more, and declares it unless the pipeline assigns.
func (w *walker) assign(pipe *parse.PipeNode, node *parse.VariableNode, of Type) {
	if pipe.IsAssign {
		w.put(w.cell(node.Ident[0]), of)
		return
	}
	w.variables = append(w.variables, variable{name: node.Ident[0], cell: node})
	w.put(node, of)
}

// put adds a type to those of a variable, which has one for all of its values.
func (w *walker) put(cell *parse.VariableNode, of Type) {
	if grown := join(w.cells[cell], of); grown.key() != w.cells[cell].key() {
		w.cells[cell], w.hasGrown = grown, true
	}
}

// cell returns where the variable of that name was declared.
func (w *walker) cell(name string) *parse.VariableNode {
	for i := len(w.variables) - 1; i >= 0; i-- {
		if w.variables[i].name == name {
			return w.variables[i].cell
		}
	}
	return nil
}
