package generator

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"text/template"
	"text/template/parse"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Templates may be untrusted, and must terminate. The work of the templates of one Render is bounded: iterations,
// includes and function calls are steps, and a call that reads or returns much takes more of them; output and function
// results are counted in bytes. The built-in packs use a few per cent of both.
const (
	stepsOfRun      = 1_000_000
	stepsOfResource = 20_000
	stepsOfMember   = 500 // a field, alternative, item or listed value of a component or parameter
	bytesOfRun      = 64 << 20
	bytesOfResource = 1 << 20
	bytesOfMember   = 1 << 16
	bytesOfStep     = 64 // a call that reads or returns so many bytes takes one step more
	maxTextSize     = 1 << 30
)

// budget is the remaining allowance of all renderers of one Render.
type budget struct {
	steps, bytes atomic.Int64
	isSpent      atomic.Bool // a template has received the error
	effort       int
}

// newBudget returns the usual budget for the API, effort times.
func newBudget(api *model.API, effort int) *budget {
	effort = max(1, effort)
	members := len(api.Components) + countMembers(api.Parts)
	for _, component := range api.Components {
		members += countMembers(component.Parts)
	}
	b := &budget{effort: effort}
	b.steps.Store(int64(effort) * int64(stepsOfRun+stepsOfResource*len(api.Resources)+stepsOfMember*members))
	b.bytes.Store(int64(effort) * int64(bytesOfRun+bytesOfResource*len(api.Resources)+bytesOfMember*members))
	return b
}

// countMembers returns how much templates have to say of the shapes: a resource may have one field or thousands.
func countMembers(shapes []*model.Shape) int {
	members := 0
	for _, shape := range shapes {
		members += len(shape.Fields) + len(shape.Options) + len(shape.Items) + len(shape.Enum)
	}
	return members
}

// errSpent is what a template gets that takes more than its share.
func (b *budget) errSpent(what string) error {
	b.isSpent.Store(true)
	return value.Problem{
		Code: value.EndlessTemplate,
		Msg:  fmt.Sprintf("the template takes too many %s: it may never end", what),
		Hint: fmt.Sprintf("if it does end, run with --effort %d, which allows templates %[1]d times the usual work", 10*b.effort),
	}
}

// allowance is what one renderer has taken from the budget and not yet spent.
type allowance struct {
	from         *budget
	steps, bytes int64
}

// What a renderer takes from the budget at once.
const (
	stepsAtOnce = 1 << 10
	bytesAtOnce = 1 << 16
)

// spend deducts steps and bytes.
func (p *allowance) spend(steps, bytes int) error {
	p.steps -= int64(steps)
	p.bytes -= int64(bytes)
	if p.steps >= 0 && p.bytes >= 0 {
		return nil
	}
	return p.refill()
}

func (p *allowance) refill() error {
	for _, kind := range []struct {
		own  *int64
		from *atomic.Int64
		once int64
		what string
	}{{&p.steps, &p.from.steps, stepsAtOnce, "steps"}, {&p.bytes, &p.from.bytes, bytesAtOnce, "bytes"}} {
		if *kind.own >= 0 {
			continue
		}
		wanted := kind.once - *kind.own
		if kind.from.Add(-wanted) < 0 {
			return p.from.errSpent(kind.what)
		}
		*kind.own += wanted
	}
	return nil
}

// holds reports whether so many bytes are left.
func (p *allowance) holds(bytes int) bool { return p.bytes+p.from.bytes.Load() >= int64(bytes) }

// boundedBuffer is the output of a template. Text beyond the budget is dropped: an error of a writer has no position, but that
// of the next step has one.
type boundedBuffer struct {
	*bytes.Buffer
	left *allowance
}

func (p *boundedBuffer) Write(text []byte) (int, error) {
	if p.left.spend(0, len(text)) != nil {
		return len(text), nil
	}
	return p.Buffer.Write(text)
}

// WriteString is Write of a string.
func (p *boundedBuffer) WriteString(text string) (int, error) {
	if p.left.spend(0, len(text)) != nil {
		return len(text), nil
	}
	return p.Buffer.WriteString(text)
}

