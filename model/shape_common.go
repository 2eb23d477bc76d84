package model

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// maxCommon bounds how deep alternatives inside alternatives are looked through, which may contain themselves.
const maxCommon = 4

// members returns the properties of an object that all the schemas hold for: those outside of alternatives, followed by
// those that each alternative has.
func (s *shapes) members(flat conjunction) []property { return s.membersWithin(flat, maxCommon) }

func (s *shapes) membersWithin(flat conjunction, depth int) []property {
	list := flat.properties()
	options := flat.choice()
	if len(options) == 0 || depth == 0 {
		return list
	}
	index := map[string]int{}
	for i, p := range list {
		index[p.name] = i
	}
	for _, p := range s.common(options, depth-1) {
		i, isKnown := index[p.name]
		if !isKnown {
			list = append(list, p)
			continue
		}
		list[i].schemas = slices.Concat(list[i].schemas, p.schemas)
		list[i].isRequired = list[i].isRequired || p.isRequired
	}
	return list
}

// common returns the properties that each of several schemas has, in the order of the first. Where they say different
// things of one, it is one of those.
func (s *shapes) common(options []*Value, depth int) []property {
	type found struct {
		schemas    []*Value // its schemas, each once
		seen       map[string]bool
		count      int
		isRequired bool
	}
	byName := map[string]*found{}
	var names []string
	for i, option := range options {
		flat := s.flatten(option)
		for _, p := range s.membersWithin(flat, depth) {
			f := byName[p.name]
			if f == nil {
				if i > 0 {
					continue
				}
				f = &found{seen: map[string]bool{}, isRequired: true}
				byName[p.name], names = f, append(names, p.name)
			}
			f.count++
			f.isRequired = f.isRequired && (p.isRequired || flat.requires(p.name))
			of := together(p.schemas)
			if identity := value.Identity(of); !f.seen[identity] {
				f.seen[identity] = true
				f.schemas = append(f.schemas, of)
			}
		}
	}
	var list []property
	for _, name := range names {
		f := byName[name]
		if f.count < len(options) {
			continue
		}
		list = append(list, property{name: name, schemas: []*Value{either(f.schemas)}, isRequired: f.isRequired})
	}
	return list
}

// together returns one schema that demands what several do.
func together(schemas []*Value) *Value {
	if len(schemas) == 1 {
		return schemas[0]
	}
	return value.Object(value.NewMember("allOf", value.Array(schemas...)))
}

// either returns one schema that holds where one of several does. Those that only list values give one list.
func either(schemas []*Value) *Value {
	if len(schemas) == 1 {
		return schemas[0]
	}
	listed := map[string]bool{}
	var values []*Value
	for _, v := range schemas {
		if !v.Is(value.KindObject) || len(v.Members) != 1 || !v.Has("const") && !v.Has("enum") {
			return value.Object(value.NewMember("anyOf", value.Array(schemas...)))
		}
		own := value.Items(v.Get("enum"))
		if fixed := v.Get("const"); fixed != nil {
			own = []*Value{fixed}
		}
		for _, one := range own {
			if identity := value.Identity(one); !listed[identity] {
				listed[identity] = true
				values = append(values, one)
			}
		}
	}
	return value.Object(value.NewMember("enum", value.Array(values...)))
}
