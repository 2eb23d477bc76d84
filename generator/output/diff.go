package output

import (
	"bytes"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff returns the unified diff of the change with three lines of context, its files named a/PATH and b/PATH, or
// /dev/null where there is none; nothing for a file that is kept. Line ends of Windows are no difference.
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
	lines := diff.Diff(from, unixed(c.Old), to, unixed(c.New))
	if lines == nil {
		return []byte("--- " + from + "\n+++ " + to + "\n") // an empty file
	}
	_, unified, _ := bytes.Cut(lines, []byte("\n"))
	return unified
}

// label returns a name for the head of a diff. A name with spaces ends in a tab, without which patch(1) takes it for
// shorter.
func label(name string) string {
	if strings.Contains(name, " ") {
		return name + "\t"
	}
	return name
}
