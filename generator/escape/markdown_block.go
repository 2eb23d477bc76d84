package escape

import (
	"regexp"
	"strings"
)

// quoteMark is a quote in the stack of what is open; other bytes are the columns of list items.
const quoteMark = '>'

// deepestStack and widestItem bound the stack; what is beyond is refused.
const (
	deepestStack = 9
	widestItem   = 40
)

// lineEnd returns the state at the start of the next line.
func (r markdownReader) lineEnd(s markdownState) markdownState {
	if s.line.lead == leadItem {
		s = s.itemContent(true)
		s.line.lead = leadText
	}
	isBlank := s.line.lead == leadIndent && !s.line.isItem
	s.block.above, s.block.alone = s.line.last, false
	s.block.head, s.block.tail, s.block.many = s.line.head, s.line.tail, s.line.many
	s.block.isBroken = s.inline.escaped || s.line.spaces > 1
	switch {
	case isBlank:
		s = r.blankLine(s)
		s.block.isLate = !s.block.isBegun
	case s.place == markdownInfo:
		s.place = markdownFence
	case s.place == markdownIndented:
		s.place = markdownText
	case s.block.leaf.isHTML() && s.block.ended:
		s.block.leaf, s.block.ended, s.place = noLeaf, false, markdownText
	case s.place == markdownLink && s.url.isDefinition:
		s = r.endDefinition(s)
	case s.place == markdownLink && s.url.shape != angleTarget:
		s = r.inLink(s, ' ')
	case s.place == markdownElement:
		s.tag = s.tag.next(' ')
		s.tag.isAlone = false
	case s.line.isWhole:
		s = r.endParagraph(s)
	}
	if !isBlank {
		s.block.isBegun = true
		s.block.alone = s.line.lead == leadValues
		if s.block.alone && s.block.isBroken && s.line.last != nil {
			s.line.last.mark(markdownFillValue)
		}
		if s.line.cell && !s.line.isRow && s.line.last != nil {
			s.line.last.mark(markdownFillValue)
		}
	}
	s.block.inside = !isBlank && s.line.continues
	s.line = markdownLine{}
	s.inline.before, s.inline.escaped = 0, false
	return s
}

// blankLine ends what a blank line ends.
func (r markdownReader) blankLine(s markdownState) markdownState {
	for i := s.line.depth; i < len(s.block.stack); i++ {
		if s.block.stack[i] == quoteMark {
			s = r.cut(s, i)
			break
		}
	}
	if s.block.isEmpty && s.block.stack != "" {
		s.block.stack, s.block.isEmpty = s.block.stack[:len(s.block.stack)-1], false
	}
	switch s.block.leaf {
	case noLeaf, paragraphLeaf, blankLeaf:
		s.tag.isOdd = s.tag.isOdd || s.block.leaf == blankLeaf && s.place != markdownHTML
		s = r.endParagraph(s)
	}
	s.block.above = nil
	return s
}

// cut closes all quotes and items but the first n.
func (r markdownReader) cut(s markdownState, n int) markdownState {
	if n == len(s.block.stack) {
		return s
	}
	s.block.stack = s.block.stack[:n]
	return r.endLeaf(s)
}

// endLeaf ends the block that lines went on with, whatever it is.
func (r markdownReader) endLeaf(s markdownState) markdownState {
	if s.place == markdownFence || s.block.leaf.isHTML() && !s.block.lasts && s.place != markdownRaw {
		s.place, s.tag.inBlock = markdownText, false
	}
	s.block.ended = false
	return r.endParagraph(s)
}

// endParagraph ends a paragraph, and what is not closed in it: a backtick, a bracket, "<a" are text then.
func (r markdownReader) endParagraph(s markdownState) markdownState {
	if s.tag.inside != nil && !s.tag.inBlock {
		r.refuse(s.tag.inside, "end the tag or comment before a blank line, or write &lt; for a character that is text", "the action is behind a %q that begins no whole tag or comment", "<")
	}
	s.block.leaf = noLeaf
	s.inline = markdownInline{braces: s.inline.braces}
	if s.block.lasts || s.place == markdownRaw || s.tag.inBlock && (s.place == markdownElement || s.place == markdownRemark || s.place == markdownDeclaration) {
		return s
	}
	s.place = markdownText
	s.tag, s.url = markdownTag{}, markdownURL{}
	return s
}

