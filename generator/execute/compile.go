package execute

import (
	"reflect"
	"text/template/parse"
)

// Compile returns the program of a parsed template. find returns its functions by name, except those of text/template
// itself. Compile returns false for a template that only text/template can execute.
func Compile(tree *parse.Tree, find func(name string) any) (*Program, bool) {
	p := &Program{tree: tree}
	c := &compiler{program: p, find: find, names: []string{"$"}, maxVars: 1}
	p.root = c.list(tree.Root)
	p.vars = c.maxVars
	return p, !c.refused
}

// compiler compiles one template.
type compiler struct {
	program *Program
	find    func(name string) any
	names   []string // the variables in scope, by number
	maxVars int      // the maximum number of variables in scope at the same time
	refused bool     // the template has a construct that is not supported
}

// refuse gives up, and returns a placeholder for the expression until Compile returns.
func (c *compiler) refuse() expr {
	c.refused = true
	return func(*run, reflect.Value) (reflect.Value, error) { return reflect.Value{}, nil }
}

// scoped compiles nodes with their own variable scope.
func (c *compiler) scoped(compile func()) {
	mark := len(c.names)
	compile()
	c.names = c.names[:mark]
}

// declare returns the number of a new variable.
func (c *compiler) declare(name string) int {
	c.names = append(c.names, name)
	c.maxVars = max(c.maxVars, len(c.names))
	return len(c.names) - 1
}

// variable returns the number of the variable that the name refers to here.
func (c *compiler) variable(name string) int {
	for i := len(c.names) - 1; i >= 0; i-- {
		if c.names[i] == name {
			return i
		}
	}
	c.refused = true
	return 0
}

// list compiles consecutive nodes.
func (c *compiler) list(list *parse.ListNode) step {
	var steps []step
	if list != nil {
		for _, node := range list.Nodes {
			steps = append(steps, c.node(node))
		}
	}
	if len(steps) == 1 {
		return steps[0]
	}
	return func(r *run, dot reflect.Value) error {
		for _, s := range steps {
			if err := s(r, dot); err != nil {
				return err
			}
		}
		return nil
	}
}

func (c *compiler) node(node parse.Node) step {
	switch node := node.(type) {
	case *parse.TextNode:
		return func(r *run, _ reflect.Value) error {
			_, err := r.to.Write(node.Text)
			return err
		}
	case *parse.ActionNode:
		return c.action(node)
	case *parse.IfNode:
		return c.branch(&node.BranchNode)
	case *parse.WithNode:
		return c.branch(&node.BranchNode)
	case *parse.RangeNode:
		return c.loop(node)
	case *parse.BreakNode:
		return func(*run, reflect.Value) error { return errBreak }
	case *parse.ContinueNode:
		return func(*run, reflect.Value) error { return errContinue }
	}
	c.refused = true
	return nil
}

func (c *compiler) action(node *parse.ActionNode) step {
	if s := c.written(node.Pipe); s != nil {
		return s
	}
	value := c.pipe(node.Pipe)
	if len(node.Pipe.Decl) > 0 {
		return func(r *run, dot reflect.Value) error {
			_, err := value(r, dot)
			return err
		}
	}
	return func(r *run, dot reflect.Value) error {
		v, err := value(r, dot)
		if err != nil {
			return err
		}
		return r.print(node, v)
	}
}

// written compiles an action that ends in a writer of the usual type, as most do; nil for any other.
func (c *compiler) written(pipe *parse.PipeNode) step {
	last := len(pipe.Cmds) - 1
	if last < 1 || len(pipe.Decl) > 0 || len(pipe.Cmds[last].Args) != 2 {
		return nil
	}
	name, isFunction := pipe.Cmds[last].Args[0].(*parse.IdentifierNode)
	flags, isNumber := pipe.Cmds[last].Args[1].(*parse.NumberNode)
	if !isFunction || !isNumber || !flags.IsInt {
		return nil
	}
	write, ok := c.find(name.Ident).(func(int, any) (string, error))
	if !ok {
		return nil
	}
	value := c.commands(pipe.Cmds[:last])
	own := &call{program: c.program, node: pipe.Cmds[last], name: name.Ident}
	return func(r *run, dot reflect.Value) error {
		v, err := value(r, dot)
		if err != nil {
			return err
		}
		r.calling = own
		text, err := write(int(flags.Int64), of(v))
		if err != nil {
			return own.failed(err)
		}
		_, err = r.to.WriteString(text)
		return err
	}
}

// branch compiles if and with.
func (c *compiler) branch(node *parse.BranchNode) (s step) {
	c.scoped(func() {
		value := c.pipe(node.Pipe)
		var then, other step
		c.scoped(func() { then = c.list(node.List) })
		c.scoped(func() { other = c.list(node.ElseList) })
		isWith := node.NodeType == parse.NodeWith
		s = func(r *run, dot reflect.Value) error {
			v, err := value(r, dot)
			switch {
			case err != nil:
				return err
			case !truth(v):
				return other(r, dot)
			case isWith:
				return then(r, v)
			}
			return then(r, dot)
		}
	})
	return s
}

// pipe compiles a pipeline, including the variables that it declares or assigns.
func (c *compiler) pipe(pipe *parse.PipeNode) expr {
	value := c.commands(pipe.Cmds)
	var vars []int
	for _, v := range pipe.Decl {
		if pipe.IsAssign {
			vars = append(vars, c.variable(v.Ident[0]))
		} else {
			vars = append(vars, c.declare(v.Ident[0]))
		}
	}
	if len(vars) == 0 {
		return value
	}
	return func(r *run, dot reflect.Value) (reflect.Value, error) {
		v, err := value(r, dot)
		for _, n := range vars {
			r.vars[n] = v
		}
		return v, err
	}
}

// parenthesised compiles a nested pipeline, which declares nothing.
func (c *compiler) parenthesised(pipe *parse.PipeNode) expr {
	if len(pipe.Decl) > 0 {
		return c.refuse()
	}
	return c.commands(pipe.Cmds)
}

// commands compiles commands, each of which passes its value to the next one.
func (c *compiler) commands(cmds []*parse.CommandNode) (value expr) {
	for _, cmd := range cmds {
		value = c.command(cmd, value)
	}
	return value
}

// command compiles a command. final, which may be nil, is the value of the previous one.
func (c *compiler) command(cmd *parse.CommandNode, final expr) expr {
	args := cmd.Args[1:]
	switch word := cmd.Args[0].(type) {
	case *parse.FieldNode:
		return concrete(c.chain(word, dotOf, word.Ident, args, final))
	case *parse.ChainNode:
		return concrete(c.chain(word, c.operand(word.Node), word.Field, args, final))
	case *parse.IdentifierNode:
		return c.call(cmd, word.Ident, args, final)
	case *parse.VariableNode:
		if len(word.Ident) > 1 {
			return concrete(c.chain(word, c.valueOf(word), word.Ident[1:], args, final))
		}
	}
	if len(args) > 0 || final != nil || cmd.Args[0].Type() == parse.NodeNil {
		return c.refuse()
	}
	return concrete(c.operand(cmd.Args[0]))
}
