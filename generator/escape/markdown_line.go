package escape

import (
	"regexp"
	"strings"
)

// begin returns the state if a line begins a block other than a paragraph or HTML, and 0 if it does not.
func (r markdownReader) begin(s markdownState, text, line string, isIn bool) (markdownState, int) {
	c := text[0]
	isParagraph := s.block.leaf == paragraphLeaf && isIn
	switch {
	case isParagraph && underline.MatchString(line):
		if c == '-' {
			r.underlined(s)
		}
		if s.block.head != nil {
			s.block.head.mark(markdownOneLine) // of the heading
		}
		if s.block.above != nil && s.block.alone {
			s.block.above.mark(markdownFill)
		}
		s = r.endParagraph(s)
		s.line.lead = leadText
		return s, len(line)
	case rule.MatchString(line):
		if c == '-' {
			r.underlined(s)
		}
		return r.newBlock(s), len(line)
	case c == '#':
		if n := run(text, '#'); n <= 6 && isBlank(text[n]) {
			s = r.newBlock(s)
			s.line.isSingle, s.line.isWhole = true, true
			return s, n
		}
	case c == '`' || c == '~':
		return r.beginFence(s, line)
	case strings.HasPrefix(text, "$$"):
		s = r.newBlock(s)
		s.place, s.block.lasts = markdownMath, true
		return s, 2
	}
	if mark := itemMark.FindStringSubmatch(text); mark != nil {
		isOrdered := len(mark[1]) > 1
		rest := strings.TrimLeft(line[len(mark[1]):], " \t")
		if isParagraph && (rest == "" || isOrdered && strings.TrimLeft(mark[1][:len(mark[1])-1], "0") != "1") {
			return s, 0
		}
		r.followAbove(s)
		if s = r.endParagraph(r.cut(s, s.line.depth)); len(s.block.stack) >= maxStack || s.line.indent+len(mark[1]) > maxItemIndent {
			s.line.lead, s.block.leaf = leadText, paragraphLeaf
			return s.lost(), 0
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
func (r markdownReader) fileStart(s markdownState, text, line string) (markdownState, int) {
	fence := strings.TrimRight(line, " \t")
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

// underlined informs the action of the line above about the dashes below: some readers turn the line into the header of a
// table if a value has a "|". It refuses several.
func (r markdownReader) underlined(s markdownState) {
	switch {
	case s.block.head == nil:
	case s.block.many:
		r.refuse(s.block.head, "leave a blank line above the dashes, or write ## for a heading and | before each cell of a table", "the action is one of several in a line above dashes, which could be a heading or a table")
	default:
		s.block.head.mark(markdownBars)
	}
}

// followAbove informs the action that ends the line above about the line below.
func (r markdownReader) followAbove(s markdownState) {
	if s.block.above == nil {
		return
	}
	s.block.above.mark(markdownFollowed)
	if s.block.alone {
		s.block.above.mark(markdownFillValue)
	}
}

// beginFence opens a fenced code block.
func (r markdownReader) beginFence(s markdownState, line string) (markdownState, int) {
	c := line[0]
	n := run(line, c)
	if n < 3 || c == '`' && strings.Contains(line[n:], "`") {
		return s, 0
	}
	s = r.newBlock(s)
	s.block.leaf, s.block.char, s.block.length, s.block.fence = fenceLeaf, c, n, s.line.col
	s.place, s.tag = markdownInfo, markdownTag{}
	return s, n
}

// fenceLine reads the first characters of a line in a fenced code block, which may end it.
func (r markdownReader) fenceLine(s markdownState, line string) (markdownState, int) {
	n := run(line, s.block.char)
	s.line.lead, s.line.isPure = leadText, s.line.indent < 4
	if s.line.isPure && n >= s.block.length && strings.Trim(line[n:], " \t") == "" {
		s.place = markdownText
		return r.endParagraph(s), len(line)
	}
	return s, 0
}

// inFence reads a line of a fenced code block.
func (r markdownReader) inFence(s markdownState, text string) (markdownState, int) {
	n := run(text, s.block.char)
	if n == 0 {
		if !isBlank(text[0]) {
			s.line.isPure, s.line.count = false, 0
		}
		return s, 1
	}
	if s.line.count += n; s.line.last != nil && s.line.count >= s.block.length { // the value may end in a line break
		r.refuse(s.line.last, "put the closing fence on a line of its own", "the action is on the line of the closing fence of a code block")
	}
	return s, n
}

// inInfo reads what follows an opening fence.
func (r markdownReader) inInfo(s markdownState, c byte) markdownState {
	if c == '`' && s.block.char == '`' && s.line.last != nil {
		r.refuse(s.line.last, "remove the backtick after it on its line", "the action is on what looks like the first line of a code block, but a backtick makes the line text")
	}
	s.tag.text += string(rune(c))
	return s
}

// infoWord matches the line of an opening fence after its language.
var infoWord = regexp.MustCompile(`^[ \t]*[^ \t]+[ \t]`)

// run returns how often the text begins with the character.
func run(text string, c byte) int {
	return len(text) - len(strings.TrimLeft(text, string(rune(c))))
}
