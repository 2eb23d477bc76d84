package mock

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/value"
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

// The lines that docs/mock.md shows for other programs' tests put the state back, in each language.
func TestPageRestoresTheState(t *testing.T) {
	page, err := os.ReadFile("../docs/mock.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []struct {
		name, tool, file string
		around           [2]string
		arguments        []string
		added            string
	}{
		{
			name: "go", tool: "go", file: "main.go", arguments: []string{"run", "main.go"},
			around: [2]string{
				"package main\n\nimport (\n\t\"bytes\"\n\t\"io\"\n\t\"net/http\"\n\t\"os\"\n)\n\nfunc main() {\nurl := os.Args[1]\n",
				"if err != nil || answer.StatusCode != 204 {\n\tpanic(err)\n}\n}\n",
			},
		},
		{name: "python", tool: "python3", file: "main.py", arguments: []string{"main.py"}, around: [2]string{"import sys\nfrom urllib.request import Request, urlopen\nurl = sys.argv[1]\n", ""}},
		{name: "ts", tool: "node", file: "main.mjs", arguments: []string{"main.mjs"}, around: [2]string{"const url = process.argv[2]\n", ""}, added: "Stanisław Lem"},
	} {
		t.Run(language.name, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(language.tool); err != nil && os.Getenv("CI") == "" {
				t.Skip(language.tool + " is not installed")
			}
			block := regexp.MustCompile("(?s)\n### The same state for each test\n.*?\n```" + language.name + "\n(.*?)```").FindSubmatch(page)
			if block == nil {
				t.Fatal("the page shows no lines")
			}
			s, err := New(library(t), Options{Seed: 3})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			want := string(s.store.Snapshot().AppendJSON(nil, ""))
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				s.ServeHTTP(w, r)
				if r.Method == http.MethodGet { // what tests do in between
					s.store.Restore(value.Object())
				}
			}))
			defer server.Close()
			folder := t.TempDir()
			if err := os.WriteFile(filepath.Join(folder, language.file), []byte(language.around[0]+string(block[1])+language.around[1]), 0o666); err != nil {
				t.Fatal(err)
			}
			run := exec.Command(language.tool, append(language.arguments, server.URL)...)
			run.Dir = folder
			if out, err := run.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			got := string(s.store.Snapshot().AppendJSON(nil, ""))
			if language.added != "" {
				authors := s.store.Snapshot().Get("authors").Items
				last := string(authors[len(authors)-1].AppendJSON(nil, ""))
				if !strings.Contains(last, language.added) {
					t.Errorf("the last author is %s", last)
				}
				got = strings.Replace(got, ","+last, "", 1)
			}
			if got != want {
				t.Errorf("then there is %s\nwant %s", got, want)
			}
		})
	}
}
