package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/project"
)

// workingFolder is where the commands of docs/ run: a project in the clone, created by README.md, and also by docs/index.md.
const workingFolder = "library"

// pageBlocks matches blocks of commands and of their output.
var pageBlocks = regexp.MustCompile("(?ms)^```(sh|text)\n(.*?)^```$")

// TestPages runs every command in the README, CONTRIBUTING.md and docs/ verbatim: first from the README through all pages of
// the index in one terminal, like a reader, then each page of docs/ alone, in the folder that the index creates.
func TestPages(t *testing.T) {
	for variable, text := range map[string]string{
		"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
	} {
		t.Setenv(variable, text)
	}
	pages := indexedPages(t)
	t.Run("CONTRIBUTING.md", func(t *testing.T) { t.Parallel(); runPage(t, "CONTRIBUTING.md", newClone(t, "templates", "model")) })
	t.Run("in order", func(t *testing.T) {
		t.Parallel()
		folder := makeWorkingFolder(t, "README.md", newClone(t))
		for _, page := range pages {
			if !t.Run(page, func(t *testing.T) { visitPage(t, page, folder) }) {
				return // the others would find what this one has left
			}
		}
		run(t, folder, "firestone", "check")
	})
	clone := newClone(t)
	makeWorkingFolder(t, "docs/index.md", clone)
	for _, page := range pages {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			alone := t.TempDir()
			if err := os.CopyFS(alone, os.DirFS(clone)); err != nil {
				t.Fatal(err)
			}
			folder := filepath.Join(alone, workingFolder)
			visitPage(t, page, folder)
			run(t, folder, "firestone", "check") // it leaves everything up to date
		})
	}
}

// indexedPages returns the pages of docs/ that have commands, in the order of their index.
func indexedPages(t *testing.T) []string {
	t.Helper()
	var pages []string
	for _, link := range regexp.MustCompile(`\]\(([^)/#]+\.md)\)`).FindAllStringSubmatch(readPageText(t, "docs/index.md"), -1) {
		if page := "docs/" + link[1]; !slices.Contains(pages, page) {
			pages = append(pages, page)
		}
	}
	all, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != len(all)-1 {
		t.Fatalf("docs/index.md leads to %d pages, and there are %d beside it", len(pages), len(all)-1)
	}
	return slices.DeleteFunc(pages, func(page string) bool { return len(commandsOf(t, page)) == 0 })
}

func readPageText(t *testing.T, page string) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// commandsOf returns the blocks of commands of a page.
func commandsOf(t *testing.T, page string) []string {
	t.Helper()
	var blocks []string
	for _, block := range pageBlocks.FindAllStringSubmatch(readPageText(t, page), -1) {
		if block[1] == "sh" {
			blocks = append(blocks, block[2])
		}
	}
	return blocks
}

// newClone returns a folder with the parts of a clone that the commands on pages read: the examples, and these folders.
func newClone(t *testing.T, folders ...string) string {
	t.Helper()
	clone := t.TempDir()
	for _, folder := range append(folders, "examples") {
		if err := os.CopyFS(filepath.Join(clone, folder), os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
	}
	return clone
}

// makeWorkingFolder runs a page that creates the working folder in a clone, and returns the folder.
func makeWorkingFolder(t *testing.T, page, clone string) string {
	t.Helper()
	folder := runPage(t, page, clone)
	if folder != filepath.Join(clone, workingFolder) {
		t.Fatalf("%s ends in %s, and not in the working folder", page, folder)
	}
	return folder
}

// visitPage runs a page that starts in the working folder and must end there.
func visitPage(t *testing.T, page, folder string) {
	t.Helper()
	if end := runPage(t, page, folder); end != folder {
		t.Errorf("%s ends in %s, and not in the working folder", page, end)
	}
}

// runPage runs the blocks of a page in order, as in one terminal that starts in a folder, so that a cd lasts. A block of text
// is a part of the output of the commands before it. It returns the folder in which the page ends.
func runPage(t *testing.T, page, folder string) string {
	t.Helper()
	printed := ""
	for _, block := range pageBlocks.FindAllStringSubmatch(readPageText(t, page), -1) {
		if block[1] == "sh" {
			if folder, printed = runBlock(t, folder, block[2]); t.Failed() {
				t.FailNow()
			}
		} else if !strings.Contains("\n"+printed, "\n"+block[2]) {
			t.Errorf("%s shows\n%sand the commands before that print\n%s", page, block[2], printed)
		}
	}
	return folder
}

// runBlock runs a block of commands and returns the folder in which it ends, and its output. Commands that build firestone
// run in the checkout, and those of make are left to TestPagesNameTargetsThatExist.
func runBlock(t *testing.T, folder, block string) (end, printed string) {
	t.Helper()
	scratch := t.TempDir()
	var script strings.Builder
	for line := range strings.Lines(block) {
		switch command := strings.TrimSpace(line); {
		case strings.HasPrefix(command, "make "):
		case strings.HasPrefix(command, "go run ."):
			run(t, ".", "sh", "-ec", command)
		case command == "go install .":
			run(t, ".", "env", "GOBIN="+scratch, "sh", "-ec", command)
		case strings.HasPrefix(command, "firestone mock ") && !strings.HasSuffix(command, "&"):
			script.WriteString(untilReady(command, filepath.Join(scratch, "ready")))
		default:
			script.WriteString(line)
		}
	}
	here := filepath.Join(scratch, "here")
	printed = run(t, folder, "sh", "-ec", script.String()+"\npwd >'"+here+"'\n")
	if where, err := os.ReadFile(here); err == nil {
		folder = strings.TrimSpace(string(where))
	}
	return folder, printed
}

// untilReady returns commands that start a mock on a free port, wait until it listens, and stop it.
func untilReady(command, ready string) string {
	return command + " --listen 127.0.0.1:0 --ready-file '" + ready + "' &\n" +
		"mock=$!\nuntil [ -s '" + ready + "' ]; do sleep 0.05; kill -0 $mock; done\nkill $mock\nwait $mock\n"
}

// The README has many blocks: a mistake in its fences would leave it without any.
func TestPagesHaveCommands(t *testing.T) {
	if found := len(commandsOf(t, "README.md")); found < 5 {
		t.Errorf("README.md has %d blocks of commands, expected 5", found)
	}
}

// withFacts are options that avoid the warning about a missing contact and license.
var withFacts = model.Options{Facts: model.Facts{Contact: &model.Contact{Name: "Us"}, License: &model.License{Name: "MIT"}}}

// The files on pages are valid.
func TestPagesShowFilesThatLoad(t *testing.T) {
	for page, want := range map[string]int{"README.md": 1, "docs/project.md": 1} {
		shown := regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$").FindAllStringSubmatch(readPageText(t, page), -1)
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

// The pages name only existing targets of make, in their text and in their commands.
func TestPagesNameTargetsThatExist(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, page := range append(pages, "README.md", "CONTRIBUTING.md") {
		for _, line := range regexp.MustCompile("(?m)(?:^|`)make( [^`\n]+)").FindAllStringSubmatch(readPageText(t, page), -1) {
			for _, word := range strings.Fields(strings.Replace(line[1], " -C ..", "", 1)) {
				if strings.Contains(word, "=") {
					continue // a variable
				}
				if named++; !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(word) + `:`).Match(rules) {
					t.Errorf("%s names make %s, for which there is no rule", page, word)
				}
			}
		}
	}
	if named < 10 {
		t.Errorf("the pages name %d targets, expected 10", named)
	}
}

// run runs a command that must succeed, and returns its output.
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
