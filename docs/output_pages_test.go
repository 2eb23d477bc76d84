package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// TestPagesOfDocumentsNameParameters compares the tables of docs/asyncapi.md and docs/openapi.md with the packs: the same
// parameters in the same order, with their defaults and all values of enums.
func TestPagesOfDocumentsNameParameters(t *testing.T) {
	row := regexp.MustCompile("(?m)^\\| `([a-z]+)` \\| ([^|]+) \\| (.+) \\|$")
	for _, pack := range []string{"asyncapi", "openapi"} {
		var manifest struct {
			Parameters []struct {
				Name    string
				Schema  struct{ Enum []string }
				Default any
			}
		}
		content, err := os.ReadFile("templates/" + pack + "/pack.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(content, &manifest); err != nil {
			t.Fatal(err)
		}
		page, err := os.ReadFile("docs/" + pack + ".md")
		if err != nil {
			t.Fatal(err)
		}
		table, _, _ := strings.Cut(string(page), "\n## ")
		rows := row.FindAllStringSubmatch(table, -1)
		if len(rows) != len(manifest.Parameters) {
			t.Fatalf("docs/%s.md has %d parameters, the pack %d", pack, len(rows), len(manifest.Parameters))
		}
		for i, p := range manifest.Parameters {
			if rows[i][1] != p.Name {
				t.Errorf("docs/%s.md has the parameter %s where the pack has %s", pack, rows[i][1], p.Name)
			}
			switch value := p.Default.(type) {
			case string, bool:
				if want := "`" + yamlText(value) + "`"; value != "" && rows[i][2] != want {
					t.Errorf("docs/%s.md: the default of %s is %s, expected %s", pack, p.Name, rows[i][2], want)
				}
			}
			for _, value := range p.Schema.Enum {
				if !strings.Contains(rows[i][2]+rows[i][3], "`"+value+"`") {
					t.Errorf("docs/%s.md does not name the value %s of %s", pack, value, p.Name)
				}
			}
		}
	}
}

// TestReadmeNamesEveryPack: each pack that comes with firestone has a row with a link to its page.
func TestReadmeNamesEveryPack(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	manifests, err := filepath.Glob("templates/*/pack.yaml")
	if err != nil || len(manifests) == 0 {
		t.Fatalf("%d packs, %v", len(manifests), err)
	}
	for _, manifest := range manifests {
		pack := filepath.Base(filepath.Dir(manifest))
		if !regexp.MustCompile("(?m)^\\| `firestone -t " + pack + "` \\|.*\\]\\(docs/").Match(readme) {
			t.Errorf("the table \"What there is\" of README.md has no row for firestone -t %s", pack)
		}
	}
}

// TestPageOfTheCommandLineNamesCommands: each command that a resource can have is in the table of docs/cli.md, and is run by
// a test of the command line.
func TestPageOfTheCommandLineNamesCommands(t *testing.T) {
	const prefix, suffix = "templates/cli/_command-", ".py.tmpl"
	commands, err := filepath.Glob(prefix + "*" + suffix)
	if err != nil || len(commands) == 0 {
		t.Fatalf("%d commands, %v", len(commands), err)
	}
	tests, err := filepath.Glob("testdata/python/cli/*_test.py")
	if err != nil || len(tests) == 0 {
		t.Fatalf("%d tests, %v", len(tests), err)
	}
	var run strings.Builder
	for _, file := range tests {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		run.Write(text)
	}
	page, err := os.ReadFile("docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range commands {
		command := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(file), prefix), suffix)
		if !regexp.MustCompile("(?m)^\\|.*`" + command + "[ `]").Match(page) {
			t.Errorf("the table of docs/cli.md has no row for %s", command)
		}
		if !regexp.MustCompile(`"[\w-]+",\s*"` + command + `"`).MatchString(run.String()) {
			t.Errorf("no test in testdata/python/cli runs %s", command)
		}
	}
}

// yamlText returns a scalar as it is written in a pack.
func yamlText(value any) string {
	text, err := yaml.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(text))
}
