package escape

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// action is one `{{ … }}` that writes something, with the writer calls that will end it.
type action struct {
	node       *parse.ActionNode
	source     string // as written in the template
	siblings   *parse.ListNode
	index      int     // among its siblings
	last       string  // the pipeline's last function, or ""
	indent     int     // the argument of a final indent or nindent, or -1 if it is not constant
	isConstant bool    // it writes text of the template
	calls      []*call // one for each place found for it: a loop's body is walked more than once
}

// call is a call of a writer. Two places of one action are compatible if their writers are the same; of numeric
// arguments the larger one is used, and flags are combined.
type call struct {
	writer string
	flags  flags
	args   []int
	hint   string // for what the writer cannot write, or ""
}

// write adds a writer call to the action.
func (a *action) write(writer string, f flags, args ...int) {
	a.calls = append(a.calls, &call{writer: writer, flags: f, args: args})
}

// mark adds a flag to the calls that the action has so far.
func (a *action) mark(f flags) {
	for _, c := range a.calls {
		c.flags |= f
	}
}

// lastFunction returns the name of the last function of a pipeline, and its first argument if that is a constant
// number, else -1. Parentheses around a whole pipeline do not matter.
func lastFunction(pipe *parse.PipeNode) (string, int) {
	last := pipe.Cmds[len(pipe.Cmds)-1]
	switch node := last.Args[0].(type) {
	case *parse.PipeNode:
		if len(last.Args) == 1 {
			return lastFunction(node)
		}
	case *parse.IdentifierNode:
		if len(last.Args) > 1 {
			if n, ok := last.Args[1].(*parse.NumberNode); ok && n.IsInt {
				return node.Ident, int(n.Int64)
			}
		}
		return node.Ident, -1
	}
	return "", -1
}

// whole returns how to write the actions and text around a, which form one value on their line, as a single action.
func whole(a *action) string {
	format, args := "", ""
	add := func(node parse.Node) {
		switch node := node.(type) {
		case *parse.ActionNode:
			if len(node.Pipe.Decl) == 0 {
				format += "%v"
				args += " " + operand(node.Pipe)
			}
		case *parse.TextNode:
			format += strings.NewReplacer("%", "%%", `\`, `\\`, `"`, `\"`).Replace(string(node.Text))
		}
	}
	nodes := a.siblings.Nodes
	from := a.index
	head := ""
	for from > 0 {
		if _, ok := nodes[from-1].(*parse.ActionNode); ok {
			from--
			continue
		}
		text, ok := nodes[from-1].(*parse.TextNode)
		if !ok {
			break
		}
		from--
		if cut := scalarStart(string(text.Text)); cut >= 0 {
			head = string(text.Text)[cut:]
			from++
			break
		}
	}
	add(&parse.TextNode{Text: []byte(head)})
	for i := from; i < len(nodes); i++ {
		text, ok := nodes[i].(*parse.TextNode)
		if !ok {
			if _, ok := nodes[i].(*parse.ActionNode); !ok {
				break
			}
		} else if cut := scalarEnd(string(text.Text)); cut >= 0 {
			add(&parse.TextNode{Text: text.Text[:cut]})
			break
		}
		add(nodes[i])
	}
	return fmt.Sprintf(`{{ printf "%s"%s }}`, format, args)
}

// scalarStart returns where the scalar at the end of the text begins, or -1 if it begins before the text.
func scalarStart(text string) int {
	start := -1
	for _, before := range []string{"\n", ": ", "- ", "[", "{", ", ", "= ", "("} {
		if i := strings.LastIndex(text, before); i >= 0 {
			start = max(start, i+len(before))
		}
	}
	if start >= 0 {
		start += len(text[start:]) - len(strings.TrimLeft(text[start:], " "))
	}
	return start
}

// scalarEnd returns where the scalar at the start of the text ends, or -1 if it does not end in the text.
func scalarEnd(text string) int {
	end := -1
	for _, after := range []string{"\n", ": ", ":\n", " #", ", ", "]", "}", ")"} {
		if i := strings.Index(text, after); i >= 0 && (end < 0 || i < end) {
			end = i
		}
	}
	return end
}

// operand returns the source of a pipeline as an argument of a function.
func operand(pipe *parse.PipeNode) string {
	if joined := pipe.Cmds[0]; tree.IsCall(joined, joinFunction) {
		return "(" + printed(joined.Args[1:]) + ")"
	}
	if source := pipe.String(); len(pipe.Cmds) > 1 || len(pipe.Cmds[0].Args) > 1 {
		return "(" + source + ")"
	} else {
		return cmp.Or(source, ".")
	}
}

// printed returns the printf call that writes the parts joined by joinRun.
func printed(parts []parse.Node) string {
	format, args := "", ""
	for _, part := range parts {
		switch part := part.(type) {
		case *parse.StringNode:
			format += formatted.Replace(part.Text)
		case *parse.PipeNode:
			format += "%v"
			args += " " + operand(&parse.PipeNode{NodeType: parse.NodePipe, Cmds: part.Cmds[:len(part.Cmds)-1]})
		}
	}
	return fmt.Sprintf(`printf "%s"%s`, format, args)
}

// formatted appends text to a printf format, with a verb for each action in it; %v fits any value.
var formatted = strings.NewReplacer("%", "%%", `\`, `\\`, `"`, `\"`, "\n", `\n`, placed, "%v")

// nameBefore and nameBehind match the characters and actions of a name at the end and at the start of a text.
var nameBefore, nameBehind = regexp.MustCompile(`[\pL\pN_$` + placed + `]*$`), regexp.MustCompile(`^[\pL\pN_$` + placed + `]*`)

// printedWord returns the printf call that writes the name or number that an action is part of.
func printedWord(a *action) string {
	t := textAround(a)
	return t.form(nameBefore.FindString(t.before), nameBehind.FindString(t.after))
}

// partForm returns how to write the name that an action is, or is part of, as a single action.
func partForm(a *action) string {
	word := printedWord(a)
	if strings.HasPrefix(word, `printf "%v" `) {
		return identForm(a)
	}
	return fmt.Sprintf("write {{ ident (%s) }} for a name, or put a space between them", word)
}

func identForm(a *action) string {
	return fmt.Sprintf("write {{ ident %s }}", operand(a.node.Pipe))
}
