// Package lint answers one question: which mistakes in these templates can be found without rendering them?
//
// Check walks each template from the type that its dot is declared to have, or else from those that its includes give
// it, by the types of Go that fields, methods and functions have. It reports what would fail for every value of these
// types, and fields of what may be nil where nothing asks first. What it cannot know it takes for right: a value of
// type any, the parameters of users, a dict whose keys are computed. A slip that it reports is one.
//
// The package knows nothing of packs, layers or resources, and never executes a template or a function.
package lint

import (
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// Template is a parsed template and its context.
type Template struct {
	File     string // as named in problems
	Text     string
	Root     *parse.ListNode
	IsParsed bool                                      // its actions end in writers, and it calls no unknown function
	Partial  string                                    // the name for include, or empty for the template of an output
	Dot      Type                                      // of an output's template; for a partial, its declared type, or the zero Type to use the types that includes pass
	Yields   Type                                      // the type that include returns for it
	Function func(name string) reflect.Type            // returns the type of a function that it may call, or nil for those of text/template
	IsNone   func(of reflect.Type, member string) bool // reports whether a field, or the result of a method, may be nil
	Unknown  func(name string) string                  // returns a hint for a function that does not exist, or ""
	View     Type                                      // the type that root returns
	Words    map[string][]string                       // the allowed constants for the first argument of a function
}

// checker holds what is known about all templates.
type checker struct {
	units []*unit
	added map[string]bool // the constant keys that a template adds to a dict
}

// unit is a template and its visits.
type unit struct {
	*Template
	guards map[string]bool // the paths that it tests
	visits []*visit
}

// visit is a walk through a template with one type of dot.
type visit struct {
	*unit
	dot      Type
	from     value.Pos // of the include, or zero
	isTested bool      // a condition that may depend on the data decides whether it happens
	isBare   bool      // the include is not inside a branch, a loop, and or or
	findings []finding
	includes []*visit
}

// finding is a mistake for the dot of one visit.
type finding struct {
	value.Problem
	isTested bool // the enclosing branch may be meant for another dot
}

// UnknownFunctions returns the calls of unknown functions, which no parsed template contains.
func UnknownFunctions(templates []*Template) value.Problems {
	return check(templates).problems(func(f finding) bool { return f.Code == value.UnknownFunction }).Sorted()
}

// Check returns the mistakes in the templates, sorted and without duplicates. Those in templates of outputs come before
// those in partials.
func Check(templates []*Template) value.Problems {
	c := check(templates)
	return append(c.endless(), c.problems(func(finding) bool { return true })...).Sorted()
}

// check walks all templates.
func check(templates []*Template) *checker {
	c := &checker{added: map[string]bool{}}
	for _, t := range templates {
		c.units = append(c.units, &unit{Template: t, guards: guardsOf(t.Root)})
		for _, set := range tree.Calls(t.Root, "set") {
			c.added[textAt(set.Args, 2)] = true
		}
	}
	for _, hasDot := range []bool{true, false} {
		for _, u := range c.units {
			if len(u.visits) == 0 && hasDot == (u.Dot.of != nil) {
				c.follow(&visit{unit: u, isTested: u.Partial != ""})
			}
		}
	}
	return c
}

// problems returns the findings of the given kind.
func (c *checker) problems(isOfKind func(finding) bool) value.Problems {
	var problems value.Problems
	for _, u := range c.units {
		for _, f := range u.slips() {
			if isOfKind(f) {
				problems = append(problems, f.Problem)
			}
		}
	}
	return problems
}

// follow walks a template and the partials that it includes, unless an earlier walk has found everything that this one
// would.
func (c *checker) follow(v *visit) {
	const maxVisits = 50 // a partial that includes itself may wrap its dot each time
	switch {
	case v.Dot.of != nil:
		v.dot = v.Dot
	case v.dot.of == nil || len(v.visits) >= maxVisits:
		v.dot = Unknown
	}
	for _, other := range v.visits {
		if v.dot.equal(other.dot) && (v.isTested || !other.isTested) {
			return
		}
	}
	v.visits = append(v.visits, v)
	(&walker{checker: c, visit: v}).walk()
	for _, included := range v.includes {
		c.follow(included)
	}
}

// slips returns the findings that are mistakes whatever their branch is for, and those that occur for all dots.
func (u *unit) slips() []finding {
	var slips []finding
	times := map[value.Pos]int{} // or 0 if already reported
	for _, v := range u.visits {
		for _, f := range v.findings {
			times[f.Pos]++
		}
	}
	for _, v := range u.visits {
		for _, f := range v.findings {
			isOfAll := times[f.Pos] >= len(u.visits)
			if times[f.Pos] == 0 || f.isTested && !isOfAll {
				continue
			}
			if !isOfAll && v.from.Line > 0 {
				f.Hint = strings.TrimPrefix(f.Hint+"; this is the case where "+v.from.String()+" includes the partial", "; ")
			}
			times[f.Pos] = 0
			slips = append(slips, f)
		}
	}
	return slips
}

// pos returns the position of a byte offset in the file.
func (t *Template) pos(offset int) value.Pos {
	line, col := tree.LineCol(t.Text, offset)
	return value.Pos{File: t.File, Line: line, Col: col}
}

// endless reports partials that include themselves, directly or through others, without anything that could end the
// recursion: a branch, a loop, and or or.
func (c *checker) endless() value.Problems {
	var problems value.Problems
	isDone := map[*unit]bool{} // everything that they include has been visited
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
				circle := strings.Join(append(way[at:], name), " > ")
				problems.Add(value.IncludeCircle, i.from, "include it inside {{ with }}, {{ range }} or {{ if }}, which can end it", "the includes never end: %s", circle)
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
