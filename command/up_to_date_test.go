package command

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/generator/output"
)

// settledProject is a project with two packs, whose API has no warnings.
var settledProject = map[string]string{
	"repository/.git/HEAD": "",
	"repository/firestone.yaml": "contact: {name: Us}\nlicense: {name: MIT}\nresources: resources\ntemplates: [team, spare]\ngenerate:\n" +
		"  - {pack: openapi, output: api/openapi.yaml}\n  - {pack: ./packs/notes, output: notes/}\n",
	"repository/resources/author.yaml":       "kind: author\nschema: {key: {name: id}, items: {type: object}}\n",
	"repository/resources/book.yaml":         "kind: book\nschema: {key: {name: id}, items: {type: object, properties: {a: {$ref: \"_common.yaml#/x\"}}}}\n",
	"repository/resources/_common.yaml":      "x: {type: string}\n",
	"repository/team/openapi/_tag.txt.tmpl":  "{{ .Title }}\n",
	"repository/packs/notes/pack.yaml":       "format: 1\ndescription: notes\noutputs:\n  - template: notes.md.tmpl\n  - {template: own.md.tmpl, write: once}\n  - copy: static.md\n",
	"repository/packs/notes/notes.md.tmpl":   "# {{ .API.Title }}\n",
	"repository/packs/notes/own.md.tmpl":     "yours\n",
	"repository/packs/notes/static.md":       "static\n",
	"repository/below/x":                     "",
	"outside/common.yaml":                    "x: {type: string}\n",
	"repository/spare/openapi/_tag.txt.tmpl": "spare\n",
}

// settledFiles are the files that the packs generate, and whether they are written once.
var settledFiles = map[string][]string{
	"openapi": {"openapi.yaml"},
	"notes":   {"notes.md", "own.md:once", "static.md"},
}

// brokenDefinition replaces a definition. A run that reads it fails.
const brokenDefinition = "kind: [book\n"

// TestNothingToDo uses a project whose definition is broken although its record says that it is up to date: a run that
// trusts the record does nothing, and a run that loads the definitions fails. So each row shows which of the two happens.
func TestNothingToDo(t *testing.T) {
	if _, isKnown := thisBuild(); !isKnown {
		t.Skip("this build cannot be told from others")
	}
	project := filepath.Join(t.TempDir(), "project")
	put(t, project, settledProject)
	t.Chdir(filepath.Join(project, "repository"))
	if status, said := runHere(); status != exitOK || !strings.Contains(said, "wrote") {
		t.Fatal(said)
	}
	if status, said := runHere(); status != exitOK || said != "up to date\n" {
		t.Fatal(said)
	}
	forge(t)
	tests := []struct {
		name       string
		change     func(t *testing.T) // in the folder of the project; nil for none
		line       string
		isUpToDate bool
	}{
		{name: "nothing", isUpToDate: true},
		{name: "from below", change: func(t *testing.T) { t.Chdir("below") }, isUpToDate: true},
		{name: "the times of all files", change: touchAll, isUpToDate: true},
		{name: "line ends", change: replace("notes/notes.md", "\n", "\r\n"), isUpToDate: true},
		{name: "the user's own file", change: add("notes/own.md", "mine"), isUpToDate: true},
		{name: "the same definitions, named", line: "-r resources/author.yaml -r resources/book.yaml", isUpToDate: true},
		{name: "the same layers, named", line: "--templates-path team --templates-path spare", isUpToDate: true},

		{name: "a definition", change: add("resources/author.yaml", "# x\n")},
		{name: "a file that a definition refers to", change: add("resources/_common.yaml", "# x\n")},
		{name: "a file that a definition refers to, removed", change: remove("resources/_common.yaml")},
		{name: "a new definition", change: add("resources/c.yaml", "kind: c\n")},
		{name: "a definition, removed", change: remove("resources/author.yaml")},
		{name: "a definition, renamed", change: rename("resources/author.yaml", "resources/writer.yaml")},
		{name: "a definition that is a link out", change: link("../../outside/common.yaml", "resources/author.yaml")},
		{name: "a file that a definition refers to by a link out", change: link("../../outside/common.yaml", "resources/_common.yaml")},
		{name: "a comment in firestone.yaml", change: add("firestone.yaml", "# x\n")},
		{name: "a fact in firestone.yaml", change: replace("firestone.yaml", "name: Us", "name: Me")},
		{name: "an override", change: add("team/openapi/_tag.txt.tmpl", "x")},
		{name: "a new override", change: add("team/openapi/_operation-id.txt.tmpl", "{{ .Name }}")},
		{name: "an override, removed", change: remove("team/openapi/_tag.txt.tmpl")},
		{name: "a template", change: add("packs/notes/notes.md.tmpl", "x")},
		{name: "a copied file", change: add("packs/notes/static.md", "x")},
		{name: "a pack.yaml", change: add("packs/notes/pack.yaml", "# x\n")},
		{name: "a new template", change: add("packs/notes/_x.md.tmpl", "x")},

		{name: "an output, edited", change: add("notes/notes.md", "x")},
		{name: "an output, removed", change: remove("api/openapi.yaml")},
		{name: "an output that is a folder", change: rename("below", "notes/static.md")},
		{name: "a file that is written once, removed", change: remove("notes/own.md")},
		{name: "an output that leads out", change: link("../../outside/notes.md", "notes/notes.md")},

		{name: "no record", change: remove(output.RecordName)},
		{name: "another build", change: replace(output.RecordName, `program: "`, `program: "x`)},
		{name: "a record without a seal", change: replace(output.RecordName, "    seal:", "    # seal:")},
		{name: "a record of half an item", change: replace(output.RecordName, "      \"notes/static.md\":", "      \"notes/notes.txt\":")},
		{name: "a record of another item", change: replace(output.RecordName, "items:\n", "items:\n  \"another\":\n    program: \"1\"\n")},
		{name: "an edited record", change: add(output.RecordName, "# x\n")},
		{name: "conflict markers", change: add(output.RecordName, "<<<<<<< x\n=======\n>>>>>>> x\n")},
		{name: "a run that was killed", change: add(".firestone-busy.tmp", "")},

		{name: "a parameter", line: "--set version=3.0.4"},
		{name: "a title", line: "--title Other"},
		{name: "effort", line: "--effort 2"},
		{name: "definitions in another order", line: "-r resources/book.yaml -r resources/author.yaml"},
		{name: "other layers", line: "--templates-path spare"},
		{name: "layers in another order", line: "--templates-path spare --templates-path team"},
		{name: "force", line: "--force"},
		{name: "a list of changes", line: "--dry-run"},
		{name: "strict", line: "--strict"},
		{name: "check", line: "check"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			copied := t.TempDir()
			if err := os.CopyFS(copied, os.DirFS(project)); err != nil {
				t.Fatal(err)
			}
			t.Chdir(filepath.Join(copied, "repository"))
			if test.change != nil {
				test.change(t)
			}
			status, said := runHere(strings.Fields(test.line)...)
			if isUpToDate := status == exitOK && said == "up to date\n"; isUpToDate != test.isUpToDate || !isUpToDate && status == exitOK {
				t.Errorf("exit status %d: %s", status, said)
			}
		})
	}
}

