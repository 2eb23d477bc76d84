package escape

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/firestoned/firestone/generator/python"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// unnamed replaces a name without letters and digits.
const unnamed = "unnamed"

// Flag returns the string as a long command line option, without the dashes: first-name for firstName, address.street
// unchanged. It consists of letters, in lower case if the script has it, and digits of any script, "-" and "."; it
// begins and ends with a letter or digit and is never empty.
func Flag(s string) string {
	parts := strings.Split(norm.NFKC.String(s), ".")
	for i, part := range parts {
		parts[i] = strings.Join(nameWords(part), "-")
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	return orUnnamed(strings.Join(parts, "."))
}

// Kebab returns the string in kebab case: first-name for firstName. It consists of letters and digits, separated by
// single "-".
func Kebab(s string) string { return orUnnamed(strings.Join(nameWords(s), "-")) }

// Snake returns the string in snake case: first_name for firstName. It consists of letters and digits, separated by
// single "_", and is an identifier in most languages: a leading digit is preceded by "_".
func Snake(s string) string { return fromLetter(strings.Join(nameWords(s), "_")) }

// Pascal returns the string in Pascal case: FirstName for first_name, HttpServer for HTTPServer. It consists of letters
// and digits, and a leading digit is preceded by "_".
func Pascal(s string) string {
	var b strings.Builder
	for _, word := range nameWords(s) {
		first, size := utf8.DecodeRuneInString(word)
		b.WriteRune(unicode.ToTitle(first))
		b.WriteString(word[size:])
	}
	if b.Len() == 0 {
		return "Unnamed"
	}
	return fromLetter(b.String())
}

func orUnnamed(s string) string {
	if s == "" {
		return unnamed
	}
	return s
}

func fromLetter(s string) string {
	s = orUnnamed(s)
	if first, _ := utf8.DecodeRuneInString(s); !python.IsIdentifierStart(first) {
		return "_" + s
	}
	return s
}

// nameWords returns the words of a name in lower case, separated by characters that are neither letters nor digits, or
// by capitals.
func nameWords(s string) []string {
	var words []string
	parts := strings.FieldsFunc(norm.NFKC.String(s), func(r rune) bool { return r == '_' || !python.IsIdentifierPart(r) || unicode.Is(unicode.Pc, r) })
	for _, part := range parts {
		for _, word := range name.Humps(part) {
			word = norm.NFKC.String(strings.ToLower(word))
			words = append(words, strings.FieldsFunc(word, func(r rune) bool { return !python.IsIdentifierPart(r) })...)
		}
	}
	// A combining mark belongs to the preceding letter; without one it is not part of a name.
	for i, word := range words {
		words[i] = strings.TrimLeftFunc(word, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.Is(unicode.Nd, r) && !unicode.Is(unicode.Nl, r)
		})
	}
	return slices.DeleteFunc(words, func(word string) bool { return word == "" })
}

// A nameRule makes names of one kind, and has the separator before the number of a name that is taken.
type nameRule struct {
	of        func(string) string
	separator string
}

var nameRules = map[string]nameRule{
	"flag": {Flag, "-"}, "ident": {PythonIdent, "_"}, "kebab": {Kebab, "-"}, "pascal": {Pascal, ""}, "snake": {Snake, "_"},
}

// scriptRule is the rule ident in TypeScript files.
var scriptRule = nameRule{ScriptIdent, "_"}

// distinct returns a name for each of the given ones, made by the rule, and different from the reserved ones and from
// one another. A name that is taken gets the first free number, from 2 on. Earlier names take precedence, so that
// adding a name at the end renames none. The names of the rule ident are TypeScript source in its files, else Python
// source.
func distinct(language Language, rule string, reserved, given any) (any, error) {
	r, ok := nameRules[rule]
	if rule == "ident" && language == TypeScript {
		r = scriptRule
	}
	if !ok {
		return nil, value.Problem{Msg: fmt.Sprintf("unknown rule for names: %q", rule), Hint: "use flag, ident, kebab, pascal or snake"}
	}
	before, err := textList("RESERVED", reserved)
	if err != nil {
		return nil, err
	}
	names, err := textList("NAMES", given)
	if err != nil {
		return nil, err
	}
	taken := make(map[string]bool, len(before)+len(names))
	for _, word := range before {
		taken[word] = true
	}
	next := map[string]int{} // the first number that may be free, by base name
	for i, text := range names {
		base := r.of(text)
		n := max(2, next[base])
		for names[i] = base; taken[names[i]]; n++ {
			names[i] = base + r.separator + strconv.Itoa(n)
		}
		taken[names[i]], next[base] = true, n
	}
	if rule != "ident" {
		return names, nil
	}
	sources := make([]*Source, len(names))
	for i, text := range names {
		if language == TypeScript {
			sources[i] = scriptName(text)
		} else {
			sources[i] = markedSource(marked(python.Identifier, text), lines)
		}
	}
	return sources, nil
}

