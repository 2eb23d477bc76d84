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
	valueType    = reflect.TypeFor[reflect.Value]() // of the parameters of text/template's functions
)

// of returns the Go value.
func of(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	return v.Interface()
}

// indirect follows pointers and interfaces, and returns the final value, or the first nil one.
func indirect(v reflect.Value) (_ reflect.Value, isNil bool) {
	for ; v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface; v = v.Elem() {
		if v.IsNil() {
			return v, true
		}
	}
	return v, false
}

// unwrap returns the value in an interface, and any other value unchanged.
func unwrap(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

// truth reports whether if considers the value true.
func truth(v reflect.Value) bool {
	switch v = unwrap(v); v.Kind() {
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

// mayBeNil reports whether the type has a nil value.
func mayBeNil(typ reflect.Type) bool {
	switch typ.Kind() {
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice:
		return true
	}
	return false
}

// fit converts the value of a node to the given type.
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