// iterationFunction is called in each iteration of a range that would otherwise take no step.
const iterationFunction = "_turn"

// countIterations adds a call of iterationFunction to each range below the node whose iterations may write nothing.
func countIterations(root parse.Node) {
	tree.Inspect(root, func(node parse.Node) bool {
		loop, ok := node.(*parse.RangeNode)
		if !ok || slices.ContainsFunc(loop.List.Nodes, isWritten) {
			return true
		}
		at := loop.List.Position()
		call := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: at, Args: []parse.Node{parse.NewIdentifier(iterationFunction).SetPos(at)}}
		turn := &parse.ActionNode{NodeType: parse.NodeAction, Pos: at, Line: loop.Line, Pipe: &parse.PipeNode{
			NodeType: parse.NodePipe, Pos: at, Line: loop.Line, Cmds: []*parse.CommandNode{call},
			Decl: []*parse.VariableNode{{NodeType: parse.NodeVariable, Pos: at, Ident: []string{"$" + iterationFunction}}},
		}}
		loop.List.Nodes = append([]parse.Node{turn}, loop.List.Nodes...)
		return true
	})
}

// isWritten reports whether the node is an action that ends in a writer, which takes a step.
func isWritten(node parse.Node) bool {
	action, ok := node.(*parse.ActionNode)
	return ok && len(action.Pipe.Decl) == 0
}

func (r *renderer) iterate() (bool, error) { return true, r.budget.spend(1, 0) }

// countedWriters returns the writers of the places, each of which takes a step.
func (r *renderer) countedWriters() template.FuncMap {
	counted := escape.Writers()
	for name, f := range counted {
		switch f := f.(type) {
		case func(int, int, int, any) (string, error):
			counted[name] = func(flags, parent, column int, v any) (string, error) {
				if err := r.budget.spend(1, 0); err != nil {
					return "", err
				}
				return f(flags, parent, column, v)
			}
		case func(int, any) (string, error):
			counted[name] = func(flags int, v any) (string, error) {
				if err := r.budget.spend(1, 0); err != nil {
					return "", err
				}
				return f(flags, v)
			}
		default:
			counted[name] = r.reflected(f, nil)
		}
	}
	return counted
}

// cheap are the functions that take the same short time whatever they are given.
var cheap = map[string]bool{
	"and": true, "call": true, "coalesce": true, "default": true, "empty": true, "first": true, "get": true, "hasKey": true,
	"include": true, "includeEach": true, "replaced": true, "root": true, "index": true, "last": true, "len": true, "not": true, "or": true, "schema": true, "set": true,
	"ternary": true, "unset": true,
}

// charged returns the functions of a template that take from the budget what they read and return.
func (r *renderer) charged(called template.FuncMap) template.FuncMap {
	own := template.FuncMap{}
	for name, f := range called {
		if !cheap[name] {
			own[name] = r.charge(name, f)
		}
	}
	return own
}

