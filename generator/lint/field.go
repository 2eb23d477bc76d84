package lint

import (
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/name"
)

// fields returns the type behind the names of a field, variable or chain. base is the path of the value that they begin
// at, or "" for one that a template cannot ask about.
func (w *walker) fields(of Type, base string, node parse.Node, names []string, args []argument) Type {
	asked := w.unit.asked
	if base == "" {
		asked = nil
	}
	if _, ok := asked[base]; ok {
		of = Unknown
	}
	if len(names) == 0 && len(args) > 0 {
		w.fault(tree.Start(node), "only functions and methods take arguments", "%s is not a function and takes no arguments", node)
	}
	path, offset := base, int(node.Position())
	if _, isChain := node.(*parse.ChainNode); !isChain {
		offset = tree.Start(node)
	}
	if variable, ok := node.(*parse.VariableNode); ok {
		offset += len(variable.Ident[0])
	}
	for i, name := range names {
		offset += len(".")
		isPlace, isAsked := asked[pathOfMember(path, name)]
		if !isPlace {
			var own []argument
			if i == len(names)-1 {
				own = args
			}
			of = w.field(of, path, name, offset, own)
		}
		if base != "" {
			path = pathOfMember(path, name)
		}
		if isAsked {
			of = Unknown
		}
		offset += len(name)
	}
	return of
}

// field returns the type of one field, or of what the method of that name returns. It is a fault only where it is one
// for every shape.
func (w *walker) field(of Type, path, field string, offset int, args []argument) Type {
	var result Type
	var lacking shape
	isFound := false
	for _, s := range of.shapes {
		value, method, ok := w.lookUp(s, field)
		if !ok {
			lacking = s
			continue
		}
		isFound = true
		switch isAlone := len(of.shapes) == 1; {
		case isAlone && method != nil:
			w.checkCall(offset, field, method, args)
		case s.isNone && isAlone && w.tested == 0 && w.unit.isReached:
			w.noneFault(s, path, field, offset)
			return Unknown
		case isAlone && len(args) > 0 && !value.unknown:
			w.fault(offset, "only functions and methods take arguments", ".%s of %v takes no arguments", field, of)
		}
		result = join(result, value)
	}
	if of.unknown || len(of.shapes) == 0 {
		return of
	}
	if !isFound {
		w.missing(of, "", field, offset)
		return Unknown
	}
	if at, ok := w.unit.given[lacking.key]; ok && path == "." && w.depth == 0 {
		w.missing(Type{shapes: []shape{lacking}}, "; this is the case where "+at.String()+" includes the partial", field, offset)
	}
	return result
}

// lookUp returns what the name is of the shape, by the rules of text/template: a method of the value or of a pointer
// to it with what it returns, a field, or a key of a map; or false.
func (w *walker) lookUp(s shape, field string) (of Type, method reflect.Type, ok bool) {
	if s.record != nil {
		if member, ok := s.record.Members[field]; ok || !w.isOpen(s) {
			return member, nil, ok
		}
		return Unknown, nil, true
	}
	if m := reflect.New(s.of).MethodByName(field); m.IsValid() {
		method = m.Type()
		of, ok = resultOf(method), true
	} else if s.of.Kind() == reflect.Struct {
		f, isField := s.of.FieldByName(field)
		if ok = isField && f.IsExported(); ok {
			of = Of(f.Type)
		}
	} else if s.of.Kind() == reflect.Map && reflect.TypeFor[string]().AssignableTo(s.of.Key()) {
		of, ok = Of(s.of.Elem()), true
	}
	if ok && w.unit.IsNone != nil && w.unit.IsNone(s.of, field) {
		of = of.OrNone("")
	}
	return of, method, ok
}

// noneFault says that there may be nothing to read the field from.
func (w *walker) noneFault(s shape, path, field string, offset int) {
	if s.remedy != "" {
		w.fault(offset, s.remedy, "there is no %v here to read .%s from", s, field)
		return
	}
	hint := "wrap it in {{ with }}"
	if path != "" {
		hint = "wrap it in {{ with " + path + " }}"
	}
	w.fault(offset, hint, "the %v may be nil, and .%s is read without asking", s, field)
}

// missing says that none of the shapes has the field, which was meant, and where that is so.
func (w *walker) missing(of Type, where, field string, offset int) {
	const most = 12 // more would hide the message
	first := of.shapes[0]
	known := of.Members()
	hint := "it has ." + strings.Join(known, ", .")
	switch {
	case first.record != nil && first.record.Remedy != "":
		hint = first.record.Remedy
	case basicKind(first.of) == reflect.Slice:
		hint = "wrap it in {{ range }}, or take one item with first or index"
	case len(known) == 0:
		hint = ""
	case len(known) > most:
		hint = "run `firestone model` to see what a template can read"
	}
	hint = strings.TrimPrefix(name.Suggest(field, known, ".%s", hint)+where, "; ")
	switch {
	case first.record != nil && first.record.Noun != "":
		w.fault(offset, hint, "unknown %s %q", first.record.Noun, field)
	case first.record != nil && first.of == dictType:
		w.fault(offset, hint, "%v has no key %q", of, field)
	default:
		w.fault(offset, hint, "%v has no field %q", of, field)
	}
}

// Members returns the names that a template may write behind a value, as far as they are known, sorted.
func (t Type) Members() []string {
	var known []string
	for _, s := range t.shapes {
		if s.record != nil {
			known = append(known, s.record.names()...)
			continue
		}
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
	}
	slices.Sort(known)
	return slices.Compact(known)
}
