package lint

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// walker walks one template with one dot.
type walker struct {
	*checker
	visit     *visit
	variables []variable
	asked     questions // about paths behind variables
	calls     []inclusion
	branches  int // around the node: if, with, and, or
	tested    int // those of them that may depend on what is there
	loops     int
	isSettled bool // no variable's type has grown
}

// variable is one that is in scope; the cell is where it was declared.
type variable struct {
	name string
	cell *parse.VariableNode
}

// scope is the part of a template that has one dot.
type scope struct {
	dot   Type
	asked questions // about paths behind the dot
}

// mostWalks ends the walks of a template whose variables never settle.
const mostWalks = 12

// walk finds the faults of the template. A variable has one type, which grows with what is assigned to it anywhere,
// so that the template is walked until none grows.
func (v *visit) walk(c *checker) {
	v.cells = map[*parse.VariableNode]Type{}
	for i := range mostWalks {
		w := &walker{checker: c, visit: v, asked: questions{}, isSettled: true}
		v.faults = nil
		root := w.scopeOf(v.template.Root, v.dot)
		v.askAtRoot(w, root)
		w.list(v.template.Root, root)
		if w.isSettled || i == mostWalks-1 {
			c.follow(w.calls)
			return
		}
		if i == mostWalks/2 {
			for cell := range v.cells {
				v.cells[cell] = Unknown
			}
		}
	}
}

// askAtRoot makes $ and the dot of the whole template, which are the same, asked alike.
func (v *visit) askAtRoot(w *walker, root scope) {
	pipelines(v.template.Root, true, func(pipe *parse.PipeNode) { w.asked.add(pipe, true) })
	for path, question := range maps.Clone(root.asked) {
		path = "$" + strings.TrimSuffix(path, ".")
		w.asked[path] = max(w.asked[path], question)
	}
	for path, question := range w.asked {
		if path == "$" {
			root.asked["."] = question
		} else if strings.HasPrefix(path, "$.") {
			root.asked[path[1:]] = question
		}
	}
}

func (w *walker) list(list *parse.ListNode, in scope) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			w.assign(node.Pipe, w.pipeline(node.Pipe, in))
		case *parse.IfNode:
			w.branch(&node.BranchNode, in, func(Type) scope { return in })
		case *parse.WithNode:
			w.branch(&node.BranchNode, in, func(of Type) scope { return w.scopeOf(node.List, of.ifThere()) })
		case *parse.RangeNode:
			w.ranged(node, in)
		}
	}
}

// branch walks an if or a with, whose first branch has the scope that inside returns.
func (w *walker) branch(node *parse.BranchNode, in scope, inside func(Type) scope) {
	mark := len(w.variables)
	of := w.pipeline(node.Pipe, in)
	w.assign(node.Pipe, of)
	w.branches++
	if mayTest(node.Pipe) {
		w.tested++
	}
	w.list(node.List, inside(of))
	w.list(node.ElseList, in)
	if mayTest(node.Pipe) {
		w.tested--
	}
	w.branches--
	w.variables = w.variables[:mark]
}

func (w *walker) ranged(node *parse.RangeNode, in scope) {
	mark := len(w.variables)
	of := w.pipeline(node.Pipe, in)
	key, item, ok := w.turns(of)
	if !ok {
		w.fault(tree.Start(node.Pipe), "range takes a list, a map or a number", "range cannot iterate over %v", of)
	}
	switch declared := node.Pipe.Decl; len(declared) {
	case 1:
		w.put(node.Pipe, declared[0], item)
	case 2:
		w.put(node.Pipe, declared[0], key)
		w.put(node.Pipe, declared[1], item)
	}
	w.loops++
	w.list(node.List, w.scopeOf(node.List, item))
	w.loops--
	w.list(node.ElseList, in)
	w.variables = w.variables[:mark]
}

// turns returns the keys and the items that a range goes over, or false where it can go over none of the shapes.
func (w *walker) turns(of Type) (key, item Type, ok bool) {
	if of.unknown {
		return Unknown, Unknown, true
	}
	ok = len(of.shapes) == 0
	for _, s := range of.shapes {
		switch kind := s.of.Kind(); {
		case s.isNever:
		case w.isKnown(s):
			key = join(key, textType)
			for _, member := range s.record.Members {
				item = join(item, member)
			}
		case s.record != nil && s.of.Kind() == reflect.Map:
			key, item = join(key, textType), Unknown
		case s.items != nil:
			key, item = join(key, numberType), join(item, *s.items)
		case kind == reflect.Slice || kind == reflect.Array:
			key, item = join(key, numberType), join(item, Of(s.of.Elem()))
		case kind == reflect.Map:
			key, item = join(key, Of(s.of.Key())), join(item, Of(s.of.Elem()))
		case kind >= reflect.Int && kind <= reflect.Uintptr:
			key, item = Unknown, join(item, Of(s.of))
		case kind == reflect.Chan || kind == reflect.Func:
			key, item = Unknown, Unknown
		default:
			continue
		}
		ok = true
	}
	return key, item, ok
}

// isKnown reports whether all members of the shape are known.
func (w *walker) isKnown(s shape) bool {
	return s.record != nil && s.of.Kind() == reflect.Map && !w.isOpen(s)
}

// ifThere returns the type where a branch has found a value. Nothing is known of one that is never there.
func (t Type) ifThere() Type {
	isNever := func(s shape) bool { return s.isNever }
	if !slices.ContainsFunc(t.shapes, isNever) {
		return t
	}
	if rest := slices.DeleteFunc(slices.Clone(t.shapes), isNever); len(rest) > 0 {
		return Type{shapes: rest}
	}
	return Unknown
}

// assign gives the variables of an action, if or with the value.
func (w *walker) assign(pipe *parse.PipeNode, of Type) {
	for _, declared := range pipe.Decl {
		w.put(pipe, declared, of)
	}
}

// put gives one variable a value more, and declares it unless the pipeline assigns.
func (w *walker) put(pipe *parse.PipeNode, node *parse.VariableNode, of Type) {
	cell := node
	if pipe.IsAssign {
		cell = w.cell(node.Ident[0])
	} else {
		w.variables = append(w.variables, variable{name: node.Ident[0], cell: node})
	}
	before := w.visit.cells[cell]
	if after := join(before, of); after.key() != before.key() {
		w.visit.cells[cell], w.isSettled = after, false
	}
}

// cell returns where the variable of that name was declared, or nil for $, which a template may assign to as well.
func (w *walker) cell(name string) *parse.VariableNode {
	for i := len(w.variables) - 1; i >= 0; i-- {
		if w.variables[i].name == name {
			return w.variables[i].cell
		}
	}
	return nil
}

var (
	textType   = Of(reflect.TypeFor[string]())
	numberType = Of(reflect.TypeFor[int]())
	truthType  = Of(reflect.TypeFor[bool]())
)
