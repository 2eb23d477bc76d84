package generator

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"

	"github.com/firestoned/firestone/model/value"
)

// printers are the functions that turn any value into text. Go would print the address in a pointer, which differs in
// every run; these print a JSON value as its text, null as nothing, and reject what has no text. Those that iterate
// over a list drop null from it, as sprig's do.
func printers() template.FuncMap {
	all := sprig.GenericFuncMap()
	cat := all["cat"].(func(...any) string)
	dict := all["dict"].(func(...any) map[string]any)
	join := all["join"].(func(string, any) string)
	sortAlpha := all["sortAlpha"].(func(any) []string)
	toString := all["toString"].(func(any) string)
	toStrings := all["toStrings"].(func(any) []string)
	return template.FuncMap{
		"cat": func(v ...any) (string, error) { return printed(v, func(v []any) string { return cat(v...) }) },
		"html": func(v ...any) (string, error) {
			return written(v, func(v []any) string { return template.HTMLEscaper(v...) })
		},
		"js": func(v ...any) (string, error) {
			return written(v, func(v []any) string { return template.JSEscaper(v...) })
		},
		"print":   func(v ...any) (string, error) { return written(v, func(v []any) string { return fmt.Sprint(v...) }) },
		"println": func(v ...any) (string, error) { return written(v, func(v []any) string { return fmt.Sprintln(v...) }) },
		"urlquery": func(v ...any) (string, error) {
			return written(v, func(v []any) string { return template.URLQueryEscaper(v...) })
		},
		"dict": func(v ...any) (map[string]any, error) {
			made := make(map[string]any, (len(v)+1)/2)
			for i := 0; i+1 < len(v); i += 2 {
				key, ok := v[i].(string)
				if !ok {
					return printedDict(v, dict)
				}
				made[key] = v[i+1]
			}
			if len(v)%2 > 0 {
				return printedDict(v, dict)
			}
			return made, nil
		},
		"join": func(by string, v any) (string, error) {
			return printed([]any{v}, func(v []any) string { return join(by, v[0]) })
		},
		// Sprig's sorts a list of texts in place, which may be one of the model.
		"sortAlpha": func(v any) ([]string, error) {
			return printed([]any{v}, func(v []any) []string { return sortAlpha(v[0]) })
		},
		"toString": func(v any) (string, error) { return written([]any{v}, func(v []any) string { return toString(v[0]) }) },
		"toStrings": func(v any) ([]string, error) {
			return printed([]any{v}, func(v []any) []string { return toStrings(v[0]) })
		},
		"printf": printf,
	}
}

// printedDict is dict for members whose names are not all strings.
func printedDict(members []any, dict func(...any) map[string]any) (map[string]any, error) {
	for i := 0; i < len(members); i += 2 {
		key, err := printable(members[i])
		if err != nil {
			return nil, err
		}
		members[i] = withoutNull(key)
	}
	return dict(members...), nil
}

// address matches a format that prints where a value is kept.
var address = regexp.MustCompile(`(?:^|[^%])(?:%%)*%[^%a-zA-Z]*p`)

// printf is that of text/template, and errs where the values do not fit the format, or the format prints an address.
func printf(format string, v ...any) (string, error) {
	if strings.Contains(format, "p") && address.MatchString(format) {
		return "", value.Problem{Code: value.FailedAction, Msg: fmt.Sprintf("the format %q prints an address, which is different in every run", format), Hint: "use %v, which fits any value"}
	}
	text, err := written(v, func(v []any) string { return fmt.Sprintf(format, v...) })
	if err == nil && strings.Contains(text, "%!") && !strings.Contains(format, "%!") {
		for _, arg := range v {
			if strings.Contains(fmt.Sprint(arg), "%!") {
				return text, nil
			}
		}
		return "", value.Problem{Code: value.FailedAction, Msg: fmt.Sprintf("the values do not match the format %q: %s", format, text), Hint: "use %v, which fits any value"}
	}
	return text, err
}

// printed calls print with the printable forms of the values.
func printed[T any](values []any, print func([]any) T) (T, error) {
	converted := make([]any, len(values))
	for i, v := range values {
		var err error
		if converted[i], err = printable(v); err != nil {
			var nothing T
			return nothing, err
		}
	}
	return print(converted), nil
}

// written calls print with the printable forms of the values, nothing for null, also within a list or map.
func written(values []any, print func([]any) string) (string, error) {
	return printed(values, func(v []any) string {
		for i := range v {
			v[i] = withoutNull(v[i])
		}
		return print(v)
	})
}

func withoutNull(v any) any {
	switch v := v.(type) {
	case nil:
		return ""
	case []any:
		for i := range v {
			v[i] = withoutNull(v[i])
		}
	case string, int, bool, float64:
		return v
	}
	if m := reflect.ValueOf(v); m.Kind() == reflect.Map && m.Type().Elem() == reflect.TypeFor[any]() {
		for _, key := range m.MapKeys() {
			if member := withoutNull(m.MapIndex(key).Interface()); member != nil {
				m.SetMapIndex(key, reflect.ValueOf(member))
			}
		}
	}
	return v
}

// printable returns the printable form of a value, or an error if it has no text.
func printable(v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case string, int, bool, float64:
		return v, nil
	case *value.Value:
		switch {
		case v == nil || v.Kind == value.KindNull:
			return nil, nil
		case v.Kind == value.KindArray || v.Kind == value.KindObject:
			return string(v.AppendJSON(nil, "")), nil
		}
		return v.Text, nil
	case fmt.Stringer, error:
		return v, nil
	}
	return printableOf(reflect.ValueOf(v))
}

func printableOf(v reflect.Value) (any, error) {
	switch v.Kind() {
	case reflect.Struct, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return nil, value.Problem{Code: value.FailedAction, Msg: fmt.Sprintf("a value of type %s cannot be printed", v.Type()), Hint: "print one of its fields"}
	case reflect.Pointer:
		if v.IsNil() {
			return nil, nil
		}
		return printable(v.Elem().Interface())
	case reflect.Slice, reflect.Array:
		list := make([]any, v.Len())
		for i := range list {
			var err error
			if list[i], err = printable(v.Index(i).Interface()); err != nil {
				return nil, err
			}
		}
		return list, nil
	case reflect.Map:
		printed := reflect.MakeMap(reflect.MapOf(v.Type().Key(), reflect.TypeFor[any]()))
		for entries := v.MapRange(); entries.Next(); {
			member, err := printable(entries.Value().Interface())
			if err != nil {
				return nil, err
			}
			if member == nil {
				printed.SetMapIndex(entries.Key(), reflect.Zero(reflect.TypeFor[any]()))
				continue
			}
			printed.SetMapIndex(entries.Key(), reflect.ValueOf(member))
		}
		return printed.Interface(), nil
	}
	return v.Interface(), nil
}
