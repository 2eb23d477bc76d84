package escape

import (
	"regexp"
	"strings"
)

// markdownTag is a tag, comment, declaration or label as far as it has been read.
type markdownTag struct {
	text       string // of the tag; attributes before the last value are left out
	inBlock    bool   // it is in an HTML block; in a paragraph, an incomplete tag is text
	isOdd      bool   // it is wrong, or a blank line has ended its HTML block
	isAlone    bool   // nothing precedes it on its line
	end        string // of the comment, declaration or element whose content is not HTML
	isFootnote bool   // of a label
	inside     *action
}

// The parts of a tag, as strict as those of CommonMark, and {…} of MDX.
const (
	tagName      = `([A-Za-z][A-Za-z0-9.:-]*)`
	tagAttribute = `[A-Za-z_:@][A-Za-z0-9_.:-]*`
	tagBraces    = `\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*`
	tagValues    = `(?:\s+(?:` + tagAttribute + `(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>{` + "`" + `]+|` + tagBraces + `\}))?|` + tagBraces + `\}))*`
)

var (
	tagWhole  = regexp.MustCompile(`^<(?:` + tagName + tagValues + `\s*(/?)|/` + tagName + `\s*)>$`)
	tagQuoted = regexp.MustCompile(`^<` + tagName + tagValues + `\s+(` + tagAttribute + `)\s*=\s*(?:(")([^"]*)|(')([^']*))$`)
	tagBraced = regexp.MustCompile(`^<` + tagName + tagValues + `\s+(?:` + tagAttribute + `\s*=\s*)?` + tagBraces + `(?:\{(?:[^{}]|\{[^{}]*\})*(?:\{[^{}]*)?)?$`)
)

// rawElements are the elements whose content browsers do not read as HTML.
var rawElements = words("script style xmp iframe noembed noframes noscript plaintext template")

// attribute is the quoted value of an attribute as far as it has been read.
type attribute struct{ tag, name, quote, before string }

// attribute returns the attribute in whose quotes the tag ends, if any.
func (t markdownTag) attribute() (a attribute, ok bool) {
	m := tagQuoted.FindStringSubmatch(t.text)
	if m == nil {
		return attribute{}, false
	}
	return attribute{m[1], m[2], m[3] + m[5], m[4] + m[6]}, true
}

// isText reports whether an attribute holds text: a global HTML attribute, a data attribute, or one of a component.
func (a attribute) isText() bool {
	name := strings.ToLower(a.name)
	return textAttributes[name] || strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "aria-") || a.isProperty()
}

// isProperty reports whether it is an attribute of an MDX component, which may do anything with it.
func (a attribute) isProperty() bool {
	isComponent := a.tag[0] < 'a' || strings.Contains(a.tag, ".")
	return isComponent && strings.ToUpper(a.tag) != a.tag && !textAttributes[strings.ToLower(a.name)]
}

// isURL reports whether it holds a URL.
func (a attribute) isURL() bool { return urlAttributes[strings.ToLower(a.name)] }

// isCode reports whether a value of the attribute could be executed, or load something that is.
func (a attribute) isCode() bool {
	name := strings.ToLower(a.name)
	return strings.HasPrefix(name, "on") || name == "style" || name == "srcdoc" || name == "is" || strings.ContainsAny(name, "@:") || strings.HasPrefix(name, "v-") || codeTags[strings.ToLower(a.tag)]
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
