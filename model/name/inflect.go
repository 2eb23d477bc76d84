package name

import (
	"maps"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-openapi/inflect"
)

// massNouns are uncountable words, which APIs use without a plural.
var massNouns = set(`data metadata media news information equipment money rice advice furniture luggage baggage homework weather
	evidence knowledge machinery clothing merchandise research music staff software hardware firmware middleware feedback traffic
	telemetry goods debris chaos analytics statistics physics ethics logistics mathematics economics politics kubernetes sms mms dns
	https http os ios css js ts tls ssl aws gcp gps cors rss is has this yes us kudos trousers scissors clothes tennis asbestos
	expertise`)

// zeroPlurals are words whose plural is the same, so they can mean one or several.
var zeroPlurals = set(`series species sheep fish deer moose aircraft headquarters means works chassis`)

// oneForm are words that are their own plural, in the way that APIs use them.
var oneForm = union(massNouns, zeroPlurals)

// irregular are singulars whose plural the library gets wrong, or for which it finds another one.
var irregular = pairs(`lens lenses canvas canvases gas gases atlas atlases iris irises bias biases pancreas pancreases
	index indexes alias aliases bus buses campus campuses virus viruses status statuses bonus bonuses plus pluses focus focuses
	corpus corpora menu menus video videos id ids ad ads tv tvs pc pcs api apis uri uris url urls vm vms pr prs pie pies tie ties
	human humans german germans roman romans talisman talismans shaman shamans safe safes cpu cpus gpu gpus toe toes
	tornado tornadoes avalanche avalanches tranche tranches moustache moustaches brownie brownies lie lies die dice cookie cookies movie movies calorie calories zombie zombies rookie rookies selfie selfies genie genies
	pixie pixies cache caches niche niches ache aches headache headaches base bases database databases case cases
	phase phases phrase phrases purchase purchases release releases lease leases expense expenses license licenses
	response responses course courses house houses warehouse warehouses use uses horse horses nurse nurses purse purses
	verse verses browse browses curse curses cause causes clause clauses pause pauses size sizes prize prizes 
	curve curves archive archives drive drives slave slaves sleeve sleeves glove gloves olive olives
	leaf leaves loaf loaves tooth teeth foot feet goose geese buzz buzzes tax taxes taxi taxis guru gurus emu emus thesis theses
	axis axes crisis crises analysis analyses cactus cacti fungus fungi nucleus nuclei stimulus stimuli
	radius radii alumnus alumni syllabus syllabi octopus octopuses census censuses nexus nexuses consensus consensuses genus genera
	walrus walruses lotus lotuses apparatus apparatuses stadium stadiums quota quotas zero zeros cargo cargos
	slice slices splice splices chalice chalices accomplice accomplices
	specimen specimens regimen regimens omen omens abdomen abdomens stamen stamens
	circus circuses chorus choruses surplus surpluses terminus termini stylus styluses sinus sinuses citrus citruses abacus abacuses
	thesaurus thesauri prospectus prospectuses hiatus hiatuses opus opuses modulus moduli locus loci torus tori
	wiki wikis emoji emojis kiwi kiwis alibi alibis ski skis poi pois kpi kpis gui guis cli clis abi abis sku skus
	half halves calf calves shelf shelves self selves thief thieves wolf wolves knife knives life lives wife wives elf elves
	scarf scarves dwarf dwarves hoof hooves criterion criteria bacterium bacteria phenomenon phenomena vertex vertices matrix matrices hero heroes echo echoes veto vetoes potato potatoes tomato tomatoes quiz quizzes schema schemas datum data`)

// plurals are the plurals in irregular, and others in use.
var plurals = reverse(irregular, pairs(`index indices schema schemata corpus corpuses person persons`))

func set(words string) map[string]bool {
	known := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		known[word] = true
	}
	return known
}

func union(sets ...map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, one := range sets {
		maps.Copy(all, one)
	}
	return all
}

func pairs(words string) map[string]string {
	known := map[string]string{}
	list := strings.Fields(words)
	for i := 0; i+1 < len(list); i += 2 {
		known[list[i]] = list[i+1]
	}
	return known
}

// reverse inverts a map of singulars to plurals. A word that is its own plural is left out.
func reverse(plurals ...map[string]string) map[string]string {
	singular := map[string]string{}
	for _, plural := range plurals {
		for one, many := range plural {
			if !oneForm[many] {
				singular[many] = one
			}
		}
	}
	return singular
}

