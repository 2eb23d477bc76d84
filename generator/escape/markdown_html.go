package escape

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// An autolink is a URL or an address between < and >.
var (
	autolink      = regexp.MustCompile(`^<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^ \t\r\n<>\x00]*>`)
	autolinkStart = regexp.MustCompile(`^<(https?|ftp|mailto):`)
	otherStart    = regexp.MustCompile("^<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]*|[A-Za-z][A-Za-z0-9+.-]{1,31}:[^ \t\r\n<>\x00]*)\x00?$")
)

// beginHTML returns the state if a line begins an HTML block.
func (r markdownReader) beginHTML(s markdownState, text, line string) (markdownState, int) {
	if text[0] != '<' {
		return s, 0
	}
	leaf := noLeaf
	switch {
	case len(text) == 1:
		return s, hold
	case len(rawBlock.FindString(text)) == len(text), len(blankBlock.FindString(text)) == len(text) && text[len(text)-1] != '>' && !isBlank(text[len(text)-1]):
		return s, hold
	case rawBlock.MatchString(text):
		leaf = rawLeaf
	case strings.HasPrefix(text, "<!--"), strings.HasPrefix(text, "<?"), strings.HasPrefix(text, "<![CDATA["),
		len(text) > 2 && text[1] == '!' && isLetter(text[2]):
		leaf = htmlLeaf
	case blankBlock.MatchString(text):
		leaf = blankLeaf
	case s.block.leaf != paragraphLeaf:
		if t, n := readTag(text); t.part == tagDone && n <= len(line) && strings.Trim(line[n:], " \t") == "" && len(line) < len(text) {
			leaf = blankLeaf
		}
	}
	if leaf == noLeaf {
		return s, 0
	}
	r.followAbove(s, leaf == blankLeaf)
	s = r.endParagraph(r.cut(s, s.line.depth))
	s.block.leaf, s.block.isEmpty = leaf, false
	s.line.lead, s.place = leadText, markdownHTML
	return s, 0
}

// asHTML reads the text of an HTML block.
func (r markdownReader) asHTML(s markdownState, text string) (markdownState, int) {
	c := text[0]
	if s.line.lead == leadValues {
		s.line.lead = leadText
	}
	isSpace := c == ' ' || c == '\t'
	switch before := s.inline.before; {
	case before == 0 && isSpace:
	case before == 0:
		s.inline.isDefinition, s.inline.isLost, s.inline.isNamed = c == '[', s.inline.isLost && !s.inline.isNamed, true
	case before == ']' && c == '(':
		s.inline.isLost, s.inline.isNamed = true, true
	case before == ']' && c == ':' && s.inline.isDefinition: // whose target may stand below
		s.inline.isLost, s.inline.isNamed = true, false
	case c == ')':
		s.inline.isLost = false
	default:
		s.inline.isNamed = s.inline.isNamed || !isSpace
	}
	if s.inline.before != 0 || !isSpace {
		s.inline.before = c
	}
	if c == '{' {
		s.back, s.place, s.inline.braces, s.inline.id = markdownHTML, markdownBraces, 1, false
		s.block.lasts = true
		return s, 1
	}
	if c != '<' {
		return s, 1
	}
	if s.block.leaf == rawLeaf && endsRaw.MatchString(text) {
		s.block.ended = true
	}
	return s.beginTag(text, true)
}

var endsRaw = regexp.MustCompile(`(?i)^</(script|pre|style|textarea)>`)

// beginTag reads "<": the start of a tag, a comment or a declaration, or text.
func (s markdownState) beginTag(text string, inBlock bool) (markdownState, int) {
	switch {
	case len(text) == 1, text == "<!", text == "<!-":
		return s, hold
	case strings.HasPrefix(text, "<!-->"), strings.HasPrefix(text, "<!--->"):
		s.block.ended = s.block.ended || s.block.leaf == htmlLeaf
		return s, strings.IndexByte(text, '>') + 1
	case strings.HasPrefix(text, "<!--"):
		s.place, s.tag = markdownRemark, markdownTag{end: "-->", inBlock: inBlock}
		return s, 4
	case strings.HasPrefix(text, "<![CDATA["):
		s.place, s.tag = markdownDeclaration, markdownTag{end: "]]>", inBlock: inBlock}
		return s, 2
	case text[1] == '?':
		s.place, s.tag = markdownDeclaration, markdownTag{end: "?>", inBlock: inBlock}
		return s, 2
	case text[1] == '!' && len(text) > 2 && (isLetter(text[2]) || text[2] == valueMark[0]):
		s.place, s.tag = markdownDeclaration, markdownTag{end: ">", inBlock: inBlock}
		return s, 2
	case text[1] == '/' || isLetter(text[1]) || text[1] == valueMark[0]:
		s.place, s.tag = markdownElement, markdownTag{inBlock: inBlock}
		return s, 1
	}
	return s, 1
}

