package escape

import (
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// variable describes how a template uses one of its variables.
type variable struct {
	declared   int  // how often
	isAssigned bool // an action assigns it
	isAsked    bool // a condition tests it, or an action writes it
	hasComma   bool // it is assigned a comma
	isOther    bool // it is assigned something that is neither a comma nor empty
}

// variablesOf returns the variables of a template.
func variablesOf(root *parse.ListNode) map[string]variable {
	all := map[string]variable{}
	tree.Inspect(root, func(node parse.Node) bool {
		if action, ok := node.(*parse.ActionNode); ok && len(action.Pipe.Decl) == 0 {
			noteTested(all, action.Pipe)
		}
		if branch := tree.Branch(node); branch != nil && branch.NodeType == parse.NodeIf {
			noteTested(all, branch.Pipe)
		}
		pipe, ok := node.(*parse.PipeNode)
		if !ok {
			return true
		}
		for _, name := range pipe.Decl {
			of := all[name.Ident[0]]
			if pipe.IsAssign {
				of.isAssigned = true
			} else {
				of.declared++
			}
			switch text, isString := onlyNode[*parse.StringNode](pipe); {
			case !isString || strings.Trim(text.Text, ", ") != "":
				of.isOther = true
			case strings.TrimSpace(text.Text) == ",":
				of.hasComma = true
			}
			all[name.Ident[0]] = of
		}
		return true
	})
	return all
}

func noteTested(all map[string]variable, pipe *parse.PipeNode) {
	if name, _ := testedVariable(pipe); name != "" {
		of := all[name]
		of.isAsked = true
		all[name] = of
	}
}

// onlyNode returns the only node of a pipeline, and false if there are several.
func onlyNode[N parse.Node](pipe *parse.PipeNode) (node N, ok bool) {
	if len(pipe.Cmds) == 1 && len(pipe.Cmds[0].Args) == 1 {
		node, ok = pipe.Cmds[0].Args[0].(N)
	}
	return node, ok
}

// testedVariable returns the variable that the condition tests: `$v`, `not $v`, `ne $v 0`, `gt $v 0` or `eq $v 0`, and whether
// the condition holds if the variable is false.
func testedVariable(pipe *parse.PipeNode) (name string, isNegated bool) {
	args := soleCall(pipe)
	if len(args) == 3 && args[2].String() == "0" {
		switch args[0].String() {
		case "eq":
			isNegated, args = true, args[1:2]
		case "ne", "gt":
			args = args[1:2]
		}
	}
	if len(args) == 2 && args[0].String() == "not" {
		isNegated, args = true, args[1:]
	}
	if len(args) == 1 {
		if variable, ok := args[0].(*parse.VariableNode); ok && len(variable.Ident) == 1 {
			return variable.Ident[0], isNegated
		}
	}
	return "", false
}

// known holds what is known about variables at some point: a line "$NAME=VALUE" for each whose value is a constant of
// the template, or "+" for a number above 0.
type known string

// get returns what a variable holds, in template syntax, and false if that is unknown.
func (k known) get(name string) (string, bool) {
	_, rest, found := strings.Cut("\n"+string(k), "\n"+name+"=")
	held, _, _ := strings.Cut(rest, "\n")
	return held, found
}

// without returns what is known about all other variables.
func (k known) without(name string) known {
	held, found := k.get(name)
	if !found {
		return k
	}
	return known(strings.Replace("\n"+string(k), "\n"+name+"="+held+"\n", "\n", 1)[1:])
}

// set returns what is known after an action that declares or assigns variables.
func (w *walker[S]) set(k known, pipe *parse.PipeNode) known {
	before := k
	for _, v := range pipe.Decl {
		k = k.without(v.Ident[0])
	}
	name := pipe.Decl[0].Ident[0]
	if len(pipe.Decl) > 1 || !w.variables[name].isAsked {
		return k
	}
	held := ""
	if text, ok := onlyNode[*parse.StringNode](pipe); ok {
		held = strconv.Quote(text.Text)
	} else if truth, ok := onlyNode[*parse.BoolNode](pipe); ok {
		held = strconv.FormatBool(truth.True)
	} else if number, ok := onlyNode[*parse.NumberNode](pipe); ok && number.IsInt && number.Int64 >= 0 {
		held = "+"
		if number.Int64 == 0 {
			held = "0"
		}
	} else if len(pipe.Cmds) == 1 {
		of, ahead := counter(&parse.PipeNode{NodeType: parse.NodePipe, Cmds: pipe.Cmds})
		if count, _ := before.get(of.String()); ahead > 0 && (count == "0" || count == "+") {
			held = "+"
		}
	}
	if held == "" {
		return k
	}
	return k + known(name+"="+held+"\n")
}

// The results of a condition.
const (
	maybe = iota
	always
	never
)

// truth returns whether a condition holds, if that is known.
func (k known) truth(pipe *parse.PipeNode) int {
	name, isNegated := testedVariable(pipe)
	held, ok := k.get(name)
	isCount := held == "0" || held == "+"
	switch {
	case name == "" || !ok || len(soleCall(pipe)) == 3 && !isCount:
		return maybe
	case (held == "false" || held == "0" || held == `""`) == isNegated:
		return always
	}
	return never
}

// constant returns the comma, or "", that an action writes with a variable that is always one of the two: a separator
// is text of the template.
func (w *walker[S]) constant(k known, pipe *parse.PipeNode) (string, bool) {
	variable, ok := onlyNode[*parse.VariableNode](pipe)
	if !ok || len(variable.Ident) != 1 || w.variables[variable.Ident[0]].isOther || !w.variables[variable.Ident[0]].hasComma {
		return "", false
	}
	held, ok := k.get(variable.Ident[0])
	text, err := strconv.Unquote(held)
	return text, ok && err == nil
}

// without drops the variables that are declared below a node, whose names have another meaning or none after it, and
// those that a branch assigns.
func (w *walker[S]) without(points []point[S], node parse.Node) []point[S] {
	if !slices.ContainsFunc(points, func(p point[S]) bool { return p.known != "" }) {
		return points
	}
	var names []string
	tree.Inspect(node, func(below parse.Node) bool {
		pipe, ok := below.(*parse.PipeNode)
		isBranch := tree.Branch(below) != nil
		if isBranch {
			pipe = tree.Branch(below).Pipe
		}
		if isBranch || ok && !pipe.IsAssign {
			for _, variable := range pipe.Decl {
				names = append(names, variable.Ident[0])
			}
		}
		return true
	})
	return w.each(points, func(p point[S]) point[S] {
		for _, name := range names {
			p.known = p.known.without(name)
		}
		return p
	})
}
