package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every command of the README runs as it stands, in order, in one copy of the checkout.
func TestREADME(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?ms)^```sh\n(.*?)^```$").FindAllStringSubmatch(string(text), -1)
	if len(blocks) < 5 {
		t.Fatalf("the README has %d blocks of commands", len(blocks))
	}
	folder := t.TempDir()
	firestone := filepath.Join(folder, "bin", "firestone")
	run(t, ".", "go", "build", "-o", firestone, ".")
	for _, part := range []string{"examples", "templates"} {
		if err := os.CopyFS(filepath.Join(folder, part), os.DirFS(part)); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", filepath.Dir(firestone)+string(os.PathListSeparator)+os.Getenv("PATH"))
	for _, block := range blocks {
		for line := range strings.Lines(block[1]) {
			line = strings.TrimSpace(line)
			if target, ok := strings.CutPrefix(line, "make "); ok {
				run(t, ".", "make", "--dry-run", target) // it would run this test again
				continue
			}
			if strings.HasPrefix(line, "go run .") {
				run(t, ".", "sh", "-ec", line)
				continue
			}
			if out := run(t, folder, "sh", "-ec", line); strings.Contains(line, "-t asyncapi --templates-path team") && !strings.Contains(out, "library.subscribeBooks:") {
				t.Errorf("%s: the override has no effect", line)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "asyncapi.json")); err != nil {
		t.Error(err)
	}
}

// The table of the README says what make can do.
func TestREADMENamesTargetsThatExist(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range regexp.MustCompile("`make ([a-z]+)`").FindAllStringSubmatch(string(text), -1) {
		run(t, ".", "make", "--dry-run", target[1])
	}
}

// run runs a command that has to succeed, and returns what it prints.
func run(t *testing.T, folder, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = folder
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
