package validate

import (
	"net/netip"
	"strings"
	"unicode/utf8"
)

// The parts of URIs by RFC 3986, appendix A, except that any text may stand in brackets, for which see hasAddress.
var (
	uriPath      = uriCharacter(":@/") + `*`
	uriAuthority = `//(?:` + uriCharacter(":") + `*@)?(?:\[[^\]]*\]|` + uriCharacter("") + `*)(?::[0-9]*)?(?:/` + uriPath + `)?`
	uriEnd       = `(?:\?` + uriCharacter(":@/?") + `*)?(?:#` + uriCharacter(":@/?") + `*)?`

	hasURIForm       = grammar(`[A-Za-z][A-Za-z0-9+.-]*:(?:` + uriAuthority + `|/?(?:` + uriCharacter(":@") + uriPath + `)?)` + uriEnd)
	hasReferenceForm = grammar(`(?:` + uriAuthority + `|/(?:` + uriCharacter(":@") + uriPath + `)?|(?:` + uriCharacter("@") + `+(?:/` + uriPath + `)?)?)` + uriEnd)
)

// uriCharacter returns the grammar of a character that may stand everywhere in a URI, or is one of the others.
func uriCharacter(others string) string {
	return `(?:[` + others + `A-Za-z0-9._~!$&'()*+,;=-]|` + percentPair + `)`
}

const percentPair = `%` + hexDigit + `{2}`

// isURI checks RFC 3986, section 3.
func isURI(text string) bool { return hasURIForm(text) && hasAddress(text) }

// isURIReference checks RFC 3986, section 4.1.
func isURIReference(text string) bool {
	return isURI(text) || hasReferenceForm(text) && hasAddress(text)
}

// hasAddress reports whether what a URI has in brackets, if anything, is an address.
func hasAddress(text string) bool {
	_, text, found := strings.Cut(text, "[")
	address, _, _ := strings.Cut(text, "]")
	return !found || isIPv6(address)
}

// isFullURI requires something after the scheme.
func isFullURI(text string) bool {
	_, rest, _ := strings.Cut(text, ":")
	return isURI(text) && rest != "" && !strings.ContainsAny(rest[:1], "?#")
}

// isIRI checks RFC 3987, section 2.2.
func isIRI(text string) bool { return isURI(asURI(text)) }

// isIRIReference checks RFC 3987, section 2.2.
func isIRIReference(text string) bool { return isURIReference(asURI(text)) }

// asURI replaces the characters that only an IRI may contain by a tilde, which a URI may contain in the same places.
func asURI(iri string) string {
	query, fragment := strings.IndexByte(iri, '?'), strings.IndexByte(iri, '#')
	if fragment < 0 {
		fragment = len(iri)
	}
	var b strings.Builder
	for i, r := range iri {
		if isUCSChar(r) || isIPrivate(r) && 0 <= query && query < i && i < fragment {
			r = '~'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isUCSChar reports whether a character is a ucschar of RFC 3987, section 2.2.
func isUCSChar(r rune) bool {
	switch {
	case r < 0xa0 || 0xd800 <= r && r < 0xf900 || 0xfdd0 <= r && r < 0xfdf0 || r >= 0xf0000:
		return false
	}
	return r&0xffff < 0xfffe && r != utf8.RuneError && (r < 0xfff0 || r >= 0x10000) && (r < 0xe0000 || r >= 0xe1000)
}

// isIPrivate reports whether a character is an iprivate of RFC 3987, section 2.2.
func isIPrivate(r rune) bool {
	return 0xe000 <= r && r < 0xf900 || r >= 0xf0000 && r&0xffff < 0xfffe
}

// isURL requires an absolute URI with an authority.
func isURL(text string) bool {
	_, rest, _ := strings.Cut(text, ":")
	return isURI(text) && strings.HasPrefix(rest, "//") && len(rest) > len("//")
}

// isPublicURL requires a public host: the validators that know this format reject localhost and private addresses.
func isPublicURL(text string) bool {
	scheme, rest, found := strings.Cut(text, "://")
	if !found || !isFullURI(text) {
		return false
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "ftp":
	default:
		return false
	}
	authority := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		if authority = rest[:end]; rest[end] != '/' {
			return false
		}
	}
	host, port, hasPort := strings.Cut(authority[strings.LastIndexByte(authority, '@')+1:], ":")
	if hasPort && (len(port) < 2 || len(port) > 5) {
		return false
	}
	if address, err := netip.ParseAddr(host); err == nil {
		return address.Is4() && address.IsGlobalUnicast() && !address.IsPrivate()
	}
	top := host[strings.LastIndexByte(host, '.')+1:]
	return isHostname(host) && len(top) < len(host) && len(top) > 1 && !strings.ContainsAny(top, "0123456789-")
}

var (
	isURITemplate      = grammar(template(templateCharacter + `(?:\.?` + templateCharacter + `)*`)) // RFC 6570, section 2
	isPlainURITemplate = grammar(template(templateCharacter + `+`))                                 // the common validators reject names with a dot
)

const templateCharacter = `(?:[A-Za-z0-9_]|` + percentPair + `)`

// template returns the grammar of URI templates in which variables have such names.
func template(name string) string {
	variable := name + `(?::[1-9][0-9]{0,3}|\*)?`
	return `(?:[^\x00-\x20"'<>\\^\x60{|}%\x7f-\x9f]|` + percentPair + `|\{[+#./;?&=,!@|]?` + variable + `(?:,` + variable + `)*\})*`
}
