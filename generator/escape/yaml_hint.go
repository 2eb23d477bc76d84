package escape

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// In the text around an action, placed represents every other action, and here the action itself.
const (
	placed = "\x00"
	here   = "\x01"
)

// unplaced removes these characters, which YAML does not allow, from the template's own text.
var unplaced = strings.NewReplacer(placed, "", here, "")

// surroundings is the text before and after an action, up to the adjacent branches, with placeholders for each action.
type surroundings struct {
	before, after string
	actions       []*parse.ActionNode
	index         int // of the action itself
}

func textAround(a *action) surroundings {
	var text surroundings
	nodes := a.siblings.Nodes
	add := func(to *string, node parse.Node) bool {
		switch node := node.(type) {
		case *parse.TextNode:
			*to += unplaced.Replace(string(node.Text))
		case *parse.ActionNode:
			if len(node.Pipe.Decl) > 0 {
				return true // it writes nothing
			}
			*to += placed
			text.actions = append(text.actions, node)
		default:
			return false
		}
		return true
	}
	from := a.index
	for from > 0 && (nodes[from-1].Type() == parse.NodeText || nodes[from-1].Type() == parse.NodeAction) {
		from--
	}
	for _, node := range nodes[from:a.index] {
		add(&text.before, node)
	}
	text.index = len(text.actions)
	text.actions = append(text.actions, a.node)
	for _, node := range nodes[a.index+1:] {
		if !add(&text.after, node) {
			break
		}
	}
	return text
}

// form returns the printf call that writes before, the action and after, which are adjacent in the text.
func (t surroundings) form(before, after string) string {
	format := formatted.Replace(before + placed + after)
	args := ""
	for _, node := range t.actions[t.index-strings.Count(before, placed) : t.index+1+strings.Count(after, placed)] {
		args += " " + operand(node.Pipe)
	}
	return fmt.Sprintf(`printf "%s"%s`, format, args)
}

// blockForm returns how to write the literal block scalar around an action as a single action, with its lines in the
// given column, or "" if that is too complicated. parent is the column of the block's key.
func blockForm(a *action, parent, column int) string {
	const maxLength = 200
	t := textAround(a)
	t.actions[t.index] = &parse.ActionNode{NodeType: parse.NodeAction, Pipe: bare(a.node.Pipe)}
	if a.last == "nindent" {
		t.before += "\n" + strings.Repeat(" ", max(a.indent, 0))
	}
	isOutside := func(line string) bool { return strings.TrimSpace(line) != "" && indentOf(line) <= parent }
	lines := strings.Split(t.before, "\n")
	last := lines[len(lines)-1]
	lines = lines[:len(lines)-1]
	header := len(lines) - 1
	for header >= 0 && !isOutside(lines[header]) {
		header--
	}
	if header < 0 {
		return ""
	}
	chomping := literalHeader.FindStringSubmatch(lines[header])
	rest, below, _ := strings.Cut(t.after, "\n")
	following := strings.Split(below, "\n")
	if end := slices.IndexFunc(following, isOutside); end >= 0 {
		following = following[:end]
	}
	content := append(append(lines[header+1:len(lines):len(lines)], last+here+rest), following...)
	if chomping == nil || len(strings.Join(content, "")) > maxLength {
		return ""
	}
	indent := indentOf(strings.Join(content, "\n"))
	for i, line := range content {
		if strings.TrimSpace(line) != "" && indentOf(line) < indent {
			return ""
		}
		content[i] = line[min(indent, len(line)):]
	}
	text := strings.TrimRight(strings.Join(content, "\n"), "\n ")
	if chomping[1] == "" {
		text += "\n"
	}
	before, after, _ := strings.Cut(text, here)
	value := "(" + t.form(before, after) + ")"
	if before == "" && strings.TrimSpace(after) == "" {
		value = operand(bare(a.node.Pipe))
	}
	return fmt.Sprintf("{{- text %s | nindent %d }}", value, column)
}

// bare returns a pipeline without the functions that turn a text into lines.
func bare(pipe *parse.PipeNode) *parse.PipeNode {
	commands := pipe.Cmds
	for last := len(commands) - 1; last > 0 && tree.IsCall(commands[last], "indent", "nindent", "text"); last-- {
		commands = commands[:last]
	}
	if len(commands) == 1 && tree.IsCall(commands[0], "text") && len(commands[0].Args) == 2 {
		commands = []*parse.CommandNode{{NodeType: parse.NodeCommand, Args: commands[0].Args[1:]}}
	}
	return &parse.PipeNode{NodeType: parse.NodePipe, Cmds: commands}
}

// literalHeader matches the header of a literal block scalar without an indentation indicator, and its chomping.
var literalHeader = regexp.MustCompile(`(?:^|[ ])\|(-?) *(?: #.*)?$`)
