package lint

import (
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Type is what is known of a value before anything is rendered: the shapes that it may have. The zero Type is that of
// a value that is never there, such as an item of an empty list.
type Type struct {
	unknown bool
	shapes  []shape // sorted by key, no two alike
}

// Unknown is the type of a value that may be anything.
var Unknown = Type{unknown: true}

// shape is one thing that a value can be.
type shape struct {
	of     reflect.Type // in Go, pointers followed
	record *Record      // where the members are known
	items  *Type        // of a list that a template has made
	isNone bool         // it may be nil
	remedy string       // where it is always nil: what to do
	key    string
}

// Record is a value whose members are known by name.
type Record struct {
	Of      reflect.Type // in Go
	Noun    string       // what messages call a member
	Remedy  string       // what to do where no member's name is near
	Members map[string]Type
}

// Of returns the type of a value of that Go type. Nothing is known of one that is an interface.
func Of(t reflect.Type) Type {
	t = pointed(t)
	if t.Kind() == reflect.Interface {
		return Unknown
	}
	return Type{shapes: []shape{{of: t, key: t.String()}}}
}

func pointed(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// OrNone returns the type of a value that may be nil as well. With a remedy it is always nil.
func (t Type) OrNone(remedy string) Type {
	t.shapes = slices.Clone(t.shapes)
	for i := range t.shapes {
		s := &t.shapes[i]
		s.isNone, s.remedy, s.key = true, remedy, "none "+remedy+strings.TrimPrefix(s.key, "none ")
	}
	return t
}

// present returns the type where a branch has found a value. Nothing is known of one that is never there.
func (t Type) present() Type {
	var there Type
	for _, s := range t.shapes {
		if s.remedy == "" {
			s.isNone, s.key = false, strings.TrimPrefix(s.key, "none ")
			there = there.with(s)
		}
	}
	if t.unknown || len(t.shapes) > 0 && len(there.shapes) == 0 {
		return Unknown
	}
	return there
}

// longest is how long a key may be. Nothing is known of the members and items of what nests deeper: a partial that
// includes itself may wrap its dot each time.
const longest = 1000

// Type returns the type of the record.
func (r Record) Type() Type {
	s := shape{of: r.Of, record: &Record{r.Of, r.Noun, r.Remedy, maps.Clone(r.Members)}}
	for isLong := false; ; isLong = true {
		var b strings.Builder
		for _, name := range r.names() {
			if isLong {
				s.record.Members[name] = Unknown
			}
			b.WriteString(name + ":" + s.record.Members[name].key() + ",")
		}
		s.key = r.Of.String() + "{" + b.String() + "}"
		if len(s.key) <= longest || isLong {
			return Type{shapes: []shape{s}}
		}
	}
}

func (r Record) names() []string { return slices.Sorted(maps.Keys(r.Members)) }

// ListOf returns the type of a list that a template has made of such items.
func ListOf(items Type) Type {
	if len(items.key()) > longest {
		items = Unknown
	}
	return Type{shapes: []shape{{of: reflect.TypeFor[[]any](), items: &items, key: "[" + items.key() + "]"}}}
}

func (t Type) key() string {
	if t.unknown {
		return "?"
	}
	var keys []string
	for _, s := range t.shapes {
		keys = append(keys, s.key)
	}
	return strings.Join(keys, "|")
}

// join returns the type of a value that has one of the types.
func join(types ...Type) Type {
	var joined Type
	for _, t := range types {
		for _, s := range t.shapes {
			joined = joined.with(s)
		}
		if t.unknown {
			return Unknown
		}
	}
	return joined
}

// with returns the type with one more shape.
func (t Type) with(s shape) Type {
	i, ok := slices.BinarySearchFunc(t.shapes, s, func(a, b shape) int { return strings.Compare(a.key, b.key) })
	if ok {
		return t
	}
	return Type{shapes: slices.Insert(slices.Clone(t.shapes), i, s)}
}

// String says what the value is or may be, as messages name it.
func (t Type) String() string {
	var words []string
	for _, s := range t.shapes {
		if word := s.String(); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, " or ")
}

func (s shape) String() string {
	switch kind := basicKind(s.of); {
	case s.record != nil && s.of == dictType:
		return "a dict"
	case kind == reflect.Struct || kind == reflect.Invalid:
		return s.of.String()
	default:
		return strings.Replace(kindWords[kind], "an integer", "a number", 1)
	}
}

// kindWords are what messages call the kinds.
var kindWords = map[reflect.Kind]string{
	reflect.String: "a string", reflect.Bool: "a boolean", reflect.Int: "an integer", reflect.Float64: "a floating-point number",
	reflect.Slice: "a list", reflect.Map: "a map",
}

// basicKind returns the kind of a type: Int for all integers, Float64 for all floats, Slice for arrays too; Invalid
// for what templates do not tell apart.
func basicKind(t reflect.Type) reflect.Kind {
	switch kind := t.Kind(); {
	case kind >= reflect.Int && kind <= reflect.Uintptr:
		return reflect.Int
	case kind == reflect.Float32 || kind == reflect.Float64:
		return reflect.Float64
	case kind == reflect.Array:
		return reflect.Slice
	case kind == reflect.String || kind == reflect.Bool || kind == reflect.Slice || kind == reflect.Map || kind == reflect.Struct:
		return kind
	}
	return reflect.Invalid
}

var (
	dictType   = reflect.TypeFor[map[string]any]()
	textType   = Of(reflect.TypeFor[string]())
	numberType = Of(reflect.TypeFor[int]())
	truthType  = Of(reflect.TypeFor[bool]())
)
