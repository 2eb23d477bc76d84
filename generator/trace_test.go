package generator

import "testing"

func TestRenderRefuses(t *testing.T) {
	text := files{"pack.yaml": "format: 1\ndescription: d\nparameters:\n  - {name: none, description: d}\noutputs:\n  - template: a.txt.tmpl\n",
		"_part.txt.tmpl": "{{ .Name }}\n"}
	parameters := text.with(files{"pack.yaml": "format: 1\ndescription: d\nparameters:\n  - {name: aLongerNameOfOne, description: d}\n  - {name: bag, description: d, default: {item: 1}}\noutputs:\n  - template: a.txt.tmpl\n"})
	each := text.with(files{"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - {template: a.txt.tmpl, path: \"{{ .Resource.Name }}.txt\", each: resource}\n"})
	tests := []struct {
		name  string
		pack  files
		files files
		want  string
	}{
		{name: "field", pack: text, files: files{"a.txt.tmpl": "é\né {{ .API.Titel }}\n"}, want: "embedded/list/a.txt.tmpl:2:11: model.API has no field \"Titel\" [FS4104]\n" +
			"  hint: did you mean .Title?"},
		{name: "field in a range", pack: text, files: files{"a.txt.tmpl": "{{ range .API.Resources }}\n{{ if eq .Name \"shelf\" }}{{ .Nmae }}{{ end }}\n{{ end }}"}, want: "embedded/list/a.txt.tmpl:2:30: model.Resource has no field \"Nmae\" [FS4104]\n" +
			"  hint: did you mean .Name?; while rendering shelf.yaml:3:1 (shelf)"},
		{name: "behind a range", pack: text, files: files{"a.txt.tmpl": "{{ range .API.Resources }}{{ end }}{{ .API.Titel }}\n"}, want: "embedded/list/a.txt.tmpl:1:44: model.API has no field \"Titel\" [FS4104]\n" +
			"  hint: did you mean .Title?"},
		{name: "in a partial", pack: text, files: files{"a.txt.tmpl": "{{ range .API.Resources }}{{ include \"part\" . }}{{ end }}", "_part.txt.tmpl": "a\n{{ if eq .Name \"shelf\" }}{{ fail \"no\\nshelf >: here\" }}{{ end }}"}, want: "embedded/list/_part.txt.tmpl:2:29: no [FS4203]\n" +
			"shelf >: here\n" +
			"  hint: while rendering shelf.yaml:3:1 (shelf)"},
		{name: "in a partial with other data", pack: text, files: files{"a.txt.tmpl": "{{ range .API.Resources }}\n{{ include \"part\" (dict \"Text\" .Name) }}{{ end }}", "_part.txt.tmpl": "{{ .Txt }}"}, want: "embedded/list/_part.txt.tmpl:1:5: a dict has no field \"Txt\" [FS4104]\n" +
			"  hint: did you mean .Text?; while rendering book.yaml:1:1 (book)"},
		{name: "of a resource", pack: each, files: files{"a.txt.tmpl": "{{ .Resource.Key.Name }}\n"}, want: "embedded/list/a.txt.tmpl:1:18: the model.Key is nil, and .Name is read without a check [FS4105]\n" +
			"  hint: wrap it in {{ with .Resource.Key }}; while rendering book.yaml:1:1 (book)"},
		{name: "no resource", pack: text, files: files{"a.txt.tmpl": "{{ .Resource.Name }}\n"}, want: "embedded/list/a.txt.tmpl:1:14: the model.Resource is nil, and .Name is read without a check [FS4105]\n" +
			"  hint: it is set only in outputs with `each: resource`; elsewhere wrap it in {{ with .Resource }}"},
		{name: "of the view", pack: text, files: files{"a.txt.tmpl": "{{ range .API.Resources }}{{ .Output.Path }}{{ end }}\n"}, want: "embedded/list/a.txt.tmpl:1:31: model.Resource has no field \"Output\" [FS4104]\n" +
			"  hint: did you mean $.Output?; while rendering book.yaml:1:1 (book)"},
		{name: "of the view in a partial", pack: text, files: files{"a.txt.tmpl": "{{ range .API.Resources }}{{ include \"part\" .Key }}{{ end }}\n", "_part.txt.tmpl": "{{ .Params.none }}"}, want: "embedded/list/_part.txt.tmpl:1:5: model.Key has no field \"Params\" [FS4104]\n" +
			"  hint: did you mean root.Params?; while rendering book.yaml:1:1 (book)"},
		{name: "of a list", pack: text, files: files{"a.txt.tmpl": "{{ $x := .API.Resources }}{{ $x.Name }}\n"}, want: "embedded/list/a.txt.tmpl:1:33: a list has no field \"Name\" [FS4104]\n" +
			"  hint: wrap it in {{ range }}, or take one item with first or index"},
		{name: "of what is nil", pack: text, files: files{"a.txt.tmpl": "{{ (index (dict) \"a\").Name }}\n"}, want: "embedded/list/a.txt.tmpl:1:23: the value is nil, and .Name is read without a check [FS4105]\n" +
			"  hint: wrap it in {{ with (index (dict) \"a\") }}"},
		{name: "with arguments", pack: text, files: files{"a.txt.tmpl": "{{ .API.Title upper }}\n"}, want: "embedded/list/a.txt.tmpl:1:9: Title takes no arguments [FS4106]\n" +
			"  hint: write {{ upper .API.Title }}"},
		{name: "function without arguments", pack: text, files: files{"a.txt.tmpl": "{{ range .API.Resources }}{{ title }}{{ end }}\n"}, want: "embedded/list/a.txt.tmpl:1:30: the function title has no arguments [FS4106]\n" +
			"  hint: did you mean .Title?; while rendering book.yaml:1:1 (book)"},
		{name: "no parameter", pack: text, files: files{"a.txt.tmpl": "{{ .Params.x }}\n"}, want: "embedded/list/a.txt.tmpl:1:12: unknown parameter \"x\" [FS4104]\n" +
			"  hint: add it to the parameters of pack.yaml"},
		{name: "no parameter in a partial", pack: text, files: files{"a.txt.tmpl": "{{ include \"part\" . }}\n", "_part.txt.tmpl": "{{ root.Params.nonne }}"}, want: "embedded/list/_part.txt.tmpl:1:16: unknown parameter \"nonne\" [FS4104]\n" +
			"  hint: did you mean .none?"},
		{name: "misspelt parameter", pack: parameters, files: files{"a.txt.tmpl": "{{ range .API.Resources }}{{ $.Params.aLongerNamOfOne }}{{ end }}\n", "_part.txt.tmpl": ""}, want: "embedded/list/a.txt.tmpl:1:39: unknown parameter \"aLongerNamOfOne\" [FS4104]\n" +
			"  hint: did you mean .aLongerNameOfOne?; while rendering book.yaml:1:1 (book)"},
		{name: "key of a parameter", pack: parameters, files: files{"a.txt.tmpl": "{{ .Params.bag.itm }}\n", "_part.txt.tmpl": ""}, want: "embedded/list/a.txt.tmpl:1:16: a map has no field \"itm\" [FS4104]\n" +
			"  hint: check for it with hasKey first"},
		{name: "function", pack: text, files: files{"a.txt.tmpl": "{{ schema \"draft-7\" \"\" .Params.none }}\n"}, want: "embedded/list/a.txt.tmpl:1:4: unknown schema dialect \"draft-7\" [FS4201]\n" +
			"  hint: did you mean \"draft-07\"?"},
		{name: "panic of a function", pack: text, files: files{"a.txt.tmpl": "{{ dig \"a\" }}\n"}, want: "embedded/list/a.txt.tmpl:1:4: dig needs at least three arguments [FS4201]"},
		{name: "computed include", pack: text, files: files{"a.txt.tmpl": "{{ include (printf \"%s\" \"prt\") . }}\n"}, want: "embedded/list/a.txt.tmpl:1:4: no partial \"prt\" [FS4103]\n" +
			"  hint: did you mean \"part\"?"},
		{name: "endless", pack: text, files: files{"a.txt.tmpl": "{{ include \"part\" . }}", "_part.txt.tmpl": "{{ include \"other\" . }}", "_other.txt.tmpl": "\n {{ include \"part\" . }}"}, want: "embedded/list/_other.txt.tmpl:2:5: partials include each other endlessly: _part.txt.tmpl > _other.txt.tmpl > _part.txt.tmpl > _other.txt.tmpl [FS4201]"},
		{name: "writer", pack: text, files: files{"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - template: a.yaml.tmpl\n", "a.yaml.tmpl": "a: {{ .API.Resources }}\n"}, want: "embedded/list/a.yaml.tmpl:1:7: a value of type model.Resource cannot be written [FS4202]\n" +
			"  hint: write one of its fields"},
		{name: "path", pack: each, files: files{"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - {template: a.txt.tmpl, path: \"{{ .Resource.Nam }}.txt\", each: resource}\n", "a.txt.tmpl": "x"}, want: "embedded/list/pack.yaml:4:5: model.Resource has no field \"Nam\" [FS4104]\n" +
			"  hint: did you mean .Name?; while rendering book.yaml:1:1 (book)"},
		{name: "path outside", pack: each, files: files{"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - {template: a.txt.tmpl, path: \"{{ .Resource.Description }}.txt\", each: resource}\n", "a.txt.tmpl": "x"}, want: "embedded/list/pack.yaml:4:5: the path \"a: b\\n" +
			"# c.txt\" of an output contains a control character [FS3003]\n" +
			"  hint: name a file inside the output folder"},
		{name: "one path", pack: each, files: files{"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - {template: a.txt.tmpl, path: \"{{ len .Resource.Name }}.txt\", each: resource}\n  - {template: b.txt.tmpl, path: \"4.TXT\"}\n  - {template: c.txt.tmpl, path: \"5.txt/x.txt\"}\n", "a.txt.tmpl": "x", "b.txt.tmpl": "x", "c.txt.tmpl": "x"}, want: "embedded/list/pack.yaml:5:5: two outputs are the same file: 4.txt of a.txt.tmpl, and 4.TXT of b.txt.tmpl [FS5005]\n" +
			"  hint: give one of the two a different path\n" +
			"embedded/list/pack.yaml:6:5: the output 5.txt of a.txt.tmpl is a file, but 5.txt/x.txt of c.txt.tmpl needs a folder in its place [FS5005]\n" +
			"  hint: give one of the two a different path"},
		{name: "one path for all", pack: each, files: files{"pack.yaml": "format: 1\ndescription: d\noutputs:\n  - {template: a.txt.tmpl, path: \"x.txt\", each: resource}\n", "a.txt.tmpl": "x"}, want: "embedded/list/pack.yaml:4:5: two outputs are the same file: x.txt of a.txt.tmpl, and x.txt of a.txt.tmpl [FS5005]\n" +
			"  hint: give each resource its own path, such as path: '{{ .Resource.Name }}.txt'"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pack, err := open(test.pack.with(test.files))
			if err != nil {
				t.Fatal(err)
			}
			_, err = render(t, pack)
			if got := errorText(err); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// What fail is told to be about gives the place, in whatever template that is, and however deep.
func TestFailIsPlaced(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`{{ fail "no" }}`, "embedded/list/a.txt.tmpl:1:4: no [FS4203]"},
		{`{{ fail "no" "do" }}`, "embedded/list/a.txt.tmpl:1:4: no [FS4203]\n  hint: do"},
		{`{{ fail "no" .API "do" }}`, "embedded/list/a.txt.tmpl:1:4: no [FS4203]\n  hint: do"},
		{`{{ fail "no" nil "do" }}`, "embedded/list/a.txt.tmpl:1:4: no [FS4203]\n  hint: do"},
		{`{{ range .API.Resources }}{{ fail "no" . "do" }}{{ end }}`, "book.yaml:1:1: no [FS4203]\n  hint: do"},
		{`{{ range .API.Resources }}{{ fail "no" (dict "Of" .) }}{{ end }}`, "book.yaml:1:1: no [FS4203]"},
		{`{{ include "part" (last .API.Resources) }}`, "shelf.yaml:3:1: no [FS4203]\n  hint: do"},
		{`{{ includeEach "part" .API.Resources }}`, "book.yaml:1:1: no [FS4203]\n  hint: do"},
	} {
		pack, err := open(files{
			"pack.yaml":      "format: 1\ndescription: d\noutputs:\n  - template: a.txt.tmpl\n",
			"a.txt.tmpl":     test.text + `{{ if false }}{{ include "part" . }}{{ end }}`,
			"_part.txt.tmpl": `{{ fail "no" . "do" }}`,
		})
		if err != nil {
			t.Fatal(test.text, err)
		}
		if _, err := pack.Render(library, Params{}); errorText(err) != test.want {
			t.Errorf("%s: got %v", test.text, err)
		}
	}
}
