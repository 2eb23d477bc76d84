package model

import (
	"cmp"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/schema"
)

// setNouns sets the nouns of a resource, from the title of one instance if it has one that can be used in a sentence.
func (r *Resource) setNouns(singular, plural, title string) {
	r.one, r.many = name.Counted(singular, plural)
	r.bare, r.Title = name.Words(singular), name.Words(plural)
	if name.IsPhrase(name.Words(title)) {
		r.one, r.many = name.CountedTitle(title)
		r.bare, r.Title = r.one, r.many
	}
	owner := ""
	for p := r.Parent; p != nil; p = p.Parent {
		owner = p.bare + " " + owner
	}
	r.Noun, r.PluralNoun, r.Title = owner+r.one, owner+r.many, name.Capital(owner+r.Title)
}

// ofAny returns the noun with its parent in general: loan of a member.
func (r *Resource) ofAny(noun string) string {
	for p := r.Parent; p != nil; p = p.Parent {
		noun += " of " + name.Indefinite(p.one)
	}
	return noun
}

// ofThe returns the noun with a known parent: loans of the member.
func (r *Resource) ofThe(noun string) string {
	for p := r.Parent; p != nil; p = p.Parent {
		noun += " of the " + p.one
	}
	return noun
}

// setNoun sets the words for a property in sentences.
func (p *Property) setNoun(names memberNames) {
	called := cmp.Or(titleOf(p.Schema), p.Name)
	of := names.of(called)
	if p.Noun, p.isNoun = of.noun, of.isNoun; p.isNoun && schema.HasType(p.Schema, "boolean") {
		p.Noun, p.isNoun = quoted(called), false
	}
}

// titleOf returns the title of a schema, or "" where it has none or one that shows nothing.
func titleOf(s *Value) string {
	if title := s.Get("title").StringOr(""); strings.TrimSpace(title) != "" {
		return title
	}
	return ""
}

// propertyNoun returns the words for a property by its title or name, and reports whether that is a noun.
func propertyNoun(called string) (noun string, isNoun bool) {
	if words := name.Words(called); name.IsNoun(words) {
		return words, true
	}
	return quoted(called), false
}

func quoted(called string) string { return "“" + called + "” property" }

// value returns the words for its new or current value: new title, current value of the “published” property.
func (p *Property) value(which string) string {
	if p.isNoun {
		return which + " " + p.Noun
	}
	return which + " value of the " + p.Noun
}