// charge returns a function that takes from the budget what it reads and returns. Those that are called most have a type
// of their own here, because reflection takes longer than what they do.
func (r *renderer) charge(name string, f any) any {
	if before := multiplied[name]; before != nil {
		return r.multipliedCharge(name, f, before)
	}
	switch f := f.(type) {
	case func(...any) []any: // list
		return func(items ...any) ([]any, error) { return f(items...), r.pay(0, 16*len(items)) }
	case func(...any) (map[string]any, error): // dict
		return func(members ...any) (map[string]any, error) {
			v, err := f(members...)
			return v, r.paid(err, 32*len(members))
		}
	case func(string) string:
		return chargedOne(r, func(a string) (string, error) { return f(a), nil })
	case func(string, string) bool:
		return chargedTwo(r, func(a, b string) (bool, error) { return f(a, b), nil })
	case func(string, string) string:
		return chargedTwo(r, func(a, b string) (string, error) { return f(a, b), nil })
	case func(any, any) bool:
		return chargedTwo(r, func(a, b any) (bool, error) { return f(a, b), nil })
	case func(any, any) []any: // append and its like, which read no deeper than the list
		return func(a, b any) ([]any, error) {
			v := f(a, b)
			return v, r.pay(16*len(v), 16*len(v))
		}
	case func(any, any) (bool, error): // ne
		return chargedTwo(r, f)
	case func(any, any, ...any) (bool, error): // eq
		return func(a, b any, others ...any) (bool, error) {
			if err := r.pay(sizeOf(a)+sizeOf(b)+sizeOf(others), 0); err != nil {
				return false, err
			}
			return f(a, b, others...)
		}
	case func(...any) int64: // add
		return func(numbers ...any) (int64, error) {
			if err := r.pay(sizeOf(numbers), 0); err != nil {
				return 0, err
			}
			return f(numbers...), nil
		}
	case func(any) (string, error): // toString
		return chargedOne(r, f)
	case func(string, string) []string: // splitList
		return chargedTwo(r, func(a, b string) ([]string, error) { return f(a, b), nil })
	case func(string, any, any) (any, error): // distinct
		return func(a string, b, c any) (any, error) {
			if err := r.pay(len(a)+sizeOf(b)+sizeOf(c), 0); err != nil {
				return nil, err
			}
			v, err := f(a, b, c)
			return v, r.paid(err, sizeOf(v))
		}
	case func(any) (any, error):
		return chargedOne(r, f)
	case func(any) (*escape.Source, error):
		return chargedOne(r, f)
	case func(string, ...any) (string, error):
		return func(a string, b ...any) (string, error) {
			size := sizeOf(b)
			if err := r.pay(len(a)+size, 0); err != nil {
				return "", err
			}
			if !r.budget.holds(sizeOfFormatted(a, size)) {
				return "", r.budget.from.errSpent("bytes")
			}
			v, err := f(a, b...)
			return v, r.paid(err, len(v))
		}
	}
	return r.reflected(f, nil)
}

// chargedOne is charge for a function of one argument.
func chargedOne[A, R any](r *renderer, f func(A) (R, error)) func(A) (R, error) {
	return func(a A) (made R, err error) {
		if err := r.pay(sizeOf(a), 0); err != nil {
			return made, err
		}
		made, err = f(a)
		return made, r.paid(err, sizeOf(made))
	}
}

// chargedTwo is charge for a function of two arguments.
func chargedTwo[A, B, R any](r *renderer, f func(A, B) (R, error)) func(A, B) (R, error) {
	return func(a A, b B) (made R, err error) {
		if err := r.pay(sizeOf(a)+sizeOf(b), 0); err != nil {
			return made, err
		}
		made, err = f(a, b)
		return made, r.paid(err, sizeOf(made))
	}
}

// multipliedCharge is charge for a function whose result or work is told before it is called.
func (r *renderer) multipliedCharge(name string, f any, before func(args []reflect.Value) int) any {
	match, isMatch := f.(func(string, string) bool)
	switch indent, ok := f.(func(int, any) (any, error)); {
	case ok: // and nindent
		return func(column int, v any) (any, error) {
			read := sizeOf(v)
			if err := r.pay(read, 0); err != nil {
				return nil, err
			}
			if err := r.payBefore(times(column, 1+countLines(v))); err != nil {
				return nil, err
			}
			indented, err := indent(column, v)
			return indented, r.paid(err, sizeOf(indented))
		}
	case name != "regexMatch" || !isMatch:
		return r.reflected(f, before)
	}
	return func(expression, text string) (bool, error) {
		work := times(expressionOf(expression).states, len(text)+1) / bytesOfStep
		if err := r.pay(len(expression)+len(text)+work, 0); err != nil {
			return false, err
		}
		return match(expression, text), nil
	}
}

// payBefore takes what a call is told to take before it is made.
func (r *renderer) payBefore(size int) error {
	if !r.budget.holds(size) {
		return r.budget.from.errSpent("bytes")
	}
	return r.pay(size, 0)
}

// paid takes what a call has made, unless it failed or made nothing.
func (r *renderer) paid(err error, made int) error {
	if err != nil || made == 0 {
		return err
	}
	return r.pay(made, made)
}

func (r *renderer) pay(touched, made int) error { return r.budget.spend(1+touched/bytesOfStep, made) }

