package escape

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// Limits on the output of one action. A list that contains another one twice, and so on, is small in memory and huge in
// print.
const (
	maxDepth  = 1000 // levels of lists and maps; only cyclic values get there
	maxValues = 1_000_000
	maxBytes  = 64 << 20 // of text, including the indentation of a value in block style
)

// lowering is the remaining budget for the value of one action.
type lowering struct{ values, bytes int }

// lower converts any value of a template to a JSON value. Maps are sorted by key, pointers are followed, and a Source
// becomes its text. Structs, functions, channels, NaN and infinity are errors, and so are values of more than maxValues
// or maxBytes.
func lower(v any) (*value.Value, error) {
	left := lowering{values: maxValues, bytes: maxBytes}
	return left.lower(v, 0)
}

func (l *lowering) lower(v any, depth int) (*value.Value, error) {
	switch v := v.(type) {
	case nil:
		return &value.Value{}, l.take(depth, 0)
	case *value.Value:
		if v == nil {
			return &value.Value{}, l.take(depth, 0)
		}
		return v, l.takeAll(v, depth)
	case value.Value:
		return &v, l.takeAll(&v, depth)
	case string:
		return value.String(v), l.take(depth, len(v))
	case *Source:
		return value.String(v.String()), l.take(depth, len(v.String()))
	case Source:
		return value.String(v.Text), l.take(depth, len(v.Text))
	case json.Number:
		number, err := lowerNumber(v.String())
		return number, cmp.Or(err, l.take(depth, len(v)))
	}
	if err := l.take(depth, 0); err != nil {
		return nil, err
	}
	return l.reflected(reflect.ValueOf(v), depth)
}

// take counts one value of the given size, and returns an error if the budget is exhausted. A value that an action
// writes as a whole was counted when it was created.
func (l *lowering) take(depth, size int) error {
	const indentation = 4
	if depth == 0 {
		return nil
	}
	l.values--
	l.bytes -= size + indentation*depth
	switch {
	case depth > maxDepth:
		return value.Problem{Msg: fmt.Sprintf("a value is nested deeper than %d levels", maxDepth), Hint: "a value must not contain itself"}
	case l.values < 0:
		return value.Problem{Msg: fmt.Sprintf("the action writes more than %d values", maxValues), Hint: "write the list in a range, or less of it"}
	case l.bytes < 0:
		return value.Problem{Msg: fmt.Sprintf("the action writes more than %d MiB", maxBytes>>20), Hint: "write the list in a range, or less of it"}
	}
	return nil
}

// takeAll counts a value of a definition with its content, if it is part of another one.
func (l *lowering) takeAll(v *value.Value, depth int) error {
	if depth == 0 {
		return nil
	}
	if err := l.take(depth, len(v.Text)); err != nil {
		return err
	}
	for _, item := range v.Items {
		if err := l.takeAll(item, depth+1); err != nil {
			return err
		}
	}
	for _, m := range v.Members {
		l.bytes -= len(m.Name)
		if err := l.takeAll(m.Value, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func lowerNumber(text string) (*value.Value, error) {
	if !isNumber(text) {
		return nil, value.Problem{Msg: fmt.Sprintf("%q is not a number", text), Hint: "write numbers as in JSON, such as -1.5e3"}
	}
	return &value.Value{Kind: value.KindNumber, Text: text}, nil
}

func (l *lowering) reflected(v reflect.Value, depth int) (*value.Value, error) {
	switch v.Kind() {
	case reflect.String:
		return value.String(v.String()), nil
	case reflect.Bool:
		return value.Bool(v.Bool()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &value.Value{Kind: value.KindNumber, Text: strconv.FormatInt(v.Int(), 10)}, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return &value.Value{Kind: value.KindNumber, Text: strconv.FormatUint(v.Uint(), 10)}, nil
	case reflect.Float32, reflect.Float64:
		return lowerFloat(v.Float(), v.Type().Bits())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return &value.Value{}, nil
		}
		return l.lower(v.Elem().Interface(), depth+1)
	case reflect.Slice, reflect.Array:
		list := &value.Value{Kind: value.KindArray}
		for i := range v.Len() {
			item, err := l.lower(v.Index(i).Interface(), depth+1)
			if err != nil {
				return nil, err
			}
			list.Items = append(list.Items, item)
		}
		return list, nil
	case reflect.Map:
		return l.mapping(v, depth)
	}
	return nil, value.Problem{
		Msg:  fmt.Sprintf("a value of type %s cannot be written", v.Type()),
		Hint: "write one of its fields",
	}
}

func lowerFloat(f float64, bits int) (*value.Value, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, value.Problem{Msg: fmt.Sprintf("%v is not a number that JSON can represent", f), Hint: "write a finite number"}
	}
	text := strconv.FormatFloat(f, 'g', -1, bits)
	if a := math.Abs(f); a == 0 || 1e-6 <= a && a < 1e21 {
		text = strconv.FormatFloat(f, 'f', -1, bits)
	}
	return &value.Value{Kind: value.KindNumber, Text: text}, nil
}

func (l *lowering) mapping(v reflect.Value, depth int) (*value.Value, error) {
	if v.Type().Key().Kind() != reflect.String {
		return nil, value.Problem{Msg: fmt.Sprintf("a value of type %s cannot be written", v.Type()), Hint: "the keys of a map must be strings"}
	}
	object := &value.Value{Kind: value.KindObject}
	for entries := v.MapRange(); entries.Next(); {
		l.bytes -= entries.Key().Len()
		member, err := l.lower(entries.Value().Interface(), depth+1)
		if err != nil {
			return nil, err
		}
		object.Members = append(object.Members, value.NewMember(entries.Key().String(), member))
	}
	slices.SortFunc(object.Members, func(a, b value.Member) int { return cmp.Compare(a.Name, b.Name) })
	return object, nil
}

// isNumber reports whether text is a JSON number (RFC 8259, section 6).
func isNumber(text string) bool {
	const digits = "0123456789"
	return text != "" && strings.IndexByte(digits+"-", text[0]) >= 0 && strings.IndexByte(digits, text[len(text)-1]) >= 0 && json.Valid([]byte(text))
}

// scalarText returns the text of a string, number or boolean, and false for null, lists and objects.
func scalarText(v *value.Value) (string, bool) {
	switch v.Kind {
	case value.KindString, value.KindNumber, value.KindBool:
		return v.Text, true
	}
	return "", false
}