// TestNothingToDoInAFolder does the same for -o FOLDER/ outside a project.
func TestNothingToDoInAFolder(t *testing.T) {
	if _, isKnown := thisBuild(); !isKnown {
		t.Skip("this build cannot be told from others")
	}
	project := filepath.Join(t.TempDir(), "project")
	put(t, project, settledProject)
	t.Chdir(filepath.Join(project, "repository"))
	remove("firestone.yaml")(t)
	put(t, "resources", map[string]string{"book.yaml": "metadata: {contact: {name: Us}, license: {name: MIT}}\n" + settledProject["repository/resources/book.yaml"]})
	line := strings.Fields("-t ./packs/notes -o notes/ resources/author.yaml resources/book.yaml")
	if status, said := runHere(line...); status != exitOK || said != "" {
		t.Fatal(said)
	}
	forge(t, line...)
	for _, test := range []struct {
		name, line string
		isUpToDate bool
	}{
		{"nothing", "-t ./packs/notes -o notes/ resources/author.yaml resources/book.yaml", true},
		{"other spellings", "-t packs/notes/ -o ./notes resources/../resources/author.yaml ./resources/book.yaml", true},
		{"another order", "-t ./packs/notes -o notes/ resources/book.yaml resources/author.yaml", false},
		{"the same files, one more of them named", "-t ./packs/notes -o notes/ resources/author.yaml resources/book.yaml resources/_common.yaml", false},
		{"fewer files", "-t ./packs/notes -o notes/ resources/book.yaml", false},
		{"another pack", "-t openapi -o notes/ resources/author.yaml resources/book.yaml", false},
		{"another folder", "-t ./packs/notes -o other/ resources/author.yaml resources/book.yaml", false},
		{"a file", "-t openapi -o notes/openapi.yaml resources/author.yaml resources/book.yaml", false},
		{"standard output", "-t openapi resources/author.yaml resources/book.yaml", false},
	} {
		status, said := runHere(strings.Fields(test.line)...)
		if isUpToDate := status == exitOK && said == ""; isUpToDate != test.isUpToDate {
			t.Errorf("%s: exit status %d: %s", test.name, status, said)
		}
	}
}

// TestARecordIsNoReasonToReadOutside: a record that names a definition outside the repository is not trusted.
func TestARecordIsNoReasonToReadOutside(t *testing.T) {
	for name, isUpToDate := range map[string]bool{"resources/_common.yaml": true, "../outside/common.yaml": false} {
		project := filepath.Join(t.TempDir(), "project")
		put(t, project, settledProject)
		t.Chdir(filepath.Join(project, "repository"))
		runHere()
		r := begun(t)
		if recorded := []string{"resources/author.yaml", "resources/book.yaml", name}; (r.digests(recorded, ".") != nil) != isUpToDate {
			t.Errorf("%s is read: %v", name, !isUpToDate)
		}
	}
}

