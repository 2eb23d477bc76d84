package model

import (
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
)

func leavesOf(s *Shape, depth int) []*Leaf {
	var list []*Leaf
	var walk func(fields []*Field, path []string, isRequired bool, left int)
	walk = func(fields []*Field, path []string, isRequired bool, left int) {
		for _, f := range fields {
			path, isRequired := append(slices.Clone(path), f.Name), isRequired && f.IsRequired
			if left > 0 && f.Shape.Kind == ObjectShape && len(f.Shape.Fields) > 0 {
				walk(f.Shape.Fields, path, isRequired, left-1)
				continue
			}
			list = append(list, &Leaf{Path: path, IsRequired: isRequired, Field: f})
		}
	}
	walk(s.Fields, nil, true, depth)
	var identifiers name.Set
	for _, leaf := range list {
		leaf.Identifier = identifiers.Unique(name.Pascal(strings.Join(leaf.Path, " ")))
		leaf.Title = name.Heading(strings.Join(leaf.Path, "_"))
	}
	return list
}
