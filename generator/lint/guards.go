package lint

import (
	"cmp"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
)

// questionsOf returns the paths that a template asks about, such as .Value or $x.Value: true where it asks whether
// there is something at the path. A template that asks what kind a value is may have the answer of each kind in a
// branch of its own, and the branches that are never taken for the value at hand are no slips. So nothing is known of a
// value that a template asks about anywhere. $ and the dot are one path: mostly they are the same.
func questionsOf(root parse.Node) map[string]bool {
	asked := map[string]bool{}
	tree.Inspect(root, func(node parse.Node) bool {
		pipe, ok := node.(*parse.PipeNode)
		if !ok {
			return true
		}
		for i, command := range pipe.Cmds {
			key := textAt(command.Args, 2)
			switch args := slices.Clone(command.Args[1:]); {
			case key != "" && tree.IsCall(command, "get", "hasKey", "index"):
				asked[pathOfMember(pathOf(args[0].String()), key)] = true
			case tree.IsCall(command, "kindIs", "kindOf", "typeIs", "typeIsLike", "typeOf", "hasKey"),
				tree.IsCall(command, "printf") && strings.Contains(textAt(command.Args, 1), "%T"):
				if i > 0 {
					args = append(args, pipe.Cmds[i-1].Args[0])
				}
				for _, arg := range args {
					if path := pathOf(arg.String()); !asked[path] {
						asked[path] = false
					}
				}
			}
		}
		return true
	})
	return asked
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

// pathOf returns the path of the value that a text in a template names.
func pathOf(text string) string {
	if below, ok := strings.CutPrefix(text, "$"); ok && (below == "" || below[0] == '.') {
		return cmp.Or(below, ".")
	}
	return text
}

// pathOfMember returns the path of a member.
func pathOfMember(path, member string) string { return strings.TrimSuffix(path, ".") + "." + member }

// mayTest reports whether a condition may depend on what is there: it reads something else than parameters.
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
