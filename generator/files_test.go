package generator

import (
	"fmt"
	"slices"
	"testing"
)

func TestFiles(t *testing.T) {
	org := files{
		"pack.yaml":       "\ufeffextends: list\r\n",
		"_label.txt.tmpl": "org\r\n",
		"tests/a.txtar":   "-- a.yaml --\n", "tests/deep/_x.txt.tmpl": "{{ nonsense }}", "LICENSE": "x", "README.md": "x",
	}
	project := files{"_label.txt.tmpl": "project\n"}
	pack, err := open(listPack, org, project)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range pack.Files() {
		line := fmt.Sprintf("%s %s %s", file.Path, file.File, file.Layer)
		for _, below := range file.Replaced {
			line += fmt.Sprintf(" < %s %q", below.Layer, below.Text)
			if below.Replaced != nil {
				t.Errorf("%s: what it replaces says what that replaces", file.Path)
			}
		}
		if file.Layer != "embedded/list" {
			line += fmt.Sprintf(" %q", file.Text)
		}
		got = append(got, line)
	}
	want := []string{
		"_entry.yaml.tmpl embedded/list/_entry.yaml.tmpl embedded/list",
		fmt.Sprintf(`_label.txt.tmpl project/_label.txt.tmpl project < embedded/list %q < org "org\n" "project\n"`, listPack["_label.txt.tmpl"]),
		"list.yaml.tmpl embedded/list/list.yaml.tmpl embedded/list",
		"pack.yaml embedded/list/pack.yaml embedded/list",
		`pack.yaml org/pack.yaml org "extends: list\n"`,
		"resource.md.tmpl embedded/list/resource.md.tmpl embedded/list",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if digest := (TemplateFile{Text: "abc"}).Digest(); digest != "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Errorf("the digest of abc is %s", digest)
	}
}
