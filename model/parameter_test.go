package model

import (
	"strings"
	"testing"
)

func TestSerializationOfParameters(t *testing.T) {
	api := mustLoad(t, `
kind: book
methods: {resource: [get], instance: [get, put]}
schema:
  type: array
  key: {name: id}
  query_params:
    - {name: q}
    - {name: joined, explode: false}
    - {name: piped, style: pipeDelimited}
    - {name: apart, style: spaceDelimited, explode: true}
    - {name: deep, style: deepObject}
    - {name: trace, in: header}
    - {name: traces, in: header, explode: true}
    - {name: session, in: cookie}
    - {name: sessions, in: cookie, style: form, explode: false}
  items: {type: object, properties: {title: {type: string}}}
`)
	var got []string
	note := func(p *Parameter) {
		line := p.In + " " + p.Name + " " + p.EffectiveStyle
		if p.EffectiveExplode {
			line += " exploded"
		}
		got = append(got, line)
	}
	for _, p := range api.Resources[0].Collection.Operation("get").Parameters {
		note(p)
	}
	note(api.Resources[0].Instance.Parameters[0])
	note(api.IfMatch)
	same(t, got, []string{
		"query q form exploded", "query joined form", "query piped pipeDelimited", "query apart spaceDelimited exploded", "query deep deepObject",
		"header trace simple", "header traces simple exploded", "cookie session form exploded", "cookie sessions form",
		"path id simple", "header If-Match simple",
	})
}

// The examples of a parameter are those that its schema accepts, by the names that they have.
func TestExamplesOfParameters(t *testing.T) {
	for _, test := range []struct {
		given, want string
		faulty      int
	}{
		{`example: 1`, "1", 0},
		{`examples: [2, 3]`, "2", 0},
		{`example: x`, "", 1},
		{`examples: [x, 3]`, "3", 1},
		{`examples: {first: {value: 1, summary: The first}, plain: 2, wrong: x}`, " first=1 plain=2", 1},
	} {
		api, problems := load(t, map[string]string{"a.yaml": `
kind: book
schema: {key: {name: id}, query_params: [{name: limit, schema: {type: integer}, ` + test.given + `}], items: {properties: {a: {}}}}`}, "a.yaml")
		if api == nil {
			t.Fatal(problems)
		}
		p := api.Resources[0].Collection.Operation("get").Parameters[0]
		got := ""
		if p.IsExampleGiven {
			got = string(p.Example.AppendJSON(nil, ""))
		}
		for _, m := range p.Examples {
			got += " " + m.Name + "=" + string(m.Value.AppendJSON(nil, ""))
		}
		if got != test.want || len(problems) != test.faulty {
			t.Errorf("%s: the examples are %q, want %q; %v", test.given, got, test.want, problems)
		}
		if p.Example == nil {
			t.Errorf("%s: no example is made", test.given)
		}
	}
}

// A parameter without a schema is text; a default beside the schema is the schema's, unless that has one.
func TestSchemasOfParameters(t *testing.T) {
	for given, want := range map[string]string{
		``:                                      `{"type":"string"}`,
		`, default: a`:                          `{"type":"string","default":"a"}`,
		`, schema: {default: b}`:                `{"default":"b"}`,
		`, schema: {default: b}, default: a`:    `{"default":"b"}`,
		`, schema: {type: integer}, default: 1`: `{"type":"integer","default":1}`,
	} {
		api := mustLoad(t, `
kind: book
schema: {key: {name: id}, query_params: [{name: q`+given+`}], items: {properties: {a: {}}}}`)
		if got := string(api.Resources[0].Collection.Operation("get").Parameters[0].Schema.AppendJSON(nil, "")); got != want {
			t.Errorf("%s: the schema is %s, want %s", given, got, want)
		}
	}
}

