package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const hostileName = "\" \\ : # - \t\r\n{}[]&*!|>%@`'<<? é 日本 \u2028\u0085\u007f\x01\uFEFF😀"

func TestRecordText(t *testing.T) {
	item := itemOf("openapi api/openapi.yaml", "api/openapi.yaml=1\n", "api/b.yaml=2\r\n", "once:=1")
	item.Inputs = Inputs{
		Program:     "1.2.0",
		Definitions: []Input{{"resources/book.yaml", Digest([]byte("book"))}, {"resources/author.yaml", "0"}},
		Parameters:  []Input{{"servers", "[a: 1]"}},
		Run:         "run",
	}
	const want = `# The record of what firestone generated, and from what. Commit this file, and do not edit it.
format: 1
items:
  "openapi api/openapi.yaml":
    program: "1.2.0"
    seal: "96ebea5872279d3d627af1f20cdfd4c5"
    definitions:
      "resources/author.yaml": "0"
      "resources/book.yaml": "92719fe0cf8cd51592af31ee8a5736d7"
    parameters:
      "servers": "[a: 1]"
    files:
      "api/b.yaml": "53c234e5e8472b6ac51c1ae1cab3fe06"
      "api/openapi.yaml": "4355a46b19d348dc2f57c046f8ef63d4"
      "once": "6b86b273ff34fce19d6b804eff5a3f57"
    once:
      - "once"
`
	got := string(record{}.after(withEntries([]Item{item, itemOf("without files")}), true).text())
	if got != want {
		t.Errorf("got\n%s", got)
	}
	if record(nil).text() != nil {
		t.Error("a record of nothing has a text")
	}
}

// TestRecordReads what it wrote, whatever the names hold.
func TestRecordReads(t *testing.T) {
	long := strings.Repeat("long/", 400)
	for _, name := range []string{"a", "", "1", "~", "null", "<<", "- a", hostileName, long, "a\xffb"} {
		item := itemOf(name, "same=1", "once/"+strings.Repeat("once", 400)+":=1")
		item.Inputs = Inputs{
			Program:     name,
			Definitions: []Input{{name, name}, {"z", "12345678901234567890123456789012"}},
			Templates:   []Input{{name + "x", name}},
			Parameters:  []Input{{name, "0x1"}},
			Run:         name,
		}
		before := record{}.after(withEntries([]Item{item, itemOf("ä ö/"+long, "ä ö/"+long+"x=1")}), true)
		towards := func(files ...string) record {
			return before.transitional(record{}.after(withEntries([]Item{itemOf(name, files...)}), true))
		}
		for _, r := range []record{before, towards("same=2", "other=1"), towards("same=1", "ä ö/"+long+"x=1")} { // the last one takes all of another
			read, err := readRecord("lock", r.text())
			if err != nil || string(read.text()) != string(r.text()) {
				t.Errorf("%q: %v\nwrote\n%s\nread\n%s", name, err, r.text(), read.text())
			}
		}
	}
}

func TestRecordRefused(t *testing.T) {
	const again = "\n  hint: restore the file from version control, or delete it and run firestone --force"
	tests := []struct{ text, want string }{
		{"", "L:1:1: the file is not a firestone record [FS5004]" + again},
		{"- a\n", "L:1:1: the file is not a firestone record [FS5004]" + again},
		{"items: {}\n", "L:1:1: the record has no format [FS5004]" + again},
		{"format: one\n", "L:1:9: the format of the record is not a positive integer [FS5004]" + again},
		{"format: 0\n", "L:1:9: the format of the record is not a positive integer [FS5004]" + again},
		{"format: 1.5\n", "L:1:9: the format of the record is not a positive integer [FS5004]" + again},
		{"# x\nformat: 2\nfuture: [a]\n", "L:2:9: the record has format 2, but this version of firestone reads only formats up to 1 [FS5004]\n  hint: use the version of firestone that wrote it, or a newer one"},
		{"format: 123456789012345678901234567890\n", "L:1:9: the record has format 123456789012345678901234567890, but this version of firestone reads only formats up to 1 [FS5004]\n  hint: use the version of firestone that wrote it, or a newer one"},
		{"format: 1\nitem: {}\n", "L:2:1: unknown key \"item\" in the record [FS5004]" + again},
		{"format: 1\nzzzzzzzz: {}\n", "L:2:1: unknown key \"zzzzzzzz\" in the record [FS5004]" + again},
		{"format: 1\nitems:\n  a: 1\n  b:\n    program: 1\n    file: {}\n", "L:3:6: the item is not a mapping [FS5004]" + again +
			"\nL:5:14: this is not a string [FS5004]" + again + "\nL:6:5: unknown key \"file\" in the item [FS5004]" + again},
		{"format: 1\nitems:\n  a:\n    files:\n      /etc/passwd: 'x'\n      b: {}\n      c: [1, x]\n", "L:5:7: the path \"/etc/passwd\" is an absolute path [FS5004]" + again +
			"\nL:6:10: this is not a string [FS5004]" + again + "\nL:7:11: this is not a string [FS5004]" + again},
		{"format: 1\nitems:\n  a: {once: b, seal: []}\n  b: {once: [../c, 1]}\n", "L:3:13: this is not a list [FS5004]" + again + "\nL:3:22: this is not a string [FS5004]" + again +
			"\nL:4:14: the path \"../c\" leads out of the output folder [FS5004]" + again + "\nL:4:20: this is not a string [FS5004]" + again},
		{"format: 1\nitems:\n  a: {}\ngarbage\n", "L:4:1: expected \"key: value\", not \"garbage\" [FS1003]" + again},
		{"format: 1\nitems:\n  a: {}\n>>>>>>> other\n", "L:4:1: some merge conflict markers were removed, but not all of them [FS1007]" + again},
		{"format: 1\nitems:\n<<<<<<< HEAD\n  a: {}\n=======\n  b: {}\n", "L:3:1: some merge conflict markers were removed, but not all of them [FS1007]" + again},
		{"format: 1\nitems:\n<<<<<<< HEAD\n  a: {}\n>>>>>>> other\n", "L:3:1: some merge conflict markers were removed, but not all of them [FS1007]" + again},
		{"format: 1\nitems:\n<<<<<<< HEAD\n  a: {}\n=======\n  b: 1\n>>>>>>> other\n", "L:6:6: the item is not a mapping [FS5004]" + again},
		{"<<<<<<< HEAD\nformat: 2\n=======\nformat: 1\n>>>>>>> other\nitems: {}\n", "L:2:9: the record has format 2, but this version of firestone reads only formats up to 1 [FS5004]\n  hint: use the version of firestone that wrote it, or a newer one"},
	}
	for _, test := range tests {
		dir := t.TempDir()
		put(t, dir, RecordName+"="+test.text)
		for _, force := range []bool{false, true} {
			_, err := Write(dir, []Item{itemOf("x", "a=1")}, true, force)
			if got := strings.ReplaceAll(text(err), filepath.Join(dir, RecordName), "L"); got != test.want {
				t.Errorf("%q: got %s\nwant %s", test.text, got, test.want)
			}
		}
		if got := names(t, dir); got != " /"+RecordName {
			t.Errorf("%q: there is %s", test.text, got)
		}
	}
}

