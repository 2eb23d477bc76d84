package command

import (
	"path/filepath"
	"slices"

	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/project"
)

// findDefinitions finds the files that arguments or firestone.yaml mean. All that firestone.yaml says wrong is reported
// at once.
func (r *run) findDefinitions() error {
	set := newFileSet()
	var problems model.Problems
	for _, s := range r.sources {
		isTold := s.Pos.File == "" // on the command line, where - is standard input and commas make a list
		if set.bounds = r.project.within(); isTold {
			set.bounds = nil
		}
		err := placed(value.UnreadableFile, set.add(s.Value, isTold, isTold), s.Pos)
		if err != nil && !asProblems(err, &problems) {
			return err
		}
	}
	if len(problems) > 0 {
		return problems
	}
	for i, path := range set.paths {
		set.paths[i] = filepath.ToSlash(path)
	}
	r.paths = set.paths
	return nil
}

// startReading finds the definitions and readies the run for reading them, unless it is ready.
func (r *run) startReading() error {
	if r.reader != nil {
		return nil
	}
	if err := r.findDefinitions(); err != nil {
		return err
	}
	prepareHeap(len(r.paths))
	digest := output.Digest
	if isRecorded := len(r.outputs) > 0 && r.outputs[0].asked.Output.Value != ""; !isRecorded && !r.watch { // its destination is being fitted meanwhile
		digest = nil // not needed: changes are not tracked
	}
	r.reader = newReader(r.in, r.paths, digest)
	return nil
}

// load returns the model of the resources that include and exclude select from the definitions (all of them if both are
// nil), and the relevant warnings. It needs an open project and no outputs. An unreadable file is a usage error; one
// that is too large or not a regular file is a problem.
func (r *run) load(include, exclude []project.Text, matters func(model.Problem) bool) (*model.API, model.Problems, error) {
	if err := r.startReading(); err != nil {
		return nil, nil, err
	}
	options := r.options
	options.List, options.Peek = list, peek
	options.Include, options.Exclude = choices(include), choices(exclude)
	api, problems := model.Load(r.reader.read, options, r.paths...)
	if err := r.reader.refusal(); err != nil {
		return nil, nil, ioError(err)
	}
	problems = slices.DeleteFunc(problems, func(p model.Problem) bool { return p.Warning && !matters(p) })
	if r.strict {
		problems = asErrors(problems)
	}
	if problems.HasErrors() {
		return nil, nil, problems
	}
	return api, problems, nil
}

// loadModels gives each output the model of its resources: outputs that take the same ones share it.
func (r *run) loadModels() error {
	if err := r.startReading(); err != nil {
		return err
	}
	first := func(o *outputSpec) int { return slices.IndexFunc(r.outputs, o.takesSame) }
	warnings := make([]model.Problems, len(r.outputs))
	var loads []func() error
	for i, o := range r.outputs {
		if first(o) == i {
			loads = append(loads, func() (err error) {
				o.api, warnings[i], err = r.load(o.asked.Include, o.asked.Exclude, func(p model.Problem) bool {
					return slices.ContainsFunc(r.outputs, func(other *outputSpec) bool { return other.takesSame(o) && other.matters(p) })
				})
				return err
			})
		}
	}
	if err := sideBySide(loads...); err != nil {
		return err
	}
	for _, o := range r.outputs {
		o.api = r.outputs[first(o)].api
	}
	r.warnings = slices.Concat(warnings...)
	return nil
}

// all is for what has to hear all warnings.
func all(model.Problem) bool { return true }

// choices returns names of resources as the model takes them.
func choices(names []project.Text) []model.Choice {
	var all []model.Choice
	for _, n := range names {
		all = append(all, model.Choice{Name: n.Value, Pos: n.Pos})
	}
	return all
}
