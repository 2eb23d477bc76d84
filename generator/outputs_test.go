package generator

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/firestoned/firestone/model"
)

// namedLibrary is an API with a name and three resources.
func namedLibrary() *model.API {
	api := many(3)
	api.Title, api.Name = "Library", "library"
	return api
}

// rendered returns the files of a pack as "PATH: CONTENT" lines, in their order.
func rendered(t *testing.T, pack *Pack, set ...string) string {
	t.Helper()
	params, err := pack.Params(set)
	if err != nil {
		t.Fatal(err)
	}
	made, err := pack.Render(namedLibrary(), params)
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, f := range made {
		b.WriteString(f.Path + ": " + strings.ReplaceAll(string(f.Content), "\n", "|") + "\n")
	}
	return b.String()
}

const copying = `format: 1
description: d
parameters:
  - {name: package, description: p, schema: {type: string, pattern: '^[a-z]+$'}, default: "{{ .API.Name }}"}
  - {name: module, description: m, schema: {type: string}, default: "{{ .Params.package }}.app"}
  - {name: count, description: n, schema: {type: integer}, default: "{{ len .API.Resources }}"}
  - {name: docs, description: d, schema: {type: boolean}, default: false}
outputs:
  - {copy: runtime/, path: "src/{{ .Params.package }}/_core"}
  - {copy: settings.toml, path: "conf/{{ .Params.package }}.toml"}
  - {template: main.txt.tmpl, path: "src/{{ .Params.package }}/main.txt"}
  - {template: doc.txt.tmpl, when: "{{ .Params.docs }}"}
  - {template: one.txt.tmpl, path: "{{ .Resource.Name }}.txt", each: resource, when: '{{ hasSuffix "1" .Resource.Name }}'}
`

func copyingPack() files {
	return files{
		"pack.yaml": copying, "runtime/a.py": "f\"{{x}}\"\r\n", "runtime/.streamlit/config.toml": "[a]\n", "runtime/deep/b.bin": "\xff\x00", "settings.toml": "x = 1",
		"main.txt.tmpl": "{{ .Params.module }} {{ .Params.count }}", "doc.txt.tmpl": "docs", "one.txt.tmpl": "{{ .Resource.Name }}", "README.md": "about the pack", ".hidden": "x",
	}
}

// A pack copies files byte for byte, makes outputs where their condition is met, and takes defaults from the API.
func TestCopiesConditionsAndDefaults(t *testing.T) {
	pack, err := open(copyingPack())
	if err != nil {
		t.Fatal(err)
	}
	want := "conf/library.toml: x = 1\n" +
		"r001.txt: r001|\n" +
		"src/library/_core/.streamlit/config.toml: [a]|\n" +
		"src/library/_core/a.py: f\"{{x}}\"\r|\n" +
		"src/library/_core/deep/b.bin: \xff\x00\n" +
		"src/library/main.txt: library.app 3|\n"
	if got := rendered(t, pack); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := rendered(t, pack, "package=x", "module=y", "docs=true"); !strings.Contains(got, "src/x/main.txt: y 3") || !strings.Contains(got, "doc.txt: docs") {
		t.Errorf("what is given does not count:\n%s", got)
	}
	above, err := open(copyingPack(), files{"runtime/a.py": "mine\n", "runtime/new.py": "new\n"})
	if err != nil {
		t.Fatal(err)
	}
	if got := rendered(t, above); !strings.Contains(got, "_core/a.py: mine|\n") || !strings.Contains(got, "_core/new.py: new|\n") || !strings.Contains(got, "deep/b.bin") {
		t.Errorf("an override does not count:\n%s", got)
	}
	for _, f := range above.Files() {
		if f.Path == "runtime/a.py" && (!f.IsCopied || f.Layer != "org" || len(f.Replaced) != 1 || f.Eject("list", "1") != "mine\n") {
			t.Errorf("the overriding file is %+v", f)
		}
	}
}

func TestOutputsRefuse(t *testing.T) {
	for edit, want := range map[string]string{
		"copy: runtime/ => copy: runtim/":                                                         `pack.yaml:9:5: no file "runtim/" to copy`,
		"copy: runtime/, => copy: runtime/, each: resource,":                                      "files are copied once",
		"copy: runtime/, => copy: runtime/, template: main.txt.tmpl,":                             "an output has a template or copies files, not both",
		`when: "{{ .Params.docs }}" => when: "docs"`:                                              `"docs" is not a condition`,
		`when: "{{ .Params.docs }}" => when: "{{ .Params.dcs }}"`:                                 `did you mean`,
		`when: "{{ .Params.docs }}" => when: "{{ dcos }}"`:                                        `unknown function "dcos"`,
		`"{{ .API.Name }}" => "{{ .API.Title }}"`:                                                 `the default of parameter "package" cannot be "Library"`,
		`"{{ .API.Name }}" => "{{ .API.Nam }}"`:                                                   "Nam",
		`"{{ .API.Name }}" => "{{ if }}"`:                                                         "the default of parameter package",
		`"{{ len .API.Resources }}" => "{{ .API.Title }}"`:                                        `the default of parameter "count" cannot be "Library"`,
		"copy: settings.toml => copy: runtime/a.py":                                               "settings.toml: the file is not a template, and no output copies it",
		`path: "conf/{{ .Params.package }}.toml" => path: "../x.toml"`:                            `contains the segment ".."`,
		`path: "conf/{{ .Params.package }}.toml" => path: "src/{{ .Params.package }}/_core/a.py"`: "two outputs are the same file",
	} {
		from, to, _ := strings.Cut(edit, " => ")
		in := copyingPack()
		if in["pack.yaml"] = strings.Replace(copying, from, to, 1); in["pack.yaml"] == copying {
			t.Fatalf("%s changes nothing", edit)
		}
		pack, err := open(in)
		got := errorText(err)
		if err == nil {
			got = rendered(t, pack)
		}
		if !strings.Contains(got, want) || !strings.Contains(got, "list/") {
			t.Errorf("%s: got\n%s\nwant %s", edit, got, want)
		}
	}
}

