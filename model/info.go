package model

import (
	"cmp"
	"strings"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
)

// What stands for the facts about an API that no definition gives, so that a first document is complete:
// metadata.contact, part by part, and metadata.license replace them.
var (
	neutralContact = Contact{Name: "API team", URL: "https://example.com/contact", Email: "api@example.com"}
	neutralLicense = License{Name: "Not specified", URL: "https://example.com/license"}
)

// info fills in what the documents say of the API as a whole: what was given, else the first definition that
// says it, else what follows from the resources.
func (b *builder) info(definitions []*definition.Definition, options Options) {
	said := func(path ...string) string {
		for _, d := range definitions {
			v := d.Root.Get("metadata")
			for _, key := range path {
				v = v.Get(key)
			}
			if text := v.StringOr(""); text != "" {
				return text
			}
		}
		return ""
	}
	var top []string
	for _, r := range b.api.Resources {
		if r.Parent == nil {
			top = append(top, r.Title)
		}
	}
	title := enumerate(top)
	api := b.api
	api.Title = cmp.Or(options.Title, said("title"), title+" API")
	api.Description = cmp.Or(options.Description, only(definitions), "Manages "+sentence(top)+".")
	api.Version = cmp.Or(options.Version, "1.0.0")
	api.ID = cmp.Or(said("id"), "urn:api:"+strings.ToLower(strings.ReplaceAll(name.Key(api.Title), "_", "-")))
	api.Contact, api.License = neutralContact, neutralLicense
	api.Contact.Name = cmp.Or(said("contact", "name"), api.Contact.Name)
	api.Contact.URL = cmp.Or(said("contact", "url"), api.Contact.URL)
	api.Contact.Email = cmp.Or(said("contact", "email"), api.Contact.Email)
	if said("license", "name") != "" {
		api.License = License{said("license", "name"), said("license", "url")}
	}
}

// only returns the description of the one definition that there is.
func only(definitions []*definition.Definition) string {
	if len(definitions) != 1 {
		return ""
	}
	return definitions[0].Root.Get("metadata").Get("description").StringOr("")
}

// enumerate names one thing or two, and the first of more. Generators make names of classes of it, so it holds words
// alone.
func enumerate(names []string) string {
	switch len(names) {
	case 0:
		return "Empty"
	case 1:
		return names[0]
	case 2:
		return names[0] + " and " + names[1]
	}
	return names[0] + " and others"
}

// sentence names all things, for people.
func sentence(titles []string) string {
	lower := make([]string, len(titles))
	for i, title := range titles {
		lower[i] = name.Words(title)
	}
	if len(lower) < 2 {
		return strings.Join(lower, "")
	}
	last := len(lower) - 1
	return strings.Join(lower[:last], ", ") + " and " + lower[last]
}
