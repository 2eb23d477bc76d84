package execute_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"text/template"

	"github.com/firestoned/firestone/generator/execute"
)

type kind string

type shelf struct {
	Name   string
	Kind   kind
	Size   int
	Any    any
	Inner  *shelf
	Parts  []*shelf
	Plain  []part
	Words  []string
	Things []any
	Tags   map[string]any
	Counts map[string]int
	part   // embedded
	hidden string
}

type part struct{ Label string }

func (p part) Shout(times int) string   { return strings.Repeat(strings.ToUpper(p.Label), times) }
func (p *part) Point() string           { return "&" + p.Label }
func (s *shelf) Title() string          { return "Title of " + s.Name }
func (s *shelf) IsNil() bool            { return s == nil }
func (s *shelf) Find(n string) *shelf   { return map[string]*shelf{"inner": s.Inner}[n] }
func (s *shelf) Fails() (string, error) { return "", errors.New("it fails") }
func (s *shelf) Join(by string, of ...string) string {
	return strings.Join(of, by)
}

type printer struct{ text string }

func (p *printer) String() string { return "<" + p.text + ">" }

var functions = template.FuncMap{
	"list":   func(v ...any) ([]any, error) { return v, nil },
	"dict":   func(k string, v any) map[string]any { return map[string]any{k: v} },
	"upper":  func(s string) (string, error) { return strings.ToUpper(s), nil },
	"join":   func(by string, of []string) string { return strings.Join(of, by) },
	"fails":  func(v any) (any, error) { return nil, fmt.Errorf("it fails on %v", v) },
	"panics": func() (string, error) { panic("it panics") },
	"same":   func(v any) any { return v },
	"both":   func(a, b any) (bool, error) { return a != nil && b != nil, nil },
	"nil_":   func() any { return nil },
	"shelf":  func(s *shelf) string { return s.Name },
	"part":   func(p part) string { return p.Label },
	"point":  func(p *part) string { return p.Label },
	"print_": func(s string) *printer { return &printer{s} },
	"_write": func(flags int, v any) (string, error) {
		if v == 13 {
			return "", errors.New("no 13")
		}
		return fmt.Sprintf("%d:%v", flags, v), nil
	},
}

func data() *shelf {
	inner := &shelf{Name: "inner", Kind: "box", part: part{"in"}}
	return &shelf{
		Name: "outer", Kind: "shelf", Size: 3, Any: inner, Inner: inner, Parts: []*shelf{inner, {Name: "b"}}, Plain: []part{{"x"}, {"y"}},
		Words: []string{"a", "b", "c"}, Things: []any{"t", 1, nil, inner, true, 1.5},
		Tags: map[string]any{"z": 1, "a": "one", "none": nil}, Counts: map[string]int{"two": 2, "one": 1}, part: part{"out"}, hidden: "h",
	}
}

