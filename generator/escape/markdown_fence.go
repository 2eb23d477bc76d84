package escape

import "strings"

// beginFence opens a fenced code block.
func (r markdownReader) beginFence(s markdownState, text, line string, whole bool) (markdownState, int) {
	c := text[0]
	n := run(text, c)
	switch {
	case n == len(text):
		return s, hold
	case n < 3 || c == '`' && strings.Contains(line[n:], "`"):
		return s, 0
	}
	s = r.endParagraph(r.cut(s, s.line.depth))
	s.block.leaf, s.block.char, s.block.length, s.block.fence = fenceLeaf, c, n, s.line.col
	s.block.isEmpty = false
	s.line.lead, s.place = leadText, markdownInfo
	return s, n
}

// fenceLine reads the first characters of a line in a fenced code block, which may end it.
func (r markdownReader) fenceLine(s markdownState, line string, whole bool) (markdownState, int) {
	n := run(line, s.block.char)
	if s.line.indent < 4 && n >= s.block.length && strings.Trim(line[n:], " \t") == "" {
		if !whole {
			return s, hold
		}
		s.place = markdownText
		s = r.endParagraph(s)
		s.line.lead = leadText
		return s, len(line)
	}
	if !whole && n == len(line) {
		return s, hold
	}
	s.line.lead, s.line.isPure = leadText, s.line.indent < 4
	return s, 0
}

// inFence reads a line of a fenced code block.
func (r markdownReader) inFence(s markdownState, text string) (markdownState, int) {
	c := text[0]
	if s.line.last != nil {
		s.line.last.mark(markdownBeside)
	}
	if c == ' ' || c == '\t' {
		return s, 1
	}
	after := s.line.last // which may end in a line break
	if s.line.isPure {
		after = s.line.first
	}
	s.line.last = nil
	if c != s.block.char {
		s.line.isPure = false
		return s, 1
	}
	n := run(text, c)
	if after != nil && n >= s.block.length {
		r.refuse(after, "put the closing fence on a line of its own", "the action is on the line of the closing fence of a code block")
	} else if after != nil {
		after.mark(markdownJoined)
	}
	s.line.count += n
	return s, n
}

// inInfo reads what follows an opening fence.
func (r markdownReader) inInfo(s markdownState, c byte) markdownState {
	if c == '`' && s.block.char == '`' && s.line.last != nil {
		r.refuse(s.line.last, "remove the backtick after it on its line", "the action is on what looks like the first line of a code block, but a backtick makes the line text")
	}
	if isBlank(c) && s.line.word != "" {
		s.line.isQuoted = true
	} else if !isBlank(c) {
		s.line.word = "x"
	}
	return s
}

// run returns how often the text begins with the character.
func run(text string, c byte) int {
	return len(text) - len(strings.TrimLeft(text, string(rune(c))))
}
