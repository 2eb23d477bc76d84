package generator

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/generator/lint"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Lint returns the slips that can be seen in the pack's templates without rendering them, sorted: fields that their
// dot does not have or that may be nil, parameters that pack.yaml does not list, calls that a function cannot take,
// partials that include each other endlessly. Templates that an upper layer replaces are not looked at.
func (p *Pack) Lint() value.Problems {
	return p.lint(lint.Check).Sorted()
}

// lint checks the templates, and reports the problems of those in pack.yaml at their positions there.
func (p *Pack) lint(check func([]*lint.Template) value.Problems) value.Problems {
	var templates []*lint.Template
	whole, view := p.viewType(""), p.viewType(EachResource)
	keys := map[string]value.Problem{} // of pack.yaml that hold a template, by the name of its file: the place and what to call it
	add := func(s *source, dot, view lint.Type, at value.Pos, key string) {
		if s != nil && s.root() != nil {
			templates = append(templates, s.linted(dot, view))
			keys[s.file] = value.Problem{Pos: at, Msg: key}
		}
	}
	for _, o := range p.Outputs {
		dot := view
		if o.IsOnce() {
			dot = whole
		}
		add(p.templates[o.Template], dot, dot, value.Pos{}, "")
		add(o.path, dot, dot, o.pos, "path "+o.Path)
		add(o.when, dot, dot, o.pos, "when "+o.When)
	}
	for _, parameter := range p.Parameters {
		add(p.defaults[parameter.Name], whole, whole, parameter.Default.Pos, "the default of parameter "+parameter.Name)
	}
	for _, s := range p.sources() {
		if _, isPartial := s.partial(); isPartial {
			add(s, s.declaredDot(view), view, value.Pos{}, "")
		}
	}
	for _, s := range p.below {
		if s.parsed == nil {
			add(s, lint.Type{}, view, value.Pos{}, "")
		}
	}
	problems := check(templates)
	for i, problem := range problems {
		if key := keys[problem.Pos.File]; key.Msg != "" {
			problems[i].Pos, problems[i].Msg = key.Pos, key.Msg+": "+problem.Msg
		}
	}
	return problems
}

// linted returns the template as package lint takes it, with the type of its dot.
func (s *source) linted(dot, view lint.Type) *lint.Template {
	t := &lint.Template{
		File: s.file, Text: s.text, Root: s.root(), IsParsed: s.parsed != nil, Dot: dot, View: view, Yields: lint.Of(reflect.TypeFor[escape.Source]()), IsNone: model.IsOptional,
		Words: map[string][]string{"schema": slices.Sorted(maps.Keys(dialects))},
	}
	if s.language == escape.Text {
		t.Yields = lint.Of(reflect.TypeFor[string]())
	}
	if name, isPartial := s.partial(); isPartial {
		t.Partial = name
	}
	all, own := functions(), escape.TemplateFuncs(s.language)
	t.Function = func(name string) reflect.Type {
		if f, ok := all[name]; ok {
			return reflect.TypeOf(f)
		}
		return reflect.TypeOf(own[name])
	}
	t.Unknown = s.functionMeant
	return t
}

const onlyOfEach = "it is set only in outputs with `each: resource`; elsewhere wrap it in {{ with .Resource }}"

// viewType returns the type of a View of an output with that each.
func (p *Pack) viewType(each string) lint.Type {
	resource := lint.Of(reflect.TypeFor[model.Resource]())
	ofOne := resource
	if each == "" {
		ofOne = resource.OrNone(onlyOfEach)
	}
	api := lint.Of(reflect.TypeFor[model.API]())
	ways := []lint.Way{{To: api, Before: ".API."}, {To: resource, Before: "{{ range .API.Resources }}{{ .", Behind: " }}{{ end }}"}}
	if each != "" {
		ways = []lint.Way{{To: resource, Before: ".Resource."}, ways[0]}
	}
	return lint.Record{Of: reflect.TypeFor[View](), Ways: ways, Members: map[string]lint.Type{
		"API":      api,
		"Resource": ofOne,
		"Output":   lint.Of(reflect.TypeFor[Output]()),
		"Params":   p.paramsType(),
	}}.Type()
}

// paramsType returns the type of the pack's parameters.
func (p *Pack) paramsType() lint.Type {
	parameters := map[string]lint.Type{}
	for _, parameter := range p.Parameters {
		parameters[parameter.Name] = lint.Unknown
	}
	return lint.Record{
		Of: reflect.TypeFor[Params](), Members: parameters, Noun: "parameter", Remedy: "add it to the parameters of pack.yaml",
	}.Type()
}

// dotComment matches the type of the dot in the first comment of a template, in the form that editors read.
var dotComment = regexp.MustCompile(`^\{\{-? ?/\*[^{}]*\bgotype: *((?:\[\]|\*)*)([\w./-]+)`)

// declaredDot returns the type that the first comment says the dot has, or the zero one. That of View is given.
func (s *source) declaredDot(view lint.Type) lint.Type {
	m := dotComment.FindStringSubmatch(s.text)
	if m == nil {
		return lint.Type{}
	}
	i := slices.IndexFunc(viewTypes(), func(t reflect.Type) bool { return strings.HasSuffix(strings.TrimSuffix(m[2], "."), "/"+t.String()) })
	if i < 0 {
		return lint.Type{}
	}
	dot := lint.Of(viewTypes()[i])
	if dot.String() == view.String() {
		dot = view
	}
	for range strings.Count(m[1], "[]") {
		dot = lint.ListOf(dot)
	}
	return dot
}
