package generator

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model"
)

// libraryAPI returns the API of the example.
func libraryAPI(t *testing.T) *model.API {
	t.Helper()
	paths, err := filepath.Glob("../examples/library/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no example", err)
	}
	api, err := model.Load(os.ReadFile, model.Options{}, paths...)
	if api == nil {
		t.Fatal(err)
	}
	return api
}

// TestFaultyFiles guards that faults are told where a template has them, with the lines of the file.
func TestFaultyFiles(t *testing.T) {
	for _, c := range []struct {
		name, file string
		files      files
		want       string
	}{
		{"text of a partial", "a.yaml", files{"a.yaml.tmpl": "info:\n  {{- include \"p\" . | nindent 2 }}\nb: 1\n", "_p.yaml.tmpl": "{{/* x */}}\ntitle: {{ .API.Title }}\ntext: a: b\n"},
			`embedded/list/_p.yaml.tmpl:3:8: the template generated an invalid file: a ":" is not allowed here [FS5002]
  hint: quote the value if the colon is part of it
  a.yaml, which was not written:
    3 |   title: Library
    4 |   text: a: b
      |          ^
    5 | b: 1`},
		{"text of an item", "a.json", files{"a.json.tmpl": "[\n{{- range .API.Resources }}\n  {{ .Name }},\n{{- end }}\n]\n"},
			`embedded/list/a.json.tmpl:3:14: the template generated an invalid file: no item follows the comma [FS5002]
  hint: in a loop, write the comma as {{ if not (isLast $i LIST) }},{{ end }}
  a.json, which was not written:
    2 |   "book",
    3 |   "shelf",
      |          ^
    4 | ]`},
		{"what raw writes", "a.yaml", files{"a.yaml.tmpl": "{{ range .API.Resources }}\n{{ .Name }}: {{ include \"q\" . }}\n{{ end }}", "_q.yaml.tmpl": "{{ raw (printf \"%s: x\" .Name) }}"},
			`embedded/list/_q.yaml.tmpl:1:1: the template generated an invalid file: a ":" is not allowed here [FS5002]
  hint: raw writes a string unchecked: write the value without raw; while rendering book.yaml:1:1 (book)
  a.yaml, which was not written:
    1 |
    2 | book: book: x
      |           ^
    3 |`},
		{"Python", "a.py", files{"a.py.tmpl": "def f():\n    return {{ .API.Title }}\n  x = (1\n"},
			`embedded/list/a.py.tmpl:3:3: the template generated an invalid file: the indentation matches no enclosing block [FS5002]
  hint: the fault is in the template, not in the definitions
  a.py, which was not written:
    2 |     return "Library"
    3 |   x = (1
      |   ^`},
		{"front matter", "a.md", files{"a.md.tmpl": "---\ntitle: {{ .API.Title }}\ntitle: x\n---\n\n# a\n"},
			`embedded/list/a.md.tmpl:3:1: the template generated an invalid file: duplicate key "title" [FS5002]
  hint: first defined at a.md:2:1; remove one of them
  a.md, which was not written:
    2 | title: Library
    3 | title: x
      | ^
    4 | ---`},
		{"a long line", "a.toml", files{"a.toml.tmpl": "a = \"" + strings.Repeat("é", 150) + "\" = 1\n"},
			"embedded/list/a.toml.tmpl:1:158: the template generated an invalid file: \"=\" follows the value [FS5002]\n" + `  hint: write text in quotes, and each key on a line of its own
  a.toml, which was not written:
    1 | ` + strings.Repeat("é", 64) + `" = 1
      | ` + strings.Repeat(" ", 66) + "^"},
		{"bytes like marks", "a.yaml", files{"a.yaml.tmpl": "a: 1\n{{ raw \"b: \\xf81\\xf9\" }}\n"},
			"embedded/list/a.yaml.tmpl: the template generated an invalid file: it is not valid UTF-8 [FS5002]\n" + `  hint: the fault is in the template, not in the definitions
  a.yaml, which was not written:
    1 | a: 1
    2 | b: ` + "\ufffd1\ufffd" + `
      | ^`},
	} {
		c.files["pack.yaml"] = "format: 1\ndescription: d\noutputs:\n  - template: " + c.file + ".tmpl\n"
		pack, err := open(c.files)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if _, err := render(t, pack); errorText(err) != c.want {
			t.Errorf("%s: got\n%v\nwant\n%s", c.name, errorText(err), c.want)
		}
	}
}

// TestPiecesAreWhereTheyComeFrom guards that marks change nothing in what the packs make, and that each line of text is told
// from where a template has it.
func TestPiecesAreWhereTheyComeFrom(t *testing.T) {
	api := libraryAPI(t)
	for _, p := range embeddedPacks(t) {
		params, err := p.Params(nil)
		if err != nil {
			t.Fatal(err)
		}
		left := newBudget(api, 1)
		params, _ = p.completed(api, params, left)
		tasks, problems := p.tasks(api, params, left)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		for _, of := range tasks {
			if of.copied != nil {
				continue
			}
			file, problems := p.renderer(left).file(of)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			s := p.templates[file.Template]
			pieces := p.piecesOf(s, of.view, file)
			if pieces == nil && len(file.Content) > 0 {
				t.Errorf("%s: marks change %s", p.Name, file.Path)
			}
			for _, piece := range pieces {
				line, _, _ := strings.Cut(string(file.Content[piece.at:]), "\n")
				if piece.isText && line[:1] != piece.source.text[piece.offset:piece.offset+1] {
					t.Errorf("%s: %q is not at %v", file.Path, line, piece.source.pos(piece.offset))
				}
			}
		}
	}
}
