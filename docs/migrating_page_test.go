package docs_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The page can be understood without the source.
func TestMigratingIsPrinted(t *testing.T) {
	text, err := os.ReadFile("docs/migrating.md")
	if err != nil {
		t.Fatal(err)
	}
	if out, failures, status := firestone("help", "migrating"); status != 0 || out != string(text) {
		t.Errorf("firestone help migrating gave %d and %s%s", status, failures, out)
	}
}

// Each old command line is refused, and the new one runs with the same effect.
func TestMigratingCommandLines(t *testing.T) {
	const refusal = "firestone: this is a command line of the Python firestone\n  hint: write firestone -t PACK -o OUT RESOURCE...; "
	rows := guideTable(t, "old command line | new command line")
	besideDefinitions(t)
	for _, row := range rows {
		old, now := code(row[0])[0], code(row[1])[0]
		if _, got, status := firestone(strings.Fields(old)[1:]...); status != 2 || !strings.HasPrefix(got, refusal) {
			t.Errorf("%s\ngave %d and\n%swant\n%s", old, status, got, refusal)
		}
		words := strings.Fields(now)
		out, failures, status := firestone(words[1:]...)
		facts := []string{"title: Contacts\n", "description: People\n", "version: '2.0'\n"}
		if to := slices.Index(words, "-o") + 1; slices.Contains(words, "cli") || slices.Contains(words, "streamlit") {
			out, facts = readFile(t, filepath.Join(words[to], "pyproject.toml")), []string{"name = \"contacts\"\n", "version = \"2.0\"\n"}
		} else if to > 0 {
			out = readFile(t, words[to])
		}
		if strings.Contains(old, "--prefix") {
			facts = append(facts, "openapi: 3.0.3\n", "url: https://api.example.org\n")
		}
		for _, fact := range facts {
			if status != 0 || !strings.Contains(out, fact) {
				t.Errorf("%s gave %d and %s%s, want %s", now, status, failures, out, fact)
			}
		}
	}
}

// readFile returns the text of a file.
func readFile(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

// The table contains exactly the words of the Python firestone's command lines, and their replacements exist.
func TestMigratingWords(t *testing.T) {
	rows, words := guideTable(t, "old word | new word | notes"), dataLines(t, "words.txt")
	besideDefinitions(t)
	help, _, _ := firestone("--help")
	var old []string
	for _, row := range rows {
		old = append(old, code(row[0])...)
		if len(code(row[1])) == 0 && row[1] != "none" {
			t.Errorf("%s is replaced by %q", row[0], row[1])
		}
		for _, span := range code(row[1] + row[2]) {
			flag, value, _ := strings.Cut(span, " ")
			if strings.HasPrefix(flag, "-") && !strings.Contains(help, flag+" ") && !strings.Contains(help, flag+",") {
				t.Errorf("there is no flag %s", flag)
			}
			if flag == "--set" && !isParameter(value) {
				t.Errorf("no pack accepts %s", span)
			}
		}
		for _, word := range code(row[0]) {
			checkReplaced(t, word, code(row[1]))
		}
	}
	compare(t, "the words of the table", old, words)
}

// isParameter reports whether one of the packs for documents or clients accepts --set with this text.
func isParameter(text string) bool {
	for _, pack := range []string{"openapi", "cli", "streamlit"} {
		if _, _, status := firestone("-t", pack, "-o", pack+"/", "--dry-run", "--set", text, "person.yaml"); status == 0 {
			return true
		}
	}
	return false
}

// checkReplaced requires that an old flag is refused unless it is its own replacement, and that an old generator is a pack
// exactly if the table says so.
func checkReplaced(t *testing.T, word string, replacements []string) {
	t.Helper()
	flag := word[strings.LastIndex(word, " ")+1:]
	if strings.HasPrefix(flag, "-") {
		_, failures, status := firestone("-t", "openapi", "person.yaml", flag, "x")
		if !slices.Contains(replacements, flag) && status != 2 {
			t.Errorf("%s means something else here, and gave %d and %s", word, status, failures)
		}
		return
	}
	_, _, status := firestone("-t", word, "-o", word+"/", "--dry-run", "addressbook.yaml")
	if isPack := slices.Contains(replacements, "-t "+word); isPack != (status == 0) {
		t.Errorf("-t %s gave %d, and the table replaces it with %q", word, status, replacements)
	}
}

// The commands on the page give the same operation ids as before, for existing definitions.
func TestMigratingCommands(t *testing.T) {
	text, err := os.ReadFile("docs/migrating.md")
	if err != nil {
		t.Fatal(err)
	}
	there, here := answersThere(t), answersHere(t, migratingFolder)
	project := t.TempDir()
	if err := os.CopyFS(filepath.Join(project, "resources"), os.DirFS(migratingFolder)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(project)
	_, rest, _ := strings.Cut(string(text), "```sh\n")
	block, _, _ := strings.Cut(rest, "```")
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

// URLs are as the page says, and the same as before if the key on the page is added.
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

// The operations and query parameters are those listed on the page.
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

// Components, operations and tags have the names given on the page.
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

// Refused definitions get the message and the hint on the page; those with a warning are accepted.
// For a definition in the form of a Kubernetes resource, the message says where each of its keys belongs.
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
		if _, got, status := firestone("-t", "openapi", "book.yaml"); status != 1 || !strings.Contains(got, "the definition is under \"spec\" [FS2008]\n  hint: write at the top level: ") ||
			!slices.Contains(strings.FieldsFunc(got, func(r rune) bool { return strings.ContainsRune(",:\n", r) }), " "+move) {
			t.Errorf("%s gave %d and\n%swant %s", text, status, got, move)
		}
	}
}

// problemCode matches the code after a message, which the guide omits.
var problemCode = regexp.MustCompile(`(?m) \[FS\d{4}\]$`)

func TestMigratingRefusals(t *testing.T) {
	rows := guideTable(t, "definition | old | new | hint")
	t.Chdir(t.TempDir())
	for _, row := range rows {
		define(t, code(row[0])[0])
		cause, hint, want := code(row[2])[0], code(row[3])[0], 1
		if strings.HasPrefix(cause, "warning: ") {
			want = 0
		}
		if _, got, status := firestone("model", "book.yaml"); status != want || !strings.Contains(problemCode.ReplaceAllString(got, ""), ": "+cause+"\n  hint: "+hint+"\n") {
			t.Errorf("%s gave %d and\n%swant %s\n  hint: %s", row[0], status, got, cause, hint)
		}
	}
}
