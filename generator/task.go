package generator

import (
	"maps"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// task is a file to make.
type task struct {
	view   View
	copied *static // the file that it is a copy of; nil where a template makes it
}

// tasks returns the files to generate, in the order of the outputs and of the definitions.
func (p *Pack) tasks(api *model.API, params Params, left *budget) ([]task, value.Problems) {
	var tasks []task
	var problems value.Problems
	r := p.renderer(left)
	for _, o := range p.Outputs {
		resources := []*model.Resource{nil}
		if !o.IsOnce() {
			resources = api.Resources
		}
		for _, resource := range resources {
			view := View{API: api, Resource: resource, Params: params.copied(), Output: o}
			isMade, err := r.place(&view)
			if err != nil {
				problems = append(problems, *err)
				if left.isSpent.Load() {
					return nil, problems
				}
				break
			}
			if isMade {
				tasks = append(tasks, p.tasksOf(view)...)
			}
		}
	}
	for _, t := range tasks {
		if cause := pathFault(t.view.Output.Path); cause != "" {
			problems.Add(value.OutputPath, t.view.Output.pos, "name a file inside the output folder", "the path %.200q of an output %s", t.view.Output.Path, cause)
		}
	}
	return tasks, problems
}

// tasksOf returns the file that an output makes, or each one that it copies.
func (p *Pack) tasksOf(view View) []task {
	if view.Output.Copy == "" {
		return []task{{view: view}}
	}
	var tasks []task
	for _, at := range slices.Sorted(maps.Keys(p.statics)) {
		if view.Output.copies(at) {
			of := view
			of.Output.Path = view.Output.copiedTo(at)
			tasks = append(tasks, task{of, p.statics[at]})
		}
	}
	return tasks
}

// place works out where the output of a view goes, and reports whether it is made at all.
func (r *renderer) place(view *View) (isMade bool, problem *value.Problem) {
	o := view.Output
	for _, s := range []*source{o.when, o.path} {
		if s == nil {
			continue
		}
		of := *view
		of.Params = of.Params.copied() // changes to it must not affect others
		text, err := r.execute(s, of)
		if err != nil {
			problem := r.pack.explain(s, of, err)
			problem.Pos = o.pos
			return false, &problem
		}
		if s == o.when && text == "" {
			return false, nil
		}
		if s == o.path {
			view.Output.Path = text
		}
	}
	if strings.HasSuffix(o.Copy, "/") {
		view.Output.Path = strings.TrimSuffix(view.Output.Path, "/")
	}
	return true, nil
}
