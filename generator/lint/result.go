package lint

import (
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// builtins are the functions of text/template, with what they take and return as far as it is the same for all
// arguments.
var builtins = map[string]reflect.Type{
	"and":      reflect.TypeFor[func(any, ...any) any](),
	"call":     reflect.TypeFor[func(any, ...any) any](),
	"eq":       reflect.TypeFor[func(any, any, ...any) bool](),
	"ge":       reflect.TypeFor[func(any, any) bool](),
	"gt":       reflect.TypeFor[func(any, any) bool](),
	"html":     reflect.TypeFor[func(...any) string](),
	"index":    reflect.TypeFor[func(any, ...any) any](),
	"js":       reflect.TypeFor[func(...any) string](),
	"le":       reflect.TypeFor[func(any, any) bool](),
	"len":      reflect.TypeFor[func(any) int](),
	"lt":       reflect.TypeFor[func(any, any) bool](),
	"ne":       reflect.TypeFor[func(any, any) bool](),
	"not":      reflect.TypeFor[func(any) bool](),
	"or":       reflect.TypeFor[func(any, ...any) any](),
	"print":    reflect.TypeFor[func(...any) string](),
	"printf":   reflect.TypeFor[func(string, ...any) string](),
	"println":  reflect.TypeFor[func(...any) string](),
	"slice":    reflect.TypeFor[func(any, ...any) any](),
	"urlquery": reflect.TypeFor[func(...any) string](),
}

// rule returns the type of a function's result; the function can be called with the arguments.
type rule func(w *walker, args []argument) Type

// results are the functions whose result depends on what they are given.
var results = rules()

func rules() map[string]rule {
	all := map[string]rule{
		"dict": dict, "get": member, "index": indexed, "set": opening, "unset": opening,
		"ternary": func(_ *walker, args []argument) Type { return join(args[0].is, args[1].is) },
	}
	// sprig has most of them a second time, as mustFirst for first.
	add := func(r rule, names ...string) {
		for _, name := range names {
			all[name] = r
			all["must"+strings.ToUpper(name[:1])+name[1:]] = r
		}
	}
	add(oneOf, "and", "or", "default", "coalesce")
	add(opening, "merge", "mergeOverwrite")
	add(func(_ *walker, args []argument) Type { return ListOf(oneOf(nil, args)) }, "list", "tuple")
	add(func(_ *walker, args []argument) Type { return itemsOf(args[0].is) }, "first", "last")
	add(func(_ *walker, args []argument) Type { return ListOf(itemsOf(args[0].is)) },
		"rest", "initial", "reverse", "uniq", "without", "compact")
	add(func(_ *walker, args []argument) Type { return ListOf(join(itemsOf(args[0].is), args[1].is)) },
		"append", "push", "prepend")
	add(func(_ *walker, args []argument) Type {
		var items Type
		for _, arg := range args {
			items = join(items, itemsOf(arg.is))
		}
		return ListOf(items)
	}, "concat")
	add(func(_ *walker, args []argument) Type {
		if last := args[len(args)-1].is; last.isText() {
			return textType
		}
		return Unknown
	}, "trim", "indent", "nindent")
	return all
}

// oneOf is the result of a function that returns one of its arguments.
func oneOf(_ *walker, args []argument) Type {
	var types []Type
	for _, arg := range args {
		types = append(types, arg.is)
	}
	return join(types...)
}

// itemsOf returns the type of a list's items.
func itemsOf(list Type) Type {
	if list.unknown {
		return Unknown
	}
	var items Type
	for _, s := range list.shapes {
		switch kind := s.of.Kind(); {
		case s.items != nil:
			items = join(items, *s.items)
		case kind == reflect.Slice || kind == reflect.Array:
			items = join(items, Of(s.of.Elem()))
		default:
			return Unknown
		}
	}
	return items
}

// dict returns a record where every key is a constant.
func dict(_ *walker, args []argument) Type {
	members := map[string]Type{}
	for pair := range slices.Chunk(args, 2) {
		key, ok := pair[0].node.(*parse.StringNode)
		if !ok {
			return Of(dictType)
		}
		members[key.Text] = textType // of a key without a value
		if len(pair) == 2 {
			members[key.Text] = pair[1].is
		}
	}
	return Record{Of: dictType, Members: members}.Type()
}

// member is the result of get with a constant key; that of a key that is not there is a text.
func member(w *walker, args []argument) Type {
	key, ok := args[1].node.(*parse.StringNode)
	if !ok || args[0].is.unknown {
		return Unknown
	}
	var result Type
	for _, s := range args[0].is.shapes {
		if s.record == nil || w.isOpen(s) {
			return Unknown
		}
		of, ok := s.record.Members[key.Text]
		if !ok {
			of = textType
		}
		result = join(result, of)
	}
	return result
}

// indexed is the result of index: an item, or the member of a constant key.
func indexed(w *walker, args []argument) Type {
	of := args[0].is
	for _, arg := range args[1:] {
		if of.unknown || len(of.shapes) == 0 {
			return of
		}
		var item Type
		for _, s := range of.shapes {
			kind := s.of.Kind()
			key, isText := arg.node.(*parse.StringNode)
			switch {
			case w.isKnown(s) && isText && s.record.Members[key.Text].key() != "":
				item = join(item, s.record.Members[key.Text])
			case s.items != nil:
				item = join(item, *s.items)
			case s.record == nil && (kind == reflect.Slice || kind == reflect.Array || kind == reflect.Map):
				item = join(item, Of(s.of.Elem()))
			default:
				return Unknown
			}
		}
		of = item
	}
	return of
}

// opening is the result of a function that adds members to its first argument, or removes some.
func opening(w *walker, args []argument) Type {
	w.open(args[0].is)
	return Unknown
}
