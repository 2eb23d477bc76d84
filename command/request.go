package command

import (
	"slices"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/project"
)

// request is an output as it is asked for.
type request struct {
	pos, packPos, outPos model.Pos // in firestone.yaml
	pack, out            string
	parameters           *value.Value // of the item of firestone.yaml, or nil
	include, exclude     []model.Choice
	to                   destination
}

// requests returns what is asked for: the output of the flags, or all that the project lists.
func (g *generation) requests(p *folder) ([]request, error) {
	const packs = "add -t asyncapi, -t openapi or another pack"
	switch {
	case g.template != "" && p != nil && p.writesInto(g.out):
		return nil, misusef("run firestone without -t, or choose another path for -o", "%s already has an item that writes to %s", p.File, g.out)
	case g.template != "":
		return []request{g.single(p)}, nil
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
	var requests []request
	for _, item := range p.Generate {
		r := p.ofItem(item)
		r.to = destination{toProject, p.at(r.out), p.root}
		requests = append(requests, r)
	}
	return requests, nil
}

// single returns the output that flags ask for. Where one item of the project is of the pack it is that item, written
// to where the flags say.
func (g *generation) single(p *folder) request {
	r := request{pack: g.template}
	if p != nil {
		isOfPack := func(item project.Item) bool { return isSamePack(p.pack(item.Pack.Value), g.template) }
		first := slices.IndexFunc(p.Generate, isOfPack)
		if first >= 0 && !slices.ContainsFunc(p.Generate[first+1:], isOfPack) {
			r = p.ofItem(p.Generate[first])
			r.outPos = model.Pos{}
			if len(g.arguments)+len(g.named) > 0 {
				r.include, r.exclude = nil, nil // the choice is among the definitions of the project
			}
		}
	}
	if r.out = g.out; r.out == stdin {
		r.out = ""
	}
	r.to = destinationOf(r.out)
	return r
}

// writesInto reports whether the path is the folder of an item, which has its record in that of the project.
func (f *folder) writesInto(path string) bool {
	return path != "" && slices.ContainsFunc(f.Generate, func(item project.Item) bool {
		return item.IsFolder() && isSamePath(f.at(item.Output.Value), path)
	})
}

// ofItem returns what an item of firestone.yaml asks for.
func (f *folder) ofItem(item project.Item) request {
	return request{
		pos: item.Pos, packPos: item.Pack.Pos, outPos: item.Output.Pos, pack: f.pack(item.Pack.Value), out: item.Output.Value,
		parameters: item.Parameters, include: choices(item.Include), exclude: choices(item.Exclude),
	}
}
