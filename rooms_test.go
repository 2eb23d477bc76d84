package main_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/doc"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/firestoned/firestone"

// A room defines what one package may import: which packages of this module, which third-party packages, and which standard
// packages it may not import although others may.
type room struct {
	inside    []string // of this module, without its name; the own folder's rooms are named like others
	outside   []string // third-party packages by prefix
	forbidden []string // of the standard library
}

// Imports go one way: main -> command -> {project, generator/output -> generator, mock} -> model -> model/definition.
// command passes templates to generator, and all packages that handle paths resolve them with reach.
var rooms = map[string]room{
	"": {inside: []string{"command"}, forbidden: []string{"text/template"}},
	"command": {
		inside: []string{"project", "generator", "generator/escape", "generator/output", "reach", "templates", "docs", "mock", "mock/serve", "model", "model/value", "model/name", "model/schema", "model/validate", "model/facts"},
		outside: []string{
			"github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/bmatcuk/doublestar/v4", "github.com/fsnotify/fsnotify",
			"github.com/rogpeppe/go-internal/txtar", "golang.org/x/term", "golang.org/x/text",
		},
		forbidden: []string{"text/template"},
	},
	"generator": {
		inside:  []string{"generator/escape", "generator/execute", "generator/lint", "generator/python", "generator/syntax", "generator/tree", "reach", "model", "model/value", "model/name", "model/schema", "model/validate"},
		outside: []string{"github.com/Masterminds/sprig/v3", "sigs.k8s.io/yaml", "golang.org/x/text", "github.com/pelletier/go-toml/v2"},
	},
	"generator/attack":  {},
	"generator/escape":  {inside: []string{"generator/python", "generator/tree", "model/value", "model/name"}, outside: []string{"golang.org/x/text"}, forbidden: []string{"os"}},
	"generator/execute": {inside: []string{"generator/escape"}, forbidden: []string{"os"}},
	"generator/lint":    {inside: []string{"generator/tree", "model/value", "model/name"}, forbidden: []string{"os"}},
	"generator/python":  {forbidden: []string{"os"}},
	"generator/syntax":  {inside: []string{"generator/tree", "model/value", "model/name"}, forbidden: []string{"os", "text/template"}},
	"generator/tree":    {forbidden: []string{"os", "text/template"}},
	"generator/output": {
		inside:  []string{"generator", "reach", "model/value"},
		outside: []string{"github.com/aymanbagabas/go-udiff", "github.com/rogpeppe/go-internal/lockedfile"},
	},
	"project":   {inside: []string{"model/value", "model/form", "model/facts", "reach"}, outside: []string{"github.com/Masterminds/semver/v3", "github.com/bmatcuk/doublestar/v4"}, forbidden: []string{"os", "text/template"}},
	"reach":     {inside: []string{"model/value"}, forbidden: []string{"text/template"}},
	"templates": {},
	"docs":      {},
	"model": {
		inside:    []string{"model/value", "model/name", "model/schema", "model/example", "model/facts", "model/definition"},
		forbidden: []string{"os", "text/template", "flag"},
	},
	"model/definition": {
		inside:    []string{"model/value", "model/name", "model/schema", "model/form", "model/example", "model/facts", "model/recognise"},
		forbidden: []string{"os", "text/template", "flag"},
	},
	"model/facts":  {inside: []string{"model/value", "model/validate"}, forbidden: []string{"os", "text/template", "flag"}},
	"model/value":  {inside: []string{"model/name"}, outside: []string{"go.yaml.in/yaml/v4"}, forbidden: []string{"os", "text/template", "flag"}},
	"model/name":   {outside: []string{"github.com/go-openapi/inflect", "github.com/mozillazg/go-unidecode", "golang.org/x/text"}, forbidden: []string{"os", "text/template", "flag"}},
	"model/schema": {inside: []string{"model/value", "model/name"}, outside: []string{"github.com/dlclark/regexp2/v2"}, forbidden: []string{"os", "text/template", "flag"}},
	"model/validate": {
		inside:    []string{"model/value", "model/schema"},
		outside:   []string{"github.com/dlclark/regexp2/v2", "golang.org/x/text"},
		forbidden: []string{"os", "text/template", "flag"},
	},
	"model/recognise": {inside: []string{"model/value", "model/name"}, forbidden: []string{"os", "text/template", "flag"}},
	"model/form":      {inside: []string{"model/value", "model/schema", "model/validate"}, forbidden: []string{"os", "text/template", "flag"}},
	"model/validate/validatetest": {
		inside:  []string{"model/value"},
		outside: []string{"github.com/dlclark/regexp2/v2", "github.com/santhosh-tekuri/jsonschema/v6"},
	},
	"model/example": {
		inside:    []string{"model/value", "model/schema", "model/name", "model/validate"},
		forbidden: []string{"os", "text/template", "flag"},
	},
	"mock": {
		inside:    []string{"mock/disk", "mock/pages", "mock/parameter", "mock/query", "mock/state", "model", "model/name", "model/validate", "model/value"},
		outside:   []string{"github.com/coder/websocket", "github.com/rs/cors"},
		forbidden: []string{"os/exec", "text/template", "flag"},
	},
	"mock/disk":    {inside: []string{"model/value"}, outside: []string{"go.etcd.io/bbolt"}, forbidden: []string{"text/template", "flag"}},
	"mock/decimal": {forbidden: []string{"os", "text/template", "net/http"}},
	"mock/parameter": {
		inside:    []string{"mock/decimal", "model", "model/value", "model/name", "model/schema", "model/validate"},
		forbidden: []string{"os", "text/template", "net/http"},
	},
	"mock/query": {
		inside:    []string{"mock/decimal", "mock/parameter", "model", "model/value"},
		forbidden: []string{"os", "text/template", "net/http"},
	},
	"mock/state": {
		inside:    []string{"mock/disk", "mock/parameter", "model", "model/value", "model/schema", "model/validate", "model/example"},
		forbidden: []string{"os", "text/template", "net"},
	},
	"model/modeltest": {forbidden: []string{"os"}},
	"mock/pages": {
		inside:    []string{"model", "model/value"},
		outside:   []string{"github.com/swaggest/swgui"},
		forbidden: []string{"os", "net/http", "flag"},
	},
	"mock/serve": {forbidden: []string{"os/exec", "text/template", "flag"}},
	"bench":      {inside: []string{"model/value"}, outside: []string{"github.com/coder/websocket"}},
	"release":    {inside: []string{"command"}, outside: []string{"github.com/spf13/cobra"}},
}

