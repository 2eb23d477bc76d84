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
	of      reflect.Type // in Go, pointers followed
	record  *Record      // where the members are known
	items   *Type        // of a list that a template has made
	isNever bool         // a pointer that is always nil
	remedy  string       // of isNever
	key     string
	depth   int
}

// Record is a value whose members are known by name.
type Record struct {
	Of      reflect.Type // in Go
	Noun    string       // what messages call a member
	Remedy  string       // what to do where no member's name is near
	Members map[string]Type
}

// deepest is how far types nest: a partial that includes itself may wrap its dot each time.
const deepest = 8

// Of returns the type of a value of that Go type. Nothing is known of one that is an interface.
func Of(t reflect.Type) Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Interface {
		return Unknown
	}
	return Type{shapes: []shape{{of: t, key: t.PkgPath() + " " + t.String()}}}
}

// Never returns the type of a pointer that is always nil; remedy says what to do where a template reads a field of it.
func Never(t reflect.Type, remedy string) Type {
	never := Of(t)
	never.shapes[0].isNever, never.shapes[0].remedy = true, remedy
	never.shapes[0].key = "never " + never.shapes[0].key
	return never
}

// Type returns the type of the record.
func (r Record) Type() Type {
	var b strings.Builder
	s := shape{of: r.Of, record: &r}
	for _, name := range slices.Sorted(maps.Keys(r.Members)) {
		member := r.Members[name]
		b.WriteString(name + ":" + member.key() + ",")
		s.depth = max(s.depth, member.depth()+1)
	}
	s.key = r.Of.String() + "{" + b.String() + "}"
	return bounded(s)
}

// ListOf returns the type of a list that a template has made of such items.
func ListOf(items Type) Type {
	return bounded(shape{of: reflect.TypeFor[[]any](), items: &items, key: "[" + items.key() + "]", depth: items.depth() + 1})
}

func bounded(s shape) Type {
	if s.depth > deepest {
		return Unknown
	}
	return Type{shapes: []shape{s}}
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

func (t Type) depth() int {
	deep := 0
	for _, s := range t.shapes {
		deep = max(deep, s.depth)
	}
	return deep
}

// isText reports whether the value is a string, whatever else it might have been.
func (t Type) isText() bool {
	return len(t.shapes) == 1 && t.shapes[0].of.Kind() == reflect.String
}

// join returns the type of a value that has one of the types.
func join(types ...Type) Type {
	var joined Type
	for _, t := range types {
		if t.unknown {
			return Unknown
		}
		for _, s := range t.shapes {
			joined = joined.with(s)
			if joined.unknown {
				return Unknown
			}
		}
	}
	return joined
}

// with returns the type with one more shape. Lists become a list of either's items, dicts with the same names a dict.
func (t Type) with(s shape) Type {
	rest := make([]shape, 0, len(t.shapes)+1)
	for _, other := range t.shapes {
		switch {
		case other.key == s.key:
			return t
		case other.items != nil && s.items != nil:
			merged := ListOf(join(*other.items, *s.items))
			if merged.unknown {
				return Unknown
			}
			s = merged.shapes[0]
		case other.record != nil && s.record != nil && other.of == s.of && other.names() == s.names():
			both := *s.record
			both.Members = map[string]Type{}
			for name, member := range s.record.Members {
				both.Members[name] = join(member, other.record.Members[name])
			}
			merged := both.Type()
			if merged.unknown {
				return Unknown
			}
			s = merged.shapes[0]
		default:
			rest = append(rest, other)
		}
	}
	rest = append(rest, s)
	slices.SortFunc(rest, func(a, b shape) int { return strings.Compare(a.key, b.key) })
	return Type{shapes: rest}
}

// names returns the names of a record's members as one text.
func (s shape) names() string {
	return strings.Join(slices.Sorted(maps.Keys(s.record.Members)), " ") + "."
}

// String says what the value is, as messages name it.
func (s shape) String() string {
	switch kind := s.of.Kind(); {
	case kind == reflect.Struct:
		return s.of.String()
	case s.record != nil && s.of == dictType:
		return "a dict"
	case kind == reflect.String:
		return "a string"
	case kind == reflect.Bool:
		return "a boolean"
	case kind >= reflect.Int && kind <= reflect.Complex128:
		return "a number"
	case kind == reflect.Slice || kind == reflect.Array:
		return "a list"
	case kind == reflect.Map:
		return "a map"
	}
	return s.of.String()
}

// String says what the value is or may be.
func (t Type) String() string {
	var words []string
	for _, s := range t.shapes {
		if word := s.String(); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, " or ")
}

var dictType = reflect.TypeFor[map[string]any]()
