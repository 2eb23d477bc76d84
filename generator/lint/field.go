package lint

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
)

// found is what the name of a field stands for: a value, or a method that has to be called.
type found struct {
	value  Type
	method reflect.Type // without its receiver, or nil
}

// lookUp returns what the name is of the shape, by the rules of text/template: a method of the value or of a pointer
// to it, a field, or a key of a map; or false.
func (c *checker) lookUp(s shape, field string) (found, bool) {
	if s.isNever {
		return found{}, false
	}
	if s.record != nil {
		member, ok := s.record.Members[field]
		if c.isOpen(s) {
			return found{value: Unknown}, true
		}
		return found{value: member}, ok
	}
	if method, ok := reflect.PointerTo(s.of).MethodByName(field); ok {
		return found{method: withoutReceiver(method.Type)}, true
	}
	switch s.of.Kind() {
	case reflect.Struct:
		if f, ok := s.of.FieldByName(field); ok && f.IsExported() {
			return found{value: Of(f.Type)}, true
		}
	case reflect.Map:
		if reflect.TypeFor[string]().AssignableTo(s.of.Key()) {
			return found{value: Of(s.of.Elem())}, true
		}
	}
	return found{}, false
}

// isOpen reports whether a template adds members to dicts with such names.
func (c *checker) isOpen(s shape) bool {
	isEmpty := s.of == dictType && len(s.record.Members) == 0
	return isEmpty || s.of.Kind() == reflect.Map && (c.opened[s.names()] || c.opened[""])
}

// open notes that a template adds members to the value.
func (c *checker) open(t Type) {
	if t.unknown {
		c.opened[""] = true
	}
	for _, s := range t.shapes {
		if s.record != nil {
			c.opened[s.names()] = true
		}
	}
}

func withoutReceiver(method reflect.Type) reflect.Type {
	var in, out []reflect.Type
	for i := 1; i < method.NumIn(); i++ {
		in = append(in, method.In(i))
	}
	for i := range method.NumOut() {
		out = append(out, method.Out(i))
	}
	return reflect.FuncOf(in, out, method.IsVariadic())
}

// unknownField says that none of the shapes has the field, and which was meant.
func unknownField(t Type, field string) (msg, hint string) {
	first := t.shapes[0]
	switch {
	case first.isNever:
		return fmt.Sprintf("there is no %v here to read .%s from", first, field), first.remedy
	case first.record != nil && first.record.Noun != "":
		msg = fmt.Sprintf("unknown %s %q", first.record.Noun, field)
	case first.record != nil && first.of == dictType:
		msg = fmt.Sprintf("%v has no key %q", t, field)
	default:
		msg = fmt.Sprintf("%v has no field %q", t, field)
	}
	var known []string
	for _, s := range t.shapes {
		known = append(known, s.fields()...)
	}
	slices.Sort(known)
	return msg, suggestion(t, field, slices.Compact(known))
}

func suggestion(t Type, field string, known []string) string {
	const most = 12 // more would hide the message
	first := t.shapes[0]
	near, ok := name.Nearest(field, known)
	switch kind := first.of.Kind(); {
	case ok:
		return "did you mean ." + near + "?"
	case first.record != nil && first.record.Remedy != "":
		return first.record.Remedy
	case kind == reflect.Slice || kind == reflect.Array:
		return "wrap it in {{ range }}, or take one item with first or index"
	case len(known) == 0:
		return ""
	case len(known) > most:
		return "run `firestone model` to see what a template can read"
	}
	return "it has ." + strings.Join(known, ", .")
}

// fields returns the names that a template may write behind a value of the shape, as far as they are known.
func (s shape) fields() []string {
	if s.record != nil {
		return slices.Sorted(maps.Keys(s.record.Members))
	}
	var known []string
	if s.of.Kind() == reflect.Struct {
		for _, f := range reflect.VisibleFields(s.of) {
			if f.IsExported() {
				known = append(known, f.Name)
			}
		}
	}
	pointer := reflect.PointerTo(s.of)
	for i := range pointer.NumMethod() {
		if method := pointer.Method(i); isCallable(method.Type) {
			known = append(known, method.Name)
		}
	}
	return known
}

// isCallable reports whether text/template calls the function: it returns a value, or a value and an error.
func isCallable(f reflect.Type) bool {
	return f.NumOut() == 1 || f.NumOut() == 2 && f.Out(1) == reflect.TypeFor[error]()
}
