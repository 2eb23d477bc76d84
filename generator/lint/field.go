package lint

import (
	"cmp"
	"reflect"
)

// fields returns the type of a chain of names that begins at the offset. path is that of the value before it.
func (w *walker) fields(of Type, path string, names []string, offset int, args []argument) Type {
	if _, isGuarded := w.guards[path]; isGuarded {
		of = Unknown
	}
	for i, name := range names {
		offset += len(".")
		var own []argument
		if i == len(names)-1 {
			own = args
		}
		member := pathOfMember(path, name)
		mayLack, isGuarded := w.guards[member]
		if !mayLack {
			of = w.field(of, path, name, offset, own)
		}
		if isGuarded {
			of = Unknown
		}
		path = member
		offset += len(name)
	}
	return of
}

// field returns the type of one field, or of the method's result.
func (w *walker) field(of Type, path, field string, offset int, args []argument) Type {
	if !of.isKnown() {
		return w.fieldOfEither(of, path, field, offset)
	}
	member, method, ok := w.lookUp(of, field)
	switch {
	case !ok:
		w.missing(of, path, field, offset)
	case of.isNone && !w.inTest && method == fieldType:
		problem := NilField("the "+of.String()+" may be nil", field, path)
		problem.Hint = cmp.Or(of.remedy, problem.Hint)
		w.note(offset, problem)
		return Unknown
	default:
		w.checkCall(offset, field, method, args)
	}
	return member
}

// fieldOfEither returns the type of the field in those alternatives that have it. It is a fault if none has it.
func (w *walker) fieldOfEither(of Type, path, field string, offset int) Type {
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
		w.missing(of.either[len(of.either)-1], path, field, offset)
	}
	return joined
}

// fieldType is the signature of a member that is not a method.
var fieldType = reflect.TypeFor[func() any]()

// lookUp resolves a name of a value, by the rules of text/template: a method of the value or of a pointer to it, a
// field, or a key of a map. It returns false if there is none.
func (w *walker) lookUp(in Type, field string) (of Type, method reflect.Type, ok bool) {
	if in.record != nil && in.of == dictType && (in.record.isOpen || w.added[field]) {
		return Unknown, fieldType, true
	}
	of, method, ok = in.lookUp(field)
	if ok && in.record == nil && w.IsNone(in.of, field) {
		of = of.OrNone("")
	}
	return of, method, ok
}

// lookUp resolves a name without what a walker knows.
func (t Type) lookUp(field string) (of Type, method reflect.Type, ok bool) {
	if t.record != nil {
		of, ok = t.record.Members[field]
		return of, fieldType, ok
	}
	if m := reflect.New(t.of).MethodByName(field); m.IsValid() {
		return resultOf(m.Type()), m.Type(), true
	}
	if t.of.Kind() == reflect.Map && t.of.Key().Kind() == reflect.String {
		return Of(t.of.Elem()), fieldType, true
	}
	if f, isField := fieldOf(t.of, field); isField {
		return Of(f.Type), fieldType, true
	}
	return Unknown, nil, false
}

func fieldOf(t reflect.Type, name string) (f reflect.StructField, ok bool) {
	if t.Kind() == reflect.Struct {
		f, ok = t.FieldByName(name)
	}
	return f, ok && f.IsExported()
}
