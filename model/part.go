package model

import (
	"strconv"

	"github.com/firestoned/firestone/model/name"
)

// maxIdentifier is the maximum length of identifiers of components and parts, not counting the number after them.
const maxIdentifier = 60

// parts names what schemas describe in place and programs have to call something.
type parts struct {
	identifiers name.Set
	seen        map[*Shape]bool
	found       *[]*Shape
}

// nameParts gives identifiers to components and to the parts of components and operations.
func nameParts(api *API) {
	p := &parts{seen: map[*Shape]bool{}}
	components := api.Components
	if api.Problem != nil {
		components = append(components[:len(components):len(components)], api.Problem)
	}
	for _, c := range components {
		c.Identifier = p.unique(name.Pascal(c.Name))
	}
	for _, c := range components {
		p.found = &c.Parts
		p.inside(c.Shape, c.Identifier)
	}
	p.found = &api.Parts
	for _, r := range api.Resources {
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				p.ofOperation(o)
			}
		}
	}
}

func (p *parts) ofOperation(o *Operation) {
	called := name.Pascal(o.Name)
	for _, parameter := range o.Parameters {
		p.visit(parameter.Shape, called+name.Pascal(parameter.Name))
	}
	if o.Request != nil {
		p.visit(o.Request.Shape, called+"Request")
	}
	if o.Response != nil {
		p.visit(o.Response.Shape, called+"Response")
	}
}

// visit names a shape if it is a part, and the parts in it.
func (p *parts) visit(s *Shape, called string) {
	if s == nil || s.Component != nil || p.seen[s] {
		return
	}
	p.seen[s] = true
	if isPart(s) {
		s.Identifier = p.unique(called)
		*p.found = append(*p.found, s)
		called = s.Identifier
	}
	p.inside(s, called)
}

func (p *parts) inside(s *Shape, called string) {
	if s.Kind != UnionShape { // else each alternative has them
		for _, f := range s.Fields {
			p.visit(f.Shape, called+f.Identifier)
		}
	}
	p.visit(s.Item, called+"Item")
	for i, item := range s.Items {
		p.visit(item, called+"Item"+strconv.Itoa(i+1))
	}
	p.visit(s.Extra, called+"Value")
	for i, o := range s.Options {
		p.visit(o.Shape, called+"Option"+strconv.Itoa(i+1))
	}
}

// isPart reports whether programs need a name for a shape: an object with fields, one of some values, one of several
// shapes, or a tuple.
func isPart(s *Shape) bool {
	return s.Kind == ObjectShape && len(s.Fields) > 0 || len(s.Enum) > 0 || len(s.Options) > 1 || len(s.Items) > 1
}

func (p *parts) unique(identifier string) string {
	return p.identifiers.Unique(identifier[:min(len(identifier), maxIdentifier)])
}
