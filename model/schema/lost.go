package schema

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// dialectNames are the names of dialects in messages, with the remedy.
var dialectNames = map[Dialect]struct{ called, instead string }{
	Draft7:    {"draft 7 of JSON Schema, in which AsyncAPI documents are written,", "say it by other keywords"},
	OpenAPI30: {"OpenAPI 3.0", "say it by other keywords, or write a later version of OpenAPI"},
	OpenAPI31: {"OpenAPI", "say it by other keywords"},
}

// loss is a keyword of a definition that a dialect lacks.
type loss struct {
	dialect Dialect
	pos     value.Pos
	keyword string
}

// lose records an assertion that is written as an extension.
func (w *writer) lose(m value.Member) {
	if w.losses == nil || m.Pos.Line == 0 || keywords[m.Name].note {
		return
	}
	*w.losses = append(*w.losses, loss{w.dialect, m.Pos, m.Name})
}

// Losses returns a warning for each keyword that Write has kept as an extension, because the dialect has neither it nor
// an equivalent: one per file, at the first occurrence.
func (d *Document) Losses() value.Problems {
	d.lock.Lock()
	defer d.lock.Unlock()
	slices.SortFunc(d.losses, func(a, b loss) int {
		return cmp.Or(cmp.Compare(a.dialect, b.dialect), cmp.Compare(a.pos.File, b.pos.File), cmp.Compare(a.pos.Line, b.pos.Line), cmp.Compare(a.pos.Col, b.pos.Col))
	})
	all := slices.Compact(slices.Clone(d.losses))
	var problems value.Problems
	for i, l := range all {
		isAlike := func(other loss) bool {
			return other.dialect == l.dialect && other.keyword == l.keyword && other.pos.File == l.pos.File
		}
		if slices.ContainsFunc(all[:i], isAlike) {
			continue
		}
		more := 0
		for _, other := range all[i+1:] {
			if isAlike(other) {
				more++
			}
		}
		name, where := dialectNames[l.dialect], ""
		if more > 0 {
			where = fmt.Sprintf(" (and %d more in this file)", more)
		}
		problems.Warn(value.LostKeyword, l.pos, name.instead+"; until then, the document keeps it as "+extensionName(l.keyword), "%s has no keyword %q%s", name.called, l.keyword, where)
	}
	return problems.Sorted()
}
