package main_test

import (
	"bufio"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/templates"
	"github.com/hexops/autogold/v2"
)

const casesFolder = "testdata/cases"

// A variant is a named pair of a pack and its parameters.
type variant struct {
	pack, name string
	settings   []string // key=value
}

// packs returns the names of the embedded packs.
func packs(t testing.TB) []string {
	t.Helper()
	manifests, err := fs.Glob(templates.FS, "*/pack.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, manifest := range manifests {
		names = append(names, path.Dir(manifest))
	}
	return names
}

// documentPacks are the packs that render every case.
var documentPacks = []string{"asyncapi", "openapi"}

// variantsOf reads the file params of a case: each line is PACK/NAME and parameters. A document that the file does not
// list is rendered once, with default parameters.
func variantsOf(t testing.TB, folder string) []variant {
	t.Helper()
	var all []variant
	file, err := os.Open(filepath.Join(folder, "params"))
	if err == nil {
		defer file.Close()
		for lines := bufio.NewScanner(file); lines.Scan(); {
			words := strings.Fields(lines.Text())
			pack, name, found := strings.Cut(words[0], "/")
			if !found {
				t.Fatalf("%s: %q is not PACK/NAME", file.Name(), words[0])
			}
			all = append(all, variant{pack, name, words[1:]})
		}
	}
	for _, pack := range documentPacks {
		if !slices.ContainsFunc(all, func(v variant) bool { return v.pack == pack }) {
			all = append(all, variant{pack: pack, name: "default"})
		}
	}
	return all
}

func TestGolden(t *testing.T) {
	for _, name := range casesIn(t) {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(casesFolder, name)
			api, problems := model.Load(readIn(folder), model.Options{}, definitionsIn(t, folder)...)
			if api == nil {
				t.Fatal(problems)
			}
			problems = besideFacts(problems)
			if len(problems) > 0 {
				autogold.ExpectFile(t, autogold.Raw(problems.Error()+"\n"), autogold.Dir(folder), autogold.Name("golden/warnings"))
			} else if _, err := os.Stat(filepath.Join(folder, "golden/warnings.golden")); err == nil {
				t.Error("there are no warnings, but golden/warnings.golden expects some")
			}
			for _, v := range variantsOf(t, folder) {
				expectVariant(t, folder, api, v)
			}
		})
	}
}

// expectVariant compares the files that a variant renders from the templates of its own pack. Copied files and those of
// extended packs are compared elsewhere.
func expectVariant(t *testing.T, folder string, api *model.API, v variant) {
	t.Helper()
	for _, file := range renderVariant(t, api, v) {
		_, err := fs.Stat(templates.FS, path.Join(v.pack, file.Template))
		if err != nil || !strings.HasSuffix(file.Template, ".tmpl") {
			continue
		}
		name := path.Join("golden", v.pack, v.name, file.Path)
		t.Run(name, func(t *testing.T) {
			autogold.ExpectFile(t, autogold.Raw(file.Content), autogold.Dir(folder), autogold.Name(name))
		})
	}
}

const (
	library       = "examples/library"
	libraryFolder = "testdata/library"
)

// libraryVariants are the variants of the example: every pack, except those of documents, which are compared for the cases.
func libraryVariants(t *testing.T) []variant {
	var all []variant
	for _, pack := range packs(t) {
		if !slices.Contains(documentPacks, pack) {
			all = append(all, variant{pack: pack, name: "default"})
		}
	}
	return all
}

func TestGoldenLibrary(t *testing.T) {
	api := load(t, readIn(library), definitionsIn(t, library)...)
	for _, v := range libraryVariants(t) {
		expectVariant(t, libraryFolder, api, v)
	}
}

// besideFacts returns the problems without the warning about a missing contact and license, which most test definitions
// lack.
func besideFacts(problems model.Problems) model.Problems {
	return slices.DeleteFunc(problems, func(p model.Problem) bool { return p.Warning && strings.HasPrefix(p.Msg, "the API has no ") })
}

// opened caches the embedded packs by name, since reading one takes longer than rendering a case.
var opened = map[string]*generator.Pack{}

// openPack returns an embedded pack.
func openPack(t testing.TB, name string) *generator.Pack {
	t.Helper()
	if opened[name] == nil {
		pack, err := generator.Open(templates.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		opened[name] = pack
	}
	return opened[name]
}

// renderVariant returns the files that a variant makes of an API.
func renderVariant(t testing.TB, api *model.API, v variant) []generator.File {
	t.Helper()
	pack := openPack(t, v.pack)
	params, err := pack.Params(v.settings)
	if err != nil {
		t.Fatal(err)
	}
	files, err := pack.Render(api, params)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func casesIn(t testing.TB) []string {
	t.Helper()
	entries, err := os.ReadDir(casesFolder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func TestEveryGoldenFileHasACase(t *testing.T) {
	err := filepath.WalkDir("testdata", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == "node_modules" {
			return fs.SkipDir
		}
		if err != nil || !strings.HasSuffix(path, ".golden") {
			return err
		}
		if !goldenHasCase(t, filepath.ToSlash(path)) {
			t.Errorf("%s: no test compares it any more; delete it", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func goldenHasCase(t *testing.T, path string) bool {
	if name, ok := strings.CutPrefix(path, "testdata/errors/"); ok {
		return slices.Contains(definitionsIn(t, "testdata/errors"), strings.TrimSuffix(name, ".golden")+".yaml")
	}
	if name, ok := strings.CutPrefix(path, "testdata/shapes/"); ok {
		return shapeCases(t)[strings.TrimSuffix(name, ".golden")] != nil
	}
	if name, ok := strings.CutPrefix(path, libraryFolder+"/golden/"); ok {
		return slices.ContainsFunc(libraryVariants(t), func(v variant) bool { return strings.HasPrefix(name, v.pack+"/"+v.name+"/") })
	}
	parts := strings.Split(path, "/") // testdata cases NAME golden PACK VARIANT FILE...
	if len(parts) < 5 || parts[1] != "cases" || parts[3] != "golden" {
		return false
	}
	folder := filepath.Join(casesFolder, parts[2])
	if parts[4] == "warnings.golden" {
		return len(definitionsIn(t, folder)) > 0
	}
	return len(parts) > 6 && len(definitionsIn(t, folder)) > 0 &&
		slices.ContainsFunc(variantsOf(t, folder), func(v variant) bool { return v.pack == parts[4] && v.name == parts[5] })
}
