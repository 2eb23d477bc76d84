package execute

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"text/template/parse"
)

// builtins are the functions of text/template that templates call, except and and or, which do not evaluate all of
// their arguments.
var builtins = map[string]any{
	"ge":    func(a, b reflect.Value) (bool, error) { less, err := isLess(a, b); return err == nil && !less, err },
	"gt":    func(a, b reflect.Value) (bool, error) { most, err := isAtMost(a, b); return err == nil && !most, err },
	"index": index,
	"le":    isAtMost,
	"len":   length,
	"lt":    isLess,
	"not":   func(v reflect.Value) bool { return !truth(v) },
}

func shortCircuits(name string) bool { return name == "and" || name == "or" }

// junction compiles and and or.
func (c *compiler) junction(until bool, args []parse.Node, final expr) expr {
	var all []expr
	for _, arg := range args {
		all = append(all, c.operand(arg))
	}
	if len(all) == 0 || final != nil {
		return c.refuse()
	}
	return func(r *run, dot reflect.Value) (v reflect.Value, err error) {
		for _, arg := range all {
			if v, err = arg(r, dot); err != nil || truth(v) == until {
				break
			}
		}
		return unwrap(v), err
	}
}

// length returns the length of a value that has one.
func length(v reflect.Value) (int, error) {
	v, isNil := indirect(v)
	switch v.Kind() {
	case reflect.Array, reflect.Chan, reflect.Map, reflect.Slice, reflect.String:
		return v.Len(), nil
	case reflect.Invalid:
		return 0, errors.New("len of untyped nil")
	}
	if isNil {
		return 0, errors.New("len of nil pointer")
	}
	return 0, fmt.Errorf("len of type %s", v.Type())
}

// index returns an item of a list or map, and for further arguments, an item of that.
func index(v reflect.Value, by ...reflect.Value) (reflect.Value, error) {
	v = unwrap(v)
	if !v.IsValid() {
		return v, errors.New("index of untyped nil")
	}
	for _, at := range by {
		at = unwrap(at)
		var isNil bool
		if v, isNil = indirect(v); isNil {
			return v, errors.New("index of nil pointer")
		}
		switch v.Kind() {
		case reflect.Array, reflect.Slice, reflect.String:
			switch {
			case !at.IsValid():
				return v, errors.New("cannot index slice/array with nil")
			case at.CanUint():
				at = reflect.ValueOf(int(min(at.Uint(), math.MaxInt)))
			case !at.CanInt():
				return v, fmt.Errorf("cannot index slice/array with type %s", at.Type())
			}
			if at.Int() < 0 || at.Int() > int64(v.Len()) {
				return v, fmt.Errorf("index out of range: %d", at.Int())
			}
			v = v.Index(int(at.Int()))
		case reflect.Map:
			if !at.IsValid() {
				return v, fmt.Errorf("value is nil; should be of type %s", v.Type().Key())
			}
			if !at.Type().AssignableTo(v.Type().Key()) {
				return v, fmt.Errorf("value has type %s; should be %s", at.Type(), v.Type().Key())
			}
			entry := v.MapIndex(at)
			if !entry.IsValid() {
				entry = reflect.Zero(v.Type().Elem())
			}
			v = entry
		default:
			return v, fmt.Errorf("can't index item of type %s", v.Type())
		}
	}
	return unwrap(v), nil
}

var errNotComparable = errors.New("invalid type for comparison")

// isLess compares two numbers of the same kind, or two strings.
func isLess(a, b reflect.Value) (bool, error) {
	a, b = unwrap(a), unwrap(b)
	switch {
	case a.CanInt() && b.CanInt():
		return a.Int() < b.Int(), nil
	case a.CanUint() && b.CanUint():
		return a.Uint() < b.Uint(), nil
	case a.CanInt() && b.CanUint():
		return a.Int() < 0 || uint64(a.Int()) < b.Uint(), nil
	case a.CanUint() && b.CanInt():
		return b.Int() >= 0 && a.Uint() < uint64(b.Int()), nil
	case a.CanFloat() && b.CanFloat():
		return a.Float() < b.Float(), nil
	case a.Kind() == reflect.String && b.Kind() == reflect.String:
		return a.String() < b.String(), nil
	case isBasic(a) && isBasic(b) && a.Kind() != b.Kind():
		return false, fmt.Errorf("incompatible types for comparison: %v and %v", a.Type(), b.Type())
	}
	return false, errNotComparable
}

func isBasic(v reflect.Value) bool {
	return v.CanInt() || v.CanUint() || v.CanFloat() || v.Kind() == reflect.String || v.Kind() == reflect.Bool
}

// isAtMost reports whether a is less than or equal to b.
func isAtMost(a, b reflect.Value) (bool, error) {
	if less, err := isLess(a, b); less || err != nil {
		return less, err
	}
	a, b = unwrap(a), unwrap(b)
	if a.CanFloat() { // NaN is not equal to itself
		return a.Float() == b.Float(), nil
	}
	more, err := isLess(b, a)
	return !more, err
}
