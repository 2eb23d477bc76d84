package definition

import "github.com/firestoned/firestone/model/value"

// unnest returns the items of a definition in which each property that holds another resource refers to that
// resource's list.
func (s *Set) unnest(d *Definition, items *Value) *Value {
	changed := false
	properties := value.Object()
	for _, m := range d.Properties() {
		if inner := s.inline(d, m); inner != nil {
			changed = true
			ref := value.String("#")
			s.synthetic[ref] = &target{doc: d.doc, node: inner.Schema}
			m.Value = m.Value.Clone()
			m.Value.Delete("schema")
			m.Value.Set("$ref", ref)
			s.resource(inner)
		}
		properties.Members = append(properties.Members, m)
	}
	if !changed {
		return items
	}
	copied := *items
	copied.Members = nil
	for _, m := range items.Members {
		if m.Name == "properties" {
			properties.Pos = m.Value.Pos
			m.Value = properties
		}
		copied.Members = append(copied.Members, m)
	}
	return &copied
}

// inline returns the resource that is written inside a property's wrapper, or nil.
func (s *Set) inline(d *Definition, m value.Member) *Definition {
	wrapped := m.Value.Get("schema")
	if !wrapped.Has("key") || !wrapped.Get("items").Is(value.KindObject) {
		return nil
	}
	if inner := d.inline[m.Name]; inner != nil {
		return inner
	}
	inner := &Definition{doc: d.doc, Root: m.Value, Schema: wrapped, Kind: m.Name, IsInline: true}
	if d.inline == nil {
		d.inline = map[string]*Definition{}
	}
	d.inline[m.Name] = inner
	return inner
}

// Nested returns the definition of the resource that a property holds, or nil where it holds data.
func (s *Set) Nested(d *Definition, m value.Member) *Definition {
	if inner := s.inline(d, m); inner != nil {
		return inner
	}
	v := m.Value
	if wrapped := v.Get("schema"); wrapped.Is(value.KindObject) {
		v = wrapped
	}
	ref := v.Get("$ref")
	if !ref.Is(value.KindString) {
		return nil
	}
	t := s.loader.resolve(d.doc, ref)
	if t == nil {
		return nil
	}
	if other := t.resource(); other != nil && t.node == other.Schema {
		return other
	}
	return nil
}
