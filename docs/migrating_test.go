package docs_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/command"
	"go.yaml.in/yaml/v4"
)

const migratingFolder = "docs/testdata/migrating"

// An answer is the description of one operation in a document.
type answer struct{ statuses, parameters []string }

// success returns the families of the successful statuses: 2xx.
func (a answer) success() string {
	var families []string
	for _, status := range a.statuses {
		if strings.HasPrefix(status, "2") {
			families = append(families, status[:1]+"xx")
		}
	}
	return strings.Join(slices.Compact(families), " ")
}

// Definitions with an explicit plural keep the paths, methods and families of statuses that they had with the Python
// firestone. deviations.txt lists each operation that differs, under the reason.
func TestMigratingKeepsPaths(t *testing.T) {
	there, here := answersThere(t), answersHere(t, migratingFolder)
	if len(there) < 50 {
		t.Fatalf("paths.txt has %d operations", len(there))
	}
	got, want := deviations(there, here), deviationsListed(t)
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("the document differs, and deviations.txt gives no reason: %s", line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("deviations.txt names a difference that there is not: %s", line)
		}
	}
}

// deviations returns the differences between two documents, one line for each operation and aspect. Error responses are
// left out, since the Python firestone did not have any.
func deviations(there, here map[string]answer) []string {
	var lines []string
	for _, operation := range slices.Sorted(maps.Keys(there)) {
		theirs := there[operation]
		ours, ok := here[operation]
		if !ok {
			lines = append(lines, operation+": only there")
			continue
		}
		if theirs.success() != ours.success() {
			lines = append(lines, fmt.Sprintf("%s: success %q there, %q here", operation, theirs.success(), ours.success()))
		}
		if !slices.Equal(theirs.parameters, ours.parameters) {
			lines = append(lines, fmt.Sprintf("%s: parameters %s there, %s here", operation, theirs.parameters, ours.parameters))
		}
	}
	for _, operation := range slices.Sorted(maps.Keys(here)) {
		if _, ok := there[operation]; !ok {
			lines = append(lines, operation+": only here")
		}
	}
	return lines
}

// dataLines returns the lines of a file in docs/testdata/migrating, without empty lines and comments.
func dataLines(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(migratingFolder, file))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// deviationsListed returns the lines of deviations.txt.
func deviationsListed(t *testing.T) []string {
	t.Helper()
	return dataLines(t, "deviations.txt")
}

// answersThere reads paths.txt: METHOD PATH STATUS,STATUS PLACE:NAME...
func answersThere(t *testing.T) map[string]answer {
	t.Helper()
	answers := map[string]answer{}
	for _, line := range dataLines(t, "paths.txt") {
		words := strings.Fields(line)
		if len(words) < 3 {
			t.Fatalf("paths.txt: %q is not METHOD PATH STATUSES PARAMETER...", line)
		}
		answers[words[0]+" "+words[1]] = answer{strings.Split(words[2], ","), words[3:]}
	}
	return answers
}

// answersHere returns the operations in the OpenAPI document of a folder's definitions.
func answersHere(t *testing.T, folder string) map[string]answer {
	t.Helper()
	type parameter struct {
		Ref  string `yaml:"$ref"`
		Name string
		In   string
	}
	var document struct {
		Paths      map[string]map[string]yaml.Node
		Components struct{ Parameters map[string]parameter }
	}
	files := render(t, load(t, folder), "openapi")
	if err := yaml.Unmarshal([]byte(files[0].Content), &document); err != nil {
		t.Fatal(err)
	}
	answers := map[string]answer{}
	for path, item := range document.Paths {
		var shared []parameter
		if node, ok := item["parameters"]; ok {
			if err := node.Decode(&shared); err != nil {
				t.Fatal(err)
			}
		}
		for _, method := range []string{"get", "head", "post", "put", "patch", "delete", "options", "trace"} {
			node, ok := item[method]
			if !ok {
				continue
			}
			var operation struct {
				Parameters []parameter
				Responses  map[string]yaml.Node
			}
			if err := node.Decode(&operation); err != nil {
				t.Fatal(err)
			}
			a := answer{statuses: slices.Sorted(maps.Keys(operation.Responses))}
			for _, p := range slices.Concat(shared, operation.Parameters) {
				if p.Ref != "" {
					p = document.Components.Parameters[strings.TrimPrefix(p.Ref, "#/components/parameters/")]
				}
				a.parameters = append(a.parameters, p.In+":"+p.Name)
			}
			slices.Sort(a.parameters)
			answers[strings.ToUpper(method)+" "+path] = a
		}
	}
	return answers
}

// guideTable returns the rows of the only table in docs/migrating.md with this header, as lists of cells.
func guideTable(t *testing.T, header string) [][]string {
	t.Helper()
	text, err := os.ReadFile("docs/migrating.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "\n| "+header+" |\n")
	if !found || strings.Contains(rest, "\n| "+header+" |\n") {
		t.Fatalf("docs/migrating.md has not one table %q", header)
	}
	body, _, _ := strings.Cut(rest, "\n\n")
	var rows [][]string
	for _, line := range strings.Split(body, "\n")[1:] {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if len(cells) != strings.Count(header, " | ")+1 {
			t.Fatalf("docs/migrating.md: the table %q has the row %q", header, line)
		}
		rows = append(rows, cells)
	}
	if len(rows) < 3 {
		t.Fatalf("docs/migrating.md: the table %q has %d rows", header, len(rows))
	}
	return rows
}

var codeSpan = regexp.MustCompile("`([^`]+)`")

// code returns the texts between backquotes in a cell.
func code(cell string) []string {
	var spans []string
	for _, match := range codeSpan.FindAllStringSubmatch(cell, -1) {
		spans = append(spans, match[1])
	}
	return spans
}

// define writes book.yaml into the current folder: a book with a title, with the members of each text merged into it.
func define(t *testing.T, texts ...string) {
	t.Helper()
	definition := map[string]any{}
	for _, text := range append([]string{"kind: book, schema: {type: array, key: {name: book_id}, items: {type: object, properties: {title: {type: string}}}}"}, texts...) {
		var members map[string]any
		if err := yaml.Unmarshal([]byte("{"+text+"}"), &members); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		overlay(definition, members)
	}
	out, err := yaml.Marshal(definition)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("book.yaml", out, 0o600); err != nil {
		t.Fatal(err)
	}
}

// overlay sets members in an object. Objects are merged recursively.
func overlay(object, members map[string]any) {
	for key, member := range members {
		inner, isObject := member.(map[string]any)
		if old, ok := object[key].(map[string]any); ok && isObject {
			overlay(old, inner)
			continue
		}
		object[key] = member
	}
}

// firestone runs a command line, given without its first word, and returns its output and exit status.
func firestone(words ...string) (out, failures string, status int) {
	var stdout, stderr bytes.Buffer
	status = command.Run(words, strings.NewReader(""), &stdout, &stderr)
	return stdout.String(), stderr.String(), status
}

// besideDefinitions makes a copy of the definitions in docs/testdata/migrating the current folder.
func besideDefinitions(t *testing.T) {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(migratingFolder)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
}
