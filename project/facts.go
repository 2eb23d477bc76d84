package project

import (
	"github.com/firestoned/firestone/model/facts"
	"github.com/firestoned/firestone/model/value"
)

// factKeys are the keys that describe the API as a whole.
var factKeys = []value.Key{
	{Name: "contact", Slips: []string{"contacts", "author", "authors", "maintainer", "maintainers", "owner", "support"}},
	{Name: "license", Slips: []string{"licence", "licenses", "licences"}},
	{Name: "terms", Slips: []string{"termsofservice", "terms_of_service", "terms-of-service", "tos"}},
	{Name: "externalDocs", Slips: []string{"external_docs", "external-docs", "externaldocs", "docs", "documentation"}},
	{Name: "servers", Slips: []string{"server", "url", "urls", "host", "hosts", "baseurl", "base_url", "base-url"}},
	{Name: "prefix", Slips: []string{"basepath", "base_path", "base-path", "path_prefix", "pathprefix"}},
}

var (
	contactKeys = []value.Key{
		{Name: "name", Slips: []string{"team", "person"}},
		{Name: "url", Slips: []string{"link", "website", "homepage", "web", "page"}},
		{Name: "email", Slips: []string{"mail", "e-mail", "address"}},
	}
	licenseKeys = []value.Key{
		{Name: "name", IsRequired: true, Add: "name: Apache-2.0", Slips: []string{"identifier", "id", "spdx", "title"}},
		{Name: "url", Slips: []string{"link", "text", "href"}},
	}
	externalDocsKeys = []value.Key{
		{Name: "url", IsRequired: true, Add: "url: https://example.com/docs", Slips: []string{"link", "href", "website"}},
		{Name: "description", Slips: []string{"desc", "title", "name", "text"}},
	}
)

// facts reads the facts about the API as a whole.
func (r *reader) facts(root *value.Value) facts.Facts {
	f := facts.Facts{
		Pos:          root.Pos,
		Contact:      facts.ContactOf(r.fact(root, "contact", "name", contactKeys)),
		License:      facts.LicenseOf(r.fact(root, "license", "name", licenseKeys)),
		ExternalDocs: facts.ExternalDocsOf(r.fact(root, "externalDocs", "url", externalDocsKeys)),
		Servers:      r.servers(root.Get("servers")),
		Prefix:       r.prefix(root),
	}
	if terms := root.Get("terms"); terms != nil {
		f.Terms = r.url(terms, "terms")
	}
	return f
}

// fact checks an object of texts and returns it, or nil if there is none; first is the key that a text in its place
// most likely stands for.
func (r *reader) fact(root *value.Value, name, first string, keys []value.Key) *value.Value {
	v := root.Get(name)
	switch {
	case v == nil:
		return nil
	case v.Kind != value.KindObject:
		r.problems.Add(value.WrongType, v.Pos, r.form(v, `write "`+name+": {"+first+`: ...}"`), "%s must be an object, not %s", name, value.Describe(v))
		return nil
	case len(v.Members) == 0 && !keys[0].IsRequired:
		r.problems.Add(value.EmptySetting, v.Pos, "add "+first+", or remove "+name, "%s is empty", name)
		return nil
	}
	value.CheckKeys(v, name, r.problems, keys...)
	for _, m := range v.Members {
		what := name + "." + m.Name
		switch m.Name {
		case "url":
			r.url(m.Value, what)
		case "email":
			if text, ok := r.text(m.Value, what, "an address, for example api@example.com"); ok {
				facts.CheckEmail(text.string(), what, r.problems)
			}
		case "name", "description":
			r.text(m.Value, what, "a string")
		}
	}
	return v
}

// url checks a URL and returns its text.
func (r *reader) url(v *value.Value, what string) string {
	text, ok := r.text(v, what, "a URL, for example https://example.com")
	if ok {
		facts.CheckURL(text.string(), what, r.problems)
	}
	return text.Value
}

// string returns the text as a string at its position.
func (t Text) string() *value.Value {
	return &value.Value{Kind: value.KindString, Text: t.Value, Pos: t.Pos}
}
