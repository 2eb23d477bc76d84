package docs_test

import (
	"cmp"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

var preCommit = flag.String("pre-commit", "", "run the hook with this pre-commit")

// A hook is an entry of .pre-commit-hooks.yaml, or of a configuration.
type hook struct{ ID, Entry, Language, Files string }

// ownHooks returns the hooks of this repository by id.
func ownHooks(t *testing.T) map[string]hook {
	t.Helper()
	var hooks []hook
	readYAML(t, ".pre-commit-hooks.yaml", &hooks)
	byID := map[string]hook{}
	for _, h := range hooks {
		byID[h.ID] = h
	}
	return byID
}

// readYAML decodes a file of this folder.
func readYAML(t *testing.T, path string, into any) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(content, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// An action is the content of action.yml.
type action struct {
	Inputs map[string]struct{ Default string }
	Runs   struct {
		Using string
		Steps []struct {
			Uses, Run, Shell string
			With, Env        map[string]string
			Folder           string `json:"working-directory"`
		}
	}
}

var expression = regexp.MustCompile(`\$\{\{ *([a-z._-]+) *\}\}`)

// run runs the steps of the action like GitHub, on a repository in a folder, and returns their output.
func (a action) run(t *testing.T, repository string, inputs map[string]string) (string, error) {
	t.Helper()
	checkout, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{"github.action_path": checkout}
	for name, input := range a.Inputs {
		values["inputs."+name] = input.Default
	}
	for name, value := range inputs {
		values["inputs."+name] = value
	}
	filled := func(text string) string {
		return expression.ReplaceAllStringFunc(text, func(found string) string {
			value, ok := values[expression.FindStringSubmatch(found)[1]]
			if !ok {
				t.Errorf("action.yml has %s, which no input gives", found)
			}
			return value
		})
	}
	temporary := t.TempDir()
	var printed strings.Builder
	for _, step := range a.Runs.Steps {
		for name, value := range step.With {
			if _, err := os.Stat(filled(value)); err != nil {
				t.Errorf("%s: %s: %v", step.Uses, name, err)
			}
		}
		if step.Run == "" {
			continue
		}
		if step.Shell != "bash" || expression.MatchString(step.Run) {
			t.Errorf("the step has shell %q; what it runs has to come from its environment:\n%s", step.Shell, step.Run)
		}
		bash := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step.Run)
		bash.Dir = cmp.Or(filled(step.Folder), repository)
		bash.Env = append(bash.Environ(), "RUNNER_TEMP="+temporary)
		for name, value := range step.Env {
			bash.Env = append(bash.Env, name+"="+filled(value))
		}
		out, err := bash.CombinedOutput()
		if printed.Write(out); err != nil {
			return printed.String(), err
		}
	}
	return printed.String(), nil
}

// TestAction runs the steps of action.yml in a project that is up to date and in one that is not.
func TestAction(t *testing.T) {
	var a action
	readYAML(t, "action.yml", &a)
	if a.Runs.Using != "composite" {
		t.Fatalf("action.yml runs with %q", a.Runs.Using)
	}
	repository := t.TempDir()
	folder := filepath.Join(repository, "a library")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	run(t, folder, "firestone", "init", "--outputs", "asyncapi,openapi")
	run(t, folder, "firestone")
	inputs := map[string]string{"folder": "a library"}
	if out, err := a.run(t, repository, inputs); err != nil {
		t.Errorf("a project that is as it should be: %v\n%s", err, out)
	}
	inputs["arguments"] = "--doc-version 2.0.0 --title *"
	if out, err := a.run(t, repository, inputs); err == nil || !strings.Contains(out, "--title '*'") {
		t.Errorf("the arguments do not arrive: %v\n%s", err, out)
	}
	delete(inputs, "arguments")
	changeDefinition(t, folder)
	if out, err := a.run(t, repository, inputs); err == nil || !strings.Contains(out, "::error file=a library/api/openapi.yaml,") {
		t.Errorf("a definition that changed: %v, without annotations of files as the repository has them:\n%s", err, out)
	}
}

// changeDefinition changes the definition that firestone init wrote.
func changeDefinition(t *testing.T, folder string) {
	t.Helper()
	definition := filepath.Join(folder, "resources", "book.yaml")
	content, err := os.ReadFile(definition)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(content), "The books of", "All books of", 1)
	if changed == string(content) {
		t.Fatalf("%s has no text to change", definition)
	}
	if err := os.WriteFile(definition, []byte(changed), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestHooksNameWhatTheyRun compares the hooks with the files of a project and the verbs of firestone.
func TestHooksNameWhatTheyRun(t *testing.T) {
	hooks := ownHooks(t)
	if len(hooks) == 0 {
		t.Fatal(".pre-commit-hooks.yaml has no hooks")
	}
	for id, h := range hooks {
		files, err := regexp.Compile(h.Files)
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		for path, want := range map[string]bool{
			"firestone.yaml": true, "resources/book.yaml": true, "resources/book.yml": true, "a/book.json": true,
			"templates/openapi/_tag.txt.tmpl": true, "api/.firestone.lock": true, "main.go": false, "yaml.md": false,
		} {
			if files.MatchString(path) != want {
				t.Errorf("%s runs for %s: %v", id, path, !want)
			}
		}
		words := strings.Fields(h.Entry)
		run(t, t.TempDir(), words[0], append(words[1:], "--help")...)
	}
}

// TestPreCommit lets pre-commit build and run the hooks of this repository's last commit, in a project that is up to date
// and in one that is not.
func TestPreCommit(t *testing.T) {
	if *preCommit == "" {
		t.Skip("make hooks installs pre-commit and runs it")
	}
	program, err := filepath.Abs(*preCommit)
	if err != nil {
		t.Fatal(err)
	}
	checkout, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"GOMODCACHE", "GOCACHE"} { // pre-commit has folders of its own, which are empty
		value, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		t.Setenv(name, strings.TrimSpace(string(value)))
	}
	t.Setenv("PRE_COMMIT_HOME", t.TempDir())
	t.Setenv("PATH", filepath.Dir(program)+string(os.PathListSeparator)+os.Getenv("PATH"))
	source, folder := filepath.Join(t.TempDir(), "source"), t.TempDir()
	run(t, ".", "git", "clone", "--quiet", checkout, source)
	run(t, folder, "git", "init", "--quiet")
	run(t, folder, "firestone", "init")
	run(t, folder, "firestone")
	run(t, folder, "git", "add", ".")
	if out := run(t, folder, program, "try-repo", source, "firestone-check", "--all-files"); !strings.Contains(out, "Passed") {
		t.Errorf("the hook did not run:\n%s", out)
	}
	changeDefinition(t, folder)
	run(t, folder, "git", "add", ".")
	try := exec.Command(program, "try-repo", source, "firestone-check", "--all-files")
	try.Dir = folder
	if out, err := try.CombinedOutput(); err == nil || !strings.Contains(string(out), "resources/book.yaml changed") {
		t.Errorf("a definition that changed: %v\n%s", err, out)
	}
}
