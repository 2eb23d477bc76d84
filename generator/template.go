package generator

import (
	"maps"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/name"
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
			problems.Add(value.UnusedFile, value.Pos{File: s.file}, "rename one of them", "the partial name %q is already taken by %s", partial, other.file)
		}
		p.partials[partial] = s
	}
	p.parseReplaced(problems)
	known := p.partialNames()
	for _, s := range p.rendered() {
		for _, i := range s.includes {
			if i.partial != "" && p.partials[i.partial] == nil {
				problems.Add(value.UnknownPartial, i.pos, value.Suggestion(i.partial, known), "no partial %q: the pack has no _%s.LANGUAGE.tmpl", i.partial, i.partial)
			}
		}
		if s.parsed != nil {
			_, isPartial := s.partial()
			p.changesDicts = p.changesDicts || isPartial && len(tree.Calls(s.parsed.Root, "set", "unset", "mustMerge", "mustMergeOverwrite")) > 0
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
				problems.Add(value.UnknownPartial, value.Pos{File: s.file}, "write {{ replaced . }} in the override of a template, which it includes", "the template calls replaced, but it replaces no template")
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
		s.note(t.Root)
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
	tree.Inspect(s.parsed.Root, func(node parse.Node) bool {
		if name, ok := node.(*parse.IdentifierNode); ok && all[name.Ident] != nil {
			called[name.Ident] = all[name.Ident]
		}
		return true
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

// note notes the calls of include and raw.
func (s *source) note(root *parse.ListNode) {
	for _, call := range tree.Calls(root, "raw") {
		s.raws = append(s.raws, s.pos(tree.Start(call)))
	}
	for _, call := range tree.Calls(root, "include", "includeEach") {
		noted := include{pos: s.pos(tree.Start(call))}
		if len(call.Args) > 1 {
			if name, ok := call.Args[1].(*parse.StringNode); ok {
				noted.partial, noted.pos = name.Text, s.pos(tree.Start(name))
			}
		}
		s.includes = append(s.includes, noted)
	}
}

// unknownFunctions reports every call of a function that there is not. The parser of text/template stops at the
// first one and knows no column.
func (s *source) unknownFunctions() value.Problems {
	parsed := parse.New(s.file)
	parsed.Mode = parse.SkipFuncCheck
	if _, err := parsed.Parse(s.text, "", "", map[string]*parse.Tree{}); err != nil {
		return nil
	}
	own := escape.TemplateFuncs(s.language)
	var problems value.Problems
	tree.Inspect(parsed.Root, func(node parse.Node) bool {
		called, ok := node.(*parse.IdentifierNode)
		if !ok || functions()[called.Ident] != nil || own[called.Ident] != nil || slices.Contains(builtins, called.Ident) {
			return true
		}
		hint := dropped(called.Ident)
		if hint == "" {
			known := functionNames()
			for name := range own {
				known = append(known, name)
			}
			slices.Sort(known)
			hint = name.Suggest(called.Ident, known, "%s", "")
		}
		problems.Add(value.UnknownFunction, s.pos(int(called.Position())), hint, "unknown function %q", called.Ident)
		return true
	})
	return problems
}

// pos returns the place of a byte offset in the file.
func (s *source) pos(offset int) value.Pos {
	line, col := tree.LineCol(s.text, offset)
	return value.Pos{File: s.file, Line: line, Col: col}
}
