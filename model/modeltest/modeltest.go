// Package modeltest makes random definitions and values for them, always the same for one seed. They are small, and of all
// keywords that say something of objects, so that what is true of many of them is true of what people write.
package modeltest

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
)

// Schema is a JSON Schema (2020-12): a map[string]any or a bool. References lead to #/x-shapes of the definition.
type Schema = any

// Definition is a random definition of one resource, thing.
type Definition struct {
	Items    Schema            // of the resource, as its author writes it
	Shapes   map[string]Schema // what it refers to
	Key      string            // the name of its key
	IsListed bool              // the key is among the properties
}

const (
	maxDepth = 3 // schemas inside one another
	shapes   = 3 // schemas that are referred to, at most
	names    = 4 // of properties: a, b, c, d
	letters  = "abcd"
)

// New returns the random definition of a seed.
func New(seed uint64) *Definition { return made(seed, true) }

// NewOpen is New without anything that only the server or only the client sends, but for the key.
func NewOpen(seed uint64) *Definition { return made(seed, false) }

func made(seed uint64, isMarked bool) *Definition {
	m := maker{rand.New(rand.NewPCG(seed, 1)), &Definition{Shapes: map[string]Schema{}, Key: "key"}, nil, isMarked}
	for i := range m.IntN(shapes + 1) {
		name := "Shape" + string(letters[i])
		shape := m.schema(1)
		m.Shapes[name] = shape
		m.known = append(m.known, name)
	}
	items := m.object(0)
	if m.IsListed = m.one(4); m.IsListed {
		m.list(items)
	}
	m.Items = items
	return m.Definition
}

// list puts the key among the properties: of the resource, of a part of it, or of what such a part refers to.
func (m maker) list(items map[string]any) {
	key := map[string]any{"type": "string"}
	if m.isMarked && m.one(2) {
		key["readOnly"] = true
	}
	of := items
	if m.one(3) {
		of = m.object(maxDepth - 1)
		part := of
		if m.one(2) {
			m.Shapes["Keyed"] = of
			part = map[string]any{"$ref": "#/x-shapes/Keyed"}
		}
		all, _ := items["allOf"].([]any)
		items["allOf"] = append([]any{part}, all...)
	}
	properties, _ := of["properties"].(map[string]any)
	if properties == nil {
		properties = map[string]any{}
	}
	properties[m.Key] = key
	of["properties"] = properties
}

