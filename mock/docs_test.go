package mock

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var documented = regexp.MustCompile(`(?m)^\| ([^|]+) \|[^|]*\| \[(\w+)\]\(\.\./(mock/testdata/sessions/\w+\.txtar)\) \|$`)

// Each row of the tables of docs/mock.md is the heading of a part of the session that it links to.
func TestPageIsShownInSessions(t *testing.T) {
	page, err := os.ReadFile("../docs/mock.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := documented.FindAllStringSubmatch(string(page), -1)
	if linked := strings.Count(string(page), "](../mock/testdata/sessions/"); len(rows) != linked || linked < 40 {
		t.Errorf("%d rows of %d that link to a session can be read", len(rows), linked)
	}
	seen := map[string]bool{}
	for _, row := range rows {
		session, err := os.ReadFile(filepath.Join("..", row[3]))
		if err != nil {
			t.Error(err)
			continue
		}
		seen[row[2]] = true
		if !strings.Contains("\n"+string(session), "\n# "+row[1]+"\n") {
			t.Errorf("%s has no part %q", row[3], row[1])
		}
	}
	files, err := filepath.Glob("testdata/sessions/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".txtar"); !seen[name] {
			t.Errorf("docs/mock.md does not link to %s", file)
		}
	}
}
