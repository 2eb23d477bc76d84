package definition

import (
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/name"
)

// componentName returns the name of a shared schema: the last step of the pointer that has a letter, or the name of the
// key or parameter whose schema it is; prefixed with its owner if that is taken.
func (s *Set) componentName(t *target) string {
	file := strings.TrimSuffix(path.Base(t.doc.file), path.Ext(t.doc.file))
	pascal := name.Type(t.componentName(file))
	if !s.Names.Has(pascal) {
		return pascal
	}
	if t.doc.isDefinition() {
		return s.assignNames(t.doc.define()).Name + pascal
	}
	return name.Type(file) + pascal
}

// componentName returns the word for a schema, which is that of the file where nothing else names it.
func (t *target) componentName(file string) string {
	word := file
	for _, token := range append(t.tokens, t.word) {
		if isURL(token) {
			token = lastStep(token)
		}
		if strings.IndexFunc(token, unicode.IsLetter) >= 0 {
			word = token
		}
	}
	if named := t.owner.Get("name").StringOr(""); word == "schema" && named != "" {
		word = named
	}
	return word
}

// scopedName returns the name of a schema in a scope that changes its meaning, prefixed with that of the resource whose
// anchor makes the difference.
func (s *Set) scopedName(t *target, sc scope) string {
	alone := t.alone()
	for _, anchor := range slices.Sorted(maps.Keys(sc)) {
		if bound := sc[anchor]; alone[anchor] == nil || bound.node != alone[anchor].node {
			return name.Type(lastStep(bound.via[0].uri)) + name.Type(t.componentName(lastStep(t.doc.file)))
		}
	}
	return s.componentName(t)
}
