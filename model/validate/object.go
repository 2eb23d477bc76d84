package validate

import (
	"iter"
	"maps"
	"math"
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// manyMembers is the size from which looking up names in a map is faster than a linear search.
const manyMembers = 32

// object checks the keywords for objects (JSON Schema 2020-12, core, section 10.3.2; validation, section 6.5).
func (va *validation) object(schema *value.Value, m *value.Member, data *value.Value, from *refChain, out *evaluated) bool {
	switch m.Name {
	case "minProperties":
		return len(data.Members) >= Count(m.Value, 0) || va.reject(m, data)
	case "maxProperties":
		return len(data.Members) <= Count(m.Value, math.MaxInt) || va.reject(m, data)
	case "required":
		return va.required(m, m.Value, data, va.finder(data), "")
	case "properties":
		return va.properties(m.Value, data, out)
	case "patternProperties":
		return va.patternProperties(m, data, out)
	case "additionalProperties":
		return va.additional(schema, m, data, out)
	case "propertyNames":
		return va.propertyNames(m, data)
	case "dependentRequired":
		return va.dependentRequired(m, data)
	case "dependentSchemas":
		return va.dependentSchemas(m, data, from, out)
	}
	return true
}

// required reports whether the object has every name of the list; because is the property that requires them, if any.
func (va *validation) required(m *value.Member, names, data *value.Value, find find, because string) bool {
	ok := true
	for i, name := range value.Items(names) {
		if !name.Is(value.KindString) || find(name.Text, i) != nil {
			continue
		}
		va.rule = m
		va.enterMember(name.Text, len(data.Members)+i)
		ok = va.fail(finding{keyword: m.Name, rule: m, other: because})
		va.leave()
		if va.isDone() {
			return false
		}
	}
	return ok
}

func (va *validation) properties(properties, data *value.Value, out *evaluated) bool {
	ok := true
	for i, schema := range va.listed(properties, data) {
		member := &data.Members[i]
		out.member(member.Name)
		if !va.member(schema, "properties", schema.Value, data, i) {
			if ok = false; va.isDone() {
				return false
			}
		}
	}
	return ok
}

// listed yields the members of data that properties lists, in the order of the data. Its time is proportional to the
// shorter of the two.
func (va *validation) listed(properties, data *value.Value) iter.Seq2[int, *value.Member] {
	if len(data.Members) < manyMembers || len(properties.Members)*2 >= len(data.Members) {
		return func(yield func(int, *value.Member) bool) {
			find := va.finder(properties)
			for i := range data.Members {
				if schema := find(data.Members[i].Name, i); schema != nil && !yield(i, schema) {
					return
				}
			}
		}
	}
	place := va.placer(data)
	at := map[int]*value.Member{}
	for i := range properties.Members {
		if p := place(properties.Members[i].Name, i); p >= 0 {
			at[p] = &properties.Members[i]
		}
	}
	return func(yield func(int, *value.Member) bool) {
		for _, i := range slices.Sorted(maps.Keys(at)) {
			if !yield(i, at[i]) {
				return
			}
		}
	}
}

// member validates one member.
func (va *validation) member(m *value.Member, keyword string, schema, data *value.Value, i int) bool {
	va.enterMember(data.Members[i].Name, i)
	ok := va.part(m, keyword, schema, data.Members[i].Value)
	va.leave()
	return ok
}

func (va *validation) patternProperties(m *value.Member, data *value.Value, out *evaluated) bool {
	ok := true
	for _, p := range value.Members(m.Value) {
		for i := range data.Members {
			if !va.matchesName(p.Name, data, i) {
				continue
			}
			out.member(data.Members[i].Name)
			if !va.member(m, m.Name, p.Value, data, i) {
				if ok = false; va.isDone() {
					return false
				}
			}
		}
	}
	return ok
}

// matchesName reports whether the name of a member matches a pattern.
func (va *validation) matchesName(pattern string, data *value.Value, i int) bool {
	va.enterMember(data.Members[i].Name, i)
	ok, _ := va.matches("patternProperties", pattern, data.Members[i].Name)
	va.leave()
	return ok
}

func (va *validation) matchesOne(patterns []value.Member, data *value.Value, i int) bool {
	for _, p := range patterns {
		if va.matchesName(p.Name, data, i) {
			return true
		}
	}
	return false
}

// find looks up a member; at is its expected index, which makes the common case, an object in the order of its schema,
// a single comparison.
type find func(name string, at int) *value.Member

// finder returns a function that looks up members of an object.
func (va *validation) finder(object *value.Value) find {
	place := va.placer(object)
	return func(name string, at int) *value.Member {
		if i := place(name, at); i >= 0 {
			return &object.Members[i]
		}
		return nil
	}
}

// placer is like finder for the indexes of members: -1 for an unknown name.
func (va *validation) placer(object *value.Value) func(name string, at int) int {
	members := value.Members(object)
	return func(name string, at int) int {
		if at < len(members) && members[at].Name == name {
			return at
		}
		if len(members) < manyMembers {
			return slices.IndexFunc(members, func(m value.Member) bool { return m.Name == name })
		}
		index := va.indexes[object]
		if index == nil {
			index = make(map[string]int, len(members))
			for i := range members {
				index[members[i].Name] = i
			}
			if va.indexes == nil {
				va.indexes = map[*value.Value]map[string]int{}
			}
			va.indexes[object] = index
		}
		if i, ok := index[name]; ok {
			return i
		}
		return -1
	}
}

func (va *validation) additional(schema *value.Value, m *value.Member, data *value.Value, out *evaluated) bool {
	find := va.finder(schema.Get("properties"))
	patterns := value.Members(schema.Get("patternProperties"))
	if out != nil {
		out.allMembers = true
	}
	ok := true
	for i := range data.Members {
		if find(data.Members[i].Name, i) != nil || va.matchesOne(patterns, data, i) {
			continue
		}
		if !va.member(m, m.Name, m.Value, data, i) {
			if ok = false; va.isDone() {
				return false
			}
		}
	}
	return ok
}

func (va *validation) propertyNames(m *value.Member, data *value.Value) bool {
	ok := true
	for i := range data.Members {
		va.enterMember(data.Members[i].Name, i)
		isFine, faults := va.try(m.Value, value.String(data.Members[i].Name), nil, nil)
		if !isFine {
			if ok = false; va.rule == nil {
				va.rule = m
			}
			if len(faults) > 0 {
				va.fail(finding{keyword: m.Name, rule: m, cause: &faults[0]})
			}
		}
		va.leave()
		if !ok && va.isDone() {
			return false
		}
	}
	return ok
}

func (va *validation) dependentRequired(m *value.Member, data *value.Value) bool {
	ok, find := true, va.finder(data)
	for i, d := range value.Members(m.Value) {
		if find(d.Name, i) != nil && !va.required(m, d.Value, data, find, d.Name) {
			if ok = false; va.isDone() {
				return false
			}
		}
	}
	return ok
}

func (va *validation) dependentSchemas(m *value.Member, data *value.Value, from *refChain, out *evaluated) bool {
	ok, find := true, va.finder(data)
	for i, d := range value.Members(m.Value) {
		if find(d.Name, i) != nil && !va.validate(d.Value, data, from, out) {
			if ok = false; va.isDone() {
				return false
			}
		}
	}
	return ok
}

func (va *validation) unevaluatedMembers(m *value.Member, data *value.Value, own *evaluated) bool {
	if data.Kind != value.KindObject || own.allMembers {
		return true
	}
	ok := true
	for i := range data.Members {
		if !own.members[data.Members[i].Name] && !va.member(m, m.Name, m.Value, data, i) {
			if ok = false; va.isDone() {
				return false
			}
		}
	}
	own.allMembers = true
	return ok
}
