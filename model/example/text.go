package example

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/value"
)

// maxText limits the length of generated strings, in code points.
const maxText = 10_000

// length bounds the number of code points of a string.
type length struct{ least, most int }

func (l length) allows(text string) bool {
	n := utf8.RuneCountInString(text)
	return l.least <= n && n <= l.most
}

// texts yields strings: in a format, as the name suggests, matching a pattern, then plain ones.
func (s *sampler) texts(name string, c *constraints, yield func(*value.Value) bool) {
	l := length{c.atLeast("minLength"), c.atMost("maxLength", math.MaxInt)}
	if l.least > l.most || l.least > maxText {
		return
	}
	offer := func(text string) bool { return !l.allows(text) || yield(value.String(text)) }
	for _, format := range c.all("format") {
		if !inFormat(format.StringOr(""), name, l, offer) {
			return
		}
	}
	for _, keyword := range []string{"contentEncoding", "contentMediaType"} {
		for _, v := range c.all(keyword) {
			if text := ofContent[v.StringOr("")]; text != "" && !offer(text) {
				return
			}
		}
	}
	words := wordsOf(name)
	if !offer(words) || !offer(stretch(words, l)) {
		return
	}
	for _, pattern := range c.all("pattern") {
		if !alongPattern(pattern.StringOr(""), l, offer) {
			return
		}
	}
	plain(words, l, offer)
}

// ofContent holds texts in common encodings and media types (JSON Schema 2020-12, validation, section 8).
var ofContent = map[string]string{
	"base64":           "aGVsbG8=",
	"base32":           "NBSWY3DP",
	"base16":           "68656c6c6f",
	"application/json": "{}",
	"text/html":        "<p>text</p>",
}

// stretch makes a text as long as required by repeating it, or as short by cutting it.
func stretch(text string, l length) string {
	runes := []rune(text)
	if len(runes) > l.most {
		return string(runes[:l.most])
	}
	if len(runes) >= l.least {
		return text
	}
	if len(runes) == 0 {
		runes = []rune("text")
	}
	unit := append([]rune{' '}, runes...)
	for len(runes) < l.least {
		runes = append(runes, unit...)
	}
	runes = runes[:l.least]
	if runes[len(runes)-1] == ' ' {
		runes[len(runes)-1] = 'x'
	}
	return string(runes)
}

// plainTexts are tried if nothing better is valid, for example for patterns that are not supported.
var plainTexts = []string{
	"text", "abc", "ab", "a", "Example1", "a1b2c3d4", "Example-1", "Abcdef1!", "A1", "A", "ABC", "AB", "ABCDEF", "1", "12", "123",
	"1234", "12345", "123456", "12345678", "1234567890", "1.0", "1.0.0", "abc123", "abc-123", "abc_123", "ABC123",
	"ABC-123", "a b", "x", "y", "/", "/a", "a/b", "/a/b", "a.b", "a:b", "#", "-", "_", ".", "é", "Ä", "", " ",
	"2026-01-31", "09:30", "09:30:00", "example.com", "user@example.com", "https://example.com/", "+15550100",
	"true", "null", "{}", "[]", "00", "0", "000000", "aA1!aA1!aA1!", "aaaaaaaa", "AAAAAAAA", "\n",
}

// plain yields numbered words, texts of various forms, and more numbered words, for schemas that reject the first ones.
func plain(words string, l length, offer func(string) bool) {
	const few = 4
	if numbered(words, 2, few, l, offer) && plainForms(l, offer) {
		numbered(words, few+1, maxTries, l, offer)
	}
}

func plainForms(l length, offer func(string) bool) bool {
	for _, text := range plainTexts {
		if !offer(text) {
			return false
		}
	}
	for _, text := range []string{"a", "A", "1", "a1"} {
		if !offer(strings.Repeat(text, (max(l.least, 1)+len(text)-1)/len(text))) {
			return false
		}
	}
	return true
}

// numbered yields the words with a number, shortened if they are too long.
func numbered(words string, from, to int, l length, offer func(string) bool) bool {
	for n := from; n <= to; n++ {
		number := " " + itoa(n)
		if len(number) > l.most {
			number = number[1:]
		}
		if !offer(stretch(words, length{max(0, l.least-len(number)), max(0, l.most-len(number))}) + number) {
			return false
		}
	}
	return true
}
