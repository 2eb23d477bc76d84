package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// items writes the tuples of drafts 4 to 7 (a list in items, the rest in additionalItems) as prefixItems
// and items (JSON Schema 2020-12, core, section 10.3.1).
func (n normaliser) items(d *draft, m value.Member) {
	tuple := d.source.Get("items").Is(value.KindArray)
	switch {
	case m.Name == "additionalItems" && !tuple:
		return
	case m.Name == "additionalItems":
		m.Name = "items"
	case tuple:
		m.Name = "prefixItems"
		if len(m.Value.Items) == 0 {
			return
		}
	}
	m.Value = rewriteShape(itemSchemas, m.Value, n.below(d, m.Name))
	d.put(m)
}

// dependencies splits the keyword of drafts 4 to 7 into its two successors.
func (n normaliser) dependencies(d *draft, m value.Member) {
	required := &value.Value{Kind: value.KindObject, Pos: m.Value.Pos}
	schemas := &value.Value{Kind: value.KindObject, Pos: m.Value.Pos}
	for _, named := range m.Value.Members {
		if named.Value.Is(value.KindArray) {
			required.Members = append(required.Members, named)
		} else {
			named.Value = n.schema(named.Value, Anywhere)
			schemas.Members = append(schemas.Members, named)
		}
	}
	for _, part := range []value.Member{
		{Name: "dependentRequired", Pos: m.Pos, Value: required},
		{Name: "dependentSchemas", Pos: m.Pos, Value: schemas},
	} {
		if len(part.Value.Members) == 0 {
			continue
		}
		if newer := d.source.Get(part.Name); newer.Is(value.KindObject) {
			newer = rewriteShape(keywords[part.Name].shape, newer, n.below(d, part.Name))
			for _, named := range newer.Members {
				part.Value.Set(named.Name, named.Value)
			}
		}
		d.out.Delete(part.Name)
		if part.Name == "dependentRequired" {
			d.list(nameLists, part)
		} else {
			d.put(part)
		}
	}
}

// bound writes the boolean exclusive bounds of draft 4 and OpenAPI 3.0 as numbers.
func (d *draft) bound(m value.Member) {
	partner := map[string]string{
		"minimum": "exclusiveMinimum", "exclusiveMinimum": "minimum",
		"maximum": "exclusiveMaximum", "exclusiveMaximum": "maximum",
	}[m.Name]
	other := d.source.Get(partner)
	switch {
	case keywords[m.Name].shape == aNumber && other.IsTrue():
		return
	case m.Value.IsTrue() && other.Is(value.KindNumber):
		m.Value = other
	case m.Value.Is(value.KindBool):
		return
	}
	d.put(m)
}

// examples turns the single example of OpenAPI 3.0 into the first of examples.
func (d *draft) examples(m value.Member) {
	single, many := d.source.Get("example"), d.source.Get("examples")
	list := &value.Value{Kind: value.KindArray, Pos: m.Value.Pos}
	if single != nil {
		list.Items = append(list.Items, single)
	}
	switch {
	case many.Is(value.KindArray) && single == nil:
		list = many
	case many.Is(value.KindArray):
		for _, item := range many.Items {
			if !item.Equal(single) {
				list.Items = append(list.Items, item)
			}
		}
	case many != nil:
		list = many
	}
	m.Name, m.Value = "examples", list
	d.put(m)
}

// list removes duplicates from a list. An enum without values becomes its equivalent: nothing is valid.
func (d *draft) list(s shape, m value.Member) {
	switch {
	case s == nameLists:
		m.Value = eachMember(m.Value, withoutRepeats)
	case !m.Value.Is(value.KindArray):
	case s == enumList && len(m.Value.Items) == 0:
		d.extra = d.closed(m)
		return
	case s == nameList && len(m.Value.Items) == 0:
		return
	case s == typeNames:
		m.Value = simpleType(withoutRepeats(m.Value))
	default:
		m.Value = withoutRepeats(m.Value)
	}
	d.put(m)
}

// closed adds the constraint that no value is valid: not: {}, or if there is a not already, a separate schema.
func (d *draft) closed(m value.Member) []*value.Value {
	nothing := value.Member{Name: "not", Pos: m.Pos, Value: &value.Value{Kind: value.KindObject, Pos: m.Value.Pos}}
	if !d.source.Has("not") {
		d.put(nothing)
		return d.extra
	}
	return append(d.extra, &value.Value{Kind: value.KindObject, Members: []value.Member{nothing}, Pos: m.Value.Pos})
}

func withoutRepeats(list *value.Value) *value.Value {
	if !list.Is(value.KindArray) {
		return list
	}
	once, repeated := distinct(list.Items)
	if len(repeated) == 0 {
		return list
	}
	return &value.Value{Kind: value.KindArray, Items: once, Pos: list.Pos}
}

// simpleType writes a list of one type as the type, and drops integer beside number, which includes it.
func simpleType(list *value.Value) *value.Value {
	isNumber := func(item *value.Value) bool { return item.StringOr("") == "number" }
	if slices.ContainsFunc(list.Items, isNumber) {
		list = keep(list, func(item *value.Value) bool { return item.StringOr("") != "integer" })
	}
	if len(list.Items) == 1 {
		return list.Items[0]
	}
	return list
}

// patterns writes expressions in strict form. An invalid pattern is kept as x-pattern, an invalid name in
// patternProperties is dropped.
func (n normaliser) patterns(d *draft, s shape, m value.Member) {
	if s == patternMap && m.Value.Is(value.KindObject) {
		written := m.Value
		taken := map[string]bool{}
		m.Value = edit(written, func(named value.Member) (value.Member, bool) {
			strict, err := Pattern(named.Name)
			if !taken[strict] && !written.Has(strict) {
				named.Name = strict
			}
			taken[named.Name] = true
			named.Value = n.schema(named.Value, Anywhere)
			return named, err == nil
		})
	} else if m.Value.Is(value.KindString) {
		strict, err := Pattern(m.Value.Text)
		if err != nil {
			n.unknown(d, m)
			return
		}
		if strict != m.Value.Text {
			m.Value = &value.Value{Kind: value.KindString, Text: strict, Source: m.Value.Source, Pos: m.Value.Pos}
		}
	}
	d.put(m)
}
