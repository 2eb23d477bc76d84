package attack_test

import (
	"regexp"
	"slices"
	"strings"
)

// odd are characters that mean something somewhere.
var odd = []string{
	`"`, `'`, "`", "#", ":", ": ", "-", "- ", "[", "]", "{ ", " }", "(", ")", "<", ">", `\`, "\n", "\n\n", "\t", "\r", "\r\n", " ", "  ", "&", "*", "!", "|", "%", "@", ",", "$", "/", "=", ";", "~", "_",
	`"""`, "'''", "```", "---\n", "...\n", "<!--", "-->", "</script>", "//", "/*", "*/", "${", "f\"", "\\\n", "\x00", "\u00a0", "\u2028", "\u0085", "\ufeff",
}

// mutated returns the text with something deleted, doubled or put in.
func (m *maker) mutated(text string) string {
	pieces := split(text)
	if len(pieces) == 0 {
		return text
	}
	at := m.IntN(len(pieces))
	for range 8 { // a mark rather than a letter
		if strings.ContainsAny(pieces[at], "\"'`#:-[]{}()<>\\\n|&*!") && !strings.HasPrefix(pieces[at], "{{") {
			break
		}
		at = m.IntN(len(pieces))
	}
	switch m.IntN(6) {
	case 0:
		pieces = slices.Delete(pieces, at, at+1)
	case 1:
		pieces = slices.Insert(pieces, at, pieces[at])
	case 2, 3:
		pieces = slices.Insert(pieces, at, m.of(odd))
	case 4:
		pieces = slices.Insert(pieces, at, m.settled(m.action()))
	case 5:
		to := min(len(pieces), at+1+m.IntN(6))
		pieces = slices.Delete(pieces, at, to)
	}
	return strings.Join(pieces, "")
}

var pieceOf = regexp.MustCompile(`(?s)\{\{.*?\}\}|[\pL\pN]+| +|.`)

// split returns the actions, words and other characters of a template.
func split(text string) []string { return pieceOf.FindAllString(text, -1) }
