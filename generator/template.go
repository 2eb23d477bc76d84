package generator

import (
	"maps"
	"path"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/generator/lint"
	"github.com/firestoned/firestone/generator/syntax"
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
				problems.Add(value.UnknownPartial, i.pos, partialMeant(i.partial, known), "no partial %q: the pack has no _%s.LANGUAGE.tmpl", i.partial, i.partial)
			}
		}
		if s.parsed != nil {
			_, isPartial := s.partial()
			p.changesDicts = p.changesDicts || isPartial && len(tree.Calls(s.parsed.Root, "set", "unset", "mustMerge", "mustMergeOverwrite")) > 0
			s.tree = s.parsed.Tree.Copy()
			writeLines(s.tree.Root, p.partials)
			countIterations(s.tree.Root)
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
		_, isPartial := s.partial()
		*problems = append(*problems, syntax.CheckTags(s.file, s.text, isPartial && s.language == escape.Text, s.isFunction)...)
		return
	}
	parsed := s.parsedLoosely()
	if parsed != nil && !s.callsUnknown(parsed) {
		*problems = append(*problems, problemsOf(err)...) // of its places
		return
	}
	s.loose = parsed
	slips, isCertain := syntax.Check(s.file, s.text, s.isFunction)
	if *problems = append(*problems, slips...); parsed == nil && !isCertain {
		*problems = append(*problems, problemsOf(err)...)
	}
}

// partialMeant says which partial is meant by the name of one that does not exist, which may be that of its file.
func partialMeant(word string, known []string) string {
	stem, _, _ := strings.Cut(strings.TrimPrefix(path.Base(word), "_"), ".")
	if slices.Contains(known, stem) {
		return "write \"" + stem + "\": a partial is named without its folder, its _ and its endings"
	}
	return value.Suggestion(word, known)
}

// parsedLoosely returns the template if it can be parsed but for functions that do not exist, or else nil.
func (s *source) parsedLoosely() *parse.Tree {
	parsed := parse.New(s.file)
	parsed.Mode = parse.SkipFuncCheck
	if _, err := parsed.Parse(s.text, "", "", map[string]*parse.Tree{}); err != nil {
		return nil
	}
	return parsed
}

// callsUnknown reports whether a template calls a function that does not exist.
func (s *source) callsUnknown(parsed *parse.Tree) bool {
	isUnknown := false
	tree.Inspect(parsed.Root, func(node parse.Node) bool {
		called, ok := node.(*parse.IdentifierNode)
		isUnknown = isUnknown || ok && !s.isFunction(called.Ident)
		return true
	})
	return isUnknown
}

// checkFunctions reports calls of functions that do not exist. What is meant by one depends on what the dot is there, so that
// all templates must have been read.
func (p *Pack) checkFunctions(problems *value.Problems) {
	all := append(p.rendered(), slices.Collect(maps.Values(p.defaults))...)
	for _, o := range p.Outputs {
		all = append(all, o.path, o.when)
	}
	if !slices.ContainsFunc(all, func(s *source) bool { return s != nil && s.loose != nil }) {
		return
	}
	slips := slices.Clone(*problems)
	for _, problem := range p.lint(lint.UnknownFunctions) {
		isSlip := func(slip value.Problem) bool {
			i := slices.IndexFunc(all, func(s *source) bool { return s != nil && s.file == problem.Pos.File })
			return slip.Pos == problem.Pos || i >= 0 && isSameAction(all[i].text, slip.Pos, problem.Pos)
		}
		if !slices.ContainsFunc(slips, isSlip) { // else it is a word of another language
			*problems = append(*problems, problem)
		}
	}
}

// isSameAction reports whether two places of a template are in one action of one line.
func isSameAction(text string, a, b value.Pos) bool {
	if a.File != b.File || a.Line != b.Line {
		return false
	}
	lines := strings.Split(text, "\n")
	line := []rune(lines[min(a.Line, len(lines))-1])
	from, to := min(a.Col, b.Col), max(a.Col, b.Col)
	if to > len(line) || from == to {
		return from == to
	}
	between := string(line[from : to-1]) // without the first brace of an action that begins there
	return !strings.Contains(between, "}}") && !strings.Contains(between, "{{")
}

// root returns the tree of the template as far as it could be parsed, or nil.
func (s *source) root() *parse.ListNode {
	switch {
	case s.parsed != nil:
		return s.parsed.Root
	case s.loose != nil:
		return s.loose.Root
	}
	return nil
}

// isFunction reports whether the template may call a function of that name.
func (s *source) isFunction(name string) bool {
	return functions()[name] != nil || escape.TemplateFuncs(s.language)[name] != nil || slices.Contains(builtins, name)
}

// functionMeant says which function was meant where one does not exist, or returns "".
func (s *source) functionMeant(unknown string) string {
	hint := dropped(unknown)
	if hint != "" {
		return hint
	}
	if ours, instead := syntax.Known(unknown); instead != "" {
		return instead
	} else if ours != "" {
		return "did you mean " + ours + "?"
	}
	known := append(functionNames(), slices.Sorted(maps.Keys(escape.TemplateFuncs(s.language)))...)
	slices.Sort(known)
	plain := func(word string) string {
		return strings.TrimSuffix(strings.TrimPrefix(strings.ReplaceAll(strings.ToLower(word), "_", ""), "to"), "case")
	}
	if i := slices.IndexFunc(known, func(function string) bool { return plain(function) == plain(unknown) }); i >= 0 {
		return "did you mean " + known[i] + "?"
	}
	return name.Suggest(unknown, known, "%s", "")
}

// functions returns those of the pack functions whose name occurs in the text. A template can use some two hundred
// names and calls ten: passing all of them takes longer than parsing it.
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

// pos returns the place of a byte offset in the file.
func (s *source) pos(offset int) value.Pos {
	line, col := tree.LineCol(s.text, offset)
	return value.Pos{File: s.file, Line: line, Col: col}
}
