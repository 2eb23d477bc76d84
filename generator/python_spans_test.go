package generator

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
)

// pythonPack returns a pack with one template, and the partials given as name, text, name, text.
func pythonPack(t *testing.T, template string, partials ...string) *Pack {
	t.Helper()
	all := files{"p/pack.yaml": "format: 1\ndescription: d\noutputs: [{template: a.py.tmpl}]\n", "p/a.py.tmpl": template}
	for i := 0; i < len(partials); i += 2 {
		all["p/_"+partials[i]+".tmpl"] = partials[i+1]
	}
	pack, err := Open(all.fs(), "p")
	if err != nil {
		t.Fatalf("%s: %v", template, err)
	}
	return pack
}

// TestMisplaced guards that what an action writes stands in the token that the template shows, wherever the readers of
// templates are wrong. Each template needs raw, or a partial, to get there.
func TestMisplaced(t *testing.T) {
	api := &model.API{Title: "x", Description: "1 + evil()", Resources: []*model.Resource{{Name: "book"}, {Name: "f"}}}
	for name, c := range map[string]struct {
		template string
		partials []string
		want     string
	}{
		"prefix":   {"a = {{ raw \"f\" }}\"{{ .API.Title }}\"\n", nil, "embedded/p/a.py.tmpl:1:19: the template generated an invalid file: what the action writes is not inside a string in \""},
		"comment":  {"{{ include \"c\" . }} + {{ .API.Title }}\n", []string{"c.py", "x = 1 # c"}, "embedded/p/a.py.tmpl:1:23: "},
		"raw":      {"a = [{{ raw \"'''\" }} {{ .API.Title }}\n{{ raw \"'''\" }}]\n", nil, "embedded/p/a.py.tmpl:1:22: "},
		"partial":  {"a = {{ include \"n\" . }}\n{{ range .API.Resources }}{{ include \"k\" . }} a: pass\n{{ end }}", []string{"n.py", "\"{{ .API.Title }}\"", "k.py", "# ok\ni{{ ident .Name }}"}, "embedded/p/_k.py.tmpl:2:2: "},
		"each":     {"{{ includeEach \"k\" .API.Resources }}\n", []string{"k.py", "{{ if eq .Name \"f\" }}{{ raw \"b\" }}{{ end }}\"{{ .Name }}\""}, "embedded/p/_k.py.tmpl:1:45: "},
		"variable": {"{{ $x := ident .API.Title }}{{ $y := include \"k\" . }}a = {{ $x }}, {{ $y }}\nb = {{ $y }}\n", []string{"k.py", "[{{ raw \"#\" }} {{ .API.Title }}\n]"}, "embedded/p/_k.py.tmpl:1:16: "},
	} {
		_, err := pythonPack(t, c.template, c.partials...).Render(api, Params{})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) || !strings.Contains(err.Error(), "hint: separate the action") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMarksAreTakenOut guards that nothing but the check sees the marks of what actions write.
func TestMarksAreTakenOut(t *testing.T) {
	api := &model.API{Title: "a \"b\"\n", Description: "coding: latin-1"}
	pack := pythonPack(t, strings.Join([]string{
		"# {{ .API.Description }}", "a = {{ (include \"x\" .).Text }}", "b = '{{ include \"x\" . }}'", "c = {{ printf \"%s|%v\" (include \"x\" .) (ident .API.Title) }}",
		"d = {{ eq (include \"x\" .) \"\\\"\\\"\\\"a \\\"b\\\"\\n\\\"\\\"\\\"\" }}", "e = {{ len (toString (ident .API.Title)) }}", "f = {{ include \"y\" . }}", "g = {{ toJson (list (include \"x\" .)) }}",
		"if f:{{ include \"x\" . | nindent 4 | indent 3 }}", "# {{ trim (include \"x\" .) }}", "h = {{ include \"x\" . | trim }}", "i = {{ join \"-\" (list (ident \"x y\") (quote 1)) }}",
	}, "\n")+"\n", "x.py", "\"\"\"{{ .API.Title }}\"\"\"", "y.yaml", "{{ include \"x\" . }}: 1")
	made, err := pack.Render(api, Params{})
	want := strings.Join([]string{
		"# coding : latin-1", `a = '"""a "b"\n"""'`, `b = '"""a "b"\n"""'`, `c = '"""a "b"\n"""|a__b__'`, "d = True", "e = 6", `f = '"\\"\\"\\"a \\"b\\"\\n\\"\\"\\"": 1'`, `g = '["\\"\\"\\"a \\"b\\"\\n\\"\\"\\""]'`,
		"if f:   ", `       """a "b"`, `"""`, `# """a "b" """`, `h = """a "b"`, `"""`, `i = 'x_y-"1"'`, "",
	}, "\n")
	if err != nil || string(made[0].Content) != want {
		t.Errorf("%v\n%s", err, made[0].Content)
	}
}