// sizeOfFormatted returns the maximum size of the result of printf for values of that size: each verb may print all of
// them, in a width of up to a million.
func sizeOfFormatted(format string, values int) int {
	verbs := strings.Count(format, "%")
	if strings.ContainsAny(format, "*123456789") {
		values += maxWidth(format)
	}
	return len(format) + times(verbs, values)
}

// maxWidth returns the largest number in a format, or the maximum for a "*".
func maxWidth(format string) int {
	const most = 1_000_000 // as package fmt has it
	largest, number := 0, 0
	for i := range len(format) {
		switch c := format[i]; {
		case c == '*':
			return most
		case c >= '0' && c <= '9' && number < most:
			number = 10*number + int(c-'0')
			largest = max(largest, number)
		default:
			number = 0
		}
	}
	return min(largest, most)
}

// multiplied returns the result size of functions whose result can be far larger than their arguments.
var multiplied = map[string]func(args []reflect.Value) int{
	"regexFind":        searched,
	"regexFindAll":     searchedAgain,
	"regexMatch":       searched,
	"regexSplit":       searchedAgain,
	"mustRegexFind":    searched,
	"mustRegexFindAll": searchedAgain,
	"mustRegexMatch":   searched,
	"mustRegexSplit":   searchedAgain,
	"split":            divided,
	"splitn":           divided,
	"trimAll":          func(args []reflect.Value) int { return times(args[0].Len(), args[1].Len()) / bytesOfStep },
	"trimall":          func(args []reflect.Value) int { return times(args[0].Len(), args[1].Len()) / bytesOfStep },
	"uniq":             compared,
	"mustUniq":         compared,
	"indent":           func(args []reflect.Value) int { return sizeOfLines(args[0], args[1]) },
	"nindent":          func(args []reflect.Value) int { return sizeOfLines(args[0], args[1]) },
	"repeat":           func(args []reflect.Value) int { return times(int(args[0].Int()), args[1].Len()) },
	"replace":          func(args []reflect.Value) int { return times(args[2].Len()+1, args[1].Len()) },
	"join":             func(args []reflect.Value) int { return times(lengthOf(args[1]), args[0].Len()) },
	"until":            func(args []reflect.Value) int { return times(max(int(args[0].Int()), -int(args[0].Int())), 8) },
	"untilStep": func(args []reflect.Value) int {
		from, to, step := int(args[0].Int()), int(args[1].Int()), int(args[2].Int())
		return times(max(to-from, from-to)/max(1, step, -step), 8)
	},
	"seq": func(args []reflect.Value) int {
		list, largest := args[0], 0
		for i := range list.Len() {
			n := int(list.Index(i).Int())
			largest = max(largest, n, -n)
		}
		return times(largest, 16)
	},
	"wrapWith": func(args []reflect.Value) int { return times(args[2].Len()+1, args[1].Len()) },
	"regexReplaceAll": func(args []reflect.Value) int {
		return max(searchedAgain(args), times(args[1].Len()+1, args[2].Len()+1))
	},
	"regexReplaceAllLiteral": func(args []reflect.Value) int { return max(searchedAgain(args), times(args[1].Len()+1, args[2].Len())) },
	"mustRegexReplaceAll": func(args []reflect.Value) int {
		return max(searchedAgain(args), times(args[1].Len()+1, args[2].Len()+1))
	},
	"mustRegexReplaceAllLiteral": func(args []reflect.Value) int { return max(searchedAgain(args), times(args[1].Len()+1, args[2].Len())) },
}

// searched returns the work of an expression that goes through a text, as a size.
func searched(args []reflect.Value) int {
	return times(expressionOf(args[0].String()).states, args[1].Len()+1) / bytesOfStep
}

// searchedAgain is searched for all matches: after each one, the rest of the text may be searched again.
func searchedAgain(args []reflect.Value) int {
	length := args[1].Len() + 1
	return max(searched(args), times(length, length)/bytesOfStep)
}

// divided returns the work of putting the parts of a text into a map, which is sorted in each range over it.
func divided(args []reflect.Value) int {
	const most = 10_000
	text := args[len(args)-1].String()
	if by := args[0].String(); strings.Count(text, by) > most {
		return maxTextSize
	}
	return len(text)
}

