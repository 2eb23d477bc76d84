package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWriteByState has a row for each state that a file may be in: a first run writes `first`, then `edit` happens,
// then `second` is written.
func TestWriteByState(t *testing.T) {
	tests := []struct {
		name          string
		first         []string
		edit          []string // path=content, or -path to remove it
		second        []string
		plan          string
		want          string
		refused       string // what is said without force, after which nothing has changed
		forced        string // what is there with force, where that differs
		keepsTheTimes bool
	}{
		{name: "new", second: []string{"a=1"}, plan: "create a (it was never generated)", want: "a=1;"},
		{name: "new in folders", second: []string{"a/b/c=1"}, plan: "create a/b/c (it was never generated)", want: "a/b/c=1;"},
		{name: "empty", second: []string{"a="}, plan: "create a (it was never generated)", want: "a=;"},
		{name: "same", first: []string{"a=1"}, second: []string{"a=1"}, want: "a=1;", keepsTheTimes: true},
		{name: "same but for line ends", first: []string{"a=1\n2\n"}, edit: []string{"a=1\r\n2\r\n"}, second: []string{"a=1\n2\n"}, want: "a=1\r\n2\r\n;", keepsTheTimes: true},
		{name: "unedited but for line ends", first: []string{"a=1\n2\n"}, edit: []string{"a=1\r\n2\r\n"}, second: []string{"a=3\n"}, plan: "update a (the cause is not recorded)", want: "a=3\n;"},
		{name: "updated", first: []string{"a=1"}, second: []string{"a=2"}, plan: "update a (the cause is not recorded)", want: "a=2;"},
		{name: "missing", first: []string{"a=1"}, edit: []string{"-a"}, second: []string{"a=1"}, plan: "create a (it is missing)", want: "a=1;"},
		{
			name: "edited", first: []string{"a=1", "b=1"}, edit: []string{"a=mine"}, second: []string{"a=1", "b=2"},
			plan: "update a (it was edited by hand) edited; update b (the cause is not recorded)",
			want: "a=mine;b=1;", forced: "a=1;b=2;",
			refused: "DIR/a: the file was edited after firestone generated it [FS5003]\n  hint: run firestone --force to overwrite it; to keep the edit, override the template that generates it",
		},
		{name: "edited to what is generated now", first: []string{"a=1"}, edit: []string{"a=2"}, second: []string{"a=2"}, want: "a=2;", keepsTheTimes: true},
		{
			name: "foreign", first: []string{"a=1"}, edit: []string{"b=mine"}, second: []string{"a=1", "b=2"},
			plan: "update b (firestone has no record of generating it) edited", want: "a=1;b=mine;", forced: "a=1;b=2;",
			refused: "DIR/b: the file differs, and firestone has no record of generating it [FS5003]\n  hint: run firestone --force to overwrite it; to keep it, give the output a different path",
		},
		{
			name: "without a record", edit: []string{"a=mine"}, second: []string{"a=2"},
			plan: "update a (the cause is not recorded) edited", want: "a=mine;", forced: "a=2;",
			refused: "DIR/a: the file differs, and firestone has no record of generating it [FS5003]\n  hint: run firestone --force to overwrite it; to keep it, give the output a different path",
		},
		{name: "adopted", edit: []string{"a=2"}, second: []string{"a=2"}, want: "a=2;", keepsTheTimes: true},
		{name: "stale", first: []string{"a=1", "b/c/d=1", "e/f=1"}, edit: []string{"e/mine=1"}, second: []string{"a=1"}, plan: "remove b/c/d (it is no longer generated); remove e/f (it is no longer generated)", want: "a=1;e/mine=1;"},
		{name: "stale and edited", first: []string{"a=1", "b/c=1"}, edit: []string{"b/c=mine"}, second: []string{"a=1"}, plan: "keep b/c (it is no longer generated, it was edited by hand) edited", want: "a=1;b/c=mine;"},
		{name: "stale and gone", first: []string{"a=1", "b/c=1"}, edit: []string{"-b/c"}, second: []string{"a=1"}, want: "a=1;"},
		{name: "nothing is left", first: []string{"a/b=1"}, second: nil, plan: "remove a/b (it is no longer generated)", want: ""},
		{name: "once", first: []string{"a:=1"}, edit: []string{"a=mine"}, second: []string{"a:=2", "b:=2"}, plan: "create b (it was never generated)", want: "a=mine;b=2;"},
		{name: "once, as it was written", first: []string{"a:=1"}, second: []string{"a:=2"}, plan: "update a (the cause is not recorded)", want: "a=2;"},
		{name: "once, and no more", first: []string{"a:=1"}, second: nil, plan: "remove a (it is no longer generated)", want: ""},
		{name: "once, edited, and no more", first: []string{"a:=1"}, edit: []string{"a=mine"}, second: nil, plan: "keep a (it is no longer generated, it was edited by hand) edited", want: "a=mine;"},
		{name: "always, now once", first: []string{"a=1"}, second: []string{"a:=2"}, plan: "update a (the cause is not recorded)", want: "a=2;"},
		{name: "a file becomes a folder", first: []string{"a=1"}, second: []string{"a/b=1"}, plan: "remove a (it is no longer generated); create a/b (it was never generated)", want: "a/b=1;"},
		{name: "a folder becomes a file", first: []string{"a/b=1", "a/c/d=1"}, second: []string{"a=1"}, plan: "create a (it was never generated); remove a/b (it is no longer generated); remove a/c/d (it is no longer generated)", want: "a=1;"},
		{name: "another case", first: []string{"a=1"}, second: []string{"A=1"}, plan: "create A (it was never generated); remove a (it is no longer generated)", want: "A=1;"},
		{name: "spaces and letters", second: []string{"ä b/ü=1", "日本=2"}, plan: "create ä b/ü (it was never generated); create 日本 (it was never generated)", want: "ä b/ü=1;日本=2;"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if test.first != nil {
				write(t, dir, itemOf("it", test.first...))
			}
			for _, edit := range test.edit {
				if path, ok := strings.CutPrefix(edit, "-"); !ok {
					put(t, dir, edit)
				} else if err := os.Remove(filepath.Join(dir, path)); err != nil {
					t.Fatal(err)
				}
			}
			ageAll(t, dir)
			before := everything(t, dir)
			items := []Item{itemOf("it", test.second...)}
			plan, err := Compare(dir, items, true)
			if err != nil || summary(plan) != test.plan || everything(t, dir) != before {
				t.Fatalf("planned %s, %v", summary(plan), err)
			}
			plan, err = Write(dir, items, true, false)
			if got := strings.ReplaceAll(text(err), dir, "DIR"); got != test.refused || summary(plan) != test.plan {
				t.Errorf("got %s, %s", got, summary(plan))
			}
			if got := contents(t, dir); got != test.want {
				t.Errorf("got %s", got)
			}
			if test.keepsTheTimes && withoutRecord(everything(t, dir)) != withoutRecord(before) {
				t.Errorf("before %s, after %s", before, everything(t, dir))
			}
			if test.refused != "" {
				if after := everything(t, dir); after != before {
					t.Errorf("before %s, after %s", before, after)
				}
				if _, err := Write(dir, items, true, true); err != nil || contents(t, dir) != test.forced {
					t.Errorf("with force: %s, %v", contents(t, dir), err)
				}
			}
			isStill(t, dir, items)
		})
	}
}

