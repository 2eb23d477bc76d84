package mock

import (
	"slices"

	"github.com/firestoned/firestone/model"
)

// selectNothing returns a warning for each query parameter of a list that has no effect: neither its name nor its
// definition says which property it selects by.
func selectNothing(api *model.API) model.Problems {
	var warnings model.Problems
	for _, r := range api.Resources {
		if r.Collection == nil {
			continue
		}
		o := r.Collection.Operation("get")
		if o == nil {
			continue
		}
		for _, p := range o.Parameters {
			if p.In == "query" && p.Filter == nil && !arranges(o, p) {
				warnings.Warn(p.Pos, "add filter: PROPERTY to the parameter", "the parameter %q of %s selects nothing: it is not called after a property", p.Name, r.Plural)
			}
		}
	}
	return warnings
}

// arranges reports whether a parameter says which page of a list comes, or in which order.
func arranges(o *model.Operation, p *model.Parameter) bool {
	arranging := []*model.Parameter{o.SizeParameter()}
	if o.Pagination != nil {
		arranging = append(arranging, o.Pagination.Position, o.Pagination.Size)
	}
	if o.Sort != nil {
		arranging = append(arranging, o.Sort.Parameter, o.Sort.Direction)
	}
	return slices.Contains(arranging, p)
}
