package schema

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// textFormats are the string formats of JSON Schema (2020-12, validation, section 7.3) and those that OpenAPI 3.0
// added; rareFormats are the other formats in OpenAPI's registry, of any type, which are never suggested.
var (
	textFormats = []string{
		"binary", "byte", "date", "date-time", "duration", "email", "hostname", "idn-email", "idn-hostname", "ipv4", "ipv6", "iri", "iri-reference",
		"json-pointer", "password", "regex", "relative-json-pointer", "time", "uri", "uri-reference", "uri-template", "url", "uuid",
	}
	numberFormats = []string{"double", "float", "int32", "int64"}
	rareFormats   = []string{
		"base64url", "char", "commonmark", "date-time-local", "decimal", "decimal128", "double-int", "html", "http-date", "int8", "int16", "media-range",
		"sf-binary", "sf-boolean", "sf-decimal", "sf-integer", "sf-string", "sf-token", "time-local", "uint8", "uint16", "uint32", "uint64", "unixtime",
	}
)

// otherFormats maps the names that other languages use to formats.
var otherFormats = map[string]string{
	"timestamp": "date-time", "iso8601": "date-time", "mail": "email", "guid": "uuid", "base64": "byte", "int": "int32", "integer": "int64", "long": "int64",
	"ipaddress": "ipv4", "ip": "ipv4",
}

// format warns about a format that is most likely misspelt, and about a string format for other types: validators and
// generators ignore both.
func (c checker) format(v *value.Value) {
	format := v.Get("format")
	if !format.Is(value.KindString) {
		return
	}
	isOfText := slices.Contains(textFormats, format.Text)
	types := slices.DeleteFunc(Types(v), func(word string) bool { return word == "null" })
	switch meant := formatMeant(format.Text); {
	case meant != "":
		c.warn(value.DoubtfulFormat, "format", format.Pos, "write \""+meant+"\", unless it is a format of your own", "unknown format %q", format.Text)
	case isOfText && len(types) > 0 && !slices.Contains(types, "string"):
		c.warn(value.DoubtfulFormat, "format", format.Pos, "remove it, or write type: string", "the format %q is about strings, and the type is %s", format.Text, strings.Join(types, ", "))
	}
}

// formatMeant returns the known format that an unknown one most likely stands for, or "".
func formatMeant(word string) string {
	known := slices.Concat(textFormats, numberFormats)
	if slices.Contains(known, word) || slices.Contains(rareFormats, word) {
		return ""
	}
	folded := fold(word)
	for _, format := range known {
		if fold(format) == folded {
			return format
		}
	}
	const minLength = 5 // shorter formats are one letter away from too many other words
	for _, format := range known {
		if len(format) >= minLength && oneEdit(folded, fold(format)) {
			return format
		}
	}
	return otherFormats[folded]
}
