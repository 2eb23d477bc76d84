package escape

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// Parse reads a template, whose name determines its language, with the functions of TemplateFuncs and the given ones
// (which take precedence). Each action of the result ends in the writer for its place; reading a key that a map does not
// have is an error at execution. file is the name in every error.
//
// The error is value.Problems: a syntax error, or the actions whose place has no writer, with the form to write instead.
// An action that writes a constant is text. A file is a single template: define, block and template are refused.
func Parse(file, text string, funcs template.FuncMap) (*template.Template, error) {
	language := LanguageOf(file)
	t := template.New(file).Option("missingkey=error").Funcs(TemplateFuncs(language)).Funcs(funcs)
	if _, err := t.Parse(text); err != nil {
		return nil, parseProblem(file, err)
	}
	r := &report{file: file, source: text}
	for _, defined := range t.Templates() {
		if defined.Name() != file && defined.Tree != nil {
			r.add(value.TemplateSyntax, defined.Root.Position(), `move it to a partial and write {{ include "name" . }}`, "the template defines another template: %q", defined.Name())
		}
	}
	if t.Tree != nil {
		r.characters(t.Root)
		foldConstants(t.Root)
		r.place(language, t.Tree)
	}
	if len(r.problems) > 0 {
		isSamePlace := func(a, b value.Problem) bool { return a.Pos == b.Pos } // a block defines a template, and calls it
		return nil, slices.CompactFunc(r.problems.Sorted(), isSamePlace)
	}
	return t.Funcs(writers), nil
}

var parseError = regexp.MustCompile(`(?s)^template: (.*?):(\d+):(?:(\d+):)? (.*)$`)

// parseProblem converts an error of text/template to a problem.
func parseProblem(file string, err error) error {
	p := value.Problem{Code: value.TemplateSyntax, Pos: value.Pos{File: file}, Msg: strings.TrimPrefix(err.Error(), "template: ")}
	rest, named := strings.CutPrefix(err.Error(), "template: "+file)
	if m := parseError.FindStringSubmatch("template: F" + rest); named && m != nil {
		if line, err := strconv.Atoi(m[2]); err == nil {
			p.Pos.Line, p.Pos.Col, p.Msg = line, 1, m[4]
			if p.Msg == "unexpected EOF" {
				p.Msg, p.Hint = "the template ends inside a branch", "end each {{ if }}, {{ range }} and {{ with }} with {{ end }}"
			}
		}
	}
	return value.Problems{p}
}

// report collects the problems of one template, and the calls for its actions.
type report struct {
	file, source string
	problems     value.Problems
	actions      map[*parse.ActionNode]*action
	refused      map[*action]bool
	hint         string                       // of the last refusal: two actions in one scalar are one problem
	at           place                        // of the text being read
	joints       []joint                      // to be joined
	joined       map[*parse.ActionNode]string // the joined actions as written in the template
}

// pos returns the position of a byte offset in the template.
func (r *report) pos(offset int) value.Pos {
	line, col := tree.LineCol(r.source, offset)
	return value.Pos{File: r.file, Line: line, Col: col}
}

func (r *report) add(kind value.Code, at parse.Pos, hint, format string, args ...any) {
	offset := min(int(at), len(r.source))
	if open := strings.LastIndex(r.source[:offset], "{{"); open >= 0 {
		offset = open
	}
	r.problems.Add(kind, r.pos(offset), hint, format, args...)
}

// characters reports character constants, which are numbers in Go and texts in other languages.
func (r *report) characters(root *parse.ListNode) {
	if !strings.Contains(r.source, "'") {
		return
	}
	tree.Inspect(root, func(node parse.Node) bool {
		if number, ok := node.(*parse.NumberNode); ok && number.Text[0] == '\'' {
			hint := "write " + strconv.Quote(string(rune(number.Int64)))
			r.problems.Add(value.TemplateSyntax, r.pos(tree.Start(number)), hint, "%s is a character, which Go reads as the number %d", number.Text, number.Int64)
		}
		return true
	})
}

// refuse reports that an action has no writer. Only the first reason is reported.
func (r *report) refuse(a *action, hint, format string, args ...any) {
	if r.refused[a] {
		return
	}
	if r.refused == nil {
		r.refused = map[*action]bool{}
	}
	r.refused[a] = true
	if strings.HasPrefix(hint, "write {{") && strings.Contains(hint, "printf") && hint == r.hint {
		return
	}
	r.hint = hint
	r.add(value.UnsafePlace, a.node.Pos, hint, format, args...)
}

// place adds the writer call to each action. If joints are joined, the template changes and is read once more.
func (r *report) place(language Language, tree *parse.Tree) {
	before := r.problems
	for {
		r.actions, r.refused, r.hint, r.problems = map[*parse.ActionNode]*action{}, nil, "", slices.Clone(before)
		r.follow(language, tree)
		if !r.joinAll() {
			break
		}
	}
	for _, a := range r.actions {
		if c := r.settle(a); c != nil {
			end(a.node, c)
		}
	}
}

func (r *report) follow(language Language, tree *parse.Tree) {
	switch language {
	case YAML:
		follow(r, yamlReader{r}, tree.Root)
	case Python:
		follow(r, pythonReader{r}, tree.Root)
	case JSON:
		follow(r, jsonReader{report: r, byLine: IsJSONLines(r.file)}, tree.Root)
	case Markdown:
		follow(r, markdownReader{r}, tree.Root)
	case HTML:
		follow(r, htmlReader{r}, tree.Root)
	case TOML:
		follow(r, tomlReader{r}, tree.Root)
	case TypeScript:
		follow(r, newScriptReader(r), tree.Root)
	default:
		follow(r, textReader{}, tree.Root)
	}
}

// settle returns the one call that is valid for all places of the action, or nil if it needs none.
func (r *report) settle(a *action) *call {
	if len(a.calls) == 0 || r.refused[a] {
		return nil
	}
	whole := *a.calls[0]
	whole.args = slices.Clone(whole.args)
	if a.isConstant || slices.ContainsFunc(a.calls, func(c *call) bool { return c.writer != whole.writer }) {
		r.refuse(a, "let all branches before it end in the same place", "the action is in different places, depending on the branch taken before it")
		return nil
	}
	for _, c := range a.calls[1:] {
		whole.flags |= c.flags
		for i, arg := range c.args {
			whole.args[i] = max(whole.args[i], arg)
		}
	}
	if whole.writer == scriptWriter && whole.flags&keyFlag != 0 && whole.flags&valueFlag != 0 {
		r.refuse(a, "let all branches after it begin alike", "the action is a key or a value, depending on the branch taken after it")
		return nil
	}
	return &whole
}

// end appends the call to the action's pipeline.
func end(node *parse.ActionNode, c *call) {
	pos := node.Pipe.Position()
	command := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pos}
	command.Args = append(command.Args, parse.NewIdentifier(c.writer).SetPos(pos))
	for _, n := range append([]int{int(c.flags)}, c.args...) {
		command.Args = append(command.Args, &parse.NumberNode{
			NodeType: parse.NodeNumber, Pos: pos, IsInt: true, Int64: int64(n), Text: strconv.Itoa(n),
		})
	}
	if c.hint != "" {
		command.Args = append(command.Args, &parse.StringNode{NodeType: parse.NodeString, Pos: pos, Quoted: strconv.Quote(c.hint), Text: c.hint})
	}
	node.Pipe.Cmds = append(node.Pipe.Cmds, command)
}
