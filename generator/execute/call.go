package execute

import (
	"reflect"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/escape"
)

// call is a function call.
type call struct {
	program *Program
	node    parse.Node
	name    string
	args    []expr
	final   expr // the piped value, its last argument; evaluated before the others, or nil
	last    reflect.Type
	invoke  func(in []reflect.Value) (reflect.Value, error)
}

// failed returns the error of a call whose function returned the given one.
func (c *call) failed(err error) error {
	return c.program.failure(c.node, "error calling %s: %w", c.name, err)
}

// call compiles a function call; a function name on its own has no arguments.
func (c *compiler) call(node parse.Node, name string, args []parse.Node, final expr) expr {
	f := c.find(name)
	if f == nil {
		if shortCircuits(name) {
			return c.junction(name == "or", args, final)
		}
		if f = builtins[name]; f == nil {
			return c.refuse()
		}
	}
	typ, given := reflect.TypeOf(f), len(args)
	if final != nil {
		given++
	}
	if given != typ.NumIn() && (!typ.IsVariadic() || given < typ.NumIn()-1) {
		return c.refuse()
	}
	own := &call{program: c.program, node: node, name: name, final: final, invoke: invoker(f)}
	for i, arg := range args {
		own.args = append(own.args, c.argument(arg, parameter(typ, i)))
	}
	if final != nil {
		own.last = parameter(typ, len(args))
	}
	return own.eval
}

func (c *call) eval(r *run, dot reflect.Value) (reflect.Value, error) {
	base := len(r.args)
	v, err := c.result(r, dot)
	r.args = r.args[:base]
	return v, err
}

// result pushes the evaluated arguments after those of the enclosing calls, and calls the function.
func (c *call) result(r *run, dot reflect.Value) (v reflect.Value, err error) {
	base := len(r.args)
	var final reflect.Value
	if c.final != nil {
		if final, err = c.final(r, dot); err != nil {
			return final, err
		}
	}
	for _, arg := range c.args {
		if v, err = arg(r, dot); err != nil {
			return v, err
		}
		r.args = append(r.args, v)
	}
	if c.final != nil {
		if c.last != anyType && c.last != valueType {
			if final, err = r.fit(c.node, final, c.last); err != nil {
				return final, err
			}
		}
		r.args = append(r.args, final)
	}
	r.calling = c
	if v, err = c.invoke(r.args[base:]); err != nil {
		err = c.failed(err)
	}
	return v, err
}

// result returns the results of a function.
func result[T any](v T, err error) (reflect.Value, error) { return reflect.ValueOf(v), err }

// rest returns the arguments for a variadic parameter.
func rest(in []reflect.Value) []any { return appendRest(make([]any, 0, len(in)), in) }

func appendRest(all []any, in []reflect.Value) []any {
	for _, v := range in {
		all = append(all, of(v))
	}
	return all
}

// passing calls a function that does not retain the slice of its arguments, so one slice can be reused.
func passing[T any](f func(...any) (T, error)) func(in []reflect.Value) (reflect.Value, error) {
	var list []any
	return func(in []reflect.Value) (reflect.Value, error) {
		list = appendRest(list[:0], in)
		return result(f(list...))
	}
}

// invoker returns a function that calls f: directly if it has one of the common types, else by reflection.
func invoker(f any) func(in []reflect.Value) (reflect.Value, error) {
	type (
		values = []reflect.Value
		value  = reflect.Value
	)
	switch f := f.(type) {
	case func(value) bool: // not
		return func(in values) (value, error) { return result(f(in[0]), nil) }
	case func(value) (int, error): // len
		return func(in values) (value, error) { return result(f(in[0])) }
	case func(value, value) (bool, error): // lt
		return func(in values) (value, error) { return result(f(in[0], in[1])) }
	case func(value, ...value) (value, error): // index
		return func(in values) (value, error) { return f(in[0], in[1:]...) }
	case func(int, any) (string, error):
		return func(in values) (value, error) { return result(f(int(in[0].Int()), of(in[1]))) }
	case func(int, int, int, any) (string, error):
		return func(in values) (value, error) {
			return result(f(int(in[0].Int()), int(in[1].Int()), int(in[2].Int()), of(in[3])))
		}
	case func(int, any) (any, error): // nindent
		return func(in values) (value, error) { return result(f(int(in[0].Int()), of(in[1]))) }
	case func(int, string, any) (string, error): // the lines of an include
		return func(in values) (value, error) { return result(f(int(in[0].Int()), in[1].String(), of(in[2]))) }
	case func() (bool, error):
		return func(values) (value, error) { return result(f()) }
	case func(any) (string, error):
		return func(in values) (value, error) { return result(f(of(in[0]))) }
	case func(any) (any, error):
		return func(in values) (value, error) { return result(f(of(in[0]))) }
	case func(any) any:
		return func(in values) (value, error) { return result(f(of(in[0])), nil) }
	case func(any) (*escape.Source, error):
		return func(in values) (value, error) { return result(f(of(in[0]))) }
	case func(any, any) (bool, error):
		return func(in values) (value, error) { return result(f(of(in[0]), of(in[1]))) }
	case func(any, any) ([]any, error):
		return func(in values) (value, error) { return result(f(of(in[0]), of(in[1]))) }
	case func(any, any, bool) any: // ternary
		return func(in values) (value, error) { return result(f(of(in[0]), of(in[1]), in[2].Bool()), nil) }
	}
	if invoke := invokerOfTexts(f); invoke != nil {
		return invoke
	}
	if invoke := invokerOfMany(f); invoke != nil {
		return invoke
	}
	return reflected(f)
}

