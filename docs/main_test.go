package docs_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/templates"
)

const module = "github.com/firestoned/firestone"

// TestMain makes the checkout the current folder, since pages refer to files by their paths in it, and puts firestone, as
// built by make build, first in PATH. With -short it runs nothing: make docs tests the pages.
func TestMain(m *testing.M) {
	if flag.Parse(); testing.Short() {
		return
	}
	os.Exit(func() int {
		if err := os.Chdir(".."); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		folder, err := os.MkdirTemp("", "firestone-test-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(folder)
		program := filepath.Join(folder, "firestone")
		if runtime.GOOS == "windows" {
			program += ".exe"
		}
		build := exec.Command("go", "build", "-o", program, ".")
		build.Stdout, build.Stderr = os.Stderr, os.Stderr
		if err := build.Run(); err != nil {
			fmt.Fprintln(os.Stderr, "go build:", err)
			return 1
		}
		os.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
		return m.Run()
	}())
}

// packs returns the names of the embedded packs.
func packs(t *testing.T) []string {
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

// load returns the API of the definitions in a folder.
func load(t *testing.T, folder string) *model.API {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "[^_]*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range files {
		files[i] = filepath.Base(file)
	}
	read := func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(folder, filepath.FromSlash(path))) }
	api, problems := model.Load(read, model.Options{}, files...)
	if api == nil {
		t.Fatal(problems)
	}
	return api
}

// render returns the files that a pack generates for an API.
func render(t *testing.T, api *model.API, pack string) []generator.File {
	t.Helper()
	opened, err := generator.Open(templates.FS, pack)
	if err != nil {
		t.Fatal(err)
	}
	params, err := opened.Params(nil)
	if err != nil {
		t.Fatal(err)
	}
	files, err := opened.Render(api, params)
	if err != nil {
		t.Fatal(err)
	}
	return files
}
