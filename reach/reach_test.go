package reach

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestVersionControl(t *testing.T) {
	for path, want := range map[string]string{
		".git": ".git", "a/.git/hooks/x": ".git", ".GIT/x": ".GIT", ".Hg": ".Hg", "x/.svn": ".svn", ".\u017fvn/x": ".\u017fvn",
		"git~1/x": "git~1", "GIT~12": "GIT~12", "hg~1": "hg~1", "SVN~1": "SVN~1",
		".git /x": ".git ", ".git.": ".git.", ".git . ./x": ".git . .", ".git::$INDEX_ALLOCATION/x": ".git::$INDEX_ALLOCATION", ".git:x": ".git:x",
		".g\u200cit/x": ".g\u200cit", "\ufeff.git": "\ufeff.git", ".gi\u206ft": ".gi\u206ft", "git~1. /x": "git~1. ",
		"": "", "a/b": "", ".github/workflows/x.yml": "", ".gitignore": "", "git": "", "x.git": "", "git~": "", "git~x": "", ".git~1": "", "a.git/b": "", ".svnx": "",
	} {
		if got := VersionControl(path); got != want {
			t.Errorf("%q: got %q", path, got)
		}
	}
}

// tree makes files, given as path, and links, given as path -> target, in a new folder, and returns it without links.
func tree(t *testing.T, entries ...string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		path, target, isLink := strings.Cut(entry, " -> ")
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if !isLink {
			err = os.WriteFile(path, []byte("text"), 0o666)
		} else if err = os.Symlink(strings.Replace(target, "DIR", dir, 1), path); err != nil {
			t.Skip("links are not to be had here:", err)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestReal(t *testing.T) {
	dir := tree(t, "a/deep/x", "l -> a/deep", "m -> l", "absolute -> DIR/a", "a/up -> ..", "file -> a/deep/x", "circle -> circle", "a/nothing -> ../gone/x")
	t.Chdir(filepath.Join(dir, "a"))
	links := &Links{}
	for path, want := range map[string]string{
		".": "a", "deep/x": "a/deep/x", "..": "", "../l/x": "a/deep/x", "../m/./x": "a/deep/x", "../l/..": "a", "../l/../../l": "a/deep", "up/up/file": "up/file", // there is no up in the folder that it leads to
		"../absolute/deep": "a/deep", "up/file": "a/deep/x", "new/er": "a/new/er", "nothing/y": "gone/x/y", dir + "/m": "a/deep",
	} {
		got, err := links.Real(path)
		if err != nil || got != filepath.Join(dir, want) {
			t.Errorf("%s: got %s, %v", path, got, err)
		}
	}
	if _, err := links.Real("../circle/x"); err == nil || err.Error() != "too many levels of symbolic links" {
		t.Errorf("got %v", err)
	}
}

func TestHolds(t *testing.T) {
	for _, test := range []struct {
		folder, at string
		want       bool
	}{{"/a", "/a", true}, {"/a", "/a/b/c", true}, {"/a", "/ab", false}, {"/a", "/", false}, {"/", "/a", true}, {"/a", "/a/..b", true}, {"/a/b", "/a", false}} {
		if got := Holds(filepath.FromSlash(test.folder), filepath.FromSlash(test.at)); got != test.want {
			t.Errorf("%s in %s: got %v", test.at, test.folder, got)
		}
	}
}

// TestBounds has a repository with a project in it, and links from it to folders beside both.
func TestBounds(t *testing.T) {
	dir := tree(t,
		"repo/.git/HEAD", "repo/shared/x", "repo/project/firestone.yaml", "repo/project/book", "repo/project/out -> ../../other", "repo/project/in -> ../shared",
		"repo/project/secret -> ../../secret", "secret", "other/.git/HEAD", "other/firestone.yaml", "other/x", "plain/sub/y", "plain/z", "team/firestone.yaml", "team/sub/y", "link -> repo/project")
	for _, project := range []string{".", dir + "/repo/project", "../../link"} {
		t.Run(project, func(t *testing.T) {
			t.Chdir(filepath.Join(dir, "repo", "project"))
			b, err := NewBounds(project)
			if err != nil {
				t.Fatal(err)
			}
			byLink := strings.HasSuffix(project, "link") // from which .. is what the path says, not the folder above the project
			for path, isOut := range map[string]bool{
				"book": false, "in/x": false, "new": false, "../shared/x": false, "out/x": true, "secret": true, "secret/x": true, "out": true,
				"../../secret": false, "../../other/x": false, "/": false,
			} {
				if err := b.Check(filepath.Join(project, path)); (err != nil) != isOut {
					t.Errorf("%s: got %v", path, err)
				}
			}
			for _, test := range []struct {
				from, to string
				isOut    bool
			}{
				{"book", "../shared/x", false}, {"book", "in/x", false}, {"book", "../../secret", true}, {"book", "secret", true}, {"book", "out/x", true},
				{"out/x", "../../other/x", true}, {"../../other/x", "../../other/new", false}, {"../../other/x", "../../secret", true},
				{"../../plain/sub/y", "../../plain/sub/n", false}, {"../../plain/sub/y", "../../plain/z", true}, {"../../team/sub/y", "../../team/z", false},
			} {
				if byLink && strings.Contains(test.from+test.to, "..") {
					continue
				}
				if err := b.CheckReference(filepath.Join(project, test.from), filepath.Join(project, test.to)); (err != nil) != test.isOut {
					t.Errorf("from %s to %s: got %v", test.from, test.to, err)
				}
			}
		})
	}
	var none *Bounds
	if none.Check("/x") != nil || none.CheckReference("a", "/x") != nil {
		t.Error("there are bounds without a project")
	}
}

func TestRead(t *testing.T) {
	dir := tree(t, "file", "link -> file", "folder/x", "large", "gone -> nothing")
	if err := os.Truncate(filepath.Join(dir, "large"), 20<<30); err != nil {
		t.Skip("no sparse files:", err)
	}
	for path, want := range map[string]string{
		"file": "", "link": "", "folder": "the file is a folder, not a regular file [FS1014]\n  hint: replace it with a regular file, or remove it",
		"large": "the file is larger than 16 MiB [FS1005]\n  hint: split it into several files, or remove it", "gone": "stat DIR/gone: no such file or directory",
	} {
		content, err := Read(filepath.Join(dir, path), MaxInput)
		got := ""
		if err != nil {
			got = strings.ReplaceAll(err.Error(), dir, "DIR")
		}
		if got != want || err == nil && string(content) != "text" {
			t.Errorf("%s: got %q, %s", path, content, got)
		}
		if _, fromFS := (*Bounds)(nil).FS(dir).(folderFS).ReadFile(path); (fromFS == nil) != (err == nil) {
			t.Errorf("%s: from an FS %v", path, fromFS)
		}
	}
	for limit, isLarge := range map[int64]bool{3: true, 4: false, 5: false} {
		if _, err := read(filepath.Join(dir, "file"), limit, true); (err != nil) != isLarge {
			t.Errorf("limit %d: got %v", limit, err)
		}
	}
}

func TestReadAll(t *testing.T) {
	for _, text := range []string{"", "four", strings.Repeat("x", 10_000)} {
		content, err := ReadAll(iotest.OneByteReader(strings.NewReader(text)), 10_000)
		if err != nil || string(content) != text {
			t.Errorf("got %d bytes of %d, %v", len(content), len(text), err)
		}
	}
	if _, err := ReadAll(strings.NewReader(strings.Repeat("x", 1<<20+1)), 1<<20); err == nil || !strings.HasPrefix(err.Error(), "the file is larger than 1 MiB") {
		t.Errorf("got %v", err)
	}
	if _, err := ReadAll(iotest.ErrReader(io.ErrUnexpectedEOF), 4); err != io.ErrUnexpectedEOF {
		t.Errorf("got %v", err)
	}
}
