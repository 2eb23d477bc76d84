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
func (r markdownReader) beginHTML(s markdownState, text string) markdownState {
	leaf := noLeaf
	switch {
	case rawBlock.MatchString(text):
		leaf = rawLeaf
	case skippedBlock.MatchString(text):
		leaf = htmlLeaf
	case blankBlock.MatchString(text):
		leaf = blankLeaf
	default:
		return s
	}
	r.followAbove(s)
	s = r.newBlock(s)
	s.block.leaf, s.place = leaf, markdownHTML
	return s
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
		s.place, s.inline.braces, s.block.lasts = markdownBraces, 1, true
		return s, 1
	}
	if c != '<' {
		return s, 1
	}
	return s.beginTag(text, true)
}

var endsRaw = regexp.MustCompile(`(?i)^</(script|pre|style|textarea)>$`)

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
	if c == ':' && s.url.first != nil {
		if a, inQuotes := s.tag.attribute(); inQuotes && mayEndScheme(a.before) {
			r.refuseScheme(s.url.first)
			c = '/'
		}
	}
	if s.tag.isOdd || len(s.tag.text) > maxConstruct {
		s.tag.isOdd = true
		return s, 1
	}
	if s.tag.text += string(rune(c)); c != '>' {
		return s, 1
	}
	m := tagWhole.FindStringSubmatch(s.tag.text)
	switch _, inQuotes := s.tag.attribute(); {
	case m == nil && (inQuotes || tagBraced.MatchString(s.tag.text)):
		return s, 1
	case m == nil && s.tag.inBlock: // browsers differ in where it ends
		s.tag.isOdd = true
		return s, 1
	case m == nil:
		r.refuseOpenTag(s.tag.inside)
		s.place, s.tag = markdownText, markdownTag{}
		return s.lost().wrote(c), 1
	}
	if s.tag.isAlone {
		n, whole := lineOf(text)
		s.tag.isAlone = strings.Trim(text[1:n], " \t") == ""
		if s.tag.isAlone && !whole {
			s.tag.text = s.tag.text[:len(s.tag.text)-1]
			return s, hold
		}
	}
	return r.endTag(s, strings.ToLower(m[1]), m[2] != ""), 1
}

// endTag returns the state after a whole tag; a closing one has no name here.
func (r markdownReader) endTag(s markdownState, name string, isEmpty bool) markdownState {
	s.block.ended = s.block.ended || s.block.leaf == rawLeaf && endsRaw.MatchString(s.tag.text)
	switch {
	case s.tag.isAlone:
		s.block.leaf = blankLeaf
	case s.block.leaf.isHTML():
	case name == "":
		s.inline.tags = max(s.inline.tags-1, 0)
	case !isEmpty && !slices.Contains(voidElements, name):
		s.inline.tags = min(s.inline.tags+1, maxStack)
	}
	if s.block.leaf == noLeaf {
		s.block.leaf = paragraphLeaf
	}
	s.place, s.tag, s.url = s.textPlace(), markdownTag{}, markdownURL{}
	if rawElements[name] && (!isEmpty || name == "script" || name == "style") { // browsers ignore the slash
		s.place, s.tag.end = markdownRaw, "</"+name
	}
	return s.wrote('>')
}

// inSkipped reads a comment, a declaration or the content of an element that is not HTML, up to its end.
func (s markdownState) inSkipped(text string) (markdownState, int) {
	end := s.tag.end
	if n := min(len(text), len(end)); !strings.EqualFold(text[:n], end[:n]) {
		return s, 1
	} else if n < len(end) {
		return s, hold
	}
	if s.place == markdownRaw {
		s.place, s.tag = markdownElement, markdownTag{text: "<", inBlock: true}
		return s, 1
	}
	s.block.ended = s.block.ended || s.block.leaf == htmlLeaf
	s.place, s.tag = s.textPlace(), markdownTag{}
	return s.wrote('>'), len(end)
}

// textPlace is the place of text in the current block.
func (s markdownState) textPlace() markdownPlace {
	if s.block.leaf.isHTML() {
		return markdownHTML
	}
	return markdownText
}
