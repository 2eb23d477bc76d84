package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/project"
)

var shellBlocks = regexp.MustCompile("(?ms)^```sh\n(.*?)^```$")

// TestPages runs every command of the README, of CONTRIBUTING.md and of docs/ as it stands. A page is a terminal: its blocks run in order,
// in a folder of the page's own that has copies of examples/ and templates/, and a cd lasts.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for variable, text := range map[string]string{
		"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
	} {
		t.Setenv(variable, text)
	}
	for _, page := range append(pages, "README.md", "CONTRIBUTING.md") {
		if page == filepath.Join("docs", "migrating.md") {
			continue // it stands among files of its own, where TestMigratingPage runs it
		}
		t.Run(page, func(t *testing.T) { t.Parallel(); runPage(t, page) })
	}
}

func runPage(t *testing.T, page string) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, part := range []string{"examples", "templates"} {
		if err := os.CopyFS(filepath.Join(folder, part), os.DirFS(part)); err != nil {
			t.Fatal(err)
		}
	}
	here := filepath.Join(folder, ".here")
	for _, block := range shellBlocks.FindAllStringSubmatch(string(text), -1) {
		folder = runBlock(t, folder, here, block[1])
		if t.Failed() {
			return
		}
	}
}

// runBlock runs a block of commands and returns the folder in which it ends. What builds firestone or runs these tests
// is for the checkout.
func runBlock(t *testing.T, folder, here, block string) string {
	t.Helper()
	var script strings.Builder
	for line := range strings.Lines(block) {
		switch command := strings.TrimSpace(line); {
		case strings.HasPrefix(command, "make "):
			run(t, ".", "make", "--dry-run", strings.TrimPrefix(command, "make ")) // it would run this test again
		case strings.HasPrefix(command, "go run ."):
			run(t, ".", "sh", "-ec", command)
		case strings.HasPrefix(command, "firestone mock ") && !strings.HasSuffix(command, "&"):
			script.WriteString(untilReady(command))
		default:
			script.WriteString(line)
		}
	}
	run(t, folder, "sh", "-ec", script.String()+"\npwd >"+here+"\n")
	if end, err := os.ReadFile(here); err == nil {
		return strings.TrimSpace(string(end))
	}
	return folder
}

// untilReady returns commands that start a mock, on any port, wait until it listens and stop it.
func untilReady(command string) string {
	return command + " --listen 127.0.0.1:0 --ready-file .ready &\n" +
		"mock=$!\nuntil [ -s .ready ]; do sleep 0.05; kill -0 $mock; done\nkill $mock\nwait $mock\n"
}

// The README shows more than a page that a slip in its fences would leave without a block.
func TestPagesHaveCommands(t *testing.T) {
	for page, least := range map[string]int{"README.md": 5} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if found := len(shellBlocks.FindAllString(string(text), -1)); found < least {
			t.Errorf("%s has %d blocks of commands, expected %d", page, found, least)
		}
	}
}

// withFacts are options without which a definition that gives no contact and no license has a warning.
var withFacts = model.Options{Facts: model.Facts{Contact: &model.Contact{Name: "Us"}, License: &model.License{Name: "MIT"}}}

// The files that pages show are right.
func TestPagesShowFilesThatLoad(t *testing.T) {
	for page, want := range map[string]int{"README.md": 2, "docs/project.md": 1} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		shown := regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$").FindAllStringSubmatch(string(text), -1)
		if len(shown) != want {
			t.Fatalf("%s shows %d files, expected %d", page, len(shown), want)
		}
		for _, block := range shown {
			var problems model.Problems
			if strings.Contains(block[1], "\ngenerate:\n") {
				_, problems = project.Load("firestone.yaml", []byte(block[1]), "")
			} else {
				_, problems = model.Load(func(string) ([]byte, error) { return []byte(block[1]), nil }, withFacts, "book.yaml")
			}
			if len(problems) > 0 {
				t.Errorf("%s: %v", page, problems)
			}
		}
	}
}

// The pages name what make can do.
func TestPagesNameTargetsThatExist(t *testing.T) {
	for _, page := range []string{"README.md", "CONTRIBUTING.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range regexp.MustCompile("`make ([a-z]+)`").FindAllStringSubmatch(string(text), -1) {
			run(t, ".", "make", "--dry-run", target[1])
		}
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
