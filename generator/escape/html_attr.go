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
	usePlain   htmlUse = iota
	useAddress         // a URL
	useSources         // URLs separated by commas, each followed by a size: srcset
	useCode            // the URL of a program: of a script, a stylesheet, an object
	useLink            // the URL of a <link>, whose purpose depends on the rel before it
	useStyle           // declarations of CSS
	useScript          // a program, or not an attribute of HTML: a script library may execute it
	useRule            // it decides how other text is read, or what it may do
)

func (u htmlUse) isAddress() bool { return useAddress <= u && u <= useLink }

// htmlUseOf returns the purpose of the current attribute.
func htmlUseOf(s htmlState) htmlUse {
	element, attr := s.name, s.attr
	base, isData := strings.CutPrefix(attr, "data-")
	switch {
	case s.isEnd || element == "base" || element == "applet" || element == "param":
		return useRule
	case !isData && strings.HasPrefix(base, "on"), !attrName.MatchString(base), !isData && libraryName.MatchString(base), isData && libraryData.MatchString(base):
		return useScript
	case !isData && attr == "style":
		return useStyle
	case !isData && (slices.Contains(ruleAttrs, attr) || slices.Contains(ruleAttrsOf[element], attr)),
		(element == "set" || strings.HasPrefix(element, "animate")) && slices.Contains(animated, attr):
		return useRule
	case strings.HasSuffix(base, "srcset"):
		return useSources
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
	ruleAttrs    = strings.Fields("srcdoc http-equiv xml:base codebase classid archive code sandbox allow csp is encoding ping attributionsrc")
	ruleAttrsOf  = map[string][]string{
		"script": {"type", "language"}, "style": {"type"}, "link": {"rel", "as", "type"}, "meta": {"charset"}, "object": {"type"}, "embed": {"type"},
	}
	animated = strings.Fields("attributename from to by values")
)

// placeValue places an action in the value of an attribute.
func (r htmlReader) placeValue(s htmlState, a *action) htmlState {
	in := func(why string) string { return "the attribute " + s.attr + " of <" + s.name + ">, " + why }
	switch {
	case s.isRef:
		r.refuse(a, "write &amp; for the character &", refMsg)
	case s.use == useScript:
		r.refuse(a, fmt.Sprintf(`write the value in an attribute of its own, data-value="{{ %s }}", and let the script read it there`, a.node.Pipe), insideMsg, in("which may be run as a script"))
	case s.use == useRule:
		r.refuse(a, fmt.Sprintf(`write the value out, in branches if it varies: {{ if CONDITION }}%s="…"{{ else }}%s="…"{{ end }}`, s.attr, s.attr), insideMsg, in("which decides what other text means or may do"))
	case s.use == useStyle:
		return r.placeStyle(s, a)
	case s.use.isAddress():
		return r.placeAddress(s, a)
	default:
		a.write(htmlPlainWriter, htmlJoinedFlag)
	}
	if s.name == "meta" && s.attr == "content" {
		s.last = a
	}
	s.isRef = false
	return s
}
