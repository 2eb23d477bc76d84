package validate

import (
	"encoding/base64"
	"math"
	"net/netip"
	"strings"

	"github.com/dlclark/regexp2/v2"

	"github.com/firestoned/firestone/model/value"
)

// textFormats holds the formats of strings that are asserted: those of JSON Schema 2020-12 (validation, section
// 7.3) and of OpenAPI that the usual validators check. Where their reading is narrower than the standard's, the
// narrower one is taken, since the documents have to pass both; formats that are not here accept everything.
var textFormats = map[string]func(string) bool{
	"byte":                  isBase64,
	"date":                  isDate,
	"date-time":             isDateTime,
	"duration":              isDuration,
	"email":                 isEmail,
	"hostname":              isHostname,
	"ipv4":                  isIPv4,
	"ipv6":                  isIPv6,
	"json-pointer":          isPointer,
	"regex":                 isRegex,
	"relative-json-pointer": isRelativePointer,
	"time":                  isTime,
	"uri":                   isURI,
	"uri-reference":         isURIReference,
	"uri-template":          isURITemplate,
	"url":                   isURL,
	"uuid":                  isUUID,
}

func fitsFormat(format, text string) bool {
	check, known := textFormats[format]
	return !known || check(text)
}

// fitsNumberFormat checks the formats that OpenAPI gives numbers.
func fitsNumberFormat(format string, v *value.Value) bool {
	switch format {
	case "int32":
		n, ok := v.Rat()
		return ok && n.IsInt() && n.Num().IsInt64() && n.Num().Int64() >= math.MinInt32 && n.Num().Int64() <= math.MaxInt32
	case "int64":
		return v.IsInteger()
	}
	return true
}

func isBase64(text string) bool {
	_, err := base64.StdEncoding.DecodeString(text)
	return err == nil && !strings.ContainsAny(text, "\r\n")
}

// isRegex asks for the Unicode mode of ECMA-262.
func isRegex(text string) bool {
	_, err := regexp2.Compile(text, regexp2.ECMAScript|regexp2.Unicode)
	return err == nil && !strings.Contains(text, `\Z`)
}

// isUUID checks the 8-4-4-4-12 form of RFC 4122, section 3.
func isUUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i := range len(text) {
		hyphen := i == 8 || i == 13 || i == 18 || i == 23
		if hyphen != (text[i] == '-') || !hyphen && !isHex(text[i]) {
			return false
		}
	}
	return true
}

// isPointer checks RFC 6901, section 3.
func isPointer(text string) bool {
	if text != "" && text[0] != '/' {
		return false
	}
	for i := range len(text) {
		if text[i] == '~' && (i+1 == len(text) || text[i+1] != '0' && text[i+1] != '1') {
			return false
		}
	}
	return true
}

func isRelativePointer(text string) bool {
	rest := strings.TrimLeft(text, "0123456789")
	digits := text[:len(text)-len(rest)]
	if digits == "" || digits[0] == '0' && len(digits) > 1 {
		return false
	}
	return rest == "#" || isPointer(rest)
}

// isEmail takes dot-atoms before the @ and a host name of two labels or more behind it (RFC 5321, section 4.1.2),
// neither quoted local parts nor address literals.
func isEmail(text string) bool {
	local, host, found := strings.Cut(text, "@")
	if !found || !strings.Contains(host, ".") || strings.HasSuffix(host, ".") || !isHostname(host) {
		return false
	}
	for _, atom := range strings.Split(local, ".") {
		if atom == "" || !consistsOf(atom, alphanumeric+"!#$%&'*+/=?^_`{|}~-") {
			return false
		}
	}
	return true
}

const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// isHostname checks RFC 1123, section 2.1.
func isHostname(text string) bool {
	text = strings.TrimSuffix(text, ".")
	if len(text) > 253 {
		return false
	}
	for _, label := range strings.Split(text, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' ||
			!consistsOf(label, alphanumeric+"-") {
			return false
		}
	}
	return true
}

func isIPv4(text string) bool {
	address, err := netip.ParseAddr(text)
	return err == nil && address.Is4()
}

func isIPv6(text string) bool {
	address, err := netip.ParseAddr(text)
	return err == nil && address.Is6() && address.Zone() == ""
}

// consistsOf reports whether all bytes of the text are among those.
func consistsOf(text, those string) bool {
	for i := range len(text) {
		if strings.IndexByte(those, text[i]) < 0 {
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
