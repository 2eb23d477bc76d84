package definition

import (
	"slices"

	"github.com/firestoned/firestone/model/example"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// giveKey gives the schema of a resource its key: a key that the definition does not list becomes a property assigned
// by the server, allowed wherever the definition describes the same object.
func (s *Set) giveKey(d *Definition, maker *example.Maker) {
	key, name := d.Key()
	item := d.Types.Item
	own := described(d.Types.Key, key.Get("description"))
	addition := schema.Addition{
		Name: name, Schema: value.With(own, "readOnly", value.Bool(true)), IsValid: maker.IsValid,
		Component: func(name string) *Value { return s.Component(name).Schema },
	}
	twins := map[string]*Value{}
	addition.Twin = func(of string, made *Value) *Value {
		text := of + string(made.AppendJSON(nil, ""))
		if twins[text] == nil {
			plain := s.Component(of)
			twin := &Component{Name: s.Names.Unique(d.Types.Name + of), Pos: plain.Pos, Schema: made, Title: plain.Heading(), isTwin: true}
			s.add(twin)
			twins[text] = schema.RefTo(twin.Name)
		}
		return twins[text]
	}
	if s.lists(item.Schema, name) {
		item.Schema = withListedKey(item.Schema, name, own)
		return
	}
	item.Plain = item.Schema
	item.Schema = addition.Into(item.Schema)
}

// lists reports whether the definition of a resource lists a property of that name, in each alternative if it consists
// only of alternatives.
func (s *Set) lists(v *Value, name string) bool {
	for _, keyword := range []string{"oneOf", "anyOf"} {
		if branches := v.Get(keyword); branches.Is(value.KindArray) && !v.Has("properties") && !v.Has("allOf") && !v.Has("$ref") {
			return !slices.ContainsFunc(branches.Items, func(branch *Value) bool { return !s.lists(branch, name) })
		}
	}
	return slices.Contains(s.propertyNames(v, map[*Value]bool{}), name)
}

// withListedKey returns the schema of a resource whose own properties may list its key: it is read-only if its own
// schema says so, and has its examples.
func withListedKey(v *Value, name string, key *Value) *Value {
	listed := v.Get("properties").Get(name)
	if !listed.Is(value.KindObject) {
		return v
	}
	for _, keyword := range []string{"readOnly", "examples"} {
		if said := key.Get(keyword); said != nil && !listed.Has(keyword) {
			listed = value.With(listed, keyword, said)
		}
	}
	return value.With(v, "properties", value.With(v.Get("properties"), name, listed))
}
