package example

import (
	"iter"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/value"
)

// texts returns strings: in a format or as the name suggests, then the example with numbers, then those matching a
// pattern, then all short ones, then those that examples are made from.
func (v *variation) texts(r request, form *constraints, example *value.Value) []iter.Seq[*value.Value] {
	l := length{form.atLeast("minLength"), form.atMost("maxLength", math.MaxInt)}
	if l.least > l.most || l.least > maxText {
		return nil
	}
	base := example.StringOr("")
	var sources []iter.Seq[*value.Value]
	formats := form.all("format")
	for _, format := range formats {
		if next := successors[format.StringOr("")]; next != nil {
			sources = append(sources, succeeding(base, next))
		}
	}
	if len(sources) == 0 {
		sources = append(sources, suggested(r.name, base)...)
		for _, separator := range []string{" ", "-", "_", ""} {
			sources = append(sources, numberedFrom(baseText(r.name, base), separator, l))
		}
	}
	for _, pattern := range form.all("pattern") {
		sources = append(sources, along(pattern.StringOr(""), l)...)
	}
	const maxLength = 12
	for n := max(l.least, 1); n <= min(l.most, max(l.least, maxLength)); n++ {
		sources = append(sources, along("[a-z0-9]{"+itoa(n)+"}", l)...)
	}
	return append(sources, func(yield func(*value.Value) bool) { v.sampler().texts(r.name, form, yield) })
}

// baseText returns the text to append numbers to: a given example or a text that ends in a number unchanged, else the
// name as a heading.
func baseText(name, example string) string {
	words := wordsOf(name)
	if example != "" && example != words {
		return example
	}
	if _, isNumbered := increased(words, 1); isNumbered {
		return words
	}
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}

// numberedFrom returns the text followed by the numbers from 2 on, or, if it ends in a number, by the following ones.
func numberedFrom(base, separator string, l length) iter.Seq[*value.Value] {
	return func(yield func(*value.Value) bool) {
		for n := 1; ; n++ {
			text, isNext := increased(base, n)
			if !isNext {
				number := separator + itoa(n+1)
				if len(number) > l.most {
					return
				}
				text = stretch(base, length{max(0, l.least-len(number)), max(0, l.most-len(number))}) + number
			}
			if !yield(value.String(text)) {
				return
			}
		}
	}
}

// increased adds n to the number that a text ends in, keeping leading zeros: SF-12 gives SF-13. It returns false if the
// text does not end in a number, or in one of more than 18 digits.
func increased(text string, n int) (string, bool) {
	start := len(text)
	for start > 0 && text[start-1] >= '0' && text[start-1] <= '9' {
		start--
	}
	digits := text[start:]
	if digits == "" || len(digits) > 18 {
		return "", false
	}
	number := 0
	for _, d := range digits {
		number = 10*number + int(d-'0')
	}
	next := itoa(number + n)
	return text[:start] + strings.Repeat("0", max(0, len(digits)-len(next))) + next, true
}

// suggested returns texts for the last word of a name whose values have a well-known form.
func suggested(name, example string) []iter.Seq[*value.Value] {
	words := split(name)
	if len(words) == 0 || example != "" && example != wordsOf(name) {
		return nil
	}
	last := words[len(words)-1]
	if list := wellKnown[last]; list != nil {
		return []iter.Seq[*value.Value]{slices.Values(value.Strings(list...).Items)}
	}
	format := formatOf[last]
	if last == "at" && len(words) > 1 {
		format = "date-time"
	}
	if next := successors[format]; next != nil {
		return []iter.Seq[*value.Value]{succeeding(example, next)}
	}
	return nil
}

// formatOf maps words in byName to their formats.
var formatOf = map[string]string{
	"color": "color", "colour": "color", "email": "email", "host": "hostname", "hostname": "hostname", "href": "uri", "isbn": "isbn", "link": "uri",
	"phone": "phone", "uri": "uri", "url": "uri", "uuid": "uuid", "version": "semver", "website": "uri",
}

// wellKnown holds codes that are not just a text with a number.
var wellKnown = map[string][]string{
	"country":  {"US", "GB", "DE", "FR", "ES", "IT", "JP", "BR", "IN", "ZA", "AU", "CA", "MX", "NL", "SE", "PL", "KE", "NG", "KR", "CL"},
	"currency": {"EUR", "USD", "GBP", "JPY", "CHF", "SEK", "PLN", "BRL", "INR", "ZAR", "AUD", "CAD", "MXN", "KRW"},
	"language": {"en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl", "ja", "ko", "zh", "hi", "sw", "ar", "tr"},
	"locale":   {"en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "it-IT", "pt-BR", "nl-NL", "sv-SE", "pl-PL", "ja-JP", "ko-KR"},
	"timezone": {"UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/Sao_Paulo", "Asia/Tokyo", "Asia/Kolkata", "Africa/Nairobi"},
}

// succeeding returns the consecutive texts of a format.
func succeeding(base string, next func(base string, n int) string) iter.Seq[*value.Value] {
	return func(yield func(*value.Value) bool) {
		for n := 1; ; n++ {
			text := next(base, n)
			if text == "" || !yield(value.String(text)) {
				return
			}
		}
	}
}
