package name

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Word returns a text as one word of lower-case letters and digits that begins with a letter and is not reserved in a
// common language: memberloans for member_loans, strassen for Straßen. It is empty if the text has no letter and no
// digit.
func Word(text string) string {
	var parts []string
	for _, part := range wordsOf(text) {
		parts = append(parts, strings.ToLower(part))
	}
	return asWord(parts)
}

// OfTitle returns the word for the subject of a title: library for "The Library API v2", petstore for "Pet Store REST
// API". It is empty if the title says no more than that it is an API.
func OfTitle(title string) string {
	var parts []string
	for _, part := range wordsOf(versions.ReplaceAllString(title, " ")) {
		part = strings.ToLower(part)
		if part != "api" && part != "apis" {
			parts = append(parts, part)
			continue
		}
		for len(parts) > 0 && slices.Contains(apiKinds, parts[len(parts)-1]) {
			parts = parts[:len(parts)-1]
		}
	}
	for len(parts) > 0 && slices.Contains(leadingWords, parts[0]) {
		parts = parts[1:]
	}
	return asWord(parts)
}

var (
	versions     = regexp.MustCompile(`(?i)\b(v|version|release)\.? ?[0-9]+(\.[0-9]+)*\b|\b[0-9]+(\.[0-9]+)+\b`)
	apiKinds     = []string{"rest", "restful", "http", "web", "json"}
	leadingWords = []string{"the", "a", "an", "our", "for", "of", "to"}
)

// maxWord limits the length of words, since names of packages and commands are typed.
const maxWord = 30

// asWord joins words, as many as fit, into a name.
func asWord(parts []string) string {
	word := ""
	for _, part := range parts {
		if word != "" && len(word)+len(part) > maxWord {
			break
		}
		word += part
	}
	word = word[:min(len(word), maxWord)]
	switch {
	case word == "":
		return ""
	case word[0] <= '9':
		return "api" + word
	case slices.Contains(keywords, word):
		return word + "api"
	}
	return word
}

// wordsOf returns the runs of ASCII letters and digits of the transliterated text. Symbols, which are transliterated to
// names rather than sounds, separate words.
func wordsOf(text string) []string {
	return words(strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("'’", r):
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			return r
		}
		return ' '
	}, text))
}

// keywords are the reserved words of Python, Go, JavaScript, Java and C#; no package or module can be named so.
var keywords = strings.Fields(`
	abstract and as assert async await base bool boolean break byte case catch chan char class const continue debugger decimal
	def default defer del delete do double elif else enum event except export extends extern fallthrough false final finally
	float for foreach from func function global go goto if implements import in instanceof int interface internal is lambda let
	lock long map namespace native new nil none nonlocal not null object operator or out override package params pass print
	private protected public raise range readonly record ref return sealed select short static string struct super switch
	synchronized this throw throws transient true try type typeof uint undefined unsafe using var virtual void volatile while with
	yield`)
