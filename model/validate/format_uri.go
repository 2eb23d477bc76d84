package validate

import (
	"net/netip"
	"strings"
)

const (
	unreserved = alphanumeric + "-._~"
	subDelims  = "!$&'()*+,;="
)

// isURI checks RFC 3986, section 3, and asks for something behind the scheme.
func isURI(text string) bool {
	scheme, rest, found := strings.Cut(text, ":")
	if !found || scheme == "" || !isLetter(scheme[0]) || !consistsOf(scheme, alphanumeric+"+-.") {
		return false
	}
	return rest != "" && !strings.ContainsAny(rest[:1], "?#") && isRelativeReference(rest)
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

// isRelativeReference checks what may stand behind the colon of a scheme.
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

// hasOnly reports whether the text is made of those characters and percent-encoded bytes.
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

// isURL asks for a public host: the validators that know this format refuse localhost and private addresses.
func isURL(text string) bool {
	scheme, rest, found := strings.Cut(text, "://")
	if !found || !isURI(text) {
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
func isURITemplate(text string) bool {
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
		if !found || !isTemplateExpression(expression) {
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

// isTemplateExpression checks what stands between braces: an operator, then variables with modifiers. A dot in a name,
// which the standard allows, is what the usual validators refuse.
func isTemplateExpression(text string) bool {
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
		if name == "" || !hasOnly(name, alphanumeric+"_") {
			return false
		}
	}
	return true
}
