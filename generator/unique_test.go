package generator

import (
	"strings"
	"testing"
)

// uniquePack names resources by an id; the id is written where the resource stands and where it is referred to.
var uniquePack = files{
	"pack.yaml": "format: 1\ndescription: d\nunique: [id, pair]\noutputs:\n  - template: list.yaml.tmpl\n  - {template: one.txt.tmpl, path: '{{ .Resource.Name }}.txt', each: resource}\n",
	"list.yaml.tmpl": `{{ range .API.Resources }}
- id: {{ include "id" . }}
  self: {{ include "id" . }}
  pair: {{ include "pair" (dict "Resource" .) }}
  same: {{ include "pair" (dict "Resource" .) }}
{{ end }}`,
	"one.txt.tmpl":   `{{ include "id" (index .API.Resources 0) }}{{ include "id" .Resource }}`,
	"_id.txt.tmpl":   "{{- /* An id. */ -}}\n{{ .Name }}",
	"_pair.txt.tmpl": "{{ .Resource.Name }}",
}

func TestUniquePartials(t *testing.T) {
	const other = "let it return a different text for each dot, such as {{ .Name }}"
	tests := []struct{ name, at, text, want string }{
		{"as they are", "_id.txt.tmpl", uniquePack["_id.txt.tmpl"], ""},
		{"one text for all", "_id.txt.tmpl", "{{- /* An id. */ -}}\n\nsame\n", `project/_id.txt.tmpl:3:1: the partial "id" returns "same" twice, but is listed as unique in pack.yaml [FS4007]` + "\n  hint: " + other},
		{"one text by an action", "_id.txt.tmpl", "{{- /* An id. */ -}}\n{{ $x := 1 }} {{ .Description }}", `project/_id.txt.tmpl:2:4: the partial "id" returns "It's #1: \"a\"" twice, but is listed as unique in pack.yaml [FS4007]` + "\n  hint: " + other},
		{"no text", "_id.txt.tmpl", "{{ if false }}x{{ end }}", `project/_id.txt.tmpl:1:7: the partial "id" returns no text, but is listed as unique in pack.yaml [FS4007]` + "\n  hint: let it return text for each dot, such as {{ .Name }}"},
		{"of dicts", "_pair.txt.tmpl", "x", `project/_pair.txt.tmpl:1:1: the partial "pair" returns "x" twice, but is listed as unique in pack.yaml [FS4007]` + "\n  hint: " + other},
	}
	for _, test := range tests {
		pack, err := open(uniquePack, files{}, files{test.at: test.text})
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		_, err = pack.Render(many(3), nil)
		if got, _, _ := strings.Cut(errorText(err), "\nproject/"); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}
