package command

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
)

// refusedParameters returns problems with parameters: a usage error if they come from the command line.
func (o *outputSpec) refusedParameters(problems model.Problems) error {
	for i, p := range problems {
		if !strings.HasPrefix(p.Pos.File, "--set ") {
			return problems
		}
		if o.to.kind == toProject {
			problems[i].Hint += "; this is for " + packName(o.asked.Pack.Value) + ": use -t to set a parameter for one pack"
		}
	}
	return &usageError{causes: problems}
}

// checkSet refuses a text of --set that no pack of the project takes; which packs have what parameters they say when
// they are open.
func (r *run) checkSet() error {
	for _, text := range r.set {
		var known []string
		for _, o := range r.outputs {
			for _, parameter := range o.pack.Parameters {
				known = append(known, parameter.Name)
			}
		}
		if slices.Contains(known, setName(text)) {
			continue
		}
		hint := name.Suggest(setName(text), known, "%s", "see firestone pack list")
		return usageErrorf(hint, "no pack in firestone.yaml has a parameter %q", setName(text))
	}
	return nil
}

// setName returns the parameter that a text of --set is for.
func setName(text string) string {
	name, _, _ := strings.Cut(text, "=")
	return name
}

// setFor returns the texts of --set that a pack takes. Of a whole project each text is for the packs that have the
// parameter.
func (r *run) setFor(pack *generator.Pack, to destination) []string {
	if to.kind != toProject {
		return r.set
	}
	var taken []string
	for _, set := range r.set {
		if slices.ContainsFunc(pack.Parameters, func(p generator.Parameter) bool { return p.Name == setName(set) }) {
			taken = append(taken, set)
		}
	}
	return taken
}
