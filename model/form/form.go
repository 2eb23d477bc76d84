// Package form shows how to write a value that was written in the wrong form: "key: {name: book_id}" for "key: book_id".
//
// It answers one question: what did the author of a value most likely mean to write there? It takes what is allowed at
// each place of a file, and an example of it, from the JSON Schema for editors. It reads no files and reports no
// problems.
package form

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// Forms are those of one kind of file.
type Forms struct {
	whole     *value.Value            // the schema of the file, as package schema has it
	parts     map[string]*value.Value // its definitions
	validator *validate.Validator
}

// New returns the forms that a JSON Schema (draft 7, its shared parts under definitions) knows.
func New(text string) *Forms {
	written := value.ParseJSON("schema.json", []byte(text), &value.Problems{})
	f := &Forms{parts: map[string]*value.Value{}}
	f.whole = normal(written)
	for _, m := range value.Members(written.Get(shelf)) {
		f.parts[m.Name] = normal(m.Value)
	}
	f.validator = validate.New(func(name string) *value.Value { return f.parts[name] })
	return f
}

// shelf is where the JSON Schemas have their shared parts.
const shelf = "definitions"

func normal(v *value.Value) *value.Value {
	return schema.Normalise(v, schema.Anywhere, func(ref *value.Member) (*value.Value, bool) {
		name, ok := strings.CutPrefix(ref.Value.Text, "#/"+shelf+"/")
		return schema.RefTo(name), ok
	})
}

// File is one file of the kind, in which some values have the wrong type for their places.
type File struct {
	*Forms
	schema, root *value.Value
	shown        int // how many forms were asked for
}

// File returns the file with that root.
func (f *Forms) File(root *value.Value) *File { return &File{Forms: f, schema: f.whole, root: root} }

// Part is File for a value that is not a whole file, but what the definition of that name in the JSON Schema describes.
func (f *Forms) Part(name string, root *value.Value) *File {
	return &File{Forms: f, schema: f.parts[name], root: root}
}

// Narrow lets what the definition of that name in the JSON Schema describes have only members of those names, the first of which
// is shown with the value.
func (f *File) Narrow(name string, members []string, shown *value.Value) {
	forms := *f.Forms
	forms.parts = maps.Clone(f.parts)
	names := value.Array()
	for _, m := range members {
		names.Items = append(names.Items, value.String(m))
	}
	part := value.With(f.parts[name], "propertyNames", value.Object(value.NewMember("enum", names)))
	forms.parts[name] = value.With(part, "examples", value.Array(value.Object(value.NewMember(members[0], shown))))
	forms.validator = validate.New(func(name string) *value.Value { return forms.parts[name] })
	f.Forms = &forms
}

// maxShown is how many forms are shown for one file: more are repetitive, and finding each takes a pass over the whole
// file.
const maxShown = 100

// Of returns how a value of the file is written that has the wrong type for its place, with its key: with what it holds
// where that fits, or else as an example. It returns "" where nothing is known of the place.
func (f *File) Of(v *value.Value) string {
	if f.shown++; f.shown > maxShown {
		return ""
	}
	path, ok := pathTo(f.root, v)
	if !ok || len(path) == 0 {
		return ""
	}
	at := f.find(f.schema, path)
	if at == nil || f.validator.IsValid(at, v) {
		return ""
	}
	meant := f.meant(at, v)
	if meant == nil {
		return ""
	}
	if key := path[len(path)-1]; !key.isItem {
		return value.FlowMember(value.NewMember(key.name, meant))
	}
	return value.Flow(meant)
}

// Below returns how many of the members after the one at i of an object of the file belong below that one, which has no
// value: they fit there, and do not fit where they are.
func (f *File) Below(object *value.Value, i int) int {
	path, ok := pathTo(f.root, object)
	if !ok {
		return 0
	}
	beside := f.find(f.schema, path)
	if beside == nil {
		return 0
	}
	below := f.find(beside, []step{{name: object.Members[i].Name}})
	n := 0
	for _, m := range object.Members[i+1:] {
		here := f.find(beside, []step{{name: m.Name}})
		if below == nil || here != nil && f.validator.IsValid(here, m.Value) || !f.takes(below, m) {
			break
		}
		n++
	}
	return n
}

