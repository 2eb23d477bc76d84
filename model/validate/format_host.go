package validate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/secure/bidirule"
	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// isEmail checks the Mailbox of RFC 5321, section 4.1.2.
func isEmail(text string) bool {
	local, domain, found := cutMailbox(text)
	return found && isLocalPart(local) && (isHostname(domain) || isAddressLiteral(domain))
}

// isIDNEmail checks the Mailbox of RFC 6531, section 3.3.
func isIDNEmail(text string) bool {
	local, domain, found := cutMailbox(text)
	return found && isLocalPart(withoutUnicode(local)) && (isIDNHostname(domain) || isAddressLiteral(domain))
}

// isPlainEmail accepts dot-atoms before the @ and a host name of at least two labels after it, but neither quoted local
// parts nor address literals.
func isPlainEmail(text string) bool {
	local, domain, found := strings.Cut(text, "@")
	return found && isDotString(local) && strings.Contains(domain, ".") && !strings.HasSuffix(domain, ".") && isHostname(domain)
}

// cutMailbox splits an address at its last @: a quoted local part may contain others.
func cutMailbox(text string) (local, domain string, found bool) {
	at := strings.LastIndexByte(text, '@')
	if at < 0 {
		return "", "", false
	}
	return text[:at], text[at+1:], true
}

const (
	atomForm      = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
	dotStringForm = atomForm + `(?:\.` + atomForm + `)*`
)

var (
	isDotString = grammar(dotStringForm)
	isLocalPart = grammar(dotStringForm + `|"(?:[ !#-\[\]-~]|\\[ -~])*"`)
)

func isAddressLiteral(text string) bool {
	if !strings.HasPrefix(text, "[") || !strings.HasSuffix(text, "]") {
		return false
	}
	address := text[1 : len(text)-1]
	if six, found := strings.CutPrefix(address, "IPv6:"); found {
		return isIPv6(six)
	}
	return isIPv4(address)
}

// withoutUnicode replaces each character that is not ASCII by a letter.
func withoutUnicode(text string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII && r != utf8.RuneError {
			return 'a'
		}
		return r
	}, text)
}

const (
	maxHostname = 253
	maxLabel    = 63
)

const labelForm = `[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?`

var (
	isLabel         = grammar(labelForm)
	hasHostnameForm = grammar(labelForm + `(?:\.` + labelForm + `)*\.?`)
)

// isHostname checks RFC 1123, section 2.1.
func isHostname(text string) bool {
	return len(strings.TrimSuffix(text, ".")) <= maxHostname && hasHostnameForm(text)
}

// fullStops are the label separators other than the dot (RFC 3490, section 3.1).
var fullStops = strings.NewReplacer("\u3002", ".", "\uff0e", ".", "\uff61", ".")

// isIDNHostname checks host names whose labels may be U-labels (RFC 5890, section 2.3.2.1).
func isIDNHostname(text string) bool {
	const maxLength = 4 * maxHostname // in bytes, of the characters that so many letters may encode
	if len(text) > maxLength {
		return false
	}
	text = strings.TrimSuffix(fullStops.Replace(text), ".")
	length := -1
	for label := range strings.SplitSeq(text, ".") {
		size := len(label)
		if !isLabel(label) {
			label = strings.ToLower(label)
			if size = len("xn--") + punycodeLength(label); size > maxLabel || !isULabel(label) {
				return false
			}
		}
		length += 1 + size
	}
	return length <= maxHostname
}

// isULabel checks RFC 5891, sections 4.2.2 and 4.2.3. It derives the allowed characters from their categories, like RFC
// 5892, section 3.
func isULabel(label string) bool {
	runes := []rune(label)
	isPlain := len(runes) > 0 && !strings.HasPrefix(label, "-") && !strings.HasSuffix(label, "-") && norm.NFC.IsNormalString(label)
	if !isPlain || len(runes) > 3 && runes[2] == '-' && runes[3] == '-' || unicode.IsMark(runes[0]) ||
		bidirule.DirectionString(label) == bidi.RightToLeft && !bidirule.ValidString(label) {
		return false
	}
	for i, r := range runes {
		if !isPermitted(r) && !isPermittedHere(runes, i) {
			return false
		}
	}
	return true
}
