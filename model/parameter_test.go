package model

import "testing"

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