// Parameters of one name are shared only where a client is told the same of both.
func TestParametersThatDifferAreNotShared(t *testing.T) {
	const given = "schema: {type: integer}, example: 1, in: query, style: form, explode: true, required: true, deprecated: true, description: How many, x-a: 1"
	for old, changed := range map[string]string{
		"": "", "type: integer": "type: number", "example: 1": "example: 2", "example: 1, ": "", "in: query, style: form": "in: cookie, style: form", "style: form, ": "",
		"explode: true": "explode: false", "explode: true, ": "", "required: true": "required: false", "deprecated: true": "deprecated: false", "How many": "How much",
		"x-a: 1": "x-a: 2", "x-a": "x-b", "example: 1, in": "examples: {one: 1}, in", "schema: {type: integer}": "schema: {type: integer, default: 1}",
	} {
		definition := func(kind, parameter string) string {
			return "kind: " + kind + "\nmethods: {resource: [get, head], instance: []}\nschema: {key: {name: id}, query_params: [{name: limit, " + parameter + "}], items: {properties: {a: {}}}}\n"
		}
		api := mustLoad(t, definition("book", given)+"---\n"+definition("film", strings.Replace(given, old, changed, 1)))
		var keys []string
		for _, p := range api.Parameters {
			keys = append(keys, p.Key)
		}
		want := "limit film_limit"
		if old == changed {
			want = "limit"
		}
		if got := strings.Join(keys, " "); got != want {
			t.Errorf("%q instead of %q: shared are %s, want %s", changed, old, got, want)
		}
	}
}

// The name of a header has no case: in two spellings it is one parameter, of which that of the resource wins over the
// default one. The names of cookies and in a query have a case. Reserved headers are no parameters.
func TestNamesOfHeadersHaveNoCase(t *testing.T) {
	api, problems := load(t, map[string]string{"a.yaml": `
kind: book
methods: {resource: [get], instance: [put]}
default_query_params: [{name: X-Trace, in: header}, {name: session, in: cookie}, {name: q}, {name: AUTHORIZATION, in: header}]
schema:
  key: {name: id}
  query_params: [{name: x-trace, in: header, required: true}, {name: Session, in: cookie}, {name: Q}, {name: accept, in: header},
    {name: Content-type, in: header, schema: {$ref: "types.yaml#/kind"}}, {name: Accept}, {name: if-match, in: header, methods: [put]}]
  items: {properties: {a: {}}}`, "types.yaml": "kind: {enum: [text/html]}"}, "a.yaml")
	if api == nil || len(problems) != 3 {
		t.Fatal(problems)
	}
	var got []string
	for _, p := range api.Resources[0].Collection.Operation("get").Parameters {
		got = append(got, p.In+" "+p.Name)
	}
	same(t, got, []string{"header x-trace", "cookie Session", "query Q", "query Accept", "cookie session", "query q"})
	for _, c := range api.Components {
		if c.Name == "Kind" {
			t.Error("there is a component that only a reserved header refers to")
		}
	}
	if api.Resources[0].Instance.Operation("put").IsConditional {
		t.Error("If-Match is added to if-match")
	}
}

// Headers in two spellings share a component where they say the same; other keys of components differ by more than case.
func TestKeysOfParametersDifferByMoreThanCase(t *testing.T) {
	book := func(kind, parameters string) string {
		return "kind: " + kind + "\nmethods: {resource: [get, head], instance: []}\nschema: {key: {name: id}, query_params: [" + parameters + "], items: {properties: {a: {}}}}\n"
	}
	api := mustLoad(t, book("book", "{name: X-Trace, in: header}, {name: page}, {name: Page, in: cookie}")+"---\n"+
		book("film", "{name: x-trace, in: header}, {name: X-TRACE, in: cookie}, {name: PAGE, in: cookie}"))
	var keys []string
	for _, p := range api.Parameters {
		keys = append(keys, p.Key)
	}
	same(t, keys, []string{"X-Trace", "page", "book_Page", "film_X-TRACE", "film_PAGE"})
}

// A template tells parameters apart by their identifiers, also where names are one after what no identifier has is gone.
func TestIdentifiersOfParameters(t *testing.T) {
	api := mustLoad(t, `
kind: book
methods: {resource: [], instance: [get]}
schema: {key: {name: book-id}, query_params: [{name: book_id, methods: [get]}, {name: a-b, methods: [get]}, {name: a_b, methods: [get]}], items: {properties: {a: {}}}}`)
	var got []string
	for _, p := range api.Resources[0].Instance.Operation("get").Parameters {
		got = append(got, p.Name+"="+p.Identifier)
	}
	if text := strings.Join(got, " "); text != "book_id=book_id book_id=book_id2 a-b=a_b a_b=a_b2" {
		t.Errorf("identifiers are %s", text)
	}
}
