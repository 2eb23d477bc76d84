// Package facts reads the facts about an API that only people know: whom to ask, under which license, where it runs.
//
// It answers one question: what is given about the API beyond its resources? Both project files and definitions give
// facts, so both read them here. It makes nothing up: what is not given is absent.
package facts

import "github.com/firestoned/firestone/model/value"

// Facts are what is given about an API beyond its resources.
type Facts struct {
	Pos          value.Pos     // where to add missing facts: in the project file; empty: in the first definition
	Contact      *Contact      // nil if not given
	License      *License      // nil if not given
	Terms        string        // the URL of the terms of service, or empty
	ExternalDocs *ExternalDocs // nil where nobody gave it
	Servers      []*BaseURL    // of the REST API, without Prefix
	Prefix       string        // of the paths of the REST API on each of Servers: /api, or empty
}

// Contact is whom to ask about the API. At least one of its fields is not empty.
type Contact struct {
	Name  string // of a person or a team, or empty
	URL   string // of a page, or empty
	Email string // an address, or empty
}

// License is the license that the API is offered under.
type License struct {
	Name       string // for people, or an SPDX identifier: Apache-2.0
	Identifier string // Name if that is an SPDX identifier, else empty
	URL        string // of its text, as given, else empty
}

// ExternalDocs is a page with more documentation of the API.
type ExternalDocs struct {
	URL         string // of a page
	Description string // as given, else empty
}

// ContactOf returns a checked contact, or nil if it has no text.
func ContactOf(v *value.Value) *Contact {
	c := Contact{Name: text(v, "name"), URL: text(v, "url"), Email: text(v, "email")}
	if c == (Contact{}) {
		return nil
	}
	return &c
}

// LicenseOf returns a checked license, or nil if it has no name.
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

// ExternalDocsOf returns checked external documentation, or nil if it has no URL.
func ExternalDocsOf(v *value.Value) *ExternalDocs {
	d := ExternalDocs{URL: text(v, "url"), Description: text(v, "description")}
	if d.URL == "" {
		return nil
	}
	return &d
}

// text returns a member of an object as written, empty if absent.
func text(v *value.Value, key string) string { return v.Get(key).Written() }
