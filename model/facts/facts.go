// Package facts reads what only people know of an API: whom to ask, under which license, where it runs.
//
// It answers one question: what was said of the API beyond its resources? Files of projects and definitions both say it,
// so both have it read here. It makes nothing up: what nobody said is absent.
package facts

import "github.com/firestoned/firestone/model/value"

// Facts are what was said of an API beyond its resources.
type Facts struct {
	Pos          value.Pos     // where missing facts belong: in the file of a project; no place: in the first definition
	Contact      *Contact      // nil where nobody gave it
	License      *License      // nil where nobody gave it
	Terms        string        // the URL of the terms of service, or empty
	ExternalDocs *ExternalDocs // nil where nobody gave it
	Servers      []*BaseURL    // of the REST API, without Prefix
	Prefix       string        // what paths of the REST API begin with on each of Servers: /api, or empty
}

// Contact says whom to ask about the API. One of its fields is not empty.
type Contact struct {
	Name  string // of a person or a team, or empty
	URL   string // of a page, or empty
	Email string // an address, or empty
}

// License says under which terms the API is offered.
type License struct {
	Name       string // for people, or an SPDX identifier: Apache-2.0
	Identifier string // Name where that is an SPDX identifier, else empty
	URL        string // of its text, as given, else empty
}

// ExternalDocs says where more is written about the API.
type ExternalDocs struct {
	URL         string // of a page
	Description string // as given, else empty
}

// ContactOf returns what a checked contact says, or nil where that is nothing.
func ContactOf(v *value.Value) *Contact {
	c := Contact{Name: text(v, "name"), URL: text(v, "url"), Email: text(v, "email")}
	if c == (Contact{}) {
		return nil
	}
	return &c
}

// LicenseOf returns what a checked license says, or nil where it has no name.
func LicenseOf(v *value.Value) *License {
	l := License{Name: text(v, "name"), URL: text(v, "url")}
	if l.Name == "" {
		return nil
	}
	if isSPDX(l.Name) {
		l.Identifier = l.Name
	}
	return &l
}

// ExternalDocsOf returns where checked external documentation is, or nil where it has no URL.
func ExternalDocsOf(v *value.Value) *ExternalDocs {
	d := ExternalDocs{URL: text(v, "url"), Description: text(v, "description")}
	if d.URL == "" {
		return nil
	}
	return &d
}

// text returns a member of an object as it was written, empty where there is none.
func text(v *value.Value, key string) string { return v.Get(key).Written() }
