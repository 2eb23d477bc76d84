package state

import "github.com/firestoned/firestone/model"

// ReadOnly returns the pointers (RFC 6901) to the read-only members in content that a client sends in a form of the
// resource.
func (s *Store) ReadOnly(resource *model.Resource, sent *model.Value, form model.Form) []string {
	return s.projector.Lost(resource.Read.Whole, sent, form)
}
