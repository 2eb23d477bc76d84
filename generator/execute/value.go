package execute

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

var (
	anyType      = reflect.TypeFor[any]()
	boolType     = reflect.TypeFor[bool]()
	errorType    = reflect.TypeFor[error]()
	intType      = reflect.TypeFor[int]()
	stringType   = reflect.TypeFor[string]()
	stringerType = reflect.TypeFor[fmt.Stringer]()
	valueType    = reflect.TypeFor[reflect.Value]() // of the parameters of the functions of text/template
)

// of returns what a value holds.
func of(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	return v.Interface()
}

// indirect returns what pointers and interfaces lead to, or the one that is nil.
func indirect(v reflect.Value) (_ reflect.Value, isNil bool) {
	for ; v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface; v = v.Elem() {
		if v.IsNil() {
			return v, true
		}
	}
	return v, false
}

// held returns what an interface holds, and other values as they are.
func held(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

// truth reports whether if takes the value for true.
func truth(v reflect.Value) bool {
	switch v = held(v); v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return v.Len() > 0
	case reflect.Pointer, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return !v.IsNil()
	case reflect.Struct:
		return true
	}
	return v.IsValid() && !v.IsZero()
}

// mayBeNil reports whether nil is a value of the type.
func mayBeNil(typ reflect.Type) bool {
	switch typ.Kind() {
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice:
		return true
	}
	return false
}

// fit returns the value of a node as one of that type.
func (r *run) fit(node parse.Node, v reflect.Value, typ reflect.Type) (reflect.Value, error) {
	switch {
	case !v.IsValid() && mayBeNil(typ):
		return reflect.Zero(typ), nil
	case !v.IsValid():
		return v, r.program.failure(node, "invalid value; expected %s", typ)
	case v.Type() == typ || v.Type().AssignableTo(typ):
		return v, nil
	}
	if v.Kind() == reflect.Interface && !v.IsNil() {
		if v = v.Elem(); v.Type().AssignableTo(typ) {
			return v, nil
		}
	}
	switch {
	case v.Kind() == reflect.Pointer && v.Type().Elem().AssignableTo(typ):
		if v = v.Elem(); !v.IsValid() {
			return v, r.program.failure(node, "dereference of nil pointer of type %s", typ)
		}
		return v, nil
	case reflect.PointerTo(v.Type()).AssignableTo(typ) && v.CanAddr():
		return v.Addr(), nil
	}
	return v, r.program.failure(node, "wrong type for value; expected %s; got %s", typ, v.Type())
}
