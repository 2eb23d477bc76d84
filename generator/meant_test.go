package generator

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/generator/syntax"
)

// TestUnknownFunctionsAreMeantAsFields has words that are no functions: fields without their dot, wherever they can be read.
func TestUnknownFunctionsAreMeantAsFields(t *testing.T) {
	pack := files{
		"pack.yaml":      "format: 1\ndescription: d\nparameters:\n  - {name: size, description: d, default: 1}\noutputs:\n  - template: all.txt.tmpl\n  - {template: each.txt.tmpl, path: \"{{ .Resource.Name }}.txt\", each: resource}\n",
		"all.txt.tmpl":   "{{ range .API.Resources }}{{ includeEach \"p\" .Properties }}{{ end }}",
		"each.txt.tmpl":  "x",
		"_p.txt.tmpl":    "x",
		"_none.txt.tmpl": "x",
	}
	for _, c := range []struct{ file, template, want string }{
		{"all", "{{ Name }}", "4 Name: write .API.Name, or {{ range .API.Resources }}{{ .Name }}{{ end }}"},
		{"all", "{{ API.title }}{{ Resource.Name }}", "4 API: did you mean .API.Title?, 19 Resource: write .API.Name, or {{ range .API.Resources }}{{ .Name }}{{ end }}"},
		{"all", "{{ range $r := .API.Resources }}{{ plural_name }}{{ API.Title }}{{ r.Name }}{{ Nmae }}{{ zzzz }}{{ end }}",
			"36 plural_name: did you mean .PluralName?, 53 API: did you mean $.API.Title?, 68 r: did you mean $r.Name?, 80 Nmae: did you mean .Name?, 90 zzzz: "},
		{"all", "{{ with .API }}{{ Params.size }}{{ output.path }}{{ lenght .Resources }}{{ key }}{{ end }}",
			"19 Params: did you mean $.Params.size?, 36 output: did you mean $.Output.Path?, 53 lenght: , 76 key: did you mean keys?"},
		{"each", "{{ name }}{{ Resource.Key.name }}{{ title }}", "4 name: write .Resource.Name, or .API.Name, 14 Resource: did you mean .Resource.Key.Name?"},
		{"_p", "{{ Name }}{{ API.Title }}{{ upcase .Name }}{{ .Name | escape }}{{ now }}", "4 Name: did you mean .Name?, 14 API: did you mean root.API.Title?, 29 upcase: did you mean upper?, " +
			"55 escape: remove it: each value is escaped for its place, 67 now: outputs depend only on the definitions: no clock, randomness, environment or network"},
		{"_p", "{{ loop.index }}{{ include p . }}{{ include Name . }}{{ .Name | snake_case }}{{ if .Name then }}{{ end }}{{ toUpper .Name }}",
			"4 loop: write {{ range $index, $item := .Items }}: $index begins with 0, 28 p: write \"p\", in double quotes, for the partial, 45 Name: did you mean .Name?, " +
				"65 snake_case: did you mean snake?, 90 then: remove it: a condition ends with }}, 109 toUpper: did you mean upper?"},
		{"all", "{{ _text 0 .API.Title }}{{ _text }}", "4 _text: did you mean text?, 28 _text: did you mean text?"},
		{"all", "{{ with . d }}{{ end }}", "11 d: "},
		{"_none", "{{ Name }}{{ Params.size }}", "4 Name: , 14 Params: did you mean root.Params.size?"},
	} {
		_, err := open(pack.with(files{c.file + ".txt.tmpl": c.template}))
		var got []string
		for _, p := range problemsOf(err) {
			name := strings.Trim(strings.TrimPrefix(p.Msg, "unknown function "), "\"")
			got = append(got, strings.TrimPrefix(p.Pos.String(), "embedded/list/"+c.file+".txt.tmpl:1:")+" "+name+": "+p.Hint)
		}
		if got := strings.Join(got, ", "); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.file, c.template, got, c.want)
		}
	}
}

// TestSynonymsAreFunctions guards that what is proposed for a function of another language exists.
func TestSynonymsAreFunctions(t *testing.T) {
	s := &source{}
	for other, ours := range syntax.Synonyms {
		if !s.isFunction(ours) || s.isFunction(other) {
			t.Errorf("%s is proposed for %s", ours, other)
		}
	}
}
