package generator

import (
	"maps"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode/utf8"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/model/value"
)

// parse parses every template, each on its own, and checks the names that include is given.
func (p *Pack) parse(problems *value.Problems) {
	for _, s := range p.sources() {
		s.parse(problems)
		partial, isPartial := s.partial()
		if !isPartial {
			continue
		}
		if other := p.partials[partial]; other != nil {
			problems.Add(value.Pos{File: s.file}, "rename one of them", "the partial name %q is already taken by %s", partial, other.file)
		}
		p.partials[partial] = s
	}
	p.parseReplaced(problems)
	known := p.partialNames()
	for _, s := range p.rendered() {
		for _, i := range s.includes {
			if i.partial != "" && p.partials[i.partial] == nil {
				problems.Add(i.pos, suggestion(i.partial, known), "no partial %q: the pack has no _%s.LANGUAGE.tmpl", i.partial, i.partial)
			}
		}
		if s.parsed != nil {
			s.tree = s.parsed.Tree.Copy()
			writeLines(s.tree.Root, p.partials)
			countTurns(s.tree.Root)
		}
	}
}

// parseReplaced parses the templates that are still rendered although a layer above replaces them, because what replaces
// them includes them.
func (p *Pack) parseReplaced(problems *value.Problems) {
	for _, s := range p.sources() {
		for ; s != nil && s.called["replaced"] != nil; s = s.replaced {
			if s.replaced == nil {
				problems.Add(value.Pos{File: s.file}, "write {{ replaced . }} in the override of a template, which it includes", "the template calls replaced, but it replaces no template")
				break
			}
			s.replaced.parse(problems)
			p.below = append(p.below, s.replaced)
		}
	}
}

// rendered returns all templates that may be rendered.
func (p *Pack) rendered() []*source { return append(p.sources(), p.below...) }

// sources returns the templates by path.
func (p *Pack) sources() []*source {
	var sorted []*source
	for _, s := range p.templates {
		sorted = append(sorted, s)
	}
	slices.SortFunc(sorted, func(a, b *source) int { return strings.Compare(a.path, b.path) })
	return sorted
}

func (p *Pack) partialNames() []string {
	var known []string
	for name := range p.partials {
		known = append(known, name)
	}
	slices.Sort(known)
	return known
}

// parse parses one template with the functions that its text may call.
func (s *source) parse(problems *value.Problems) {
	own := s.functions()
	t, err := escape.Parse(s.file, s.text, own)
	if err == nil {
		s.parsed = t
		s.called = s.calledOf(own)
		inspect(t.Root, s.visit)
		return
	}
	if unknown := s.unknownFunctions(); len(unknown) > 0 {
		*problems = append(*problems, unknown...)
		return
	}
	*problems = append(*problems, problemsOf(err)...)
}

// functions returns those of the pack functions whose name stands in the text. A template knows some two hundred
// names and calls ten: to hand over all of them takes longer than to parse it.
func (s *source) functions() template.FuncMap {
	all, called := functions(), template.FuncMap{}
	isBreak := func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}
	for word := range strings.FieldsFuncSeq(s.text, isBreak) {
		if f, ok := all[word]; ok {
			called[word] = f
		}
	}
	return called
}

// calledOf returns the functions that the template calls, those of the pack and those of its language.
func (s *source) calledOf(own template.FuncMap) template.FuncMap {
	all := escape.TemplateFuncs(s.language)
	maps.Copy(all, own)
	called := template.FuncMap{}
	inspect(s.parsed.Root, func(node parse.Node) {
		if name, ok := node.(*parse.IdentifierNode); ok && all[name.Ident] != nil {
			called[name.Ident] = all[name.Ident]
		}
	})
	return called
}

// RawUses returns where the pack's templates hand text to their outputs unchecked, by `raw`.
func (p *Pack) RawUses() []value.Pos {
	var uses []value.Pos
	for _, s := range p.rendered() {
		uses = append(uses, s.raws...)
	}
	return uses
}

// visit notes the calls of include and raw.
func (s *source) visit(node parse.Node) {
	if called, ok := node.(*parse.IdentifierNode); ok && called.Ident == "raw" {
		s.raws = append(s.raws, s.pos(int(called.Position())))
	}
	command, ok := node.(*parse.CommandNode)
	if !ok || len(command.Args) == 0 {
		return
	}
	if called, ok := command.Args[0].(*parse.IdentifierNode); !ok || called.Ident != "include" {
		return
	}
	call := include{pos: s.pos(int(command.Position()))}
	if len(command.Args) > 1 {
		if name, ok := command.Args[1].(*parse.StringNode); ok {
			call.partial = name.Text
			call.pos = s.pos(int(name.Position()))
		}
	}
	s.includes = append(s.includes, call)
}

// unknownFunctions reports every call of a function that there is not. The parser of text/template stops at the
// first one and knows no column.
func (s *source) unknownFunctions() value.Problems {
	tree := parse.New(s.file)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(s.text, "", "", map[string]*parse.Tree{}); err != nil {
		return nil
	}
	own := escape.TemplateFuncs(s.language)
	var problems value.Problems
	inspect(tree.Root, func(node parse.Node) {
		called, ok := node.(*parse.IdentifierNode)
		if !ok || functions()[called.Ident] != nil || own[called.Ident] != nil || slices.Contains(builtins, called.Ident) {
			return
		}
		hint := dropped(called.Ident)
		if hint == "" {
			known := functionNames()
			for name := range own {
				known = append(known, name)
			}
			slices.Sort(known)
			if near, ok := nearest(called.Ident, known); ok {
				hint = "did you mean " + near + "?"
			}
		}
		problems.Add(s.pos(int(called.Position())), hint, "unknown function %q", called.Ident)
	})
	return problems
}

// pos returns the place of a byte offset in the file.
func (s *source) pos(offset int) value.Pos {
	before := s.text[:min(offset, len(s.text))]
	start := strings.LastIndexByte(before, '\n') + 1
	return value.Pos{File: s.file, Line: 1 + strings.Count(before, "\n"), Col: 1 + utf8.RuneCountInString(before[start:])}
}

// inspect calls visit for the node and all below it.
func inspect(node parse.Node, visit func(parse.Node)) {
	visit(node)
	switch node := node.(type) {
	case *parse.ListNode:
		for _, child := range node.Nodes {
			inspect(child, visit)
		}
	case *parse.ActionNode:
		inspect(node.Pipe, visit)
	case *parse.PipeNode:
		for _, command := range node.Cmds {
			inspect(command, visit)
		}
	case *parse.CommandNode:
		for _, arg := range node.Args {
			inspect(arg, visit)
		}
	case *parse.ChainNode:
		inspect(node.Node, visit)
	case *parse.IfNode:
		inspectBranch(&node.BranchNode, visit)
	case *parse.RangeNode:
		inspectBranch(&node.BranchNode, visit)
	case *parse.WithNode:
		inspectBranch(&node.BranchNode, visit)
	}
}

func inspectBranch(node *parse.BranchNode, visit func(parse.Node)) {
	inspect(node.Pipe, visit)
	inspect(node.List, visit)
	if node.ElseList != nil {
		inspect(node.ElseList, visit)
	}
}
