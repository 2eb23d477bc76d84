package generator

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// files are the files of a pack or a layer by path.
type files map[string]string

func (f files) fs() fstest.MapFS {
	m := fstest.MapFS{}
	for at, text := range f {
		m[at] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// in puts the files into a folder.
func (f files) in(folder string) files {
	moved := files{}
	for at, text := range f {
		moved[folder+"/"+at] = text
	}
	return moved
}

// with returns the files and others over them; an empty text removes one.
func (f files) with(others files) files {
	all := files{}
	for _, from := range []files{f, others} {
		for at, text := range from {
			if all[at] = text; text == "" {
				delete(all, at)
			}
		}
	}
	return all
}

const manifestText = `format: 1
description: Lists the resources
parameters:
  - name: version
    description: Version of the list
    schema: {type: string, enum: ["3.0", "3.1"]}
    default: "3.0"
  - name: size
    description: Number of entries
    schema: {type: integer, minimum: 1}
    default: 20
outputs:
  - template: list.yaml.tmpl
    path: list.yaml
  - template: resource.md.tmpl
    path: docs/{{ .Resource.Name }}.md
    each: resource
    write: once
`

// listPack is a small pack that uses what packs are made of.
var listPack = files{
	"pack.yaml":          manifestText,
	"list.yaml.tmpl":     "list:\n{{- range .API.Resources }}\n  - {{- include \"entry\" . | nindent 4 }}\n{{- end }}\nversion: {{ .Params.version }}\nsize: {{ .Params.size }}\n",
	"_entry.yaml.tmpl":   "name: {{ include \"label\" . }}\ntext: {{ .Description }}\n",
	"_label.txt.tmpl":    "{{ .Name }}: {{ .Plural }}\n",
	"resource.md.tmpl":   "# {{ .Resource.Title }}\n\n\n",
	"README.md":          "how to use it",
	".editorconfig":      "root = true",
	".hidden/notes.yaml": "a: b",
}

var library = &model.API{Title: "Library", Resources: []*model.Resource{
	{Pos: value.Pos{File: "book.yaml", Line: 1, Col: 1}, Name: "book", Plural: "books", Title: "Books", Description: "no"},
	{Pos: value.Pos{File: "shelf.yaml", Line: 3, Col: 1}, Name: "shelf", Plural: "shelves", Title: "*Shelves*", Description: "a: b\n# c"},
}}

func render(t *testing.T, pack *Pack, set ...string) ([]File, error) {
	t.Helper()
	params, err := pack.Params(set)
	if err != nil {
		t.Fatal(err)
	}
	return pack.Render(library, params)
}

func TestRender(t *testing.T) {
	pack, err := Open(listPack.in("list").fs(), "list")
	if err != nil {
		t.Fatal(err)
	}
	got, err := render(t, pack, "size=5")
	if err != nil {
		t.Fatal(err)
	}
	want := []File{
		{Path: "docs/book.md", Content: []byte("# Books\n"), Write: WriteOnce, Template: "resource.md.tmpl"},
		{Path: "docs/shelf.md", Content: []byte("# \\*Shelves\\*\n"), Write: WriteOnce, Template: "resource.md.tmpl"},
		{Path: "list.yaml", Content: []byte("list:\n  -\n    name: 'book: books'\n    text: 'no'\n  -\n    name: 'shelf: shelves'\n    text: \"a: b\\n# c\"\nversion: '3.0'\nsize: 5\n"),
			Write: WriteAlways, Template: "list.yaml.tmpl"},
	}
	if show(got) != show(want) {
		t.Errorf("got\n%s\nwant\n%s", show(got), show(want))
	}
}

func show(files []File) string {
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "%s %s %s\n%s", f.Path, f.Write, f.Template, f.Content)
	}
	return b.String()
}

// many returns an API of n resources.
func many(n int) *model.API {
	api := &model.API{Title: "Many"}
	for i := range n {
		api.Resources = append(api.Resources, &model.Resource{Name: fmt.Sprintf("r%03d", i), Plural: fmt.Sprintf("r%03ds", i), Description: "It's #1: \"a\"\n"})
	}
	return api
}

func TestRenderIsDeterministic(t *testing.T) {
	pack, err := Open(listPack.in("list").fs(), "list")
	if err != nil {
		t.Fatal(err)
	}
	params, err := pack.Params(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first string
	for _, processors := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(processors)
		files, err := pack.Render(many(150), params)
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = show(files)
		}
		if len(files) != 151 || show(files) != first {
			t.Errorf("%d processors: other files", processors)
		}
	}
}

// TestRenderReportsATemplateOnce says a mistake for the first output that has it, which need not be the first output.
func TestRenderReportsATemplateOnce(t *testing.T) {
	pack, err := Open(files{
		"p/pack.yaml":  "format: 1\ndescription: d\noutputs:\n  - {template: a.txt.tmpl, path: \"{{ .Resource.Name }}.txt\", each: resource}\n",
		"p/a.txt.tmpl": "{{ if ne .Resource.Name \"r000\" }}{{ fail .Resource.Name }}{{ end }}\n",
	}.fs(), "p")
	if err != nil {
		t.Fatal(err)
	}
	_, err = pack.Render(many(3), Params{})
	if problems, ok := err.(value.Problems); !ok || len(problems) != 1 || !strings.Contains(problems[0].Msg, "r001") {
		t.Errorf("the error is %v", err)
	}
}

// TestParamsAreAnOutputsOwn guards that a template cannot hand a value on to another output.
func TestParamsAreAnOutputsOwn(t *testing.T) {
	pack, err := Open(files{
		"p/pack.yaml":  "format: 1\ndescription: d\nparameters:\n  - {name: m, description: d, default: {n: 1}}\noutputs:\n  - {template: a.txt.tmpl, path: \"{{ .Resource.Name }}.txt\", each: resource}\n",
		"p/a.txt.tmpl": "{{ .Params.m.n }}{{ $_ := set .Params.m \"n\" 2 }}{{ .Params.m.n }}\n",
	}.fs(), "p")
	if err != nil {
		t.Fatal(err)
	}
	got, err := render(t, pack)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range got {
		if string(file.Content) != "12\n" {
			t.Errorf("%s: %q", file.Path, file.Content)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	embedded := listPack.in("list").fs()
	for b.Loop() {
		if _, err := Open(embedded, "list"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	pack, err := Open(listPack.in("list").fs(), "list")
	if err != nil {
		b.Fatal(err)
	}
	params, err := pack.Params(nil)
	if err != nil {
		b.Fatal(err)
	}
	api := many(1000)
	var size int64
	for b.Loop() {
		files, err := pack.Render(api, params)
		if err != nil {
			b.Fatal(err)
		}
		size = 0
		for _, f := range files {
			size += int64(len(f.Content))
		}
	}
	b.SetBytes(size)
}