// Seeds returns the first seed that a property is tried on, and the one behind the last: SEED says where to begin, PROPERTIES
// how many there are instead of few. getenv is os.Getenv.
func Seeds(getenv func(name string) string, few uint64) (first, last uint64, err error) {
	first, count := uint64(1), few
	for name, number := range map[string]*uint64{"SEED": &first, "PROPERTIES": &count} {
		if text := getenv(name); text != "" {
			if *number, err = strconv.ParseUint(text, 10, 64); err != nil {
				return 0, 0, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return first, first + count, nil
}

// Stored returns a value with its key, as a server has it.
func (d *Definition) Stored(v any) map[string]any {
	object := v.(map[string]any)
	if d.IsListed {
		return object
	}
	with := maps.Clone(object)
	with[d.Key] = "k"
	return with
}

// Text returns the definition as JSON, with all methods and events.
func (d *Definition) Text() string {
	text, err := json.Marshal(map[string]any{
		"kind":     "thing",
		"methods":  map[string]any{"resource": []string{"get", "post", "patch"}, "instance": []string{"get", "put", "patch", "delete"}},
		"schema":   map[string]any{"key": map[string]any{"name": d.Key}, "items": d.Items},
		"asyncapi": map[string]any{"servers": map[string]any{"dev": map[string]any{"url": "ws://localhost:8080", "protocol": "ws"}}},
		"x-shapes": d.Shapes,
	})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// maker makes schemas. What it refers to is made before, so that no schema contains itself.
type maker struct {
	*rand.Rand
	*Definition
	known    []string // shapes that are made
	isMarked bool     // properties may be readOnly and writeOnly
}

// one reports true once in n times.
func (m maker) one(n int) bool { return m.IntN(n) == 0 }

func (m maker) name() string { return string(letters[m.IntN(names)]) }

func (m maker) names() []any {
	var list []any
	for range 1 + m.IntN(2) {
		if name := any(m.name()); !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// schema returns any schema.
func (m maker) schema(depth int) Schema {
	switch m.IntN(12) {
	case 0:
		return !m.one(4)
	case 1, 2, 3:
		if depth < maxDepth {
			return m.object(depth)
		}
	case 4:
		if depth < maxDepth {
			return m.array(depth)
		}
	case 5:
		if len(m.known) > 0 {
			return m.reference(depth)
		}
	case 6:
		if depth < maxDepth {
			return m.composed(depth)
		}
	}
	return m.scalar()
}

func (m maker) reference(depth int) map[string]any {
	v := map[string]any{"$ref": "#/x-shapes/" + m.known[m.IntN(len(m.known))]}
	if m.one(4) && depth < maxDepth {
		maps.Copy(v, m.object(depth+1))
	}
	return v
}

var scalars = []any{"x", "y", 1, 2, true, nil}

func (m maker) scalar() map[string]any {
	switch m.IntN(9) {
	case 0:
		return map[string]any{"const": scalars[m.IntN(len(scalars))]}
	case 1:
		i := m.IntN(len(scalars) - 2)
		return map[string]any{"enum": scalars[i : i+2+m.IntN(len(scalars)-i-1)]}
	case 2:
		return map[string]any{"type": "integer", "minimum": 1, "maximum": 1 + m.IntN(3)}
	case 3:
		return map[string]any{"type": []any{"string", "null"}, "maxLength": 1}
	case 4:
		return map[string]any{"type": "boolean"}
	case 5:
		return map[string]any{"not": map[string]any{"type": "integer"}}
	case 6:
		return map[string]any{"const": map[string]any{"a": 1}}
	case 7:
		return map[string]any{"enum": []any{map[string]any{"a": 1}, map[string]any{"a": 1, "b": "x"}, "x"}}
	}
	return map[string]any{"type": "string", "minLength": 1}
}

func (m maker) array(depth int) map[string]any {
	v := map[string]any{"type": "array"}
	if m.one(2) {
		v["items"] = m.schema(depth + 1)
	} else if m.one(2) {
		v["prefixItems"] = []any{m.schema(depth + 1)}
	}
	if m.one(3) {
		v["uniqueItems"] = true
	}
	if m.one(4) {
		v["contains"] = m.schema(depth + 1)
	}
	if m.one(4) {
		v["maxItems"] = m.IntN(3)
	}
	return v
}

// composed returns a schema that is nothing but what others say.
func (m maker) composed(depth int) map[string]any {
	v := map[string]any{}
	m.compose(v, depth)
	return v
}

func (m maker) schemas(depth int) []any {
	var list []any
	for range 1 + m.IntN(3) {
		if m.one(4) {
			list = append(list, m.schema(depth+1))
		} else {
			list = append(list, m.part(depth+1))
		}
	}
	return list
}

// part returns a schema that speaks of an object.
func (m maker) part(depth int) map[string]any {
	if m.one(4) && len(m.known) > 0 {
		return m.reference(depth)
	}
	if m.one(4) {
		return map[string]any{"required": m.names()}
	}
	return m.object(depth)
}

// compose adds a keyword that applies other schemas to the same value.
func (m maker) compose(v map[string]any, depth int) {
	switch m.IntN(7) {
	case 0:
		v["allOf"] = m.schemas(depth)
	case 1:
		v["anyOf"] = m.schemas(depth)
	case 2, 3:
		v["oneOf"] = m.schemas(depth)
	case 4:
		v["not"] = m.part(depth + 1)
	case 5:
		v["if"] = m.part(depth + 1)
		for _, keyword := range []string{"then", "else"} {
			if m.one(2) {
				v[keyword] = m.part(depth + 1)
			}
		}
	case 6:
		v["dependentSchemas"] = map[string]any{m.name(): m.part(depth + 1)}
	}
}

// object returns a schema of objects, mostly.
func (m maker) object(depth int) map[string]any {
	v := map[string]any{}
	if !m.one(5) {
		v["type"] = "object"
	}
	if !m.one(5) {
		properties := map[string]any{}
		for range 1 + m.IntN(3) {
			properties[m.name()] = m.property(depth + 1)
		}
		v["properties"] = properties
	}
	if m.one(2) && v["properties"] != nil {
		var required []any
		for _, name := range slices.Sorted(maps.Keys(v["properties"].(map[string]any))) {
			if m.one(2) {
				required = append(required, name)
			}
		}
		if required != nil {
			v["required"] = required
		}
	}
	if m.one(4) {
		v["additionalProperties"] = false
	} else if m.one(6) {
		v["additionalProperties"] = m.schema(depth + 1)
	}
	if m.one(4) {
		m.rare(v, depth)
	}
	if m.one(3) && depth < maxDepth-1 {
		m.compose(v, depth)
	}
	return v
}

// rare adds a keyword that few people use.
func (m maker) rare(v map[string]any, depth int) {
	switch m.IntN(7) {
	case 0:
		v["minProperties"] = 1 + m.IntN(2)
	case 1:
		v["maxProperties"] = 1 + m.IntN(3)
	case 2:
		v["propertyNames"] = map[string]any{"enum": []any{"a", "b", "c"}}
	case 3:
		v["patternProperties"] = map[string]any{"^[ab]$": m.schema(depth + 1)}
	case 4:
		v["dependentRequired"] = map[string]any{m.name(): m.names()}
	case 5:
		v["unevaluatedProperties"] = false
	case 6:
		v["unevaluatedProperties"] = m.schema(depth + 1)
	}
}

// property returns the schema of a property, with a mark where it is an object.
func (m maker) property(depth int) Schema {
	v := m.schema(depth)
	if o, ok := v.(map[string]any); ok && m.isMarked && m.one(6) {
		mark := "readOnly"
		if m.one(3) {
			mark = "writeOnly"
		}
		o = maps.Clone(o)
		o[mark] = true
		return o
	}
	return v
}
