package parameter

import (
	"slices"

	"github.com/firestoned/firestone/mock/decimal"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// readings returns the possible readings of a text: a number, a boolean or null if it looks like one, and always a
// string.
func readings(text string) []*value.Value {
	if v := literal(text); v != nil {
		return []*value.Value{v, value.String(text)}
	}
	return []*value.Value{value.String(text)}
}

// literal returns the number, boolean or null that a text represents in JSON, or nil. A number keeps its digits.
func literal(text string) *value.Value {
	switch text {
	case "":
		return nil
	case "true", "false":
		return value.Bool(text == "true")
	case "null":
		return &value.Value{}
	}
	if c := text[0]; c != '-' && (c < '0' || c > '9') {
		return nil
	}
	if _, ok := decimal.Parse(text); ok {
		return &value.Value{Kind: value.KindNumber, Text: text}
	}
	return nil
}

// arraysOf returns the possible arrays of the given texts: one of items that the schema accepts individually and, if
// different, one of strings.
func (d *Decoder) arraysOf(schema *value.Value, texts []string) []*value.Value {
	typed, isText := &value.Value{Kind: value.KindArray}, true
	for i, text := range texts {
		item := d.part(schema, place{kind: value.KindArray, item: i}, text)
		typed.Items = append(typed.Items, item)
		isText = isText && item.Kind == value.KindString
	}
	if isText {
		return []*value.Value{typed}
	}
	return []*value.Value{typed, value.Strings(texts...)}
}

// objectsOf is like arraysOf for an object whose members have these names and texts; list members may have several.
func (d *Decoder) objectsOf(schema *value.Value, names []string, texts map[string][]string, isList func(name string) bool) []*value.Value {
	typed, plain, isText := value.Object(), value.Object(), true
	for _, name := range names {
		if isList(name) {
			list := &value.Value{Kind: value.KindArray}
			for _, text := range texts[name] {
				list.Items = append(list.Items, d.part(schema, place{kind: value.KindObject, name: name, isList: true}, text))
			}
			typed.Members = append(typed.Members, value.NewMember(name, list))
			plain.Members = append(plain.Members, value.NewMember(name, list))
			continue
		}
		v := d.part(schema, place{kind: value.KindObject, name: name}, texts[name][0])
		typed.Members = append(typed.Members, value.NewMember(name, v))
		plain.Members = append(plain.Members, value.NewMember(name, value.String(texts[name][0])))
		isText = isText && v.Kind == value.KindString
	}
	if isText {
		return []*value.Value{typed}
	}
	return []*value.Value{typed, plain}
}

// place is the location of a scalar in an array or an object.
type place struct {
	kind   value.Kind // of the container
	item   int        // of an array
	name   string     // of an object's member
	isList bool       // the member is an array, and this is one of its items
}

// part returns the reading of a text at a location that the schema describes.
func (d *Decoder) part(schema *value.Value, at place, text string) *value.Value {
	if v := literal(text); v != nil {
		if budget := maxSubschemas; d.allows(schema, at, v, &budget) {
			return v
		}
	}
	return value.String(text)
}

// maxSubschemas bounds how many subschemas are consulted for one part; schemas may be recursive.
const maxSubschemas = 1_000

// allows reports whether a schema accepts a scalar at a location, as far as the scalar alone decides that. The scalar
// is never a string, so patterns do not matter.
func (d *Decoder) allows(s *value.Value, at place, v *value.Value, budget *int) bool {
	if *budget--; *budget < 0 || !s.Is(value.KindObject) {
		return !s.IsFalse()
	}
	if types := schema.Types(s); len(types) > 0 && !slices.Contains(types, at.kind.String()) {
		return false
	}
	if ref := s.Get("$ref"); ref.Is(value.KindString) && !d.allows(d.validator.Component(ref.Text), at, v, budget) {
		return false
	}
	if own := at.in(s); own != nil && !d.allowsPart(own, at, v, budget) {
		return false
	}
	for _, sub := range value.Items(s.Get("allOf")) {
		if !d.allows(sub, at, v, budget) {
			return false
		}
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		options := value.Items(s.Get(keyword))
		if len(options) > 0 && !slices.ContainsFunc(options, func(sub *value.Value) bool { return d.allows(sub, at, v, budget) }) {
			return false
		}
	}
	return true
}

// allowsPart reports whether the schema of the part itself accepts the scalar.
func (d *Decoder) allowsPart(own *value.Value, at place, v *value.Value, budget *int) bool {
	if at.isList {
		return d.allows(own, place{kind: value.KindArray}, v, budget)
	}
	return d.validator.IsValid(own, v)
}

// in returns the subschema for the location, or nil.
func (at place) in(s *value.Value) *value.Value {
	if at.kind == value.KindObject {
		if own := s.Get("properties").Get(at.name); own != nil {
			return own
		}
		return s.Get("additionalProperties")
	}
	if first := value.Items(s.Get("prefixItems")); at.item < len(first) {
		return first[at.item]
	}
	return s.Get("items")
}

// Value returns the first reading of a text that the schema accepts, and whether there is one. It is the inverse of
// Text for every scalar that the schema accepts, except a string that is also accepted as a number, a boolean or null.
func (d *Decoder) Value(schema *model.Value, text string) (*model.Value, bool) {
	for _, v := range readings(text) {
		if d.validator.IsValid(schema, v) {
			return v, true
		}
	}
	return nil, false
}

// Text returns the text of a value in a path, not percent-encoded: the same for equal scalars, such as 1 and 1.0.
// Arrays and objects cannot be part of a path, so they are written as JSON.
func Text(v *model.Value) string {
	switch {
	case v.Is(value.KindNumber):
		if n, ok := decimal.Parse(v.Text); ok {
			return n.String()
		}
		return v.Text
	case v.Is(value.KindString), v.Is(value.KindBool):
		return v.Text
	}
	return string(v.AppendJSON(nil, ""))
}
