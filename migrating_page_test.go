package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The page can be read without the source.
func TestMigratingIsPrinted(t *testing.T) {
	text, err := os.ReadFile("docs/migrating.md")
	if err != nil {
		t.Fatal(err)
	}
	if out, failures, status := firestone("help", "migrating"); status != 0 || out != string(text) {
		t.Errorf("firestone help migrating gave %d and %s%s", status, failures, out)
	}
}

// Each old command line is refused with the new one, and that one runs, if there is its pack.
func TestMigratingCommandLines(t *testing.T) {
	rows := guideTable(t, "old | new | flags without an equivalent")
	besideDefinitions(t)
	for _, row := range rows {
		old, now, dropped := code(row[0])[0], code(row[1])[0], strings.Join(code(row[2]), ", ")
		if dropped != "" {
			dropped = "; there is no equivalent of " + dropped
		}
		want := "firestone: this is a command line of the Python firestone" + dropped + "\n  hint: write " + now + "\n"
		if _, got, status := firestone(strings.Fields(old)[1:]...); status != 2 || got != want {
			t.Errorf("%s\ngave %d and\n%swant\n%s", old, status, got, want)
		}
		words := strings.Fields(now)
		pack := words[slices.Index(words, "-t")+1]
		out, failures, status := firestone(words[1:]...)
		if pack == "cli" {
			if _, err := os.Stat(filepath.Join(words[slices.Index(words, "-o")+1], "pyproject.toml")); status != 0 || err != nil {
				t.Errorf("%s gave %d and %s%v", now, status, failures, err)
			}
			continue
		}
		if pack == "streamlit" {
			if want := fmt.Sprintf("firestone: unknown pack %q\n", pack); status != 2 || !strings.HasPrefix(failures, want) {
				t.Errorf("%s gave %d and %s: if the pack is there, docs/migrating.md must say so", now, status, failures)
			}
			continue
		}
		if to := slices.Index(words, "-o"); to > 0 {
			text, err := os.ReadFile(words[to+1])
			if err != nil {
				t.Error(err)
			}
			out = string(text)
		}
		if status != 0 || !strings.Contains(out, "title: Library\n") {
			t.Errorf("%s gave %d and %s%s", now, status, failures, out)
		}
	}
}

// Each flag that is named for here exists, and the old one is answered as the page says.
func TestMigratingFlags(t *testing.T) {
	rows := guideTable(t, "old flag | new | why | error for the old flag")
	besideDefinitions(t)
	help, _, _ := firestone("--help")
	parameters, _, _ := firestone("pack", "list")
	for _, row := range rows {
		for _, flag := range code(row[1] + row[2]) {
			name, value, _ := strings.Cut(flag, " ")
			key, _, _ := strings.Cut(value, "=")
			switch {
			case !strings.HasPrefix(name, "-"):
			case !strings.Contains(help, name+" ") && !strings.Contains(help, name+","):
				t.Errorf("there is no flag %s", name)
			case name == "--set" && !strings.Contains(parameters, "--set "+key+"=") && !strings.Contains(parameters, "--set '"+key+"="):
				t.Errorf("there is no parameter %s", key)
			case name == "--set":
				if _, failures, status := firestone("-t", "openapi", name, value, "person.yaml"); status != 0 {
					t.Errorf("%s: %s", flag, failures)
				}
			}
		}
		answer, typed := code(row[3])[0], code(row[3])[1]
		words := append([]string{"-t", "openapi", "person.yaml"}, strings.Fields(typed)...)
		if _, got, status := firestone(words...); status != 2 || !strings.HasPrefix(got, "firestone: "+answer+"\n") {
			t.Errorf("%s gave %d and %s, want %s", typed, status, got, answer)
		}
	}
}

// The commands of the page run, and the last one gives the operation ids that were there.
func TestMigratingCommands(t *testing.T) {
	text, err := os.ReadFile("docs/migrating.md")
	if err != nil {
		t.Fatal(err)
	}
	there, here := answersThere(t), answersHere(t, migratingFolder)
	besideDefinitions(t)
	_, rest, _ := strings.Cut(string(text), "```sh\n")
	block, rest, _ := strings.Cut(rest, "```")
	if strings.Contains(rest, "```") {
		t.Fatal("docs/migrating.md has another block of commands, which nothing runs")
	}
	text, err = exec.Command("sh", "-ec", block).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	out := string(text)
	for operation := range there {
		if _, ok := here[operation]; !ok {
			continue
		}
		method, path, _ := strings.Cut(operation, " ")
		id := strings.NewReplacer("/", "_", "{", "", "}", "").Replace(path[1:]) + "_" + strings.ToLower(method)
		if !strings.Contains(out, "operationId: "+id+"\n") {
			t.Errorf("there is no operation %s", id)
		}
	}
}

