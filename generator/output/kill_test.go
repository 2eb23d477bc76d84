package output

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/firestoned/firestone/generator"
)

// TestMain also is a run of its own in the tests of kills and of runs at the same time: run DIR VERSION DEATH ends the
// process before that operation; loop DIR VERSION ROUNDS writes that often.
func TestMain(m *testing.M) {
	if len(os.Args) != 5 || strings.HasPrefix(os.Args[1], "-") {
		os.Exit(m.Run())
	}
	number, err := strconv.Atoi(os.Args[4])
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	switch os.Args[1] {
	case "run":
		_, err = dyingBefore(number).write(os.Args[2], version(os.Args[3]), true, false)
	case "loop":
		for round := 0; round < number && err == nil; round++ {
			_, err = Write(os.Args[2], version(os.Args[3]+strconv.Itoa(round%3)), true, false)
		}
	case "small":
		err = limited(os.Args[2], number)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(3)
	}
	os.Exit(0)
}

// dyingBefore returns a disk that ends the process before the n-th operation, without anything that is deferred.
func dyingBefore(n int) *disk {
	return &disk{before: func(string) error {
		if n--; n == 0 {
			os.Exit(1)
		}
		return nil
	}}
}

// version returns what a version generates: files that change, appear, go, become folders or files.
func version(name string) []Item {
	first := itemOf("first", "same=1", "gen/a="+name, "gen/deep/b="+name, "crlf="+name+"\n")
	first.Inputs.Definitions = []Input{{"book.yaml", name}}
	second := itemOf("second", "zone/"+name+"/x=1", "zone/"+name+"/y=1", name+"=1", "once:="+name)
	if strings.HasSuffix(name, "2") {
		second.Files = append(second.Files, itemOf("", "turn/f=2", "fold=2", "new/deep/c=2").Files...)
	} else {
		second.Files = append(second.Files, itemOf("", "turn=1", "fold/f=1", "fold/g/h=1").Files...)
	}
	return []Item{first, second}
}

// start makes a folder of version v1 with files of others in it, one of them an edited file of an older version.
func start(t *testing.T, dir string) {
	t.Helper()
	old := version("v1")
	old[1].Files = append(old[1].Files, generator.File{Path: "gen/mine", Content: []byte("generated")})
	write(t, dir, old...)
	put(t, dir, "gen/mine=edited", "gen/deep/notes=by hand", "zone/notes=by hand", "crlf=v1\r\n")
	ageAll(t, dir)
}

