package generator

import (
	"bytes"
	"cmp"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"text/template"
	"text/template/parse"
)

// A document of many resources is mostly what a few ranges write, and a turn of a range that uses no variable from
// around it depends on nothing but its dot and $, which stay as they are unless a template changes a dict in place. Such
// ranges are split: every idle processor renders the next few turns, and
// their texts are put together in order. The text is what text/template's own range writes; that one renders short
// lists, maps, and everything while it is traced.

// splitFunction takes the place of a split range where helpFunction says that another processor is idle:
// `{{ if _help }}{{ LIST | _each NUMBER }}{{ else }}{{ range LIST }}…{{ end }}{{ end }}`. itemsFunction is the list of
// the range that renders some of its turns.
const (
	helpFunction  = "_help"
	splitFunction = "_each"
	itemsFunction = "_items"
)

// fewestTurns is the length from which a list is worth being split.
const fewestTurns = 8

// split returns the template's tree as it is executed, and those of its outermost ranges that can be split.
func (s *source) split(partials map[string]*source) (*parse.Tree, []*parse.Tree) {
	tree := s.parsed.Tree.Copy()
	writeLines(tree.Root, partials)
	if s.changesDicts() {
		return tree, nil
	}
	var found []*parse.Tree
	var replace func(list *parse.ListNode)
	replace = func(list *parse.ListNode) {
		if list == nil {
			return
		}
		for i, node := range list.Nodes {
			switch node := node.(type) {
			case *parse.IfNode:
				replace(node.List)
				replace(node.ElseList)
			case *parse.WithNode:
				replace(node.List)
				replace(node.ElseList)
			case *parse.RangeNode:
				if !canSplit(node, tree.Root) || changeDicts(partials) {
					replace(node.List)
					replace(node.ElseList)
					continue
				}
				list.Nodes[i] = splitCall(tree, node, len(found))
				found = append(found, rangeOverItems(tree, node))
			}
		}
	}
	replace(tree.Root)
	return tree, found
}

// canSplit reports whether the turns of a range depend on nothing but their dot and $, and do enough to be worth it.
func canSplit(node *parse.RangeNode, root *parse.ListNode) bool {
	if len(node.Pipe.Decl) > 0 || node.ElseList != nil {
		return false
	}
	all, own := declared(root), declared(node.List)
	worth, closed := false, true
	inspect(node.List, func(below parse.Node) {
		switch below := below.(type) {
		case *parse.IdentifierNode:
			worth = worth || slices.Contains([]string{"include", "schema", "toYaml", "toJson"}, below.Ident)
		case *parse.BreakNode, *parse.ContinueNode:
			closed = false
		case *parse.PipeNode:
			closed = closed && !below.IsAssign
		case *parse.VariableNode:
			// A name that is declared outside too may be the outer one here.
			name := below.Ident[0]
			closed = closed && (name == "$" || own[name] > 0 && own[name] == all[name])
		}
	})
	return worth && closed
}

// changeDicts reports whether one of the partials, each of which a turn may include, changes a dict that it is given.
func changeDicts(partials map[string]*source) bool {
	for _, s := range partials {
		if s.changesDicts() {
			return true
		}
	}
	return false
}

// changesDicts reports whether the template may change a dict that others have, too: one that it has not made itself. It
// may put members into a variable of its own that is a new dict wherever it is declared.
func (s *source) changesDicts() bool {
	if s.parsed == nil || !strings.Contains(s.text, "set") && !strings.Contains(s.text, "Merge") {
		return false
	}
	others := map[string]bool{} // variables that may be the dict of someone else
	var changed []parse.Node
	inspect(s.parsed.Root, func(node parse.Node) {
		switch node := node.(type) {
		case *parse.PipeNode:
			isNew := len(node.Cmds) == 1 && isCallOf(node.Cmds[0], "dict")
			for _, variable := range node.Decl {
				others[variable.Ident[0]] = others[variable.Ident[0]] || !isNew
			}
		case *parse.RangeNode:
			for _, variable := range node.Pipe.Decl {
				others[variable.Ident[0]] = true
			}
		case *parse.CommandNode:
			// A merge hands dicts of dicts on as they are.
			if isCallOf(node, "set", "unset") && len(node.Args) > 1 {
				changed = append(changed, node.Args[1])
			} else if isCallOf(node, "set", "unset", "mustMerge", "mustMergeOverwrite") {
				changed = append(changed, node)
			}
		}
	})
	return slices.ContainsFunc(changed, func(node parse.Node) bool {
		variable, ok := node.(*parse.VariableNode)
		return !ok || len(variable.Ident) > 1 || variable.Ident[0] == "$" || others[variable.Ident[0]]
	})
}

// declared counts the declarations of each variable below a node.
func declared(list *parse.ListNode) map[string]int {
	count := map[string]int{}
	inspect(list, func(node parse.Node) {
		if pipe, ok := node.(*parse.PipeNode); ok {
			for _, variable := range pipe.Decl {
				count[variable.Ident[0]]++
			}
		}
	})
	return count
}

