package validate

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// never are the characters that RFC 5892, section 2.6 and 2.9, excludes although their categories would permit them.
var never = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0640, Hi: 0x0640, Stride: 1}, {Lo: 0x07fa, Hi: 0x07fa, Stride: 1}, {Lo: 0x1100, Hi: 0x11ff, Stride: 1},
	{Lo: 0x302e, Hi: 0x302f, Stride: 1}, {Lo: 0x3031, Hi: 0x3035, Stride: 1}, {Lo: 0x303b, Hi: 0x303b, Stride: 1},
	{Lo: 0xa960, Hi: 0xa97c, Stride: 1}, {Lo: 0xd7b0, Hi: 0xd7fb, Stride: 1},
}}

// isPermitted reports whether a character is allowed anywhere in a label: letters, digits and marks that neither case
// folding nor compatibility mapping changes, and a few exceptions.
func isPermitted(r rune) bool {
	switch {
	case r == '-' || r == 'ß' || r == 'ς' || r == '\u06fd' || r == '\u06fe' || r == '\u0f0b' || r == '\u3007':
		return true
	case unicode.Is(never, r) || isArabicDigit(r) || isExtendedArabicDigit(r):
		return false
	case !unicode.In(r, unicode.Ll, unicode.Lo, unicode.Lm, unicode.Mn, unicode.Mc, unicode.Nd):
		return false
	}
	text := string(r)
	return norm.NFKC.String(strings.ToLower(norm.NFKC.String(text))) == text
}

func isArabicDigit(r rune) bool         { return '\u0660' <= r && r <= '\u0669' }
func isExtendedArabicDigit(r rune) bool { return '\u06f0' <= r && r <= '\u06f9' }

// isPermittedHere reports whether a character is allowed in its context (RFC 5892, appendix A).
func isPermittedHere(label []rune, i int) bool {
	var before, after rune
	if i > 0 {
		before = label[i-1]
	}
	if i+1 < len(label) {
		after = label[i+1]
	}
	switch r := label[i]; {
	case r == '\u200c':
		return isVirama(before) || unicode.Is(unicode.Arabic, before) && unicode.Is(unicode.Arabic, after)
	case r == '\u200d':
		return isVirama(before)
	case r == '\u00b7':
		return before == 'l' && after == 'l'
	case r == '\u0375':
		return unicode.Is(unicode.Greek, after)
	case r == '\u05f3' || r == '\u05f4':
		return unicode.Is(unicode.Hebrew, before)
	case r == '\u30fb':
		return slices.ContainsFunc(label, func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han) })
	case isArabicDigit(r):
		return !slices.ContainsFunc(label, isExtendedArabicDigit)
	case isExtendedArabicDigit(r):
		return !slices.ContainsFunc(label, isArabicDigit)
	}
	return false
}

// isVirama reports whether a character has the combining class of a virama.
func isVirama(r rune) bool {
	const virama = 9
	return norm.NFC.PropertiesString(string(r)).CCC() == virama
}

// The parameters of Punycode (RFC 3492, section 5).
const (
	puny     = 36 // the base
	punyTMin = 1
	punyTMax = 26
	punySkew = 38
	punyDamp = 700
	punyBias = 72
)

// punycodeLength returns how many letters a label has in Punycode (RFC 3492, section 6.3).
func punycodeLength(label string) int {
	runes := []rune(label)
	length := 0
	for _, r := range runes {
		if r <= unicode.MaxASCII {
			length++
		}
	}
	handled := length
	if length > 0 {
		length++ // the delimiter
	}
	delta, bias, isFirst := 0, punyBias, true
	for n := rune(unicode.MaxASCII + 1); handled < len(runes); n++ {
		next := rune(unicode.MaxRune)
		for _, r := range runes {
			if r >= n {
				next = min(next, r)
			}
		}
		delta += int(next-n) * (handled + 1)
		n = next
		for _, r := range runes {
			if r < n {
				delta++
			}
			if r == n {
				length += punycodeDigits(delta, bias)
				handled++
				bias = punycodeBias(delta, handled, isFirst)
				delta, isFirst = 0, false
			}
		}
		delta++
	}
	return length
}

// punycodeDigits returns how many digits a delta has.
func punycodeDigits(delta, bias int) int {
	for digits, k := 1, puny; ; digits, k = digits+1, k+puny {
		t := min(max(k-bias, punyTMin), punyTMax)
		if delta < t {
			return digits
		}
		delta = (delta - t) / (puny - t)
	}
}

// punycodeBias adapts the bias (RFC 3492, section 6.1).
func punycodeBias(delta, handled int, isFirst bool) int {
	if isFirst {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / handled
	k := 0
	for ; delta > (puny-punyTMin)*punyTMax/2; k += puny {
		delta /= puny - punyTMin
	}
	return k + (puny-punyTMin+1)*delta/(delta+punySkew)
}
