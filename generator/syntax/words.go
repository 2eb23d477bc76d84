package syntax

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// camel returns a name as fields of the model are written: PluralName for plural_name.
func camel(name string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		first, size := utf8.DecodeRuneInString(part)
		if slices.Contains([]string{"api", "id", "url"}, part) {
			b.WriteString(strings.ToUpper(part))
		} else if size > 0 {
			b.WriteRune(unicode.ToUpper(first))
			b.WriteString(part[size:])
		}
	}
	return b.String()
}

// needless are functions of other languages for what firestone does by itself.
var needless = []string{"e", "escape", "forceescape", "h", "safe"}

// Synonyms are names of functions in other languages, and ours.
var Synonyms = map[string]string{
	"capitalize": "title", "titleize": "title",
	"toUpperCase": "upper", "uppercase": "upper", "upcase": "upper", "toupper": "upper",
	"toLowerCase": "lower", "lowercase": "lower", "downcase": "lower", "tolower": "lower",
	"strip": "trim", "replaceAll": "replace", "gsub": "replace",
	"length": "len", "size": "len", "count": "len",
	"startswith": "hasPrefix", "startsWith": "hasPrefix", "endswith": "hasSuffix", "endsWith": "hasSuffix", "includes": "contains",
	"tojson": "toJson", "to_json": "toJson", "json": "toJson", "toyaml": "toYaml", "to_yaml": "toYaml", "yaml": "toYaml",
	"format": "printf", "sprintf": "printf", "str": "toString", "string": "toString",
	"camelize": "camelcase", "dasherize": "kebab", "underscore": "snake", "isEmpty": "empty",
}

// Known returns what the functions of other languages are here: our name of one, or why none is needed; or nothing.
func Known(function string) (ours, why string) {
	if slices.Contains(needless, function) {
		return "", "remove it: each value is escaped for its place"
	}
	return Synonyms[function], ""
}

// synonym returns our name of a function.
func synonym(name string) string {
	if ours, ok := Synonyms[name]; ok {
		return ours
	}
	return name
}
