package model

import (
	"regexp"
	"strings"

	"github.com/firestoned/firestone/model/definition"
)

// The texts say who sends nothing and receives nothing, so that they are right from the server's side, from
// the client's and in every version of a document.

// one returns the words for one instance: book, postal code of a person.
func one(r *Resource) string { return spoken(r.Singular) + whose(r, " of a ") }

// many returns the words for all instances.
func many(r *Resource) string { return spoken(r.Plural) + whose(r, " of a ") }

func whose(r *Resource, joined string) string {
	if r.Parent == nil {
		return ""
	}
	return joined + one(r.Parent)
}

var wordBreak = regexp.MustCompile(`[\s_-]+`)

// spoken returns a name as people say it: postal code for postal_code.
func spoken(name string) string {
	text := strings.TrimSpace(wordBreak.ReplaceAllString(name, " "))
	if text == "" {
		return "“" + name + "”"
	}
	return text
}

var (
	vowelSound = regexp.MustCompile(`(?i)^([aeiou]|hour|heir|honou?r|honest)`)
	otherSound = regexp.MustCompile(`(?i)^(uni|us[aeiu]|eu|ut[ei]|one\b|once\b|ubi)`)
)

// indefinite puts a or an before the words, by their sound.
func indefinite(words string) string {
	if vowelSound.MatchString(words) && !otherSound.MatchString(words) {
		return "an " + words
	}
	return "a " + words
}

// capital returns the text with a capital letter at its start.
func capital(text string) string {
	for i, r := range text {
		return strings.ToUpper(string(r)) + text[i+len(string(r)):]
	}
	return text
}

// attribute returns the words for the level's property.
func attribute(l *Level) string { return spoken(l.Property.Name) }

// channelTexts returns the title and description of a level's channels.
func channelTexts(l *Level) (title, description string) {
	r := l.Resource
	switch {
	case l.IsCollection():
		title, description = capital(many(r)), "All "+many(r)+"."
	case l.IsInstance():
		title, description = capital(one(r)), "One "+one(r)+"."
	default:
		title, description = capital(attribute(l)+" of "+indefinite(one(r))), "The "+attribute(l)+" of one "+one(r)+"."
	}
	if text := strings.TrimSpace(r.Description); text != "" && !l.IsAttribute() {
		description += " " + r.Description
	}
	return title, description
}

// operationTexts returns the title, summary and description of an event operation.
func operationTexts(l *Level, o *Operation, verb string) (title, summary, description string) {
	r := l.Resource
	if verb == publishVerb {
		title, summary = messageTexts(l, o)
		return title, title + ".", "A client sends " + lower(summary)
	}
	whole := "the " + one(r)
	switch {
	case l.IsCollection() && r.Envelope == definition.CloudEvents:
		return "Changes of the " + many(r), "An event for each " + one(r) + " that is created, updated or deleted.",
			"A client that listens is sent an event for each " + one(r) + " that is created, updated or deleted."
	case l.IsCollection():
		whole = "the " + many(r)
		return "Changes of " + whole, capital(whole) + " whenever they change.",
			"A client that listens is sent all " + many(r) + " at once, and again whenever one of them changes."
	case l.IsAttribute():
		whole = "the " + attribute(l) + " of the " + one(r)
	}
	if r.Envelope == definition.CloudEvents {
		return "Changes of " + whole, "An event whenever " + whole + " changes.", "A client that listens is sent an event whenever " + whole + " changes."
	}
	return "Changes of " + whole, capital(whole) + " whenever it changes.",
		"A client that listens is sent " + whole + " at once, and again whenever it changes."
}

// messageTexts returns the title and summary of the message that stands for a REST operation.
func messageTexts(l *Level, o *Operation) (title, summary string) {
	r := l.Resource
	noun := indefinite(one(r))
	if l.IsAttribute() {
		noun = "the " + attribute(l) + " of " + noun
	}
	switch o.Verb {
	case "list":
		return "All " + many(r), "All " + many(r) + " as they are now."
	case "create":
		return "Create " + noun, capital(indefinite(one(r))) + " to be created."
	case "update":
		return "Update " + noun, "What is to change of " + noun + "."
	case "replace":
		if l.IsAttribute() {
			return "Replace " + noun, capital(noun) + " that takes the place of the present one."
		}
		return "Replace " + noun, capital(noun) + ", whole, that takes the place of the present one."
	}
	return capital(noun), capital(noun) + " as it is now."
}

// changeTexts returns the title and summary of an event; it says what happened: created, updated or deleted.
func changeTexts(l *Level, event string) (title, summary string) {
	noun := indefinite(one(l.Resource))
	if l.IsAttribute() {
		noun = "the " + attribute(l) + " of " + noun
	}
	if event == "deleted" {
		return capital(noun) + " was deleted", capital(noun) + " as it was when it was deleted."
	}
	return capital(noun) + " was " + event, capital(noun) + " as it is since it was " + event + "."
}

// refusalTexts returns the title and summary of the message that refuses one that stands for a REST operation.
func refusalTexts(l *Level, o *Operation) (title, summary string) {
	noun, done := one(l.Resource), map[string]string{"create": "created", "replace": "replaced", "update": "updated"}[o.Verb]
	if l.IsAttribute() {
		noun = attribute(l) + " of " + indefinite(noun)
	}
	return capital(noun) + " not " + done, "Says why the " + noun + " was not " + done + " (RFC 9457)."
}

// lower returns the text with a small letter at its start.
func lower(text string) string {
	for i, r := range text {
		return strings.ToLower(string(r)) + text[i+len(string(r)):]
	}
	return text
}