// A file that is written once follows what it is made from until somebody edits it; then a run says, once, that it would be
// another one now.
func TestWriteLeavesWhatPeopleGoOnWith(t *testing.T) {
	dir := t.TempDir()
	for i, step := range []struct{ edit, file, left string }{
		{"", "a:=1", ""}, {"", "a:=2", ""}, {"a=mine", "a:=2", ""}, {"", "a:=3", "a"}, {"", "a:=3", ""}, {"a=3", "a:=4", ""}, {"", "a:=5", ""},
	} {
		if step.edit != "" {
			put(t, dir, step.edit)
		}
		plan, err := Write(dir, []Item{itemOf("it", step.file)}, true, true)
		if err != nil || strings.Join(plan.Left, ",") != step.left {
			t.Errorf("step %d: left %q, %v", i, plan.Left, err)
		}
	}
	if got := contents(t, dir); got != "a=5;" {
		t.Errorf("there is %s", got)
	}
}

// isStill checks that another run changes nothing, not even the time of the record.
func isStill(t *testing.T, dir string, items []Item) {
	t.Helper()
	ageAll(t, dir)
	before := everything(t, dir)
	plan, err := Write(dir, items, true, false)
	if err != nil || len(plan.Changes) > 0 || plan.last != nil || everything(t, dir) != before {
		t.Errorf("a second run: %s, %v\nbefore %s\nafter %s", summary(plan), err, before, everything(t, dir))
	}
}

// withoutRecord returns what everything returned, without the record, which may be rewritten.
func withoutRecord(all string) string {
	before, rest, found := strings.Cut(all, RecordName+"=")
	if !found {
		return all
	}
	_, after, _ := strings.Cut(rest, " UTC;")
	return before + after
}

// ageAll gives all files below a folder a time long ago.
func ageAll(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			age(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestWriteLeavesOtherItems(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, itemOf("x", "a=1", "b=1"), itemOf("y", "c=1"))
	plan, err := Write(dir, []Item{itemOf("x", "a=2")}, false, false)
	if got := summary(plan); err != nil || got != "update a (the cause is not recorded); remove b (it is no longer generated)" {
		t.Errorf("got %s, %v", got, err)
	}
	if got := contents(t, dir); got != "a=2;c=1;" {
		t.Errorf("got %s", got)
	}
	isStill(t, dir, []Item{itemOf("x", "a=2"), itemOf("y", "c=1")})
}

// TestWriteMovesAPathToAnotherItem: the file belongs to the latest item that made it, and no longer to the first.
func TestWriteMovesAPathToAnotherItem(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, itemOf("x", "a=1", "b=1"))
	if _, err := Write(dir, []Item{itemOf("y", "a=2")}, false, false); err != nil {
		t.Fatal(err)
	}
	plan, err := Write(dir, []Item{itemOf("x", "b=1")}, false, false)
	if err != nil || len(plan.Changes) > 0 {
		t.Errorf("got %s, %v", summary(plan), err)
	}
	if got := write(t, dir, itemOf("x", "b=1")); got != "remove a (it is no longer generated)" {
		t.Errorf("got %s", got)
	}
}

