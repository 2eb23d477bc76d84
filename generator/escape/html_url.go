package escape

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// htmlPart is the part of an address or a style being read.
type htmlPart uint8

const (
	addressStart   htmlPart = iota
	addressWord             // in letters that may be a scheme
	addressJoined           // the same, including a value
	addressPath             // after the scheme is decided: in a host or path
	addressOpaque           // after mailto: and similar schemes
	addressQuery            // after "?" or "#"
	addressUnclear          // after a scheme that is not allowed, or what may be one; in a list, after the first address
	styleStart              // where a property may begin
	styleName               // in or after its name
	styleValue              // after its colon
	styleUnclear            // after something unsupported: quotes, parentheses, escapes, comments, references
)

// schemes are the schemes allowed in addresses of a template, with the state after them.
var schemes = map[string]htmlPart{
	"http": addressPath, "https": addressPath, "ftp": addressPath, "ws": addressPath, "wss": addressPath,
	"mailto": addressOpaque, "tel": addressOpaque, "sms": addressOpaque, "urn": addressOpaque, "geo": addressOpaque,
}

// valueSchemes are the schemes allowed in values.
var valueSchemes = []string{"http", "https", "mailto", "tel"}

const schemeHint = "use http, https, mailto or tel, or an address without a scheme"

// inAddress reads a character of an address.
func (r htmlReader) inAddress(s htmlState, c byte) htmlState {
	isUndecided := s.part <= addressJoined
	switch {
	case s.part == addressUnclear:
	case s.use == useSources && s.part != addressStart && (c == ',' || isHTMLSpace(c)):
		s.part = addressUnclear
	case c == '?' || c == '#':
		s.part = addressQuery
	case !isUndecided, c == '\t' || c == '\n' || c == '\r', c <= ' ' && s.part == addressStart:
	case c == ':' && s.part == addressWord && schemes[strings.ToLower(s.word)] != 0:
		s.part = schemes[strings.ToLower(s.word)]
	case c == ':' || c == '&': // a reference may be a colon
		if s.part = addressUnclear; s.last != nil {
			r.refuse(s.last, `write the address as one action: {{ printf "%v://%v" SCHEME HOST }}`, insideMsg, "the scheme of an address")
		}
	case isLetter(c) || s.part != addressStart && (isAlphanumeric(c) || c == '+' || c == '-' || c == '.'):
		if s.part != addressJoined {
			s.part = addressWord
			s.word += string(rune(c))
		}
	default:
		s.part = addressPath
	}
	return s
}

// placeAddress places an action in an address.
func (r htmlReader) placeAddress(s htmlState, a *action) htmlState {
	var f flags
	if s.use == useSources {
		f = htmlListFlag
	}
	switch s.part {
	case addressQuery:
		a.write(htmlQueryWriter, f)
		return s
	case addressUnclear:
		if s.use == useSources {
			r.refuse(a, "write the sizes and the other addresses out, or each address in a <source> of its own", insideMsg, "a list of sources, behind the first one")
		} else if s.last == nil { // else the action that forms the scheme is refused
			r.refuse(a, schemeHint, insideMsg, "an address whose scheme is not allowed")
		}
		return s
	case addressStart:
		f |= htmlStartFlag
		s.part = addressJoined
	case addressWord, addressJoined:
		f |= htmlUndecidedFlag
		s.part = addressJoined
	case addressOpaque:
		f |= htmlOpaqueFlag
	}
	rel, _ := s.attribute("rel")
	if s.use == useCode || s.use == useLink && (rel == "" || !isLinkOnly(rel)) {
		r.refuse(a, `write the address out, in branches if it varies: "{{ if CONDITION }}../a.js{{ else }}a.js{{ end }}"; a value may follow a "?": "a.js?v={{ VALUE }}", or in a <link> its rel: rel="icon"`, insideMsg,
			"the address of what browsers run or load")
	}
	a.write(htmlAddressWriter, f)
	s.last = a
	return s
}

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

