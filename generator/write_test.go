package generator

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// tree returns the files below a folder with their contents.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		at, err := filepath.Rel(dir, path)
		b.WriteString(filepath.ToSlash(at) + "=" + string(content) + ";")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func fileOf(path, content, write string) File {
	return File{Path: path, Content: []byte(content), Write: write}
}

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	if err := Write(dir, []File{fileOf("a", "1", WriteAlways), fileOf("b/c", "2", WriteOnce)}); err != nil {
		t.Fatal(err)
	}
	if got := tree(t, dir); got != "a=1;b/c=2;" {
		t.Errorf("got %s", got)
	}
	if err := Write(dir, []File{fileOf("a", "3", WriteAlways), fileOf("b/c", "4", WriteOnce), fileOf("b/d", "", WriteAlways)}); err != nil {
		t.Fatal(err)
	}
	if got := tree(t, dir); got != "a=3;b/c=2;b/d=;" {
		t.Errorf("got %s", got)
	}
}

func TestWriteLeavesWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := os.WriteFile(path, []byte("1"), 0o640); err != nil {
		t.Fatal(err)
	}
	old := time.Unix(1_000_000_000, 0)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir, []File{fileOf("a", "1", WriteAlways)}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || !info.ModTime().Equal(old) {
		t.Errorf("the same content was written again: %v", err)
	}
	if err := Write(dir, []File{fileOf("a", "2", WriteAlways)}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the permissions were not kept: %v", err)
	}
}

// TestWriteFailsBeforeTheFirstRename guards that an error leaves every file as it was, and no other name behind.
func TestWriteFailsBeforeTheFirstRename(t *testing.T) {
	tests := []struct {
		name    string
		prepare func(dir string) error
		file    File
		want    string
	}{
		{"folder", func(dir string) error { return os.Mkdir(filepath.Join(dir, "z"), 0o755) }, fileOf("z", "2", WriteAlways), "write DIR/z: there is a folder of that name"},
		{"read-only", func(dir string) error { return os.WriteFile(filepath.Join(dir, "z"), []byte("1"), 0o444) }, fileOf("z", "2", WriteAlways), "write DIR/z: the file is read-only"},
		{"file as folder", func(string) error { return nil }, fileOf("a/z", "2", WriteAlways), "write DIR/a/z: not a directory"},
		{"outside", func(string) error { return nil }, fileOf("../z", "2", WriteAlways), `the path "../z" of an output holds the segment ".."`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "a"), []byte("1"), 0o644); err != nil {
				t.Fatal(err)
			}
			if err := test.prepare(dir); err != nil {
				t.Fatal(err)
			}
			before := tree(t, dir)
			err := Write(dir, []File{fileOf("a", "2", WriteAlways), fileOf("b", "2", WriteAlways), test.file})
			if got := strings.ReplaceAll(errorText(err), dir, "DIR"); got != test.want {
				t.Errorf("got %s", got)
			}
			if after := tree(t, dir); after != before {
				t.Errorf("before %s, after %s", before, after)
			}
		})
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	file := fileOf("api.yaml", "b: 1.50\na: [~, 'no', 12345678901234567890]\n", WriteAlways)
	for at, want := range map[string]string{
		"x/api.yaml": string(file.Content),
		"api.JSON":   "{\n  \"b\": 1.50,\n  \"a\": [\n    null,\n    \"no\",\n    12345678901234567890\n  ]\n}\n",
	} {
		path := filepath.Join(dir, at)
		if err := WriteFile(path, file); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s: got %s, %v", at, got, err)
		}
	}
	if err := WriteFile(filepath.Join(dir, "y.json"), fileOf("api.yaml", "a: [\n", WriteAlways)); err == nil {
		t.Error("no YAML was written as JSON")
	}
}
