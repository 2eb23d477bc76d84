package command

import (
	"path"
	"path/filepath"
	"slices"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/project"
)

// outputSpec is one output of a run: what was requested, and its sources as far as the run has loaded them.
type outputSpec struct {
	asked  project.Item // from firestone.yaml; from flags, it has no position
	to     destination
	pack   *generator.Pack // nil until it is open
	params generator.Params
	api    *model.API       // of the resources that the output takes
	files  []generator.File // as the pack names them
	own    string           // where the project writes it, of one that goes elsewhere; else empty
}

// chooseOutputs sets the outputs: the one that flags ask for, or all that the project lists.
func (r *run) chooseOutputs() error {
	const packs = "add -t asyncapi, -t openapi or another pack"
	p := r.project
	switch {
	case r.template != "" && p != nil && p.writesInto(r.output):
		return usageErrorf("run firestone without -t, or choose another path for -o", "%s already has an item that writes to %s", p.File, r.output)
	case r.template != "":
		r.outputs = []*outputSpec{r.single()}
		return nil
	case p == nil:
		for _, resource := range r.resources() {
			if path.Base(filepath.ToSlash(resource)) == project.FileName && isFile(resource) {
				return usageErrorf("leave it out, and run firestone in its folder; or write "+r.cmd.CommandPath()+" --config "+resource, "%s is the file of a project, not a RESOURCE", resource)
			}
			if file := projectBelow(resource); file != "" {
				return usageErrorf("run "+r.cmd.CommandPath()+" there, or "+r.cmd.CommandPath()+" --config "+file+"; with -t PACK, a folder is read for its own definitions",
					"%s is the folder of a project, not a RESOURCE", resource)
			}
		}
		return usageErrorf(packs, "no pack given")
	case len(r.arguments) > 0:
		return usageErrorf(packs+", or leave "+r.arguments[0]+" out; use -r to read other resources",
			"%s already says which resources to read", p.File)
	case r.output != "":
		return usageErrorf(packs, "-o is for a single pack; %s says where each one writes", p.File)
	}
	for _, item := range p.Generate {
		to := destination{toProject, p.at(item.Output.Value), p.root}
		item.Pack.Value = p.pack(item.Pack.Value)
		r.outputs = append(r.outputs, &outputSpec{asked: item, to: to})
	}
	return nil
}

// single returns the output that the flags request. If exactly one item of the project uses the pack, it is that item,
// written to the destination in the flags.
func (r *run) single() *outputSpec {
	o := &outputSpec{}
	o.asked.Pack.Value = r.template
	if p := r.project; p != nil {
		isOfPack := func(item project.Item) bool { return isSamePack(p.pack(item.Pack.Value), r.template) }
		first := slices.IndexFunc(p.Generate, isOfPack)
		if first >= 0 && !slices.ContainsFunc(p.Generate[first+1:], isOfPack) {
			o.asked = p.Generate[first]
			o.asked.Pack.Value = p.pack(o.asked.Pack.Value)
			if len(r.resources()) > 0 {
				o.asked.Include, o.asked.Exclude = nil, nil // the choice is among the definitions of the project
			}
		}
	}
	if o.asked.Output = (project.Text{Value: r.output}); r.output == stdin {
		o.asked.Output.Value = ""
	}
	o.to = destinationOf(o.asked.Output.Value)
	return o
}

// name returns what the record calls the output, however the command line spells it: of a project two items may use
// one pack, in a folder each pack has its own files.
func (o *outputSpec) name() string {
	if o.to.kind == toProject {
		return o.pack.Name + " " + path.Clean(o.asked.Output.Value)
	}
	return o.pack.Name
}

// makes lists the warnings that are relevant to the outputs of each built-in pack, of those relevant to only some
// outputs.
var makes = map[string][]value.Matter{
	"asyncapi": {value.OnlyEvents, value.OnlyServers, value.OnlyDocuments}, "openapi": {value.OnlyDocuments},
	"python": {value.OnlyEvents}, "cli": {value.OnlyEvents}, "streamlit": {value.OnlyEvents},
}

// matters reports whether a warning is relevant to the output. For a third-party pack every warning is.
func (o *outputSpec) matters(p model.Problem) bool {
	own, isKnown := makes[packName(o.asked.Pack.Value)]
	return p.Only == "" || !isKnown || slices.Contains(own, p.Only)
}

// takesSame reports whether two outputs take the same resources, so that one model serves both.
func (o *outputSpec) takesSame(other *outputSpec) bool {
	same := func(a, b project.Text) bool { return a.Value == b.Value }
	return slices.EqualFunc(o.asked.Include, other.asked.Include, same) && slices.EqualFunc(o.asked.Exclude, other.asked.Exclude, same)
}