// margin reads a character behind nothing but spaces and the marks of quotes and lists.
func (r markdownReader) margin(s markdownState, text string) (markdownState, int) {
	if s.block.lasts || s.place == markdownRaw {
		s.line.lead = leadText
		return s, 0
	}
	c := text[0]
	isIn := s.line.depth == len(s.block.stack)
	switch {
	case c == ' ' || c == '\t':
		width := 1
		if c == '\t' {
			width = 4 - s.line.col%4
		}
		s.line.col += width
		if s.line.skip {
			s.line.skip = false
			width--
		}
		s.line.indent += width
		return s.matchItems(), 1
	case c == quoteMark && s.line.indent < 4 && !(isIn && (s.block.leaf == fenceLeaf || s.block.leaf.isHTML())):
		if isIn || s.block.stack[s.line.depth] != quoteMark {
			if len(s.block.stack) >= deepestStack {
				s.line.lead = leadText
				return s.lost(), 0
			}
			s = r.endLeaf(r.cut(s, s.line.depth))
			s.block.stack += string(quoteMark)
			s.block.above, s.block.isEmpty = nil, false
		}
		s.line.depth++
		s.line.indent, s.line.skip, s.line.col = 0, true, s.line.col+1
		s.block.isBegun = true
		return s.matchItems(), 1
	}
	s.line.skip = false
	return r.content(s, text)
}

// matchItems goes into the list items that the spaces so far reach.
func (s markdownState) matchItems() markdownState {
	for s.line.depth < len(s.block.stack) && s.block.stack[s.line.depth] != quoteMark && s.line.indent >= int(s.block.stack[s.line.depth]) {
		s.line.indent -= int(s.block.stack[s.line.depth])
		s.line.depth++
	}
	return s
}

// inItem counts the spaces between the mark of a list item and its content.
func (s markdownState) inItem(c byte) (markdownState, int) {
	switch c {
	case ' ':
		s.line.indent++
		s.line.col++
		return s, 1
	case '\t':
		width := 4 - s.line.col%4
		s.line.indent += width
		s.line.col += width
		return s, 1
	}
	return s.itemContent(false), 0
}

// itemContent opens the list item whose content begins here, or that has none on its line.
func (s markdownState) itemContent(isEmpty bool) markdownState {
	width, rest := s.line.item+s.line.indent, 0
	if isEmpty || s.line.indent > 4 {
		width, rest = s.line.item+1, s.line.indent-1
	}
	s.block.stack += string(rune(width))
	s.block.isEmpty = isEmpty
	s.line.depth, s.line.lead, s.line.indent, s.line.isItem = len(s.block.stack), leadIndent, max(rest, 0), true
	return s
}

// htmlBlock finds the beginning of an HTML block that needs no more than its first word.
var (
	rawBlock   = regexp.MustCompile(`(?i)^<(script|pre|style|textarea)([ \t>\r\n]|$)`)
	blankBlock = regexp.MustCompile(`(?i)^</?(address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)([ \t\r\n]|/?>|$)`)
	rule       = regexp.MustCompile(`^(\*[ \t]*){3,}$|^(-[ \t]*){3,}$|^(_[ \t]*){3,}$`)
	underline  = regexp.MustCompile(`^(=+|-+)[ \t]*$`)
	itemMark   = regexp.MustCompile(`^([-+*]|[0-9]{1,9}[.)])([ \t\r\n]|$)`)
	aside      = regexp.MustCompile(`^((!!!|\?\?\?\+?) |===[!+]* ")`)
	module     = regexp.MustCompile(`^(import|export)[ \t{*"']`)
)

// content reads the first character of a line that is more than a mark: it begins a block, or goes on with one.
func (r markdownReader) content(s markdownState, text string) (markdownState, int) {
	isIn := s.line.depth == len(s.block.stack)
	n, whole := lineOf(text)
	line := text[:n]
	switch {
	case isIn && s.block.leaf == fenceLeaf:
		return r.fenceLine(s, line, whole)
	case isIn && s.block.leaf.isHTML():
		s.line.lead = leadText
		return s, 0
	case s.block.leaf == fenceLeaf || s.block.leaf.isHTML():
		s = r.cut(s, s.line.depth)
		isIn = true
	}
	if !s.block.isBegun && s.line.col == 0 && s.block.stack == "" {
		if next, n := r.fileStart(s, text, line, whole); n != 0 {
			return next, n
		}
	}
	if s.line.indent >= 4 {
		return r.deepLine(s), 0
	}
	if next, n := r.begin(s, text, line, whole, isIn); n != 0 {
		return next, n
	}
	if next, n := r.beginHTML(s, text, line); n != 0 || next.block.leaf.isHTML() {
		return next, n
	}
	return r.textLine(s, text), 0
}

