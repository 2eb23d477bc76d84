package value

import (
	"bytes"
	"regexp"
)

// conflictMarker finds the lines that git, and other programs that merge, leave around two sides that they could not
// put together.
var conflictMarker = regexp.MustCompile(`(?m)^(?:<{7}|>{7}|\|{7})(?:[ \r]|$)|^={7}\r?$`)

// conflict returns the place of the first conflict marker of the text and true, or false where there is none.
func (s *source) conflict() (Pos, bool) {
	at := conflictMarker.FindIndex(s.text)
	if at == nil {
		return Pos{}, false
	}
	return s.pos(at[0]), true
}

// hasBothSides reports whether the text has both ends of a conflict. YAML reads a conflict in JSON as names of several
// lines, which JSON does not have.
func (s *source) hasBothSides() bool {
	return bytes.Contains(s.text, []byte("\n<<<<<<< ")) && bytes.Contains(s.text, []byte("\n>>>>>>> "))
}
