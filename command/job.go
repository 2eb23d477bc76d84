package command

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
)

// job is what one run makes: the outputs of a project, or the one that the command line asks for.
type job struct {
	project   *folder // nil where there is no firestone.yaml
	outputs   []*outputSpec
	options   model.Options
	effort    int
	paths     []string // of the definitions that are named
	reader    *reader
	warnings  model.Problems
	known     model.Problems // the warnings that the last run of --watch printed
	isWatched bool           // nobody waits to hear that all is as it was
}

// destination returns where the outputs go: those of a project to it, else the only one there is.
func (j *job) destination() destination { return j.outputs[0].to }

// prepare opens the packs and reads their parameters, while the definitions are being loaded. All that is wrong with the
// input is reported at once; a misuse, of which there is one, comes before it.
func (g *generation) prepare(j *job, c *console) error {
	return sideBySide(
		func() error { return g.open(j) },
		func() error { return g.loadModels(j, c) },
	)
}

// loadModels loads the definitions, once for each choice of resources that outputs make.
func (g *generation) loadModels(j *job, c *console) error {
	var err error
	if j.paths, err = g.files(); err != nil {
		return err
	}
	prepareHeap(len(j.paths))
	digest := output.Digest
	if j.outputs[0].asked.Output.Value == "" {
		digest = nil // nothing is recorded
	}
	j.reader = newReader(c.in, j.paths, digest)
	first := func(o *outputSpec) int { return slices.IndexFunc(j.outputs, o.takesSame) }
	warnings := make([]model.Problems, len(j.outputs))
	var loads []func() error
	for i, o := range j.outputs {
		if first(o) == i {
			loads = append(loads, func() (err error) {
				o.api, warnings[i], err = g.load(j.reader, j.paths, choices(o.asked.Include), choices(o.asked.Exclude))
				return err
			})
		}
	}
	if err := sideBySide(loads...); err != nil {
		return err
	}
	for _, o := range j.outputs {
		o.api = j.outputs[first(o)].api
	}
	j.warnings = slices.Concat(warnings...)
	return nil
}

// open opens the pack of each output, unless it is open. All that firestone.yaml says wrong is reported at once.
func (g *generation) open(j *job) error {
	problems := g.checkLayers(j)
	if len(problems) > 0 {
		return problems // packs would miss what is in them
	}
	for _, o := range j.outputs {
		if o.pack != nil {
			continue
		}
		if err := o.open(g, j.project); err != nil && !asProblems(err, &problems) {
			return err
		}
	}
	if len(problems) > 0 {
		return problems
	}
	if j.destination().kind == toProject {
		return j.checkSet(g.set)
	}
	return nil
}

// checkLayers reports what is wrong with the folders of overrides.
func (g *generation) checkLayers(j *job) model.Problems {
	if j.project != nil && len(g.layers) == 0 {
		return j.project.checkLayers()
	}
	var packs []string
	for _, o := range j.outputs {
		packs = append(packs, path.Base(packName(o.asked.Pack.Value)))
	}
	return strays(g.layers, packs...)
}

// render renders all outputs in memory, side by side.
func (j *job) render() error {
	var renders []func() error
	for _, o := range j.outputs {
		renders = append(renders, func() (err error) {
			if o.files, err = o.pack.Render(o.api, o.params); err == nil {
				return nil
			}
			problems := problemsOf(err)
			if o.to.kind == toProject {
				for i := range problems {
					problems[i].Hint = strings.TrimPrefix(problems[i].Hint+"; for the item at "+o.asked.Pos.String(), "; ")
				}
			}
			return problems
		})
	}
	if err := sideBySide(renders...); err != nil {
		return append(problemsOf(err), j.warnings...)
	}
	return nil
}

// items returns the outputs as they are written below a root folder, with what they come from.
func (j *job) items(root string) ([]output.Item, error) {
	var items []output.Item
	var problems model.Problems
	for _, o := range j.outputs {
		item := output.Item{Name: o.name(), Pos: o.asked.Output.Pos, Inputs: j.inputs(o, root, j.reader.digests)}
		at := below(root, o.to.path)
		for _, file := range o.files {
			if o.to.isFolder() {
				file.Path = path.Join(at, file.Path)
				if o.to.kind == toProject {
					problems = append(problems, j.project.readAsDefinition(o.asked.Output.Pos, file.Path)...)
				}
			} else {
				converted, err := file.As(at)
				if err != nil {
					problems.Add(o.asked.Output.Pos, "", "%v", err)
				}
				file = converted
				file.Path = at
			}
			item.Files = append(item.Files, file)
		}
		items = append(items, item)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return items, nil
}

// below returns a path as it is seen from the root, with slashes: the same from wherever a run is started. Standard input
// is nowhere.
func below(root, at string) string {
	if at == stdinName {
		return at
	}
	rel, err := filepath.Rel(root, at)
	if err != nil { // one of them is absolute, or the root lies above this folder
		rel, err = relative(root, at)
	}
	if err != nil {
		return filepath.ToSlash(at) // on another disk
	}
	return filepath.ToSlash(rel)
}

// relative returns a path as it is seen from the root, by way of the root of the disk.
func relative(root, at string) (string, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	if at, err = filepath.Abs(at); err != nil {
		return "", err
	}
	return filepath.Rel(root, at)
}
