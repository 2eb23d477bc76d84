package lint

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// fields returns the type behind the names that begin at the offset. path is that of the value before them.
func (w *walker) fields(of Type, path string, names []string, offset int, args []argument) Type {
	if _, isAsked := w.asked[path]; isAsked {
		of = Unknown
	}
	for i, name := range names {
		offset += len(".")
		var own []argument
		if i == len(names)-1 {
			own = args
		}
		member := pathOfMember(path, name)
		mayLack, isAsked := w.asked[member]
		if !mayLack {
			of = w.field(of, path, name, offset, own)
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
	if !of.isKnown() {
		return w.fieldOfEither(of, field, offset)
	}
	member, method, ok := w.lookUp(of, field)
	switch {
	case !ok:
		w.missing(of, field, offset)
	case of.isNone && !w.inTest && method == fieldType:
		hint := cmp.Or(of.remedy, "wrap it in {{ with "+path+" }}")
		w.fault(value.NilField, offset, hint, "the %v may be nil, and .%s is read without asking", of, field)
		return Unknown
	default:
		w.checkCall(offset, field, method, args)
	}
	return member
}

// fieldOfEither returns what the field is of those alternatives that have it. It is a fault where none has.
func (w *walker) fieldOfEither(of Type, field string, offset int) Type {
	if len(of.either) == 0 {
		return of
	}
	var joined Type
	isFound := false
	for _, one := range of.either {
		if member, _, ok := w.lookUp(one, field); ok {
			joined, isFound = join(joined, member), true
		}
	}
	if !isFound {
		w.missing(of.either[len(of.either)-1], field, offset)
	}
	return joined
}

// fieldType is the signature of what is no method.
var fieldType = reflect.TypeFor[func() any]()

// lookUp returns what the name is of the value, by the rules of text/template: a method of the value or of a pointer
// to it with what it returns, a field, or a key of a map; or false.
func (w *walker) lookUp(in Type, field string) (of Type, method reflect.Type, ok bool) {
	if in.record != nil {
		if in.of == dictType && (in.record.isOpen || w.added[field]) {
			return Unknown, fieldType, true
		}
		of, ok = in.record.Members[field]
		return of, fieldType, ok
	}
	method = fieldType
	if m := reflect.New(in.of).MethodByName(field); m.IsValid() {
		method = m.Type()
		of = resultOf(method)
	} else if in.of.Kind() == reflect.Map && in.of.Key().Kind() == reflect.String {
		of = Of(in.of.Elem())
	} else if f, isField := fieldOf(in.of, field); isField {
		of = Of(f.Type)
	} else {
		return Unknown, nil, false
	}
	if w.IsNone(in.of, field) {
		of = of.OrNone("")
	}
	return of, method, true
}

func fieldOf(t reflect.Type, name string) (f reflect.StructField, ok bool) {
	if t.Kind() == reflect.Struct {
		f, ok = t.FieldByName(name)
	}
	return f, ok && f.IsExported()
}

// missing says that the value does not have the field, and which was meant.
func (w *walker) missing(of Type, field string, offset int) {
	const most = 12 // more would hide the message
	known, what := of.Members(), of.String()+" has no field"
	hint := "run `firestone model` to see what a template can read"
	switch {
	case of.record != nil && of.record.Noun != "":
		what, hint = "unknown "+of.record.Noun, of.record.Remedy
	case of.String() == "value.Value":
		hint = fmt.Sprintf("write (VALUE.Get %q): the members of a value are not fields", field)
	case of.kind() == reflect.Slice:
		hint = "wrap it in {{ range }}, or take one item with first or index"
	case len(known) > 0 && len(known) <= most:
		hint = "it has ." + strings.Join(known, ", .")
	}
	w.fault(value.UnknownField, offset, name.Suggest(field, known, ".%s", hint), "%s %q", what, field)
}
