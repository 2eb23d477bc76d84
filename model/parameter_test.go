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
