package name

import (
	"cmp"
	_ "embed"
	"regexp"
	"strings"
	"sync"
)

// counters are what words that are seldom used in the plural are counted in where that is not a record.
var counters = pairs(`clothing item content item equipment item feedback item furniture item luggage item baggage item media item
	merchandise item mms message news item sms message staff member`)

// Counted returns the words for one thing and for several: book and books. What has no plural, and what English cannot
// inflect, is counted: data record, news items, straßen records.
func Counted(singular, plural string) (one, many string) {
	one, many = Words(singular), Words(plural)
	before, head, rest := headWord(one)
	lower := strings.ToLower(head)
	switch counter := counters[lower]; {
	case counter != "" || massNouns[lower] || isLetter(one) || one == many && !isPlain(head):
		counter = cmp.Or(counter, "record")
		return one + " " + counter, one + " " + counter + "s"
	case one == many && !zeroPlurals[lower]:
		many = before + pluralOf(head) + rest
	}
	return one, many
}

// CountedTitle returns the words for one thing and for several from the title of one, or of several.
func CountedTitle(title string) (one, many string) {
	before, head, rest := headWord(Words(title))
	singular, plural := bothForms(head)
	return Counted(before+singular+rest, before+plural+rest)
}

// headWord divides words around the one that is inflected: the last, or that before "of".
func headWord(words string) (before, head, rest string) {
	if i := strings.Index(words, " of "); i > 0 {
		words, rest = words[:i], words[i:]
	}
	i := strings.LastIndexByte(words, ' ') + 1
	return words[:i], words[i:], rest
}

// IsPhrase reports whether words can stand after an article: several words without one that joins or places others, such
// as library book, and no statement.
func IsPhrase(words string) bool {
	for i, word := range strings.Fields(words) {
		if notInNouns[word] || i == 0 && notFirst[word] {
			return false
		}
	}
	return phrase.MatchString(words)
}

// IsNoun reports whether words surely name something, so that "the" can stand before them and "of a book" behind: title,
// date of birth, ISBNs, but not published, is active or created at.
func IsNoun(words string) bool {
	if !IsPhrase(words) {
		return false
	}
	_, head, _ := headWord(words)
	if _, ok := spelling(head); ok || isInitialism(head) {
		return true
	}
	one, _ := bothForms(head)
	return nouns()[one] || oneForm[one] || nounEnding.MatchString(one)
}

var (
	phrase     = regexp.MustCompile(`^\p{L}[\p{L}\p{M}\p{N}'’ -]*$`)
	nounEnding = regexp.MustCompile(`..(tion|sion|ment|ness|ity|ship|hood|ance|ence|ency|ancy|ism|tor|graphy|meter|name|time)$`)
)

// notFirst are the words with which the name of a statement, a switch or a restriction begins.
var notFirst = set(`is has have had can could should will would was were are am be do does did must may might needs allow allows
	enable enables include includes exclude use uses show shows hide hides no not non requires supports accepts send sends skip starts ends begins contains`)

// notInNouns are words that join or place others.
var notInNouns = set(`by at on in to from for with without until till since after before per as if when than then or and via into onto
	over under within between a an the this that its it my your their`)

//go:embed nouns.txt
var nounList string

// nouns returns heads of names that properties have, those apart whose ending shows it.
var nouns = sync.OnceValue(func() map[string]bool { return set(nounList) })
