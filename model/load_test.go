package model

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// load loads the definition files; those that a test gives names to can refer to one another.
func load(t *testing.T, files map[string]string, paths ...string) (*API, Problems) {
	t.Helper()
	return Load(func(path string) ([]byte, error) {
		text, ok := files[path]
		if !ok {
			return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
		}
		return []byte(text), nil
	}, Options{Facts: wellKnown}, paths...)
}

// wellKnown are the facts without which there is a warning.
var wellKnown = Facts{Contact: &Contact{Name: "Us"}, License: &License{Name: "MIT"}}

// mustLoad loads one definition that has no errors.
func mustLoad(t *testing.T, text string) *API {
	t.Helper()
	api, problems := load(t, map[string]string{"a.yaml": text}, "a.yaml")
	if api == nil {
		t.Fatal(problems.Error())
	}
	return api
}

// operations lists each operation with its method, path and parameters.
func operations(api *API) []string {
	var list []string
	for _, r := range api.Resources {
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				line := o.Name + " " + o.Method + " " + l.Path
				for _, p := range o.Parameters {
					if p.In != "path" {
						line += " " + p.In + ":" + p.Name
					}
				}
				list = append(list, line)
			}
		}
	}
	return list
}

func TestOperations(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"defaults", `
kind: books
schema: {key: {name: book_id}, items: {properties: {title: {}}}}`,
			[]string{"listBooks get /books", "createBook post /books", "getBook get /books/{book_id}",
				"replaceBook put /books/{book_id}", "deleteBook delete /books/{book_id}"}},
		{"every method, in one order", `
kind: sheep
apiVersion: 2
versionInPath: true
methods: {resource: [patch, delete, post, head, get], instance: [patch, put, head, get, delete], instance_attrs: [delete, put, head, get]}
schema: {key: {name: tag-no}, items: {properties: {"a b": {}, "": {}, ".": {}, "..": {}, c: {readOnly: true}, d: {writeOnly: true}, e: {expose: false}}}}`,
			[]string{"listSheep get /v2/sheep", "headSheepList head /v2/sheep", "createSheep post /v2/sheep", "updateSheepList patch /v2/sheep",
				"deleteSheepList delete /v2/sheep", "getSheep get /v2/sheep/{tag_no}", "headSheep head /v2/sheep/{tag_no}",
				"replaceSheep put /v2/sheep/{tag_no}", "updateSheep patch /v2/sheep/{tag_no}", "deleteSheep delete /v2/sheep/{tag_no}",
				"getSheepAB get /v2/sheep/{tag_no}/a%20b", "headSheepAB head /v2/sheep/{tag_no}/a%20b",
				"replaceSheepAB put /v2/sheep/{tag_no}/a%20b", "deleteSheepAB delete /v2/sheep/{tag_no}/a%20b",
				"getSheepC get /v2/sheep/{tag_no}/c", "headSheepC head /v2/sheep/{tag_no}/c",
				"replaceSheepD put /v2/sheep/{tag_no}/d", "deleteSheepD delete /v2/sheep/{tag_no}/d"}},
		{"parameters where they apply", `
kind: book
methods: {resource: [get, head, post], instance: [get]}
default_query_params: [{name: limit}, {name: q, in: header}, {name: sort}]
schema:
  key: {name: id}
  query_params:
    - {name: sort, methods: []}
    - {name: filter, methods: [get]}
    - {name: trace, in: header, methods: [post, get]}
  items: {properties: {title: {}}}`,
			[]string{"listBooks get /books query:filter header:trace query:limit header:q", "headBooks head /books query:limit header:q",
				"createBook post /books header:trace", "getBook get /books/{id} query:filter header:trace"}},
		{"a key is not replaced", `
kind: book
methods: {resource: [], instance: [get], instance_attrs: [get, put]}
schema: {key: {name: id}, items: {properties: {id: {}, title: {}}}}`,
			[]string{"getBook get /books/{id}", "getBookId get /books/{id}/id", "getBookTitle get /books/{id}/title", "replaceBookTitle put /books/{id}/title"}},
		{"a level without methods is none", `
kind: book
methods: {resource: [], instance: [get]}
schema: {key: {name: id}, items: {properties: {title: {}}}}`,
			[]string{"getBook get /books/{id}"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := operations(mustLoad(t, test.text)); !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestNestedResources(t *testing.T) {
	files := map[string]string{
		"person.yaml": `
kind: person
methods: {resource: [get], instance: [get], instance_attrs: [get]}
schema:
  key: {name: id}
  items:
    properties:
      name: {type: string}
      pets: {schema: {$ref: "animal.yaml#/schema"}}
      hidden: {expose: false, schema: {$ref: "animal.yaml#/schema"}}
      friends: {$ref: "#/schema"}
      best: {schema: {$ref: "animal.yaml#/schema/items"}}
      data: {type: array, items: {$ref: "animal.yaml#/schema"}}
      cars: {schema: {type: array, key: {name: plate}, items: {properties: {brand: {}}}}}`,
		"animal.yaml": `
kind: animal
methods: {resource: [get], instance: [delete], instance_attrs: [get]}
schema:
  key: {name: id}
  items: {properties: {owner: {$ref: "person.yaml#/schema"}, age: {type: integer}}}`,
	}
	api, problems := load(t, files, "person.yaml")
	if api == nil {
		t.Fatal(problems.Error())
	}
	want := []string{
		"listPeople get /people", "getPerson get /people/{id}",
		"getPersonName get /people/{id}/name", "getPersonFriends get /people/{id}/friends", "getPersonBest get /people/{id}/best", "getPersonData get /people/{id}/data",
		"listPersonPets get /people/{id}/pets", "deletePersonPet delete /people/{id}/pets/{pets_id}",
		"listPersonCars get /people/{id}/cars", "createPersonCar post /people/{id}/cars",
		"getPersonCar get /people/{id}/cars/{plate}", "replacePersonCar put /people/{id}/cars/{plate}",
		"deletePersonCar delete /people/{id}/cars/{plate}",
	}
	if got := operations(api); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if r := api.Resources[1]; r.Parent != api.Resources[0] || r.Read.Name != "Animal" || r.Name != "person_pet" {
		t.Errorf("the nested resource is %s with the schema %s", r.Name, r.Read.Name)
	}
}

func TestForms(t *testing.T) {
	api := mustLoad(t, `
kind: book
schema:
  key: {name: id, description: Key, schema: {type: integer}}
  items:
    type: object
    properties:
      title: {type: string}
      secret: {type: string, writeOnly: true}
      made: {type: string, readOnly: true}
    required: [title, secret, made]
---
kind: pen
schema:
  key: {name: code}
  items: {properties: {code: {type: string}, color: {type: string}}, required: [code]}`)
	want := map[string]string{
		"Books":      `{"type":"array","items":{"$ref":"#/$defs/Book"}}`,
		"Book":       `{"type":"object","properties":{"id":{"type":"integer","description":"Key","readOnly":true},"title":{"type":"string"},"made":{"type":"string","readOnly":true}},"required":["id","title","made"]}`,
		"CreateBook": `{"type":"object","properties":{"title":{"type":"string"},"secret":{"type":"string","writeOnly":true}},"required":["title","secret"]}`,
		"UpdateBook": `{"type":"object","properties":{"title":{"type":"string"},"secret":{"type":"string","writeOnly":true}}}`,
		"Pens":       `{"type":"array","items":{"$ref":"#/$defs/Pen"}}`,
		"Pen":        `{"properties":{"code":{"type":"string"},"color":{"type":"string"}},"required":["code"]}`,
		"CreatePen":  `{"properties":{"code":{"type":"string"},"color":{"type":"string"}},"required":["code"]}`,
		"ReplacePen": `{"properties":{"color":{"type":"string"}}}`,
		"UpdatePen":  `{"properties":{"color":{"type":["string","null"]}}}`,
	}
	whole := map[string]string{
		"Books": want["Books"],
		"Book": `{"type":"object","properties":{"id":{"type":"integer","description":"Key","readOnly":true},"title":{"type":"string"},` +
			`"secret":{"type":"string","writeOnly":true},"made":{"type":"string","readOnly":true}},"required":["id","title","secret","made"]}`,
		"Pens": want["Pens"],
		"Pen":  want["Pen"],
	}
	for _, c := range api.Components {
		if got := string(c.Schema.AppendJSON(nil, "")); got != want[c.Name] {
			t.Errorf("%s is\n%s\nwant\n%s", c.Name, got, want[c.Name])
		}
		if got := string(c.Whole.AppendJSON(nil, "")); got != whole[c.Base] {
			t.Errorf("%s is made of\n%s\nwant\n%s", c.Name, got, whole[c.Base])
		}
		delete(want, c.Name)
	}
	for name := range want {
		t.Errorf("no component %s", name)
	}
	if r := api.Resources[0]; r.Replace != r.Create {
		t.Error("the form to replace a book is a component of its own, though it equals the one to create")
	}
}

// A key is described by its own schema, else by the text beside its name.
func TestDescriptionOfTheKey(t *testing.T) {
	for key, want := range map[string]string{
		`{name: id, description: beside, schema: {type: string, description: own}}`: "own",
		`{name: id, description: beside}`:                                           "beside",
		`{name: id}`:                                                                "",
	} {
		api := mustLoad(t, "kind: book\nschema: {key: "+key+", items: {properties: {title: {}}}}")
		if got := api.Resources[0].property("id").Description; got != want {
			t.Errorf("%s: the property is described as %q, want %q", key, got, want)
		}
	}
}

// A change of several instances says for each which one it is.
func TestPatchesHoldKeys(t *testing.T) {
	api := mustLoad(t, `
kind: book
methods: {resource: [patch], instance: []}
schema: {key: {name: id, schema: {type: integer}}, items: {properties: {title: {type: string}}}}`)
	got := string(api.Resources[0].Collection.Operation("patch").Request.Schema.AppendJSON(nil, ""))
	want := `{"type":"array","items":{"allOf":[{"$ref":"#/$defs/UpdateBook"},{"properties":{"id":{"type":"integer"}},"required":["id"]}]}}`
	if got != want {
		t.Errorf("the request is\n%s\nwant\n%s", got, want)
	}
}

func TestReferences(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  string // the problems, without hints
	}{
		{"to nothing", map[string]string{"a.yaml": `
kind: a
schema: {key: {name: id}, items: {properties: {b: {$ref: "#/schema/item"}, c: {$ref: "no.yaml"}, d: {$ref: "https://example.com/x"}}}}`},
			`a.yaml:3:58: the reference "#/schema/item" leads nowhere: a.yaml#/schema has no "item" [FS2201]
a.yaml:3:86: the reference "no.yaml": no.yaml: no such file [FS2201]
a.yaml:3:108: the reference "https://example.com/x" is a URL, and nothing is fetched [FS2204]`},
		{"into files with conflicts", map[string]string{"a.yaml": `
kind: a
schema:
  key: {name: id}
  items:
    properties:
      b: {$ref: "x.yaml#/One", description: read first without a word}
      c: {schema: {$ref: "b.yaml#/schema"}}
      d: {$ref: "y.yaml#/One"}`, "b.yaml": `
kind: b
<<<<<<< HEAD
schema: {key: {name: id}, items: {}}`, "x.yaml": `
One: {$ref: "y.yaml#/One", title: one}`, "y.yaml": `
One: {$ref: "z.yaml", title: one}`, "z.yaml": `
type: string
=======
type: number
>>>>>>> b`},
			`b.yaml:3:1: the file contains merge conflict markers [FS1007]
z.yaml:3:1: the file contains merge conflict markers [FS1007]`},
		{"to what is cut off by an error of syntax", map[string]string{"a.yaml": `
kind: a
schema: {key: {name: id}, items: {properties: {b: {$ref: "x.yaml#/Two"}}}}`, "x.yaml": `
One: {}
---
Two: '`},
			`x.yaml:4:6: the quote that opens here is not closed [FS1003]`},
		{"in a circle", map[string]string{"a.yaml": `
kind: a
schema: {key: {name: id}, items: {properties: {b: {$ref: "x.yaml#/one"}}}}`, "x.yaml": `
one: {$ref: "#/two"}
two: {$ref: "x.yaml#/three"}
three: {$ref: "#/one"}`},
			`x.yaml:2:13: references form a circle: [FS2202]
    x.yaml:2:13 #/two
    -> x.yaml:3:13 x.yaml#/three
    -> x.yaml:4:15 #/one
    -> x.yaml:2:13 #/two`},
		{"in a circle, with more than a reference", map[string]string{"a.yaml": `
kind: a
schema: {key: {name: id}, items: {properties: {b: {$ref: "x.yaml#/one"}}}}`, "x.yaml": `
one: {$ref: "#/two", title: One}
two: {$ref: "#/one", title: Two}`},
			`x.yaml:2:13: references form a circle: [FS2202]
    x.yaml:2:13 #/two
    -> x.yaml:3:13 #/one
    -> x.yaml:2:13 #/two`},
		{"part of itself", map[string]string{"a.yaml": `
kind: a
schema: {key: {name: id}, items: {properties: {b: {$ref: "#/x-y"}}}}
x-y: {allOf: [{description: y}, {$ref: "#/x-y"}]}`},
			`a.yaml:4:6: the schema XY contains itself: [FS2206]
    a.yaml:4:6 XY
    -> a.yaml:4:6 XY`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			api, problems := load(t, test.files, "a.yaml")
			if api != nil {
				t.Fatal("it loads")
			}
			for i := range problems {
				problems[i].Hint = ""
			}
			if got := problems.Error(); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestNamesOfSharedSchemas(t *testing.T) {
	api, problems := load(t, map[string]string{
		"a.yaml": `
kind: car
schema:
  key: {name: the_id, schema: {type: string, maxLength: 9}}
  items:
    properties:
      one: {$ref: "t.yaml#/money"}
      two: {$ref: "u.yaml#/money"}
      three: {$ref: "u.yaml#/list/0"}
      four: {$ref: "t.yaml#/m%6Fney"}
      five: {$ref: "t.yaml#/a~1b"}
      six: {$ref: "#/schema/items/properties/wrapped"}
      seven: {$ref: "t.yaml#/alias"}
      eight: {$ref: "u.yaml#here"}
      nine: {$ref: "#/schema/key/schema"}
      ten: {$ref: "#/x-own/money"}
      wrapped: {expose: false, schema: {type: boolean}}
x-own: {money: {type: integer}}`,
		"t.yaml": `{money: {type: string}, a/b: {type: integer}, alias: {$ref: "#/money"}}`,
		"u.yaml": `{money: {type: number}, list: [{type: "null"}], deep: {$anchor: here, minimum: 1}}`,
	}, "a.yaml")
	if api == nil {
		t.Fatal(problems.Error())
	}
	want := map[string]string{
		"Money": `{"type":"string"}`, "UMoney": `{"type":"number"}`, "CarMoney": `{"type":"integer"}`, "List": `{"type":"null"}`, "AB": `{"type":"integer"}`,
		"Wrapped": `{"type":"boolean"}`, "TheId": `{"type":"string","maxLength":9}`, "Here": `{"minimum":1}`,
	}
	for _, c := range api.Components {
		if schema, ok := want[c.Name]; ok && c.Form == Read {
			if got := string(c.Schema.AppendJSON(nil, "")); got != schema {
				t.Errorf("%s is %s, want %s", c.Name, got, schema)
			}
			delete(want, c.Name)
		}
	}
	for name := range want {
		t.Errorf("no component %s", name)
	}
}

func TestBindingsReferToSchemas(t *testing.T) {
	api, problems := load(t, map[string]string{
		"a.yaml": `
kind: a
schema: {key: {name: id}, items: {properties: {b: {}}}}
asyncapi:
  servers: {dev: {url: "ws://localhost", protocol: ws}}
  bindings: {channel: {ws: {headers: {type: object, properties: {trace: {anyOf: [{$ref: "t.yaml#/trace"}]}}}}}}`,
		"t.yaml": `trace: {type: string}`,
	}, "a.yaml")
	if api == nil {
		t.Fatal(problems.Error())
	}
	if c := api.Components[len(api.Components)-1]; c.Name != "Trace" || !c.InEvents {
		t.Errorf("the last component is %s, in events: %t", c.Name, c.InEvents)
	}
}

func TestSecurity(t *testing.T) {
	api, problems := load(t, map[string]string{
		"a.yaml": `
kind: a
security:
  scheme: {b: {type: http, scheme: bearer}, k: {type: apiKey, in: header, name: X}}
  resource: [post]
  instance: {put: [{b: [], k: []}, {}]}
schema: {key: {name: id}, items: {properties: {b: {}}}}`,
		"b.yaml": `
kind: b
security: {scheme: {b: {type: http, scheme: basic}}}
schema: {key: {name: id}, items: {properties: {b: {}}}}`,
	}, "a.yaml", "b.yaml")
	if api == nil {
		t.Fatal(problems.Error())
	}
	want := map[string]string{
		"createA": "b | k", "replaceA": "b & k | ", "listBs": "b-bs", "createB": "b-bs", "getB": "b-bs", "replaceB": "b-bs", "deleteB": "b-bs",
	}
	for _, r := range api.Resources {
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				var either []string
				for _, requirement := range o.Security {
					var both []string
					for _, s := range requirement.Schemes {
						both = append(both, s.Scheme.Key)
					}
					either = append(either, strings.Join(both, " & "))
				}
				if got := strings.Join(either, " | "); got != want[o.Name] || o.HasSecurity != (got != "") {
					t.Errorf("%s needs %q, want %q", o.Name, got, want[o.Name])
				}
			}
		}
	}
	if len(problems) != 1 || problems[0].Pos.String() != "b.yaml:3:24" {
		t.Errorf("problems: %s", problems.Error())
	}
}

func TestTwoVersionsOfOneKind(t *testing.T) {
	one := "kind: book\nversionInPath: true\nschema: {key: {name: id}, items: {properties: {b: {}}}}\n"
	api := mustLoad(t, one+"---\napiVersion: v2\n"+one)
	var got []string
	for _, r := range api.Resources {
		got = append(got, r.Name, r.Type, r.PluralType, r.Collection.Path, r.Read.Name)
	}
	want := []string{"book", "Book", "Books", "/v1/books", "Book", "book_v2", "BookV2", "BooksV2", "/v2/books", "BookV2"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, problems := load(t, map[string]string{"a.yaml": strings.ReplaceAll(one, "true", "false") + "---\n" + strings.ReplaceAll(one, "true", "false")}, "a.yaml"); !strings.Contains(problems.Error(), "two resources have the path /books") {
		t.Errorf("two resources share a path: %s", problems.Error())
	}
}
