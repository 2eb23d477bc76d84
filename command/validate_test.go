package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// Every example in the documents is valid for its purpose: in its form, as its message, and among the messages that
// channels send. Without one of its required members, it is not.
func TestValidateExamples(t *testing.T) {
	for _, folder := range []string{
		"../examples/library", "../testdata/cases/topics", "../testdata/cases/three_protocols", "../testdata/cases/cloudevents",
		"../testdata/cases/nested_resource", "../testdata/cases/polymorphic", "../testdata/cases/unicode_names",
	} {
		t.Run(filepath.Base(folder), func(t *testing.T) { t.Parallel(); validateExamples(t, folder) })
	}
	t.Run("library as CloudEvents", func(t *testing.T) {
		t.Parallel()
		folder := t.TempDir()
		if err := os.CopyFS(folder, os.DirFS("../examples/library")); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"author.yaml", "book.yaml", "member.yaml"} {
			text, err := os.ReadFile(filepath.Join(folder, name))
			if err != nil {
				t.Fatal(err)
			}
			text = bytes.Replace(text, []byte("\nasyncapi:\n"), []byte("\nasyncapi:\n  envelope: cloudevents\n"), 1)
			if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		validateExamples(t, folder)
	})
}

func validateExamples(t *testing.T, folder string) {
	set := newFileSet()
	if err := set.add(folder, false, false); err != nil {
		t.Fatal(err)
	}
	api, problems := model.Load(peek, model.Options{}, set.paths...)
	if api == nil {
		t.Fatal(problems)
	}
	validated := 0
	try := func(r *model.Resource, example *model.Value, flags ...string) {
		if example == nil {
			return
		}
		validated++
		args := append([]string{"validate", "-r", folder, r.Name, "-"}, flags...)
		if status, said := validateText(args, string(example.AppendJSON(nil, ""))); status != exitOK || strings.Contains(said, "-only") || strings.Contains(said, "not a known") {
			t.Errorf("%v: status %d for %s:\n%s", args, status, example.AppendJSON(nil, ""), said)
		}
		for _, name := range value.Items(requiredOf(api, r, flags)) {
			lacking := *example
			lacking.Members = append([]value.Member{}, example.Members...)
			lacking.Delete(name.Text)
			status, said := validateText(args, string(lacking.AppendJSON(nil, "")))
			if status != exitInvalid || !strings.Contains(said, `<stdin>:1:1: "`+value.PointerTo("", name.Text)+`" is required`) {
				t.Errorf("%v: status %d without %s:\n%s", args, status, name.Text, said)
			}
		}
	}
	for _, r := range api.Resources {
		for _, c := range []*model.Component{r.Read, r.Create, r.Replace, r.Update} {
			try(r, c.Example, "--form", string(c.Form))
		}
		for _, l := range r.Levels {
			for _, c := range l.Channels {
				for _, m := range c.Messages() {
					try(r, m.Payload.Example, "--message", m.Name)
				}
				if c.Subscribe != nil {
					for _, m := range c.Subscribe.Messages {
						try(r, m.Payload.Example, "--event")
					}
				}
			}
		}
	}
	if validated < 4 {
		t.Errorf("there are %d examples", validated)
	}
}

// requiredOf returns the members that the form selected by flags requires of a record that is an object.
func requiredOf(api *model.API, r *model.Resource, flags []string) *model.Value {
	if flags[0] != "--form" {
		return nil
	}
	for _, c := range []*model.Component{r.Read, r.Create, r.Replace, r.Update} {
		if string(c.Form) == flags[1] {
			return c.Schema.Get("required")
		}
	}
	return nil
}

// validateText runs a command line with a text as standard input.
func validateText(args []string, text string) (status int, said string) {
	var out, errw bytes.Buffer
	status = Run(args, strings.NewReader(text), &out, &errw)
	return status, out.String() + errw.String()
}

