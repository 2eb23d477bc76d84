package escape

import (
	"regexp"
	"slices"
	"strings"
)

// inTag reads between "<" or "</" and the ">" of a tag.
func (r htmlReader) inTag(s htmlState, c byte) (htmlState, bool) {
	switch s.mode {
	case htmlTagName, htmlAttr:
		if !isHTMLSpace(c) && c != '/' && c != '>' && (c != '=' || s.mode == htmlTagName || s.attr == "") {
			return s.named(c), true
		}
		if s.mode == htmlTagName {
			s.mode = htmlTag
			return s, false
		}
		s.mode = htmlAttrDone
		return s, false
	case htmlTag, htmlAttrDone:
		switch {
		case isHTMLSpace(c):
			return s, true
		case c == '/':
			s.mode = htmlSlash
		case c == '>':
			return r.tagEnd(s.keep(), false), true
		case c == '=' && s.mode == htmlAttrDone:
			s.mode = htmlEquals
		default:
			s = s.keep()
			s.mode = htmlAttr
			return s.named(c), true
		}
		return s, true
	case htmlSlash:
		if c == '>' {
			return r.tagEnd(s.keep(), true), true
		}
		s.mode = htmlTag
		return s, false
	case htmlEquals:
		switch {
		case isHTMLSpace(c):
			return s, true
		case c == '>':
			return r.tagEnd(s.keep(), false), true
		}
		s.use, s.word, s.last, s.isRef = htmlUseOf(s), "", nil, false
		s.part = s.use.start()
		if s.mode = htmlBare; c == '"' || c == '\'' {
			s.mode, s.quote = htmlValue, c
			return s, true
		}
		return s, false
	}
	return r.attrValue(s, c)
}

func (s htmlState) named(c byte) htmlState {
	if 'A' <= c && c <= 'Z' {
		c |= 0x20
	}
	if s.mode == htmlTagName {
		s.name += string(c)
	} else {
		s.attr += string(c)
	}
	return s
}

