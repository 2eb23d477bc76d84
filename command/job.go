package command

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
)

// job is what one run makes: the outputs of a project, or the one that the command line asks for.
type job struct {
	project   *folder // nil where there is no firestone.yaml
	requests  []request
	packs     []string
	wanted    []*wanted
	options   model.Options
	effort    int
	paths     []string // of the definitions that are named
	sources   []*loaded
	reader    *reader
	warnings  model.Problems
	known     model.Problems // the warnings that the last run of --watch printed
	isWatched bool           // nobody waits to hear that all is as it was
}

// wanted is one output of a job, ready to render.
type wanted struct {
	request
	opened *generator.Pack
	params generator.Params
	source *loaded
	files  []generator.File // their paths are those of the pack
}

// prepare opens the packs of the requests and reads their parameters, while the definitions are being loaded. All that
// is wrong with the input is reported at once; a misuse, of which there is one, comes before it.
func (g *generation) prepare(j *job, c *console) error {
	var missing error
	j.paths, missing = g.files()
	prepareHeap(len(j.paths))
	digest := output.Digest
	if j.requests[0].out == "" {
		digest = nil // nothing is recorded
	}
	j.reader = newReader(c.in, j.paths, digest)
	var loading sync.WaitGroup
	for _, l := range j.sources {
		if missing == nil {
			loading.Go(func() { l.api, l.warnings, l.err = g.load(j.reader, j.paths, l.include, l.exclude) })
		}
	}
	wrong := g.open(j)
	loading.Wait()
	var problems model.Problems
	for _, err := range append([]error{wrong, missing}, failures(j.sources)...) {
		if err != nil && !asProblems(err, &problems) {
			return err
		}
	}
	if len(problems) > 0 {
		return problems
	}
	for _, l := range j.sources {
		j.warnings = append(j.warnings, l.warnings...)
	}
	return nil
}

// open opens the pack of each request, unless they are open. All that firestone.yaml says wrong is reported at once.
func (g *generation) open(j *job) error {
	if len(j.wanted) > 0 {
		return nil
	}
	problems := g.checkLayers(j.project, j.requests)
	if len(problems) > 0 {
		return problems // packs would miss what is in them
	}
	for _, r := range j.requests {
		j.packs = append(j.packs, r.pack)
		w, err := g.want(r, j.project)
		if err == nil {
			w.source = j.sources[slices.IndexFunc(j.sources, func(l *loaded) bool { return l.isOf(r) })]
			j.wanted = append(j.wanted, w)
			continue
		}
		if !asProblems(err, &problems) {
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
func (g *generation) checkLayers(p *folder, requests []request) model.Problems {
	if p != nil && len(g.layers) == 0 {
		return p.checkLayers()
	}
	var packs []string
	for _, r := range requests {
		packs = append(packs, path.Base(packName(r.pack)))
	}
	return strays(g.layers, packs...)
}

// destination returns where the outputs go: those of a project to it, else the only one there is.
func (j *job) destination() destination { return j.wanted[0].to }

// want opens the pack of a request and reads its parameters.
func (g *generation) want(r request, p *folder) (*wanted, error) {
	w := &wanted{request: r}
	var err error
	if w.opened, err = openPackWithin(p.within(), r.pack, p.layers(g.layers)); err != nil {
		return nil, placed(err, r.packPos)
	}
	w.opened.Effort = g.effort
	w.to, err = r.to.fit(w.opened)
	if err == nil && (w.to.kind == toFile || w.to.kind == toFolder) {
		err = mayWrite(p.within(), w.to.path)
	}
	if err != nil {
		return nil, placed(err, r.outPos)
	}
	if w.params, err = w.opened.ParamsFrom(r.parameters, g.setFor(w.opened, r.to.kind == toProject)); err != nil {
		return nil, r.refusedParameters(problemsOf(err))
	}
	return w, nil
}

// render renders all outputs in memory, side by side.
func (j *job) render() error {
	errs := make([]error, len(j.wanted))
	var rendering sync.WaitGroup
	for i, w := range j.wanted {
		rendering.Go(func() { w.files, errs[i] = w.opened.Render(w.source.api, w.params) })
	}
	rendering.Wait()
	var problems model.Problems
	for i, w := range j.wanted {
		if errs[i] == nil {
			continue
		}
		for _, p := range problemsOf(errs[i]) {
			if w.to.kind == toProject {
				p.Hint = strings.TrimPrefix(p.Hint+"; for the item at "+w.pos.String(), "; ")
			}
			problems = append(problems, p)
		}
	}
	if len(problems) > 0 {
		return append(problems, j.warnings...)
	}
	return nil
}

// items returns the outputs as they are written below a root folder, with what they come from.
func (j *job) items(root string) ([]output.Item, error) {
	var items []output.Item
	var problems model.Problems
	for _, w := range j.wanted {
		item := output.Item{Name: w.name(), Pos: w.outPos, Inputs: j.inputs(w, root, j.reader.digests)}
		at := below(root, w.to.path)
		for _, file := range w.files {
			if w.to.isFolder() {
				file.Path = path.Join(at, file.Path)
				if w.to.kind == toProject {
					problems = append(problems, j.project.readAsDefinition(w.outPos, file.Path)...)
				}
			} else {
				converted, err := file.As(at)
				if err != nil {
					problems.Add(w.outPos, "", "%v", err)
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

// name returns what the record calls the output, however the command line spells it: of a project two items may use
// one pack, in a folder each pack has its own files.
func (w *wanted) name() string {
	if w.to.kind == toProject {
		return w.opened.Name + " " + path.Clean(w.out)
	}
	return w.opened.Name
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
