package generator

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode"

	"github.com/firestoned/firestone/generator/lint"
	"github.com/firestoned/firestone/generator/tree"
	"github.com/firestoned/firestone/model/value"
)

// The messages of text/template about fields, which are only available as text.
var (
	noField     = value.Expression(`^can't evaluate field (\S+) in type \*?(.+)$`)
	nilField    = value.Expression(`^nil pointer evaluating \*?(.+)\.(\S+)$`)
	nilData     = value.Expression(`^nil data; no entry for key "(.*)"$`)
	noEntry     = value.Expression(`^map has no entry for key "(.*)"$`)
	noArgs      = value.Expression(`^(?:can't give argument to non-function )?(\S+)(?: has arguments but cannot be invoked as function)?$`)
	noRange     = value.Expression(`^range can't iterate over (.*)$`)
	wrongType   = value.Expression(`^wrong type for value; expected (.+); got (.+)$`)
	outOfRange  = value.Expression(`^index out of range: (\d+)$`)
	notDeclared = value.Expression(`^undefined variable: (\$\w+)$`)
	wrongArgs   = value.Expression(`^wrong number of args for (\S+): want (at least )?(\d+) got (\d+)$`)
)

// described returns the problem of an error at an offset of the template on top of the stack: what a function returned, or
// what text/template says in the words of lint, at the same place.
func (r *renderer) described(exec template.ExecError, cause string, offset int) value.Problem {
	s := r.top().source
	var returned value.Problem
	if errors.As(exec.Err, &returned) {
		return value.Problem{Code: cmp.Or(returned.Code, value.UnwritableValue), Pos: s.pos(offset), Msg: returned.Msg, Hint: returned.Hint}
	}
	problem := value.Problem{Code: kindOf(cause), Msg: cause}
	at, path := offset, ""
	if m := noField().FindStringSubmatch(cause); m != nil {
		at, path = s.member(offset, m[1])
		if of, ok := r.typeNamed(m[2]); ok {
			problem = r.scope(path, of).NoField(of, m[1])
		}
	} else if m := nilField().FindStringSubmatch(cause); m != nil {
		at, path = s.member(offset, m[2])
		problem = lint.NilField("the "+strings.Replace(m[1], "interface {}", "value", 1)+" is nil", m[2], path)
		if path == ".Resource" && m[1] == "model.Resource" {
			problem.Hint = onlyOfEach
		}
	} else if m := nilData().FindStringSubmatch(cause); m != nil {
		at, path = s.member(offset, m[1])
		problem = lint.NilField("the value is nil", m[1], path)
	} else if m := noEntry().FindStringSubmatch(cause); m != nil {
		at, path = s.member(offset, m[1])
		problem = r.noEntry(m[1], path, offset)
	} else if m := noArgs().FindStringSubmatch(cause); m != nil && m[0] != m[1] {
		at, _ = s.member(offset, m[1])
		problem = value.Problem{Code: value.WrongArguments, Msg: m[1] + " takes no arguments", Hint: s.noArguments(offset)}
	} else if m := wrongArgs().FindStringSubmatch(cause); m != nil {
		problem.Msg = fmt.Sprintf("wrong number of arguments for %s: expected %s%s, got %s", m[1], m[2], m[3], m[4])
		problem.Hint = lint.Usage(m[1])
		if bare, ok := lint.FieldMeant(m[1], r.typeOf(r.top().dotsAt(offset)[0])); ok && m[4] == "0" {
			problem = bare
		}
	}
	if m := noRange().FindStringSubmatch(cause); m != nil {
		problem.Msg, problem.Hint = fmt.Sprintf("range cannot iterate over %q", value.Shorten(m[1])), "range takes a list, a map or a number; a string is split by {{ range splitList \",\" VALUE }}"
		if m[1] == "<nil>" {
			problem.Msg, problem.Hint = "range cannot iterate over nothing", "wrap it in {{ with }}"
		}
	} else if m := wrongType().FindStringSubmatch(cause); m != nil {
		problem.Msg = fmt.Sprintf("the argument is %s, and the function takes %s", typeWord(m[2]), typeWord(m[1]))
		problem.Hint = lint.Usage(s.functionOf(offset))
	} else if m := outOfRange().FindStringSubmatch(cause); m != nil {
		problem.Msg, problem.Hint = "the list has no item "+m[1]+": the first one is 0", "check before with {{ if gt (len LIST) "+m[1]+" }}"
	} else if m := notDeclared().FindStringSubmatch(cause); m != nil {
		if i := strings.LastIndex(s.text[:min(offset, len(s.text))], m[1]); i >= 0 {
			at = i
		}
		problem.Msg, problem.Hint = "the variable "+m[1]+" is not declared here", "declare it with :=, as {{ "+m[1]+" := … }}; = assigns to a declared variable"
	}
	if function := s.wordAt(offset); problem.Hint == "" && !strings.HasPrefix(function, "include") {
		problem.Hint = lint.Usage(function)
	}
	problem.Pos = s.pos(at)
	return problem
}

