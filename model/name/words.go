package name

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words returns a name as written in a sentence: postal code for postal_code and postalCode, ISBN for isbn, camel case
// HTTP server ID for camelCaseHTTPServerID. A text with spaces, such as a title, keeps its words, without title case:
// date of birth for Date of Birth.
func Words(text string) string {
	var list []string
	if strings.ContainsFunc(text, unicode.IsSpace) {
		list = sentence(strings.Fields(text))
	} else {
		list = identifier(text)
	}
	if len(list) == 0 {
		return text
	}
	if len(list) == 1 && isLetter(list[0]) {
		return strings.ToUpper(list[0])
	}
	for i := len(list) - 2; i >= 0; i-- {
		if joined, ok := hyphenated[strings.ToLower(list[i]+"-"+list[i+1])]; ok {
			list = slices.Replace(list, i, i+2, joined)
		}
	}
	return strings.Join(list, " ")
}

// hyphenated are words that names write as two.
var hyphenated = bySmallLetters(`add-on built-in check-in check-out e-mail follow-up full-time long-term one-time opt-in opt-out part-time
	real-time short-term sign-up T-shirt U-turn X-ray X-rays x-axis x-coordinate y-axis y-coordinate z-axis z-coordinate`)

func bySmallLetters(words string) map[string]string {
	known := map[string]string{}
	for word := range strings.FieldsSeq(words) {
		known[strings.ToLower(word)] = word
	}
	return known
}

// Heading returns a name as a heading: Postal codes for postal_codes.
func Heading(text string) string { return Capital(Words(text)) }

// Capital returns words with an initial capital, unless their spelling forbids it: iOS stays.
func Capital(words string) string {
	first, _, _ := strings.Cut(words, " ")
	if strings.ContainsFunc(first, unicode.IsUpper) {
		return words
	}
	initial, size := utf8.DecodeRuneInString(words)
	if size == 0 {
		return ""
	}
	return string(unicode.ToTitle(initial)) + words[size:]
}

// identifier returns the words of a name in any of the styles without spaces.
func identifier(text string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("_-.", r) }) {
		if strings.ContainsFunc(part, unicode.IsUpper) && isLettersAndDigits(part) {
			list = append(list, Humps(part)...)
		} else {
			list = append(list, part)
		}
	}
	isScreaming := len(list) > 1 && !strings.ContainsFunc(text, unicode.IsLower)
	for i, word := range list {
		if spelled, ok := spelling(word); ok {
			list[i] = spelled
		} else if isLettersAndDigits(word) && (isScreaming || !isInitialism(word)) {
			list[i] = strings.ToLower(word)
		}
	}
	return list
}

// sentence undoes title case. If a later word is not capitalised, only the first word can be.
func sentence(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	isHeading := !slices.ContainsFunc(list[1:], func(word string) bool {
		first, _ := utf8.DecodeRuneInString(word)
		return len(word) > 3 && unicode.IsLower(first)
	})
	for i, word := range list {
		if spelled, ok := spelling(word); ok {
			list[i] = spelled
		} else if i == 0 || isHeading {
			list[i] = withoutCapital(word)
		}
	}
	return list
}

// withoutCapital returns a word without its initial capital, unless it has other capitals.
func withoutCapital(word string) string {
	_, size := utf8.DecodeRuneInString(word)
	if strings.ContainsFunc(word[size:], unicode.IsUpper) {
		return word
	}
	return strings.ToLower(word)
}

// Humps splits camelCase into its words. Initialisms stay whole, even in the plural and next to a word: HTTPServer is
// HTTP and Server, imageURLs is image and URLs.
func Humps(text string) []string {
	letters := []rune(text)
	var list []string
	for start := 0; start < len(letters); {
		end := start + 1
		if n := mixedCaseAt(letters[start:]); n > 0 {
			end = start + n
		} else {
			for end < len(letters) && !isBoundary(letters, end) {
				end++
			}
		}
		list = append(list, string(letters[start:end]))
		start = end
	}
	return list
}

// isBoundary reports whether a word of camelCase begins at i.
func isBoundary(letters []rune, i int) bool {
	if !unicode.IsUpper(letters[i]) {
		return false
	}
	if !unicode.IsUpper(letters[i-1]) {
		return unicode.IsLower(letters[i-1]) || unicode.IsDigit(letters[i-1])
	}
	rest := letters[i+1:]
	return len(rest) > 0 && unicode.IsLower(rest[0]) && !isPluralS(rest)
}

// isInitialism reports whether a word is written in capitals, except for a plural s.
func isInitialism(word string) bool {
	word = strings.TrimSuffix(word, "s")
	isOther := func(r rune) bool { return !unicode.IsUpper(r) && !unicode.IsDigit(r) }
	return utf8.RuneCountInString(word) > 1 && strings.ContainsFunc(word, unicode.IsUpper) && !strings.ContainsFunc(word, isOther)
}

func isLetter(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsLetter(r)
}

func isLettersAndDigits(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}