var texts = []string{
	``, `text`, `{{ .Name }} and {{ .Kind }}`, `{{ .Inner.Name }}`, `{{ .Any.Name }}`, `{{ .Inner.Inner }}`, `{{ .Label }}`, `{{ .Inner.Label }}`,
	`{{ .Title }} {{ .Inner.Title }}`, `{{ .Shout 2 }}`, `{{ 2 | .Shout }}`, `{{ .Join "-" "a" "b" }}`, `{{ "b" | .Join "-" "a" }}`, `{{ (.Find "inner").Name }}`,
	`{{ (.Find "no").IsNil }}`, `{{ range .Plain }}{{ .Point }}{{ .Shout 1 }}{{ end }}`, `{{ (index .Plain 1).Label }}`, `{{ .Point }}`,
	`{{ range $i, $p := .Parts }}{{ if $i }}, {{ end }}{{ $p.Name }}{{ end }}`, `{{ range .Things }}[{{ . }}]{{ end }}`,
	`{{ range $k, $v := .Tags }}{{ $k }}={{ $v }};{{ end }}`, `{{ range .Counts }}{{ . }}{{ end }}`, `{{ range 3 }}{{ . }}{{ else }}none{{ end }}`, `{{ range 0 }}{{ . }}{{ else }}none{{ end }}`,
	`{{ range .Inner.Words }}{{ else }}none{{ end }}`, `{{ range .Tags.none }}{{ else }}none{{ end }}`, `{{ range $x := .Words }}{{ if same false }}{{ continue }}{{ end }}{{ $x }}{{ end }}`,
	`{{ range .Words }}{{ if same true }}{{ break }}{{ end }}{{ . }}{{ end }} after`, `{{ range $x := .Words }}{{ range $x := $.Parts }}{{ $x.Name }}{{ end }}{{ $x }}{{ end }}`,
	`{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $y := 3 }}{{ $x }}{{ $y }}{{ end }}{{ $x }}`, `{{ $x := 1 }}{{ range .Words }}{{ $x := . }}{{ $x }}{{ end }}{{ $x }}`,
	`{{ $x := "" }}{{ range $x = .Words }}{{ end }}{{ $x }}`, `{{ with .Inner }}{{ .Name }}{{ $.Name }}{{ end }}`, `{{ with $x := .Inner }}{{ $x.Name }}{{ else }}{{ $x }}{{ end }}`,
	`{{ with .Inner.Inner }}a{{ else with .Words }}{{ . }}{{ else }}b{{ end }}`, `{{ if .Inner.Words }}a{{ else if .Words }}b{{ else }}c{{ end }}`,
	`{{ and 1 0 2 }} {{ and .Words "x" }} {{ or 0 "" nil }} {{ or .Inner .Nope }} {{ not .Words }} {{ not 0 }}`, `{{ or nil .Any }}`, `{{ and .Inner .Inner.Name }}`,
	`{{ len .Words }} {{ len .Name }} {{ len .Tags }}`, `{{ len 3 }}`, `{{ len .Inner.Inner }}`, `{{ index .Words 1 }} {{ index .Tags "a" }} {{ index .Counts "no" }} {{ index .Things 3 }}`,
	`{{ index .Words 7 }}`, `{{ index .Words 3 }}`, `{{ index .Words "a" }}`, `{{ index .Tags 1 }}`, `{{ index .Inner.Inner 1 }}`, `{{ index .Any 1 }}`, `{{ index (index .Things 2) 1 }}`, `{{ index (list .Words) 0 2 }}`,
	`{{ lt 1 2 }} {{ le 2 2 }} {{ gt 1 2 }} {{ ge 2 2 }} {{ lt "a" "b" }} {{ lt 1.5 2.5 }} {{ ge .Kind "a" }}`, `{{ lt 1 "a" }}`, `{{ gt .Words 1 }}`, `{{ le true false }}`, `{{ lt nil 1 }}`,
	`{{ html "<" }}`, `{{ slice .Words 1 }}`, `{{ printf "%v" .Size }}`, `{{ 1.5 }} {{ 'a' }} {{ 0x10 }} {{ 1e3 }} {{ true }} {{ "q" }}`, `{{ nil }}`,
	`{{ upper .Name }} {{ .Name | upper }} {{ upper "x" | upper }}`, `{{ upper .Kind }}`, `{{ upper .Size }}`, `{{ upper .Tags.a }}`, `{{ upper .Tags.z }}`, `{{ upper .Tags.none }}`, `{{ upper nil }}`, `{{ upper 1 }}`,
	`{{ upper }}`, `{{ upper "a" "b" }}`, `{{ join "-" .Words }}`, `{{ .Words | join "-" }}`, `{{ join "-" nil }}`, `{{ join "-" .Things }}`, `{{ list }} {{ list 1 "a" .Name nil }}`, `{{ same list }}`,
	`{{ (dict "a" 1).a }}`, `{{ .Tags.no }}`, `{{ .Tags.none.x }}`, `{{ .Nope }}`, `{{ .Inner.Inner.Name }}`, `{{ .Inner.Inner.Nope }}`, `{{ .hidden }}`, `{{ .Name.Nope }}`, `{{ .Name 1 }}`, `{{ .Tags.a 1 }}`,
	`{{ .Any.Any.Name }}`, `{{ $.Name }} {{ $.Inner.Name }}`, `{{ $x := .Tags }}{{ $x.a }}`, `{{ $x := .Any }}{{ $x.Name }}`, `{{ .Fails }}`, `{{ .Shout }}`, `{{ .Join }}`,
	`{{ fails 1 }}`, `{{ 1 | fails }}`, `{{ if fails .Name }}{{ end }}`, `{{ range .Words }}{{ upper (fails .) }}{{ end }}`, `{{ panics }}`, `{{ upper panics }}`, `before {{ panics }} after`, `{{ same nil_ }}`, `{{ nil_ }}`, `{{ if nil_ }}a{{ else }}b{{ end }}`,
	`{{ both .Tags.none 1 }} {{ both .Inner.Inner 1 }} {{ both nil 1 }}`, `{{ shelf .Inner }} {{ shelf .Any }}`, `{{ shelf .Name }}`, `{{ shelf nil }}`, `{{ range .Plain }}{{ part . }}{{ point . }}{{ end }}`, `{{ part .Inner }}`,
	`{{ print_ "a" }}`, `{{ .Inner.Parts }}`, `{{ .Name | _write 3 }}`, `{{ 13 | _write 3 }}`, `{{ .Nope | _write 3 }}`, `{{ nil | _write 3 }}`, `{{ _write 3 13 }}`, `{{ .Tags.none | _write 1 }}`,
	`{{ . | len }}`, `{{ "a" "b" }}`, `{{ .Name | .Kind }}`, `{{ range .Name }}{{ end }}`, `{{ range .Size }}{{ . }}{{ end }}`, `{{ range $i, $x := 3 }}{{ end }}`, `{{ range .Inner }}{{ end }}`, `{{ range true }}{{ end }}`,
	`{{ range list 1 .Inner nil }}{{ with . }}{{ same . }};{{ end }}{{ end }}`, `{{ range .Things }}{{ if . }}{{ same . }}{{ end }}{{ end }}`, `{{ $x := (same .Inner) }}{{ $x.Name }}`, `{{ (same .Inner).Label | upper | printf "%s!" }}`,
}