// invokerOfTexts is like invoker, for functions whose first parameter is a string.
func invokerOfTexts(f any) func(in []reflect.Value) (reflect.Value, error) {
	type (
		values = []reflect.Value
		value  = reflect.Value
	)
	switch f := f.(type) {
	case func(string) (string, error):
		return func(in values) (value, error) { return result(f(in[0].String())) }
	case func(string, string) (string, error):
		return func(in values) (value, error) { return result(f(in[0].String(), in[1].String())) }
	case func(string, string, string) (string, error):
		return func(in values) (value, error) {
			return result(f(in[0].String(), in[1].String(), in[2].String()))
		}
	case func(string, string) (bool, error):
		return func(in values) (value, error) { return result(f(in[0].String(), in[1].String())) }
	case func(string, string) ([]string, error):
		return func(in values) (value, error) { return result(f(in[0].String(), in[1].String())) }
	case func(string, any) (any, error): // include
		return func(in values) (value, error) { return result(f(in[0].String(), of(in[1]))) }
	case func(string, any) (string, error): // join
		return func(in values) (value, error) { return result(f(in[0].String(), of(in[1]))) }
	case func(string, any, any) (any, error): // distinct
		return func(in values) (value, error) { return result(f(in[0].String(), of(in[1]), of(in[2]))) }
	case func(string, ...any) (string, error): // printf
		return func(in values) (value, error) { return result(f(in[0].String(), rest(in[1:])...)) }
	}
	return nil
}

// invokerOfMany is like invoker, for variadic functions.
func invokerOfMany(f any) func(in []reflect.Value) (reflect.Value, error) {
	type (
		values = []reflect.Value
		value  = reflect.Value
	)
	switch f := f.(type) {
	case func(any, any, ...any) (bool, error): // eq
		return func(in values) (value, error) {
			if len(in) == 2 {
				return result(f(of(in[0]), of(in[1])))
			}
			return result(f(of(in[0]), of(in[1]), rest(in[2:])...))
		}
	case func(any, ...any) any: // default
		return func(in values) (value, error) { return result(f(of(in[0]), rest(in[1:])...), nil) }
	case func(...any) any: // coalesce
		return func(in values) (value, error) { return result(f(rest(in)...), nil) }
	case func(...any) (int64, error): // add
		return passing(f)
	case func(...any) ([]any, error): // list
		return func(in values) (value, error) { return result(f(rest(in)...)) }
	case func(...any) (map[string]any, error): // dict
		return passing(f)
	}
	return nil
}

// reflected calls a function of any type by reflection.
func reflected(f any) func(in []reflect.Value) (reflect.Value, error) {
	called, typ := reflect.ValueOf(f), reflect.TypeOf(f)
	return func(in []reflect.Value) (reflect.Value, error) {
		for i, v := range in {
			if !v.IsValid() {
				in[i] = reflect.Zero(parameter(typ, i))
			}
		}
		results := called.Call(in)
		v := results[0]
		if v.Kind() == reflect.Interface && v.NumMethod() == 0 {
			v = v.Elem()
		}
		if len(results) == 2 && !results[1].IsNil() {
			return v, results[1].Interface().(error)
		}
		return v, nil
	}
}
