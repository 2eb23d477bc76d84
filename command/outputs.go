package command

import (
	"path"
	"slices"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/project"
)

// outputSpec is one output of a run: what is asked for, and what it is made of as far as the run has come.
type outputSpec struct {
	asked  project.Item // by firestone.yaml; what flags ask for has no position
	to     destination
	pack   *generator.Pack // nil until it is open
	params generator.Params
	api    *model.API       // of the resources that the output takes
	files  []generator.File // as the pack names them
}

// outputs returns what is asked for: the output of the flags, or all that the project lists.
func (g *generation) outputs(p *folder) ([]*outputSpec, error) {
	const packs = "add -t asyncapi, -t openapi or another pack"
	switch {
	case g.template != "" && p != nil && p.writesInto(g.out):
		return nil, misusef("run firestone without -t, or choose another path for -o", "%s already has an item that writes to %s", p.File, g.out)
	case g.template != "":
		return []*outputSpec{g.single(p)}, nil
	case p == nil && len(g.arguments)+len(g.named) == 0:
		return nil, misusef("create one with firestone init, or write firestone -t asyncapi book.yaml",
			"no firestone.yaml in this folder or any parent folder")
	case p == nil:
		return nil, misusef(packs, "no pack given")
	case len(g.arguments) > 0:
		return nil, misusef(packs+", or leave "+g.arguments[0]+" out; use -r to read other resources",
			"%s already says which resources to read", p.File)
	case g.out != "":
		return nil, misusef(packs, "-o is for a single pack; %s says where each one writes", p.File)
	}
	var outputs []*outputSpec
	for _, item := range p.Generate {
		to := destination{toProject, p.at(item.Output.Value), p.root}
		item.Pack.Value = p.pack(item.Pack.Value)
		outputs = append(outputs, &outputSpec{asked: item, to: to})
	}
	return outputs, nil
}

// single returns the output that flags ask for. Where one item of the project is of the pack it is that item, written
// to where the flags say.
func (g *generation) single(p *folder) *outputSpec {
	o := &outputSpec{}
	o.asked.Pack.Value = g.template
	if p != nil {
		isOfPack := func(item project.Item) bool { return isSamePack(p.pack(item.Pack.Value), g.template) }
		first := slices.IndexFunc(p.Generate, isOfPack)
		if first >= 0 && !slices.ContainsFunc(p.Generate[first+1:], isOfPack) {
			o.asked = p.Generate[first]
			o.asked.Pack.Value = p.pack(o.asked.Pack.Value)
			if len(g.arguments)+len(g.named) > 0 {
				o.asked.Include, o.asked.Exclude = nil, nil // the choice is among the definitions of the project
			}
		}
	}
	if o.asked.Output = (project.Text{Value: g.out}); g.out == stdin {
		o.asked.Output.Value = ""
	}
	o.to = destinationOf(o.asked.Output.Value)
	return o
}

// writesInto reports whether the path is the folder of an item, which has its record in that of the project.
func (f *folder) writesInto(path string) bool {
	return path != "" && slices.ContainsFunc(f.Generate, func(item project.Item) bool {
		return item.IsFolder() && isSamePath(f.at(item.Output.Value), path)
	})
}

// name returns what the record calls the output, however the command line spells it: of a project two items may use
// one pack, in a folder each pack has its own files.
func (o *outputSpec) name() string {
	if o.to.kind == toProject {
		return o.pack.Name + " " + path.Clean(o.asked.Output.Value)
	}
	return o.pack.Name
}

// takesSame reports whether two outputs take the same resources, so that one model serves both.
func (o *outputSpec) takesSame(other *outputSpec) bool {
	same := func(a, b project.Text) bool { return a.Value == b.Value }
	return slices.EqualFunc(o.asked.Include, other.asked.Include, same) && slices.EqualFunc(o.asked.Exclude, other.asked.Exclude, same)
}

// open opens the pack, and reads what depends on it: the destination and the parameters.
func (o *outputSpec) open(g *generation, p *folder) error {
	pack, err := openPackWithin(p.within(), o.asked.Pack.Value, p.layers(g.layers))
	if err != nil {
		return placed(err, o.asked.Pack.Pos)
	}
	pack.Effort = g.effort
	to, err := o.to.fit(pack)
	if err == nil && (to.kind == toFile || to.kind == toFolder) {
		err = mayWrite(p.within(), to.path)
	}
	if err != nil {
		return placed(err, o.asked.Output.Pos)
	}
	params, err := pack.ParamsFrom(o.asked.Parameters, g.setFor(pack, to))
	if err != nil {
		return o.refusedParameters(problemsOf(err))
	}
	o.pack, o.to, o.params = pack, to, params
	return nil
}
