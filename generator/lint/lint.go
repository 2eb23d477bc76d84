// Package lint answers one question: which slips of these templates can be seen without rendering them?
//
// Check follows each template from its dot by the types of Go that its fields, methods and functions have, through
// variables, ranges and includes, and reports what would fail for every value of these types. What it cannot know it
// takes for right: a value of type any, the parameters of users, a dict whose keys are computed. A slip that it
// reports is one.
//
// The package knows nothing of packs, layers or resources, and never executes a template or a function.
package lint

import (
	"reflect"
	"slices"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// Template is a parsed template and what is known about its use.
type Template struct {
	File     string // as problems name it
	Text     string
	Root     *parse.ListNode
	Partial  string                         // the name under which include finds it, or empty for one that makes an output
	Dot      Type                           // of an output's template; of a partial that nothing includes
	Yields   Type                           // what include returns for it
	Function func(name string) reflect.Type // of the functions that it may call, or nil for those of text/template
}

// Check returns the slips of the templates, sorted, each once however many templates include the place. One that
// shows only where a partial is included from one place names that place in its hint.
func Check(templates []*Template) value.Problems {
	opened := map[string]bool{}
	for {
		before := len(opened)
		c := &checker{partials: map[string]*Template{}, visits: map[*Template][]*visit{}, opened: opened}
		c.run(templates)
		if len(opened) == before {
			return c.report(templates)
		}
	}
}

// checker follows the templates of one pack.
type checker struct {
	partials map[string]*Template
	visits   map[*Template][]*visit
	waiting  []*visit
	opened   map[string]bool // the dicts, by the names of their members, that a template adds members to; "" for all
	computed bool            // a template computes the name of a partial
	isSpare  bool            // what is left are partials that nothing includes
}

// visit is a template with one type of its dot.
type visit struct {
	template *Template
	dot      Type
	isSpare  bool
	callers  []caller
	faults   []fault
	cells    map[*parse.VariableNode]Type
}

// caller is a place that includes a partial.
type caller struct {
	from      *visit
	at        value.Pos
	isGuarded bool // it stands in a branch
	isTested  bool // the branch may depend on what is there
}

// inclusion is a caller with what it includes.
type inclusion struct {
	caller
	partial *Template
	dot     Type
}

// mostDots is how many types of dot a partial is followed with; one that is given more is followed with an unknown one.
const mostDots = 24

// visit returns the visit of a template with that dot, which waits to be walked if it is new.
func (c *checker) visit(t *Template, dot Type) *visit {
	key := dot.key()
	known := c.visits[t]
	if i := slices.IndexFunc(known, func(v *visit) bool { return v.dot.key() == key }); i >= 0 {
		return known[i]
	}
	if len(known) >= mostDots && !dot.unknown {
		return c.visit(t, Unknown)
	}
	v := &visit{template: t, dot: dot, isSpare: c.isSpare}
	c.visits[t] = append(known, v)
	c.waiting = append(c.waiting, v)
	return v
}

// follow visits the partials that a visit includes.
func (c *checker) follow(calls []inclusion) {
	for _, call := range calls {
		of := c.visit(call.partial, call.dot)
		of.callers = append(of.callers, call.caller)
	}
}

// run walks the templates that make outputs with all that they include, then the partials that are left.
func (c *checker) run(templates []*Template) {
	for _, t := range templates {
		if t.Partial != "" {
			c.partials[t.Partial] = t
		} else {
			c.visit(t, t.Dot)
		}
	}
	c.walkWaiting()
	if c.computed {
		for _, t := range templates {
			if t.Partial != "" {
				c.visit(t, Unknown)
			}
		}
		c.walkWaiting()
	}
	c.isSpare = true
	for _, t := range templates {
		if len(c.visits[t]) == 0 {
			c.visit(t, t.Dot)
			c.walkWaiting()
		}
	}
}

func (c *checker) walkWaiting() {
	for len(c.waiting) > 0 {
		next := c.waiting[0]
		c.waiting = c.waiting[1:]
		next.walk(c)
	}
}

// pos returns the place of a byte offset in the file.
func (t *Template) pos(offset int) value.Pos {
	line, col := tree.LineCol(t.Text, offset)
	return value.Pos{File: t.File, Line: line, Col: col}
}