// angle reads "<" in a paragraph.
func (r markdownReader) angle(s markdownState, text string) (markdownState, int) {
	if autolink.MatchString(text) {
		return s.wrote('>'), len(autolink.FindString(text))
	}
	if start := autolinkStart.FindString(text); start != "" {
		s.place, s.url = markdownAutolink, markdownURL{part: pathURL}
		return s.wrote(':'), len(start)
	}
	if otherStart.MatchString(text) {
		return s.lost().wrote('<'), 1
	}
	next, n := s.beginTag(text, false)
	if next.place != markdownElement {
		if n == 1 {
			return s.wrote('<'), 1
		}
		return next, n
	}
	end, _ := paragraphEnd(text)
	t, length := readTag(text[:end])
	if t.part == tagBroken && (t.attribute != "" || t.name != "" && text[length-1] >= utf8.RuneSelf) { // browsers and some readers take it for a tag
		return s.lost().wrote('<'), 1
	}
	if t.part == tagBroken || length == end && end < len(text) {
		return s.wrote('<'), 1
	}
	next.tag.isAlone = s.inline.before == 0 && s.block.leaf == paragraphLeaf && !s.line.continues
	return next, n
}

// inTag reads a character of a tag.
func (r markdownReader) inTag(s markdownState, text string) (markdownState, int) {
	c := text[0]
	if s.tag.isAlone && c == '>' && s.tag.part != tagQuoted && s.tag.braces == 0 {
		n, whole := lineOf(text)
		if !whole && strings.Trim(text[1:n], " \t") == "" {
			return s, hold
		}
		s.tag.isAlone = strings.Trim(text[1:n], " \t") == ""
		s.line.isTag = true
	}
	inQuotes := s.tag.part == tagQuoted
	next := s.tag.next(c)
	if inQuotes || next.part == tagQuoted {
		s = r.inAttribute(s, next, c, inQuotes)
		return s, 1
	}
	s.tag = next
	switch {
	case next.part == tagBroken && next.inBlock:
		s.tag.part, s.tag.isEmpty = tagSpace, false // as browsers continue
	case next.part == tagBroken:
		r.refuseOpenTag(s)
		s.place, s.inline.isLost = markdownText, true
		return s.wrote(c), 1
	case next.part == tagDone:
		return s.endTag(), 1
	}
	return s, 1
}

// inAttribute reads a character of a quoted attribute value.
func (r markdownReader) inAttribute(s markdownState, next markdownTag, c byte, inQuotes bool) markdownState {
	switch {
	case !inQuotes:
		s.url = markdownURL{}
	case next.part == tagQuoted:
		s = r.inURL(s, c)
	}
	s.tag = next
	return s
}

// endTag returns the state after a whole tag.
func (s markdownState) endTag() markdownState {
	t := s.tag
	s.tag = markdownTag{}
	name := strings.ToLower(t.name)
	s = s.wrote('>')
	switch {
	case t.isAlone && !t.inBlock:
		s.block.leaf, s.place = blankLeaf, markdownHTML
	case s.block.leaf.isHTML():
		s.place = markdownHTML
	default:
		s.place = markdownText
		if s.block.leaf == noLeaf {
			s.block.leaf = paragraphLeaf
		}
		switch {
		case t.isClosing:
			s.inline.tags = max(s.inline.tags-1, 0)
		case !t.isEmpty && !slices.Contains(voidElements, name):
			s.inline.tags = min(s.inline.tags+1, maxTags)
		}
	}
	if rawElements[name] && !t.isClosing && (!t.isEmpty || name == "script" || name == "style") { // browsers ignore the slash
		s.place, s.tag.raw, s.tag.isEmpty = markdownRaw, name, t.isEmpty
	}
	return s
}

// maxTags is how many open elements of a paragraph are counted; intended ones are fewer.
const maxTags = 9

// inRaw looks for the end of an element whose content is not HTML.
func (s markdownState) inRaw(text string) (markdownState, int) {
	end := "</" + s.tag.raw
	if text[0] != '<' {
		return s, 1
	}
	if len(text) < len(end) && strings.EqualFold(text, end[:len(text)]) {
		return s, hold
	}
	if len(text) < len(end) || !strings.EqualFold(text[:len(end)], end) {
		return s, 1
	}
	if s.block.leaf == rawLeaf && endsRaw.MatchString(text) {
		s.block.ended = true
	}
	s.place, s.tag = markdownElement, markdownTag{inBlock: true}
	return s, 1
}

// inRemark reads a comment or declaration up to its end.
func (s markdownState) inRemark(text string) (markdownState, int) {
	end := s.tag.end
	if !strings.HasPrefix(text, end) {
		if len(text) < len(end) && strings.HasPrefix(end, text) {
			return s, hold
		}
		return s, 1
	}
	s.block.ended = s.block.ended || s.block.leaf == htmlLeaf
	s.tag = markdownTag{}
	s.place = markdownText
	if s.block.leaf.isHTML() {
		s.place = markdownHTML
	}
	return s.wrote('>'), len(end)
}
