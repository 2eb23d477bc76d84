package python

import (
	"regexp"
	"strings"
)

// coding matches the declaration of a file's encoding (PEP 263).
var coding = regexp.MustCompile(`^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)`)

// checkEncoding refuses a declared encoding that is not UTF-8, in the first line or, where that holds only space or a
// comment, the second.
func checkEncoding(text string) *Error {
	text = strings.TrimPrefix(text, "\ufeff")
	start := 0
	for range 2 {
		end := lineEnd(text, start)
		line := text[start:end]
		if found := coding.FindStringSubmatchIndex(line); found != nil {
			name := strings.ReplaceAll(strings.ToLower(line[found[2]:found[3]]), "_", "-")
			if name != "utf-8" && !strings.HasPrefix(name, "utf-8-") || name == "utf-8-sig" {
				return errorAt(text, start+found[2], "the file declares an encoding other than UTF-8")
			}
			return nil
		}
		if rest := strings.TrimLeft(line, " \t\f"); rest != "" && rest[0] != '#' {
			return nil
		}
		start = end + breakSize(text[end:])
	}
	return nil
}
