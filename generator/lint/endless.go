package lint

import (
	"slices"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// endless reports partials that include themselves, or each other in a circle, with nothing on the way that could end
// it: no branch, no loop, no and or or.
func (c *checker) endless() value.Problems {
	var problems value.Problems
	done := map[string]bool{} // all that they include is known
	var follow func(u *unit, way []string)
	follow = func(u *unit, way []string) {
		for _, name := range certainIncludes(u.Root) {
			at := slices.Index(way, name.Text)
			switch partial := c.partials[name.Text]; {
			case partial == nil || done[name.Text]:
			case at < 0:
				follow(partial, append(way[:len(way):len(way)], name.Text))
			default:
				circle := way[at:]
				what := "the partial includes itself endlessly"
				if len(circle) > 1 {
					what = "the partials include each other endlessly: " + strings.Join(append(circle, name.Text), " > ")
				}
				problems.Add(u.pos(tree.Start(name)), "include it inside {{ with }}, {{ range }} or {{ if }}, which can end it", "%s", what)
			}
		}
		done[u.Partial] = true
	}
	for _, u := range c.units {
		if u.Partial != "" && !done[u.Partial] {
			follow(u, []string{u.Partial})
		}
	}
	return problems
}

// certainIncludes returns the names of the partials that a template includes whatever its dot is.
func certainIncludes(root parse.Node) []*parse.StringNode {
	var names []*parse.StringNode
	tree.Inspect(root, func(node parse.Node) bool {
		if branch := tree.Branch(node); branch != nil {
			names = append(names, certainIncludes(branch.Pipe)...)
			return false
		}
		command, ok := node.(*parse.CommandNode)
		if !ok {
			return true
		}
		if tree.IsCall(command, "include", "includeEach") && len(command.Args) > 1 {
			if name, ok := command.Args[1].(*parse.StringNode); ok {
				names = append(names, name)
			}
		}
		if tree.IsCall(command, "and", "or") {
			names = append(names, certainIncludes(command.Args[min(1, len(command.Args)-1)])...)
			return false
		}
		return true
	})
	return names
}