// failing are texts whose error is said in other words.
var failing = []string{`{{ (dict "a" 1).b }}`, `{{ .Shout "a" }}`, `{{ .Shout nil }}`}

func compile(t *testing.T, text string) (*template.Template, *execute.Program) {
	t.Helper()
	parsed, err := template.New("x").Option("missingkey=error").Funcs(functions).Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	program, ok := execute.Compile(parsed.Tree, func(name string) any { return functions[name] })
	if !ok {
		return parsed, nil
	}
	return parsed, program
}

func TestProgramsFailWhereTextTemplateDoes(t *testing.T) {
	for _, text := range failing {
		_, program := compile(t, text)
		if err := program.Execute(&bytes.Buffer{}, data()); !errors.As(err, new(template.ExecError)) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestProgramsDoWhatTextTemplateDoes executes each text both ways, twice in a row.
func TestProgramsDoWhatTextTemplateDoes(t *testing.T) {
	compiled := 0
	for _, text := range texts {
		parsed, program := compile(t, text)
		if program == nil {
			continue
		}
		compiled++
		for range 2 {
			var want, got bytes.Buffer
			wantErr, gotErr := parsed.Execute(&want, data()), program.Execute(&got, data())
			if got.String() != want.String() || fmt.Sprint(gotErr) != fmt.Sprint(wantErr) {
				t.Errorf("%s\n got %q, %v\nwant %q, %v", text, got.String(), gotErr, want.String(), wantErr)
			}
			var exec, wantExec template.ExecError
			if errors.As(gotErr, &exec) && errors.As(wantErr, &wantExec) && fmt.Sprint(errors.Unwrap(exec.Err)) != fmt.Sprint(errors.Unwrap(wantExec.Err)) {
				t.Errorf("%s: wraps %v, not %v", text, errors.Unwrap(exec.Err), errors.Unwrap(wantExec.Err))
			}
		}
	}
	if refused := len(texts) - compiled; refused > 25 {
		t.Errorf("%d of %d templates are refused", refused, len(texts))
	}
}
