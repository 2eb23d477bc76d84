package model

import (
	"slices"

	"github.com/firestoned/firestone/model/definition"
)

// level adds one level with its operations to the resource; p is the property of an attribute. A level without
// operations is none.
func (b *builder) level(r *Resource, d *definition.Definition, level string, steps []Segment, p *Property) *Level {
	methods := d.Methods(level)
	if p != nil {
		methods = attributeMethods(methods, p)
	}
	if len(methods) == 0 {
		return nil
	}
	l := &Level{Name: level, Resource: r, Property: p, Path: pathOf(steps), IRI: iriOf(steps), Segments: steps}
	for _, s := range steps {
		if s.Parameter != nil {
			l.Parameters = append(l.Parameters, s.Parameter)
		}
	}
	l.Keys = keysIn(l)
	for _, method := range methods {
		l.Operations = append(l.Operations, b.operation(d, l, method))
	}
	r.Levels = append(r.Levels, l)
	return l
}

// keysIn returns the resources whose keys the level's path holds, the outermost first: those around the resource, and
// the resource itself unless the level is its collection.
func keysIn(l *Level) []*Resource {
	var keys []*Resource
	if !l.IsCollection() {
		keys = append(keys, l.Resource)
	}
	for outer := l.Resource.Parent; outer != nil; outer = outer.Parent {
		keys = append(keys, outer)
	}
	slices.Reverse(keys)
	return keys
}

// attributeMethods leaves out methods that make no sense for a property: reading what is write-only, writing what is
// read-only, or changing what identifies the instance.
func attributeMethods(methods []string, p *Property) []string {
	return slices.DeleteFunc(slices.Clone(methods), func(method string) bool {
		if method == "get" || method == "head" {
			return p.IsWriteOnly
		}
		return p.IsReadOnly || p.IsKey
	})
}

// verbs are the words for the methods in names of operations; get of a collection lists.
var verbs = map[string]string{"get": "get", "head": "head", "post": "create", "put": "replace", "patch": "update", "delete": "delete"}

func (b *builder) operation(d *definition.Definition, l *Level, method string) *Operation {
	r := l.Resource
	verb, noun := verbs[method], r.Type
	switch {
	case l.IsAttribute():
		noun += l.Property.Identifier
	case l.IsCollection() && method == "get":
		verb, noun = "list", r.PluralType
	case l.IsCollection() && method != "post":
		noun = r.collectionType()
	}
	o := &Operation{
		Name: b.operations.Unique(verb + noun), Method: method, Verb: verb, Resource: r, Level: l,
		Description: d.Root.Get("descriptions").Get(l.Name).Get(method).StringOr(""),
		Parameters:  append(slices.Clone(l.Parameters), b.parameters(d, l, method)...),
		Security:    b.security.required(d, l.Name, method),
	}
	o.HasSecurity = len(o.Security) > 0
	o.Pagination = paginationOf(o)
	o.Request, o.Response = b.bodies(l, method)
	return o
}

// bodies returns what an operation is sent and what it returns.
func (b *builder) bodies(l *Level, method string) (request, response *Body) {
	r := l.Resource
	if method == "head" || method == "delete" {
		return nil, nil
	}
	if l.IsAttribute() {
		response = b.attribute(l.Property, Read)
		if method == "put" {
			request = b.attribute(l.Property, Replace)
		}
		if l.Property.IsWriteOnly {
			response = nil
		}
		return request, response
	}
	response = b.body(r.Read, "application/json")
	if l.IsCollection() && method != "post" {
		response = b.body(r.List, "application/json")
	}
	switch method {
	case "post":
		request = b.body(r.Create, "application/json")
	case "put":
		request = b.body(r.Replace, "application/json")
	case "patch":
		request = b.body(r.Update, "application/merge-patch+json")
		if l.IsCollection() {
			request = b.patches(r)
		}
	}
	return request, response
}
