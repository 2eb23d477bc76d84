package generator

import (
	"runtime"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
)

// TestSplit guards that split ranges write what text/template's own do, and which ranges are split.
func TestSplit(t *testing.T) {
	tests := []struct {
		text  string
		split int
	}{
		{`{{ range .API.Resources }}{{ include "part" . }},{{ end }}`, 1},
		{`{{ range .API.Resources }}{{ .Name }},{{ end }}`, 0},
		{`{{ range .API.Resources }}{{ $n := .Name }}{{ include "part" . }}{{ $n }}{{ range $i, $l := list 1 2 }}{{ $i }}{{ $l }}{{ end }}{{ end }}`, 1},
		{`{{ range .API.Resources }}{{ include "part" . }}{{ $.API.Title }}{{ end }}`, 1},
		{`{{ $n := 1 }}{{ range .API.Resources }}{{ include "part" . }}{{ $n }}{{ end }}`, 0},
		{`{{ $n := 1 }}{{ range .API.Resources }}{{ $n }}{{ $n := .Name }}{{ include "part" . }}{{ $n }}{{ end }}`, 0},
		{`{{ $n := "" }}{{ range .API.Resources }}{{ $n = .Name }}{{ include "part" . }}{{ end }}{{ $n }}`, 0},
		{`{{ range $i, $r := .API.Resources }}{{ $i }}{{ include "part" . }}{{ end }}`, 0},
		{`{{ range .API.Resources }}{{ include "part" . }}{{ if eq .Name "r020" }}{{ break }}{{ end }}{{ end }}`, 0},
		{`{{ range .API.Resources }}{{ include "part" . }}{{ else }}none{{ end }}`, 0},
		{`{{ with .API }}{{ if .Resources }}{{ range .Resources }}{{ include "part" . }}{{ end }}{{ end }}{{ end }}`, 1},
		{`{{ range list .API .API }}{{ range .Resources }}{{ include "part" . }}{{ end }}!{{ end }}`, 1},
		{`{{ range $i, $a := list .API .API }}{{ range .Resources }}{{ include "part" . }}{{ end }}!{{ end }}`, 1},
		{`{{ range .API.Servers }}{{ include "part" . }}{{ end }}{{ range 3 }}{{ include "number" . }}{{ end }}{{ range dict "b" 1 "a" 2 }}{{ include "number" . }}{{ end }}`, 3},
		{`{{ range .API.Resources }}{{ $_ := set $.Params .Name 1 }}{{ include "part" . }}{{ len $.Params }}{{ end }}`, 0},
		{`{{ range .API.Resources }}{{ include "count" (dict "seen" $.Params "name" .Name) }}{{ end }}`, 0},
		{`{{ $d := .Params }}{{ $_ := set $d "n" 1 }}{{ range .API.Resources }}{{ include "part" . }}{{ end }}`, 0},
		{`{{ $d := dict }}{{ $_ := mustMerge $d $.Params }}{{ range .API.Resources }}{{ include "part" . }}{{ end }}`, 0},
		{`{{ $d := dict }}{{ $_ := set $d "n" 1 }}{{ range .API.Resources }}{{ include "part" . }}{{ end }}{{ $d.n }}`, 1},
		{`{{ range .API.Resources }}{{ $d := dict "n" 1 }}{{ $_ := unset $d "n" }}{{ include "part" . }}{{ len $d }}{{ end }}`, 1},
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, test := range tests {
		in := files{
			"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - template: a.txt.tmpl\n", "a.txt.tmpl": test.text,
			"_part.txt.tmpl": "<{{ .Name }}>\n", "_number.txt.tmpl": "{{ . }};",
		}
		if strings.Contains(test.text, "count") {
			in["_count.txt.tmpl"] = "{{ $_ := set .seen .name 1 }}{{ len .seen }};"
		}
		pack, err := open(in)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		s := pack.templates["a.txt.tmpl"]
		if len(s.ranges) != test.split {
			t.Errorf("%s: %d ranges are split", test.text, len(s.ranges))
		}
		own := pack.renderer()
		own.trace = true
		view := View{API: many(50), Params: Params{}, Output: pack.Outputs[0]}
		want, err := own.execute(s, view)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
		}
		for _, processors := range []int{1, 2, 5} {
			runtime.GOMAXPROCS(processors)
			got, err := pack.Render(view.API, Params{})
			if err != nil || string(got[0].Content) != want+"\n" && string(got[0].Content) != want {
				t.Errorf("%s, %d processors: got %q, want %q, %v", test.text, processors, got, want, err)
			}
		}
	}
}

func TestSplitRefuses(t *testing.T) {
	pack, err := open(files{
		"pack.yaml":  "format: 1\ndescription: d\noutputs:\n  - template: a.txt.tmpl\n",
		"a.txt.tmpl": "{{ range .API.Resources }}{{ include \"part\" . }}{{ end }}", "_part.txt.tmpl": "{{ if .HasEvents }}{{ .Key.Name }}{{ end }}",
	})
	if err != nil {
		t.Fatal(err)
	}
	api := many(50)
	for _, r := range []*model.Resource{api.Resources[17], api.Resources[40]} {
		r.HasEvents, r.Pos.File, r.Pos.Line, r.Pos.Col = true, r.Name+".yaml", 1, 1
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, processors := range []int{1, 4} {
		runtime.GOMAXPROCS(processors)
		_, err := pack.Render(api, Params{})
		want := "embedded/list/_part.txt.tmpl:1:27: nil pointer evaluating *model.Key.Name\n  hint: wrap it in {{ with }}; while rendering r017.yaml:1:1 (r017)"
		if errorText(err) != want {
			t.Errorf("got %v", err)
		}
	}
}
