package model

import (
	"io/fs"
	"strings"
	"testing"
)

// people are three definitions in two files; a member holds loans, which are defined in a file of their own.
var people = map[string]string{
	"a.yaml": `kind: authors
schema: {key: {name: id}, items: {type: object, properties: {name: {type: string}}}}
---
kind: person
schema: {key: {name: id}, items: {type: object, properties: {author: {$ref: "#/schema/items"}}}}
`,
	"b.yaml": `kind: sheep
plural: flock
schema: {key: {name: id}, items: {type: object, properties: {herd: {schema: {$ref: "a.yaml#/schema"}}}}}
`,
}

func TestSelection(t *testing.T) {
	read := func(path string) ([]byte, error) {
		if text, ok := people[path]; ok {
			return []byte(text), nil
		}
		return nil, fs.ErrNotExist
	}
	choices := func(names string) []Choice {
		var list []Choice
		for i, name := range strings.Fields(names) {
			list = append(list, Choice{Name: name, Pos: Pos{File: "firestone.yaml", Line: 1, Col: i + 1}})
		}
		return list
	}
	for _, c := range []struct{ include, exclude, want string }{
		{"", "", "author person sheep sheep_herd"},
		{"author", "", "author"},
		{"authors flock", "", "author sheep sheep_herd"},
		{"", "people", "author sheep sheep_herd"},
		{"person sheep", "sheep", "person"},
		{"", "author", "person sheep sheep_herd"}, // what sheep nest stays
		{"autor", "", `firestone.yaml:1:1: no resource is called "autor" [FS2009]` + "\n  hint: did you mean author?"},
		{"author", "zebra", `firestone.yaml:1:1: no resource is called "zebra" [FS2009]` + "\n  hint: a resource is named by its kind, singular or plural"},
		{"author", "author", "firestone.yaml:1:1: no resource is left [FS2009]\n  hint: exclude fewer resources"},
	} {
		api, problems := Load(read, Options{Facts: wellKnown, Include: choices(c.include), Exclude: choices(c.exclude)}, "a.yaml", "b.yaml")
		got := problems.Error()
		if api != nil {
			var names []string
			for _, r := range api.Resources {
				names = append(names, r.Name)
			}
			got = strings.Join(names, " ")
		}
		if got != c.want {
			t.Errorf("include %q, exclude %q: %s\nwant %s", c.include, c.exclude, got, c.want)
		}
	}
}
