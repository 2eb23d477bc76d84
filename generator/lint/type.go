package lint

import (
	"maps"
	"reflect"
	"slices"
)

// Type is what is known about a value before rendering. The zero Type is that of a value that never exists, such as an
// item of an empty list.
type Type struct {
	of     reflect.Type // in Go, with pointers followed; any if nothing is known
	record *Record      // if the members are known
	item   *Type        // of a list created by a template
	isNone bool         // it may be nil
	remedy string       // what to do if it is nil, or "" to test it first
	either []Type       // alternatives, if that is all that is known
}

// Record is a value whose members are known by name.
type Record struct {
	Of      reflect.Type // in Go
	Noun    string       // the word for a member in messages
	Remedy  string       // what to do if no member has a similar name
	Ways    []Way        // to what templates look for in it
	Members map[string]Type
	isOpen  bool // a template adds members
}

// Way leads from a record to the members of something else.
type Way struct {
	To             Type
	Before, Behind string // what to write around a member
}

// Unknown is the type of a value about which nothing is known.
var Unknown = Type{of: reflect.TypeFor[any]()}

var dictType = reflect.TypeFor[map[string]any]()

// Of returns the type of a value of the given Go type. Nothing is known about an interface.
func Of(t reflect.Type) Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Interface {
		return Unknown
	}
	return Type{of: t}
}

// Type returns the type of the record.
func (r Record) Type() Type { return Type{of: r.Of, record: &r} }

// dictOf returns the type of a dict. An empty one is meant to be filled.
func dictOf(members map[string]Type) Type {
	return Record{Of: dictType, Members: members, isOpen: len(members) == 0}.Type()
}

// DictOf returns the type of a dict with the given keys.
func DictOf(keys []string) Type {
	members := map[string]Type{}
	for _, key := range keys {
		members[key] = Unknown
	}
	return dictOf(members)
}

// ListOf returns the type of a list of such items, created by a template.
func ListOf(item Type) Type { return Type{of: reflect.TypeFor[[]any](), item: &item} }

// OrNone returns the type of a value that may also be nil. The remedy says what to do then, other than to test it
// first.
func (t Type) OrNone(remedy string) Type {
	t.isNone, t.remedy = true, remedy
	return t
}

// present returns the type in a branch that has found a value.
func (t Type) present() Type {
	t.isNone, t.remedy = false, ""
	return t
}

func (t Type) isKnown() bool { return t.of != nil && t.of != Unknown.of }

func (t Type) equal(other Type) bool { return reflect.DeepEqual(t, other) }

// join returns the type of a value that has one of two types. It may be nil if either may be.
func join(a, b Type) Type {
	for _, one := range b.either {
		a, b = join(a, one), Type{}
	}
	switch {
	case a.of == nil:
		return b
	case b.of == nil || a.equal(b) || slices.ContainsFunc(a.either, b.equal):
		return a
	case a.present().equal(b.present()):
		return a.present()
	case a.kind() == reflect.Slice && b.kind() == reflect.Slice:
		return ListOf(join(a.items(), b.items()))
	case a.equal(Unknown) || b.equal(Unknown):
		return Unknown
	case len(a.either) == 0:
		a.either = []Type{a}
	}
	return Type{of: Unknown.of, either: append(slices.Clip(a.either), b)}
}

// items returns the type of a list's items.
func (t Type) items() Type {
	switch {
	case t.item != nil:
		return *t.item
	case t.kind() == reflect.Slice:
		return Of(t.of.Elem())
	}
	return Unknown
}

// iteration returns the types of the keys and items that a range iterates over, or false if it can iterate over
// nothing.
func (t Type) iteration() (key, item Type, ok bool) {
	switch t.kind() {
	case reflect.Slice:
		return Of(reflect.TypeFor[int]()), t.items(), true
	case reflect.Map:
		if t.record == nil || t.record.isOpen {
			return Of(t.of.Key()), Of(t.of.Elem()), true
		}
		for _, name := range t.Members() {
			item = join(item, t.record.Members[name])
		}
		return Of(t.of.Key()), item, true
	case reflect.Int:
		return t, t, true
	}
	return Unknown, Unknown, !t.isKnown()
}

// Members returns the names that a template may write after a value, as far as they are known, sorted.
func (t Type) Members() []string {
	if t.record != nil {
		return slices.Sorted(maps.Keys(t.record.Members))
	}
	if t.of == nil {
		return nil
	}
	var known []string
	if t.of.Kind() == reflect.Struct {
		for _, f := range reflect.VisibleFields(t.of) {
			if f.IsExported() {
				known = append(known, f.Name)
			}
		}
	}
	for method := range reflect.PointerTo(t.of).Methods() {
		if isCallable(method.Type) {
			known = append(known, method.Name)
		}
	}
	slices.Sort(known)
	return slices.Compact(known)
}

// String describes the value in messages.
func (t Type) String() string {
	word := kindWords[t.kind()]
	switch {
	case t.record != nil && t.of == dictType:
		return "a dict"
	case word == "":
		return t.of.String()
	}
	return word
}

// kindWords are the words for kinds in messages.
var kindWords = map[reflect.Kind]string{
	reflect.String: "a string", reflect.Bool: "a boolean", reflect.Int: "an integer", reflect.Float64: "a floating-point number",
	reflect.Slice: "a list", reflect.Map: "a map",
}

// kind returns the Go kind: Int for all integers, Float64 for all floats, Slice also for arrays.
func (t Type) kind() reflect.Kind {
	if t.of == nil {
		return reflect.Invalid
	}
	switch kind := t.of.Kind(); {
	case kind >= reflect.Int && kind <= reflect.Uintptr:
		return reflect.Int
	case kind == reflect.Float32:
		return reflect.Float64
	case kind == reflect.Array:
		return reflect.Slice
	default:
		return kind
	}
}
