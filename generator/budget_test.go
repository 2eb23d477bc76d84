package generator

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firestoned/firestone/model"
)

// What ends an action ends too, in every language and wherever the action stands; with -short, in one place of some languages.
func TestActionsEnd(t *testing.T) {
	places := map[string][]string{
		"a.yaml": {"a: VALUE\n", "a: [VALUE]\n", "a:\n  {{- toYaml $x | nindent 2 }}\n", "a: \"VALUE\"\n"}, "a.json": {"VALUE\n", "{\"a\": VALUE}\n"},
		"a.py": {"a = VALUE\n", "# VALUE\n"}, "a.toml": {"a = VALUE\n"}, "a.md": {"VALUE\n"}, "a.txt": {"VALUE\n"},
	}
	for i, begins := range []string{
		"{{ $x := list 1 }}{{ range 60 }}{{ $x = list $x $x }}{{ end }}",
		"{{ $x := dict \"a\" .API.Title }}{{ range 60 }}{{ $x = dict \"a\" $x \"b\" $x }}{{ end }}",
		"{{ $x := list (repeat 1000000 \"a\") }}{{ range 18 }}{{ $x = list $x $x }}{{ end }}",
		"{{ $x := list 1 2 }}{{ range 10 }}{{ $x = list $x $x }}{{ end }}{{ range 990 }}{{ $x = list $x }}{{ end }}{{ range 6 }}{{ $x = list $x $x }}{{ end }}",
		"{{ $x := list (first .API.Resources).Schema }}{{ range 30 }}{{ $x = list $x $x }}{{ end }}",
		"{{ $x := dict }}{{ $_ := set $x \"x\" $x }}",
		"{{ $x := dict }}{{ $_ := set $x \"x\" $x }}{{ $_ := set $x \"y\" $x }}",
	} {
		for j, file := range slices.Sorted(maps.Keys(places)) {
			ends := places[file]
			if testing.Short() {
				if (i+j)%3 != 0 {
					continue
				}
				ends = ends[i%len(ends):][:1]
			}
			for _, end := range ends {
				text := begins + "\n" + strings.ReplaceAll(end, "VALUE", "{{ $x }}")
				pack, err := open(files{"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - template: " + file + ".tmpl\n", file + ".tmpl": text})
				if err != nil {
					t.Errorf("%s: %v", text, err)
					continue
				}
				err = renderedSoon(t, pack, text)
				if err == nil || !strings.Contains(err.Error(), file+".tmpl:") || strings.Contains(err.Error(), ".tmpl:1:1") {
					t.Errorf("%s: got %v, want an error at the action", text, err)
				}
			}
		}
	}
}

// A template that never ends, or makes more than fits into memory, is an error with its place; with -short, every sixth.
func TestTemplatesEnd(t *testing.T) {
	tests := map[string]string{
		"a\n{{ range 10000000000 }}{{ end }}":                                                         "2",
		"{{ range $i := until 100000 }}{{ range $j := until 100000 }}{{ end }}{{ end }}":              "1",
		"{{ range until 1000000000000 }}{{ end }}":                                                    "1",
		"{{ range untilStep 0 1000000000 1 }}{{ end }}":                                               "1",
		"{{ seq 10000000000 }}":                                                                       "1",
		"{{ seq 1 1 10000000000 }}":                                                                   "1",
		"{{ range 300000 }}{{ repeat 1000 \"x\" }}{{ end }}":                                          "1",
		"{{ $x := \"x\" }}{{ range 100 }}{{ $x = print $x $x }}{{ end }}":                             "1",
		"{{ $x := \"x\" }}{{ range 100 }}{{ $x = printf \"%s%s\" $x $x }}{{ end }}":                   "1",
		"{{ $x := \"x\" }}{{ range 100 }}{{ $x = cat $x $x }}{{ end }}":                               "1",
		"{{ $x := \"\\\\\" }}{{ range 100 }}{{ $x = quote $x | toString }}{{ end }}":                  "1",
		"{{ $x := list 1 2 }}{{ range 100 }}{{ $x = concat $x $x }}{{ end }}":                         "1",
		"{{ $x := list 1 }}{{ range 1000000 }}{{ $x = append $x 1 }}{{ end }}":                        "1",
		"{{ $x := list 1 }}{{ range 60 }}{{ $x = list $x $x }}{{ end }}{{ toString $x }}":             "1",
		"{{ $x := list 1 }}{{ range 60 }}{{ $x = list $x $x }}{{ end }}{{ toJson $x }}":               "1",
		"{{ $x := dict }}{{ $_ := set $x \"x\" $x }}{{ toYaml $x }}":                                  "1",
		"{{ $x := dict }}{{ $_ := set $x \"x\" $x }}{{ deepCopy $x | len }}":                          "1",
		"{{ repeat 10000000000 \"x\" }}":                                                              "1",
		"{{ repeat 10000000 \"x\" | replace \"x\" (repeat 10000000 \"y\") }}":                         "1",
		"{{ repeat 10000000 \"x\" | regexReplaceAll \"x\" (repeat 10000000 \"y\") }}":                 "1",
		"{{ join (repeat 10000000 \"x\") (until 100000) }}":                                           "1",
		"{{ $x := repeat 60000 \"a\\n\" }}{{ range 3 }}{{ $x = indent 900 $x }}{{ end }}":             "1",
		"{{ $x := repeat 1000000 \"a \" }}{{ range 100000 }}{{ contains \"b\" $x }}{{ end }}":         "1",
		"{{ $x := repeat 1000000 \"a \" }}{{ range 100000 }}{{ regexMatch \"b\" $x }}{{ end }}":       "1",
		"{{ $s := repeat 200000 \"a\" }}{{ $f := repeat 20000 \"%[1]s\" }}{{ $x := printf $f $s }}":   "1",
		"{{ printf (repeat 1000 \"%999999d\") 1 }}":                                                   "1",
		"{{ $x := regexFindAll \"a*b|a\" (repeat 100000 \"a\") -1 }}":                                 "1",
		"{{ regexMatch \"(x+x+|a?){0,900}b\" (repeat 8000000 \"a\") }}":                               "1",
		"{{ regexMatch (repeat 1000000 \"(a|b)\") \"a\" }}":                                           "1",
		"{{ len (uniq (until 200000)) }}":                                                             "1",
		"{{ $a := until 200000 }}{{ range until 100000 }}{{ $_ := has -1 $a }}{{ end }}":              "1",
		"{{ len (split \"\" (repeat 12000000 \"a\")) }}":                                              "1",
		"{{ $a := repeat 1000000 \"é\" }}{{ len (trimAll (print (repeat 1000000 \"è\") \"é\") $a) }}": "1",
		"{{ range 2000000 }}{{ $x := list . . . . . . . . }}{{ end }}":                                "1",
		"{{ include \"twice\" . }}":                                                                   "1",
	}
	for i, text := range slices.Sorted(maps.Keys(tests)) {
		if testing.Short() && i%12 != 0 {
			continue
		}
		want := tests[text]
		pack, err := open(files{
			"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - template: a.txt.tmpl\n", "a.txt.tmpl": text,
			"_twice.txt.tmpl": "{{ if .API }}{{ include \"twice\" (dict \"API\" .API \"n\" 1) }}{{ include \"twice\" (dict \"API\" .API) }}{{ end }}",
		})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		err = renderedSoon(t, pack, text)
		if err == nil || !strings.Contains(err.Error(), ".txt.tmpl:"+want+":") && !strings.Contains(err.Error(), "twice") {
			t.Errorf("%s: got %v, want an error in line %s", text, err, want)
		}
	}
}

