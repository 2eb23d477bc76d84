// Package execute answers one question: what does this template write for that data?
//
// It executes parsed templates like text/template, in a fraction of the time: that package calls each function by
// reflection, looks up each field and variable by name, and prints through package fmt, which takes ten times as long
// as the functions themselves. Here a template is compiled for its functions: they are called directly, fields are
// resolved once per type, and variables are numbered.
//
// What a template may do is not decided here: it calls the functions that it is compiled with, and nothing else.
// Compile refuses rare constructs, which are left to text/template itself. Errors are those of text/template, except
// for the position within a chain after parentheses and some wording about constants of the wrong type.
package execute

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"text/template"
	"text/template/parse"
)

// Writer is the destination of a program.
type Writer interface {
	io.Writer
	io.StringWriter
}

// Program is a compiled template. It may execute itself recursively, through one of its functions, but is not safe for
// concurrent use.
type Program struct {
	tree *parse.Tree
	root step
	vars int // the maximum number of variables in scope at the same time
	idle []*run
}

// Execute writes the output of the template for the data, like (*template.Template).Execute with the option
// missingkey=error. The error is a template.ExecError, or that of the writer.
func (p *Program) Execute(to Writer, data any) (err error) {
	r := p.begin(to)
	defer func() {
		if cause := recover(); cause != nil {
			err = r.panicked(cause)
		}
		r.to = nil
		p.idle = append(p.idle, r)
	}()
	dot := reflect.ValueOf(data)
	r.vars[0] = dot
	return p.root(r, dot)
}

// begin returns an idle run.
func (p *Program) begin(to Writer) *run {
	if last := len(p.idle) - 1; last >= 0 {
		r := p.idle[last]
		p.idle = p.idle[:last]
		r.to, r.args = to, r.args[:0]
		return r
	}
	return &run{program: p, to: to, vars: make([]reflect.Value, p.vars)}
}

// run is one execution of a program.
type run struct {
	program *Program
	to      Writer
	vars    []reflect.Value // by number; the first is $
	args    []reflect.Value // of the active calls
	calling *call           // the innermost active call
}

// step executes a node of the template with the given dot.
type step func(r *run, dot reflect.Value) error

// expr evaluates an expression. An invalid value stands for nil.
type expr func(r *run, dot reflect.Value) (reflect.Value, error)

// Returned by the steps of break and continue to the enclosing range.
var (
	errBreak    = errors.New("break")
	errContinue = errors.New("continue")
)

// failure returns the error of a node, in the wording of text/template.
func (p *Program) failure(node parse.Node, format string, args ...any) error {
	location, context := p.tree.ErrorContext(node)
	args = append([]any{location, p.tree.Name, context}, args...)
	return template.ExecError{Name: p.tree.Name, Err: fmt.Errorf("template: %s: executing %q at <%s>: "+format, args...)}
}

// panicked returns the error of a function that panicked.
func (r *run) panicked(cause any) error {
	err, ok := cause.(error)
	if !ok {
		err = fmt.Errorf("%v", cause)
	}
	if r.calling == nil {
		return r.program.failure(r.program.tree.Root, "%w", err)
	}
	return r.calling.failed(err)
}

// print writes a value that no writer has turned into a string.
func (r *run) print(node parse.Node, v reflect.Value) error {
	if v.IsValid() && v.Type() == stringType {
		_, err := r.to.WriteString(v.String())
		return err
	}
	if v.Kind() == reflect.Pointer {
		v, _ = indirect(v)
	}
	if !v.IsValid() {
		_, err := r.to.WriteString("<no value>")
		return err
	}
	if !isPrinter(v.Type()) {
		switch {
		case v.CanAddr() && isPrinter(reflect.PointerTo(v.Type())):
			v = v.Addr()
		case v.Kind() == reflect.Chan || v.Kind() == reflect.Func:
			return r.program.failure(node, "can't print %s of type %s", node, v.Type())
		}
	}
	_, err := fmt.Fprint(r.to, v.Interface())
	return err
}

func isPrinter(t reflect.Type) bool { return t.Implements(errorType) || t.Implements(stringerType) }
