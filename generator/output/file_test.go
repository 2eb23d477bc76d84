package output

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firestoned/firestone/generator"
)

func TestWriteFile(t *testing.T) {
	yaml := "b: 1.50\na: [~, 'no', 12345678901234567890]\n"
	json := "{\n  \"b\": 1.50,\n  \"a\": [\n    null,\n    \"no\",\n    12345678901234567890\n  ]\n}\n"
	tests := []struct {
		name    string
		prepare func(dir string) error
		path    string
		content string
		mode    string
		want    string
		left    string
	}{
		{name: "new folders", path: "x/y/api.yaml", content: yaml, left: "x/y/api.yaml=" + yaml + ";"},
		{name: "JSON", path: "api.JSON", content: yaml, left: "api.JSON=" + json + ";"},
		{name: "no YAML", path: "api.json", content: "a: [\n", want: "no"},
		{name: "over another", prepare: holding("api.yaml", "mine"), path: "api.yaml", content: yaml, left: "api.yaml=" + yaml + ";"},
		{name: "once", prepare: holding("api.yaml", "mine"), path: "api.yaml", content: yaml, mode: generator.WriteOnce, left: "api.yaml=mine;"},
		{name: "empty", prepare: holding("api.yaml", "mine"), path: "api.yaml", left: "api.yaml=;"},
		{name: "folder", prepare: func(dir string) error { return os.Mkdir(filepath.Join(dir, "x"), 0o755) }, path: "x", content: yaml, want: "write DIR/x: a folder of that name exists", left: "x/;"},
		{name: "file as folder", prepare: holding("x", "mine"), path: "x/y/api.yaml", content: yaml, want: "write DIR/x/y/api.yaml: not a directory", left: "x=mine;"},
		{name: "long", path: strings.Repeat("x", 300) + ".yaml", content: yaml, want: "write DIR/" + strings.Repeat("x", 300) + ".yaml: file name too long"},
		{name: "link", prepare: func(dir string) error {
			return errors.Join(os.Symlink("sub/target", filepath.Join(dir, "z")), os.Mkdir(filepath.Join(dir, "sub"), 0o755), holding("sub/target", "mine")(dir))
		}, path: "z", content: yaml, left: "sub/target=" + yaml + ";z=" + yaml + ";"},
		{name: "link to nothing", prepare: func(dir string) error { return os.Symlink("sub/target", filepath.Join(dir, "z")) }, path: "z", content: yaml, left: "sub/target=" + yaml + ";z=" + yaml + ";"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if test.prepare != nil {
				if err := test.prepare(dir); err != nil {
					t.Fatal(err)
				}
			}
			mode := test.mode
			if mode == "" {
				mode = generator.WriteAlways
			}
			var content []byte
			if test.content != "" {
				content = []byte(test.content)
			}
			err := WriteFile(filepath.Join(dir, test.path), generator.File{Path: "api.yaml", Content: content, Write: mode})
			if got := strings.ReplaceAll(text(err), dir, "DIR"); got != test.want && (test.want != "no" || err == nil) {
				t.Errorf("got %s", got)
			}
			if got := contents(t, dir); got != test.left {
				t.Errorf("left %s", got)
			}
		})
	}
}

// holding returns what makes a file of that content.
func holding(path, content string) func(dir string) error {
	return func(dir string) error { return os.WriteFile(filepath.Join(dir, path), []byte(content), 0o644) }
}

// TestWriteFileTwice: the same content is not written again.
func TestWriteFileTwice(t *testing.T) {
	dir := t.TempDir()
	file := generator.File{Path: "a", Content: []byte("1\n"), Write: generator.WriteAlways}
	put(t, dir, "a=1\r\n")
	before := everything(t, dir)
	if err := WriteFile(filepath.Join(dir, "a"), file); err != nil || everything(t, dir) != before {
		t.Errorf("got %s, %v", everything(t, dir), err)
	}
}

func TestWriteFileChangesAllOrNothing(t *testing.T) {
	file := generator.File{Path: "a", Content: []byte("2"), Write: generator.WriteAlways}
	for n := 1; ; n++ {
		dir := t.TempDir()
		put(t, dir, "a=1")
		before := everything(t, dir)
		d, operations := failingAt(n)
		if err := d.writeFile(filepath.Join(dir, "a"), file); err == nil {
			return
		}
		if got := everything(t, dir); got != before && !strings.HasPrefix((*operations)[n-1], "unlock") {
			t.Errorf("failed at %d, %s: left %s", n, (*operations)[n-1], got)
		}
		if err := WriteFile(filepath.Join(dir, "a"), file); err != nil || contents(t, dir) != "a=2;" {
			t.Errorf("failed at %d, %s: then %v, and there is %s", n, (*operations)[n-1], err, contents(t, dir))
		}
		d, operations = failingAt(n)
		if err := d.writeFile(filepath.Join(dir, "new", "b", "a"), file); err != nil && !strings.HasPrefix((*operations)[n-1], "unlock") {
			if got := names(t, dir); strings.Contains(got, "new") {
				t.Errorf("failed at %d, %s: left %s", n, (*operations)[n-1], got)
			}
		}
	}
}

func TestWriteFileIntoADevice(t *testing.T) {
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Skip("no device")
	}
	if err := WriteFile(os.DevNull, generator.File{Path: "a", Content: []byte("1"), Write: generator.WriteAlways}); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Error("the device is a file now")
	}
}
