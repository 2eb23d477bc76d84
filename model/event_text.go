package model

import (
	"strings"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
)

// The texts of events. They say who sends, so that they are right from the server's side, from the client's and in every
// version of a document.

// subject returns what the level's messages hold, of any instance: book, title of a book.
func subject(l *Level) string {
	r := l.Resource
	if l.IsAttribute() {
		return l.Property.Noun + " of " + name.Indefinite(r.ofAny(r.one))
	}
	return r.ofAny(r.one)
}

// anySubject returns the subject after the article that it has: a book, the title of a book.
func anySubject(l *Level) string {
	if l.IsAttribute() {
		return "the " + subject(l)
	}
	return name.Indefinite(subject(l))
}

// theSubject returns what the level's messages hold where it is known of what: the book, the title of the book.
func theSubject(l *Level) string {
	if l.IsAttribute() {
		return "the " + l.Property.Noun + " of the " + l.Resource.one
	}
	return "the " + l.Resource.one
}

// listOf returns the words for what a subscription to a collection gets: of a list that comes in pages it is the first.
func listOf(o *Operation, list, many string) string {
	list += " of " + many
	if o.Pagination != nil {
		return "first page of the " + strings.TrimPrefix(list, "full ")
	}
	return list
}

// heading returns the title of a level's things.
func heading(l *Level) string {
	if l.IsAttribute() {
		return name.Capital(subject(l))
	}
	return name.Capital(l.Resource.Noun)
}

// channelTexts returns the title and description of a level's channels.
func channelTexts(l *Level) (title, description string) {
	r := l.Resource
	if l.IsAttribute() {
		return heading(l), "Events about " + anySubject(l) + "."
	}
	title, description = heading(l), "Events about "+anySubject(l)+"."
	if l.IsCollection() {
		title, description = r.Title, "Events about "+r.ofAny(r.many)+"."
	}
	switch text := strings.TrimSpace(r.Description); {
	case text == "":
		return title, description
	case strings.HasPrefix(text, description):
		return title, r.Description
	}
	return title, description + " " + r.Description
}

// subscribeTexts returns the title, summary and description of the operation that sends what is at a level. What the
// definition says of get is said of a request, not of what is sent after each change.
func subscribeTexts(l *Level, o *Operation) (title, summary, description string) {
	r := l.Resource
	isEvent := r.Envelope == definition.CloudEvents
	switch {
	case l.IsCollection() && isEvent:
		many := r.ofAny(r.many)
		return "Changes to " + many, "An event for every change to " + many + ".",
			"The server sends an event whenever " + name.Indefinite(r.ofThe(r.one)) + " is created, updated or deleted."
	case l.IsCollection():
		return "Changes to " + r.ofAny(r.many), "The " + listOf(o, "list", r.ofAny(r.many)) + ", kept up to date.",
			"The server sends the " + listOf(o, "full list", r.ofThe(r.many)) + " on subscribe and again after every change."
	case isEvent:
		return "Changes to " + anySubject(l), "An event for every change to " + anySubject(l) + ".",
			"The server sends an event after every change to " + theSubject(l) + "."
	}
	return "Changes to " + anySubject(l), name.Capital(anySubject(l)) + ", kept up to date.",
		"The server sends " + theSubject(l) + " on subscribe and again after every change."
}

// publishTexts returns the title, summary and description of the operation that takes what a client sends.
func publishTexts(l *Level, o *Operation) (title, summary, description string) {
	title, sent := messageTexts(l, o)
	summary = "The client sends " + strings.ToLower(sent[:1]) + sent[1:]
	effect := effectOf(o)
	if o.Verb == "create" {
		effect = "Creates " + name.Indefinite(l.Resource.ofThe(l.Resource.one)) + "."
	}
	return title, summary, unlessItRepeats(title, o.Description, effect)
}

// messageTexts returns the title and summary of the message that stands for a REST operation.
func messageTexts(l *Level, o *Operation) (title, summary string) {
	noun, one, many := anySubject(l), name.Indefinite(l.Resource.one), l.Resource.ofAny(l.Resource.many)
	switch o.Verb {
	case "list":
		return name.Capital(listOf(o, "list", many)), "The " + listOf(o, "current list", many) + "."
	case "create":
		return "Create " + noun, name.Capital(one) + " to create."
	case "update":
		return "Update " + noun, "The properties to change in " + one + "."
	case "replace":
		if l.IsAttribute() {
			return "Replace " + noun, "The " + l.Property.value("new") + " of " + one + "."
		}
		return "Replace " + noun, "The complete new version of " + one + "."
	}
	if l.IsAttribute() {
		return heading(l), "The " + l.Property.value("current") + " of " + one + "."
	}
	return heading(l), "The current state of " + one + "."
}

// changeTexts returns the title and summary of an event; it says what happened: created, updated or deleted.
func changeTexts(l *Level, event string) (title, summary string) {
	title = heading(l) + " " + event
	one := name.Indefinite(l.Resource.one)
	switch {
	case l.IsAttribute():
		return title, "The " + l.Property.value("new") + " of " + one + "."
	case event == "deleted":
		return title, "The last state of " + one + " before it was deleted."
	}
	return title, "The state of " + one + " after it was " + event + "."
}

// refusalTexts returns the title and summary of the message that refuses one that stands for a REST operation.
func refusalTexts(l *Level, o *Operation) (title, summary string) {
	done := map[string]string{"create": "created", "replace": "replaced", "update": "updated"}[o.Verb]
	return heading(l) + " not " + done, "Says why " + theSubject(l) + " was not " + done + " (RFC 9457)."
}
