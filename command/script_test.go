package command_test

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/firestoned/firestone/command"
	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain puts a copy of this test binary first in PATH as firestone, where it behaves like main.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"firestone": func() {
		command.FollowHeap()
		var said strings.Builder
		status := command.Run(os.Args[1:], os.Stdin, os.Stdout, io.MultiWriter(os.Stderr, &said))
		if err := command.Coded(said.String()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			status = 97 // which no script expects
		}
		os.Exit(status)
	}})
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

// TestScripts runs testdata/script: the guarantees of the command line, one file for each.
func TestScripts(t *testing.T) {
	checkout, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       flag.Lookup("update").Value.String() == "true", // that of TestMistakes, in the package itself
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition:           condition,
		Setup: func(env *testscript.Env) error {
			env.Setenv("CHECKOUT", checkout)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status},
	})
}

// condition implements [root]: root can open every file.
func condition(name string) (bool, error) {
	if name != "root" {
		return false, fmt.Errorf("unknown condition %q", name)
	}
	return os.Geteuid() == 0, nil
}

// status runs a program and requires an exit status: status 2 firestone --nonsense.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status CODE PROGRAM [ARGUMENT...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}
