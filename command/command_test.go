package command

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/model"
)

// refusing is a standard output on which every write fails.
type refusing struct{ err error }

func (r refusing) Write([]byte) (int, error) { return 0, fmt.Errorf("write |1: %w", r.err) }

func TestStandardOutputThatTakesNothing(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		said   string
	}{
		{syscall.EPIPE, exitOK, ""}, // the reader has what it wanted
		{syscall.ENOSPC, exitUsage, "firestone: write |1: no space left on device\n"},
	} {
		var errw bytes.Buffer
		status := Run([]string{"version"}, strings.NewReader(""), refusing{c.err}, &errw)
		if status != c.status || errw.String() != c.said {
			t.Errorf("%v: status %d, said %q, want %d, %q", c.err, status, errw.String(), c.status, c.said)
		}
	}
}

// withVerbs returns a command and all its subcommands, without those of cobra.
func withVerbs(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, below := range cmd.Commands() {
		if cmd.Name() != "completion" {
			all = append(all, withVerbs(below)...)
		}
	}
	return all
}

// longestHelp is the maximum number of lines of a verb's help.
const longestHelp = 44

// The help of every verb fits on a screen and has an example.
func TestHelpFits(t *testing.T) {
	for _, verb := range withVerbs(Tree()) {
		var out, errw bytes.Buffer
		status := Run(append(strings.Fields(verb.CommandPath())[1:], "--help"), nil, &out, &errw)
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if status != exitOK || errw.Len() > 0 || len(lines) > longestHelp || !strings.Contains(out.String(), "\nExamples:\n  ") {
			t.Errorf("help of %q: status %d, %d lines of at most %d, said %q:\n%s", verb.CommandPath(), status, len(lines), longestHelp, errw.String(), out.String())
		}
		for _, line := range lines {
			if utf8.RuneCountInString(line) > 100 || strings.TrimRight(line, " ") != line {
				t.Errorf("help of %q: a line of %d characters, or with blanks at its end: %q", verb.CommandPath(), utf8.RuneCountInString(line), line)
			}
		}
	}
}

// TestVerbsAndFlagsAreTriedAndTold: each verb and each flag is used by a test and documented on a page for users.
func TestVerbsAndFlagsAreTriedAndTold(t *testing.T) {
	tests := texts(t, "testdata/script/*.txtar", "testdata/mistakes/*.txtar", "*_test.go", "../testdata/python/*.py", "../testdata/python/*/*.py")
	pages := texts(t, "../README.md", "../docs/*.md")
	holds := func(text, before, word string) bool {
		return regexp.MustCompile("(?m)" + before + regexp.QuoteMeta(word) + `([^\w-]|$)`).MatchString(text)
	}
	for _, verb := range withVerbs(Tree()) {
		path := verb.CommandPath()
		if !holds(tests, "", path) {
			t.Errorf("run %s in a script of command/testdata/script", path)
		}
		if !holds(pages, "", path) {
			t.Errorf("tell of %s in README.md or on a page of docs", path)
		}
		verb.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Hidden {
				return
			}
			if !holds(tests, `(firestone .*|")`, "--"+f.Name) {
				t.Errorf("give %s --%s in a script of command/testdata/script", path, f.Name)
			}
			if !holds(pages, "", "--"+f.Name) {
				t.Errorf("tell of %s --%s on the page of docs that tells of the verb", path, f.Name)
			}
		})
	}
}

// texts returns the contents of all files that match the patterns as one text.
func texts(t *testing.T, patterns ...string) string {
	t.Helper()
	var all []byte
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, text...)
		}
	}
	return string(all)
}

func TestCount(t *testing.T) {
	warning, err := model.Problem{Warning: true}, model.Problem{}
	for want, problems := range map[string]model.Problems{
		"":                     nil,
		"1 error":              {err},
		"2 warnings":           {warning, warning},
		"2 errors, 1 warning":  {err, warning, err},
		"1 error, 2 warnings":  {warning, err, warning},
		"3 errors, 3 warnings": {warning, err, warning, err, warning, err},
	} {
		if got := count(problems); got != want {
			t.Errorf("count(%v) = %q, want %q", problems, got, want)
		}
	}
	if strict := asErrors(model.Problems{warning, err}); count(strict) != "2 errors" || !warning.Warning {
		t.Errorf("asErrors gives %q", count(strict))
	}
}

// No command line, however odd, ends in a panic, and a refused one writes only to standard error.
func FuzzRun(f *testing.F) {
	for _, seed := range []string{
		"", "-t", "-t asyncapi", "--set=a=b -t asyncapi x.yaml", "generate -t x asyncapi -O", "generate generate", "help help",
		"pack pack", "completion zsh zsh", "-- -- --", "-t=", "-t / /", "- -", "-r - -r -", "{a,{b}} [ *", "__complete -t",
		"--templates-path . -t ../asyncapi .", "model --strict=no -", "\x00 \xff", "-o / -t asyncapi -", "validate -r - book - --form x", "validate book --event= -",
	} {
		f.Add(seed)
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, line string) {
		t.Chdir(folder)
		args := strings.Split(line, " ")
		for _, arg := range args {
			if strings.HasPrefix(arg, "-o") || strings.HasPrefix(arg, "--out") || strings.HasPrefix(arg, "/") || strings.Contains(arg, "..") {
				t.Skip("it could write or read outside the folder")
			}
		}
		var out, errw bytes.Buffer
		status := Run(args, io.LimitReader(strings.NewReader("kind: book"), 10), &out, &errw)
		if status < exitOK || status > exitUsage || status != exitOK && (errw.Len() == 0 || out.Len() > 0) {
			t.Errorf("%q: status %d, said %q, printed %q", args, status, errw.String(), out.String())
		}
	})
}
