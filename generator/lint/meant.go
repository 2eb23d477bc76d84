package lint

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// Scope is what a template can read at some point.
type Scope struct {
	Dot  Type
	Top  Type // of $
	View Type // of root

	IsFunction func(name string) bool
	variables  []string // including the $
}

// scope returns the scope for a dot of the given type.
func (w *walker) scope(dot Type) Scope {
	s := Scope{Dot: dot, Top: w.dot, View: w.View, IsFunction: w.isFunction}
	for variable := range w.declared {
		s.variables = append(s.variables, variable)
	}
	slices.Sort(s.variables)
	return s
}

func (w *walker) isFunction(name string) bool { return w.signature(name) != nil }

// missing returns the problem that the value at the path does not have the field, with a suggestion.
func (w *walker) missing(of Type, path, field string, offset int) {
	s := Scope{IsFunction: w.isFunction}
	if path == "." {
		s = w.scope(of)
	}
	w.note(offset, s.NoField(of, field))
}

// NilField returns the problem that a field is read of the value at the path, which is or may be nil.
func NilField(isNil, field, path string) value.Problem {
	return value.Problem{Code: value.NilField, Msg: isNil + ", and ." + field + " is read without a check", Hint: "wrap it in {{ with " + path + " }}"}
}

// NoField returns the problem that a value has no such field, with a suggestion. The scope has no types for a value
// that is not the dot.
func (s Scope) NoField(of Type, field string) value.Problem {
	const limit = 12 // more would hide the message
	known := of.Members()
	problem := value.Problem{Code: value.UnknownField, Msg: fmt.Sprintf("%v has no field %q", of, field), Hint: "run `firestone model` to see what a template can read"}
	if len(known) > 0 && len(known) <= limit {
		problem.Hint = "it has ." + strings.Join(known, ", .")
	}
	elsewhere, isExact := s.elsewhere(field)
	switch {
	case of.record != nil && of.record.Noun != "":
		problem.Msg, problem.Hint = fmt.Sprintf("unknown %s %q", of.record.Noun, field), of.record.Remedy
	case of.String() == "value.Value":
		problem.Hint = fmt.Sprintf("write (VALUE.Get %q): the members of a value are not fields", field)
	case of.kind() == reflect.Slice && slices.Contains([]string{"count", "len", "length", "size"}, strings.ToLower(field)):
		problem.Hint = "write {{ len LIST }}"
	case of.kind() == reflect.Slice && slices.Contains([]string{"first", "last"}, strings.ToLower(field)):
		problem.Hint = "write {{ " + strings.ToLower(field) + " LIST }}"
	case of.kind() == reflect.Slice:
		problem.Hint = "wrap it in {{ range }}, or take one item with first or index"
	case s.IsFunction(field) && len(known) == 0:
		problem.Hint = fmt.Sprintf("it is a function: write {{ %s VALUE }} or {{ VALUE | %[1]s }}", field)
	case isExact:
		known, problem.Hint = nil, "did you mean "+elsewhere+"?"
	case of.ways(field) != "":
		problem.Hint += ": write " + of.ways(field)
	case elsewhere != "":
		problem.Hint = "did you mean " + elsewhere + "?"
	}
	problem.Hint = name.Suggest(field, known, ".%s", problem.Hint)
	return problem
}

// elsewhere returns how to write a name that is not a field of the dot: as a field of $, of root (which takes
// precedence over a similar field of the dot), or as a member of one of the dot's fields; or "".
func (s Scope) elsewhere(name string) (written string, isExact bool) {
	if at := s.View.member(name); at == name && at != "" {
		switch {
		case s.Top.equal(s.View) && !s.Dot.equal(s.View):
			return "$." + at, true
		case !s.Top.equal(s.View):
			return "root." + at, true
		}
	}
	for _, member := range s.Dot.Members() {
		inner, _, ok := s.Dot.lookUp(member)
		if ok && inner.isKnown() && !inner.isNone && inner.member(name) == name {
			return "." + member + "." + name, false
		}
	}
	return "", false
}

// unknown reports a call of an unknown function, which usually is a field without its dot. fields are those that follow
// it.
func (w *walker) unknown(called *parse.IdentifierNode, fields []string, dot Type) {
	hint := w.scope(dot).meant(called.Ident, fields)
	if hint == "" {
		hint = w.Unknown(called.Ident)
	}
	if hint == "" {
		hint = name.Suggest(called.Ident, dot.Members(), ".%s", "")
	}
	w.fault(value.UnknownFunction, int(called.Position()), hint, "unknown function %q", called.Ident)
}

// FieldMeant returns the problem that a function is called without arguments where a field of the dot with the same
// name, apart from its dot and capital, is likely meant, as for title; or false.
func FieldMeant(function string, dot Type) (value.Problem, bool) {
	field := dot.member(function)
	return value.Problem{Code: value.WrongArguments, Msg: "the function " + function + " has no arguments", Hint: "did you mean ." + field + "?"}, field != ""
}

// meant returns a suggestion for a word without a dot, followed by fields, or "".
func (s Scope) meant(word string, fields []string) string {
	of, written := s.Dot, "."
	switch member := of.member(word); {
	case member == "" && of.ways(word) != "":
		return "write " + of.ways(word)
	case of.isNoneAt(member) && len(fields) > 0 && of.ways(fields[0]) != "":
		return "write " + of.ways(fields[0])
	case member != "":
	case slices.Contains(s.variables, "$"+word):
		return "did you mean " + strings.Join(append([]string{"$" + word}, fields...), ".") + "?"
	case s.Top.member(word) != "":
		of, written = s.Top, "$."
	case s.View.member(word) != "":
		of, written = s.View, "root."
	default:
		if elsewhere, _ := s.elsewhere(word); elsewhere != "" {
			return "did you mean " + elsewhere + "?"
		}
		return ""
	}
	path := append([]string{word}, fields...)
	for i, name := range path {
		if member := of.member(name); member != "" {
			path[i] = member
			of, _, _ = of.lookUp(member)
		} else {
			of = Unknown
		}
	}
	return "did you mean " + written + strings.Join(path, ".") + "?"
}

// member returns the member with the given name, ignoring capitals and _ between words, or "".
func (t Type) member(name string) string {
	known, plain := t.Members(), strings.ReplaceAll(name, "_", "")
	if slices.Contains(known, name) {
		return name
	}
	if i := slices.IndexFunc(known, func(member string) bool { return strings.EqualFold(member, plain) }); i >= 0 {
		return known[i]
	}
	return ""
}

// ways returns a suggestion for how to get from a value to something with the given name, or "".
func (t Type) ways(name string) string {
	var written []string
	if t.record != nil {
		for _, way := range t.record.Ways {
			if member := way.To.member(name); member != "" {
				written = append(written, way.Before+member+way.Behind)
			}
		}
	}
	return strings.Join(written, ", or ")
}

// isNoneAt reports whether the member of a record may be nil.
func (t Type) isNoneAt(member string) bool { return t.record != nil && t.record.Members[member].isNone }
