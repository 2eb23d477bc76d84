package name

import (
	"cmp"
	_ "embed"
	"regexp"
	"strings"
	"sync"
)

// counters are the units in which words that are seldom used in the plural are counted, if that is not a record.
var counters = pairs(`clothing item content item equipment item feedback item furniture item luggage item baggage item media item
	merchandise item mms message news item sms message staff member`)

// Counted returns the phrases for one thing and for several: book and books. Words without a plural, and those that
// English cannot inflect, are counted in units: data record, news items, straßen records.
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

// CountedTitle returns the phrases for one thing and for several from a title in either number.
func CountedTitle(title string) (one, many string) {
	before, head, rest := headWord(Words(title))
	singular, plural := bothForms(head)
	return Counted(before+singular+rest, before+plural+rest)
}

// headWord splits words around the one that is inflected: the last, or that before "of".
func headWord(words string) (before, head, rest string) {
	if i := strings.Index(words, " of "); i > 0 {
		words, rest = words[:i], words[i:]
	}
	i := strings.LastIndexByte(words, ' ') + 1
	return words[:i], words[i:], rest
}

// IsPhrase reports whether words can follow an article: several words without a conjunction or preposition, such as
// library book, that do not form a statement.
func IsPhrase(words string) bool {
	for i, word := range strings.Fields(words) {
		if notInNouns[word] || i == 0 && notFirst[word] {
			return false
		}
	}
	return phrase.MatchString(words)
}

// IsNoun reports whether words certainly name something, so that they can follow "the" and precede "of a book": title,
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

// notFirst are the words that begin the name of a statement, a switch or a restriction.
var notFirst = set(`is has have had can could should will would was were are am be do does did must may might needs allow allows
	enable enables include includes exclude use uses show shows hide hides no not non requires supports accepts send sends skip starts ends begins contains`)

// notInNouns are conjunctions and prepositions.
var notInNouns = set(`by at on in to from for with without until till since after before per as if when than then or and via into onto
	over under within between a an the this that its it my your their`)

//go:embed nouns.txt
var nounList string

// nouns returns common nouns at the head of property names, except those recognisable by their ending.
var nouns = sync.OnceValue(func() map[string]bool { return set(nounList) })
