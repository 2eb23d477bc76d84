package validate

import (
	"net/netip"
	"strings"
	"unicode/utf8"
)

const (
	unreserved = alphanumeric + "-._~"
	subDelims  = "!$&'()*+,;="
)

// isURI checks RFC 3986, section 3.
func isURI(text string) bool {
	scheme, rest, found := strings.Cut(text, ":")
	return found && scheme != "" && isLetter(scheme[0]) && consistsOf(scheme, alphanumeric+"+-.") && isRelativeReference(rest)
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

// isURIReference checks RFC 3986, section 4.1.
func isURIReference(text string) bool {
	if isURI(text) {
		return true
	}
	path := text
	if end := strings.IndexAny(text, "/?#"); end >= 0 {
		path = text[:end]
	}
	return !strings.Contains(path, ":") && isRelativeReference(text)
}

// isRelativeReference checks what may follow the colon of a scheme.
func isRelativeReference(text string) bool {
	text, fragment, _ := strings.Cut(text, "#")
	text, query, _ := strings.Cut(text, "?")
	if !hasOnly(fragment, unreserved+subDelims+":@/?") || !hasOnly(query, unreserved+subDelims+":@/?") {
		return false
	}
	if authority, found := strings.CutPrefix(text, "//"); found {
		path := ""
		if slash := strings.IndexByte(authority, '/'); slash >= 0 {
			authority, path = authority[:slash], authority[slash:]
		}
		return isAuthority(authority) && hasOnly(path, unreserved+subDelims+":@/")
	}
	return hasOnly(text, unreserved+subDelims+":@/")
}

func isAuthority(text string) bool {
	if at := strings.LastIndexByte(text, '@'); at >= 0 {
		if !hasOnly(text[:at], unreserved+subDelims+":") {
			return false
		}
		text = text[at+1:]
	}
	if literal, found := strings.CutPrefix(text, "["); found {
		address, port, found := strings.Cut(literal, "]")
		return found && isIPv6(address) && isPort(port)
	}
	host, port, found := strings.Cut(text, ":")
	return hasOnly(host, unreserved+subDelims) && (!found || isPort(":"+port))
}

func isPort(text string) bool {
	return text == "" || text[0] == ':' && consistsOf(text[1:], "0123456789")
}

// hasOnly reports whether the text consists of the given characters and percent-encoded bytes.
func hasOnly(text, those string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] == '%' {
			if i+2 >= len(text) || !isHex(text[i+1]) || !isHex(text[i+2]) {
				return false
			}
			i += 2
		} else if strings.IndexByte(those, text[i]) < 0 {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

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

// isURITemplate checks RFC 6570, section 2.
func isURITemplate(text string) bool { return isTemplate(text, alphanumeric+"_.") }

// isPlainURITemplate requires names without a dot, which the common validators reject.
func isPlainURITemplate(text string) bool { return isTemplate(text, alphanumeric+"_") }

// isTemplate checks a URI template whose variable names consist of the given characters.
func isTemplate(text, those string) bool {
	for text != "" {
		open := strings.IndexByte(text, '{')
		literal := text
		if open >= 0 {
			literal = text[:open]
		}
		if strings.ContainsAny(literal, " \"'<>\\^`|}") || !isPrintable(literal) || !hasPercentPairs(literal) {
			return false
		}
		if open < 0 {
			return true
		}
		expression, rest, found := strings.Cut(text[open+1:], "}")
		if !found || !isTemplateExpression(expression, those) {
			return false
		}
		text = rest
	}
	return true
}

func isPrintable(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r < 0x20 || 0x7f <= r && r < 0xa0 }) < 0
}

func hasPercentPairs(text string) bool {
	for i := range len(text) {
		if text[i] == '%' && (i+2 >= len(text) || !isHex(text[i+1]) || !isHex(text[i+2])) {
			return false
		}
	}
	return true
}

// isTemplateExpression checks the content of braces: an operator, then variables with modifiers.
func isTemplateExpression(text, those string) bool {
	if text != "" && strings.IndexByte("+#./;?&=,!@|", text[0]) >= 0 {
		text = text[1:]
	}
	for _, variable := range strings.Split(text, ",") {
		name, prefix, hasPrefix := strings.Cut(variable, ":")
		if hasPrefix && (prefix == "" || prefix[0] == '0' || len(prefix) > 4 || !consistsOf(prefix, "0123456789")) {
			return false
		}
		if !hasPrefix {
			name = strings.TrimSuffix(name, "*")
		}
		if name == "" || !hasOnly(name, those) {
			return false
		}
	}
	return true
}
