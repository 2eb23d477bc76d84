package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

// TestOutputsThatLeadOut: an output, a recorded file and the record itself stay below the root, and out of folders of
// version control, whatever links there are. Nothing is written or removed, by force neither.
func TestOutputsThatLeadOut(t *testing.T) {
	recorded := func(path string) string {
		return RecordName + "=format: 1\nitems:\n  y: {files: {" + path + ": '" + Digest([]byte("mine")) + "'}}\n"
	}
	const link = "replace the link with what it leads to, or choose a different path"
	const foreign = "remove the link; if the record is not yours, delete it and run firestone --force"
	tests := []struct {
		name, from, to string // a link
		file           string // to write
		record         string
		want           string
	}{
		{"folder", "gen", "../outside", "gen/deep/a", "", "DIR/gen/deep/a: the path gen/deep/a leads out of the output folder, to PARENT/outside/deep/a [FS1015]\n  hint: " + link},
		{"file", "a", "../outside/x", "a", "", "DIR/a: the path a leads out of the output folder, to PARENT/outside/x [FS1015]\n  hint: " + link},
		{"absolute", "a", "PARENT/outside/x", "a", "", "DIR/a: the path a leads out of the output folder, to PARENT/outside/x [FS1015]\n  hint: " + link},
		{"neighbour", "a", "../root2/x", "a", "", "DIR/a: the path a leads out of the output folder, to DIR2/x [FS1015]\n  hint: " + link},
		{"version control", "gen", ".git/hooks", "gen/post-commit", "", "DIR/gen/post-commit: the path gen/post-commit leads into a folder of version control, to .git/hooks/post-commit [FS1015]\n  hint: " + link},
		{"stale", "h", "../outside", "b", recorded("h/x"), "DIR/.firestone.lock: the path h/x leads out of the output folder, to PARENT/outside/x [FS1015]\n  hint: " + foreign},
		{"stale link", "h", "../outside/x", "b", recorded("h"), "DIR/.firestone.lock: the path h leads out of the output folder, to PARENT/outside/x [FS1015]\n  hint: " + foreign},
		{"stale, version control", "h", ".git", "b", recorded("h/x"), "DIR/.firestone.lock: the path h/x leads into a folder of version control, to .git/x [FS1015]\n  hint: " + foreign},
		{"recorded in version control", "h", ".", "b", recorded(".GIT/x"), `DIR/.firestone.lock:3:15: the path ".GIT/x" is in a folder of version control [FS5004]` + "\n  hint: " + repair},
		{"record", RecordName, "../outside/record", "b", "", "DIR/.firestone.lock: the path .firestone.lock leads out of the output folder, to PARENT/outside/record [FS1015]\n  hint: " + link},
		{"plain", "h", ".", ".git/config", "", `DIR/.git/config: the path ".git/config" of an output is in a folder of version control [FS5005]` + "\n  hint: name a file"},
		{"below", "h", ".", "a/.Hg/hgrc", "", `DIR/a/.Hg/hgrc: the path "a/.Hg/hgrc" of an output is in a folder of version control [FS5005]` + "\n  hint: name a file"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			root := filepath.Join(dir, "root")
			put(t, dir, "outside/x=mine", "root2/x=mine", "root/.git/x=mine", "root/.git/hooks/y=mine")
			if test.record != "" {
				put(t, root, test.record)
			}
			if err := os.Symlink(strings.Replace(test.to, "PARENT", dir, 1), filepath.Join(root, test.from)); err != nil {
				t.Skip("links are not to be had here:", err)
			}
			before := names(t, dir)
			for _, force := range []bool{false, true} {
				_, err := Write(root, []Item{itemOf("x", test.file+"=2", "other=1")}, true, force)
				if got := strings.ReplaceAll(strings.ReplaceAll(text(err), root, "DIR"), dir, "PARENT"); got != test.want {
					t.Errorf("got %s", got)
				}
			}
			if after := names(t, dir); after != before {
				t.Errorf("before %s\nafter  %s", before, after)
			}
			for _, file := range []string{"outside/x", "root2/x", "root/.git/x"} {
				if got, err := os.ReadFile(filepath.Join(dir, file)); err != nil || string(got) != "mine" {
					t.Errorf("%s is %s, %v", file, got, err)
				}
			}
		})
	}
}

