package model

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
)

// readForms returns the schemas of the components in their read form, by name.
func readForms(api *API) map[string]string {
	found := map[string]string{}
	for _, c := range api.Components {
		if c.Form == Read {
			found[c.Name] = string(c.Schema.AppendJSON(nil, ""))
		}
	}
	return found
}

// What a reference names is one component, in the file and at the place where it stands, and nothing beside it becomes
// one.
func TestWhatReferencesName(t *testing.T) {
	for _, test := range []struct{ ref, file, name, schema string }{
		{"t.yaml", `{kind: a, type: string}`, "T", `{"type":"string"}`},
		{"t.yaml#/schema", `{schema: {items: {type: string}}}`, "Schema", `{"items":{"type":"string"}}`},
		{"t.yaml#/schema", `{schema: {key: {name: id}, type: string}}`, "Schema", `{"type":"string"}`},
		{"t.yaml#/titled", `{titled: {$ref: "t.yaml#/titled/x-money", title: T, x-money: {type: string}}}`, "Titled", `{"$ref":"#/$defs/XMoney","title":"T","x-money":{"type":"string"}}`},
		{"t.yaml#/alias", `{alias: {$ref: "#/money"}, money: {type: string}}`, "Money", `{"type":"string"}`},
		{"t.yaml#/named/inner", `{named: {name: other, inner: {type: string}}}`, "Inner", `{"type":"string"}`},
		{"t.yaml#/x-own/money", "kind: van\nschema: {key: {name: id}, items: {properties: {a: {}}}}\nx-own: {money: {type: string}}", "Money", `{"type":"string"}`},
		{"t.yaml#/schema/items/properties/a", "kind: van\nschema: {key: {name: id}, items: {properties: {a: {expose: false, type: string}}}}", "A", `{"type":"string"}`},
		{"/t.yaml#/money", `{money: {type: string}}`, "Money", `{"type":"string"}`},
		{"sub/../t.yaml#/money", `{money: {type: string}}`, "Money", `{"type":"string"}`},
	} {
		file, _, _ := strings.Cut(strings.TrimPrefix(test.ref, "sub/../"), "#")
		api, problems := load(t, map[string]string{
			"a.yaml": "kind: car\nschema: {key: {name: id}, items: {properties: {b: {$ref: \"" + test.ref + "\"}}}}", file: test.file,
		}, "a.yaml")
		if api == nil {
			t.Errorf("%s of %s: %v", test.ref, test.file, problems)
			continue
		}
		found := readForms(api)
		if found[test.name] != test.schema {
			t.Errorf("%s of %s: %s is %s, want %s", test.ref, test.file, test.name, found[test.name], test.schema)
		}
		for _, expected := range []string{"Car", "Cars", "XMoney", test.name} {
			delete(found, expected)
		}
		if len(found) > 0 {
			t.Errorf("%s of %s: %s are components as well", test.ref, test.file, slices.Sorted(maps.Keys(found)))
		}
	}
}

// A reference is relative to the file that holds it.
func TestReferencesAreRelative(t *testing.T) {
	api, problems := load(t, map[string]string{
		"d/a.yaml":   "kind: car\nschema: {key: {name: id}, items: {properties: {b: {$ref: \"e/t.yaml#/one\"}}}}",
		"d/e/t.yaml": "one: {items: {$ref: \"../u.yaml#/two\"}}", "d/u.yaml": "two: {type: string}",
	}, "d/a.yaml")
	if api == nil {
		t.Fatal(problems)
	}
	if found := readForms(api); found["Two"] != `{"type":"string"}` {
		t.Errorf("components are %s", slices.Sorted(maps.Keys(found)))
	}
}

