package output

import (
	"fmt"
	"strings"
	"unicode"
)

// Diff returns the unified diff of the change with three lines of context, its files named a/PATH and b/PATH, or
// /dev/null if there is none; nothing for a file that is kept. Windows line ends are not a difference.
func (c Change) Diff() []byte {
	if c.Action == Keep {
		return nil
	}
	from, to := "/dev/null", "/dev/null"
	if c.Old != nil {
		from = label("a/" + c.Path)
	}
	if c.New != nil {
		to = label("b/" + c.Path)
	}
	unified := Unified(from, to, string(withLF(c.Old)), string(withLF(c.New)))
	if unified == "" {
		return []byte("--- " + from + "\n+++ " + to + "\n") // an empty file
	}
	return []byte(unified)
}

// label returns a name for the head of a diff. A name with spaces ends in a tab, without which patch(1) would cut it
// off; one with unprintable characters is quoted as git does (git-config(1), core.quotePath).
func label(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		var b strings.Builder
		for _, c := range []byte(name) {
			switch {
			case c == '"' || c == '\\':
				b.WriteString(`\` + string(c))
			case c < ' ' || c > '~':
				fmt.Fprintf(&b, `\%03o`, c)
			default:
				b.WriteByte(c)
			}
		}
		return `"` + b.String() + `"`
	}
	if strings.Contains(name, " ") {
		return name + "\t"
	}
	return name
}
