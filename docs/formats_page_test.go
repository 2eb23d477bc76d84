package docs_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A place is a match in a line.
type place struct {
	file, line, column, severity, message, code string
}

// A matcher finds problems in text, as Visual Studio Code and GitHub Actions do.
type matcher struct {
	Severity string
	Pattern  matcherPattern
}

type matcherPattern struct {
	Regexp                                      string
	File, Line, Column, Severity, Message, Code int
}

// places returns the matches in a text.
func (m matcher) places(text string) []place {
	var found []place
	expression := regexp.MustCompile(m.Pattern.Regexp)
	for line := range strings.Lines(text) {
		group := expression.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if group == nil {
			continue
		}
		p := m.Pattern
		severity := group[p.Severity]
		if severity == "" {
			severity = m.Severity
		}
		found = append(found, place{group[p.File], group[p.Line], group[p.Column], severity, group[p.Message], group[p.Code]})
	}
	return found
}

// shownBlocks returns the blocks of a language in docs/formats.md.
func shownBlocks(t *testing.T, language string) []string {
	t.Helper()
	var blocks []string
	for _, block := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(readPageText(t, "docs/formats.md"), -1) {
		blocks = append(blocks, block[1])
	}
	return blocks
}

// matchers returns the matchers that docs/formats.md shows.
func matchers(t *testing.T) []matcher {
	t.Helper()
	var tasks struct {
		Tasks []struct{ ProblemMatcher matcher }
	}
	var action struct {
		ProblemMatcher []struct {
			Severity string
			Pattern  []matcherPattern
		}
	}
	blocks := shownBlocks(t, "json")
	if len(blocks) != 2 {
		t.Fatalf("docs/formats.md shows %d files of JSON, expected two matchers", len(blocks))
	}
	for i, into := range []any{&tasks, &action} {
		if err := json.Unmarshal([]byte(blocks[i]), into); err != nil {
			t.Fatal(err)
		}
	}
	of := action.ProblemMatcher[0]
	return []matcher{tasks.Tasks[0].ProblemMatcher, {of.Severity, of.Pattern[0]}}
}

const (
	wrongBook    = "kind: book\nschmea: {}\n"
	doubtfulBook = "kind: book\nschema:\n  key: {name: book_id}\n  items: {properties: {pages: {type: integer, minimum: 9, maximum: 1}}}\n"
)

// printsProblems creates a folder of definitions with errors and warnings in files with odd names, makes it the current one,
// and returns firestone's report in a format.
func printsProblems(t *testing.T, format string) string {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"a b.yaml": wrongBook, "c:1.yaml": wrongBook, "größe.yaml": doubtfulBook, "e.yaml": libraryOfOne + "x-note: \"open\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, said, _ := firestone("--format", format, "-t", "openapi", "-o", "api.yaml", ".")
	return out + said
}

// reportedPlaces returns the places in a JSON report.
func reportedPlaces(t *testing.T) []place {
	t.Helper()
	var report struct {
		Problems []struct {
			Code, File, Severity, Message string
			Line, Column                  int
		}
	}
	if err := json.Unmarshal([]byte(printsProblems(t, "json")), &report); err != nil {
		t.Fatal(err)
	}
	var places []place
	for _, p := range report.Problems {
		places = append(places, place{p.File, strconv.Itoa(p.Line), strconv.Itoa(p.Column), p.Severity, p.Message, p.Code})
	}
	return places
}

// The matchers find the same problems in the text as are in the JSON report, and none in hints.
func TestMatchersFindProblems(t *testing.T) {
	all := matchers(t)
	want := reportedPlaces(t)
	text := printsProblems(t, "text")
	severities := map[string]int{}
	for _, p := range want {
		severities[p.severity]++
	}
	if severities["error"] < 3 || severities["warning"] < 1 || !regexp.MustCompile(`(?m)^  hint: .*\.yaml:\d+:\d+`).MatchString(text) {
		t.Fatalf("too little is wrong, or no hint names a place:\n%s", text)
	}
	for _, m := range all {
		if got := m.places(text); !slices.Equal(got, want) {
			t.Errorf("got  %v\nwant %v\nin\n%s", got, want, text)
		}
	}
}

