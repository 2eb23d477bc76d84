package escape

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"

	"github.com/firestoned/firestone/model/value"
)

// deepest is how far lists and maps may nest; only values that contain themselves get there.
const deepest = 10_000

// lower returns any value of a template as a JSON value. Maps are sorted by key, pointers followed, Source is its
// text. Structs, functions, channels, NaN and infinity are errors.
func lower(v any) (*value.Value, error) { return lowerTo(v, 0) }

func lowerTo(v any, depth int) (*value.Value, error) {
	switch v := v.(type) {
	case nil:
		return &value.Value{}, nil
	case *value.Value:
		if v == nil {
			return &value.Value{}, nil
		}
		return v, nil
	case value.Value:
		return &v, nil
	case string:
		return value.String(v), nil
	case *Source:
		return value.String(v.String()), nil
	case Source:
		return value.String(v.Text), nil
	case json.Number:
		return lowerNumber(v.String())
	}
	if depth > deepest {
		return nil, value.Problem{Msg: fmt.Sprintf("a value is nested deeper than %d levels", deepest), Hint: "a value must not contain itself"}
	}
	return lowerReflected(reflect.ValueOf(v), depth)
}

func lowerNumber(text string) (*value.Value, error) {
	if !isNumber(text) {
		return nil, value.Problem{Msg: fmt.Sprintf("%q is not a number", text), Hint: "write numbers as in JSON, such as -1.5e3"}
	}
	return &value.Value{Kind: value.KindNumber, Text: text}, nil
}

func lowerReflected(v reflect.Value, depth int) (*value.Value, error) {
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
		return lowerTo(v.Elem().Interface(), depth+1)
	case reflect.Slice, reflect.Array:
		list := &value.Value{Kind: value.KindArray}
		for i := range v.Len() {
			item, err := lowerTo(v.Index(i).Interface(), depth+1)
			if err != nil {
				return nil, err
			}
			list.Items = append(list.Items, item)
		}
		return list, nil
	case reflect.Map:
		return lowerMap(v, depth)
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

func lowerMap(v reflect.Value, depth int) (*value.Value, error) {
	if v.Type().Key().Kind() != reflect.String {
		return nil, value.Problem{Msg: fmt.Sprintf("a value of type %s cannot be written", v.Type()), Hint: "the keys of a map must be strings"}
	}
	object := &value.Value{Kind: value.KindObject}
	for entries := v.MapRange(); entries.Next(); {
		member, err := lowerTo(entries.Value().Interface(), depth+1)
		if err != nil {
			return nil, err
		}
		object.Members = append(object.Members, value.NewMember(entries.Key().String(), member))
	}
	slices.SortFunc(object.Members, func(a, b value.Member) int { return cmp.Compare(a.Name, b.Name) })
	return object, nil
}

// isNumber reports whether text is a number of JSON (RFC 8259, section 6).
func isNumber(text string) bool {
	i := 0
	digits := func() bool {
		from := i
		for i < len(text) && '0' <= text[i] && text[i] <= '9' {
			i++
		}
		return i > from
	}
	if i < len(text) && text[i] == '-' {
		i++
	}
	zero := i < len(text) && text[i] == '0'
	from := i
	if !digits() || zero && i-from > 1 {
		return false
	}
	if i < len(text) && text[i] == '.' {
		i++
		if !digits() {
			return false
		}
	}
	if i < len(text) && (text[i] == 'e' || text[i] == 'E') {
		i++
		if i < len(text) && (text[i] == '+' || text[i] == '-') {
			i++
		}
		if !digits() {
			return false
		}
	}
	return i == len(text)
}

// scalarText returns the text of a string, number or truth value, and false for null, lists and objects.
func scalarText(v *value.Value) (string, bool) {
	switch v.Kind {
	case value.KindString, value.KindNumber, value.KindBool:
		return v.Text, true
	}
	return "", false
}