// Forms returns the singular and the plural of a resource from its kind, which may be either, and from the
// singular and plural that its definition gives, which may be empty.
func Forms(kind, singular, plural string) (string, string) {
	one, many := bothForms(kind)
	switch {
	case singular == "":
		singular = one
	case singular != kind:
		many = kind
	default:
		many = pluralOf(singular)
	}
	if plural == "" {
		plural = many
	}
	return singular, plural
}

// headEnd returns where the head of a name ends if "of" follows: unit_of_measure, pointOfSale.
var headEnd = regexp.MustCompile(`[^_-][_-]of[_-]|[a-z0-9]Of[A-Z]`)

// splitHead splits a name after its head, the word that is inflected.
func splitHead(word string) (head, rest string) {
	if i := headEnd.FindStringIndex(word); i != nil {
		return word[:i[0]+1], word[i[0]+1:]
	}
	return word, ""
}

// pluralOf returns the plural of a word known to be singular.
func pluralOf(word string) string {
	word, rest := splitHead(word)
	before, last := split(word)
	if !isPlain(last) {
		return word + rest
	}
	return before + cased(last, pluralise(strings.ToLower(last))) + rest
}

// bothForms returns the singular and the plural of a name in either form, inflecting its head: the last word, or the
// one before "of".
func bothForms(word string) (singular, plural string) {
	word, rest := splitHead(word)
	before, last := split(word)
	if !isPlain(last) {
		return word + rest, word + rest
	}
	one, many := inflectWord(strings.ToLower(last))
	return before + cased(last, one) + rest, before + cased(last, many) + rest
}

// inflectWord inflects a lower-case word. A word counts as a plural only if it is the plural of its supposed singular.
func inflectWord(word string) (singular, plural string) {
	if oneForm[word] {
		return word, word
	}
	if one, ok := plurals[word]; ok {
		return one, word
	}
	if many, ok := irregular[word]; ok {
		return word, many
	}
	if before, ok := strings.CutSuffix(word, "ves"); ok && before != "" {
		return before + "ve", word // those that end in f are in the list
	}
	if one := inflect.Singularize(word); one != word && isPlainWord(one) && pluralise(one) == word && !isSingular(word) {
		return one, word
	}
	return word, pluralise(word)
}

// isSingular reports whether a word has no plural ending. An s is not one in class, status and analysis, nor in words
// too short for it: os, aws. Plurals that look like those (menus, taxis) are in the list, as are Latin plurals, since
// most words in a are singular: idea, camera.
func isSingular(word string) bool {
	for _, ending := range []string{"ss", "us", "is"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	for _, ending := range []string{"people", "children", "men", "mice", "lice", "oxen"} {
		if strings.HasSuffix(word, ending) {
			return false
		}
	}
	return len(word) <= 3 || !strings.HasSuffix(word, "s")
}

// pluralise returns the plural of a lower-case singular.
func pluralise(word string) string {
	if oneForm[word] {
		return word
	}
	if many, ok := irregular[word]; ok {
		return many
	}
	if strings.HasSuffix(word, "a") {
		return word + "s"
	}
	many := inflect.Pluralize(word)
	switch {
	case many == word && strings.HasSuffix(word, "us"): // which the library takes for a plural
		return word + "es"
	case isPlainWord(many):
		return many
	}
	return word + "s"
}

// split splits a name before its last word, in any of the styles blog_posts, blog-posts and blogPosts.
func split(text string) (before, last string) {
	start := 0
	previous := rune(0)
	for i, r := range text {
		switch {
		case r == '_' || r == '-':
			start = i + 1
		case unicode.IsUpper(r) && (unicode.IsLower(previous) || unicode.IsDigit(previous)):
			start = i
		}
		previous = r
	}
	return text[:start], text[start:]
}

// isPlain reports whether a word can be inflected: English words contain no other letters than these.
func isPlain(word string) bool {
	for _, r := range word {
		if r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return word != ""
}

// isPlainWord reports whether the library returned a lower-case word, and not one of its acronyms.
func isPlainWord(word string) bool { return isPlain(word) && strings.ToLower(word) == word }

// cased gives a word the capitals of the word that it is a form of, as far as both begin the same.
func cased(like, word string) string {
	letters := []byte(word)
	for i := range min(len(like), len(word)) {
		if like[i]|0x20 != word[i]|0x20 {
			break
		}
		letters[i] = like[i]
	}
	return string(letters)
}
