package command

import (
	"slices"
	"strings"
	"sync"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/generator/output"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/project"
)

// run is one run: the command line, and what each step adds to it. With --watch, each change ends a run and starts
// another.
type run struct {
	*flags
	*console
	project       *projectDir    // nil where there is no firestone.yaml
	sources       []project.Text // each RESOURCE, with a position where firestone.yaml names it
	options       model.Options
	outputs       []*outputSpec
	opening       sync.Once      // of their packs
	unopened      error          // why that failed
	layerWarnings model.Problems // problems in override folders that do not keep a pack from being opened
	paths         []string       // of the definitions
	reader        *reader        // nil until they are read
	warnings      model.Problems
	known         model.Problems // the warnings that the last run of --watch printed
	compares      bool           // instead of writing
	isWatched     bool           // a later run of --watch, which does not print "up to date"
}

// generate is the whole program: it builds a plan of everything requested in memory, or reports everything that is
// wrong with it, and only then applies it: writes it, lists it, or compares it with the files on disk.
func (r *run) generate(apply func(*plan) error) error {
	if err := r.openProject(); err != nil {
		return err
	}
	if err := r.chooseOutputs(); err != nil {
		return err
	}
	if r.isUpToDate() {
		r.reportChanges(&output.Plan{}, "")
		return nil
	}
	if err := sideBySide(r.openPacks, r.loadModels); err != nil {
		var problems model.Problems
		if asProblems(err, &problems) {
			return append(problems, r.layerWarnings...)
		}
		return err
	}
	r.warnings = append(r.layerWarnings, r.warnings...)
	if slices.ContainsFunc(r.outputs, func(o *outputSpec) bool { return o.pack.HasFilesOfEach() }) {
		expectFiles(len(r.paths))
	}
	if err := r.render(); err != nil {
		return err
	}
	p, err := r.plan()
	if err != nil {
		return err
	}
	return apply(p)
}

// openProject reads the applicable firestone.yaml, if there is one, and fills in what the command line leaves open: the
// definitions, and the facts about the API.
func (r *run) openProject() error {
	var err error
	if r.project, err = readProject(r.config); err != nil {
		return err
	}
	for _, resource := range r.resources() {
		r.sources = append(r.sources, project.Text{Value: resource})
	}
	r.options.Title, r.options.Description, r.options.Version = r.title, r.description, r.docVersion
	p := r.project
	if p == nil {
		return r.checkSources()
	}
	r.options.Facts, r.options.MayRefer = p.Facts, p.bounds.CheckReference
	for _, option := range []struct {
		flag       string
		told, said *string
	}{{"title", &r.options.Title, &p.Title}, {"description", &r.options.Description, &p.Description}, {"doc-version", &r.options.Version, &p.Version}} {
		if !r.cmd.Flags().Changed(option.flag) {
			*option.told = *option.said
		}
	}
	if len(r.sources) == 0 {
		for _, resource := range p.Resources {
			r.sources = append(r.sources, project.Text{Value: p.at(resource.Value), Pos: resource.Pos})
		}
	}
	return nil
}

// checkSources refuses a run without a project that names no definition.
func (r *run) checkSources() error {
	if len(r.sources) > 0 {
		return nil
	}
	none, isWhole := "no firestone.yaml in this folder or any parent folder", r.cmd.Flag("template") != nil && r.template == ""
	if !isWhole {
		none = "no RESOURCE given, and " + none
	}
	for _, flag := range []string{"title", "description", "doc-version", "output", "config"} {
		if given := r.cmd.Flag(flag); given != nil && given.Changed && project.IsDefinition(given.Value.String()) && isFile(given.Value.String()) {
			return usageErrorf("write --"+flag+" VALUE before the RESOURCE", "no RESOURCE given: %[2]s was read as the value of --%[1]s", flag, given.Value)
		}
	}
	if file := misnamedProject(); file != "" {
		return usageErrorf("rename it to "+project.FileName, "%s; %s is not read", none, file)
	}
	if files := projectsBelow(); len(files) > 0 {
		return usageErrorf("there is "+strings.Join(files, ", ")+": run firestone in that folder, or add --config "+files[0], "%s", none)
	}
	if isWhole {
		return usageErrorf("create one with firestone init, or write firestone -t asyncapi "+nearbyDefinition(), "%s", none)
	}
	return usageErrorf("name a file or a folder, as in "+example(r.cmd)+", or create a firestone.yaml with firestone init", "%s", none)
}

// render renders all outputs in memory, side by side.
func (r *run) render() error {
	var renders []func() error
	var shared generator.Shared
	for _, o := range r.outputs {
		renders = append(renders, func() (err error) {
			if o.files, err = o.pack.RenderShared(o.api, o.params, &shared); err == nil {
				return nil
			}
			problems := problemsOf(err)
			if o.to.kind == toProject {
				for i := range problems {
					problems[i].AddHint("for the item at " + o.asked.Pos.String())
				}
			}
			return problems
		})
	}
	if err := sideBySide(renders...); err != nil {
		return append(problemsOf(err), r.warnings...)
	}
	return r.warnOfLosses()
}

// warnOfLosses adds what the documents could not say of the definitions to the warnings.
func (r *run) warnOfLosses() error {
	var lost model.Problems
	for i, o := range r.outputs {
		if !slices.ContainsFunc(r.outputs[:i], func(other *outputSpec) bool { return other.api == o.api }) {
			lost = append(lost, model.Losses(o.api)...)
		}
	}
	if r.warnings = append(r.warnings, lost...); r.strict && len(lost) > 0 {
		return asErrors(r.warnings)
	}
	return nil
}

// sideBySide runs the steps concurrently and returns all problems they find in the input; any other error, of which
// there is at most one, takes precedence.
func sideBySide(steps ...func() error) error {
	errs := make([]error, len(steps))
	var running sync.WaitGroup
	for i, step := range steps {
		running.Go(func() { errs[i] = step() })
	}
	running.Wait()
	var problems model.Problems
	for _, err := range errs {
		if err != nil && !asProblems(err, &problems) {
			return err
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

// destination returns where the outputs go: those of a project to it, else the only one there is.
func (r *run) destination() destination { return r.outputs[0].to }
