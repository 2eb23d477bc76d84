package validate

import (
	"encoding/base64"
	"math"
	"net/netip"
	"strings"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// textFormat is a format for strings.
type textFormat struct {
	accepts func(string) bool
	// narrow is the check of the common validators of documents, if they are stricter than the standard.
	narrow func(string) bool
	detail string // what a text outside the format is not
}

// textFormats holds the formats that are checked: those of JSON Schema 2020-12 (validation, section 7.3), and those of
// OpenAPI that the common validators check. All other formats accept everything.
var textFormats = map[string]textFormat{
	"byte":                  {isBase64, nil, "valid Base64"},
	"date":                  {isDate, nil, "a valid date, such as 2026-01-31"},
	"date-time":             {isDateTime, nil, "a valid date-time, such as 2026-01-31T09:30:00Z"},
	"duration":              {isDuration, nil, "a valid duration, such as P1DT12H"},
	"email":                 {isEmail, isPlainEmail, "a valid email address"},
	"hostname":              {isHostname, nil, "a valid host name"},
	"idn-email":             {isIDNEmail, nil, "a valid email address"},
	"idn-hostname":          {isIDNHostname, nil, "a valid host name"},
	"ipv4":                  {isIPv4, nil, "a valid IPv4 address"},
	"ipv6":                  {isIPv6, nil, "a valid IPv6 address"},
	"iri":                   {isIRI, nil, "a valid IRI"},
	"iri-reference":         {isIRIReference, nil, "a valid IRI reference"},
	"json-pointer":          {isPointer, nil, "a valid JSON Pointer"},
	"regex":                 {isRegex, nil, "a valid regular expression"},
	"relative-json-pointer": {isRelativePointer, nil, "a valid relative JSON Pointer"},
	"time":                  {isTime, nil, "a valid time, such as 09:30:00Z"},
	"uri":                   {isURI, isFullURI, "a valid URI"},
	"uri-reference":         {isURIReference, nil, "a valid URI reference"},
	"uri-template":          {isURITemplate, isPlainURITemplate, "a valid URI template"},
	"url":                   {isURL, isPublicURL, "a valid URL"},
	"uuid":                  {isUUID, nil, "a valid UUID"},
}

func (va *validation) fitsFormat(format, text string) bool {
	f, known := textFormats[format]
	if va.isNarrow && f.narrow != nil {
		return f.narrow(text)
	}
	return !known || f.accepts(text)
}

// formatDetail describes a value that is not in a format.
func formatDetail(format string) string {
	switch format {
	case "int32":
		return "must be an integer from -2147483648 to 2147483647"
	case "int64":
		return "must be an integer"
	}
	return "is not " + textFormats[format].detail
}

// fitsNumberFormat checks OpenAPI's formats for numbers.
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

// isRegex checks an ECMA-262 expression in Unicode mode. It does not parse long ones, whose nested parts could take
// minutes.
func isRegex(text string) bool {
	const maxLength = 2_000
	if len(text) > maxLength {
		return true
	}
	strict, err := schema.Pattern(text)
	return err == nil && strict == text
}

// grammar returns a check whether a regular expression matches all of a text. It is compiled when first needed.
func grammar(expression string) func(text string) bool {
	compiled := value.Expression(`^(?:` + expression + `)$`)
	return func(text string) bool { return compiled().MatchString(text) }
}

const (
	hexDigit    = `[0-9A-Fa-f]`
	pointerForm = `(?:/(?:[^/~]|~[01])*)*`
)

var (
	isUUID            = grammar(hexDigit + `{8}(?:-` + hexDigit + `{4}){3}-` + hexDigit + `{12}`) // RFC 4122, section 3
	isPointer         = grammar(pointerForm)                                                      // RFC 6901, section 3
	isRelativePointer = grammar(`(?:0|[1-9][0-9]*)(?:#|` + pointerForm + `)`)
)

func isIPv4(text string) bool {
	address, err := netip.ParseAddr(text)
	return err == nil && address.Is4()
}

func isIPv6(text string) bool {
	address, err := netip.ParseAddr(text)
	return err == nil && address.Is6() && address.Zone() == ""
}
