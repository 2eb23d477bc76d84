package model

import (
	"reflect"
	"testing"
)

// infoOf returns what is said of the API of two definitions with that metadata.
func infoOf(t *testing.T, options Options, first, second string) *API {
	t.Helper()
	const rest = "\nschema: {key: {name: id}, items: {properties: {a: {type: string}}}}\n"
	text := "kind: book\nmetadata: {" + first + "}" + rest + "---\nkind: author\nmetadata: {" + second + "}" + rest
	api, problems := Load(func(string) ([]byte, error) { return []byte(text), nil }, options, "a.yaml")
	if api == nil {
		t.Fatal(problems)
	}
	return api
}

// Each fact is that of the options, else of the first definition that gives it; no fact is put together from two.
func TestFactsOfTheFirstThatSaysThem(t *testing.T) {
	first := `contact: {email: a@b.c}, license: {url: "https://b.c", name: MIT}`
	second := `contact: {name: Ann}, license: {name: House rules}, terms: "https://b.c/terms", externalDocs: {url: "https://b.c/docs"}`
	api := infoOf(t, Options{}, first, second)
	got := Facts{Contact: api.Contact, License: api.License, Terms: api.Terms, ExternalDocs: api.ExternalDocs}
	want := Facts{
		Contact: &Contact{Email: "a@b.c"}, License: &License{Name: "MIT", Identifier: "MIT", URL: "https://b.c"},
		Terms: "https://b.c/terms", ExternalDocs: &ExternalDocs{URL: "https://b.c/docs"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	given := Facts{Contact: &Contact{Name: "Us"}, Terms: "https://c.d/terms"}
	api = infoOf(t, Options{Facts: given}, first, second)
	if !reflect.DeepEqual(api.Contact, given.Contact) || api.Terms != given.Terms || !reflect.DeepEqual(api.License, want.License) {
		t.Errorf("options do not go before definitions: %+v, %+v, %s", api.Contact, api.License, api.Terms)
	}
}

func TestNothingIsMadeUp(t *testing.T) {
	api := infoOf(t, Options{}, "description: What is read", "contact: {}")
	if api.Contact != nil || api.License != nil || api.Terms != "" || api.ExternalDocs != nil {
		t.Errorf("nobody said %+v, %+v, %q, %+v", api.Contact, api.License, api.Terms, api.ExternalDocs)
	}
	if api.Description != "Manages books and authors." {
		t.Errorf("described as %q", api.Description)
	}
}

func TestNameOfTheAPI(t *testing.T) {
	for _, test := range []struct{ title, metadata, more, want string }{
		{"", "", "", "memberloans"},
		{"", "title: The Library API", "", "library"},
		{"Lending API", "title: The Library API", "", "lending"},
		{"The API", "", "", "memberloans"},
		{"Lending API", "", "x-name: Shelf-API", "shelfapi"},
		{"Lending API", "", "x-name: [shelf]", "lending"},
		{"", "", "plural: 一", "yi"},
	} {
		text := "kind: member_loan\nmetadata: {" + test.metadata + "}\nschema: {key: {name: id}, items: {properties: {a: {type: string}}}}\n" + test.more
		api, problems := Load(func(string) ([]byte, error) { return []byte(text), nil }, Options{Title: test.title}, "a.yaml")
		if api == nil {
			t.Fatal(problems)
		}
		if api.Name != test.want {
			t.Errorf("%+v: called %q", test, api.Name)
		}
	}
}

func TestMissingFactsAreOneWarning(t *testing.T) {
	const rest = "schema: {key: {name: id}, items: {properties: {a: {type: string}}}}\n"
	project := Pos{File: "firestone.yaml", Line: 2, Col: 1}
	for _, test := range []struct {
		text  string
		facts Facts
		want  string
	}{
		{"# a comment\nkind: book\n" + rest, Facts{}, "a.yaml:2:1: warning: the API has no contact and no license [FS2011]\n" +
			"  hint: add \"contact: {name: ..., email: ...}\" and \"license: {name: ...}\" to metadata, or to a firestone.yaml"},
		{"kind: book\nmetadata: {contact: {name: Ann}}\n" + rest + "---\nkind: author\n" + rest, Facts{},
			"a.yaml:2:1: warning: the API has no license [FS2011]\n  hint: add \"license: {name: ...}\" to metadata, or to a firestone.yaml"},
		{"kind: book\n" + rest, Facts{Pos: project, License: wellKnown.License},
			"firestone.yaml:2:1: warning: the API has no contact [FS2011]\n  hint: add \"contact: {name: ..., email: ...}\""},
		{"kind: book\n" + rest + "---\nkind: author\nmetadata: {contact: {email: a@b.c}, license: {name: MIT}}\n" + rest, Facts{Pos: project}, ""},
		{"kind: book\nkinds: book\n" + rest, Facts{}, "a.yaml:2:1: unknown key \"kinds\" in the definition [FS2001]\n  hint: did you mean \"kind\"?"},
	} {
		_, problems := Load(func(string) ([]byte, error) { return []byte(test.text), nil }, Options{Facts: test.facts}, "a.yaml")
		if got := problems.Error(); got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.text, got, test.want)
		}
	}
}