// An override includes what it replaces, through all layers, and every partial reads the root.
func TestReplacedAndRoot(t *testing.T) {
	base := files{
		"pack.yaml":       "format: 1\ndescription: d\noutputs:\n  - template: a.yaml.tmpl\n",
		"a.yaml.tmpl":     "title: {{ include \"name\" .API }}\nparts:\n  {{- include \"part\" . | nindent 2 }}\n",
		"_name.txt.tmpl":  "{{ .Title }} of {{ (root).API.Name }} in {{ root.Output.Path }}",
		"_part.yaml.tmpl": "a: {{ include \"inner\" . }}\n",
		"_inner.txt.tmpl": "1",
	}
	pack, err := open(base,
		files{"_part.yaml.tmpl": "{{ replaced . }}\nb: 2\n", "_inner.txt.tmpl": "one"},
		files{"_part.yaml.tmpl": "{{ replaced . }}\nc: 3\n", "a.yaml.tmpl": "{{ replaced . }}\nmore: true\n"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := rendered(t, pack), "a.yaml: title: Library of library in a.yaml|parts:|  a: one|  b: 2|  c: 3|more: true|\n"; got != want {
		t.Errorf("got %s want %s", got, want)
	}
	_, err = open(base, files{"_inner.txt.tmpl": "x", "_name.txt.tmpl": "y"}, files{"_new.txt.tmpl": "{{ replaced . }}", "_inner.txt.tmpl": "{{ include \"new\" . }}"})
	if want := "project/_new.txt.tmpl: the template calls replaced, but it replaces no template"; !strings.Contains(errorText(err), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

// A pack of a team extends another one, by its folder, and that another.
func TestExtendsFolders(t *testing.T) {
	root := t.TempDir()
	write := func(at, text string) {
		t.Helper()
		at = filepath.Join(root, at)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mine := Layer{Name: filepath.ToSlash(filepath.Join(root, "mine")), FS: os.DirFS(filepath.Join(root, "mine")), Beside: func(folder string) (fs.FS, error) { return os.DirFS(folder), nil }}
	write("base/pack.yaml", "format: 1\ndescription: base\noutputs:\n  - template: a.txt.tmpl\n")
	write("base/a.txt.tmpl", "{{ include \"x\" . }}")
	write("base/_x.txt.tmpl", "base")
	write("team/pack.yaml", "extends: ../base\noutputs:\n  - template: b.txt.tmpl\n")
	write("team/b.txt.tmpl", "b")
	write("mine/pack.yaml", "extends: ../team/\n")
	write("mine/_x.txt.tmpl", "mine")
	pack, err := OpenFolder(fstest.MapFS{}, mine)
	if err != nil {
		t.Fatal(err)
	}
	if got := rendered(t, pack); got != "a.txt: mine|\nb.txt: b|\n" || pack.Name != "mine" || pack.Description != "base" {
		t.Errorf("got %s of %s: %s", got, pack.Name, pack.Description)
	}
	for extends, want := range map[string]string{"../none": "none: cannot be read: no such file", "../mine": "packs extend each other in a circle", "base": "a folder is written with a slash: ../base"} {
		write("base/pack.yaml", "extends: "+extends+"\n")
		if _, err := OpenFolder(fstest.MapFS{}, mine); !strings.Contains(errorText(err), want) {
			t.Errorf("%s: got %v, want %s", extends, err, want)
		}
	}
}

// Lint looks at the templates that pack.yaml holds: paths, conditions and defaults.
func TestLintOfKeys(t *testing.T) {
	in := copyingPack()
	in["pack.yaml"] = strings.NewReplacer("{{ .Params.docs }}", "{{ .Params.dcos }}", "conf/{{ .Params.package }}", "conf/{{ .Params.pakage }}", "{{ .API.Name }}", "{{ .API.Nam }}").Replace(copying)
	pack, err := open(in)
	if err != nil {
		t.Fatal(err)
	}
	got := pack.Lint().Error()
	for _, want := range []string{"when {{ .Params.dcos }}: ", "path conf/{{ .Params.pakage }}.toml: ", "the default of parameter package: ", `list/pack.yaml:4:`, `list/pack.yaml:10:`, `list/pack.yaml:12:`} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}
