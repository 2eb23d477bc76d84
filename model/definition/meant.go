package definition

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// containers are where files keep schemas that others refer to, in JSON Schema of all drafts, OpenAPI 3 and Swagger 2.
var containers = [][]string{{"$defs"}, {"definitions"}, {"components", "schemas"}, {"defs"}}

// meantBy returns where the schema lies that a fragment most likely means which leads nowhere: a resource of the same file
// and a pointer in it; or nil. A definition that a JSON Schema was pasted into has it below items, and people write
// definitions for $defs.
func meantBy(in *resource, fragment string) (*resource, string) {
	tokens := tokensOf(fragment)
	paths := [][]string{tokens}
	rest, _ := cutContainer(tokens)
	for _, container := range containers {
		paths = append(paths, slices.Concat(container, rest))
	}
	for _, steps := range paths {
		if len(steps) == 1 && fragment[0] != '/' {
			continue // a single word could be the name of anything
		}
		for _, within := range []*resource{in, in.doc.main} {
			if found := findBelow(within.root, steps, nil); found != nil {
				return within, value.PointerTo("", found...)
			}
		}
	}
	return nil, ""
}

// meant returns a hint with the reference that is most likely meant by one whose fragment leads nowhere, or "".
func meant(in *resource, fragment string, ref *Value) string {
	within, pointer := meantBy(in, fragment)
	if within == nil {
		return ""
	}
	file := ""
	if name, _, _ := strings.Cut(ref.Text, "#"); within != in {
		file = path.Base(in.doc.file)
	} else if strings.Contains(ref.Text, "#") {
		file = name
	}
	return `did you mean "` + file + "#" + pointer + `"?`
}

// tokensOf returns the steps of a pointer.
func tokensOf(fragment string) []string {
	var tokens []string
	for token := range strings.SplitSeq(strings.TrimPrefix(strings.TrimPrefix(fragment, "#"), "/"), "/") {
		tokens = append(tokens, value.PointerStep(token))
	}
	return tokens
}

// cutContainer returns the steps after those that lead to a container of shared schemas, and whether they do; else all of them.
func cutContainer(tokens []string) ([]string, bool) {
	for _, container := range containers {
		if len(tokens) > len(container) && slices.Equal(tokens[:len(container)], container) {
			return tokens[len(container):], true
		}
	}
	return tokens, false
}

// hintOfContainer returns a hint for a pointer to a container that a definition does not have: to the resource of that name, if one was
// read, or else how schemas are shared. It returns "" for any other pointer.
func (l *loader) hintOfContainer(in *resource, fragment string, ref *Value) string {
	rest, ok := cutContainer(tokensOf(fragment))
	if !ok || !in.doc.isDefinition() {
		return ""
	}
	for _, p := range slices.Sorted(maps.Keys(l.files)) {
		if documents := l.files[p].documents; len(documents) > 0 && documents[0].isDefinition() && documents[0].define().isCalled(rest[0]) {
			file := ""
			if documents[0] != in.doc || ref.Text[0] != '#' {
				file = relative(ref.Pos.File, p)
			}
			return `did you mean "` + file + `#/schema/items"?`
		}
	}
	word := strings.ToLower(rest[0])
	return `definitions do not contain shared schemas: refer to another resource, "` + word + `.yaml#/schema/items", or to a schema in another file, "types.yaml#/` + rest[0] + `"`
}

// findBelow returns the steps to the first place below a value from which the way leads to a schema, and the way itself.
func findBelow(v *Value, way, steps []string) []string {
	if at := follow(v, way); at.Is(value.KindObject) || at.Is(value.KindBool) {
		return slices.Concat(steps, way)
	}
	for _, m := range v.Members {
		if slices.Contains([]string{"const", "enum", "default", "example", "examples"}, m.Name) {
			continue // data
		}
		if found := findBelow(m.Value, way, append(steps, m.Name)); found != nil {
			return found
		}
	}
	return nil
}

// follow returns what the steps lead to, or nil.
func follow(v *Value, steps []string) *Value {
	for _, step := range steps {
		if v == nil {
			return nil
		}
		v, _ = child(v, step)
	}
	return v
}
