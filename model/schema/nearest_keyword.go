package schema

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// meantBy returns the keyword that an unknown one most likely stands for, or "".
func meantBy(m value.Member, at Place) string { return cmp.Or(nearKeyword(m.Name, at), plausible(m)) }

// isOpposite reports whether a word means the opposite of the keyword that it stands for.
func isOpposite(m value.Member) bool { return fold(m.Name) == "optional" }

// Means reports whether a schema has an unknown keyword that most likely stands for the given one.
func Means(v *value.Value, keyword string) bool {
	return slices.ContainsFunc(value.Members(v), func(m value.Member) bool {
		_, isKnown := keywords[m.Name]
		return !isKnown && !IsExtension(m.Name) && meantBy(m, Resource) == keyword
	})
}

// nearKeyword returns the keyword at an edit distance of one, the first by name.
func nearKeyword(name string, at Place) string {
	known := slices.Collect(maps.Keys(keywords))
	if at == Property {
		known = append(known, "expose", "references", "schema")
	}
	slices.Sort(known)
	for _, k := range known {
		if oneEdit(name, k) && otherWords[fold(name)] == "" {
			return k
		}
	}
	return ""
}

// oneEdit reports whether a and b differ by one inserted, deleted, replaced or swapped letter.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(b)-len(a) == 1:
		return a[i:] == b[i+1:]
	case len(a) != len(b) || i == len(a):
		return false
	}
	swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	return swapped || a[i+1:] == b[i+1:]
}

// otherWords maps the words of draft 3 and of other languages to keywords.
var otherWords = map[string]string{
	"divisibleby": "multipleOf", "disallow": "not", "extends": "allOf", "optional": "required", "mandatory": "required",
	"regex": "pattern", "regexp": "pattern", "min": "minimum", "max": "maximum", "desc": "description",
	"values": "enum", "choices": "enum", "options": "enum", "sample": "example", "samples": "examples",
	"defaultvalue": "default", "examplevalue": "example",
	"minlen": "minLength", "maxlen": "maxLength", "size": "maxLength", "length": "maxLength", "len": "maxLength", "fields": "properties", "props": "properties", "columns": "properties", "null": "nullable", "isnullable": "nullable", "of": "items", "allownull": "nullable", "attributes": "properties",
}

// plausible returns the keyword that an unknown one may stand for although it is more than one edit away, or "": the
// same word with other capitals, underscores or number, another language's word for it, or a long word with two wrong
// letters. If the value is an object, only keywords that allow one are considered.
func plausible(m value.Member) string {
	folded := fold(m.Name)
	word := singular(folded)
	if other, ok := otherWords[folded]; ok && (keywords[other].takesObject() || !m.Value.Is(value.KindObject)) {
		return other
	}
	nearest, limit := "", 0
	if len(m.Name) >= 8 {
		limit = 2
	}
	for _, k := range slices.Sorted(maps.Keys(keywords)) {
		if m.Value.Is(value.KindObject) && !keywords[k].takesObject() {
			continue
		}
		known := singular(fold(k))
		if known == word {
			return k
		}
		if d := name.Distance(word, known); len(k) >= 8 && d <= limit {
			nearest, limit = k, d-1
		}
	}
	return nearest
}

// takesObject reports whether an object can be the keyword's value.
func (k keyword) takesObject() bool {
	return slices.Contains([]shape{
		anyData, oneSchema, schemaMap, patternMap, itemSchemas, dependencies, nameLists, anObject, externalPage, aDiscriminator,
	}, k.shape)
}

// fold returns a word in lower case, without separators.
func fold(word string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "", "$", "").Replace(strings.ToLower(word))
}

// singular returns a word without a plural ending, be it correct or a common mistake.
func singular(word string) string {
	if stem, ok := strings.CutSuffix(word, "ies"); ok {
		return stem + "y"
	}
	return strings.TrimSuffix(word, "s")
}

// truthHint returns which boolean the value probably stands for, or "".
func truthHint(v *value.Value) string {
	if word := value.TruthWord(v); word != "" {
		return "write " + word
	}
	return ""
}
