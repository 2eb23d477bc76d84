package model

import (
	"cmp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/facts"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// info fills in what the documents say of the API as a whole: what was given, else the first definition that
// says it, else what follows from the resources.
func (b *builder) info(definitions []*definition.Definition, options Options) {
	said := func(key string) string {
		for _, d := range definitions {
			if text := d.Root.Get("metadata").Get(key).StringOr(""); text != "" {
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
	given := cmp.Or(options.Title, said("title"))
	api.Title = cmp.Or(given, title+" API")
	api.Name = b.name(given)
	api.Description = cmp.Or(options.Description, only(definitions), "Manages "+sentence(top)+".")
	api.Version = cmp.Or(options.Version, "1.0.0")
	api.ID = cmp.Or(said("id"), "urn:api:"+strings.ToLower(strings.ReplaceAll(name.Key(api.Title), "_", "-")))
	b.facts(definitions, options.Facts)
}

// name returns one word for the API: x-name of the first definition that has it, else what its given title names, else
// its first resource.
func (b *builder) name(title string) string {
	word := ""
	if i := slices.IndexFunc(b.api.Extensions, func(m Member) bool { return m.Name == "x-name" }); i >= 0 {
		word = name.Word(b.api.Extensions[i].Value.Written())
	}
	word = cmp.Or(word, name.OfTitle(title))
	if len(b.api.Resources) > 0 {
		word = cmp.Or(word, name.Word(b.api.Resources[0].Plural))
	}
	return cmp.Or(word, "api")
}

// facts fills in what was said of the API beyond its resources: each fact from the options, else from the first
// definition that says it.
func (b *builder) facts(definitions []*definition.Definition, given Facts) {
	b.api.Contact, b.api.License, b.api.Terms, b.api.ExternalDocs = given.Contact, given.License, given.Terms, given.ExternalDocs
	for _, d := range definitions {
		metadata := d.Root.Get("metadata")
		b.api.Contact = cmp.Or(b.api.Contact, facts.ContactOf(metadata.Get("contact")))
		b.api.License = cmp.Or(b.api.License, facts.LicenseOf(metadata.Get("license")))
		b.api.Terms = cmp.Or(b.api.Terms, metadata.Get("terms").StringOr(""))
		b.api.ExternalDocs = cmp.Or(b.api.ExternalDocs, facts.ExternalDocsOf(metadata.Get("externalDocs")))
	}
}

// warnOfMissing reports once which facts that documents should contain are missing, and where they belong: at pos, the
// file of a project, else in the metadata of the first definition.
func (b *builder) warnOfMissing(definitions []*definition.Definition, pos Pos) {
	defer b.problems.Only(value.OnlyDocuments)()
	var missing, lines []string
	if b.api.Contact == nil {
		missing, lines = append(missing, "no contact"), append(lines, `"contact: {name: ..., email: ...}"`)
	}
	if b.api.License == nil {
		missing, lines = append(missing, "no license"), append(lines, `"license: {name: ...}"`)
	}
	if len(missing) == 0 || len(definitions) == 0 {
		return
	}
	hint := "add " + strings.Join(lines, " and ")
	if pos.File == "" {
		root := definitions[0].Root
		pos = root.Pos
		if metadata := root.Member("metadata"); metadata != nil {
			pos = metadata.Pos
		}
		hint += " to metadata, or to a firestone.yaml"
	}
	b.problems.Warn(value.MissingDescription, pos, hint, "the API has %s", strings.Join(missing, " and "))
}

// only returns the description of the definition if it is the only one.
func only(definitions []*definition.Definition) string {
	if len(definitions) != 1 {
		return ""
	}
	return definitions[0].Root.Get("metadata").Get("description").StringOr("")
}

// enumerate names one thing or two, and the first of more. Generators derive class names from it, so it contains only
// words.
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
