package escape

import "strings"

// markdownTag is the state of reading an HTML tag.
type markdownTag struct {
	part       tagPart
	name       string
	attribute  string
	quote      byte
	braces     int
	isClosing  bool
	isEmpty    bool // it ends in "/>"
	inBlock    bool // it is in an HTML block; in a paragraph, an incomplete tag is text
	isOdd      bool // a blank line has ended the HTML block, but not the tag or comment
	isAlone    bool // nothing precedes it on its line
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
	tagBehindQuote
	tagBare
	tagSlash
	tagDone
	tagBroken
)

// rawElements are the elements whose content browsers do not read as HTML.
var rawElements = map[string]bool{"script": true, "style": true, "xmp": true, "iframe": true, "noembed": true, "noframes": true, "noscript": true, "plaintext": true, "template": true}

// next returns the tag after one more character. It is as strict as CommonMark, and reads {…} as an attribute value.
func (t markdownTag) next(c byte) markdownTag {
	isSpace := isBlank(c)
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
			t.part, t.quote, t.attribute = tagBehindQuote, 0, ""
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
		return t.inName(c)
	case tagSpace, tagBehindAttribute, tagBehindQuote:
		return t.inSpace(c)
	case tagAttribute:
		return t.inAttributeName(c)
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

// inName reads a character of the tag's name.
func (t markdownTag) inName(c byte) markdownTag {
	switch {
	case t.name == "" && c == '/' && !t.isClosing:
		t.isClosing = true
	case isLetter(c) || t.name != "" && ('0' <= c && c <= '9' || strings.IndexByte("-.:", c) >= 0):
		if len(t.name) < maxTagName {
			t.name += string(rune(c))
		}
	case t.name != "" && isBlank(c):
		t.part = tagSpace
	case t.name != "" && c == '/' && !t.isClosing:
		t.part, t.isEmpty = tagSlash, true
	default:
		t.part = tagBroken
	}
	return t
}

// inSpace reads a character between attributes, of which at least one must be a space.
func (t markdownTag) inSpace(c byte) markdownTag {
	switch {
	case isBlank(c) && t.part == tagBehindQuote:
		t.part = tagSpace
	case isBlank(c):
	case t.isClosing:
		t.part = tagBroken
	case c == '/':
		t.part, t.isEmpty = tagSlash, true
	case c == '=' && t.part == tagBehindAttribute:
		t.part = tagEquals
	case t.part != tagBehindQuote && (isLetter(c) || strings.IndexByte("_:@", c) >= 0):
		t.part, t.attribute = tagAttribute, string(rune(c))
	default:
		t.part = tagBroken
	}
	return t
}

// inAttributeName reads a character of an attribute's name.
func (t markdownTag) inAttributeName(c byte) markdownTag {
	switch {
	case isLetter(c) || '0' <= c && c <= '9' || strings.IndexByte("_.:-", c) >= 0:
		if len(t.attribute) < maxTagName {
			t.attribute += string(rune(c))
		}
	case c == '=':
		t.part = tagEquals
	case isBlank(c):
		t.part = tagBehindAttribute
	case c == '/':
		t.part, t.isEmpty = tagSlash, true
	default:
		t.part = tagBroken
	}
	return t
}

// maxTagName is how many bytes of a name are kept: no relevant name is longer.
const maxTagName = 32

// readTag reads a tag at the start of the text, and returns it with its length: with the part tagDone if it is
// complete, tagBroken if it is not a tag, and another part if the text ends in it.
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

// isText reports whether an attribute with the name holds text: a global HTML attribute, a data attribute, or one of a
// component.
func (t markdownTag) isText() bool {
	name := strings.ToLower(t.attribute)
	return textAttributes[name] || strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "aria-") || t.isComponent()
}

// isComponent reports whether the tag is an MDX component.
func (t markdownTag) isComponent() bool {
	return t.name != "" && (t.name[0] < 'a' || strings.Contains(t.name, ".")) && strings.ToUpper(t.name) != t.name
}

// isURL reports whether an attribute holds a URL.
func (t markdownTag) isURL() bool { return urlAttributes[strings.ToLower(t.attribute)] }

// isCode reports whether a value of the attribute could be executed, or load something that is.
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
