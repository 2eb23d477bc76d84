package escape

import (
	"regexp"
	"slices"
	"strings"
)

// An autolink is a URL or an address between < and >.
var (
	autolink      = regexp.MustCompile("^<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^ \t\r\n<>\x00]*|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+)>")
	autolinkStart = regexp.MustCompile(`^<(https?|ftp|mailto):`)
	mailStart     = regexp.MustCompile("^<[0-9.!#$%&'*+=?^_`{|}~-][A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]*@")
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
	switch before := s.inline.before; {
	case before == 0:
		s.inline.isDefinition = c == '[' || s.inline.isDefinition && isBlank(c)
	case before == ']' && (c == '(' || c == ':' && s.inline.isDefinition): // the target may stand below
		s.inline.inTarget = true
	case c == ')':
		s.inline.inTarget = false
	}
	if s.inline.before != 0 || !isBlank(c) {
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
		s.place, s.tag = markdownElement, markdownTag{text: "<", inBlock: inBlock}
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
		s.place, s.url = markdownAutolink, markdownURL{text: start[1:]}
		return s.wrote(':'), len(start)
	}
	next, n := s.beginTag(text, false)
	switch {
	case mailStart.MatchString(text):
		return s.lost().wrote('<'), 1
	case next.place == markdownElement:
		next.tag.isAlone = s.inline.before == 0 && !s.line.continues
	case n == 1:
		return s.wrote('<'), 1
	}
	return next, n
}

// inTag reads a character of a tag.
func (r markdownReader) inTag(s markdownState, text string) (markdownState, int) {
	c := text[0]
	if a, inQuotes := s.tag.attribute(); c == ':' && inQuotes && mayEndScheme(a.before) {
		r.refuseScheme(s.url.first)
	}
	s.tag.text += string(rune(c))
	if c != '>' {
		return s, 1
	}
	m := tagWhole.FindStringSubmatch(s.tag.text)
	switch _, inQuotes := s.tag.attribute(); {
	case m == nil && (inQuotes || tagBraced.MatchString(s.tag.text)):
		return s, 1
	case m == nil && s.tag.inBlock: // browsers differ in where it ends
		s.place, s.tag = markdownHTML, markdownTag{}
		return s.lost(), 1
	case m == nil:
		r.refuseOpenTag(s)
		s.place, s.tag = markdownText, markdownTag{}
		return s.lost().wrote(c), 1
	}
	if s.tag.isAlone {
		n, whole := lineOf(text)
		s.tag.isAlone = strings.Trim(text[1:n], " \t") == ""
		if s.line.isTag = true; s.tag.isAlone && !whole {
			s.tag.text = s.tag.text[:len(s.tag.text)-1]
			return s, hold
		}
	}
	return r.endTag(s, strings.ToLower(m[1]), m[2] != ""), 1
}

// endTag returns the state after a whole tag; a closing one has no name here.
func (r markdownReader) endTag(s markdownState, name string, isEmpty bool) markdownState {
	isAlone, inBlock := s.tag.isAlone, s.tag.inBlock
	s.tag, s.url = markdownTag{}, markdownURL{}
	s = s.wrote('>')
	s.place = markdownText
	switch {
	case isAlone && !inBlock:
		s.block.leaf, s.place = blankLeaf, markdownHTML
	case s.block.leaf.isHTML():
		s.place = markdownHTML
	case name == "":
		s.inline.tags = max(s.inline.tags-1, 0)
	case !isEmpty && !slices.Contains(voidElements, name):
		s.inline.tags = min(s.inline.tags+1, maxTags)
	}
	if s.block.leaf == noLeaf {
		s.block.leaf = paragraphLeaf
	}
	if rawElements[name] && (!isEmpty || name == "script" || name == "style") { // browsers ignore the slash
		s.place, s.tag.raw, s.tag.isEmpty = markdownRaw, name, isEmpty
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
	s.place, s.tag = markdownElement, markdownTag{text: "<", inBlock: true}
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
