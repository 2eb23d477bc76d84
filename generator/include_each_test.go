package generator

import (
	"runtime"
	"strings"
	"testing"
)

// What includeEach writes is what a range with an include writes, however many processors there are.
func TestIncludeEach(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	pack := func(text string) files {
		return files{
			"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - template: a.yaml.tmpl\n", "a.yaml.tmpl": text,
			"_one.yaml.tmpl":  "{{- if ne .Name \"r003\" }}\n{{ .Name }}:\n  - {{ .Description }}\n{{- end }}\n",
			"_with.yaml.tmpl": "{{ .Item.Name }}: {{ .With.Title }} {{- /* of all */}}\n", "_word.txt.tmpl": "{{ .Name }}", "_outer.yaml.tmpl": "{{ .Name }}:\n  {{- includeEach \"one\" root.API.Resources | nindent 2 }}\n",
			"_counting.yaml.tmpl": "{{- $_ := set .With \"n\" (add1 .With.n) }}\n{{ .Item.Name }}: {{ .With.n }}\n",
		}
	}
	for text, same := range map[string]string{
		"all:\n  {{- includeEach \"one\" .API.Resources | nindent 2 }}\n":  "all:\n{{- range .API.Resources }}{{ if ne .Name \"r003\" }}\n  {{ .Name }}:\n    - {{ .Description }}{{ end }}{{ end }}\n",
		"{{ includeEach \"one\" .API.Resources }}\n":                       "{{- range .API.Resources }}{{ if ne .Name \"r003\" }}\n{{ .Name }}:\n  - {{ .Description }}{{ end }}{{ end }}\n",
		"{{ includeEach \"with\" .API.Resources .API }}\n":                 "{{- range .API.Resources }}\n{{ .Name }}: {{ $.API.Title }}{{ end }}\n",
		"x: 1\n{{- includeEach \"one\" .API.Channels | nindent 0 }}\n":     "x: 1\n",
		"x: {{ includeEach \"word\" .API.Resources | splitList \"\\n\" }}": "x: {{ $l := list }}{{ range .API.Resources }}{{ $l = append $l .Name }}{{ end }}{{ $l }}",
		"{{ includeEach \"counting\" .API.Resources (dict \"n\" 0) }}\n":   "{{- range $i, $r := .API.Resources }}\n{{ $r.Name }}: {{ add1 $i }}{{ end }}\n",
		"{{ includeEach \"outer\" .API.Resources }}\n":                     "{{- range .API.Resources }}\n{{ .Name }}:{{ range $.API.Resources }}{{ if ne .Name \"r003\" }}\n  {{ .Name }}:\n    - {{ .Description }}{{ end }}{{ end }}{{ end }}\n",
	} {
		var want string
		for i, in := range []string{same, text, text, text} {
			runtime.GOMAXPROCS([]int{1, 1, 2, 5}[i])
			opened, err := open(pack(in))
			if err != nil {
				t.Fatalf("%s: %v", in, err)
			}
			made, err := opened.Render(many(50), Params{})
			if err != nil {
				t.Fatalf("%s: %v", in, err)
			}
			got := strings.TrimLeft(string(made[0].Content), "\n")
			if i == 0 {
				want = got
			} else if got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", in, got, want)
			}
		}
	}
}

// Of several failures the first one counts, in the order of the list.
func TestIncludeEachFails(t *testing.T) {
	for text, want := range map[string]string{
		"{{ includeEach \"part\" .API.Resources }}":     "_part.yaml.tmpl:1:28: r007",
		"{{ includeEach \"part\" .API.Title }}":         "a.yaml.tmpl:1:4: includeEach cannot go through a value of type string",
		"{{ includeEach \"part\" .API.Resources 1 2 }}": "includeEach cannot go through",
		"{{ includeEach \"prt\" .API.Resources }}":      `a.yaml.tmpl:1:16: no partial "prt"`,
	} {
		pack, err := open(files{
			"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - template: a.yaml.tmpl\n", "a.yaml.tmpl": text,
			"_part.yaml.tmpl": "{{ if ge .Name \"r007\" }}{{ fail .Name }}{{ end }}",
		})
		if err == nil {
			_, err = pack.Render(many(50), Params{})
		}
		if !strings.Contains(errorText(err), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}
