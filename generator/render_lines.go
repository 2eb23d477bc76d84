package generator

import (
	"text/template"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/generator/tree"
)

// Documents are written by partials within partials, and text/template passes the text of each one up as a string: it
// is copied out of the partial's buffer, indented into another string, copied into a buffer of package fmt, and from
// there into that of the including template; four times for each of some six levels. So an action that only writes
// lines of source, `{{- include "x" . | trim | nindent 2 }}` or `{{- … | toYaml | nindent 4 }}`, becomes one call that
// writes them directly to their destination. For tracing, a template is executed as parsed.

// The functions that take the place of such actions; the first argument is the column, or -1 for no nindent.
const (
	includeLines = "_include" // COLUMN NAME DOT
	trimmedLines = "_trimmed" // the same after trim
	eachLines    = "_each"    // COLUMN NAME LIST [WITH]
	toYamlLines  = "_toYaml"  // COLUMN VALUE
)

// lineFunctions are those functions for this renderer.
func (r *renderer) lineFunctions() template.FuncMap {
	return template.FuncMap{
		includeLines: func(column int, name string, data any) (string, error) {
			return "", r.includeLines(column, name, data, false)
		},
		trimmedLines: func(column int, name string, data any) (string, error) {
			return "", r.includeLines(column, name, data, true)
		},
		eachLines: func(column int, name string, list any, with ...any) (string, error) {
			return "", r.eachLines(column, name, list, with)
		},
		toYamlLines: func(column int, v any) (string, error) { return "", r.toYamlLines(column, v) },
	}
}

// writeLines replaces the actions below the node that only write lines of source.
func writeLines(node parse.Node, partials map[string]*source) {
	tree.Inspect(node, func(below parse.Node) bool {
		action, ok := below.(*parse.ActionNode)
		if !ok || len(action.Pipe.Decl) > 0 {
			return true
		}
		if cmds := linesOf(action.Pipe.Cmds, partials); cmds != nil {
			action.Pipe.Cmds = cmds
		}
		return true
	})
}

// linesOf returns the commands that take the place of a pipeline, or nil where it stays.
func linesOf(cmds []*parse.CommandNode, partials map[string]*source) []*parse.CommandNode {
	const maxWidth = 1000 // as nindent has it
	last := len(cmds) - 1
	writer, cmds, column := cmds[last], cmds[:last], -1
	if last = len(cmds) - 1; last >= 0 && calls(cmds[last], "nindent", 2) {
		number, ok := cmds[last].Args[1].(*parse.NumberNode)
		if !ok || !number.IsInt || number.Int64 < 0 || number.Int64 > maxWidth {
			return nil
		}
		column, cmds = int(number.Int64), cmds[:last]
	}
	last = len(cmds) - 1
	switch {
	case last < 0 || !escape.Passes(writer, column):
		return nil
	case column >= 0 && (calls(cmds[last], "toYaml", 1) && last > 0 || calls(cmds[last], "toYaml", 2) && last == 0):
		return append(cmds[:last:last], lineCall(cmds[last], toYamlLines, column))
	}
	function := includeLines
	if calls(cmds[last], "trim", 1) && last > 0 {
		function, cmds = trimmedLines, cmds[:last]
	}
	switch {
	case len(cmds) != 1:
		return nil
	case function == includeLines && (calls(cmds[0], "includeEach", 3) || calls(cmds[0], "includeEach", 4)):
		function = eachLines
	case !calls(cmds[0], "include", 3):
		return nil
	}
	name, ok := cmds[0].Args[1].(*parse.StringNode)
	if !ok || partials[name.Text] == nil || partials[name.Text].language != escape.YAML {
		return nil
	}
	return []*parse.CommandNode{lineCall(cmds[0], function, column)}
}

// calls reports whether a command is a call of the function with so many words, its name included.
func calls(command *parse.CommandNode, function string, words int) bool {
	return tree.IsCall(command, function) && len(command.Args) == words
}

// lineCall returns a call like that one of another function, with the column before the other arguments.
func lineCall(command *parse.CommandNode, function string, column int) *parse.CommandNode {
	args := []parse.Node{
		parse.NewIdentifier(function).SetPos(command.Pos),
		&parse.NumberNode{NodeType: parse.NodeNumber, Pos: command.Pos, IsInt: true, Int64: int64(column)},
	}
	return &parse.CommandNode{NodeType: parse.NodeCommand, Pos: command.Pos, Args: append(args, command.Args[1:]...)}
}

// toYamlLines writes what `toYaml | nindent` does into the text of the template on top of the stack.
func (r *renderer) toYamlLines(column int, v any) error {
	to := r.top().text
	to.WriteByte('\n')
	for range column {
		to.WriteByte(' ')
	}
	block, err := escape.AppendBlock(r.block[:0], v, column)
	r.block = block
	to.Write(block)
	return err
}