// splitCall returns what renders a split range.
func splitCall(tree *parse.Tree, node *parse.RangeNode, number int) parse.Node {
	pipe := node.Pipe.CopyPipe()
	pipe.Cmds = append(pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pipe.Pos, Args: []parse.Node{
		parse.NewIdentifier(splitFunction).SetPos(pipe.Pos),
		&parse.NumberNode{NodeType: parse.NodeNumber, Pos: pipe.Pos, IsInt: true, Int64: int64(number)},
	}})
	each := &parse.ActionNode{NodeType: parse.NodeAction, Pos: node.Pos, Line: node.Line, Pipe: pipe}
	help := &parse.PipeNode{NodeType: parse.NodePipe, Pos: node.Pos, Line: node.Line, Cmds: []*parse.CommandNode{
		{NodeType: parse.NodeCommand, Pos: node.Pos, Args: []parse.Node{parse.NewIdentifier(helpFunction).SetPos(node.Pos)}},
	}}
	return &parse.IfNode{BranchNode: parse.BranchNode{
		NodeType: parse.NodeIf, Pos: node.Pos, Line: node.Line, Pipe: help,
		List:     &parse.ListNode{NodeType: parse.NodeList, Pos: node.Pos, Nodes: []parse.Node{each}},
		ElseList: &parse.ListNode{NodeType: parse.NodeList, Pos: node.Pos, Nodes: []parse.Node{node}},
	}}
}

// rangeOverItems returns a template that is the range alone, over the items that it is given.
func rangeOverItems(tree *parse.Tree, node *parse.RangeNode) *parse.Tree {
	over := *node
	over.Pipe = node.Pipe.CopyPipe()
	over.Pipe.Cmds = []*parse.CommandNode{{NodeType: parse.NodeCommand, Pos: node.Pos, Args: []parse.Node{
		parse.NewIdentifier(itemsFunction).SetPos(node.Pos),
	}}}
	alone := tree.Copy()
	alone.Root = &parse.ListNode{NodeType: parse.NodeList, Pos: node.Pos, Nodes: []parse.Node{&over}}
	return alone
}

// turns is a split range that is bound to a renderer, and the items that it renders next.
type turns struct {
	template *template.Template
	items    any
}

// bindTree returns the template with the tree that is executed, and its split ranges, bound to this renderer.
func (r *renderer) bindTree(s *source, t *template.Template) (*template.Template, error) {
	t.Funcs(r.lineFunctions()).Funcs(template.FuncMap{
		helpFunction:  func() bool { return len(r.idle) > 0 },
		splitFunction: func(number int, list any) (string, error) { return "", r.each(s, number, list) },
	})
	for _, tree := range s.ranges {
		clone, err := t.Clone()
		if err != nil {
			return nil, err
		}
		bound := &turns{}
		clone.Funcs(template.FuncMap{itemsFunction: func() any { return bound.items }})
		if bound.template, err = clone.AddParseTree(s.file, tree); err != nil {
			return nil, err
		}
		r.turns[s] = append(r.turns[s], bound)
	}
	return t.AddParseTree(s.file, s.tree)
}

// some renders the turns of a split range for some of its items, in a template whose $ is data.
func (r *renderer) some(s *source, number int, items, data any, text *bytes.Buffer) error {
	bound := r.turns[s][number]
	outer := bound.items
	bound.items = items
	defer func() { bound.items = outer }()
	return r.run(s, bound.template, data, text)
}

// each renders the turns of a split range, with the help of all renderers that are idle.
func (r *renderer) each(s *source, number int, list any) error {
	items, top := reflect.ValueOf(list), r.top()
	helpers := []*renderer{r}
	if items.Kind() == reflect.Slice && items.Len() >= fewestTurns {
		helpers = append(helpers, r.takeIdle()...)
	}
	if len(helpers) == 1 {
		return r.some(s, number, list, top.data, top.text)
	}
	defer func() {
		for _, helper := range helpers[1:] {
			r.idle <- helper
		}
	}()
	const batches = 64
	size := max(1, items.Len()/batches)
	texts := make([][]byte, (items.Len()+size-1)/size)
	errs := make([]error, len(helpers))
	var next atomic.Int64
	work := func(h int) {
		helper := helpers[h]
		if _, errs[h] = helper.bind(s); errs[h] != nil {
			return
		}
		text := helper.buffer(len(helper.stack))
		for i := int(next.Add(1)) - 1; i < len(texts) && errs[h] == nil; i = int(next.Add(1)) - 1 {
			batch := items.Slice(i*size, min((i+1)*size, items.Len()))
			text.Reset()
			errs[h] = helper.some(s, number, batch.Interface(), top.data, text)
			texts[i] = bytes.Clone(text.Bytes())
		}
	}
	var others sync.WaitGroup
	for h := 1; h < len(helpers); h++ {
		others.Go(func() { work(h) })
	}
	work(0)
	others.Wait()
	length := 0
	for _, text := range texts {
		length += len(text)
	}
	top.text.Grow(length)
	for _, text := range texts {
		top.text.Write(text)
	}
	return cmp.Or(errs...)
}

// takeIdle takes all renderers that have nothing to do.
func (r *renderer) takeIdle() []*renderer {
	var taken []*renderer
	for {
		select {
		case helper := <-r.idle:
			taken = append(taken, helper)
		default:
			return taken
		}
	}
}
