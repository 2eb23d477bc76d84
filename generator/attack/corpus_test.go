package attack_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/firestoned/firestone/templates"
)

// corpusOf returns lines of the templates in a language that firestone comes with, and of its examples.
func corpusOf(t *testing.T, suffix string) []string {
	t.Helper()
	var found []string
	for _, from := range []fs.FS{templates.FS, os.DirFS("../../examples/packs")} {
		err := fs.WalkDir(from, ".", func(at string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || path.Ext(strings.TrimSuffix(at, ".tmpl")) != "."+suffix || path.Ext(at) != ".tmpl" {
				return err
			}
			text, err := fs.ReadFile(from, at)
			found = append(found, cut(string(text))...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// cut returns the runs of lines of a template that no branch or loop begins or ends in.
func cut(text string) []string {
	var found []string
	run := ""
	for line := range strings.Lines(text) {
		whole := strings.Count(line, "{{") == strings.Count(line, "}}")
		if whole && !isControl.MatchString(line) && strings.Count(run, "\n") < 6 {
			run += line
			continue
		}
		if strings.Contains(run, "{{") {
			found = append(found, run)
		}
		run = ""
	}
	if strings.Contains(run, "{{") {
		found = append(found, run)
	}
	return found
}

// taken returns lines of the corpus with other actions.
func (m *maker) taken() string {
	if len(m.corpus) == 0 {
		return "\n"
	}
	return anAction.ReplaceAllStringFunc(m.of(m.corpus), func(action string) string {
		if from := strings.Index(action, "| nindent "); from >= 0 {
			return "{{- " + m.of([]string{"toYaml " + m.dict(), "text " + m.text(), "include " + m.partial() + " $"}) + " " + strings.TrimRight(action[from:], "-} ") + " }}"
		}
		return m.action()
	})
}

var (
	anAction  = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	isControl = regexp.MustCompile(`\{\{-?\s*(if|else|end|range|with|break|continue|/\*|\$\w+ :?= )`)
)
