package validatetest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

// Group is a schema with data to validate, as in the JSON Schema Test Suite.
type Group struct {
	Name   string // the file, and the description of the group
	Schema *value.Value
	Tests  []*value.Value // each with a description, data, and the expected validity
}

// Suite reads the groups in all files of a module that match the pattern.
func Suite(t testing.TB, module, pattern string) []Group {
	t.Helper()
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		t.Fatalf("find the module %s: %v", module, err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(folder)), filepath.FromSlash(pattern)))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no files %s: %v", module, pattern, err)
	}
	var groups []Group
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range Parse(t, string(text)).Items {
			name := strings.TrimSuffix(filepath.Base(file), ".json") + ": " + group.Get("description").StringOr("")
			groups = append(groups, Group{name, group.Get("schema"), group.Get("tests").Items})
		}
	}
	return groups
}
