package generator

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// Params are the values of a pack's parameters by name, as templates read them: string, bool, int, float64, []any,
// map[string]any, nil; a number that none of these holds is a *value.Value.
type Params map[string]any

// Params returns the values of all parameters: those of `key=value` texts over the defaults. The value of a string
// parameter is the text itself, any other is YAML; the last value for a key wins. The error is value.Problems: every
// text that has no "=", names no parameter, or has a value that the parameter's schema rejects.
func (p *Pack) Params(set []string) (Params, error) { return p.ParamsFrom(nil, set) }

// ParamsFrom is Params with the members of an object, which may be nil, between the defaults and the texts. Parameters
// whose default comes from the API are left out if not given: Render adds them.
func (p *Pack) ParamsFrom(given *value.Value, set []string) (Params, error) {
	var problems value.Problems
	params := Params{}
	for _, parameter := range p.Parameters {
		if !parameter.IsDerived() {
			params[parameter.Name] = native(parameter.Default)
		}
	}
	if given != nil {
		for _, m := range given.Members {
			at := place{m.Pos, m.Value.Pos}
			p.set(params, at, m.Name, func(parameter Parameter) (*value.Value, error) {
				if parameter.isText() && m.Value.Kind != value.KindArray && m.Value.Kind != value.KindObject {
					return value.String(m.Value.Written()), nil
				}
				return m.Value, nil
			}, &problems)
		}
	}
	for _, text := range set {
		name, rest, ok := strings.Cut(text, "=")
		if !ok {
			problems.Add(value.ParameterValue, value.Pos{File: "--set " + text}, "write --set "+text+"=VALUE", "no value")
			continue
		}
		at := value.Pos{File: "--set " + text}
		p.set(params, place{at, at}, name, func(parameter Parameter) (*value.Value, error) {
			return parameter.read(rest)
		}, &problems)
	}
	if problems.HasErrors() {
		return nil, problems.Sorted()
	}
	return params, nil
}

// place is the position of a parameter's name, and that of its value.
type place struct{ name, value value.Pos }

// set puts the value that read returns into params, or adds why it does not go.
func (p *Pack) set(params Params, at place, name string, read func(Parameter) (*value.Value, error), problems *value.Problems) {
	for _, parameter := range p.Parameters {
		if parameter.Name != name {
			continue
		}
		v, err := read(parameter)
		switch {
		case err != nil:
			problems.Add(value.ParameterValue, at.value, parameter.expected(), "parameter %q: %v", name, err)
		case !parameter.accepts(v):
			problems.Add(value.ParameterValue, at.value, parameter.remedy(v), "parameter %q cannot be %s", name, v.AppendJSON(nil, ""))
		default:
			params[name] = native(v)
		}
		return
	}
	problems.Add(value.UnknownParameter, at.name, value.Suggestion(name, p.parameterNames()), "the pack %s has no parameter %q", p.Name, name)
}

// parameterNames returns the names of the parameters in their order.
func (p *Pack) parameterNames() []string {
	var known []string
	for _, parameter := range p.Parameters {
		known = append(known, parameter.Name)
	}
	return known
}

// checkDefaults reports defaults that do not fit their schemas. One that a lower layer gives is at fault where the
// schema of an upper one refuses it.
func (p *Pack) checkDefaults(problems *value.Problems) {
	for _, parameter := range p.Parameters {
		if parameter.Default.Is(value.KindNull) || parameter.IsDerived() || parameter.accepts(parameter.Default) {
			continue
		}
		at := parameter.Default.Pos
		if at.File != parameter.Pos.File {
			at = parameter.Pos
		}
		problems.Add(value.ParameterValue, at, parameter.remedy(parameter.Default), "the default of parameter %q does not match its schema", parameter.Name)
	}
}

// read returns the value of a text.
func (p Parameter) read(text string) (*value.Value, error) {
	if p.isText() {
		return value.String(text), nil
	}
	var problems value.Problems
	documents := value.Parse("", []byte(text), &problems)
	switch {
	case problems.HasErrors():
		return nil, fmt.Errorf("%q is not valid YAML: %s", text, problems.Sorted()[0].Msg)
	case len(documents) > 1:
		return nil, fmt.Errorf("%q is more than one YAML document", text)
	case len(documents) == 0:
		return &value.Value{}, nil
	}
	return documents[0], nil
}

// isText reports whether the parameter takes strings only.
func (p Parameter) isText() bool {
	if t := p.Schema.Get("type"); t != nil {
		return t.StringOr("") == value.KindString.String()
	}
	enum := p.Schema.Get("enum")
	for _, v := range enumOf(enum) {
		if !v.Is(value.KindString) {
			return false
		}
	}
	return len(enumOf(enum)) > 0
}

func enumOf(enum *value.Value) []*value.Value {
	if enum.Is(value.KindArray) {
		return enum.Items
	}
	return nil
}

func (p Parameter) accepts(v *value.Value) bool {
	return validate.New(func(name string) *value.Value { return p.Schema.Get("$defs").Get(name) }).IsValid(p.Schema, v)
}

// remedy says what to write instead of a value that the parameter does not take.
func (p Parameter) remedy(v *value.Value) string {
	if word := value.TruthWord(v); word != "" && p.accepts(value.Bool(word == "true")) {
		return "write " + word
	}
	return p.expected()
}

// expected says what the parameter takes.
func (p Parameter) expected() string {
	if values := enumOf(p.Schema.Get("enum")); len(values) > 0 {
		var words []string
		for _, v := range values {
			words = append(words, v.Written())
		}
		return "expected one of " + strings.Join(words, ", ")
	}
	if p.Schema.IsTrue() {
		return "expected a YAML value"
	}
	return "expected a value that matches the schema " + string(p.Schema.AppendJSON(nil, ""))
}

// native returns a value as templates compare and range over it.
func native(v *value.Value) any {
	switch v.Kind {
	case value.KindString:
		return v.Text
	case value.KindBool:
		return v.IsTrue()
	case value.KindNumber:
		return nativeNumber(v)
	case value.KindArray:
		list := make([]any, 0, len(v.Items))
		for _, item := range v.Items {
			list = append(list, native(item))
		}
		return list
	case value.KindObject:
		object := make(map[string]any, len(v.Members))
		for _, m := range v.Members {
			object[m.Name] = native(m.Value)
		}
		return object
	}
	return nil
}

// nativeNumber returns an int or float64 where that is written as the number is, else the value with its digits.
func nativeNumber(v *value.Value) any {
	if n, err := strconv.Atoi(v.Text); err == nil && strconv.Itoa(n) == v.Text {
		return n
	}
	if f, err := strconv.ParseFloat(v.Text, 64); err == nil && strconv.FormatFloat(f, 'g', -1, 64) == v.Text {
		return f
	}
	return v
}

// copied returns params that share no map and no list with p: sprig's set and its kin change a map in place, which
// must not reach the templates of another output.
func (p Params) copied() Params {
	c := maps.Clone(p)
	for name, v := range c {
		c[name] = copiedValue(v)
	}
	return c
}

func copiedValue(v any) any {
	switch v := v.(type) {
	case []any:
		list := make([]any, 0, len(v))
		for _, item := range v {
			list = append(list, copiedValue(item))
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for name, member := range v {
			object[name] = copiedValue(member)
		}
		return object
	}
	return v
}
