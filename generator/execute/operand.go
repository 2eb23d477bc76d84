package execute

import (
	"reflect"
	"strings"
	"text/template/parse"
)

// operand compiles a word that is an argument of unknown type.
func (c *compiler) operand(node parse.Node) expr {
	switch word := node.(type) {
	case *parse.DotNode:
		return dotOf
	case *parse.NilNode:
		return constant(reflect.Value{})
	case *parse.FieldNode:
		return c.chain(word, dotOf, word.Ident, nil, nil)
	case *parse.VariableNode:
		value := c.valueOf(word)
		if len(word.Ident) > 1 {
			value = c.chain(word, value, word.Ident[1:], nil, nil)
		}
		return value
	case *parse.PipeNode:
		return c.parenthesised(word)
	case *parse.IdentifierNode:
		return c.call(word, word.Ident, nil, nil)
	case *parse.ChainNode:
		return c.chain(word, c.operand(word.Node), word.Field, nil, nil)
	case *parse.BoolNode:
		return constant(reflect.ValueOf(word.True))
	case *parse.StringNode:
		return constant(reflect.ValueOf(word.Text))
	case *parse.NumberNode:
		return c.number(word)
	}
	return c.refuse()
}

// number compiles a number, with a type according to its spelling.
func (c *compiler) number(n *parse.NumberNode) expr {
	switch {
	case n.IsComplex, strings.ContainsAny(n.Text, "xXpP'"):
		return c.refuse()
	case n.IsFloat && strings.ContainsAny(n.Text, ".eE"):
		return constant(reflect.ValueOf(n.Float64))
	case n.IsInt:
		return constant(reflect.ValueOf(int(n.Int64)))
	}
	return c.refuse()
}

// argument compiles a word that is an argument for a parameter of the given type.
func (c *compiler) argument(node parse.Node, typ reflect.Type) expr {
	isAny := typ == anyType || typ == valueType
	switch word := node.(type) {
	case *parse.NilNode:
		if !isAny && !mayBeNil(typ) {
			return c.refuse()
		}
		if !isAny {
			return constant(reflect.Zero(typ))
		}
	case *parse.BoolNode, *parse.StringNode:
		if !isAny && typ != boolType && typ != stringType || typ == boolType && node.Type() != parse.NodeBool || typ == stringType && node.Type() != parse.NodeString {
			return c.refuse()
		}
		return c.operand(node)
	case *parse.NumberNode:
		switch {
		case isAny:
		case typ == intType && word.IsInt:
			return constant(reflect.ValueOf(int(word.Int64)))
		default:
			return c.refuse()
		}
	}
	value := c.operand(node)
	if isAny {
		return value
	}
	return func(r *run, dot reflect.Value) (reflect.Value, error) {
		v, err := value(r, dot)
		if err != nil {
			return v, err
		}
		return r.fit(node, v, typ)
	}
}

func constant(v reflect.Value) expr {
	return func(*run, reflect.Value) (reflect.Value, error) { return v, nil }
}

func dotOf(_ *run, dot reflect.Value) (reflect.Value, error) { return dot, nil }

// valueOf compiles the variable at the start of a chain.
func (c *compiler) valueOf(node *parse.VariableNode) expr {
	n := c.variable(node.Ident[0])
	return func(r *run, _ reflect.Value) (reflect.Value, error) { return r.vars[n], nil }
}

// concrete compiles the dynamic value of an empty interface; any other value stays as it is.
func concrete(value expr) expr {
	return func(r *run, dot reflect.Value) (reflect.Value, error) {
		v, err := value(r, dot)
		if v.Kind() == reflect.Interface && v.NumMethod() == 0 {
			v = v.Elem()
		}
		return v, err
	}
}
