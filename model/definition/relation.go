package definition

import (
	"cmp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// Reference describes a property that names a record of another resource.
type Reference struct {
	Target      *Definition // of the other resource
	Key         string      // the property of Target that is equal to the value
	Path        []string    // where the value is inside the property; empty if the property itself is the value
	OnMissing   string      // what a server does if the record does not exist: reject or ignore
	IsImmutable bool        // the value may not change
	Description string      // as given, else empty
}

// Reference returns what a property of a definition refers to, or nil where the definition does not say, or names a
// resource that is not part of the run.
func (s *Set) Reference(d *Definition, property string) *Reference {
	written := d.references(property)
	if written == nil {
		return nil
	}
	target := s.definitionNamed(written.Get("kind").StringOr(""))
	if target == nil {
		return nil
	}
	_, keyName := target.Key()
	r := &Reference{Target: target, Key: written.Get("key").StringOr(keyName), OnMissing: written.Get("on_missing").StringOr("reject"),
		IsImmutable: written.Get("immutable").IsTrue(), Description: written.Get("description").StringOr("")}
	if path := written.Get("value").StringOr(""); path != "" {
		r.Path = strings.Split(path, ".")
	}
	return r
}

// references returns what a direct property says that it refers to, or nil.
func (d *Definition) references(property string) *Value {
	if d.referring == nil {
		d.referring = map[string]*Value{}
		for _, m := range d.Properties() {
			if written := m.Value.Get("references"); written != nil {
				d.referring[m.Name] = written
			}
		}
	}
	return d.referring[property]
}

// definitionNamed returns the definition of the kind, singular or plural, or nil: of those that were read.
func (s *Set) definitionNamed(word string) *Definition {
	if i := slices.IndexFunc(s.known, func(d *Definition) bool { return slices.Contains(d.names(), word) }); i >= 0 {
		return s.known[i]
	}
	return nil
}

// checkRelations reports references, filters, labels and columns of a definition that name nothing.
func (s *Set) checkRelations(d *Definition) {
	for _, m := range d.Properties() {
		if written := m.Value.Get("references"); written.Is(value.KindObject) {
			s.checkReference(d, m, written)
		}
	}
	for _, v := range d.Parameters() {
		s.checkFilter(d, v)
	}
	if m := d.Root.Member("x-label"); m != nil {
		if m.Value.Is(value.KindString) {
			s.checkNames(d, "x-label", []*Value{m.Value})
		} else {
			s.problems.Warn(value.WrongType, m.Value.Pos, `write "x-label: `+nameIn(m.Value, "title")+`"`, "x-label must be the name of a property, not %s", value.Describe(m.Value))
		}
	}
	if m := d.Root.Member("x-columns"); m != nil {
		if m.Value.Is(value.KindArray) {
			s.checkNames(d, "x-columns", m.Value.Items)
		} else {
			s.problems.Warn(value.WrongType, m.Value.Pos, `write "x-columns: [`+nameIn(m.Value, "title, author")+`]"`, "x-columns must be a list of properties, not %s", value.Describe(m.Value))
		}
	}
}

// nameIn returns the names that a value of another type holds, or else an example.
func nameIn(v *Value, example string) string {
	names := schemesIn(v)
	for _, m := range v.Members {
		names = append(names, m.Name)
	}
	return cmp.Or(strings.Join(names, ", "), example)
}

func (s *Set) checkReference(d *Definition, m value.Member, written *Value) {
	kind := written.Get("kind")
	switch {
	case !kind.Is(value.KindString):
		return // reported by package schema
	case kind.Text == "":
		s.problems.Add(value.UnfitRelation, kind.Pos, `write "kind: author", the other resource`, "%q refers to an empty kind", m.Name)
		return
	}
	property := d.Types.Item.Schema.Get("properties").Get(m.Name)
	if path := written.Get("value"); path.Is(value.KindString) {
		s.checkPath(d, []*Value{property}, strings.Split(path.Text, "."), path.Pos, m.Name)
	} else if schema.HasType(property, "object") {
		s.problems.Add(value.UnfitRelation, written.Pos, `name the member that holds the key: "value: `+kind.Text+`_id"`, "the property %q is an object, which cannot be a key", m.Name)
	}
	target := s.definitionNamed(kind.Text)
	if target == nil {
		s.unknownKind(m, kind)
		return
	}
	if key := written.Get("key"); key.Is(value.KindString) && target.Types != nil && target.Types.Item != nil {
		names := s.memberNames(target)
		if !slices.Contains(names, key.Text) {
			s.problems.Add(value.UnknownProperty, key.Pos, value.Suggestion(key.Text, names), "%q refers to the property %q, which %s does not have", m.Name, key.Text, target.Kind)
		}
	}
}

// unknownKind reports a kind that none of the definitions has: a slip is an error, but a resource may well be defined
// in a file that is not part of the run.
func (s *Set) unknownKind(m value.Member, kind *Value) {
	var names []string
	for _, d := range s.known {
		names = append(names, d.names()...)
	}
	if hint := name.Suggest(kind.Text, names, "%q", ""); hint != "" {
		s.problems.Add(value.UnknownKind, kind.Pos, hint, "%q refers to the kind %q, which is not defined", m.Name, kind.Text)
		return
	}
	s.problems.Warn(value.UnknownKind, kind.Pos, "add the file that defines it to the run", "%q refers to the kind %q, which none of these definitions has", m.Name, kind.Text)
}

// memberNames returns the properties of a resource, its key among them.
func (s *Set) memberNames(d *Definition) []string {
	_, keyName := d.Key()
	names := s.propertyNames(d.Types.Item.Schema, map[*Value]bool{})
	if !slices.Contains(names, keyName) {
		names = append(names, keyName)
	}
	return names
}

// checkFilter reports a filter of a parameter that names no property.
func (s *Set) checkFilter(d *Definition, parameter *Value) {
	filter := parameter.Get("filter")
	path, pos := FilterPath(filter)
	if len(path) > 0 {
		s.checkPath(d, []*Value{d.Types.Item.Schema}, path, pos, "the filter of "+parameter.Get("name").StringOr(""))
	}
}

// FilterPath returns the names of the properties that lead to the value a filter compares, and their positions.
func FilterPath(filter *Value) ([]string, Pos) {
	property := filter
	if filter.Is(value.KindObject) {
		property = filter.Get("property")
	}
	if text := property.StringOr(""); text != "" {
		return strings.Split(text, "/"), property.Pos
	}
	return nil, Pos{}
}

// checkPath reports a path that leads to no property below the schemas.
func (s *Set) checkPath(d *Definition, schemas []*Value, path []string, pos Pos, what string) {
	for i, step := range path {
		var names []string
		var next []*Value
		for _, v := range schemas {
			names = append(names, s.propertyNames(v, map[*Value]bool{})...)
			next = append(next, s.members(v, step, map[*Value]bool{})...)
		}
		if len(next) == 0 && i == 0 && schemas[0] == d.Types.Item.Schema {
			if _, keyName := d.Key(); keyName == step && len(path) == 1 {
				return
			}
		}
		if len(next) == 0 {
			hint := value.Suggestion(step, names)
			if len(names) == 0 {
				hint = "it has no properties"
			}
			s.problems.Add(value.UnknownProperty, pos, hint, "%s: unknown property %q", what, strings.Join(path[:i+1], "/"))
			return
		}
		schemas = next
	}
}

// members returns the schemas of the property of that name, through references, allOf, anyOf, oneOf and items.
func (s *Set) members(v *Value, called string, seen map[*Value]bool) []*Value {
	if !v.Is(value.KindObject) || seen[v] {
		return nil
	}
	seen[v] = true
	var found []*Value
	if p := v.Get("properties").Get(called); p != nil {
		found = append(found, p)
	}
	for _, part := range s.parts(v, "allOf", "anyOf", "oneOf", "then", "else", "items") {
		found = append(found, s.members(part, called, seen)...)
	}
	return found
}

// checkNames warns of names in one of the definition's own keys that name no property.
func (s *Set) checkNames(d *Definition, key string, items []*Value) {
	names := s.memberNames(d)
	for _, item := range items {
		if !item.Is(value.KindString) || !slices.Contains(names, item.Text) {
			s.problems.Warn(value.UnknownProperty, item.Pos, value.Suggestion(item.Text, names), "%s names %q, which is not a property of %s", key, item.Text, d.Kind)
		}
	}
}
