package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/definition"
)

// Reference says which record of another resource a value names.
type Reference struct {
	Resource    *Resource `view:"name"` // whose record it is
	Property    *Property `view:"name"` // of Resource: the one that is equal to the value, mostly its key
	Path        []string  // where the value is inside the field; empty if the field itself is the value
	OnMissing   string    // what a server does if the record does not exist: reject or ignore
	IsImmutable bool      // the value may not change
	IsGuessed   bool      // the definition does not say so: the field is called as the other resource's key
	Description string    // as given, else empty
}

// Referrer is a property through which records of another resource refer to those of this one.
type Referrer struct {
	Resource  *Resource  `view:"name"` // the resource referred to: book
	Property  *Property  `view:"name"` // of Resource: author_id
	Parameter *Parameter `view:"name"` // of Resource's list: selects the records that refer to one, or nil
	IsGuessed bool       // see Reference
}

// What a server does with a reference to a record that does not exist.
const (
	RejectMissing = "reject"
	IgnoreMissing = "ignore"
)

// relate finds out what the fields of resources refer to, what names a record for people, and what sorts and
// filters a list.
func (b *builder) relate() {
	r := newRelations(b)
	for _, resource := range b.api.Resources {
		r.properties(resource)
	}
	for _, resource := range b.api.Resources {
		resource.Label = labelOf(resource)
		resource.Columns = columnsOf(resource)
		for _, level := range resource.Levels {
			for _, o := range level.Operations {
				o.Sort = sortingOf(o)
				r.filters(o)
			}
		}
	}
	for _, resource := range b.api.Resources {
		r.referrers(resource)
	}
}

// relations is what the references of an API are found with.
type relations struct {
	*builder
	keys   map[Pos]*Resource      // by the place of the key's schema
	called map[string][]*Resource // by what a property that holds the key may be called, see keyNames
	bases  map[string]*Resource   // by the name of the read form and of the list

	wordsOf map[string][]string // see words
}

func newRelations(b *builder) *relations {
	r := &relations{builder: b, keys: map[Pos]*Resource{}, called: map[string][]*Resource{}, bases: map[string]*Resource{}, wordsOf: map[string][]string{}}
	for _, resource := range b.api.Resources {
		for _, base := range []string{resource.Read.Base, resource.List.Base} {
			if r.bases[base] == nil {
				r.bases[base] = resource
			}
		}
		if pos := resource.Key.Schema.Pos; pos.Line > 0 && r.keys[pos] == nil {
			r.keys[pos] = resource
		}
		if resource.Parent == nil {
			for _, words := range keyNames(resource) {
				r.called[words] = append(r.called[words], resource)
			}
		}
	}
	return r
}

// keyNames returns what a property of another resource that holds the key may be called, the resource among the words:
// author id for a key author_id, authorId or id.
func keyNames(r *Resource) []string {
	one, key := strings.Join(nameWords(r.Singular), " "), strings.Join(nameWords(r.Key.Name), " ")
	if strings.HasPrefix(key, one+" ") {
		return []string{key}
	}
	return []string{one + " " + key}
}

// properties sets what the properties of a resource, and the fields of its forms, refer to and embed.
func (r *relations) properties(resource *Resource) {
	for _, p := range resource.Properties {
		p.Shape = r.shapes.of(p.Schema)
		p.Embeds = r.embedded(p.Shape)
		if p.Refers = r.given(resource, p); p.Refers == nil && p.Embeds == nil && !p.IsKey {
			p.Refers = r.derived(resource, p.Name, p.Shape)
		}
	}
	for _, c := range []*Component{resource.Read, resource.Create, resource.Replace, resource.Update} {
		for _, f := range c.Shape.Fields {
			if p := resource.property(f.Name); p != nil {
				f.Refers, f.Embeds = p.Refers, p.Embeds
			}
			r.inside(f.Shape)
		}
	}
}

// inside sets what the fields of objects within a value refer to and embed, as far as no component is between.
func (r *relations) inside(shape *Shape) {
	if shape == nil || shape.Component != nil {
		return
	}
	r.inside(shape.Item)
	for _, f := range shape.Fields {
		if f.Embeds = r.embedded(f.Shape); f.Embeds == nil {
			f.Refers = r.derived(nil, f.Name, f.Shape)
		}
		r.inside(f.Shape)
	}
}

// given returns what a property refers to as its definition says, or nil.
func (r *relations) given(resource *Resource, p *Property) *Reference {
	written := r.set.Reference(r.definitionOf[resource], p.Name)
	if written == nil {
		return nil
	}
	target := r.resourceOf[written.Target]
	if target == nil {
		return nil
	}
	made := &Reference{Resource: target, Property: target.property(written.Key), Path: written.Path, OnMissing: written.OnMissing,
		IsImmutable: written.IsImmutable, Description: written.Description}
	if made.Property == nil {
		return nil
	}
	return made
}

// derived returns what a field refers to where its definition does not say: the resource whose key its schema is
// written to be, or, as a guess, whose key it is called like.
func (r *relations) derived(owner *Resource, called string, shape *Shape) *Reference {
	value := shape
	if shape.Kind == ArrayShape && shape.Item != nil {
		value = shape.Item
	}
	if value.Component != nil {
		if target := r.keys[value.Component.Pos]; target != nil && target != owner {
			return &Reference{Resource: target, Property: target.property(target.Key.Name), OnMissing: IgnoreMissing}
		}
	}
	if !isScalarShape(value.Kind) {
		return nil
	}
	words := strings.Join(r.words(called), " ")
	if value != shape {
		words = strings.TrimSuffix(words, "s")
	}
	named := r.called[words]
	if len(named) != 1 || named[0] == owner || r.shapes.of(named[0].Key.Schema).Kind != value.Kind {
		return nil // choosing one of two would be a guess
	}
	return &Reference{Resource: named[0], Property: named[0].property(named[0].Key.Name), OnMissing: IgnoreMissing, IsGuessed: true}
}

// embedded returns the resource whose record, or whose records, a value holds as data, or nil.
func (r *relations) embedded(shape *Shape) *Resource {
	if shape.Kind == ArrayShape && shape.Item != nil && shape.Component == nil {
		shape = shape.Item
	}
	if shape.Component == nil {
		return nil
	}
	return r.bases[shape.Component.Base]
}

// referrers adds the properties of a resource to the resources that they refer to.
func (r *relations) referrers(resource *Resource) {
	if resource.Parent != nil {
		resource.Parent.Children = append(resource.Parent.Children, resource)
	}
	for _, p := range resource.Properties {
		if p.Refers == nil {
			continue
		}
		by := &Referrer{Resource: resource, Property: p, IsGuessed: p.Refers.IsGuessed, Parameter: selector(resource, p)}
		p.Refers.Resource.ReferredBy = append(p.Refers.Resource.ReferredBy, by)
	}
}

// selector returns the parameter of a resource's list that selects the records by a property's reference, or nil.
func selector(resource *Resource, p *Property) *Parameter {
	if resource.Collection == nil {
		return nil
	}
	list := resource.Collection.Operation("get")
	if list == nil {
		return nil
	}
	path := append([]string{p.Name}, p.Refers.Path...)
	for _, parameter := range list.Parameters {
		if parameter.Filter != nil && parameter.Filter.Match == EqualMatch && slices.Equal(parameter.Filter.Path, path) {
			return parameter
		}
	}
	return nil
}

// own records which definition a resource comes from, and the first resource of each definition.
func (b *builder) own(r *Resource, d *definition.Definition) {
	b.definitionOf[r] = d
	if b.resourceOf[d] == nil {
		b.resourceOf[d] = r
	}
}
