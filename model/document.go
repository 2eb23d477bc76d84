package model

import (
	"sync"

	"github.com/firestoned/firestone/model/schema"
)

// Document returns what is shared by the schemas of operations, for writing them. It is built on first use, and nil
// without an API.
func Document(api *API) *schema.Document {
	if api == nil || api.document == nil {
		return nil
	}
	return api.document()
}

// documentOf returns the function that makes the Document of an API, once.
func documentOf(api *API) func() *schema.Document {
	return sync.OnceValue(func() *schema.Document {
		var components []schema.Component
		for _, c := range api.Components {
			components = append(components, schema.Component{Name: c.Name, Schema: c.Schema})
		}
		var bodies []*Value
		for _, r := range api.Resources {
			for _, l := range r.Levels {
				for _, o := range l.Operations {
					for _, body := range []*Body{o.Request, o.Response} {
						if body != nil {
							bodies = append(bodies, body.Schema)
						}
					}
				}
			}
		}
		return schema.NewDocument(components, bodies)
	})
}

// Losses returns a warning for each keyword of the API's schemas that the documents written so far could only keep as an
// extension.
func Losses(api *API) Problems {
	if document := Document(api); document != nil {
		return document.Losses()
	}
	return nil
}
