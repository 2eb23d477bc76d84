package escape

import (
	"regexp"
	"strings"
)

// quoteMark is a quote in the stack of open blocks; other bytes are the columns of list items.
const quoteMark = '>'

// maxStack and maxItemIndent limit the stack; whatever exceeds them is refused.
const (
	maxStack      = 9
	maxItemIndent = 40
)

// lineEnd returns the state at the start of the next line.
func (r markdownReader) lineEnd(s markdownState) markdownState {
	if s.line.lead == leadItem {
		s = s.itemContent(true)
		s.line.lead = leadText
	}
	isBlank := s.line.lead == leadIndent && !s.line.isItem
	s.block.above, s.block.alone = s.line.last, s.line.lead == leadValues
	s.block.head, s.block.many, s.block.hasBar = s.line.head, s.line.many, s.line.hasBar
	switch {
	case isBlank:
		s = r.blankLine(s)
		s.block.isLate = !s.block.isBegun
	case s.place == markdownInfo:
		s.place = markdownFence
	case s.place == markdownIndented:
		s.place = markdownText
	case s.block.leaf.isHTML() && s.block.ended:
		s.block.leaf, s.block.ended = noLeaf, false
		if s.place == markdownBraces {
			s.block.leaf = paragraphLeaf
		} else {
			s.place = markdownText
		}
	case s.place == markdownLink && s.url.isDefinition:
		s = r.endDefinition(s)
	case s.place == markdownLink:
		s = r.inLink(s, '\n')
	case s.place == markdownElement:
		s.tag.text += "\n"
		s.tag.isAlone = false
	case s.line.isWhole:
		s = r.endParagraph(s)
	}
	s.block.isBegun = s.block.isBegun || !isBlank
	s.block.isBoxed = s.block.isBoxed && !isBlank || s.line.isQuoted
	s.line = markdownLine{}
	s.inline.before, s.inline.escaped = 0, false
	return s
}

// blankLine ends the blocks that a blank line ends.
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

// newBlock ends what is open and is not around the current line, on which a block begins.
func (r markdownReader) newBlock(s markdownState) markdownState {
	s = r.endParagraph(r.cut(s, s.line.depth))
	s.line.lead, s.block.isEmpty = leadText, false
	return s
}

// cut closes all quotes and items except the first n.
func (r markdownReader) cut(s markdownState, n int) markdownState {
	if n == len(s.block.stack) {
		return s
	}
	s.block.stack = s.block.stack[:n]
	return r.endLeaf(s)
}

// endLeaf ends the current leaf block.
func (r markdownReader) endLeaf(s markdownState) markdownState {
	if s.place == markdownFence || s.block.leaf.isHTML() && !s.block.lasts && s.place != markdownRaw {
		s.place, s.tag.inBlock = markdownText, false
	}
	s.block.ended = false
	return r.endParagraph(s)
}

// endParagraph ends a paragraph. What is not closed in it (a backtick, a bracket, "<a") is text.
func (r markdownReader) endParagraph(s markdownState) markdownState {
	if !s.tag.inBlock {
		r.refuseOpenTag(s.tag.inside)
	}
	if s.place == markdownLink {
		r.refuseTarget(s)
	}
	s.block.leaf, s.block.isTable, s.block.isDefined = noLeaf, false, false
	s.inline = markdownInline{braces: s.inline.braces}
	if s.block.lasts || s.place == markdownRaw || s.tag.inBlock && (s.place == markdownElement || s.place == markdownRemark || s.place == markdownDeclaration) {
		return s
	}
	s.place = markdownText
	s.tag, s.url = markdownTag{}, markdownURL{}
	return s
}

// refuseOpenTag refuses an action in or behind what turns out not to be a tag or comment.
func (r markdownReader) refuseOpenTag(a *action) {
	if a != nil {
		r.refuse(a, "end the tag or comment before a blank line, or write &lt; for a character that is text", "the action follows a %q that does not begin a complete tag or comment", "<")
	}
}

const byteOrderMark = "\ufeff"