type listedPackage struct {
	ImportPath   string
	Dir          string
	Doc          string // its first sentence
	Imports      []string
	GoFiles      []string
	XTestGoFiles []string
}

// goPackages returns the packages of this module, as listed by the go command.
func goPackages(t *testing.T) []listedPackage {
	t.Helper()
	all, err := listPackages()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return all
}

var listPackages = sync.OnceValues(func() ([]listedPackage, error) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,Doc,Imports,GoFiles,XTestGoFiles", "./...").Output()
	if err != nil {
		return nil, err
	}
	var all []listedPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listedPackage
		switch err := decoder.Decode(&p); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, err
		}
		all = append(all, p)
	}
})

func TestRoomsImportOnlyTheirNeighbours(t *testing.T) {
	for _, p := range goPackages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		r, ok := rooms[name]
		if !ok {
			t.Errorf("%s is no room of the table: say what it may import", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			if !r.allows(imported) {
				t.Errorf("%s may not import %s", p.ImportPath, imported)
			}
		}
	}
}

func (r room) allows(imported string) bool {
	if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
		return !slices.Contains(r.forbidden, imported)
	}
	return slices.ContainsFunc(r.allowances(), func(allowed string) bool { return isPackageOf(imported, allowed) })
}

// allowances returns the packages that the room may import, of this module by full path and of others by prefix.
func (r room) allowances() []string {
	all := slices.Clone(r.outside)
	for _, inside := range r.inside {
		all = append(all, module+"/"+inside)
	}
	return all
}

// isPackageOf reports whether an import is an allowed package, or, in another module, a package below it.
func isPackageOf(imported, allowed string) bool {
	return imported == allowed || strings.HasPrefix(imported, allowed+"/") && !strings.HasPrefix(allowed, module+"/")
}

