package output

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// TestWriteAtTheSameTime lets processes and goroutines write different versions into one folder. None fails, and what
// is there in the end is one version with its record.
func TestWriteAtTheSameTime(t *testing.T) {
	rounds := 15
	if testing.Short() {
		rounds = 3
	}
	for _, number := range []int{2, 4} {
		dir := filepath.Join(t.TempDir(), "new", "tree")
		var runs []*exec.Cmd
		var printed [4]strings.Builder
		for i := range number {
			cmd := exec.Command(os.Args[0], "loop", dir, string(rune('a'+i)), strconv.Itoa(rounds))
			cmd.Stdout, cmd.Stderr = &printed[i], &printed[i]
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			runs = append(runs, cmd)
		}
		for i, cmd := range runs {
			if err := cmd.Wait(); err != nil {
				t.Errorf("%d at once: %v: %s", number, err, printed[i].String())
			}
		}
		isOneVersion(t, dir)
	}
	dir := filepath.Join(t.TempDir(), "tree")
	var wait sync.WaitGroup
	for _, name := range []string{"a", "b", "c"} {
		wait.Go(func() {
			for range rounds {
				if _, err := Write(dir, version(name), true, false); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	isOneVersion(t, dir)
}

// isOneVersion checks that a folder holds what one version makes, and nothing else but the file that is written once.
func isOneVersion(t *testing.T, dir string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, "gen", "a"))
	if err != nil {
		t.Fatal(err)
	}
	name := string(content)
	other := t.TempDir()
	once, err := os.ReadFile(filepath.Join(dir, "once"))
	if err != nil {
		t.Fatal(err)
	}
	put(t, other, "once="+string(once))
	write(t, other, version(name)...)
	if got, want := contentsAndRecord(t, dir), contentsAndRecord(t, other); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
