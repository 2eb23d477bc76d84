//go:build unix

package main

import (
	"slices"
	"strings"
)

// What is measured of firestone: the document or files of one pack, or a project of all four.
const (
	bare     = "" // neither: the process alone
	asyncapi = "asyncapi"
	openapi  = "openapi"
	cli      = "cli"
	web      = "streamlit"
	allFour  = "project of all four"
)

// The state of a project's output before a run.
const (
	absent  = "everything new"
	changed = "one changed"
	current = "nothing to do"
)

var (
	documents = []string{asyncapi, openapi}
	alone     = []string{asyncapi, openapi, cli, web} // one pack each
	outputs   = append(slices.Clone(alone), allFour)
)

// sizes are numbers of resources, and how often each is measured: the shorter a run, the more it varies.
var sizes = []struct{ resources, runs int }{{1, 41}, {10, 31}, {100, 15}, {500, 9}, {1000, 5}, {2000, 5}}

// minRuns is for tasks so short that few runs say little.
var minRuns = map[string]int{current: 31}

// A task is something to measure.
type task struct {
	output    string
	resources int
	before    string // for a project: absent, changed or current
}

// A row is a task, how often it is measured, and its limits.
type row struct {
	task
	runs  int
	limit limit
}

// allRows returns the rows in the order in which they are measured.
func allRows() []row {
	all := []row{{task: task{output: bare}, runs: 41}}
	add := func(t task, runs int) { all = append(all, row{task: t, runs: runs, limit: limits[t]}) }
	for _, output := range outputs {
		before := ""
		if output == allFour {
			before = absent
		}
		for _, size := range sizes {
			add(task{output, size.resources, before}, size.runs)
		}
	}
	for _, before := range []string{changed, current} {
		for _, size := range sizes[2:] {
			add(task{allFour, size.resources, before}, max(size.runs, minRuns[before]))
		}
	}
	return all
}

// rowsNamed returns the rows whose names contain a text.
func rowsNamed(text string) []row {
	return slices.DeleteFunc(allRows(), func(r row) bool { return !strings.Contains(r.name(), text) })
}

// name returns the task in words: asyncapi, 1,000 resources.
func (t task) name() string {
	if t.output == bare {
		return "bare process (version)"
	}
	name := t.output + ", " + thousands(t.resources) + " resources"
	if t.resources == 1 {
		name = t.output + ", 1 resource"
	}
	if t.before != "" {
		name += ", " + t.before
	}
	return name
}

// hasPeers reports whether peers can do the same: start, or write an OpenAPI document.
func (t task) hasPeers() bool { return t.output == bare || t.output == openapi }
