package lint

import (
	"cmp"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// guardsOf returns the paths that a template tests, such as .Value or $x.Value: true if it tests whether the path
// exists. A template that tests the kind of a value may have a branch for each kind, and branches that are never taken
// for the value at hand are not mistakes. So nothing is known about a value that a template tests anywhere. $ and the
// dot count as the same path, since they usually are.
func guardsOf(root parse.Node) map[string]bool {
	guards := map[string]bool{}
	tree.Inspect(root, func(node parse.Node) bool {
		pipe, ok := node.(*parse.PipeNode)
		if !ok {
			return true
		}
		for i, command := range pipe.Cmds {
			key := textAt(command.Args, 2)
			switch args := slices.Clone(command.Args[1:]); {
			case key != "" && tree.IsCall(command, "get", "hasKey", "index"):
				guards[pathOfMember(pathOf(args[0].String()), key)] = true
			case tree.IsCall(command, "kindIs", "kindOf", "typeIs", "typeIsLike", "typeOf", "hasKey"),
				tree.IsCall(command, "printf") && strings.Contains(textAt(command.Args, 1), "%T"):
				if i > 0 {
					args = append(args, pipe.Cmds[i-1].Args[0])
				}
				for _, arg := range args {
					if path := pathOf(arg.String()); !guards[path] {
						guards[path] = false
					}
				}
			}
		}
		return true
	})
	return guards
}

// textAt returns the text of the node at an index if it is a constant, else "".
func textAt(nodes []parse.Node, i int) string {
	if i < len(nodes) {
		if node, ok := nodes[i].(*parse.StringNode); ok {
			return node.Text
		}
	}
	return ""
}

// pathOf returns the path of the value that a text in a template names.
func pathOf(text string) string {
	if below, ok := strings.CutPrefix(text, "$"); ok && (below == "" || below[0] == '.') {
		return cmp.Or(below, ".")
	}
	return text
}

// pathOfMember returns the path of a member.
func pathOfMember(path, member string) string { return strings.TrimSuffix(path, ".") + "." + member }

// mayTest reports whether a condition may depend on the data: it reads something other than parameters.
func mayTest(pipe *parse.PipeNode) bool {
	may := false
	tree.Inspect(pipe, func(node parse.Node) bool {
		switch node.Type() {
		case parse.NodeDot, parse.NodeField, parse.NodeVariable:
			may = may || !strings.HasPrefix(pathOf(node.String()), ".Params.")
		}
		return true
	})
	return may
}
