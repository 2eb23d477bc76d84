package output

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// failingAt returns a disk whose n-th operation fails, and a count of the operations.
func failingAt(n int) (*disk, *[]string) {
	operations := &[]string{}
	return &disk{before: func(operation string) error {
		*operations = append(*operations, operation)
		if len(*operations) == n {
			return errors.New("no space left on device")
		}
		return nil
	}}, operations
}

// TestWriteChangesAllOrNothing fails each operation of a run once. All files are as before then, with their times and
// modes. The last operation is that which removes the file of the lock: everything is done by then.
func TestWriteChangesAllOrNothing(t *testing.T) {
	t.Parallel()
	want := wanted(t, "v2")
	for n := 1; ; n += stride() {
		dir := filepath.Join(t.TempDir(), "tree")
		start(t, dir)
		before := everything(t, dir)
		d, operations := failingAt(n)
		_, err := d.write(dir, version("v2"), true, false)
		if err == nil {
			if n < 30 {
				t.Errorf("a run has only %d operations", n)
			}
			break
		}
		after := everything(t, dir)
		switch last := (*operations)[len(*operations)-1]; {
		case !strings.Contains(err.Error(), ": no space left on device"):
			t.Errorf("failed at %d: %v", n, err)
		case n == len(*operations) && strings.HasPrefix(last, "unlock "):
			if got := contentsAndRecord(t, dir); strings.ReplaceAll(got, mutexLine(t, dir), "") != want {
				t.Errorf("failed at %d, %s:\ngot  %s\nwant %s", n, last, got, want)
			}
		case after != before:
			t.Errorf("failed at %d, %s:\nbefore %s\nafter  %s", n, (*operations)[n-1], before, after)
		}
		if _, err := Write(dir, version("v2"), true, false); err != nil {
			t.Errorf("failed at %d: then %v", n, err)
		}
		if got := contentsAndRecord(t, dir); got != want {
			t.Errorf("failed at %d, then\ngot  %s\nwant %s", n, got, want)
		}
	}
}

// mutexLine returns what contents says of the file of the lock.
func mutexLine(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, mutexName))
	if err != nil {
		t.Fatal(err)
	}
	return mutexName + "=" + string(text) + ";"
}

// TestWriteThatFailsMakesNoRoot: nor the folders above it.
func TestWriteThatFailsMakesNoRoot(t *testing.T) {
	for n := 1; ; n++ {
		dir := t.TempDir()
		d, operations := failingAt(n)
		_, err := d.write(filepath.Join(dir, "a", "b"), []Item{itemOf("x", "c/d=1", "e/f=1")}, true, false)
		if err == nil {
			return
		}
		if got := everything(t, dir); got != "" && !strings.HasPrefix((*operations)[n-1], "unlock") {
			t.Errorf("failed at %d, %s: left %s", n, (*operations)[n-1], got)
		}
	}
}

func TestWriteRefused(t *testing.T) {
	long := strings.Repeat("x", 300)
	tests := []struct {
		name    string
		prepare func(dir string) error
		files   []string
		want    string
	}{
		{"folder", func(dir string) error { return os.MkdirAll(filepath.Join(dir, "z", "mine"), 0o755) }, []string{"z=2"}, "write DIR/z: a folder of that name exists"},
		{"folder, once", func(dir string) error { return os.Mkdir(filepath.Join(dir, "z"), 0o755) }, []string{"z:=2"}, "write DIR/z: a folder of that name exists"},
		{"two of them", func(dir string) error {
			return errors.Join(os.Mkdir(filepath.Join(dir, "z"), 0o755), os.Mkdir(filepath.Join(dir, "y"), 0o755))
		}, []string{"z=2", "y=2"}, "write DIR/z: a folder of that name exists\nwrite DIR/y: a folder of that name exists"},
		{"folder of the record [FS5004]", func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, RecordName)), os.Mkdir(filepath.Join(dir, RecordName), 0o755))
		}, []string{"z=2"}, "read DIR/.firestone.lock: a folder of that name exists"},
		{"read-only", func(dir string) error { return os.WriteFile(filepath.Join(dir, "z"), []byte("1"), 0o444) }, []string{"z=2"}, "write DIR/z: the file is read-only"},
		{"file as folder", func(dir string) error { return os.WriteFile(filepath.Join(dir, "z"), []byte("1"), 0o644) }, []string{"z/b/c=2"}, "write DIR/z/b/c: z is a file, not a folder"},
		{"long", nil, []string{long + "=2"}, "write DIR/" + long + ": file name too long"},
		{"long folder", nil, []string{long + "/a=2"}, "write DIR/" + long + "/a: file name too long"},
		{"links in a circle", func(dir string) error { return os.Symlink("z", filepath.Join(dir, "z")) }, []string{"z/a=2"}, "write DIR/z/a: too many levels of symbolic links"},
		{"mutex", func(dir string) error { return os.Mkdir(filepath.Join(dir, mutexName), 0o755) }, []string{"z=2"}, "lock DIR/.firestone-busy.tmp: it is not a regular file"},
	}
	if runtime.GOOS == "windows" {
		t.Skip("the texts are those of Unix")
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, itemOf("x", "a=1", "old=1"))
			if test.prepare != nil {
				if err := test.prepare(dir); err != nil {
					t.Fatal(err)
				}
			}
			before := names(t, dir)
			items := []Item{itemOf("x", append([]string{"a=2", "new/b=2"}, test.files...)...)}
			plan, err := Write(dir, items, true, true)
			if plan != nil && !strings.Contains(test.want, "read-only") && !strings.Contains(test.want, "lock") {
				t.Errorf("there is a plan next to the error: %s", summary(plan))
			}
			if got := strings.ReplaceAll(text(err), dir, "DIR"); got != test.want {
				t.Errorf("got %s", got)
			}
			if after := names(t, dir); after != before {
				t.Errorf("before %s\nafter  %s", before, after)
			}
			if got, err := os.ReadFile(filepath.Join(dir, "a")); err != nil || string(got) != "1" {
				t.Errorf("a is %s, %v", got, err)
			}
		})
	}
}

