package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/firestoned/firestone/generator"
)

// itemOf returns an item of files, given as path=content, or path:=content for one that is written once.
func itemOf(name string, files ...string) Item {
	item := Item{Name: name, Inputs: Inputs{Program: "1"}}
	for _, file := range files {
		path, content, _ := strings.Cut(file, "=")
		mode := generator.WriteAlways
		if once, ok := strings.CutSuffix(path, ":"); ok {
			path, mode = once, generator.WriteOnce
		}
		item.Files = append(item.Files, generator.File{Path: path, Content: []byte(content), Write: mode})
	}
	return item
}

// put writes files, given as path=content, with a time long ago.
func put(t *testing.T, dir string, files ...string) {
	t.Helper()
	for _, file := range files {
		path, content, _ := strings.Cut(file, "=")
		path = filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		age(t, path)
	}
}

var longAgo = time.Unix(1_000_000_000, 0)

// age gives a file a time long ago.
func age(t *testing.T, path string) {
	t.Helper()
	if err := os.Chtimes(path, longAgo, longAgo); err != nil {
		t.Fatal(err)
	}
}

// contents returns the files below a folder with their contents, and the empty folders; without the record.
func contents(t *testing.T, dir string) string {
	t.Helper()
	return listed(t, dir, false)
}

// everything returns the files below a folder with their contents, modes and times, the record too, and the folders.
func everything(t *testing.T, dir string) string {
	t.Helper()
	return listed(t, dir, true)
}

func listed(t *testing.T, dir string, all bool) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || path == dir || !all && entry.Name() == RecordName {
			return err
		}
		at, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if all || isEmpty(os.Open(path)) {
				b.WriteString(filepath.ToSlash(at) + "/;")
			}
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		b.WriteString(filepath.ToSlash(at) + "=" + string(content) + ";")
		info, err := os.Stat(path)
		if err == nil && all {
			b.WriteString(info.Mode().String() + info.ModTime().UTC().String() + ";")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// summary returns the changes of a plan in one line.
func summary(p *Plan) string {
	if p == nil {
		return "no plan"
	}
	var parts []string
	for _, change := range p.Changes {
		var causes []string
		for _, cause := range change.Causes {
			causes = append(causes, cause.String())
		}
		part := string(change.Action) + " " + change.Path + " (" + strings.Join(causes, ", ") + ")"
		if change.Edited {
			part += " edited"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

// write writes the items as all that the folder has, and returns what it changed.
func write(t *testing.T, dir string, items ...Item) string {
	t.Helper()
	plan, err := Write(dir, items, true, false)
	if err != nil {
		t.Fatal(err)
	}
	return summary(plan)
}
