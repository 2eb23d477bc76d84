package generator

import (
	"slices"
	"strings"
	"testing"
)

// open opens the pack "list" of the embedded files below layers called org and project.
func open(embedded files, layers ...files) (*Pack, error) {
	var above []Layer
	for i, layer := range layers {
		above = append(above, Layer{Name: []string{"org", "project"}[i], FS: layer.fs()})
	}
	return Open(embedded.in("list").fs(), "list", above...)
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestOpenRefuses(t *testing.T) {
	outputs := "format: 1\ndescription: d\noutputs:\n"
	tests := []struct {
		name  string
		pack  files
		layer files
		want  string
		at    string // where the words are another package's
	}{
		{name: "keys of pack.yaml", pack: files{"pack.yaml": "format: 1\ndescription: d\nparamters: []\noutputs: []\nx: 1\n"},
			want: "embedded/list/pack.yaml:3:1: unknown key \"paramters\" in pack.yaml [FS2001]\n  hint: did you mean \"parameters\"?\n" +
				"embedded/list/pack.yaml:5:1: unknown key \"x\" in pack.yaml [FS2001]\n  hint: expected one of format, name, description, extends, parameters, outputs, unique, plain"},
		{name: "patterns of a parameter", pack: files{"pack.yaml": "format: 1\ndescription: d\nparameters:\n  - {name: a, description: d, schema: {pattern: '[a'}}\n  - {name: b, description: d, schema: {patternProperties: {'(': true}}}\noutputs: []\n"},
			want: "embedded/list/pack.yaml:4:49: \"[a\" is not a valid regular expression: unterminated [] set [FS2108]\n  hint: use ECMA-262 syntax\n" +
				"embedded/list/pack.yaml:5:60: \"(\" is not a valid regular expression: missing closing ) [FS2108]\n  hint: use ECMA-262 syntax"},
		{name: "unique names no partial", pack: files{"pack.yaml": outputs + "  - template: a.txt.tmpl\nunique: [lable, 1]\n", "a.txt.tmpl": "x", "_label.txt.tmpl": "x"},
			want: "embedded/list/pack.yaml:5:17: unique lists the names of partials, not 1 [FS4003]\n  hint: write the name that include takes, such as operation-id"},
		{name: "unique has a slip", pack: files{"pack.yaml": outputs + "  - template: a.txt.tmpl\nunique: [lable]\n", "a.txt.tmpl": "x", "_label.txt.tmpl": "x"},
			want: "embedded/list/pack.yaml:5:10: no partial \"lable\": the pack has no _lable.LANGUAGE.tmpl [FS4103]\n  hint: did you mean \"label\"?"},
		{name: "missing keys", pack: files{"pack.yaml": "parameters: []\n"},
			want: "embedded/list/pack.yaml:1:1: pack.yaml has no description [FS2003]\n" +
				"  hint: add `description: What it writes`\n" +
				"embedded/list/pack.yaml:1:1: pack.yaml has no format [FS2003]\n" +
				"  hint: add `format: 1`\n" +
				"embedded/list/pack.yaml:1:1: pack.yaml has no outputs [FS2003]\n" +
				"  hint: add `outputs: [{template: notes.md.tmpl}]`"},
		{name: "slips for required keys", pack: files{"pack.yaml": "formt: 1\ndescripton: d\noutput:\n  - {tempalte: a.txt.tmpl}\n", "a.txt.tmpl": "x"},
			want: "embedded/list/pack.yaml:1:1: unknown key \"formt\" in pack.yaml [FS2001]\n  hint: did you mean \"format\"?\n" +
				"embedded/list/pack.yaml:2:1: unknown key \"descripton\" in pack.yaml [FS2001]\n  hint: did you mean \"description\"?\n" +
				"embedded/list/pack.yaml:3:1: unknown key \"output\" in pack.yaml [FS2001]\n  hint: did you mean \"outputs\"?"},
		{name: "a slip for template", pack: files{"pack.yaml": outputs + "  - {tempalte: a.txt.tmpl}\n", "a.txt.tmpl": "x"},
			want: "embedded/list/pack.yaml:4:6: unknown key \"tempalte\" in an output [FS2001]\n  hint: did you mean \"template\"?"},
		{name: "a slip for extends", pack: listPack, layer: files{"pack.yaml": "extnds: list\n"},
			want: "org/pack.yaml:1:1: unknown key \"extnds\" in pack.yaml [FS2001]\n  hint: did you mean \"extends\"?"},
		{name: "a slip beside extends", pack: listPack, layer: files{"pack.yaml": "extends: list\nparamters: []\n"},
			want: "org/pack.yaml:2:1: unknown key \"paramters\" in pack.yaml [FS2001]\n  hint: did you mean \"parameters\"?"},
		{name: "a conflict", pack: listPack, layer: files{"pack.yaml": "extends: list\n<<<<<<< HEAD\ndescription: a\n=======\ndescription: b\n>>>>>>> b\n"},
			want: "org/pack.yaml:2:1: the file contains merge conflict markers [FS1007]\n  hint: keep one side or combine both, and remove the markers"},
		{name: "types", pack: files{"pack.yaml": "format: 2\ndescription: [d]\nparameters:\n  - 1\n  - {name: a, description: d}\n  - {name: a, description: d}\noutputs:\n  - {template: a.txt.tmpl, each: resources, write: never, once: true}\n"},
			want: "embedded/list/pack.yaml:1:9: unsupported pack format 2 [FS4003]\n" +
				"  hint: this version of firestone reads format 1\n" +
				"embedded/list/pack.yaml:2:14: description of pack.yaml cannot be a list [FS2002]\n" +
				"  hint: write \"description: d\"\n" +
				"embedded/list/pack.yaml:4:5: a parameter must be an object, not the number 1 [FS2002]\n" +
				"  hint: expected an object with name and description\n" +
				"embedded/list/pack.yaml:6:12: duplicate parameter \"a\" [FS4003]\n" +
				"embedded/list/pack.yaml:8:34: unknown value \"resources\" [FS2004]\n" +
				"  hint: did you mean \"resource\"?\n" +
				"embedded/list/pack.yaml:8:52: unknown value \"never\" [FS2004]\n" +
				"  hint: expected one of always, once\n" +
				"embedded/list/pack.yaml:8:59: unknown key \"once\" in an output [FS2001]\n" +
				"  hint: expected one of template, copy, path, each, when, write, yaml"},
		{name: "no outputs", pack: files{"pack.yaml": "format: 1\ndescription: d\noutputs: []\n"}, want: "embedded/list/pack.yaml:3:10: the pack has no outputs [FS4003]\n" +
			"  hint: add `- template: NAME.LANGUAGE.tmpl` to outputs"},
		{name: "not YAML", pack: files{"pack.yaml": "format: 1\noutputs: [\n"}, at: "embedded/list/pack.yaml:2:10: "},
		{name: "output without template", pack: listPack.with(files{"pack.yaml": outputs + "  - template: lst.yaml.tmpl\n  - template: _entry.yaml.tmpl\n", "resource.md.tmpl": ""}), want: "embedded/list/pack.yaml:4:5: no template \"lst.yaml.tmpl\" [FS4004]\n" +
			"  hint: did you mean \"list.yaml.tmpl\"?\n" +
			"embedded/list/pack.yaml:5:5: the template \"_entry.yaml.tmpl\" is a partial, which generates no output [FS4004]\n" +
			"  hint: rename it, and set its path: names that start with _ are those of partials; for example template: init.py.tmpl, path: __init__.py"},
		{name: "output twice", pack: listPack.with(files{"pack.yaml": manifestText + "  - template: list.yaml.tmpl\n"}), want: "embedded/list/pack.yaml:19:5: list.yaml.tmpl is listed twice, also at embedded/list/pack.yaml:13:5 [FS4004]"},
		{name: "script of output", pack: files{"pack.yaml": outputs + "  - {template: a.ts.tmpl, path: a.js}\n", "a.ts.tmpl": "x"}, want: "embedded/list/pack.yaml:4:5: of the template a.ts.tmpl and its output a.js, one is JavaScript and the other TypeScript [FS4004]\n" +
			"  hint: name the template after its output, with .tmpl at the end"},
		{name: "language of output", pack: files{"pack.yaml": outputs + "  - {template: a.txt.tmpl, path: a.yaml}\n", "a.txt.tmpl": "x"}, want: "embedded/list/pack.yaml:4:5: the template a.txt.tmpl writes text, but a.yaml is a YAML file [FS4004]\n" +
			"  hint: name the template after its output, with .tmpl at the end"},
		{name: "path outside", pack: files{"pack.yaml": outputs + "  - {template: a.txt.tmpl, path: ../a.txt}\n", "a.txt.tmpl": "x"}, want: "embedded/list/pack.yaml:4:5: the path \"../a.txt\" of an output contains the segment \"..\" [FS3003]\n" +
			"  hint: name a file inside the output folder"},
		{name: "path with a slip", pack: files{"pack.yaml": outputs + "  - {template: a.txt.tmpl, path: \"{{ .Resource.Name | lwoer }}.txt\", each: resource}\n", "a.txt.tmpl": "x"}, want: "embedded/list/pack.yaml:4:5: path {{ .Resource.Name | lwoer }}.txt: unknown function \"lwoer\" [FS4102]\n" +
			"  hint: did you mean lower?"},
		{name: "no template file", pack: listPack, layer: files{"_entry.yaml.tpl": "x", "_entry.yaml.tmpl": "x: 1\n"}, want: "org/_entry.yaml.tpl: the file is not a template, and no output copies it [FS4005]\n" +
			"  hint: name templates NAME.LANGUAGE.tmpl, such as _channel.yaml.tmpl, or list the file as `copy` in the outputs of pack.yaml"},
		{name: "override of nothing", pack: listPack, layer: files{"_entri.yaml.tmpl": "x: 1\n", "sub/entry.yaml.tmpl": "x: 1\n"}, want: "org/_entri.yaml.tmpl: the template is unused: it generates no output, overrides no template, and no template includes it [FS4005]\n" +
			"  hint: did you mean _entry.yaml.tmpl?\n" +
			"org/sub/entry.yaml.tmpl: the template is unused: it generates no output, overrides no template, and no template includes it [FS4005]\n" +
			"  hint: did you mean _entry.yaml.tmpl?"},
		{name: "pack.yaml of an override", pack: listPack, layer: files{"pack.yaml": "format: 1\ndescription: d\noutputs: []\n"}, want: "org/pack.yaml:1:1: the pack.yaml of an override must name the pack that it extends [FS4003]\n" +
			"  hint: add `extends: list`"},
		{name: "unknown function", pack: listPack, layer: files{"_entry.yaml.tmpl": "a: {{ .Name | uper }}\né: {{ if now }}{{ end }}\nb: {{ toJSON (genCA 1) }}\n"}, want: "org/_entry.yaml.tmpl:1:15: unknown function \"uper\" [FS4102]\n" +
			"  hint: did you mean upper?\n" +
			"org/_entry.yaml.tmpl:2:10: unknown function \"now\" [FS4102]\n" +
			"  hint: outputs depend only on the definitions: no clock, randomness, environment or network\n" +
			"org/_entry.yaml.tmpl:3:7: unknown function \"toJSON\" [FS4102]\n" +
			"  hint: did you mean toJson?\n" +
			"org/_entry.yaml.tmpl:3:15: unknown function \"genCA\" [FS4102]\n" +
			"  hint: it returns something different in every run"},
		{name: "syntax", pack: listPack, layer: files{"_entry.yaml.tmpl": "a: 1\nb: {{ .Name }\n"}, want: "org/_entry.yaml.tmpl:2:13: the action ends with a single } [FS4101]\n  hint: write }}"},
		{name: "unknown partial", pack: listPack, layer: files{"_entry.yaml.tmpl": "a: {{ include \"lable\" . }}\nb: {{ if eq (include \"zzzz\" .) \"\" }}x{{ end }}\n"}, want: "org/_entry.yaml.tmpl:1:15: no partial \"lable\": the pack has no _lable.LANGUAGE.tmpl [FS4103]\n" +
			"  hint: did you mean \"label\"?\n" +
			"org/_entry.yaml.tmpl:2:22: no partial \"zzzz\": the pack has no _zzzz.LANGUAGE.tmpl [FS4103]\n" +
			"  hint: expected one of entry, label"},
		{name: "unfit place", pack: listPack, layer: files{"_entry.yaml.tmpl": "a: x{{ .Name }}\n"}, at: "org/_entry.yaml.tmpl:1:5: "},
		{name: "partial twice", pack: listPack, layer: files{"_entry.txt.tmpl": "a"}, want: "embedded/list/_entry.yaml.tmpl: the partial name \"entry\" is already taken by org/_entry.txt.tmpl [FS4005]\n  hint: rename one of them"},
		{name: "hidden template", pack: listPack, layer: files{"_entry.yaml.tmpl": "{{ define \"x\" }}y: 1\n{{ end }}"}, at: "org/_entry.yaml.tmpl:1:1: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			layers := []files{test.layer}
			if test.layer == nil {
				layers = nil
			}
			_, err := open(test.pack, layers...)
			if got := errorText(err); got != test.want && (test.at == "" || !strings.HasPrefix(got, test.at)) {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestLayers(t *testing.T) {
	org := files{
		"pack.yaml":        "extends: list\nparameters:\n  - {name: version, default: \"3.1\"}\n  - {name: owner, description: Who owns it, schema: {type: string}, default: us}\noutputs:\n  - {template: owners.txt.tmpl}\n",
		"_label.txt.tmpl":  "org {{ include \"suffix\" . }}",
		"_suffix.txt.tmpl": "{{ .Name }}",
		"owners.txt.tmpl":  "{{ .Params.owner }}\n",
	}
	project := files{"_suffix.txt.tmpl": "{{ .Name | upper }}"}
	pack, err := open(listPack, org, project)
	if err != nil {
		t.Fatal(err)
	}
	got, err := render(t, pack)
	if err != nil {
		t.Fatal(err)
	}
	want := "docs/book.md once resource.md.tmpl\n# Books\ndocs/shelf.md once resource.md.tmpl\n# \\*Shelves\\*\n" +
		"list.yaml always list.yaml.tmpl\nlist:\n  -\n    name: org BOOK\n    text: 'no'\n  -\n    name: org SHELF\n    text: \"a: b\\n# c\"\nversion: '3.1'\nsize: 20\n" +
		"owners.txt always owners.txt.tmpl\nus\n"
	if show(got) != want {
		t.Errorf("got\n%s\nwant\n%s", show(got), want)
	}
	if pack.Layer != "project" || pack.Description != "Lists the resources" || pack.Parameters[0].Description != "Version of the list" {
		t.Errorf("got %s, %s, %+v", pack.Layer, pack.Description, pack.Parameters)
	}
}

// What a lower layer keeps for its own templates is no fault of whoever replaces those.
func TestOverrideDropsAPartial(t *testing.T) {
	org := files{
		"pack.yaml":              "extends: list\noutputs:\n  - {template: owners.txt.tmpl, when: '{{ include \"is-owned\" . }}'}\n",
		"owners.txt.tmpl":        "{{ include \"owner\" . }}\n",
		"_owner.txt.tmpl":        "us",
		"_is-owned.txt.tmpl":     "yes",
		"_label.txt.tmpl":        "{{ include \"label-suffix\" . }}",
		"_label-suffix.txt.tmpl": "{{ .Name }}",
	}
	if _, err := open(listPack, org, files{"owners.txt.tmpl": "them\n", "_label.txt.tmpl": "{{ .Name }}"}); err != nil {
		t.Error(err)
	}
	org["_onwer.txt.tmpl"] = "us"
	want := "org/_onwer.txt.tmpl: the template is unused"
	if _, err := open(listPack, org, files{"owners.txt.tmpl": "them\n"}); !strings.HasPrefix(errorText(err), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestOpenFolder(t *testing.T) {
	embedded := listPack.in("list").with(files{
		"loop/pack.yaml": "extends: pool\n", "pool/pack.yaml": "extends: loop\n", "small/pack.yaml": "extends: list\ndescription: A small list\n",
		"small/_label.txt.tmpl": "small",
	}).fs()
	label := files{"_label.txt.tmpl": "other"}
	tests := []struct {
		name   string
		folder files
		label  string // of the entries, or the error
	}{
		{"a/own", listPack, "'book: books'"},
		{"a/list", label, "other"},
		{"a/b", label.with(files{"pack.yaml": "extends: small\n"}), "other"},
		{"a/small", files{}, "small"},
		{"a/list", files{"_label.txt.tmpl": "\ufeffother\r\n"}, "other"},
		{"a/list", files{"_label.txt.tmpl": "a\nb\xff\n"}, "a/list/_label.txt.tmpl:2:1: the template is not valid UTF-8 [FS1001]\n  hint: save it as UTF-8"},
		{"a/b", label, "a/b/pack.yaml: the folder is not a pack: it has no pack.yaml, and no pack is named \"b\" [FS4001]\n  hint: add a pack.yaml, or name the folder after the pack that it overrides: list, loop, pool, small"},
		{"a/b", files{"pack.yaml": "extends: lst\n"}, "a/b/pack.yaml:1:10: unknown pack \"lst\" [FS4001]\n  hint: did you mean \"list\"?"},
		{"a/b", files{"pack.yaml": "extends: loop\n"}, "embedded/pool/pack.yaml:1:10: packs extend each other in a circle: loop > pool > loop [FS4002]"},
	}
	for _, test := range tests {
		pack, err := OpenFolder(embedded, Layer{Name: test.name, FS: test.folder.fs()})
		if err != nil {
			if err.Error() != test.label {
				t.Errorf("%s: %v", test.name, err)
			}
			continue
		}
		got, err := render(t, pack)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if list := string(got[2].Content); !strings.Contains(list, "\n    name: "+test.label+"\n") {
			t.Errorf("%s: got\n%s", test.name, list)
		}
	}
}

func TestPackExtendsAnother(t *testing.T) {
	embedded := listPack.in("b").with(files{"a/pack.yaml": "extends: b\ndescription: A\n", "templates.go": "package x"}).fs()
	for name, description := range map[string]string{"a": "A", "b": "Lists the resources"} {
		pack, err := Open(embedded, name)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{pack.Name, pack.Description, pack.Parameters[1].Name, pack.Parameters[1].Default.Text, pack.Outputs[0].Path}
		if want := []string{name, description, "size", "20", "list.yaml"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if _, err := Open(listPack.in("list").fs(), "lists"); errorText(err) != "unknown pack \"lists\" [FS4001]\n  hint: did you mean \"list\"?" {
		t.Errorf("got %v", err)
	}
}

func TestRawUses(t *testing.T) {
	pack, err := open(listPack, files{"_entry.yaml.tmpl": "a: 1\n{{ raw \"b: 2\" }}\n", "_label.txt.tmpl": "{{ if raw .Name }}raw{{ end }}"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, pos := range pack.RawUses() {
		got = append(got, pos.String())
	}
	if !slices.Equal(got, []string{"org/_entry.yaml.tmpl:2:4", "org/_label.txt.tmpl:1:7"}) {
		t.Errorf("got %q", got)
	}
}
