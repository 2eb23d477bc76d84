package model

import (
	"strings"
	"testing"
)

// secured lists the operations that need a scheme.
func secured(api *API) string {
	var names []string
	for _, r := range api.Resources {
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				if o.HasSecurity {
					names = append(names, o.Name)
				}
			}
		}
	}
	return strings.Join(names, " ")
}

// A scheme without a level secures every operation; with one, only what the levels name.
func TestLevelsOfSecurity(t *testing.T) {
	for levels, want := range map[string]string{
		"":                        "listBooks getBook getBookA",
		", resource: [get]":       "listBooks",
		", instance: [get]":       "getBook",
		", instance_attrs: [get]": "getBookA",
		", resource: []":          "",
		", instance: {}":          "",
		", instance_attrs: []":    "",
	} {
		api := mustLoad(t, `
kind: book
methods: {resource: [get], instance: [get], instance_attrs: [get]}
security: {scheme: {token: {type: http, scheme: bearer}}`+levels+`}
schema: {key: {name: id}, items: {properties: {a: {}}}}`)
		if got := secured(api); got != want {
			t.Errorf("%q: secured are %s, want %s", levels, got, want)
		}
	}
}

// Schemes of one name are one where they are equal, and told apart where they are not.
func TestSchemesOfOneName(t *testing.T) {
	definition := func(kind, scheme string) string {
		return "kind: " + kind + "\nsecurity: {scheme: {token: " + scheme + "}}\nschema: {key: {name: id}, items: {properties: {a: {}}}}\n"
	}
	for scheme, want := range map[string]string{"{type: http, scheme: bearer}": "token", "{scheme: bearer, type: http}": "token", "{type: http, scheme: basic}": "token token-films"} {
		api := mustLoad(t, definition("book", "{type: http, scheme: bearer}")+"---\n"+definition("film", scheme))
		var keys []string
		for _, s := range api.SecuritySchemes {
			keys = append(keys, s.Key)
		}
		if got := strings.Join(keys, " "); got != want || secured(api) == "" {
			t.Errorf("%s: schemes are %s, want %s", scheme, got, want)
		}
	}
}