// margin reads a character preceded only by spaces and the marks of quotes and lists.
func (r markdownReader) margin(s markdownState, text string) (markdownState, int) {
	if s.block.lasts || s.place == markdownRaw {
		s.line.lead = leadText
		return s, 0
	}
	c := text[0]
	isIn := s.line.depth == len(s.block.stack)
	switch {
	case strings.HasPrefix(text, byteOrderMark) && !s.block.isBegun && s.line.col == 0: // readers skip it, but not before front matter
		s.block.isLate = true
		return s, len(byteOrderMark)
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
			if len(s.block.stack) >= maxStack {
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

// matchItems enters the list items that the spaces so far reach.
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

// itemContent opens the list item whose content begins here, or whose line has none.
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

// The effect of the first word of a line.
var (
	rawBlock     = regexp.MustCompile(`(?i)^<(script|pre|style|textarea)([ \t>\r\n]|$)`)
	skippedBlock = regexp.MustCompile(`^<(!--|\?|!\[CDATA\[|![A-Za-z])`)
	blankBlock   = regexp.MustCompile(`(?i)^</?(address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)([ \t\r\n]|/?>|$)`)
	rule         = regexp.MustCompile(`^(\*[ \t]*){3,}$|^(-[ \t]*){3,}$|^(_[ \t]*){3,}$`)
	undecided    = regexp.MustCompile("^([-_*=+:~`#!$.)0-9 \t]*|</?[A-Za-z0-9!?-]*)$") // the block that it begins depends on what follows
	tableRule    = regexp.MustCompile(`^[-:| \t]*-[-:| \t]*$`)
	underline    = regexp.MustCompile(`^(=+|-+)[ \t]*$`)
	itemMark     = regexp.MustCompile(`^([-+*]|[0-9]{1,9}[.)])([ \t\r\n]|$)`)
	box          = regexp.MustCompile(`^(!!!|\?\?\?\+?)( +[A-Za-z]|\x00)|^===[!+]* "`)
	boxKind      = regexp.MustCompile(`^(:::+ *|!!! +|\?\?\?\+? +)[A-Za-z][A-Za-z0-9_-]*[^A-Za-z0-9_\x00-]|^===|^:+[\r\n]`)
	module       = regexp.MustCompile(`^(import|export)[ \t{*"']`)
)

// content reads the first character of a line that is more than a mark: it begins a block, or continues one.
func (r markdownReader) content(s markdownState, text string) (markdownState, int) {
	isIn := s.line.depth == len(s.block.stack)
	n, whole := lineOf(text)
	line := text[:n]
	switch {
	case !whole && undecided.MatchString(line):
		return s, hold
	case isIn && s.block.leaf == fenceLeaf:
		return r.fenceLine(s, line)
	case isIn && s.block.leaf.isHTML():
		s.line.lead = leadText
		return s, 0
	case s.block.leaf == fenceLeaf || s.block.leaf.isHTML():
		s = r.cut(s, s.line.depth)
		isIn = true
	}
	if !s.block.isBegun && s.line.col == 0 && s.block.stack == "" {
		if next, n := r.fileStart(s, text, line); n != 0 {
			return next, n
		}
	}
	if s.line.indent >= 4 {
		return r.deepLine(s, text[0]), 0
	}
	if next, n := r.begin(s, text, line, isIn); n != 0 || next.line.lead == leadText {
		return next, n
	}
	if next := r.beginHTML(s, text); next.block.leaf.isHTML() {
		return next, 0
	}
	return r.textLine(s, text), 0
}

// deepLine reads a line that is indented by four columns: code, unless it continues a paragraph.
func (r markdownReader) deepLine(s markdownState, c byte) markdownState {
	if s.block.leaf == paragraphLeaf {
		s.line.lead = leadText
		return r.inParagraph(s, c)
	}
	r.followAbove(s)
	s = r.newBlock(s)
	s.place = markdownIndented
	return s
}

// inParagraph begins a paragraph, or continues it: with a link label, or after a definition with another one.
func (r markdownReader) inParagraph(s markdownState, c byte) markdownState {
	r.followAbove(s)
	if s.block.leaf != paragraphLeaf {
		s = r.endParagraph(r.cut(s, s.line.depth))
		s.block.leaf, s.inline.isDefinition = paragraphLeaf, c == '['
		return s
	}
	s.line.continues = true
	s.inline.isDefinition = (s.block.isDefined || s.block.alone) && c == '[' || s.inline.isDefinition && s.inline.brackets != ""
	if s.block.isDefined && strings.IndexByte("\"'(<", c) >= 0 { // a title, or to some readers a paragraph
		s = s.lost()
	}
	s.block.isDefined = false
	return s
}

// textLine reads the beginning of a line of a paragraph.
func (r markdownReader) textLine(s markdownState, text string) markdownState {
	c := text[0]
	s = r.inParagraph(s, c)
	if n, _ := lineOf(text); tableRule.MatchString(text[:n]) {
		if !s.block.hasBar {
			r.underlined(s)
		}
		s.block.isTable = s.line.continues
	}
	s.block.isEmpty = false
	s.line.lead, s.line.digits, s.line.isMarks = leadText, true, true
	s.line.isSingle = c == '|' || s.block.isTable
	s.line.isAside = strings.HasPrefix(text, ":::")
	s.line.isKind = s.line.isAside && !boxKind.MatchString(text)
	switch {
	case s.place != markdownText:
	case box.MatchString(text) && len(s.block.stack) < maxStack: // what is below is indented by four columns
		s = r.endParagraph(r.cut(s, s.line.depth))
		s.block.stack += string(rune(s.line.indent + 4))
		s.line.depth = len(s.block.stack)
		s.line.isKind = !boxKind.MatchString(text)
		s.line.isAside, s.line.isQuoted, s.line.isSingle, s.line.isWhole = true, true, true, true
	case module.MatchString(text) && s.line.col == 0:
		s.place = markdownModule
	case c == '{':
		s.block.lasts = true
	}
	return s
}