func TestWriteKeepsTheMode(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, itemOf("x", "a=1"))
	if err := os.Chmod(filepath.Join(dir, "a"), 0o664); err != nil {
		t.Fatal(err)
	}
	write(t, dir, itemOf("x", "a=2"))
	if info, err := os.Stat(filepath.Join(dir, "a")); err != nil || info.Mode().Perm() != 0o664 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
}

// TestWriteFollowsLinks: a folder and a file that are links stay links; where they lead is changed.
func TestWriteFollowsLinks(t *testing.T) {
	root := t.TempDir()
	put(t, root, "elsewhere/keep=1", "target=1")
	for link, target := range map[string]string{"gen": "elsewhere", "absolute": filepath.Join(root, "elsewhere"), "file": "target", "nowhere": "made"} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Skip("links are not to be had here:", err)
		}
	}
	if _, err := Write(root, []Item{itemOf("x", "gen/sub/a=2", "absolute/b=2", "file=2", "nowhere=2")}, true, true); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"elsewhere/sub/a": "2", "elsewhere/b": "2", "target": "2", "made": "2"} {
		if got, err := os.ReadFile(filepath.Join(root, path)); err != nil || string(got) != want {
			t.Errorf("%s: got %s, %v", path, got, err)
		}
	}
	if got := write(t, root); got != "remove absolute/b (it is no longer generated); keep file (it is no longer generated, it was edited by hand) edited; remove gen/sub/a (it is no longer generated); keep nowhere (it is no longer generated, it was edited by hand) edited" {
		t.Errorf("got %s", got)
	}
	if got := contents(t, filepath.Join(root, "elsewhere")); got != "keep=1;" {
		t.Errorf("got %s", got)
	}
	if info, err := os.Lstat(filepath.Join(root, "gen")); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link to a folder is gone: %v", err)
	}
}

// TestWriteFromALinkedFolder: .. is the folder above that which the link leads to, as for whoever read the definitions.
func TestWriteFromALinkedFolder(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "project/sub/x=", "links/x=")
	link := filepath.Join(dir, "links", "here")
	if err := os.Symlink("../project/sub", link); err != nil {
		t.Skip("links are not to be had here:", err)
	}
	t.Chdir(link)
	t.Setenv("PWD", link)
	write(t, "..", itemOf("x", "a=1"))
	if got := names(t, dir); got != " /links /links/here /links/x /project /project/.firestone.lock /project/a /project/sub /project/sub/x" {
		t.Errorf("there is %s", got)
	}
}

// TestWriteSparesItsSources: what a file is generated from is neither overwritten, by force or through a link, nor
// removed, whatever the record says. A file that only has the name of one is no source.
func TestWriteSparesItsSources(t *testing.T) {
	from := func(item Item, sources ...string) Item {
		for _, name := range sources {
			item.Inputs.Definitions = append(item.Inputs.Definitions, Input{name, Digest([]byte("source"))})
		}
		return item
	}
	dir := t.TempDir()
	put(t, dir, "book=source", "part.tmpl=\ufeffsource\r\n", "other=1", RecordName+"=format: 1\nitems:\n  x: {files: {book: '"+Digest([]byte("source"))+"'}}\n")
	if err := os.Symlink("book", filepath.Join(dir, "link")); err != nil {
		t.Skip("links are not to be had here:", err)
	}
	before := everything(t, dir)
	templates := itemOf("x", "part.tmpl=1")
	templates.Inputs.Templates = []Input{{"part.tmpl", Digest([]byte("source\n"))}} // as a pack reads it
	for path, item := range map[string]Item{
		"book": from(itemOf("x", "book=1"), "book"), "link": from(itemOf("x", "link=1"), filepath.Join(dir, "book")), "part.tmpl": templates,
	} {
		_, err := Write(dir, []Item{item}, true, true)
		if want := filepath.Join(dir, path) + ": the output " + path + " of x is one of the files that outputs are generated from [FS5005]\n  hint: give the output a different path"; text(err) != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
	if got := everything(t, dir); got != before {
		t.Errorf("there is %s", got)
	}
	plan, err := Write(dir, []Item{from(itemOf("x", "other=2"), "book", "other")}, true, true)
	want := "keep book (it is no longer generated, it was edited by hand) edited; update other (firestone has no record of generating it) edited"
	if err != nil || summary(plan) != want {
		t.Errorf("got %s, %v", summary(plan), err)
	}
	if got := contents(t, dir); got != "book=source;link=source;other=2;part.tmpl=\ufeffsource\r\n;" {
		t.Errorf("there is %s", got)
	}
}
