package execute

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// loop compiles a range.
func (c *compiler) loop(node *parse.RangeNode) (s step) {
	c.scoped(func() {
		words := node.Pipe.Cmds[len(node.Pipe.Cmds)-1].Args
		l := &loop{node: words[len(words)-1], index: -1, item: -1, list: c.pipe(node.Pipe)}
		for _, v := range node.Pipe.Decl {
			l.index, l.item = l.item, c.variable(v.Ident[0])
		}
		c.scoped(func() { l.turn = c.list(node.List) })
		c.scoped(func() { l.none = c.list(node.ElseList) })
		s = l.run
	})
	return s
}

// loop is a compiled range.
type loop struct {
	node        parse.Node // the last word of the ranged-over expression
	list        expr
	index, item int // the variables, or -1
	turn        step
	none        step // for an empty range
}

func (l *loop) run(r *run, dot reflect.Value) error {
	list, err := l.list(r, dot)
	if err != nil {
		return err
	}
	list, _ = indirect(list)
	iterations, err := 0, error(nil)
	switch {
	case !list.IsValid():
	case list.Kind() == reflect.Slice || list.Kind() == reflect.Array:
		iterations, err = l.items(r, list)
	case list.Kind() == reflect.Map && isSorted(list.Type().Key()):
		iterations, err = l.entries(r, list)
	case (list.CanInt() || list.CanUint()) && l.index >= 0:
		return r.program.failure(l.node, "can't use %v to iterate over more than one variable", list)
	case list.CanInt() || list.CanUint():
		for n := range list.Seq() {
			iterations++
			var stop bool
			if stop, err = l.once(r, reflect.Value{}, n); stop {
				break
			}
		}
	default:
		return r.program.failure(l.node, "range can't iterate over %v", list)
	}
	if iterations == 0 {
		return l.none(r, dot)
	}
	return err
}

// items iterates over a list, and returns the number of iterations.
func (l *loop) items(r *run, list reflect.Value) (iterations int, err error) {
	for i := range list.Len() {
		var index reflect.Value
		if l.index >= 0 {
			index = reflect.ValueOf(i)
		}
		if stop, err := l.once(r, index, list.Index(i)); stop {
			return i + 1, err
		}
	}
	return list.Len(), nil
}

// entries iterates over a map in key order.
func (l *loop) entries(r *run, of reflect.Value) (iterations int, err error) {
	keys := of.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		if a.CanInt() {
			return cmp.Compare(a.Int(), b.Int())
		}
		return strings.Compare(a.String(), b.String())
	})
	for i, key := range keys {
		if stop, err := l.once(r, key, of.MapIndex(key)); stop {
			return i + 1, err
		}
	}
	return len(keys), nil
}

// isSorted reports whether keys of the type have an order that is implemented here.
func isSorted(key reflect.Type) bool {
	return key.Kind() == reflect.String || key.Kind() == reflect.Int
}

// once executes one iteration, and reports whether it is the last one.
func (l *loop) once(r *run, index, item reflect.Value) (stop bool, err error) {
	if l.index >= 0 {
		r.vars[l.index] = index
	}
	if l.item >= 0 {
		r.vars[l.item] = item
	}
	err = l.turn(r, item)
	switch {
	case err == nil || errors.Is(err, errContinue):
		return false, nil
	case errors.Is(err, errBreak):
		return true, nil
	}
	return true, err
}
