package escape

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// htmlUse is the purpose of an attribute's value for browsers and programs.
type htmlUse uint8

const (
	usePlain     htmlUse = iota
	useAddress           // a URL
	useAddresses         // URLs separated by spaces
	useSources           // URLs separated by commas, each followed by a size: srcset
	useCode              // the URL of a program: of a script, a stylesheet, an object
	useLink              // the URL of a <link>, whose purpose depends on rel
	useStyle             // declarations of CSS
	useHandler           // a program
	useRule              // it decides how other text is read, or what it may do
	useUnknown           // not an HTML attribute: a script library may execute it
)

func (u htmlUse) isAddress() bool { return useAddress <= u && u <= useLink }

func (u htmlUse) start() htmlPart {
	if u == useStyle {
		return styleStart
	}
	return addressStart
}

// htmlUseOf returns the purpose of the current attribute.
func htmlUseOf(s htmlState) htmlUse {
	element, attr := s.name, s.attr
	base, isData := strings.CutPrefix(attr, "data-")
	switch {
	case s.isEnd || element == "base" || element == "applet" || element == "param":
		return useRule
	case !isData && strings.HasPrefix(base, "on"):
		return useHandler
	case !attrName.MatchString(base), !isData && libraryName.MatchString(base), isData && libraryData.MatchString(base):
		return useUnknown
	case !isData && attr == "style":
		return useStyle
	case !isData && (slices.Contains(ruleAttrs, attr) || slices.Contains(ruleAttrsOf[element], attr)):
		return useRule
	case (element == "animate" || element == "set" || strings.HasPrefix(element, "animate")) && slices.Contains(animated, attr):
		return useRule
	case strings.HasSuffix(base, "srcset"):
		return useSources
	case base == "ping" || base == "attributionsrc":
		return useAddresses
	case !isAddressName(base):
		return usePlain
	case element == "link":
		return useLink
	case element == "script" || element == "object" || element == "embed":
		return useCode
	}
	return useAddress
}

// isAddressName reports whether an attribute of that name is a URL.
func isAddressName(name string) bool {
	if slices.Contains(addressAttrs, name) {
		return true
	}
	for word := range strings.FieldsFuncSeq(name, func(c rune) bool { return c == '-' || c == '_' || c == ':' || c == '.' }) {
		for _, suffix := range []string{"href", "src", "url", "uri"} {
			if strings.HasSuffix(word, suffix) && word != "curl" {
				return true
			}
		}
	}
	return false
}

var (
	attrName = regexp.MustCompile(`^((xlink|xml|xmlns):)?[a-z][a-z0-9._-]*$`)
	// libraryName and libraryData match the attributes that widely used script libraries execute, or read the names of
	// what to execute from.
	libraryName = regexp.MustCompile(`^(v|x|ng|hx)-`)
	libraryData = regexp.MustCompile(`^(on|ng|hx|bind)(-|$)`)

	addressAttrs = strings.Fields("action background cite data dynsrc formaction icon longdesc lowsrc manifest poster profile")
	ruleAttrs    = strings.Fields("srcdoc http-equiv xml:base codebase classid archive code sandbox allow csp is encoding")
	ruleAttrsOf  = map[string][]string{
		"script": {"type", "language"}, "style": {"type"}, "link": {"rel", "as", "type"}, "meta": {"charset"}, "object": {"type"}, "embed": {"type"},
	}
	animated = strings.Fields("attributename from to by values")
)

// checkTag reports a tag whose combined attributes violate the reader's assumptions: an encoding other than that of the
// file, or a value with another purpose.
func (r htmlReader) checkTag(s htmlState) {
	const utf8Hint = `write <meta charset="utf-8">`
	switch s.name {
	case "meta":
		if charset, ok := s.attribute("charset"); ok && charset != "utf-8" && charset != "utf8" {
			r.wrong(utf8Hint, "<meta> declares the encoding %q, but the file is UTF-8", charset)
		}
		command, isCommand := s.attribute("http-equiv")
		content, _ := s.attribute("content")
		switch found := charsetOf.FindStringSubmatch(content); {
		case !isCommand:
			return
		case command != "refresh" && found != nil && found[1] != "utf-8" && found[1] != "utf8":
			r.wrong(utf8Hint, "<meta> declares the encoding %q, but the file is UTF-8", found[1])
		case s.late != nil:
			r.refuse(s.late, `write the content out, or a link: <a href="{{ VALUE }}">…</a>`, insideMsg, "<meta http-equiv>, which is a command")
		}
	case "link":
		rel, _ := s.attribute("rel")
		if s.late != nil && (rel == "" || !isLinkOnly(rel)) {
			r.refuse(s.late, codeHint, insideMsg, "the address of a <link> that browsers load")
		}
	}
}

var charsetOf = regexp.MustCompile(`charset\s*=\s*["']?\s*([^\s"';]*)`)

// isLinkOnly reports whether a <link> with that rel is informational and loads no program.
func isLinkOnly(rel string) bool {
	for word := range strings.FieldsSeq(rel) {
		if !slices.Contains(linkWords, word) {
			return false
		}
	}
	return true
}

var linkWords = strings.Fields(`alternate apple-touch-icon apple-touch-icon-precomposed author bookmark canonical contents describedby dns-prefetch
	edit external help hub icon index license mask-icon me next nofollow noopener noreferrer pingback preconnect prev privacy-policy profile
	search self service-desc service-doc shortcut shortlink start tag terms-of-service up webmention`)

const codeHint = `write the address out, in branches if it varies: "{{ if CONDITION }}../a.js{{ else }}a.js{{ end }}"; a value may follow a "?": "a.js?v={{ VALUE }}"`

// inValue places an action in a quoted attribute value.
func (r htmlReader) inValue(s htmlState, a *action) htmlState {
	value := operand(a.node.Pipe)
	in := func(why string) string { return "the attribute " + s.attr + " of <" + s.name + ">, " + why }
	switch {
	case s.isRef:
		r.refuse(a, "write &amp; for the character &", refMsg)
	case s.use == useHandler:
		r.refuse(a, fmt.Sprintf(`write the value in an attribute of its own, data-value="{{ %s }}", and let the script read it there`, value), insideMsg, in("which is run as a script"))
	case s.use == useUnknown:
		r.refuse(a, fmt.Sprintf(`write the value in an attribute of its own, data-value="{{ %s }}"`, value), insideMsg, in("which is not one of HTML and may be run by a script library"))
	case s.use == useRule:
		r.refuse(a, "write the value out, in branches if it varies: "+fmt.Sprintf(`{{ if CONDITION }}%s="…"{{ else }}%s="…"{{ end }}`, s.attr, s.attr), insideMsg,
			in("which decides what other text means or may do"))
	case s.use == useStyle:
		return r.inStyle(s, a)
	case s.use.isAddress():
		return r.inAddress(s, a)
	default:
		a.write(htmlPlainWriter, htmlJoinedFlag)
	}
	if s.name == "meta" && s.attr == "content" {
		s.late = a
	}
	s.isRef = false
	return s
}
