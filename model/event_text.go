package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
)

// The texts of events. They name the sender, so they are right from the server's perspective, from the client's, and in
// every version of a document.

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

// theSubject returns the content of the level's messages about a known instance: the book, the title of the book.
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

// channelTexts returns the title and description of a channel.
func channelTexts(c *Channel) (title, description string) {
	r, l := c.Resource, c.Level
	if l.IsAttribute() {
		return heading(l), "Events about " + anySubject(l) + "."
	}
	title, description = heading(l), "Events about "+anySubject(l)+"."
	if c.IsKeyed || l.IsCollection() {
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

// subscribeTexts returns the title, summary and description of the operation that sends what is at a level. The
// definition's texts for get describe a request, not what is sent after each change.
func subscribeTexts(c *Channel, o *Operation) (title, summary, description string) {
	l, r := c.Level, c.Resource
	isOfAll := c.IsKeyed || l.IsCollection()
	many, one := r.ofAny(r.many), name.Indefinite(r.ofThe(r.one))
	switch {
	case isOfAll && !r.sendsStates():
		return "Changes to " + many, "An event for every change to " + many + ".",
			"The server sends an event whenever " + one + " is created, updated or deleted."
	case c.IsKeyed:
		return "Changes to " + many, "Each of the " + many + " that changes, with its key.",
			"The server sends " + one + " whenever it is created or updated, and its key without content when it is deleted."
	case isOfAll:
		return "Changes to " + many, "The " + listOf(o, "list", many) + ", kept up to date.",
			"The server sends the " + listOf(o, "full list", r.ofThe(r.many)) + whenSent(c)
	case !r.sendsStates():
		return "Changes to " + anySubject(l), "An event for every change to " + anySubject(l) + ".",
			"The server sends an event after every change to " + theSubject(l) + "."
	}
	return "Changes to " + anySubject(l), name.Capital(anySubject(l)) + ", kept up to date.", "The server sends " + theSubject(l) + whenSent(c)
}

// whenSent returns when the state of a channel is sent. With a broker in between, the server does not see who
// subscribes.
func whenSent(c *Channel) string {
	switch {
	case c.Protocol == "mqtt" && c.Level.IsCollection():
		return " after every change, and the broker retains it for later subscribers."
	case c.Protocol == "mqtt":
		return " after every change, and the broker retains it for later subscribers. An empty message clears it when " + theSubject(c.Level) + " is deleted."
	case slices.Contains(slashed, c.Protocol), slices.Contains(dotted, c.Protocol):
		return " after every change."
	}
	return " on subscribe and again after every change."
}

// publishTexts returns the title, summary and description of the operation that receives what a client sends, which
// represents REST operations.
func publishTexts(operations []*Operation) (title, summary, description string) {
	var titles, sent, effects []string
	for _, o := range operations {
		called, content := messageTexts(o.Level, o)
		effect := effectOf(o)
		if o.Verb == "create" {
			effect = "Creates " + name.Indefinite(o.Resource.ofThe(o.Resource.one)) + "."
		}
		titles = append(titles, withSmallLetter(called))
		sent = append(sent, strings.TrimSuffix(withSmallLetter(content), "."))
		effects = append(effects, unlessItRepeats(called, o.Description, effect))
	}
	return name.Capital(strings.Join(titles, " or ")), "The client sends " + strings.Join(sent, ", or ") + ".", strings.Join(effects, " ")
}

// withSmallLetter returns a sentence in the form in which it is part of another.
func withSmallLetter(text string) string { return strings.ToLower(text[:1]) + text[1:] }

// messageTexts returns the title and summary of the message that represents a REST operation.
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

// recordTexts returns the title and summary of the message that is a record.
func recordTexts(r *Resource) (title, summary string) {
	return name.Capital(r.Noun), "The current state of " + name.Indefinite(r.one) + "."
}

// tombstoneTexts returns the title and summary of the message that takes the place of a record.
func tombstoneTexts(r *Resource) (title, summary string) {
	return name.Capital(r.Noun) + " deleted", "A tombstone: the key of " + name.Indefinite(r.one) + " that was deleted, without content."
}

// refusalTexts returns the title and summary of the message that refuses one that represents a REST operation.
func refusalTexts(l *Level, o *Operation) (title, summary string) {
	done := map[string]string{"create": "created", "replace": "replaced", "update": "updated"}[o.Verb]
	return heading(l) + " not " + done, "Says why " + theSubject(l) + " was not " + done + " (RFC 9457)."
}