// renderedSoon renders a pack of one template, and returns the error. It may not take more than 5 s of the processors.
func renderedSoon(t *testing.T, pack *Pack, text string) error {
	t.Helper()
	start := cpuTime(t)
	_, err := pack.Render(many(1), Params{})
	if took := cpuTime(t) - start; took > slowdown*5*time.Second {
		t.Errorf("%s: took %v", text, took)
	}
	return err
}

// What takes long where it is done badly is done well.
func TestFunctionsAreQuick(t *testing.T) {
	for _, text := range []string{
		"{{ len (print (code (repeat 4000000 \"`\"))) }}",
		"{{ len (distinct \"ident\" list (splitList \",\" (repeat 100000 \"a,\"))) }}",
	} {
		pack, err := open(files{"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - template: a.txt.tmpl\n", "a.txt.tmpl": text})
		if err != nil {
			t.Fatal(err)
		}
		if err := renderedSoon(t, pack, text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// A default, a path or a condition changes nothing for others, and a run that is spent renders nothing more.
func TestSpentRunsEnd(t *testing.T) {
	for name, in := range map[string]files{
		"a parameter inside itself": {"pack.yaml": "format: 1\ndescription: d\nparameters:\n  - {name: m, description: d, default: {a: 1}}\n" +
			"  - {name: n, description: d, default: '{{ $_ := set .Params.m \"a\" .Params.m }}x'}\noutputs:\n  - template: a.txt.tmpl\n", "a.txt.tmpl": "{{ .Params.m }}"},
		"a path that sets": {"pack.yaml": "format: 1\ndescription: d\nparameters:\n  - {name: m, description: d, default: {a: 1}}\n" +
			"outputs:\n  - {template: a.txt.tmpl, path: '{{ $_ := set .Params.m \"b\" 1 }}a.txt'}\n", "a.txt.tmpl": "{{ .Params.m }}"},
	} {
		pack, err := open(in)
		if err != nil {
			t.Fatal(err)
		}
		params, err := pack.Params(nil)
		if err != nil {
			t.Fatal(err)
		}
		made, err := pack.Render(many(1), params)
		if err != nil || string(made[0].Content) != "{\"a\": 1}\n" {
			t.Errorf("%s: got %s, %v", name, made, err)
		}
	}
	in, outputs := files{}, ""
	for i := range 40 {
		name := "a" + strings.Repeat("b", i) + ".txt"
		in[name+".tmpl"] = "{{ range until 900000 }}{{ end }}"
		outputs += "  - template: " + name + ".tmpl\n"
	}
	in["pack.yaml"] = "format: 1\ndescription: d\noutputs:\n" + outputs
	pack, err := open(in)
	if err != nil {
		t.Fatal(err)
	}
	if err := renderedSoon(t, pack, "40 outputs"); err == nil {
		t.Error("40 outputs end")
	}
}

// TestBudgetGrowsWithShapes: what templates may do grows with what they have to say of one resource.
func TestBudgetGrowsWithShapes(t *testing.T) {
	api := many(1)
	small := newBudget(api, 1)
	fields := &model.Shape{Kind: model.ObjectShape, Fields: make([]*model.Field, 1000), Enum: make([]*model.Value, 10)}
	api.Components = []*model.Component{{Parts: []*model.Shape{fields}}}
	large := newBudget(api, 1)
	if more := large.steps.Load() - small.steps.Load(); more != 1011*stepsOfMember {
		t.Errorf("%d steps more", more)
	}
	if more := large.bytes.Load() - small.bytes.Load(); more != 1011*bytesOfMember {
		t.Errorf("%d bytes more", more)
	}
}
