package escape

import (
	"fmt"
	"slices"
)

// blockStart decides whether a line belongs to the block scalar: it is deeper than the scalar's key.
func (s yamlState) blockStart(text string) (yamlState, int) {
	switch c := text[0]; {
	case s.col == 0 && (isMarker(text, "---") || isMarker(text, "...")):
		s.mode = yamlLineStart
		return s, 0
	case isBreak(c):
		s.col = 0
		return s, 1
	case c == ' ':
		s.col++
		return s, 1
	case s.col > s.parent:
		return s.blockLine(), 1
	}
	s.mode = yamlLineStart
	return s, 0
}

// blockLine returns the state in a line of a block scalar; the first one says in which column its lines begin.
func (s yamlState) blockLine() yamlState {
	if s.mode, s.last = yamlBlock, nil; s.block == 0 {
		s.block = s.col
	}
	return s
}

// blockLead follows a line of a block scalar that begins with an action.
func (r yamlReader) blockLead(s yamlState, c byte) yamlState {
	switch {
	case isBreak(c):
		r.refuse(s.last, r.blockHint(s, s.last), "the action is all of its line in a block scalar, where a text of several lines cannot be written")
		s.mode, s.col, s.last = yamlBlockStart, 0, nil
	case c != ' ':
		s.mode, s.last = yamlBlock, nil
	}
	return s
}

// inBlock places an action in a block scalar: in a line that has text of the template too, and so is one line.
func (r yamlReader) inBlock(s yamlState, a *action) yamlState {
	isLead := s.mode != yamlBlock
	switch {
	case s.mode == yamlHeader:
		r.refuse(a, "write the header of the block without an action", insideMsg, "the header of a block scalar")
		return s
	case s.col == 0:
		r.refuse(a, "indent the lines of the block", insideMsg, "a block scalar that is not indented")
	case s.col < s.block:
		r.refuse(a, "indent the line like the first one of the block", insideMsg, "a line that is indented less than its block scalar")
	case slices.Contains([]string{"indent", "nindent", "text", "comment"}, a.last):
		r.refuse(a, r.blockHint(s, a), insideMsg, "a block scalar")
	}
	var f flags
	if isLead {
		f = lineStartFlag
	}
	a.calls = append(a.calls, &call{writer: yamlBlockWriter, flags: f, hint: r.blockHint(s, a)})
	if s = s.blockLine(); isLead {
		s.mode, s.last = yamlBlockLead, a
	}
	return s
}

// blockHint says how to write a block scalar with an action in it whose value may have several lines.
func (r yamlReader) blockHint(s yamlState, a *action) string {
	column := max(s.parent, 0) + 2
	if s.kind == '>' {
		return "put the whole text in double quotes, on one line, in place of the block"
	}
	if form := blockForm(a, s.parent, column); form != "" {
		return "write " + form + " after the key, in place of the block"
	}
	return fmt.Sprintf("put the whole text into a partial of plain text, _NAME.txt.tmpl, and write {{- text (include \"NAME\" .) | nindent %d }} after the key, in place of the block", column)
}
