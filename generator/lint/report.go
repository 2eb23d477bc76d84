package lint

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// fault is a slip in one visit of a template.
type fault struct {
	offset    int
	msg, hint string
	isNever   bool // a field of what is never there
	isGuarded bool // it stands in a branch or a loop
	isTested  bool // in a branch that may depend on what is there
	of        *visit
}

// fault notes a slip.
func (w *walker) fault(offset int, hint, format string, args ...any) {
	w.visit.faults = append(w.visit.faults, fault{
		offset: offset, msg: fmt.Sprintf(format, args...), hint: hint,
		isGuarded: w.branches > 0 || w.loops > 0, isTested: w.tested > 0, of: w.visit,
	})
}

// missing notes a field that no shape has.
func (w *walker) missing(of Type, name string, offset int) {
	msg, hint := unknownField(of, name)
	w.fault(offset, hint, "%s", msg)
	w.visit.faults[len(w.visit.faults)-1].isNever = of.shapes[0].isNever
}

// report returns the slips of all visits. One that is there for every dot of its template is a slip; one that is there
// for some is a slip if one of them certainly gets to the place: no branch may keep it away.
func (c *checker) report(templates []*Template) value.Problems {
	sure, present := c.sure()
	var problems value.Problems
	for _, t := range templates {
		places := map[int][]fault{}
		for _, v := range c.visits[t] {
			for _, f := range v.faults {
				if f.isNever && (f.isTested || !present[v]) {
					continue
				}
				if known := places[f.offset]; len(known) == 0 || known[len(known)-1].of != v {
					places[f.offset] = append(known, f)
				}
			}
		}
		for _, offset := range slices.Sorted(maps.Keys(places)) {
			faults := places[offset]
			if len(faults) == len(c.visits[t]) {
				problems.Add(t.pos(offset), faults[0].hint, "%s", faults[0].msg)
				continue
			}
			i := slices.IndexFunc(faults, func(f fault) bool { return f.isNever || !f.isGuarded && sure[f.of] })
			if i >= 0 {
				problems.Add(t.pos(offset), faults[i].hintAmong(faults, c.visits[t]), "%s", faults[i].msg)
			}
		}
	}
	return problems.Sorted()
}

// hintAmong returns the hint, with the place that includes the partial if another place is known to do without the fault.
func (f fault) hintAmong(faults []fault, visits []*visit) string {
	known := 0
	for _, v := range visits {
		if !v.dot.unknown {
			known++
		}
	}
	if len(faults) == known {
		return f.hint
	}
	return strings.TrimPrefix(f.hint+"; "+f.of.included(), "; ")
}

// included names the first place that includes the partial with this dot.
func (v *visit) included() string {
	first := slices.MinFunc(v.callers, func(a, b caller) int {
		return cmp.Or(cmp.Compare(a.at.File, b.at.File), cmp.Compare(a.at.Line, b.at.Line), cmp.Compare(a.at.Col, b.at.Col))
	})
	return "this is the case where " + first.at.String() + " includes the partial"
}

// sure returns the visits that certainly take place, and those of them to which no branch leads that may depend on
// what is there. A branch of a template that has one dot only is taken for some definitions; where a template has
// several, the branch may tell one dot from another.
func (c *checker) sure() (sure, present map[*visit]bool) {
	sure, present = map[*visit]bool{}, map[*visit]bool{}
	for grown := true; grown; {
		grown = false
		for t, visits := range c.visits {
			for _, v := range visits {
				isSure, isPresent := t.Partial == "", t.Partial == ""
				for _, call := range v.callers {
					isSure = isSure || sure[call.from] && (!call.isGuarded || len(c.visits[call.from.template]) == 1)
					isPresent = isPresent || present[call.from] && !call.isTested
				}
				if isSure && !sure[v] || isPresent && !present[v] {
					sure[v], present[v], grown = isSure, isPresent, true
				}
			}
		}
	}
	return sure, present
}
