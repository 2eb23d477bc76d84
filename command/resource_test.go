package command

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/project"
)

// inFolderOf creates the files, each with a different size, in a new folder, and makes it the current one.
func inFolderOf(t *testing.T, files ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for i, file := range files {
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, make([]byte, i), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// filesOf returns the files that the arguments of a command line refer to.
func filesOf(arguments ...string) ([]string, error) {
	r := run{}
	for _, argument := range arguments {
		r.sources = append(r.sources, project.Text{Value: argument})
	}
	err := r.findDefinitions()
	return r.paths, err
}

func TestFiles(t *testing.T) {
	inFolderOf(t, "b.yaml", "a.json", "c.yml", "d.toml", "firestone.yaml", "_part.yaml", ".dot.yaml", "x,y.yaml",
		"sub/b.yaml", "sub/_deep/e.yaml", "sub/deep/e.yaml", "sub/e.yaml/inner.yaml", "st*r.yaml", "{odd}.yaml")
	if err := os.Symlink("b.yaml", "z.yaml"); err != nil {
		t.Skip("no links here:", err)
	}
	for _, c := range []struct {
		name      string
		arguments []string
		want      string // separated by blanks
	}{
		{"nothing", nil, ""},
		{"a file", []string{"b.yaml"}, "b.yaml"},
		{"a file of any name", []string{"d.toml", "_part.yaml", "firestone.yaml"}, "d.toml _part.yaml firestone.yaml"},
		{"one file in three spellings", []string{"./b.yaml", "b.yaml", "z.yaml", "sub/../b.yaml"}, "./b.yaml"},
		{"a link first", []string{"z.yaml", "b.yaml"}, "z.yaml"},
		{"this folder", []string{"."}, "a.json b.yaml c.yml st*r.yaml x,y.yaml {odd}.yaml"},
		{"a folder, not below, its name kept", []string{"./sub/"}, "./sub/b.yaml"},
		{"a folder after one of its files", []string{"sub/b.yaml", "sub"}, "sub/b.yaml"},
		{"a glob", []string{"?.y*ml"}, "b.yaml c.yml"},
		{"a glob with alternatives", []string{"{b,c}.{yaml,yml}"}, "b.yaml c.yml"},
		{"a glob below", []string{"sub/**/*.yaml"}, "sub/b.yaml sub/deep/e.yaml sub/e.yaml/inner.yaml"},
		{"a glob of what wildcards skip", []string{"_*.yaml", "sub/_deep/*"}, "_part.yaml sub/_deep/e.yaml"},
		{"a list", []string{"b.yaml, c.yml,,a.json"}, "b.yaml c.yml a.json"},
		{"a list of a folder, a glob and standard input", []string{"sub,?.json,-"}, "sub/b.yaml a.json <stdin>"},
		{"a list of patterns with commas", []string{"{b,c}.*,a.json"}, "b.yaml c.yml a.json"},
		{"the name of a file with a comma", []string{"x,y.yaml"}, "x,y.yaml"},
		{"names of files that look like patterns", []string{"st*r.yaml", "{odd}.yaml"}, "st*r.yaml {odd}.yaml"},
		{"standard input twice", []string{"-", "b.yaml", "-"}, "<stdin> b.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := filesOf(c.arguments...)
			if err != nil || strings.Join(got, " ") != c.want {
				t.Errorf("files of %q = %q, %v, want %s", c.arguments, got, err, c.want)
			}
		})
	}
}

func TestExpandRefuses(t *testing.T) {
	inFolderOf(t, "book.yaml", "empty/_x.yaml", "empty/notes.txt")
	for _, c := range []struct{ argument, want, hint string }{
		{"bok.yaml", "no such file: bok.yaml", "did you mean book.yaml?"},
		{"./bok.yaml", "no such file: ./bok.yaml", "did you mean ./book.yaml?"},
		{"book.yaml,nope/x", "no such file: nope/x", "the folder nope/ does not exist either"},
		{"", "a RESOURCE argument is empty", "or - for standard input"},
		{",", "no such file: ,", "a RESOURCE is a file"},
		{"empty", `no definitions in the folder "empty"`, "directly in it, other than firestone.yaml"},
		{"*.toml", `no file matches "*.toml"`, "did you mean *.yaml?"},
		{"nope/*.toml", `no file matches "nope/*.toml"`, "wildcards skip"},
		{"[", `"[" is not a valid pattern`, "[ab]"},
		{"book.yaml/x.yaml", "no such file: book.yaml/x.yaml", "book.yaml is a file, not a folder"},
	} {
		paths, err := filesOf(c.argument)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.hint) {
			t.Errorf("files of %q = %q, %v, want %s, %s", c.argument, paths, err, c.want, c.hint)
		}
	}
}

func TestSplitList(t *testing.T) {
	for list, want := range map[string][]string{
		"":                nil,
		" , ,":            nil,
		"a":               {"a"},
		"a, b ,c":         {"a", "b", "c"},
		"{a,b}.yaml,c":    {"{a,b}.yaml", "c"},
		"{a,{b,c}},d":     {"{a,{b,c}}", "d"},
		"a},b":            {"a}", "b"},
		"{unclosed,still": {"{unclosed,still"},
	} {
		if got := splitList(list); !slices.Equal(got, want) {
			t.Errorf("splitList(%q) = %q, want %q", list, got, want)
		}
	}
}
