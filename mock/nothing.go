package mock

import (
	"github.com/firestoned/firestone/model"

	"github.com/firestoned/firestone/model/value"
)

// selectNothing returns a warning for each query parameter of a list that has no effect: neither its name nor its
// definition says which property it filters by.
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
			if p.In == "query" && p.Filter == nil && !o.Arranges(p) && p != o.SizeParameter() {
				warnings.Warn(value.ParameterWithoutEffect, p.Pos, "add filter: PROPERTY to the parameter", "the parameter %q of %s selects nothing: it is not named after a property", p.Name, r.Plural)
			}
		}
	}
	return warnings
}
