// Package lint answers one question: which slips of these templates can be seen without rendering them?
//
// Check walks each template once, from the type that its dot is declared to have or that its includes give it, by the
// types of Go that fields, methods and functions have. It reports what would fail for every value of these types, and
// fields of what may be nil where nothing asks first. What it cannot know it takes for right: a value of type any, the
// parameters of users, a dict whose keys are computed. A slip that it reports is one.
//
// The package knows nothing of packs, layers or resources, and never executes a template or a function.
package lint

import (
	"fmt"
	"reflect"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// Template is a parsed template and what is known about its use.
type Template struct {
	File     string // as problems name it
	Text     string
	Root     *parse.ListNode
	Partial  string                                    // the name under which include finds it, or empty for one that makes an output
	Dot      Type                                      // of an output's template; of a partial, what it declares, or the zero Type: what includes give
	Yields   Type                                      // what include returns for it
	Function func(name string) reflect.Type            // of the functions that it may call, or nil for those of text/template
	IsNone   func(of reflect.Type, member string) bool // reports whether a field or what a method returns may be nil
	Words    map[string][]string                       // the constants that a function takes as its first argument
}

// Check returns the slips of the templates, sorted, each once.
func Check(templates []*Template) value.Problems {
	c := &checker{partials: map[string]*unit{}, cells: map[*parse.VariableNode]Type{}, opened: map[string]bool{}}
	for _, t := range templates {
		u := &unit{
			Template: t, dot: t.Dot, asked: questionsOf(t.Root), dollar: &parse.VariableNode{}, isReached: t.Partial == "",
			given: map[string]value.Pos{},
		}
		c.units = append(c.units, u)
		if t.Partial != "" {
			c.partials[t.Partial] = u
		}
	}
	c.settle()
	return append(c.problems, c.endless()...).Sorted()
}

// checker holds what is known of all templates. It grows from one round to the next, because a template says of
// another what its dot is; the problems are those of the last round.
type checker struct {
	units    []*unit
	partials map[string]*unit
	cells    map[*parse.VariableNode]Type // of variables, by their declaration
	opened   map[string]bool              // the dicts, by their members, that a template adds members to; "" for all
	hasGrown bool
	problems value.Problems
}

// unit is a template and what is known of it.
type unit struct {
	*Template
	dot       Type
	dollar    *parse.VariableNode // where $ is declared
	asked     questions
	isReached bool                 // nothing that may depend on what is there decides whether it is included
	given     map[string]value.Pos // what includes it whatever the definitions are, by the key of the dot
}

// settle walks all templates until a round teaches nothing. What no template includes has an unknown dot then.
func (c *checker) settle() {
	const mostRounds = 50 // types that still grow have no end
	c.hasGrown = true
	for round := 0; c.hasGrown; round++ {
		c.hasGrown, c.problems = false, nil
		for _, u := range c.units {
			w := &walker{checker: c, unit: u}
			w.walk()
		}
		isSettled := !c.hasGrown
		for _, u := range c.units {
			if isSettled && u.dot.key() == "" || round > mostRounds && u.Partial != "" && u.Dot.key() == "" {
				c.grow(u, Unknown)
			}
		}
	}
}

// grow adds a type to those of a template's dot.
func (c *checker) grow(u *unit, dot Type) {
	if grown := join(u.dot, dot); grown.key() != u.dot.key() {
		u.dot, c.hasGrown = grown, true
	}
}

// open notes that a template adds members to the value.
func (c *checker) open(t Type) {
	names := []string{""}
	if !t.unknown {
		names = nil
		for _, s := range t.shapes {
			if s.record != nil {
				names = append(names, fmt.Sprint(s.record.names()))
			}
		}
	}
	for _, name := range names {
		c.hasGrown = c.hasGrown || !c.opened[name]
		c.opened[name] = true
	}
}

// isOpen reports whether templates add members to dicts with such names.
func (c *checker) isOpen(s shape) bool {
	return s.of == dictType && (len(s.record.Members) == 0 || c.opened[""] || c.opened[fmt.Sprint(s.record.names())])
}

// pos returns the place of a byte offset in the file.
func (t *Template) pos(offset int) value.Pos {
	line, col := tree.LineCol(t.Text, offset)
	return value.Pos{File: t.File, Line: line, Col: col}
}
