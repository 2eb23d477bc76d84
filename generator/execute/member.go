package execute

import (
	"reflect"
	"text/template/parse"
)

// chain compiles .X.Y.Z on a value; the arguments are for the last one, if it is a method.
func (c *compiler) chain(node parse.Node, value expr, names []string, args []parse.Node, final expr) expr {
	last := len(names) - 1
	for _, name := range names[:last] {
		value = c.member(node, value, name).eval
	}
	m := c.member(node, value, names[last])
	m.final = final
	for _, arg := range args {
		m.args = append(m.args, c.operand(arg))
		m.words = append(m.words, arg)
	}
	return m.eval
}

func (c *compiler) member(node parse.Node, value expr, name string) *member {
	own := &call{program: c.program, node: node, name: name}
	return &member{program: c.program, node: node, of: value, name: name, key: reflect.ValueOf(name), own: own}
}

// member is a field, method or map entry of a value. It caches what the name resolves to for the most recent type,
// since most are always used with the same type.
type member struct {
	program *Program
	node    parse.Node
	of      expr
	name    string
	key     reflect.Value // the name
	args    []expr        // of a method
	words   []parse.Node  // as written
	final   expr
	own     *call

	typ    reflect.Type
	means  meaning
	index  []int // of the field
	method int
	viaPtr bool // the method belongs to a pointer to the type
}

type meaning uint8

const (
	isUnknown meaning = iota
	isField
	isDeepField // of an embedded struct
	isMethod
	isEntry
)

func (m *member) eval(r *run, dot reflect.Value) (reflect.Value, error) {
	from, err := m.of(r, dot)
	if err != nil {
		return from, err
	}
	v, isNil := from, false
	if k := v.Kind(); k == reflect.Pointer || k == reflect.Interface {
		v, isNil = indirect(v)
	}
	if !v.IsValid() {
		return v, m.program.failure(m.node, "nil data; no entry for key %q", m.name)
	}
	if isNil {
		return m.ofNil(r, dot, from, v)
	}
	if typ := v.Type(); typ != m.typ {
		m.find(typ)
	}
	switch m.means {
	case isField, isDeepField:
		if len(m.args) > 0 || m.final != nil {
			return v, m.program.failure(m.node, "%s has arguments but cannot be invoked as function", m.name)
		}
		if m.means == isField {
			return v.Field(m.index[0]), nil
		}
		field, err := v.FieldByIndexErr(m.index)
		if err != nil {
			err = m.program.failure(m.node, "%v", err)
		}
		return field, err
	case isMethod:
		if !m.viaPtr {
			return m.call(r, dot, v.Method(m.method))
		}
		if v.CanAddr() {
			return m.call(r, dot, v.Addr().Method(m.method))
		}
	case isEntry:
		if len(m.args) > 0 || m.final != nil {
			return v, m.program.failure(m.node, "%s is not a method but has arguments", m.name)
		}
		if dict, ok := v.Interface().(map[string]any); ok {
			if entry := dict[m.name]; entry != nil {
				return reflect.ValueOf(entry), nil
			}
		}
		entry := v.MapIndex(m.key)
		if !entry.IsValid() {
			return entry, m.program.failure(m.node, "map has no entry for key %q", m.name)
		}
		return entry, nil
	}
	return v, m.unknown(from)
}

// find resolves the name for values of the type.
func (m *member) find(typ reflect.Type) {
	m.typ, m.means, m.viaPtr = typ, isUnknown, false
	if method, ok := typ.MethodByName(m.name); ok {
		m.means, m.method = isMethod, method.Index
		return
	}
	if method, ok := reflect.PointerTo(typ).MethodByName(m.name); ok {
		m.means, m.method, m.viaPtr = isMethod, method.Index, true
		return
	}
	switch typ.Kind() {
	case reflect.Struct:
		if field, ok := typ.FieldByName(m.name); ok && field.IsExported() {
			m.means, m.index = isField, field.Index
			if len(field.Index) > 1 {
				m.means = isDeepField
			}
		}
	case reflect.Map:
		if stringType.AssignableTo(typ.Key()) {
			m.means = isEntry
		}
	}
}

// ofNil returns the member of a nil pointer or interface: a pointer still has methods.
func (m *member) ofNil(r *run, dot, from, v reflect.Value) (reflect.Value, error) {
	if v.Kind() == reflect.Pointer {
		if method := v.MethodByName(m.name); method.IsValid() {
			return m.call(r, dot, method)
		}
		if to := v.Type().Elem(); to.Kind() == reflect.Struct {
			if _, ok := to.FieldByName(m.name); !ok {
				return v, m.unknown(from)
			}
		}
	}
	return v, m.program.failure(m.node, "nil pointer evaluating %s.%s", from.Type(), m.name)
}

func (m *member) unknown(from reflect.Value) error {
	typ := from.Type()
	if v, _ := indirect(from); v.Kind() == reflect.Struct {
		if field, ok := v.Type().FieldByName(m.name); ok && !field.IsExported() {
			return m.program.failure(m.node, "%s is an unexported field of struct type %s", m.name, typ)
		}
	}
	return m.program.failure(m.node, "can't evaluate field %s in type %s", m.name, typ)
}

// call calls a method.
func (m *member) call(r *run, dot, method reflect.Value) (reflect.Value, error) {
	typ, args := method.Type(), make([]reflect.Value, 0, len(m.args)+1)
	given := len(m.args)
	var final reflect.Value
	var err error
	if m.final != nil {
		given++
		if final, err = m.final(r, dot); err != nil {
			return final, err
		}
	}
	switch {
	case typ.IsVariadic() && given < typ.NumIn()-1:
		return method, m.program.failure(m.node, "wrong number of args for %s: want at least %d got %d", m.name, typ.NumIn()-1, len(m.args))
	case !typ.IsVariadic() && given != typ.NumIn():
		return method, m.program.failure(m.node, "wrong number of args for %s: want %d got %d", m.name, typ.NumIn(), given)
	}
	for i, arg := range m.args {
		v, err := arg(r, dot)
		if err == nil {
			v, err = r.fit(m.words[i], v, parameter(typ, i))
		}
		if err != nil {
			return v, err
		}
		args = append(args, v)
	}
	if m.final != nil {
		if final, err = r.fit(m.node, final, parameter(typ, len(args))); err != nil {
			return final, err
		}
		args = append(args, final)
	}
	r.calling = m.own
	results := method.Call(args)
	if len(results) == 2 && !results[1].IsNil() {
		return results[0], m.own.failed(results[1].Interface().(error))
	}
	return results[0], nil
}

// parameter returns the type of the parameter for the argument.
func parameter(typ reflect.Type, arg int) reflect.Type {
	if last := typ.NumIn() - 1; typ.IsVariadic() && arg >= last {
		return typ.In(last).Elem()
	}
	return typ.In(arg)
}
