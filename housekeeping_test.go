package main_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/firestoned/firestone/templates"
)

var includes = regexp.MustCompile(`\binclude(?:Each)?\s+"([^"]+)"`)

// templateTexts returns the embedded templates by path, such as asyncapi/asyncapi.yaml.tmpl.
func templateTexts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := fs.WalkDir(templates.FS, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(file) != ".tmpl" {
			return err
		}
		text, err := fs.ReadFile(templates.FS, file)
		texts[file] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestEveryPartialIsIncluded(t *testing.T) {
	texts := templateTexts(t)
	included := map[string]bool{} // PACK/NAME
	for file, text := range texts {
		for _, match := range includes.FindAllStringSubmatch(text, -1) {
			if "_"+match[1] != partialName(file) {
				included[path.Dir(file)+"/"+match[1]] = true
			}
		}
	}
	for file := range texts {
		name, isPartial := strings.CutPrefix(partialName(file), "_")
		if isPartial && !included[path.Dir(file)+"/"+name] && !(path.Dir(file) == "cli" && included["python/"+name]) { // which cli extends
			t.Errorf("templates/%s is included by no other template of its pack", file)
		}
	}
}

// partialName returns the name by which a template is included, with its underscore: _tag for _tag.txt.tmpl.
func partialName(file string) string {
	name, _, _ := strings.Cut(path.Base(file), ".")
	return name
}

func TestTemplatesAreShort(t *testing.T) {
	for file, text := range templateTexts(t) {
		if lines := strings.Count(text, "\n"); lines > 150 {
			t.Errorf("templates/%s has %d lines, more than 150: give a part of it a name of its own", file, lines)
		}
	}
}

// TestShortTestsRunInFull: only tests may do less with -short, so that make wide and make docs find their packages; make
// test runs both.
func TestShortTestsRunInFull(t *testing.T) {
	for _, file := range filesBelow(t, ".", func(at string) bool { return strings.HasSuffix(at, ".go") && !strings.HasSuffix(at, "_test.go") }) {
		if text, err := os.ReadFile(file); err != nil || strings.Contains(string(text), "testing.Short") {
			t.Errorf("%s asks for -short, but make wide looks for that only in tests: %v", file, err)
		}
	}
	rules, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for rule, command := range map[string]string{
		"wide": `$(GO) test $$(git grep -l 'testing\.Short()' -- '*_test.go' ':!docs' | xargs`,
		"docs": "$(GO) test ./docs -count=1 -site",
		"test": " wide\n\t.ci/suite docs ",
	} {
		_, recipe, _ := strings.Cut(string(rules), "\n"+rule+":")
		if recipe, _, _ = strings.Cut(recipe, "\n\n"); !strings.Contains(recipe, command) {
			t.Errorf("the rule %s of the Makefile has no %q:%s", rule, command, recipe)
		}
	}
}