// textList returns the texts of a list of scalars, such as one from the model or from `list`; nil is an empty list.
func textList(argument string, list any) ([]string, error) {
	if texts, ok := listedTexts(list); ok {
		return texts, nil
	}
	lowered, err := lower(list)
	if err != nil {
		return nil, err
	}
	found := make([]string, 0, len(lowered.Items))
	for i, item := range lowered.Items {
		text, ok := scalarText(item)
		if !ok {
			return nil, value.Problem{Msg: fmt.Sprintf("item %d of %s is of type %s", i, argument, item.Kind), Hint: "give a list of strings"}
		}
		found = append(found, text)
	}
	if lowered.Kind != value.KindArray && lowered.Kind != value.KindNull {
		return nil, value.Problem{Msg: fmt.Sprintf("%s is of type %s", argument, lowered.Kind), Hint: "give a list of strings: (list \"a\" \"b\")"}
	}
	return found, nil
}

// listedTexts returns the texts of a list that contains only texts and is far from too large.
func listedTexts(list any) ([]string, bool) {
	const few = 1000
	var items []any
	switch list := list.(type) {
	case []string:
		if len(list) <= few && sizeOfTexts(list) <= maxBytes/2 {
			return slices.Clone(list), true
		}
		return nil, false
	case []any:
		items = list
	}
	if len(items) == 0 || len(items) > few {
		return nil, false
	}
	texts := make([]string, len(items))
	for i, item := range items {
		switch item := item.(type) {
		case string:
			texts[i] = item
		case *Source:
			texts[i] = item.String()
		default:
			return nil, false
		}
	}
	return texts, sizeOfTexts(texts) <= maxBytes/2
}

func sizeOfTexts(texts []string) (size int) {
	for _, text := range texts {
		size += len(text)
	}
	return size
}

// isLast reports whether an index is that of the last item of a list, or a key the last one of a map.
func isLast(at, of any) (bool, error) {
	if v, ok := of.(*value.Value); ok {
		if v.Is(value.KindObject) {
			of = v.Members
		} else {
			of = v.Items
		}
	}
	list := reflect.ValueOf(of)
	for list.Kind() == reflect.Pointer || list.Kind() == reflect.Interface {
		list = list.Elem()
	}
	switch index := at.(type) {
	case int:
		if list.Kind() == reflect.Slice || list.Kind() == reflect.Array {
			return index == list.Len()-1, nil
		}
	case string:
		if list.Kind() == reflect.Map && list.Type().Key().Kind() == reflect.String {
			for _, key := range list.MapKeys() {
				if key.String() > index {
					return false, nil
				}
			}
			return true, nil
		}
	}
	return false, value.Problem{
		Msg:  fmt.Sprintf("isLast cannot compare a value of type %T with one of type %T", at, of),
		Hint: "write {{ range $i, $x := LIST }} … {{ if not (isLast $i LIST) }},{{ end }}, with the same list",
	}
}

// printable returns a text without characters that control a terminal or a browser: control characters, bidirectional
// controls, and other invisible ones. Line breaks become \n; a tab becomes a space.
func printable(v any) (string, error) {
	text, isString := v.(string)
	if !isString {
		var err error
		if text, err = anyText(v); err != nil {
			return "", err
		}
	}
	if !strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && (r < ' ' || r > '~') }) {
		return text, nil
	}
	text = lineBreaks.Replace(text)
	return strings.Map(func(r rune) rune {
		if r == '\n' || r >= ' ' && visible(r) {
			return r
		}
		return -1
	}, text), nil
}

// lineBreaks writes each line break as \n, and tabs as spaces.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ")

// nameFunc returns a template function for a naming rule.
func nameFunc(rule func(string) string) func(v any) (string, error) {
	return func(v any) (string, error) {
		text, err := placeText(v)
		return rule(text), err
	}
}
