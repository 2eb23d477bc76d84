package model

import (
	"strings"

	"github.com/firestoned/firestone/model/name"
)

// The texts of operations in REST: what each does, what it takes and what it answers. A summary is about any instance,
// a description about the one that the path names.

// summaryOf returns a few words that say what an operation does.
func summaryOf(o *Operation) string {
	r, l := o.Resource, o.Level
	verb := map[string]string{"get": "Get ", "head": "Check ", "create": "Create ", "replace": "Replace ", "update": "Update ", "delete": "Delete ", "list": "List "}[o.Verb]
	one := name.Indefinite(r.ofAny(r.one))
	switch {
	case l.IsAttribute():
		return verb + "the " + l.Property.Noun + " of " + one
	case o.Verb == "head" && l.IsCollection():
		return "Get the headers of the " + r.Noun + " list"
	case o.Verb == "head":
		return "Check whether " + one + " exists"
	case l.IsCollection() && o.Verb != "create":
		return verb + r.ofAny(r.many)
	}
	return verb + one
}

// purposeOf returns the description of an operation as given, unless it only says what the summary does; else a sentence
// that follows from its method.
func purposeOf(o *Operation) string { return unlessItRepeats(o.Summary, o.Description, effectOf(o)) }

// unlessItRepeats returns a text as given, or another if there is none or it only repeats the heading above it.
func unlessItRepeats(heading, given, other string) string {
	if text := strings.TrimRight(strings.TrimSpace(given), "."); text == "" || strings.EqualFold(text, heading) {
		return other
	}
	return given
}

// effectOf returns a sentence that says what an operation does by its method.
func effectOf(o *Operation) string {
	l := o.Level
	the := "the " + o.Resource.one
	switch {
	case l.IsAttribute():
		return attributePurpose(o)
	case l.IsCollection():
		return collectionPurpose(o)
	}
	switch o.Verb {
	case "replace":
		return "Replaces the entire " + o.Resource.one + "."
	case "update":
		return "Updates the given properties of " + the + " (JSON Merge Patch, RFC 7396); null removes a property."
	case "delete":
		return "Deletes " + the + "."
	case "head":
		return "Checks whether " + the + " exists."
	}
	return "Returns " + the + " with the given key."
}

func collectionPurpose(o *Operation) string {
	r := o.Resource
	many := r.ofThe(r.many)
	selected := len(o.Parameters) > len(o.Level.Parameters)
	switch {
	case o.Verb == "create":
		return "Creates " + name.Indefinite(r.ofThe(r.one)) + " and returns it."
	case o.Verb == "update":
		return "Updates the given " + many + ", each identified by its key."
	case o.Verb == "head":
		return "Returns the headers of the " + r.Noun + " list without its body."
	case o.Verb == "delete" && selected:
		return "Deletes the " + many + " that match the parameters."
	case o.Verb == "delete":
		return "Deletes all " + many + "."
	case o.Pagination != nil:
		return "Returns one page of " + many + "."
	case selected:
		return "Returns the " + many + " that match the parameters."
	}
	return "Returns all " + many + "."
}

func attributePurpose(o *Operation) string {
	the := "the " + o.Resource.one
	property := "the " + o.Level.Property.Noun + " of " + the
	switch o.Verb {
	case "replace":
		return "Replaces " + property + "."
	case "delete":
		return "Removes " + property + "."
	case "head":
		return "Checks whether " + the + " has this property."
	}
	return "Returns " + property + "."
}

// requestText says what a client sends.
func requestText(o *Operation) string {
	r, l := o.Resource, o.Level
	switch {
	case l.IsAttribute():
		return "The " + l.Property.value("new") + "."
	case o.Verb == "create":
		return "The " + r.one + " to create."
	case l.IsCollection():
		return "The key of each " + r.one + " to update, and the properties to change."
	case o.Verb == "update":
		return "The properties to change."
	}
	return "The complete new version of the " + r.one + "."
}

// responseText says what a client gets when the operation succeeds.
func responseText(o *Operation) string {
	r, l := o.Resource, o.Level
	switch {
	case o.Verb == "delete" && l.IsCollection():
		return "The " + r.many + " were deleted."
	case o.Verb == "delete" && l.IsAttribute():
		return "The property was removed."
	case o.Verb == "delete":
		return "The " + r.one + " was deleted."
	case o.Verb == "create":
		return "The new " + r.one + "."
	case o.Verb == "head":
		return headText(l)
	case o.Response == nil:
		return "The property was replaced."
	case l.IsAttribute():
		return "The " + l.Property.Noun + " of the " + r.one + "."
	case !l.IsCollection():
		return "The " + r.one + "."
	case o.Verb == "update":
		return "The updated " + r.many + "."
	case o.Pagination != nil:
		return "One page of " + r.many + "."
	}
	return "The " + r.many + "."
}

// headText says what the success of a HEAD request means.
func headText(l *Level) string {
	switch {
	case l.IsCollection():
		return "The headers of the " + l.Resource.Noun + " list."
	case l.IsInstance():
		return "The " + l.Resource.one + " exists."
	}
	return "The " + l.Resource.one + " has this property."
}
