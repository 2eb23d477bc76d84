package schema

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// tuple7 writes prefixItems and items in the form of draft 7 (validation, section 6.4): items and additionalItems.
func tuple7(v *value.Value) {
	if !v.Has("prefixItems") {
		return
	}
	rename(v, "items", "additionalItems")
	rename(v, "prefixItems", "items")
}

// dependencies7 merges the successors of draft 7's dependencies (validation, section 6.5.7) into it.
func dependencies7(v *value.Value) {
	joined := &value.Value{Kind: value.KindObject}
	first := v.Member("dependentRequired")
	if first == nil {
		first = v.Member("dependentSchemas")
	}
	if first == nil {
		return
	}
	pos := first.Pos
	for _, name := range []string{"dependentRequired", "dependentSchemas"} {
		for _, m := range value.Members(v.Get(name)) {
			if names := joined.Get(m.Name); names != nil {
				required := value.Member{Name: "required", Pos: m.Pos, Value: names}
				list := value.Array(&value.Value{Kind: value.KindObject, Members: []value.Member{required}, Pos: m.Pos}, m.Value)
				m.Value = &value.Value{Kind: value.KindObject, Members: []value.Member{{Name: "allOf", Pos: m.Pos, Value: list}}, Pos: m.Pos}
			}
			joined.Set(m.Name, m.Value)
		}
	}
	v.Delete("dependentSchemas")
	v.Delete("dependentRequired")
	v.Members = append(v.Members, value.Member{Name: "dependencies", Pos: pos, Value: joined})
}

// contains7 removes a contains that need not match, which draft 7 cannot express.
func (w *writer) contains7(v *value.Value) {
	if none := noneContained(v); none != nil {
		v.Set("allOf", &value.Value{Kind: value.KindArray, Items: append(slices.Clone(listOf(v.Get("allOf"))), none), Pos: none.Pos})
	}
	least, isNumber := v.Get("minContains").Rat()
	if m := v.Member("contains"); m != nil && isNumber && least.Sign() == 0 {
		m.Name = "x-contains"
		m.Value = w.schema(m.Value)
		w.weaker = w.weaker || v.Has("maxContains")
	}
}

// discriminator7 writes only the name, as in AsyncAPI's schema object; the rest becomes an extension, whose mapping
// holds references, so that a component that only the mapping refers to counts as used.
func (w *writer) discriminator7(v *value.Value) {
	m := v.Member("discriminator")
	if m == nil || !m.Value.Get("propertyName").Is(value.KindString) {
		return
	}
	whole := w.discriminator(m.Value)
	mapped := m.Value.Get("mapping")
	if mapping := whole.Member("mapping"); mapped.Is(value.KindObject) {
		mapping.Value = edit(mapping.Value, func(to value.Member) (value.Member, bool) {
			if _, ok := componentOf(mapped.Get(to.Name)); ok {
				ref := value.Member{Name: "$ref", Pos: to.Value.Pos, Value: to.Value}
				to.Value = &value.Value{Kind: value.KindObject, Pos: to.Value.Pos, Members: []value.Member{ref}}
			}
			return to, true
		})
	}
	m.Value = whole.Get("propertyName")
	if len(whole.Members) > 1 && !v.Has("x-discriminator") {
		v.Set("x-discriminator", whole)
	}
}

// isRefused reports whether readers of documents, which use floats and expressions without the flag u, reject the value
// of a keyword, such as a limit beyond all floats, or a step that is 0 as a float.
func isRefused(s shape, v *value.Value) bool {
	switch s {
	case aPattern:
		return isUnreadable(v.StringOr(""))
	case aNumber, aPositive, aCount, aBound:
		if !v.Is(value.KindNumber) || !isImprecise(v) {
			return false
		}
		f := float(v)
		return math.IsInf(f, 0) || s == aPositive && f == 0
	}
	return false
}

// enumApart splits an enum with numbers that are equal as floats, since the values of an enum must be unique. Titles
// distinguish the parts for readers to which they are equal schemas.
func enumApart(v *value.Value, titled bool) {
	enum := v.Get("enum")
	if enum == nil {
		return
	}
	parts := splitAlike(enum.Items)
	if len(parts) < 2 {
		return
	}
	any := &value.Value{Kind: value.KindArray, Pos: enum.Pos}
	for i, part := range parts {
		list := value.Member{Name: "enum", Pos: enum.Pos, Value: &value.Value{Kind: value.KindArray, Items: part, Pos: enum.Pos}}
		branch := &value.Value{Kind: value.KindObject, Members: []value.Member{list}, Pos: enum.Pos}
		if titled && i > 0 {
			branch.Set("title", value.String("Equal as floats "+strconv.Itoa(i)))
		}
		any.Items = append(any.Items, branch)
	}
	m := value.Member{Name: "anyOf", Pos: enum.Pos, Value: any}
	if v.Has("anyOf") {
		alone := &value.Value{Kind: value.KindObject, Members: []value.Member{m}, Pos: enum.Pos}
		m = value.Member{Name: "allOf", Pos: enum.Pos, Value: &value.Value{Kind: value.KindArray, Items: append([]*value.Value{alone}, listOf(v.Get("allOf"))...), Pos: enum.Pos}}
		v.Delete("allOf")
	}
	*v.Member("enum") = m
}

// splitAlike distributes values over lists in which no two are equal as floats. There is a single list if every number
// is exact as a float.
func splitAlike(items []*value.Value) [][]*value.Value {
	if !slices.ContainsFunc(items, isImprecise) {
		return [][]*value.Value{items}
	}
	var parts [][]*value.Value
	seen := make(map[string]int, len(items))
	for _, item := range items {
		key := value.IdentityBy(item, asFloat)
		if seen[key] == len(parts) {
			parts = append(parts, nil)
		}
		parts[seen[key]] = append(parts[seen[key]], item)
		seen[key]++
	}
	return parts
}

// AreAlike reports whether two of the values are equal for readers that use floats.
func AreAlike(items []*value.Value) bool { return len(splitAlike(items)) > 1 }

// isImprecise reports whether a value holds a number that may not be exact as a float.
func isImprecise(v *value.Value) bool {
	return v.Kind == value.KindNumber && (len(v.Text) > 15 || strings.ContainsAny(v.Text, "eE")) || slices.ContainsFunc(v.Items, isImprecise) ||
		slices.ContainsFunc(v.Members, func(m value.Member) bool { return isImprecise(m.Value) })
}

// asFloat returns the text of the float for a number; -0 is 0.
func asFloat(v *value.Value) string { return strconv.FormatFloat(float(v)+0, 'g', -1, 64) }

// float rounds a number to the nearest float; numbers beyond all floats become infinite.
func float(v *value.Value) float64 {
	f, _ := strconv.ParseFloat(v.Text, 64)
	return f
}
