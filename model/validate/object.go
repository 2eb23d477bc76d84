package validate

import (
	"math"

	"github.com/firestoned/firestone/model/value"
)

// manyMembers is where looking names up in a map becomes cheaper than walking along them.
const manyMembers = 32

// object answers for the keywords of objects (JSON Schema 2020-12, core, section 10.3.2; validation, section 6.5).
func (va *validation) object(schema *value.Value, m *value.Member, v *value.Value, from *refChain, out *evaluated) bool {
	switch m.Name {
	case "minProperties":
		return va.expect(m, len(v.Members) >= Count(m.Value, 0))
	case "maxProperties":
		return va.expect(m, len(v.Members) <= Count(m.Value, math.MaxInt))
	case "required":
		return va.expect(m, hasAll(v, m.Value))
	case "properties":
		return va.properties(m.Value, v, out)
	case "patternProperties":
		for _, p := range membersOf(m.Value) {
			for _, member := range v.Members {
				if !va.matches(p.Name, member.Name) {
					continue
				}
				if !va.part(m, p.Value, member.Value) {
					return false
				}
				out.member(member.Name)
			}
		}
	case "additionalProperties":
		return va.additional(schema, m, v, out)
	case "propertyNames":
		for _, member := range v.Members {
			if !va.part(m, m.Value, value.String(member.Name)) {
				return false
			}
		}
	case "dependentRequired":
		for _, d := range membersOf(m.Value) {
			if v.Has(d.Name) && !hasAll(v, d.Value) {
				return va.expect(m, false)
			}
		}
	case "dependentSchemas":
		for _, d := range membersOf(m.Value) {
			if v.Has(d.Name) && !va.validate(d.Value, v, from, out) {
				return false
			}
		}
	}
	return true
}

func (va *validation) properties(properties, v *value.Value, out *evaluated) bool {
	find := finder(properties)
	for i := range v.Members {
		member := &v.Members[i]
		schema := find(member.Name, i)
		if schema == nil {
			continue
		}
		if !va.validate(schema.Value, member.Value, nil, nil) {
			if va.rule.Name == "" {
				va.rule = *schema
			}
			return false
		}
		out.member(member.Name)
	}
	return true
}

// finder returns a function that looks up a member; at is where it may stand, which makes the common case,
// objects in the order of their schema, one comparison.
func finder(object *value.Value) func(name string, at int) *value.Member {
	members := membersOf(object)
	var index map[string]int
	return func(name string, at int) *value.Member {
		if at < len(members) && members[at].Name == name {
			return &members[at]
		}
		if len(members) < manyMembers {
			return object.Member(name)
		}
		if index == nil {
			index = make(map[string]int, len(members))
			for i := range members {
				index[members[i].Name] = i
			}
		}
		if i, ok := index[name]; ok {
			return &members[i]
		}
		return nil
	}
}

func (va *validation) additional(schema *value.Value, m *value.Member, v *value.Value, out *evaluated) bool {
	find := finder(schema.Get("properties"))
	patterns := membersOf(schema.Get("patternProperties"))
	for i, member := range v.Members {
		if find(member.Name, i) != nil || va.matchesOne(patterns, member.Name) {
			continue
		}
		if !va.part(m, m.Value, member.Value) {
			return false
		}
	}
	if out != nil {
		out.allMembers = true
	}
	return true
}

func (va *validation) unevaluatedMembers(m *value.Member, v *value.Value, own *evaluated) bool {
	if v.Kind != value.KindObject || own.allMembers {
		return true
	}
	for _, member := range v.Members {
		if !own.members[member.Name] && !va.part(m, m.Value, member.Value) {
			return false
		}
	}
	own.allMembers = true
	return true
}

// hasAll reports whether the object has every name of the list.
func hasAll(object, names *value.Value) bool {
	find := finder(object)
	for i, name := range itemsOf(names) {
		if name.Is(value.KindString) && find(name.Text, i) == nil {
			return false
		}
	}
	return true
}

// membersOf returns the members of an object, and none where there is no object.
func membersOf(v *value.Value) []value.Member {
	if v.Is(value.KindObject) {
		return v.Members
	}
	return nil
}
