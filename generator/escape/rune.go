package escape

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible reports whether a character above ASCII can be in source unchanged. Characters that readers strip or reject,
// that are invisible or that change the direction of text (C1 controls, line and paragraph separators, byte order mark,
// bidirectional controls, non-characters) are written as escapes instead.
func visible(r rune) bool {
	const joiner, nonJoiner = '\u200d', '\u200c' // emoji and several scripts need them
	return strconv.IsPrint(r) || r == joiner || r == nonJoiner || unicode.Is(unicode.Zs, r)
}

// oneLine returns s without line breaks and control characters: each run of them becomes one space, and invisible
// characters become U+FFFD.
func oneLine(s string) string {
	clean := true
	for _, r := range s {
		if r < ' ' || r > '~' && (r == utf8.RuneError || !visible(r)) {
			clean = false
			break
		}
	}
	if clean && s == strings.Trim(s, " ") {
		return s
	}
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case r < ' ' || r == 0x7f || r == 0x85 || r == '\u2028' || r == '\u2029' || unicode.IsControl(r):
			space = true
			continue
		case r > '~' && !visible(r):
			r = utf8.RuneError
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return strings.Trim(b.String(), " ")
}

const hexDigits = "0123456789ABCDEF"

// appendHex appends the given number of hexadecimal digits of r.
func appendHex(b []byte, r rune, digits int) []byte {
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		b = append(b, hexDigits[r>>shift&15])
	}
	return b
}
