package modeltest

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// Values returns up to n different values that isValid accepts, made along the schema.
func (d *Definition) Values(seed uint64, n int, isValid func(any) bool) []any {
	m := valueMaker{rand.New(rand.NewPCG(seed, 2)), d}
	var found []any
	for range 40 * n {
		if len(found) == n {
			break
		}
		if v := m.value(d.Items, 0); isValid(v) {
			found = append(found, v)
		}
	}
	return found
}

// valueMaker makes values that a schema may accept.
type valueMaker struct {
	*rand.Rand
	*Definition
}

func (m valueMaker) one(n int) bool { return m.IntN(n) == 0 }

// inPlace returns the schemas that may hold of a value beside one: what it refers to, its parts, one of its branches.
func (m valueMaker) inPlace(of Schema) []map[string]any {
	v, ok := of.(map[string]any)
	if !ok {
		return nil
	}
	all := []map[string]any{v}
	add := func(sub Schema) { all = append(all, m.inPlace(sub)...) }
	if ref, ok := v["$ref"].(string); ok {
		add(m.Shapes[strings.TrimPrefix(ref, "#/x-shapes/")])
	}
	if list, ok := v["allOf"].([]any); ok {
		for _, part := range list {
			add(part)
		}
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		if list, ok := v[keyword].([]any); ok {
			add(list[m.IntN(len(list))])
		}
	}
	for _, keyword := range []string{"if", "then", "else"} {
		if sub, ok := v[keyword]; ok && m.one(2) {
			add(sub)
		}
	}
	if dependent, ok := v["dependentSchemas"].(map[string]any); ok && m.one(2) {
		for _, name := range slices.Sorted(maps.Keys(dependent)) {
			add(dependent[name])
		}
	}
	return all
}

// value returns a value for a schema.
func (m valueMaker) value(of Schema, depth int) any {
	parts := m.inPlace(of)
	var types []string
	for _, part := range parts {
		if fixed, ok := part["const"]; ok {
			return fixed
		}
		if list, ok := part["enum"].([]any); ok {
			return list[m.IntN(len(list))]
		}
		switch t := part["type"].(type) {
		case string:
			types = append(types, t)
		case []any:
			types = append(types, t[m.IntN(len(t))].(string))
		}
	}
	kind := "object"
	switch {
	case len(types) > 0:
		kind = types[m.IntN(len(types))]
	case m.one(3) && depth > 0:
		return scalars[m.IntN(len(scalars))]
	}
	switch kind {
	case "string":
		return scalars[m.IntN(2)]
	case "integer":
		return 1 + m.IntN(3)
	case "boolean":
		return m.one(2)
	case "null":
		return nil
	case "array":
		return m.array(parts, depth)
	}
	return m.object(parts, depth)
}

func (m valueMaker) array(parts []map[string]any, depth int) any {
	list := []any{}
	for i := range m.IntN(3) {
		of := Schema(true)
		for _, part := range parts {
			if items, ok := part["items"]; ok {
				of = items
			}
			if contains, ok := part["contains"]; ok && m.one(2) {
				of = contains
			}
			if first, ok := part["prefixItems"].([]any); ok && i < len(first) {
				of = first[i]
			}
		}
		list = append(list, m.value(of, depth+1))
	}
	return list
}

// object returns an object with what is required and some of the rest.
func (m valueMaker) object(parts []map[string]any, depth int) any {
	if depth > 5 {
		return map[string]any{}
	}
	of := map[string]Schema{}
	required := map[string]bool{}
	for _, part := range parts {
		properties, _ := part["properties"].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(properties)) {
			sub := properties[name]
			if old, ok := of[name]; !ok || m.one(2) {
				of[name] = sub
			} else {
				of[name] = map[string]any{"allOf": []any{old, sub}}
			}
		}
		names, _ := part["required"].([]any)
		for _, name := range names {
			required[name.(string)] = true
		}
	}
	if m.one(3) {
		for _, part := range parts {
			if sub, ok := part["additionalProperties"]; ok && of["d"] == nil {
				of["d"] = sub
			}
		}
	}
	object := map[string]any{}
	few := m.one(2)
	for i := range names {
		name := letters[i : i+1]
		sub, ok := of[name]
		isWanted := required[name] || ok && (!few && !m.one(3) || m.one(4)) || !ok && m.one(12)
		if !isWanted {
			continue
		}
		if !ok {
			sub = true
		}
		object[name] = m.value(sub, depth+1)
	}
	return object
}
