package command

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible returns a text for people with everything that would control the terminal escaped: control characters except
// line breaks and tabs, characters that change the direction of text, and bytes that are not UTF-8. Names in a
// third-party repository may contain any of them.
func visible(text string) string {
	return escaped(text, func(r rune) bool { return r != '\n' && r != '\t' && isHidden(r) })
}

// visibleLine is visible for a name, in which line breaks and tabs are escaped, too.
func visibleLine(text string) string { return escaped(text, isHidden) }

// isHidden reports whether a terminal would obey the character, or could end a line at it.
func isHidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

func escaped(text string, isEscaped func(r rune) bool) string {
	if utf8.ValidString(text) && !strings.ContainsFunc(text, isEscaped) {
		return text
	}
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[0])
		case isEscaped(r) && r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case isEscaped(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteString(text[:size])
		}
		text = text[size:]
	}
	return b.String()
}

// visibleWriter writes texts for people. Each Write is a whole text.
type visibleWriter struct{ io.Writer }

// Write implements io.Writer.
func (w visibleWriter) Write(text []byte) (int, error) {
	if _, err := io.WriteString(w.Writer, visible(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}