// attrValue reads the value of an attribute.
func (r htmlReader) attrValue(s htmlState, c byte) (htmlState, bool) {
	switch {
	case s.mode == htmlValue && c == s.quote:
		s = s.keep()
		s.mode, s.quote = htmlTag, 0
		return s, true
	case s.mode == htmlBare && (isHTMLSpace(c) || c == '>'):
		s = s.keep()
		s.mode = htmlTag
		return s, false
	}
	if isKept(s.name, s.attr) && (s.late == nil || s.attr != "content") {
		s.value += string(c)
	}
	s = r.partly(s, c)
	s.isRef = c == '&' || s.isRef && (c == '#' || isAlphanumeric(c))
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

// keep ends an attribute. If a name occurs twice, browsers use the first one.
func (s htmlState) keep() htmlState {
	if _, isThere := s.attribute(s.attr); isKept(s.name, s.attr) && !isThere {
		s.kept += s.attr + "=" + strings.ReplaceAll(s.value, "\n", " ") + "\n"
	}
	s.attr, s.value, s.word, s.use, s.part, s.last, s.isRef = "", "", "", 0, 0, nil, false
	return s
}

// attribute returns the value of an attribute that was kept.
func (s htmlState) attribute(name string) (string, bool) {
	for line := range strings.Lines(s.kept) {
		if value, ok := strings.CutPrefix(line, name+"="); ok {
			return strings.ToLower(strings.TrimSpace(value)), true
		}
	}
	return "", false
}

// tagEnd returns the state after a tag.
func (r htmlReader) tagEnd(s htmlState, isClosed bool) htmlState {
	after, tag := htmlState{where: s.where}, s.name
	if s.isEnd {
		tag = "/" + tag
	}
	if slices.Contains(textless, tag) {
		after.parent = s.name
	}
	if s.isEnd {
		return r.endTag(after, s.name)
	}
	r.checkTag(s)
	_, isForeign := s.where.foreign()
	switch {
	case isForeign:
		return r.foreignTag(after, s.name, isClosed)
	case strings.HasSuffix(s.where.open, "select "):
		if slices.Contains(notInSelect, s.name) {
			r.wrong("move it out of the <select>", "<%s> is in <select>, where browsers differ about it", s.name)
		}
	case s.where.open != "" && !slices.Contains(voidElements, s.name):
		if isClosed && s.name != "svg" && s.name != "math" {
			r.wrong("write <"+s.name+"></"+s.name+">", "<%s/> does not close the element outside of SVG", s.name)
		}
		after.where.open += s.name + " "
	}
	return r.startTag(after, s, isClosed)
}

// startTag returns the state after the start tag of an HTML element.
func (r htmlReader) startTag(after, s htmlState, isClosed bool) htmlState {
	const browsers = "browsers show everything after it as text, or drop it"
	switch s.name {
	case "svg", "math", "select":
		switch {
		case isClosed && s.name != "select":
			after.where.open = s.where.open
		case s.where.open == "":
			after.where.open = s.name + " "
		}
	case "script":
		after.mode, after.name = htmlRawText, s.name
		if t, _ := s.attribute("type"); dataScript.MatchString(t) {
			after.mode = htmlJSON
		}
	case "style", "xmp", "iframe", "noembed", "noframes":
		after.mode, after.name = htmlRawText, s.name
	case "title", "textarea":
		after.mode, after.name, after.fresh = htmlRefText, s.name, s.name == "textarea"
	case "pre", "listing":
		after.fresh = true
	case "plaintext":
		r.wrong("write <pre>", "<plaintext>: "+browsers)
	case "frameset":
		r.wrong("write <iframe>", "<frameset>: "+browsers)
	case "noscript":
		after.where.noscript = true
	case "template":
		after.where.template = true
		return after
	case "col":
		if s.where.template {
			r.wrong("write <colgroup> around it", "<col> is the first tag of a <template>, in which browsers then drop other tags")
		}
	}
	if !slices.Contains(transparent, s.name) {
		after.where.template = false
	}
	return after
}

// dataScript matches the types of scripts that are JSON data.
var dataScript = regexp.MustCompile(`^(application|text)/([a-z0-9.-]+\+)?json$`)

// foreignTag returns the state after the start tag of an SVG or MathML element.
func (r htmlReader) foreignTag(after htmlState, name string, isClosed bool) htmlState {
	root, _ := after.where.foreign()
	switch {
	case slices.Contains(breakouts, name):
		r.wrong("close the <"+root+"> before it, or put it into <foreignObject>", "<%s> ends the <%s> that it is in", name, root)
	case name == "annotation-xml":
		r.wrong("remove it", "<annotation-xml>: its attributes decide how its text is read")
	case !isClosed:
		after.where.open += name + " "
	}
	return after
}

// endTag returns the state after an end tag.
func (r htmlReader) endTag(after htmlState, name string) htmlState {
	open, outer := strings.TrimSuffix(after.where.open, " "), ""
	top := open
	if i := strings.LastIndexByte(open, ' '); i >= 0 {
		top, outer = open[i+1:], open[:i+1]
	}
	outside, isThere := after.where.outside(name)
	isMarked := name == "svg" || name == "math" || name == "select" || name == "noscript"
	switch {
	case isThere:
		after.where.open = outside
	case top == name && open != "":
		after.where.open = outer
	case open != "" && (top != "select" || isMarked):
		r.wrong("close <"+top+"> before it", "</%s> is in <%s>, which is still open", name, top)
		after.where.open = ""
	case isMarked && (name != "noscript" || !after.where.noscript):
		r.wrong("open and close <"+name+"> in the same template", "</%s> closes nothing in this template", name)
	}
	if name == "noscript" {
		after.where.noscript = false
	}
	if name == "template" {
		after.where.template = true
	}
	return after
}

// outside returns the open elements around the innermost one of that name, if only SVG or MathML is between it and the
// current position: its end tag closes everything inside it.
func (w htmlWhere) outside(name string) (open string, isThere bool) {
	_, isForeign := w.foreign()
	for rest := w.open; isForeign && rest != ""; {
		i := strings.LastIndexByte(strings.TrimSuffix(rest, " "), ' ') + 1
		top := strings.TrimSuffix(rest[i:], " ")
		rest = rest[:i]
		if top == name {
			return rest, true
		}
		_, isForeign = htmlWhere{open: rest}.foreign()
	}
	return "", false
}

// foreign returns the enclosing SVG or MathML element, and whether tags are read as such.
func (w htmlWhere) foreign() (root string, isForeign bool) {
	for name := range strings.FieldsSeq(w.open) {
		switch {
		case !isForeign && (name == "svg" || name == "math"):
			root, isForeign = name, true
		case isForeign && slices.Contains(integrations[root], name):
			isForeign = false
		}
	}
	return root, isForeign
}

// The elements in SVG and MathML whose content is HTML.
var integrations = map[string][]string{
	"svg": {"foreignobject", "desc", "title"}, "math": {"mi", "mo", "mn", "ms", "mtext"},
}

// The tags that end SVG and MathML.
var breakouts = strings.Fields(`b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i img li listing
	menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var`)

// The elements without an end tag.
var voidElements = strings.Fields("area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr")

// The elements that browsers disagree about in a <select>, or that end it.
var notInSelect = strings.Fields("frameset iframe math noembed noframes noscript plaintext style svg template textarea title xmp")

// The elements whose tags do not affect what a <template> may contain.
var transparent = strings.Fields("base basefont bgsound link meta noframes script style title")

// The tags after which HTML allows no text.
var textless = strings.Fields("html head table thead tbody tfoot tr colgroup col /head /thead /tbody /tfoot /tr /td /th /caption /colgroup")
