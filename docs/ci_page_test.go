package docs_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// ciCommands are the commands of the files in docs/ci.md, by the path on the page and, for a hook, its id.
// The workflow runs the action of this repository, which TestAction tests.
func ciCommands(t *testing.T, text string) map[string][]string {
	t.Helper()
	commands := map[string][]string{}
	for _, block := range regexp.MustCompile("(?ms)^`([^`\n]+)`[^\n]*\n(?:[^\n`]*\n)*?\n?```yaml\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		path, content := block[1], []byte(block[2])
		switch path {
		case ".github/workflows/firestone.yaml":
			var workflow struct {
				Jobs map[string]struct{ Steps []struct{ Uses string } }
			}
			decode(t, path, content, &workflow)
			if steps := workflow.Jobs["check"].Steps; len(steps) != 2 || !strings.HasPrefix(steps[1].Uses, "firestoned/firestone@") {
				t.Errorf("%s does not use the action of this repository: %+v", path, steps)
			}
		case ".github/workflows/code-scanning.yaml":
			var workflow struct {
				Jobs map[string]struct {
					Steps []struct {
						Run  string
						With map[string]string
					}
				}
			}
			decode(t, path, content, &workflow)
			steps := workflow.Jobs["scan"].Steps
			line, log, _ := strings.Cut(steps[3].Run, " > ")
			if uploaded := steps[4].With["sarif_file"]; uploaded != log {
				t.Errorf("%s writes %q and uploads %q", path, log, uploaded)
			}
			commands[path] = []string{line}
		case ".gitlab-ci.yml":
			var gitlab map[string]struct{ Script []string }
			decode(t, path, content, &gitlab)
			commands[path] = gitlab["firestone"].Script
		case ".pre-commit-config.yaml":
			var config struct {
				Repos []struct {
					Repo  string
					Hooks []hook
				}
			}
			decode(t, path, content, &config)
			h := config.Repos[0].Hooks[0]
			if config.Repos[0].Repo != "local" {
				h = ownHooks(t)[h.ID]
			}
			commands[path+" "+h.ID] = []string{h.Entry}
			if files := regexp.MustCompile(h.Files); !files.MatchString("resources/book.yaml") || !files.MatchString("firestone.yaml") || files.MatchString("src/main.go") {
				t.Errorf("%s: the hook runs for other files than those of a project", path)
			}
		default:
			t.Fatalf("docs/ci.md gives a file %s that no test knows", path)
		}
	}
	return commands
}

// decode decodes a file on a page.
func decode(t *testing.T, path string, content []byte, into any) {
	t.Helper()
	if err := yaml.Unmarshal(content, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// TestPageOfCI runs the commands of the files in docs/ci.md, in a project that is up to date and in one that is not.
func TestPageOfCI(t *testing.T) {
	text, err := os.ReadFile("docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	makefile := regexp.MustCompile("(?ms)^```make\n(.*?)^```$").FindStringSubmatch(string(text))
	if makefile == nil {
		t.Fatal("docs/ci.md has no Makefile")
	}
	commands := ciCommands(t, string(text))
	commands["Makefile"] = []string{"make check"}
	if len(commands) != 5 {
		t.Fatalf("docs/ci.md has commands in %d files, expected 5: %v", len(commands), commands)
	}
	for path, lines := range commands {
		t.Run(path, func(t *testing.T) {
			folder := t.TempDir()
			run(t, folder, "firestone", "init")
			run(t, folder, "firestone")
			if err := os.WriteFile(filepath.Join(folder, "Makefile"), []byte(makefile[1]), 0o666); err != nil {
				t.Fatal(err)
			}
			for _, line := range lines {
				run(t, folder, "sh", "-ec", line)
			}
			changeDefinition(t, folder)
			checkFails(t, folder, lines[len(lines)-1])
		})
	}
}

// checkFails runs a command that must find the differences; the hook that generates must repair them.
func checkFails(t *testing.T, folder, line string) {
	t.Helper()
	cmd := exec.Command("sh", "-ec", line)
	cmd.Dir = folder
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case line == "firestone":
		if err != nil || !strings.Contains(string(out), "wrote api/openapi.yaml") {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
	case !errors.As(err, &exit), !strings.Contains(string(out), "resources/book.yaml changed"):
		t.Errorf("%s: %v, it says nothing of the definition that changed:\n%s", line, err, out)
	}
}
