// Package execute answers one question: what does this template write of that data?
//
// It executes parsed templates as text/template does, in a fraction of the time: that package calls each function by
// reflection, looks each field and variable up by its name, and prints through package fmt, which takes ten times as long
// as what the functions do. Here a template is compiled for its functions: they are called as what they are, fields are
// found once for each type, and variables have numbers.
//
// What a template may do is not decided here: it calls the functions that it is compiled with, and nothing else. Compile
// refuses what templates hardly ever say, for which there is text/template itself; and errors are those of text/template,
// but for the place within a chain behind parentheses and some words about constants of the wrong type.
package execute

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"text/template"
	"text/template/parse"
)

// Writer is what a program writes to.
type Writer interface {
	io.Writer
	io.StringWriter
}

// Program is a template that is compiled. It may execute itself, through one of its functions, but is not for several
// goroutines.
type Program struct {
	tree *parse.Tree
	root step
	vars int // how many variables there are at the same time
	idle []*run
}

// Execute writes what the template makes of the data, as (*template.Template).Execute with the option missingkey=error
// does. The error is a template.ExecError, or that of the writer.
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

// begin returns a run that is not under way.
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
	args    []reflect.Value // of the calls under way
	calling *call           // the last call that began
}

// step writes what a node of the template makes of the dot.
type step func(r *run, dot reflect.Value) error

// expr is the value of an expression. One that is not valid is nil.
type expr func(r *run, dot reflect.Value) (reflect.Value, error)

// What the steps of break and continue return, for the range around them.
var (
	errBreak    = errors.New("break")
	errContinue = errors.New("continue")
)

// failure returns the error of a node, in the words of text/template.
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

// print writes a value that no writer has made a string.
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
