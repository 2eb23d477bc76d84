package example

import (
	"strconv"
	"strings"
	"unicode"
)

// byName holds texts for the last word of names whose values have a well-known form.
var byName = map[string]string{
	"color":    "#336699",
	"colour":   "#336699",
	"country":  "US",
	"currency": "EUR",
	"email":    "user@example.com",
	"host":     "example.com",
	"hostname": "example.com",
	"href":     "https://example.com/",
	"isbn":     "978-0-00-000000-2",
	"language": "en",
	"link":     "https://example.com/",
	"locale":   "en-US",
	"phone":    "+15550100",
	"timezone": "UTC",
	"uri":      "https://example.com/",
	"url":      "https://example.com/",
	"uuid":     "0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41",
	"version":  "1.0.0",
	"website":  "https://example.com/",
}

// wordsOf returns a plausible text for a property with that name: book-1 for book_id, first name for firstName.
func wordsOf(name string) string {
	words := split(name)
	if len(words) == 0 {
		return "text"
	}
	last := words[len(words)-1]
	switch {
	case byName[last] != "":
		return byName[last]
	case last == "id" || last == "key" && len(words) > 1:
		return strings.Join(append(words[:len(words)-1:len(words)-1], "1"), "-")
	case last == "at" && len(words) > 1:
		return "2026-01-31T09:30:00Z"
	}
	return strings.Join(words, " ")
}

// slug returns the words of a name for use in a URI, or "" if they are not ASCII.
func slug(name string) string {
	text := strings.Join(split(name), "-")
	if strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) {
		return ""
	}
	return text
}

// split returns the words of a name in lower case, whatever separates them. Long names are truncated.
func split(name string) []string {
	const maxLength = 40
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
		}
		word = nil
	}
	runes := []rune(name)
	runes = runes[:min(len(runes), maxLength)]
	for i, r := range runes {
		isWord := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		startsWord := unicode.IsUpper(r) && i > 0 &&
			(!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if !isWord || startsWord {
			flush()
		}
		if isWord {
			word = append(word, r)
		}
	}
	flush()
	return words
}

func itoa(n int) string { return strconv.Itoa(n) }