// TestStandardInputEachTime: standard input is not confused with a file of the same name.
func TestStandardInputEachTime(t *testing.T) {
	t.Chdir(t.TempDir())
	definition := func(kind string) string {
		return "kind: " + kind + "\nmetadata: {contact: {name: Us}, license: {name: MIT}}\nschema: {key: {name: id}, items: {type: object}}\n"
	}
	for _, kind := range []string{"book", "author"} {
		put(t, ".", map[string]string{stdinName: definition("book")})
		var said bytes.Buffer
		status := Run([]string{"-t", "openapi", "-o", "out/", "-"}, strings.NewReader(definition(kind)), &said, &said)
		if got := read(t, "out/openapi.yaml"); status != exitOK || !strings.Contains(got, "/"+kind+"s") {
			t.Errorf("of %s: exit status %d: %s", kind, status, said.String())
		}
	}
}

// TestWarningsEachTime: warnings are printed by every run, even if it changes nothing.
func TestWarningsEachTime(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, ".", map[string]string{
		"firestone.yaml": "resources: book.yaml\ngenerate: [{pack: openapi, output: api.yaml}]\n",
		"book.yaml":      "kind: book\nschema: {key: {name: id}, items: {type: object}}\n",
	})
	runHere()
	if status, said := runHere(); status != exitOK || !strings.Contains(said, "warning: the API has no contact") || !strings.HasSuffix(said, "up to date\n") {
		t.Errorf("exit status %d: %s", status, said)
	}
}

// forge breaks a definition of the project or folder of a command line, and records it as if it had been rendered.
func forge(t *testing.T, line ...string) {
	t.Helper()
	put(t, "resources", map[string]string{"book.yaml": brokenDefinition})
	r := begun(t, line...)
	root := r.destination().root
	digests := r.digests([]string{
		below(root, "resources/_common.yaml"), below(root, "resources/author.yaml"), below(root, "resources/book.yaml"),
	}, root)
	if digests == nil {
		t.Fatal("the definitions cannot be read")
	}
	var items []output.Item
	for _, o := range r.outputs {
		item := output.Item{Name: o.name(), Inputs: r.inputs(o, root, digests)}
		for _, file := range settledFiles[o.pack.Name] {
			name, isOnce := strings.CutSuffix(file, ":once")
			at := filepath.Join(filepath.Dir(filepath.Join(o.to.path, "x")), name)
			if !o.to.isFolder() {
				at = o.to.path
			}
			made := generator.File{Path: below(root, at), Content: []byte(read(t, at)), Write: generator.WriteAlways}
			if isOnce {
				made.Write = generator.WriteOnce
			}
			item.Files = append(item.Files, made)
		}
		items = append(items, item)
	}
	if plan, err := output.Write(root, items, r.destination().isWhole(), false); err != nil || len(plan.Changes) > 0 {
		t.Fatalf("%v, %v", plan, err)
	}
	if status, said := runHere(append(slices.Clone(line), "--force")...); status != exitInvalid || !strings.Contains(said, "resources/book.yaml:") {
		t.Fatalf("a run that loads does not fail: %s", said)
	}
}

// begun returns the run of a command line, with open packs and located definitions.
func begun(t *testing.T, line ...string) *run {
	t.Helper()
	f, cmd := &flags{}, &cobra.Command{}
	f.bindOutputs(cmd.Flags())
	if err := cmd.ParseFlags(line); err != nil {
		t.Fatal(err)
	}
	r := &run{flags: f}
	accept := func() error { return f.accept(cmd, cmd.Flags().Args()) }
	for _, step := range []func() error{accept, r.openProject, r.chooseOutputs, r.openPacks, r.findDefinitions} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// runHere runs a command line and returns the exit status and standard error.
func runHere(line ...string) (int, string) {
	var said bytes.Buffer
	status := Run(line, strings.NewReader(""), &bytes.Buffer{}, &said)
	return status, said.String()
}

func put(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		add(filepath.Join(folder, filepath.FromSlash(name)), "")(t)
		if err := os.WriteFile(filepath.Join(folder, filepath.FromSlash(name)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The changes of a row.

func add(path, text string) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o666)
		if err == nil {
			_, err = file.WriteString(text)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func replace(path, old, new string) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		text := read(t, path)
		if !strings.Contains(text, old) {
			t.Fatalf("%s holds no %q", path, old)
		}
		if err := os.WriteFile(path, []byte(strings.Replace(text, old, new, 1)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func remove(path string) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
}

func rename(from, to string) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		remove(to)(t)
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
}

func link(to, path string) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		if text, err := os.ReadFile(path); err == nil { // the same content, elsewhere
			if err := os.WriteFile(filepath.Join(filepath.Dir(path), filepath.FromSlash(to)), text, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		remove(path)(t)
		if err := os.Symlink(to, path); err != nil {
			t.Skip("links are not to be had here:", err)
		}
	}
}

func touchAll(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, _ os.DirEntry, err error) error {
		if err == nil {
			err = os.Chtimes(path, time.Now(), time.Now().Add(time.Hour))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
