package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rendered returns an item of two files that comes from two definitions, all by their contents.
func rendered(first, second, a, b string) Item {
	item := itemOf("x", "a="+a, "b="+b)
	item.Inputs.Definitions = []Input{{"first", Digest([]byte(first))}, {"second", Digest([]byte(second))}}
	item.Inputs.Run = "run"
	return item
}

// TestARecordOfTwoBranches is one that a merge made without a conflict: each line is of one of the branches, but no run
// made these files of these definitions. Without the seal it would pass for one.
func TestARecordOfTwoBranches(t *testing.T) {
	dir := t.TempDir()
	recordOf := func(item Item) string {
		write(t, dir, item)
		text, err := os.ReadFile(filepath.Join(dir, RecordName))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	ours, theirs := recordOf(rendered("1", "0", "1", "0")), recordOf(rendered("0", "1", "0", "1"))
	merged := recordOf(rendered("1", "1", "1", "1"))
	now := []Item{rendered("1", "1", "", "")}
	now[0].Files = nil
	if r := ReadRecorded(dir); r == nil || !r.IsCurrent(now, true) {
		t.Fatal("what a run has made is not current")
	}
	for _, other := range []string{ours, theirs} {
		text := strings.Replace(merged, sealLine(t, merged), sealLine(t, other), 1)
		put(t, dir, RecordName+"="+text)
		if r := ReadRecorded(dir); r == nil || r.IsCurrent(now, true) {
			t.Errorf("the record is trusted:\n%s", text)
		}
	}
}

func sealLine(t *testing.T, record string) string {
	t.Helper()
	for line := range strings.Lines(record) {
		if strings.Contains(line, "seal:") {
			return line
		}
	}
	t.Fatalf("no seal in\n%s", record)
	return ""
}

// TestARecordWhileFilesChange is not trusted, whichever of the two versions is there and asked about.
func TestARecordWhileFilesChange(t *testing.T) {
	before, after := rendered("0", "0", "1", "1"), rendered("1", "0", "2", "1")
	after.Files = append(after.Files, itemOf("x", "c=1").Files...)
	old := record{}.after(withEntries([]Item{before}), true)
	both := string(old.transitional(old.after(withEntries([]Item{after}), true)).text())
	for _, files := range [][]string{{"a=1", "b=1"}, {"a=2", "b=1", "c=1"}} {
		dir := t.TempDir()
		put(t, dir, append(files, RecordName+"="+both)...)
		for _, item := range []Item{before, after} {
			if r := ReadRecorded(dir); r == nil || r.IsCurrent([]Item{item}, true) {
				t.Errorf("with %v the record is trusted:\n%s", files, both)
			}
		}
	}
}

// TestATakenFile ends the trust in the item that had it: its own run would make it again.
func TestATakenFile(t *testing.T) {
	dir := t.TempDir()
	x := rendered("1", "1", "1", "1")
	for _, item := range []Item{x, itemOf("y", "a=2")} {
		if _, err := Write(dir, []Item{item}, false, false); err != nil {
			t.Fatal(err)
		}
	}
	if r := ReadRecorded(dir); r == nil || r.IsCurrent([]Item{x}, false) {
		t.Error("the record is trusted")
	}
}
