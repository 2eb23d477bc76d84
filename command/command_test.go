package command

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"github.com/firestoned/firestone/model"
)

// refusing is a standard output that takes nothing.
type refusing struct{ err error }

func (r refusing) Write([]byte) (int, error) { return 0, fmt.Errorf("write |1: %w", r.err) }

func TestStandardOutputThatTakesNothing(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		said   string
	}{
		{syscall.EPIPE, done, ""}, // the reader has what it wanted
		{syscall.ENOSPC, misused, "firestone: write |1: no space left on device\n"},
	} {
		var errw bytes.Buffer
		status := Run([]string{"version"}, strings.NewReader(""), refusing{c.err}, &errw)
		if status != c.status || errw.String() != c.said {
			t.Errorf("%v: status %d, said %q, want %d, %q", c.err, status, errw.String(), c.status, c.said)
		}
	}
}

// The help of every verb fits on a screen and has an example.
func TestHelpFits(t *testing.T) {
	for _, verb := range []string{"", "check", "explain", "init", "mock", "model", "pack", "pack audit", "pack eject", "pack lint", "pack list", "pack show", "pack test", "schema", "up", "validate", "version", "help", "completion"} {
		var out, errw bytes.Buffer
		status := Run(append(strings.Fields(verb), "--help"), nil, &out, &errw)
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if status != done || errw.Len() > 0 || len(lines) > 40 || !strings.Contains(out.String(), "\nExamples:\n  ") {
			t.Errorf("help of %q: status %d, %d lines, said %q:\n%s", verb, status, len(lines), errw.String(), out.String())
		}
		for _, line := range lines {
			if utf8.RuneCountInString(line) > 100 || strings.TrimRight(line, " ") != line {
				t.Errorf("help of %q: a line of %d characters, or with blanks at its end: %q", verb, utf8.RuneCountInString(line), line)
			}
		}
	}
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

// No command line, however odd, ends in a panic, and what is refused says so on standard error alone.
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
		if status < done || status > misused || status != done && (errw.Len() == 0 || out.Len() > 0) {
			t.Errorf("%q: status %d, said %q, printed %q", args, status, errw.String(), out.String())
		}
	})
}