// compared returns the work of comparing each item of a list with each other one.
func compared(args []reflect.Value) int {
	n := lengthOf(args[0])
	return times(n, n)
}

// times is a product that does not overflow.
func times(n, size int) int {
	if n <= 0 || size <= 0 {
		return 0
	}
	const most = 1 << 50
	if n > most/size {
		return most
	}
	return n * size
}

func sizeOfLines(column, v reflect.Value) int {
	return times(int(column.Int()), 1+countLines(v.Interface()))
}

func countLines(v any) int {
	text := ""
	switch v := v.(type) {
	case string:
		text = v
	case *escape.Source:
		if v != nil {
			text = v.Text
		}
	}
	n := 0
	for i := range len(text) {
		if text[i] == '\n' {
			n++
		}
	}
	return n
}

func lengthOf(v reflect.Value) int {
	for v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Array, reflect.String:
		return v.Len()
	}
	return 1
}

// reflected returns a function of the same type, with an error, that takes from the budget what before says that it will
// return, then what it reads and returns.
func (r *renderer) reflected(f any, before func(args []reflect.Value) int) any {
	call, of := reflect.ValueOf(f), reflect.TypeOf(f)
	var in []reflect.Type
	for i := range of.NumIn() {
		in = append(in, of.In(i))
	}
	failure := reflect.TypeFor[error]()
	typ := reflect.FuncOf(in, []reflect.Type{of.Out(0), failure}, of.IsVariadic())
	return reflect.MakeFunc(typ, func(args []reflect.Value) []reflect.Value {
		refuse := func(err error) []reflect.Value {
			return []reflect.Value{reflect.Zero(of.Out(0)), reflect.ValueOf(&err).Elem()}
		}
		read := 0
		for _, arg := range args {
			read += sizeOfValue(arg)
		}
		if err := r.pay(read, 0); err != nil {
			return refuse(err)
		}
		if before != nil {
			size := before(args)
			if err := r.payBefore(size); err != nil {
				return refuse(err)
			}
		}
		var results []reflect.Value
		if of.IsVariadic() {
			results = call.CallSlice(args)
		} else {
			results = call.Call(args)
		}
		made := sizeOfValue(results[0])
		if err := r.pay(made, made); err != nil {
			return refuse(err)
		}
		if len(results) == 2 {
			return results
		}
		return []reflect.Value{results[0], reflect.Zero(failure)}
	}).Interface()
}

// sizeOf returns the approximate number of bytes that a function reads of a value, including nested lists and dicts: a
// list that contains another one twice, and so on, is small in memory but enormous in print.
func sizeOf(v any) int {
	size := 0
	weigh(v, &size, 0)
	return size
}

// weigh adds what a value takes, until that is more than any budget.
func weigh(v any, size *int, depth int) {
	if depth > maxSizeDepth {
		*size = maxTextSize // it holds itself
		return
	}
	switch v := v.(type) {
	case string:
		*size += len(v)
	case *escape.Source:
		if v != nil {
			*size += len(v.Text)
		}
	case []string:
		*size += 16 * len(v)
	case []int:
		*size += 16 * len(v)
	case []any:
		*size += 16 * len(v)
		for i := 0; i < len(v) && *size < maxTextSize; i++ {
			weigh(v[i], size, depth+1)
		}
	case map[string]any:
		*size += 32 * len(v)
		for name, member := range v {
			if *size >= maxTextSize {
				break
			}
			*size += len(name)
			weigh(member, size, depth+1)
		}
	}
}

// maxSizeDepth is how far lists and dicts may nest that a function reads.
const maxSizeDepth = 1000

// sizeOfValue is sizeOf of a value of any type.
func sizeOfValue(v reflect.Value) int {
	switch v.Kind() {
	case reflect.Invalid:
		return 0
	case reflect.String:
		return v.Len()
	case reflect.Slice:
		if list, isAny := v.Interface().([]any); isAny {
			return sizeOf(list)
		}
		return 16 * v.Len()
	case reflect.Map, reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			return sizeOf(v.Interface())
		}
	}
	return 0
}