// wordAt returns the word at the offset, which may be the function that is called there.
func (s *source) wordAt(offset int) string {
	rest := s.text[min(offset, len(s.text)):]
	return rest[:len(rest)-len(strings.TrimLeftFunc(rest, func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }))]
}

// typeWord says in words what a type of Go is.
func typeWord(name string) string {
	switch {
	case strings.HasPrefix(name, "map["):
		return "a dict"
	case strings.HasPrefix(name, "[]"):
		return "a list"
	case strings.HasPrefix(name, "int"), strings.HasPrefix(name, "float"):
		return "a number"
	case name == "string":
		return "a string"
	case name == "bool":
		return "true or false"
	}
	return "a " + strings.TrimPrefix(name, "*")
}

// functionOf returns the function that is called with the argument at the offset, or "".
func (s *source) functionOf(offset int) (function string) {
	tree.Inspect(s.parsed.Root, func(node parse.Node) bool {
		command, ok := node.(*parse.CommandNode)
		if !ok {
			return true
		}
		called, isCall := command.Args[0].(*parse.IdentifierNode)
		if isCall && slices.ContainsFunc(command.Args, func(arg parse.Node) bool { return int(arg.Position()) == offset }) {
			function = called.Ident
		}
		return true
	})
	return function
}

// kindOf returns the kind of what text/template reports.
func kindOf(cause string) value.Code {
	switch {
	case noField().MatchString(cause):
		return value.UnknownField
	case strings.Contains(cause, "wrong number of args"), strings.Contains(cause, "wrong type for value"):
		return value.WrongArguments
	}
	return value.FailedAction
}

// noArguments returns the hint for the command at the offset, whose first word takes no arguments.
func (s *source) noArguments(offset int) (hint string) {
	tree.Inspect(s.parsed.Root, func(node parse.Node) bool {
		if command, ok := node.(*parse.CommandNode); ok && int(command.Args[0].Position()) == offset {
			hint = cmp.Or(hint, lint.NoArguments(command))
		}
		return true
	})
	return hint
}

// scope returns what the template on top of the stack can read if a value of that type is the dot, or nothing if the
// value is not the dot.
func (r *renderer) scope(path string, of lint.Type) lint.Scope {
	isFunction := r.top().source.isFunction
	if path != "." {
		return lint.Scope{IsFunction: isFunction}
	}
	return lint.Scope{Dot: of, Top: r.typeOf(r.top().data), View: r.typeOf(r.root), IsFunction: isFunction}
}

// typeOf returns the type of a value.
func (r *renderer) typeOf(v any) lint.Type {
	switch v.(type) {
	case nil:
		return lint.Unknown
	case View:
		return r.pack.viewType(r.root.Output.Each)
	}
	return lint.Of(reflect.TypeOf(v))
}

// noEntry returns the problem of a key missing in a map, with the key that was probably meant.
func (r *renderer) noEntry(key, path string, offset int) value.Problem {
	switch {
	case slices.Contains([]string{".Params", "$.Params", "(root).Params"}, path):
		return r.scope("", lint.Unknown).NoField(r.pack.paramsType(), key)
	case path == ".":
		if dict, ok := r.top().dotsAt(offset)[0].(map[string]any); ok {
			return r.scope("", lint.Unknown).NoField(lint.DictOf(slices.Collect(maps.Keys(dict))), key)
		}
	}
	return value.Problem{Code: value.UnknownField, Msg: fmt.Sprintf("a map has no field %q", key), Hint: "check for it with hasKey first"}
}

// member returns the offset of a name in the path of fields at the offset, and the path before it: ".Resource" for the
// Name in .Resource.Name.
func (s *source) member(offset int, name string) (at int, path string) {
	at = offset
	tree.Inspect(s.parsed.Root, func(node parse.Node) bool {
		chain, isChain := node.(*parse.ChainNode)
		isIn := isChain && tree.Start(chain) <= offset && offset <= int(chain.Pos) // the error is at what was looked at last
		if path != "" || int(node.Position()) != offset && !isIn {
			return true
		}
		start, before, names := tree.Start(node), "", []string(nil)
		switch node := node.(type) {
		case *parse.FieldNode:
			names = node.Ident
		case *parse.VariableNode:
			before, names = node.Ident[0], node.Ident[1:]
			start += len(before)
		case *parse.ChainNode:
			before, names = "("+node.Node.String()+")", node.Field
			start = int(node.Pos)
		}
		for _, other := range names {
			start += len(".")
			if other == name {
				at, path = start, cmp.Or(before, ".")
				break
			}
			before += "." + other
			start += len(other)
		}
		return true
	})
	return at, path
}

// typeNamed returns the type of that name, as errors of text/template write it.
func (r *renderer) typeNamed(name string) (lint.Type, bool) {
	if name == reflect.TypeFor[View]().String() {
		return r.typeOf(r.root), true
	}
	if strings.HasPrefix(name, "[") {
		return lint.ListOf(lint.Unknown), true
	}
	for _, t := range append(viewTypes(), reflect.TypeFor[string](), reflect.TypeFor[bool](), reflect.TypeFor[int](), reflect.TypeFor[float64]()) {
		if t.String() == name {
			return lint.Of(t), true
		}
	}
	return lint.Type{}, false
}