// The output on a terminal also contains error, and Windows paths have a drive; problems without a file are not places.
func TestMatchersOfOtherLines(t *testing.T) {
	for line, want := range map[string]place{
		`book.yaml:2:1: error: unknown key "x" [FS2001]`: {"book.yaml", "2", "1", "error", `unknown key "x"`, "FS2001"},
		`C:\a b\book.yaml:12:34: warning: no [FS2105]`:   {`C:\a b\book.yaml`, "12", "34", "warning", "no", "FS2105"},
		`book.yaml:2:1: first line`:                      {"book.yaml", "2", "1", "error", "first line", ""},
	} {
		for _, m := range matchers(t) {
			if got := m.places(line + "\n"); !slices.Equal(got, []place{want}) {
				t.Errorf("%s: got %v", line, got)
			}
		}
	}
	for _, line := range []string{"firestone: unknown flag --x", "  hint: first defined at book.yaml:1:1: remove it", "  2 | a: b:1:2: c", "1 error, 2 warnings", "wrote a.yaml"} {
		for _, m := range matchers(t) {
			if got := m.places(line + "\n"); got != nil {
				t.Errorf("%s: got %v", line, got)
			}
		}
	}
}

// Vim, if it is installed, finds the same with the option on the page.
func TestVimFindsProblems(t *testing.T) {
	if _, err := exec.LookPath("vim"); err != nil {
		t.Skip(err)
	}
	settings := shownBlocks(t, "vim")
	var want []string
	for _, p := range reportedPlaces(t) {
		want = append(want, strings.Join([]string{p.file, p.line, p.column, strings.TrimPrefix(p.severity[:1], "e"), p.message + " [" + p.code + "]"}, "|"))
	}
	text := printsProblems(t, "text")
	for name, content := range map[string]string{
		"said.txt": text, "settings.vim": settings[0] +
			"cfile said.txt\ncall writefile(map(getqflist(), 'join([bufname(v:val.bufnr), v:val.lnum, v:val.col, v:val.type, v:val.text], \"|\")'), 'found.txt')\nqa!\n",
	} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	vim := exec.Command("vim", "-N", "-u", "NONE", "-i", "NONE", "-es", "-S", "settings.vim")
	if out, err := vim.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	found, err := os.ReadFile("found.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Split(strings.TrimSpace(string(found)), "\n"); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q\nin\n%s", got, want, text)
	}
}

// The page lists the keys of a report in its JSON Schema, in order.
func TestFormatsPageNamesKeysOfReports(t *testing.T) {
	text := readPageText(t, "docs/formats.md")
	out, _, _ := firestone("schema", "report")
	for list, keys := range propertiesOfLists(t, out) {
		named := regexp.MustCompile("`" + list + "` \\(([^)]*)\\)").FindStringSubmatch(text)
		if named == nil {
			t.Fatalf("docs/formats.md does not list the keys of %s", list)
		}
		if got := strings.Join(strings.Fields(named[1]), " "); got != "`"+strings.Join(keys, "`, `")+"`" {
			t.Errorf("docs/formats.md lists %s of %s, and the schema has %v", got, list, keys)
		}
	}
}

// propertiesOfLists returns the keys of the items of each list in a schema, in their order.
func propertiesOfLists(t *testing.T, schema string) map[string][]string {
	t.Helper()
	var read struct {
		Properties map[string]struct {
			Items struct{ Properties json.RawMessage }
		}
	}
	if err := json.Unmarshal([]byte(schema), &read); err != nil {
		t.Fatal(err)
	}
	lists := map[string][]string{}
	for list, of := range read.Properties {
		decoder := json.NewDecoder(bytes.NewReader(of.Items.Properties))
		if _, err := decoder.Token(); err != nil {
			t.Fatal(err)
		}
		for decoder.More() {
			key, err := decoder.Token()
			if err != nil {
				t.Fatal(err)
			}
			var value json.RawMessage
			if err := decoder.Decode(&value); err != nil {
				t.Fatal(err)
			}
			lists[list] = append(lists[list], key.(string))
		}
	}
	return lists
}
