package escape

import "strings"

// begin returns the state if a line begins a block other than a paragraph or HTML, and 0 if it does not.
func (r markdownReader) begin(s markdownState, text, line string, whole, isIn bool) (markdownState, int) {
	c := text[0]
	isParagraph := s.block.leaf == paragraphLeaf && isIn
	if !whole && strings.Trim(line, "-_*= \t") == "" || !whole && strings.Trim(line, "0123456789") == "" || !whole && strings.Trim(line, ":") == "" {
		return s, hold
	}
	switch {
	case isParagraph && underline.MatchString(line):
		r.underlined(s, c)
		s = r.endParagraph(s)
		s.line.lead = leadText
		return s, len(line)
	case rule.MatchString(line):
		r.underlined(s, 0)
		s = r.endParagraph(r.cut(s, s.line.depth))
		s.line.lead, s.block.isEmpty = leadText, false
		return s, len(line)
	case c == '#':
		n := run(text, '#')
		if n == len(text) && n <= 6 {
			return s, hold
		}
		if n <= 6 && isBlank(text[n]) {
			s = r.endParagraph(r.cut(s, s.line.depth))
			s.line.lead, s.line.isSingle, s.line.isWhole, s.block.isEmpty = leadText, true, true, false
			s.block.isLoose = s.block.isLoose && s.line.col > 0
			return s, n
		}
	case c == '`' || c == '~':
		return r.beginFence(s, text, line, whole)
	case strings.HasPrefix(text, "$$"):
		s = r.endParagraph(r.cut(s, s.line.depth))
		s.line.lead, s.place, s.block.lasts = leadText, markdownMath, true
		return s, 2
	}
	if mark := itemMark.FindStringSubmatch(text); mark != nil && len(mark[1]) == len(text) {
		return s, hold
	} else if mark != nil {
		isOrdered := len(mark[1]) > 1
		rest := strings.TrimLeft(line[len(mark[1]):], " \t")
		if isParagraph && rest == "" && !whole {
			return s, hold
		}
		if isParagraph && (rest == "" || isOrdered && strings.TrimLeft(mark[1][:len(mark[1])-1], "0") != "1") {
			return s, 0
		}
		r.followAbove(s, true)
		if s = r.endParagraph(r.cut(s, s.line.depth)); len(s.block.stack) >= maxStack || s.line.indent+len(mark[1]) > maxItemIndent {
			s.line.lead, s.block.leaf, s.inline.isDeep = leadText, paragraphLeaf, true
			return s, 0
		}
		s.line.lead, s.line.item, s.line.indent = leadItem, s.line.indent+len(mark[1]), 0
		s.line.col += len(mark[1])
		return s, len(mark[1])
	}
	return s, 0
}

// lost marks the rest of a paragraph as not understood.
func (s markdownState) lost() markdownState {
	s.inline.isLost = true
	return s
}

// fileStart detects front matter.
func (r markdownReader) fileStart(s markdownState, text, line string, whole bool) (markdownState, int) {
	fence := strings.TrimRight(line, " \t")
	if !whole && (strings.HasPrefix("---", fence) || strings.HasPrefix("+++", fence)) {
		return s, hold
	}
	if fence != "---" && fence != "+++" {
		return s, 0
	}
	below := strings.TrimPrefix(strings.TrimPrefix(text[len(line):], "\r"), "\n")
	switch {
	case r.isPartial(): // a rule: source that begins so is refused at the start of a file
		return s, 0
	case !s.block.isLate:
		s.place = markdownYAML
		if fence == "+++" {
			s.place = markdownTOML
		}
		s.yaml, s.toml = yamlReader(r).start(), tomlReader(r).start()
	case below == "" || isBreak(below[0]):
		return s, 0
	default:
		s.place = markdownUnread
	}
	s.line.lead, s.block.isBegun = leadText, true
	return s, len(line)
}

// underlined marks the values of the line above as those of a heading. Readers differ in whether a "|" before a line of
// dashes makes it a table.
func (r markdownReader) underlined(s markdownState, c byte) {
	if c != 0 && s.block.above != nil && s.block.alone {
		s.block.above.mark(markdownFill)
	}
	if s.block.head == nil {
		return
	}
	s.markBars()
	if s.block.many && c == '-' {
		r.refuse(s.block.head, "write ## before it instead of dashes below it", "the action is one of several in a heading above dashes")
	}
}

// markBars marks the values of the line above in which a "|" could make it the header of a table.
func (s markdownState) markBars() {
	if s.block.head != nil {
		s.block.head.mark(markdownBars)
		s.block.tail.mark(markdownBars)
	}
}

// followAbove informs the action that ends the line above about the line below.
func (r markdownReader) followAbove(s markdownState, needsLine bool) {
	if s.block.above == nil {
		return
	}
	s.block.above.mark(markdownContinued)
	if needsLine && s.block.alone {
		s.block.above.mark(markdownFillValue)
	}
}