// The table must be exact: an unused allowance would let an import in unnoticed.
func TestRoomsUseWhatTheyMayImport(t *testing.T) {
	imports := map[string][]string{}
	for _, p := range goPackages(t) {
		imports[strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")] = p.Imports
	}
	for name, r := range rooms {
		if _, exists := imports[name]; !exists {
			t.Errorf("there is no room %q", name)
		}
		for _, allowed := range r.allowances() {
			if !slices.ContainsFunc(imports[name], func(imported string) bool { return isPackageOf(imported, allowed) }) {
				t.Errorf("%s may import %s, and does not", name, allowed)
			}
		}
	}
	for name, varying := range mayVary {
		for _, allowed := range varying {
			if !slices.Contains(imports[name], allowed) {
				t.Errorf("%s may import %s, and does not", name, allowed)
			}
		}
	}
}

// mayVary are the rooms that may import packages whose results vary from run to run: servers, load generators, and
// pseudo-random numbers from a seed.
var mayVary = map[string][]string{
	"model/modeltest": {"math/rand/v2"},
	"mock":            {"math/rand/v2", "net", "net/http"},
	"mock/serve":      {"net", "net/http"},
	"bench":           {"math/rand/v2", "net/http"},
}

func TestNobodyImportsWhatVariesFromRunToRun(t *testing.T) {
	varying := []string{"math/rand", "math/rand/v2", "crypto/rand", "net", "net/http", "os/user"}
	for _, p := range goPackages(t) {
		for _, imported := range p.Imports {
			if slices.Contains(varying, imported) && !slices.Contains(mayVary[strings.TrimPrefix(p.ImportPath, module+"/")], imported) {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

var usesOfOS = regexp.MustCompile(`\bos\.[A-Z]\w*`)

// TestTheGeneratorTouchesNoDisk: the generator is given an fs.FS of each folder, and its files are written and compared in
// the room output.
func TestTheGeneratorTouchesNoDisk(t *testing.T) {
	for _, p := range goPackages(t) {
		if p.ImportPath != module+"/generator" {
			continue
		}
		for _, file := range p.GoFiles {
			text, err := os.ReadFile(path.Join("generator", file))
			if err != nil {
				t.Fatal(err)
			}
			for _, use := range usesOfOS.FindAllString(string(text), -1) {
				t.Errorf("generator/%s uses %s", file, use)
			}
		}
	}
}

// TestContributingShowsTheRooms compares the table of CONTRIBUTING.md with the first sentences of the packages.
func TestContributingShowsTheRooms(t *testing.T) {
	page, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows strings.Builder
	for _, p := range goPackages(t) {
		name := cmp.Or(strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/"), "main.go")
		fmt.Fprintf(&rows, "| `%s` | %s |\n", name, purpose(t, p))
	}
	_, table, _ := strings.Cut(string(page), "\n| room | ")
	_, table, _ = strings.Cut(table, "|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	if table+"\n" != rows.String() {
		t.Errorf("the table of the rooms in CONTRIBUTING.md is not what the packages say; it must be\n%s", rows.String())
	}
}

// purpose returns the first sentence of a package comment, without its standard beginning.
func purpose(t *testing.T, p listedPackage) string {
	t.Helper()
	sentence := p.Doc
	for _, file := range p.XTestGoFiles {
		if sentence != "" {
			break
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, file), nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Fatal(err)
		}
		sentence = new(doc.Package).Synopsis(parsed.Doc.Text())
	}
	words := strings.SplitN(sentence, " ", 3) // Package NAME does what it does
	if len(words) < 3 {
		t.Fatalf("%s has no comment", p.ImportPath)
	}
	return strings.TrimSuffix(strings.TrimPrefix(words[2], "answers one question: "), ".")
}

func TestGoModKeepsTestDependenciesApart(t *testing.T) {
	text, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(text), "require (")
	if len(blocks) < 3 {
		t.Fatalf("go.mod has %d blocks of requirements, not three: direct, test, indirect", len(blocks)-1)
	}
	if body := strings.TrimSpace(blocks[2]); !strings.HasPrefix(body, "// Test dependencies.") && !strings.HasSuffix(strings.TrimSpace(blocks[1]), "// Test dependencies.") {
		t.Errorf("go.mod's second block of requirements is not headed \"// Test dependencies.\"")
	}
	for _, module := range []string{"hexops/autogold", "santhosh-tekuri/jsonschema"} {
		if !strings.Contains(blocks[2], module) {
			t.Errorf("go.mod's second block does not hold %s", module)
		}
	}
}
