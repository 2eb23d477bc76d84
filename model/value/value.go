// Package value holds JSON values as their authors wrote them: objects in source order, numbers with
// all their digits, and the place of every value and key.
//
// It answers one question: what does this text say? It reads YAML and JSON and knows nothing of
// resources or schemas. A value that JSON cannot hold (a YAML tag, infinity, a key that is a list) is
// a problem here, so that no other package has to think of one.
package value

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// Kind is one of the six JSON types that a Value can have.
type Kind uint8

// The JSON types, by their names in RFC 8259.
const (
	KindNull Kind = iota
	KindBool
	KindNumber
	KindString
	KindArray
	KindObject
)

// String returns the name that JSON Schema gives the kind.
func (k Kind) String() string {
	return [...]string{"null", "boolean", "number", "string", "array", "object"}[k]
}

// Value is one JSON value and its place. The zero Value is null.
type Value struct {
	Kind    Kind     // which of the six JSON types it has
	Text    string   // of a String: its text; of a Number: a JSON number, digits as written; of a Bool: true or false
	Source  string   // of a Number, Bool or Null: as it stood in the source, where it differs from Text
	Items   []*Value // of an Array
	Members []Member // of an Object, in source order, no name twice
	Pos     Pos      // its position; without a line if firestone created it
}

// Member is one name of an object with its value.
type Member struct {
	Name  string // as written
	Pos   Pos    // of the name
	Value *Value // the value of the member
}

// String returns a string, for values that firestone makes itself.
func String(text string) *Value { return &Value{Kind: KindString, Text: text} }

// Int returns the number n.
func Int(n int) *Value { return &Value{Kind: KindNumber, Text: strconv.Itoa(n)} }

// Bool returns the boolean b.
func Bool(b bool) *Value { return &Value{Kind: KindBool, Text: strconv.FormatBool(b)} }

// Array returns an array of items.
func Array(items ...*Value) *Value { return &Value{Kind: KindArray, Items: items} }

// Strings returns an array of texts.
func Strings(texts ...string) *Value {
	list := &Value{Kind: KindArray}
	for _, text := range texts {
		list.Items = append(list.Items, String(text))
	}
	return list
}

// Object returns an object of members.
func Object(members ...Member) *Value { return &Value{Kind: KindObject, Members: members} }

// NewMember returns a member without a place, for objects that firestone makes itself.
func NewMember(name string, v *Value) Member { return Member{Name: name, Value: v} }

// Get returns the member of an object, or nil where v is nil, no object, or has none of that name.
func (v *Value) Get(name string) *Value {
	if m := v.Member(name); m != nil {
		return m.Value
	}
	return nil
}

// Member returns the member of that name with its place, or nil.
func (v *Value) Member(name string) *Member {
	if v == nil {
		return nil
	}
	for i := range v.Members {
		if v.Members[i].Name == name {
			return &v.Members[i]
		}
	}
	return nil
}

// Has reports whether v is an object with that name.
func (v *Value) Has(name string) bool { return v.Member(name) != nil }

// Set gives the member of that name the value, at its old place or as the last one. It changes v.
func (v *Value) Set(name string, to *Value) {
	if m := v.Member(name); m != nil {
		m.Value = to
		return
	}
	v.Members = append(v.Members, Member{Name: name, Value: to})
}

// Delete removes the member of that name, if there is one. It changes v.
func (v *Value) Delete(name string) {
	v.Members = slices.DeleteFunc(v.Members, func(m Member) bool { return m.Name == name })
}

// Is reports whether v is there and of that kind.
func (v *Value) Is(kind Kind) bool { return v != nil && v.Kind == kind }

// IsTrue reports whether v is the boolean true.
func (v *Value) IsTrue() bool { return v.Is(KindBool) && v.Text == "true" }

// IsFalse reports whether v is the boolean false.
func (v *Value) IsFalse() bool { return v.Is(KindBool) && v.Text == "false" }

// StringOr returns the text of a string, or other if v is not a string.
func (v *Value) StringOr(other string) string {
	if v.Is(KindString) {
		return v.Text
	}
	return other
}

// maxExponent bounds the numbers that are compared by value, since that writes out their digits.
const maxExponent = 10_000

// Rat returns the exact number and true, or false if v is not a number or its exponent is beyond 10,000.
func (v *Value) Rat() (*big.Rat, bool) {
	if !v.Is(KindNumber) {
		return nil, false
	}
	if _, exponent, found := strings.Cut(strings.ToLower(v.Text), "e"); found {
		if n, err := strconv.Atoi(exponent); err != nil || n > maxExponent || n < -maxExponent {
			return nil, false
		}
	}
	return new(big.Rat).SetString(v.Text)
}

// IsInteger reports whether v is a number without a fraction, as in JSON Schema: 1.0 is one.
func (v *Value) IsInteger() bool {
	n, ok := v.Rat()
	return ok && n.IsInt()
}

// Clone returns a copy that shares nothing with v.
func (v *Value) Clone() *Value {
	if v == nil {
		return nil
	}
	c := *v
	c.Items, c.Members = nil, nil
	for _, item := range v.Items {
		c.Items = append(c.Items, item.Clone())
	}
	for _, m := range v.Members {
		c.Members = append(c.Members, Member{Name: m.Name, Pos: m.Pos, Value: m.Value.Clone()})
	}
	return &c
}

// Equal reports whether both are the same JSON value: numbers by value (1 and 1.0), objects in any order.
func (v *Value) Equal(w *Value) bool {
	if v == nil || w == nil {
		return v == w
	}
	if v.Kind != w.Kind || len(v.Items) != len(w.Items) || len(v.Members) != len(w.Members) {
		return false
	}
	if v.Kind == KindNumber && v.Text != w.Text {
		a, aok := v.Rat()
		b, bok := w.Rat()
		return aok && bok && a.Cmp(b) == 0
	}
	if v.Kind != KindNull && v.Text != w.Text {
		return false
	}
	for i, item := range v.Items {
		if !item.Equal(w.Items[i]) {
			return false
		}
	}
	for _, m := range v.Members {
		if other := w.Member(m.Name); other == nil || !m.Value.Equal(other.Value) {
			return false
		}
	}
	return true
}

// With returns a copy of the object v in which the member of that name has the value, at its old place or as the last one.
func With(v *Value, name string, to *Value) *Value {
	copied := *v
	copied.Members = slices.Clone(v.Members)
	copied.Set(name, to)
	return &copied
}

// WrittenItems returns the source texts of the items of an array, each once, and none where v is nil or no array.
func WrittenItems(v *Value) []string {
	var texts []string
	for _, item := range Items(v) {
		if text := item.Written(); !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

// Members returns the members of an object, and none where v is nil or no object.
func Members(v *Value) []Member {
	if v.Is(KindObject) {
		return v.Members
	}
	return nil
}

// NamesOf lists the names of an object for a message, the first ones of many.
func NamesOf(v *Value) string {
	const most = 4
	var names []string
	for _, m := range Members(v) {
		if len(names) == most {
			names = append(names, "...")
			break
		}
		names = append(names, m.Name)
	}
	return strings.Join(names, ", ")
}

// Items returns the items of an array, and none where v is nil or no array.
func Items(v *Value) []*Value {
	if v.Is(KindArray) {
		return v.Items
	}
	return nil
}