// URLs are what the page says, and those of before if the page's key is added.
func TestMigratingURLs(t *testing.T) {
	rows := guideTable(t, "definition | old | new | to keep the URL")
	t.Chdir(t.TempDir())
	for _, row := range rows {
		definition, there, here := code(row[0])[0], code(row[1])[0], code(row[2])[0]
		keep := strings.Join(code(row[3]), ", ")
		if define(t, definition); !hasCollection(t, here) {
			t.Errorf("%s has not the path %s", definition, here)
		}
		if define(t, definition, keep); !hasCollection(t, there) {
			t.Errorf("%s with %s has not the path %s", definition, keep, there)
		}
	}
}

// hasCollection reports whether book.yaml has a collection of this path.
func hasCollection(t *testing.T, path string) bool {
	t.Helper()
	_, ok := answersHere(t, ".")["GET "+path]
	return ok
}

// Operations and query parameters are those that the page lists.
func TestMigratingOperations(t *testing.T) {
	operations := guideTable(t, "definition | old | new | why")
	parameters := guideTable(t, "query parameters | old | new | why")
	t.Chdir(t.TempDir())
	for _, row := range operations {
		var want []string
		for _, span := range code(row[2]) {
			words := strings.Fields(span)
			for _, method := range words[:len(words)-1] {
				want = append(want, method+" "+words[len(words)-1])
			}
		}
		var got []string
		define(t, code(row[0])[0])
		for operation := range answersHere(t, ".") {
			got = append(got, operation)
		}
		compare(t, code(row[0])[0], got, want)
	}
	for _, row := range parameters {
		var got []string
		define(t, code(row[0])[0])
		for operation, answer := range answersHere(t, ".") {
			for _, parameter := range answer.parameters {
				if name, ok := strings.CutPrefix(parameter, "query:"); ok {
					got = append(got, operation+" "+name)
				}
			}
		}
		compare(t, code(row[0])[0], got, code(row[2]))
	}
}

// compare compares two lists in any order.
func compare(t *testing.T, of string, got, want []string) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", of, got, want)
	}
}

// Components, operations and tags have the names that the page says.
func TestMigratingNames(t *testing.T) {
	rows := guideTable(t, "definition | in the document | old | new")
	t.Chdir(t.TempDir())
	places := map[string]string{"components": "\n    %s:\n", "operations": "\n      operationId: %s\n", "tag": "\n        - %s\n"}
	for _, row := range rows {
		define(t, code(row[0])[0])
		document, failures, _ := firestone("-t", "openapi", "book.yaml")
		for _, name := range code(row[3]) {
			if place := places[row[1]]; place == "" || !strings.Contains(document, fmt.Sprintf(place, name)) {
				t.Errorf("%s: no %s %s in the document %s", row[0], row[1], name, failures)
			}
		}
	}
}

// What is refused is refused with the message and the hint that the page shows; a warning lets it pass.
// A definition in the form of a Kubernetes resource is answered with the place of each of its keys.
func TestMigratingFromTheFormOfKubernetes(t *testing.T) {
	rows := guideTable(t, "in that form | now")
	t.Chdir(t.TempDir())
	for _, row := range rows {
		there, here := code(row[0])[0], code(row[1])[0]
		inner := "{}"
		for _, step := range slices.Backward(strings.Split(there, ".")) {
			if name, isFirst := strings.CutSuffix(step, "[0]"); isFirst {
				inner = "{" + name + ": [" + inner + "]}"
			} else {
				inner = "{" + step + ": " + inner + "}"
			}
		}
		text := strings.ReplaceAll(inner, "{metadata: ", "{spec: {methods: {}}, metadata: ")
		if err := os.WriteFile("book.yaml", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		move := here + " (" + there + ")"
		if there == "spec."+here {
			move = here
		}
		if _, got, status := firestone("-t", "openapi", "book.yaml"); status != 1 || !strings.Contains(got, "the definition stands under \"spec\"\n  hint: write at the top level: ") ||
			!slices.Contains(strings.FieldsFunc(got, func(r rune) bool { return strings.ContainsRune(",:\n", r) }), " "+move) {
			t.Errorf("%s gave %d and\n%swant %s", text, status, got, move)
		}
	}
}

func TestMigratingRefusals(t *testing.T) {
	rows := guideTable(t, "definition | old | new | hint")
	t.Chdir(t.TempDir())
	for _, row := range rows {
		define(t, code(row[0])[0])
		cause, hint, want := code(row[2])[0], code(row[3])[0], 1
		if strings.HasPrefix(cause, "warning: ") {
			want = 0
		}
		if _, got, status := firestone("-t", "openapi", "book.yaml"); status != want || !strings.Contains(got, ": "+cause+"\n  hint: "+hint+"\n") {
			t.Errorf("%s gave %d and\n%swant %s\n  hint: %s", row[0], status, got, cause, hint)
		}
	}
}