// deepLine reads a line that is indented by four columns: code, unless it goes on with a paragraph.
func (r markdownReader) deepLine(s markdownState) markdownState {
	if s.block.leaf == paragraphLeaf {
		s.line.lead, s.line.continues = leadText, true
		r.followAbove(s, true)
		return s
	}
	r.followAbove(s, true)
	s = r.endParagraph(r.cut(s, s.line.depth))
	s.line.lead, s.place, s.block.isEmpty = leadText, markdownIndented, false
	return s
}

// textLine begins a paragraph, or goes on with it.
func (r markdownReader) textLine(s markdownState, text string) markdownState {
	c := text[0]
	r.followAbove(s, !isLetter(c) || s.block.inside || s.block.stack != "")
	if s.block.leaf != paragraphLeaf {
		s = r.endParagraph(r.cut(s, s.line.depth))
		s.block.leaf = paragraphLeaf
		s.block.isLoose = s.block.isLoose && s.line.col > 0
		s.inline.isDefinition = c == '['
	} else {
		s.line.continues = true
		s.inline.isDefinition = s.block.isDefined && c == '['
	}
	s.block.isEmpty, s.block.isDefined = false, false
	s.line.lead, s.line.digits, s.line.isMarks = leadText, true, true
	s.line.isSingle, s.line.isRow = c == '|', c == '|'
	s.line.isAside = strings.HasPrefix(text, ":::")
	switch {
	case s.place != markdownText:
	case aside.MatchString(text) && len(s.block.stack) < deepestStack: // what is below is indented by four columns
		s = r.endParagraph(r.cut(s, s.line.depth))
		s.block.stack += string(rune(s.line.indent + 4))
		s.line.depth = len(s.block.stack)
		s.line.isAside, s.line.isQuoted, s.line.isSingle, s.line.isWhole = true, true, true, true
	case module.MatchString(text) && s.line.col == 0:
		s.place = markdownModule
	case c == '{':
		s.block.lasts = true
	}
	return s
}

// followAbove tells the action that ends the line above of what is below it.
func (r markdownReader) followAbove(s markdownState, needsLine bool) {
	if s.block.above == nil {
		return
	}
	s.block.above.mark(markdownContinued)
	if needsLine && s.block.alone {
		s.block.above.mark(markdownFillValue)
	}
}

// begin returns the state where a line begins a block other than a paragraph or HTML, and 0 where it does not.
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
		if s = r.endParagraph(r.cut(s, s.line.depth)); len(s.block.stack) >= deepestStack || s.line.indent+len(mark[1]) > widestItem {
			return s.lost(), 0
		}
		s.line.lead, s.line.item, s.line.indent = leadItem, s.line.indent+len(mark[1]), 0
		s.line.col += len(mark[1])
		return s, len(mark[1])
	}
	return s, 0
}

// underlined tells the values of the line above that they are a heading's. Readers differ in whether a "|" before a line
// of dashes makes it a table.
func (r markdownReader) underlined(s markdownState, c byte) {
	if c != 0 && s.block.above != nil && s.block.alone {
		s.block.above.mark(markdownFill)
	}
	if s.block.head == nil {
		return
	}
	s.block.head.mark(markdownBars)
	s.block.tail.mark(markdownBars)
	if s.block.many && c == '-' {
		r.refuse(s.block.head, "write ## before it instead of dashes below it", "the action is one of several in a heading above dashes")
	}
}

// lost marks the rest of a paragraph as not understood.
func (s markdownState) lost() markdownState {
	s.inline.isLost = true
	return s
}

// fileStart finds front matter.
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
		s.yaml, s.toml = yamlReader{r.report}.start(), tomlReader{r.report}.start()
	case below == "" || isBreak(below[0]):
		return s, 0
	default:
		s.place = markdownUnread
	}
	s.line.lead, s.block.isBegun = leadText, true
	return s, len(line)
}

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
	if s.line.last != nil {
		s.line.last.mark(markdownBeside)
		s.line.last = nil
	}
	switch c := text[0]; {
	case c == s.block.char && s.line.isPure:
		n := run(text, c)
		if s.line.first != nil && n >= s.block.length {
			r.refuse(s.line.first, "put the closing fence on a line of its own", "the action stands before the end of a code block, on its line")
		} else if s.line.first != nil {
			s.line.first.mark(markdownJoined)
		}
		s.line.count += n
		return s, n
	case c != ' ' && c != '\t':
		s.line.isPure = false
	}
	return s, 1
}

// inInfo reads what follows an opening fence.
func (r markdownReader) inInfo(s markdownState, c byte) markdownState {
	if c == '`' && s.block.char == '`' && s.line.last != nil {
		r.refuse(s.line.last, "write no backtick behind it on its line", "the action is on the first line of a code block that a backtick makes text")
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
