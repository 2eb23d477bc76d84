// Package name derives names: singular and plural, types, keys, identifiers, path segments, and the nearest word
// to a mistyped one.
//
// It answers one question: what is this called there? Names that it makes are ASCII: letters of other scripts are
// transliterated, and characters without a transliteration become u and their code point. A Set knows which names are
// taken.
package name

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/text/unicode/norm"
)

// Type returns the name of a type in Pascal case: PostalCode for postal_code, Strassen for straßen.
func Type(text string) string { return Pascal(text) }

// Pascal returns a text in Pascal case, letters and digits only: FooBar for foo-bar, U2d for a hyphen alone and
// Empty for nothing.
func Pascal(text string) string {
	var b strings.Builder
	for _, word := range words(text) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	if b.Len() == 0 {
		return fallback(text, "Empty", "U")
	}
	return b.String()
}

// Key returns a text as a key of letters, digits, _ and -: header_key for "header key". It is never empty.
func Key(text string) string { return key(text, "-", "empty") }

// Parameter returns a text as an ASCII identifier: item_id for item-id, _2fa for 2fa.
func Parameter(text string) string {
	identifier := key(text, "", "empty")
	if identifier[0] >= '0' && identifier[0] <= '9' {
		return "_" + identifier
	}
	return identifier
}

// avoided are the keys that break JavaScript readers: every object has them, or cannot have them.
var avoided = map[string]bool{"__proto__": true, "hasOwnProperty": true, "constructor": true, "prototype": true}

// key keeps letters, digits, _ and the given characters; each run of others becomes one _.
func key(text, keep, empty string) string {
	var b strings.Builder
	gap := false
	ascii := ascii(text)
	for i := range len(ascii) {
		c := ascii[i]
		if isWord(c) || c == '_' || strings.IndexByte(keep, c) >= 0 {
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteByte(c)
			continue
		}
		gap = true
	}
	if b.Len() == 0 {
		return fallback(text, empty, "u")
	}
	if avoided[b.String()] {
		b.WriteByte('_')
	}
	return b.String()
}

// fallback returns a name for a text without letters and digits, from its code points.
func fallback(text, empty, prefix string) string {
	if text == "" {
		return empty
	}
	var b strings.Builder
	for _, r := range text {
		fmt.Fprintf(&b, "%s%x", prefix, r)
	}
	return b.String()
}

// words returns the runs of letters and digits of a text, with camelCase split into its words.
func words(text string) []string {
	var list []string
	start := -1
	ascii := ascii(text)
	for i := range len(ascii) {
		c := ascii[i]
		switch {
		case !isWord(c):
			if start >= 0 {
				list = append(list, ascii[start:i])
			}
			start = -1
		case start < 0:
			start = i
		}
	}
	if start >= 0 {
		list = append(list, ascii[start:])
	}
	return list
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// ascii transliterates a text. Diacritics are dropped; a character without a transliteration becomes u and its code
// point, so that names which differ only in it stay different.
func ascii(text string) string {
	if isASCII(text) {
		return text
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(text) {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		latin := unidecode.Unidecode(string(r))
		switch {
		case strings.ContainsFunc(latin, func(r rune) bool { return isWord(byte(r)) }):
			b.WriteString(latin)
		case unicode.IsMark(r):
		case unicode.IsSpace(r) || unicode.IsPunct(r):
			b.WriteByte(' ')
		default:
			fmt.Fprintf(&b, "u%x", r)
		}
	}
	return b.String()
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Segment returns a text as one segment of a path, every character but the unreserved ones percent-encoded
// (RFC 3986, section 2.3).
func Segment(text string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; isWord(c) || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
		}
	}
	return b.String()
}
