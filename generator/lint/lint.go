// Package lint answers one question: which slips of these templates can be seen without rendering them?
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

// Template is a parsed template and what is known about its use.
type Template struct {
	File     string // as problems name it
	Text     string
	Root     *parse.ListNode
	IsParsed bool                                      // its actions end in writers, and it calls no function that does not exist
	Partial  string                                    // the name under which include finds it, or empty for one that makes an output
	Dot      Type                                      // of an output's template; of a partial, what it declares, or the zero Type: what includes give
	Yields   Type                                      // what include returns for it
	Function func(name string) reflect.Type            // of the functions that it may call, or nil for those of text/template
	IsNone   func(of reflect.Type, member string) bool // reports whether a field or what a method returns may be nil
	Unknown  func(name string) string                  // says of a function that does not exist which was meant, or ""
	View     Type                                      // what root returns
	Words    map[string][]string                       // the constants that a function takes as its first argument
}

// checker holds what is known of all templates.
type checker struct {
	units []*unit
	added map[string]bool // the constant keys that a template adds to a dict
}

// unit is a template and the walks through it.
type unit struct {
	*Template
	asked  map[string]bool // the paths that it asks about
	visits []*visit
}

// visit is a walk through a template with one dot.
type visit struct {
	*unit
	dot      Type
	from     value.Pos // of the include, or the zero one
	isTested bool      // a condition that may depend on what is there decides whether it happens
	isBare   bool      // no branch, loop, and or or is around the include
	findings []finding
	includes []*visit
}

// finding is a slip for the dot of one visit.
type finding struct {
	value.Problem
	isTested bool // the branch around it may be meant for another dot
}

// UnknownFunctions returns of the slips the calls of functions that do not exist, which no template that is parsed has.
func UnknownFunctions(templates []*Template) value.Problems {
	return check(templates).problems(func(f finding) bool { return f.Code == value.UnknownFunction }).Sorted()
}

// Check returns the slips of the templates, sorted, each once. Those that make an output come before the partials.
func Check(templates []*Template) value.Problems {
	c := check(templates)
	return append(c.endless(), c.problems(func(finding) bool { return true })...).Sorted()
}

// check walks all templates.
func check(templates []*Template) *checker {
	c := &checker{added: map[string]bool{}}
	for _, t := range templates {
		c.units = append(c.units, &unit{Template: t, asked: questionsOf(t.Root)})
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

// problems returns the findings of that kind.
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

// follow walks a template and the partials that it includes, unless a walk has found all that this one would.
func (c *checker) follow(v *visit) {
	const mostVisits = 50 // a partial that includes itself may wrap its dot each time
	switch {
	case v.Dot.of != nil:
		v.dot = v.Dot
	case v.dot.of == nil || len(v.visits) >= mostVisits:
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

// slips returns the findings that are slips whatever the branch around them is for, and those of all dots.
func (u *unit) slips() []finding {
	var slips []finding
	times := map[value.Pos]int{} // or 0 for what is reported
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

// pos returns the place of a byte offset in the file.
func (t *Template) pos(offset int) value.Pos {
	line, col := tree.LineCol(t.Text, offset)
	return value.Pos{File: t.File, Line: line, Col: col}
}

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
				circle := strings.Join(append(way[at:], name), " > ")
				problems.Add(value.IncludeCircle, i.from, "include it inside {{ with }}, {{ range }} or {{ if }}, which can end it", "the includes have no end: %s", circle)
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