// The format of standard input is detected from its content.
func TestLooksLikeLines(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "{}": false, "{}\n": false, "{}\n{}": true, "\uFEFF\n{}\r\n\r\n{\n": true, "null\n{}": true, "{}\nnull\n": true, "1\n2": true,
		"{\n}\n{\n}": false, "{}\n---\n{}": false, "{}\n# none": false, "[1,\n2]": false, "a: 1\nb: 2": false, "- {}\n- {}": false, "{}\n...\n": false,
	} {
		if got := looksLikeLines([]byte(text)); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

// For a file with very many payloads, the first problems are shown; it is invalid even if only a later one is an error.
func TestValidateManyPayloads(t *testing.T) {
	file := filepath.Join(t.TempDir(), "books.jsonl")
	const right = `{"title": "A", "author_id": "7aa459bd-ac8a-4a8a-be00-e77116f7a510", "availability": "lent"`
	text := strings.Repeat(right+`, "langage": "pl"}`+"\n", 2_000) + strings.Repeat("{}\n", 10)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	status, said := validateText([]string{"validate", "-r", "../examples/library", "book", file}, "")
	lines := strings.Split(strings.TrimSpace(said), "\n")
	if status != exitInvalid || lines[len(lines)-1] != "1 error, 1001 warnings" || !strings.Contains(said, ":1:1: warning: the file has 2030 problems; showing 1001 [FS6002]\n") {
		t.Errorf("status %d, %d lines, the last %s", status, len(lines), lines[len(lines)-1])
	}
}

// Unknown names are compared with known ones at any depth, but only for a limited time.
func TestSlips(t *testing.T) {
	text := &model.Shape{Kind: model.StringShape}
	author := &model.Shape{Kind: model.ObjectShape, Fields: []*model.Field{{Name: "name", Shape: text}, {Name: "born", Shape: text}}}
	free := &model.Shape{Kind: model.MapShape, Extra: text, Fields: []*model.Field{{Name: "label", Shape: text}}}
	shape := &model.Shape{Kind: model.ObjectShape, Fields: []*model.Field{
		{Name: "title", Shape: text},
		{Name: "authors", Shape: &model.Shape{Kind: model.ArrayShape, Item: author}},
		{Name: "labels", Shape: free},
		{Name: "owner", Shape: &model.Shape{Kind: model.UnionShape, Options: []*model.Option{{Shape: author}, {Shape: &model.Shape{Kind: model.ObjectShape, Fields: []*model.Field{{Name: "club", Shape: text}}}}}}},
	}}
	shape.Fields = append(shape.Fields, &model.Field{Name: "sequel", Shape: &model.Shape{Kind: model.ObjectShape, IsRecursive: true, Component: &model.Component{Shape: shape}}})
	for payload, want := range map[string]string{
		`{title: x, titel: y}`: "", // title is there
		`{titel: x}`:           "/titel title",
		`{authors: [{name: x}, {nmae: x, brn: y}]}`: "/authors/1/nmae name, /authors/1/brn born",
		`{labels: {labl: x}}`:                       "",
		`{owner: {clb: x}}`:                         "/owner/clb club",
		`{sequel: {sequel: {titel: x}}}`:            "/sequel/sequel/titel title",
		`{x: 1, something: else}`:                   "",
		`[{titel: x}]`:                              "",
		`titel`:                                     "",
	} {
		var problems model.Problems
		s := speller{left: 10}
		var got []string
		for _, found := range s.slips(value.Parse("", []byte(payload), &problems)[0], shape) {
			got = append(got, value.PointerTo(found.of, found.written)+" "+found.meant)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: got %v, want %s", payload, got, want)
		}
	}
	s := speller{left: 1}
	var problems model.Problems
	if got := s.slips(value.Parse("", []byte(`{ttle: x, titel: x}`), &problems)[0], shape); len(got) != 1 {
		t.Errorf("with one name left: got %v", got)
	}
}

// The page of the verb names each of its own flags.
func TestPageNamesFlagsOfValidate(t *testing.T) {
	page, err := os.ReadFile("../docs/validate.md")
	if err != nil {
		t.Fatal(err)
	}
	shared := newModel(&console{}).Flags()
	newValidate(&console{}).Flags().VisitAll(func(f *pflag.Flag) {
		if shared.Lookup(f.Name) == nil && !strings.Contains(string(page), "\n| `--"+f.Name) {
			t.Errorf("docs/validate.md has no row for --%s", f.Name)
		}
	})
}
