package facts

import (
	"reflect"
	"testing"

	"github.com/firestoned/firestone/model/value"
)

// parse returns the value of a text.
func parse(t *testing.T, text string) *value.Value {
	t.Helper()
	var problems value.Problems
	values := value.Parse("f", []byte(text), &problems)
	if len(problems) > 0 || len(values) != 1 {
		t.Fatalf("%s: %v", text, problems)
	}
	return values[0]
}

func TestContactOf(t *testing.T) {
	for text, want := range map[string]*Contact{
		"{name: Ann, url: 'https://a.b', email: a@b.c}": {Name: "Ann", URL: "https://a.b", Email: "a@b.c"},
		"{email: a@b.c}":          {Email: "a@b.c"},
		"{name: 007, phone: '1'}": {Name: "007"},
		"{name: ''}":              nil,
		"{}":                      nil,
	} {
		if got := ContactOf(parse(t, text)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
	if ContactOf(nil) != nil {
		t.Error("nothing was said, but there is a contact")
	}
}

func TestLicenseOf(t *testing.T) {
	for text, want := range map[string]*License{
		"{name: MIT}":                            {Name: "MIT", Identifier: "MIT"},
		"{name: Apache-2.0, url: 'https://a.b'}": {Name: "Apache-2.0", Identifier: "Apache-2.0", URL: "https://a.b"},
		"{name: Apache 2.0}":                     {Name: "Apache 2.0"},
		"{name: House-1.0}":                      {Name: "House-1.0"},
		"{url: 'https://a.b'}":                   nil,
	} {
		if got := LicenseOf(parse(t, text)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
}

func TestExternalDocsOf(t *testing.T) {
	for text, want := range map[string]*ExternalDocs{
		"{url: 'https://a.b'}":                     {URL: "https://a.b"},
		"{url: 'https://a.b', description: Guide}": {URL: "https://a.b", Description: "Guide"},
		"{description: Guide}":                     nil,
	} {
		if got := ExternalDocsOf(parse(t, text)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
}
