package value

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// merge is one "<<" of a mapping: which objects it brings in, before which explicit member.
type merge struct {
	before  int
	sources []*Value
}

// isMerge reports whether a key is the merge key: a plain << (quoted it is a name like others).
func isMerge(key *yaml.Node) bool {
	return key.Kind == yaml.ScalarNode && key.Tag == "!!merge" && key.Value == "<<"
}

// mergeSources returns the objects named by a merge key: one, or a list.
func (r *reader) mergeSources(v *Value) []*Value {
	sources := []*Value{v}
	if v.Kind == KindArray {
		sources = slices.Clone(v.Items)
	}
	return slices.DeleteFunc(sources, func(source *Value) bool {
		if source.Kind != KindObject && !r.spent {
			r.problems.Add(NoJSONValue, source.Pos, `quote it ("<<") if it is an ordinary key`, "a merge key takes a mapping or a list of mappings, found %s", source.Kind)
		}
		return source.Kind != KindObject
	})
}

// merge puts the members of the merges into the object at the places of the merge keys, and returns how many
// values that repeats. Explicit members win over merged ones, and earlier merges over later ones
// (https://yaml.org/type/merge.html).
func (r *reader) merge(object *Value, merges []merge) int {
	explicit := object.Members
	taken := make(map[string]bool, len(explicit))
	for _, m := range explicit {
		taken[m.Name] = true
	}
	var all []Member
	count, done := 0, 0
	for _, merge := range merges {
		all = append(all, explicit[done:merge.before]...)
		done = merge.before
		for _, source := range merge.sources {
			count += len(source.Members)
			if !r.take(len(source.Members), true, object.Pos) {
				return count
			}
			for _, m := range source.Members {
				if !taken[m.Name] {
					taken[m.Name] = true
					all = append(all, m)
				}
			}
		}
	}
	object.Members = append(all, explicit[done:]...)
	return count
}