// Resources, their lists and their forms have their names before any schema that they refer to.
func TestResourcesAreNamedFirst(t *testing.T) {
	api, problems := load(t, map[string]string{
		"a.yaml": `
kind: car
schema:
  key: {name: id}
  items: {properties: {a: {$ref: "t.yaml#/book"}, b: {$ref: "t.yaml#/books"}, c: {$ref: "t.yaml#/create_book"}, d: {$ref: "t.yaml#/book_list"}}}`,
		"b.yaml": "kind: book\nschema: {key: {name: id}, items: {properties: {a: {readOnly: true}}}}",
		"c.yaml": "kind: books\nsingular: books\nplural: shelf\nschema: {key: {name: id}, items: {properties: {a: {}}}}",
		"t.yaml": "{book: {type: string}, books: {type: string}, create_book: {type: string}, book_list: {type: string}}",
	}, "c.yaml", "a.yaml", "b.yaml")
	if api == nil {
		t.Fatal(problems)
	}
	found := readForms(api)
	for _, name := range []string{"TBook", "TBooks", "TCreateBook", "TBookList"} {
		if found[name] != `{"type":"string"}` {
			t.Errorf("no component %s: %s", name, slices.Sorted(maps.Keys(found)))
		}
	}
	if r := api.Resources[2]; r.Read.Name != "Book" || r.List.Name != "BookList" || r.Create.Name != "CreateBook" {
		t.Errorf("a book is %s, in lists %s, sent as %s", r.Read.Name, r.List.Name, r.Create.Name)
	}
}

// A resource that is written inside a property is named as one in a file is; a list without a key is data.
func TestResourcesInsideProperties(t *testing.T) {
	api := mustLoad(t, `
kind: person
methods: {resource: [], instance: [get], instance_attrs: [get]}
schema:
  key: {name: id}
  items:
    properties:
      cars: {description: What they drive, schema: {type: array, key: {name: plate}, items: {properties: {brand: {}}}}}
      tags: {schema: {type: array, items: {type: string}}}
      best: {$ref: "#/schema/items"}`)
	found := readForms(api)
	want := `{"properties":{"id":{"type":"string","readOnly":true},"cars":{"description":"What they drive","$ref":"#/$defs/Cars"},` +
		`"tags":{"type":"array","items":{"type":"string"}},"best":{"$ref":"#/$defs/Person"}},"required":["id"]}`
	if found["Person"] != want || found["Cars"] != `{"type":"array","items":{"$ref":"#/$defs/Car"}}` {
		t.Errorf("a person is\n%s, want\n%s\ncars are %s", found["Person"], want, found["Cars"])
	}
	wanted := []string{"getPerson get /people/{id}", "getPersonTags get /people/{id}/tags", "getPersonBest get /people/{id}/best",
		"listPersonCars get /people/{id}/cars", "createPersonCar post /people/{id}/cars", "getPersonCar get /people/{id}/cars/{plate}",
		"replacePersonCar put /people/{id}/cars/{plate}", "deletePersonCar delete /people/{id}/cars/{plate}"}
	if got := operations(api); !slices.Equal(got, wanted) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(wanted, "\n"))
	}
}

// A definition that only others refer to is checked as well, and so is every schema that they reach.
func TestWhatIsReferredToIsChecked(t *testing.T) {
	_, problems := load(t, map[string]string{
		"a.yaml": `
kind: a
schema:
  key: {name: id}
  items: {properties: {b: {schema: {$ref: "b.yaml#/schema"}}, c: {schema: {key: {nme: x}, items: {}}}, d: {$ref: "t.yaml#/d"}}}`,
		"b.yaml": "kind: b\nschmea: {}\nschema: {key: {name: id}, items: {properties: {x: {typ: string}}}}",
		"t.yaml": "d: {$ref: \"#/e\", title: T}\ne: {typ: string}",
	}, "a.yaml")
	var got []string
	for _, p := range problems {
		got = append(got, p.Pos.String()+": "+p.Msg)
	}
	want := []string{
		`a.yaml:5:82: unknown key "nme" in schema.key`, `b.yaml:2:1: unknown key "schmea" in the definition`,
		`b.yaml:3:52: unknown keyword "typ" in a schema`, `t.yaml:2:5: unknown keyword "typ" in a schema`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for name, want := range map[string]string{
		"missing.yaml": "missing.yaml: no such file [FS1014]",
		"denied.yaml":  "denied.yaml: cannot be read: permission denied [FS1014]",
		"odd.yaml":     "odd.yaml: cannot be read: the disk is full [FS1014]",
	} {
		api, problems := Load(func(path string) ([]byte, error) {
			switch path {
			case "missing.yaml":
				return nil, fs.ErrNotExist
			case "denied.yaml":
				return nil, &fs.PathError{Op: "open", Path: "/data/denied.yaml", Err: errors.New("permission denied")}
			}
			return nil, errors.New("the disk is full")
		}, Options{}, name)
		if api != nil || problems.Error() != want {
			t.Errorf("got %v, want %s", problems, want)
		}
	}
}
