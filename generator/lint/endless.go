package lint

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// endless reports partials that include themselves, or each other in a circle, with nothing on the way that could end
// it: no branch, no loop, no and or or.
func (c *checker) endless() value.Problems {
	var problems value.Problems
	isDone := map[*unit]bool{} // all that they include is known
	var follow func(u *unit, way []string)
	follow = func(u *unit, way []string) {
		for _, i := range u.visits[0].includes {
			name := i.Partial
			at := slices.Index(way, name)
			switch {
			case !i.isBare || isDone[i.unit]:
			case at < 0:
				follow(i.unit, append(way, name))
			default:
				what := "the partial includes itself endlessly"
				if circle := append(way[at:], name); len(circle) > 2 {
					what = "the partials include each other endlessly: " + strings.Join(circle, " > ")
				}
				problems.Add(i.from, "include it inside {{ with }}, {{ range }} or {{ if }}, which can end it", "%s", what)
			}
		}
		isDone[u] = true
	}
	for _, u := range c.units {
		if !isDone[u] {
			follow(u, []string{u.Partial})
		}
	}
	return problems
}
