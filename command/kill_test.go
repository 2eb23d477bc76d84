package command_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestKilledRuns kills firestone in a project at two dozen moments, some of them while it writes, each time with a changed
// definition. The next run must give the same result as in a fresh copy, treat no file as edited, and leave nothing else
// behind.
func TestKilledRuns(t *testing.T) {
	folder := t.TempDir()
	run(t, folder, "firestone", "init", "--outputs", "asyncapi,openapi")
	run(t, folder, "firestone")
	pack, err := filepath.Abs("../examples/packs/markdown")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(folder, "templates", "markdown"), os.DirFS(pack)); err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile(filepath.Join(folder, "firestone.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "firestone.yaml"), string(config)+"  - {pack: markdown, output: reference/}\n")
	start := time.Now()
	run(t, folder, "firestone")
	whole := time.Since(start)

	kills := 24
	if testing.Short() {
		kills = 6
	}
	killed := 0
	for i := range kills {
		author := fmt.Sprintf("kind: author%d\nmetadata: {description: Round %d}\nschema: {key: {name: id}, items: {type: object}}\n", i%3, i)
		write(t, filepath.Join(folder, "resources", "author.yaml"), author)
		cmd := exec.Command("firestone")
		cmd.Dir = folder
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(whole/3 + whole*time.Duration(i)/time.Duration(kills)) // the first third goes by in reading and rendering
		_ = cmd.Process.Kill()
		switch err := cmd.Wait(); {
		case err == nil: // it was done before
			whole = whole * 9 / 10
		case cmd.ProcessState.Exited() && runtime.GOOS != "windows":
			t.Errorf("the run that was to be killed in round %d failed: %v", i, err)
		default:
			killed++
		}
		run(t, folder, "firestone")
		run(t, folder, "firestone", "check")
	}
	t.Logf("%d of %d runs of about %v were killed", killed, kills, whole)
	if killed < kills/4 {
		t.Errorf("only %d of %d runs were killed: the test shows too little", killed, kills)
	}

	fresh := t.TempDir()
	for _, part := range []string{"resources", "templates"} {
		if err := os.CopyFS(filepath.Join(fresh, part), os.DirFS(filepath.Join(folder, part))); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(fresh, "firestone.yaml"), string(config)+"  - {pack: markdown, output: reference/}\n")
	run(t, fresh, "firestone")
	if got, want := listing(t, folder), listing(t, fresh); got != want {
		t.Errorf("after the kills:\n%s\nin a fresh folder:\n%s", got, want)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// listing returns the files below a folder with their contents, without the schemas for editors.
func listing(t *testing.T, folder string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".firestone":
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		at, err := filepath.Rel(folder, path)
		fmt.Fprintf(&b, "%s\n%s\n", at, content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
