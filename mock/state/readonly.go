package state

import (
	"strconv"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// ReadOnly returns the pointers (RFC 6901) to what only the server writes in something that a client sends in a form of the
// resource.
func (s *Store) ReadOnly(resource *model.Resource, sent *model.Value, form model.Form) []string {
	return lost(sent, s.projector.Project(resource.Read.Whole, sent, form), "")
}

// lost returns the pointers to what a value has and its projection has not.
func lost(v, projection *model.Value, at string) []string {
	if v == projection {
		return nil
	}
	var pointers []string
	for _, m := range v.Members {
		inside := value.PointerTo(at, m.Name)
		if kept := projection.Get(m.Name); kept != nil {
			pointers = append(pointers, lost(m.Value, kept, inside)...)
		} else {
			pointers = append(pointers, inside)
		}
	}
	for i, item := range value.Items(v) {
		pointers = append(pointers, lost(item, projection.Items[i], at+"/"+strconv.Itoa(i))...)
	}
	return pointers
}
