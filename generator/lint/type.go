package lint

import (
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Type is what is known of a value before anything is rendered. The zero Type is that of a value that is never there,
// such as an item of an empty list.
type Type struct {
	of     reflect.Type // in Go, pointers followed; any where nothing is known
	record *Record      // where the members are known
	item   *Type        // of a list that a template has made
	isNone bool         // it may be nil
	remedy string       // where it is always nil: what to do
	oneOf  []Type       // where it is one of several, and nothing else is known
}

// Record is a value whose members are known by name.
type Record struct {
	Of      reflect.Type // in Go
	Noun    string       // what messages call a member
	Remedy  string       // what to do where no member's name is near
	Members map[string]Type
	isOpen  bool // a template adds members whose names it computes
}

// Unknown is the type of a value that may be anything.
var Unknown = Type{of: reflect.TypeFor[any]()}

var (
	dictType = reflect.TypeFor[map[string]any]()
	textType = Of(reflect.TypeFor[string]())
)

// Of returns the type of a value of that Go type. Nothing is known of one that is an interface.
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

// ListOf returns the type of a list that a template has made of such items.
func ListOf(item Type) Type { return Type{of: reflect.TypeFor[[]any](), item: &item} }

// OrNone returns the type of a value that may be nil as well. With a remedy it is always nil.
func (t Type) OrNone(remedy string) Type {
	t.isNone, t.remedy = true, remedy
	return t
}

// present returns the type where a branch has found a value. Nothing is known of one that is never there.
func (t Type) present() Type {
	if t.remedy != "" {
		return Unknown
	}
	t.isNone = false
	return t
}

// isSet reports whether the type is another than the zero one.
func (t Type) isSet() bool { return len(t.alternatives()) > 0 }

func (t Type) isList() bool { return t.kind() == reflect.Slice }

// isKnown reports whether the value is of one type that is known.
func (t Type) isKnown() bool { return t.of != nil && t.of != Unknown.of }

// alternatives returns the types of which the value has one: none for a value that is never there.
func (t Type) alternatives() []Type {
	if t.of == nil {
		return t.oneOf
	}
	return []Type{t}
}

// join returns the type of a value that has one of the types. It may be nil where each of them may be.
func join(types ...Type) Type {
	var joined []Type
	for _, t := range types {
		for _, one := range t.alternatives() {
			i := slices.IndexFunc(joined, func(other Type) bool {
				return one.isList() && other.isList() || reflect.DeepEqual(one.present(), other.present())
			})
			switch {
			case one.of == Unknown.of:
				return Unknown
			case i < 0:
				joined = append(joined, one)
			case one.isList() && !reflect.DeepEqual(one, joined[i]):
				joined[i] = ListOf(join(joined[i].items(), one.items()))
			default:
				joined[i].isNone = joined[i].isNone && one.isNone
			}
		}
	}
	if len(joined) == 1 {
		return joined[0]
	}
	return Type{oneOf: joined}
}

// items returns the type of a list's items.
func (t Type) items() Type {
	switch {
	case t.item != nil:
		return *t.item
	case t.isList():
		return Of(t.of.Elem())
	}
	return Unknown
}

// turns returns the keys and the items that a range goes over, or false where it can go over none.
func (t Type) turns() (key, item Type, ok bool) {
	switch kind := t.kind(); {
	case !t.isKnown() || t.remedy != "":
		return Unknown, Unknown, true
	case kind == reflect.Slice:
		return Of(reflect.TypeFor[int]()), t.items(), true
	case kind == reflect.Map && t.record != nil && !t.record.isOpen:
		return textType, join(slices.Collect(maps.Values(t.record.Members))...), true
	case kind == reflect.Map:
		return Of(t.of.Key()), Of(t.of.Elem()), true
	case kind == reflect.Int:
		return t, t, true
	}
	return Unknown, Unknown, false
}

// Members returns the names that a template may write behind a value, as far as they are known, sorted.
func (t Type) Members() []string {
	var known []string
	for _, one := range t.alternatives() {
		if one.record != nil {
			known = slices.AppendSeq(known, maps.Keys(one.record.Members))
			continue
		}
		if one.of.Kind() == reflect.Struct {
			for _, f := range reflect.VisibleFields(one.of) {
				if f.IsExported() {
					known = append(known, f.Name)
				}
			}
		}
		for method := range reflect.PointerTo(one.of).Methods() {
			if isCallable(method.Type) {
				known = append(known, method.Name)
			}
		}
	}
	slices.Sort(known)
	return slices.Compact(known)
}

// String says what the value is or may be, as messages name it.
func (t Type) String() string {
	var words []string
	for _, one := range t.alternatives() {
		words = append(words, one.word())
	}
	return strings.Join(words, " or ")
}

// word returns what messages call the type: the same for all that templates do not tell apart.
func (t Type) word() string {
	switch kind := t.kind(); {
	case t.record != nil && t.of == dictType:
		return "a dict"
	case kind == reflect.String:
		return "a string"
	case kind == reflect.Bool:
		return "a boolean"
	case kind == reflect.Int:
		return "an integer"
	case kind == reflect.Float64:
		return "a floating-point number"
	case kind == reflect.Slice:
		return "a list"
	case kind == reflect.Map:
		return "a map"
	}
	return t.of.String()
}

// kind returns the kind in Go: Int for all integers, Float64 for all floats, Slice for arrays too.
func (t Type) kind() reflect.Kind {
	if t.of == nil {
		return reflect.Invalid
	}
	zero := reflect.Zero(t.of)
	switch {
	case zero.CanInt() || zero.CanUint():
		return reflect.Int
	case zero.CanFloat():
		return reflect.Float64
	case t.of.Kind() == reflect.Array:
		return reflect.Slice
	}
	return t.of.Kind()
}
