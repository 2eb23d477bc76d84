package syntax

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"text/template/parse"
)

func isFunction(name string) bool {
	return slices.Contains(strings.Fields("add and contains default dict div eq ge gt has hasPrefix include indent index join le len list lower lt mod mul ne not or print printf replace set splitList sub ternary title toJson trim upper"), name)
}

// TestCheck has templates that the parser refuses, with the places and what is said there, and how the action is written.
func TestCheck(t *testing.T) {
	for text, want := range map[string]string{
		// Calls.
		`{{ .Name.upper() }}`:                     `1:10: values have no method upper(): upper is a function > write {{ .Name | upper }}`,
		`{{- .Name.toUpperCase().trim() -}}`:      `1:11: values have no method toUpperCase(): upper is a function > write {{- .Name | upper | trim -}}`,
		`{{ if .Name.startswith("a") }}{{ end }}`: `1:13: values have no method startswith(): hasPrefix is a function > write {{ if .Name | hasPrefix "a" }}`,
		`{{ .Name() }}`:                           `1:5: methods and functions are called without parentheses > write {{ .Name }}`,
		`{{ .Schema.Get("type").Text }}`:          `1:12: functions are called without parentheses and commas: f .A .B > write {{ (.Schema.Get "type").Text }}`,
		`{{ $.A.b() }}`:                           `1:8: values have no method b() > functions precede their arguments, {{ upper .Name }}, or follow a |, {{ .Name | upper }}`,
		`{{ upper(.Name) }}`:                      `1:4: functions are called without parentheses and commas: f .A .B > write {{ upper .Name }}`,
		`{{ printf("%s-%s", .A, .B) }}`:           `1:4: functions are called without parentheses and commas: f .A .B > write {{ printf "%s-%s" .A .B }}`,
		`{{ printf "%s-%s", .A, .B }}`:            `1:18: arguments are separated by spaces, without commas > write {{ printf "%s-%s" .A .B }}`,
		`{{ toJson(.A) | indent(2) }}`:            `1:4: functions are called without parentheses and commas: f .A .B > write {{ toJson .A | indent 2 }}`,
		`{{ .Name | replace("-", "_") }}`:         `1:12: functions are called without parentheses and commas: f .A .B > write {{ .Name | replace "-" "_" }}`,
		`{{ name | default('x') }}`:               `1:11: functions are called without parentheses and commas: f .A .B > write {{ .Name | default "x" }}`,
		`{{ .Name | default 'it\'s "x"' }}`:       `1:20: a string is written in double quotes > write {{ .Name | default "it's \"x\"" }}`,
		`{{ include operation-id . }}`:            `1:12: the name of a partial is written in double quotes > write {{ include "operation-id" . }}`,
		`{{ template tag }}`:                      `1:13: the name of a partial is written in double quotes > write {{ include "tag" . }}`,
		`{{ super() }}`:                           `1:4: templates have no "super" > write {{ replaced . }}`,
		`{{ if .Name: }}{{ end }}`:                `1:12: ":" means nothing in an action > remove it`,
		`{{ include('tag', .) }}`:                 `1:4: functions are called without parentheses and commas: f .A .B > write {{ include "tag" . }}`,
		`{{ .Name == 1 | safe }}`:                 `1:10: templates have no operator "==" > write {{ eq .Name 1 }}`,
		`{{ .Items[0] }}`:                         `1:10: templates have no brackets for items: use index > write {{ index .Items 0 }}`,
		`{{ .Params.my-param }}`:                  `1:12: a name with a dash cannot be written as a field > write {{ index .Params "my-param" }}`,
		`{{ .Schema.x-team }}`:                    `1:12: a name with a dash cannot be written as a field > write {{ .Schema.Get "x-team" }}`,
		// Operators.
		`{{ .A == .B }}`: `1:7: templates have no operator "==" > write {{ eq .A .B }}`,
		`{{ if .A == "x" && !.B || .C > 3 }}{{ else if .D != 1 }}{{ end }}`: `1:10: templates have no operator "==" > write {{ if or (and (eq .A "x") (not .B)) (gt .C 3) }}` + "\n" +
			`1:50: templates have no operator "!=" > write {{ else if ne .D 1 }}`,
		`{{ if .A = "x" }}{{ end }}`:          `1:10: templates have no operator "=" > write {{ if eq .A "x" }}`,
		`{{ not .X && .Y }}`:                  `1:11: templates have no operator "&&" > write {{ and (not .X) .Y }}`,
		`{{ .A && .B && .C }}`:                `1:7: templates have no operator "&&" > write {{ and (and .A .B) .C }}`,
		`{{ if (.A == .B) and .C }}{{ end }}`: `1:11: templates have no operator "==" > write {{ if and (eq .A .B) .C }}`,
		`{{ if eq .A .B && .C }}{{ end }}`:    `1:16: templates have no operator "&&" > write {{ if and (eq .A .B) .C }}`,
		`{{ if len(.Items) > 0 }}{{ end }}`:   `1:7: functions are called without parentheses and commas: f .A .B > write {{ if gt (len .Items) 0 }}`,
		`{{ if "a" in .Items }}{{ end }}`:     `1:11: templates have no operator "in" > write {{ if has "a" .Items }}`,
		`{{ if x not in items }}{{ end }}`:    `1:9: templates have no operator "not" > write {{ if not (has .X .Items) }}`,
		`{{ if name is not none }}{{ end }}`:  `1:12: templates have no operator "is" > write {{ if .Name }}`,
		`{{ if name is none }}{{ end }}`:      `1:12: templates have no operator "is" > write {{ if not .Name }}`,
		`{{ "a" + "b" }}`:                     `1:8: templates have no operator "+" > write {{ "a" }}{{ "b" }}`,
		`{{ .A + "-" + .B }}`:                 `1:7: templates have no operator "+" > write {{ .A }}{{ "-" }}{{ .B }}`,
		`{{ upper (.A + "-" ~ .B) }}`:         `1:14: templates have no operator "+" > write {{ upper (printf "%v%v" (printf "%v%v" .A "-") .B) }}`,
		`{{ .A + 1 - .B * 2 }}`:               `1:7: templates have no operator "+" > write {{ sub (add .A 1) (mul .B 2) }}`,
		`{{ .X ?? .Y ?? 'a\n' }}`:             `1:7: templates have no operator "??" > write {{ default "a\n" (default .Y .X) }}`,
		`{{ .Y ?? "b" }}`:                     `1:7: templates have no operator "??" > write {{ default "b" .Y }}`,
		`{{ .X ? "a" : "b" }}`:                `1:7: templates have no operator "?" > write {{ if .X }}{{ "a" }}{{ else }}{{ "b" }}{{ end }}`,
		`{{ upper (.X ? "a" : "b") }}`:        `1:14: templates have no operator "?" > write {{ upper (ternary "a" "b" .X) }}`,
		`{{ x if y }}`:                        `1:6: "if" begins a separate action > write {{ if .Y }}{{ .X }}{{ end }}`,
		`{{ .X if .Y else 'z' }}`:             `1:7: "if" begins a separate action > write {{ if .Y }}{{ .X }}{{ else }}{{ "z" }}{{ end }}`,
		`{{ if .A && }}{{ end }}`:             `1:10: templates have no operator "&&" > ` + example,
		// Statements.
		`{{ for r in .API.Resources }}{{ r.Name }}{{ end }}`: `1:4: templates have no "for" > write {{ range $r := .API.Resources }}`,
		`{{ for (const r of api.resources) }}{{ end }}`:      `1:4: templates have no "for" > write {{ range $r := .API.Resources }}`,
		`{{ for i, r in enumerate(.A) }}{{ end }}`:           `1:4: templates have no "for" > write {{ range $i, $r := .A }}`,
		`{{ for r in .A }}{{ r.is_big == true }}{{ end }}`:   `1:4: templates have no "for" > write {{ range $r := .A }}` + "\n" + `1:30: templates have no operator "==" > write {{ eq $r.IsBig true }}`,
		`{{ foreach .Items as $k => $v }}{{ endforeach }}`:   `1:4: templates have no "foreach" > write {{ range $k, $v := .Items }}` + "\n" + `1:36: templates have no "endforeach" > write {{ end }}`,
		`{{ range r in .Items }}{{ end }}`:                   `1:12: the variable of a range is declared by := > write {{ range $r := .Items }}`,
		`{{ range $i, $r in .Items }}{{ end }}`:              `1:17: the variable of a range is declared by := > write {{ range $i, $r := .Items }}`,
		`{{ range r := .Items }}{{ end }}`:                   `1:10: variables are written with $, as in $r > write {{ range $r := .Items }}`,
		`{{ range .Items as r }}{{ end }}`:                   `1:17: the variable of a range is declared by := > write {{ range $r := .Items }}`,
		`{{ if .A }}{{ elif .B == 1 }}{{ endif }}`:           `1:15: templates have no "elif" > write {{ else if eq .B 1 }}` + "\n" + `1:33: templates have no "endif" > write {{ end }}`,
		`{{ unless .A }}x{{ end }}`:                          `1:4: templates have no "unless" > write {{ if not .A }}`,
		`{{ while true }}x{{ end }}`:                         `1:4: templates have no "while" > write {{ range .Items }} … {{ end }}, {{ if .Name }} … {{ else }} … {{ end }}, or {{ .Name }}`,
		`{{ macro x }}`:                                      `1:4: templates have no "macro" > put it into a partial, _NAME.LANGUAGE.tmpl, and write {{ include "NAME" . }}`,
		`{{ x := .Name }}`:                                   `1:4: variables are written with $, as in $x > write {{ $x := .Name }}`,
		`{{ set x = .Name }}`:                                `1:4: templates have no "set" > write {{ $x := .Name }}`,
		`{{ .A = 1 }}`:                                       `1:7: only variables are assigned to, and their names begin with $ > write {{ $name := VALUE }}`,
		// Other languages.
		`{% if resource %}{{ resource.name }}{% endif %}`:          `1:1: {% if … %} belongs to Jinja or Liquid, and this is a Go template > write {{ if .Resource }}`,
		"a\n {%- for r in resources -%}{{ r.name() }}{% endfor %}": `2:2: {% for … %} belongs to Jinja or Liquid, and this is a Go template > write {{ range $r := .Resources }}` + "\n" + `2:33: fields are read without parentheses > write {{ $r.Name }}`,
		`{% if a %}{{ if .A }}{{ .B() }}{{ end }}`:                 `1:26: methods and functions are called without parentheses > write {{ .B }}`,
		`{% "x" %}`:                              `1:1: {% … %} belongs to Jinja or Liquid, and this is a Go template > write {{ "x" }}`,
		`<%= resource.name %> {{ .A() }}`:        `1:1: <% … %> belongs to ERB or EJS, and this is a Go template > write {{ .Resource.Name }}` + "\n" + `1:26: methods and functions are called without parentheses > write {{ .A }}`,
		`{{#each resources}}{{ name }}{{/each}}`: `1:1: {{#each belongs to Mustache or Handlebars, and this is a Go template > write {{ range .Resources }}`,
		`{{#each resources as |r i|}}{{/each}}`:  `1:1: {{#each belongs to Mustache or Handlebars, and this is a Go template > write {{ range $i, $r := .Resources }}`,
		`{{#if name}}x{{/if}}`:                   `1:1: {{#if belongs to Mustache or Handlebars, and this is a Go template > write {{ if .Name }}`,
		`{{#tags}}x{{/tags}}`:                    `1:1: {{#tags belongs to Mustache or Handlebars, and this is a Go template > write {{ range .Tags }}, or with or if`,
		`{{^name}}x{{/name}}`:                    `1:1: {{^name belongs to Mustache or Handlebars, and this is a Go template > write {{ if not .Name }}`,
		`{{{ name }}}`:                           `1:1: {{{ belongs to Mustache or Handlebars, and this is a Go template > write {{ .Name }}`,
		`{{> part}}`:                             `1:1: {{> belongs to Mustache or Handlebars, and this is a Go template > write {{ include "part" . }}`,
		`{{! note }}`:                            `1:1: {{! belongs to Mustache or Handlebars, and this is a Go template > write {{/* … */}}`,
		// What is not closed.
		"a {{ .Name\n":                                     `1:3: the action is not closed > end it with }}`,
		"a {{ .Name\nb \"c\n{{ .Title }}\n":                `1:3: the action is not closed > end it with }}`,
		"{{ .Name }\n{{ .Title }}\n":                       `1:10: the action ends with a single } > write }}`,
		`{{ .Name {{ .Title }}`:                            `1:1: the action is not closed > end it with }}`,
		"{{ printf \"x }}\n{{ .A.b() }}":                   `1:11: the string is not closed > close it with " in the same line` + "\n" + `2:7: values have no method b() > functions precede their arguments, {{ upper .Name }}, or follow a |, {{ .Name | upper }}`,
		`{{ printf "x }} and {{ "y" }}`:                    `1:11: the string is not closed > close it with " in the same line`,
		"{{ printf `x }}":                                  "1:11: the string is not closed > close it with `",
		`{{ default 'none .Name }}`:                        `1:12: the string is not closed > write it in double quotes`,
		`{{ (.A }}`:                                        `1:4: the ( is not closed > add the ) that closes it`,
		`{{ upper (trim (.A) }}`:                           `1:10: the ( is not closed > add the ) that closes it`,
		`{{ upper .A) }}`:                                  `1:12: no ( is open here > remove it, or add the ( that it closes`,
		`{{ if .A }}x`:                                     `1:1: the {{ if }} has no {{ end }} > write {{ end }} where it ends`,
		"{{ range .A }}\n{{ if .B }}\n{{ end }}\n":         `1:1: the {{ range }} has no {{ end }} > write {{ end }} where it ends`,
		"x\n{{ end }}":                                     `2:1: {{ end }} ends nothing: no {{ if }}, {{ range }} or {{ with }} is open > remove it`,
		"{{ if .A }}\nx\n{{ end }}\n{{ end }}":             `4:1: {{ end }} ends nothing: no {{ if }}, {{ range }} or {{ with }} is open > remove it, or begin a block before it: the {{ if }} of line 1 has ended in line 3`,
		`{{ else if .A }}`:                                 `1:1: {{ else }} belongs to no {{ if }}, {{ range }} or {{ with }} > write it between {{ if }} and {{ end }}`,
		"{{ if .A }}\n{{ else }}{{ else if .B }}{{ end }}": `2:11: the {{ if }} of line 1 has had its {{ else }} > write {{ else if … }} before the last {{ else }}, and end the block with {{ end }}`,
		`{{ range .A }}{{ else if .B }}{{ end }}`:          `1:15: a {{ range }} has no {{ else if }} > write {{ else }} with a block in it: {{ else }}{{ if … }} … {{ end }}{{ end }}`,
		`{{ if .A }}{{ else range .A }}{{ end }}`:          `1:20: only if and with may follow else > write {{ else }}, {{ else if … }} or {{ else with … }}`,
		`{{ if .A }}{{ end if }}`:                          `1:19: nothing may follow end > write {{ end }}, whatever it ends`,
		`{{ if .A }}{{ break }}{{ end }}`:                  `1:12: {{ break }} is outside of a {{ range }} > write it between {{ range }} and {{ end }}`,
		// The rest.
		`{{ }}`:              `1:1: the action is empty > remove it, or write a comment as {{/* … */}}`,
		`{{ if }}x{{ end }}`: `1:4: the if has no value > write {{ if .Name }}, with a value`,
		`{{ | upper }}`:      `1:4: there is no value before the | > write the value before it`,
		`{{-.Name}}`:         `1:3: the minus sign of {{- needs a space after it > write "{{- " with a space after the minus sign`,
		`{{ .Name-}}`:        `1:9: the minus sign of -}} needs a space before it > write " -}}" with a space before the minus sign`,
		`{{ /* x */ }}`:      `1:4: a comment has to be the whole action > write {{/* … */}} or {{- /* … */ -}}, with no other space and nothing else in the action`,
		`{{/* x }}`:          `1:1: the comment is not closed > end it with */}}`,
		`{{ .A; .B }}`:       `1:6: ";" means nothing in an action > ` + example,
		`{{ .. }}`:           `1:4: the action cannot be read: unexpected <.> in operand > ` + example,
		`{{ $x }}`:           `1:4: the variable $x is not declared here > write {{ $x := … }} before it`,
		"{{ if .A }}\n{{ $x := 1 }}{{ end }}{{ $x }}": `2:26: the variable $x is not declared here > it is declared in line 2, in a block that has ended; declare it before that block, as {{ $x := "" }}, and assign there with =`,
		`{{ $bok := 1 }}{{ $book }}`:                  `1:19: the variable $book is not declared here > did you mean $bok?`,
	} {
		var lines []string
		problems, _ := Check("t", text, isFunction)
		for _, p := range problems {
			line := fmt.Sprintf("%d:%d: %s", p.Pos.Line, p.Pos.Col, p.Msg)
			if p.Hint != "" {
				line += " > " + p.Hint
			}
			lines = append(lines, line)
		}
		if got := strings.Join(lines, "\n"); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// TestCheckIsBrief of a template in which too much is wrong for anybody to read.
func TestCheckIsBrief(t *testing.T) {
	for _, text := range []string{"{{ if .A }}", "{{ end }}", "{{ }}", "{{ $x }}", "{{ .A"} {
		if problems, _ := Check("t", strings.Repeat(text, 25), isFunction); len(problems) > 20 {
			t.Errorf("%s 25 times: %d problems", text, len(problems))
		}
	}
}

// TestCheckAccepts has what looks odd and is right.
func TestCheckAccepts(t *testing.T) {
	for _, text := range []string{
		`{{/* a {{ b */}}{{- /* c */ -}}{{ .A }}`, "{{ printf \"}}\" }}{{ `a\n}}` }}{{ '\\'' }}", "{{ range $i, $r := .A\n}}{{ if $i }}, {{ end }}{{ $r.B }}{{ else }}x{{ end }}",
		`{{ with $x := .A }}{{ $x }}{{ else with .B }}{{ $x }}{{ end }}`, `{{ $x := 1 }}{{ $x = 2 }}{{ range .A }}{{ break }}{{ continue }}{{ end }}`, `{{ -1 }}{{- 3 -}}{{ 1.5e3 }}{{ +2 }}`,
		`${x} $x {x} { } %} #{x}`, `{{ (index .A 0).B.C }}{{ .A.B "c" | upper }}{{ $.A }}{{ . }}{{ nil | not }}`, `{{ if and (eq .A "x") (not .B) }}{{ else if .C }}{{ end }}`, `{{ set (dict) "for" 1 }}{{ $set := 1 }}`,
	} {
		if problems, _ := Check("t", text, isFunction); len(problems) > 0 {
			t.Errorf("%s: %v", text, problems)
		}
	}
}

// TestCheckIsCertain guards that a tag alone is no reason for a template not to be parsed.
func TestCheckIsCertain(t *testing.T) {
	for text, want := range map[string]bool{"{% if a %}": false, "{% if a %}{{ .A() }}": true, "{{ .A": true, "a": false, "{{ .A }}": false} {
		if _, isCertain := Check("t", text, isFunction); isCertain != want {
			t.Errorf("%s: %v", text, isCertain)
		}
	}
}

// TestCheckTags has templates without an action; those that begin with "plain:" are plain text.
func TestCheckTags(t *testing.T) {
	for text, want := range map[string]string{
		"a\n{% for x in y %}b{% endfor %}":             `2:1: {% for … %} belongs to Jinja or Liquid, and this is a Go template > write {{ range $x := .Y }}`,
		`{% include "tag" %}`:                          `1:1: {% include … %} belongs to Jinja or Liquid, and this is a Go template > write {{ include "tag" . }}`,
		"<%= name %>":                                  `1:1: <% … %> belongs to ERB or EJS, and this is a Go template > write {{ .Name }}`,
		"<?= $name ?>":                                 `1:1: <?= … ?> belongs to PHP, and this is a Go template > write {{ .Name }}`,
		"{%- raw -%}a{%- endraw -%}":                   `1:1: {% raw … %} belongs to Jinja or Liquid, and this is a Go template > remove it, and write braces that are text as {{ "{{" }} and {{ "}}" }}`,
		"{% comment %}a{% endcomment %}":               `1:1: {% comment … %} belongs to Jinja or Liquid, and this is a Go template > write {{/* … */}}`,
		"{# a #}":                                      `1:1: {# … #} belongs to Jinja, and this is a Go template > write {{/* … */}}`,
		"<%# a %>":                                     `1:1: <% … %> belongs to ERB or EJS, and this is a Go template > write {{/* … */}}`,
		"{% x %}{{ .A }}":                              "",
		"{{/* text */}}{% x %}":                        "",
		"<?xml version='1.0'?><a>${b}</a>":             "",
		"plain:a ${b.c_d}":                             `1:3: ${ … } belongs to JavaScript, and this is a Go template > write {{ .B.CD }}`,
		"plain:#{name} %{name}":                        `1:1: #{ … } belongs to Ruby or Pug, and this is a Go template > write {{ .Name }}`,
		"plain:%{name}":                                `1:1: %{ … } belongs to Ruby, and this is a Go template > write {{ .Name }}`,
		"plain:${NAME} ${NAME:-x} ${} ${1} {a} $a ${x": "",
	} {
		text, isPlain := strings.CutPrefix(text, "plain:")
		got := ""
		for _, p := range CheckTags("t", text, isPlain, isFunction) {
			hint, isTold := strings.CutSuffix(p.Hint, "; if it is meant as text, put {{/* text */}} beside it")
			if !isTold {
				t.Errorf("%s: %s", text, p.Hint)
			}
			got += fmt.Sprintf("%d:%d: %s > %s", p.Pos.Line, p.Pos.Col, p.Msg, hint)
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// TestWrittenActionsAreActions guards that what hints say to write is what the parser takes.
func TestWrittenActionsAreActions(t *testing.T) {
	for _, text := range []string{"for x in y", "elif a == b", "x if y else z", "a.b.lower()[0] + 'c'", "unless a and b or not c", "set x = y | upper", "f(a, b)(c)", "(a or b).c"} {
		problems, _ := Check("t", "{{ "+text+" }}", isFunction)
		for _, p := range problems {
			written, ok := strings.CutPrefix(p.Hint, "write ")
			switch {
			case strings.HasPrefix(written, "{{ range"), strings.HasPrefix(written, "{{ if") && !strings.HasSuffix(written, "{{ end }}"):
				written += "{{ end }}"
			case strings.HasPrefix(written, "{{ else"):
				written = "{{ if 1 }}" + written + "{{ end }}"
			}
			tree := parse.New("t")
			tree.Mode = parse.SkipFuncCheck
			if _, err := tree.Parse(written, "", "", map[string]*parse.Tree{}); !ok || err != nil {
				t.Errorf("%s: %s, %v", text, p.Hint, err)
			}
		}
	}
}

// FuzzCheck guards that any text can be checked, that problems are in it, and that there is one wherever an action is refused.
func FuzzCheck(f *testing.F) {
	for _, text := range []string{"{{ a[b](c) }}", "{{ if x ? y : z }}{{ end", "{% for a in b %}{{#c}}{{/c}}", "{{ 'a\" }}\n{{ `", "{{-}}-}}{{/*", strings.Repeat("{{ ((((!!not ", 100), "{{ a b, c | d: e, f | g(h) }}"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Split(text, "\n")
		problems, _ := Check("t", text, isFunction)
		for _, p := range problems {
			if p.Msg == "" || p.Pos.Line < 1 || p.Pos.Line > len(lines) || p.Pos.Col > len([]rune(lines[p.Pos.Line-1]))+1 {
				t.Errorf("%q: %v", text, p)
			}
		}
	})
}
