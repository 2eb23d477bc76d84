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

// otherwise are words of other languages that no function replaces, and what is written instead.
var otherwise = map[string]string{
	"e": unescaped, "escape": unescaped, "forceescape": unescaped, "h": unescaped, "safe": unescaped,
	"then": "remove it: a condition ends with }}", "do": "remove it: a condition ends with }}",
	"loop": numbered, "forloop": numbered, "loopIndex": numbered,
	"this": "write . instead, as in {{ .Name }}", "self": "write . instead, as in {{ .Name }}", "it": "write . instead, as in {{ .Name }}",
	"map": "write {{ range .Items }}{{ .Name }}{{ end }}", "filter": "write {{ range .Items }}{{ if .Name }} … {{ end }}{{ end }}",
	"echo": "remove it: an action writes its value", "return": "remove it: an action writes its value", "puts": "remove it: an action writes its value",
	"yield": included, "content": included, "slot": included,
	"endraw": literal, "verbatim": literal, "endverbatim": literal,
	"null": "write nil", "None": "write nil", "none": "write nil", "undefined": "write nil",
	"True": "write true", "False": "write false",
}

const (
	unescaped = "remove it: each value is escaped for its place"
	included  = `write {{ include "NAME" . }}, which writes the partial _NAME.LANGUAGE.tmpl`
	literal   = `remove it, and write braces that are text as {{ "{{" }} and {{ "}}" }}`
	numbered  = "write {{ range $index, $item := .Items }}: $index begins with 0"
)

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
	"camelize": "camelcase", "pascalcase": "camelcase", "pascal": "camelcase", "truncate": "trunc", "ucfirst": "title", "dasherize": "kebab", "underscore": "snake", "isEmpty": "empty",
}

// Known returns what the functions and words of other languages are here: our name of one, or what is written instead; or
// nothing.
func Known(function string) (ours, instead string) {
	return Synonyms[function], otherwise[function]
}

// synonym returns our name of a function.
func synonym(name string) string {
	if ours, ok := Synonyms[name]; ok {
		return ours
	}
	return name
}
