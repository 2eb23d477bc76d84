package name

import (
	"regexp"
	"strings"
)

var (
	vowelSound = regexp.MustCompile(`^([aeiou]|hour|heir|honou?r|honest|8|1[18](\D|$))`)
	otherSound = regexp.MustCompile(`^(uni([^dmn]|$)|unan|us[aeiu]|ut[eio]|ur[ai]|ubi|uk|eu|ew|one\b|once\b)`)
	// letterSound are the letters whose names begin with a vowel sound.
	letterSound = regexp.MustCompile(`(?i)^([aefhilmnorsx]|8|1[18](\D|$))`)
)

// saidAsWord are the initialisms that are pronounced as words.
var saidAsWord = set(`LAN MAC MIME NAT NATS RAM ROM SAML SKU SOAP SWIFT`)

// Indefinite puts a or an before words, by their sound: a URL, an SMS message, an hour, a European country.
func Indefinite(words string) string {
	first, _, _ := strings.Cut(strings.Trim(words, "“”\"'"), " ")
	isVowel := false
	if initial, _, _ := strings.Cut(first, "-"); isSpelledOut(initial) {
		isVowel = letterSound.MatchString(initial)
	} else {
		lower := strings.ToLower(ascii(first))
		isVowel = vowelSound.MatchString(lower) && !otherSound.MatchString(lower)
	}
	if isVowel {
		return "an " + words
	}
	return "a " + words
}

// isSpelledOut reports whether a word is pronounced letter by letter.
func isSpelledOut(word string) bool {
	return !saidAsWord[strings.TrimSuffix(word, "s")] && (isInitialism(word) || isLetter(word))
}
