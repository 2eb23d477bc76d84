package generator

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"testing/fstest"
)

// TestShared renders packs that extend a third one: what they have in common is made once, and nothing is another file
// than without that.
func TestShared(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"base/pack.yaml":         "format: 1\ndescription: d\noutputs:\n  - {template: book.md.tmpl, path: '{{ .Resource.Name }}.md', each: resource}\n  - {template: all.md.tmpl}\n",
		"base/book.md.tmpl":      "{{ include \"title\" .Resource }}\n",
		"base/_title.md.tmpl":    "# {{ .Title }}\n",
		"base/all.md.tmpl":       "{{ .API.Title }}\n",
		"one/pack.yaml":          "extends: ../base\noutputs:\n  - {template: one.md.tmpl}\n",
		"one/one.md.tmpl":        "one\n",
		"other/pack.yaml":        "extends: ../base\n",
		"changed/pack.yaml":      "extends: ../base\n",
		"changed/_title.md.tmpl": "## {{ .Title }}\n",
	} {
		at := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var shared Shared
	made := map[string]map[string][]byte{}
	for _, name := range []string{"one", "other", "changed"} {
		folder := filepath.Join(root, name)
		pack, err := OpenFolder(fstest.MapFS{}, Layer{
			Name: filepath.ToSlash(folder), FS: os.DirFS(folder),
			Beside: func(folder string) (fs.FS, error) { return os.DirFS(folder), nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		files, err := pack.RenderShared(library, Params{}, &shared)
		alone, errAlone := pack.Render(library, Params{})
		if err != nil || errAlone != nil || !reflect.DeepEqual(files, alone) {
			t.Fatalf("%s: shared, it gave %v and %v, alone %v and %v", name, files, err, alone, errAlone)
		}
		made[name] = map[string][]byte{}
		for _, f := range files {
			made[name][f.Path] = f.Content
		}
	}
	for _, c := range []struct {
		name, path string
		want       bool
	}{{"other", "book.md", true}, {"other", "all.md", true}, {"changed", "all.md", true}, {"changed", "book.md", false}} {
		if one, other := made["one"][c.path], made[c.name][c.path]; (&one[0] == &other[0]) != c.want {
			t.Errorf("%s of %s is the one that was made before: want %v", c.path, c.name, c.want)
		}
	}
}