// spawn runs this binary again and returns how it ended.
func spawn(t *testing.T, args ...string) (status int, printed string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// wanted returns what a folder holds after undisturbed runs of the versions.
func wanted(t *testing.T, versions ...string) string {
	t.Helper()
	dir := t.TempDir()
	start(t, dir)
	for _, name := range versions {
		write(t, dir, version(name)...)
	}
	return contentsAndRecord(t, dir)
}

func contentsAndRecord(t *testing.T, dir string) string {
	t.Helper()
	record, err := os.ReadFile(filepath.Join(dir, RecordName))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(contents(t, dir), "\r", "") + "\n" + string(record)
}

// stride is by how many operations the tests go on that end or fail a run at each of them: with -short, that is some of them.
func stride() int {
	if testing.Short() {
		return 5
	}
	return 1
}

// TestWriteAfterAKill kills a run before each of its operations. The next run, undisturbed, has to make the tree that
// it would have made anyway.
func TestWriteAfterAKill(t *testing.T) {
	t.Parallel()
	want := wanted(t, "v2")
	for n := 1; ; n += stride() {
		dir := filepath.Join(t.TempDir(), "tree")
		start(t, dir)
		status, printed := spawn(t, "run", dir, "v2", strconv.Itoa(n))
		if status == 0 {
			if n < 30 {
				t.Errorf("a run has only %d operations", n-1)
			}
			return
		}
		if status != 1 {
			t.Fatalf("killed at %d: ended with %d: %s", n, status, printed)
		}
		plan, err := Write(dir, version("v2"), true, false)
		if err != nil {
			t.Fatalf("killed at %d: %v", n, err)
		}
		for _, change := range plan.Changes {
			if change.Edited && change.Path != "gen/mine" {
				t.Errorf("killed at %d: %s", n, summary(plan))
			}
		}
		if got := contentsAndRecord(t, dir); got != want {
			t.Fatalf("killed at %d:\ngot  %s\nwant %s", n, got, want)
		}
	}
}

// TestWriteAfterTwoKills kills a run, then another one of changed definitions, at distances that differ.
func TestWriteAfterTwoKills(t *testing.T) {
	t.Parallel()
	first, third := wanted(t, "v1"), wanted(t, "v3")
	for n := 1; n < 70; n += 3 * stride() {
		dir := filepath.Join(t.TempDir(), "tree")
		start(t, dir)
		if status, printed := spawn(t, "run", dir, "v2", strconv.Itoa(n)); status > 1 {
			t.Fatalf("killed at %d: ended with %d: %s", n, status, printed)
		}
		if status, printed := spawn(t, "run", dir, "v3", strconv.Itoa(1+n*7%50)); status > 1 {
			t.Fatalf("killed at %d, then at %d: ended with %d: %s", n, 1+n*7%50, status, printed)
		}
		name, want := "v3", third
		if n%2 == 1 {
			name, want = "v1", first
		}
		if _, err := Write(dir, version(name), true, false); err != nil {
			t.Fatalf("killed at %d, then at %d: %v", n, 1+n*7%50, err)
		}
		if got := contentsAndRecord(t, dir); got != want {
			t.Fatalf("killed at %d, then at %d:\ngot  %s\nwant %s", n, 1+n*7%50, got, want)
		}
	}
}

// TestWriteAfterAKillInAnEmptyFolder also has nothing of the killed run left where the next one makes nothing at all.
func TestWriteAfterAKillInAnEmptyFolder(t *testing.T) {
	t.Parallel()
	for n := 1; ; n += 3 * stride() {
		dir := filepath.Join(t.TempDir(), "a", "b")
		status, printed := spawn(t, "run", dir, "v2", strconv.Itoa(n))
		if status == 0 {
			return
		}
		if status != 1 {
			t.Fatalf("killed at %d: ended with %d: %s", n, status, printed)
		}
		if _, err := Write(dir, []Item{itemOf("other", "z=1")}, true, false); err != nil {
			t.Fatalf("killed at %d: %v", n, err)
		}
		if got := strings.ReplaceAll(contents(t, dir), "once=v2;", ""); got != "z=1;" {
			t.Fatalf("killed at %d: got %s", n, got)
		}
	}
}

// TestWriteKeepsAnEditAfterAKill: a run that would overwrite an edit by force is killed; the edit still is one, or is
// overwritten, but never taken for firestone's.
func TestWriteKeepsAnEditAfterAKill(t *testing.T) {
	for n := 1; n < 20; n++ {
		dir := t.TempDir()
		write(t, dir, itemOf("x", "a=1", "b=1"))
		put(t, dir, "b=mine")
		failing := &disk{before: func() func(string) error {
			left := n
			return func(string) error {
				if left--; left <= 0 {
					return os.ErrPermission // and nothing can be undone either
				}
				return nil
			}
		}()}
		_, err := failing.write(dir, []Item{itemOf("x", "a=2", "b=2")}, true, true)
		plan, comparing := Compare(dir, []Item{itemOf("x", "a=3", "b=3")}, true)
		if comparing != nil {
			t.Fatal(comparing)
		}
		for _, change := range plan.Changes {
			if isMine := string(change.Old) == "mine"; change.Edited != isMine {
				t.Errorf("failed at %d with %v: %s", n, err, summary(plan))
			}
		}
	}
}
