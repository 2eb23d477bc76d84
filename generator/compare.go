package generator

import (
	"fmt"
	"math/big"
	"reflect"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/model/value"
)

// equal is eq of text/template: it reports whether the first argument equals one of the others. Values of a schema are
// compared by what they hold: a string with a string, numbers by their value (1.0 is 1), null with nil, and never with
// another kind. It errs for arguments that cannot be compared.
func equal(first, second any, others ...any) (bool, error) {
	same, err := isSame(first, second)
	for i := 0; i < len(others) && !same && err == nil; i++ {
		same, err = isSame(first, others[i])
	}
	return same, err
}

// notEqual is ne of text/template, of the values that equal compares.
func notEqual(first, other any) (bool, error) {
	same, err := isSame(first, other)
	return !same, err
}

func isSame(a, b any) (bool, error) {
	if text, ok := a.(string); ok {
		if other, ok := b.(string); ok {
			return text == other, nil
		}
	}
	if x, y := reflect.ValueOf(a), reflect.ValueOf(b); x.Kind() == reflect.String && y.Kind() == reflect.String {
		return x.String() == y.String(), nil
	}
	one, isValue := comparable(a)
	two, isOtherValue := comparable(b)
	switch {
	case one == nil || two == nil:
		return one == nil && two == nil, nil
	case (isValue || isOtherValue) && reflect.TypeOf(one) != reflect.TypeOf(two):
		return false, nil
	}
	if x, ok := one.(*big.Rat); ok {
		if y, ok := two.(*big.Rat); ok {
			return x.Cmp(y) == 0, nil
		}
	}
	if x, ok := one.(*value.Value); ok {
		if y, ok := two.(*value.Value); ok {
			return x.Equal(y), nil
		}
	}
	x, y := reflect.ValueOf(one), reflect.ValueOf(two)
	switch {
	case x.Kind() == y.Kind() && x.Type() == y.Type() && x.Comparable() && y.Comparable():
		return one == two, nil
	case x.Kind() == reflect.Bool && y.Kind() == reflect.Bool:
		return x.Bool() == y.Bool(), nil
	}
	return false, value.Problem{
		Code: value.FailedAction,
		Msg:  fmt.Sprintf("a value of type %T cannot be compared with one of type %T", a, b),
		Hint: "compare strings, numbers, booleans, or values of a schema",
	}
}

// comparable returns a value as Go compares it: numbers as exact ones, source and scalars of a schema as what they
// hold, nothing for null. isValue is true for values of a schema, which may be of any kind.
func comparable(v any) (_ any, isValue bool) {
	switch v := v.(type) {
	case *escape.Source:
		return v.String(), false
	case *value.Value:
		switch {
		case v == nil || v.Kind == value.KindNull:
			return nil, true
		case v.Kind == value.KindString:
			return v.Text, true
		case v.Kind == value.KindBool:
			return v.IsTrue(), true
		case v.Kind == value.KindNumber:
			if n, ok := v.Rat(); ok {
				return n, true
			}
		}
		return v, true
	}
	switch r := reflect.ValueOf(v); {
	case !r.IsValid():
		return nil, false
	case r.CanInt():
		return new(big.Rat).SetInt64(r.Int()), false
	case r.CanUint():
		return new(big.Rat).SetInt(new(big.Int).SetUint64(r.Uint())), false
	case r.CanFloat():
		if n := new(big.Rat).SetFloat64(r.Float()); n != nil {
			return n, false
		}
	case r.Kind() == reflect.Pointer && r.IsNil():
		return nil, false
	}
	return v, false
}
