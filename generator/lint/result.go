package lint

import (
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// builtins are the functions of text/template, with their parameters and results as far as they are the same for all
// arguments.
var builtins = func() map[string]reflect.Type {
	all := map[string]reflect.Type{}
	for names, signature := range map[string]reflect.Type{
		"and call index or slice":        reflect.TypeFor[func(any, ...any) any](),
		"html js print println urlquery": reflect.TypeFor[func(...any) string](),
		"ge gt le lt ne":                 reflect.TypeFor[func(any, any) bool](),
		"eq":                             reflect.TypeFor[func(any, any, ...any) bool](),
		"len":                            reflect.TypeFor[func(any) int](),
		"not":                            reflect.TypeFor[func(any) bool](),
		"printf":                         reflect.TypeFor[func(string, ...any) string](),
	} {
		for name := range strings.FieldsSeq(names) {
			all[name] = signature
		}
	}
	return all
}()

// isCallable reports whether text/template can call the function: it returns a value, or a value and an error.
func isCallable(f reflect.Type) bool {
	return f.NumOut() == 1 || f.NumOut() == 2 && f.Out(1) == reflect.TypeFor[error]()
}

// resultOf returns the type of a function's result, apart from an error.
func resultOf(f reflect.Type) Type {
	if !isCallable(f) {
		return Unknown
	}
	return Of(f.Out(0))
}

// result returns the type of a function's result for the given valid arguments.
func (w *walker) result(function string, signature reflect.Type, args []argument) Type {
	switch strings.TrimPrefix(strings.ToLower(function), "must") { // sprig has mustFirst for first, and so on
	case "include":
		return w.include(args[0], args[1].is)
	case "includeeach":
		dot := args[1].is.items()
		if len(args) > 2 {
			dot = dictOf(map[string]Type{"Item": dot, "With": args[2].is})
		}
		return w.include(args[0], dot)
	case "dict":
		return dict(args)
	case "set", "merge", "mergeoverwrite":
		if record := args[0].is.record; record != nil {
			record.isOpen = true
		}
	case "get", "index":
		return w.indexed(args[0].is, args[1:])
	case "and", "or", "default", "coalesce":
		return oneOf(args)
	case "ternary":
		return oneOf(args[:2])
	case "list", "tuple":
		return ListOf(oneOf(args))
	case "first", "last":
		return args[0].is.items()
	case "rest", "initial", "reverse", "uniq", "without", "compact":
		return ListOf(args[0].is.items())
	case "append", "push", "prepend":
		return ListOf(join(args[0].is.items(), args[1].is))
	case "concat":
		var items Type
		for _, list := range args {
			items = join(items, list.is.items())
		}
		return ListOf(items)
	}
	return resultOf(signature)
}

// oneOf returns the result of a function that returns one of its arguments, usually one that is not empty.
func oneOf(args []argument) (one Type) {
	for _, arg := range args {
		one = join(one, arg.is)
	}
	return one.present()
}

// dict returns a record if every key is a constant.
func dict(args []argument) Type {
	members := map[string]Type{}
	for pair := range slices.Chunk(args, 2) {
		key, ok := pair[0].node.(*parse.StringNode)
		if !ok || len(pair) < 2 {
			return Of(dictType)
		}
		members[key.Text] = pair[1].is
	}
	return dictOf(members)
}

// indexed returns the type of an item, or of the member with a constant key.
func (w *walker) indexed(of Type, keys []argument) Type {
	for _, arg := range keys {
		key, isText := arg.node.(*parse.StringNode)
		switch {
		case of.record != nil && isText:
			of, _, _ = w.lookUp(of, key.Text)
		case of.record == nil && of.kind() == reflect.Map:
			of = Of(of.of.Elem())
		default:
			of = of.items()
		}
	}
	return of
}
