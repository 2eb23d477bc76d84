package main_test

import (
	"bytes"
	"errors"
	"hash/fnv"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/templates"
)

// seeds returns every definition below testdata, and the files that they refer to, by path.
func seeds(t testing.TB) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, root := range []string{"testdata/cases", "testdata/errors", "testdata/hard", "examples"} {
		err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || path.Ext(file) != ".yaml" {
				return err
			}
			all[filepath.ToSlash(file)], err = os.ReadFile(file)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// over returns a reader that reads text under one name, and all other files from the seeds.
func over(all map[string][]byte, name string, text []byte) func(string) ([]byte, error) {
	return func(path string) ([]byte, error) {
		if path == name {
			return text, nil
		}
		if other, ok := all[path]; ok {
			return other, nil
		}
		return nil, fs.ErrNotExist
	}
}

// documents are the packs and parameters that the properties below render an API with.
var documents = sync.OnceValues(func() ([]document, error) {
	var all []document
	for _, made := range []struct {
		pack     string
		settings [][]string
	}{
		{"asyncapi", [][]string{{"version=2.6.0"}, {"version=3.0.0"}, {"version=3.1.0", "perspective=client"}}},
		{"openapi", [][]string{{"version=3.0.3"}, {"version=3.1.0", "etag=true"}}},
	} {
		pack, err := generator.Open(templates.FS, made.pack)
		if err != nil {
			return nil, err
		}
		for _, settings := range made.settings {
			params, err := pack.Params(settings)
			if err != nil {
				return nil, err
			}
			all = append(all, document{pack, params})
		}
	}
	return all, nil
})

type document struct {
	pack   *generator.Pack
	params generator.Params
}

// holds checks the invariants for every text that is read as a definition: each problem has a position inside a file, and
// a definition without errors renders in every version, verifies, and renders to the same bytes twice.
func holds(t *testing.T, all map[string][]byte, name string, text []byte) {
	t.Helper()
	read := over(all, name, text)
	api, problems := model.Load(read, model.Options{}, name)
	if (api == nil) != problems.HasErrors() {
		t.Fatalf("the API is nil: %v, but the problems are %v", api == nil, problems)
	}
	for _, p := range problems {
		if err := inside(read, p.Pos); err != nil {
			t.Errorf("%v of %v", err, p)
		}
	}
	if api == nil {
		return
	}
	again, _ := model.Load(read, model.Options{}, name)
	ways, err := documents()
	if err != nil {
		t.Fatal(err)
	}
	for _, way := range ways {
		if way.pack.Name == "asyncapi" && len(api.Channels) == 0 {
			continue // the pack says what to add
		}
		first, err := way.pack.Render(api, way.params)
		if err != nil {
			t.Fatalf("loads but does not render: %v", err)
		}
		second, err := way.pack.Render(again, way.params)
		if err != nil || len(first) != len(second) {
			t.Fatalf("renders once in %d files, then in %d: %v", len(first), len(second), err)
		}
		for i := range first {
			if first[i].Path != second[i].Path || !bytes.Equal(first[i].Content, second[i].Content) {
				t.Fatalf("%s renders twice to different bytes", first[i].Path)
			}
		}
	}
}

// inside returns why a position is not inside its file. One column past the end of a line and one line past the end of the
// file are valid, since something may be missing there. Lines end as in YAML 1.2 and in editors.
func inside(read func(string) ([]byte, error), pos model.Pos) error {
	text, err := read(pos.File)
	if err != nil {
		return errors.New("a file that was not read")
	}
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(text)), "\n")
	switch {
	case pos.Line < 1 || pos.Col < 1:
		return errors.New("no place")
	case pos.Line > len(lines)+1:
		return errors.New("a line behind the end")
	case pos.Line <= len(lines) && pos.Col > utf8.RuneCountInString(lines[pos.Line-1])+1:
		return errors.New("a column behind the end of its line")
	}
	return nil
}

func FuzzDefinitions(f *testing.F) {
	all := seeds(f)
	for name, text := range all {
		if len(text) < 8_000 {
			f.Add(name, text)
		}
	}
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		if !fs.ValidPath(name) {
			t.Skip("no path")
		}
		holds(t, all, name, text)
	})
}

// hostile are texts that end a scalar, a comment, a string literal or an action in some language.
var hostile = []string{
	"", " ", "\n", "a\n\nb\n", "\t", "\r\n", "\x00", "\x7f", "\u0085", "\u2028", "\ufeff", "\U0001F680", "cafe\u0301",
	"null", "~", "yes", "no", "1.0", "0x1F", "1e3", ".inf", "2024-01-01", "=", "<<", "---", "...", "- a", "? a", "a: b", "a #b", "#", "!x", "&x", "*x",
	"%x", "@x", "`x`", "|", ">", "{", "}", "[", "]", ",", "{{ .Name }}", "{{", "}}", "{% x %}", "\"", "'", "\"\"\"", "\\", "\\n", "$ref", "__proto__", "constructor",
	"../../x", "/", "a/b", "a~b", "a%2Fb", "{x}", "{", "#/schema", "http://[", "ws://", "ws://{", "x-", strings.Repeat("long ", 300),
}

// FuzzHostileText replaces scalars and names of a valid definition with hostile texts.
func FuzzHostileText(f *testing.F) {
	all := seeds(f)
	var names []string
	for name, text := range all {
		if len(text) < 8_000 && !strings.HasPrefix(name, "testdata/errors/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for i, name := range names {
		f.Add(uint(i), uint64(len(all[name])), uint64(len(name)))
	}
	f.Fuzz(func(t *testing.T, which uint, where, what uint64) {
		name := names[which%uint(len(names))]
		text := all[name]
		var problems value.Problems
		roots := value.Parse(name, text, &problems)
		if problems.HasErrors() || len(roots) == 0 {
			t.Skip("no definition")
		}
		var places []func(string)
		for _, root := range roots {
			places = scalarsAndNames(root, places)
		}
		for i := range 1 + what%3 {
			places[mixed(where, i)%uint64(len(places))](hostile[mixed(what, i)%uint64(len(hostile))])
		}
		var mutated []byte
		for _, root := range roots {
			mutated = append(root.AppendJSON(append(mutated, "---\n"...), ""), '\n')
		}
		holds(t, all, name, mutated)
	})
}

// mixed scrambles the bits of n, differently for each i.
func mixed(n, i uint64) uint64 {
	h := fnv.New64a()
	for shift := 0; shift < 64; shift += 8 {
		h.Write([]byte{byte(n >> shift), byte(i)})
	}
	return h.Sum64()
}

// scalarsAndNames returns a setter for each scalar and each member name, in order. A name that the object already has is
// not set.
func scalarsAndNames(v *value.Value, places []func(string)) []func(string) {
	for i := range v.Members {
		m := &v.Members[i]
		places = append(places, func(text string) {
			if !v.Has(text) {
				m.Name = text
			}
		})
		places = scalarsAndNames(m.Value, places)
	}
	for _, item := range v.Items {
		places = scalarsAndNames(item, places)
	}
	if len(v.Members)+len(v.Items) == 0 {
		places = append(places, func(text string) { *v = value.Value{Kind: value.KindString, Text: text} })
	}
	return places
}
