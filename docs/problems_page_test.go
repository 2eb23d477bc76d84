package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/docs"
)

// kindsInProse are the kinds without an example, since one would need several files, an I/O error, or a file that is too
// large to show.
var kindsInProse = []string{
	"FS1001", "FS1002", "FS1005", "FS1006", "FS1007", "FS1014", "FS1015",
	"FS2010", "FS2205", "FS2404", "FS2503", "FS2606",
	"FS3002",
	"FS4005", "FS4006", "FS4007", "FS4008", "FS4011",
	"FS4107", "FS4203",
	"FS5001", "FS5003", "FS5004", "FS5005",
	"FS6003", "FS6004", "FS6005", "FS6006", "FS9001",
}

// A kind is a constant of model/value/code.go.
type kind struct{ name, code, title string }

func kinds(t *testing.T) []kind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "model/value/code.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var all []kind
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			code := strings.Trim(spec.Values[0].(*ast.BasicLit).Value, `"`)
			all = append(all, kind{spec.Names[0].Name, code, strings.TrimSpace(spec.Comment.Text())})
		}
		return true
	})
	return all
}

// problemSections returns the sections of the page without markup. Each begins with its code and its title.
func problemSections() []string { return strings.Split("\n"+docs.Problems, "\n## ")[1:] }

// The page describes exactly the kinds in the source, in the same order and with their titles.
func TestProblemsAreTheKinds(t *testing.T) {
	var want, got []string
	for _, k := range kinds(t) {
		want = append(want, k.code+": "+k.title)
	}
	for _, section := range problemSections() {
		heading, _, _ := strings.Cut(section, "\n")
		got = append(got, heading)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the page has\n%s\nand the source\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Each kind is used by some problem.
func TestKindsAreUsed(t *testing.T) {
	var source strings.Builder
	for _, room := range []string{"command", "generator", "mock", "model", "project", "reach"} {
		err := filepath.WalkDir(room, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || path == filepath.Join("model", "value", "code.go") {
				return err
			}
			text, err := os.ReadFile(path)
			source.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, k := range kinds(t) {
		if !regexp.MustCompile(`(value\.|\(|Code: )` + k.name + `\b`).MatchString(source.String()) {
			t.Errorf("no problem is of the kind %s", k.name)
		}
	}
}

var (
	problemExample = regexp.MustCompile("(?s)```[a-z]+ (\\S+)\n(.*?)```\n\n```text\n(.*?)```\n\n```[a-z]+ \\S+\n(.*?)```\n")
	libraryOfOne   = "kind: book\nschema:\n  key: {name: book_id}\n  items: {properties: {title: {type: string}}}\n"
	packOfOne      = "format: 1\ndescription: Notes\noutputs:\n  - {template: notes.yaml.tmpl}\n"
)

// Each example gives the message on the page, and the corrected file does not give that kind.
func TestProblemExamples(t *testing.T) {
	for _, section := range problemSections() {
		code, _, _ := strings.Cut(section, ":")
		example := problemExample.FindStringSubmatch(section)
		if slices.Contains(kindsInProse, code) != (example == nil) {
			t.Errorf("%s has an example, or should have one: %v", code, example != nil)
		}
		if example == nil {
			continue
		}
		if got := problemsIn(t, example[1], example[2]); !strings.Contains(got, example[3]) || !strings.Contains(example[3], " ["+code+"]\n") {
			t.Errorf("%s: the page shows\n%sand firestone prints\n%s", code, example[3], got)
		}
		if got := problemsIn(t, example[1], example[4]); strings.Contains(got, "["+code+"]") {
			t.Errorf("%s: the file as it should be gives\n%s", code, got)
		}
	}
}

// problemsIn returns firestone's output for a file, beside a valid definition and pack.
func problemsIn(t *testing.T, file, text string) string {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.Mkdir("notes", 0o700); err != nil {
		t.Fatal(err)
	}
	for _, f := range [][2]string{{"book.yaml", libraryOfOne}, {"notes/pack.yaml", packOfOne}, {"notes/notes.yaml.tmpl", "title: {{ .API.Title }}\n"}, {file, text}} {
		if err := os.WriteFile(f[0], []byte(f[1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	words := []string{"check"}
	switch {
	case strings.HasPrefix(file, "notes/"):
		words = []string{"-t", "./notes", "-o", "notes.yaml", "book.yaml"}
	case file == "payload.json":
		words = []string{"validate", "-r", "book.yaml", "book", file}
	case file == "book.yaml" && strings.Contains(text, "asyncapi:"):
		words = []string{"-t", "asyncapi", file}
	case file == "book.yaml":
		words = []string{"-t", "openapi", file}
	}
	_, said, _ := firestone(words...)
	return said
}
