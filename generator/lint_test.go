package generator

import (
	"fmt"
	"strings"
	"testing"
)

const lintManifest = `format: 1
description: A pack with a slip
parameters:
  - {name: version, description: d, default: "1"}
  - {name: isShort, description: d, default: true}
outputs:
  - template: all.txt.tmpl
  - {template: each.txt.tmpl, path: "{{ .Resource.Name }}.txt", each: resource}
`

// lintPack returns the problems of a pack of which the files replace some. Its templates include the partials p and q.
func lintPack(t *testing.T, own files) string {
	t.Helper()
	pack := files{
		"pack.yaml":     lintManifest,
		"all.txt.tmpl":  `{{ range .API.Resources }}{{ include "p" . }}{{ end }}`,
		"each.txt.tmpl": `{{ include "q" (dict "Resource" .Resource "IsLong" true) }}`,
		"_p.txt.tmpl":   `{{ .Name }}`,
		"_q.txt.tmpl":   `{{ .Resource.Name }}`,
	}.with(own)
	p, err := Open(pack.in("p").fs(), "p")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, problem := range p.Lint() {
		if problem.Code == "" {
			t.Errorf("no code: %v", problem)
		}
		lines = append(lines, strings.ReplaceAll(strings.ReplaceAll(problem.Error(), "embedded/p/", ""), "\n  hint: ", " > "))
	}
	return strings.Join(lines, "\n")
}