// TestRecordOfAnotherIsNoOrder: a record may come with a repository. No file outside the folder is removed, even one
// whose content it knows.
func TestRecordOfAnotherIsNoOrder(t *testing.T) {
	dir := t.TempDir()
	root := filepath.Join(dir, "root")
	put(t, dir, "precious=1", "root/"+RecordName+"=format: 1\nitems:\n  x: {files: {../precious: '"+Digest([]byte("1"))+"'}}\n")
	_, err := Write(root, []Item{itemOf("x", "a=1")}, true, true)
	if want := filepath.Join(root, RecordName) + ":3:15: the path \"../precious\" leads out of the output folder [FS5004]\n  hint: " + repair; text(err) != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
	if got := contents(t, dir); got != "precious=1;" {
		t.Errorf("there is %s", got)
	}
}

// TestRecordOfAMerge has one path in two items, as when two branches moved it. Either digest is firestone's.
func TestRecordOfAMerge(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a=1", RecordName+"=format: 1\r\nitems:\r\n  x: {files: {a: 'other'}}\r\n  y: {files: {a: '"+Digest([]byte("1"))+"'}}\r\n")
	plan, err := Write(dir, []Item{itemOf("x", "a=2")}, false, false)
	if err != nil || contents(t, dir) != "a=2;" {
		t.Errorf("got %s, %v", summary(plan), err)
	}
	text, err := os.ReadFile(filepath.Join(dir, RecordName))
	if err != nil || strings.Contains(string(text), `"y"`) {
		t.Errorf("the file has two owners: %s, %v", text, err)
	}
}

// TestAnotherVersionAlone changes no record: else each of two people with two versions would undo what the other has.
func TestAnotherVersionAlone(t *testing.T) {
	dir := t.TempDir()
	item := itemOf("x", "a=1")
	write(t, dir, item)
	item.Inputs.Program = "2"
	isStill(t, dir, []Item{item})
	item.Inputs.Parameters = []Input{{"title", "x"}}
	plan, err := Write(dir, []Item{item}, true, false)
	if err != nil || len(plan.Changes) > 0 || plan.last == nil {
		t.Errorf("got %s, %v", summary(plan), err)
	}
	isStill(t, dir, []Item{item})
}

func FuzzReadRecord(f *testing.F) {
	f.Add([]byte("format: 1\nitems:\n  a: {program: '1', files: {b: [x, y]}}\n"))
	f.Add(record{}.after(withEntries([]Item{itemOf(hostileName, "a=1")}), true).text())
	for _, style := range []string{"merge", "bare", "diff3"} {
		f.Add([]byte(merged(style, "\n", "a=1|2|3", "b=1")))
		f.Add([]byte(merged(style, "\r\n", "a=1||3")))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var p planner
		if err := p.readRecord("lock", text); err != nil {
			return
		}
		r := p.old
		again, err := readRecord("lock", r.text())
		if len(r) > 0 && (err != nil || string(again.text()) != string(r.text())) {
			t.Errorf("read %s, then %v, %s", r.text(), err, again.text())
		}
	})
}
