package lint

import (
	"slices"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// A template that asks what kind a value is may have the answer of each kind in a branch of its own, and the branches
// that are never taken for the value at hand are no slips. So nothing is known of a value behind a path, such as
// .Value or $x.Value, that the template asks about anywhere. $ and the dot are one path: mostly they are the same.

// questions are the paths that a template asks about: true where it asks whether there is something at the path.
type questions map[string]bool

func questionsOf(root parse.Node) questions {
	asked := questions{}
	tree.Inspect(root, func(node parse.Node) bool {
		pipe, ok := node.(*parse.PipeNode)
		if !ok {
			return true
		}
		for i, command := range pipe.Cmds {
			if key := textAt(command.Args, 2); key != "" && tree.IsCall(command, "get", "hasKey", "index") && pathOf(command.Args[1]) != "" {
				asked[pathOfMember(pathOf(command.Args[1]), key)] = true
			} else if asksKind(command) {
				args := slices.Clone(command.Args[1:])
				if i > 0 {
					args = append(args, pipe.Cmds[i-1].Args[0])
				}
				for _, arg := range args {
					asked[pathOf(arg)] = asked[pathOf(arg)]
				}
			}
		}
		return true
	})
	delete(asked, "")
	return asked
}

// asksKind reports whether a command asks what its arguments are, or what keys they have.
func asksKind(command *parse.CommandNode) bool {
	return tree.IsCall(command, "kindIs", "kindOf", "typeIs", "typeIsLike", "typeOf", "hasKey") ||
		tree.IsCall(command, "printf") && strings.Contains(textAt(command.Args, 1), "%T")
}

// textAt returns the constant text that is one of the nodes, or "".
func textAt(nodes []parse.Node, i int) string {
	if i < len(nodes) {
		if node, ok := nodes[i].(*parse.StringNode); ok {
			return node.Text
		}
	}
	return ""
}

// pathOf returns the path of a field or variable, or "".
func pathOf(node parse.Node) string {
	switch node := node.(type) {
	case *parse.DotNode, *parse.FieldNode:
		return node.String()
	case *parse.VariableNode:
		if node.Ident[0] == "$" {
			return "." + strings.Join(node.Ident[1:], ".")
		}
		return node.String()
	}
	return ""
}

// pathOfMember returns the path of a member.
func pathOfMember(path, member string) string { return strings.TrimSuffix(path, ".") + "." + member }

// mayTest reports whether a condition may depend on what is there: it reads something else than parameters.
func mayTest(pipe *parse.PipeNode) bool {
	may := false
	tree.Inspect(pipe, func(node parse.Node) bool {
		path := pathOf(node)
		may = may || path != "" && !strings.HasPrefix(path, ".Params.")
		return true
	})
	return may
}