// TestOutputThatLeadsOutHasThePlaceOfItsItem in the file that asks for it.
func TestOutputThatLeadsOutHasThePlaceOfItsItem(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("..", filepath.Join(dir, "up")); err != nil {
		t.Skip("links are not to be had here:", err)
	}
	item := itemOf("x", "up/a=1", ".svn/a=1")
	item.Pos = value.Pos{File: "firestone.yaml", Line: 3, Col: 11}
	_, err := Compare(dir, []Item{item}, true)
	for _, want := range []string{"firestone.yaml:3:11: the path up/a leads out", `firestone.yaml:3:11: the path ".svn/a" of an output is in`} {
		if !strings.Contains(text(err), want) {
			t.Errorf("got %v, without %q", err, want)
		}
	}
}

// TestLinkThatAppearsMeanwhile: a folder that is replaced by a link once a run has looked at it leads nowhere.
func TestLinkThatAppearsMeanwhile(t *testing.T) {
	for n := 1; ; n++ {
		dir := t.TempDir()
		root := filepath.Join(dir, "root")
		put(t, dir, "outside/keep=1", "outside/old=1")
		write(t, root, itemOf("x", "gen/a=1", "gen/old=1"))
		left := n
		d := &disk{before: func(string) error {
			if left--; left == 0 {
				gen := filepath.Join(root, "gen")
				if err := os.Rename(gen, gen+"2"); err != nil {
					return err
				}
				return os.Symlink("../outside", gen)
			}
			return nil
		}}
		_, err := d.write(root, []Item{itemOf("x", "gen/a=2", "gen/deep/b=2")}, true, false)
		if left > 0 {
			if n < 8 {
				t.Errorf("a run has only %d operations", n-1)
			}
			return
		}
		if got := contents(t, filepath.Join(dir, "outside")); got != "keep=1;old=1;" {
			t.Fatalf("after %d operations, which ended with %v, there is %s", n, err, got)
		}
	}
}

// TestFolderThatAppearsMeanwhile: another run makes the folder once this one has seen that there is none.
func TestFolderThatAppearsMeanwhile(t *testing.T) {
	root := filepath.Join(t.TempDir(), "new", "tree")
	d := &disk{before: func(operation string) error {
		if strings.HasPrefix(operation, "create the folder") {
			return os.MkdirAll(root, 0o777)
		}
		return nil
	}}
	if _, err := d.write(root, []Item{itemOf("x", "gen/a=1")}, true, false); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, filepath.Join(root, "gen")); got != "a=1;" {
		t.Errorf("there is %q", got)
	}
}

// TestLargeFilesAreNotRead: a file that is larger than any that firestone makes is neither read nor overwritten, and
// one that is recorded is kept.
func TestLargeFilesAreNotRead(t *testing.T) {
	large := func(t *testing.T, path string) {
		t.Helper()
		if err := os.Truncate(path, 20<<30); err != nil {
			t.Skip("no sparse files:", err)
		}
	}
	t.Run("output", func(t *testing.T) {
		dir := t.TempDir()
		put(t, dir, "a=")
		large(t, filepath.Join(dir, "a"))
		if _, err := Write(dir, []Item{itemOf("x", "a=")}, true, true); text(err) != "write "+filepath.Join(dir, "a")+": a file of 20480 MiB has that name" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("stale", func(t *testing.T) {
		dir := t.TempDir()
		write(t, dir, itemOf("x", "a=1", "b=1"))
		large(t, filepath.Join(dir, "a"))
		if got := write(t, dir, itemOf("x", "b=1")); got != "keep a (it is no longer generated, it was edited by hand) edited" {
			t.Errorf("got %s", got)
		}
	})
	t.Run("record", func(t *testing.T) {
		dir := t.TempDir()
		write(t, dir, itemOf("x", "a=1"))
		large(t, filepath.Join(dir, RecordName))
		if _, err := Compare(dir, []Item{itemOf("x", "a=1")}, true); text(err) != "read "+filepath.Join(dir, RecordName)+": a file of 20480 MiB has that name" {
			t.Errorf("got %v", err)
		}
	})
}