func TestLintFindsSlip(t *testing.T) {
	tests := []struct{ name, at, text, want string }{
		{"field", "_p.txt.tmpl", "é\n {{ .Nmae }}", `_p.txt.tmpl:2:6: model.Resource has no field "Nmae" [FS4104] > did you mean .Name?`},
		{"field of a field", "_p.txt.tmpl", `{{ .Key.Pos.Lime }}{{ with .Parent }}{{ .Key.Prameter }}{{ end }}`, "_p.txt.tmpl:1:13: value.Pos has no field \"Lime\" [FS4104] > did you mean .Line?\n" + `_p.txt.tmpl:1:46: model.Key has no field "Prameter" [FS4104] > did you mean .Parameter?`},
		{"member of a value", "_p.txt.tmpl", `{{ range .Properties }}{{ .Schema.type }}{{ .Schema.Tetx }}{{ end }}`, `_p.txt.tmpl:1:35: value.Value has no field "type" [FS4104] > write (VALUE.Get "type"): the members of a value are not fields` + "\n" + `_p.txt.tmpl:1:53: value.Value has no field "Tetx" [FS4104] > did you mean .Text?`},
		{"first of several", "_p.txt.tmpl", `{{ .Paernt.Key.Name }}`, `_p.txt.tmpl:1:5: model.Resource has no field "Paernt" [FS4104] > did you mean .Parent?`},
		{"field behind $", "_p.txt.tmpl", `{{ range .Levels }}{{ $.Key.Nam }}{{ end }}`, `_p.txt.tmpl:1:29: model.Key has no field "Nam" [FS4104] > did you mean .Name?`},
		{"field behind a variable", "_p.txt.tmpl", `{{ $k := .Key }}{{ with .Parent }}{{ $k.Pos.Lime }}{{ end }}`, `_p.txt.tmpl:1:45: value.Pos has no field "Lime" [FS4104] > did you mean .Line?`},
		{"field behind parentheses", "_p.txt.tmpl", `{{ (index .Levels 0).Segmnets }}`, `_p.txt.tmpl:1:22: model.Level has no field "Segmnets" [FS4104] > did you mean .Segments?`},
		{"field of an item", "_p.txt.tmpl", `{{ range $i, $l := .Levels }}{{ range $l.Segments }}{{ .Txt }}{{ end }}{{ end }}`, `_p.txt.tmpl:1:57: model.Segment has no field "Txt" [FS4104] > did you mean .Text?`},
		{"field of an assigned variable", "_p.txt.tmpl", `{{ $last := "" }}{{ range .Levels }}{{ $last = . }}{{ end }}{{ $last.Pth }}`, `_p.txt.tmpl:1:70: model.Level has no field "Pth" [FS4104] > did you mean .Path?`},
		{"field of what append has made", "_p.txt.tmpl", `{{ $l := list }}{{ range .Levels }}{{ $l = append $l . }}{{ end }}{{ range $l }}{{ .Pth }}{{ end }}`, `_p.txt.tmpl:1:85: model.Level has no field "Pth" [FS4104] > did you mean .Path?`},
		{"field of what a method returns", "_p.txt.tmpl", `{{ range .Levels }}{{ (.Operation "get").Nmae }}{{ end }}`, `_p.txt.tmpl:1:42: model.Operation has no field "Nmae" [FS4104] > did you mean .Name?`},
		{"field of one of two", "_p.txt.tmpl", `{{ (ternary .Key .Parent .HasEvents).Nmae }}`, `_p.txt.tmpl:1:38: model.Resource has no field "Nmae" [FS4104] > did you mean .Name?`},
		{"method", "_p.txt.tmpl", `{{ if .HasChanels }}x{{ end }}`, `_p.txt.tmpl:1:8: model.Resource has no field "HasChanels" [FS4104] > did you mean .HasChannels?`},
		{"field of a string", "_p.txt.tmpl", `{{ .Name.First }}`, "_p.txt.tmpl:1:10: a string has no field \"First\" [FS4104] > run `firestone model` to see what a template can read"},
		{"field of a list", "_p.txt.tmpl", `{{ .Levels.Path }}`, `_p.txt.tmpl:1:12: a list has no field "Path" [FS4104] > wrap it in {{ range }}, or take one item with first or index`},
		{"field of what include returns", "_p.txt.tmpl", `{{ (include "q" (dict "Resource" .)).Text }}`, "_p.txt.tmpl:1:38: a string has no field \"Text\" [FS4104] > run `firestone model` to see what a template can read"},
		{"a name like no other", "_p.txt.tmpl", `{{ .Key.Zzz }}{{ .Zzz }}`, "_p.txt.tmpl:1:9: model.Key has no field \"Zzz\" [FS4104] > it has .Description, .Example, .IsProperty, .IsReadOnly, .Name, .Parameter, .Pos, .Schema, .Shape\n" +
			"_p.txt.tmpl:1:19: model.Resource has no field \"Zzz\" [FS4104] > run `firestone model` to see what a template can read"},
		{"parameter", "all.txt.tmpl", `{{ if .Params.isSort }}{{ end }}{{ range .API.Resources }}{{ include "p" . }}{{ $.Params.zzz }}{{ end }}`,
			"all.txt.tmpl:1:15: unknown parameter \"isSort\" [FS4104] > did you mean .isShort?\nall.txt.tmpl:1:90: unknown parameter \"zzz\" [FS4104] > add it to the parameters of pack.yaml"},
		{"no resource", "all.txt.tmpl", `{{ .Resource.Name }}{{ range .API.Resources }}{{ include "p" . }}{{ end }}`, "all.txt.tmpl:1:14: the model.Resource may be nil, and .Name is read without a check [FS4105] > it is set only in outputs with `each: resource`; elsewhere wrap it in {{ with .Resource }}"},
		{"no resource in a branch on a parameter", "all.txt.tmpl", `{{ if .Params.isShort }}{{ .Resource.Name }}{{ end }}{{ include "p" (index .API.Resources 0) }}`, "all.txt.tmpl:1:38: the model.Resource may be nil, and .Name is read without a check [FS4105] > it is set only in outputs with `each: resource`; elsewhere wrap it in {{ with .Resource }}"},
		{"key of a dict", "_q.txt.tmpl", `{{ if .IsLnog }}{{ .Resource.Nmae }}{{ end }}`, "_q.txt.tmpl:1:8: a dict has no field \"IsLnog\" [FS4104] > did you mean .IsLong?\n_q.txt.tmpl:1:30: model.Resource has no field \"Nmae\" [FS4104] > did you mean .Name?"},
		{"get of a dict", "_q.txt.tmpl", `{{ (get . "Resource").Nmae }}`, `_q.txt.tmpl:1:23: model.Resource has no field "Nmae" [FS4104] > did you mean .Name?`},
		{"a key beside one that is asked for", "_q.txt.tmpl", `{{ if hasKey . "Other" }}{{ .Resource.Nmae }}{{ end }}`, "_q.txt.tmpl:1:39: model.Resource has no field \"Nmae\" [FS4104] > did you mean .Name?"},
		{"field of an item of a dict", "_p.txt.tmpl", `{{ range dict "A" .Levels "B" .Levels }}{{ range . }}{{ .Pth }}{{ end }}{{ end }}`, `_p.txt.tmpl:1:58: model.Level has no field "Pth" [FS4104] > did you mean .Path?`},
		{"range over a structure", "_p.txt.tmpl", `{{ range .Key }}x{{ end }}`, "_p.txt.tmpl:1:10: range cannot iterate over model.Key [FS4106] > range takes a list, a map or a number"},
		{"range over a string", "_p.txt.tmpl", `{{ range $i, $c := .Name }}x{{ end }}`, "_p.txt.tmpl:1:20: range cannot iterate over a string [FS4106] > range takes a list, a map or a number"},
		{"too many arguments", "_p.txt.tmpl", `{{ lower .Name 1 }}`, "_p.txt.tmpl:1:4: wrong number of arguments for lower: expected 1, got 2 [FS4106] > write it as {{ lower TEXT }}"},
		{"too few arguments in a pipeline", "_p.txt.tmpl", `{{ .Name | replace "a" }}`, "_p.txt.tmpl:1:12: wrong number of arguments for replace: expected 3, got 2 [FS4106] > the value before the | is the last argument; write it as {{ replace OLD NEW TEXT }}"},
		{"too few of any number", "_p.txt.tmpl", `{{ if eq .Name }}{{ end }}{{ printf }}`, "_p.txt.tmpl:1:7: wrong number of arguments for eq: expected at least 2, got 1 [FS4106] > write it as {{ eq A B }}\n_p.txt.tmpl:1:30: wrong number of arguments for printf: expected at least 1, got 0 [FS4106] > write it as {{ printf FORMAT VALUE }}"},
		{"argument of another type", "_p.txt.tmpl", `{{ lower .Key }}{{ lower 1 }}{{ .Levels | upper }}{{ indent "2" .Name }}`, "_p.txt.tmpl:1:10: argument 1 of lower is model.Key, expected a string [FS4106]\n" +
			"_p.txt.tmpl:1:26: argument 1 of lower is 1, expected a string [FS4106]\n" +
			"_p.txt.tmpl:1:43: argument 1 of upper is a list, expected a string [FS4106]\n" +
			`_p.txt.tmpl:1:61: argument 1 of indent is "2", expected an integer [FS4106]`},
		{"method without its argument", "_p.txt.tmpl", `{{ .Key.Schema.Get }}{{ .Key.Schema.Get 1 }}{{ .Key.Schema.Rat }}`, "_p.txt.tmpl:1:16: wrong number of arguments for Get: expected 1, got 0 [FS4106]\n_p.txt.tmpl:1:41: argument 1 of Get is 1, expected a string [FS4106]\n" +
			"_p.txt.tmpl:1:60: Rat cannot be called in a template: it returns 2 values [FS4106] > a template can call only functions that return one value, or a value and an error"},
		{"arguments of a field", "_p.txt.tmpl", `{{ .Name 1 }}{{ 5 | .Key.Name }}{{ . 1 }}{{ $x := 1 }}{{ $x 1 }}`, "_p.txt.tmpl:1:5: Name takes no arguments [FS4106] > write {{ print .Name 1 }}\n_p.txt.tmpl:1:26: Name takes no arguments [FS4106]\n" +
			"_p.txt.tmpl:1:36: . takes no arguments [FS4106] > write {{ print . 1 }}\n_p.txt.tmpl:1:58: $x takes no arguments [FS4106] > write {{ print $x 1 }}"},
		{"a field of the view in a range", "all.txt.tmpl", `{{ range .API.Resources }}{{ .Params.version }}{{ end }}`, `all.txt.tmpl:1:31: model.Resource has no field "Params" [FS4104] > did you mean $.Params?`},
		{"and in a partial", "_p.txt.tmpl", `{{ .API.Title }}`, `_p.txt.tmpl:1:5: model.Resource has no field "API" [FS4104] > did you mean root.API?`},
		{"a field of what the view leads to", "each.txt.tmpl", `{{ .Name }}{{ .PluralName }}{{ .Zzz }}`, "each.txt.tmpl:1:5: generator.View has no field \"Name\" [FS4104] > it has .API, .Output, .Params, .Resource: write .Resource.Name, or .API.Name\n" +
			"each.txt.tmpl:1:16: generator.View has no field \"PluralName\" [FS4104] > it has .API, .Output, .Params, .Resource: write .Resource.PluralName\neach.txt.tmpl:1:33: generator.View has no field \"Zzz\" [FS4104] > it has .API, .Output, .Params, .Resource"},
		{"a field of what the dot has", "_p.txt.tmpl", `{{ range .Levels }}{{ range .Operations }}{{ .Segments }}{{ end }}{{ end }}`, `_p.txt.tmpl:1:47: model.Operation has no field "Segments" [FS4104] > did you mean .Level.Segments?`},
		{"a function behind its argument", "_p.txt.tmpl", `{{ .Name upper }}{{ if .Key and .Name }}{{ end }}`, "_p.txt.tmpl:1:5: Name takes no arguments [FS4106] > write {{ upper .Name }}\n" +
			"_p.txt.tmpl:1:25: Key takes no arguments [FS4106] > write {{ and .Key .Name }}"},
		{"a function for a field", "_p.txt.tmpl", `{{ title }}{{ .Name.upper }}`, "_p.txt.tmpl:1:4: the function title has no arguments [FS4106] > did you mean .Title?\n_p.txt.tmpl:1:21: a string has no field \"upper\" [FS4104] > it is a function: write {{ upper VALUE }} or {{ VALUE | upper }}"},
		{"inside arguments", "_p.txt.tmpl", `{{ printf "%s" (lower (print .Key.Nmae)) | default .Nmae }}`, "_p.txt.tmpl:1:35: model.Key has no field \"Nmae\" [FS4104] > did you mean .Name?\n_p.txt.tmpl:1:53: model.Resource has no field \"Nmae\" [FS4104] > did you mean .Name?"},
		{"in the else", "_p.txt.tmpl", `{{ with .Parent }}{{ .Name }}{{ else with .Key }}{{ .Naem }}{{ else }}{{ .Naem }}{{ end }}`, "_p.txt.tmpl:1:54: model.Key has no field \"Naem\" [FS4104] > did you mean .Name?\n_p.txt.tmpl:1:75: model.Resource has no field \"Naem\" [FS4104] > did you mean .Name?"},
		{"a field of what may be nil", "_p.txt.tmpl", `{{ .Parent.Parent.Name }}{{ range .Levels }}{{ range .Operations }}{{ .Request.Form }}{{ end }}{{ (.Operation "get").Name }}{{ end }}`, "_p.txt.tmpl:1:12: the model.Resource may be nil, and .Parent is read without a check [FS4105] > wrap it in {{ with .Parent }}\n" +
			"_p.txt.tmpl:1:80: the model.Body may be nil, and .Form is read without a check [FS4105] > wrap it in {{ with .Request }}\n" +
			"_p.txt.tmpl:1:118: the model.Operation may be nil, and .Name is read without a check [FS4105] > wrap it in {{ with (.Operation \"get\") }}"},
		{"one that a variable holds", "_p.txt.tmpl", `{{ $p := .Parent }}{{ range .Levels }}{{ $p.Name }}{{ end }}`, "_p.txt.tmpl:1:45: the model.Resource may be nil, and .Name is read without a check [FS4105] > wrap it in {{ with $p }}"},
		{"a dialect", "_p.txt.tmpl", `{{ schema "openapi-3.0" "" .Key.Schema }}{{ schema "openapi3.1" "" .Key.Schema }}`, `_p.txt.tmpl:1:52: schema does not know "openapi3.1" [FS4106] > did you mean "openapi-3.1"?`},
		{"values of two kinds", "_p.txt.tmpl", `{{ if eq .HasChannels "true" }}{{ end }}{{ if ne .Name 1 }}{{ end }}{{ if lt (len .Levels) 1.5 }}{{ end }}{{ "x" | eq .Name "y" | eq 1 }}`, "_p.txt.tmpl:1:7: eq compares a boolean with a string [FS4106] > both must be of the same kind\n" +
			"_p.txt.tmpl:1:47: ne compares a string with an integer [FS4106] > both must be of the same kind\n" +
			"_p.txt.tmpl:1:75: lt compares an integer with a floating-point number [FS4106] > both must be of the same kind\n" +
			"_p.txt.tmpl:1:131: eq compares an integer with a boolean [FS4106] > both must be of the same kind"},
		{"a partial without an end", "_p.txt.tmpl", `{{ .Name }}{{ include "p" . }}`, "_p.txt.tmpl:1:23: the includes never end: p > p [FS4107] > include it inside {{ with }}, {{ range }} or {{ if }}, which can end it"},
		{"a path in pack.yaml", "pack.yaml", strings.ReplaceAll(lintManifest, ".Resource.Name", ".Resource.Nmae"), `pack.yaml:8:5: path {{ .Resource.Nmae }}.txt: model.Resource has no field "Nmae" [FS4104] > did you mean .Name?`},
		{"for one caller", "_q.txt.tmpl", `{{ include "p" .Resource }}{{ include "p" .Resource.Key }}`, ""},
		{"a partial that includes itself", "_p.txt.tmpl", `{{ with .Parent }}{{ include "p" . }}{{ .Nmae }}{{ end }}`, `_p.txt.tmpl:1:42: model.Resource has no field "Nmae" [FS4104] > did you mean .Name?`},
		{"one that wraps its dot", "_q.txt.tmpl", `{{ .Resorce }}{{ if .IsLong }}{{ include "q" (dict "Resource" . "IsLong" false) }}{{ end }}`, `_q.txt.tmpl:1:5: a dict has no field "Resorce" [FS4104] > did you mean .Resource?; this is the case where each.txt.tmpl:1:12 includes the partial`},
		{"a partial that nothing includes", "_r.txt.tmpl", `{{- /* gotype: github.com/firestoned/firestone/model.Level */ -}}{{ .Pth }}`, `_r.txt.tmpl:1:70: model.Level has no field "Pth" [FS4104] > did you mean .Path?`},
		{"one of lists", "_r.txt.tmpl", `{{- /* It is long. gotype: []*github.com/firestoned/firestone/model.Level */ -}}{{ range . }}{{ .Pth }}{{ end }}`, `_r.txt.tmpl:1:98: model.Level has no field "Pth" [FS4104] > did you mean .Path?`},
		{"a comment that counts more than the include", "_p.txt.tmpl", `{{- /* gotype: github.com/firestoned/firestone/model.Key */ -}}{{ .Naem }}`, `_p.txt.tmpl:1:68: model.Key has no field "Naem" [FS4104] > did you mean .Name?`},
		{"one of nothing known", "_r.txt.tmpl", `{{ .Pth }}{{ lower }}`, `_r.txt.tmpl:1:14: wrong number of arguments for lower: expected 1, got 0 [FS4106] > write it as {{ lower TEXT }}`},
	}
	for _, test := range tests {
		if got := lintPack(t, files{test.at: test.text}); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestLintNamesTheCaller(t *testing.T) {
	tests := []struct{ name, callers, partial, want string }{
		{"one of two", `{{ include "p" (index .API.Resources 0) }}{{ include "p" .API }}`, `{{ .Title }}{{ .Kind }}`,
			`_p.txt.tmpl:1:17: model.API has no field "Kind" [FS4104] > it has`},
		{"both", `{{ include "p" (index .API.Resources 0) }}{{ include "p" .API }}`, `{{ .Titel }}`,
			`_p.txt.tmpl:1:5: model.Resource has no field "Titel" [FS4104] > did you mean .Title?`},
		{"the branch is another's", `{{ include "p" (index .API.Resources 0) }}{{ include "p" .API }}`, `{{ if eq .Title "x" }}{{ .Kind }}{{ end }}`, ""},
		{"nothing reaches it", `{{ include "p" (dict "R" .Resource) }}`, `{{ .R.Name }}`,
			"_p.txt.tmpl:1:7: the model.Resource may be nil, and .Name is read without a check [FS4105] > it is set only in outputs with `each: resource`; elsewhere wrap it in {{ with .Resource }}"},
		{"a branch keeps it away", `{{ if .Output.Each }}{{ include "p" .Resource }}{{ end }}`, `{{ .Name }}`, ""},
	}
	for _, test := range tests {
		got := lintPack(t, files{"all.txt.tmpl": test.callers, "_p.txt.tmpl": test.partial})
		if test.name == "one of two" {
			if !strings.HasPrefix(got, `_p.txt.tmpl:1:17: model.API has no field "Kind" [FS4104] > `) || !strings.HasSuffix(got, "; this is the case where all.txt.tmpl:1:54 includes the partial") || strings.Contains(got, "\n") {
				t.Errorf("%s: %s", test.name, got)
			}
			continue
		}
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestLintAccepts(t *testing.T) {
	tests := []struct{ name, at, text string }{
		{"text like tags", "_p.txt.tmpl", `{{ .Name }} {% raw %} <%= x %>`},
		{"methods with and without arguments", "_p.txt.tmpl", `{{ .HasChannels }}{{ range .Levels }}{{ if .IsCollection }}{{ with .Operation "get" }}{{ .Name }}{{ end }}{{ end }}{{ end }}{{ .Key.Schema.Get "type" }}{{ "type" | .Key.Schema.Get }}`},
		{"a pointer that may be nil, asked for", "_p.txt.tmpl", `{{ with .Parent }}{{ .Name }}{{ end }}{{ if .Parent }}{{ .Parent.Name }}{{ end }}{{ if and .Parent .Parent.Name }}{{ end }}{{ with $p := .Parent }}{{ $p.Name }}{{ end }}{{ (.Parent | default .).Name }}{{ (or .Parent .).Name }}`},
		{"one in a branch on something else", "_p.txt.tmpl", `{{ range .Levels }}{{ range .Operations }}{{ if eq .Method "post" }}{{ .Request.Form }}{{ end }}{{ end }}{{ end }}`},
		{"one of the API", "all.txt.tmpl", `{{ if .API.IfMatch }}{{ .API.IfMatch.Name }}{{ end }}{{ with .API.Contact }}{{ .Name }}{{ end }}{{ range .API.Resources }}{{ include "p" . }}{{ end }}`},
		{"one behind a continue", "_p.txt.tmpl", `{{ range .Levels }}{{ range .Operations }}{{ if not .Request }}{{ continue }}{{ end }}{{ .Request.Form }}{{ end }}{{ end }}`},
		{"one in a partial that is included where it is there", "all.txt.tmpl", `{{ range .API.Resources }}{{ if .Parent }}{{ include "p" .Parent }}{{ end }}{{ with .Parent }}{{ include "p" . }}{{ end }}{{ end }}`},
		{"the method of one that may be nil", "_p.txt.tmpl", `{{ .Key.Example.StringOr "x" }}`},
		{"comparisons", "_p.txt.tmpl", `{{ if eq .Name "a" "b" }}{{ end }}{{ if lt (len .Levels) 3 }}{{ end }}{{ if eq .HasChannels true }}{{ end }}{{ if eq .Parent nil }}{{ end }}{{ if eq (get (dict "a" 1) .Name) "x" }}{{ end }}`},
		{"a partial that ends", "_p.txt.tmpl", `{{ with .Parent }}{{ include "p" . }}{{ end }}{{ range .Children }}{{ include "p" . }}{{ end }}{{ if and .Parent (include "p" .Parent) }}{{ end }}`},
		{"the kinds of range", "_p.txt.tmpl", `{{ range 3 }}{{ . }}{{ end }}{{ range until 3 }}{{ add . 1 }}{{ end }}{{ range $k, $v := dict "a" 1 }}{{ $k }}{{ $v }}{{ end }}{{ range list }}{{ .X }}{{ else }}{{ .Name }}{{ end }}{{ range $.Levels }}{{ break }}{{ end }}`},
		{"variables by branch", "_p.txt.tmpl", `{{ $x := .Name }}{{ if .Parent }}{{ $x = .Parent }}{{ $x.Name }}{{ end }}{{ $y := list }}{{ range .Levels }}{{ $y = . }}{{ end }}{{ with $y }}{{ .Path }}{{ end }}`},
		{"shadowed variables", "_p.txt.tmpl", `{{ $x := .Key }}{{ with $x := .Parent }}{{ $x.Kind }}{{ end }}{{ $x.Parameter }}{{ if $x := .Name }}{{ $x | upper }}{{ end }}`},
		{"asking for the kind", "_p.txt.tmpl", `{{ $v := .Name }}{{ if kindIs "map" $v }}{{ $v.url }}{{ end }}{{ if typeIs "string" . }}{{ lower . }}{{ else }}{{ .Name }}{{ end }}{{ $is := .Key | kindIs "slice" }}{{ if $is }}{{ range .Key }}x{{ end }}{{ end }}`},
		{"asking for the type by printf", "_p.txt.tmpl", `{{ if eq (printf "%T" .) "string" }}{{ .Foo }}{{ end }}`},
		{"looking for a key", "_q.txt.tmpl", `{{ with get . "Other" }}{{ $.Other.Name }}{{ end }}{{ if index $ "More" }}{{ .More.X }}{{ end }}{{ $k := "x" }}{{ if hasKey . $k }}{{ .x }}{{ end }}`},
		{"asking for a key", "_q.txt.tmpl", `{{ if hasKey . "Other" }}{{ .Other }}{{ end }}{{ if and (hasKey $ "More") $.More.X }}{{ end }}`},
		{"a dict that grows", "_q.txt.tmpl", `{{ $d := dict "a" 1 }}{{ $_ := set $d "b" 2 }}{{ $d.b }}{{ $e := dict }}{{ $_ := set $e .Resource.Name 1 }}{{ $e.anything }}{{ (mustMerge (dict "c" 1) $d).b }}`},
		{"one that grows elsewhere", "_q.txt.tmpl", `{{ $_ := set . "More" 1 }}{{ .More }}{{ range list . }}{{ .More }}{{ end }}`},
		{"a dict with computed keys", "_q.txt.tmpl", `{{ $d := dict .Resource.Name 1 }}{{ $d.x }}{{ (get $d "x").y }}{{ (index $d "x").y }}`},
		{"values of any kind", "_q.txt.tmpl", `{{ range values . }}{{ .Foo.Bar }}{{ end }}{{ (first (values .)).X }}{{ (fromJson "{}").a.b }}{{ (call .Resource.Name).x }}`},
		{"lists of several", "_q.txt.tmpl", `{{ range list .Resource (dict "Kind" 1) }}{{ .Kind }}{{ .Name }}{{ end }}{{ range concat .Resource.Levels (list 1) | uniq | rest | reverse }}{{ .Path }}{{ end }}`},
		{"the function's own types", "_p.txt.tmpl", `{{ range splitList "," .Name }}{{ upper . }}{{ end }}{{ (split "," .Name)._0 }}{{ .Name | trunc 3 | default .Kind | lower }}{{ trim .Name | nindent 2 | upper }}{{ len .Levels | add 1 | printf "%d" }}{{ substr 0 1 .Name }}{{ int64 1 }}{{ ternary 1 2 (eq .Name "x") }}`},
		{"parameters", "all.txt.tmpl", `{{ .Params.version.anything }}{{ range $k, $v := .Params }}{{ $k | upper }}{{ $v.x }}{{ end }}{{ get .Params "other" }}{{ range .API.Resources }}{{ include "p" . }}{{ end }}`},
		{"the resource there is none of", "all.txt.tmpl", `{{ with .Resource }}{{ .Name }}{{ end }}{{ if .Resource }}{{ .Resource.Name }}{{ end }}{{ if and $.Resource $.Resource.Name }}{{ end }}{{ $r := .Resource }}{{ if $r }}{{ $r.Name }}{{ end }}{{ if .Output.Each }}{{ .Resource.Name }}{{ end }}{{ range .API.Resources }}{{ include "p" . }}{{ end }}`},
		{"a partial for two kinds of dot", "all.txt.tmpl", `{{ range .API.Resources }}{{ include "p" . }}{{ range .Levels }}{{ include "p" . }}{{ end }}{{ end }}{{ include "p" (dict "Name" 1) }}`},
		{"a partial with a computed name", "_q.txt.tmpl", `{{ include (print "p") . }}`},
		{"a name of no partial's type", "_r.txt.tmpl", `{{- /* gotype: github.com/firestoned/firestone/model.Levle */ -}}{{ .Kind }}`},
		{"numbers", "_p.txt.tmpl", `{{ printf "%v %v" 1.5 0x1F }}{{ index .Levels 0 }}{{ slice .Name 1 2 }}{{ if gt (len .Name) 3 }}{{ end }}`},
		{"$ assigned", "_p.txt.tmpl", `{{ $ = .Key }}{{ $.Parameter }}`},
	}
	for _, test := range tests {
		if got := lintPack(t, files{test.at: test.text}); got != "" {
			t.Errorf("%s: %s", test.name, got)
		}
	}
}

// TestLintFindsCircle has partials that include each other where nothing can end it.
func TestLintFindsCircle(t *testing.T) {
	circle := files{"_p.txt.tmpl": `{{ .Name }}{{ include "r" . }}`, "_r.txt.tmpl": `{{ with include "s" . }}{{ . }}{{ end }}`, "_s.txt.tmpl": `{{ print (include "p" .) | or .Name }}`}
	want := `_s.txt.tmpl:1:19: the includes never end: p > r > s > p [FS4107] > include it inside {{ with }}, {{ range }} or {{ if }}, which can end it`
	if got := lintPack(t, circle); got != want {
		t.Errorf("got %s", got)
	}
	circle["_s.txt.tmpl"] = `{{ or .Name (include "p" .) }}`
	if got := lintPack(t, circle); got != "" {
		t.Errorf("the circle may end, but got %s", got)
	}
}

// TestLintOfManyDots follows a partial with more types of its dot than are kept apart.
func TestLintOfManyDots(t *testing.T) {
	var callers strings.Builder
	for i := range 100 {
		fmt.Fprintf(&callers, `{{ include "p" (dict "K%d" 1 "Name" "x") }}`, i)
	}
	if got := lintPack(t, files{"all.txt.tmpl": callers.String()}); got != "" {
		t.Error(got)
	}
}

// TestLintLooksAtWhatIsUsed replaces a template with a slip by one without, and one without by one with.
func TestLintLooksAtWhatIsUsed(t *testing.T) {
	embedded := files{"pack.yaml": lintManifest, "all.txt.tmpl": "{{ .Nothing }}", "each.txt.tmpl": "x"}
	layer := Layer{Name: "team", FS: files{"all.txt.tmpl": "x", "each.txt.tmpl": "\n{{ .Resource.Nmae }}"}.fs()}
	p, err := Open(embedded.in("p").fs(), "p", layer)
	if err != nil {
		t.Fatal(err)
	}
	want := "team/each.txt.tmpl:2:14: model.Resource has no field \"Nmae\" [FS4104]\n  hint: did you mean .Name?"
	if got := p.Lint().Error(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
