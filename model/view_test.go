package model

import (
	"reflect"
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/value"
)

func TestView(t *testing.T) {
	book := &Resource{Pos: Pos{File: "book.yaml", Line: 1, Col: 1}, Name: "book", Labels: []Member{{Name: "team", Value: value.String("shelves")}}}
	page := &Resource{Name: "book_page", Parent: book}
	level := &Level{Name: definition.CollectionLevel, Resource: book, Path: "/books"}
	level.Operations = []*Operation{{Name: "listBooks", Resource: book, Level: level}}
	book.Levels, book.Collection = []*Level{level}, level
	book.Read = &Component{Name: "Book", Schema: value.Object(value.NewMember("maximum", value.Int(3)))}
	api := &API{Title: "Books", Resources: []*Resource{book, page}, Components: []*Component{book.Read}, Channels: []*Channel{{Name: "books", Level: level}}}
	view := View(api)
	for path, want := range map[string]string{
		"Title":                                   `"Books"`,
		"Resources.0.Pos":                         `"book.yaml:1:1"`,
		"Resources.0.Labels":                      `[{"Name":"team","Value":"shelves"}]`,
		"Resources.0.HasEvents":                   `false`,
		"Resources.0.Key":                         `null`,
		"Resources.0.Attributes":                  `[]`,
		"Resources.0.Read":                        `"Book"`,
		"Resources.0.Parent":                      `null`,
		"Resources.1.Parent":                      `"book"`,
		"Resources.0.Levels.0.Resource":           `"book"`,
		"Resources.0.Levels.0.IsCollection":       `true`,
		"Resources.0.Levels.0.IsInstance":         `false`,
		"Resources.0.Levels.0.Operations.0.Level": `"/books"`,
		"Components.0.Schema":                     `{"maximum":3}`,
		"Channels.0.Level":                        `"/books"`,
	} {
		if got := string(at(view, path).AppendJSON(nil, "")); got != want {
			t.Errorf("%s = %s, want %s", path, got, want)
		}
	}
	if first := view.Members[0].Name; first != "Title" {
		t.Errorf("the first field is %s, want Title", first)
	}
}

// at returns the value at a path of names and numbers of one digit.
func at(v *Value, path string) *Value {
	for _, step := range strings.Split(path, ".") {
		if v.Is(value.KindArray) {
			v = v.Items[step[0]-'0']
			continue
		}
		v = v.Get(step)
	}
	return v
}

// Things that point at each other are shown once around and by name inside, whatever their tags are.
func TestViewOfACircle(t *testing.T) {
	type ring struct {
		Name string
		Next *ring
	}
	first := &ring{Name: "first"}
	first.Next = &ring{Name: "second", Next: first}
	v := viewer{showing: map[uintptr]bool{}}
	got := string(v.show(reflect.ValueOf(first), "").AppendJSON(nil, ""))
	if want := `{"Name":"first","Next":{"Name":"second","Next":"first"}}`; got != want {
		t.Errorf("shown as %s, want %s", got, want)
	}
}

// Every field that a template can reach is of a kind that View shows, and each tag names a field of its target.
func TestViewShowsEveryField(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(at string, of reflect.Type, tag string)
	walk = func(at string, of reflect.Type, tag string) {
		switch {
		case of == reflect.TypeFor[*Value]() || of == reflect.TypeFor[Pos]():
			return
		case of.Kind() == reflect.Slice:
			walk(at, of.Elem(), tag)
		case of.Kind() == reflect.Pointer:
			if field, ok := of.Elem().FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, tag) }); tag != "" && (!ok || field.Type.Kind() != reflect.String) {
				t.Errorf("%s: view:%q names no text of %s", at, tag, of.Elem())
			}
			walk(at, of.Elem(), "")
		case of.Kind() == reflect.Struct:
			if seen[of] {
				return
			}
			seen[of] = true
			for _, field := range reflect.VisibleFields(of) {
				if field.IsExported() {
					walk(of.Name()+"."+field.Name, field.Type, field.Tag.Get("view"))
				}
			}
		case of.Kind() != reflect.String && of.Kind() != reflect.Bool && of.Kind() != reflect.Int:
			t.Errorf("%s is a %s, which View does not show", at, of)
		}
	}
	walk("API", reflect.TypeFor[*API](), "")
	if len(seen) < 15 {
		t.Errorf("only %d types of the model were reached", len(seen))
	}
}
