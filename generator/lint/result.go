package lint

import (
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// builtins are the functions of text/template, with what they take and return as far as it is the same for all
// arguments.
var builtins = func() map[string]reflect.Type {
	all := map[string]reflect.Type{
		"eq": reflect.TypeFor[func(any, any, ...any) bool](), "len": reflect.TypeFor[func(any) int](),
		"not": reflect.TypeFor[func(any) bool](), "printf": reflect.TypeFor[func(string, ...any) string](),
	}
	for _, name := range []string{"and", "call", "index", "or", "slice"} {
		all[name] = reflect.TypeFor[func(any, ...any) any]()
	}
	for _, name := range []string{"ge", "gt", "le", "lt", "ne"} {
		all[name] = reflect.TypeFor[func(any, any) bool]()
	}
	for _, name := range []string{"html", "js", "print", "println", "urlquery"} {
		all[name] = reflect.TypeFor[func(...any) string]()
	}
	return all
}()

// rule returns the type of a function's result; the function can be called with the arguments.
type rule func(w *walker, args []argument) Type

// results are the functions whose result depends on what they are given.
var results = rules()

func rules() map[string]rule {
	all := map[string]rule{
		"dict": dict, "get": indexed, "index": indexed, "set": opening, "unset": opening,
		"ternary": func(w *walker, args []argument) Type { return oneOf(w, args[:2]) },
	}
	// sprig has most of them a second time, as mustFirst for first.
	add := func(r rule, names string) {
		for name := range strings.FieldsSeq(names) {
			all[name] = r
			all["must"+strings.ToUpper(name[:1])+name[1:]] = r
		}
	}
	listed := func(items rule) rule {
		return func(w *walker, args []argument) Type { return ListOf(items(w, args)) }
	}
	items := func(_ *walker, args []argument) Type { return itemsOf(args[0].is) }
	add(oneOf, "and or default coalesce")
	add(opening, "merge mergeOverwrite")
	add(items, "first last")
	add(listed(oneOf), "list tuple")
	add(listed(items), "rest initial reverse uniq without compact")
	add(listed(func(_ *walker, args []argument) Type { return join(itemsOf(args[0].is), args[1].is) }), "append push prepend")
	add(listed(func(_ *walker, args []argument) (items Type) {
		for _, arg := range args {
			items = join(items, itemsOf(arg.is))
		}
		return items
	}), "concat")
	add(func(_ *walker, args []argument) Type {
		if last := args[len(args)-1].is; last.kind() == reflect.String {
			return textType
		}
		return Unknown
	}, "trim indent nindent")
	return all
}

// oneOf is the result of a function that returns one of its arguments, mostly one that is there.
func oneOf(_ *walker, args []argument) (one Type) {
	for _, arg := range args {
		one = join(one, arg.is)
	}
	return one.present()
}

// itemsOf returns the type of a list's items.
func itemsOf(list Type) (items Type) {
	for _, s := range list.shapes {
		switch {
		case s.items != nil:
			items = join(items, *s.items)
		case basicKind(s.of) == reflect.Slice:
			items = join(items, Of(s.of.Elem()))
		default:
			return Unknown
		}
	}
	if list.unknown {
		return Unknown
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

// indexed is the result of get and index: an item, or the member of a constant key.
func indexed(w *walker, args []argument) Type {
	of := args[0].is
	for _, arg := range args[1:] {
		if of.unknown {
			return Unknown
		}
		var item Type
		for _, s := range of.shapes {
			key, isText := arg.node.(*parse.StringNode)
			switch {
			case s.record != nil:
				if !isText || w.isOpen(s) || s.record.Members[key.Text].key() == "" {
					return Unknown
				}
				item = join(item, s.record.Members[key.Text])
			case s.of.Kind() == reflect.Map:
				item = join(item, Of(s.of.Elem()))
			default:
				item = join(item, itemsOf(Type{shapes: []shape{s}}))
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
