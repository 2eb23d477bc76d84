package lint

import (
	"reflect"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/name"
)

// fields returns the type behind the names of a field, variable or chain. path is that of the value that they begin at.
func (w *walker) fields(of Type, path string, node parse.Node, names []string, args []argument) Type {
	if _, isAsked := w.asked[path]; isAsked {
		of = Unknown
	}
	if len(names) == 0 && len(args) > 0 {
		w.fault(tree.Start(node), "only functions and methods take arguments", "%s is not a function and takes no arguments", node)
	}
	offset := tree.Start(node)
	switch node := node.(type) {
	case *parse.ChainNode:
		offset = int(node.Position())
	case *parse.VariableNode:
		offset += len(node.Ident[0])
	}
	for i, name := range names {
		offset += len(".")
		member := pathOfMember(path, name)
		isMember, isAsked := w.asked[member]
		switch {
		case isMember:
		case i < len(names)-1:
			of = w.field(of, path, name, offset, nil)
		default:
			of = w.field(of, path, name, offset, args)
		}
		if isAsked {
			of = Unknown
		}
		path = member
		offset += len(name)
	}
	return of
}

// field returns the type of one field, or of what the method of that name returns.
func (w *walker) field(of Type, path, field string, offset int, args []argument) Type {
	if len(of.oneOf) > 0 {
		return w.fieldOfOne(of, field, offset)
	}
	member, method, ok := w.lookUp(of, field)
	switch {
	case !of.isKnown():
		return of
	case !ok:
		w.missing(of, field, offset)
		return Unknown
	case method != nil:
		w.checkCall(offset, field, method, args)
	case of.isNone && !w.inTest:
		w.noneFault(of, path, field, offset)
		return Unknown
	case len(args) > 0 && member.isKnown():
		w.fault(offset, "only functions and methods take arguments", ".%s of %v takes no arguments", field, of)
	}
	return member
}

// fieldOfOne returns the type of the field of a value of one of several types. It is a fault where none has it.
func (w *walker) fieldOfOne(of Type, field string, offset int) Type {
	var members []Type
	for _, one := range of.oneOf {
		if member, _, ok := w.lookUp(one, field); ok {
			members = append(members, member)
		}
	}
	if members == nil {
		w.missing(of, field, offset)
		return Unknown
	}
	return join(members...)
}

// lookUp returns what the name is of the value, by the rules of text/template: a method of the value or of a pointer
// to it with what it returns, a field, or a key of a map; or false.
func (w *walker) lookUp(in Type, field string) (of Type, method reflect.Type, ok bool) {
	if !in.isKnown() {
		return Unknown, nil, false
	}
	if in.record != nil {
		if member, ok := in.record.Members[field]; ok || in.of != dictType || !in.record.isOpen && !w.added[field] {
			return member, nil, ok
		}
		return Unknown, nil, true
	}
	if m := reflect.New(in.of).MethodByName(field); m.IsValid() {
		method = m.Type()
		of, ok = resultOf(method), true
	} else if in.of.Kind() == reflect.Struct {
		f, isField := in.of.FieldByName(field)
		if ok = isField && f.IsExported(); ok {
			of = Of(f.Type)
		}
	} else if in.of.Kind() == reflect.Map && reflect.TypeFor[string]().AssignableTo(in.of.Key()) {
		of, ok = Of(in.of.Elem()), true
	}
	if ok && w.IsNone != nil && w.IsNone(in.of, field) {
		of = of.OrNone("")
	}
	return of, method, ok
}

// noneFault says that there may be nothing to read the field from.
func (w *walker) noneFault(of Type, path, field string, offset int) {
	hint, what := "wrap it in {{ with "+path+" }}", "the %v may be nil, and .%s is read without asking"
	if of.remedy != "" {
		hint, what = of.remedy, "there is no %v here to read .%s from"
	}
	w.fault(offset, hint, what, of, field)
}

// missing says that the value does not have the field, and which was meant.
func (w *walker) missing(of Type, field string, offset int) {
	const most = 12 // more would hide the message
	known, what := of.Members(), of.String()+" has no field"
	if of.of == dictType {
		what = "a dict has no key"
	}
	hint := "it has ." + strings.Join(known, ", .")
	switch {
	case of.record != nil && of.record.Noun != "":
		what, hint = "unknown "+of.record.Noun, of.record.Remedy
	case of.kind() == reflect.Slice:
		hint = "wrap it in {{ range }}, or take one item with first or index"
	case len(known) == 0:
		hint = ""
	case len(known) > most:
		hint = "run `firestone model` to see what a template can read"
	}
	w.fault(offset, name.Suggest(field, known, ".%s", hint), "%s %q", what, field)
}
