package escape

import (
	"regexp"
	"strings"
)

// markdownTag is how far an HTML tag has got.
type markdownTag struct {
	part       tagPart
	name       string
	attribute  string
	quote      byte
	braces     int
	isClosing  bool
	isEmpty    bool // it ends in "/>"
	inBlock    bool // it is one of an HTML block, and not of a paragraph, where what is no whole tag is text
	isOdd      bool // a blank line has ended the HTML block, but not the tag or comment
	isAlone    bool // nothing stands before it on its line
	end        string
	raw        string  // the element whose content is not HTML
	isFootnote bool    // of a label
	inside     *action // the first value in it
}

type tagPart uint8

const (
	tagName tagPart = iota
	tagSpace
	tagAttribute
	tagBehindAttribute
	tagEquals
	tagQuoted
	tagBare
	tagSlash
	tagDone
	tagBroken
)

// rawElements are those whose content browsers do not read as HTML.
var rawElements = map[string]bool{"script": true, "style": true, "xmp": true, "iframe": true, "noembed": true, "noframes": true, "noscript": true, "plaintext": true, "template": true}

// next returns the tag behind one more character. It is strict as CommonMark is, and reads {…} as the value of an attribute.
func (t markdownTag) next(c byte) markdownTag {
	isSpace := isBlank(c)
	isName := isLetter(c) || '0' <= c && c <= '9'
	switch {
	case t.braces > 0:
		if c == '{' {
			t.braces++
		} else if c == '}' {
			t.braces--
		}
		return t
	case t.part == tagQuoted:
		if c == t.quote {
			t.part, t.quote = tagBare, 0
			t.attribute = ""
			t.part = tagBehindQuote
		}
		return t
	case c == '>' && t.part != tagEquals && (t.name != ""):
		t.part = tagDone
		return t
	case t.part == tagSlash:
		t.part = tagBroken
		return t
	case c == '{' && (t.part == tagEquals || t.part == tagSpace) && !t.isClosing:
		t.braces, t.part = 1, tagBehindQuote
		return t
	}
	switch t.part {
	case tagName:
		switch {
		case t.name == "" && c == '/' && !t.isClosing:
			t.isClosing = true
		case isName && (t.name != "" || c < '0' || c > '9') || t.name != "" && (c == '-' || c == '.' || c == ':'):
			if len(t.name) < 32 {
				t.name += string(rune(c))
			}
		case t.name != "" && isSpace:
			t.part = tagSpace
		case t.name != "" && c == '/' && !t.isClosing:
			t.part, t.isEmpty = tagSlash, true
		default:
			t.part = tagBroken
		}
	case tagSpace, tagBehindAttribute:
		switch {
		case isSpace:
		case t.isClosing:
			t.part = tagBroken
		case c == '/':
			t.part, t.isEmpty = tagSlash, true
		case c == '=' && t.part == tagBehindAttribute:
			t.part = tagEquals
		case isName || strings.IndexByte("_:@", c) >= 0:
			t.part, t.attribute = tagAttribute, string(rune(c))
		default:
			t.part = tagBroken
		}
	case tagAttribute:
		switch {
		case isName || strings.IndexByte("_.:-", c) >= 0:
			if len(t.attribute) < 32 {
				t.attribute += string(rune(c))
			}
		case c == '=':
			t.part = tagEquals
		case isSpace:
			t.part = tagBehindAttribute
		case c == '/':
			t.part, t.isEmpty = tagSlash, true
		default:
			t.part = tagBroken
		}
	case tagEquals:
		switch {
		case isSpace:
		case c == '"' || c == '\'':
			t.part, t.quote = tagQuoted, c
		case strings.IndexByte("=<`", c) >= 0:
			t.part = tagBroken
		default:
			t.part = tagBare
		}
	case tagBehindQuote:
		switch {
		case isSpace:
			t.part = tagSpace
		case c == '/':
			t.part, t.isEmpty = tagSlash, true
		default:
			t.part = tagBroken
		}
	case tagBare:
		switch {
		case isSpace:
			t.part = tagSpace
		case strings.IndexByte("\"'=<`", c) >= 0:
			t.part = tagBroken
		}
	}
	return t
}

const tagBehindQuote = tagBroken + 1

// readTag reads a tag whose "<" begins the text, and returns it with its length: with the part tagDone where it is
// whole, tagBroken where it is none, and another one where the text ends in it.
func readTag(text string) (markdownTag, int) {
	var t markdownTag
	for i := 1; i < len(text); i++ {
		if text[i] == valueMark[0] {
			return t, i
		}
		if t = t.next(text[i]); t.part == tagDone || t.part == tagBroken {
			return t, i + 1
		}
	}
	return t, len(text)
}

// An autolink is a URL or an address between < and >.
var (
	autolink      = regexp.MustCompile(`^<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^ \t\r\n<>\x00]*>`)
	autolinkStart = regexp.MustCompile(`^<(https?|ftp|mailto):`)
)

// beginHTML returns the state where a line begins an HTML block.
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
	s.inline.before = c
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

// beginTag reads "<": of a tag, a comment or a declaration, or as text.
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
	case text[1] == '!' && len(text) > 2 && isLetter(text[2]):
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
	next, n := s.beginTag(text, false)
	if next.place != markdownElement {
		if n == 1 {
			return s.wrote('<'), 1
		}
		return next, n
	}
	end, _ := paragraphEnd(text)
	t, length := readTag(text[:end])
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
		s.tag.part = tagSpace // as browsers go on
	case next.part == tagBroken:
		s.place, s.inline.isLost = markdownText, true
		return s.wrote(c), 1
	case next.part == tagDone:
		return s.endTag(), 1
	}
	return s, 1
}

// inAttribute reads a character of an attribute's value in quotes.
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

// endTag returns the state behind a whole tag.
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
	}
	if rawElements[name] && !t.isClosing && !t.isEmpty {
		s.place, s.tag.raw = markdownRaw, name
	}
	return s
}

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

// isText reports whether an attribute of the name holds text: a global one of HTML, one of data, or one of a component.
func (t markdownTag) isText() bool {
	name := strings.ToLower(t.attribute)
	return textAttributes[name] || strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "aria-") || t.isComponent()
}

// isComponent reports whether the tag is one of MDX.
func (t markdownTag) isComponent() bool {
	return t.name != "" && (t.name[0] < 'a' || strings.Contains(t.name, ".")) && strings.ToUpper(t.name) != t.name
}

// isURL reports whether an attribute holds a URL.
func (t markdownTag) isURL() bool { return urlAttributes[strings.ToLower(t.attribute)] }

// isCode reports whether a value in the attribute could be run, or load what is run.
func (t markdownTag) isCode() bool {
	name := strings.ToLower(t.attribute)
	return strings.HasPrefix(name, "on") || name == "style" || name == "srcdoc" || name == "is" || strings.ContainsAny(name, "@:") || strings.HasPrefix(name, "v-") || codeTags[strings.ToLower(t.name)]
}

var (
	textAttributes = words("title alt id name class lang dir align valign width height border colspan rowspan scope headers value label placeholder for type start open hidden role abbr span size color bgcolor translate tabindex datetime rel target media summary cellpadding cellspacing loading download decoding")
	urlAttributes  = words("href src cite poster longdesc to background data-src")
	codeTags       = words("script style base link meta object embed applet iframe frame noscript template animate set animatetransform animatemotion handler listener xml")
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}