// IsTooDeep reports whether the members of an object of the file, by their names, belong one level higher.
func (f *File) IsTooDeep(v *value.Value) bool {
	path, ok := pathTo(f.root, v)
	if !ok || len(path) == 0 || len(value.Members(v)) == 0 {
		return false
	}
	beside := f.find(f.schema, path[:len(path)-1])
	return beside != nil && !slices.ContainsFunc(v.Members, func(m value.Member) bool { return !f.names(beside, m.Name) })
}

// names reports whether what a schema describes has a member of that very name.
func (f *File) names(of *value.Value, name string) bool {
	return slices.ContainsFunc(f.all(of), func(s *value.Value) bool { return s.Get("properties").Has(name) })
}

// takes reports whether a schema allows a member: by its name or, if any name is allowed, by its value.
func (f *File) takes(of *value.Value, m value.Member) bool {
	if f.names(of, m.Name) {
		return true
	}
	other := f.find(of, []step{{name: m.Name}})
	return other != nil && f.validator.IsValid(other, m.Value)
}

// step leads from an object to a member, or from an array to an item.
type step struct {
	name   string // of the member
	isItem bool
}

// pathTo returns the first way from root to the very value v, and whether there is one.
func pathTo(root, v *value.Value) ([]step, bool) {
	if root == v {
		return nil, true
	}
	for _, item := range value.Items(root) {
		if path, ok := pathTo(item, v); ok {
			return append([]step{{isItem: true}}, path...), true
		}
	}
	for _, m := range value.Members(root) {
		if path, ok := pathTo(m.Value, v); ok {
			return append([]step{{name: m.Name}}, path...), true
		}
	}
	return nil, false
}

// find returns the schema of what a path leads to from that which a schema describes, or nil.
func (f *Forms) find(of *value.Value, path []step) *value.Value {
	if len(path) == 0 {
		return of
	}
	for _, s := range f.all(of) {
		below := s.Get("items")
		if !path[0].isItem {
			if below = s.Get("properties").Get(path[0].name); below == nil {
				below = s.Get("additionalProperties")
			}
		}
		if !below.Is(value.KindObject) {
			continue
		}
		if found := f.find(below, path[1:]); found != nil {
			return found
		}
	}
	return nil
}

// all returns a schema with its parts and alternatives.
func (f *Forms) all(of *value.Value) []*value.Value {
	all := []*value.Value{of}
	if name, ok := schema.RefName(of); ok {
		all = append(all, f.all(f.parts[name])...)
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf", "then", "else"} {
		below := of.Get(keyword)
		for _, part := range append(slices.Clone(value.Items(below)), below) {
			if part.Is(value.KindObject) {
				all = append(all, f.all(part)...)
			}
		}
	}
	return all
}

// example returns a value that shows the form of what a schema describes, or nil. A default shows it if it is a list or
// an object that is not empty.
func (f *Forms) example(of *value.Value) *value.Value {
	all := f.all(of)
	for _, s := range all {
		if list := value.Items(s.Get("examples")); len(list) > 0 {
			return list[0]
		}
	}
	for _, s := range all {
		if chosen := s.Get("default"); len(value.Items(chosen))+len(value.Members(chosen)) > 0 {
			return chosen
		}
	}
	for _, s := range all {
		if list := value.Items(s.Get("enum")); len(list) > 0 {
			return list[0]
		}
	}
	for _, s := range all {
		if made := f.compose(s); made != nil {
			return made
		}
	}
	return nil
}

// compose makes an example of a list from one of its items, and of an object from those of its members that it requires, or
// else from the first one that has an example.
func (f *Forms) compose(of *value.Value) *value.Value {
	if item := of.Get("items"); item.Is(value.KindObject) {
		if one := f.example(item); one != nil {
			return value.Array(one)
		}
	}
	made := value.Object()
	for _, name := range value.Items(of.Get("required")) {
		one := f.example(of.Get("properties").Get(name.Text))
		if one == nil {
			return nil
		}
		made.Set(name.Text, one)
	}
	for _, m := range schema.Properties(of) {
		if len(made.Members) > 0 {
			break
		}
		if one := f.example(m.Value); one != nil {
			made.Set(m.Name, one)
		}
	}
	if len(made.Members) == 0 {
		return nil
	}
	return made
}

