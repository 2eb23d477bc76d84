package escape

import (
	"regexp"
	"slices"
	"strings"
)

// inTag reads between "<" or "</" and the ">" of a tag.
func (r htmlReader) inTag(s htmlState, c byte) (htmlState, bool) {
	switch s.mode {
	case htmlTagName:
		if isHTMLSpace(c) || c == '/' || c == '>' {
			s.mode = htmlTag
			return s, false
		}
		s.name += strings.ToLower(string(rune(c)))
	case htmlAttr:
		if isHTMLSpace(c) || c == '/' || c == '>' || c == '=' && s.attr != "" {
			s.mode = htmlAttrDone
			return s, false
		}
		s.attr += strings.ToLower(string(rune(c)))
	case htmlTag, htmlAttrDone:
		isClosed := s.word == "/"
		s.word = ""
		switch {
		case isHTMLSpace(c):
		case c == '/':
			s = s.ended()
			s.mode, s.word = htmlTag, "/"
		case c == '>':
			return r.tagEnd(s.ended(), isClosed), true
		case c == '=' && s.mode == htmlAttrDone:
			s.mode = htmlEquals
		default:
			s = s.ended()
			s.mode, s.attr = htmlAttr, strings.ToLower(string(rune(c)))
		}
	case htmlEquals:
		switch {
		case isHTMLSpace(c):
			return s, true
		case c == '>':
			return r.tagEnd(s.ended(), false), true
		}
		s.use, s.isRef = htmlUseOf(s), false
		if isKept(s.name, s.attr) {
			s.kept += "\n" + s.attr + "="
		}
		if s.use == useStyle {
			s.part = styleStart
		}
		if s.mode = htmlBare; c == '"' || c == '\'' {
			s.mode, s.quote = htmlValue, c
			return s, true
		}
		return s, false
	default:
		return r.inValue(s, c)
	}
	return s, true
}

// inValue reads the value of an attribute.
func (r htmlReader) inValue(s htmlState, c byte) (htmlState, bool) {
	switch {
	case s.mode == htmlValue && c == s.quote:
		s = s.ended()
		s.mode = htmlTag
		return s, true
	case s.mode == htmlBare && (isHTMLSpace(c) || c == '>'):
		s = s.ended()
		s.mode = htmlTag
		return s, false
	case isKept(s.name, s.attr) && s.last == nil:
		s.kept += strings.ToLower(strings.ReplaceAll(string(rune(c)), "\n", " "))
	case s.use == useStyle:
		s = s.inDeclaration(c)
	case s.use.isAddress():
		s = r.inAddress(s, c)
	}
	s.isRef = s.refers(c)
	return s, true
}

// isKept reports whether other attributes of the tag, or its text, depend on this one.
func isKept(element, attr string) bool {
	switch element {
	case "meta":
		return attr == "charset" || attr == "http-equiv" || attr == "content"
	case "link":
		return attr == "rel"
	case "script":
		return attr == "type"
	}
	return false
}

// ended returns the state after an attribute.
func (s htmlState) ended() htmlState {
	s.attr, s.word, s.use, s.part, s.isRef = "", "", 0, 0, false
	if s.name != "meta" {
		s.last = nil
	}
	return s
}

// attribute returns the value of an attribute that was kept. If a name occurs twice, browsers use the first one.
func (s htmlState) attribute(name string) (string, bool) {
	_, rest, isThere := strings.Cut(s.kept, "\n"+name+"=")
	value, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(value), isThere
}

// tagEnd returns the state after a tag.
func (r htmlReader) tagEnd(s htmlState, isClosed bool) htmlState {
	after, isForeign := htmlState{odd: s.odd}, s.odd == "svg" || s.odd == "math"
	is := func(list []string) bool { return slices.Contains(list, s.name) }
	if s.isEnd {
		if s.name == s.odd {
			after.odd = ""
		}
		if slices.Contains(textless, "/"+s.name) {
			after.parent = s.name
		}
		return after
	}
	if is(textless) {
		after.parent = s.name
	}
	switch {
	case s.name == "meta":
		return r.metaEnd(s, after)
	case isClosed && (s.name == "svg" || s.name == "math"):
	case is(unread), s.odd != "" && is(oddElements), isForeign && (s.name == "foreignobject" || isClosed && (is(rawElementNames) || is(foreignTexts))):
		return lostHTML("leave out <" + s.name + ">, or write it below what has actions: browsers read what follows in their own ways")
	case is(oddElements):
		after.odd = s.name
	case is(rawElementNames):
		after.mode, after.name = htmlRawText, s.name
		if t, _ := s.attribute("type"); s.name == "script" && !isForeign && dataScript.MatchString(t) {
			after.mode = htmlJSON
		}
	case s.name == "title", s.name == "textarea", isForeign && is(foreignTexts):
		after.mode, after.name, after.fresh = htmlRefText, s.name, s.name == "textarea"
	default:
		after.fresh = s.name == "pre" || s.name == "listing"
	}
	return after
}

// metaEnd returns the state after a <meta>, which may declare an encoding other than that of the file, or be a command.
func (r htmlReader) metaEnd(s, after htmlState) htmlState {
	charset, isThere := s.attribute("charset")
	_, isCommand := s.attribute("http-equiv")
	content, _ := s.attribute("content")
	if found := charsetOf.FindStringSubmatch(content); isCommand && found != nil {
		charset, isThere = found[1], true
	}
	if isCommand && s.last != nil {
		r.refuse(s.last, `write the content out, or a link: <a href="{{ VALUE }}">…</a>`, insideMsg, "<meta http-equiv>, which is a command")
	}
	if isThere && charset != "utf-8" && charset != "utf8" {
		return lostHTML(`write <meta charset="utf-8">, the encoding of the file`)
	}
	return after
}

var charsetOf = regexp.MustCompile(`charset\s*=\s*["']?\s*([^\s"';]*)`)

// dataScript matches the types of scripts that are JSON data.
var dataScript = regexp.MustCompile(`^(application|text)/([a-z0-9.-]+\+)?json$`)

var (
	// oddElements are those in which elements are read in another way than elsewhere, or only by some browsers, or where that
	// depends on the first of them. They are read as long as all ways are one: without other ones in them, and where < begins
	// only tags.
	oddElements = strings.Fields("svg math select noscript template")
	// unread are the elements after which browsers drop tags, show them as text, or decide by attributes what they are.
	unread = strings.Fields("plaintext frameset annotation-xml")
	// rawElementNames are the elements whose text is not markup, and foreignTexts those whose text is none of a program in SVG
	// and MathML.
	rawElementNames = strings.Fields("script style xmp iframe noembed noframes")
	foreignTexts    = strings.Fields("title desc mi mo mn ms mtext textarea")
	// voidElements are the elements without an end tag.
	voidElements = strings.Fields("area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr")
	// textless are the tags after which HTML allows no text.
	textless = strings.Fields("html head table thead tbody tfoot tr colgroup col /head /thead /tbody /tfoot /tr /td /th /caption /colgroup")
)