// names returns all names below a folder.
func names(t *testing.T, dir string) string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		all = append(all, strings.TrimPrefix(path, dir))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

func TestWriteIntoAReadOnlyFolder(t *testing.T) {
	if os.Geteuid() <= 0 {
		t.Skip("nothing is read-only for this user")
	}
	dir := t.TempDir()
	write(t, dir, itemOf("x", "a=1", "sub/b=1"))
	sub := filepath.Join(dir, "sub")
	if err := os.Chmod(sub, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(sub, 0o755)
	before := everything(t, dir)
	_, err := Write(dir, []Item{itemOf("x", "a=2", "sub/b=2")}, true, false)
	if want := "write " + sub + "/b: permission denied"; text(err) != want || everything(t, dir) != before {
		t.Errorf("got %v", err)
	}
}

// TestOutputsThatCannotStandTogether has outputs of one run that are one file on some disk, and paths that are none.
func TestOutputsThatCannotStandTogether(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink(".", filepath.Join(dir, "here")); err != nil {
		t.Skip("links are not to be had here:", err)
	}
	tests := []struct {
		first, second []string
		want          string
	}{
		{[]string{"a=1"}, []string{"a=1"}, "DIR/a: two outputs are the same file: a of x, and a of y [FS5005]\n  hint: give one of the two a different path"},
		{[]string{"a=1"}, []string{"A=1"}, "DIR/A: two outputs are the same file: a of x, and A of y [FS5005]\n  hint: give one of the two a different path"},
		{[]string{"é=1"}, []string{"e\u0301=1"}, "DIR/e\u0301: two outputs are the same file: é of x, and e\u0301 of y [FS5005]\n  hint: give one of the two a different path"},
		{[]string{"a=1"}, []string{"here/a=1"}, "DIR/here/a: two outputs are the same file: a of x, and here/a of y [FS5005]\n  hint: give one of the two a different path"},
		{[]string{"a/B/c=1"}, []string{"A/b=1"}, "DIR/a/B/c: the output A/b of y is a file, but another output needs a folder in its place [FS5005]\n  hint: give one of the two a different path"},
		{nil, []string{"/a=1"}, "DIR/a: the path \"/a\" of an output is an absolute path [FS5005]\n  hint: name a file"},
		{nil, []string{"a/../../b=1"}, "PARENT/b: the path \"a/../../b\" of an output has an empty or redundant segment [FS5005]\n  hint: name a file"},
		{nil, []string{"..=1"}, "PARENT: the path \"..\" of an output names a folder [FS5005]\n  hint: name a file"},
		{nil, []string{"../a=1"}, "PARENT/a: the path \"../a\" of an output leads out of the output folder [FS5005]\n  hint: name a file"},
		{nil, []string{"a//b=1"}, "DIR/a/b: the path \"a//b\" of an output has an empty or redundant segment [FS5005]\n  hint: name a file"},
		{nil, []string{`a\b=1`}, `DIR/a\b: the path "a\\b" of an output contains a "\" [FS5005]` + "\n  hint: name a file"},
		{nil, []string{"sub/.firestone.lock=1"}, "DIR/sub/.firestone.lock: the path \"sub/.firestone.lock\" of an output has a name that is reserved for firestone [FS5005]\n  hint: name a file"},
		{nil, []string{".firestone-busy.tmp=1"}, "DIR/.firestone-busy.tmp: the path \".firestone-busy.tmp\" of an output has a name that is reserved for firestone [FS5005]\n  hint: name a file"},
	}
	for _, test := range tests {
		_, err := Write(dir, []Item{itemOf("x", test.first...), itemOf("y", test.second...)}, true, true)
		got := strings.ReplaceAll(strings.ReplaceAll(text(err), dir, "DIR"), filepath.Dir(dir), "PARENT")
		if got != test.want {
			t.Errorf("got %s\nwant %s", got, test.want)
		}
	}
	if got := names(t, dir); got != " /here" {
		t.Errorf("there is %s", got)
	}
	if _, err := Compare(dir, []Item{itemOf("x"), itemOf("x")}, true); text(err) != dir+`: two items of the run are named "x" [FS5005]` {
		t.Errorf("got %v", err)
	}
}

// TestALockOfAnotherIsNoOrder: the list of temporary files may come with a repository. It removes nothing else, and
// nothing outside the root.
func TestALockOfAnotherIsNoOrder(t *testing.T) {
	dir := t.TempDir()
	root := filepath.Join(dir, "root")
	temporary := ".firestone-0123456789ab.tmp"
	put(t, dir, "precious=1", temporary+"=left", "root/"+temporary+"=left", "root/.firestone-busy.tmp=\"../precious\"\n\""+temporary+"\"\n\"../"+temporary+"\"\n\""+dir+"/"+temporary+"\"\n\"/etc/hostname\"\nnot quoted\n\"../cut")
	write(t, root, itemOf("x", "a=1"))
	if got := contents(t, dir); got != temporary+"=left;precious=1;root/a=1;" {
		t.Errorf("got %s", got)
	}
	put(t, dir, "root/b=1")
	if err := os.Symlink("../precious", filepath.Join(root, mutexName)); err != nil {
		t.Skip("links are not to be had here:", err)
	}
	if _, err := Write(root, []Item{itemOf("x", "a=2")}, true, false); text(err) != "lock "+filepath.Join(root, mutexName)+": it is not a regular file" {
		t.Errorf("got %v", err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "precious")); err != nil || string(got) != "1" {
		t.Errorf("got %s, %v", got, err)
	}
}

// TestWriteThatCannotUndo: where files can be neither written nor restored, the record knows them in both states, and
// the next run takes none for edited.
func TestWriteThatCannotUndo(t *testing.T) {
	t.Parallel()
	for n := 1; n < 60; n += 2 * stride() {
		dir := t.TempDir()
		start(t, dir)
		left := n
		broken := &disk{before: func(string) error {
			if left--; left <= 0 {
				return errors.New("input/output error")
			}
			return nil
		}}
		plan, err := broken.write(dir, version("v2"), true, false)
		if err == nil {
			return
		}
		if _, err := Write(dir, version("v3"), true, false); err != nil {
			t.Errorf("broken at %d of %s: %v", n, summary(plan), err)
		}
		if got := contents(t, dir); !strings.Contains(got, "gen/mine=edited") {
			t.Errorf("broken at %d: %s", n, got)
		}
	}
}

// TestWriteThatCannotUndoOneFile fails to write a file, then to restore another one, and undoes all the rest. The record
// stays as it is then: it knows the file that was not restored.
func TestWriteThatCannotUndoOneFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, itemOf("x", "a=1", "b=1"))
	writes := 0
	broken := &disk{before: func(operation string) error {
		if operation == "write "+filepath.Join(dir, "b") {
			writes++
		}
		// b is written in three operations, of which the last gives it its name; a has its name by then.
		if writes == 3 && operation == "write "+filepath.Join(dir, "b") || operation == "restore "+filepath.Join(dir, "a") {
			return errors.New("input/output error")
		}
		return nil
	}}
	if _, err := broken.write(dir, []Item{itemOf("x", "a=2", "b=2")}, true, false); err == nil || !strings.Contains(err.Error(), "restore ") {
		t.Fatalf("got %v", err)
	}
	if got := contents(t, dir); got != "a=2;b=1;" {
		t.Fatalf("the failed run left %s", got)
	}
	if _, err := Write(dir, []Item{itemOf("x", "a=3", "b=3")}, true, false); err != nil {
		t.Errorf("the next run: %v", err)
	}
}
