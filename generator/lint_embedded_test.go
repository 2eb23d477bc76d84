package generator

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/firestoned/firestone/generator/lint"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/templates"
)

// embeddedPacks opens every embedded pack.
func embeddedPacks(t testing.TB) []*Pack {
	t.Helper()
	var packs []*Pack
	for _, name := range names(templates.FS) {
		p, err := Open(templates.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		packs = append(packs, p)
	}
	return packs
}

func TestEmbeddedTemplatesLintClean(t *testing.T) {
	for _, p := range embeddedPacks(t) {
		if problems := p.Lint(); len(problems) > 0 {
			t.Errorf("%s: %v", p.Name, problems)
		}
		for _, s := range p.sources() {
			view := p.viewType(EachResource)
			alone := s.linted(s.declaredDot(view), view)
			alone.Partial = "alone"
			if problems := lint.Check([]*lint.Template{alone}); len(problems) > 0 {
				t.Errorf("the dot that the comment declares: %v", problems)
			}
		}
	}
}

// TestOverridesLintClean lints the overrides of the examples, and those of the scripts that can be opened.
func TestOverridesLintClean(t *testing.T) {
	scripts, err := filepath.Glob("../command/testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	layers := []fs.FS{os.DirFS("../examples/overrides")}
	for _, script := range scripts {
		if filepath.Base(script) == "lint.txtar" {
			continue
		}
		archive, err := txtar.ParseFile(script)
		if err != nil {
			t.Fatal(err)
		}
		held := files{}
		for _, file := range archive.Files {
			held[file.Name] = string(file.Data)
		}
		layers = append(layers, held.fs())
	}
	linted := 0
	for _, layer := range layers {
		err := fs.WalkDir(layer, ".", func(at string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.IsDir() {
				return err
			}
			templates, err := fs.Glob(layer, at+"/*.tmpl")
			if len(templates) > 0 {
				linted += lintFolder(t, layer, at)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if linted < 3 {
		t.Errorf("%d overrides were linted", linted)
	}
}

// wrongOnPurpose are the slips of a script's pack whose own test has to fail.
var wrongOnPurpose = []string{"faulty/list.txt.tmpl:1:9"}

// lintFolder reports the slips of a folder of a pack or an override, and returns how many folders could be opened.
func lintFolder(t *testing.T, layer fs.FS, at string) int {
	folder, err := fs.Sub(layer, at)
	if err != nil {
		t.Fatal(err)
	}
	p, err := OpenFolder(templates.FS, Layer{Name: at, FS: folder})
	if err != nil {
		return 0
	}
	for _, problem := range p.Lint() {
		if !slices.Contains(wrongOnPurpose, problem.Pos.String()) {
			t.Error(problem)
		}
	}
	return 1
}

// fieldsOfActions matches the names in the actions of a template, texts in quotes and comments left aside.
var (
	actions = regexp.MustCompile(`(?s)\{\{-? [^/].*?\}\}`)
	quoted  = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	fields  = regexp.MustCompile(`\.[A-Za-z]\w*`)
)

// fieldsIn returns where the names of fields begin in a template, and where they end.
func fieldsIn(text string) [][]int {
	var found [][]int
	for _, action := range actions.FindAllStringIndex(text, -1) {
		bare := quoted.ReplaceAllStringFunc(text[action[0]:action[1]], func(s string) string { return strings.Repeat(" ", len(s)) })
		for _, field := range fields.FindAllStringIndex(bare, -1) {
			found = append(found, []int{action[0] + field[0] + 1, action[0] + field[1]})
		}
	}
	return found
}

// leastFound is how many of a hundred misspelt fields lint has to find in the templates of a pack.
var leastFound = map[string]int{"asyncapi": 99, "openapi": 99, "python": 99, "cli": 94, "streamlit": 99}

// TestLintFindsMisspeltFields misspells fields of the embedded templates, one at a time, in the pack that has them: with
// SWEEP=1 each of them, with -short every twentieth, else every fourth.
func TestLintFindsMisspeltFields(t *testing.T) {
	stride, slack := 4, 2 // percent: those that are left out may be those that are found
	switch {
	case os.Getenv("SWEEP") != "":
		stride, slack = 1, 0
	case testing.Short():
		stride, slack = 20, 10
	}
	for _, p := range embeddedPacks(t) {
		found, all, next := 0, 0, 0
		legal := legalNames()
		for _, s := range p.sources() {
			if !strings.HasPrefix(s.file, "embedded/"+p.Name+"/") {
				continue // of the pack below
			}
			for _, field := range fieldsIn(s.text) {
				name := s.text[field[0]:field[1]]
				misspelt := name[:len(name)/2] + "q" + name[len(name)/2+1:]
				if legal[misspelt] {
					continue
				}
				if next++; next%stride != 0 {
					continue
				}
				all++
				at := s.pos(field[0])
				problems := lintWith(t, p, s, s.text[:field[0]]+misspelt+s.text[field[1]:])
				if len(problems) == 1 && problems[0].Pos == at && strings.Contains(problems[0].Msg, `"`+misspelt+`"`) {
					found++
					continue
				}
				t.Logf("%v: .%s for .%s: %v", at, misspelt, name, problems)
			}
		}
		least, isKnown := leastFound[p.Name]
		t.Logf("%s: found %d of %d", p.Name, found, all)
		if !isKnown || all < 60/stride || found*100 < all*(least-slack) {
			t.Errorf("%s: found %d of %d misspelt fields, expected %d %%", p.Name, found, all, least)
		}
	}
}

// lintWith lints the pack with another text of one of its templates.
func lintWith(t *testing.T, p *Pack, s *source, text string) value.Problems {
	t.Helper()
	other := &source{path: s.path, file: s.file, text: text, language: s.language}
	var problems value.Problems
	other.parse(&problems)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", text, problems)
	}
	changed := *p
	changed.templates = maps.Clone(p.templates)
	changed.templates[s.path] = other
	return changed.Lint()
}

// legalNames returns the names of the fields of any type.
func legalNames() map[string]bool {
	legal := map[string]bool{}
	for _, t := range viewTypes() {
		for _, member := range lint.Of(t).Members() {
			legal[member] = true
		}
	}
	return legal
}

func BenchmarkLint(b *testing.B) {
	packs := embeddedPacks(b)
	largest := slices.MaxFunc(packs, func(a, b *Pack) int { return len(a.templates) - len(b.templates) })
	for b.Loop() {
		if problems := largest.Lint(); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}
