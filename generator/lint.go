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
	view := p.viewType(EachResource)
	known := namedTypes(view)
	var templates []*lint.Template
	keys := map[string]value.Problem{} // of pack.yaml that hold a template, by the name of its file: the place and what to call it
	key := func(s *source, dot lint.Type, at value.Pos, called string) {
		if s != nil {
			keys[s.file] = value.Problem{Pos: at, Msg: called}
			templates = append(templates, s.linted(dot))
		}
	}
	for _, o := range p.Outputs {
		dot := p.viewType(o.Each)
		if o.Copy == "" {
			templates = append(templates, p.templates[o.Template].linted(dot))
		}
		key(o.path, dot, o.pos, "path "+o.Path)
		key(o.when, dot, o.pos, "when "+o.When)
	}
	for _, parameter := range p.Parameters {
		key(p.defaults[parameter.Name], p.viewType(""), parameter.Default.Pos, "the default of parameter "+parameter.Name)
	}
	for _, s := range p.sources() {
		if name, isPartial := s.partial(); isPartial {
			t := s.linted(s.declaredDot(known))
			t.Partial = name
			templates = append(templates, t)
		}
	}
	problems := lint.Check(templates)
	for i, problem := range problems {
		if at, ok := keys[problem.Pos.File]; ok {
			problems[i].Pos, problems[i].Msg = at.Pos, at.Msg+": "+problem.Msg
		}
	}
	return problems.Sorted()
}

// linted returns the template as package lint takes it, with the type of its dot.
func (s *source) linted(dot lint.Type) *lint.Template {
	yields := lint.Of(reflect.TypeFor[escape.Source]())
	if s.language == escape.Text {
		yields = lint.Of(reflect.TypeFor[string]())
	}
	all, own := functions(), escape.TemplateFuncs(s.language)
	return &lint.Template{
		File: s.file, Text: s.text, Root: s.parsed.Root, Dot: dot, Yields: yields, IsNone: model.IsOptional,
		Words: map[string][]string{"schema": slices.Sorted(maps.Keys(dialects))},
		Function: func(name string) reflect.Type {
			f, ok := all[name]
			if !ok {
				f = own[name]
			}
			return reflect.TypeOf(f)
		},
	}
}

// viewType returns the type of a View of an output with that each.
func (p *Pack) viewType(each string) lint.Type {
	parameters := map[string]lint.Type{}
	for _, parameter := range p.Parameters {
		parameters[parameter.Name] = lint.Unknown
	}
	resource := lint.Of(reflect.TypeFor[model.Resource]())
	if each == "" {
		resource = resource.OrNone("it is set only in outputs with `each: resource`; elsewhere wrap it in {{ with .Resource }}")
	}
	return lint.Record{Of: reflect.TypeFor[View](), Members: map[string]lint.Type{
		"API":      lint.Of(reflect.TypeFor[model.API]()),
		"Resource": resource,
		"Output":   lint.Of(reflect.TypeFor[Output]()),
		"Params": lint.Record{
			Of: reflect.TypeFor[Params](), Members: parameters, Noun: "parameter", Remedy: "add it to the parameters of pack.yaml",
		}.Type(),
	}}.Type()
}

// dotComment matches what the first comment of a template says of its dot, as editors read it.
var dotComment = regexp.MustCompile(`^\{\{-? ?/\*[^{}]*\bgotype: *((?:\[\]|\*)*)([\w./-]+)`)

// declaredDot returns the type that the first comment says the dot has, or the zero one.
func (s *source) declaredDot(known map[string]lint.Type) lint.Type {
	m := dotComment.FindStringSubmatch(s.text)
	if m == nil || known[strings.TrimSuffix(m[2], ".")].String() == "" {
		return lint.Type{}
	}
	dot := known[strings.TrimSuffix(m[2], ".")]
	for range strings.Count(m[1], "[]") {
		dot = lint.ListOf(dot)
	}
	return dot
}

// namedTypes returns the types that a template can get to, by import path and name. That of View is given.
func namedTypes(view lint.Type) map[string]lint.Type {
	known := map[string]lint.Type{}
	for _, t := range viewTypes() {
		known[t.PkgPath()+"."+t.Name()] = lint.Of(t)
	}
	known[reflect.TypeFor[View]().PkgPath()+".View"] = view
	return known
}