// writeHTMLAddress writes an address, or a part of its host or path.
func writeHTMLAddress(flag int, v any) (string, error) {
	f := flags(flag)
	text, err := htmlString(v)
	if err != nil {
		return "", err
	}
	first := strings.IndexAny(text, `/?#\`)
	if first < 0 {
		first = len(text)
	}
	head, rest := text[:first], text[first:]
	switch {
	case f&htmlStartFlag != 0:
		text = strings.TrimSpace(text)
		if scheme, _, ok := strings.Cut(strings.TrimSpace(head), ":"); ok && !slices.Contains(valueSchemes, strings.ToLower(scheme)) {
			return "", value.Problem{Msg: fmt.Sprintf("the address %q has a scheme that is not allowed", text), Hint: schemeHint}
		} else if ok && f&htmlUndecidedFlag != 0 {
			return "", value.Problem{Msg: fmt.Sprintf("the address %q has a scheme, but may follow something else", text), Hint: "write the attribute in each branch"}
		}
	case f&htmlUndecidedFlag != 0:
		text = strings.ReplaceAll(head, ":", "%3A") + rest
	}
	kept := "-._~!$*+,/:;=@[]&?#"
	if f&htmlOpaqueFlag != 0 {
		kept = "-._~!$*+,/:;=@[]"
	}
	if f&htmlListFlag != 0 {
		kept = strings.ReplaceAll(kept, ",", "")
	}
	return WriteHTML(encodeURL(text, kept, true)), nil
}

// writeHTMLQuery writes a part of the query or fragment of an address.
func writeHTMLQuery(_ int, v any) (string, error) {
	text, err := htmlString(v)
	return encodeURL(text, "-._~", false), err
}

// encodeURL percent-encodes all characters except letters, digits and the ones to keep; existing codes are kept if
// hasCodes is true.
func encodeURL(text, kept string, hasCodes bool) string {
	var b strings.Builder
	isHex := func(i int) bool { return i < len(text) && strings.IndexByte(hexDigits+"abcdef", text[i]) >= 0 }
	for i := range len(text) {
		c := text[i]
		if isAlphanumeric(c) || strings.IndexByte(kept, c) >= 0 || c == '%' && hasCodes && isHex(i+1) && isHex(i+2) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// inDeclaration reads a character of a style.
func (s htmlState) inDeclaration(c byte) htmlState {
	switch {
	case s.part == styleUnclear:
	case strings.IndexByte("\\&{}[]()@<*\"'", c) >= 0, c == ':' && s.part == styleStart: // a colon without a property
		s.part = styleUnclear
	case c == ';':
		s.part = styleStart
	case c == ':':
		s.part = styleValue
	case !isHTMLSpace(c) && s.part == styleStart:
		s.part = styleName
	}
	return s
}

// placeStyle places an action in a style, where it must be a value or part of one.
func (r htmlReader) placeStyle(s htmlState, a *action) htmlState {
	value := a.node.Pipe.String()
	switch s.part {
	case styleUnclear:
		r.refuse(a, fmt.Sprintf(`write it before them, as a property that they read: style="--value: {{ %s }}; width: calc(2 * var(--value))"; for an address, write <img src="{{ %s }}" alt="">`, value, value), insideMsg,
			"a style, after parentheses, quotes, escapes, comments or a colon without a property")
	case styleStart, styleName:
		r.refuse(a, fmt.Sprintf(`write the value of a property: style="color: {{ %s }}"`, value), insideMsg, "the property name of a style")
	}
	a.write(htmlStyleWriter, 0)
	return s
}

// styleText matches words, numbers and colours separated by spaces or commas.
var styleText = func() *regexp.Regexp {
	const item = `(?:#[A-Za-z0-9_-]+|[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:%|[A-Za-z]+)?|-{0,2}[A-Za-z_][A-Za-z0-9_-]*)`
	return regexp.MustCompile(`^ *(?:` + item + `(?:[ ,]+` + item + `)*)? *$`)
}()

// writeHTMLStyle writes a CSS value that consists of words, numbers and colours.
func writeHTMLStyle(_ int, v any) (string, error) {
	text, err := htmlString(v)
	if err == nil && !styleText.MatchString(text) {
		return "", value.Problem{Msg: fmt.Sprintf("%q cannot be written into a style", text), Hint: "use words, numbers and colours such as 12.5%, red or #ff0000"}
	}
	return text, err
}