// meant returns the first value that a schema accepts of those that the author of v may have meant, or else an example.
// One that takes more than a line is an example.
func (f *Forms) meant(at, v *value.Value) *value.Value {
	shown := f.example(at)
	if remaining(v, maxLength) < 0 {
		return shown
	}
	for _, candidate := range candidates(v, shown) {
		if candidate != nil && f.validator.IsValid(at, candidate) {
			return candidate
		}
	}
	return shown
}

// maxLength is how many characters a value has about that fits on a line.
const maxLength = 100

// remaining returns how many of so many characters a value leaves about, less than none where it has more.
func remaining(v *value.Value, characters int) int {
	characters -= 2 + len(v.Text)
	for _, item := range v.Items {
		if characters < 0 {
			break
		}
		characters = remaining(item, characters)
	}
	for _, m := range v.Members {
		if characters < 0 {
			break
		}
		characters = remaining(m.Value, characters-len(m.Name))
	}
	return characters
}

// candidates returns what a value may have been meant as, the likeliest first: itself with or without quotes, the only
// thing in it, a list of it, or a part of what an example shows.
func candidates(v, shown *value.Value) []*value.Value {
	var all []*value.Value
	switch v.Kind {
	case value.KindNull:
		return nil
	case value.KindString:
		if key, text, ok := strings.Cut(v.Text, ":"); ok && text != "" && !strings.ContainsAny(key, " /") {
			all = append(all, value.Object(value.NewMember(key, value.String(text))))
		}
		if _, err := strconv.ParseFloat(v.Text, 64); err == nil {
			all = append(all, value.Parse("", []byte(v.Text), &value.Problems{})...)
		}
	case value.KindNumber, value.KindBool:
		all = append(all, value.String(v.Written()))
	case value.KindArray:
		if len(v.Items) == 1 {
			all = append(all, v.Items[0])
		}
		return append(append(all, named(v.Items, shown)), asMember(v, shown)...)
	}
	all = append(all, value.Array(v))
	if v.Is(value.KindObject) {
		if len(v.Members) == 1 {
			all = append(all, v.Members[0].Value)
		}
		all = append(all, listed(v, shown)...)
	}
	if items := value.Items(shown); len(items) > 0 {
		for _, item := range append(asMember(v, items[0]), named([]*value.Value{v}, items[0])) {
			if item != nil {
				all = append(all, value.Array(item))
			}
		}
	}
	return append(append(all, asMember(v, shown)...), named([]*value.Value{v}, shown))
}

// asMember returns the objects that have v, or its only item, as the value of a member of an example: without the other
// members of the example, and with them.
func asMember(v, shown *value.Value) []*value.Value {
	var all []*value.Value
	members := slices.Clone(value.Members(shown))
	slices.SortStableFunc(members, func(a, b value.Member) int { return likeness(b.Value, v) - likeness(a.Value, v) })
	for _, m := range members {
		all = append(all, value.Object(value.NewMember(m.Name, v)), value.With(shown, m.Name, v))
		if items := value.Items(v); len(items) == 1 {
			all = append(all, value.Object(value.NewMember(m.Name, items[0])), value.With(shown, m.Name, items[0]))
		}
	}
	return all
}

// likeness returns 1 for two texts that are both addresses or both URLs, else 0.
func likeness(a, b *value.Value) int {
	for _, mark := range []string{"://", "@"} {
		if strings.Contains(a.Text, mark) && strings.Contains(b.Text, mark) {
			return 1
		}
	}
	return 0
}

// named returns the object with texts as its names, each with what the first member of an example has; nil without texts.
func named(texts []*value.Value, shown *value.Value) *value.Value {
	object := value.Object()
	for _, text := range texts {
		if text.Is(value.KindString) && len(value.Members(shown)) > 0 {
			object.Set(text.Text, shown.Members[0].Value)
		}
	}
	if len(object.Members) == 0 {
		return nil
	}
	return object
}

// listed returns the lists that an object may have been meant as: that of its names, and that of its values, each with
// its name as the first member of an item that an example shows.
func listed(v, shown *value.Value) []*value.Value {
	names, items := value.Array(), value.Array()
	for _, m := range v.Members {
		names.Items = append(names.Items, value.String(m.Name))
		if first := value.Items(shown); len(first) > 0 && len(value.Members(first[0])) > 0 {
			item := value.Object(value.NewMember(first[0].Members[0].Name, value.String(m.Name)))
			item.Members = append(item.Members, value.Members(m.Value)...)
			items.Items = append(items.Items, item)
		}
	}
	return []*value.Value{names, items}
}
